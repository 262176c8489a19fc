//! One tile: how many instances, what stands on each, and a bar for each dimension.

use super::{Part, Tile, What, fill::fill, plan::Plan};
use crate::{
    cast,
    geometry::{Point, Rect},
    scene::{Align, Ink, Mark},
    typeset::Style,
};

/// Space inside the frame of a tile.
const INSIDE_PX: f64 = 8.0;
/// Height of the line with count and label.
const HEAD_PX: f64 = 20.0;
/// Height of the row of a bar.
const ROW_PX: f64 = 18.0;
/// Height of a bar.
const BAR_PX: f64 = 12.0;
/// Space between count and label, and between a dimension's name and its bar.
const GAP_PX: f64 = 6.0;
/// How far the edge of the instances behind a tile is seen.
const BEHIND_PX: f64 = 3.0;
/// Boxes of single tasks are at least this wide, the ground between them included.
const LEAST_BOX_PX: f64 = 4.0;
/// The ground that shows between two tasks.
const SEAM_PX: f64 = 1.0;
/// Of what is narrower than this nothing is drawn.
const LEAST_PX: f64 = 0.5;

/// Height of a tile with so many bars.
pub(super) fn height(bars: usize) -> f64 {
    2.0 * INSIDE_PX + HEAD_PX + cast::count(bars) * ROW_PX
}

impl Plan<'_> {
    /// Draws a tile into its box.
    pub(super) fn tile(&self, marks: &mut Vec<Mark>, tile: &Tile, area: Rect) {
        if tile.count > 1 {
            marks.extend(behind(area));
        }
        marks.push(Mark::Rect {
            area,
            ink: Ink::Surface,
        });
        marks.push(Mark::Frame {
            area,
            ink: Ink::Grid,
            stroke: 1.0,
        });
        let inside = area.grown(-INSIDE_PX);
        self.head(marks, tile, inside);
        let left = inside.x + self.names_width + if self.names_width > 0.0 { GAP_PX } else { 0.0 };
        for (index, name) in self.fleet.dimensions.iter().enumerate() {
            let top = inside.y + HEAD_PX + cast::count(index) * ROW_PX;
            let middle = top + ROW_PX / 2.0;
            let at = Point::new(inside.x, middle);
            let name = Style::SMALL.set(name, at, Align::Start, self.names_width, self.measure);
            marks.extend(name.map(Mark::Text));
            let slot = Rect::new(left, middle - BAR_PX / 2.0, inside.right() - left, BAR_PX);
            let parts = tile.bars.get(index).map_or(&[][..], Vec::as_slice);
            self.bar(marks, parts, slot);
        }
    }

    /// How many, and what stands on each.
    fn head(&self, marks: &mut Vec<Mark>, tile: &Tile, inside: Rect) {
        let y = inside.y + HEAD_PX / 2.0 - 2.0;
        let mut x = inside.x;
        let count = format!("{} \u{d7}", grouped(tile.count));
        let style = Style::SMALL.bold_if(true).ink(Ink::Text);
        let count = style.set(
            &count,
            Point::new(x, y),
            Align::Start,
            inside.width,
            self.measure,
        );
        if let Some(count) = count {
            x = count.area().right() + GAP_PX;
            marks.push(Mark::Text(count));
        }
        let room = inside.right() - x;
        let at = Point::new(x, y);
        let label = Style::SMALL.set(&tile.label, at, Align::Start, room, self.measure);
        marks.extend(label.map(Mark::Text));
    }

    /// One dimension from left to right.
    fn bar(&self, marks: &mut Vec<Mark>, parts: &[Part], slot: Rect) {
        let all: f64 = parts.iter().map(share).sum();
        let scale = slot.width / all.max(1.0);
        let mut x = slot.x;
        for part in parts {
            let width = share(part) * scale;
            let area = Rect::new(x, slot.y, width, slot.height);
            x += width;
            if width < LEAST_PX {
                continue;
            }
            let boxes = match part.what {
                What::Tasks(_) => boxes(part.count, width),
                _ => 1,
            };
            let each = width / cast::count(boxes);
            for index in 0..boxes {
                let from = area.x + cast::count(index) * each;
                let seam = if boxes > 1 || part.what != What::Idle {
                    SEAM_PX
                } else {
                    0.0
                };
                let one = Rect::new(from, area.y, (each - seam).max(LEAST_PX), area.height);
                marks.extend(fill(one, self.fleet.accent, part.what));
            }
        }
    }
}

/// How many boxes show so many tasks in a width: each its own, or all as one where they would be too
/// narrow to count.
fn boxes(tasks: u64, width: f64) -> usize {
    let tasks = usize::try_from(tasks).unwrap_or(usize::MAX);
    if tasks >= 1 && cast::count(tasks) * LEAST_BOX_PX <= width {
        tasks
    } else {
        1
    }
}

/// The edges of instances behind a tile: at its top and right.
fn behind(area: Rect) -> [Mark; 2] {
    let (top, right) = (area.y - BEHIND_PX, area.right() + BEHIND_PX);
    let line = |path: Vec<Point>| Mark::Line {
        path,
        ink: Ink::Grid,
        stroke: 1.0,
        dash: crate::accent::Dash::Solid,
    };
    [
        line(vec![
            Point::new(area.x + BEHIND_PX, top),
            Point::new(right, top),
        ]),
        line(vec![
            Point::new(right, top),
            Point::new(right, area.bottom() - BEHIND_PX),
        ]),
    ]
}

/// A share that can be drawn: what is no number or negative takes nothing.
fn share(part: &Part) -> f64 {
    if part.share.is_nan() {
        0.0
    } else {
        cast::within(part.share, 0.0, 1e6)
    }
}

/// A count with its thousands apart.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}
