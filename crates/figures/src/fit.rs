//! Cost against something else that matters: a dot an option, and the front of those that nothing
//! beats in both.

mod label;
mod plan;

use self::plan::Plan;
use crate::{
    accent::Accent,
    cast,
    figure::{self, Figure, drawable},
    geometry::{Rect, Size},
    measure::Measure,
    scene::Scene,
};

/// The greatest amount of anything that is not money that is drawn, in both directions.
const MOST: f64 = 1e12;

/// Options by their cost and by something else: how well they fit, or the effort that they take.
///
/// In the [`Key`](crate::Key)s of a scene `series` is 0 and `item` the option, so that arrow keys walk
/// the options in the caller's order: that of the x axis reads well.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fit {
    /// The x axis.
    pub x: Axis,
    /// What the y axis measures, such as `$ a month: lower is cheaper`.
    pub y_name: String,
    /// The words in the corner where the best would be, such as `cheaper and fits better`.
    pub better: String,
    /// What the key calls dots and front.
    pub names: Names,
    /// The options.
    pub options: Vec<Choice>,
    /// What to say when there are none.
    pub empty: String,
}

/// What is measured from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What it is, such as `fit`.
    pub name: String,
    /// What stands behind its numbers, such as ` %`.
    pub unit: String,
    /// The ends that are shown even where no option is near them.
    pub ends: Option<(f64, f64)>,
    /// Which end is better.
    pub better: Better,
}

/// Which end of the x axis is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is better, as of a fit.
    #[default]
    High,
    /// Less is better, as of an effort.
    Low,
}

/// The words of the key; what has none is not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The dots on the front, such as `nothing beats it in both`.
    pub front: String,
    /// The others, such as `something is cheaper and fits better`.
    pub behind: String,
}

/// One option.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Its name.
    pub label: String,
    /// A name for where there is little room; empty for none.
    pub short_label: String,
    /// Whose colour it has.
    pub accent: Accent,
    /// Whether it is the answer: ringed, with a bold label.
    pub is_winner: bool,
    /// Where it is on the x axis; an option without a number is not drawn.
    pub x: f64,
    /// Dollars a month; less than 0 is drawn as 0.
    pub usd: f64,
}

impl Fit {
    /// The options that no other one beats: none is as cheap and as good, and better in one of the
    /// two. The cheapest first.
    ///
    /// ```
    /// use berth_figures::{Fit, fit::Choice};
    /// let choice = |x, usd| Choice { x, usd, ..Choice::default() };
    /// let options = vec![choice(90.0, 80.0), choice(50.0, 20.0), choice(40.0, 30.0)];
    /// let fit = Fit { options, ..Fit::default() };
    /// assert_eq!(fit.front(), [1, 0]);
    /// ```
    pub fn front(&self) -> Vec<usize> {
        let beats = |one: &Spot, other: &Spot| {
            let is_as_good = match self.x.better {
                Better::High => one.x >= other.x,
                Better::Low => one.x <= other.x,
            };
            let differs = one.usd < other.usd || one.x.total_cmp(&other.x).is_ne();
            is_as_good && one.usd <= other.usd && differs
        };
        let spots = self.spots();
        let front: Vec<Spot> = spots
            .iter()
            .filter(|spot| !spots.iter().any(|other| beats(other, spot)))
            .copied()
            .collect();
        let front = crate::order::sorted(&front, |one, other| one.usd.total_cmp(&other.usd));
        front.into_iter().map(|spot| spot.index).collect()
    }

    /// The options that can be drawn.
    fn spots(&self) -> Vec<Spot> {
        let options = self.options.iter().enumerate();
        options
            .filter(|(_, option)| option.x.is_finite() && !option.usd.is_nan())
            .map(|(index, option)| Spot {
                index,
                // Nothing and less than nothing are the same number.
                x: cast::within(option.x, -MOST, MOST) + 0.0,
                usd: drawable(option.usd),
            })
            .collect()
    }
}

/// An option with numbers that can be drawn.
#[derive(Clone, Copy)]
struct Spot {
    index: usize,
    x: f64,
    usd: f64,
}

impl Figure for Fit {
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene {
        let spots = self.spots();
        if spots.is_empty() {
            let whole = Rect::new(0.0, 0.0, size.width(), size.height());
            return Scene {
                marks: figure::message(whole, &self.empty, measure),
                ..Scene::blank(size)
            };
        }
        match Plan::new(self, spots, size, measure) {
            Some(plan) => plan.scene(size),
            None => Scene::blank(size),
        }
    }
}
