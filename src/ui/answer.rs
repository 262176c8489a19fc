//! The answer: which option, for how much, by what margin, and why.

use berth_model::explain::document::Block;
use berth_model::explain::{self, Headline, Tone};
use berth_model::option::OptionId;
use berth_model::words;

use super::document::document;
use super::sentence::{class_name, say};
use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Memo, memo};
use crate::state::AppState;
use crate::studies::{Panel, Studies};

const PLACE: &str = "answer";

/// The answer panel, beside the controls.
pub fn answer(state: AppState, studies: Studies) -> Element {
    let headline = headline(state);
    let best = best(state);
    let tone = move || headline.with(|headline| headline.tone);
    let kicker = el("h2")
        .attr("id", "answer-title")
        .class("answer-kicker")
        .live_text(move || kicker(tone()).to_owned());
    el("section")
        .class("answer")
        .attr("id", PLACE)
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "answer-title")
        .live_attr("data-tone", move || tone_name(tone()).to_owned())
        .child(kicker)
        .part(move || best.with(|best| best.as_ref().map(take)))
        .child(sentence(headline))
        .child(workload(state))
        .child(reasons(headline))
        .child(why(state, studies))
        .child(stale(state))
        .part(move || own_prices(state))
        .part(move || way_back(state))
        .child(scope(state))
}

fn headline(state: AppState) -> Memo<Headline> {
    memo(move || {
        state.answered().with(|answered| {
            explain::headline(answered.service(), &answered.answer, &answered.book)
        })
    })
}

const fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Winner => "winner",
        Tone::Close => "close",
        Tone::Nothing => "nothing",
    }
}

const fn kicker(tone: Tone) -> &'static str {
    match tone {
        Tone::Winner => "Take",
        Tone::Close => "Too close to call; cheapest by a little",
        Tone::Nothing => "No option",
    }
}

/// The best option, and what its total says beside it.
#[derive(Clone, PartialEq)]
struct Best {
    option: OptionId,
    total: String,
    /// The oldest date that it rests on, and whether prices are old or the person's own.
    date: String,
    is_old: bool,
}

fn best(state: AppState) -> Memo<Option<Best>> {
    memo(move || {
        state.answered().with(|answered| {
            let option = answered.answer.verdict.best()?;
            let priced = answered.answer.option(option)?.priced()?;
            let is_old = priced
                .bill
                .rests_on_old_prices(&answered.book, state.today());
            Some(Best {
                option,
                total: words::money(priced.total),
                date: words::price_date(priced.oldest_price, is_old, priced.bill.has_own()),
                is_old,
            })
        })
    })
}

fn take(best: &Best) -> (Element, Element) {
    let option = best.option;
    let place = [words::place(option.place), " on ", words::arch(option.arch)].concat();
    let name = el("p")
        .class(&["answer-option ", &class_name(option.class())].concat())
        .text(&place)
        .child(
            el("span")
                .class("answer-purchase")
                .text(&words::purchase(option.purchase)),
        );
    let date = el("span")
        .class(if best.is_old {
            "answer-date old"
        } else {
            "answer-date"
        })
        .text(&best.date);
    let total = el("p")
        .class("answer-total")
        .child(el("span").class("answer-amount").text(&best.total))
        .text(" a month")
        .child(date);
    (name, total)
}

fn sentence(headline: Memo<Headline>) -> Element {
    el("p")
        .class("answer-sentence")
        .attr("role", "status")
        .part(move || headline.with(|headline| say(&headline.sentence, el("span"))))
}

fn workload(state: AppState) -> Element {
    let workload = memo(move || {
        state
            .answered()
            .with(|answered| explain::workload(answered.service()))
    });
    el("p")
        .class("answer-workload")
        .text("For ")
        .part(move || workload.with(|workload| say(workload, el("span"))))
        .text(".")
}

fn reasons(headline: Memo<Headline>) -> Element {
    el("ul").class("answer-reasons").part(move || {
        headline.with(|headline| {
            let item = |reason| say(reason, el("li"));
            headline.reasons.iter().map(item).collect::<Vec<_>>()
        })
    })
}

/// What the lead comes from, and what would flip the verdict soonest.
fn why(state: AppState, studies: Studies) -> Element {
    let flips = studies.shown(Panel::Flips);
    let nearest = move || {
        flips.with(|shown| {
            let shown = shown.as_ref().filter(|shown| shown.is_last)?;
            let blocks = &shown.document.blocks;
            let list = blocks
                .iter()
                .find(|block| matches!(block, Block::List(_)))?;
            Some(say(list.sentence(0)?, el("span")))
        })
    };
    let is_present = studies.is_present(Panel::Flips);
    let flip = el("p")
        .class("answer-flip")
        .live_class("stale", move || !is_present.get())
        .part(move || nearest().map(|said| (el("strong").text("Nearest flip: "), said)));
    el("div")
        .class("answer-why")
        .children([document(state, studies, Panel::Why), flip])
}

/// Says that the answer is of older inputs, while a field holds what does not fit.
fn stale(state: AppState) -> Element {
    let invalid = memo(move || state.invalid_fields());
    el("p")
        .class("answer-stale")
        .attr("role", "alert")
        .live_flag("hidden", move || invalid.with(Vec::is_empty))
        .live_text(move || {
            format!(
                "This is the answer for the last valid inputs. To be corrected: {}.",
                invalid.get().join(", ")
            )
        })
}

/// Says that prices are the person's own, and takes them back with one action.
fn own_prices(state: AppState) -> Option<Element> {
    let count = state.own_prices() as u64;
    (count > 0).then(|| {
        let words = words::counted(count, "price is your own.", "prices are your own.");
        let reset = el("button")
            .attr("type", "button")
            .class("button")
            .text("Take all prices from the books again")
            .on_click(move || state.clear_own_prices());
        el("p")
            .class("answer-own")
            .text(&words)
            .text(" ")
            .child(reset)
    })
}

/// Goes back from a scenario that was proposed and taken.
fn way_back(state: AppState) -> Option<Element> {
    state.can_return().then(|| {
        let back = el("button")
            .attr("type", "button")
            .class("button")
            .text("Back to your inputs")
            .on_click(move || {
                state.go_back();
                page::focus_again(PLACE.to_owned());
            });
        el("p")
            .class("answer-own")
            .text("You took a proposal. ")
            .child(back)
    })
}

fn scope(state: AppState) -> Element {
    el("p").class("answer-scope").live_text(move || {
        state
            .answered()
            .with(|answered| explain::not_included(&answered.scenario, answered.service()))
    })
}
