//! The decision matrix.

use berth_model::explain;
use berth_model::matrix::{COLUMNS, Row, matrix};

use super::sentence::class_name;
use crate::dom::{Element, el};
use crate::reactive::{Memo, latest, memo};
use crate::state::AppState;

/// Criteria against classes of options; cells that follow the inputs are marked.
pub fn decision_matrix(state: AppState) -> Vec<Element> {
    let rows = latest(move || {
        state.settled().with(|answered| {
            let (scenario, service) = (&answered.scenario, answered.service());
            matrix(scenario, service, &answered.answer, &answered.book)
        })
    });
    let note = el("p").class("panel-note").text(
        "Cells with a bar at their side follow the inputs; the rest holds for every workload.",
    );
    let table = el("table")
        .class("matrix")
        .child(el("thead").child(head()))
        .child(el("tbody").child(body(rows)));
    let scroll = el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Criteria by class of options")
        .child(table);
    vec![note, scroll]
}

fn head() -> Element {
    let column = |words: &str| el("th").attr("scope", "col").text(words);
    let classes = COLUMNS.iter().map(|&class| {
        let names = ["option ", &class_name(class)].concat();
        column(explain::class(class)).class(&names)
    });
    el("tr")
        .child(column("Criterion"))
        .child(classes.collect::<Vec<_>>())
}

fn body(rows: Memo<Vec<Row>>) -> Vec<Element> {
    rows.with_untracked(|now| {
        let row = |(index, row): (usize, &Row)| {
            let criterion = el("th")
                .attr("scope", "row")
                .attr("title", row.source)
                .text(row.criterion);
            let cells = (0..COLUMNS.len()).map(|column| cell(rows, index, column));
            el("tr").child(criterion).child(cells.collect::<Vec<_>>())
        };
        now.iter().enumerate().map(row).collect()
    })
}

/// A cell keeps its place, and follows what stands there.
fn cell(rows: Memo<Vec<Row>>, row: usize, column: usize) -> Element {
    let now = memo(move || {
        rows.with(|rows| {
            rows.get(row)
                .and_then(|row| row.cells.get(column))
                .map_or_else(
                    || (String::new(), false),
                    |cell| (cell.text.clone(), cell.live),
                )
        })
    });
    el("td")
        .live_class("live", move || now.with(|&(_, live)| live))
        .live_text(move || now.with(|(text, _)| text.clone()))
}
