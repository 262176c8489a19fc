//! Choices: one of a few, one of a list, on or off.

use berth_model::inputs::InputId;

use super::{control_id, help, label};
use crate::dom::{Element, el};
use crate::reactive::memo;
use crate::state::AppState;

/// One of a few, side by side.
pub fn choice_field(
    input: InputId,
    state: AppState,
    choices: &'static [(&'static str, &'static str)],
) -> Element {
    let row = input.input();
    let present = memo(move || state.text(input));
    let buttons = choices.iter().map(|&(id, label)| {
        radio(
            input.id(),
            label,
            move || present.with(|present| present.as_deref() == Some(id)),
            // Every choice of the registry is one that the input takes.
            move || drop(state.edit(input, id)),
        )
    });
    radios(row.label, buttons.collect(), row.help)
}

/// A radio button; `group` is the name of those of which one is on.
pub fn radio(
    group: &str,
    label: &str,
    is_on: impl Fn() -> bool + 'static,
    pick: impl Fn() + 'static,
) -> Element {
    let button = el("input")
        .attr("type", "radio")
        .attr("name", group)
        .live_state("checked", is_on)
        .on("change", pick);
    el("label")
        .class("choice")
        .child(button)
        .child(el("span").text(label))
}

/// Radio buttons side by side under a legend.
pub fn radios(legend: &str, buttons: Vec<Element>, about: &str) -> Element {
    el("fieldset")
        .class("field choices")
        .child(el("legend").class("field-label").text(legend))
        .child(el("div").class("choice-row").child(buttons))
        .child(help(about))
}

/// One of a list that is known only at run time: values and labels.
pub fn select_field(input: InputId, state: AppState, choices: &[(String, String)]) -> Element {
    let id = control_id(input);
    let options = choices
        .iter()
        .map(|(value, label)| el("option").attr("value", value).text(label));
    let list = el("select")
        .attr("id", &id)
        .class("field-select")
        .child(options.collect::<Vec<_>>())
        .live_value(move || state.text(input).unwrap_or_default())
        // The list holds only values that the input takes.
        .on_value("change", move |value| drop(state.edit(input, &value)));
    el("div")
        .class("field")
        .child(label(input, &id))
        .child(list)
        .child(help(input.input().help))
}

/// On or off.
pub fn switch_field(input: InputId, state: AppState) -> Element {
    let row = input.input();
    let on = memo(move || state.text(input).as_deref() == Some("on"));
    let switch = check(
        row.label,
        move || on.get(),
        // Both are what a switch takes.
        move |on| drop(state.edit(input, if on { "on" } else { "off" })),
    );
    el("div").class("field").child(switch).child(help(row.help))
}

/// A check box with its label.
pub fn check(
    label: &str,
    is_on: impl Fn() -> bool + 'static,
    set: impl Fn(bool) + 'static,
) -> Element {
    let mark = el("input")
        .attr("type", "checkbox")
        .live_state("checked", is_on)
        .on_check(set);
    el("label")
        .class("check")
        .child(mark)
        .child(el("span").text(label))
}
