//! Tables of words and numbers, whose first column names the row.

use crate::dom::{Element, el};

/// A column of a table.
#[derive(Clone)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// How its cells are set.
    pub set: Set,
}

/// How cells are set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Words, to the left.
    Words,
    /// Numbers, to the right, digits under digits.
    Numbers,
    /// Where a figure comes from: small, broken anywhere.
    Source,
}

impl Column {
    /// A column of words.
    pub fn words(title: &str) -> Self {
        Self::new(title, Set::Words)
    }

    /// A column of numbers.
    pub fn numbers(title: &str) -> Self {
        Self::new(title, Set::Numbers)
    }

    /// A column of sources.
    pub fn sources(title: &str) -> Self {
        Self::new(title, Set::Source)
    }

    fn new(title: &str, set: Set) -> Self {
        Self {
            title: title.to_owned(),
            set,
        }
    }
}

impl Set {
    const fn class(self) -> &'static str {
        match self {
            Self::Words => "",
            Self::Numbers => "number",
            Self::Source => "source",
        }
    }
}

/// A table that scrolls inside itself where it is too wide, named for those who cannot see it.
pub fn table(
    name: &str,
    columns: &[Column],
    rows: &[Vec<String>],
    sum: Option<&[String]>,
) -> Element {
    let head = columns
        .iter()
        .map(|column| heading("col", column.set, &column.title));
    let head = el("tr").child(head.collect::<Vec<_>>());
    let body: Vec<Element> = rows.iter().map(|cells| row(columns, cells)).collect();
    let foot = sum.map(|sum| el("tfoot").child(row(columns, sum)));
    let table = el("table")
        .child(el("thead").child(head))
        .child(el("tbody").child(body))
        .child(foot);
    el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", name)
        .child(table)
}

fn heading(scope: &str, set: Set, text: &str) -> Element {
    el("th").attr("scope", scope).class(set.class()).text(text)
}

fn row(columns: &[Column], cells: &[String]) -> Element {
    let mut row = el("tr");
    for (place, (column, text)) in columns.iter().zip(cells).enumerate() {
        row = row.child(if place == 0 {
            heading("row", column.set, text)
        } else {
            el("td").class(column.set.class()).text(text)
        });
    }
    row
}
