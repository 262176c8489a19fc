//! Spend by option: the figure of every bill.

use std::sync::Arc;

use berth_figures::spend::{Apart, Row, Segment, Spend};
use berth_figures::{Figure as _, Key, Size};
use berth_model::bill::Component;
use berth_model::decision::Verdict;
use berth_model::explain::document::Column;
use berth_model::money::Usd;
use berth_model::option::{OptionId, Purchase};
use berth_model::order;
use berth_model::prices::PriceBook;
use berth_model::report::{OptionReport, Outcome};
use berth_model::words;

use super::figure::{Parts, figure};
use super::sentence::accent;
use super::table::table;
use crate::dom::Element;
use crate::reactive::latest;
use crate::state::{Answered, AppState};

/// What is shown, and which option each row is.
#[derive(Clone, PartialEq)]
struct Shown {
    spend: Spend,
    rows: Vec<OptionId>,
    apart: Vec<OptionId>,
    takeaway: String,
}

/// The figure, with its caption and its table.
pub fn spend_figure(state: AppState) -> Element {
    let shown = latest(move || {
        let answered = state.answered();
        Arc::new(answered.with(|answered| shown(answered, &answered.book)))
    });
    figure(Parts {
        name: "Spend by option".to_owned(),
        layout: Box::new(move |width, measure| {
            shown.with(|shown| {
                let height = shown.spend.natural_height(width, measure);
                shown.spend.layout(Size::new(width, height), measure)
            })
        }),
        takeaway: Box::new(move || shown.with(|shown| shown.takeaway.clone())),
        tooltip: Box::new(move |key| {
            state.answered().with(|answered| {
                shown.with(|shown| tooltip(shown, answered, key).unwrap_or_default())
            })
        }),
        table: Box::new(move || {
            state
                .answered()
                .with(|answered| shown.with(|shown| Some(bills(shown, answered))))
        }),
        pressed: None,
    })
}

/// The bills by component, one row for each bar; without kinds of spend that no bill has.
fn bills(shown: &Shown, answered: &Answered) -> Element {
    let segments = shown.spend.rows.iter().flat_map(|row| &row.segments);
    let kinds: Vec<usize> = segments.map(|segment| segment.kind).collect();
    let kinds: Vec<Component> = Component::ALL
        .iter()
        .enumerate()
        .filter(|(kind, _)| kinds.contains(kind))
        .map(|(_, &component)| component)
        .collect();
    let mut columns = vec![Column::words("Option")];
    let of_kinds = kinds.iter().map(|&kind| words::component(kind));
    columns.extend(of_kinds.map(Column::numbers));
    columns.push(Column::numbers("A month"));
    let rows: Vec<Vec<String>> = shown
        .rows
        .iter()
        .map(|&option| table_row(answered, option, &kinds))
        .collect();
    table("The bills, by kind of spend", &columns, &rows, None)
}

/// The total of an option, if it has one.
fn total(report: &OptionReport) -> Option<Usd> {
    report.priced().map(|priced| priced.total)
}

/// Whether an option has a bar: those that may win. The list of options names the rest.
fn has_bar(report: &OptionReport) -> bool {
    report.deciding().is_some()
}

fn shown(answered: &Answered, book: &PriceBook) -> Shown {
    let answer = &answered.answer;
    let best = answer.verdict.best();
    let bars: Vec<&OptionReport> = order::by_key(&answer.options, total)
        .into_iter()
        .filter(|report| has_bar(report))
        .collect();
    let rows = bars.iter().filter_map(|report| {
        let priced = report.priced()?;
        Some(Row {
            label: words::option(report.option),
            accent: accent(report.option.class()),
            total: words::money(priced.total),
            is_winner: best == Some(report.option),
            segments: Component::ALL
                .iter()
                .enumerate()
                .map(|(kind, &component)| Segment {
                    kind,
                    usd: priced.bill.component(component).to_f64(),
                })
                .filter(|segment| segment.usd > 0.0)
                .collect(),
            range: (priced.low != priced.high).then(|| (priced.low.to_f64(), priced.high.to_f64())),
        })
    });
    let without = answer
        .options
        .iter()
        .filter(|report| !has_bar(report) && worth_a_row(report));
    let apart = without.clone().map(|report| Apart {
        label: words::option(report.option),
        reason: reason(report, book),
    });
    Shown {
        spend: Spend {
            kinds: Component::ALL
                .iter()
                .map(|&component| words::component(component).to_owned())
                .collect(),
            rows: rows.collect(),
            apart_title: "Without a bar".to_owned(),
            apart: apart.collect(),
            empty: "No option can run this service at a known price.".to_owned(),
        },
        rows: bars.iter().map(|report| report.option).collect(),
        apart: without.map(|report| report.option).collect(),
        takeaway: takeaway(answered),
    }
}

/// Commitments without a price are many and alike; the list of options names each.
fn worth_a_row(report: &OptionReport) -> bool {
    !matches!(report.option.purchase, Purchase::Committed(_))
}

fn reason(report: &OptionReport, book: &PriceBook) -> String {
    match &report.outcome {
        Outcome::Priced(priced) => priced
            .set_aside
            .map_or_else(String::new, |reason| words::set_aside(reason).to_owned()),
        Outcome::NotEligible(obstacles) => obstacles
            .first()
            .map_or_else(String::new, |&obstacle| words::obstacle(obstacle)),
        Outcome::NoPrice(missing) => missing.first().map_or_else(String::new, |&missing| {
            words::missing(missing, &book.region)
        }),
    }
}

fn takeaway(answered: &Answered) -> String {
    let answer = &answered.answer;
    let priced = answer
        .options
        .iter()
        .filter_map(|report| Some((report.option, report.deciding()?)));
    let most = priced.max_by_key(|(_, priced)| priced.total);
    let best = answer
        .verdict
        .best()
        .and_then(|option| Some((option, answer.option(option)?.priced()?)));
    match (answer.verdict, best, most) {
        (Verdict::Best { .. }, Some((option, best)), Some((dearest, most)))
            if option != dearest =>
        {
            format!(
                "From {} a month ({}) to {} ({}).",
                words::money(best.total),
                words::option(option),
                words::money(most.total),
                words::option(dearest),
            )
        }
        (_, Some((option, best)), _) => {
            format!(
                "{} a month: {} is the only option with a price.",
                words::money(best.total),
                words::option(option)
            )
        }
        _ => "No option can run this service at a known price.".to_owned(),
    }
}

fn tooltip(shown: &Shown, answered: &Answered, key: Key) -> Option<String> {
    let Some(&option) = shown.rows.get(key.series) else {
        let apart = shown
            .spend
            .apart
            .get(key.series.checked_sub(shown.rows.len())?)?;
        return Some(format!("{}: {}", apart.label, apart.reason));
    };
    let priced = answered.answer.option(option)?.priced()?;
    let segments = &shown.spend.rows.get(key.series)?.segments;
    let segment = key.item.and_then(|item| segments.get(item));
    let name = words::option(option);
    Some(
        match segment.and_then(|segment| Component::ALL.get(segment.kind)) {
            Some(&component) => format!(
                "{name}: {} for {}",
                words::money_to_the_cent(priced.bill.component(component)),
                words::component(component).to_ascii_lowercase()
            ),
            None => format!("{name}: {} a month", words::money_to_the_cent(priced.total)),
        },
    )
}

fn table_row(answered: &Answered, option: OptionId, kinds: &[Component]) -> Vec<String> {
    let mut cells = vec![words::option(option)];
    if let Some(priced) = answered
        .answer
        .option(option)
        .and_then(OptionReport::priced)
    {
        let of =
            |&component: &Component| words::money_to_the_cent(priced.bill.component(component));
        cells.extend(kinds.iter().map(of));
        cells.push(words::money_to_the_cent(priced.total));
    }
    cells
}
