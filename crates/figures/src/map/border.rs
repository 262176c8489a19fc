//! The borders between zones as few lines along the edges of cells.

use super::zone::{Zone, Zones};

/// A corner of cells: how many columns are left of it, and how many rows above.
pub(super) type Corner = (usize, usize);

/// To the right, down, to the left, up.
const DIRECTIONS: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

/// The edges between cells of different zones as few lines through their corners, from edge to edge of
/// the grid where they go on so far; what is not known has no border.
pub(super) fn borders(zones: &Zones) -> Vec<Vec<Corner>> {
    let mut edges = Edges::of(zones);
    let mut lines = Vec::new();
    let corners =
        || (0..=zones.rows).flat_map(|row| (0..=zones.columns).map(move |column| (column, row)));
    // First the lines that end somewhere, then those that close.
    for only_ends in [true, false] {
        for corner in corners() {
            while let Some(line) = edges.walk(corner, only_ends) {
                lines.push(line);
            }
        }
    }
    lines
}

/// Edges that have not been walked yet: from each corner to the right, and down.
struct Edges {
    columns: usize,
    ahead: Vec<[bool; 2]>,
    degrees: Vec<u8>,
}

impl Edges {
    fn of(zones: &Zones) -> Self {
        let count = (zones.columns + 1) * (zones.rows + 1);
        let mut edges = Self {
            columns: zones.columns,
            ahead: vec![[false; 2]; count],
            degrees: vec![0; count],
        };
        for row in 0..zones.rows {
            for column in 0..zones.columns {
                let here = zones.at(column, row);
                if row > 0 && is_border(here, zones.at(column, row - 1)) {
                    edges.add((column, row), 0);
                }
                if column > 0 && is_border(here, zones.at(column - 1, row)) {
                    edges.add((column, row), 1);
                }
            }
        }
        edges
    }

    fn index(&self, (column, row): Corner) -> usize {
        row * (self.columns + 1) + column
    }

    fn add(&mut self, corner: Corner, direction: usize) {
        let end = towards(corner, direction);
        let index = self.index(corner);
        if let Some(edge) = self
            .ahead
            .get_mut(index)
            .and_then(|edges| edges.get_mut(direction))
        {
            *edge = true;
        }
        for corner in [Some(corner), end].into_iter().flatten() {
            let index = self.index(corner);
            if let Some(degree) = self.degrees.get_mut(index) {
                *degree += 1;
            }
        }
    }

    fn degree(&self, corner: Corner) -> u8 {
        self.degrees.get(self.index(corner)).copied().unwrap_or(0)
    }

    /// Takes an edge that starts at a corner in some direction, and says where it ends.
    fn take(&mut self, corner: Corner) -> Option<(Corner, usize)> {
        (0..DIRECTIONS.len()).find_map(|direction| {
            let end = self.take_towards(corner, direction)?;
            Some((end, direction))
        })
    }

    fn take_towards(&mut self, corner: Corner, direction: usize) -> Option<Corner> {
        let end = towards(corner, direction)?;
        // Edges to the left and up are kept at their other end.
        let keeper = if direction < 2 { corner } else { end };
        if keeper.0 > self.columns {
            return None;
        }
        let index = self.index(keeper);
        let edge = self.ahead.get_mut(index)?.get_mut(direction % 2)?;
        std::mem::take(edge).then_some(end)
    }

    /// The line that starts at a corner: around corners, straight on where others meet it, up to
    /// where it ends or comes back.
    fn walk(&mut self, start: Corner, only_ends: bool) -> Option<Vec<Corner>> {
        if only_ends && self.degree(start) == 2 {
            return None;
        }
        let (mut corner, mut direction) = self.take(start)?;
        let mut line = vec![start];
        loop {
            let next = if self.degree(corner) == 2 {
                self.take(corner)
            } else {
                let end = self.take_towards(corner, direction);
                end.map(|end| (end, direction))
            };
            let Some((next, turned)) = next else { break };
            if turned != direction {
                line.push(corner);
            }
            (corner, direction) = (next, turned);
        }
        line.push(corner);
        Some(line)
    }
}

fn is_border(one: Zone, other: Zone) -> bool {
    one != other && one != Zone::Unknown && other != Zone::Unknown
}

fn towards((column, row): Corner, direction: usize) -> Option<Corner> {
    let &(right, down) = DIRECTIONS.get(direction)?;
    Some((
        column.checked_add_signed(right)?,
        row.checked_add_signed(down)?,
    ))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn a_staircase_is_one_line() {
        let zones = Zones::from_rows(&["aaab", "aabb", "abbb"]);
        assert_eq!(
            borders(&zones),
            [[(3, 0), (3, 1), (2, 1), (2, 2), (1, 2), (1, 3)]]
        );
    }

    #[test]
    fn an_island_is_surrounded() {
        let zones = Zones::from_rows(&["aaa", "aba", "aaa"]);
        let lines = borders(&zones);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
    }

    #[test]
    fn a_line_goes_straight_on_where_zones_meet() {
        let three = borders(&Zones::from_rows(&["ab", "cb"]));
        assert_eq!(three, [vec![(1, 0), (1, 2)], vec![(0, 1), (1, 1)]]);
        let four = borders(&Zones::from_rows(&["aba", "bab", "aba"]));
        assert_eq!(four.len(), 4);
    }

    #[test]
    fn what_is_not_known_has_no_border() {
        assert!(borders(&Zones::from_rows(&["a?", "??"])).is_empty());
        assert_eq!(borders(&Zones::from_rows(&["a-"])).len(), 1);
    }

    proptest! {
        #[test]
        fn lines_cover_every_border_once(columns in 1..9_usize, cells in vec("[abc?-]", 0..80)) {
            let rows: Vec<String> = cells.chunks_exact(columns).map(<[String]>::concat).collect();
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let zones = Zones::from_rows(&rows);
            let mut expected = 0;
            for row in 0..zones.rows {
                for column in 0..zones.columns {
                    let here = zones.at(column, row);
                    expected += usize::from(row > 0 && is_border(here, zones.at(column, row.wrapping_sub(1))));
                    expected += usize::from(is_border(here, zones.at(column + 1, row)));
                }
            }
            let mut walked = std::collections::BTreeSet::new();
            let mut length = 0;
            for line in borders(&zones) {
                for pair in line.windows(2) {
                    let (mut at, to) = (pair[0], pair[1]);
                    prop_assert!((at.0 == to.0) != (at.1 == to.1));
                    while at != to {
                        let next = (step(at.0, to.0), step(at.1, to.1));
                        walked.insert((at.min(next), at.max(next)));
                        length += 1;
                        at = next;
                    }
                }
            }
            prop_assert_eq!(length, expected);
            prop_assert_eq!(walked.len(), expected);
        }
    }

    fn step(from: usize, to: usize) -> usize {
        match from.cmp(&to) {
            std::cmp::Ordering::Less => from + 1,
            std::cmp::Ordering::Equal => from,
            std::cmp::Ordering::Greater => from - 1,
        }
    }
}
