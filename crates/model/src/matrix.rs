//! The decision matrix: criteria against classes of options, its live cells from the answer.
//!
//! The eleven criteria are those of the tutorial that Berth starts from, each corrected and
//! extended to Fargate Spot, EC2 Spot and Managed Instances. Sources are pages of the ECS
//! developer guide, as of 2026-10, unless they say otherwise.

use rust_decimal::Decimal;

use crate::eligibility::{Ability, Class, Requirement};
use crate::explain::idle_share;
use crate::fleet::Dimension;
use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::report::{Capacity, Outcome, Priced, ServiceAnswer};
use crate::scenario::{Scenario, Service};
use crate::words;

/// The columns of the matrix.
pub const COLUMNS: [Class; 5] = [
    Class::Fargate,
    Class::FargateSpot,
    Class::Ec2,
    Class::Ec2Spot,
    Class::ManagedInstances,
];

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Whether it follows the inputs.
    pub live: bool,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is compared.
    pub criterion: &'static str,
    /// A cell for each of [`COLUMNS`].
    pub cells: [Cell; 5],
    /// Where the row comes from.
    pub source: &'static str,
}

/// The matrix for a service.
pub fn matrix(
    scenario: &Scenario,
    service: &Service,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> Vec<Row> {
    let view = View {
        scenario,
        service,
        answer,
        book,
    };
    vec![
        fixed(
            "Operations",
            [
                "least: no hosts",
                "least hosts, but code must survive interruption",
                "most: image, agent, scaling group and patches are yours",
                "most, and draining on interruption",
                "little: roles and subnets; AWS runs the hosts",
            ],
            "ManagedInstances; capacity-launch-type-comparison",
        ),
        row(
            "Cost of this load, per month",
            "prices of the region; commitments within the scenario's limit",
            |class| view.cost(class),
        ),
        row(
            "What stands idle",
            "an outcome of packing; Fargate bills tasks by the second",
            |class| view.idle(class),
        ),
        row("GPUs", "ecs-gpu; fargate-tasks-services", |class| {
            view.gpu(class)
        }),
        row("Daemons", "ecs_service-options; managed-daemons", |class| {
            view.daemons(class)
        }),
        row(
            "Tasks to a host",
            "eni-trunking-supported-instance-types; memory-management",
            |class| view.density(class),
        ),
        fixed(
            "Start of a task",
            [
                "a new machine and a full image pull; SOCI indexes help",
                "the same, and it may wait for capacity",
                "fast on a warm host with the image cached; minutes for a new host",
                "the same, and the host may be taken back",
                "fast on a warm host",
            ],
            "fargate-tasks-services; managed-scaling-behavior",
        ),
        fixed(
            "Isolation between tasks",
            [
                "a virtual machine each",
                "a virtual machine each",
                "your own tasks share a kernel; other customers never do",
                "your own tasks share a kernel; other customers never do",
                "your own tasks share a kernel; single-task mode avoids it",
            ],
            "fargate-security-considerations; ec2-security-considerations; managed-instances-security",
        ),
        fixed(
            "Compliance (HIPAA, PCI DSS)",
            [
                "eligible, with a signed agreement",
                "eligible, with a signed agreement",
                "eligible, with a signed agreement; dedicated hosts are not required",
                "eligible, with a signed agreement",
                "eligible, with a signed agreement",
            ],
            "aws.amazon.com/compliance/services-in-scope",
        ),
        row(
            "Sizes",
            "fargate-tasks-services; managed-instances-instance-types",
            |class| view.sizes(class),
        ),
        row(
            "Spot, off the on-demand price",
            "Spot feeds, dated in the price book; the words “up to 70 %” and “up to 90 %” are AWS's",
            |class| view.spot(class),
        ),
    ]
}

fn fixed(criterion: &'static str, texts: [&'static str; 5], source: &'static str) -> Row {
    Row {
        criterion,
        cells: texts.map(|text| Cell {
            text: text.to_owned(),
            live: false,
        }),
        source,
    }
}

fn row(criterion: &'static str, source: &'static str, cell: impl Fn(Class) -> Cell) -> Row {
    Row {
        criterion,
        cells: COLUMNS.map(cell),
        source,
    }
}

fn live(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        live: true,
    }
}

fn plain(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        live: false,
    }
}

struct View<'a> {
    scenario: &'a Scenario,
    service: &'a Service,
    answer: &'a ServiceAnswer,
    book: &'a PriceBook,
}

impl View<'_> {
    fn best(&self, class: Class) -> Option<(OptionId, &Priced)> {
        self.answer.cheapest(|option| option.class() == class)
    }

    /// Why no option of a class has a bill.
    fn absent(&self, class: Class) -> Cell {
        let mut reports = self
            .answer
            .options
            .iter()
            .filter(|report| report.option.class() == class);
        let fixed = reports
            .clone()
            .any(|report| matches!(report.outcome, Outcome::NoPrice(_)));
        let text = if fixed {
            "no price here".to_owned()
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
        live(text)
    }

    fn cost(&self, class: Class) -> Cell {
        match self.best(class) {
            Some((option, priced)) => live(format!(
                "{} on {}, {}",
                words::money(priced.total),
                words::arch(option.arch),
                words::purchase(option.purchase)
            )),
            None => self.absent(class),
        }
    }

    fn idle(&self, class: Class) -> Cell {
        let Some((_, priced)) = self.best(class) else {
            return self.absent(class);
        };
        match &priced.capacity {
            Capacity::Fargate(used) if used.rounding > Usd::ZERO => live(format!(
                "{} a month for rounding up to a legal size",
                words::money(used.rounding)
            )),
            Capacity::Fargate(_) | Capacity::Cluster(_) => {
                live("nothing: each task pays for itself, by the second")
            }
            Capacity::Fleet(fleet) => match idle_share(self.service, fleet, self.book) {
                Some(idle) if idle > Decimal::ZERO => {
                    live(format!("{} of the fleet's vCPU", words::percent(idle)))
                }
                _ => live("no vCPU: the fleet is packed full"),
            },
        }
    }

    fn gpu(&self, class: Class) -> Cell {
        match (&self.service.task.gpu, Requirement::Gpu.ability(class)) {
            (_, Ability::No(_)) => plain("none"),
            (None, _) => plain("any GPU type, and fractions on G6f"),
            (Some(_), _) => match self
                .best(class)
                .and_then(|(_, priced)| self.first_type(priced))
            {
                Some((name, _, instances)) => live(format!("{} × {name}", words::count(instances))),
                None => self.absent(class),
            },
        }
    }

    fn daemons(&self, class: Class) -> Cell {
        let daemons = &self.scenario.fleet.daemons;
        let sidecars = daemons
            .iter()
            .filter(|daemon| daemon.sidecar_on_fargate)
            .count();
        match class {
            Class::Fargate | Class::FargateSpot if sidecars > 0 => live(format!(
                "{} in every task instead",
                words::counted(sidecars as u64, "sidecar", "sidecars")
            )),
            Class::Fargate | Class::FargateSpot => plain("none; a sidecar in each task instead"),
            Class::Ec2 | Class::Ec2Spot => plain("DAEMON services, one task to an instance"),
            Class::ManagedInstances | Class::ManagedInstancesSpot => plain("Managed Daemons"),
        }
    }

    fn density(&self, class: Class) -> Cell {
        if matches!(class, Class::Fargate | Class::FargateSpot) {
            return plain("1: AWS decides");
        }
        let Some((_, priced)) = self.best(class) else {
            return self.absent(class);
        };
        match self.first_type(priced) {
            Some((name, fit, _)) => live(format!(
                "{} on {name}, {}",
                words::counted(fit.tasks.into(), "task", "tasks"),
                match fit.bound {
                    Dimension::Vcpu => "bound by vCPU",
                    Dimension::Memory => "bound by memory",
                    Dimension::Gpu => "bound by GPUs",
                    Dimension::Eni => "bound by network interfaces",
                    Dimension::Isolation => "by requirement",
                }
            )),
            None => self.absent(class),
        }
    }

    fn sizes(&self, class: Class) -> Cell {
        let Some((_, priced)) = self.best(class) else {
            return self.absent(class);
        };
        match &priced.capacity {
            Capacity::Fargate(used) => live(format!(
                "billed as {} vCPU, {} GiB",
                used.size.vcpu(),
                used.size.memory()
            )),
            Capacity::Cluster(parts) => {
                live(words::counted(parts.len() as u64, "capacity", "capacities"))
            }
            Capacity::Fleet(fleet) => live(format!(
                "cheapest of {} with a price, {} that fit",
                words::counted(fleet.priced as u64, "type", "types"),
                words::count(fleet.candidates as u64)
            )),
        }
    }

    fn spot(&self, class: Class) -> Cell {
        match class {
            Class::Fargate => plain("use Fargate Spot"),
            Class::Ec2 => plain("use a Spot provider of its own"),
            Class::ManagedInstances => plain("a Spot provider; the fee stays"),
            Class::FargateSpot | Class::Ec2Spot | Class::ManagedInstancesSpot => {
                let limit = if class == Class::FargateSpot {
                    "up to 70 %"
                } else {
                    "up to 90 %"
                };
                match self
                    .best(class)
                    .and_then(|(option, priced)| self.saving(option, priced))
                {
                    Some(saving) => live(format!(
                        "{} today; AWS says {limit}",
                        words::percent(saving)
                    )),
                    None if self.service.spot.is_none() => {
                        plain(format!("{limit}, AWS says; set a Spot share"))
                    }
                    None => self.absent(class),
                }
            }
        }
    }

    /// What Spot saves on the lines that are bought on Spot, against their on-demand prices.
    fn saving(&self, option: OptionId, priced: &Priced) -> Option<Decimal> {
        crate::spot::saving(self.book, self.service.os, option, &priced.bill)
    }

    fn first_type(&self, priced: &Priced) -> Option<(&str, crate::fleet::Fit, u64)> {
        let Capacity::Fleet(fleet) = &priced.capacity else {
            return None;
        };
        let used = fleet.legs.first()?.types.first()?;
        Some((
            &*self.book.types.get(used.index)?.name,
            used.fit,
            used.instances,
        ))
    }
}
