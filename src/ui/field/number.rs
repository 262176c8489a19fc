//! A number with its unit, a slider where one helps, and what is wrong with it.
//!
//! The field keeps what was typed until it fits; the scenario keeps its last valid value.

use berth_model::inputs::{self, InputId, Kind};
use leptos::prelude::on_cleanup;

use super::{control_id, label};
use crate::dom::{Element, el};
use crate::reactive::{Memo, Signal, effect, memo, signal};
use crate::state::AppState;

/// What a field holds besides the scenario's value.
#[derive(Clone, Copy)]
struct Draft {
    input: InputId,
    state: AppState,
    /// What was typed and does not fit.
    text: Signal<Option<String>>,
    /// What is wrong with it.
    problem: Signal<Option<String>>,
}

impl Draft {
    fn new(input: InputId, state: AppState) -> Self {
        let draft = Self {
            input,
            state,
            text: signal(None),
            problem: signal(None),
        };
        effect(move || {
            state.resets().track();
            draft.clear();
        });
        on_cleanup(move || state.mark(input, true));
        draft
    }

    fn clear(self) {
        self.text.set(None);
        self.problem.set(None);
    }

    fn has_problem(self) -> bool {
        self.problem.with(Option::is_some)
    }

    fn commit(self, text: String) {
        match self.state.edit(self.input, &text) {
            Ok(()) => self.clear(),
            Err(error) => {
                self.text.set(Some(text));
                self.problem.set(Some(error.to_string()));
            }
        }
    }

    /// While something is wrong, says at once when it no longer is.
    fn correct(self, text: String) {
        if self.problem.with_untracked(Option::is_some) {
            self.commit(text);
        }
    }

    /// Steps by an arrow key; true where there was a step to take.
    fn step(self, key: &str, shown: &str) -> bool {
        let steps = match key {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return false,
        };
        let stepped = inputs::stepped(self.input, shown, steps);
        stepped.map(|text| self.commit(text)).is_some()
    }
}

/// The field of a number.
pub fn number_field(input: InputId, state: AppState) -> Element {
    let draft = Draft::new(input, state);
    let present = memo(move || state.text(input).unwrap_or_default());
    let id = control_id(input);
    let row = el("div")
        .class("field-row")
        .child(slider(input, state, present))
        .child(typed(&id, draft, present));
    el("div")
        .class("field")
        .live_class("invalid", move || draft.has_problem())
        .child(label(input, &id))
        .child(row)
        .child(about(&id, draft))
        .child(problem(&id, draft))
}

/// The box to type into, with the unit beside it.
fn typed(id: &str, draft: Draft, present: Memo<String>) -> Element {
    let shown = move || draft.text.get().unwrap_or_else(|| present.get());
    let (about, problem) = ([id, "-help"].concat(), [id, "-problem"].concat());
    let described = move || {
        if draft.has_problem() {
            &problem
        } else {
            &about
        }
        .clone()
    };
    let field = el("input")
        .attr("id", id)
        .class("field-number")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .live_value(shown)
        .live_attr("aria-describedby", described)
        .live_attr("aria-invalid", move || draft.has_problem().to_string())
        .on_value("input", move |text| draft.correct(text))
        .on_value("change", move |text| draft.commit(text))
        .on_key(move |key| draft.step(key, &shown()));
    let unit = el("span")
        .class("field-unit")
        .text(draft.input.input().unit);
    el("span").class("field-box").child(field).child(unit)
}

fn slider(input: InputId, state: AppState, present: Memo<String>) -> Option<Element> {
    let row = input.input();
    let Kind::Number {
        slider: Some((least, most, step)),
        ..
    } = row.kind
    else {
        return None;
    };
    let slider = el("input")
        .class("field-slider")
        .attr("type", "range")
        .attr("min", least)
        .attr("max", most)
        .attr("step", step)
        .attr("aria-label", &[row.label, ", slider"].concat())
        .live_attr("aria-valuetext", move || {
            [&present.get(), " ", row.unit].concat()
        })
        .live_value(move || present.get())
        .on_value("input", move |text| state.edit_soon(input, text));
    Some(slider)
}

fn about(id: &str, draft: Draft) -> Element {
    let help = draft.input.input().help;
    el("p")
        .class("field-help")
        .attr("id", &[id, "-help"].concat())
        .live_flag("hidden", move || help.is_empty() || draft.has_problem())
        .text(help)
}

fn problem(id: &str, draft: Draft) -> Element {
    el("p")
        .class("field-problem")
        .attr("id", &[id, "-problem"].concat())
        .attr("role", "alert")
        .live_flag("hidden", move || !draft.has_problem())
        .live_text(move || draft.problem.get().unwrap_or_default())
}
