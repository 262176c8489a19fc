//! Which class of options wins over two inputs: a grid of cells, coloured by the winner and lighter
//! where it wins by little, with the borders drawn and the present scenario marked.

mod block;
mod border;
mod key;
mod label;
mod plan;
mod zone;

use self::plan::Plan;
use crate::{
    accent::Accent,
    cast,
    figure::{self, Figure},
    geometry::{Rect, Size},
    hit::MOST_CELLS,
    measure::Measure,
    scene::{Scene, Shade},
};

/// Who wins over two inputs.
///
/// In the [`Key`](crate::Key)s of a scene `series` is the row, counted from the top, and `item` the
/// column. Rows and columns beyond 64 are not drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// The input from left to right.
    pub x: Axis,
    /// The input from the top down: of numbers the highest first.
    pub y: Axis,
    /// The classes of options that may win.
    pub classes: Vec<Class>,
    /// The cells, row by row from the top, as many in a row as `x` has labels. Those that are
    /// missing are [`Cell::Unknown`].
    pub cells: Vec<Cell>,
    /// What the key calls the fills that are no class.
    pub names: Names,
    /// The present scenario.
    pub present: Option<Present>,
    /// What to say when an axis has no positions.
    pub empty: String,
}

/// One of the two inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What it is, such as `tasks`.
    pub name: String,
    /// A label for each position; empty for a position without one. As many as fit are shown, at
    /// even distances.
    pub labels: Vec<String>,
}

/// A class of options.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Class {
    /// Its name.
    pub label: String,
    /// A name for small areas; empty for none.
    pub short_label: String,
    /// Whose colour it has.
    pub accent: Accent,
}

/// What is known of one pair of positions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing yet.
    #[default]
    Unknown,
    /// Not evaluated itself yet; this class wins beside it.
    Guessed(usize),
    /// No option can run it.
    Nobody,
    /// Evaluated.
    Won {
        /// Which of [`Map::classes`].
        class: usize,
        /// By how much of its own cost it is ahead of the best other class, 0 to 1.
        margin: f64,
    },
}

/// The words of the key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The margins below, between and above [`STEPS`].
    pub steps: [String; 3],
    /// [`Cell::Guessed`].
    pub guessed: String,
    /// [`Cell::Nobody`].
    pub nobody: String,
    /// [`Cell::Unknown`].
    pub unknown: String,
}

/// Where the present scenario is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Present {
    /// The position on the x axis: 0 is the middle of the first column; between two columns it may
    /// be a fraction.
    pub column: f64,
    /// The position on the y axis: 0 is the middle of the first row, at the top.
    pub row: f64,
    /// The words beside the mark, such as `now`.
    pub label: String,
}

/// The margins from which a cell is a step stronger.
pub const STEPS: [f64; 2] = [0.05, 0.2];

/// How strong a step is, the smallest margin first; what is guessed is fainter than all.
const STEP_SHADES: [Shade; 3] = [Shade::Soft, Shade::Mid, Shade::Full];

/// The step of a margin; what is no number has the smallest.
fn step(margin: f64) -> usize {
    STEPS.iter().filter(|&&from| margin >= from).count()
}

/// How strong the cells of a step are.
fn step_shade(step: usize) -> Shade {
    STEP_SHADES.get(step).copied().unwrap_or(Shade::Full)
}

/// What stands for a class where its name has no room.
fn number(class: usize) -> String {
    (class + 1).to_string()
}

impl Map {
    /// The height in CSS pixels at which the grid has good proportions.
    pub fn natural_height(&self, width: f64, measure: &dyn Measure) -> f64 {
        if self.columns() == 0 || self.rows() == 0 {
            return figure::EMPTY_PX;
        }
        Plan::new(self, Size::new(width, 0.0), measure)
            .natural_height()
            .ceil()
    }

    fn columns(&self) -> usize {
        self.x.labels.len().min(MOST_CELLS)
    }

    fn rows(&self) -> usize {
        self.y.labels.len().min(MOST_CELLS)
    }

    fn accent(&self, class: usize) -> Accent {
        self.classes
            .get(class)
            .map_or(Accent::Neutral, |class| class.accent)
    }

    /// The cell in a column and row; a class that is not there makes it unknown.
    fn cell(&self, column: usize, row: usize) -> Cell {
        let cell = self.cells.get(row * self.x.labels.len() + column);
        match cell.copied().unwrap_or_default() {
            Cell::Guessed(class) | Cell::Won { class, .. } if class >= self.classes.len() => {
                Cell::Unknown
            }
            cell => cell,
        }
    }
}

impl Present {
    /// Its place in a grid, in columns and rows from the top left corner.
    fn place(&self, columns: usize, rows: usize) -> Option<(f64, f64)> {
        let inside = |position: f64, count: usize| {
            let place = position + 0.5;
            (0.0..=cast::count(count)).contains(&place).then_some(place)
        };
        Some((inside(self.column, columns)?, inside(self.row, rows)?))
    }
}

impl Figure for Map {
    fn layout(&self, size: Size, measure: &dyn Measure) -> Scene {
        if self.columns() == 0 || self.rows() == 0 {
            let area = Rect::new(0.0, 0.0, size.width(), size.height());
            return Scene {
                marks: figure::message(area, &self.empty, measure),
                ..Scene::blank(size)
            };
        }
        Plan::new(self, size, measure).scene()
    }
}
