//! The decision matrix: who can run the service, cost beside fit, and criteria by class.

use berth_model::explain::document::{Action, Block, Cell, Column, Document, Item, Row, Table};
use berth_model::explain::{
    self, FitWords, GateWords, MatrixWords, PointWords, RowWords, Sentence,
};
use berth_model::matrix::{self, COLUMNS};
use berth_model::prices::PriceBook;

use crate::asked::Subject;

/// Who can run the service, how classes of options fit by the weights beside what they cost, and criteria against
/// classes; cells that follow the inputs are marked.
pub(super) fn document(subject: &Subject, book: &PriceBook) -> Document {
    let Subject {
        scenario,
        view,
        answer,
        ..
    } = subject;
    let gates = explain::gates(scenario, view.service, answer, book).gates;
    let made = matrix::matrix(scenario, subject.service(), answer, book);
    let said = MatrixWords::of(&made, &scenario.weights);
    Document::new(vec![Block::Lead(said.fit.sentence.clone())])
        .with(Block::Text(said.fit.front.clone()))
        .with(Block::Table(fit(&said.fit)))
        .with_list("Who can run it", gates.iter().map(gate).collect())
        .with(Block::Heading("Criteria".to_owned()))
        .with(Block::Note(Sentence::plainly(
            "Cells with a bar at their side follow the inputs; the rest holds for every workload. Scores are from 0 to 4; money has none.",
        )))
        .with(Block::Table(criteria(&said.rows)))
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
        sum: Vec::new(),
    }
}

fn criteria(rows: &[RowWords]) -> Table {
    let mut columns = vec![Column::words("Criterion"), Column::numbers("Weight")];
    columns.extend(COLUMNS.map(|class| Column::words(explain::class(class)).of(class)));
    columns.push(Column::sources("Source"));
    let row = |row: &RowWords| {
        let weight = row.weight.map(|weight| weight.to_string());
        let mut cells = vec![
            Cell::plain(row.criterion.label().to_owned()),
            Cell::plain(weight.unwrap_or_default()),
        ];
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
        name: "Criteria by class of options".to_owned(),
        columns,
        rows: rows.iter().map(row).collect(),
        sum: Vec::new(),
    }
}
