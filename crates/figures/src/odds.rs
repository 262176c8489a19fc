//! How sure an answer is: in what share of many cases each option wins, and between which amounts its
//! cost lies.

mod glyph;
mod plan;

use self::plan::{PADDING_PX, Plan};
use crate::{
    accent::Accent,
    figure::{self, EMPTY_PX, Figure, drawable},
    geometry::{Rect, Size},
    measure::Measure,
    scene::Scene,
    typeset::Style,
};

/// Options over many cases: how often each wins, and what it costs.
///
/// The order of rows is the caller's. In the [`Key`](crate::Key)s of a scene `series` is the row, and
/// of its items 0 is the share and 1 the cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Odds {
    /// What the shares are of, such as `wins in so many of 2,000 cases`.
    pub share_name: String,
    /// What the axis of money measures, such as `$ a month`.
    pub cost_name: String,
    /// What the marks of the cost are called.
    pub names: Names,
    /// The options.
    pub rows: Vec<Row>,
    /// What to say when there are none.
    pub empty: String,
}

/// The words of the key; what has none is not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The band, such as `90 of 100 cases`.
    pub band: String,
    /// The stroke in it, such as `the middle case`.
    pub middle: String,
    /// The ring, such as `as it is set`.
    pub present: String,
}

/// One option.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The option's name.
    pub label: String,
    /// Whose colour it has.
    pub accent: Accent,
    /// Whether it is the answer: bold, on a band.
    pub is_winner: bool,
    /// The share of cases in which it wins, 0 to 1.
    pub share: f64,
    /// The same in words, such as `1,742 of 2,000`.
    pub cases: String,
    /// What it costs; none where it has no price.
    pub cost: Option<Cost>,
    /// Why it has no cost.
    pub reason: String,
}

/// What an option costs over all cases, in dollars a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// The low end of the band, such as the 5th percentile.
    pub low: f64,
    /// The middle case.
    pub middle: f64,
    /// The high end, such as the 95th percentile.
    pub high: f64,
    /// The cost of the scenario as it is set.
    pub present: Option<f64>,
}

impl Cost {
    /// The same with ends that can be drawn and in order, the middle between them.
    fn drawable(self) -> Self {
        let (one, other) = (drawable(self.low), drawable(self.high));
        let (low, high) = (one.min(other), one.max(other));
        Self {
            low,
            middle: crate::within(drawable(self.middle), low, high),
            high,
            present: self.present.map(drawable),
        }
    }
}

impl Row {
    fn style(&self) -> Style {
        Style::BODY.bold_if(self.is_winner)
    }

    /// The share as a length; what is no number has none.
    fn length(&self) -> f64 {
        crate::within(self.share, 0.0, 1.0)
    }
}

impl Odds {
    /// The height in CSS pixels at which every row has the space it likes.
    pub fn natural_height(&self, width: f64, measure: &dyn Measure) -> f64 {
        if self.rows.is_empty() {
            return EMPTY_PX;
        }
        Plan::new(self, Size::new(width, 0.0), measure)
            .natural_height()
            .ceil()
    }
}

impl Figure for Odds {
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene {
        if self.rows.is_empty() {
            let whole = Rect::new(0.0, 0.0, size.width(), size.height());
            return Scene {
                marks: figure::message(whole, &self.empty, measure),
                ..Scene::blank(size)
            };
        }
        if size.width() < 8.0 * PADDING_PX {
            return Scene::blank(size);
        }
        Plan::new(self, size, measure).scene()
    }
}
