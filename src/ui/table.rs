//! Tables of words and numbers, whose first column names the row.

use berth_model::explain::document::{Column, Set};

use crate::dom::{Element, el};

/// A table that scrolls inside itself where it is too wide, named for those who cannot see it.
pub fn table(
    name: &str,
    columns: &[Column],
    rows: &[Vec<String>],
    sum: Option<&[String]>,
) -> Element {
    let body: Vec<Element> = rows.iter().map(|cells| row(columns, cells)).collect();
    let foot = sum.map(|sum| el("tfoot").child(row(columns, sum)));
    let table = el("table")
        .child(head(columns))
        .child(el("tbody").child(body))
        .child(foot);
    scrolling(name, table)
}

/// Lets a table scroll inside itself.
pub fn scrolling(name: &str, table: Element) -> Element {
    el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", name)
        .child(table)
}

/// The headings of the columns; those about a class of options bear its colour.
pub fn head(columns: &[Column]) -> Element {
    let headings = columns.iter().map(|column| {
        let class = match column.class {
            Some(class) => ["option ", &super::sentence::class_name(class)].concat(),
            None => class(column.set).to_owned(),
        };
        heading("col", &class, &column.title)
    });
    el("thead").child(el("tr").child(headings.collect::<Vec<_>>()))
}

/// How the cells of a column are set, in the style sheet.
pub const fn class(set: Set) -> &'static str {
    match set {
        Set::Words => "",
        Set::Numbers => "number",
        Set::Source => "source",
    }
}

fn heading(scope: &str, class: &str, text: &str) -> Element {
    el("th").attr("scope", scope).class(class).text(text)
}

/// A row of plain words.
pub fn row(columns: &[Column], cells: &[String]) -> Element {
    let mut row = el("tr");
    for (place, (column, text)) in columns.iter().zip(cells).enumerate() {
        row = row.child(if place == 0 {
            heading("row", class(column.set), text)
        } else {
            el("td").class(class(column.set)).text(text)
        });
    }
    row
}
