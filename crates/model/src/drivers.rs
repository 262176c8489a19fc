//! Drivers: why one option costs less than another.
//!
//! The bill of an option says what is paid for; it does not say why, because an instance's price
//! pays for tasks, for what stands idle, for a second zone and for booting all at once. Here each
//! bill is divided by cause, so that the causes sum to the total; what two options differ by is
//! then the difference of their causes, and sums to the margin.

use rust_decimal::Decimal;

use crate::bill::{Bill, Item, Line};
use crate::decision::Verdict;
use crate::exact;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::OptionId;
use crate::order;
use crate::prices::PriceBook;
use crate::purchase::PriceKind;
use crate::report::{Capacity, Priced, ServiceAnswer};
use crate::scenario::{Scenario, Service};

mod fargate;
mod fleet;

/// Decimals that causes keep. A total has up to 28 digits; what lies beyond the trillionth of a
/// dollar is dust of divisions.
const DECIMALS: u32 = 12;

ids! {
    /// What a part of a bill is paid for, after any discount. Compute is counted at the on-demand
    /// price first; what Spot and commitments change of that are causes of their own.
    pub enum Cause {
        /// What the tasks ask for while they run, at the price of one vCPU and one GiB there.
        Tasks = "tasks",
        /// Room on instances that no task asks for, where tasks are packed as tightly as they fit.
        Idle = "idle",
        /// What a legal Fargate size has beyond what is asked for.
        Rounding = "rounding",
        /// Daemons: their share of instances, and sidecars on Fargate.
        Daemons = "daemons",
        /// Memory that the system and the agent of an instance keep.
        System = "system",
        /// Instances beyond the tightest packing: for the zones, the floor and the target.
        Spread = "spread",
        /// Hours in which nothing runs yet or any more: image pulls, boot, scale-in, and waiting
        /// for the next run.
        Waiting = "waiting",
        /// The Windows licence on Fargate.
        License = "license",
        /// What Spot costs more (or, below zero, less) than on-demand.
        Spot = "spot",
        /// The same of commitments, those that are owned already and what of one is not used
        /// included.
        Commitment = "commitment",
        /// The management fee of Managed Instances.
        Fee = "fee",
        /// Surplus CPU credits of burstable types.
        Credits = "credits",
        /// Volumes and ephemeral storage.
        Storage = "storage",
        /// Network, load balancer and logs.
        Beside = "beside",
        /// The time of one's own staff.
        Staff = "staff",
    }
}

/// A bill by cause: US dollars a month. Together they are the total, to the trillionth of a
/// dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Causes([Usd; Cause::ALL.len()]);

impl Causes {
    /// The bill of a service's option by cause, from a book that the scenario's own figures are
    /// in already; `None` of what several services share.
    pub fn of(
        scenario: &Scenario,
        service: usize,
        (option, priced): (OptionId, &Priced),
        book: &PriceBook,
    ) -> Option<Self> {
        let mut causes = Self::worked_out(scenario, service, (option, priced), book)?;
        // What is left of the total, so that nothing is lost in a division.
        let left = rounded(priced.total) - causes.total();
        causes.add(Cause::Tasks, left);
        Some(causes)
    }

    /// The same as far as divisions are exact.
    fn worked_out(
        scenario: &Scenario,
        service: usize,
        (option, priced): (OptionId, &Priced),
        book: &PriceBook,
    ) -> Option<Self> {
        let mut causes = Self([Usd::ZERO; Cause::ALL.len()]);
        for line in priced.bill.lines() {
            if let Some(cause) = of_line(line.item) {
                causes.add(cause, priced.bill.paid(line));
            }
        }
        let asked = scenario.services.nearest(service);
        match &priced.capacity {
            Capacity::Fargate(used) => {
                fargate::add(&mut causes, (scenario, asked), (option, used, priced), book);
            }
            Capacity::Fleet(used) => {
                let legs = crate::placement::hours::of(scenario, book, (option, used), service)?;
                fleet::add(
                    &mut causes,
                    (scenario, asked),
                    (used.place, &legs),
                    priced,
                    book,
                );
            }
            Capacity::Cluster(_) => return None,
        }
        Some(causes)
    }

    /// What one cause comes to.
    pub fn get(&self, cause: Cause) -> Usd {
        self.0.get(cause as usize).copied().unwrap_or_default()
    }

    /// All of them together.
    pub fn total(&self) -> Usd {
        self.0.iter().copied().sum()
    }

    fn add(&mut self, cause: Cause, amount: Usd) {
        if let Some(known) = self.0.get_mut(cause as usize) {
            *known += rounded(amount);
        }
    }
}

fn rounded(amount: Usd) -> Usd {
    Usd::new(amount.decimal().round_dp(DECIMALS))
}

/// The cause of a line that is paid for one thing alone; `None` of compute, and of the discount,
/// which is taken off each.
const fn of_line(item: Item) -> Option<Cause> {
    Some(match item {
        Item::FargateEphemeral | Item::InstanceVolume | Item::TaskVolume => Cause::Storage,
        Item::ManagedFee(_) => Cause::Fee,
        Item::SurplusCredits(_) => Cause::Credits,
        Item::Beside(_) => Cause::Beside,
        Item::StaffTime => Cause::Staff,
        Item::FargateVcpu
        | Item::FargateMemory
        | Item::FargateOsLicense
        | Item::Instances(_)
        | Item::UnusedCommitment
        | Item::Covered(_)
        | Item::Discount => return None,
    })
}

/// What Spot and the rest of the compute lines of a bill really cost, in this order.
fn compute(bill: &Bill) -> (Usd, Usd) {
    let is_compute = |line: &&Line| of_line(line.item).is_none() && line.item != Item::Discount;
    let compute = bill.lines().iter().filter(is_compute);
    compute.fold((Usd::ZERO, Usd::ZERO), |(spot, rest), line| {
        if line.kind == PriceKind::Spot {
            (spot + bill.paid(line), rest)
        } else {
            (spot, rest + bill.paid(line))
        }
    })
}

/// What one cause makes of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// The cause.
    pub cause: Cause,
    /// What the cheaper option pays for it, in US dollars a month.
    pub best: Usd,
    /// What the dearer one does.
    pub over: Usd,
}

impl Driver {
    /// What the cheaper option saves by it; below zero where it pays more.
    pub fn saving(&self) -> Usd {
        self.over - self.best
    }
}

/// Why one option costs less than another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drivers {
    /// The cheaper option.
    pub best: OptionId,
    /// The other.
    pub over: OptionId,
    /// What that one costs more, in US dollars a month: the sum of what every driver saves.
    pub margin: Usd,
    /// Every cause that makes a difference, the largest first.
    pub all: Vec<Driver>,
}

impl Drivers {
    /// Why a service's best option leads over the best of another place, from a book that the
    /// scenario's own figures are in already; `None` where there is no such lead.
    pub fn of(
        scenario: &Scenario,
        service: usize,
        answer: &ServiceAnswer,
        book: &PriceBook,
    ) -> Option<Self> {
        let Verdict::Best { option, lead } = answer.verdict else {
            return None;
        };
        Self::between(scenario, service, answer, (option, lead?.over), book)
    }

    /// Why one option of an answer costs less than another.
    pub fn between(
        scenario: &Scenario,
        service: usize,
        answer: &ServiceAnswer,
        (best, over): (OptionId, OptionId),
        book: &PriceBook,
    ) -> Option<Self> {
        let causes = |option| {
            let priced = answer.option(option)?.priced()?;
            Causes::of(scenario, service, (option, priced), book)
        };
        let (cheaper, dearer) = (causes(best)?, causes(over)?);
        let all = Cause::ALL.iter().map(|&cause| Driver {
            cause,
            best: cheaper.get(cause),
            over: dearer.get(cause),
        });
        let all: Vec<Driver> = all.filter(|driver| driver.saving() != Usd::ZERO).collect();
        let by_size = order::by_key(&all, |driver| {
            std::cmp::Reverse(driver.saving().decimal().abs())
        });
        Some(Self {
            best,
            over,
            margin: dearer.total() - cheaper.total(),
            all: by_size.into_iter().copied().collect(),
        })
    }
}

/// Hours for which a service's tasks do their work in a month, on one architecture: without image
/// pulls and least durations.
fn working_hours(scenario: &Scenario, service: &Service, option: OptionId) -> Decimal {
    let pattern = Pattern::of_service(scenario, service, option.arch);
    let hours = pattern.task_hours(|tasks| tasks);
    exact::product(hours, pattern.periods_per_month(scenario.hours_per_month))
        .unwrap_or(Decimal::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::{PRESETS, Preset};
    use crate::prices::embedded::US_EAST_1;
    use crate::share::decode;

    #[test]
    fn nothing_is_left_over_but_the_dust_of_divisions() {
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let links = [
            "v=1&discount=7&egress=nat&name=a&vcpu=0.5&mem=1&tasks=13&spot=1.2.3&load=schedule&idle=4",
            "v=1&term=3y&sizing=steady_floor&name=a&vcpu=2&mem=4&tasks=10&load=jobs&spot=1.1.4",
            "v=1&free-vcpu=3&free-mem=9&name=a&os=windows&vcpu=1.5&mem=4.5&tasks=9&load=week&week=3x8,9x3,5x4,8x9,168x0&disk=50",
            "v=1&owned-ris=m7g.large=2&owned-plans=compute_sp_1y_no_upfront=0.5&staff=on&name=a&vcpu=1&mem=2&tasks=9&spot=0.1.2",
            "v=1&burst=on&types=t4g.medium&own=us-east-1~ec2.linux.on_demand.t4g.medium~0.05&discount=20&name=a&vcpu=1&mem=2&tasks=3",
        ];
        let links = links.iter().filter_map(|link| decode(link).scenario);
        let mut bills = 0;
        for scenario in PRESETS.iter().map(Preset::scenario).chain(links) {
            let book = &*scenario.pricing.over(&book);
            for (index, service) in scenario.services.iter().enumerate() {
                let answer = crate::evaluate_service(&scenario, service, book);
                for report in &answer.options {
                    let Some(priced) = report.priced() else {
                        continue;
                    };
                    let of = (report.option, priced);
                    let causes = Causes::worked_out(&scenario, index, of, book).unwrap();
                    let left = (priced.total - causes.total()).decimal().abs();
                    assert!(left < Decimal::new(1, 9), "{} {left}", report.option);
                    bills += 1;
                }
            }
        }
        assert!(bills > 200, "{bills}");
    }
}
