//! The root of the page.

use berth_model::prices::PriceBook;

use crate::dom::{Element, el};
use crate::platform::clock::next_frame;
use crate::platform::{address, recovery};
use crate::reactive::{effect, signal};
use crate::state::AppState;
use crate::studies::{Panel, Studies, studies};
use crate::ui::answer::answer;
use crate::ui::cluster::cluster;
use crate::ui::controls::controls;
use crate::ui::document::document;
use crate::ui::loading::loading;
use crate::ui::map::map;
use crate::ui::notices::notices;
use crate::ui::options::options;
use crate::ui::panel;
use crate::ui::ranges::ranges;
use crate::ui::spend::spend_figure;
use crate::ui::toolbar::toolbar;
use crate::ui::weights::weights;

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
            panel("curve", "Cost against task count").child(document(state, studies, Panel::Curve)),
        ]);
    let workbench =
        el("div")
            .class("workbench")
            .children([answer(state, studies), controls(state), figures]);
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
        let of = |panel_of, title| studied(state, studies, panel_of, title);
        let compared = move || {
            let is_kept = state.pinned().with(Option::is_some);
            is_kept.then(|| studied(state, studies, Panel::Compare, "Against what you kept"))
        };
        vec![
            of(Panel::Flips, "What would flip it"),
            of(Panel::Fleet, "The fleet"),
            panel("map", "Which option wins over two inputs").child(map(state, studies)),
            el("div").part(compared),
            of(Panel::Notes, "Worth knowing"),
            panel("options", "Every option, line by line").child(options(state)),
            panel("matrix", "Decision matrix")
                .children([weights(state), document(state, studies, Panel::Matrix)]),
            panel("sure", "How sure it is")
                .children([ranges(state), document(state, studies, Panel::Sure)]),
            of(Panel::Stress, "Commitments, if plans change"),
            of(Panel::Interview, "In an interview"),
            of(Panel::Assumptions, "What this rests on"),
        ]
    }
}

/// The panel of a study.
fn studied(state: AppState, studies: Studies, of: Panel, title: &str) -> Element {
    panel(of.id(), title).child(document(state, studies, of))
}
