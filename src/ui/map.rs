//! The map: which option wins over two inputs that a person chooses.

use berth_model::inputs::{INPUTS, InputId, Kind};

use super::document::document;
use crate::dom::{Element, el};
use crate::reactive::memo;
use crate::state::AppState;
use crate::studies::{Panel, Studies};

/// One of the two axes.
#[derive(Clone, Copy)]
enum Axis {
    Across,
    Up,
}

/// The map under the choice of its axes.
pub fn map(state: AppState, studies: Studies) -> Vec<Element> {
    let axes = el("div").class("map-axes").children([
        axis(state, studies, Axis::Across, "From left to right"),
        axis(state, studies, Axis::Up, "From the bottom up"),
    ]);
    vec![axes, document(state, studies, Panel::Map)]
}

fn axis(state: AppState, studies: Studies, side: Axis, label: &str) -> Element {
    let choices = memo(move || state.read(|_, _| numbers(state)));
    let list = el("select").part(move || {
        choices.with(|choices| {
            let choice = |&input: &InputId| {
                el("option")
                    .attr("value", input.id())
                    .text(input.input().label)
            };
            choices.iter().map(choice).collect::<Vec<_>>()
        })
    });
    let present = move || {
        // The list is rebuilt with its choices, and has to be told again what it shows.
        choices.track();
        let (across, up) = studies.axes_of(state);
        let input = match side {
            Axis::Across => across,
            Axis::Up => up,
        };
        input.id().to_owned()
    };
    let choose = move |id: String| {
        let Some(chosen) = InputId::from_id(&id) else {
            return;
        };
        let (across, up) = studies.axes_of(state);
        // The other axis takes over what this one had, where both would be the same.
        let axes = match side {
            Axis::Across if chosen == up => (chosen, across),
            Axis::Across => (chosen, up),
            Axis::Up if chosen == across => (up, chosen),
            Axis::Up => (across, chosen),
        };
        studies.axes.set(Some(axes));
    };
    el("label")
        .class("map-axis")
        .child(el("span").text(label))
        .child(list.live_value(present).on_value("change", choose))
}

/// The inputs that are numbers and apply.
fn numbers(state: AppState) -> Vec<InputId> {
    let is_number = |input: &&berth_model::inputs::Input| {
        matches!(input.kind, Kind::Number { .. }) && state.text(input.id).is_some()
    };
    let inputs = INPUTS.iter().filter(is_number);
    inputs.map(|input| input.id).collect()
}
