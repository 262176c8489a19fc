//! The verdict: which option, by how much, and whether that is enough to say so.

use rust_decimal::Decimal;

use crate::money::Usd;
use crate::option::{OptionId, Place};
use crate::report::{OptionReport, Priced};
use crate::scenario::SmallestSaving;

/// A lead of less than this share of the other option's cost is too close to call, percent
/// (rule 4).
pub const CLOSE_PERCENT: i64 = 5;

/// Why a lead is too close to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// It is at most 5 % of what the other costs.
    Share,
    /// It is no more than the smallest saving that the user finds worth a change.
    Saving,
    /// It is no more than the range that prices and assumptions leave open.
    Range,
}

/// How far the best option leads over the best of the other places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The best option of the other places.
    pub over: OptionId,
    /// What that one costs more, in US dollars a month.
    pub margin: Usd,
    /// Why the lead is not enough to name a winner; `None` where it is.
    pub close: Option<Close>,
}

/// Which option to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No option can run the service at a known price.
    Nothing,
    /// The cheapest option.
    Best {
        /// Which.
        option: OptionId,
        /// Its lead; `None` where no other place can run the service at a known price.
        lead: Option<Lead>,
    },
}

impl Verdict {
    /// The verdict over reported options.
    ///
    /// A lead of no more than `smallest` dollars a month names no winner either.
    pub fn of(options: &[OptionReport], smallest: SmallestSaving) -> Self {
        let Some((option, best)) = cheapest(options, |_| true) else {
            return Self::Nothing;
        };
        let other = cheapest(options, |other| other.place != option.place);
        let lead = other.map(|(over, other)| Lead {
            over,
            margin: other.total - best.total,
            close: close(best, other, smallest).or_else(|| rival_in_range(options, option, best)),
        });
        Self::Best { option, lead }
    }

    /// The best option, whether or not it leads by enough.
    pub const fn best(&self) -> Option<OptionId> {
        match self {
            Self::Best { option, .. } => Some(*option),
            Self::Nothing => None,
        }
    }

    /// The place of the best option.
    pub fn place(&self) -> Option<Place> {
        self.best().map(|option| option.place)
    }
}

/// Another place's option that costs more than the runner-up, and may yet cost less than the best.
fn rival_in_range(options: &[OptionReport], best_option: OptionId, best: &Priced) -> Option<Close> {
    options
        .iter()
        .filter(|report| report.option.place != best_option.place)
        .filter_map(OptionReport::deciding)
        .any(|rival| rival.low < rival.total && rival.low <= best.total)
        .then_some(Close::Range)
}

/// Rule 4. The range counts as far as it could take the lead away: the best option's upwards,
/// the other's downwards.
fn close(best: &Priced, other: &Priced, smallest: SmallestSaving) -> Option<Close> {
    let margin = other.total - best.total;
    let range = (best.high - best.total).max(other.total - other.low);
    if margin.scaled(100.into()) <= other.total.scaled(CLOSE_PERCENT.into()) {
        Some(Close::Share)
    } else if smallest.get() > 0 && margin <= Usd::new(smallest.get().into()) {
        Some(Close::Saving)
    } else if margin <= range {
        Some(Close::Range)
    } else {
        None
    }
}

/// Totals that are no further apart are equal: two bills of the same lines may differ in the 28th
/// digit, where a quantity was divided and multiplied again.
const SAME: Usd = Usd::new(Decimal::from_parts(1, 0, 0, false, 12));

/// The cheapest option that may win and passes `filter`: by cost, then fewer instances at the peak,
/// then the order of the report (rule 5).
pub fn cheapest(
    options: &[OptionReport],
    filter: impl Fn(OptionId) -> bool,
) -> Option<(OptionId, &Priced)> {
    let deciding = options
        .iter()
        .filter(|report| filter(report.option))
        .filter_map(|report| Some((report.option, report.deciding()?)));
    first(
        deciding,
        |(_, priced)| priced.total,
        |(_, priced)| peak_instances(priced),
    )
}

/// The first by rule 5 of what may win: by cost, then fewer instances at the peak, then as they
/// come.
pub(crate) fn first<T>(
    deciding: impl Iterator<Item = T> + Clone,
    total: impl Fn(&T) -> Usd,
    peak: impl Fn(&T) -> u64,
) -> Option<T> {
    let least = deciding.clone().map(|one| total(&one)).min()?;
    deciding
        .filter(|one| total(one) - least <= SAME)
        .min_by_key(peak)
}

/// Most instances that run at a time; none on Fargate.
pub fn peak_instances(priced: &Priced) -> u64 {
    let leg_peak =
        |types: &[crate::fleet::price::TypeUse]| types.iter().map(|one| one.instances).max();
    let fleets = priced.capacity.fleets();
    let legs = fleets.iter().flat_map(|fleet| &fleet.legs);
    legs.filter_map(|leg| leg_peak(&leg.types)).sum()
}
