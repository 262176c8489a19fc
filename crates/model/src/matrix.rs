//! The decision matrix: criteria against classes of options, its live cells from the answer.
//!
//! What holds for every workload stands in `table`, with source and date; `live` replaces cells
//! that follow the inputs. Criteria that are not money have a score in each cell, from 0 to
//! [`MOST_SCORE`]; `fit` weighs them by what a person says each counts, beside the cost and
//! never mixed with it.

use crate::criteria::Criterion;
use crate::eligibility::Class;
use crate::prices::PriceBook;
use crate::report::ServiceAnswer;
use crate::scenario::{Scenario, Service};

mod fit;
mod live;
mod table;

pub use fit::{Fit, MOST_SCORE, Part, Point};

/// The columns of the matrix: every class that can win.
pub const COLUMNS: [Class; 6] = [
    Class::Fargate,
    Class::FargateSpot,
    Class::Ec2,
    Class::Ec2Spot,
    Class::ManagedInstances,
    Class::ManagedInstancesSpot,
];

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says; the reason of its score.
    pub text: String,
    /// Whether it follows the inputs.
    pub live: bool,
    /// How well the class does by the criterion, 0 to [`MOST_SCORE`]; `None` for money.
    pub score: Option<u8>,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is compared.
    pub criterion: Criterion,
    /// How much it counts, 0 to [`crate::criteria::MOST_WEIGHT`]; `None` for money.
    pub weight: Option<u8>,
    /// By what its scores are given; empty for money.
    pub scale: &'static str,
    /// A cell for each of [`COLUMNS`].
    pub cells: [Cell; 6],
    /// Where the row comes from.
    pub source: &'static str,
    /// The day or month as of which the source says so.
    pub date: &'static str,
}

/// Criteria against classes, and how well each class fits by the scenario's weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// One for each criterion, in the order of [`Criterion::ALL`].
    pub rows: Vec<Row>,
    /// Cost and fit of every class.
    pub fit: Fit,
}

impl Matrix {
    /// The row of a criterion.
    pub fn row(&self, criterion: Criterion) -> Option<&Row> {
        self.rows.iter().find(|row| row.criterion == criterion)
    }
}

/// The matrix for a service, from its answer and the book that it rests on (with the scenario's own
/// figures in it).
pub fn matrix(
    scenario: &Scenario,
    service: &Service,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> Matrix {
    let view = live::View::new(scenario, service, answer, book);
    let rows: Vec<Row> = Criterion::ALL
        .iter()
        .map(|&criterion| row(&view, criterion, scenario))
        .collect();
    let fit = Fit::of(&rows, &scenario.weights, answer);
    Matrix { rows, fit }
}

fn row(view: &live::View<'_>, criterion: Criterion, scenario: &Scenario) -> Row {
    let data = table::data(criterion);
    let mut known = data.cells.into_iter();
    let cells = COLUMNS.map(|class| {
        // There are as many texts as columns.
        let (text, score) = known.next().unwrap_or_default();
        let (text, live, score) = match view.cell(criterion, class) {
            Some(live) => (live.text, true, live.score.unwrap_or(score)),
            None => (text.to_owned(), false, score),
        };
        Cell {
            text,
            live,
            score: (!criterion.is_money()).then_some(score.min(MOST_SCORE)),
        }
    });
    Row {
        criterion,
        weight: (!criterion.is_money()).then(|| scenario.weights.get(criterion)),
        scale: data.scale,
        cells,
        source: data.source,
        date: data.date,
    }
}
