//! Cost against task count: the figure of the study.

use std::sync::Arc;

use berth_figures::curve::{Crossing, Curve, Line, Present, Sample, Shape};
use berth_figures::{Figure as _, Size};
use berth_model::curve::{Curve as Study, Sample as Studied};
use berth_model::eligibility::Class;
use berth_model::explain;
use berth_model::words;
use leptos::prelude::*;

use super::figure::{FigureView, Parts, Tooltips};
use super::sentence::accent;
use super::table::{Column, table};

use crate::reactive::memo;

/// Height of the figure for its width.
fn height(width: f64) -> f64 {
    (width * 0.5).clamp(280.0, 420.0)
}

/// The figure, with its caption and its table; a box of the same size until the study begins.
#[component]
pub fn CurveFigure(
    /// The study, as far as it is.
    curve: ReadSignal<Option<Arc<Study>>>,
) -> impl IntoView {
    let figure = memo(move || {
        curve.with(|study| {
            study
                .as_ref()
                .map(|study| figure(study))
                .unwrap_or_default()
        })
    });
    let layout = Callback::new(
        move |(width, measure): (f64, crate::platform::canvas::CanvasMeasure)| {
            figure.with(|figure| figure.layout(Size::new(width, height(width)), &measure))
        },
    );
    let parts = Signal::derive(move || {
        let study = curve.get();
        let takeaway = study
            .as_ref()
            .map_or_else(|| "Being computed.".to_owned(), |study| takeaway(study));
        Parts {
            takeaway,
            tooltips: tooltips(study),
        }
    });
    let data = move || {
        curve.get().map(|study| {
            let classes = priced_classes(&study);
            let heads = classes
                .iter()
                .map(|&(_, class)| Column::numbers(explain::class(class)));
            let columns: Vec<Column> = std::iter::once(Column::numbers("Tasks"))
                .chain(heads)
                .collect();
            let rows = study.samples().iter().map(|sample| {
                let costs = classes
                    .iter()
                    .map(|&(index, _)| cost(sample, index).unwrap_or_default());
                std::iter::once(words::count(sample.tasks.into()))
                    .chain(costs)
                    .collect()
            });
            table("Cost by task count", &columns, rows.collect(), None)
        })
    };
    view! {
        <FigureView
            name="Cost against task count"
            layout=layout
            parts=parts
            table=ViewFn::from(data)
        />
    }
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

fn figure(study: &Study) -> Curve {
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

fn tooltips(study: Option<Arc<Study>>) -> Tooltips {
    Arc::new(move |key| {
        let words = || {
            let study = study.as_ref()?;
            let (index, class) = priced_classes(study).get(key.series).copied()?;
            let sample = study.samples().get(key.item?)?;
            let tasks = words::counted(sample.tasks.into(), "task", "tasks");
            Some(format!(
                "{tasks} on {}: {} a month",
                explain::class(class),
                cost(sample, index)?
            ))
        };
        words().unwrap_or_default()
    })
}
