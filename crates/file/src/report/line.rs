//! A line of a bill as JSON, with the chain of its price.

use berth_model::bill;
use berth_model::platform::{Arch, Os};
use berth_model::prices::key::PriceKey;
use berth_model::prices::{PriceBook, SourceId};
use berth_model::words;

record! {
    /// One line of a bill: quantity times rate is the amount. Decimals are text, unrounded.
    Line {
        /// What it is for.
        what: String,
        /// How much of it a month.
        quantity: String,
        /// What the quantity counts, such as `instance_hours`.
        unit: String,
        /// US dollars for one.
        rate_usd: String,
        /// Quantity times rate, in US dollars.
        amount_usd: String,
        /// The name of the price, as `berth prices show` takes it; absent where there is none.
        price: Option<String>,
        /// Where the price comes from; absent where the rate is 1 by definition, or a discount.
        source: Option<String>,
        /// Its day, or its month where the source states no more; absent for figures of one's own.
        date: Option<String>,
        /// `quoted`, `derived`, `assumed`, or `own` for figures of one's own.
        grade: Option<String>,
        /// The price that the rate is a share of, where it is one.
        share_of: Option<Origin>,
    }
}

record! {
    /// Where a price comes from.
    Origin {
        /// A public page, or a repository and a path in it.
        source: String,
        /// Its day, or its month where the source states no more.
        date: Option<String>,
        /// `quoted`, `derived`, `assumed`, or `own` for figures of one's own.
        grade: String,
    }
}

impl Origin {
    /// The source of a price of a book.
    pub(crate) fn of(id: SourceId, book: &PriceBook) -> Option<Self> {
        let source = book.source(id)?;
        Some(Self {
            source: source.text.to_string(),
            date: id.is_of_book().then(|| source.date_text()),
            grade: source.grade.id().to_owned(),
        })
    }
}

impl Line {
    /// A line of an option's bill, of services of these systems, from a book that the scenario's
    /// own prices are in.
    pub(super) fn of(line: &bill::Line, systems: &[Os], arch: Arch, book: &PriceBook) -> Self {
        let origin = line.source.and_then(|id| Origin::of(id, book));
        let (source, date, grade) = match origin {
            Some(origin) => (Some(origin.source), origin.date, Some(origin.grade)),
            None => (None, None, None),
        };
        Self {
            what: words::line(line, book),
            quantity: line.quantity.normalize().to_string(),
            unit: line.unit.id().to_owned(),
            rate_usd: line.rate.decimal().normalize().to_string(),
            amount_usd: line.amount.decimal().normalize().to_string(),
            price: key(line, systems, arch, book).map(|key| key.to_string()),
            source,
            date,
            grade,
            share_of: line.base.and_then(|id| Origin::of(id, book)),
        }
    }
}

/// The name of a line's price. A line does not say of which system it is: where there are several,
/// it is the first that has a price of this rate and source.
fn key(line: &bill::Line, systems: &[Os], arch: Arch, book: &PriceBook) -> Option<PriceKey> {
    let keys = || {
        let keys = systems.iter();
        keys.filter_map(|&os| book.key_of(line, os, arch))
    };
    let is_of = |key: &PriceKey| {
        let quote = book.quote(key);
        quote
            .is_some_and(|quote| quote.rate.usd() == line.rate && Some(quote.source) == line.source)
    };
    keys().find(is_of).or_else(|| keys().next())
}
