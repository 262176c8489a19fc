//! Points on one slope as one stroke.

use crate::geometry::Point;

/// Points nearer to each other than this are one, in CSS pixels.
pub(crate) const SAME_PX: f64 = 0.25;

/// The run with fewer points, none of them farther from it than can be seen.
///
/// Whole pixels would make a staircase of many samples on one slope. From each kept point a cone
/// holds the slopes that pass near all points since; the first point outside it starts anew.
pub(crate) fn straightened(run: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut cone = (f64::NEG_INFINITY, f64::INFINITY);
    let mut previous: Option<Point> = None;
    for &point in run {
        let (Some(&anchor), Some(before)) = (kept.last(), previous.replace(point)) else {
            kept.push(point);
            continue;
        };
        let slopes = slopes_of(anchor, point);
        let slope = f64::midpoint(slopes.0, slopes.1);
        if before != anchor && !(cone.0..=cone.1).contains(&slope) {
            kept.push(before);
            cone = slopes_of(before, point);
        } else {
            cone = (cone.0.max(slopes.0), cone.1.min(slopes.1));
        }
    }
    if run.len() > 1 {
        kept.extend(previous);
    }
    kept
}

/// The lowest and the highest slope from a point that pass another one near enough.
fn slopes_of(from: Point, to: Point) -> (f64, f64) {
    let run = (to.x - from.x).max(f64::EPSILON);
    let rise = to.y - from.y;
    ((rise - SAME_PX) / run, (rise + SAME_PX) / run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let run: Vec<Point> = points.iter().map(|&(x, y)| Point::new(x, y)).collect();
        straightened(&run)
            .iter()
            .map(|point| (point.x, point.y))
            .collect()
    }

    #[test]
    fn upright_stretches_are_kept() {
        let run = [
            (0.0, 0.0),
            (0.0, 50.0),
            (10.0, 55.0),
            (20.0, 60.0),
            (20.0, 90.0),
            (30.0, 95.0),
        ];
        let kept = [
            (0.0, 0.0),
            (0.0, 50.0),
            (20.0, 60.0),
            (20.0, 90.0),
            (30.0, 95.0),
        ];
        assert_eq!(way(&run), kept);
    }
}
