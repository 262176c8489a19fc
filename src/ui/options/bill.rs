//! The bill of an option.

use berth_model::bill::Line;
use berth_model::explain;
use berth_model::explain::document::Column;
use berth_model::prices::PriceBook;
use berth_model::report::{OptionReport, Priced};
use berth_model::words;

use super::price::prices;
use crate::dom::{Element, el};
use crate::reactive::Signal;
use crate::state::{Answered, AppState};
use crate::ui::sentence::say;
use crate::ui::table::table;

/// What a row opens to.
pub(super) fn bill(
    report: &OptionReport,
    priced: &Priced,
    answered: &Answered,
    (state, open): (AppState, Signal<Vec<String>>),
) -> Vec<Element> {
    let book = &*answered.book;
    let service = answered.service();
    let mut parts = vec![
        words_of("option-standing", &explain::standing(priced, book)),
        lines(report, priced, book),
    ];
    if priced.low != priced.high {
        let range = format!(
            "Prices and rounding leave {} to {} open.",
            words::money(priced.low),
            words::money(priced.high)
        );
        parts.push(words_of("option-range", &range));
    }
    let upfront = words::upfront(priced.upfront);
    parts.extend(upfront.map(|upfront| words_of("option-upfront", &upfront)));
    if let Some(committed) = priced.committed {
        let committed = explain::committed(committed);
        let of = (report.option, priced);
        let falling = explain::falling(&answered.scenario, service, of, book);
        let sentences = std::iter::once(committed).chain(falling);
        parts.extend(sentences.map(|one| say(&one, el("p").class("option-committed"))));
    }
    let interruptions = explain::interruptions(service, priced, book);
    parts.extend(
        interruptions
            .iter()
            .map(|one| words_of("option-range", one)),
    );
    parts.push(words_of(
        "option-scope",
        &explain::not_included(&answered.scenario, service),
    ));
    parts.push(prices(report, priced, answered, (state, open)));
    if !report.conditions.is_empty() {
        parts.extend(conditions(report));
    }
    parts
}

fn words_of(class: &str, words: &str) -> Element {
    el("p").class(class).text(words)
}

fn conditions(report: &OptionReport) -> [Element; 2] {
    let items = report.conditions.iter().map(|(requirement, condition)| {
        el("li").text(&format!("{}: {condition}", requirement.row().label))
    });
    [
        words_of("option-conditions", "Meets these needs under a condition:"),
        el("ul")
            .class("option-conditions")
            .child(items.collect::<Vec<_>>()),
    ]
}

fn lines(report: &OptionReport, priced: &Priced, book: &PriceBook) -> Element {
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
    let name = ["Bill lines of ", &words::option(report.option)].concat();
    table(&name, &columns, &rows, Some(&sum))
}

fn cells(line: &Line, book: &PriceBook) -> Vec<String> {
    vec![
        words::line(line, book),
        format!(
            "{} {}",
            words::quantity(line.quantity),
            words::unit(line.unit)
        ),
        words::rate(line.rate),
        words::money_to_the_cent(line.amount),
        line.source
            .and_then(|id| words::source(id, book))
            .unwrap_or_default(),
    ]
}
