//! The fleet: instances with the tasks that stand on them, what the system and daemons take, and what
//! is left over, hatched. Instances that are alike are one tile with their count.

mod fill;
mod plan;
mod tile;

use self::plan::{PADDING_PX, Plan};
use crate::{
    accent::Accent,
    figure::{self, EMPTY_PX, Figure},
    geometry::{Rect, Size},
    measure::Measure,
    scene::Scene,
};

/// Instances, in sections such as zones.
///
/// Every tile has a bar for each dimension, so that one sees in which of them there is room left: an
/// instance is full once one of its bars is. In the [`Key`](crate::Key)s of a scene `series` counts
/// the sections and `item` the tiles of one.
///
/// Built from a placement of the model, a section is a zone of a leg and a tile one of its stands:
///
/// ```
/// use berth_figures::{
///     Accent, Figure, Fleet, Size, WidthTable,
///     fleet::{Part, Section, Tile, What},
/// };
///
/// // An m6g.medium with two tasks of 0.5 vCPU and 1 GiB: the system keeps 0.37 of its 4 GiB.
/// let tile = Tile {
///     count: 3,
///     label: "2 api".into(),
///     bars: vec![
///         vec![Part { what: What::Tasks(0), share: 1.0, count: 2 }],
///         vec![
///             Part { what: What::System, share: 0.0925, count: 1 },
///             Part { what: What::Tasks(0), share: 0.5, count: 2 },
///             Part { what: What::Idle, share: 0.4075, count: 1 },
///         ],
///     ],
/// };
/// let fleet = Fleet {
///     accent: Accent::Ec2,
///     services: vec!["api".into()],
///     dimensions: vec!["vCPU".into(), "GiB".into()],
///     sections: vec![Section { title: "Zone 1: 3 × m6g.medium".into(), tiles: vec![tile] }],
///     ..Fleet::default()
/// };
/// let size = Size::new(640.0, fleet.natural_height(640.0, &WidthTable));
/// let scene = fleet.layout(size, &WidthTable);
/// assert!(scene.texts().any(|text| text.words == "3 ×"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fleet {
    /// The option's colour.
    pub accent: Accent,
    /// Names of the services, in the order in which parts name them. Their fills differ for the first
    /// four, and repeat after that: labels say which is which.
    pub services: Vec<String>,
    /// Names of the dimensions, in the order of the bars of each tile.
    pub dimensions: Vec<String>,
    /// What the key calls what is taken by none of the services; as in [`Names::default`].
    pub names: Names,
    /// The instances.
    pub sections: Vec<Section>,
    /// What to say where there are no instances.
    pub empty: String,
}

/// What the key calls what no service takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Operating system and agent.
    pub system: String,
    /// Daemons.
    pub daemons: String,
    /// What is left over.
    pub idle: String,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            system: "System and agent".into(),
            daemons: "Daemons".into(),
            idle: "Left over".into(),
        }
    }
}

/// Instances under one heading, such as those of a zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// The heading; empty for none.
    pub title: String,
    /// Its instances.
    pub tiles: Vec<Tile>,
}

/// Instances that are alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// How many they are.
    pub count: u64,
    /// What stands on each, such as `2 api + 1 web`, or why it is empty.
    pub label: String,
    /// What becomes of each dimension, in the order of [`Fleet::dimensions`], from left to right.
    pub bars: Vec<Vec<Part>>,
}

/// A part of one dimension of an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What takes it.
    pub what: What,
    /// Its share of the instance, 0 to 1. Shares that add up to more than 1 are drawn to scale with
    /// each other.
    pub share: f64,
    /// Of tasks, how many there are: a box each, while boxes are wide enough.
    pub count: u64,
}

/// What takes a part of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Tasks of a service: which of [`Fleet::services`].
    Tasks(usize),
    /// Operating system and agent.
    System,
    /// Daemons.
    Daemons,
    /// Nothing.
    Idle,
}

impl Fleet {
    /// The height in CSS pixels at which every tile has its place.
    pub fn natural_height(&self, width: f64, measure: &dyn Measure) -> f64 {
        if self.is_empty() {
            return EMPTY_PX;
        }
        Plan::new(self, Size::new(width, 0.0), measure)
            .natural_height()
            .ceil()
    }

    fn is_empty(&self) -> bool {
        self.sections.iter().all(|section| section.tiles.is_empty())
    }
}

impl Figure for Fleet {
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene {
        let whole = Rect::new(0.0, 0.0, size.width(), size.height());
        if self.is_empty() {
            return Scene {
                marks: figure::message(whole, &self.empty, measure),
                ..Scene::blank(size)
            };
        }
        if size.width() < 8.0 * PADDING_PX {
            return Scene::blank(size);
        }
        Plan::new(self, size, measure).scene()
    }
}
