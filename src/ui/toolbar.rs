//! Scenarios to start from, and the link to what is shown.

use berth_model::presets::{PRESETS, Preset};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{address, clipboard};
use crate::reactive::{effect, part, text};
use crate::state::app_state;

/// What came of copying the link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    Not,
    Done,
    Refused,
}

/// The bar above the answer.
#[component]
pub fn Toolbar() -> impl IntoView {
    let state = app_state();
    let copied = RwSignal::new(Copied::Not);
    effect(move || {
        // A new state has a new link.
        state.link();
        copied.set(Copied::Not);
    });
    let options = PRESETS.iter().map(|preset| {
        view! { <option value=preset.id title=preset.about>{preset.label}</option> }
    });
    let copy = move |_| {
        let link = address::with_fragment(&state.link());
        spawn_local(async move {
            let done = clipboard::copy(&link).await;
            copied.set(if done { Copied::Done } else { Copied::Refused });
        });
    };
    view! {
        <div class="toolbar">
            <label class="toolbar-start">
                <span>"Start from"</span>
                <select on:change:target=move |event| {
                    if let Some(preset) = Preset::from_id(&event.target().value()) {
                        state.start_from(preset.scenario());
                    }
                    event.target().set_value("");
                }>
                    <option value="" selected disabled>"a scenario…"</option>
                    {options.collect_view()}
                </select>
            </label>
            <span class="toolbar-region">
                {text(move || state.answered().with(|answered| answered.scenario.region.as_str().to_owned()))}
            </span>
            <button type="button" class="button" on:click=copy>"Copy link"</button>
            <p class="toolbar-copied" role="status">
                {part(move || match copied.get() {
                    Copied::Not => "".into_any(),
                    Copied::Done => "Copied. The link holds every input.".into_any(),
                    Copied::Refused => view! {
                        "The browser does not let this page copy. Take it from here: "
                        <input
                            class="toolbar-link"
                            type="text"
                            readonly
                            aria-label="Link to this scenario"
                            prop:value=text(move || address::with_fragment(&state.link()))
                        />
                    }.into_any(),
                })}
            </p>
        </div>
    }
}
