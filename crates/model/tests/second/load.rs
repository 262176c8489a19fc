//! Rules 3, 15 and 36: how many tasks stand in which hour, and how long a job's tasks run.

use std::collections::BTreeMap;

use berth_model::platform::{Arch, Os};
use berth_model::scenario::{Load, Scenario, Service};

use super::rational::{ceiling, times};

/// Hours of a week.
pub(crate) const WEEK: i128 = 168;

/// Thousandths of a minute in a day.
pub(crate) const DAY: i128 = 1_440_000;

/// Equal hours in a row, of a week that closes on itself.
pub(crate) type Runs<T> = Vec<(T, i128)>;

/// What runs when, on one architecture.
#[derive(Clone, Debug)]
pub(crate) enum Demand {
    /// Tasks of each hour.
    Hourly(Runs<i128>),
    /// Bursts through the day.
    Jobs(Jobs),
}

/// Runs that start evenly over the day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jobs {
    /// Runs a day.
    pub(crate) runs: i128,
    /// Tasks of one.
    pub(crate) tasks: i128,
    /// How long one lasts, in thousandths of a minute.
    pub(crate) milliminutes: i128,
    /// Seconds of image pull, billed by Fargate.
    pub(crate) pull_seconds: i128,
}

impl Demand {
    /// The load of a service on an architecture: spare tasks and the task factor are in it.
    pub(crate) fn of(scenario: &Scenario, service: &Service, arch: Arch) -> Self {
        let factor = i128::from(scenario.task_factors.of(arch).get());
        let spare = i128::from(service.headroom.get());
        let kept = |tasks: u32| match tasks {
            0 => 0,
            tasks => ceiling(times(i128::from(tasks) + spare, factor), 1_000),
        };
        let hours: Vec<i128> = match &service.load {
            Load::Constant { tasks } => vec![kept(tasks.get()); 168],
            Load::Schedule {
                tasks,
                idle_tasks,
                hours_per_day,
                days_per_week,
            } => (0..168_u8)
                .map(|hour| {
                    let on = hour / 24 < days_per_week.get() && hour % 24 < hours_per_day.get();
                    kept(if on { tasks.get() } else { idle_tasks.get() })
                })
                .collect(),
            Load::Week(week) => week.hours().iter().map(|&tasks| kept(tasks)).collect(),
            Load::Jobs {
                runs_per_day,
                tasks,
                minutes,
                image_pull,
            } => {
                return Self::Jobs(Jobs {
                    runs: runs_per_day.get().into(),
                    tasks: kept(tasks.get()),
                    milliminutes: minutes.get().into(),
                    pull_seconds: image_pull.get().into(),
                });
            }
        };
        Self::Hourly(in_rows(hours))
    }
}

/// Rows of equal hours.
pub(crate) fn in_rows<T: PartialEq>(hours: impl IntoIterator<Item = T>) -> Runs<T> {
    let mut rows: Runs<T> = Vec::new();
    for hour in hours {
        match rows.last_mut() {
            Some((last, length)) if *last == hour => *length += 1,
            _ => rows.push((hour, 1)),
        }
    }
    rows
}

/// How many hours of the week stand at each count.
pub(crate) fn levels(rows: &Runs<i128>) -> BTreeMap<i128, i128> {
    let mut levels = BTreeMap::new();
    for &(count, hours) in rows {
        *levels.entry(count).or_default() += hours;
    }
    levels
}

/// What is added over a week that closes on itself: every rise, the first hour's from the last.
pub(crate) fn rises(rows: &Runs<i128>) -> i128 {
    let mut before = rows.last().map_or(0, |(count, _)| *count);
    let mut sum = 0;
    for (count, _) in rows {
        sum += (count - before).max(0);
        before = *count;
    }
    sum
}

impl Jobs {
    /// Rule 17: how many runs overlap.
    pub(crate) fn overlapping(&self) -> i128 {
        ceiling(times(self.runs, self.milliminutes), DAY)
    }

    /// Rule 6: seconds that Fargate bills for one task.
    pub(crate) fn fargate_seconds(&self, os: Os) -> i128 {
        let least = match os {
            Os::Linux => 60,
            Os::Windows => 300,
        };
        let thousandths = 1_000 * self.pull_seconds + 60 * self.milliminutes;
        ceiling(thousandths, 1_000).max(least)
    }
}
