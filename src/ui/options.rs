//! Every option with its bill, what rules it out, or which price is missing.

mod bill;
mod price;

use berth_model::explain::document::Column;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::order;
use berth_model::report::{OptionReport, Outcome};
use berth_model::words;

use super::disclosure::when_opened;
use super::sentence::class_name;
use super::table::table;
use crate::dom::{Element, el};
use crate::reactive::{Memo, Signal, memo, signal};
use crate::state::{Answered, AppState};

/// The options with a bill, cheapest first, each opening to it; then those without, by what keeps them from one.
pub fn options(state: AppState) -> Element {
    let order = order(state);
    let count = memo(move || order.with(Vec::len));
    let opened = signal(Vec::new());
    let open_prices = signal(Vec::new());
    let rows = move || -> Vec<Element> {
        let row = |place| {
            let option = memo(move || order.with(|order| order.get(place).copied()));
            let place = Place {
                state,
                option,
                opened,
                open_prices,
            };
            place.row()
        };
        (0..count.get()).map(row).collect()
    };
    el("div")
        .class("options")
        .part(rows)
        .child(without(state, &NO_PRICE))
        .child(without(state, &RULED_OUT))
}

/// Options without a bill, for one kind of reason.
struct Without {
    /// What there are so many of.
    title: fn(u64, &Answered) -> String,
    /// Heading of the reasons.
    why: &'static str,
    /// Whether an option belongs here.
    is_here: fn(&Outcome) -> bool,
}

const NO_PRICE: Without = Without {
    title: |count, answered| {
        let options = words::counted(count, "option has", "options have");
        format!("{options} no price in {}", answered.book.region)
    },
    why: "The price that is missing",
    is_here: |outcome| matches!(outcome, Outcome::NoPrice(_)),
};

const RULED_OUT: Without = Without {
    title: |count, _| words::counted(count, "option is", "options are") + " ruled out",
    why: "What rules it out",
    is_here: |outcome| matches!(outcome, Outcome::NotEligible(_)),
};

impl Without {
    fn reports<'a>(&self, answered: &'a Answered) -> impl Iterator<Item = &'a OptionReport> {
        let is_here = self.is_here;
        let options = answered.answer.options.iter();
        options.filter(move |report| is_here(&report.outcome))
    }
}

/// Everything that keeps an option from a bill.
fn reasons(report: &OptionReport, answered: &Answered) -> String {
    let reasons: Vec<String> = match &report.outcome {
        Outcome::Priced(_) => Vec::new(),
        Outcome::NotEligible(obstacles) => {
            obstacles.iter().map(|&one| words::obstacle(one)).collect()
        }
        Outcome::NoPrice(missing) => missing
            .iter()
            .map(|&one| words::missing(one, &answered.book.region))
            .collect(),
    };
    reasons.join("; ")
}

/// A disclosure of options without a bill; gone where there is none. Its table is built when it is opened: there may be
/// a hundred of them.
fn without(state: AppState, kind: &'static Without) -> Element {
    let rows = move || -> Vec<Vec<String>> {
        state.settled().with(|answered| {
            let row = |report: &OptionReport| {
                vec![words::option(report.option), reasons(report, answered)]
            };
            kind.reports(answered).map(row).collect()
        })
    };
    let count = memo(move || {
        state
            .settled()
            .with(|answered| kind.reports(answered).count() as u64)
    });
    let title = move || {
        state
            .settled()
            .with(|answered| (kind.title)(count.get(), answered))
    };
    let columns = [Column::words("Option"), Column::words(kind.why)];
    let table = move || table(kind.why, &columns, &rows(), None);
    when_opened(el("summary").live_text(title), table)
        .class("more option-group")
        .live_flag("hidden", move || count.get() == 0)
}

fn order(state: AppState) -> Memo<Vec<OptionId>> {
    memo(move || {
        state.settled().with(|answered| {
            let priced: Vec<&OptionReport> = answered
                .answer
                .options
                .iter()
                .filter(|report| report.priced().is_some())
                .collect();
            order::by_key(&priced, |report| (rank(report), report.option))
                .into_iter()
                .map(|report| report.option)
                .collect()
        })
    })
}

/// Options that may win by cost, then those that may not.
fn rank(report: &OptionReport) -> (bool, Usd) {
    let total = report.priced().map_or(Usd::ZERO, |priced| priced.total);
    (report.deciding().is_none(), total)
}

/// A row stands for a place in the order, and shows whichever option comes there.
#[derive(Clone, Copy)]
struct Place {
    state: AppState,
    /// The option that has come there.
    option: Memo<Option<OptionId>>,
    /// The options whose bill is open, wherever they stand.
    opened: Signal<Vec<OptionId>>,
    /// The prices that are open, by name, in whichever bill.
    open_prices: Signal<Vec<String>>,
}

impl Place {
    /// A line that opens to its bill.
    fn row(self) -> Element {
        let line = [
            el("span")
                .class("option-name")
                .live_text(move || self.say(|report, _, _| words::option(report.option))),
            el("span")
                .class("option-total")
                .live_text(move || self.say(|report, _, _| total(report))),
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
    fn say(self, words: fn(&OptionReport, &Answered, AppState) -> String) -> String {
        self.state.settled().with(|answered| {
            let option = self.option.get();
            let report = option.and_then(|option| answered.answer.option(option));
            report.map_or_else(String::new, |report| words(report, answered, self.state))
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
            let priced = report.and_then(|report| Some((report, report.priced()?)));
            priced.map_or_else(Vec::new, |(report, priced)| {
                bill::bill(report, priced, answered, (self.state, self.open_prices))
            })
        })
    }
}

/// The classes of a row: its accent, whether it may win, whether it has won, whether its prices are old.
fn row_class(report: &OptionReport, answered: &Answered, state: AppState) -> String {
    let flag = |is_on: bool, class: &'static str| if is_on { class } else { "" };
    [
        "option-row ",
        &class_name(report.option.class()),
        flag(report.deciding().is_none(), " aside"),
        flag(
            answered.answer.verdict.best() == Some(report.option),
            " best",
        ),
        flag(is_old(report, answered, state), " old"),
    ]
    .concat()
}

fn is_old(report: &OptionReport, answered: &Answered, state: AppState) -> bool {
    report.priced().is_some_and(|priced| {
        priced
            .bill
            .rests_on_old_prices(&answered.book, state.today())
    })
}

fn total(report: &OptionReport) -> String {
    report
        .priced()
        .map_or_else(String::new, |priced| words::money_to_the_cent(priced.total))
}

/// What the line says beside the total.
fn note(report: &OptionReport, answered: &Answered, state: AppState) -> String {
    let Some(priced) = report.priced() else {
        return String::new();
    };
    let is_old = is_old(report, answered, state);
    let date = words::price_date(priced.oldest_price, is_old, priced.bill.has_own());
    match priced.set_aside {
        Some(reason) => [words::set_aside(reason), "; ", &date].concat(),
        None => date,
    }
}
