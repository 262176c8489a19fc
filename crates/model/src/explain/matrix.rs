//! The decision matrix and the fit by a person's weights, in words.

use super::{Sentence, class_as_subject};
use crate::criteria::Criterion;
use crate::eligibility::Class;
use crate::inputs::InputId;
use crate::matrix::{Cell, Fit, Matrix, Part, Point, Row};
use crate::option::OptionId;
use crate::scenario::Weights;
use crate::words;

/// The matrix in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixWords {
    /// One for each criterion.
    pub rows: Vec<RowWords>,
    /// Cost and fit of every class.
    pub fit: FitWords,
}

/// A criterion in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowWords {
    /// Which criterion.
    pub criterion: Criterion,
    /// How much it counts; `None` for money.
    pub weight: Option<u8>,
    /// By what its scores are given; empty for money.
    pub scale: String,
    /// Where it comes from, and as of when.
    pub source: String,
    /// A cell for each of [`crate::matrix::COLUMNS`].
    pub cells: [Cell; 6],
}

/// Cost and fit of every class, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitWords {
    /// Which class fits best, and what that costs beside the cheapest.
    pub sentence: Sentence,
    /// Which classes are worth weighing: those that no other beats in both.
    pub front: Sentence,
    /// Every class, the best fit first, those without a cost last.
    pub points: Vec<PointWords>,
}

/// A class, what it costs and how well it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointWords {
    /// Which class.
    pub class: Class,
    /// Its cheapest option; `None` where it has no cost.
    pub option: Option<OptionId>,
    /// What that costs a month; empty where it has no cost.
    pub monthly: String,
    /// Its fit: `78 %`.
    pub fit: String,
    /// Its fit in thousandths, to draw it.
    pub fit_per_mille: u32,
    /// Whether no other class beats it in both.
    pub on_front: bool,
    /// What its fit is made of.
    pub parts: Vec<Part>,
}

impl MatrixWords {
    /// A matrix in words, under the weights that it was made by.
    pub fn of(matrix: &Matrix, weights: &Weights) -> Self {
        Self {
            rows: matrix.rows.iter().map(RowWords::of).collect(),
            fit: FitWords::of(&matrix.fit, weights),
        }
    }
}

impl RowWords {
    fn of(row: &Row) -> Self {
        Self {
            criterion: row.criterion,
            weight: row.weight,
            scale: row.scale.to_owned(),
            source: format!("{}; as of {}", row.source, row.date),
            cells: row.cells.clone(),
        }
    }
}

impl FitWords {
    /// Cost and fit in words, under the weights that they were made by.
    fn of(fit: &Fit, weights: &Weights) -> Self {
        Self {
            sentence: ranking(fit, weights),
            front: front(fit),
            points: fit.points.iter().map(PointWords::of).collect(),
        }
    }
}

impl PointWords {
    fn of(point: &Point) -> Self {
        Self {
            class: point.class,
            option: point.cost.map(|(option, _)| option),
            monthly: point.monthly().map(words::money).unwrap_or_default(),
            fit: percent(point),
            fit_per_mille: point.per_mille(),
            on_front: point.on_front,
            parts: point.parts.clone(),
        }
    }
}

/// A fit as a whole percentage, rounded to the nearest.
fn percent(point: &Point) -> String {
    let doubled = (point.points() * 200).checked_div(point.most).unwrap_or(0);
    format!("{} %", doubled.div_ceil(2))
}

/// `By your weights Managed Instances fit best (78 %), for $12.00 a month more than Fargate, which
/// costs least.`
fn ranking(fit: &Fit, weights: &Weights) -> Sentence {
    let (Some(best), Some(cheapest)) = (fit.best(), fit.cheapest()) else {
        return Sentence::default()
            .text("No option has a price that may decide, so none can be ranked.");
    };
    let start = if *weights == Weights::default() {
        "By the default weights, "
    } else {
        "By your weights "
    };
    let start = Sentence::default().input(InputId::Weights, start);
    let (name, plural) = class_as_subject(best.class);
    let (fits, costs) = if plural {
        ("fit", "cost")
    } else {
        ("fits", "costs")
    };
    let start = start.text(format!("{name} {fits} best ({})", percent(best)));
    let (Some(cost), Some(least)) = (best.monthly(), cheapest.monthly()) else {
        return start.text(".");
    };
    if cost <= least {
        return start
            .text(format!(" and {costs} least: "))
            .money(cost)
            .text(" a month.");
    }
    let (other, others) = class_as_subject(cheapest.class);
    let costs = if others { "cost" } else { "costs" };
    start.text(", for ").money(cost - least).text(format!(
        " a month more than {other} ({}), which {costs} least.",
        percent(cheapest)
    ))
}

/// `Worth weighing against each other: Fargate ($173.01 a month, fit 71 %) and EC2 ($183.03, fit
/// 75 %). Each of the others costs no less than one of these and fits no better.`
fn front(fit: &Fit) -> Sentence {
    let mut on_front: Vec<&Point> = fit.ranked().filter(|point| point.on_front).collect();
    // Of the front, less fit is less cost: from the cheapest on.
    on_front.reverse();
    let others = fit.ranked().count().saturating_sub(on_front.len());
    let described = |sentence: Sentence, point: &Point, per_month: &str| {
        let (name, _) = class_as_subject(point.class);
        sentence
            .text(format!("{name} ("))
            .money(point.monthly().unwrap_or_default())
            .text(format!("{per_month}, fit {})", percent(point)))
    };
    let sentence = match on_front.as_slice() {
        [] => return Sentence::default().text("There is nothing to weigh."),
        [only] => {
            let start =
                Sentence::default().text("Nothing to weigh: no other class costs less than ");
            described(start, only, " a month").text(" or fits better.")
        }
        several => {
            let mut sentence = Sentence::default().text("Worth weighing against each other: ");
            for (place, point) in several.iter().enumerate() {
                let per_month = if place == 0 { " a month" } else { "" };
                sentence = match place {
                    0 => sentence,
                    _ if place + 1 == several.len() => sentence.text(" and "),
                    _ => sentence.text(", "),
                };
                sentence = described(sentence, point, per_month);
            }
            sentence.text(".")
        }
    };
    match (on_front.len(), others) {
        (0 | 1, _) | (_, 0) => sentence,
        (_, 1) => {
            sentence.text(" The other one costs no less than one of these and fits no better.")
        }
        _ => {
            sentence.text(" Each of the others costs no less than one of these and fits no better.")
        }
    }
}
