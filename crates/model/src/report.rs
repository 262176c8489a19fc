//! The answer: every option with its bill, and the verdict.

use crate::bill::Bill;
use crate::date::Date;
use crate::decision::Verdict;
use crate::eligibility::{Gate, Obstacle, Requirement, obstacles};
use crate::fargate::price::FargateUse;
use crate::fleet::Operator;
use crate::fleet::price::{Fleet, FleetUse};
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::prices::{Adjacent, FargateDimension, PriceBook};
use crate::purchase::PriceKind;
use crate::scenario::{Scenario, Service};

/// A price that an option needs and the book lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A dimension of Fargate.
    Fargate(PriceKind, FargateDimension),
    /// Instances: none of so many candidates has a price.
    Ec2(PriceKind, usize),
    /// Something beside compute.
    Adjacent(Adjacent),
    /// The fee of Managed Instances.
    ManagedFee,
}

/// Why a priced option decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetAside {
    /// Every figure it could rest on is stale or doubtful (rules 27 and 28).
    DoubtfulPrices,
    /// It needs a longer commitment than the scenario compares.
    BeyondCommitment,
    /// It stands on burstable instances, whose surplus credits are not billed here (rule 8).
    SurplusCredits,
}

/// What an option's tasks stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Fargate tasks.
    Fargate(FargateUse),
    /// Instances.
    Fleet(FleetUse),
}

/// A priced option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// Its lines.
    pub bill: Bill,
    /// Their sum: US dollars a month.
    pub total: Usd,
    /// The least that its prices and assumptions leave open.
    pub low: Usd,
    /// The most.
    pub high: Usd,
    /// What its tasks stand on.
    pub capacity: Capacity,
    /// The oldest date that the total rests on.
    pub oldest_price: Option<Date>,
    /// Why it decides nothing; `None` where it may win.
    pub set_aside: Option<SetAside>,
}

impl Priced {
    /// A priced option whose total may be lower or higher by so much.
    pub(crate) fn new(
        book: &PriceBook,
        bill: Bill,
        below: Usd,
        above: Usd,
        capacity: Capacity,
    ) -> Self {
        let total = bill.total();
        let oldest_price = bill.oldest_price(book);
        Self {
            bill,
            total,
            low: total - below,
            high: total + above,
            capacity,
            oldest_price,
            set_aside: None,
        }
    }
}

/// What came of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It can run the service, for so much.
    Priced(Box<Priced>),
    /// It cannot run the service.
    NotEligible(Vec<Obstacle>),
    /// It could, but a price is missing.
    NoPrice(Vec<Missing>),
}

/// One option of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionReport {
    /// Which.
    pub option: OptionId,
    /// Conditions under which it meets the service's requirements.
    pub conditions: Vec<(Requirement, &'static str)>,
    /// What came of it.
    pub outcome: Outcome,
}

impl OptionReport {
    /// The priced option, if it is one.
    pub fn priced(&self) -> Option<&Priced> {
        match &self.outcome {
            Outcome::Priced(priced) => Some(priced),
            Outcome::NotEligible(_) | Outcome::NoPrice(_) => None,
        }
    }

    /// The priced option, where it may win.
    pub fn deciding(&self) -> Option<&Priced> {
        self.priced().filter(|priced| priced.set_aside.is_none())
    }
}

/// The answer for one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAnswer {
    /// Every option, in the order of [`OptionId::all`].
    pub options: Vec<OptionReport>,
    /// Which one to take.
    pub verdict: Verdict,
}

impl ServiceAnswer {
    /// The report of an option.
    pub fn option(&self, option: OptionId) -> Option<&OptionReport> {
        self.options.iter().find(|report| report.option == option)
    }

    /// The cheapest option that may win and passes `filter`, by rule 5.
    pub fn cheapest(&self, filter: impl Fn(OptionId) -> bool) -> Option<(OptionId, &Priced)> {
        crate::decision::cheapest(&self.options, filter)
    }
}

/// Answers for every service of a scenario, in order.
pub fn evaluate(scenario: &Scenario, book: &PriceBook) -> Vec<ServiceAnswer> {
    scenario
        .services
        .iter()
        .map(|service| evaluate_service(scenario, service, book))
        .collect()
}

/// Answers for one service of a scenario.
pub fn evaluate_service(scenario: &Scenario, service: &Service, book: &PriceBook) -> ServiceAnswer {
    let pattern = Pattern::of(service.load);
    let fleets = [
        (Place::Ec2, Operator::Own, Arch::X86),
        (Place::Ec2, Operator::Own, Arch::Arm),
        (Place::ManagedInstances, Operator::Managed, Arch::X86),
        (Place::ManagedInstances, Operator::Managed, Arch::Arm),
    ]
    .map(|(place, operator, arch)| {
        let fleet = service
            .arch
            .allows(arch)
            .then(|| Fleet::new(scenario, service, book, &pattern, (operator, arch)));
        (place, arch, fleet)
    });
    let options: Vec<OptionReport> = OptionId::all()
        .map(|option| {
            let found = obstacles(service, option);
            let outcome = if !found.is_empty() {
                Outcome::NotEligible(found)
            } else if option.place == Place::Fargate {
                crate::fargate::price::price(scenario, service, book, option)
            } else {
                let fleet = fleets
                    .iter()
                    .find(|(place, arch, _)| (*place, *arch) == (option.place, option.arch));
                match fleet {
                    Some((_, _, Some(fleet))) => fleet.price(option),
                    _ => Outcome::NotEligible(vec![Obstacle::Architecture]),
                }
            };
            let conditions = Gate::of(service, option.class()).conditions;
            OptionReport {
                option,
                conditions,
                outcome: within_commitment(scenario, option, outcome),
            }
        })
        .collect();
    let verdict = Verdict::of(&options);
    ServiceAnswer { options, verdict }
}

/// Rule 1: what lies beyond the longest commitment is shown and never wins.
fn within_commitment(scenario: &Scenario, option: OptionId, outcome: Outcome) -> Outcome {
    match (option.purchase, outcome) {
        (Purchase::Committed(commitment), Outcome::Priced(mut priced))
            if priced.set_aside.is_none() && !scenario.max_commitment.allows(commitment.term) =>
        {
            priced.set_aside = Some(SetAside::BeyondCommitment);
            Outcome::Priced(priced)
        }
        (_, outcome) => outcome,
    }
}
