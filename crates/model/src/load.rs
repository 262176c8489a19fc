//! What runs when: a load as levels over a repeating period.

use rust_decimal::Decimal;

use crate::platform::Os;
use crate::scenario::{HoursPerMonth, Load, RunMilliminutes, RunsPerDay, TaskCount};

/// Hours of a week.
pub const WEEK_HOURS: u32 = 168;

/// Hours of a day.
pub const DAY_HOURS: u32 = 24;

/// Minutes from launching an instance until tasks run on it; they are billed (rule 16).
pub const BOOT_MINUTES: u32 = 5;

/// Minutes that an instance runs on after its last task until managed scaling removes it: 15
/// one-minute datapoints (ECS developer guide, managed scaling behaviour; rule 16).
pub const SCALE_IN_MINUTES: u32 = 15;

/// Tasks that run in some hours of each week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Tasks.
    pub tasks: u32,
    /// Hours of the week, 1 to 168.
    pub hours: u32,
}

/// How often a week goes from one level to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Index of the level before.
    pub from: usize,
    /// Index of the level after.
    pub to: usize,
    /// Times in a week.
    pub times: u32,
}

/// A week that repeats: its levels, and the moves between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// The levels, none of zero hours; at least one.
    pub levels: Vec<Level>,
    /// The moves.
    pub moves: Vec<Move>,
}

/// Runs that start evenly over a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jobs {
    /// Runs a day.
    pub runs: u32,
    /// Tasks of each run.
    pub tasks: u32,
    /// Length of a run, in thousandths of a minute.
    pub milliminutes: u32,
    /// Seconds of image pull that Fargate bills before a run.
    pub image_pull_seconds: u16,
}

/// A load, ready to be billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Tasks that stay, hour by hour.
    Hourly(Week),
    /// Tasks that come and go.
    Jobs(Jobs),
}

impl Pattern {
    /// The pattern of a load.
    pub fn of(load: Load) -> Self {
        match load {
            Load::Constant { tasks } => Self::Hourly(Week {
                levels: vec![Level {
                    tasks: tasks.get(),
                    hours: WEEK_HOURS,
                }],
                moves: Vec::new(),
            }),
            Load::Schedule {
                tasks,
                idle_tasks,
                hours_per_day,
                days_per_week,
            } => Self::Hourly(schedule(
                tasks.get(),
                idle_tasks.get(),
                u32::from(hours_per_day.get()),
                u32::from(days_per_week.get()),
            )),
            Load::Jobs {
                runs_per_day,
                tasks,
                minutes,
                image_pull,
            } => Self::Jobs(Jobs::new(runs_per_day, tasks, minutes, image_pull.get())),
        }
    }

    /// Hours of the repeating period: a week, or a day for jobs.
    pub const fn period_hours(&self) -> u32 {
        match self {
            Self::Hourly(_) => WEEK_HOURS,
            Self::Jobs(_) => DAY_HOURS,
        }
    }

    /// How many periods a month holds.
    pub fn periods_per_month(&self, hours: HoursPerMonth) -> Decimal {
        Decimal::from(hours.get()) / Decimal::from(self.period_hours())
    }
}

/// What comes and goes in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is added.
    pub added: u64,
    /// What is removed.
    pub removed: u64,
}

impl Week {
    /// What comes and goes in a week, where `count` stands in each level.
    pub fn changes(&self, count: impl Fn(&Level) -> u64) -> Changes {
        let at = |index: usize| self.levels.get(index).map_or(0, &count);
        let mut changes = Changes::default();
        for step in &self.moves {
            let (before, after) = (at(step.from), at(step.to));
            changes.added += after.saturating_sub(before) * u64::from(step.times);
            changes.removed += before.saturating_sub(after) * u64::from(step.times);
        }
        changes
    }

    /// Task-hours of one week, `tasks` mapped level by level (to a leg's share, say).
    pub fn task_hours(&self, tasks: impl Fn(u32) -> u32) -> u64 {
        self.levels
            .iter()
            .map(|level| u64::from(tasks(level.tasks)) * u64::from(level.hours))
            .sum()
    }
}

impl Jobs {
    const fn new(
        runs: RunsPerDay,
        tasks: TaskCount,
        minutes: RunMilliminutes,
        image_pull_seconds: u16,
    ) -> Self {
        Self {
            runs: runs.get(),
            tasks: tasks.get(),
            milliminutes: minutes.get(),
            image_pull_seconds,
        }
    }

    /// Runs that overlap: k of rule 17.
    pub fn overlapping_runs(self) -> u64 {
        (u64::from(self.runs) * u64::from(self.milliminutes)).div_ceil(1_440_000)
    }

    /// Seconds that Fargate bills for one task of one run: image pull and run, rounded up
    /// together to a whole second, at least a minute (five on Windows).
    pub fn fargate_seconds(self, os: Os) -> u64 {
        let run_milliseconds = u64::from(self.milliminutes) * 60;
        let seconds =
            (run_milliseconds + u64::from(self.image_pull_seconds) * 1_000).div_ceil(1_000);
        seconds.max(match os {
            Os::Linux => 60,
            Os::Windows => 300,
        })
    }
}

fn schedule(tasks: u32, idle: u32, hours_per_day: u32, days: u32) -> Week {
    let busy_hours = hours_per_day * days;
    if tasks == idle || busy_hours >= WEEK_HOURS {
        return Week {
            levels: vec![Level {
                tasks,
                hours: WEEK_HOURS,
            }],
            moves: Vec::new(),
        };
    }
    // Full days run into each other; only their end (and the week's) is a move.
    let times = if hours_per_day == DAY_HOURS { 1 } else { days };
    Week {
        levels: vec![
            Level {
                tasks,
                hours: busy_hours,
            },
            Level {
                tasks: idle,
                hours: WEEK_HOURS - busy_hours,
            },
        ],
        moves: vec![
            Move {
                from: 0,
                to: 1,
                times,
            },
            Move {
                from: 1,
                to: 0,
                times,
            },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The week written out hour by hour, as rule 15 says it.
    fn by_hour(tasks: u32, idle: u32, hours_per_day: u32, days: u32) -> Vec<u32> {
        (0..WEEK_HOURS)
            .map(|hour| {
                let (day, hour) = (hour / DAY_HOURS, hour % DAY_HOURS);
                if day < days && hour < hours_per_day {
                    tasks
                } else {
                    idle
                }
            })
            .collect()
    }

    #[test]
    fn a_schedule_has_the_hours_and_moves_of_its_week_written_out() {
        for hours_per_day in 1..=24 {
            for days in 1..=7 {
                let week = schedule(9, 2, hours_per_day, days);
                let hours = by_hour(9, 2, hours_per_day, days);
                let total: u64 = hours.iter().map(|&tasks| u64::from(tasks)).sum();
                assert_eq!(week.task_hours(|tasks| tasks), total);
                let ups = (0..168)
                    .filter(|&h| hours[h] < hours[(h + 1) % 168])
                    .count();
                let moved: u32 = week
                    .moves
                    .iter()
                    .filter(|step| week.levels[step.from].tasks < week.levels[step.to].tasks)
                    .map(|step| step.times)
                    .sum();
                assert_eq!(
                    usize::try_from(moved).unwrap(),
                    ups,
                    "{hours_per_day} h, {days} d"
                );
            }
        }
    }

    #[test]
    fn runs_overlap_when_a_day_cannot_hold_them_one_after_another() {
        let jobs = |runs, minutes: u32| Jobs {
            runs,
            tasks: 1,
            milliminutes: minutes * 1_000,
            image_pull_seconds: 30,
        };
        assert_eq!(jobs(24, 12).overlapping_runs(), 1);
        assert_eq!(jobs(24, 60).overlapping_runs(), 1);
        assert_eq!(jobs(25, 60).overlapping_runs(), 2);
    }

    #[test]
    fn fargate_bills_whole_seconds_and_at_least_a_minute() {
        let jobs = |milliminutes, image_pull_seconds| Jobs {
            runs: 1,
            tasks: 1,
            milliminutes,
            image_pull_seconds,
        };
        assert_eq!(jobs(12_000, 30).fargate_seconds(Os::Linux), 750);
        assert_eq!(jobs(100, 0).fargate_seconds(Os::Linux), 60);
        assert_eq!(jobs(100, 0).fargate_seconds(Os::Windows), 300);
        assert_eq!(jobs(1_001, 30).fargate_seconds(Os::Linux), 91);
    }
}
