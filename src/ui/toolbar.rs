//! Scenarios to start from, and the link to what is shown.

use berth_model::inputs::InputId;
use berth_model::presets::{PRESETS, Preset};
use berth_model::prices::index;
use leptos::task::spawn_local;

use super::field::select_field;
use crate::dom::{Element, el};
use crate::platform::{address, clipboard};
use crate::reactive::{Signal, effect, signal};
use crate::state::AppState;

/// What came of copying the link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    Not,
    Done,
    Refused,
}

/// The bar above the answer.
pub fn toolbar(state: AppState) -> Element {
    let copied = signal(Copied::Not);
    effect(move || {
        // A new state has a new link.
        state.link();
        copied.set(Copied::Not);
    });
    let copy = el("button")
        .attr("type", "button")
        .class("button")
        .text("Copy link")
        .on_click(move || copy(state, copied));
    el("div").class("toolbar").children([
        start_from(state),
        region(state),
        keep(state),
        copy,
        outcome(state, copied),
    ])
}

fn start_from(state: AppState) -> Element {
    let prompt = el("option")
        .attr("value", "")
        .attr("selected", "")
        .attr("disabled", "")
        .text("a scenario…");
    let presets = PRESETS.iter().map(|preset| {
        el("option")
            .attr("value", preset.id)
            .attr("title", preset.about)
            .text(preset.label)
    });
    let list = el("select")
        .child(prompt)
        .child(presets.collect::<Vec<_>>());
    let own = list.clone();
    let list = list.on_value("change", move |id| {
        if let Some(preset) = Preset::from_id(&id) {
            state.start_from(preset.scenario());
        }
        own.set_value("");
    });
    el("label")
        .class("toolbar-start")
        .child(el("span").text("Start from"))
        .child(list)
}

/// Keeps the present scenario to compare what follows with.
fn keep(state: AppState) -> Element {
    let is_kept = move || state.pinned().with(Option::is_some);
    el("button")
        .attr("type", "button")
        .class("button")
        .live_attr("aria-pressed", move || is_kept().to_string())
        .live_text(move || {
            let words = if is_kept() {
                "Stop comparing"
            } else {
                "Keep to compare"
            };
            words.to_owned()
        })
        .on_click(move || state.pin(!is_kept()))
}

/// The regions with a price book.
fn region(state: AppState) -> Element {
    let choices: Vec<(String, String)> = index::books()
        .map(|book| {
            let label = [index::name(book.region), " ", book.region].concat();
            (book.region.to_owned(), label)
        })
        .collect();
    select_field(InputId::Region, state, &choices)
}

fn copy(state: AppState, copied: Signal<Copied>) {
    let link = address::with_fragment(&state.link());
    spawn_local(async move {
        let done = clipboard::copy(&link).await;
        copied.set(if done { Copied::Done } else { Copied::Refused });
    });
}

fn outcome(state: AppState, copied: Signal<Copied>) -> Element {
    el("p")
        .class("toolbar-copied")
        .attr("role", "status")
        .part(move || match copied.get() {
            Copied::Not => ("", None),
            Copied::Done => ("Copied. The link holds every input.", None),
            Copied::Refused => (
                "The browser does not let this page copy. Take it from here: ",
                Some(link_to_take(state)),
            ),
        })
}

fn link_to_take(state: AppState) -> Element {
    el("input")
        .class("toolbar-link")
        .attr("type", "text")
        .attr("readonly", "")
        .attr("aria-label", "Link to this scenario")
        .live_value(move || address::with_fragment(&state.link()))
}
