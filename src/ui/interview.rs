//! An interview answer built from the very numbers on the page.

use std::sync::Arc;

use berth_model::curve::Curve;
use berth_model::explain::interview::fargate_or_ec2;
use leptos::prelude::*;

use super::sentence::spans;
use crate::reactive::{memo, part, text};
use crate::state::app_state;

/// The question, and its answer.
#[component]
pub fn Interview(
    /// The curve, as far as it has been studied.
    curve: ReadSignal<Option<Arc<Curve>>>,
) -> impl IntoView {
    let state = app_state();
    let book = state.book();
    let crossings = memo(move || {
        let done = |curve: &Arc<Curve>| curve.is_done().then(|| curve.crossings());
        curve
            .with(|curve| curve.as_ref().and_then(done))
            .unwrap_or_default()
    });
    let exchange = memo(move || {
        state.settled().with(|answered| {
            let service = answered.service();
            crossings.with(|crossings| {
                fargate_or_ec2(
                    &answered.scenario,
                    service,
                    &answered.answer,
                    &book,
                    crossings,
                )
            })
        })
    });
    view! {
        <blockquote class="interview">
            <p class="interview-question">{text(move || exchange.with(|exchange| exchange.question.to_owned()))}</p>
            <div class="interview-answer">
                {part(move || exchange.with(|exchange| {
                    exchange.answer.iter().map(|part| view! { <p>{spans(part)}</p> }).collect_view()
                }))}
            </div>
        </blockquote>
    }
}
