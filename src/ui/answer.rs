//! The answer: which option, for how much, by what margin, and why.

use berth_model::explain::{self, Headline, Tone};
use berth_model::words;
use leptos::prelude::*;

use super::sentence::{accent, spans};
use crate::reactive::{flag, memo, part, text};
use crate::state::app_state;

/// The answer panel, beside the controls.
#[component]
pub fn Answer() -> impl IntoView {
    let state = app_state();
    let book = state.book();
    let headline = {
        let book = book.clone();
        memo(move || {
            state
                .answered()
                .with(|answered| explain::headline(answered.service(), &answered.answer, &book))
        })
    };
    let workload = memo(move || {
        state
            .answered()
            .with(|answered| explain::workload(answered.service()))
    });
    let best = memo(move || {
        state.answered().with(|answered| {
            let option = answered.answer.verdict.best()?;
            let priced = answered.answer.option(option)?.priced()?;
            Some((option, words::money(priced.total), priced.oldest_price))
        })
    });
    let tone = move || match headline.with(|headline| headline.tone) {
        Tone::Winner => "winner",
        Tone::Close => "close",
        Tone::Nothing => "nothing",
    };
    let kicker = move || match headline.with(|headline| headline.tone) {
        Tone::Winner => "Take",
        Tone::Close => "Too close to call; cheapest by a little",
        Tone::Nothing => "No option",
    };
    let invalid = memo(move || state.invalid_fields());
    view! {
        <section class="answer" aria-labelledby="answer-title" data-tone=tone>
            <h2 id="answer-title" class="answer-kicker">{kicker}</h2>
            {part(move || {
                best.get()
                    .map(|(option, total, oldest)| {
                        view! {
                            <p class=format!("answer-option option-{}", accent(option.class()).css_name())>
                                {format!("{} on {}", words::place(option.place), words::arch(option.arch))}
                                <span class="answer-purchase">{words::purchase(option.purchase)}</span>
                            </p>
                            <p class="answer-total">
                                <span class="answer-amount">{total}</span>
                                " a month"
                                <span class="answer-date">
                                    {oldest.map(|date| format!("oldest price {date}"))}
                                </span>
                            </p>
                        }
                    })
            })}
            <p class="answer-sentence" role="status">
                {part(move || headline.with(|headline| spans(&headline.sentence)))}
            </p>
            <p class="answer-workload">
                "For " {part(move || workload.with(spans))} "."
            </p>
            <ul class="answer-reasons">
                {part(move || headline.with(|Headline { reasons, .. }| {
                    reasons.iter().map(|reason| view! { <li>{spans(reason)}</li> }).collect_view()
                }))}
            </ul>
            <p class="answer-stale" role="alert" hidden=flag(move || invalid.with(Vec::is_empty))>
                {text(move || format!(
                    "This is the answer for the last valid inputs. To be corrected: {}.",
                    invalid.get().join(", ")
                ))}
            </p>
            <p class="answer-scope">
                {text(move || state.answered().with(|answered| explain::not_included(&answered.scenario).to_owned()))}
            </p>
        </section>
    }
}
