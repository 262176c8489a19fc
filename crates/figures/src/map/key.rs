//! The keys of a map: to its classes, and to how strongly cells are painted.

use super::{
    Cell, Map, number, step, step_shade,
    zone::{Zone, Zones},
};
use crate::{
    accent::Accent,
    figure,
    legend::Legend,
    measure::Measure,
    scene::{Ink, Mark, Shade},
};

/// Two keys, one below the other.
pub(super) struct Keys {
    /// As long as it can become: every class with a number.
    classes: Legend,
    fills: Legend,
}

/// What the key to fills speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    Step(usize),
    Guessed,
    Nobody,
    Unknown,
}

/// The order of the key to fills.
const FILLS: [Fill; 6] = [
    Fill::Step(0),
    Fill::Step(1),
    Fill::Step(2),
    Fill::Guessed,
    Fill::Nobody,
    Fill::Unknown,
];

impl Keys {
    /// Keys in a figure of a width with so much space at its sides.
    pub(super) fn new(
        (map, zones): (&Map, &Zones),
        room: (f64, f64),
        measure: &dyn Measure,
    ) -> Self {
        let names = &map.names;
        let [few, some, many] = &names.steps;
        let words = [
            few,
            some,
            many,
            &names.guessed,
            &names.nobody,
            &names.unknown,
        ];
        let entries = words.into_iter().enumerate().zip(occurring(map));
        let entries = entries
            .filter(|((_, name), occurs)| *occurs && !name.trim().is_empty())
            .map(|((index, name), _)| (index, name.as_str()));
        Self {
            classes: classes((map, zones), |_| true, room, measure),
            fills: Legend::new(entries, room, measure),
        }
    }

    pub(super) fn height(&self) -> f64 {
        self.classes.height() + self.fills.height()
    }

    /// The keys at the top of the figure; classes that are only numbered on the map have their number.
    pub(super) fn marks(
        &self,
        (map, zones): (&Map, &Zones),
        numbered: &[usize],
        room: (f64, f64),
        measure: &dyn Measure,
    ) -> Vec<Mark> {
        let is_numbered = |class| numbered.contains(&class);
        let swatch = |area, class: usize| {
            let ink = Ink::Accent(map.accent(class), Shade::Full);
            vec![Mark::Rect { area, ink }]
        };
        let classes = classes((map, zones), is_numbered, room, measure);
        let mut marks = classes.marks(0.0, &swatch, measure);
        let swatch = |area, index: usize| {
            let ink = match FILLS.get(index) {
                Some(Fill::Step(step)) => Ink::Accent(Accent::Neutral, step_shade(*step)),
                Some(Fill::Guessed) => Ink::Accent(Accent::Neutral, Shade::Faint),
                Some(Fill::Nobody) => Ink::Surface,
                Some(Fill::Unknown) | None => Ink::Band,
            };
            let frame = Mark::Frame {
                area,
                ink: Ink::Muted,
                stroke: figure::HAIRLINE_PX,
            };
            vec![Mark::Rect { area, ink }, frame]
        };
        marks.extend(self.fills.marks(self.classes.height(), &swatch, measure));
        marks
    }
}

/// The classes that win somewhere.
fn classes(
    (map, zones): (&Map, &Zones),
    is_numbered: impl Fn(usize) -> bool,
    room: (f64, f64),
    measure: &dyn Measure,
) -> Legend {
    let classes = map.classes.iter().enumerate();
    let entries: Vec<(usize, String)> = classes
        .filter(|&(index, _)| zones.has(Zone::Class(index)))
        .map(|(index, class)| {
            let words = if is_numbered(index) {
                [&number(index), " ", &class.label].concat()
            } else {
                class.label.clone()
            };
            (index, words)
        })
        .collect();
    let entries = entries
        .iter()
        .map(|(index, words)| (*index, words.as_str()));
    Legend::new(entries, room, measure)
}

/// Which of the fills are somewhere.
fn occurring(map: &Map) -> [bool; FILLS.len()] {
    let mut occurring = [false; FILLS.len()];
    for row in 0..map.rows() {
        for column in 0..map.columns() {
            let fill = match map.cell(column, row) {
                Cell::Unknown => Fill::Unknown,
                Cell::Guessed(_) => Fill::Guessed,
                Cell::Nobody => Fill::Nobody,
                Cell::Won { margin, .. } => Fill::Step(step(margin)),
            };
            for (occurs, other) in occurring.iter_mut().zip(FILLS) {
                *occurs |= other == fill;
            }
        }
    }
    occurring
}
