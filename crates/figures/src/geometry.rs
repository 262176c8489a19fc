//! Points, rectangles and sizes in CSS pixels; x grows to the right, y downwards.

/// The largest side of a figure in CSS pixels; beyond it canvases fail in some browsers.
pub const MAX_SIDE_PX: f64 = 8192.0;

/// A place in a figure, in CSS pixels from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the top edge.
    pub y: f64,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// Width and height of a figure in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    width: f64,
    height: f64,
}

impl Size {
    /// A size with both sides brought into `0..=MAX_SIDE_PX`; what is not a number becomes 0.
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            width: side(width),
            height: side(height),
        }
    }

    /// The width.
    pub const fn width(self) -> f64 {
        self.width
    }

    /// The height.
    pub const fn height(self) -> f64 {
        self.height
    }
}

fn side(px: f64) -> f64 {
    if px.is_nan() {
        0.0
    } else {
        crate::cast::within(px, 0.0, MAX_SIDE_PX)
    }
}

/// A rectangle with sides parallel to the axes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width, never negative.
    pub width: f64,
    /// Height, never negative.
    pub height: f64,
}

impl Rect {
    /// A rectangle from its top left corner; negative sides become 0.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width: width.max(0.0),
            height: height.max(0.0),
        }
    }

    /// Right edge.
    pub const fn right(self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge.
    pub const fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Centre.
    pub const fn center(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Area in square pixels.
    pub const fn area(self) -> f64 {
        self.width * self.height
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, point: Point) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// The rectangle grown by `by` pixels on each side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self::new(
            self.x - by,
            self.y - by,
            self.width + 2.0 * by,
            self.height + 2.0 * by,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_brought_into_their_range() {
        assert_eq!(Size::new(f64::NAN, -3.0), Size::new(0.0, 0.0));
        assert_eq!(Size::new(f64::INFINITY, 10.0), Size::new(MAX_SIDE_PX, 10.0));
    }

    #[test]
    fn rectangles_that_share_an_edge_do_not_overlap() {
        let left = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!(!left.overlaps(Rect::new(10.0, 0.0, 10.0, 10.0)));
        assert!(left.overlaps(Rect::new(9.9, 9.9, 10.0, 10.0)));
    }
}
