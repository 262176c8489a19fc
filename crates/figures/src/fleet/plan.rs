//! The layout: a key, then sections from the top down, their tiles side by side.

use super::{Fleet, Part, Section, What, fill::fill, tile};
use crate::{
    cast,
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    legend::Legend,
    measure::Measure,
    scene::{Align, Ink, Mark, Scene},
    typeset::Style,
};

/// Space between the edge of the figure and its tiles: the edges of the instances behind one are seen
/// in it.
pub(super) const PADDING_PX: f64 = 8.0;
/// Space between tiles.
const GAP_PX: f64 = 12.0;
/// Tiles are at least and at most this wide.
const LEAST_TILE_PX: f64 = 190.0;
const MOST_TILE_PX: f64 = 340.0;
/// Height of a heading.
const TITLE_PX: f64 = 28.0;
/// Height of the line that says how many instances are left out.
const MORE_PX: f64 = 20.0;
/// Names of dimensions take at most this share of a tile.
const NAMES_SHARE: f64 = 0.35;

/// The columns of the figure.
pub(super) struct Plan<'a> {
    pub(super) fleet: &'a Fleet,
    pub(super) measure: &'a dyn Measure,
    size: Size,
    key: Legend,
    kinds: Vec<What>,
    columns: usize,
    tile_width: f64,
    pub(super) names_width: f64,
}

impl<'a> Plan<'a> {
    pub(super) fn new(fleet: &'a Fleet, size: Size, measure: &'a dyn Measure) -> Self {
        let width = size.width();
        let room = (width - 2.0 * PADDING_PX).max(0.0);
        let fitting = cast::to_usize((room + GAP_PX) / (LEAST_TILE_PX + GAP_PX)).max(1);
        let most = fleet.sections.iter().map(|section| section.tiles.len());
        // A few tiles take the room that they have, up to a width.
        let columns = fitting.min(most.max().unwrap_or(1)).max(1);
        let gaps = cast::count(columns - 1) * GAP_PX;
        let tile_width = ((room - gaps) / cast::count(columns)).min(MOST_TILE_PX);
        let dimensions = fleet.dimensions.iter();
        let names_width = dimensions
            .map(|name| Style::SMALL.width(name, measure))
            .fold(0.0, f64::max)
            .min(NAMES_SHARE * tile_width);
        let kinds = kinds(fleet);
        let named = kinds.iter().enumerate().map(|(kind, &what)| {
            let name = match what {
                What::Tasks(service) => fleet.services.get(service).map_or("", String::as_str),
                What::System => &fleet.names.system,
                What::Daemons => &fleet.names.daemons,
                What::Idle => &fleet.names.idle,
            };
            (kind, name)
        });
        Self {
            fleet,
            measure,
            size,
            key: Legend::new(named, (width, PADDING_PX), measure),
            kinds,
            columns,
            tile_width,
            names_width,
        }
    }

    fn tile_height(&self) -> f64 {
        tile::height(self.fleet.dimensions.len())
    }

    /// Sections with tiles, with their index.
    fn sections(&self) -> impl Iterator<Item = (usize, &'a Section)> {
        let sections = self.fleet.sections.iter().enumerate();
        sections.filter(|(_, section)| !section.tiles.is_empty())
    }

    pub(super) fn natural_height(&self) -> f64 {
        let sections = self.sections().map(|(_, section)| {
            let rows = section.tiles.len().div_ceil(self.columns);
            title_height(section) + cast::count(rows) * (self.tile_height() + GAP_PX)
        });
        self.key.height() + sections.sum::<f64>() + PADDING_PX
    }

    pub(super) fn scene(&self) -> Scene {
        let (mut marks, mut data) = (Vec::new(), Vec::new());
        let mut y = 0.0;
        // A key that leaves no room for anything else is left out.
        if self.key.height() <= self.size.height() / 2.0 {
            let swatch = |area, kind: usize| {
                let what = self.kinds.get(kind).copied().unwrap_or(What::Idle);
                fill(area, self.fleet.accent, what)
            };
            marks.extend(self.key.marks(0.0, &swatch, self.measure));
            y += self.key.height();
        }
        let needed = y + self.natural_height() - self.key.height();
        let fits_all = needed <= self.size.height() + 0.5;
        let end = self.size.height() - if fits_all { 0.0 } else { MORE_PX };
        let mut left_out = self.instances();
        'sections: for (series, section) in self.sections() {
            let title = title_height(section);
            for (row, tiles) in section.tiles.chunks(self.columns).enumerate() {
                let above = if row == 0 { title } else { 0.0 };
                if y + above + self.tile_height() + PADDING_PX > end + 0.5 {
                    break 'sections;
                }
                if row == 0 && title > 0.0 {
                    marks.extend(self.title(section, y));
                }
                y += above;
                for (column, one) in tiles.iter().enumerate() {
                    let x = PADDING_PX + cast::count(column) * (self.tile_width + GAP_PX);
                    let area = Rect::new(x, y, self.tile_width, self.tile_height());
                    self.tile(&mut marks, one, area);
                    data.push(Datum {
                        key: Key::item(series, row * self.columns + column),
                        area,
                        anchor: Point::new(area.center().x, area.y),
                    });
                    left_out = left_out.saturating_sub(one.count);
                }
                y += self.tile_height() + GAP_PX;
            }
        }
        if left_out > 0 && y + MORE_PX <= self.size.height() + 0.5 {
            marks.extend(self.more(left_out, y));
        }
        Scene {
            size: self.size,
            marks,
            hits: Hits::areas(&data),
        }
    }

    fn instances(&self) -> u64 {
        let tiles = self
            .fleet
            .sections
            .iter()
            .flat_map(|section| &section.tiles);
        tiles.fold(0, |sum, tile| sum.saturating_add(tile.count))
    }

    fn title(&self, section: &Section, top: f64) -> Option<Mark> {
        let at = Point::new(PADDING_PX, top + TITLE_PX / 2.0 - 2.0);
        let room = self.size.width() - 2.0 * PADDING_PX;
        let style = Style::SMALL.bold_if(true).ink(Ink::Text);
        let title = style.set(&section.title, at, Align::Start, room, self.measure);
        title.map(Mark::Text)
    }

    /// How many instances have no place.
    fn more(&self, count: u64, top: f64) -> Option<Mark> {
        let noun = if count == 1 { "instance" } else { "instances" };
        let words = format!("+ {} more {noun}", tile::grouped(count));
        let at = Point::new(PADDING_PX, top + MORE_PX / 2.0);
        let room = self.size.width() - 2.0 * PADDING_PX;
        let text = Style::SMALL.set(&words, at, Align::Start, room, self.measure);
        text.map(Mark::Text)
    }
}

/// Space above the first tiles of a section: a heading, or enough for the edges behind a tile.
fn title_height(section: &Section) -> f64 {
    if section.title.trim().is_empty() {
        PADDING_PX
    } else {
        TITLE_PX
    }
}

/// What takes parts of instances, services first, in the order of the key.
fn kinds(fleet: &Fleet) -> Vec<What> {
    let tiles = fleet.sections.iter().flat_map(|section| &section.tiles);
    let parts = tiles.flat_map(|tile| &tile.bars).flatten();
    let mut kinds: Vec<What> = Vec::new();
    for &Part { what, share, .. } in parts {
        let is_named = match what {
            What::Tasks(service) => service < fleet.services.len(),
            _ => true,
        };
        let place = kinds.partition_point(|known| *known < what);
        if share > 0.0 && is_named && kinds.get(place) != Some(&what) {
            kinds.insert(place, what);
        }
    }
    kinds
}
