//! A key to fills: a swatch and a name each, in as many lines as the width asks for.

use crate::{
    cast,
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
pub(crate) struct Legend {
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
    /// Entries of kinds with their names, in a figure of a width with so much space at its sides.
    pub(crate) fn new<'a>(
        names: impl Iterator<Item = (usize, &'a str)>,
        (width, padding): (f64, f64),
        measure: &dyn Measure,
    ) -> Self {
        let mut entries = Vec::new();
        let (mut x, mut line) = (padding, 0);
        let room = width - 2.0 * padding - SWATCH_PX - SWATCH_GAP_PX;
        for (kind, name) in names {
            let name = Style::SMALL.shortened(name, room, measure);
            let entry_width = SWATCH_PX + SWATCH_GAP_PX + Style::SMALL.width(&name, measure);
            if x > padding && x + entry_width > width - padding {
                x = padding;
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

    pub(crate) fn height(&self) -> f64 {
        if self.lines == 0 {
            0.0
        } else {
            cast::count(self.lines) * LINE_PX + BELOW_PX
        }
    }

    /// The key with its top at `top`; `fill` fills the swatch of a kind.
    pub(crate) fn marks(
        &self,
        top: f64,
        fill: &dyn Fn(Rect, usize) -> Vec<Mark>,
        measure: &dyn Measure,
    ) -> Vec<Mark> {
        let mut marks = Vec::new();
        for entry in &self.entries {
            let y = top + (cast::count(entry.line) + 0.5) * LINE_PX;
            let swatch = Rect::new(entry.x, y - SWATCH_PX / 2.0, SWATCH_PX, SWATCH_PX);
            marks.extend(fill(swatch, entry.kind));
            let at = Point::new(swatch.right() + SWATCH_GAP_PX, y);
            let name = Style::SMALL.set(&entry.name, at, Align::Start, f64::INFINITY, measure);
            marks.extend(name.map(Mark::Text));
        }
        marks
    }
}
