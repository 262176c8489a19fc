//! Fields over the model's registry of inputs.

mod choice;
mod typed;

pub use choice::{check, choice_field, radio, radios, select_field, switch_field};
pub use typed::{Set, Typed, long_field, number_field, part_field, text_field};

use berth_model::inputs::InputId;

use crate::dom::{Element, el};

/// The identifier of an input's control in the document.
fn control_id(input: InputId) -> String {
    ["field-", input.id()].concat()
}

/// The label of a control.
fn label(input: InputId, control: &str) -> Element {
    el("label")
        .class("field-label")
        .attr("for", control)
        .text(input.input().label)
}

/// What an input is about, where that needs saying.
fn help(words: &str) -> Option<Element> {
    (!words.is_empty()).then(|| el("p").class("field-help").text(words))
}
