//! The study of the cheapest legal assignment of a cluster's services to options.
//!
//! Services of one option share its fleets, as in the cluster's own answer; what all services share
//! (gateways, endpoints, load balancer, staff time) is billed once. A commitment is each option's
//! own, and what is owned already is spent on one option, where it saves most: AWS would spread
//! both over all usage, so what is said here is never too little.
//!
//! Up to [`MOST_EXACT`] services every assignment is looked at, by dynamic programming over which
//! services stand on which option (`exact`). More of them are assigned by a local search (`local`).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Assigned, Cluster};
use crate::curve::Progress;
use crate::exact as decimal;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::prices::PriceBook;
use crate::report::ServiceAnswer;
use crate::scenario::{Places, Scenario, Service};

mod exact;
mod local;
mod parts;

use parts::{PartPrices, Picodollars};

/// Most services whose every assignment is looked at.
pub const MOST_EXACT: usize = 6;

/// A set of services: bit `i` is the service of index `i`.
type Mask = u64;

ids! {
    /// How much work it is to run what a cluster stands on, in order: the row *Operations* of the
    /// decision matrix ([`crate::matrix`]). Of several places the one that asks for most counts. It
    /// is an order and no amount, so it is never added to money.
    pub enum Effort {
        /// Fargate: no hosts.
        Least = "least",
        /// Managed Instances: roles and subnets; AWS runs the hosts.
        Little = "little",
        /// EC2: image, agent, scaling group and patches are one's own.
        Most = "most",
    }
}

impl Effort {
    /// Of one place.
    pub const fn of(place: Place) -> Self {
        match place {
            Place::Fargate => Self::Least,
            Place::ManagedInstances => Self::Little,
            Place::Ec2 => Self::Most,
        }
    }
}

/// An assignment that no other one beats in cost, effort and exposure at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The option of each service. A service that takes no Spot and shares a fleet with ones that
    /// do is on its on-demand instances.
    pub options: Vec<OptionId>,
    /// US dollars a month.
    pub total: Usd,
    /// What running it asks for.
    pub effort: Effort,
    /// Interruption exposure: the share of all task-hours that are on Spot, 0 to 1.
    pub exposure: Decimal,
}

impl Point {
    /// The scenario in which each service may stand where this assignment has it alone, and takes
    /// Spot where it does here.
    #[must_use]
    pub fn scenario(&self, scenario: &Scenario) -> Scenario {
        let mut taken = scenario.clone();
        for (index, option) in self.options.iter().enumerate() {
            let Some(service) = taken.services.get_mut(index) else {
                continue;
            };
            if let Some(place) = Places::new([option.place]) {
                service.places = place;
            }
            if option.purchase != Purchase::SpotMix {
                service.spot = None;
            }
        }
        taken
    }
}

/// The study. [`Self::step`] it until it is done.
#[derive(Clone, Debug)]
pub struct Assignment {
    scenario: Scenario,
    alone: Usd,
    prices: PartPrices,
    search: Search,
    found: Vec<Found>,
    only: [Option<Picodollars>; 3],
    points: Vec<Point>,
    best: Option<Box<Assigned>>,
    done: bool,
}

/// How far the search is.
#[derive(Clone, Debug)]
enum Search {
    Exact(exact::Search),
    Local(Box<local::Search>),
}

/// An assignment that the search has come by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    options: Vec<OptionId>,
    total: Picodollars,
}

/// What a search of one kind of assignment may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Allowed {
    /// The places.
    places: Places,
    /// The services that may be on Spot.
    spot: Mask,
}

impl Assignment {
    /// A study of a scenario, the answer for each of whose services alone is known.
    pub fn new(scenario: &Scenario, alone: &[ServiceAnswer]) -> Self {
        Self::by_search(scenario, alone, alone.len() <= MOST_EXACT)
    }

    fn by_search(scenario: &Scenario, alone: &[ServiceAnswer], exact: bool) -> Self {
        let prices = PartPrices::new(scenario, alone);
        let search = if exact {
            Search::Exact(exact::Search::new(&prices))
        } else {
            Search::Local(Box::new(local::Search::new(&prices, alone)))
        };
        let totals = alone.iter().filter_map(|answer| answer.cheapest(|_| true));
        Self {
            scenario: scenario.clone(),
            alone: totals.map(|(_, priced)| priced.total).sum(),
            prices,
            search,
            found: Vec::new(),
            only: [None; 3],
            points: Vec::new(),
            best: None,
            done: false,
        }
    }

    /// The scenario.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Whether every assignment is looked at, and not only those that a local search comes by.
    pub const fn is_exact(&self) -> bool {
        matches!(self.search, Search::Exact(_))
    }

    /// Whether the search is over.
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// The cheapest assignment with its bill by service; `None` until the study is done, and where
    /// some service can stand nowhere at a known price.
    pub fn best(&self) -> Option<&Assigned> {
        self.best.as_deref()
    }

    /// Assignments that no other one beats in cost, effort and exposure at once, the cheapest
    /// first. Of a local search: of those that it has come by.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// What the cheapest assignment to one place alone costs; `None` where some service cannot
    /// stand there at a known price.
    pub fn only(&self, place: Place) -> Option<Usd> {
        let total = self.only.get(place as usize)?;
        total.map(parts::usd)
    }

    /// Does one step, from a book that the scenario's own figures are in already: it prices some
    /// services on one place, or looks at the assignments of one kind.
    pub fn step(&mut self, book: &PriceBook) -> Progress {
        if self.done {
            return Progress::Done;
        }
        let scenario = self.scenario.clone();
        let cluster = Cluster::new(&scenario, book);
        let more = match &mut self.search {
            Search::Exact(search) => search.step(&cluster, &mut self.prices),
            Search::Local(search) => search.step(&cluster, &mut self.prices),
        };
        let Some(found) = more else {
            self.end(&cluster);
            return Progress::Done;
        };
        for (allowed, one) in found {
            self.note(allowed, one);
        }
        Progress::More
    }

    fn note(&mut self, allowed: Allowed, found: Found) {
        let mut places = allowed.places.iter();
        if let (Some(place), None) = (places.next(), places.next())
            && let Some(known) = self.only.get_mut(place as usize)
            && known.is_none_or(|least| found.total < least)
        {
            *known = Some(found.total);
        }
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }

    fn end(&mut self, cluster: &Cluster<'_>) {
        let found = std::mem::take(&mut self.found);
        let hours = task_hours(&self.scenario);
        let points = found.into_iter().map(|found| Point {
            total: parts::usd(found.total),
            effort: effort(&found.options),
            exposure: exposure(&hours, &found.options),
            options: found.options,
        });
        self.points = undominated(points.collect());
        let cheapest = self.points.first().map(|point| point.options.clone());
        self.best = cheapest
            .and_then(|options| cluster.assigned(options, self.alone))
            .map(Box::new);
        self.done = true;
    }
}

/// Each service where `options` has it, at the prices of a book that the scenario's own figures are
/// in already. `None` where an option cannot run its services at a known price, or there is not
/// one for each service.
pub fn evaluate_assignment(
    scenario: &Scenario,
    book: &PriceBook,
    options: &[OptionId],
) -> Option<Assigned> {
    if options.len() != scenario.services.len() {
        return None;
    }
    Cluster::new(scenario, book).assigned(options.to_vec(), Usd::ZERO)
}

/// The effort of the place that asks for most.
fn effort(options: &[OptionId]) -> Effort {
    let efforts = options.iter().map(|option| Effort::of(option.place));
    efforts.max().unwrap_or(Effort::Least)
}

/// Task-hours of each service in one of its periods a month, and of these on Spot by its strategy.
fn task_hours(scenario: &Scenario) -> Vec<(Decimal, Decimal)> {
    let of = |service: &Service| {
        // An architecture's factor is left out: exposure is of the load and not of its place.
        let pattern = Pattern::of(&service.load);
        let periods = pattern.periods_per_month(scenario.hours_per_month);
        let on_spot = |tasks: u32| match (service.spot, &pattern) {
            (None, _) => 0,
            (Some(strategy), Pattern::Hourly(_)) => strategy.split(tasks).spot,
            (Some(strategy), Pattern::Jobs(_)) => strategy.split_job(tasks).spot,
        };
        let [all, spot] = [
            pattern.task_hours(|tasks| tasks),
            pattern.task_hours(on_spot),
        ];
        (all * periods, spot * periods)
    };
    scenario.services.iter().map(of).collect()
}

/// The share of all task-hours that are on Spot.
fn exposure(hours: &[(Decimal, Decimal)], options: &[OptionId]) -> Decimal {
    let all = hours.iter().map(|(all, _)| *all);
    let all = all.fold(Decimal::ZERO, decimal::sum);
    let on_spot = hours.iter().zip(options);
    let on_spot = on_spot.filter(|(_, option)| option.purchase == Purchase::SpotMix);
    let on_spot = on_spot.map(|((_, spot), _)| *spot);
    let on_spot = on_spot.fold(Decimal::ZERO, decimal::sum);
    on_spot.checked_div(all).unwrap_or_default()
}

/// The points that no other one beats, the cheapest first.
fn undominated(points: Vec<Point>) -> Vec<Point> {
    // By cost, then effort, then exposure: whatever beats a point stands before it.
    let mut sorted: BTreeMap<(Usd, Effort, Decimal, Vec<OptionId>), Point> = BTreeMap::new();
    for point in points {
        let key = (
            point.total,
            point.effort,
            point.exposure,
            point.options.clone(),
        );
        sorted.insert(key, point);
    }
    let mut kept: Vec<Point> = Vec::new();
    for point in sorted.into_values() {
        let is_beaten = kept
            .iter()
            .any(|other| other.effort <= point.effort && other.exposure <= point.exposure);
        if !is_beaten {
            kept.push(point);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
