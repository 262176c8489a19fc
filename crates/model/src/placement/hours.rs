//! Why the hours of a fleet's instances are billed.

use rust_decimal::Decimal;

use super::rebuild::Rebuilt;
use crate::exact;
use crate::fleet::price::FleetUse;
use crate::fleet::search::Leg;
use crate::fleet::{Candidate, instances_for};
use crate::load::MILLIMINUTES_PER_HOUR;
use crate::load::Pattern;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::scenario::Scenario;

/// The hours of a month for which instances of one type run, as if none were reserved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hours {
    /// Index of the type in the book.
    pub(crate) index: usize,
    /// Instance-hours of as few instances as hold the tasks in one zone, while tasks run.
    pub(crate) packed: Decimal,
    /// Instance-hours beyond those: for the zones, the floor and the target (rule 12).
    pub(crate) spread: Decimal,
    /// Instance-hours of boot and scale-in; of jobs also of waiting for the next run (rules 16
    /// and 17).
    pub(crate) waiting: Decimal,
    /// Task-hours of the tasks that stand on them.
    pub(crate) of_tasks: Decimal,
}

impl Hours {
    /// All instance-hours.
    pub(crate) fn all(&self) -> Decimal {
        exact::sum(exact::sum(self.packed, self.spread), self.waiting)
    }
}

/// The instances of a leg.
pub(crate) struct LegHours {
    /// Whether they are Spot.
    pub(crate) spot: bool,
    /// Each type's hours as if it stood alone: the bill of a Spot leg is the mean of its types.
    pub(crate) types: Vec<Hours>,
}

/// The hours of a service's fleet, leg by leg; `None` where services share it.
pub(crate) fn of(
    scenario: &Scenario,
    book: &PriceBook,
    (option, used): (OptionId, &FleetUse),
    service: usize,
) -> Option<Vec<LegHours>> {
    if !used.services.is_empty() {
        return None;
    }
    let rebuilt = Rebuilt::new(scenario, (option, used), service);
    let crowd = rebuilt.crowd()?;
    let mut legs: Vec<LegHours> = used
        .legs
        .iter()
        .map(|leg| LegHours {
            spot: leg.spot,
            types: Vec::new(),
        })
        .collect();
    let most = used.legs.iter().map(|leg| leg.types.len()).max();
    for chosen in 0..most.unwrap_or(0) {
        for (hours, (of_leg, leg, candidate)) in
            legs.iter_mut().zip(rebuilt.legs(&crowd, book, chosen))
        {
            if hours.types.len() < of_leg.types.len() {
                hours.types.push(of_type(scenario, &leg, &candidate));
            }
        }
    }
    Some(legs)
}

fn of_type(scenario: &Scenario, leg: &Leg<'_>, candidate: &Candidate) -> Hours {
    let periods = leg.pattern.periods_per_month(scenario.hours_per_month);
    let month = |milliminutes: u64| {
        Decimal::from(milliminutes) / Decimal::from(MILLIMINUTES_PER_HOUR) * periods
    };
    let running: Vec<u64> = leg.running(candidate).collect();
    let all = leg.milliminutes(&running, 0);
    let packed_in = |tasks: u64| instances_for(tasks, candidate.fit.tasks, 1);
    let (packed, standing, tasks) = match leg.pattern {
        Pattern::Hourly(week) => {
            let mut sums = (0, 0, 0);
            for ((level, hours), running) in leg.levels.iter().zip(&week.levels).zip(&running) {
                let time = u64::from(hours.hours) * MILLIMINUTES_PER_HOUR;
                sums.0 += packed_in(level.tasks) * time;
                sums.1 += running * time;
                sums.2 += level.tasks * time;
            }
            sums
        }
        Pattern::Jobs(jobs) => {
            let time = u64::from(jobs.runs) * u64::from(jobs.milliminutes);
            let tasks = leg.levels.first().map_or(0, |level| level.tasks);
            let running = running.first().copied().unwrap_or(0);
            (packed_in(tasks) * time, running * time, tasks * time)
        }
    };
    // Runs of a job that overlap may share instances, and then fewer hours are billed than each
    // run would need by itself.
    let packed = packed.min(all);
    let standing = standing.clamp(packed, all.max(packed));
    Hours {
        index: candidate.index,
        packed: month(packed),
        spread: month(standing - packed),
        waiting: month(all.saturating_sub(standing)),
        of_tasks: month(tasks),
    }
}
