//! The way of a line through its samples, in pixels.

use super::{Line, Shape, drawable};
use crate::{
    geometry::Point,
    straight::{SAME_PX, straightened},
};

/// The unbroken runs of a line; a run of one point is a lone sample.
pub(super) fn runs(line: &Line, place: impl Fn(f64, f64) -> Point) -> Vec<Vec<Point>> {
    let mut runs = vec![Vec::new()];
    for sample in &line.samples {
        let Some(run) = runs.last_mut() else { break };
        let Some(usd) = sample.usd else {
            runs.push(Vec::new());
            continue;
        };
        let point = place(f64::from(sample.tasks), drawable(usd));
        if let (Shape::Steps, Some(&last)) = (line.shape, run.last()) {
            extend(run, Point::new(point.x, last.y));
        }
        extend(run, point);
    }
    runs.retain(|run| !run.is_empty());
    match line.shape {
        Shape::Straight => runs.iter().map(|run| straightened(run)).collect(),
        Shape::Steps => runs,
    }
}

/// Adds a point, unless it would not be seen: on the last one, or on a level or upright stretch.
fn extend(run: &mut Vec<Point>, point: Point) {
    if let [.., before, last] = run.as_mut_slice() {
        let is_level = same(before.y, last.y) && same(last.y, point.y);
        let is_upright = same(before.x, last.x) && same(last.x, point.x);
        let goes_on = (last.y - before.y) * (point.y - last.y) >= 0.0
            && (last.x - before.x) * (point.x - last.x) >= 0.0;
        if (is_level || is_upright) && goes_on {
            *last = point;
            return;
        }
    }
    if let Some(last) = run.last()
        && same(last.x, point.x)
        && same(last.y, point.y)
    {
        return;
    }
    run.push(point);
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < SAME_PX
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::curve::Sample;

    fn line(shape: Shape, samples: &[Option<f64>]) -> Line {
        let samples = (0..).zip(samples);
        Line {
            shape,
            samples: samples.map(|(tasks, &usd)| Sample { tasks, usd }).collect(),
            ..Line::default()
        }
    }

    fn ways(line: &Line) -> Vec<Vec<(f64, f64)>> {
        runs(line, Point::new)
            .into_iter()
            .map(|run| run.into_iter().map(|point| (point.x, point.y)).collect())
            .collect()
    }

    #[test]
    fn steps_hold_until_the_next_sample_and_level_stretches_are_one_stroke() {
        let line = line(
            Shape::Steps,
            &[Some(5.0), Some(5.0), Some(5.0), Some(9.0), Some(9.0)],
        );
        assert_eq!(
            ways(&line),
            [[(0.0, 5.0), (3.0, 5.0), (3.0, 9.0), (4.0, 9.0)]]
        );
    }

    #[test]
    fn samples_on_one_slope_are_one_stroke() {
        let rise = |tasks: u32| Some(f64::from(tasks.min(50)) * 3.1);
        let samples: Vec<_> = (0..100).map(rise).collect();
        let line = line(Shape::Straight, &samples);
        let way = ways(&line).concat();
        assert_eq!(way, [(0.0, 0.0), (50.0, 155.0), (99.0, 155.0)]);
    }

    proptest! {
        #[test]
        fn no_sample_is_far_from_its_stroke(
            usd in prop::collection::vec(0.0..60.0f64, 2..60),
        ) {
            let samples: Vec<_> = usd.iter().map(|&usd| Some(usd)).collect();
            let kept = ways(&line(Shape::Straight, &samples)).concat();
            for (tasks, &usd) in (0..).zip(&usd) {
                let x = f64::from(tasks);
                let stroke = kept.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0).unwrap();
                let share = (x - stroke[0].0) / (stroke[1].0 - stroke[0].0);
                let y = stroke[0].1 + share * (stroke[1].1 - stroke[0].1);
                prop_assert!((y - usd).abs() <= 2.0 * SAME_PX + 1e-9, "{} {}", y, usd);
            }
        }
    }

    #[test]
    fn a_missing_price_breaks_the_line() {
        let line = line(Shape::Straight, &[Some(1.0), Some(2.0), None, Some(4.0)]);
        assert_eq!(
            ways(&line),
            [vec![(0.0, 1.0), (1.0, 2.0)], vec![(3.0, 4.0)]]
        );
    }
}
