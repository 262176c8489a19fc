//! What is typed and is no input of its own: a part of something, or a tool.

use std::fmt;

use super::{Kind, Problem, Said, number, ranged};
use crate::scenario::IdleTasks;

/// What people type into, as the registry describes an input.
#[derive(Debug, PartialEq)]
pub struct Part {
    /// What people call it.
    pub label: &'static str,
    /// Its unit, empty where it has none.
    pub unit: &'static str,
    /// One sentence of help, empty where the label says it all.
    pub help: &'static str,
    /// What it takes.
    pub kind: Kind,
}

/// A text that does not fit a part. Prints what it is for, the value and what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct PartError {
    part: &'static Part,
    given: String,
    problem: Problem,
}

impl PartError {
    pub(super) fn new(part: &'static Part, given: &str, problem: Problem) -> Self {
        let given = given.trim().to_owned();
        Self {
            part,
            given,
            problem,
        }
    }

    /// What is wrong with the text.
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl std::error::Error for PartError {}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Part {
            label, unit, kind, ..
        } = self.part;
        (Said {
            label,
            unit,
            kind,
            given: &self.given,
            problem: &self.problem,
        })
        .fmt(f)
    }
}

/// The text of a number some steps of its kind away, kept within its limits; `None` where the text
/// is no number, or none is taken.
pub fn stepped(kind: &Kind, text: &str, steps: i32) -> Option<String> {
    let Kind::Number { min, max, step, .. } = *kind else {
        return None;
    };
    number::stepped(&super::plain_number(text)?, steps, step, (min, max))
}

/// The count of tasks that hours of a week are painted with.
pub static BRUSH: Part = Part {
    label: "Brush",
    unit: "tasks",
    help: "",
    kind: number("0", "100000", "1"),
};

/// The tasks that a brush of this text paints.
pub fn brush(text: &str) -> Result<u32, PartError> {
    // The same limits as tasks outside a schedule.
    let read = ranged(text.trim(), IdleTasks::new).map(IdleTasks::get);
    read.map_err(|problem| PartError::new(&BRUSH, text, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brush_is_a_count_of_tasks() {
        assert_eq!(brush(" 12 "), Ok(12));
        assert_eq!(brush("0"), Ok(0));
        for (text, said) in [
            ("", "Brush is empty. Allowed: 0 to 100000 tasks."),
            (
                "100001",
                "Brush: 100001 is out of range. Allowed: 0 to 100000 tasks.",
            ),
            (
                "2.5",
                "Brush: 2.5 is not a whole number. Allowed: 0 to 100000 tasks.",
            ),
        ] {
            assert_eq!(brush(text).unwrap_err().to_string(), said);
        }
        assert_eq!(stepped(&BRUSH.kind, "0", -1).as_deref(), Some("0"));
        assert_eq!(stepped(&BRUSH.kind, "9", 1).as_deref(), Some("10"));
    }
}
