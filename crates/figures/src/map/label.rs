//! Where the name of a zone stands: in the middle of its widest part, clear of what stands there.

use super::{
    border::Corner,
    zone::{Sums, Zone, Zones},
};
use crate::{
    cast,
    geometry::{Point, Rect},
    hit::Grid,
};

/// A box of a size in CSS pixels for the words of a zone: inside the zone where it is `strict`, else
/// on one of its cells at least; inside the grid, and not on what is `taken`.
pub(super) fn place(
    (zones, zone): (&Zones, Zone),
    grid: Grid,
    (width, height): (f64, f64),
    strict: bool,
    taken: &[Rect],
) -> Option<Rect> {
    if width > grid.area.width || height > grid.area.height {
        return None;
    }
    let cell = grid.cells((0, 0), (1, 1));
    let needed = |px: f64, cell_px: f64| {
        if strict {
            cast::to_usize((px / cell_px).ceil()).max(1)
        } else {
            1
        }
    };
    let size = (needed(width, cell.width), needed(height, cell.height));
    let sums = Sums::of(zones, zone);
    let plate = |from: Corner, size| free(grid, grid.cells(from, size), (width, height), taken);
    // The places with the most cells of the zone around them.
    let mut around = 0;
    let mut best: Vec<Corner> = Vec::new();
    for row in 0..zones.rows {
        for column in 0..zones.columns {
            let from = (column, row);
            if !sums.holds(from, size, around) || plate(from, size).is_none() {
                continue;
            }
            while sums.holds(from, size, around + 1) {
                around += 1;
                best.clear();
            }
            best.push(from);
        }
    }
    let from = middle(&best)?;
    let (whole_from, whole) = sums.grown(from, size);
    plate(whole_from, whole).or_else(|| plate(from, size))
}

/// The middle of some cells for a box, or above or below it, or where there is no `taken` in the way.
fn free(grid: Grid, cells: Rect, (width, height): (f64, f64), taken: &[Rect]) -> Option<Rect> {
    let Point { x, y } = cells.center();
    let slack = ((cells.height - height) / 2.0).max(0.0);
    let area = grid.area;
    [0.0, -slack / 2.0, slack / 2.0, -slack, slack]
        .into_iter()
        .map(|down| {
            // Beside the edge of the grid it is moved in.
            let (left, top) = (x - width / 2.0, y + down - height / 2.0);
            let left = cast::within(left, area.x, area.right() - width);
            let top = cast::within(top, area.y, area.bottom() - height);
            Rect::new(left, top, width, height)
        })
        .find(|place| !taken.iter().any(|other| place.overlaps(*other)))
}

/// The one nearest to the middle of all.
fn middle(places: &[(usize, usize)]) -> Option<(usize, usize)> {
    let count = cast::count(places.len().max(1));
    let sum = |of: fn(&(usize, usize)) -> usize| cast::count(places.iter().map(of).sum());
    let (x, y) = (sum(|place| place.0) / count, sum(|place| place.1) / count);
    let away = |place: &(usize, usize)| (cast::count(place.0) - x).hypot(cast::count(place.1) - y);
    places
        .iter()
        .copied()
        .min_by(|one, other| away(one).total_cmp(&away(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(rows: &[&str], zone: usize, size: (f64, f64), taken: &[Rect]) -> Option<Rect> {
        let zones = Zones::from_rows(rows);
        let grid = Grid {
            area: Rect::new(
                0.0,
                0.0,
                10.0 * cast::count(zones.columns),
                10.0 * cast::count(zones.rows),
            ),
            columns: zones.columns,
            rows: zones.rows,
        };
        place((&zones, Zone::Class(zone)), grid, size, true, taken)
    }

    #[test]
    fn a_name_stands_in_the_middle_of_the_widest_part() {
        let rows = ["abbbbb", "abbbbb", "abbbbb", "aaaaaa"];
        let area = placed(&rows, 1, (10.0, 10.0), &[]).unwrap();
        assert_eq!(area, Rect::new(30.0, 10.0, 10.0, 10.0));
    }

    #[test]
    fn a_name_that_does_not_fit_has_no_place() {
        let rows = ["abb", "aaa"];
        assert!(placed(&rows, 1, (21.0, 8.0), &[]).is_none());
        assert!(placed(&rows, 1, (20.0, 8.0), &[]).is_some());
        assert!(placed(&rows, 2, (1.0, 1.0), &[]).is_none());
    }

    #[test]
    fn a_name_stands_in_the_middle_of_large_cells() {
        let rows = ["ab", "ab", "cb"];
        let area = placed(&rows, 1, (8.0, 4.0), &[]).unwrap();
        assert_eq!(area.center(), Point::new(15.0, 15.0));
    }

    #[test]
    fn a_name_makes_way_inside_one_cell() {
        let taken = [Rect::new(4.0, 4.0, 2.0, 2.0)];
        let area = placed(&["a"], 0, (8.0, 3.0), &taken).unwrap();
        assert!(!area.overlaps(taken[0]));
        assert!(placed(&["a"], 0, (8.0, 5.0), &taken).is_none());
    }

    #[test]
    fn a_name_makes_way() {
        let rows = ["aaaaa"];
        let taken = [Rect::new(15.0, 0.0, 20.0, 10.0)];
        let area = placed(&rows, 0, (10.0, 10.0), &taken).unwrap();
        assert!(!area.overlaps(taken[0]));
    }
}
