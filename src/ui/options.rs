//! Every option with its bill, what rules it out, or which price is missing.

mod bill;

use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::order;
use berth_model::report::{OptionReport, Outcome};
use berth_model::words;

use super::sentence::class_name;
use crate::dom::{Element, el};
use crate::reactive::{Memo, Signal, memo, signal};
use crate::state::AppState;

/// The options, cheapest first; those without a bill after them.
pub fn options(state: AppState) -> Element {
    let order = order(state);
    let opened = signal(Vec::new());
    let rows = (0..order.with_untracked(Vec::len)).map(|place| {
        let option = memo(move || order.with(|order| order.get(place).copied()));
        let place = Place {
            state,
            option,
            opened,
        };
        place.row()
    });
    el("div").class("options").child(rows.collect::<Vec<_>>())
}

fn order(state: AppState) -> Memo<Vec<OptionId>> {
    memo(move || {
        state.settled().with(|answered| {
            order::by_key(&answered.answer.options, |report| {
                (rank(report), report.option)
            })
            .into_iter()
            .map(|report| report.option)
            .collect()
        })
    })
}

/// Priced options that may win by cost, then those that may not, then those without a price,
/// then those ruled out.
fn rank(report: &OptionReport) -> (u8, Usd) {
    match &report.outcome {
        Outcome::Priced(priced) => (u8::from(priced.set_aside.is_some()), priced.total),
        Outcome::NoPrice(_) => (2, Usd::ZERO),
        Outcome::NotEligible(_) => (3, Usd::ZERO),
    }
}

/// A row stands for a place in the order, and shows whichever option comes there.
#[derive(Clone, Copy)]
struct Place {
    state: AppState,
    /// The option that has come there.
    option: Memo<Option<OptionId>>,
    /// The options whose bill is open, wherever they stand.
    opened: Signal<Vec<OptionId>>,
}

impl Place {
    /// A line that opens to its bill.
    fn row(self) -> Element {
        let line = [
            el("span")
                .class("option-name")
                .live_text(move || self.say(|report, _| words::option(report.option))),
            el("span")
                .class("option-total")
                .live_text(move || self.say(|report, _| total(report))),
            el("span")
                .class("option-note")
                .live_text(move || self.say(note)),
        ];
        el("details")
            .live_attr("class", move || self.say(row_class))
            .live_state("open", move || self.is_open())
            .on_toggle(move |open| self.toggle(open))
            .child(el("summary").children(line))
            .part(move || self.bill_when_open())
    }

    /// Words about the option that stands here.
    fn say(self, words: fn(&OptionReport, AppState) -> String) -> String {
        self.state.settled().with(|answered| {
            let option = self.option.get();
            let report = option.and_then(|option| answered.answer.option(option));
            report.map_or_else(String::new, |report| words(report, self.state))
        })
    }

    fn is_open(self) -> bool {
        self.option
            .get()
            .is_some_and(|option| self.opened.with(|opened| opened.contains(&option)))
    }

    fn toggle(self, open: bool) {
        let Some(option) = self.option.get_untracked() else {
            return;
        };
        let mut opened = self.opened.get_untracked();
        if open != opened.contains(&option) {
            opened.retain(|other| *other != option);
            if open {
                opened.push(option);
            }
            self.opened.set(opened);
        }
    }

    fn bill_when_open(self) -> Vec<Element> {
        let option = self.option.get().filter(|_| self.is_open());
        self.state.settled().with(|answered| {
            let report = option.and_then(|option| answered.answer.option(option));
            report.map_or_else(Vec::new, |report| bill::bill(report, self.state))
        })
    }
}

/// The classes of a row: its accent, whether it may win, and whether it has won.
fn row_class(report: &OptionReport, state: AppState) -> String {
    let aside = if report.deciding().is_none() {
        " aside"
    } else {
        ""
    };
    let best = state
        .settled()
        .with(|answered| answered.answer.verdict.best() == Some(report.option));
    let best = if best { " best" } else { "" };
    [
        "option-row ",
        &class_name(report.option.class()),
        aside,
        best,
    ]
    .concat()
}

fn total(report: &OptionReport) -> String {
    report
        .priced()
        .map_or_else(String::new, |priced| words::money_to_the_cent(priced.total))
}

/// What the line says beside the total.
fn note(report: &OptionReport, state: AppState) -> String {
    match &report.outcome {
        Outcome::Priced(priced) => {
            let date = priced
                .oldest_price
                .map_or_else(String::new, |date| format!("oldest price {date}"));
            match priced.set_aside {
                Some(reason) => [words::set_aside(reason), "; ", &date].concat(),
                None => date,
            }
        }
        Outcome::NotEligible(obstacles) => {
            let reasons: Vec<String> = obstacles.iter().map(|&one| words::obstacle(one)).collect();
            ["ruled out: ", &reasons.join("; ")].concat()
        }
        Outcome::NoPrice(missing) => {
            let region = state.book().region.to_string();
            let reasons: Vec<String> = missing
                .iter()
                .map(|&one| words::missing(one, &region))
                .collect();
            reasons.join("; ")
        }
    }
}
