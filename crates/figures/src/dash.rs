//! Cuts a path into the strokes of a broken line.

use crate::geometry::Point;

/// The strokes of a path broken into `stroke` on, `gap` off, both in the path's own unit.
///
/// A path that is not broken (a stroke or gap that is not positive) comes back whole.
pub(crate) fn strokes(path: &[Point], stroke: f64, gap: f64) -> Vec<Vec<Point>> {
    if !(stroke > 0.0 && gap > 0.0) {
        return vec![path.to_vec()];
    }
    let mut strokes = Vec::new();
    let mut current: Vec<Point> = path.first().copied().into_iter().collect();
    let mut is_on = true;
    let mut left = stroke;
    for (from, to) in path.iter().zip(path.iter().skip(1)) {
        let length = (to.x - from.x).hypot(to.y - from.y);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let share = done / length;
            let cut = Point::new(
                from.x + share * (to.x - from.x),
                from.y + share * (to.y - from.y),
            );
            current.push(cut);
            if is_on {
                strokes.push(std::mem::take(&mut current));
            }
            is_on = !is_on;
            left = if is_on { stroke } else { gap };
        }
        left -= length - done;
        if is_on {
            current.push(*to);
        }
    }
    if current.len() > 1 {
        strokes.push(current);
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(path: &[Point]) -> f64 {
        path.windows(2)
            .map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y))
            .sum()
    }

    #[test]
    fn strokes_go_around_corners() {
        let path = [
            Point::new(0.0, 0.0),
            Point::new(6.0, 0.0),
            Point::new(6.0, 14.0),
        ];
        let strokes = strokes(&path, 8.0, 4.0);
        assert_eq!(strokes.len(), 2);
        assert_eq!(strokes[0], [path[0], path[1], Point::new(6.0, 2.0)]);
        assert_eq!(strokes[1], [Point::new(6.0, 6.0), Point::new(6.0, 14.0)]);
        assert!(strokes.iter().all(|stroke| length(stroke) <= 8.0 + 1e-9));
    }

    #[test]
    fn a_line_without_gaps_stays_whole() {
        let path = [Point::new(0.0, 0.0), Point::new(6.0, 0.0)];
        assert_eq!(strokes(&path, 8.0, 0.0), [path.to_vec()]);
    }
}
