//! Every assignment of a few services, by dynamic programming over sets of services.
//!
//! What an assignment costs is a sum: what the services of each option cost together, and what all
//! share in the places that are used. So the cheapest way to assign a set of services to the first
//! options of a list is the cheapest over what the last of them takes, and the rest is known.

use super::super::Cluster;
use super::parts::{Cost, PartPrices, Picodollars, all_grounds};
use super::{Allowed, Found, Mask};
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::scenario::Places;

/// How far the search is.
#[derive(Clone, Debug)]
pub(super) struct Search {
    /// Sets of services that wait to be priced on a place; the last is priced first.
    unpriced: Vec<((Place, Arch), Mask)>,
    /// Services that may be on Spot: what waits to be looked at.
    spot: Vec<Mask>,
}

/// An option and what every set of services costs under it, by the set.
struct Column {
    option: OptionId,
    costs: Vec<Cost>,
}

/// The cheapest assignment of a set of services to the options so far.
#[derive(Clone, Copy)]
struct Cell {
    total: Picodollars,
    /// The services that the last option takes, and whether what is owned is spent on them.
    taken: Mask,
    spending: bool,
}

impl Search {
    pub(super) fn new(prices: &PartPrices) -> Self {
        let sets = || 1..=prices.all;
        // Small sets first, since larger ones are made of them.
        let mut waiting: Vec<(u32, (Place, Arch), Mask)> = Vec::new();
        for ground in all_grounds() {
            for services in sets() {
                let is_open = (0..prices.options.len()).any(|option| {
                    let of = prices.options.get(option);
                    of.is_some_and(|of| (of.place, of.arch) == ground)
                        && prices.is_legal(option, services)
                });
                if is_open {
                    waiting.push((services.count_ones(), ground, services));
                }
            }
        }
        let waiting = crate::order::by_key(&waiting, |(size, ..)| std::cmp::Reverse(*size));
        let spot = (0..=prices.all).filter(|&services| services & !prices.tolerant == 0);
        Self {
            unpriced: waiting
                .into_iter()
                .map(|&(_, ground, services)| (ground, services))
                .collect(),
            spot: spot.collect(),
        }
    }

    /// Goes on: gives what it has found, or `None` at the end.
    pub(super) fn step(
        &mut self,
        cluster: &Cluster<'_>,
        prices: &mut PartPrices,
    ) -> Option<Vec<(Allowed, Found)>> {
        if let Some((ground, services)) = self.unpriced.pop() {
            prices.work_out(cluster, ground, services);
            return Some(Vec::new());
        }
        let spot = self.spot.pop()?;
        let columns = columns(prices, spot);
        let mut found = Vec::new();
        for places in sets_of_places() {
            let Some(common) = prices.common(cluster, places) else {
                continue;
            };
            let allowed: Vec<&Column> = columns
                .iter()
                .filter(|column| places.has(column.option.place))
                .collect();
            if let Some((total, options)) = cheapest(&allowed, prices.all) {
                let one = Found {
                    options,
                    total: total + common,
                };
                found.push((Allowed { places, spot }, one));
            }
        }
        Some(found)
    }
}

/// Every set of places but the empty one.
fn sets_of_places() -> impl Iterator<Item = Places> {
    (1..8_u8).filter_map(|bits| {
        let places = Place::ALL.iter().copied();
        Places::new(places.filter(|&place| bits & (1 << place as u8) != 0))
    })
}

/// The options that may be cheapest where so many services may be on Spot.
fn columns(prices: &PartPrices, spot: Mask) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (index, &option) in prices.options.iter().enumerate() {
        let costs = (0..=prices.all).map(|services| {
            let is_spot = option.purchase == Purchase::SpotMix;
            let exposed = services & prices.tolerant;
            if is_spot && exposed & !spot != 0 {
                return Cost::default();
            }
            prices.known(index, services).unwrap_or_default()
        });
        let column = Column {
            option,
            costs: costs.collect(),
        };
        // What never costs less than another option of the same place is never needed.
        let is_needless = columns
            .iter()
            .any(|other| other.option.place == option.place && column.never_beats(other));
        if !is_needless {
            columns.push(column);
        }
    }
    columns
}

impl Column {
    /// Whether this costs no less than another for every set of services.
    fn never_beats(&self, other: &Self) -> bool {
        let no_less = |one: Option<Picodollars>, other: Option<Picodollars>| match (one, other) {
            (None, _) => true,
            (Some(one), Some(other)) => one >= other,
            (Some(_), None) => false,
        };
        let pairs = self.costs.iter().zip(&other.costs);
        let mut pairs = pairs.map(|(one, other)| {
            no_less(one.plain, other.plain) && no_less(one.spending, other.spending)
        });
        pairs.all(|no_less| no_less)
    }

    fn cost(&self, services: Mask) -> Cost {
        let place = usize::try_from(services).unwrap_or(usize::MAX);
        self.costs.get(place).copied().unwrap_or_default()
    }
}

/// The cheapest assignment of all services to some options; of equals the first that is found.
fn cheapest(columns: &[&Column], all: Mask) -> Option<(Picodollars, Vec<OptionId>)> {
    // For each set of services: with what is owned not spent yet, and spent.
    let empty = Cell {
        total: 0,
        taken: 0,
        spending: false,
    };
    let mut before: Vec<[Option<Cell>; 2]> = (0..=all).map(|_| [None, None]).collect();
    if let Some(none) = before.first_mut() {
        *none = [Some(empty), None];
    }
    let mut layers = Vec::with_capacity(columns.len());
    for column in columns {
        let layer: Vec<[Option<Cell>; 2]> = (0..=all)
            .map(|services| extended(&before, column, services))
            .collect();
        before.clone_from(&layer);
        layers.push(layer);
    }
    let at = |layer: &[[Option<Cell>; 2]], services: Mask, spent: bool| -> Option<Cell> {
        let cells = layer.get(usize::try_from(services).ok()?)?;
        *cells.get(usize::from(spent))?
    };
    let [plain, spending] = [false, true].map(|spent| Some((at(&before, all, spent)?, spent)));
    let (best, mut spent) = [plain, spending]
        .into_iter()
        .flatten()
        .min_by_key(|(cell, _)| cell.total)?;
    // Back through the options.
    let mut options: Vec<Option<OptionId>> = (0..all.count_ones()).map(|_| None).collect();
    let mut left = all;
    for (layer, column) in layers.iter().zip(columns).rev() {
        let cell = at(layer, left, spent)?;
        for index in super::parts::members(cell.taken) {
            if let Some(place) = options.get_mut(index) {
                *place = Some(column.option);
            }
        }
        left &= !cell.taken;
        spent &= !cell.spending;
    }
    let options: Option<Vec<OptionId>> = options.into_iter().collect();
    Some((best.total, options?))
}

/// The cheapest assignment of a set of services to the options so far and one more.
fn extended(before: &[[Option<Cell>; 2]], column: &Column, services: Mask) -> [Option<Cell>; 2] {
    let known = |services: Mask| {
        let place = usize::try_from(services).unwrap_or(usize::MAX);
        before.get(place).copied().unwrap_or([None, None])
    };
    let [plain, spent] = known(services);
    let takes_nothing = |cell: Option<Cell>| {
        cell.map(|cell| Cell {
            total: cell.total,
            taken: 0,
            spending: false,
        })
    };
    let (mut plain, mut spent) = (takes_nothing(plain), takes_nothing(spent));
    let better = |best: &mut Option<Cell>, total: Option<Picodollars>, taken, spending| {
        if let Some(total) = total
            && best.is_none_or(|known| total < known.total)
        {
            *best = Some(Cell {
                total,
                taken,
                spending,
            });
        }
    };
    let mut taken = services;
    while taken != 0 {
        let cost = column.cost(taken);
        let [rest_plain, rest_spent] = known(services & !taken);
        let sum = |rest: Option<Cell>, cost: Option<Picodollars>| Some(rest?.total + cost?);
        better(&mut plain, sum(rest_plain, cost.plain), taken, false);
        better(&mut spent, sum(rest_spent, cost.plain), taken, false);
        better(&mut spent, sum(rest_plain, cost.spending), taken, true);
        taken = (taken - 1) & services;
    }
    [plain, spent]
}
