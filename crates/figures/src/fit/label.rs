//! Words beside dots: on the side where nothing is in the way, or a little further with a leader.

use crate::geometry::{Point, Rect};

/// From the middle of a dot to words beside it.
const NEAR_PX: f64 = 11.0;
/// How far words may go, each with a leader.
const FURTHER_PX: [f64; 3] = [26.0, 44.0, 64.0];
/// Between a leader and its words.
const LEADER_GAP_PX: f64 = 3.0;
/// Right, left, above, below, and between.
const SIDES: [(f64, f64); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
    (-1.0, 1.0),
];

/// Where words stand, and the end of their leader if they are not right beside their dot.
pub(super) struct Place {
    pub(super) area: Rect,
    pub(super) leader: Option<Point>,
}

/// A place for words of a size beside a dot: in `room`, and clear of what is `taken`.
pub(super) fn place(
    dot: Point,
    (width, height): (f64, f64),
    room: Rect,
    taken: &[Rect],
) -> Option<Place> {
    let near = std::iter::once((NEAR_PX, false));
    let distances = near.chain(FURTHER_PX.map(|away| (away, true)));
    distances
        .flat_map(|(away, has_leader)| {
            SIDES.map(|side| beside(dot, side, away, (width, height), has_leader))
        })
        .find(|place| {
            let Rect { x, y, .. } = place.area;
            let end = Point::new(place.area.right(), place.area.bottom());
            room.contains(Point::new(x, y))
                && room.contains(end)
                && !taken.iter().any(|other| place.area.overlaps(*other))
        })
}

/// Words on a side of a dot, so far away.
fn beside(
    dot: Point,
    (right, down): (f64, f64),
    away: f64,
    (width, height): (f64, f64),
    has_leader: bool,
) -> Place {
    // On the slant both steps together are as far as one straight on.
    let step = if right != 0.0 && down != 0.0 {
        away * std::f64::consts::FRAC_1_SQRT_2
    } else {
        away
    };
    let at = |step: f64| Point::new(dot.x + right * step, dot.y + down * step);
    let corner = at(step);
    let x = corner.x + (right - 1.0) / 2.0 * width;
    let y = corner.y + (down - 1.0) / 2.0 * height;
    Place {
        area: Rect::new(x, y, width, height),
        leader: has_leader.then(|| at(step - LEADER_GAP_PX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Rect = Rect::new(0.0, 0.0, 200.0, 100.0);
    const SIZE: (f64, f64) = (40.0, 16.0);

    #[test]
    fn words_stand_to_the_right_and_to_the_left_at_the_edge() {
        let dot = Point::new(100.0, 50.0);
        let found = place(dot, SIZE, ROOM, &[]).unwrap();
        assert_eq!(found.area, Rect::new(111.0, 42.0, 40.0, 16.0));
        assert!(found.leader.is_none());
        let found = place(Point::new(190.0, 50.0), SIZE, ROOM, &[]).unwrap();
        assert_eq!(found.area, Rect::new(139.0, 42.0, 40.0, 16.0));
    }

    #[test]
    fn words_go_further_where_it_is_crowded_and_stay_away_where_it_is_full() {
        let dot = Point::new(100.0, 50.0);
        let around = [Rect::new(50.0, 30.0, 100.0, 40.0)];
        let found = place(dot, SIZE, ROOM, &around).unwrap();
        assert!(found.leader.is_some());
        assert!(!found.area.overlaps(around[0]));
        assert!(place(dot, SIZE, ROOM, &[ROOM]).is_none());
    }
}
