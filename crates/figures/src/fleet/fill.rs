//! How parts of an instance are filled.

use super::What;
use crate::{
    accent::Accent,
    geometry::Rect,
    scene::{Ink, Lean, Mark, Shade},
};

/// The fill of a part: tasks in the option's colour, by service in strength; daemons and the system
/// in grey; hatched where nothing stands.
pub(super) fn fill(area: Rect, accent: Accent, what: What) -> Vec<Mark> {
    let ground = |ink| Mark::Rect { area, ink };
    let frame = |ink| Mark::Frame {
        area,
        ink,
        stroke: 1.0,
    };
    let of = |shade| Ink::Accent(accent, shade);
    let grey = |shade| Ink::Accent(Accent::Neutral, shade);
    match what {
        What::Tasks(service) => match service % 4 {
            0 => vec![ground(of(Shade::Full))],
            1 => vec![ground(of(Shade::Soft))],
            2 => vec![ground(of(Shade::Mid))],
            _ => vec![ground(of(Shade::Faint)), frame(of(Shade::Full))],
        },
        What::System => vec![ground(grey(Shade::Soft))],
        What::Daemons => vec![ground(grey(Shade::Full))],
        What::Idle => vec![
            ground(Ink::Surface),
            Mark::Hatch {
                area,
                ink: grey(Shade::Mid),
                lean: Lean::Forward,
            },
            frame(grey(Shade::Soft)),
        ],
    }
}
