//! Where a service may run: one place or more.

use berth_model::inputs::{self, InputId};
use berth_model::option::Place;
use berth_model::words;

use super::field::{check, refused, words_of};
use crate::dom::{Element, el};
use crate::reactive::signal;
use crate::state::AppState;

/// A box for every place; the last one that is ticked stays, and says why.
pub fn places(state: AppState) -> Element {
    let problem = signal(String::new());
    let box_of = |&place: &Place| {
        let is_on = move || {
            // A box that was not to be emptied is ticked again.
            problem.track();
            state.read(|_, service| service.places.has(place))
        };
        check(words::place(place), is_on, move |allowed| {
            let set = state
                .change(|scenario, service| inputs::set_place(scenario, service, place, allowed));
            problem.set(words_of(set));
        })
    };
    let legend = el("legend")
        .class("field-label")
        .text(InputId::Places.input().label);
    el("fieldset")
        .class("field")
        .child(legend)
        .child(Place::ALL.iter().map(box_of).collect::<Vec<_>>())
        .child(refused(problem, state))
}
