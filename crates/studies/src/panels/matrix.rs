//! The decision matrix: who can run the service, cost beside fit, and criteria by class.

use berth_figures::{Figure as _, Fit, Key, Measure, Scene, Size, fit as drawn, frame_height};
use berth_model::explain::document::{
    Action, Block, Cell, Column, Document, Item, Picture, Row, Table,
};
use berth_model::explain::{
    self, FitWords, GateWords, MatrixWords, Panel, PointWords, RowWords, Sentence,
};
use berth_model::matrix::{self, COLUMNS};
use berth_model::prices::PriceBook;

use super::{Answer, Studied, Study, accent};
use crate::asked::{Books, Subject};
use crate::pictured::Pictured;

/// Who can run the service, how classes of options fit by the weights beside what they cost, and criteria against
/// classes; cells that follow the inputs are marked.
#[derive(Default)]
pub(super) struct Matrix {
    /// Who can run the service, once that is known: what would bring a class back takes evaluations of its own.
    gates: Option<Vec<GateWords>>,
}

impl Study for Matrix {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        let Some(gates) = &self.gates else {
            let Subject {
                scenario,
                view,
                answer,
                ..
            } = subject;
            let found = explain::gates(scenario, view.service, answer, books.own);
            self.gates = Some(found.gates);
            return Studied::More;
        };
        Studied::Done(answer(subject, books.own, gates))
    }
}

fn answer(subject: &Subject, book: &PriceBook, gates: &[GateWords]) -> Answer {
    let scenario = &subject.scenario;
    let made = matrix::matrix(scenario, subject.service(), &subject.answer, book);
    let said = MatrixWords::of(&made, &scenario.weights);
    let found = Found::of(&made.fit, &said.fit);
    let document = Document::new(vec![
        Block::Lead(said.fit.sentence.clone()),
        Block::Figure(Picture {
            id: Panel::Matrix.id().to_owned(),
            name: "Cost against fit".to_owned(),
            takeaway: said.fit.front.plain(),
            table: fit(&said.fit),
            is_pressable: false,
        }),
    ]);
    let document = document
        .with_list("Who can run it", gates.iter().map(gate).collect())
        .with(Block::Heading("Criteria".to_owned()))
        .with(Block::Note(Sentence::plainly(
            "Cells with a bar at their side follow the inputs; the rest holds for every workload. Scores are from 0 to 4; money has none.",
        )))
        .with(Block::Table(criteria(&said.rows, true)))
        .with(Block::Table(criteria(&said.rows, false)));
    Answer::pictured(&document, found)
}

/// Whether a class can run the service, and the scenario that would bring it back.
fn gate(gate: &GateWords) -> Item {
    let Some(back) = &gate.bring_back else {
        return Item::from(gate.sentence.clone());
    };
    Item {
        sentence: gate.sentence.clone().followed_by(back.sentence.clone()),
        action: Some(Action {
            label: "Try it".to_owned(),
            about: explain::class(gate.class).to_owned(),
            link: back.link.clone(),
        }),
    }
}

fn fit(fit: &FitWords) -> Table {
    let row = |point: &PointWords| {
        let parts: Vec<String> = point
            .parts
            .iter()
            .map(|part| {
                let label = part.criterion.label();
                format!("{label} {} × {}", part.weight, part.score)
            })
            .collect();
        let monthly = if point.monthly.is_empty() {
            "no bill".to_owned()
        } else {
            point.monthly.clone()
        };
        Row::plain([
            explain::class(point.class).to_owned(),
            monthly,
            point.fit.clone(),
            parts.join(", "),
        ])
    };
    Table {
        name: "Cost and fit of each class of options".to_owned(),
        columns: vec![
            Column::words("Class"),
            Column::numbers("A month"),
            Column::numbers("Fit"),
            Column::words("Weight × score"),
        ],
        rows: fit.points.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The criteria that count: money, and what has a weight; or the others, folded.
fn criteria(rows: &[RowWords], that_count: bool) -> Table {
    let counts = |row: &&RowWords| (row.weight != Some(0)) == that_count;
    let mut columns = vec![Column::words("Criterion")];
    columns.extend(COLUMNS.map(|class| Column::words(explain::class(class)).of(class)));
    columns.push(Column::sources("Source"));
    let row = |row: &RowWords| {
        let label = row.criterion.label();
        let name = match row.weight {
            None | Some(0) => label.to_owned(),
            Some(weight) => format!("{label}, weight {weight}"),
        };
        let mut cells = vec![Cell::plain(name)];
        cells.extend(row.cells.iter().map(|cell| {
            let text = match cell.score {
                Some(score) => format!("{} ({score})", cell.text),
                None => cell.text.clone(),
            };
            if cell.live {
                Cell::live(text)
            } else {
                Cell::plain(text)
            }
        }));
        let source = if row.scale.is_empty() {
            row.source.clone()
        } else {
            format!("{}. Scores: {}", row.source, row.scale)
        };
        cells.push(Cell::plain(source));
        Row::of(cells)
    };
    Table {
        name: if that_count {
            "Criteria by class of options".to_owned()
        } else {
            "Criteria that count nothing by your weights".to_owned()
        },
        columns,
        rows: rows.iter().filter(counts).map(row).collect(),
        is_folded: !that_count,
        ..Table::default()
    }
}

/// The figure of cost against fit, and what its parts say.
struct Found {
    points: Vec<PointWords>,
    figure: Fit,
}

impl Found {
    fn of(made: &matrix::Fit, said: &FitWords) -> Self {
        let best = said.points.first().map(|point| point.class);
        let costs = made.points.iter().zip(&said.points);
        let (options, points) = costs
            .filter_map(|(point, words)| {
                let choice = drawn::Choice {
                    label: explain::class(words.class).to_owned(),
                    short_label: String::new(),
                    accent: accent(words.class),
                    is_winner: Some(words.class) == best,
                    x: f64::from(words.fit_per_mille) / 10.0,
                    usd: point.monthly()?.to_f64(),
                };
                Some((choice, words.clone()))
            })
            .unzip();
        Self {
            points,
            figure: Fit {
                x: drawn::Axis {
                    name: "fit by your weights".to_owned(),
                    unit: " %".to_owned(),
                    ends: Some((0.0, 100.0)),
                    better: drawn::Better::High,
                },
                y_name: "$ a month".to_owned(),
                better: "cheaper, and fits better".to_owned(),
                names: drawn::Names {
                    front: "nothing beats it in both".to_owned(),
                    behind: "something costs no more and fits better".to_owned(),
                },
                options,
                empty: "No class of options has a bill.".to_owned(),
            },
        }
    }
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        let size = Size::new(width, frame_height(width));
        self.figure.layout(size, measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        let point = self.points.get(key.item?)?;
        Some(format!(
            "{}: {} a month, fit {}",
            explain::class(point.class),
            point.monthly,
            point.fit
        ))
    }
}
