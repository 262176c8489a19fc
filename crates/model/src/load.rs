//! What runs when: a load as levels over a repeating period.

use rust_decimal::Decimal;

use crate::platform::{Arch, Os};
use crate::scenario::{
    HoursPerMonth, Load, RunMilliminutes, RunsPerDay, Scenario, Service, TaskCount, TaskFactor,
    WeekHours,
};

/// Hours of a week.
pub const WEEK_HOURS: u32 = 168;

/// Hours of a day.
pub const DAY_HOURS: u32 = 24;

/// Thousandths of a minute in an hour.
pub const MILLIMINUTES_PER_HOUR: u64 = 60_000;

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
    /// The level of each hour; empty where every fall from a day's peak leads straight to its
    /// low, as in a flat week and in a schedule.
    pub order: Vec<u8>,
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
    pub fn of(load: &Load) -> Self {
        match *load {
            Load::Constant { tasks } => Self::Hourly(Week::flat(tasks.get())),
            Load::Week(ref hours) => Self::Hourly(Week::of_hours(hours.hours(), |&tasks| tasks)),
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

    /// The pattern of a service's tasks on one architecture: its load, with the tasks kept in
    /// reserve (rule 3), times the factor of the architecture (rule 36), rounded up.
    pub fn of_service(scenario: &Scenario, service: &Service, arch: Arch) -> Self {
        let factor = scenario.task_factors.of(arch);
        let headroom = service.headroom.get();
        let mut pattern = Self::of(&service.load);
        let tasks = |tasks: u32| running(tasks, headroom, factor);
        match &mut pattern {
            Self::Hourly(week) => {
                for level in &mut week.levels {
                    level.tasks = tasks(level.tasks);
                }
            }
            Self::Jobs(jobs) => jobs.tasks = tasks(jobs.tasks),
        }
        pattern
    }

    /// The same at a share of its load, percent: of the tasks of each hour, rounded up, or of the
    /// runs of jobs.
    #[must_use]
    pub fn at(mut self, percent: u32) -> Self {
        // At most two million times a hundred.
        let share = |count: u32| count.saturating_mul(percent).div_ceil(100);
        match &mut self {
            Self::Hourly(week) => {
                for level in &mut week.levels {
                    level.tasks = share(level.tasks);
                }
            }
            Self::Jobs(jobs) => jobs.runs = share(jobs.runs),
        }
        self
    }

    /// What is left where so many tasks at a time find room elsewhere. Runs of a job that overlap
    /// share that room.
    #[must_use]
    pub fn beyond(mut self, elsewhere: u32) -> Self {
        match &mut self {
            Self::Hourly(week) => {
                for level in &mut week.levels {
                    level.tasks = level.tasks.saturating_sub(elsewhere);
                }
            }
            Self::Jobs(jobs) => {
                let of_a_run = u64::from(elsewhere) / jobs.overlapping_runs().max(1);
                let of_a_run = u32::try_from(of_a_run).unwrap_or(u32::MAX);
                jobs.tasks = jobs.tasks.saturating_sub(of_a_run);
            }
        }
        self
    }

    /// The tasks of every hour of a week; `None` of jobs, which have no hours.
    pub fn hours(scenario: &Scenario, service: &Service, arch: Arch) -> Option<Vec<u32>> {
        let (headroom, factor) = (service.headroom.get(), scenario.task_factors.of(arch));
        match service.load {
            Load::Jobs { .. } => None,
            _ => Some(
                (0..WEEK_HOURS)
                    .map(|hour| running(tasks_in(&service.load, hour), headroom, factor))
                    .collect(),
            ),
        }
    }

    /// Most tasks that run at a time, or the tasks of one run.
    pub fn peak(&self) -> u32 {
        match self {
            Self::Hourly(week) => week
                .levels
                .iter()
                .map(|level| level.tasks)
                .max()
                .unwrap_or(0),
            Self::Jobs(jobs) => jobs.tasks,
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

    /// Task-hours of a period, of what `counted` makes of the tasks that run: without image pulls and least
    /// durations.
    pub fn task_hours(&self, counted: impl Fn(u32) -> u32) -> Decimal {
        match self {
            Self::Hourly(week) => Decimal::from(week.task_hours(counted)),
            Self::Jobs(jobs) => {
                let counted = Jobs {
                    tasks: counted(jobs.tasks),
                    ..*jobs
                };
                Decimal::from(counted.task_milliminutes()) / Decimal::from(MILLIMINUTES_PER_HOUR)
            }
        }
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

/// Tasks that run where the load asks for some: with those kept in reserve, times a factor.
const fn running(tasks: u32, headroom: u32, factor: TaskFactor) -> u32 {
    if tasks == 0 {
        return 0;
    }
    // At most 200,000 tasks times ten.
    let thousandths = (tasks as u64 + headroom as u64) * factor.get() as u64;
    #[expect(clippy::cast_possible_truncation, reason = "at most two million")]
    {
        thousandths.div_ceil(1_000) as u32
    }
}

/// The load of every hour of a week. Of jobs, which have no hours, the tasks of one run.
pub(crate) fn written_out(load: &Load) -> WeekHours {
    let mut hours = [0; WEEK_HOURS as usize];
    for (hour, tasks) in (0..).zip(&mut hours) {
        *tasks = tasks_in(load, hour);
    }
    WeekHours::new(&hours).unwrap_or_else(|_| {
        // A load has a task in some hour, so this is not reached.
        WeekHours::flat(load.tasks())
    })
}

fn tasks_in(load: &Load, hour: u32) -> u32 {
    match load {
        Load::Constant { tasks } | Load::Jobs { tasks, .. } => tasks.get(),
        Load::Schedule {
            tasks,
            idle_tasks,
            hours_per_day,
            days_per_week,
        } => {
            let busy = hour / DAY_HOURS < u32::from(days_per_week.get())
                && hour % DAY_HOURS < u32::from(hours_per_day.get());
            if busy { tasks.get() } else { idle_tasks.get() }
        }
        Load::Week(week) => {
            let hour = usize::try_from(hour).unwrap_or(usize::MAX);
            week.hours().get(hour).copied().unwrap_or(0)
        }
    }
}

impl Week {
    /// A week of one level.
    pub fn flat(tasks: u32) -> Self {
        Self {
            levels: vec![Level {
                tasks,
                hours: WEEK_HOURS,
            }],
            moves: Vec::new(),
            order: Vec::new(),
        }
    }

    /// The week of these hours: hours that are equal are one level, of as many tasks as `count`
    /// says.
    pub fn of_hours<T: PartialEq>(hours: &[T], count: impl Fn(&T) -> u32) -> Self {
        let mut kinds: Vec<&T> = Vec::new();
        let mut week = Self {
            levels: Vec::new(),
            moves: Vec::new(),
            order: Vec::with_capacity(hours.len()),
        };
        for hour in hours {
            let level = kinds.iter().position(|kind| *kind == hour);
            let level = level.unwrap_or_else(|| {
                kinds.push(hour);
                week.levels.push(Level {
                    tasks: count(hour),
                    hours: 0,
                });
                kinds.len() - 1
            });
            if let Some(level) = week.levels.get_mut(level) {
                level.hours += 1;
            }
            // A week has 168 hours, so no more levels.
            week.order.push(u8::try_from(level).unwrap_or(u8::MAX));
        }
        let next = week.order.iter().skip(1).chain(week.order.first());
        let steps: Vec<(usize, usize)> = week
            .order
            .iter()
            .zip(next)
            .map(|(&from, &to)| (usize::from(from), usize::from(to)))
            .filter(|(from, to)| from != to)
            .collect();
        for (from, to) in steps {
            let known = |step: &&mut Move| (step.from, step.to) == (from, to);
            match week.moves.iter_mut().find(known) {
                Some(step) => step.times += 1,
                None => week.moves.push(Move { from, to, times: 1 }),
            }
        }
        week
    }

    /// What stands in each hour where a day's peak is kept until the day's low, and `counts`
    /// would do in each level (rule 16); `None` where that is no different.
    pub fn kept(&self, counts: &[u64]) -> Option<Vec<u64>> {
        let at = |level: &u8| counts.get(usize::from(*level)).copied().unwrap_or(0);
        let mut hours: Vec<u64> = self.order.iter().map(at).collect();
        let day = usize::try_from(DAY_HOURS).unwrap_or(usize::MAX);
        let lows: Vec<bool> = hours
            .chunks(day)
            .flat_map(|day| {
                let low = day.iter().copied().min();
                day.iter().map(move |&hour| Some(hour) == low)
            })
            .collect();
        // From the first low on, all the way round.
        let start = lows.iter().position(|&low| low)?;
        let mut kept = 0;
        for hour in (start..hours.len()).chain(0..start) {
            let is_low = lows.get(hour).copied().unwrap_or(true);
            if let Some(count) = hours.get_mut(hour) {
                kept = if is_low { *count } else { kept.max(*count) };
                *count = kept;
            }
        }
        let unchanged = self.order.iter().map(at).eq(hours.iter().copied());
        (!unchanged).then_some(hours)
    }

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

    /// Thousandths of task-minutes in a day, image pulls apart.
    pub fn task_milliminutes(self) -> u64 {
        u64::from(self.runs) * u64::from(self.tasks) * u64::from(self.milliminutes)
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
            order: Vec::new(),
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
        order: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{DaysPerWeek, HoursPerDay, IdleTasks};

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
    fn a_week_of_hours_is_the_same_week_as_the_schedule_that_it_writes_out() {
        for (hours_per_day, days) in [(24, 7), (24, 3), (10, 5), (1, 1), (23, 7)] {
            let from = schedule(9, 2, hours_per_day, days);
            let hours = by_hour(9, 2, hours_per_day, days);
            let week = Week::of_hours(&hours, |&tasks| tasks);
            assert_eq!(week.levels, from.levels, "{hours_per_day} h, {days} d");
            assert_eq!(
                week.changes(|level| level.tasks.into()),
                from.changes(|level| level.tasks.into())
            );
        }
    }

    #[test]
    fn a_days_peak_is_kept_until_its_low() {
        // Two hours of each day hold the low; the second peak is lower than the first.
        let mut hours = [2_u32, 5, 3, 4, 2].to_vec();
        hours.extend([3; 19]);
        let hours: Vec<u32> = hours.repeat(7);
        let week = Week::of_hours(&hours, |&tasks| tasks);
        let counts: Vec<u64> = week.levels.iter().map(|level| level.tasks.into()).collect();
        let kept = week.kept(&counts).unwrap();
        assert_eq!(kept[..6], [2, 5, 5, 5, 2, 3]);
        assert_eq!(kept[24..30], [2, 5, 5, 5, 2, 3]);
        let flat = Week::of_hours(&[4_u32; 168], |&tasks| tasks);
        assert_eq!(flat.kept(&[4]), None);
    }

    #[test]
    fn each_move_of_a_week_counts_as_often_as_it_happens() {
        let week = schedule(9, 2, 10, 5);
        let changes = week.changes(|level| u64::from(level.tasks));
        assert_eq!((changes.added, changes.removed), (35, 35));
        let other = week.changes(|level| u64::from(level.tasks > 2) * 4);
        assert_eq!((other.added, other.removed), (20, 20));
    }

    #[test]
    fn hours_of_a_schedule_end_where_it_says() {
        let load = Load::Schedule {
            tasks: TaskCount::new(9).unwrap(),
            idle_tasks: IdleTasks::new(2).unwrap(),
            hours_per_day: HoursPerDay::new(10).unwrap(),
            days_per_week: DaysPerWeek::new(5).unwrap(),
        };
        let hours: Vec<u32> = (0..WEEK_HOURS).map(|hour| tasks_in(&load, hour)).collect();
        assert_eq!(hours, by_hour(9, 2, 10, 5));
        assert_eq!(written_out(&load).hours().as_slice(), hours);
    }

    #[test]
    fn a_pattern_knows_its_period_and_its_peak() {
        let week = Pattern::Hourly(schedule(3, 9, 10, 5));
        assert_eq!((week.period_hours(), week.peak()), (168, 9));
        let jobs = Pattern::Jobs(Jobs {
            runs: 4,
            tasks: 6,
            milliminutes: 1_000,
            image_pull_seconds: 0,
        });
        assert_eq!((jobs.period_hours(), jobs.peak()), (24, 6));
        let month = HoursPerMonth::new(720).unwrap();
        assert_eq!(jobs.periods_per_month(month), Decimal::from(30));
        assert_eq!(
            week.periods_per_month(HoursPerMonth::new(672).unwrap()),
            Decimal::from(4)
        );
    }

    #[test]
    fn spare_tasks_and_the_factor_count_while_tasks_run() {
        let factor = |thousandths| TaskFactor::new(thousandths).unwrap();
        assert_eq!(running(0, 3, factor(1_000)), 0);
        assert_eq!(running(4, 3, factor(1_000)), 7);
        assert_eq!(running(4, 1, factor(850)), 5, "4.25 is rounded up");
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
