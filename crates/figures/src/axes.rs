//! The axes of a plot: money upwards, anything to the right.

use crate::{
    cast,
    figure::hairline,
    geometry::{Point, Rect},
    measure::Measure,
    scale::Scale,
    scene::{Align, Ink, Mark},
    ticks::{self, Tick},
    typeset::{SMALL_LINE_PX, Style},
};

/// Height below a plot for the labels of the axis and its name.
pub(crate) const BELOW_PX: f64 = 2.0 * SMALL_LINE_PX + FOOT_GAP_PX;
/// From the plot to the labels of the upright axis.
const TICK_GAP_PX: f64 = 8.0;
/// From the plot to the labels of the level axis.
const FOOT_GAP_PX: f64 = 6.0;
/// Length of a tick below the plot.
const FOOT_PX: f64 = 4.0;
/// Space kept free at each side of a label of the level axis.
const CLEAR_PX: f64 = 6.0;
/// Money has a tick for at least this height, other things one for this width.
const MONEY_PITCH_PX: f64 = 44.0;
const LEVEL_PITCH_PX: f64 = 56.0;

/// An axis of money from nothing up to the highest amount.
pub(crate) struct MoneyAxis {
    pub(crate) top_usd: f64,
    pub(crate) ticks: Vec<Tick>,
}

impl MoneyAxis {
    /// Ticks for a plot of a height; all zero has one, at the foot.
    pub(crate) fn new(highest_usd: f64, plot_height: f64) -> Self {
        if highest_usd <= 0.0 {
            return Self {
                top_usd: 1.0,
                ticks: ticks::money(0.0, 0.0, 1),
            };
        }
        let top_usd = highest_usd * 1.04;
        Self {
            top_usd,
            ticks: ticks::money(0.0, top_usd, money_ticks(plot_height)),
        }
    }

    pub(crate) fn scale(&self, plot: Rect) -> Scale {
        Scale::new((0.0, self.top_usd), (plot.bottom(), plot.y))
    }
}

/// The interval that shows amounts well: from nothing where the lowest is near it, else with a margin
/// around them. A single amount has room on both sides.
pub(crate) fn around(low_usd: f64, high_usd: f64) -> (f64, f64) {
    const NEAR_NOTHING: f64 = 0.4;
    const MARGIN: f64 = 0.08;
    if high_usd <= 0.0 {
        return (0.0, 1.0);
    }
    if low_usd < NEAR_NOTHING * high_usd {
        return (0.0, high_usd * (1.0 + MARGIN));
    }
    let length = high_usd - low_usd;
    // Amounts that are the same, or as good as: a tenth of them around.
    let margin = if length > high_usd / 1_000.0 {
        length * MARGIN
    } else {
        high_usd / 10.0
    };
    ((low_usd - margin).max(0.0), high_usd + margin)
}

/// How many ticks of money a height has room for: two where their labels are just apart.
pub(crate) fn money_ticks(height: f64) -> usize {
    const TWO_PX: f64 = 36.0;
    if height < TWO_PX {
        return 1;
    }
    cast::to_usize(height / MONEY_PITCH_PX).clamp(2, 7)
}

/// How many ticks a width has room for.
pub(crate) fn level_ticks(width: f64) -> usize {
    cast::to_usize(width / LEVEL_PITCH_PX).clamp(2, 12)
}

/// The width of the labels beside a plot, with the gap between them and it.
pub(crate) fn gutter(ticks: &[Tick], measure: &dyn Measure) -> f64 {
    let widths = ticks
        .iter()
        .map(|tick| Style::SMALL.width(&tick.label, measure));
    widths.fold(0.0, f64::max) + TICK_GAP_PX
}

/// A guide across the plot for each tick, and its label left of it. Nothing is written more strongly
/// than something.
pub(crate) fn upright(
    ticks: &[Tick],
    scale: Scale,
    plot: Rect,
    measure: &dyn Measure,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for tick in ticks {
        let y = scale.px(tick.value);
        let is_base = tick.value <= 0.0;
        let ink = if is_base { Ink::Muted } else { Ink::Grid };
        let (left, right) = (plot.x, plot.right());
        marks.push(hairline(Point::new(left, y), Point::new(right, y), ink));
        let at = Point::new(left - TICK_GAP_PX, y);
        let label = Style::SMALL.set(&tick.label, at, Align::End, f64::INFINITY, measure);
        marks.extend(label.map(Mark::Text));
    }
    marks
}

/// The labels below a plot, from the one that matters most to the one that matters least: each that
/// keeps apart from those before it, and inside the figure, whose right edge is at `right`.
pub(crate) fn level(
    ticks: impl Iterator<Item = Tick>,
    scale: Scale,
    (plot, right): (Rect, f64),
    measure: &dyn Measure,
) -> Vec<Mark> {
    let baseline = plot.bottom();
    let middle = baseline + FOOT_GAP_PX + SMALL_LINE_PX / 2.0;
    let mut marks = Vec::new();
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for tick in ticks {
        let x = scale.px(tick.value);
        let half = Style::SMALL.width(&tick.label, measure) / 2.0;
        let (from, to) = (x - half - CLEAR_PX, x + half + CLEAR_PX);
        let is_inside = from + CLEAR_PX >= 0.0 && to - CLEAR_PX <= right;
        if !is_inside || taken.iter().any(|&(start, end)| from < end && start < to) {
            continue;
        }
        taken.push((from, to));
        let foot = Point::new(x, baseline + FOOT_PX);
        marks.push(hairline(Point::new(x, baseline), foot, Ink::Muted));
        let at = Point::new(x, middle);
        let label = Style::SMALL.set(&tick.label, at, Align::Middle, f64::INFINITY, measure);
        marks.extend(label.map(Mark::Text));
    }
    marks
}

/// The name of the level axis, below its labels.
pub(crate) fn level_name(name: &str, plot: Rect, measure: &dyn Measure) -> Option<Mark> {
    let y = plot.bottom() + FOOT_GAP_PX + 1.5 * SMALL_LINE_PX;
    let at = Point::new(plot.right(), y);
    let name = Style::SMALL.set(name, at, Align::End, plot.right(), measure);
    name.map(Mark::Text)
}
