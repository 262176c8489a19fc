//! Fields over the model's registry of inputs.

mod choice;
mod typed;

pub use choice::{check, choice_field, radio, radios, select_field, switch_field};
pub use typed::{Set, Typed, long_field, number_field, part_field, text_field};

use berth_model::inputs::InputId;

use crate::dom::{Element, el};
use crate::reactive::{Signal, effect};
use crate::state::AppState;

/// The identifier of an input's control in the document.
fn control_id(input: InputId) -> String {
    ["field-", input.id()].concat()
}

/// What was refused of something that has no field of its own; gone once the fields show something else.
pub fn refused(problem: Signal<String>, state: AppState) -> Element {
    effect(move || {
        state.resets().track();
        problem.set(String::new());
    });
    el("p")
        .class("field-problem")
        .attr("role", "alert")
        .live_text(move || problem.get())
}

/// The words of what was refused, none where nothing was.
pub fn words_of<E: ToString>(result: Result<(), E>) -> String {
    result.map_or_else(|error| error.to_string(), |()| String::new())
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
