//! Every option with its bill, what rules it out, or which price is missing.

use berth_model::bill::Line;
use berth_model::explain;
use berth_model::option::OptionId;
use berth_model::order;
use berth_model::prices::PriceBook;
use berth_model::report::{OptionReport, Outcome, Priced};
use berth_model::words;
use leptos::prelude::*;

use super::sentence::accent;
use super::table::{Column, Set, table};
use crate::reactive::{flag, memo, part, text};
use crate::state::{AppState, app_state};

/// The options, cheapest first; those without a bill after them.
#[component]
pub fn Options() -> impl IntoView {
    let state = app_state();
    let order = memo(move || {
        state.settled().with(|answered| {
            let options = order::by_key(&answered.answer.options, |report| {
                (rank(report), report.option)
            });
            options
                .into_iter()
                .map(|report| report.option)
                .collect::<Vec<_>>()
        })
    });
    let opened = RwSignal::new(Vec::new());
    // A row stands for a place in the order, and shows whichever option comes there.
    let rows = (0..order.with_untracked(Vec::len)).map(|place| {
        let option = memo(move || order.with(|order| order.get(place).copied()));
        view! { <OptionRow option=option opened=opened /> }
    });
    view! { <div class="options">{rows.collect_view()}</div> }
}

/// Priced options that may win by cost, then those that may not, then those without a price,
/// then those ruled out.
type Rank = (u8, berth_model::money::Usd);

fn rank(report: &OptionReport) -> Rank {
    match &report.outcome {
        Outcome::Priced(priced) => (u8::from(priced.set_aside.is_some()), priced.total),
        Outcome::NoPrice(_) => (2, berth_model::money::Usd::ZERO),
        Outcome::NotEligible(_) => (3, berth_model::money::Usd::ZERO),
    }
}

/// One option: a line that opens to its bill.
#[component]
fn OptionRow(
    /// Which; there is one for every place.
    option: Memo<Option<OptionId>>,
    /// The options whose bill is open.
    opened: RwSignal<Vec<OptionId>>,
) -> impl IntoView {
    let state = app_state();
    let with = move |words: fn(&OptionReport, AppState) -> String| {
        text(move || {
            state.settled().with(|answered| {
                let report = option
                    .get()
                    .and_then(|option| answered.answer.option(option));
                report
                    .map(|report| words(report, state))
                    .unwrap_or_default()
            })
        })
    };
    let is_open = flag(move || {
        option
            .get()
            .is_some_and(|option| opened.with(|opened| opened.contains(&option)))
    });
    let toggle = move |open: bool| {
        let Some(option) = option.get_untracked() else {
            return;
        };
        if open != is_open.get_untracked() {
            opened.update(|opened| {
                opened.retain(|other| *other != option);
                if open {
                    opened.push(option);
                }
            });
        }
    };
    let bill_when_open = part(move || {
        let shown = option.get().filter(|_| is_open.get())?;
        state
            .settled()
            .with(|answered| Some(bill(answered.answer.option(shown)?, state)))
    });
    view! {
        <details
            class=with(row_class)
            prop:open=is_open
            on:toggle:target=move |event| toggle(event.target().open())
        >
            <summary>
                <span class="option-name">{with(|report, _| words::option(report.option))}</span>
                <span class="option-total">
                    {with(|report, _| {
                        report.priced().map(|priced| words::money_to_the_cent(priced.total)).unwrap_or_default()
                    })}
                </span>
                <span class="option-note">{with(note)}</span>
            </summary>
            {bill_when_open}
        </details>
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
    format!(
        "option-row option-{}{aside}{best}",
        accent(report.option.class()).css_name()
    )
}

/// What the line says beside the total.
fn note(report: &OptionReport, state: AppState) -> String {
    match &report.outcome {
        Outcome::Priced(priced) => {
            let date = priced
                .oldest_price
                .map_or_else(String::new, |date| format!("oldest price {date}"));
            match priced.set_aside {
                Some(reason) => format!("{}; {date}", words::set_aside(reason)),
                None => date,
            }
        }
        Outcome::NotEligible(obstacles) => {
            let reasons: Vec<String> = obstacles.iter().map(|&one| words::obstacle(one)).collect();
            format!("ruled out: {}", reasons.join("; "))
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

/// The bill, or why there is none.
fn bill(report: &OptionReport, state: AppState) -> AnyView {
    let conditions = report.conditions.iter().map(|(requirement, condition)| {
        view! { <li>{format!("{}: {condition}", requirement.row().label)}</li> }
    });
    let conditions = (!report.conditions.is_empty()).then(|| {
        view! {
            <p class="option-conditions">"Meets these needs under a condition:"</p>
            <ul class="option-conditions">{conditions.collect_view()}</ul>
        }
    });
    match &report.outcome {
        Outcome::Priced(priced) => view! { {lines(priced, state)} {conditions} }.into_any(),
        Outcome::NotEligible(_) | Outcome::NoPrice(_) => {
            view! { <p class="option-none">{format!("No bill: {}.", note(report, state))}</p> {conditions} }.into_any()
        }
    }
}

fn lines(priced: &Priced, state: AppState) -> AnyView {
    let book = state.book();
    let columns = [
        Column::words("What"),
        Column::numbers("Quantity"),
        Column::numbers("Rate"),
        Column::numbers("Amount"),
        Column {
            title: "Price date and source".to_owned(),
            set: Set::Source,
        },
    ];
    let rows = priced
        .bill
        .lines()
        .iter()
        .map(|line| line_cells(line, &book))
        .collect();
    let total = words::money_to_the_cent(priced.total);
    let sum = vec![
        "A month".to_owned(),
        String::new(),
        String::new(),
        total,
        String::new(),
    ];
    let range = (priced.low != priced.high).then(|| {
        format!(
            "Prices and rounding leave {} to {} open.",
            words::money(priced.low),
            words::money(priced.high)
        )
    });
    view! {
        <p class="option-standing">{explain::standing(priced, &book)}</p>
        {table("Bill lines", &columns, rows, Some(sum))}
        <p class="option-range">{range}</p>
    }
    .into_any()
}

fn line_cells(line: &Line, book: &PriceBook) -> Vec<String> {
    let source = line.source.and_then(|id| book.source(id)).map(|source| {
        let grade = words::grade(source.grade, source.statistic);
        format!("{}, {grade}: {}", source.date_text(), source.text)
    });
    vec![
        words::line(line, book),
        format!(
            "{} {}",
            words::quantity(line.quantity),
            words::unit(line.unit)
        ),
        words::rate(line.rate),
        words::money_to_the_cent(line.amount),
        source.unwrap_or_default(),
    ]
}
