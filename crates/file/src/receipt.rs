//! A receipt: one total with its whole chain, and whether it holds.

use std::fmt;

use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::key::PriceKey;
use berth_model::scenario::Scenario;
use rust_decimal::Decimal;

use crate::json::{self, FileError, Node, Read};
use crate::number::Number;
use crate::report::{self, Book, Line, Origin};
use crate::scenario::{self, ScenarioFile, Whole};

record! {
    /// What an option costs a scenario, with every line, price and source behind it, and what it
    /// was made with.
    Receipt {
        /// The version of this format: 1.
        #[schemars(extend("const" = 1))]
        version: Number,
        /// The version of the program that made it.
        program: String,
        /// The version of its model.
        model: String,
        /// The price book that it rests on.
        book: Book,
        /// The scenario.
        scenario: ScenarioFile,
        /// The option, such as `fargate-arm64-on_demand`.
        option: String,
        /// The sum of the lines with six decimals, half to even, in US dollars a month.
        monthly_usd: String,
        /// The bill: quantity times rate is the amount of each line.
        lines: Vec<Line>,
    }
}

/// Why there is no receipt: the option has no amount, for this reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{option} has no bill: {reason}")]
pub struct NoBill {
    /// Which option.
    pub option: OptionId,
    /// Why, in words.
    pub reason: String,
}

/// The receipt of an option for a whole scenario.
pub fn make(scenario: &Scenario, book: &PriceBook, option: OptionId) -> Result<Receipt, NoBill> {
    let answers = berth_model::evaluate(scenario, book);
    let report = report::report(scenario, book, &answers);
    let id = option.to_string();
    let entry = report.options.into_iter().find(|entry| entry.option == id);
    let no_bill = |reason: Option<String>| NoBill {
        option,
        reason: reason.unwrap_or_else(|| "it is not among the options".to_owned()),
    };
    let entry = entry.ok_or_else(|| no_bill(None))?;
    let Some(monthly_usd) = entry.monthly_usd else {
        return Err(no_bill(entry.reason));
    };
    Ok(Receipt {
        version: Number::from(crate::VERSION.to_string()),
        program: report.program,
        model: report.model,
        book: report.book,
        scenario: report.scenario,
        option: id,
        monthly_usd,
        lines: entry.lines,
    })
}

/// A receipt that was read, with what its texts mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// As it is written.
    pub receipt: Receipt,
    /// Its scenario.
    pub scenario: Scenario,
    /// Its option.
    pub option: OptionId,
    total: Usd,
    amounts: Vec<Amounts>,
}

/// The numbers of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Amounts {
    quantity: Decimal,
    rate: Usd,
    amount: Usd,
}

/// Reads a receipt.
pub fn read(bytes: &[u8]) -> Result<Stated, FileError> {
    json::read(bytes)
}

impl Read for Stated {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        let object = node.object()?;
        scenario::check_version(&object, node)?;
        let receipt = Receipt::read(node)?;
        let Whole(scenario) = object.read("scenario")?;
        let path = node.path;
        let at = path.field("option");
        let option = OptionId::from_id(&receipt.option).ok_or_else(|| {
            let says = ": it is not an option, such as fargate-arm64-on_demand.";
            FileError::at(at, says)
        })?;
        let total = decimal(&receipt.monthly_usd, path.field("monthly_usd"))?;
        let lines = path.field("lines");
        let amounts = receipt.lines.iter().enumerate().map(|(index, line)| {
            let path = lines.place(index);
            Ok(Amounts {
                quantity: decimal(&line.quantity, path.field("quantity"))?,
                rate: Usd::new(decimal(&line.rate_usd, path.field("rate_usd"))?),
                amount: Usd::new(decimal(&line.amount_usd, path.field("amount_usd"))?),
            })
        });
        let amounts = amounts.collect::<Result<Vec<Amounts>, FileError>>()?;
        Ok(Self {
            receipt,
            scenario,
            option,
            total: Usd::new(total),
            amounts,
        })
    }
}

/// A decimal number. Digits beyond those that amounts have are dropped here: a text that has them
/// differs from what evaluating anew gives.
fn decimal(text: &str, path: json::Path<'_>) -> Result<Decimal, FileError> {
    text.parse().map_err(|_| {
        let short: String = text.chars().take(60).collect();
        FileError::at(path, format_args!(": “{short}” is not a decimal number."))
    })
}

/// Everything that a receipt says and this program does not, in words; nothing where it holds.
///
/// Its arithmetic is done again, its prices are looked up in the book, and its scenario is
/// evaluated anew.
pub fn differences(stated: &Stated, book: &PriceBook) -> Vec<String> {
    let mut found = Vec::new();
    check_arithmetic(stated, &mut found);
    check_prices(stated, book, &mut found);
    check_anew(stated, book, &mut found);
    found
}

/// A millionth of a dollar: what amounts may be off by.
fn is_off(one: Usd, other: Usd) -> bool {
    (one - other).decimal().abs() > Decimal::new(1, 6)
}

fn check_arithmetic(stated: &Stated, found: &mut Vec<String>) {
    let lines = stated.receipt.lines.iter().zip(&stated.amounts);
    for (index, (line, numbers)) in lines.enumerate() {
        let product = numbers.rate.scaled(numbers.quantity);
        if is_off(product, numbers.amount) {
            found.push(format!(
                "{}: {} × {} is {}, and not {}",
                name(index, line),
                line.quantity,
                line.rate_usd,
                product.decimal().normalize(),
                line.amount_usd,
            ));
        }
    }
    let sum: Usd = stated.amounts.iter().map(|line| line.amount).sum();
    if is_off(sum, stated.total) {
        found.push(format!(
            "the lines add up to {}, and not {}",
            sum.to_six_decimals(),
            stated.receipt.monthly_usd,
        ));
    }
}

/// Compares each price with the book's, or with the user's own figure in the scenario.
fn check_prices(stated: &Stated, book: &PriceBook, found: &mut Vec<String>) {
    let book = &*stated.scenario.pricing.over(book);
    let lines = stated.receipt.lines.iter().zip(&stated.amounts);
    for (index, (line, numbers)) in lines.enumerate() {
        let Some(id) = &line.price else {
            continue;
        };
        let name = name(index, line);
        let Some(key) = PriceKey::parse(id) else {
            found.push(format!("{name}: {id} is not the name of a price"));
            continue;
        };
        // A share of another price is not in the book as such; evaluating anew finds it.
        let quote = book.quote(&key).filter(|_| line.share_of.is_none());
        let Some(quote) = quote else {
            continue;
        };
        if quote.rate.usd() != numbers.rate {
            let there = quote.rate;
            let here = &line.rate_usd;
            found.push(format!(
                "{name}: the price {id} is {there} here, and not {here}"
            ));
        }
        let there = Origin::of(quote.source, book).map(|origin| (Some(origin.source), origin.date));
        if there.is_some_and(|there| there != (line.source.clone(), line.date.clone())) {
            found.push(format!(
                "{name}: the price {id} has another source or date here"
            ));
        }
    }
}

fn check_anew(stated: &Stated, book: &PriceBook, found: &mut Vec<String>) {
    let receipt = &stated.receipt;
    let anew = match make(&stated.scenario, book, stated.option) {
        Ok(anew) => anew,
        Err(error) => {
            found.push(format!("evaluated anew, {error}"));
            return;
        }
    };
    let mut differ = |what: &str, stated: &str, here: &str| {
        if stated != here {
            found.push(format!("{what} is {here} here, and not {stated}"));
        }
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    differ("the book's region", &receipt.book.region, &anew.book.region);
    differ(
        "the book's digest",
        &text(&receipt.book.digest),
        &text(&anew.book.digest),
    );
    differ(
        "the book's oldest date",
        &text(&receipt.book.oldest),
        &text(&anew.book.oldest),
    );
    differ(
        "the book's newest date",
        &text(&receipt.book.newest),
        &text(&anew.book.newest),
    );
    differ("the total", &receipt.monthly_usd, &anew.monthly_usd);
    let count = |lines: &[Line]| lines.len().to_string();
    differ(
        "the number of lines",
        &count(&receipt.lines),
        &count(&anew.lines),
    );
    for (index, (line, here)) in receipt.lines.iter().zip(&anew.lines).enumerate() {
        let name = name(index, line);
        let origin = |line: &Line| {
            let origin = line.share_of.as_ref();
            origin.map_or_else(
                || "none".to_owned(),
                |origin| {
                    format!(
                        "{} ({}, {})",
                        origin.source,
                        text(&origin.date),
                        origin.grade
                    )
                },
            )
        };
        let mut differ = |what: &str, stated: &str, here: &str| {
            differ(&format!("{name}: {what}"), stated, here);
        };
        differ("what it is for", &line.what, &here.what);
        differ("the quantity", &line.quantity, &here.quantity);
        differ("the unit", &line.unit, &here.unit);
        differ("the rate", &line.rate_usd, &here.rate_usd);
        differ("the amount", &line.amount_usd, &here.amount_usd);
        differ("the price", &text(&line.price), &text(&here.price));
        differ("the source", &text(&line.source), &text(&here.source));
        differ("the date", &text(&line.date), &text(&here.date));
        differ("the grade", &text(&line.grade), &text(&here.grade));
        differ(
            "the price that it is a share of",
            &origin(line),
            &origin(here),
        );
    }
}

/// What a line is called, counted from 1.
fn name(index: usize, line: &Line) -> impl fmt::Display {
    let what: String = line
        .what
        .chars()
        .filter(|c| !c.is_control())
        .take(60)
        .collect();
    format!("line {} ({what})", index + 1)
}
