//! Parts of a week: some hours of some days, and painting them.

use std::ops::RangeInclusive;

use super::{HOURS, WeekHours, runs};
use crate::words;

/// Hours of a day.
const DAY: usize = 24;

/// Days of a week.
const DAYS: usize = HOURS / DAY;

const SHORT: [&str; DAYS] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const LONG: [&str; DAYS] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The same hours of days that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    days: RangeInclusive<usize>,
    hours: RangeInclusive<usize>,
}

/// What is done to the hours of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// They get this count of tasks.
    To(u32),
    /// So many tasks are added to each, or taken; never below none.
    By(i32),
}

impl Block {
    /// The block between two hours of the week, counted from 0, both in it.
    pub fn between(one: usize, other: usize) -> Self {
        let (one, other) = (one.min(HOURS - 1), other.min(HOURS - 1));
        let span = |one: usize, other: usize| one.min(other)..=one.max(other);
        Self {
            days: span(one / DAY, other / DAY),
            hours: span(one % DAY, other % DAY),
        }
    }

    /// Whether an hour of the week is in it.
    pub fn has(&self, hour: usize) -> bool {
        self.days.contains(&(hour / DAY)) && self.hours.contains(&(hour % DAY))
    }

    fn is_one_hour(&self) -> bool {
        self.days.start() == self.days.end() && self.hours.start() == self.hours.end()
    }
}

/// `Monday 13:00`, `Mon–Fri 8:00–18:00`, `every day 0:00–24:00`.
impl std::fmt::Display for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to) = (*self.days.start(), *self.days.end());
        match (from, to) {
            (0, 6) => f.write_str("every day")?,
            _ if from == to => f.write_str(name(&LONG, from))?,
            _ => write!(f, "{}–{}", name(&SHORT, from), name(&SHORT, to))?,
        }
        let (first, last) = (self.hours.start(), self.hours.end());
        write!(f, " {first}:00–{}:00", last + 1)
    }
}

fn name(names: &[&'static str; DAYS], day: usize) -> &'static str {
    names.get(day).copied().unwrap_or_default()
}

/// The name of a day, counted from 0.
pub fn day(day: usize) -> &'static str {
    name(&LONG, day)
}

/// The short name of a day, counted from 0.
pub fn short_day(day: usize) -> &'static str {
    name(&SHORT, day)
}

/// The hour that lies so many days and hours away, within the week and the same day.
pub fn neighbour(hour: usize, days: isize, hours: isize) -> usize {
    let within = |place: usize, way: isize, count: usize| {
        place
            .min(count - 1)
            .saturating_add_signed(way)
            .min(count - 1)
    };
    within(hour / DAY, days, DAYS) * DAY + within(hour % DAY, hours, DAY)
}

impl WeekHours {
    /// The text of the same week with a block painted. It need not be a week that may be: the
    /// registry of inputs says so.
    pub fn painted(&self, block: &Block, paint: Paint) -> String {
        let mut hours = *self.hours();
        for (hour, tasks) in hours.iter_mut().enumerate() {
            if block.has(hour) {
                *tasks = match paint {
                    Paint::To(count) => count,
                    Paint::By(way) => tasks.saturating_add_signed(way),
                };
            }
        }
        runs(&hours)
    }

    /// How near an hour comes to the peak, in eighths of it, rounded up.
    pub fn eighths(&self, hour: usize) -> u32 {
        let tasks = self.hours().get(hour).copied().unwrap_or(0);
        (tasks * 8).div_ceil(self.peak().get())
    }

    /// An hour and its tasks in words: `Monday 13:00, 10 tasks`.
    pub fn hour_in_words(&self, hour: usize) -> String {
        let tasks = self.hours().get(hour).copied().unwrap_or(0);
        let (day, hour) = (day(hour / DAY), hour % DAY);
        format!("{day} {hour}:00, {}", tasks_in_words(tasks))
    }

    /// A block and its tasks in words: `Mon–Fri 8:00–18:00: 2 to 10 tasks`.
    pub fn block_in_words(&self, block: &Block) -> String {
        let tasks = || {
            let hours = self.hours().iter().enumerate();
            hours
                .filter(|(hour, _)| block.has(*hour))
                .map(|(_, &tasks)| tasks)
        };
        let (least, most) = (tasks().min().unwrap_or(0), tasks().max().unwrap_or(0));
        let count = match least == most {
            true if block.is_one_hour() => tasks_in_words(most),
            true => [&tasks_in_words(most), " in each hour"].concat(),
            false => format!("{least} to {}", tasks_in_words(most)),
        };
        format!("{}: {count}", words::sentence_case(&block.to_string()))
    }

    /// The week in a sentence: the one block that stands out, or peak, low and mean.
    pub fn in_words(&self) -> String {
        let peak = self.peak().get();
        let low = self.hours().iter().copied().min().unwrap_or(0);
        if low == peak {
            return format!("{} in every hour.", tasks_in_words(peak));
        }
        let at_peak = || {
            let hours = self.hours().iter().enumerate();
            hours
                .filter(|(_, tasks)| **tasks == peak)
                .map(|(hour, _)| hour)
        };
        let days = || at_peak().map(|hour| hour / DAY);
        let hours = || at_peak().map(|hour| hour % DAY);
        let first = days().min().unwrap_or(0) * DAY + hours().min().unwrap_or(0);
        let last = days().max().unwrap_or(0) * DAY + hours().max().unwrap_or(0);
        let block = Block::between(first, last);
        let fits =
            |(hour, &tasks): (usize, &u32)| tasks == if block.has(hour) { peak } else { low };
        if self.hours().iter().enumerate().all(fits) {
            let block = words::sentence_case(&block.to_string());
            let low = match low {
                0 => "none".to_owned(),
                low => words::count(low.into()),
            };
            return format!("{block}: {}; otherwise {low}.", tasks_in_words(peak));
        }
        let sum: u64 = self.hours().iter().copied().map(u64::from).sum();
        // In tenths, to the nearest.
        let mean = (sum * 20 + HOURS as u64) / (2 * HOURS as u64);
        let mean = format!("{}.{}", words::count(mean / 10), mean % 10);
        let count = at_peak().count() as u64;
        let times = words::counted(count, "hour", "hours");
        format!(
            "{low} to {}, {mean} on average; the peak lasts {times} of the week.",
            tasks_in_words(peak)
        )
    }
}

fn tasks_in_words(tasks: u32) -> String {
    words::counted(tasks.into(), "task", "tasks")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(text: &str) -> WeekHours {
        WeekHours::parse(text).unwrap()
    }

    #[test]
    fn a_block_is_the_same_hours_of_its_days_whichever_corner_is_first() {
        let block = Block::between(24 + 9, 8);
        assert_eq!(block, Block::between(9, 24 + 8));
        let inside: Vec<usize> = (0..HOURS).filter(|&hour| block.has(hour)).collect();
        assert_eq!(inside, [8, 9, 32, 33]);
        assert_eq!(block.to_string(), "Mon–Tue 8:00–10:00");
        assert_eq!(Block::between(0, 999).to_string(), "every day 0:00–24:00");
    }

    #[test]
    fn painting_changes_the_block_and_nothing_else() {
        let flat = week("2x168");
        let block = Block::between(8, 24 + 9);
        assert_eq!(
            flat.painted(&block, Paint::To(10)),
            "2x8,10x2,2x22,10x2,2x134"
        );
        assert_eq!(
            flat.painted(&block, Paint::By(-3)),
            "2x8,0x2,2x22,0x2,2x134"
        );
        let all = Block::between(0, HOURS - 1);
        assert_eq!(flat.painted(&all, Paint::To(0)), "0x168");
        assert_eq!(flat.painted(&all, Paint::By(1)), "3x168");
    }

    #[test]
    fn steps_stay_in_their_day_and_week() {
        assert_eq!(neighbour(0, -1, -1), 0);
        assert_eq!(neighbour(23, 0, 1), 23);
        assert_eq!(neighbour(23, 1, -1), 46);
        assert_eq!(neighbour(167, 1, isize::MIN), 144);
        assert_eq!(neighbour(5, 0, isize::MAX), 23);
    }

    #[test]
    fn shares_of_the_peak_are_rounded_up() {
        let week = week("0,1,5,10,10x164");
        let shares: Vec<u32> = (0..4).map(|hour| week.eighths(hour)).collect();
        assert_eq!(shares, [0, 1, 4, 8]);
    }

    #[test]
    fn a_week_is_put_into_words() {
        for (text, words) in [
            ("4x168", "4 tasks in every hour."),
            (
                "2x8,10x10,2x14,10x10,2x126",
                "Mon–Tue 8:00–18:00: 10 tasks; otherwise 2.",
            ),
            (
                "0x120,1x24,0x24",
                "Saturday 0:00–24:00: 1 task; otherwise none.",
            ),
            (
                "1,2x166,10",
                "1 to 10 tasks, 2.0 on average; the peak lasts 1 hour of the week.",
            ),
        ] {
            assert_eq!(week(text).in_words(), words);
        }
        let week = week("2x8,10x10,2x150");
        assert_eq!(week.hour_in_words(8), "Monday 8:00, 10 tasks");
        for (one, other, words) in [
            (8, 8, "Monday 8:00–9:00: 10 tasks"),
            (8, 9, "Monday 8:00–10:00: 10 tasks in each hour"),
            (7, 8 + 24 * 4, "Mon–Fri 7:00–9:00: 2 to 10 tasks"),
        ] {
            assert_eq!(week.block_in_words(&Block::between(one, other)), words);
        }
    }
}
