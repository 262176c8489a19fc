//! `berth prices show`: every price of a region's book, with unit, date, source and grade.

use std::fmt::Write as _;

use berth_model::platform::Os;
use berth_model::prices::key::PriceKey;
use berth_model::prices::{PriceBook, Quote, Source, index, trust};
use berth_model::purchase::PriceKind;
use berth_model::words;
use lexopt::prelude::*;
use serde::Serialize;

use crate::books;
use crate::usage::Failure;

/// One price, as programs read it.
#[derive(Serialize)]
struct Price<'a> {
    /// Its name, which links and this program take.
    #[serde(rename = "price")]
    name: String,
    /// The figure, a decimal as text.
    figure: String,
    unit: &'static str,
    /// A day, or a month where the source states no more.
    date: String,
    grade: &'static str,
    /// For Spot: `lowest` or `average`, where the source says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    statistic: Option<&'static str>,
    /// False for a figure that is shown and makes no option win (model rules 27 and 28).
    decides: bool,
    source: &'a str,
}

/// What the Spot Instance Advisor says of a type.
#[derive(Serialize)]
struct Advice<'a> {
    instance_type: &'a str,
    os: &'static str,
    /// Percent off the on-demand price, on average.
    saving_percent: u8,
    interruption: &'static str,
    date: String,
    grade: &'static str,
    source: &'a str,
}

/// What is printed.
#[derive(Serialize)]
struct Shown<'a> {
    region: &'a str,
    name: &'a str,
    lacks: Vec<&'static str>,
    prices: Vec<Price<'a>>,
    advisor: Vec<Advice<'a>>,
}

/// Runs the command on the words after `show`.
pub(crate) fn show(mut args: lexopt::Parser) -> Result<String, Failure> {
    let (mut region, mut item, mut json) = (None, None, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("json") => json = true,
            Value(word) if region.is_none() => region = Some(word.string()?),
            Value(word) if item.is_none() => item = Some(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let region = region.ok_or(Failure::Expected("a region after `show`"))?;
    let book = books::of(&region)?;
    let shown = gather(&book, item.as_deref());
    match item {
        Some(given) if shown.prices.is_empty() => Err(Failure::Item { given, region }),
        _ if json => Ok(format!("{}\n", serde_json::to_string_pretty(&shown)?)),
        _ => Ok(text(&shown)),
    }
}

fn gather<'a>(book: &'a PriceBook, item: Option<&str>) -> Shown<'a> {
    let prices = book
        .prices()
        .filter(|(key, _)| item.is_none_or(|item| is_of(key, item)))
        .filter_map(|(key, quote)| Some(price(book, &key, quote, book.source(quote.source)?)));
    let rows = book.advisor.iter().flat_map(|column| {
        let rows = column.rows.iter().zip(&book.types);
        rows.map(|(row, instance)| (column.os, row, &*instance.name))
    });
    let advisor = rows.filter_map(|(os, row, name)| {
        let row = row.as_ref()?;
        let asked = item.is_none_or(|item| is_type(name, item));
        let source = book.source(row.source).filter(|_| asked)?;
        Some(Advice {
            instance_type: name,
            os: os.id(),
            saving_percent: row.saving_percent,
            interruption: row.interruption.id(),
            date: source.date_text(),
            grade: source.grade.id(),
            source: &source.text,
        })
    });
    Shown {
        region: &book.region,
        name: index::name(&book.region),
        lacks: book.lacks(),
        prices: prices.collect(),
        advisor: advisor.collect(),
    }
}

/// Whether a price belongs to what was asked for.
fn is_of(key: &PriceKey, item: &str) -> bool {
    let place = match key {
        PriceKey::Ec2(_, _, name) => return is_type(name, item) || key.to_string() == item,
        PriceKey::Fargate(..) => "fargate",
        PriceKey::Fee(_) => "fee",
        PriceKey::Beside(_) => "beside",
    };
    place == item || key.to_string() == item
}

/// Whether a type is the one that was asked for, or of that family.
fn is_type(name: &str, item: &str) -> bool {
    name == item
        || name
            .split_once('.')
            .is_some_and(|(family, _)| family == item)
}

fn price<'a>(book: &PriceBook, key: &PriceKey, quote: Quote, source: &'a Source) -> Price<'a> {
    Price {
        name: key.to_string(),
        figure: quote.rate.to_string(),
        unit: key.unit(),
        date: source.date_text(),
        grade: source.grade.id(),
        statistic: source.statistic.map(berth_model::prices::Statistic::id),
        decides: decides(book, key, quote),
        source: &source.text,
    }
}

fn decides(book: &PriceBook, key: &PriceKey, quote: Quote) -> bool {
    match key {
        PriceKey::Ec2(os, kind, name) => {
            let index = book.type_index(name);
            let column = book.ec2_column(*os, *kind);
            column
                .zip(index)
                .is_some_and(|(column, index)| column.deciding(index).is_some())
        }
        PriceKey::Fargate(_, _, PriceKind::Spot, _) => !trust::is_stale_spot(book, quote),
        PriceKey::Fargate(..) | PriceKey::Fee(_) | PriceKey::Beside(_) => true,
    }
}

fn text(shown: &Shown<'_>) -> String {
    let mut out = format!(
        "{}, {}: {}\n",
        shown.region,
        shown.name,
        words::counted(shown.prices.len() as u64, "price", "prices"),
    );
    // Writing to a string cannot fail.
    if !shown.lacks.is_empty() {
        let _ = writeln!(out, "no price here for: {}", shown.lacks.join(", "));
    }
    let widest = |width: fn(&Price<'_>) -> usize| shown.prices.iter().map(width).max();
    let name = widest(|price| price.name.len()).unwrap_or(0);
    let figure = widest(|price| price.figure.len()).unwrap_or(0);
    let unit = widest(|price| price.unit.len()).unwrap_or(0);
    out.push('\n');
    for price in &shown.prices {
        let statistic = price
            .statistic
            .map_or_else(String::new, |statistic| format!(", {statistic}"));
        let aside = if price.decides {
            ""
        } else {
            ", decides nothing"
        };
        let _ = writeln!(
            out,
            "{:name$}  {:>figure$}  {:unit$}  {:10}  {}{statistic}{aside}  {}",
            price.name, price.figure, price.unit, price.date, price.grade, price.source
        );
    }
    if !shown.advisor.is_empty() {
        out.push_str("\nSpot Instance Advisor: average saving over on-demand, and how often it was interrupted in a month\n");
    }
    for row in &shown.advisor {
        let os = if row.os == Os::Linux.id() {
            "Linux"
        } else {
            "Windows"
        };
        let _ = writeln!(
            out,
            "{} {os}  {} %  {}  {}  {}  {}",
            row.instance_type,
            row.saving_percent,
            row.interruption,
            row.date,
            row.grade,
            row.source
        );
    }
    out
}
