//! The display list: what a layout produces and the painter paints.
//!
//! A scene knows places and meanings, never colours: each mark names an [`Ink`], which a
//! [`Theme`](crate::Theme) turns into a colour.

use crate::{
    accent::{Accent, Dash},
    geometry::{Point, Rect, Size},
    hit::Hits,
};

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The ground of the figure.
    Surface,
    /// A row or area that stands out from the ground, quietly.
    Band,
    /// Words and marks to be read first.
    Text,
    /// Words to be read second.
    Muted,
    /// Hairlines that guide the eye.
    Grid,
    /// The colour of an option.
    Accent(Accent, Shade),
}

/// How strong an accent is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shade {
    /// The accent itself.
    Full,
    /// About two thirds of it.
    Mid,
    /// About a third.
    Soft,
    /// A breath of it.
    Faint,
}

/// How heavy text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    #[default]
    Regular,
    /// What matters most.
    Bold,
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// Which way the stripes of a hatch lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lean {
    /// Like a slash.
    Forward,
    /// Like a backslash.
    Back,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The words, already shortened to fit.
    pub words: String,
    /// The aligned end on the middle line of the text.
    pub at: Point,
    /// Which end stands at `at`.
    pub align: Align,
    /// Font size in CSS pixels.
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
    /// Its colour.
    pub ink: Ink,
    /// Width in CSS pixels, as measured by the layout.
    pub width: f64,
}

impl Text {
    /// The box that the text takes: its measured width, and 1.2 times its size in height.
    pub fn area(&self) -> Rect {
        let x = match self.align {
            Align::Start => self.at.x,
            Align::Middle => self.at.x - self.width / 2.0,
            Align::End => self.at.x - self.width,
        };
        Rect::new(x, self.at.y - 0.6 * self.size, self.width, 1.2 * self.size)
    }
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A filled rectangle.
    Rect {
        /// Where.
        area: Rect,
        /// Its colour.
        ink: Ink,
    },
    /// The outline of a rectangle, drawn inside its edges.
    Frame {
        /// Where.
        area: Rect,
        /// Its colour.
        ink: Ink,
        /// Width of the outline in CSS pixels.
        stroke: f64,
    },
    /// Diagonal stripes clipped to a rectangle.
    Hatch {
        /// Where.
        area: Rect,
        /// Their colour.
        ink: Ink,
        /// Which way they lean.
        lean: Lean,
    },
    /// A line through points. A straight one along an axis is painted crisp at any pixel ratio.
    Line {
        /// The points, in order.
        path: Vec<Point>,
        /// Its colour.
        ink: Ink,
        /// Width in CSS pixels.
        stroke: f64,
        /// Whether it is broken.
        dash: Dash,
    },
    /// A filled disc.
    Dot {
        /// Its centre.
        center: Point,
        /// Its radius in CSS pixels.
        radius: f64,
        /// Its colour.
        ink: Ink,
    },
    /// One line of text.
    Text(Text),
}

/// A figure laid out: marks from back to front, and what can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The size it was laid out for.
    pub size: Size,
    /// What to paint, from back to front.
    pub marks: Vec<Mark>,
    /// What can be pointed at and stepped through.
    pub hits: Hits,
}

impl Scene {
    /// A scene with nothing on it.
    pub const fn blank(size: Size) -> Self {
        Self {
            size,
            marks: Vec::new(),
            hits: Hits::none(),
        }
    }

    /// The texts of the scene, from back to front.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}
