//! What has been paid by each month: a line a way to pay, with what is paid upfront as a step, the
//! months in which one has paid back, and what happens on the way.

mod frame;

use self::frame::{Extent, Frame};
use crate::{
    accent::{Accent, Dash},
    ends::Name,
    figure::{self, Figure, drawable},
    geometry::{Rect, Size},
    measure::Measure,
    scene::Scene,
};

/// The latest month that is drawn: a hundred years.
const MOST_MONTHS: f64 = 1_200.0;

/// Cumulative cost of several ways to pay, month by month.
///
/// In the [`Key`](crate::Key)s of a scene `series` is the line and `item` the sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Months {
    /// What the x axis counts, such as `months`.
    pub x_name: String,
    /// What the y axis measures, such as `$ paid so far`.
    pub y_name: String,
    /// One line a way to pay.
    pub lines: Vec<Line>,
    /// Where one line goes below another for good.
    pub paybacks: Vec<Payback>,
    /// What happens on the way.
    pub events: Vec<Event>,
    /// What to say when no line has a sum.
    pub empty: String,
}

/// One way to pay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What it is called.
    pub label: String,
    /// A name for narrow figures; empty to use `label`.
    pub short_label: String,
    /// Whose colour it has.
    pub accent: Accent,
    /// Whether it is broken: lines of one accent are told apart by it.
    pub dash: Dash,
    /// Whether it is the answer: drawn last, heavier, with a bold label.
    pub is_winner: bool,
    /// What has been paid, by rising months; two sums in one month are a payment at once.
    pub sums: Vec<Sum>,
}

/// What has been paid by a point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// Months since the start; 0 to 1,200.
    pub month: f64,
    /// Dollars so far; less than 0 is drawn as 0.
    pub usd: f64,
}

/// A month from which one way has cost less than another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payback {
    /// Months since the start.
    pub month: f64,
    /// What both have cost by then, in dollars.
    pub usd: f64,
    /// The words beside the mark, such as `month 9: pays back`.
    pub label: String,
    /// Words for narrow figures, such as `month 9`; empty for none.
    pub short_label: String,
}

/// Something that happens in a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// Months since the start.
    pub month: f64,
    /// The words beside the mark, such as `month 7: the load halves`.
    pub label: String,
    /// Words for narrow figures, such as `month 7`; empty for none.
    pub short_label: String,
}

impl Line {
    /// The sums that can be drawn, with their index; one that goes back in time is left out.
    fn drawable(&self) -> Vec<(usize, Sum)> {
        let mut kept: Vec<(usize, Sum)> = Vec::new();
        for (index, sum) in self.sums.iter().enumerate() {
            let is_later = kept.last().is_none_or(|(_, last)| last.month <= sum.month);
            if is_later && (0.0..=MOST_MONTHS).contains(&sum.month) {
                let usd = drawable(sum.usd);
                kept.push((index, Sum { usd, ..*sum }));
            }
        }
        kept
    }

    fn name(&self) -> Name<'_> {
        Name {
            label: &self.label,
            short_label: &self.short_label,
            is_winner: self.is_winner,
        }
    }
}

impl Figure for Months {
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
