//! One stacked bar.

use super::{
    Row,
    plan::{Column, Plan},
};
use crate::{
    accent::Accent,
    figure::{drawable, hairline},
    geometry::{Point, Rect},
    hit::{Datum, Key},
    scene::{Ink, Lean, Mark, Shade},
};

/// The ground shows between segments, so that they are told apart without colour.
const SEAM_PX: f64 = 1.0;
/// A bar of any amount is at least this long.
const STUB_PX: f64 = 2.0;
/// Segments answer to the pointer over at least this width.
const REACHABLE_PX: f64 = 4.0;
/// Half the height of the caps of a whisker.
const CAP_PX: f64 = 4.0;

impl Plan<'_> {
    /// Draws a bar from the left end of `slot` at its height; returns where its marks end.
    pub(super) fn bar(&self, column: &mut Column, key: Key, row: &Row, slot: Rect) -> f64 {
        let mut so_far = 0.0;
        let mut is_drawn = false;
        for (index, segment) in row.segments.iter().enumerate() {
            let usd = drawable(segment.usd);
            let from = self.bars.px(so_far);
            so_far += usd;
            let to = self.bars.px(so_far);
            if usd <= 0.0 {
                continue;
            }
            let is_last = row
                .segments
                .iter()
                .skip(index + 1)
                .all(|later| drawable(later.usd) <= 0.0);
            let seam = if is_last { 0.0 } else { SEAM_PX };
            let area = Rect::new(from, slot.y, to - from - seam, slot.height);
            if area.width >= SEAM_PX / 2.0 {
                column.marks.extend(fill(area, row.accent, segment.kind));
                is_drawn = true;
            }
            let slack = ((REACHABLE_PX - (to - from)) / 2.0).max(0.0);
            let reachable = Rect::new(from - slack, slot.y, to - from + 2.0 * slack, slot.height);
            column.data.push(Datum {
                key: Key::item(key.series, index),
                area: reachable,
                anchor: Point::new(f64::midpoint(from, to), slot.y),
            });
        }
        let mut end = self.bars.px(so_far);
        if so_far > 0.0 && !is_drawn {
            let area = Rect::new(slot.x, slot.y, STUB_PX, slot.height);
            column.marks.extend(fill(area, row.accent, 0));
            end = end.max(area.right());
        }
        if let Some((low, high)) = row.range {
            let (low, high) = (drawable(low), drawable(high));
            if low < high {
                end = end.max(self.whisker(column, (low, high), slot, end));
            }
        }
        end
    }

    /// A line from the low to the high end of a range; returns its right end.
    fn whisker(
        &self,
        column: &mut Column,
        (low, high): (f64, f64),
        slot: Rect,
        bar_end: f64,
    ) -> f64 {
        let (from, to) = (self.bars.px(low), self.bars.px(high));
        let y = slot.center().y;
        let cap = |x: f64| {
            hairline(
                Point::new(x, y - CAP_PX),
                Point::new(x, y + CAP_PX),
                Ink::Text,
            )
        };
        // The ground shows around the line where it lies on the bar.
        let on_bar = Rect::new(from, y - 1.5, bar_end.min(to) - from, 3.0);
        let around_cap = Rect::new(from - 1.5, y - CAP_PX - 1.0, 3.0, 2.0 * CAP_PX + 2.0);
        column
            .marks
            .extend([on_bar, around_cap].map(|area| Mark::Rect {
                area,
                ink: Ink::Surface,
            }));
        column
            .marks
            .push(hairline(Point::new(from, y), Point::new(to, y), Ink::Text));
        column.marks.extend([cap(from), cap(to)]);
        to
    }
}

/// How a bill line is filled: by strength and texture, so that a stack reads without colour.
pub(super) fn fill(area: Rect, accent: Accent, kind: usize) -> Vec<Mark> {
    let ink = |shade| Ink::Accent(accent, shade);
    let ground = |shade| Mark::Rect {
        area,
        ink: ink(shade),
    };
    let hatch = |lean| Mark::Hatch {
        area,
        ink: ink(Shade::Full),
        lean,
    };
    let frame = Mark::Frame {
        area,
        ink: ink(Shade::Full),
        stroke: 1.0,
    };
    match kind % 6 {
        0 => vec![ground(Shade::Full)],
        1 => vec![ground(Shade::Mid)],
        2 => vec![ground(Shade::Faint), hatch(Lean::Forward)],
        3 => vec![ground(Shade::Faint), frame],
        4 => vec![ground(Shade::Soft)],
        _ => vec![ground(Shade::Soft), hatch(Lean::Back)],
    }
}
