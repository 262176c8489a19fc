//! The layout of a map: keys, axes, cells, borders, and words on them.

use super::{
    Cell, Map, block, border,
    key::Keys,
    label, number, step, step_shade,
    zone::{Zone, Zones},
};
use crate::{
    accent::Dash,
    axes, cast, figure,
    geometry::{Point, Rect, Size},
    hit::{Grid, Hits},
    measure::Measure,
    scale::Scale,
    scene::{Align, Ink, Mark, Scene, Shade},
    ticks::Tick,
    typeset::{SMALL_LINE_PX, Style},
};

/// Space between the axis of rows and the left edge, and right of the grid.
const EDGE_PX: f64 = 8.0;
const TICK_GAP_PX: f64 = 8.0;
/// Labels of rows take at most this share of the width.
const GUTTER_SHARE: f64 = 0.28;
/// Labels of rows are at least so far apart, and the space between those of columns.
const ROW_PITCH_PX: f64 = 26.0;
const COLUMN_GAP_PX: f64 = 14.0;
/// Height of the line with the name of the axis of rows.
const NAME_PX: f64 = SMALL_LINE_PX + 6.0;
/// The height of a grid to its width, and its limits.
const PROPORTION: f64 = 0.6;
const LOWEST_PX: f64 = 220.0;
const HIGHEST_PX: f64 = 480.0;
const FEWEST_PLOT_PX: f64 = 24.0;
/// Space around words on the grid.
const PLATE_X_PX: f64 = 5.0;
const PLATE_Y_PX: f64 = 1.0;
/// The ring of the present scenario, and from its middle to its words.
const RING_PX: f64 = 8.0;
const RING_GAP_PX: f64 = 12.0;

/// A map with its parts in place.
pub(super) struct Plan<'a> {
    map: &'a Map,
    measure: &'a dyn Measure,
    size: Size,
    zones: Zones,
    gutter: f64,
    keys: Keys,
}

impl<'a> Plan<'a> {
    pub(super) fn new(map: &'a Map, size: Size, measure: &'a dyn Measure) -> Self {
        let zones = Zones::of(map);
        let widths = map
            .y
            .labels
            .iter()
            .map(|label| Style::SMALL.width(label, measure));
        let widest = widths.fold(0.0, f64::max).min(GUTTER_SHARE * size.width());
        let gutter = (EDGE_PX + widest + if widest > 0.0 { TICK_GAP_PX } else { 0.0 }).ceil();
        let keys = Keys::new((map, &zones), (size.width(), EDGE_PX), measure);
        Self {
            map,
            measure,
            size,
            zones,
            gutter,
            keys,
        }
    }

    fn plot_width(&self) -> f64 {
        (self.size.width() - self.gutter - EDGE_PX).floor()
    }

    pub(super) fn natural_height(&self) -> f64 {
        let grid = cast::within(self.plot_width() * PROPORTION, LOWEST_PX, HIGHEST_PX);
        self.keys.height() + NAME_PX + grid + axes::BELOW_PX
    }

    pub(super) fn scene(&self) -> Scene {
        // Keys that leave no room for anything else are left out.
        let has_keys = self.keys.height() <= self.size.height() / 2.0;
        let top = if has_keys { self.keys.height() } else { 0.0 } + NAME_PX;
        let height = (self.size.height() - top - axes::BELOW_PX).floor();
        let plot = Rect::new(self.gutter, top, self.plot_width(), height);
        if plot.width < FEWEST_PLOT_PX || plot.height < FEWEST_PLOT_PX {
            return Scene::blank(self.size);
        }
        let grid = Grid {
            area: plot,
            columns: self.zones.columns,
            rows: self.zones.rows,
        };
        let mut marks = self.cells(grid);
        marks.extend(self.borders(grid));
        marks.push(Mark::Frame {
            area: plot,
            ink: Ink::Muted,
            stroke: figure::HAIRLINE_PX,
        });
        marks.extend(self.columns(grid));
        marks.extend(self.rows(grid));
        let mut plates = Plates {
            taken: Vec::new(),
            marks: Vec::new(),
        };
        self.present(grid, &mut plates);
        let unnamed = self.names(grid, &mut plates);
        marks.extend(plates.marks);
        if has_keys {
            let room = (self.size.width(), EDGE_PX);
            let keys = &self.keys;
            marks.extend(keys.marks((self.map, &self.zones), &unnamed, room, self.measure));
        }
        Scene {
            size: self.size,
            marks,
            hits: Hits::grid(grid),
        }
    }

    fn ink(&self, column: usize, row: usize) -> Ink {
        let of = |class: usize, shade| Ink::Accent(self.map.accent(class), shade);
        match self.map.cell(column, row) {
            Cell::Unknown => Ink::Band,
            Cell::Nobody => Ink::Surface,
            Cell::Guessed(class) => of(class, Shade::Faint),
            Cell::Won { class, margin } => of(class, step_shade(step(margin))),
        }
    }

    /// The cells; those that look like the ground are not painted.
    fn cells(&self, grid: Grid) -> Vec<Mark> {
        let mut inks = Vec::with_capacity(grid.columns * grid.rows);
        for row in 0..grid.rows {
            inks.extend((0..grid.columns).map(|column| self.ink(column, row)));
        }
        block::blocks(&inks, grid.columns)
            .into_iter()
            .filter(|block| block.ink != Ink::Surface)
            .map(|block| Mark::Rect {
                area: grid.cells(block.from, block.size),
                ink: block.ink,
            })
            .collect()
    }

    fn borders(&self, grid: Grid) -> impl Iterator<Item = Mark> {
        border::borders(&self.zones)
            .into_iter()
            .map(move |line| Mark::Line {
                path: line
                    .into_iter()
                    .map(|(column, row)| Point::new(grid.left(column), grid.top(row)))
                    .collect(),
                ink: Ink::Text,
                stroke: 1.5,
                dash: Dash::Solid,
            })
    }

    /// Labels below the columns, at even distances, and the name of the axis.
    fn columns(&self, grid: Grid) -> Vec<Mark> {
        let Grid { area, columns, .. } = grid;
        let scale = Scale::new((0.0, cast::count(columns)), (area.x, area.right()));
        let labels = self.map.x.labels.iter().take(columns);
        let widths = labels.map(|label| Style::SMALL.width(label, self.measure));
        let pitch = widths.fold(0.0, f64::max) + COLUMN_GAP_PX;
        let shown = evenly(&self.map.x.labels, columns, area.width, pitch);
        let ticks = shown.into_iter().map(|(column, label)| Tick {
            value: cast::count(column) + 0.5,
            label: label.to_owned(),
        });
        let mut marks = axes::level(ticks, scale, (area, self.size.width()), self.measure);
        marks.extend(axes::level_name(&self.map.x.name, area, self.measure));
        marks
    }

    /// Labels left of the rows, from the lowest one, and the name of the axis above them.
    fn rows(&self, grid: Grid) -> Vec<Mark> {
        let Grid { area, rows, .. } = grid;
        let at = Point::new(EDGE_PX, area.y - NAME_PX + SMALL_LINE_PX / 2.0);
        let room = self.size.width() - 2.0 * EDGE_PX;
        let name = Style::SMALL.set(&self.map.y.name, at, Align::Start, room, self.measure);
        let mut marks: Vec<Mark> = name.map(Mark::Text).into_iter().collect();
        let upwards: Vec<String> = self.map.y.labels.iter().take(rows).rev().cloned().collect();
        let room = self.gutter - TICK_GAP_PX - EDGE_PX;
        for (from_below, label) in evenly(&upwards, rows, area.height, ROW_PITCH_PX) {
            let row = rows.saturating_sub(from_below + 1);
            let y = grid.cells((0, row), (1, 1)).center().y;
            let at = Point::new(area.x - TICK_GAP_PX, y);
            let label = Style::SMALL.set(label, at, Align::End, room, self.measure);
            marks.extend(label.map(Mark::Text));
        }
        marks
    }

    /// The ring of the present scenario: readable on every colour, for it has both ground and ink.
    fn present(&self, grid: Grid, plates: &mut Plates) {
        let Some(present) = &self.map.present else {
            return;
        };
        let Some((columns, rows)) = present.place(grid.columns, grid.rows) else {
            return;
        };
        let area = grid.area;
        let center = Point::new(
            area.x + area.width * columns / cast::count(grid.columns),
            area.y + area.height * rows / cast::count(grid.rows),
        );
        let dots = [
            (RING_PX, Ink::Surface),
            (RING_PX - 1.5, Ink::Text),
            (RING_PX - 4.0, Ink::Surface),
            (RING_PX - 6.0, Ink::Text),
        ];
        plates.marks.extend(dots.map(|(radius, ink)| Mark::Dot {
            center,
            radius,
            ink,
        }));
        let ring = Rect::new(center.x, center.y, 0.0, 0.0).grown(RING_PX);
        plates.taken.push(ring);
        let style = Style::SMALL.ink(Ink::Text).bold_if(true);
        let width = style.width(&present.label, self.measure) + 2.0 * PLATE_X_PX;
        let height = SMALL_LINE_PX + 2.0 * PLATE_Y_PX;
        let (left, top) = (center.x - width / 2.0, center.y - height / 2.0);
        let beside = [
            (center.x + RING_GAP_PX, top),
            (center.x - RING_GAP_PX - width, top),
            (left, center.y - RING_GAP_PX - height),
            (left, center.y + RING_GAP_PX),
        ];
        let around = beside.map(|(x, y)| Rect::new(x, y, width, height));
        let inside = around.into_iter().find(|place| within(area, *place));
        if let Some(place) = inside {
            plates.add(place, &present.label, style, self.measure);
            // Names of zones are not to be read as part of it.
            plates.taken.push(place.grown(RING_PX));
        }
    }

    /// Names every zone where it has room; returns the classes that have only a number, or nothing.
    fn names(&self, grid: Grid, plates: &mut Plates) -> Vec<usize> {
        let mut unnamed = Vec::new();
        let style = Style::SMALL.ink(Ink::Text);
        let find = |words: &str, zone: Zone, strict: bool, taken: &[Rect]| {
            let width = style.width(words, self.measure) + 2.0 * PLATE_X_PX;
            let size = (width, SMALL_LINE_PX + 2.0 * PLATE_Y_PX);
            let is_said = !words.trim().is_empty();
            is_said
                .then(|| label::place((&self.zones, zone), grid, size, strict, taken))
                .flatten()
        };
        if let Some(place) = find(&self.map.names.nobody, Zone::Nobody, true, &plates.taken) {
            plates.add(place, &self.map.names.nobody, style, self.measure);
        }
        for (index, class) in self.map.classes.iter().enumerate() {
            let zone = Zone::Class(index);
            if !self.zones.has(zone) {
                continue;
            }
            let names = [&class.label, &class.short_label];
            let found = names
                .into_iter()
                .find_map(|name| Some((name, find(name, zone, true, &plates.taken)?)));
            if let Some((name, place)) = found {
                plates.add(place, name, style, self.measure);
                continue;
            }
            unnamed.push(index);
            let number = number(index);
            if let Some(place) = find(&number, zone, false, &plates.taken) {
                plates.add(place, &number, style, self.measure);
                plates.marks.push(Mark::Frame {
                    area: place,
                    ink: Ink::Accent(class.accent, Shade::Full),
                    stroke: 1.5,
                });
            }
        }
        unnamed
    }
}

/// Words on the grid, and where they and the ring are.
struct Plates {
    taken: Vec<Rect>,
    marks: Vec<Mark>,
}

impl Plates {
    fn add(&mut self, area: Rect, words: &str, style: Style, measure: &dyn Measure) {
        let room = area.width;
        let Some(text) = style.set(words, area.center(), Align::Middle, room, measure) else {
            return;
        };
        self.marks.push(Mark::Rect {
            area,
            ink: Ink::Surface,
        });
        self.marks.push(Mark::Text(text));
        // The next one keeps a little apart.
        self.taken.push(area.grown(1.0));
    }
}

fn within(area: Rect, place: Rect) -> bool {
    let (first, last) = (
        Point::new(place.x, place.y),
        Point::new(place.right(), place.bottom()),
    );
    area.contains(first) && area.contains(last)
}

/// Of the labels that are there as many as have room, at even distances from the first, and the last
/// one if it is as far from those.
fn evenly(labels: &[String], count: usize, length: f64, pitch: f64) -> Vec<(usize, &str)> {
    let said: Vec<(usize, &str)> = labels
        .iter()
        .take(count)
        .map(String::as_str)
        .enumerate()
        .filter(|(_, label)| !label.trim().is_empty())
        .collect();
    let cell = length / cast::count(count.max(1));
    let is_apart = |one: usize, next: usize| cast::count(next - one) * cell >= pitch;
    let all_apart = |by: usize| {
        let every = || said.iter().step_by(by);
        every()
            .zip(every().skip(1))
            .all(|(one, next)| is_apart(one.0, next.0))
    };
    let by = (1..said.len())
        .find(|&by| all_apart(by))
        .unwrap_or(said.len().max(1));
    let mut shown: Vec<(usize, &str)> = said.iter().step_by(by).copied().collect();
    if let (Some(last), Some(end)) = (said.last(), shown.last())
        && is_apart(end.0, last.0)
    {
        shown.push(*last);
    }
    shown
}
