//! Spend by option: a bar per option, stacked by bill line, and below them, set apart, the options
//! that have no bar, each with its reason.

mod bar;
mod plan;

use self::plan::{PADDING_PX, Plan};
use crate::{
    accent::Accent,
    cast,
    figure::{self, EMPTY_PX, Figure, drawable},
    geometry::{Rect, Size},
    measure::Measure,
    scene::Scene,
    typeset::Style,
};

/// What every option costs a month, by bill line.
///
/// The order of rows is the caller's. In the [`Key`](crate::Key)s of a scene `series` counts the rows first
/// and goes on through those set apart; `item` is the segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spend {
    /// The names of the bill lines, in the order in which they are stacked. Their fills differ in
    /// strength and texture for the first six, and repeat after that.
    pub kinds: Vec<String>,
    /// The options that have a price.
    pub rows: Vec<Row>,
    /// The heading over the options set apart; empty for none.
    pub apart_title: String,
    /// The options without a price or ruled out.
    pub apart: Vec<Apart>,
    /// What to say when no option has a price.
    pub empty: String,
}

/// One option with a price.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The option's name.
    pub label: String,
    /// Whose colour it has.
    pub accent: Accent,
    /// What stands behind the bar, such as `$143.20`.
    pub total: String,
    /// Whether it is the answer: bold, on a band.
    pub is_winner: bool,
    /// The parts of the bar.
    pub segments: Vec<Segment>,
    /// How low and high the total may turn out, in dollars a month.
    pub range: Option<(f64, f64)>,
}

/// One bill line of an option.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Segment {
    /// Which of [`Spend::kinds`].
    pub kind: usize,
    /// Dollars a month; less than 0 is drawn as 0.
    pub usd: f64,
}

/// One option without a bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Apart {
    /// The option's name.
    pub label: String,
    /// Why it has no bar.
    pub reason: String,
}

impl Row {
    fn usd(&self) -> f64 {
        self.segments
            .iter()
            .map(|segment| drawable(segment.usd))
            .sum()
    }

    /// The longest mark of the row, in dollars.
    fn reach(&self) -> f64 {
        self.range
            .map_or(0.0, |(_, high)| drawable(high))
            .max(self.usd())
    }

    fn style(&self) -> Style {
        Style::BODY.bold_if(self.is_winner)
    }
}

impl Spend {
    /// The height in CSS pixels at which every row has the space it likes.
    pub fn natural_height(&self, width: f64, measure: &dyn Measure) -> f64 {
        let plan = Plan::new(self, Size::new(width, 0.0), measure);
        let rows = cast::count(self.rows.len()) * plan.natural_row();
        let bars = if self.rows.is_empty() { EMPTY_PX } else { rows };
        (plan.key.height() + bars + plan.apart_height()).ceil()
    }
}

impl Figure for Spend {
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene {
        let whole = Rect::new(0.0, 0.0, size.width(), size.height());
        if self.rows.is_empty() && self.apart.is_empty() {
            return Scene {
                marks: figure::message(whole, &self.empty, measure),
                ..Scene::blank(size)
            };
        }
        if size.width() < 4.0 * PADDING_PX {
            return Scene::blank(size);
        }
        Plan::new(self, size, measure).scene()
    }
}
