//! Rules 27 and 28: which figures of a book may decide.

use std::collections::BTreeMap;

use berth_model::date::Date;
use berth_model::platform::Os;
use berth_model::prices::PriceBook;
use berth_model::purchase::{CommitmentKind, PriceKind, Term};

use super::rational::{Exact, over, ten_billionths, whole};

/// Which figures of a book, as it is without anybody's own, are shown and decide nothing.
pub(crate) struct Trust {
    newest_spot: Option<Date>,
    doubtful: BTreeMap<(Os, PriceKind), Vec<bool>>,
}

/// Days by which a Spot figure may lie behind the newest of its region.
const SPOT_DAYS: i32 = 90;

impl Trust {
    /// Reads a book.
    pub(crate) fn of(book: &PriceBook) -> Self {
        let instances = book.ec2.iter();
        let instances = instances.filter(|column| column.kind == PriceKind::Spot);
        let instances = instances.flat_map(|column| column.quotes.iter().flatten().copied());
        let fargate = book.fargate.iter();
        let fargate = fargate.filter(|price| price.kind == PriceKind::Spot);
        let newest_spot = instances
            .chain(fargate.map(|price| price.quote))
            .filter_map(|quote| book.source(quote.source))
            .map(|source| source.date)
            .max();
        let mut doubtful = BTreeMap::new();
        for column in &book.ec2 {
            let marks = match column.kind {
                PriceKind::Spot => column
                    .quotes
                    .iter()
                    .map(|quote| {
                        let date = quote.and_then(|quote| book.source(quote.source));
                        date.is_some_and(|source| is_stale(source.date, newest_spot))
                    })
                    .collect(),
                PriceKind::Committed(commitment)
                    if commitment.term == Term::OneYear
                        && matches!(
                            commitment.kind,
                            CommitmentKind::ReservedInstance
                                | CommitmentKind::ConvertibleReservedInstance
                        ) =>
                {
                    off_the_median(book, column.os, column.kind)
                }
                _ => continue,
            };
            doubtful.insert((column.os, column.kind), marks);
        }
        Self {
            newest_spot,
            doubtful,
        }
    }

    /// Whether an EC2 figure of a type decides nothing.
    pub(crate) fn sets_aside(&self, os: Os, kind: PriceKind, index: usize) -> bool {
        self.doubtful
            .get(&(os, kind))
            .is_some_and(|marks| marks[index])
    }

    /// Whether a Spot figure of this date, Fargate's too, decides nothing.
    pub(crate) fn is_stale(&self, date: Date) -> bool {
        is_stale(date, self.newest_spot)
    }
}

fn is_stale(date: Date, newest: Option<Date>) -> bool {
    newest.is_some_and(|newest| newest.days_since(date) > SPOT_DAYS)
}

/// Marks the rates whose share of today's on-demand price lies over two points off the median of
/// their family.
fn off_the_median(book: &PriceBook, os: Os, kind: PriceKind) -> Vec<bool> {
    let rates = book.ec2(os, kind);
    let lists = book.ec2(os, PriceKind::OnDemand);
    let share = |index: usize| -> Option<Exact> {
        let rate = rates.get(index).copied().flatten()?;
        let list = lists.get(index).copied().flatten()?;
        Some(over(ten_billionths(rate.rate), ten_billionths(list.rate)))
    };
    let mut families: BTreeMap<&str, Vec<Exact>> = BTreeMap::new();
    for (index, instance) in book.types.iter().enumerate() {
        if let Some(share) = share(index) {
            families.entry(instance.family()).or_default().push(share);
        }
    }
    for shares in families.values_mut() {
        shares.sort();
    }
    let mark = |index: usize, family: &str| {
        let Some(share) = share(index) else {
            return false;
        };
        let shares = &families[family];
        let (low, high) = (&shares[(shares.len() - 1) / 2], &shares[shares.len() / 2]);
        let distance = share - (low + high) / whole(2);
        let limit = over(2, 100);
        distance > limit || -distance > limit
    };
    book.types
        .iter()
        .enumerate()
        .map(|(index, instance)| mark(index, instance.family()))
        .collect()
}
