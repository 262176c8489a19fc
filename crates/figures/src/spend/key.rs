//! The key to the fills: a swatch and a name for each bill line that occurs.

use super::{
    Spend,
    bar::fill,
    plan::{Column, PADDING_PX},
};
use crate::{
    accent::Accent,
    cast,
    figure::drawable,
    geometry::{Point, Rect},
    measure::Measure,
    scene::{Align, Mark},
    typeset::Style,
};

const SWATCH_PX: f64 = 12.0;
const SWATCH_GAP_PX: f64 = 6.0;
const BETWEEN_PX: f64 = 18.0;
const LINE_PX: f64 = 20.0;
const BELOW_PX: f64 = 8.0;

/// The entries with their places.
pub(super) struct Legend {
    entries: Vec<Entry>,
    lines: usize,
}

struct Entry {
    kind: usize,
    name: String,
    x: f64,
    line: usize,
}

impl Legend {
    pub(super) fn new(spend: &Spend, width: f64, measure: &dyn Measure) -> Self {
        let occurs = |kind: usize| {
            let segments = spend.rows.iter().flat_map(|row| &row.segments);
            segments
                .into_iter()
                .any(|segment| segment.kind == kind && drawable(segment.usd) > 0.0)
        };
        let mut entries = Vec::new();
        let (mut x, mut line) = (PADDING_PX, 0);
        let room = width - 2.0 * PADDING_PX - SWATCH_PX - SWATCH_GAP_PX;
        for (kind, name) in spend
            .kinds
            .iter()
            .enumerate()
            .filter(|&(kind, _)| occurs(kind))
        {
            let name = Style::SMALL.shortened(name, room, measure);
            let entry_width = SWATCH_PX + SWATCH_GAP_PX + Style::SMALL.width(&name, measure);
            if x > PADDING_PX && x + entry_width > width - PADDING_PX {
                x = PADDING_PX;
                line += 1;
            }
            entries.push(Entry {
                kind,
                name,
                x,
                line,
            });
            x += entry_width + BETWEEN_PX;
        }
        let lines = if entries.is_empty() { 0 } else { line + 1 };
        Self { entries, lines }
    }

    pub(super) fn height(&self) -> f64 {
        if self.lines == 0 {
            0.0
        } else {
            cast::count(self.lines) * LINE_PX + BELOW_PX
        }
    }

    /// Places the key at the top of a figure, if it leaves room for anything else.
    pub(super) fn place(&self, column: &mut Column, figure_height: f64, measure: &dyn Measure) {
        if self.height() > figure_height / 2.0 {
            return;
        }
        for entry in &self.entries {
            let y = column.y + (cast::count(entry.line) + 0.5) * LINE_PX;
            let swatch = Rect::new(entry.x, y - SWATCH_PX / 2.0, SWATCH_PX, SWATCH_PX);
            column
                .marks
                .extend(fill(swatch, Accent::Neutral, entry.kind));
            let at = Point::new(swatch.right() + SWATCH_GAP_PX, y);
            let name = Style::SMALL.set(&entry.name, at, Align::Start, f64::INFINITY, measure);
            column.marks.extend(name.map(Mark::Text));
        }
        column.y += self.height();
    }
}
