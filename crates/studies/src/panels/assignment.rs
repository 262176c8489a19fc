//! The cheapest option for each service of a cluster, and what may be traded against cost.

use berth_figures::fit as drawn;
use berth_figures::{Accent, Fit, Key, Measure, Scene, Size, frame_height};
use berth_model::cluster::assignment;
use berth_model::curve::Progress;
use berth_model::explain::document::{
    Action, Block, Cell, Column, Document, Item, Picture, Row, Table,
};
use berth_model::explain::{self, AssignmentPoint, AssignmentWords, Panel};
use berth_model::money::Usd;
use berth_model::prices::PriceBook;
use berth_model::report::evaluate_service;
use berth_model::share;

use super::{Answer, Studied, Study};
use crate::asked::{Books, Subject};
use crate::pictured::Pictured;

pub(super) struct Assignment(Option<Box<assignment::Assignment>>);

impl Assignment {
    pub(super) const fn begin() -> Self {
        Self(None)
    }
}

fn begun(subject: &Subject, book: &PriceBook) -> assignment::Assignment {
    let scenario = &subject.scenario;
    let services = scenario.services.iter();
    let alone: Vec<_> = services
        .map(|service| evaluate_service(scenario, service, book))
        .collect();
    assignment::Assignment::new(scenario, &alone)
}

impl Study for Assignment {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        let Some(study) = &mut self.0 else {
            self.0 = Some(Box::new(begun(subject, books.own)));
            return Studied::More;
        };
        if study.step(books.own) == Progress::More {
            return Studied::More;
        }
        let mut said = explain::assignment(study);
        for point in &mut said.frontier {
            // Whoever takes one goes on looking at the same service.
            let there = share::decode(&point.link).scenario;
            point.link = there.map_or_else(String::new, |there| subject.link_to(&there));
        }
        let is_exact = study.is_exact();
        let found = Found::of(&said);
        Studied::Done(Answer::pictured(&document(said, is_exact), found))
    }
}

fn document(said: AssignmentWords, is_exact: bool) -> Document {
    let picture = (said.frontier.len() > 1).then(|| {
        Block::Figure(Picture {
            id: Panel::Assignment.id().to_owned(),
            name: "Cost against work to run it".to_owned(),
            takeaway: if is_exact {
                "Each dot is a way to place all services that no other beats in cost, work and Spot at once."
            } else {
                "Each dot is a way to place all services; of those that were looked at, none beats another in cost, work and Spot at once."
            }
            .to_owned(),
            table: frontier(&said.frontier),
            is_pressable: true,
        })
    });
    let saved = said.savings.iter().cloned().map(Item::from).collect();
    let take = |point: AssignmentPoint| Item {
        action: Some(Action {
            label: "Take it".to_owned(),
            about: point.total,
            link: point.link,
        }),
        sentence: point.sentence,
    };
    let points = said.frontier.into_iter().map(take).collect();
    let rows = (!said.rows.is_empty()).then(|| {
        let row = |row: explain::AssignmentRow| {
            Row::of([
                Cell::plain(row.name),
                Cell {
                    text: row.stands,
                    ..Cell::option(row.option)
                },
                Cell::plain(row.monthly),
            ])
        };
        let mut rows: Vec<Row> = said.rows.into_iter().map(row).collect();
        rows.extend(
            said.common
                .map(|amount| Row::plain(["Shared by all".to_owned(), String::new(), amount])),
        );
        Block::Table(Table {
            name: "Where each service costs least".to_owned(),
            columns: vec![
                Column::words("Service"),
                Column::words("Runs on"),
                Column::numbers("A month"),
            ],
            rows,
            ..Table::default()
        })
    });
    Document::new(vec![Block::Lead(said.sentence)])
        .and(rows)
        .with_list(
            "Against one place for all, each service on its best option there",
            saved,
        )
        .with_list("What may be traded against cost", points)
        .and(picture)
}

fn frontier(points: &[AssignmentPoint]) -> Table {
    let row = |point: &AssignmentPoint| {
        Row::plain([
            point.total.clone(),
            point.operations.clone(),
            point.exposure.clone(),
        ])
    };
    Table {
        name: "Ways to place all services".to_owned(),
        columns: vec![
            Column::numbers("A month"),
            Column::words("Work to run it"),
            Column::words("On Spot, of task-hours"),
        ],
        rows: points.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The figure, and what its parts say.
struct Found {
    points: Vec<AssignmentPoint>,
    figure: Fit,
}

impl Found {
    fn of(said: &AssignmentWords) -> Self {
        let options = said
            .frontier
            .iter()
            .enumerate()
            .map(|(place, point)| drawn::Choice {
                label: [&point.exposure, " on Spot"].concat(),
                short_label: point.exposure.clone(),
                accent: Accent::default(),
                is_winner: place == 0,
                x: point.effort.into(),
                usd: Usd::to_f64(point.amount),
            });
        Self {
            figure: Fit {
                x: drawn::Axis {
                    name: "work to run it: 1 no hosts, 2 AWS runs them, 3 your own".to_owned(),
                    unit: String::new(),
                    ends: Some((1.0, 3.0)),
                    better: drawn::Better::Low,
                },
                y_name: "$ a month".to_owned(),
                better: "cheaper and less work".to_owned(),
                names: drawn::Names::default(),
                options: options.collect(),
                empty: "There is no assignment.".to_owned(),
            },
            points: said.frontier.clone(),
        }
    }
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        use berth_figures::Figure as _;
        let size = Size::new(width, frame_height(width));
        self.figure.layout(size, measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        let point = self.points.get(key.item?)?;
        Some(point.sentence.plain())
    }

    fn link(&self, key: Key) -> Option<String> {
        Some(self.points.get(key.item?)?.link.clone())
    }
}
