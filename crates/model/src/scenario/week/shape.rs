//! Shapes of weeks to start from.

use super::{HOURS, TaskCount, WeekHours};

/// A shape that a week often has.
#[derive(Debug)]
pub struct Shape {
    /// What people choose it by.
    pub label: &'static str,
    /// One sentence about it.
    pub about: &'static str,
    /// Percent of the peak in an hour of a day; both are counted from 0.
    percent: fn(usize, usize) -> u32,
}

/// The shapes.
pub static SHAPES: [Shape; 6] = [
    Shape {
        label: "Business hours",
        about: "Mon–Fri 8:00–18:00, a fifth otherwise.",
        percent: |day, hour| {
            if day < 5 && (8..18).contains(&hour) {
                100
            } else {
                20
            }
        },
    },
    Shape {
        label: "Day and night",
        about: "Every day 7:00–23:00, three tenths at night.",
        percent: |_, hour| if (7..23).contains(&hour) { 100 } else { 30 },
    },
    Shape {
        label: "Evening peak",
        about: "Every day 18:00–23:00, half by day, a fifth at night.",
        percent: |_, hour| match hour {
            18..23 => 100,
            8..18 => 50,
            _ => 20,
        },
    },
    Shape {
        label: "Weekend only",
        about: "Saturday and Sunday around the clock, nothing otherwise.",
        percent: |day, _| if day >= 5 { 100 } else { 0 },
    },
    Shape {
        label: "Nightly batch",
        about: "Every day 1:00–5:00, nothing otherwise.",
        percent: |_, hour| if (1..5).contains(&hour) { 100 } else { 0 },
    },
    Shape {
        label: "All the same",
        about: "The peak in every hour.",
        percent: |_, _| 100,
    },
];

impl Shape {
    /// A week of this shape, each hour rounded up to a whole task.
    pub fn week(&self, peak: TaskCount) -> WeekHours {
        let mut hours = [0; HOURS];
        for (hour, tasks) in hours.iter_mut().enumerate() {
            *tasks = (peak.get() * (self.percent)(hour / 24, hour % 24)).div_ceil(100);
        }
        // Every shape reaches its peak, which a test walks.
        WeekHours::new(&hours).unwrap_or_else(|_| WeekHours::flat(peak))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_reaches_the_peak_it_is_given_and_is_another_week() {
        let mut seen = Vec::new();
        for shape in &SHAPES {
            for peak in [1, 10, crate::scenario::MAX_TASKS] {
                let peak = TaskCount::new(peak).unwrap();
                assert_eq!(shape.week(peak).peak(), peak, "{}", shape.label);
            }
            let week = shape.week(TaskCount::new(10).unwrap()).to_string();
            assert!(!seen.contains(&week), "{}", shape.label);
            seen.push(week);
        }
        assert_eq!(
            SHAPES[0].week(TaskCount::new(10).unwrap()).in_words(),
            "Mon–Fri 8:00–18:00: 10 tasks; otherwise 2."
        );
        assert_eq!(
            SHAPES[4].week(TaskCount::new(3).unwrap()).in_words(),
            "Every day 1:00–5:00: 3 tasks; otherwise none."
        );
    }
}
