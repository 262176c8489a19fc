//! The bill of an option, or why it has none.

use berth_model::bill::Line;
use berth_model::explain;
use berth_model::prices::PriceBook;
use berth_model::report::{OptionReport, Outcome, Priced};
use berth_model::words;

use super::note;
use crate::dom::{Element, el};
use crate::state::AppState;
use crate::ui::table::{Column, table};

/// What a row opens to.
pub(super) fn bill(report: &OptionReport, state: AppState) -> Vec<Element> {
    let mut parts = match &report.outcome {
        Outcome::Priced(priced) => priced_bill(priced, &state.book()),
        Outcome::NotEligible(_) | Outcome::NoPrice(_) => {
            let why = ["No bill: ", &note(report, state), "."].concat();
            vec![el("p").class("option-none").text(&why)]
        }
    };
    if !report.conditions.is_empty() {
        parts.extend(conditions(report));
    }
    parts
}

fn conditions(report: &OptionReport) -> [Element; 2] {
    let items = report.conditions.iter().map(|(requirement, condition)| {
        el("li").text(&format!("{}: {condition}", requirement.row().label))
    });
    [
        el("p")
            .class("option-conditions")
            .text("Meets these needs under a condition:"),
        el("ul")
            .class("option-conditions")
            .child(items.collect::<Vec<_>>()),
    ]
}

fn priced_bill(priced: &Priced, book: &PriceBook) -> Vec<Element> {
    let standing = el("p")
        .class("option-standing")
        .text(&explain::standing(priced, book));
    let mut parts = vec![standing, lines(priced, book)];
    if priced.low != priced.high {
        let range = format!(
            "Prices and rounding leave {} to {} open.",
            words::money(priced.low),
            words::money(priced.high)
        );
        parts.push(el("p").class("option-range").text(&range));
    }
    parts
}

fn lines(priced: &Priced, book: &PriceBook) -> Element {
    let columns = [
        Column::words("What"),
        Column::numbers("Quantity"),
        Column::numbers("Rate"),
        Column::numbers("Amount"),
        Column::sources("Price date and source"),
    ];
    let lines = priced.bill.lines().iter();
    let rows: Vec<Vec<String>> = lines.map(|line| cells(line, book)).collect();
    let sum = [
        "A month".to_owned(),
        String::new(),
        String::new(),
        words::money_to_the_cent(priced.total),
        String::new(),
    ];
    table("Bill lines", &columns, &rows, Some(&sum))
}

fn cells(line: &Line, book: &PriceBook) -> Vec<String> {
    let source = line.source.and_then(|id| book.source(id)).map(|source| {
        let grade = words::grade(source.grade, source.statistic);
        format!("{}, {grade}: {}", source.date_text(), source.text)
    });
    vec![
        words::line(line, book),
        format!(
            "{} {}",
            words::quantity(line.quantity),
            words::unit(line.unit)
        ),
        words::rate(line.rate),
        words::money_to_the_cent(line.amount),
        source.unwrap_or_default(),
    ]
}
