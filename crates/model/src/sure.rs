//! How sure an answer is: a sample of cases within the ranges of a scenario. A study.
//!
//! Each case is the scenario at another load, with another room left over by packing, at other
//! Spot prices and with old list prices that have moved. It is evaluated like any scenario. The
//! cases are the same each time (`sequence`), so a link always gives the same result.

use rust_decimal::prelude::ToPrimitive as _;

use crate::inputs::InputId;
use crate::money::Usd;
use crate::option::{OptionId, Place};
use crate::order;
use crate::prices::PriceBook;
use crate::scenario::{PackingOverhead, Ranges, Scenario, Service};
use crate::sweep::{Race, Standing, Sweep};

mod doubt;
mod drift;
mod sequence;

pub use crate::curve::Progress;
pub use doubt::BINS;
pub use drift::FULL_DRIFT_DAYS;

use drift::Drift;
use sequence::{DIMENSIONS, Point, Sequence, value};

/// How many cases a sample has.
pub const CASES: u32 = 2_000;

/// The inputs whose ranges are sampled, in the order of the dimensions.
pub const INPUTS: [InputId; DIMENSIONS] = [
    InputId::RangeSpot,
    InputId::RangeLoad,
    InputId::RangePacking,
    InputId::RangePrice,
];

/// What one case came to.
#[derive(Clone, Copy, Debug)]
struct Case {
    point: Point,
    best: Option<Standing>,
    places: [Option<Usd>; 3],
}

/// The study. [`Self::step`] it until it is done; what it has found can be shown at any time.
#[derive(Debug)]
pub struct Sure {
    /// The scenario, at the packing of the case at hand.
    scenario: Scenario,
    /// The service as it is.
    base: Service,
    present: Race,
    drift: Drift,
    sweep: Sweep,
    sequence: Sequence,
    cases: Vec<Case>,
}

/// Costs of a sample in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// One case in twenty costs no more than this, in US dollars a month.
    pub low: Usd,
    /// Half of them cost no more than this.
    pub middle: Usd,
    /// Nineteen in twenty cost no more than this.
    pub high: Usd,
    /// Cases in which there is a cost.
    pub cases: u32,
}

/// How much of the uncertainty an input brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The range that is drawn from.
    pub input: InputId,
    /// Its first-order share of the variance of the margin, in thousandths.
    pub thousandths: u16,
}

/// What a sample came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidence {
    /// Cases that are evaluated.
    pub cases: u32,
    /// The option to take at the point itself; `None` where nothing can run it.
    pub point: Option<Standing>,
    /// In how many cases each option wins, the most frequent first; none that never does.
    pub wins: Vec<(OptionId, u32)>,
    /// In how many cases an option of each place wins, in the order of [`Place::ALL`].
    pub place_wins: [u32; 3],
    /// What the cheapest option costs.
    pub winner: Option<Band>,
    /// What the cheapest option of each place costs, in the order of [`Place::ALL`].
    pub places: [Option<Band>; 3],
    /// Where the uncertainty comes from: of the margin between the place that wins at the point
    /// and the best other one. The largest share first; empty where the margin does not vary, or
    /// there is no other place.
    pub doubts: Vec<Doubt>,
}

impl Sure {
    /// A study of a scenario's service, from a book that the scenario's own figures are in
    /// already.
    pub fn new(scenario: &Scenario, service: usize, book: &PriceBook) -> Self {
        let base = scenario.services.nearest(service).clone();
        let mut sweep = Sweep::default();
        Self {
            present: sweep.race(scenario, &base, book),
            drift: Drift::new(scenario, &base, book),
            scenario: scenario.clone(),
            base,
            sweep,
            sequence: Sequence::new(),
            cases: Vec::new(),
        }
    }

    /// Whether every case is evaluated.
    pub fn is_done(&self) -> bool {
        self.evaluated() == CASES
    }

    /// How many cases are evaluated.
    pub fn evaluated(&self) -> u32 {
        u32::try_from(self.cases.len()).unwrap_or(CASES)
    }

    /// Evaluates at most `budget` cases.
    pub fn step(&mut self, budget: usize) -> Progress {
        for _ in 0..budget {
            if self.is_done() {
                return Progress::Done;
            }
            let point = self.sequence.point(self.evaluated() + 1);
            let case = self.evaluate(point);
            self.cases.push(case);
        }
        if self.is_done() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    fn evaluate(&mut self, point: Point) -> Case {
        let Ranges {
            spot,
            load,
            packing,
            price,
        } = self.scenario.ranges;
        let [of_spot, of_load, of_packing, of_price] = point;
        if self
            .drift
            .move_to(value(spot, of_spot), value(price, of_price))
        {
            self.sweep.reprice();
        }
        let overhead = u16::try_from(value(packing, of_packing)).ok();
        self.scenario.packing = overhead.and_then(PackingOverhead::new).unwrap_or_default();
        let mut service = self.base.clone();
        service.load = service.load.scaled(value(load, of_load));
        let race = self.sweep.race(&self.scenario, &service, self.drift.book());
        Case {
            point,
            best: race.best(),
            places: race.places().map(|place| place.map(|best| best.total)),
        }
    }

    /// What the cases that are evaluated come to.
    pub fn confidence(&self) -> Confidence {
        let cases = &self.cases;
        let mut wins: Vec<(OptionId, u32)> = Vec::new();
        let mut place_wins = [0; 3];
        for best in cases.iter().filter_map(|case| case.best) {
            match wins.iter_mut().find(|(known, _)| *known == best.option) {
                Some((_, count)) => *count += 1,
                None => wins.push((best.option, 1)),
            }
            if let Some(count) = place_wins.get_mut(best.option.place as usize) {
                *count += 1;
            }
        }
        let wins = order::by_key(&wins, |(option, count)| {
            (std::cmp::Reverse(*count), *option)
        });
        let of_place = |place: usize| {
            cases
                .iter()
                .filter_map(move |case| *case.places.get(place)?)
        };
        Confidence {
            cases: self.evaluated(),
            point: self.present.best(),
            wins: wins.into_iter().copied().collect(),
            place_wins,
            winner: Band::of(cases.iter().filter_map(|case| Some(case.best?.total))),
            places: [0, 1, 2].map(|place| Band::of(of_place(place))),
            doubts: self.doubts(),
        }
    }

    fn doubts(&self) -> Vec<Doubt> {
        let Some(best) = self.present.best() else {
            return Vec::new();
        };
        let own = best.option.place;
        let margins: Vec<(Point, i128)> = self
            .cases
            .iter()
            .filter_map(|case| Some((case.point, case.margin(own)?)))
            .collect();
        let ranges = self.scenario.ranges;
        let ranges = [ranges.spot, ranges.load, ranges.packing, ranges.price];
        let doubts = INPUTS.iter().zip(ranges).enumerate();
        let doubts: Vec<Doubt> = doubts
            .filter(|(_, (input, range))| {
                // Without a strategy nothing rests on Spot prices.
                !range.is_point() && (**input != InputId::RangeSpot || self.base.spot.is_some())
            })
            .filter_map(|(dimension, (input, _))| {
                let of_input = margins
                    .iter()
                    .filter_map(|(point, margin)| Some((*point.get(dimension)?, *margin)));
                Some(Doubt {
                    input: *input,
                    thousandths: doubt::share(of_input)?,
                })
            })
            .collect();
        let sorted = order::by_key(&doubts, |doubt| std::cmp::Reverse(doubt.thousandths));
        sorted.into_iter().copied().collect()
    }
}

impl Case {
    /// What the best of the other places costs more than a place, in cents.
    fn margin(&self, own: Place) -> Option<i128> {
        let mut others: Option<Usd> = None;
        let mut here = None;
        for (place, total) in Place::ALL.iter().zip(self.places) {
            if *place == own {
                here = total;
            } else if let Some(total) = total {
                others = Some(others.map_or(total, |known| known.min(total)));
            }
        }
        let margin = (others? - here?).rounded_to_cents().scaled(100.into());
        margin.decimal().to_i128()
    }
}

impl Band {
    /// The band of some costs; `None` where there are none.
    fn of(costs: impl Iterator<Item = Usd>) -> Option<Self> {
        let costs: Vec<Usd> = costs.collect();
        let sorted = order::by_key(&costs, |cost| *cost);
        // Nearest rank: the least cost that so many percent of all do not exceed.
        let at = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100).max(1);
            sorted.get(rank - 1).map(|cost| **cost)
        };
        Some(Self {
            low: at(5)?,
            middle: at(50)?,
            high: at(95)?,
            cases: u32::try_from(sorted.len()).ok()?,
        })
    }
}
