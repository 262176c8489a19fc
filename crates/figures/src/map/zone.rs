//! The cells of a map by who wins them, and questions about boxes of cells.

use super::{Cell, Map};

/// Who wins a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// That is not known.
    Unknown,
    /// No option can run it.
    Nobody,
    /// Which of the classes.
    Class(usize),
}

/// The winners of a grid of cells, row by row.
pub(super) struct Zones {
    pub(super) columns: usize,
    pub(super) rows: usize,
    cells: Vec<Zone>,
}

impl Zones {
    pub(super) fn of(map: &Map) -> Self {
        let (columns, rows) = (map.columns(), map.rows());
        let mut cells = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                cells.push(match map.cell(column, row) {
                    Cell::Unknown => Zone::Unknown,
                    Cell::Nobody => Zone::Nobody,
                    Cell::Guessed(class) | Cell::Won { class, .. } => Zone::Class(class),
                });
            }
        }
        Self {
            columns,
            rows,
            cells,
        }
    }

    #[cfg(test)]
    pub(super) fn from_rows(rows: &[&str]) -> Self {
        let zone = |letter: char| match letter {
            '?' => Zone::Unknown,
            '-' => Zone::Nobody,
            letter => Zone::Class(letter as usize - 'a' as usize),
        };
        Self {
            columns: rows.first().map_or(0, |row| row.len()),
            rows: rows.len(),
            cells: rows.iter().flat_map(|row| row.chars().map(zone)).collect(),
        }
    }

    /// The zone of a cell; beyond the edges nothing is known.
    pub(super) fn at(&self, column: usize, row: usize) -> Zone {
        if column >= self.columns {
            return Zone::Unknown;
        }
        let cell = self.cells.get(row * self.columns + column);
        cell.copied().unwrap_or(Zone::Unknown)
    }

    pub(super) fn has(&self, zone: Zone) -> bool {
        self.cells.contains(&zone)
    }
}

/// How many cells of one zone lie above and left of each corner of a grid.
pub(super) struct Sums {
    columns: usize,
    rows: usize,
    counts: Vec<u32>,
}

impl Sums {
    pub(super) fn of(zones: &Zones, zone: Zone) -> Self {
        let mut sums = Self {
            columns: zones.columns,
            rows: zones.rows,
            counts: vec![0; zones.columns + 1],
        };
        for row in 0..zones.rows {
            let mut in_row = 0;
            sums.counts.push(0);
            for column in 0..zones.columns {
                in_row += u32::from(zones.at(column, row) == zone);
                sums.counts.push(in_row + sums.at(column + 1, row));
            }
        }
        sums
    }

    fn at(&self, column: usize, row: usize) -> u32 {
        let sum = self.counts.get(row * (self.columns + 1) + column);
        sum.copied().unwrap_or(0)
    }

    /// Whether a box of cells lies in the grid and wholly in the zone, with so many cells more on
    /// every side.
    pub(super) fn holds(
        &self,
        (column, row): (usize, usize),
        (wide, high): (usize, usize),
        around: usize,
    ) -> bool {
        let (Some(left), Some(top)) = (column.checked_sub(around), row.checked_sub(around)) else {
            return false;
        };
        let (right, bottom) = (column + wide + around, row + high + around);
        if right > self.columns || bottom > self.rows {
            return false;
        }
        let inside = self.at(right, bottom) + self.at(left, top);
        let outside = self.at(left, bottom) + self.at(right, top);
        let cells = (right - left) * (bottom - top);
        u32::try_from(cells).is_ok_and(|cells| inside == outside + cells)
    }

    /// A box that the zone holds, grown to the sides and then up and down while the zone holds it: its
    /// corner and size.
    pub(super) fn grown(
        &self,
        mut from: (usize, usize),
        mut size: (usize, usize),
    ) -> ((usize, usize), (usize, usize)) {
        let mut is_growing = true;
        while is_growing {
            is_growing = false;
            let ((column, row), (wide, high)) = (from, size);
            let sides = [
                column
                    .checked_sub(1)
                    .map(|column| ((column, row), (wide + 1, high))),
                Some(((column, row), (wide + 1, high))),
                row.checked_sub(1)
                    .map(|row| ((column, row), (wide, high + 1))),
                Some(((column, row), (wide, high + 1))),
            ];
            let grown = sides
                .into_iter()
                .flatten()
                .find(|&(from, size)| self.holds(from, size, 0));
            if let Some(grown) = grown {
                (from, size) = grown;
                is_growing = true;
            }
        }
        (from, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_held_where_all_its_cells_are_of_the_zone() {
        let zones = Zones::from_rows(&["aab", "aaa", "aaa"]);
        let sums = Sums::of(&zones, Zone::Class(0));
        for row in 0..3 {
            for column in 0..3 {
                for (wide, high) in [(1, 1), (2, 1), (2, 2), (3, 3)] {
                    let all = (row..row + high).all(|row| {
                        (column..column + wide)
                            .all(|column| zones.at(column, row) == Zone::Class(0))
                    });
                    let held = sums.holds((column, row), (wide, high), 0);
                    assert_eq!(held, all, "{column} {row} {wide} {high}");
                }
            }
        }
        assert!(!sums.holds((1, 1), (1, 1), 1));
        let free = Zones::from_rows(&["aaa", "aaa", "aaa"]);
        assert!(Sums::of(&free, Zone::Class(0)).holds((1, 1), (1, 1), 1));
    }
}
