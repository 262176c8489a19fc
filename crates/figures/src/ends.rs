//! Names at the right ends of lines, moved apart, with a leader where one had to move.

use crate::{
    accent::{Accent, Dash},
    declutter,
    figure::{self, hairline},
    geometry::{Point, Rect},
    measure::Measure,
    order,
    scene::{Align, Ink, Mark, Shade},
    typeset::{SMALL_PX, Style},
};

/// Space between the names at the ends of lines.
const PITCH_PX: f64 = 16.0;
/// From the end of a line to its name: room for a leader.
const LEADER_PX: f64 = 16.0;
/// Space between the names and the edge.
const EDGE_PX: f64 = 4.0;
/// Names take at most this share of the width.
const SHARE: f64 = 0.34;
/// From this share on, the short names are used.
const LONG_SHARE: f64 = 0.26;

/// What a line is called.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) label: &'a str,
    /// For narrow figures; empty to use `label`.
    pub(crate) short_label: &'a str,
    pub(crate) is_winner: bool,
}

impl Name<'_> {
    fn style(&self) -> Style {
        Style::SMALL.ink(Ink::Text).bold_if(self.is_winner)
    }

    fn words(&self, is_short: bool) -> &str {
        if is_short && !self.short_label.is_empty() {
            self.short_label
        } else {
            self.label
        }
    }
}

/// The end of a line.
#[derive(Clone, Copy)]
pub(crate) struct End<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) accent: Accent,
    pub(crate) at: Point,
}

/// The column of names right of a plot.
pub(crate) struct Ends {
    width: f64,
    has_short_names: bool,
}

impl Ends {
    /// As wide as the names ask for in a figure of a width; short names where the long ones ask for
    /// too much.
    pub(crate) fn new(names: &[Name<'_>], width: f64, measure: &dyn Measure) -> Self {
        let widest = |is_short| {
            names
                .iter()
                .map(|name| name.style().width(name.words(is_short), measure))
                .fold(0.0, f64::max)
        };
        let long: f64 = widest(false);
        if long <= width * LONG_SHARE {
            Self {
                width: long.ceil(),
                has_short_names: false,
            }
        } else {
            Self {
                width: widest(true).min(width * SHARE).ceil(),
                has_short_names: true,
            }
        }
    }

    /// What the column takes of the width, from the plot to the edge.
    pub(crate) const fn width(&self) -> f64 {
        LEADER_PX + self.width + EDGE_PX
    }

    /// The names, those of crowded ends left out: they can still be pointed at.
    pub(crate) fn marks(&self, ends: Vec<End<'_>>, plot: Rect, measure: &dyn Measure) -> Vec<Mark> {
        let mut marks = Vec::new();
        let (low, high) = (plot.y + 2.0, plot.bottom() - 2.0);
        let ends = if ends.len() > declutter::room(PITCH_PX, low, high) {
            uncrowded(&ends)
        } else {
            ends
        };
        let ends = order::sorted(&ends, |a, b| a.at.y.total_cmp(&b.at.y));
        let wanted: Vec<f64> = ends.iter().map(|end| end.at.y).collect();
        let placed = declutter::spread(&wanted, PITCH_PX, low, high);
        let left = plot.right() + LEADER_PX;
        for (end, y) in ends.into_iter().zip(placed) {
            let mut start = end.at;
            if start.x < plot.right() - 1.0 {
                // The line stopped early: the way to its name must not look like the line.
                start = Point::new(plot.right(), end.at.y);
                marks.push(Mark::Line {
                    path: vec![end.at, start],
                    ink: Ink::Muted,
                    stroke: figure::HAIRLINE_PX,
                    dash: Dash::Dotted,
                });
            }
            let ink = Ink::Accent(end.accent, Shade::Mid);
            marks.push(hairline(start, Point::new(left - 4.0, y), ink));
            let words = end.name.words(self.has_short_names);
            let at = Point::new(left, y);
            let style = end.name.style();
            let label = style.set(words, at, Align::Start, self.width, measure);
            marks.extend(label.map(Mark::Text));
        }
        marks
    }
}

/// The ends that are apart by themselves, the winner's first.
fn uncrowded<'a>(ends: &[End<'a>]) -> Vec<End<'a>> {
    let ends = order::sorted(ends, |a, b| b.name.is_winner.cmp(&a.name.is_winner));
    let mut apart: Vec<End<'a>> = Vec::new();
    for end in ends {
        let is_near = |other: &End<'_>| (other.at.y - end.at.y).abs() < PITCH_PX;
        if !apart.iter().any(is_near) {
            apart.push(end);
        }
    }
    apart
}

const _: () = assert!(PITCH_PX >= 1.2 * SMALL_PX, "names of neighbours touch");
