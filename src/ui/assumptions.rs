//! The assumptions, the conventions and where they come from.

use berth_model::explain;

use crate::dom::{Element, el};
use crate::reactive::latest;
use crate::state::AppState;

/// Every convention that a total rests on, in the present scenario's own values.
pub fn assumptions(state: AppState) -> Element {
    let list = latest(move || {
        state.settled().with(|answered| {
            explain::assumptions(&answered.scenario, answered.service(), &answered.book)
        })
    });
    el("ul").class("assumptions").part(move || {
        list.with(|list| {
            list.iter()
                .map(|one| el("li").text(one))
                .collect::<Vec<_>>()
        })
    })
}
