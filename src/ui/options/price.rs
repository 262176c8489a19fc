//! The prices behind a bill: each opens to its unit, date, source and grade, and to a field for a figure of one's own.

use berth_model::prices::PriceBook;
use berth_model::prices::key::PriceKey;
use berth_model::report::{OptionReport, Priced};
use berth_model::words;

use crate::dom::{Element, el};
use crate::platform::page;
use crate::reactive::{Signal, signal};
use crate::state::{Answered, AppState};

/// Every price that a bill multiplies, once.
pub(super) fn prices(
    report: &OptionReport,
    priced: &Priced,
    answered: &Answered,
    (state, open): (AppState, Signal<Vec<String>>),
) -> Element {
    let book = &*answered.book;
    let os = answered.service().os;
    let mut keys: Vec<PriceKey> = Vec::new();
    for line in priced.bill.lines() {
        if let Some(key) = book.key_of(line, os, report.option.arch)
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    let one = |key: PriceKey| price(key, book, state, open);
    el("div")
        .class("prices")
        .child(el("p").class("prices-title").text("The prices behind it"))
        .child(keys.into_iter().map(one).collect::<Vec<_>>())
}

fn price(key: PriceKey, book: &PriceBook, state: AppState, open: Signal<Vec<String>>) -> Element {
    let facts = words::price_facts(&key, book, state.today());
    let class = if facts.is_own { "price own" } else { "price" };
    let name = [&*words::price_name(&key), ": ", &facts.figure].concat();
    let list = facts
        .facts
        .iter()
        .flat_map(|(what, value)| [el("dt").text(what), el("dd").text(value)]);
    let id = key.to_string();
    // A bill is built anew with every answer: what was open in it stays open.
    let is_open = open.with_untracked(|open| open.contains(&id));
    let toggle = move |is_open: bool| {
        let mut names = open.get_untracked();
        names.retain(|name| *name != id);
        if is_open {
            names.push(id.clone());
        }
        open.set(names);
    };
    el("details")
        .class(class)
        .live_state("open", move || is_open)
        .on_toggle(toggle)
        .child(el("summary").text(&name))
        .child(
            el("dl")
                .class("price-facts")
                .child(list.collect::<Vec<_>>()),
        )
        .child(own(key, facts.is_own, state))
}

/// A field for an own figure, what is wrong with it, and the way back to the book's.
fn own(key: PriceKey, is_own: bool, state: AppState) -> Element {
    let problem = signal(None::<String>);
    let id = ["own-", &key.to_string()].concat();
    let said = [&*id, "-problem"].concat();
    let set = {
        let key = key.clone();
        let id = id.clone();
        move |text: String| {
            if text.trim().is_empty() {
                return problem.set(None);
            }
            problem.set(match state.set_own_price(&key, &text) {
                Ok(()) => {
                    page::focus_again(id.clone());
                    None
                }
                Err(error) => Some(error.to_string()),
            });
        }
    };
    let field = el("input")
        .attr("id", &id)
        .class("field-number")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("aria-describedby", &said)
        .live_attr("aria-invalid", move || {
            problem.with(Option::is_some).to_string()
        })
        .on_value("change", set);
    let label = el("label")
        .class("field-label")
        .attr("for", &id)
        .text("Your own figure");
    let back = is_own.then(|| {
        el("button")
            .attr("type", "button")
            .class("button")
            .text("Back to the book's")
            .on_click(move || state.clear_own_price(&key))
    });
    let wrong = el("p")
        .class("field-problem")
        .attr("id", &said)
        .attr("role", "alert")
        .live_flag("hidden", move || problem.with(Option::is_none))
        .live_text(move || problem.get().unwrap_or_default());
    el("div")
        .class("price-own")
        .child(label)
        .child(field)
        .child(back)
        .child(wrong)
}
