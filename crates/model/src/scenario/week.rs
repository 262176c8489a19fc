//! A week written hour by hour.

use std::fmt;

use super::{MAX_TASKS, TaskCount};

mod block;
mod shape;

pub use block::{Block, Paint, day, neighbour, short_day};
pub use shape::{SHAPES, Shape};

/// Hours of a week.
const HOURS: usize = 168;

/// Tasks in each of the 168 hours of a week, Monday's first hour first; never none all week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekHours(Box<[u32; HOURS]>);

/// Why numbers are not a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeekError {
    /// Not 168 numbers.
    #[error("{0} hours were given; a week has 168")]
    Length(usize),
    /// An hour (counted from 1) of more tasks than a service may have.
    #[error("hour {0} has {1} tasks; allowed are 0 to {MAX_TASKS}")]
    TooMany(usize, u64),
    /// No task in any hour.
    #[error("no hour has a task; one needs at least 1")]
    Empty,
    /// A word (counted from 1) that is neither a number nor a number and its repetitions.
    #[error("entry {0} is not a number of tasks, nor tasks x hours such as 4x12")]
    NotANumber(usize),
}

impl WeekHours {
    /// The week of these hours.
    pub fn new(hours: &[u32]) -> Result<Self, WeekError> {
        let hours: [u32; HOURS] = hours
            .try_into()
            .map_err(|_| WeekError::Length(hours.len()))?;
        let mut peak = 0;
        for (hour, &tasks) in hours.iter().enumerate() {
            if tasks > MAX_TASKS {
                return Err(WeekError::TooMany(hour + 1, tasks.into()));
            }
            peak = peak.max(tasks);
        }
        if peak == 0 {
            return Err(WeekError::Empty);
        }
        Ok(Self(Box::new(hours)))
    }

    /// Reads 168 counts, separated by commas, semicolons or space. `4x12` stands for twelve hours
    /// of four tasks.
    pub fn parse(text: &str) -> Result<Self, WeekError> {
        let words = text.split([',', ';', ' ', '\n', '\r', '\t']);
        let mut hours = Vec::with_capacity(HOURS);
        let mut count = 0_usize;
        for (index, word) in words.filter(|word| !word.is_empty()).enumerate() {
            let number = |text: &str| -> Option<u64> {
                let digits = text.bytes().all(|byte| byte.is_ascii_digit());
                if digits { text.parse().ok() } else { None }
            };
            let (tasks, times) = match word.split_once(['x', 'X']) {
                Some((tasks, times)) => (number(tasks), number(times)),
                None => (number(word), Some(1)),
            };
            let (Some(tasks), Some(times)) = (tasks, times) else {
                return Err(WeekError::NotANumber(index + 1));
            };
            let place = count + 1;
            count = count.saturating_add(usize::try_from(times).unwrap_or(usize::MAX));
            let short = u32::try_from(tasks)
                .ok()
                .filter(|tasks| *tasks <= MAX_TASKS);
            let Some(tasks) = short else {
                return Err(WeekError::TooMany(place, tasks));
            };
            // What is beyond a week is counted and not kept.
            hours.extend(std::iter::repeat_n(tasks, count.min(HOURS) - hours.len()));
        }
        if count != HOURS {
            return Err(WeekError::Length(count));
        }
        Self::new(&hours)
    }

    /// The same count in every hour.
    pub fn flat(tasks: TaskCount) -> Self {
        Self(Box::new([tasks.get(); HOURS]))
    }

    /// The hours.
    pub fn hours(&self) -> &[u32; HOURS] {
        &self.0
    }

    /// Most tasks of any hour.
    pub fn peak(&self) -> TaskCount {
        let peak = self.0.iter().copied().max();
        peak.and_then(TaskCount::new).unwrap_or_default()
    }

    /// The same shape with another peak, each hour rounded to the nearest count.
    #[must_use]
    pub fn with_peak(&self, peak: TaskCount) -> Self {
        let (old, new) = (u64::from(self.peak().get()), u64::from(peak.get()));
        let scaled = self.0.map(|tasks| {
            let tasks = (u64::from(tasks) * new * 2 + old) / (2 * old);
            u32::try_from(tasks).unwrap_or(MAX_TASKS)
        });
        Self(Box::new(scaled))
    }
}

/// Runs of equal hours, as [`WeekHours::parse`] reads them.
impl fmt::Display for WeekHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&runs(self.hours()))
    }
}

fn runs(hours: &[u32; HOURS]) -> String {
    let run = |run: &[u32]| {
        let tasks = run.first().copied().unwrap_or(0);
        match run.len() {
            1 => tasks.to_string(),
            times => format!("{tasks}x{times}"),
        }
    };
    let runs: Vec<String> = hours.chunk_by(|a, b| a == b).map(run).collect();
    runs.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_reads_back_as_it_is_written() {
        let week = WeekHours::parse("2x8, 10x10 4 3 2x4 0x144").unwrap();
        assert_eq!(week.to_string(), "2x8,10x10,4,3,2x4,0x144");
        assert_eq!(WeekHours::parse(&week.to_string()), Ok(week.clone()));
        assert_eq!(week.peak().get(), 10);
        assert_eq!(week.hours()[17..20], [10, 4, 3]);
    }

    #[test]
    fn what_is_not_a_week_is_named() {
        assert_eq!(WeekHours::parse("1x160"), Err(WeekError::Length(160)));
        assert_eq!(WeekHours::parse("1x999"), Err(WeekError::Length(999)));
        assert_eq!(WeekHours::parse(""), Err(WeekError::Length(0)));
        assert_eq!(WeekHours::parse("0x168"), Err(WeekError::Empty));
        assert_eq!(
            WeekHours::parse("1x8 100001x160"),
            Err(WeekError::TooMany(9, 100_001))
        );
        assert_eq!(WeekHours::parse("1x167 -4"), Err(WeekError::NotANumber(2)));
        assert_eq!(WeekHours::parse("1.5x168"), Err(WeekError::NotANumber(1)));
    }

    #[test]
    fn another_peak_keeps_the_shape() {
        let week = WeekHours::parse("5x84,10x84").unwrap();
        let peak = TaskCount::new(3).unwrap();
        assert_eq!(week.with_peak(peak).to_string(), "2x84,3x84");
    }
}
