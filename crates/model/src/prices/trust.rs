//! Which figures of a book may decide (rules 27 and 28).
//!
//! A figure that may not is still shown, with its date; it never makes an option win.

use super::{Ec2Column, PriceBook, Quote};
use crate::date::Date;
use crate::order;
use crate::purchase::{CommitmentKind, PriceKind, Term};

/// Days after which a Spot figure is too old beside the newest of its region.
pub const SPOT_DAYS: i32 = 90;

/// How far a reserved figure's ratio to the on-demand price may lie from its family's median, in
/// hundredths.
pub const RESERVED_RATIO_POINTS: u64 = 2;

/// Marks the figures of a book that may not decide.
pub fn mark(book: &mut PriceBook) {
    book.newest_spot = newest_spot(book);
    let marks: Vec<Vec<bool>> = book
        .ec2
        .iter()
        .map(|column| set_aside(book, column))
        .collect();
    for (column, marks) in book.ec2.iter_mut().zip(marks) {
        column.set_aside = marks;
    }
}

fn set_aside(book: &PriceBook, column: &Ec2Column) -> Vec<bool> {
    match column.kind {
        PriceKind::Spot => stale_spot(book, column),
        PriceKind::Committed(commitment)
            if commitment.kind == CommitmentKind::ReservedInstance
                && commitment.term == Term::OneYear =>
        {
            doubtful_reserved(book, column)
        }
        PriceKind::OnDemand | PriceKind::Committed(_) => Vec::new(),
    }
}

/// The date of the newest Spot figure, of EC2 or of Fargate.
fn newest_spot(book: &PriceBook) -> Option<Date> {
    let ec2 = book
        .ec2
        .iter()
        .filter(|column| column.kind == PriceKind::Spot)
        .flat_map(|column| column.quotes.iter().flatten());
    let fargate = book
        .fargate
        .iter()
        .filter(|price| price.kind == PriceKind::Spot)
        .map(|price| &price.quote);
    ec2.chain(fargate)
        .filter_map(|quote| Some(book.source(quote.source)?.date))
        .max()
}

/// Rule 27: a Spot figure more than 90 days older than the newest of its region.
fn stale_spot(book: &PriceBook, column: &Ec2Column) -> Vec<bool> {
    let stale = |quote: &Option<Quote>| quote.is_some_and(|quote| is_stale_spot(book, quote));
    column.quotes.iter().map(stale).collect()
}

/// Whether a Spot figure is too old beside the newest of its region to decide. An own figure
/// never is.
pub fn is_stale_spot(book: &PriceBook, quote: Quote) -> bool {
    let date = book.source(quote.source).map(|source| source.date);
    match (date, book.newest_spot) {
        (Some(date), Some(newest)) => {
            quote.source.is_of_book() && newest.days_since(date) > SPOT_DAYS
        }
        _ => false,
    }
}

/// Rule 28: a one-year reserved figure whose ratio to today's on-demand price is more than two
/// points from the median of its family.
fn doubtful_reserved(book: &PriceBook, column: &Ec2Column) -> Vec<bool> {
    let on_demand = book.ec2(column.os, PriceKind::OnDemand);
    // Ratios as reserved x 10^12 / on-demand: exact enough to tell two points, and integers.
    let ratio = |index: usize| -> Option<u64> {
        let reserved = column.quotes.get(index)?.as_ref()?.rate.ten_billionths();
        let list = on_demand.get(index)?.as_ref()?.rate.ten_billionths();
        let scaled = (u128::from(reserved) * RATIO_ONE).checked_div(u128::from(list))?;
        u64::try_from(scaled).ok()
    };
    let mut marks = vec![false; column.quotes.len()];
    let mut start = 0;
    for family in book.types.chunk_by(|a, b| a.family() == b.family()) {
        let range = start..start + family.len();
        start = range.end;
        let ratios: Vec<u64> = range.clone().filter_map(ratio).collect();
        let ratios: Vec<u64> = order::by_key(&ratios, |&ratio| ratio)
            .into_iter()
            .copied()
            .collect();
        let Some(median) = median(&ratios) else {
            continue;
        };
        for index in range {
            let far = ratio(index).is_some_and(|ratio| {
                u128::from(ratio.abs_diff(median)) * 100
                    > RATIO_ONE * u128::from(RESERVED_RATIO_POINTS)
            });
            if let Some(mark) = marks.get_mut(index) {
                *mark = far;
            }
        }
    }
    marks
}

const RATIO_ONE: u128 = 1_000_000_000_000;

/// The middle of sorted numbers, or the mean of the two in the middle.
fn median(sorted: &[u64]) -> Option<u64> {
    let upper = sorted.get(sorted.len() / 2)?;
    if sorted.len().is_multiple_of(2) {
        let lower = sorted.get(sorted.len() / 2 - 1)?;
        Some(lower.midpoint(*upper))
    } else {
        Some(*upper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_two() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3]), Some(3));
        assert_eq!(median(&[1, 3, 9]), Some(3));
        assert_eq!(median(&[1, 3]), Some(2));
    }
}
