//! The marks of a row of odds, and the same marks in its key.

use super::Row;
use crate::{
    accent::Accent,
    figure,
    geometry::{Point, Rect},
    scene::{Ink, Mark, Shade},
};

/// Height of bars and bands.
pub(super) const BAR_PX: f64 = 10.0;
/// Height and width of the stroke of the middle case.
pub(super) const MIDDLE_HIGH_PX: f64 = 16.0;
const MIDDLE_PX: f64 = 3.0;
/// A bar of any share is at least this long.
const STUB_PX: f64 = 2.0;
const RING_PX: f64 = 4.5;

/// A bar of the share in front of that of all cases; returns where it ends.
pub(super) fn share(row: &Row, track: Rect, marks: &mut Vec<Mark>) -> f64 {
    let grey = Ink::Accent(Accent::Neutral, Shade::Soft);
    // On a row that stands out the ground of a bar would not be seen: an outline is, on every one.
    marks.push(Mark::Frame {
        area: track,
        ink: grey,
        stroke: figure::HAIRLINE_PX,
    });
    if row.length() <= 0.0 {
        return track.x;
    }
    let width = (row.length() * track.width).max(STUB_PX);
    marks.push(Mark::Rect {
        area: Rect { width, ..track },
        ink: Ink::Accent(row.accent, Shade::Full),
    });
    track.x + width
}

/// The band from a low to a high end, and the stroke of the middle case.
pub(super) fn band(
    accent: Accent,
    (left, right): (f64, f64),
    middle: f64,
    y: f64,
    marks: &mut Vec<Mark>,
) {
    let area = Rect::new(left, y - BAR_PX / 2.0, right - left, BAR_PX);
    if area.width >= 1.0 {
        marks.push(Mark::Rect {
            area,
            ink: Ink::Accent(accent, Shade::Soft),
        });
        marks.push(Mark::Frame {
            area,
            ink: Ink::Accent(accent, Shade::Full),
            stroke: figure::HAIRLINE_PX,
        });
    }
    let stroke = Rect::new(
        middle - MIDDLE_PX / 2.0,
        y - MIDDLE_HIGH_PX / 2.0,
        MIDDLE_PX,
        MIDDLE_HIGH_PX,
    );
    marks.push(Mark::Rect {
        area: stroke,
        ink: Ink::Accent(accent, Shade::Full),
    });
}

/// The mark of what something is as set: readable on every colour.
pub(super) fn ring(center: Point, marks: &mut Vec<Mark>) {
    let dots = [
        (RING_PX + 1.5, Ink::Surface),
        (RING_PX, Ink::Text),
        (RING_PX - 1.5, Ink::Surface),
    ];
    marks.extend(dots.map(|(radius, ink)| Mark::Dot {
        center,
        radius,
        ink,
    }));
}

/// The key shows each mark as it is.
pub(super) fn swatch(area: Rect, kind: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let Point { x, y } = area.center();
    match kind {
        0 => {
            let area = Rect::new(area.x, y - BAR_PX / 2.0, area.width, BAR_PX);
            let ink = |shade| Ink::Accent(Accent::Neutral, shade);
            marks.push(Mark::Rect {
                area,
                ink: ink(Shade::Soft),
            });
            marks.push(Mark::Frame {
                area,
                ink: ink(Shade::Full),
                stroke: figure::HAIRLINE_PX,
            });
        }
        1 => band(Accent::Neutral, (x, x), x, y, &mut marks),
        _ => ring(area.center(), &mut marks),
    }
    marks
}
