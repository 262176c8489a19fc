//! The decision matrix.

use berth_model::explain;
use berth_model::matrix::{COLUMNS, Row, matrix};
use leptos::prelude::*;

use super::sentence::accent;
use crate::reactive::{flag, memo, text};
use crate::state::app_state;

/// Criteria against classes of options; cells that follow the inputs are marked.
#[component]
pub fn Matrix() -> impl IntoView {
    let state = app_state();
    let book = state.book();
    let rows = memo(move || {
        state.settled().with(|answered| {
            matrix(
                &answered.scenario,
                answered.service(),
                &answered.answer,
                &book,
            )
        })
    });
    let heads = COLUMNS.iter().map(|&class| {
        view! {
            <th scope="col" class=format!("option option-{}", accent(class).css_name())>
                {explain::class(class)}
            </th>
        }
    });
    let fixed = rows.with_untracked(|rows| {
        rows.iter()
            .map(|row| (row.criterion, row.source))
            .enumerate()
            .collect::<Vec<_>>()
    });
    let body = fixed.into_iter().map(|(index, (criterion, source))| {
        let cells = (0..COLUMNS.len()).map(|column| {
            let cell = move |rows: &[Row]| rows.get(index).and_then(|row| row.cells.get(column)).cloned();
            view! {
                <td class:live=flag(move || rows.with(|rows| cell(rows).is_some_and(|cell| cell.live)))>
                    {text(move || rows.with(|rows| cell(rows).map(|cell| cell.text).unwrap_or_default()))}
                </td>
            }
        });
        view! {
            <tr>
                <th scope="row" title=source>{criterion}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <p class="panel-note">
            "Cells with a bar at their side follow the inputs; the rest holds for every workload."
        </p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-title">
            <table class="matrix">
                <thead>
                    <tr>
                        <th scope="col">"Criterion"</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{body.collect_view()}</tbody>
            </table>
        </div>
    }
}
