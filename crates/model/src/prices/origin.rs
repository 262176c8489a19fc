//! Sources that stand in no book: the user's own figures, and what a percentage of the user's
//! estimates.
//!
//! They have no date of their own ([`SourceId::is_of_book`](super::SourceId::is_of_book)); the
//! epoch stands in for it and is never shown.

use std::borrow::Cow;

use super::{Grade, Source};
use crate::date::Date;

/// The source of figures that the user gave.
pub static OWN: Source = undated(Grade::Own, "your own figure");

/// The source of commitment rates that nobody quotes.
pub static ESTIMATE: Source = undated(
    Grade::Assumed,
    "an estimate: the percentage you stated, off the on-demand price",
);

const fn undated(grade: Grade, text: &'static str) -> Source {
    Source {
        date: Date::EPOCH,
        month_only: false,
        grade,
        statistic: None,
        text: Cow::Borrowed(text),
    }
}
