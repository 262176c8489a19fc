//! Cost against task count: the figure of the study.

use std::sync::Arc;

use berth_figures::curve::{Crossing, Curve, Line, Present, Sample, Shape};
use berth_figures::{Figure as _, Key, Size, within};
use berth_model::curve::{Curve as Study, Sample as Studied};
use berth_model::eligibility::Class;
use berth_model::explain;
use berth_model::words;

use super::figure::{Parts, figure};
use super::sentence::accent;
use super::table::{Column, table};
use crate::dom::Element;
use crate::reactive::{Signal, latest};

/// Height of the figure for its width.
fn height(width: f64) -> f64 {
    within(width * 0.5, 280.0, 420.0)
}

/// The figure of the study, as far as it is; a box of the same size until it begins.
pub fn curve_figure(study: Signal<Option<Arc<Study>>>) -> Element {
    let specification = latest(move || {
        study.with(|study| {
            study
                .as_ref()
                .map(|study| specify(study))
                .unwrap_or_default()
        })
    });
    let being_computed = || "Being computed.".to_owned();
    figure(Parts {
        name: "Cost against task count",
        layout: Box::new(move |width, measure| {
            specification.with(|curve| curve.layout(Size::new(width, height(width)), measure))
        }),
        takeaway: Box::new(move || {
            study.with(|study| {
                study
                    .as_ref()
                    .map_or_else(being_computed, |study| takeaway(study))
            })
        }),
        tooltip: Box::new(move |key| {
            study.with(|study| {
                study
                    .as_ref()
                    .and_then(|study| tooltip(study, key))
                    .unwrap_or_default()
            })
        }),
        table: Box::new(move || study.with(|study| study.as_ref().map(|study| samples(study)))),
    })
}

/// Cost by task count, one row for each sample.
fn samples(study: &Study) -> Element {
    let classes = priced_classes(study);
    let mut columns = vec![Column::numbers("Tasks")];
    columns.extend(
        classes
            .iter()
            .map(|&(_, class)| Column::numbers(explain::class(class))),
    );
    let row = |sample: &Studied| {
        let mut cells = vec![words::count(sample.tasks.into())];
        cells.extend(
            classes
                .iter()
                .map(|&(index, _)| cost(sample, index).unwrap_or_default()),
        );
        cells
    };
    let rows: Vec<Vec<String>> = study.samples().iter().map(row).collect();
    table("Cost by task count", &columns, &rows, None)
}

/// The classes with a price at any task count, with their place in a sample.
fn priced_classes(study: &Study) -> Vec<(usize, Class)> {
    let priced = |index: usize| {
        study
            .samples()
            .iter()
            .any(|sample| sample.costs.get(index).is_some_and(Option::is_some))
    };
    Class::ALL
        .iter()
        .copied()
        .enumerate()
        .filter(|&(index, _)| priced(index))
        .collect()
}

fn cost(sample: &Studied, class: usize) -> Option<String> {
    Some(words::money_to_the_cent(
        sample.costs.get(class).copied().flatten()?,
    ))
}

fn specify(study: &Study) -> Curve {
    let present = study
        .samples()
        .iter()
        .find(|sample| sample.tasks == study.present());
    let winner = present.and_then(|sample| sample.best);
    let lines = priced_classes(study)
        .into_iter()
        .map(|(index, class)| Line {
            label: explain::class(class).to_owned(),
            short_label: String::new(),
            accent: accent(class),
            dash: accent(class).dash(),
            // A price per task is a straight line; a price per instance holds until the next opens.
            shape: match class {
                Class::Fargate | Class::FargateSpot => Shape::Straight,
                _ => Shape::Steps,
            },
            is_winner: winner == Some(class),
            samples: study
                .samples()
                .iter()
                .map(|sample| Sample {
                    tasks: sample.tasks,
                    usd: sample
                        .costs
                        .get(index)
                        .copied()
                        .flatten()
                        .map(berth_model::money::Usd::to_f64),
                })
                .collect(),
        });
    let crossings = study.crossings().into_iter().map(|crossing| Crossing {
        tasks: crossing.tasks.into(),
        usd: cost_at(study, crossing.tasks, crossing.to),
        label: format!(
            "from {}: {}",
            words::count(crossing.tasks.into()),
            explain::class(crossing.to)
        ),
    });
    Curve {
        x_name: "tasks".to_owned(),
        y_name: "$ a month".to_owned(),
        lines: lines.collect(),
        crossings: crossings.collect(),
        present: Some(Present {
            tasks: study.present().into(),
            label: format!(
                "{} now",
                words::counted(study.present().into(), "task", "tasks")
            ),
        }),
        empty: "No option can run this service at a known price.".to_owned(),
    }
}

fn cost_at(study: &Study, tasks: u32, class: Class) -> f64 {
    let sample = study.samples().iter().find(|sample| sample.tasks == tasks);
    let index = Class::ALL.iter().position(|&other| other == class);
    let cost = sample
        .zip(index)
        .and_then(|(sample, index)| sample.costs.get(index).copied().flatten());
    cost.map_or(0.0, berth_model::money::Usd::to_f64)
}

fn takeaway(study: &Study) -> String {
    let crossings = study.crossings();
    let first = study.samples().first().and_then(|sample| sample.best);
    let most = words::count(study.most().into());
    match (first, crossings.as_slice()) {
        (None, _) => "No option can run this service at a known price.".to_owned(),
        (Some(class), []) => format!(
            "{} is the cheapest from 1 to {most} tasks.",
            explain::class(class)
        ),
        (Some(_), [one]) => format!(
            "{} is the cheapest up to {} tasks, {} from {} on.",
            explain::class(one.from),
            words::count(u64::from(one.tasks) - 1),
            explain::class(one.to),
            words::count(one.tasks.into())
        ),
        (Some(_), many) => format!(
            "The cheapest place changes {} times between 1 and {most} tasks: whole instances come in steps.",
            many.len()
        ),
    }
}

fn tooltip(study: &Study, key: Key) -> Option<String> {
    let (index, class) = priced_classes(study).get(key.series).copied()?;
    let sample = study.samples().get(key.item?)?;
    let tasks = words::counted(sample.tasks.into(), "task", "tasks");
    let cost = cost(sample, index)?;
    Some(format!(
        "{tasks} on {}: {cost} a month",
        explain::class(class)
    ))
}
