//! A fleet built again from what its bill says of it: its services, its load, its legs.

use rust_decimal::Decimal;

use super::{FleetPlacement, LegPlacement, View, When, pack};
use crate::cluster::request;
use crate::exact;
use crate::fleet::crowd::Crowd;
use crate::fleet::price::{Fleet, FleetUse, LegUse};
use crate::fleet::search::{Leg, Pick, on_demand_leg, spot_leg, whole_leg};
use crate::fleet::{Candidate, Operator, Rules};
use crate::load::MILLIMINUTES_PER_HOUR;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Purchase};
use crate::prices::PriceBook;
use crate::scenario::{Scenario, Service};

/// A fleet of a scenario, with its load.
pub(super) struct Rebuilt<'a> {
    scenario: &'a Scenario,
    option: OptionId,
    used: &'a FleetUse,
    pub(super) members: Vec<usize>,
    pub(super) services: Vec<&'a Service>,
}

impl<'a> Rebuilt<'a> {
    /// The fleet that an option bills; of a service alone, of the one at `alone`.
    pub(super) fn new(
        scenario: &'a Scenario,
        (option, used): (OptionId, &'a FleetUse),
        alone: usize,
    ) -> Self {
        let members = if used.services.is_empty() {
            vec![alone]
        } else {
            used.services.clone()
        };
        let services: Vec<&Service> = members
            .iter()
            .map(|&index| scenario.services.nearest(index))
            .collect();
        Self {
            scenario,
            option,
            used,
            members,
            services,
        }
    }

    /// The load of the fleet.
    fn pattern(&self) -> &Pattern {
        &self.used.running.pattern
    }

    const fn operator(&self) -> Operator {
        Operator::of(self.used.place)
    }

    pub(super) fn crowd(&self) -> Option<Crowd<'_>> {
        let rules = self.services.iter().map(|service| {
            Rules::new(self.operator(), &self.scenario.fleet, service).sized(self.scenario.sizing)
        });
        Crowd::of(rules, &self.used.running.levels)
    }

    /// Whether the option's legs are those of a Spot mix: without a service that takes Spot, a mix
    /// is its on-demand capacity.
    fn is_mix(&self) -> bool {
        let takes_spot = self.services.iter().any(|service| service.spot.is_some());
        self.option.purchase == Purchase::SpotMix && takes_spot
    }

    /// What no mix of types can cost less than, a month (rule 7).
    pub(super) fn least_of_any_mix(&self, book: &PriceBook) -> Option<Usd> {
        let crowd = self.crowd()?;
        let fleet = Fleet::of(self.scenario, crowd, book, self.pattern(), self.option.arch);
        fleet.least_of_any_mix(self.option)
    }

    /// What all tasks ask for in a month, counted as where a bill is shared.
    pub(super) fn asked(&self) -> Decimal {
        let Some(crowd) = self.crowd() else {
            return Decimal::ZERO;
        };
        let hours: Vec<Decimal> = match self.pattern() {
            Pattern::Hourly(week) => {
                let mut hours = vec![0_u64; self.services.len()];
                for (level, tasks) in week.levels.iter().zip(crowd.levels(week)) {
                    for (sum, tasks) in hours.iter_mut().zip(tasks) {
                        *sum += tasks * u64::from(level.hours);
                    }
                }
                hours.into_iter().map(Decimal::from).collect()
            }
            Pattern::Jobs(jobs) => {
                let milliminutes = Decimal::from(jobs.task_milliminutes());
                vec![milliminutes / Decimal::from(MILLIMINUTES_PER_HOUR)]
            }
        };
        let month = self.scenario.hours_per_month;
        let periods = self.pattern().periods_per_month(month);
        let asked = self.services.iter().zip(hours).map(|(service, hours)| {
            request(service.task.vcpu, service.task.memory) * hours * periods
        });
        asked.fold(Decimal::ZERO, exact::sum)
    }

    /// Instance-hours a month that a better packing on the same type could save at the most, of each
    /// type of each leg.
    pub(super) fn gap_hours(&self, book: &PriceBook) -> Vec<Vec<Decimal>> {
        let Some(crowd) = self.crowd() else {
            return Vec::new();
        };
        let most = self.used.legs.iter().map(|leg| leg.types.len()).max();
        let mut hours = vec![Vec::new(); self.used.legs.len()];
        for spot_type in 0..most.unwrap_or(0) {
            let legs = self.legs(&crowd, book, spot_type);
            for (hours, (used, leg, candidate)) in hours.iter_mut().zip(&legs) {
                if hours.len() < used.types.len() {
                    hours.push(self.gap_hours_of(&crowd, leg, candidate));
                }
            }
        }
        hours
    }

    fn gap_hours_of(&self, crowd: &Crowd<'_>, leg: &Leg<'_>, candidate: &Candidate) -> Decimal {
        let Pattern::Hourly(week) = self.pattern() else {
            // Tasks of one kind, as those of a job are, stand on as few instances as can be.
            return Decimal::ZERO;
        };
        let running = leg.running(candidate).zip(&leg.levels);
        let gaps = running.zip(&week.levels).map(|((running, level), hours)| {
            let least = pack::least(crowd, leg, level, &candidate.capacity);
            running.saturating_sub(least) * u64::from(hours.hours)
        });
        let month = self.scenario.hours_per_month;
        Decimal::from(gaps.sum::<u64>()) * self.pattern().periods_per_month(month)
    }

    /// Where everything stands.
    pub(super) fn placement(&self, book: &PriceBook, view: View) -> FleetPlacement {
        let mut placement = FleetPlacement {
            place: self.used.place,
            services: self.members.clone(),
            level: 0,
            levels: 0,
            legs: Vec::new(),
        };
        let Some(crowd) = self.crowd() else {
            return placement;
        };
        let legs = self.legs(&crowd, book, view.spot_type);
        let counts = legs
            .iter()
            .map(|(_, leg, candidate)| leg.running(candidate).collect::<Vec<u64>>());
        let counts: Vec<Vec<u64>> = counts.collect();
        placement.levels = legs.first().map_or(0, |(_, leg, _)| leg.levels.len());
        placement.level = self.level(view.when, &counts, placement.levels);
        let level = placement.level;
        let packed = legs.iter().filter_map(|(used, leg, candidate)| {
            let instance = book.types.get(candidate.index)?;
            let packed = pack::leg(&crowd, (leg, level), candidate, instance, &self.members)?;
            Some(LegPlacement {
                spot: used.spot,
                types: used.types.len(),
                ..packed
            })
        });
        placement.legs = packed.collect();
        placement
    }

    /// Its legs as the bill has them, each with the type that is looked at.
    pub(super) fn legs<'b>(
        &'b self,
        crowd: &'b Crowd<'b>,
        book: &PriceBook,
        spot_type: usize,
    ) -> Vec<(&'b LegUse, Leg<'b>, Candidate)> {
        let used = |spot: bool| self.used.legs.iter().find(|leg| leg.spot == spot);
        let candidate = |used: &LegUse, chosen: usize| {
            let one = used.types.get(chosen).or(used.types.last())?;
            let instance = book.types.get(one.index)?;
            let mut candidate = crowd.members().next()?.candidate(one.index, instance);
            candidate.capacity = crowd.capacity(instance);
            Some(candidate)
        };
        let first = if self.is_mix() {
            on_demand_leg(self.pattern(), crowd)
        } else {
            whole_leg(self.pattern(), crowd)
        };
        let mut legs = Vec::new();
        let mut beside = None;
        if let Some(used) = used(false)
            && let Some(candidate) = candidate(used, 0)
        {
            // The Spot leg looks at what the type needs and not at how many run.
            beside = Some(Pick::new(candidate, Vec::new()));
            legs.push((used, first.clone(), candidate));
        }
        if let Some(used) = used(true)
            && let Some(candidate) = candidate(used, spot_type)
        {
            let beside = beside.as_ref().map(|pick| (&first, pick));
            legs.push((used, spot_leg(self.pattern(), crowd, beside), candidate));
        }
        legs
    }

    /// The level that is looked at.
    fn level(&self, when: When, counts: &[Vec<u64>], levels: usize) -> usize {
        let running = |level: usize| -> u64 {
            let of_legs = counts.iter().filter_map(|counts| counts.get(level));
            of_legs.sum()
        };
        let peak = || {
            let most = (0..levels).map(running).max().unwrap_or(0);
            (0..levels).find(|&level| running(level) == most)
        };
        let level = match when {
            When::Peak => peak(),
            When::Level(level) => Some(level),
            When::Hour(hour) => self.level_of(hour).or_else(peak),
        };
        level.unwrap_or(0).min(levels.saturating_sub(1))
    }

    /// The level of an hour of the week; `None` of jobs.
    fn level_of(&self, hour: u32) -> Option<usize> {
        let Pattern::Hourly(week) = self.pattern() else {
            return None;
        };
        let hour = usize::try_from(hour).ok()?;
        if let Some(level) = week.order.get(hour) {
            return Some(usize::from(*level));
        }
        // A flat week and a schedule keep no order: the hour's tasks say which level it is, beyond
        // those that find room elsewhere.
        let hours = Pattern::hours(self.scenario, self.services.first()?, self.option.arch)?;
        let elsewhere = hours.iter().max()?.saturating_sub(self.pattern().peak());
        let tasks = hours.get(hour)?.saturating_sub(elsewhere);
        week.levels.iter().position(|level| level.tasks == tasks)
    }
}
