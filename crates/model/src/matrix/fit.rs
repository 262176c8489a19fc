//! How well each class fits by a person's weights, beside what it costs: two figures for each, and
//! never one made of both.

use super::{COLUMNS, Row};
use crate::criteria::Criterion;
use crate::eligibility::Class;
use crate::money::Usd;
use crate::option::OptionId;
use crate::report::ServiceAnswer;
use crate::scenario::Weights;

/// The best score of a cell.
pub const MOST_SCORE: u8 = 4;

/// What a criterion adds to a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which criterion; its weight is above 0.
    pub criterion: Criterion,
    /// Its weight.
    pub weight: u8,
    /// The score of the class, 0 to [`MOST_SCORE`].
    pub score: u8,
}

impl Part {
    /// What it adds: weight times score.
    pub fn points(self) -> u32 {
        u32::from(self.weight) * u32::from(self.score)
    }
}

/// A class: what it costs, and how well it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which class.
    pub class: Class,
    /// Its cheapest option that may win, and what that costs a month; `None` where it has none. A
    /// class without a cost is not ranked.
    pub cost: Option<(OptionId, Usd)>,
    /// What the fit is made of.
    pub parts: Vec<Part>,
    /// The sum of all weights times [`MOST_SCORE`]: what a perfect fit would have.
    pub most: u32,
    /// Whether no other class costs no more, fits no less well, and is better in one of the two.
    pub on_front: bool,
}

impl Point {
    /// What it has of [`Point::most`].
    pub fn points(&self) -> u32 {
        self.parts.iter().map(|part| part.points()).sum()
    }

    /// Its fit in thousandths, rounded down.
    pub fn per_mille(&self) -> u32 {
        // Weights and scores are small, so nothing overflows; `most` is above 0 by construction.
        (self.points() * 1_000).checked_div(self.most).unwrap_or(0)
    }

    /// What it costs a month.
    pub fn monthly(&self) -> Option<Usd> {
        self.cost.map(|(_, cost)| cost)
    }

    /// Whether it is better than another in fit or cost, and worse in neither.
    fn dominates(&self, other: &Self) -> bool {
        let (Some(cost), Some(of_other)) = (self.monthly(), other.monthly()) else {
            return false;
        };
        let no_worse = cost <= of_other && self.points() >= other.points();
        no_worse && (cost < of_other || self.points() > other.points())
    }
}

/// Every class, the best fit first: those with a cost by fit, then by cost, then in the order of
/// [`COLUMNS`]; then those without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// One for each class.
    pub points: Vec<Point>,
}

impl Fit {
    /// The classes by weights, from the rows of their matrix.
    pub(super) fn of(rows: &[Row], weights: &Weights, answer: &ServiceAnswer) -> Self {
        let most = weights.sum() * u32::from(MOST_SCORE);
        let point = |(column, &class): (usize, &Class)| Point {
            class,
            cost: answer
                .cheapest(|option| option.class() == class)
                .map(|(option, priced)| (option, priced.total)),
            parts: rows
                .iter()
                .filter_map(|row| {
                    let weight = weights.get(row.criterion);
                    let score = row.cells.get(column)?.score?;
                    (weight > 0).then_some(Part {
                        criterion: row.criterion,
                        weight,
                        score,
                    })
                })
                .collect(),
            most,
            on_front: false,
        };
        let mut points: Vec<Point> = COLUMNS.iter().enumerate().map(point).collect();
        let on_front: Vec<bool> = points
            .iter()
            .map(|one| one.cost.is_some() && !points.iter().any(|other| other.dominates(one)))
            .collect();
        for (point, on_front) in points.iter_mut().zip(on_front) {
            point.on_front = on_front;
        }
        let order = crate::order::indices(points.len(), &mut |a, b| {
            let key = |index: usize| {
                points.get(index).map(|point| {
                    let fit = std::cmp::Reverse(point.points());
                    (point.cost.is_none(), fit, point.monthly())
                })
            };
            key(a).cmp(&key(b))
        });
        let points = order
            .into_iter()
            .filter_map(|index| points.get(index).cloned());
        Self {
            points: points.collect(),
        }
    }

    /// The classes with a cost, the best fit first.
    pub fn ranked(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.cost.is_some())
    }

    /// The class that fits best of those with a cost.
    pub fn best(&self) -> Option<&Point> {
        self.ranked().next()
    }

    /// The cheapest class; of equal ones the one that fits best.
    pub fn cheapest(&self) -> Option<&Point> {
        self.ranked().min_by_key(|point| point.monthly())
    }

    /// The point of a class.
    pub fn point(&self, class: Class) -> Option<&Point> {
        self.points.iter().find(|point| point.class == class)
    }
}
