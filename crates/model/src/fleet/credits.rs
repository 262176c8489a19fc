//! Surplus credits: what burstable instances bill beyond their price when tasks use more vCPU
//! than their baseline (rule 8).
//!
//! Assumptions: instances are in unlimited mode (T3, T3a and T4g are unless an account says
//! otherwise; EC2 user guide, "Unlimited mode"); tasks use all of the vCPU that they ask for
//! while they run, as everywhere else in the model; and the instances of a leg share the work
//! evenly. Credits that are earned at launch or in hours of less work are not counted, so a load
//! that rests at night on instances that stay on may pay less than this.

use rust_decimal::Decimal;

use super::Rules;
use super::search::{Leg, Pick};
use crate::bill::{Bill, Item, Unit};
use crate::load::MILLIMINUTES_PER_HOUR;
use crate::load::{Jobs, Pattern};
use crate::money::Rate;
use crate::platform::Os;
use crate::prices::{InstanceType, Quote, SourceId};
use crate::purchase::PriceKind;
use crate::scenario::Daemon;
use crate::units::GRAINS;

/// Units to one vCPU here: thirds of a grain, in which a tenth of a credit an hour is whole.
pub const UNITS_PER_VCPU: u128 = 3 * GRAINS as u128;

/// Units of vCPU that a tenth of a credit an hour sustains: a credit is a minute of a vCPU.
const UNITS_PER_TENTH: u64 = 3 * GRAINS as u64 / 600;

/// Thousandths of a minute in a day.
const DAY_MILLIMINUTES: u64 = 24 * MILLIMINUTES_PER_HOUR;

/// CPU credits that an instance earns an hour, in tenths, by size: of T2, and of T3, T3a and T4g
/// (EC2 user guide, `burstable-credits-baseline-concepts`, the table of credits). The baseline is
/// these over 60 minutes: a t3.large earns 36, which is 30 % of two vCPU.
const EARNED: [(&str, u64, u64); 7] = [
    ("nano", 30, 60),
    ("micro", 60, 120),
    ("small", 120, 240),
    ("medium", 240, 240),
    ("large", 360, 360),
    ("xlarge", 540, 960),
    ("2xlarge", 816, 1_920),
];

/// Ten-billionths of a dollar for a vCPU-hour of surplus credits. The same for every size and
/// purchase and in every region, says the page that [`SourceId::CREDITS`] names; T3a is counted
/// as the T3 that it is a variant of.
const T4G_LINUX: Option<Rate> = Rate::from_ten_billionths(400_000_000);
const OTHER_LINUX: Option<Rate> = Rate::from_ten_billionths(500_000_000);
const OTHER_WINDOWS: Option<Rate> = Rate::from_ten_billionths(960_000_000);

/// How surplus credits of a burstable type come about. Amounts are vCPU in units of
/// 1/[`UNITS_PER_VCPU`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credits {
    /// Dollars per vCPU-hour beyond the baseline.
    pub price: Quote,
    /// What an instance sustains without surplus.
    baseline: u64,
    /// What an instance has.
    vcpu: u64,
    /// What its daemons use.
    daemons: u64,
    /// What a task uses, where one service stands alone.
    task: u64,
}

/// Credits that a type earns an hour, in tenths; `None` for what is not burstable, or a size that
/// the table does not have.
fn earned(instance: &InstanceType) -> Option<u64> {
    let (_, size) = instance.name.split_once('.')?;
    let (_, t2, later) = EARNED.iter().find(|(known, _, _)| *known == size)?;
    match instance.family() {
        "t2" => Some(*t2),
        "t3" | "t3a" | "t4g" => Some(*later),
        _ => None,
    }
}

/// What a vCPU-hour of surplus credits costs on a type.
fn price(instance: &InstanceType, os: Os) -> Option<Quote> {
    let rate = match (instance.family(), os) {
        ("t4g", Os::Linux) => T4G_LINUX,
        ("t2" | "t3" | "t3a", Os::Linux) => OTHER_LINUX,
        ("t2" | "t3" | "t3a", Os::Windows) => OTHER_WINDOWS,
        _ => None,
    };
    rate.map(|rate| Quote {
        rate,
        source: SourceId::CREDITS,
    })
}

impl Rules<'_> {
    /// How surplus credits of a type come about; `None` for types that are not burstable, and
    /// burstable ones of which no baseline or no price is known.
    pub fn credits(&self, instance: &InstanceType) -> Option<Credits> {
        if !instance.burstable {
            return None;
        }
        let daemon = |daemon: &Daemon| 3 * u64::from(daemon.vcpu.grains());
        Some(Credits {
            price: price(instance, self.service.os)?,
            baseline: earned(instance)? * UNITS_PER_TENTH,
            vcpu: u64::from(instance.vcpu) * 3 * u64::from(GRAINS),
            daemons: self.settings.daemons.iter().map(daemon).sum(),
            task: 3 * u64::from(self.service.task.vcpu.grains()),
        })
    }
}

impl Credits {
    /// What so many instances use beyond their baseline where tasks ask for so much. Tasks may
    /// ask for more than there is, and use no more.
    const fn surplus(&self, asked: u64, instances: u64) -> u64 {
        let asked = asked.saturating_add(self.daemons.saturating_mul(instances));
        let there = self.vcpu.saturating_mul(instances);
        let used = if asked < there { asked } else { there };
        used.saturating_sub(self.baseline.saturating_mul(instances))
    }
}

impl Leg<'_> {
    /// What is used beyond the baseline in a period, in thousandths of a minute of
    /// 1/[`UNITS_PER_VCPU`], where `counts` run in the levels.
    pub fn surplus(&self, credits: Credits, counts: &[u64]) -> u128 {
        let asked = |level: usize| self.asked(&credits, level);
        let count = |level: usize| counts.get(level).copied().unwrap_or(0);
        match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().enumerate().map(|(index, level)| {
                    let minutes = u64::from(level.hours) * MILLIMINUTES_PER_HOUR;
                    let surplus = credits.surplus(asked(index), count(index));
                    u128::from(minutes) * u128::from(surplus)
                });
                levels.sum()
            }
            Pattern::Jobs(jobs) => {
                let run = asked(0);
                if self.is_kept_warm(counts) {
                    at_times(*jobs, |runs| {
                        credits.surplus(run.saturating_mul(runs), count(1))
                    })
                } else {
                    let minutes = u64::from(jobs.runs) * u64::from(jobs.milliminutes);
                    u128::from(minutes) * u128::from(credits.surplus(run, count(0)))
                }
            }
        }
    }

    /// What the tasks of a level ask for.
    fn asked(&self, credits: &Credits, level: usize) -> u64 {
        let Some(level) = self.levels.get(level) else {
            return 0;
        };
        match self.crowd {
            None => level.tasks.saturating_mul(credits.task),
            Some(crowd) => {
                let each = crowd.services().zip(&level.kinds).map(|(service, tasks)| {
                    tasks.saturating_mul(3 * u64::from(service.task.vcpu.grains()))
                });
                each.fold(0, u64::saturating_add)
            }
        }
    }
}

/// The sum over a day of what `surplus` is while so many runs of a job stand, in thousandths of
/// minutes: they start evenly, so at any time either so many stand or one more.
fn at_times(jobs: Jobs, surplus: impl Fn(u64) -> u64) -> u128 {
    let standing = u64::from(jobs.runs) * u64::from(jobs.milliminutes);
    let (overlap, one_more) = (standing / DAY_MILLIMINUTES, standing % DAY_MILLIMINUTES);
    u128::from(DAY_MILLIMINUTES - one_more) * u128::from(surplus(overlap))
        + u128::from(one_more) * u128::from(surplus(overlap + 1))
}

/// Adds the line of a pick's surplus credits, where it has any; `times` is periods in a month, and
/// the share of the bill that the pick has.
pub(super) fn add(bill: &mut Bill, leg: &Leg<'_>, pick: &Pick, times: Decimal) {
    let Some(credits) = pick.candidate.credits else {
        return;
    };
    let surplus = leg.surplus(credits, &pick.counts);
    let whole = |number: u128| {
        let number = i128::try_from(number).unwrap_or(i128::MAX);
        Decimal::try_from_i128_with_scale(number, 0).unwrap_or(Decimal::MAX)
    };
    let hour = UNITS_PER_VCPU * u128::from(MILLIMINUTES_PER_HOUR);
    let hours = whole(surplus) / whole(hour) * times;
    bill.add(
        Item::SurplusCredits(pick.candidate.index),
        PriceKind::OnDemand,
        (hours, Unit::VcpuHours),
        credits.price.rate.usd(),
        Some(credits.price.source),
    );
}
