//! Diagonal stripes clipped to a rectangle, as one polygon.

use crate::{
    geometry::{Point, Rect},
    scene::Lean,
};

/// Distance between the starts of two stripes, in CSS pixels.
const PITCH_PX: f64 = 6.0;
/// Width of a stripe along the edge, in CSS pixels.
const STRIPE_PX: f64 = 2.0;

/// The corners of one polygon that holds all stripes.
///
/// It is a comb: its back runs along the left and bottom edges, each tooth is a stripe across the
/// rectangle, and between the teeth it has no area. So a hatch is one call of a backend and needs
/// no clipping.
pub(crate) fn stripes(area: Rect, lean: Lean) -> Vec<Point> {
    let Rect { width, height, .. } = area;
    let length = width + height;
    if width <= 0.0 || height <= 0.0 {
        return Vec::new();
    }
    let mut corners = Vec::new();
    let mut back_at = 0.0;
    let mut start = 0.0;
    while start < length {
        let end = (start + STRIPE_PX).min(length);
        // Around the bottom left corner, and around the top right one, in between.
        if back_at < height && height <= start {
            corners.push(back(area, height));
        }
        corners.push(back(area, start));
        corners.push(front(area, start));
        if start < width && width < end {
            corners.push(front(area, width));
        }
        corners.push(front(area, end));
        corners.push(back(area, end));
        back_at = end;
        start += PITCH_PX;
    }
    if back_at > height {
        corners.push(back(area, height));
    }
    if lean == Lean::Back {
        let mirror = area.x + area.right();
        for corner in &mut corners {
            corner.x = mirror - corner.x;
        }
    }
    corners
}

/// The point at a distance along the left edge downwards, then along the bottom edge.
fn back(area: Rect, along: f64) -> Point {
    Point::new(
        area.x + (along - area.height).max(0.0),
        area.y + along.min(area.height),
    )
}

/// The point at a distance along the top edge, then along the right edge downwards.
fn front(area: Rect, along: f64) -> Point {
    Point::new(
        area.x + along.min(area.width),
        area.y + (along - area.width).max(0.0),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Twice the signed area, by the shoelace formula.
    fn doubled_area(corners: &[Point]) -> f64 {
        let next = corners.iter().cycle().skip(1);
        corners
            .iter()
            .zip(next)
            .map(|(a, b)| a.x * b.y - b.x * a.y)
            .sum()
    }

    proptest! {
        #[test]
        fn stripes_stay_inside_and_cover_about_a_third(
            width in 1.0..400.0f64,
            height in 1.0..40.0f64,
            forward: bool,
        ) {
            let area = Rect::new(10.0, 20.0, width, height);
            let lean = if forward { Lean::Forward } else { Lean::Back };
            let corners = stripes(area, lean);
            prop_assert!(corners.iter().all(|&corner| area.grown(1e-9).contains(corner)));
            let share = doubled_area(&corners).abs() / 2.0 / area.area();
            prop_assert!(share > 0.0 && share <= 1.0 + 1e-9);
            if width > 40.0 && height > 12.0 {
                prop_assert!((share - STRIPE_PX / PITCH_PX).abs() < 0.08, "{share}");
            }
        }
    }
}
