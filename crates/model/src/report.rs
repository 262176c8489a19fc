//! The answer: every option with its bill, and the verdict.

use rust_decimal::Decimal;

use crate::bill::Bill;
use crate::commitment::eligible::Eligible;
use crate::commitment::stack::Applied;
use crate::date::Date;
use crate::decision::Verdict;
use crate::eligibility::{Class, Gate, Obstacle, Requirement, obstacles};
use crate::fargate::price::{FargateUse, Tasks};
use crate::fleet::Operator;
use crate::fleet::free::FreeRoom;
use crate::fleet::price::{Fleet, FleetUse};
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::prices::{Adjacent, FargateDimension, PriceBook};
use crate::purchase::{Commitment, Payment, PriceKind};
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
    /// It rests on estimated commitment rates, and the user has not said that they may decide
    /// (rule 33).
    Estimated,
}

/// What is paid in advance for a whole term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upfront {
    /// So much, in US dollars; zero where nothing is.
    Cash(Usd),
    /// At least so much: a Savings Plan's partial upfront is half of it or more.
    AtLeast(Usd),
    /// The source gives the effective rate alone, and not how much of it is paid in advance.
    NotQuoted,
}

impl Default for Upfront {
    fn default() -> Self {
        Self::NONE
    }
}

impl Upfront {
    /// Nothing.
    pub const NONE: Self = Self::Cash(Usd::ZERO);

    /// Both together.
    #[must_use]
    pub(crate) fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotQuoted, _) | (_, Self::NotQuoted) => Self::NotQuoted,
            (Self::Cash(a), Self::Cash(b)) => Self::Cash(a + b),
            (Self::AtLeast(a) | Self::Cash(a), Self::AtLeast(b) | Self::Cash(b)) => {
                Self::AtLeast(a + b)
            }
        }
    }

    /// Of a Savings Plan of so many dollars an hour.
    pub(crate) fn of_plan(commitment: Commitment, hourly: Usd) -> Self {
        let whole = hourly.scaled(commitment.term.hours().into());
        match commitment.payment {
            Payment::NoUpfront => Self::NONE,
            Payment::PartialUpfront => Self::AtLeast(whole.scaled(Decimal::new(5, 1))),
            Payment::AllUpfront => Self::Cash(whole),
        }
    }
}

/// A commitment, and what becomes of it in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// What is committed to for every hour.
    pub amount: CommittedAmount,
    /// Of what is committed, the share that is used (FinOps: commitment utilisation); `None`
    /// where nothing is committed.
    pub utilization: Option<Decimal>,
    /// Of what could be covered, at on-demand rates, the share that is (FinOps: coverage);
    /// `None` where nothing could be.
    pub coverage: Option<Decimal>,
}

impl Committed {
    /// Two commitments of a cluster's parts as one: what they commit to adds up. Shares are not
    /// added up: of two they are not known without what they are shares of.
    pub(crate) fn joined(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (Some(one), Some(other)) = (one, other) else {
            return one.or(other);
        };
        let amount = match (one.amount, other.amount) {
            (CommittedAmount::Dollars(a), CommittedAmount::Dollars(b)) => {
                CommittedAmount::Dollars(a + b)
            }
            (CommittedAmount::Instances(a), CommittedAmount::Instances(b)) => {
                CommittedAmount::Instances(a + b)
            }
            (amount, _) => amount,
        };
        Some(Self {
            amount,
            utilization: None,
            coverage: None,
        })
    }
}

/// What is committed to for every hour of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommittedAmount {
    /// US dollars an hour, of a Savings Plan.
    Dollars(Usd),
    /// Instances, of a reservation.
    Instances(u64),
}

/// What an option's tasks stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Fargate tasks.
    Fargate(FargateUse),
    /// Instances.
    Fleet(FleetUse),
    /// The capacities of a cluster's parts.
    Cluster(Vec<Capacity>),
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
    /// What is paid in advance; the total holds its share of a month.
    pub upfront: Upfront,
    /// What it commits to, and how much of that is used; `None` where it commits to nothing.
    pub committed: Option<Committed>,
    /// What becomes of commitments that are owned already; `None` where none are.
    pub owned: Option<Box<Applied>>,
    /// What commitments may be spent on, where somebody is to spend them: a cluster that shares
    /// them, or an owner of some.
    pub eligible: Option<Box<Eligible>>,
    /// What its tasks stand on.
    pub capacity: Capacity,
    /// The oldest date that the total rests on.
    pub oldest_price: Option<Date>,
    /// Why it decides nothing; `None` where it may win.
    pub set_aside: Option<SetAside>,
}

impl Priced {
    /// A priced option whose total, after any discount, may be lower or higher by so much.
    pub(crate) fn new(
        scenario: &Scenario,
        book: &PriceBook,
        mut bill: Bill,
        (below, above): (Usd, Usd),
        capacity: Capacity,
    ) -> Self {
        bill.take_off(scenario.pricing.discount);
        let total = bill.total();
        let oldest_price = bill.oldest_price(book);
        Self {
            bill,
            total,
            low: total - below,
            high: total + above,
            upfront: Upfront::NONE,
            committed: None,
            owned: None,
            eligible: None,
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

impl Outcome {
    /// The same, said to be chosen from as many types as another.
    pub(crate) fn with_choice_of(mut self, other: &Self) -> Self {
        if let (Self::Priced(priced), Self::Priced(other)) = (&mut self, other)
            && let (Capacity::Fleet(fleet), Capacity::Fleet(of)) =
                (&mut priced.capacity, &other.capacity)
        {
            fleet.candidates = of.candidates;
            fleet.priced = of.priced;
        }
        self
    }
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
    let book = &*scenario.pricing.over(book);
    scenario
        .services
        .iter()
        .map(|service| evaluate_service(scenario, service, book))
        .collect()
}

/// Answers for one service of a scenario, from a book that the scenario's own figures are in
/// already ([`crate::pricing::Pricing::over`]): a study of many answers puts them there once.
pub fn evaluate_service(scenario: &Scenario, service: &Service, book: &PriceBook) -> ServiceAnswer {
    answer(scenario, service, book, &|_| true, Ranges::Open)
}

/// The same, of the options alone that the scenario's longest commitment lets win: the verdict is
/// that of all, for a fraction of the work.
pub(crate) fn evaluate_contenders(
    scenario: &Scenario,
    service: &Service,
    book: &PriceBook,
) -> ServiceAnswer {
    let wanted = |option| is_within_commitment(scenario, option);
    answer(scenario, service, book, &wanted, Ranges::Open)
}

/// The same without what prices and assumptions leave open: every total and the winner are those of
/// [`evaluate_contenders`], `low` and `high` may lie nearer to the total, and whether a lead is close
/// is not to be read. For studies that look at winners alone.
pub(crate) fn evaluate_points(
    scenario: &Scenario,
    service: &Service,
    book: &PriceBook,
) -> ServiceAnswer {
    let wanted = |option| is_within_commitment(scenario, option);
    answer(scenario, service, book, &wanted, Ranges::LeftOut)
}

/// Whether an answer works out what prices and assumptions leave open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ranges {
    /// It does.
    Open,
    /// Not where that takes bills of their own.
    LeftOut,
}

/// The same, of one option alone.
pub(crate) fn evaluate_option(
    scenario: &Scenario,
    service: &Service,
    option: OptionId,
    book: &PriceBook,
) -> Option<OptionReport> {
    let wanted = |other| other == option;
    let answer = answer(scenario, service, book, &wanted, Ranges::Open);
    answer.options.into_iter().next()
}

/// The same, of the options alone that are `wanted`, without what prices and assumptions leave open:
/// for whoever asks whether they can run the service at all.
pub(crate) fn evaluate_some(
    scenario: &Scenario,
    service: &Service,
    book: &PriceBook,
    wanted: &dyn Fn(OptionId) -> bool,
) -> ServiceAnswer {
    answer(scenario, service, book, wanted, Ranges::LeftOut)
}

/// The answer for one service, of the options that are `wanted`.
fn answer(
    scenario: &Scenario,
    service: &Service,
    book: &PriceBook,
    wanted: &dyn Fn(OptionId) -> bool,
    ranges: Ranges,
) -> ServiceAnswer {
    let [x86, arm] =
        [Arch::X86, Arch::Arm].map(|arch| Pattern::of_service(scenario, service, arch));
    let pattern = |arch: Arch| match arch {
        Arch::X86 => &x86,
        Arch::Arm => &arm,
    };
    // Room that is there already is on instances of one's own.
    let free = FreeRoom::of(&scenario.owned).tasks(service);
    let [own_x86, own_arm] = [&x86, &arm].map(|pattern| pattern.clone().beyond(free));
    let of_fleet = |operator: Operator, arch: Arch| match (operator, arch) {
        (Operator::Own, Arch::X86) => &own_x86,
        (Operator::Own, Arch::Arm) => &own_arm,
        (Operator::Managed, arch) => pattern(arch),
    };
    let fleets = [
        (Place::Ec2, Operator::Own, Arch::X86),
        (Place::Ec2, Operator::Own, Arch::Arm),
        (Place::ManagedInstances, Operator::Managed, Arch::X86),
        (Place::ManagedInstances, Operator::Managed, Arch::Arm),
    ]
    .map(|(place, operator, arch)| {
        let fleet = service.arch.allows(arch).then(|| {
            let load = of_fleet(operator, arch);
            let fleet = Fleet::new(scenario, service, book, load, (operator, arch));
            match ranges {
                Ranges::Open => fleet,
                Ranges::LeftOut => fleet.without_ranges(),
            }
        });
        (place, arch, fleet)
    });
    let fargate = Arch::ALL
        .iter()
        .map(|&arch| {
            (
                arch,
                Tasks::new(scenario, service, book, pattern(arch), arch),
            )
        })
        .collect::<Vec<_>>();
    let gates: Vec<Gate> = Class::ALL
        .iter()
        .map(|&class| Gate::of(service, &scenario.region, class))
        .collect();
    let nothing = Gate::default();
    let options: Vec<OptionReport> = OptionId::all()
        .filter(|&option| wanted(option))
        .map(|option| {
            let gate = gates.get(option.class() as usize).unwrap_or(&nothing);
            let found = obstacles(service, option, gate);
            let outcome = if !found.is_empty() {
                Outcome::NotEligible(found)
            } else if option.place == Place::Fargate {
                fargate
                    .iter()
                    .find(|(arch, _)| *arch == option.arch)
                    .map_or_else(
                        || Outcome::NotEligible(vec![Obstacle::Architecture]),
                        |(_, tasks)| tasks.price(option.purchase),
                    )
            } else {
                let fleet = fleets
                    .iter()
                    .find(|(place, arch, _)| (*place, *arch) == (option.place, option.arch));
                match fleet {
                    Some((_, _, Some(fleet))) => fleet.price(option),
                    _ => Outcome::NotEligible(vec![Obstacle::Architecture]),
                }
            };
            OptionReport {
                option,
                conditions: gate.conditions.clone(),
                outcome: within_commitment(scenario, option, outcome),
            }
        })
        .collect();
    let verdict = Verdict::of(&options, scenario.smallest_saving);
    ServiceAnswer { options, verdict }
}

/// Rule 1: what lies beyond the longest commitment is shown and never wins.
pub(crate) fn within_commitment(
    scenario: &Scenario,
    option: OptionId,
    mut outcome: Outcome,
) -> Outcome {
    if let Outcome::Priced(priced) = &mut outcome
        && priced.set_aside.is_none()
        && !is_within_commitment(scenario, option)
    {
        priced.set_aside = Some(SetAside::BeyondCommitment);
    }
    outcome
}

/// Whether an option commits to no more than the scenario compares.
pub(crate) const fn is_within_commitment(scenario: &Scenario, option: OptionId) -> bool {
    match option.purchase {
        Purchase::Committed(commitment) => scenario.max_commitment.allows(commitment.term),
        Purchase::OnDemand | Purchase::SpotMix => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::{PRESETS, Preset};
    use crate::prices::embedded::US_EAST_1;
    use crate::share::decode;

    #[test]
    fn without_ranges_every_total_and_the_winner_are_the_same() {
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let links = [
            "v=1&name=a&vcpu=0.5&mem=1&tasks=13&spot=1.2.3&load=schedule&idle=4",
            "v=1&name=a&vcpu=2&mem=4&tasks=10&load=jobs&spot=1.1.4",
            "v=1&term=3y&name=a&vcpu=1&mem=4&tasks=9&load=week&week=3x8,9x3,5x4,8x9,168x0&spot=0.1.1",
            "v=1&term=1y&owned-ris=m7g.large=2&discount=7&name=a&vcpu=1&mem=2&tasks=9&spot=0.1.2",
        ];
        let links = links.iter().filter_map(|link| decode(link).scenario);
        let mut ranges = 0;
        for scenario in PRESETS.iter().map(Preset::scenario).chain(links) {
            for service in scenario.services.iter() {
                let all = evaluate_contenders(&scenario, service, &book);
                let points = evaluate_points(&scenario, service, &book);
                assert_eq!(all.verdict.best(), points.verdict.best());
                for (one, point) in all.options.iter().zip(&points.options) {
                    assert_eq!(one.option, point.option);
                    let of = |report: &OptionReport| {
                        let priced = report.priced()?;
                        Some((priced.total, priced.set_aside, priced.bill.clone()))
                    };
                    assert_eq!(of(one), of(point), "{}", one.option);
                    ranges += usize::from(one != point);
                }
            }
        }
        assert!(ranges > 0, "some range is left out");
    }
}
