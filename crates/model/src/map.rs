//! The map: which option wins over two inputs. A study of many evaluations of the same service.
//!
//! Coarse first, then where neighbours differ, then the rest; what is not evaluated yet shows
//! what its coarser neighbour came to, and says so.

use crate::inputs::{self, InputId};
use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::scenario::{Load, Scenario, Service};
use crate::sweep::{Race, Standing, Sweep};

mod axis;
mod ladder;

pub use crate::curve::Progress;
pub use axis::{Axis, MOST_POSITIONS, MapError};

/// What one cell came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The option to take there; `None` where none can run the service at a known price.
    pub best: Option<Standing>,
    /// The best option of the other places; `None` where there is none.
    pub over: Option<Standing>,
}

impl Cell {
    fn of(race: &Race) -> Self {
        let best = race.best();
        let over = best.and_then(|best| race.cheapest(|one| one.place != best.option.place));
        Self { best, over }
    }

    /// The option to take there.
    pub fn winner(&self) -> Option<OptionId> {
        self.best.map(|best| best.option)
    }

    /// What the best of the other places costs more, in US dollars a month.
    pub fn margin(&self) -> Option<Usd> {
        let (best, over) = self.best.zip(self.over)?;
        Some(over.total - best.total)
    }

    /// The margin as a share of what that one costs, in percent, rounded down: 0 to 100.
    pub fn margin_percent(&self) -> Option<u8> {
        let over = self.over?;
        let share = self.margin()?.scaled(100.into()).ratio_to(over.total)?;
        u8::try_from(share.trunc().mantissa().clamp(0, 100)).ok()
    }

    /// Whether the same class of options wins in both: what is drawn in one colour.
    pub fn is_like(&self, other: &Self) -> bool {
        let class = |cell: &Self| cell.winner().map(OptionId::class);
        class(self) == class(other)
    }
}

/// A cell as it can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it came to, or what stands in for it.
    pub cell: Cell,
    /// Whether it is its own; otherwise it is that of the nearest coarser cell.
    pub evaluated: bool,
}

/// A side that a cell has in common with the next one, across which another class wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// The cell's column, 0 at the least of the first input.
    pub column: usize,
    /// Its row, 0 at the least of the second input.
    pub row: usize,
    /// The side.
    pub side: Side,
}

/// A side of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Towards more of the first input.
    NextColumn,
    /// Towards more of the second input.
    NextRow,
}

/// Which cells are evaluated next: every so many columns and rows, all of them or those alone
/// beside which another class wins.
#[derive(Clone, Copy, Debug)]
enum Phase {
    All(usize),
    Borders(usize),
}

const PHASES: [Phase; 7] = [
    Phase::All(8),
    Phase::Borders(4),
    Phase::Borders(2),
    Phase::Borders(1),
    Phase::All(4),
    Phase::All(2),
    Phase::All(1),
];

/// The widest distance between cells that are evaluated.
const COARSEST: usize = 8;

/// The study. [`Self::step`] it until it is done; what it has found can be shown at any time.
#[derive(Debug)]
pub struct Map {
    scenario: Scenario,
    service: usize,
    x: Axis,
    y: Axis,
    rows: Vec<Option<Scenario>>,
    cells: Vec<Option<Cell>>,
    waiting: Vec<(usize, usize)>,
    phase: usize,
    evaluated: usize,
    sweep: Sweep,
}

/// The inputs that a map is opened with. How many tasks there are decides how full the last
/// instances are, and how large they are what share of an instance one leaves over; Fargate
/// charges each task alike, and for vCPU the most. Of jobs the number and the length of runs
/// decide whether a fleet is kept between them.
pub const fn default_axes(service: &Service) -> (InputId, InputId) {
    match service.load {
        Load::Jobs { .. } => (InputId::RunsPerDay, InputId::Minutes),
        Load::Constant { .. } | Load::Schedule { .. } | Load::Week(_) => {
            (InputId::Tasks, InputId::Vcpu)
        }
    }
}

impl Map {
    /// A study of a scenario's service over two of its inputs, each around its present value.
    pub fn new(
        scenario: &Scenario,
        service: usize,
        x: InputId,
        y: InputId,
    ) -> Result<Self, MapError> {
        if x == y {
            return Err(MapError::Same(x));
        }
        let (x, y) = (
            Axis::of(scenario, service, x)?,
            Axis::of(scenario, service, y)?,
        );
        axis::independent(scenario, service, &x, &y)?;
        let cells = x.values().len() * y.values().len();
        Ok(Self {
            scenario: scenario.clone(),
            service,
            rows: vec![None; y.values().len()],
            cells: vec![None; cells],
            waiting: vec![(x.present(), y.present())],
            x,
            y,
            phase: 0,
            evaluated: 0,
            sweep: Sweep::default(),
        })
    }

    /// The first input, whose values are columns.
    pub const fn x(&self) -> &Axis {
        &self.x
    }

    /// The second, whose values are rows.
    pub const fn y(&self) -> &Axis {
        &self.y
    }

    /// How many cells are evaluated, and how many there are.
    pub const fn progress(&self) -> (usize, usize) {
        (self.evaluated, self.cells.len())
    }

    /// Whether every cell is evaluated.
    pub const fn is_done(&self) -> bool {
        self.evaluated == self.cells.len()
    }

    /// A cell as it can be shown: its own, or the nearest coarser one that is evaluated. `None`
    /// beside the map, and before anything is evaluated near it.
    pub fn cell(&self, column: usize, row: usize) -> Option<Shown> {
        let mut distance = 1;
        while distance <= COARSEST {
            let coarser = |place: usize| place - place % distance;
            if let Some(cell) = self.own(coarser(column), coarser(row)) {
                return self.place(column, row).map(|_| Shown {
                    cell,
                    evaluated: distance == 1,
                });
            }
            distance *= 2;
        }
        None
    }

    /// What the present scenario came to; `None` before the first step.
    pub fn present(&self) -> Option<Cell> {
        self.own(self.x.present(), self.y.present())
    }

    /// Where another class wins on the other side, as far as both sides are evaluated.
    pub fn borders(&self) -> Vec<Border> {
        let mut borders = Vec::new();
        for row in 0..self.y.values().len() {
            for column in 0..self.x.values().len() {
                let Some(here) = self.own(column, row) else {
                    continue;
                };
                for (side, there) in [
                    (Side::NextColumn, self.own(column + 1, row)),
                    (Side::NextRow, self.own(column, row + 1)),
                ] {
                    if there.is_some_and(|there| !there.is_like(&here)) {
                        borders.push(Border { column, row, side });
                    }
                }
            }
        }
        borders
    }

    /// Evaluates at most `budget` cells, from a book that the scenario's own figures are in
    /// already.
    pub fn step(&mut self, book: &PriceBook, budget: usize) -> Progress {
        for _ in 0..budget {
            let Some((column, row)) = self.next_cell() else {
                return Progress::Done;
            };
            let cell = self.evaluate(book, column, row);
            if let Some(place) = self.place(column, row)
                && let Some(known) = self.cells.get_mut(place)
            {
                *known = Some(cell);
                self.evaluated += 1;
            }
        }
        if self.is_done() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    fn place(&self, column: usize, row: usize) -> Option<usize> {
        let columns = self.x.values().len();
        (column < columns && row < self.y.values().len()).then(|| row * columns + column)
    }

    fn own(&self, column: usize, row: usize) -> Option<Cell> {
        let place = self.place(column, row)?;
        self.cells.get(place).copied().flatten()
    }

    fn next_cell(&mut self) -> Option<(usize, usize)> {
        loop {
            while let Some((column, row)) = self.waiting.pop() {
                if self.own(column, row).is_none() {
                    return Some((column, row));
                }
            }
            let phase = PHASES.get(self.phase)?;
            self.phase += 1;
            self.waiting = self.cells_of(*phase);
            // The last of the list is taken first.
            self.waiting.reverse();
        }
    }

    /// The cells of a phase that are not evaluated.
    fn cells_of(&self, phase: Phase) -> Vec<(usize, usize)> {
        let (distance, all) = match phase {
            Phase::All(distance) => (distance, true),
            Phase::Borders(distance) => (distance, false),
        };
        let mut cells = Vec::new();
        for row in (0..self.y.values().len()).step_by(distance) {
            for column in (0..self.x.values().len()).step_by(distance) {
                let waits = self.own(column, row).is_none();
                if waits && (all || self.is_at_border(column, row, 2 * distance)) {
                    cells.push((column, row));
                }
            }
        }
        cells
    }

    /// Whether among the cells around one that are so far apart not the same class wins.
    fn is_at_border(&self, column: usize, row: usize, distance: usize) -> bool {
        let (left, below) = (column - column % distance, row - row % distance);
        let mut first: Option<Cell> = None;
        for row in [below, below + distance] {
            for column in [left, left + distance] {
                let Some(cell) = self.own(column, row) else {
                    continue;
                };
                match first {
                    None => first = Some(cell),
                    Some(first) if !first.is_like(&cell) => return true,
                    Some(_) => {}
                }
            }
        }
        false
    }

    fn evaluate(&mut self, book: &PriceBook, column: usize, row: usize) -> Cell {
        let (Some(x), Some(y)) = (self.x.values().get(column), self.y.values().get(row)) else {
            return Cell::default();
        };
        let Some(of_row) = self.rows.get_mut(row) else {
            return Cell::default();
        };
        if of_row.is_none() {
            *of_row = inputs::set(&self.scenario, self.service, self.y.input(), y).ok();
        }
        // Every value of an axis can be set, and neither changes the other (`Self::new`).
        let Some(set) = of_row
            .as_ref()
            .and_then(|scenario| inputs::set(scenario, self.service, self.x.input(), x).ok())
        else {
            return Cell::default();
        };
        let service = set.services.nearest(self.service);
        Cell::of(&self.sweep.race(&set, service, book))
    }
}
