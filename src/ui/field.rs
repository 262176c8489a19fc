//! Fields over the model's registry of inputs.
//!
//! A field keeps what was typed until it fits; the scenario keeps its last valid value.

use berth_model::inputs::{self, InputId, Kind};
use leptos::ev;
use leptos::prelude::*;

use crate::reactive::{effect, flag, memo, text};
use crate::state::app_state;

/// A number with its unit, a slider where one helps, and what is wrong with it.
#[component]
pub fn NumberField(
    /// Which input.
    input: InputId,
) -> impl IntoView {
    let state = app_state();
    let row = input.input();
    let draft = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    effect(move || {
        state.resets().track();
        draft.set(None);
        problem.set(None);
    });
    on_cleanup(move || state.mark(input, true));
    let present = memo(move || state.text(input).unwrap_or_default());
    let shown = move || draft.get().unwrap_or_else(|| present.get());
    let commit = move |text: String| match state.edit(input, &text) {
        Ok(()) => {
            draft.set(None);
            problem.set(None);
        }
        Err(error) => {
            draft.set(Some(text));
            problem.set(Some(error.to_string()));
        }
    };
    let id = format!("field-{}", input.id());
    let problem_id = format!("{id}-problem");
    let help_id = format!("{id}-help");
    let described = {
        let (problem_id, help_id) = (problem_id.clone(), help_id.clone());
        move || {
            if problem.get().is_some() {
                problem_id.clone()
            } else {
                help_id.clone()
            }
        }
    };
    view! {
        <div class="field" class:invalid=flag(move || problem.get().is_some())>
            <label class="field-label" for=id.clone()>{row.label}</label>
            <div class="field-row">
                {slider(input, present)}
                <span class="field-box">
                    <input
                        id=id
                        class="field-number"
                        type="text"
                        inputmode="decimal"
                        autocomplete="off"
                        prop:value=shown
                        aria-describedby=described
                        aria-invalid=move || problem.get().is_some().then_some("true")
                        on:input:target=move |event| {
                            // While something is wrong, say at once when it no longer is.
                            if problem.get_untracked().is_some() {
                                commit(event.target().value());
                            }
                        }
                        on:change:target=move |event| commit(event.target().value())
                        on:keydown=move |event: ev::KeyboardEvent| {
                            let steps = match event.key().as_str() {
                                "ArrowUp" => 1,
                                "ArrowDown" => -1,
                                _ => return,
                            };
                            if let Some(text) = inputs::stepped(input, &shown(), steps) {
                                event.prevent_default();
                                commit(text);
                            }
                        }
                    />
                    <span class="field-unit">{row.unit}</span>
                </span>
            </div>
            <p class="field-help" id=help_id hidden=flag(move || row.help.is_empty() || problem.get().is_some())>
                {row.help}
            </p>
            <p class="field-problem" id=problem_id role="alert" hidden=flag(move || problem.get().is_none())>
                {text(move || problem.get().unwrap_or_default())}
            </p>
        </div>
    }
}

fn slider(input: InputId, present: Memo<String>) -> impl IntoView + use<> {
    let Kind::Number {
        slider: Some((least, most, step)),
        ..
    } = input.input().kind
    else {
        return None;
    };
    let state = app_state();
    let row = input.input();
    Some(view! {
        <input
            class="field-slider"
            type="range"
            min=least
            max=most
            step=step
            aria-label=format!("{}, slider", row.label)
            aria-valuetext=text(move || format!("{} {}", present.get(), row.unit))
            prop:value=text(move || present.get())
            on:input:target=move |event| state.edit_soon(input, event.target().value())
        />
    })
}

/// One of a few, side by side.
#[component]
pub fn ChoiceField(
    /// Which input; its kind is a choice.
    input: InputId,
) -> impl IntoView {
    let state = app_state();
    let row = input.input();
    let choices: &'static [(&'static str, &'static str)] = match row.kind {
        Kind::Choice(choices) => choices,
        _ => &[],
    };
    let present = memo(move || state.text(input));
    let radio = |&(id, label): &(&'static str, &str)| Radio {
        label: label.to_owned(),
        is_on: flag(move || present.with(|present| present.as_deref() == Some(id))),
        // Every choice of the registry is one that the input takes.
        pick: Box::new(move || drop(state.edit(input, id))),
    };
    radios(
        row.label,
        input.id(),
        choices.iter().map(radio).collect(),
        row.help,
    )
}

/// One of a row of radio buttons.
pub struct Radio {
    /// What it says.
    pub label: String,
    /// Whether it is the one that is chosen.
    pub is_on: Signal<bool>,
    /// What choosing it does.
    pub pick: Box<dyn Fn()>,
}

/// Radio buttons side by side under a legend; `name` groups them.
pub fn radios(
    legend: &'static str,
    name: &'static str,
    choices: Vec<Radio>,
    help: &'static str,
) -> AnyView {
    let buttons: Vec<AnyView> = choices
        .into_iter()
        .map(|Radio { label, is_on, pick }| {
            view! {
                <label class="choice">
                    <input type="radio" name=name prop:checked=is_on on:change=move |_| pick() />
                    <span>{label}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="field choices">
            <legend class="field-label">{legend}</legend>
            <div class="choice-row">{buttons}</div>
            <p class="field-help" hidden=help.is_empty()>{help}</p>
        </fieldset>
    }
    .into_any()
}

/// One of a list that is known only at run time.
#[component]
pub fn SelectField(
    /// Which input.
    input: InputId,
    /// Values and labels.
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let state = app_state();
    let row = input.input();
    let present = memo(move || state.text(input).unwrap_or_default());
    let id = format!("field-{}", input.id());
    let options = choices.into_iter().map(|(value, label)| {
        let own = value.clone();
        view! { <option value=value prop:selected=flag(move || present.get() == own)>{label}</option> }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{row.label}</label>
            <select
                id=id
                class="field-select"
                prop:value=text(move || present.get())
                on:change:target=move |event| {
                    // The list holds only values that the input takes.
                    let _ = state.edit(input, &event.target().value());
                }
            >
                {options.collect_view()}
            </select>
            <p class="field-help" hidden=row.help.is_empty()>{row.help}</p>
        </div>
    }
}

/// On or off.
#[component]
pub fn SwitchField(
    /// Which input; its kind is a switch.
    input: InputId,
) -> impl IntoView {
    let state = app_state();
    let row = input.input();
    let on = memo(move || state.text(input).as_deref() == Some("on"));
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=flag(move || on.get())
                    on:change:target=move |event| {
                        let text = if event.target().checked() { "on" } else { "off" };
                        // Both are what a switch takes.
                        let _ = state.edit(input, text);
                    }
                />
                <span>{row.label}</span>
            </label>
            <p class="field-help" hidden=row.help.is_empty()>{row.help}</p>
        </div>
    }
}
