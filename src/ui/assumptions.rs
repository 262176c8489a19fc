//! The assumptions, the conventions and where they come from.

use berth_model::explain;
use leptos::prelude::*;

use crate::reactive::{memo, part};
use crate::state::app_state;

/// Every convention that a total rests on, in the present scenario's own values.
#[component]
pub fn Assumptions() -> impl IntoView {
    let state = app_state();
    let list = memo(move || {
        state
            .settled()
            .with(|answered| explain::assumptions(&answered.scenario, answered.service()))
    });
    view! {
        <ul class="assumptions">
            {part(move || list.get().into_iter().map(|one| view! { <li>{one}</li> }).collect_view())}
        </ul>
    }
}
