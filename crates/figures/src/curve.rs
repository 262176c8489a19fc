//! Cost against task count: a line per option, labelled where it ends, with the counts marked
//! at which another option becomes the cheapest.

mod crossing;
mod frame;
mod path;

pub use crossing::{Change, cheapest_changes};

use self::frame::{Extent, Frame};
use crate::{
    accent::{Accent, Dash},
    ends::Name,
    figure::{self, Figure, drawable},
    geometry::{Rect, Size},
    measure::Measure,
    scene::{Ink, Scene, Shade},
};

/// Cost a month of several options, against the number of tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// What the x axis counts, such as `tasks`.
    pub x_name: String,
    /// What the y axis measures, such as `$ a month`.
    pub y_name: String,
    /// One line an option.
    pub lines: Vec<Line>,
    /// Where another option becomes the cheapest, each with its words.
    pub crossings: Vec<Crossing>,
    /// The task count of the present scenario.
    pub present: Option<Present>,
    /// What to say when no line has a sample.
    pub empty: String,
}

/// The cost of one option.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The option's name.
    pub label: String,
    /// A name for narrow figures; empty to use `label`.
    pub short_label: String,
    /// Whose colour it has.
    pub accent: Accent,
    /// Whether it is broken; [`Accent::dash`] is a good choice.
    pub dash: Dash,
    /// How it runs between samples.
    pub shape: Shape,
    /// Whether it is the answer: drawn last, heavier, with a bold label.
    pub is_winner: bool,
    /// The samples, with rising task counts.
    pub samples: Vec<Sample>,
}

/// How a line runs between its samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Straight from sample to sample, as a price per task does.
    #[default]
    Straight,
    /// Level from each sample until the next, as a price per instance does.
    Steps,
}

/// The cost at one task count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Number of tasks.
    pub tasks: u32,
    /// Dollars a month; none where the option has no price, which breaks the line.
    pub usd: Option<f64>,
}

/// A place where another option becomes the cheapest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crossing {
    /// The first task count at which it is.
    pub tasks: f64,
    /// The cost there, in dollars a month.
    pub usd: f64,
    /// The words beside the mark, such as `from 9: EC2`.
    pub label: String,
}

/// The task count of the present scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Present {
    /// Number of tasks.
    pub tasks: f64,
    /// The words beside the mark, such as `4 tasks now`.
    pub label: String,
}

impl Line {
    /// The cost at a number of tasks; none outside the samples and where there is no price.
    pub fn usd_at(&self, tasks: f64) -> Option<f64> {
        let after = self
            .samples
            .partition_point(|sample| f64::from(sample.tasks) <= tasks);
        let before = self.samples.get(after.checked_sub(1)?)?;
        let here = before.usd?;
        let since = tasks - f64::from(before.tasks);
        let Some(next) = self.samples.get(after) else {
            return (since <= 0.0).then_some(here);
        };
        match self.shape {
            Shape::Steps => Some(here),
            Shape::Straight if since <= 0.0 => Some(here),
            Shape::Straight => {
                let length = f64::from(next.tasks) - f64::from(before.tasks);
                Some(here + (next.usd? - here) * since / length)
            }
        }
    }

    fn priced(&self) -> impl DoubleEndedIterator<Item = (usize, f64, f64)> {
        self.samples
            .iter()
            .enumerate()
            .filter_map(|(index, sample)| {
                sample
                    .usd
                    .map(|usd| (index, f64::from(sample.tasks), drawable(usd)))
            })
    }

    fn name(&self) -> Name<'_> {
        Name {
            label: &self.label,
            short_label: &self.short_label,
            is_winner: self.is_winner,
        }
    }

    fn stroke(&self) -> f64 {
        if self.is_winner { 3.0 } else { 2.0 }
    }

    const fn ink(&self) -> Ink {
        Ink::Accent(self.accent, Shade::Full)
    }
}

impl Figure for Curve {
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene {
        let Some(extent) = Extent::of(&self.lines) else {
            let area = Rect::new(0.0, 0.0, size.width(), size.height());
            return Scene {
                marks: figure::message(area, &self.empty, measure),
                ..Scene::blank(size)
            };
        };
        match Frame::new(self, &extent, size, measure) {
            Some(frame) => frame.scene(size),
            None => Scene::blank(size),
        }
    }
}
