//! When a price has grown old (rule 26). The model has no clock: who asks says what day it is.

use super::{PriceBook, SourceId};
use crate::date::Date;
use crate::purchase::PriceKind;

/// Days after which a price of a kind counts as old.
pub const fn days(kind: PriceKind) -> i32 {
    match kind {
        PriceKind::Spot => 14,
        PriceKind::OnDemand => 180,
        PriceKind::Committed(_) => 365,
    }
}

impl PriceBook {
    /// Whether a price of a kind is old on a day. What has no date of its own never is.
    pub fn is_old(&self, kind: PriceKind, source: SourceId, today: Date) -> bool {
        source.has_date()
            && self
                .source(source)
                .is_some_and(|source| today.days_since(source.date) > days(kind))
    }
}
