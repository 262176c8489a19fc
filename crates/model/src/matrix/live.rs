//! Cells that follow the inputs.

use crate::criteria::Criterion;
use crate::eligibility::Class;
use crate::fleet::{Operator, Rules};
use crate::option::{OptionId, Place};
use crate::platform::Arch;
use crate::prices::{InstanceType, PriceBook};
use crate::report::{Capacity, Outcome, Priced, ServiceAnswer};
use crate::scenario::{Scenario, Service};
use crate::words;

mod ability;
mod money;

/// A cell that follows the inputs.
pub(super) struct Live {
    /// What it says.
    pub(super) text: String,
    /// Its score, where the inputs decide it; otherwise it is the table's.
    pub(super) score: Option<u8>,
}

/// A text whose score is the table's.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends what may end without a cell"
)]
fn text(text: impl Into<String>) -> Option<Live> {
    Some(Live {
        text: text.into(),
        score: None,
    })
}

/// A text with its score.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends what may end without a cell"
)]
fn scored(text: impl Into<String>, score: u8) -> Option<Live> {
    Some(Live {
        text: text.into(),
        score: Some(score),
    })
}

/// What live cells are made of.
pub(super) struct View<'a> {
    scenario: &'a Scenario,
    service: &'a Service,
    answer: &'a ServiceAnswer,
    book: &'a PriceBook,
}

impl<'a> View<'a> {
    pub(super) const fn new(
        scenario: &'a Scenario,
        service: &'a Service,
        answer: &'a ServiceAnswer,
        book: &'a PriceBook,
    ) -> Self {
        Self {
            scenario,
            service,
            answer,
            book,
        }
    }

    /// The cell of a criterion and class, where it follows the inputs.
    pub(super) fn cell(&self, criterion: Criterion, class: Class) -> Option<Live> {
        match criterion {
            Criterion::Cost => self.cost(class),
            Criterion::SteadyCost => self.steady_cost(class),
            Criterion::UnevenCost => self.uneven_cost(class),
            Criterion::Commitments => self.commitments(class),
            Criterion::Spot => self.spot(class),
            Criterion::BillingUnit => self.billing_unit(class),
            Criterion::Start => self.start(class),
            Criterion::Isolation => self.isolation(class),
            Criterion::LongestRun => self.longest_run(class),
            Criterion::ScaleToZero => self.scale_to_zero(class),
            Criterion::Accelerators => self.accelerators(class),
            Criterion::Types => self.types(class),
            Criterion::LargestTask => self.largest_task(class),
            Criterion::Density => self.density(class),
            Criterion::Daemons => self.daemons(class),
            Criterion::NetworkModes => self.network_modes(class),
            Criterion::Interfaces => self.interfaces(class),
            Criterion::LocalDisk => self.local_disk(class),
            Criterion::Windows => self.windows(class),
            Criterion::Arm => self.arm(),
            Criterion::Operations
            | Criterion::Patching
            | Criterion::Guarantee
            | Criterion::Placement
            | Criterion::Volumes
            | Criterion::Privileged
            | Criterion::HostAccess
            | Criterion::Compliance
            | Criterion::GuardDuty
            | Criterion::Exec
            | Criterion::LogDrivers => None,
        }
    }

    /// The cheapest option of a class that may win.
    fn best(&self, class: Class) -> Option<(OptionId, &'a Priced)> {
        self.answer.cheapest(|option| option.class() == class)
    }

    /// Why no option of a class has a bill that may win.
    fn absent(&self, class: Class) -> Option<Live> {
        let mut reports = self
            .answer
            .options
            .iter()
            .filter(|report| report.option.class() == class);
        let is_unpriced = |outcome: &Outcome| !matches!(outcome, Outcome::NotEligible(_));
        let said = if reports.clone().any(|report| is_unpriced(&report.outcome)) {
            "no price here that may decide".to_owned()
        } else {
            let obstacle = reports.find_map(|report| match &report.outcome {
                Outcome::NotEligible(obstacles) => obstacles.first().copied(),
                Outcome::Priced(_) | Outcome::NoPrice(_) => None,
            });
            obstacle.map_or_else(
                || "not available".to_owned(),
                |one| format!("ruled out: {}", words::obstacle(one)),
            )
        };
        text(said)
    }

    /// The type of a class's best option, what one of it holds, and how many run.
    fn first_type(&self, class: Class) -> Option<(&'a InstanceType, crate::fleet::Fit, u64)> {
        let (_, priced) = self.best(class)?;
        let Capacity::Fleet(fleet) = &priced.capacity else {
            return None;
        };
        let used = fleet.legs.first()?.types.first()?;
        Some((self.book.types.get(used.index)?, used.fit, used.instances))
    }

    /// The types that a class may choose for this service, whether or not they hold a task.
    fn choosable(&self, class: Class) -> impl Iterator<Item = (&'a InstanceType, Rules<'a>)> {
        let operator = Operator::of(place(class));
        let rules = Rules::new(operator, &self.scenario.fleet, self.service);
        let (service, types) = (self.service, &self.book.types);
        types.iter().filter_map(move |instance| {
            let mut arches = Arch::ALL.iter();
            let taken =
                arches.any(|&arch| service.arch.allows(arch) && rules.may_choose(instance, arch));
            taken.then_some((instance, rules))
        })
    }
}

/// The place of a class.
const fn place(class: Class) -> Place {
    match class {
        Class::Fargate | Class::FargateSpot => Place::Fargate,
        Class::Ec2 | Class::Ec2Spot => Place::Ec2,
        Class::ManagedInstances | Class::ManagedInstancesSpot => Place::ManagedInstances,
    }
}

/// Whether a class has Spot.
const fn has_spot(class: Class) -> bool {
    matches!(
        class,
        Class::FargateSpot | Class::Ec2Spot | Class::ManagedInstancesSpot
    )
}

/// Whether a class is on Fargate.
const fn on_fargate(class: Class) -> bool {
    matches!(place(class), Place::Fargate)
}
