//! What every figure has in common.

use crate::{
    accent::Dash,
    geometry::{Point, Rect, Size},
    measure::Measure,
    scene::{Align, Ink, Mark, Scene},
    typeset::{SMALL_LINE_PX, Style},
};

/// A figure as data, which can be laid out for any size.
pub trait Figure {
    /// The scene for a size. Never fails: too little room gives less, no data a picture that says so.
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene;
}

/// The height of a figure that fills the width it is given, in CSS pixels.
pub fn frame_height(width: f64) -> f64 {
    crate::cast::within(width * 0.5, 280.0, 420.0)
}

/// The greatest amount a figure draws, in dollars; more is drawn as this.
const MAX_USD: f64 = 1e15;

/// Height of the picture of no data, in CSS pixels.
pub(crate) const EMPTY_PX: f64 = 72.0;

/// Numbers that differ by less than this share of themselves are drawn as one.
pub(crate) const LEAST_SPAN: f64 = 1e-6;

/// Width of a hairline in CSS pixels.
pub(crate) const HAIRLINE_PX: f64 = 1.0;

/// An amount as a length: what is not a number or is negative has none.
pub(crate) fn drawable(usd: f64) -> f64 {
    if usd.is_nan() {
        0.0
    } else {
        crate::cast::within(usd, 0.0, MAX_USD)
    }
}

/// A straight line one CSS pixel wide.
pub(crate) fn hairline(from: Point, to: Point, ink: Ink) -> Mark {
    Mark::Line {
        path: vec![from, to],
        ink,
        stroke: HAIRLINE_PX,
        dash: Dash::Solid,
    }
}

/// Height of the line that says how much is left out.
pub(crate) const MORE_PX: f64 = 20.0;

/// How many rows have no place, in a line from `top` at `left`; nothing where there is none, or no
/// room to say so.
pub(crate) fn more(
    left_out: usize,
    (left, top): (f64, f64),
    size: Size,
    measure: &dyn Measure,
) -> Option<Mark> {
    if left_out == 0 || top + MORE_PX > size.height() + 0.5 {
        return None;
    }
    let at = Point::new(left, top + MORE_PX / 2.0);
    let words = format!("+ {left_out} more");
    let room = size.width() - 2.0 * left;
    let text = Style::SMALL.set(&words, at, Align::Start, room, measure);
    text.map(Mark::Text)
}

/// The picture of no data: the words in the middle of a quiet field.
pub(crate) fn message(area: Rect, words: &str, measure: &dyn Measure) -> Vec<Mark> {
    const PADDING_PX: f64 = 16.0;
    let room = area.grown(-PADDING_PX);
    let most_lines = crate::declutter::room(SMALL_LINE_PX, 0.0, room.height - SMALL_LINE_PX);
    if most_lines == 0 || area.area() <= 0.0 {
        return Vec::new();
    }
    let mut marks = vec![Mark::Rect {
        area,
        ink: Ink::Band,
    }];
    let lines = Style::SMALL.lines(words, room.width, most_lines, measure);
    let height = crate::cast::count(lines.len()) * SMALL_LINE_PX;
    let Point { x, y } = area.center();
    let mut line_y = y - height / 2.0 + SMALL_LINE_PX / 2.0;
    for line in lines {
        let at = Point::new(x, line_y);
        marks.extend(
            Style::SMALL
                .set(&line, at, Align::Middle, room.width, measure)
                .map(Mark::Text),
        );
        line_y += SMALL_LINE_PX;
    }
    marks
}
