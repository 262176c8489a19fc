//! What people need to be told about the service that is shown, besides the answer.

use std::sync::Arc;

use berth_model::explain;
use berth_model::near_fit::Found;

use super::sentence::say;
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Memo, latest, memo};
use crate::state::AppState;
use crate::studies::{NearFits, Studies};

const PANEL: &str = "advice";

/// Sizes that a task just misses, each to be taken by a press, and what else there is to tell.
pub fn advice(state: AppState, studies: Studies) -> Element {
    let said = latest(move || {
        state.settled().with(|answered| {
            let (scenario, service) = (&answered.scenario, answered.service());
            explain::advice(scenario, service, &answered.answer, &answered.book)
        })
    });
    // Those of an older answer stay until the newer are known, and cannot be taken.
    let is_stale = memo(move || {
        let is_of = |known: &Arc<NearFits>| {
            state
                .settled()
                .with(|answered| Arc::ptr_eq(&known.answered, answered))
        };
        studies
            .near_fits
            .with(|known| !known.as_ref().is_some_and(is_of))
    });
    let near_fits = move || -> Vec<Element> {
        studies.near_fits.with(|known| {
            let found = known.as_ref().map_or(&[] as &[Found], |known| &known.found);
            found
                .iter()
                .map(|found| near_fit(state, *found, is_stale))
                .collect()
        })
    };
    let is_empty = move || {
        let found = studies.near_fits.with(|known| {
            let known = known.as_ref();
            known.is_some_and(|known| !known.found.is_empty())
        });
        !found && said.with(Vec::is_empty)
    };
    let list = el("ul")
        .class("sentences")
        .live_flag("hidden", is_empty)
        .part(near_fits)
        .part(move || {
            said.with(|said| {
                let items = said.iter().map(|one| say(one, el("li")));
                items.collect::<Vec<_>>()
            })
        });
    let nothing = el("p")
        .class("panel-note")
        .live_flag("hidden", move || !is_empty())
        .text("Nothing else to note for this service.");
    el("div")
        .attr("id", PANEL)
        .attr("tabindex", "-1")
        .child(list)
        .child(nothing)
}

fn near_fit(state: AppState, found: Found, is_stale: Memo<bool>) -> Element {
    let size = format!(": {} vCPU and {} GiB", found.vcpu, found.memory);
    let take = el("button")
        .attr("type", "button")
        .class("button small")
        .live_flag("disabled", move || is_stale.get())
        .text("Take it")
        .child(el("span").class("visually-hidden").text(&size))
        .on_click(move || {
            state.take_size(&found);
            // The button goes with what it offered.
            page::focus_again(PANEL.to_owned());
        });
    say(&explain::near_fit(&found), el("li"))
        .live_class("stale", move || is_stale.get())
        .text(" ")
        .child(take)
}
