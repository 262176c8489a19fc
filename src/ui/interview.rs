//! An interview answer built from the very numbers on the page.

use std::sync::Arc;

use berth_model::curve::Curve;
use berth_model::explain::interview::{Exchange, fargate_or_ec2};

use super::sentence::say;
use crate::dom::{Element, el};
use crate::reactive::{Memo, Signal, latest, memo};
use crate::state::AppState;

/// The question, and its answer; it speaks of the curve once that has been studied.
pub fn interview(state: AppState, curve: Signal<Option<Arc<Curve>>>) -> Element {
    let exchange = exchange(state, curve);
    let question = el("p")
        .class("interview-question")
        .live_text(move || exchange.with(|exchange| exchange.question.to_owned()));
    let answer = el("div").class("interview-answer").part(move || {
        exchange.with(|exchange| {
            let paragraph = |part| say(part, el("p"));
            exchange.answer.iter().map(paragraph).collect::<Vec<_>>()
        })
    });
    el("blockquote")
        .class("interview")
        .child(question)
        .child(answer)
}

fn exchange(state: AppState, curve: Signal<Option<Arc<Curve>>>) -> Memo<Exchange> {
    let crossings = memo(move || {
        let done = |curve: &Arc<Curve>| curve.is_done().then(|| curve.crossings());
        curve
            .with(|curve| curve.as_ref().and_then(done))
            .unwrap_or_default()
    });
    latest(move || {
        state.settled().with(|answered| {
            let (scenario, service) = (&answered.scenario, answered.service());
            crossings.with(|crossings| {
                fargate_or_ec2(
                    scenario,
                    service,
                    &answered.answer,
                    &answered.book,
                    crossings,
                )
            })
        })
    })
}
