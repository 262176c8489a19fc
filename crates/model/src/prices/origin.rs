//! Sources that stand in no book: the user's own figures, what a percentage of the user's
//! estimates, and a price that is the same in every region.
//!
//! The first two have no date ([`SourceId::has_date`](super::SourceId::has_date)); the epoch stands
//! in for it and is never shown.

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

/// The source of what surplus credits cost.
pub static CREDITS: Source = Source {
    // 2026-09-29
    date: Date::of_day(20_725),
    month_only: false,
    grade: Grade::Quoted,
    statistic: None,
    text: Cow::Borrowed(
        "https://aws.amazon.com/ec2/pricing/on-demand/ (T2/T3/T4g Unlimited Mode Pricing), quoted in a public GitHub note dated 2026-09-29",
    ),
};

const fn undated(grade: Grade, text: &'static str) -> Source {
    Source {
        date: Date::EPOCH,
        month_only: false,
        grade,
        statistic: None,
        text: Cow::Borrowed(text),
    }
}
