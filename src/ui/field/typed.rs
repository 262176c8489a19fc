//! What is typed: a number with its unit, or words; with a slider where one helps, and what is wrong with it.
//!
//! The field keeps what was typed until it fits; what it sets keeps its last valid value.

use std::rc::Rc;

use berth_model::inputs::{self, InputId, Kind, Part};
use leptos::prelude::on_cleanup;

use super::control_id;
use crate::dom::{Element, el};
use crate::reactive::{Memo, Signal, effect, memo, signal};
use crate::state::AppState;

/// Sets something from text, or says what is wrong with it.
pub type Set = Rc<dyn Fn(&str) -> Result<(), String>>;

/// What a field is for.
#[derive(Clone)]
pub struct Typed {
    /// The identifier of its control in the document.
    pub id: String,
    /// What people call it, its unit, and what it is about.
    pub words: [&'static str; 3],
    /// What it takes.
    pub kind: &'static Kind,
    /// The text of the value that holds.
    pub present: Memo<String>,
    /// Sets that value.
    pub set: Set,
    /// Whose answer it stands for; `None` for a tool, which changes none.
    pub state: Option<AppState>,
}

impl Typed {
    /// The field of a part.
    pub fn of_part(id: String, part: &'static Part, present: Memo<String>, set: Set) -> Self {
        Self {
            id,
            words: [part.label, part.unit, part.help],
            kind: &part.kind,
            present,
            set,
            state: None,
        }
    }
}

/// What a field holds besides the value that holds.
#[derive(Clone)]
struct Draft {
    typed: Rc<Typed>,
    /// What was typed and does not fit.
    text: Signal<Option<String>>,
    /// What is wrong with it.
    problem: Signal<Option<String>>,
}

impl Draft {
    fn new(typed: Typed) -> Self {
        let draft = Self {
            typed: Rc::new(typed),
            text: signal(None),
            problem: signal(None),
        };
        if let Some(state) = draft.typed.state {
            let (text, problem) = (draft.text, draft.problem);
            effect(move || {
                state.resets().track();
                text.set(None);
                problem.set(None);
            });
            let id = draft.typed.id.clone();
            on_cleanup(move || state.mark(&id, "", true));
        }
        draft
    }

    fn clear(&self) {
        self.text.set(None);
        self.problem.set(None);
    }

    fn mark(&self, fits: bool) {
        if let Some(state) = self.typed.state {
            let [label, ..] = self.typed.words;
            state.mark(&self.typed.id, label, fits);
        }
    }

    fn has_problem(&self) -> bool {
        self.problem.with(Option::is_some)
    }

    fn shown(&self) -> String {
        let present = || self.typed.present.get();
        self.text.get().unwrap_or_else(present)
    }

    fn commit(&self, text: String) {
        let set = (self.typed.set)(&text);
        self.mark(set.is_ok());
        match set {
            Ok(()) => self.clear(),
            Err(problem) => {
                self.text.set(Some(text));
                self.problem.set(Some(problem));
            }
        }
    }

    /// While something is wrong, says at once when it no longer is.
    fn correct(&self, text: String) {
        if self.problem.with_untracked(Option::is_some) {
            self.commit(text);
        }
    }

    /// Steps by an arrow key; true where there was a step to take.
    fn step(&self, key: &str) -> bool {
        let steps = match key {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return false,
        };
        let stepped = inputs::stepped(self.typed.kind, &self.shown(), steps);
        stepped.map(|text| self.commit(text)).is_some()
    }
}

/// The field of a number.
pub fn number_field(input: InputId, state: AppState) -> Element {
    let typed = of_input(input, state);
    let slider = slider(input, state, typed.present);
    field(typed, slider, line(), "field-number")
}

/// The field of words.
pub fn text_field(input: InputId, state: AppState) -> Element {
    field(of_input(input, state), None, line(), "field-text")
}

/// The field of many words.
pub fn long_field(input: InputId, state: AppState) -> Element {
    field(of_input(input, state), None, el("textarea"), "field-text")
}

/// The field of what is no input of its own.
pub fn part_field(typed: Typed) -> Element {
    let class = match typed.kind {
        Kind::Number { .. } => "field-number",
        _ => "field-text",
    };
    field(typed, None, line(), class)
}

/// A line to type into.
fn line() -> Element {
    el("input").attr("type", "text")
}

fn of_input(input: InputId, state: AppState) -> Typed {
    let row = input.input();
    Typed {
        id: control_id(input),
        words: [row.label, row.unit, row.help],
        kind: &row.kind,
        present: memo(move || state.text(input).unwrap_or_default()),
        set: Rc::new(move |text| {
            let set = state.edit(input, text);
            set.map_err(|error| error.to_string())
        }),
        state: Some(state),
    }
}

fn field(typed: Typed, slider: Option<Element>, control: Element, class: &str) -> Element {
    let draft = Draft::new(typed);
    let id = draft.typed.id.clone();
    let [words, ..] = draft.typed.words;
    let label = el("label")
        .class("field-label")
        .attr("for", &id)
        .text(words);
    let row =
        el("div")
            .class("field-row")
            .child(slider)
            .child(boxed(&id, control.class(class), &draft));
    let marked = draft.clone();
    el("div")
        .class("field")
        .live_class("invalid", move || marked.has_problem())
        .child(label)
        .child(row)
        .child(problem(&id, &draft))
        .child(about(&id, draft))
}

/// The box to type into, with the unit beside it.
fn boxed(id: &str, control: Element, draft: &Draft) -> Element {
    let (about, problem) = ([id, "-help"].concat(), [id, "-problem"].concat());
    let [_, unit, _] = draft.typed.words;
    let of = || draft.clone();
    let (described, marked, shown) = (of(), of(), of());
    let (corrected, committed, stepped) = (of(), of(), of());
    let described = move || {
        if described.has_problem() {
            &problem
        } else {
            &about
        }
        .clone()
    };
    let control = if let Kind::Number { .. } = draft.typed.kind {
        control.attr("inputmode", "decimal")
    } else {
        control
            .attr("spellcheck", "false")
            .attr("autocapitalize", "none")
    };
    let control = control
        .attr("id", id)
        .attr("autocomplete", "off")
        .live_value(move || shown.shown())
        .live_attr("aria-describedby", described)
        .live_attr("aria-invalid", move || marked.has_problem().to_string())
        .on_value("input", move |text| corrected.correct(text))
        .on_value("change", move |text| committed.commit(text))
        .on_key(move |key, _| stepped.step(key));
    let unit = (!unit.is_empty()).then(|| el("span").class("field-unit").text(unit));
    el("span").class("field-box").child(control).child(unit)
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
        // A drag over small peaks would round the shape of a week away, hour by hour.
        .live_flag("hidden", move || {
            input == InputId::Tasks && state.text(InputId::Week).is_some()
        })
        // A slider's values lie within the limits of its input.
        .on_value("input", move |text| state.edit_soon(input, text, drop));
    Some(slider)
}

fn about(id: &str, draft: Draft) -> Element {
    let [_, _, help] = draft.typed.words;
    el("p")
        .class("field-help")
        .attr("id", &[id, "-help"].concat())
        .live_flag("hidden", move || help.is_empty() || draft.has_problem())
        .text(help)
}

fn problem(id: &str, draft: &Draft) -> Element {
    let (shown, problem) = (draft.clone(), draft.problem);
    el("p")
        .class("field-problem")
        .attr("id", &[id, "-problem"].concat())
        .attr("role", "alert")
        .live_flag("hidden", move || !shown.has_problem())
        .live_text(move || problem.get().unwrap_or_default())
}
