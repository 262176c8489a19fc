//! The root component.

use berth_model::prices::PriceBook;
use leptos::prelude::*;

use crate::platform::{address, recovery};
use crate::reactive::effect;
use crate::state::AppState;
use crate::studies;
use crate::ui::answer::Answer;
use crate::ui::assumptions::Assumptions;
use crate::ui::controls::Controls;
use crate::ui::curve::CurveFigure;
use crate::ui::interview::Interview;
use crate::ui::matrix::Matrix;
use crate::ui::notices::Notices;
use crate::ui::options::Options;
use crate::ui::spend::SpendFigure;
use crate::ui::toolbar::Toolbar;

/// The whole of the live page below the heading.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties"
)]
#[component]
pub fn App(
    /// The prices that ship inside the page.
    book: PriceBook,
    /// The fragment of the link that the page was opened with.
    fragment: String,
) -> impl IntoView {
    let state = AppState::new(book, &fragment);
    provide_context(state);
    // Kept outside wasm at once, and in the address bar once the hand rests.
    effect(move || recovery::keep_link(&state.link()));
    address::follow(move || state.link());
    address::on_change(move |fragment| {
        if fragment != state.link() {
            state.open(&fragment);
        }
    });
    let curve = studies::curve(state);
    view! {
        <Toolbar />
        <Notices />
        <div class="workbench">
            <Answer />
            <Controls />
            <div class="figures">
                <section class="panel" aria-labelledby="spend-title">
                    <h2 id="spend-title">"Spend by option"</h2>
                    <SpendFigure />
                </section>
                <section class="panel" aria-labelledby="curve-title">
                    <h2 id="curve-title">"Cost against task count"</h2>
                    <CurveFigure curve=curve />
                </section>
            </div>
        </div>
        <section class="panel" aria-labelledby="options-title">
            <h2 id="options-title">"Every option, line by line"</h2>
            <Options />
        </section>
        <section class="panel" aria-labelledby="matrix-title">
            <h2 id="matrix-title">"Decision matrix"</h2>
            <Matrix />
        </section>
        <section class="panel" aria-labelledby="interview-title">
            <h2 id="interview-title">"In an interview"</h2>
            <Interview curve=curve />
        </section>
        <section class="panel" aria-labelledby="assumptions-title">
            <h2 id="assumptions-title">"What this rests on"</h2>
            <Assumptions />
        </section>
    }
}
