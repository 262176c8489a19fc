//! Cost against task count: the study, and its figure.

use berth_figures::curve::{self as drawn, Crossing, Line, Present, Shape};
use berth_figures::{Figure as _, Key, Measure, Scene, Size, frame_height};
use berth_model::curve::{self as study, Progress, Sample};
use berth_model::eligibility::Class;
use berth_model::explain::document::{Block, Column, Document, Picture, Row, Table};
use berth_model::explain::{self, Panel};
use berth_model::inputs::{self, InputId};
use berth_model::money::Usd;
use berth_model::words;

use super::{Answer, Studied, Study, accent};
use crate::asked::{Books, Subject};
use crate::pictured::Pictured;

/// Task counts in one step.
const STRIDE: usize = 1;

/// Task counts before the first coarse answer; later ones follow whenever there are twice as many.
const COARSE: usize = 8;

pub(super) struct Curve {
    study: study::Curve,
    /// So many task counts are worth another coarse answer.
    next: usize,
}

impl Curve {
    pub(super) fn begin(subject: &Subject) -> Self {
        Self {
            study: study::Curve::new(&subject.scenario, subject.view.service),
            next: COARSE,
        }
    }

    fn answer(&self, subject: &Subject) -> Answer {
        let found = Found::of(&self.study, subject);
        let document = Document::new(vec![Block::Figure(Picture {
            id: Panel::Curve.id().to_owned(),
            name: "Cost against task count".to_owned(),
            takeaway: found.takeaway(),
            table: found.table(),
            is_pressable: true,
        })]);
        Answer::pictured(&document, found)
    }
}

impl Study for Curve {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        if self.study.step(books.own, STRIDE) == Progress::Done {
            subject.crossings = self.study.crossings();
            return Studied::Done(self.answer(subject));
        }
        let count = self.study.samples().len();
        if count < self.next {
            return Studied::More;
        }
        self.next = count.saturating_mul(2);
        Studied::SoFar(self.answer(subject))
    }
}

/// What has been found: the figure, and what its parts say.
struct Found {
    study: study::Curve,
    /// The classes with a price at any task count, with their place in a sample.
    classes: Vec<(usize, Class)>,
    scenario: berth_model::scenario::Scenario,
    view: berth_model::share::View,
    figure: drawn::Curve,
}

impl Found {
    fn of(study: &study::Curve, subject: &Subject) -> Self {
        let classes = priced_classes(study);
        Self {
            figure: figure(study, &classes),
            study: study.clone(),
            classes,
            scenario: subject.scenario.clone(),
            view: subject.view,
        }
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::numbers("Tasks")];
        let classes = self.classes.iter();
        columns.extend(classes.map(|&(_, class)| Column::numbers(explain::class(class)).of(class)));
        let row = |sample: &Sample| {
            let costs = self.classes.iter();
            let costs = costs.map(|&(index, _)| {
                cost(sample, index)
                    .map(words::money_to_the_cent)
                    .unwrap_or_default()
            });
            Row::plain([words::count(sample.tasks.into())].into_iter().chain(costs))
        };
        Table {
            name: "Cost by task count".to_owned(),
            columns,
            rows: self.study.samples().iter().map(row).collect(),
            ..Table::default()
        }
    }

    fn takeaway(&self) -> String {
        let crossings = self.study.crossings();
        let first = self.study.samples().first().and_then(|sample| sample.best);
        let most = words::count(self.study.most().into());
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
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        self.figure
            .layout(Size::new(width, frame_height(width)), measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        let (index, class) = self.classes.get(key.series).copied()?;
        let sample = self.study.samples().get(key.item?)?;
        let tasks = words::counted(sample.tasks.into(), "task", "tasks");
        let cost = words::money_to_the_cent(cost(sample, index)?);
        Some(format!(
            "{tasks} on {}: {cost} a month",
            explain::class(class)
        ))
    }

    fn link(&self, key: Key) -> Option<String> {
        let tasks = self.study.samples().get(key.item?)?.tasks.to_string();
        let there = inputs::set(&self.scenario, self.view.service, InputId::Tasks, &tasks).ok()?;
        Some(berth_model::share::encode(&there, self.view))
    }
}

fn priced_classes(study: &study::Curve) -> Vec<(usize, Class)> {
    let is_priced = |index: usize| {
        let mut samples = study.samples().iter();
        samples.any(|sample| cost(sample, index).is_some())
    };
    let classes = Class::ALL.iter().copied().enumerate();
    classes.filter(|&(index, _)| is_priced(index)).collect()
}

fn cost(sample: &Sample, class: usize) -> Option<Usd> {
    sample.costs.get(class).copied().flatten()
}

fn figure(study: &study::Curve, classes: &[(usize, Class)]) -> drawn::Curve {
    let mut samples = study.samples().iter();
    let present = samples.find(|sample| sample.tasks == study.present());
    let winner = present.and_then(|sample| sample.best);
    let lines = classes.iter().map(|&(index, class)| Line {
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
            .map(|sample| drawn::Sample {
                tasks: sample.tasks,
                usd: cost(sample, index).map(Usd::to_f64),
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
    drawn::Curve {
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

fn cost_at(study: &study::Curve, tasks: u32, class: Class) -> f64 {
    let mut samples = study.samples().iter();
    let sample = samples.find(|sample| sample.tasks == tasks);
    let index = Class::ALL.iter().position(|&other| other == class);
    let cost = sample
        .zip(index)
        .and_then(|(sample, index)| cost(sample, index));
    cost.map_or(0.0, Usd::to_f64)
}
