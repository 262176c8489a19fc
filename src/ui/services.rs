//! The services of a cluster: which is shown, its name, and adding, copying and removing.

use berth_model::explain;
use berth_model::inputs::InputId;
use berth_model::scenario::ServicesEdit;

use super::field::{radio, radios, refused, text_field, words_of};
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Signal, memo, signal};
use crate::state::AppState;

const ADD: &str = "service-add";

/// One service says its name; of several, a list says which is shown.
pub fn services(state: AppState) -> Element {
    let count = memo(move || state.read(|scenario, _| scenario.services.len()));
    let problem = signal(String::new());
    let is_cluster = move || count.get() > 1;
    let remove = move || is_cluster().then(|| button(state, problem, &REMOVE));
    let buttons = el("div")
        .class("button-row")
        .child(button(state, problem, &ADDED).attr("id", ADD))
        .child(button(state, problem, &COPY))
        .part(remove);
    let status = el("p")
        .class("visually-hidden")
        .attr("role", "status")
        .live_text(move || {
            state.read(|scenario, service| {
                let (name, place) = (service.name.as_str(), state.shown() + 1);
                format!("{name}, service {place} of {}", scenario.services.len())
            })
        });
    el("div")
        .class("services")
        .part(move || is_cluster().then(|| list(state, count.get())))
        .child(text_field(InputId::Name, state))
        .child(buttons)
        .child(refused(problem, state))
        .child(status)
}

/// A button that changes the list.
struct Change {
    words: &'static str,
    edit: fn(usize) -> ServicesEdit,
}

const ADDED: Change = Change {
    words: "Add a service",
    edit: |_| ServicesEdit::Add,
};

const COPY: Change = Change {
    words: "Duplicate",
    edit: ServicesEdit::Duplicate,
};

const REMOVE: Change = Change {
    words: "Remove",
    edit: ServicesEdit::Remove,
};

fn button(state: AppState, problem: Signal<String>, change: &'static Change) -> Element {
    el("button")
        .attr("type", "button")
        .class("button small")
        .text(change.words)
        .on_click(move || {
            let changed = state.change_services(change.edit);
            problem.set(words_of(changed));
            // The button to remove goes with the second service.
            page::focus_again(ADD.to_owned());
        })
}

/// Every service by name and size, one of them shown. What the cluster as a whole costs is another panel's.
fn list(state: AppState, count: usize) -> Element {
    let row = |index| {
        let of = move |words: fn(&berth_model::scenario::Service) -> String| {
            move || state.read(|scenario, _| words(scenario.services.nearest(index)))
        };
        radio(
            "service",
            "",
            move || state.shown() == index,
            move || state.show(index),
        )
        .child(
            el("span")
                .class("service-name")
                .live_text(of(|service| service.name.as_str().to_owned())),
        )
        .child(
            el("span")
                .class("service-facts")
                .live_text(of(explain::in_short)),
        )
    };
    radios("Service", (0..count).map(row).collect(), "")
}
