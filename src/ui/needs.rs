//! The needs: hard requirements that rule options in or out.

use berth_model::eligibility::Requirement;
use berth_model::inputs;
use berth_model::needs::Need;
use berth_model::words;

use super::disclosure::when_opened;
use super::field::check;
use crate::dom::{Element, el};
use crate::reactive::memo;
use crate::state::AppState;

/// A check box for every need, behind a disclosure that says how many are stated.
pub fn needs(state: AppState) -> Element {
    let stated = memo(move || Need::ALL.iter().filter(|&&need| has(state, need)).count());
    let count = move || match stated.get() {
        0 => String::new(),
        count => format!(" ({count} stated)"),
    };
    when_opened(el("summary").text("Needs").live_text(count), move || {
        boxes(state)
    })
}

fn boxes(state: AppState) -> Element {
    let boxes: Vec<Element> = Need::ALL.iter().map(|&need| a_need(need, state)).collect();
    let legend = el("legend")
        .class("visually-hidden")
        .text("Hard requirements");
    el("fieldset").class("needs").child(legend).child(boxes)
}

fn a_need(need: Need, state: AppState) -> Element {
    check(
        &words::sentence_case(Requirement::Stated(need).row().label),
        move || has(state, need),
        move |present| {
            state.change_freely(|scenario, service| {
                inputs::set_need(scenario, service, need, present)
            });
        },
    )
}

fn has(state: AppState, need: Need) -> bool {
    state.read(|_, service| service.needs.has(need))
}
