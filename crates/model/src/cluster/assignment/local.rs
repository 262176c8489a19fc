//! Assignments of many services, by a local search: from the best of some beginnings, one service
//! at a time goes where the whole costs less, until none does.

use super::super::Cluster;
use super::parts::{PartPrices, Picodollars, bit};
use super::{Allowed, Found, Mask};
use crate::option::{OptionId, Place, Purchase};
use crate::report::ServiceAnswer;
use crate::scenario::Places;

/// Most moves that are priced for one kind of assignment.
const MOST_MOVES: usize = 600;

/// How far the search is.
#[derive(Clone, Debug)]
pub(super) struct Search {
    /// Kinds of assignments that wait; the last is looked at first.
    waiting: Vec<Allowed>,
    /// For each option of the prices, what it costs each service alone.
    alone: Vec<Vec<Option<Picodollars>>>,
    services: usize,
    run: Option<Run>,
}

/// The search for the cheapest assignment of one kind.
#[derive(Clone, Debug)]
struct Run {
    allowed: Allowed,
    /// Beginnings that wait.
    beginnings: Vec<Vec<usize>>,
    /// The option of each service, as its place in the prices' list, and what all of it costs.
    best: Option<(Picodollars, Vec<usize>)>,
    /// Where in the list of services and options it is, how far it has gone since the last move that saved
    /// something, and how many moves it has priced.
    place: usize,
    idle: usize,
    moves: usize,
}

impl Search {
    pub(super) fn new(prices: &PartPrices, alone: &[ServiceAnswer]) -> Self {
        let kinds: [&[Place]; 5] = [
            &[Place::Fargate],
            &[Place::ManagedInstances],
            &[Place::Ec2],
            &[Place::Fargate, Place::ManagedInstances],
            Place::ALL,
        ];
        let places = kinds
            .iter()
            .rev()
            .filter_map(|places| Places::new(places.iter().copied()));
        let waiting = places.flat_map(|places| {
            let spots = [prices.tolerant, 0];
            // Where no service tolerates Spot, the two are the same.
            let count = if prices.tolerant == 0 { 1 } else { 2 };
            spots
                .into_iter()
                .take(count)
                .map(move |spot| Allowed { places, spot })
        });
        let costs = prices.options.iter().map(|&option| {
            let of = |answer: &ServiceAnswer| {
                let total = answer.option(option)?.deciding()?.total;
                super::parts::picodollars(total)
            };
            alone.iter().map(of).collect()
        });
        Self {
            waiting: waiting.collect(),
            alone: costs.collect(),
            services: alone.len(),
            run: None,
        }
    }

    /// Goes on: gives what it has found, or `None` at the end.
    pub(super) fn step(
        &mut self,
        cluster: &Cluster<'_>,
        prices: &mut PartPrices,
    ) -> Option<Vec<(Allowed, Found)>> {
        let Some(run) = &mut self.run else {
            let allowed = self.waiting.pop()?;
            let beginnings = self.beginnings(prices, allowed);
            self.run = Some(Run {
                allowed,
                beginnings,
                best: None,
                place: 0,
                idle: 0,
                moves: 0,
            });
            return Some(Vec::new());
        };
        if run.step(cluster, prices, self.services) {
            return Some(Vec::new());
        }
        let Run { allowed, best, .. } = self.run.take()?;
        let found = best.map(|(total, chosen)| {
            let options = chosen
                .iter()
                .filter_map(|&option| prices.options.get(option).copied());
            let options: Vec<OptionId> = options.collect();
            (allowed, Found { options, total })
        });
        Some(found.into_iter().collect())
    }

    /// Each service where it alone costs least, and all services on each option that all may take.
    fn beginnings(&self, prices: &PartPrices, allowed: Allowed) -> Vec<Vec<usize>> {
        let options =
            || (0..prices.options.len()).filter(|&option| is_allowed(prices, option, allowed, 0));
        let mut beginnings: Vec<Vec<usize>> = options()
            .filter(|&option| {
                prices.is_legal(option, prices.all)
                    && is_allowed(prices, option, allowed, prices.all)
            })
            .map(|option| vec![option; self.services])
            .collect();
        let each = (0..self.services).map(|service| {
            let cost = |option: usize| self.alone.get(option)?.get(service).copied().flatten();
            options()
                .filter(|&option| is_allowed(prices, option, allowed, bit(service)))
                .filter_map(|option| Some((cost(option)?, option)))
                .min()
                .map(|(_, option)| option)
        });
        beginnings.extend(each.collect::<Option<Vec<usize>>>());
        beginnings
    }
}

impl Run {
    /// Tries a beginning or a move; false once none is left.
    fn step(&mut self, cluster: &Cluster<'_>, prices: &mut PartPrices, services: usize) -> bool {
        if let Some(beginning) = self.beginnings.pop() {
            self.take_if_cheaper(cluster, prices, beginning);
            return true;
        }
        let all = services * prices.options.len();
        let Some((_, chosen)) = &self.best else {
            return false;
        };
        while self.idle < all && self.moves < MOST_MOVES {
            let place = self.place;
            let (service, option) = (place % services, place / services % prices.options.len());
            self.place += 1;
            self.idle += 1;
            let is_other = chosen.get(service) != Some(&option);
            if is_other && is_allowed(prices, option, self.allowed, bit(service)) {
                // What is passed over is no move.
                self.moves += 1;
                let mut moved = chosen.clone();
                if let Some(of) = moved.get_mut(service) {
                    *of = option;
                }
                if self.take_if_cheaper(cluster, prices, moved) {
                    self.idle = 0;
                }
                return true;
            }
        }
        false
    }

    fn take_if_cheaper(
        &mut self,
        cluster: &Cluster<'_>,
        prices: &mut PartPrices,
        chosen: Vec<usize>,
    ) -> bool {
        let Some(cost) = total(cluster, prices, &chosen) else {
            return false;
        };
        let is_cheaper = self.best.as_ref().is_none_or(|(least, _)| cost < *least);
        if is_cheaper {
            self.best = Some((cost, chosen));
        }
        is_cheaper
    }
}

/// Whether services may be put on an option in this kind of assignment.
fn is_allowed(prices: &PartPrices, option: usize, allowed: Allowed, services: Mask) -> bool {
    let (Some(of), Some(&legal)) = (prices.options.get(option), prices.legal.get(option)) else {
        return false;
    };
    let is_spot = of.purchase == Purchase::SpotMix;
    let exposed = services & prices.tolerant;
    allowed.places.has(of.place)
        && services & !legal == 0
        && (!is_spot || exposed & !allowed.spot == 0)
        // Without anybody on Spot a mix is on-demand capacity under another name.
        && (!is_spot || allowed.spot != 0)
}

/// What an assignment costs; `None` where it is not legal or has no price.
fn total(cluster: &Cluster<'_>, prices: &mut PartPrices, chosen: &[usize]) -> Option<Picodollars> {
    let mut parts: Vec<(usize, Mask)> = Vec::new();
    for (service, &option) in chosen.iter().enumerate() {
        match parts.iter_mut().find(|(of, _)| *of == option) {
            Some((_, services)) => *services |= bit(service),
            None => parts.push((option, bit(service))),
        }
    }
    let mut sum = 0;
    let mut saved = 0;
    let mut places = Vec::new();
    for (option, services) in parts {
        let cost = prices.cost(cluster, option, services);
        let plain = cost.plain?;
        sum += plain;
        if let Some(spending) = cost.spending {
            saved = saved.max(plain - spending);
        }
        places.extend(prices.options.get(option).map(|of| of.place));
    }
    let common = prices.common(cluster, Places::new(places)?)?;
    Some(sum - saved + common)
}
