//! Tables of words and numbers, whose first column names the row.

use leptos::prelude::*;

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
    pub fn words(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            set: Set::Words,
        }
    }

    /// A column of numbers.
    pub fn numbers(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            set: Set::Numbers,
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
    name: &'static str,
    columns: &[Column],
    rows: Vec<Vec<String>>,
    sum: Option<Vec<String>>,
) -> AnyView {
    let head = columns.iter().map(|column| {
        view! { <th scope="col" class=column.set.class()>{column.title.clone()}</th> }
    });
    let foot = sum.map(|sum| view! { <tfoot>{row(columns, sum)}</tfoot> });
    let body: Vec<AnyView> = rows.into_iter().map(|cells| row(columns, cells)).collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name>
            <table>
                <thead>
                    <tr>{head.collect_view()}</tr>
                </thead>
                <tbody>{body}</tbody>
                {foot}
            </table>
        </div>
    }
    .into_any()
}

fn row(columns: &[Column], cells: Vec<String>) -> AnyView {
    let cells: Vec<AnyView> = columns
        .iter()
        .zip(cells)
        .enumerate()
        .map(|(place, (column, text))| {
            let class = column.set.class();
            if place == 0 {
                view! { <th scope="row" class=class>{text}</th> }.into_any()
            } else {
                view! { <td class=class>{text}</td> }.into_any()
            }
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}
