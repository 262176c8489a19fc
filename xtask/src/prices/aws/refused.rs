//! Why a file of AWS's was refused: the file, the line or key, the field, the value, and what may stand there.

use std::fmt;
use std::path::Path;

use thiserror::Error;

/// Where in a file something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line of a CSV file.
    Line(u64),
    /// A key of a JSON file, such as an SKU or a rate code.
    Key(Box<str>),
}

impl Place {
    pub(super) fn key(key: impl Into<Box<str>>) -> Self {
        Self::Key(key.into())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Key(key) => write!(f, "key {key}"),
        }
    }
}

/// What is wrong, within a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    place: Option<Place>,
    what: String,
}

impl Problem {
    /// Of the file as a whole.
    pub(super) fn whole(what: impl Into<String>) -> Self {
        Self {
            place: None,
            what: what.into(),
        }
    }

    pub(super) fn at(place: &Place, what: impl Into<String>) -> Self {
        Self {
            place: Some(place.clone()),
            what: what.into(),
        }
    }

    /// A value that may not stand where it does.
    pub(super) fn value(place: &Place, field: &str, value: &str, expected: &str) -> Self {
        let value: String = value.chars().take(80).collect();
        Self::at(place, format!("{field}: `{value}` is not {expected}"))
    }

    pub(super) fn in_file(self, file: &Path) -> Refused {
        Refused {
            file: file.display().to_string(),
            problem: self,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}, {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// A file that is refused whole.
#[derive(Debug, Error)]
#[error("{file}: {problem}")]
pub(crate) struct Refused {
    file: String,
    problem: Problem,
}
