//! The needs: hard requirements that rule options in or out.

use berth_model::eligibility::Requirement;
use berth_model::needs::Need;
use leptos::prelude::*;

use crate::reactive::{flag, memo, text};
use crate::state::app_state;

/// A check box for every need, behind a disclosure that says how many are stated.
#[component]
pub fn Needs() -> impl IntoView {
    let state = app_state();
    let stated = memo(move || {
        Need::ALL
            .iter()
            .filter(|&&need| state.has_need(need))
            .count()
    });
    let boxes = Need::ALL.iter().map(|&need| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=flag(move || state.has_need(need))
                    on:change:target=move |event| state.set_need(need, event.target().checked())
                />
                <span>{sentence_case(Requirement::Stated(need).row().label)}</span>
            </label>
        }
    });
    view! {
        <details class="more">
            <summary>
                "Needs"
                {text(move || match stated.get() {
                    0 => String::new(),
                    count => format!(" ({count} stated)"),
                })}
            </summary>
            <fieldset class="needs">
                <legend class="visually-hidden">"Hard requirements"</legend>
                {boxes.collect_view()}
            </fieldset>
        </details>
    }
}

/// The labels of needs begin with ASCII letters.
fn sentence_case(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
