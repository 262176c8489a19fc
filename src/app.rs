//! The root of the page.

use berth_model::prices::PriceBook;

use crate::dom::{Element, el};
use crate::platform::clock::next_frame;
use crate::platform::{address, recovery};
use crate::reactive::{effect, signal};
use crate::state::AppState;
use crate::studies::{Studies, studies};
use crate::ui::advice::advice;
use crate::ui::answer::answer;
use crate::ui::assumptions::assumptions;
use crate::ui::cluster::cluster;
use crate::ui::controls::controls;
use crate::ui::curve::curve_figure;
use crate::ui::interview::interview;
use crate::ui::loading::loading;
use crate::ui::matrix::decision_matrix;
use crate::ui::notices::notices;
use crate::ui::options::options;
use crate::ui::panel;
use crate::ui::spend::spend_figure;
use crate::ui::toolbar::toolbar;

/// Builds the whole of the live page below the heading, from the prices that ship inside the page and the fragment of
/// the link that it was opened with.
pub fn app(root: Element, book: PriceBook, fragment: &str) {
    let state = AppState::new(book, fragment);
    // Kept outside wasm at once, and in the address bar once the hand rests.
    effect(move || recovery::keep_link(&state.link()));
    address::follow(move || state.link());
    address::on_change(move |fragment| {
        if fragment != state.link() {
            state.open(&fragment);
        }
    });
    let studies = studies(state);
    let figures = el("div")
        .class("figures")
        .part(cluster(state, studies))
        .children([
            panel("spend", "Spend by option").child(spend_figure(state)),
            panel("curve", "Cost against task count").child(curve_figure(studies.curve)),
        ]);
    let workbench =
        el("div")
            .class("workbench")
            .children([answer(state), controls(state), figures]);
    let _ = root
        .child(toolbar(state))
        .part(move || notices(state))
        .part(move || loading(state))
        .child(workbench)
        .part(below(state, studies));
}

/// What stands below the answer, its inputs and figures: built in the frames after those are painted and answer.
fn below(state: AppState, studies: Studies) -> impl Fn() -> Vec<Element> {
    let is_due = signal(false);
    next_frame(move || next_frame(move || is_due.set(true)));
    move || {
        if !is_due.get() {
            return Vec::new();
        }
        vec![
            panel("notes", "Worth knowing").child(advice(state, studies)),
            panel("options", "Every option, line by line").child(options(state)),
            panel("matrix", "Decision matrix").child(decision_matrix(state)),
            panel("interview", "In an interview").child(interview(state, studies.curve)),
            panel("assumptions", "What this rests on").child(assumptions(state)),
        ]
    }
}
