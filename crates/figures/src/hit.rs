//! What the pointer and the keyboard find in a figure.

use crate::geometry::{Point, Rect};
use crate::{cast, order};

/// How far outside the plot a pointer still finds the nearest point, in CSS pixels.
const REACH_PX: f64 = 16.0;
/// Grids have at most so many rows, and so many columns.
pub(crate) const MOST_CELLS: usize = 64;
/// Two points nearer than this to each other horizontally stand at the same place of the x axis.
const SAME_X_PX: f64 = 0.5;

/// Which datum of a specification: a row and one of its segments, or a line and one of its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The index of the row or line.
    pub series: usize,
    /// The index inside it; none for the row as a whole.
    pub item: Option<usize>,
}

impl Key {
    /// A row as a whole.
    pub const fn series(series: usize) -> Self {
        Self { series, item: None }
    }

    /// An item of a row or line.
    pub const fn item(series: usize, item: usize) -> Self {
        Self {
            series,
            item: Some(item),
        }
    }
}

/// Something that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Datum {
    /// Which one.
    pub key: Key,
    /// The box that answers to the pointer, and that a focus ring surrounds.
    pub area: Rect,
    /// Where a tooltip points to.
    pub anchor: Point,
}

/// A key press that moves the focus inside a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// To the right: the next segment or sample.
    Next,
    /// To the left.
    Previous,
    /// Down: the row or line below.
    Down,
    /// Up: the row or line above.
    Up,
    /// To the first datum.
    First,
    /// To the last datum.
    Last,
}

/// How a position finds its datum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rule {
    /// The smallest box that holds the position.
    Inside,
    /// The nearest x, then the nearest y, in and around a plot.
    NearestX(Rect),
    /// The cell of a grid, whose data are its cells alone.
    Cell(Grid),
}

/// A box divided into equal cells, rows from the top down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Grid {
    pub(crate) area: Rect,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
}

impl Grid {
    /// The box from the left edge of a column and the top of a row, so many of them wide and high.
    pub(crate) fn cells(self, (column, row): (usize, usize), (wide, high): (usize, usize)) -> Rect {
        let (left, top) = (self.left(column), self.top(row));
        let (right, bottom) = (self.left(column + wide), self.top(row + high));
        Rect::new(left, top, right - left, bottom - top)
    }

    /// The left edge of a column.
    pub(crate) fn left(self, column: usize) -> f64 {
        self.area.x + self.area.width * cast::count(column) / cast::count(self.columns.max(1))
    }

    /// The top edge of a row.
    pub(crate) fn top(self, row: usize) -> f64 {
        self.area.y + self.area.height * cast::count(row) / cast::count(self.rows.max(1))
    }

    /// The column and row of a position in the box.
    fn at(self, position: Point) -> Key {
        let index = |from_px: f64, length_px: f64, count: usize| {
            let place = from_px / length_px * cast::count(count);
            cast::to_usize(place).min(count.saturating_sub(1))
        };
        let Rect { x, y, .. } = self.area;
        Key::item(
            index(position.y - y, self.area.height, self.rows),
            index(position.x - x, self.area.width, self.columns),
        )
    }
}

/// Everything in a figure that can be pointed at, in CSS pixels of its scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits {
    rule: Rule,
    /// Sorted by key, which is the reading order.
    by_key: Vec<Datum>,
    /// For lines: the same, sorted by x and then y of their anchors.
    by_x: Vec<Datum>,
}

impl Hits {
    /// Nothing to point at.
    pub const fn none() -> Self {
        Self {
            rule: Rule::Inside,
            by_key: Vec::new(),
            by_x: Vec::new(),
        }
    }

    /// Boxes; where several hold a position the smallest answers.
    pub fn areas(data: &[Datum]) -> Self {
        let data = order::sorted(data, |a, b| a.key.cmp(&b.key));
        Self {
            rule: Rule::Inside,
            by_key: data,
            by_x: Vec::new(),
        }
    }

    /// Points of lines over a common x axis in the box `plot`.
    pub fn columns(data: &[Datum], plot: Rect) -> Self {
        let data = order::sorted(data, |a, b| a.key.cmp(&b.key));
        let by_x = order::sorted(&data, |a, b| {
            let (a, b) = (a.anchor, b.anchor);
            a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
        });
        Self {
            rule: Rule::NearestX(plot),
            by_key: data,
            by_x,
        }
    }

    /// The cells of a grid: the key of each is its row as the series and its column as the item.
    pub(crate) fn grid(grid: Grid) -> Self {
        let grid = Grid {
            columns: grid.columns.min(MOST_CELLS),
            rows: grid.rows.min(MOST_CELLS),
            ..grid
        };
        let mut data = Vec::with_capacity(grid.columns * grid.rows);
        for row in 0..grid.rows {
            for column in 0..grid.columns {
                let area = grid.cells((column, row), (1, 1));
                data.push(Datum {
                    key: Key::item(row, column),
                    area,
                    anchor: area.center(),
                });
            }
        }
        Self {
            rule: Rule::Cell(grid),
            by_key: data,
            by_x: Vec::new(),
        }
    }

    /// How a position finds its datum.
    pub(crate) const fn rule(&self) -> Rule {
        self.rule
    }

    /// Every datum in reading order.
    pub fn data(&self) -> &[Datum] {
        &self.by_key
    }

    /// The datum with this key.
    pub fn get(&self, key: Key) -> Option<&Datum> {
        let index = self
            .by_key
            .binary_search_by_key(&key, |datum| datum.key)
            .ok()?;
        self.by_key.get(index)
    }

    /// The datum at a position, in CSS pixels of the scene.
    pub fn at(&self, position: Point) -> Option<&Datum> {
        match self.rule {
            Rule::Inside => self
                .by_key
                .iter()
                .filter(|datum| datum.area.contains(position))
                .min_by(|a, b| a.area.area().total_cmp(&b.area.area())),
            Rule::NearestX(plot) if plot.grown(REACH_PX).contains(position) => {
                self.nearest(position)
            }
            Rule::Cell(grid) if grid.area.contains(position) => self.get(grid.at(position)),
            Rule::NearestX(_) | Rule::Cell(_) => None,
        }
    }

    /// The datum that a key press leads to; from nowhere, the first or the last.
    ///
    /// At an end the focus stays. Moving between rows keeps the place inside the row where it
    /// can; moving between lines stays at the same x.
    pub fn step(&self, from: Option<Key>, towards: Move) -> Option<&Datum> {
        let Some(current) = from.and_then(|key| self.get(key)) else {
            return match towards {
                Move::Last => self.by_key.last(),
                _ => self.by_key.first(),
            };
        };
        let found = match (towards, self.rule) {
            (Move::First, _) => self.by_key.first(),
            (Move::Last, _) => self.by_key.last(),
            (Move::Next, _) => self.neighbour(current, 1),
            (Move::Previous, _) => self.neighbour(current, -1),
            (Move::Down, Rule::Inside | Rule::Cell(_)) => self.row(current, 1),
            (Move::Up, Rule::Inside | Rule::Cell(_)) => self.row(current, -1),
            (Move::Down, Rule::NearestX(_)) => self.in_column(current, 1),
            (Move::Up, Rule::NearestX(_)) => self.in_column(current, -1),
        };
        found.or(Some(current))
    }

    /// The next or previous datum of the same series.
    fn neighbour(&self, current: &Datum, by: isize) -> Option<&Datum> {
        offset(&self.by_key, |datum| datum.key == current.key, by)
            .filter(|datum| datum.key.series == current.key.series)
    }

    /// The same place in the next or previous row, or the last one that the row has before it.
    fn row(&self, current: &Datum, by: isize) -> Option<&Datum> {
        let rows = self.by_key.iter().map(|datum| datum.key.series);
        let series = if by > 0 {
            rows.filter(|&series| series > current.key.series).min()
        } else {
            rows.filter(|&series| series < current.key.series).max()
        }?;
        self.by_key
            .iter()
            .filter(|datum| datum.key.series == series)
            .take_while(|datum| datum.key.item <= current.key.item)
            .last()
    }

    /// The next line down or up at the same x.
    fn in_column(&self, current: &Datum, by: isize) -> Option<&Datum> {
        offset(&self.by_x, |datum| datum.key == current.key, by)
            .filter(|datum| (datum.anchor.x - current.anchor.x).abs() < SAME_X_PX)
    }

    fn nearest(&self, position: Point) -> Option<&Datum> {
        let after = self
            .by_x
            .partition_point(|datum| datum.anchor.x < position.x);
        let (before, from) = self.by_x.split_at_checked(after)?;
        let distance = |datum: &&Datum| (datum.anchor.x - position.x).abs();
        let nearest = before.last().into_iter().chain(from.first());
        let x = nearest
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))?
            .anchor
            .x;
        let first = self
            .by_x
            .partition_point(|datum| datum.anchor.x < x - SAME_X_PX);
        self.by_x
            .iter()
            .skip(first)
            .take_while(|datum| datum.anchor.x < x + SAME_X_PX)
            .min_by(|a, b| {
                let away = |datum: &Datum| (datum.anchor.y - position.y).abs();
                away(a).total_cmp(&away(b))
            })
    }
}

/// The datum a number of places after (or before) the one that matches.
fn offset(data: &[Datum], is_current: impl Fn(&Datum) -> bool, by: isize) -> Option<&Datum> {
    let index = data.iter().position(is_current)?;
    data.get(index.checked_add_signed(by)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn datum(key: Key, area: Rect) -> Datum {
        Datum {
            key,
            area,
            anchor: area.center(),
        }
    }

    fn bars() -> Hits {
        Hits::areas(&[
            datum(Key::series(0), Rect::new(0.0, 0.0, 100.0, 20.0)),
            datum(Key::item(0, 0), Rect::new(20.0, 5.0, 30.0, 10.0)),
            datum(Key::item(0, 1), Rect::new(50.0, 5.0, 30.0, 10.0)),
            datum(Key::series(1), Rect::new(0.0, 20.0, 100.0, 20.0)),
            datum(Key::item(1, 0), Rect::new(20.0, 25.0, 10.0, 10.0)),
        ])
    }

    fn lines() -> Hits {
        let point = |series, item, x, y| {
            datum(
                Key::item(series, item),
                Rect::new(x, y, 0.0, 0.0).grown(4.0),
            )
        };
        Hits::columns(
            &[
                point(0, 0, 10.0, 80.0),
                point(0, 1, 20.0, 60.0),
                point(1, 0, 10.0, 50.0),
                point(1, 1, 20.0, 50.0),
            ],
            Rect::new(10.0, 0.0, 10.0, 100.0),
        )
    }

    fn key_at(hits: &Hits, x: f64, y: f64) -> Option<Key> {
        hits.at(Point::new(x, y)).map(|datum| datum.key)
    }

    fn key_after(hits: &Hits, from: Key, towards: Move) -> Option<Key> {
        hits.step(Some(from), towards).map(|datum| datum.key)
    }

    #[test]
    fn a_segment_answers_before_its_row() {
        assert_eq!(key_at(&bars(), 25.0, 10.0), Some(Key::item(0, 0)));
        assert_eq!(key_at(&bars(), 5.0, 10.0), Some(Key::series(0)));
        assert_eq!(key_at(&bars(), 5.0, 60.0), None);
    }

    #[test]
    fn a_line_answers_by_the_nearest_x_and_then_y() {
        assert_eq!(key_at(&lines(), 12.0, 75.0), Some(Key::item(0, 0)));
        assert_eq!(key_at(&lines(), 12.0, 20.0), Some(Key::item(1, 0)));
        assert_eq!(key_at(&lines(), 18.0, 58.0), Some(Key::item(0, 1)));
        assert_eq!(key_at(&lines(), 60.0, 58.0), None);
    }

    #[test]
    fn keys_walk_segments_and_rows() {
        let hits = bars();
        assert_eq!(hits.step(None, Move::Next).unwrap().key, Key::series(0));
        assert_eq!(
            key_after(&hits, Key::series(0), Move::Next),
            Some(Key::item(0, 0))
        );
        assert_eq!(
            key_after(&hits, Key::item(0, 1), Move::Next),
            Some(Key::item(0, 1))
        );
        assert_eq!(
            key_after(&hits, Key::item(0, 1), Move::Down),
            Some(Key::item(1, 0))
        );
        assert_eq!(
            key_after(&hits, Key::series(1), Move::Up),
            Some(Key::series(0))
        );
        assert_eq!(
            key_after(&hits, Key::series(0), Move::Last),
            Some(Key::item(1, 0))
        );
    }

    #[test]
    fn keys_walk_samples_and_lines() {
        let hits = lines();
        assert_eq!(
            key_after(&hits, Key::item(0, 0), Move::Next),
            Some(Key::item(0, 1))
        );
        assert_eq!(
            key_after(&hits, Key::item(0, 0), Move::Up),
            Some(Key::item(1, 0))
        );
        assert_eq!(
            key_after(&hits, Key::item(1, 0), Move::Down),
            Some(Key::item(0, 0))
        );
        assert_eq!(
            key_after(&hits, Key::item(1, 0), Move::Up),
            Some(Key::item(1, 0))
        );
    }

    fn cells() -> Hits {
        Hits::grid(Grid {
            area: Rect::new(10.0, 20.0, 90.0, 40.0),
            columns: 3,
            rows: 2,
        })
    }

    #[test]
    fn a_cell_answers_up_to_the_edges_of_its_grid() {
        let hits = cells();
        assert_eq!(key_at(&hits, 10.0, 20.0), Some(Key::item(0, 0)));
        assert_eq!(key_at(&hits, 39.9, 40.1), Some(Key::item(1, 0)));
        assert_eq!(key_at(&hits, 40.1, 39.9), Some(Key::item(0, 1)));
        assert_eq!(key_at(&hits, 100.0, 60.0), Some(Key::item(1, 2)));
        assert_eq!(key_at(&hits, 9.9, 30.0), None);
        for datum in hits.data() {
            assert_eq!(hits.at(datum.anchor), Some(datum));
        }
    }

    #[test]
    fn keys_walk_cells_in_both_directions_and_stop_at_the_edges() {
        let hits = cells();
        let walk = [
            (Move::Next, Key::item(0, 1)),
            (Move::Down, Key::item(1, 1)),
            (Move::Down, Key::item(1, 1)),
            (Move::Previous, Key::item(1, 0)),
            (Move::Previous, Key::item(1, 0)),
            (Move::Up, Key::item(0, 0)),
            (Move::Last, Key::item(1, 2)),
            (Move::Next, Key::item(1, 2)),
        ];
        let mut key = Key::item(0, 0);
        for (towards, expected) in walk {
            key = key_after(&hits, key, towards).unwrap();
            assert_eq!(key, expected, "{towards:?}");
        }
    }

    #[test]
    fn a_grid_has_no_more_cells_than_its_limit() {
        let grid = Grid {
            area: Rect::new(0.0, 0.0, 100.0, 100.0),
            columns: usize::MAX,
            rows: 2,
        };
        assert_eq!(Hits::grid(grid).data().len(), 2 * MOST_CELLS);
    }

    #[test]
    fn a_key_that_is_gone_starts_anew() {
        assert_eq!(
            key_after(&bars(), Key::item(9, 9), Move::Down),
            Some(Key::series(0))
        );
        assert_eq!(Hits::none().step(None, Move::Next), None);
    }

    proptest! {
        #[test]
        fn pointing_at_an_anchor_finds_a_datum_there(
            places in prop::collection::vec((0.0..300.0f64, 0.0..200.0f64), 1..40),
        ) {
            let data: Vec<_> = places.iter().enumerate().map(|(item, &(x, y))| {
                datum(Key::item(0, item), Rect::new(x, y, 0.0, 0.0))
            }).collect();
            let hits = Hits::columns(&data, Rect::new(0.0, 0.0, 300.0, 200.0));
            for wanted in &data {
                let found = hits.at(wanted.anchor).unwrap();
                prop_assert!((found.anchor.x - wanted.anchor.x).abs() < SAME_X_PX);
            }
        }
    }
}
