//! What people need to be told about the service that is shown, besides the answer.

use std::sync::Arc;

use berth_model::explain::NearFitWords;

use super::sentence::say;
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Memo, effect, memo, signal};
use crate::state::AppState;
use crate::studies::{Module, Noted, Studies};

const PLACE: &str = "advice";

/// Sizes that a task just misses, each to be taken by a press, and what else there is to tell.
pub fn advice(state: AppState, studies: Studies) -> Element {
    // Those of an older answer stay until the newer are known, and cannot be taken.
    let is_stale = memo(move || {
        let is_of = |known: &Arc<Noted>| {
            state
                .settled()
                .with(|answered| Arc::ptr_eq(&known.answered, answered))
        };
        studies
            .notes
            .with(|known| !known.as_ref().is_some_and(is_of))
    });
    let was_taken = signal(false);
    effect(move || {
        studies.notes.track();
        if was_taken.get_untracked() {
            was_taken.set(false);
            // The button goes with what it offered.
            page::focus_again(PLACE.to_owned());
        }
    });
    let take = move |vcpu: &str, memory: &str| {
        was_taken.set(true);
        state.take_size(vcpu, memory);
    };
    let items = move || -> Vec<Element> {
        studies.notes.with(|known| {
            known.as_ref().map_or_else(Vec::new, |known| {
                let near_fits = known.notes.near_fits.iter();
                let near_fits = near_fits.map(|found| near_fit(found, is_stale, take));
                let advice = known.notes.advice.iter().map(|one| say(one, el("li")));
                near_fits.chain(advice).collect()
            })
        })
    };
    let note = memo(move || {
        let is_empty = studies.notes.with(|known| {
            let notes = known.as_ref().map(|known| &known.notes);
            notes.map(|notes| notes.near_fits.is_empty() && notes.advice.is_empty())
        });
        match (failure(studies), is_empty) {
            (Some(failure), _) => failure,
            (None, None) => "Being looked for.".to_owned(),
            (None, Some(true)) => "Nothing else to note for this service.".to_owned(),
            (None, Some(false)) => String::new(),
        }
    });
    el("div")
        .attr("id", PLACE)
        .attr("tabindex", "-1")
        .live_class("stale", move || is_stale.get())
        .child(el("ul").class("sentences").part(items))
        .child(
            el("p")
                .class("panel-note")
                .live_flag("hidden", move || note.with(String::is_empty))
                .live_text(move || note.get()),
        )
}

/// What is said where the module cannot be had.
pub(super) fn failure(studies: Studies) -> Option<String> {
    match studies.module.get() {
        Module::Failed(reason) => Some(format!(
            "This part of the page could not be loaded ({reason}). The next change of an input tries again."
        )),
        Module::Fine | Module::Underway => None,
    }
}

fn near_fit(
    found: &NearFitWords,
    is_stale: Memo<bool>,
    take: impl Fn(&str, &str) + 'static,
) -> Element {
    let (vcpu, memory) = (found.vcpu.clone(), found.memory.clone());
    let size = [" (", &vcpu, " vCPU and ", &memory, " GiB)"].concat();
    let button = el("button")
        .attr("type", "button")
        .class("button small")
        .live_flag("disabled", move || is_stale.get())
        .text("Take it")
        .child(el("span").class("visually-hidden").text(&size))
        .on_click(move || take(&vcpu, &memory));
    say(&found.sentence, el("li")).text(" ").child(button)
}
