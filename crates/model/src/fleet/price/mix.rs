//! What tasks must cost at the least on any mix of instance types (rule 7).
//!
//! A fleet of the model is of one type to a capacity provider, because managed scaling knows no
//! weights of instances. A mix of types may be cheaper; what it cannot be cheaper than is proven
//! here without building one:
//!
//! - Give each dimension a price, such that no type offers more, at these prices, than an instance
//!   of it costs. Then tasks cannot cost less than what they ask for at these prices, on whatever
//!   instances they stand (the dual of packing them by halves). Several directions of prices are
//!   tried, each scaled as far as the types allow.
//! - Of one kind of task no instance carries more than it holds: tasks cost no less than the least
//!   price of a place for one. The others can only add to that.
//! - A task that has an instance to itself costs one.

use rust_decimal::Decimal;

use super::Fleet;
use crate::exact;
use crate::fleet::search::{
    Along, HOUR_COST_PLACES, HourCost, Leg, LegLevel, Scale, on_demand_leg, spot_leg, whole_leg,
};
use crate::fleet::{Operator, Rules};
use crate::load::{BOOT_MINUTES, Pattern, SCALE_IN_MINUTES};
use crate::money::Usd;
use crate::option::{OptionId, Purchase};
use crate::packing::{Amounts, DIMENSIONS};
use crate::prices::{InstanceType, Quote};
use crate::purchase::PriceKind;
use crate::scenario::Scenario;

/// Prices to try of the dimensions of a packing, relative to each other: each alone, then vCPU to
/// GiB in steps around 9 to 1, the ratio of most families' prices.
const DIRECTIONS: [Amounts; 34] = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
    [1, 8, 0, 0],
    [1, 4, 0, 0],
    [1, 2, 0, 0],
    [1, 1, 0, 0],
    [3, 2, 0, 0],
    [2, 1, 0, 0],
    [5, 2, 0, 0],
    [3, 1, 0, 0],
    [7, 2, 0, 0],
    [4, 1, 0, 0],
    [9, 2, 0, 0],
    [5, 1, 0, 0],
    [11, 2, 0, 0],
    [6, 1, 0, 0],
    [13, 2, 0, 0],
    [7, 1, 0, 0],
    [15, 2, 0, 0],
    [8, 1, 0, 0],
    [17, 2, 0, 0],
    [9, 1, 0, 0],
    [10, 1, 0, 0],
    [11, 1, 0, 0],
    [12, 1, 0, 0],
    [14, 1, 0, 0],
    [16, 1, 0, 0],
    [20, 1, 0, 0],
    [24, 1, 0, 0],
    [32, 1, 0, 0],
    [48, 1, 0, 0],
    [64, 1, 0, 0],
];

/// An instance type, what an hour of it costs, and what it offers.
struct Offer {
    cost: HourCost,
    capacity: Amounts,
    /// Tasks of each service that one holds by itself.
    fits: Vec<u32>,
}

/// A cost of so much for so much of something.
#[derive(Clone, Copy)]
struct Ratio {
    cost: HourCost,
    of: u128,
}

impl Ratio {
    /// The cheaper of two for the same.
    fn cheaper(self, other: Self) -> Self {
        let less = self
            .cost
            .units()
            .saturating_mul(other.of)
            .cmp(&other.cost.units().saturating_mul(self.of));
        if less.is_le() { self } else { other }
    }

    /// What so much costs an hour: dollars times the hours of a month.
    fn times(self, amount: u128) -> Option<Decimal> {
        let decimal = |units: u128, places| {
            let units = i128::try_from(units).ok()?;
            Decimal::try_from_i128_with_scale(units, places).ok()
        };
        let cost = decimal(self.cost.units(), HOUR_COST_PLACES)?;
        exact::product(cost, decimal(amount, 0)?)?.checked_div(decimal(self.of, 0)?)
    }
}

impl Fleet<'_> {
    /// US dollars a month without which no mix of instances holds these services' tasks, at the
    /// prices of a purchase: instances, their volumes and any fee. It is for as many zones as one
    /// likes and for instances that need no time to boot.
    ///
    /// `None` where no price is known, and where commitments are owned, whose hours cost nothing
    /// more.
    pub(crate) fn least_of_any_mix(&self, option: OptionId) -> Option<Usd> {
        let owned = &self.scenario.owned;
        if !owned.plans.is_empty()
            || !owned.reservations.is_empty()
            || owned.free_vcpu.grains() > 0
            || owned.free_memory.grains() > 0
        {
            return None;
        }
        let takes_spot = self.crowd.services().any(|service| service.spot.is_some());
        match option.purchase {
            Purchase::SpotMix if takes_spot => {
                let on_demand = on_demand_leg(self.pattern, &self.crowd);
                let spot = spot_leg(self.pattern, &self.crowd, None);
                let first = self.least_of_leg(option, &on_demand, PriceKind::OnDemand, false)?;
                let second = self.least_of_leg(option, &spot, PriceKind::Spot, false)?;
                Some(first + second)
            }
            Purchase::OnDemand | Purchase::SpotMix => {
                let leg = whole_leg(self.pattern, &self.crowd);
                self.least_of_leg(option, &leg, PriceKind::OnDemand, true)
            }
            Purchase::Committed(commitment) => {
                let leg = whole_leg(self.pattern, &self.crowd);
                self.least_of_leg(option, &leg, PriceKind::Committed(commitment), true)
            }
        }
    }

    fn least_of_leg(
        &self,
        option: OptionId,
        leg: &Leg<'_>,
        kind: PriceKind,
        has_floor: bool,
    ) -> Option<Usd> {
        if leg.levels.iter().all(|level| level.tasks == 0) {
            return Some(Usd::ZERO);
        }
        let offers = self.offers(option, kind)?;
        let bound = Bound::of(&offers, self.crowd.members())?;
        let target = Decimal::from(self.crowd.target_percent());
        let hour = |level: &LegLevel| {
            let floor = if has_floor { level.floor } else { 0 };
            let least = bound.units(&tasks_of(level), floor)?;
            Some(least * Decimal::from(100) / target)
        };
        let hours: Vec<Decimal> = leg.levels.iter().map(hour).collect::<Option<_>>()?;
        let times = |units: Decimal, hours: Decimal| exact::product(units, hours);
        let period = match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().zip(&hours);
                let costs = levels.map(|(level, units)| times(*units, level.hours.into()));
                costs.sum::<Option<Decimal>>()?
            }
            Pattern::Jobs(jobs) => {
                // Rule 17: a fleet that is kept warm, or instances for each run.
                let [run, overlapping] = hours.as_slice() else {
                    return None;
                };
                let minutes = u64::from(jobs.milliminutes)
                    + u64::from(BOOT_MINUTES + SCALE_IN_MINUTES) * 1_000;
                let bursts = Decimal::from(u64::from(jobs.runs) * minutes) / Decimal::from(60_000);
                let warm = times(*overlapping, Decimal::from(24))?;
                times(*run, bursts)?.min(warm)
            }
        };
        let month = self.scenario.hours_per_month;
        let a_month = times(period, self.pattern.periods_per_month(month))?;
        let usd = a_month / Decimal::from(month.get());
        // Divisions round to the nearest of 28 digits; what is proven is rounded down.
        Some(Usd::new(usd.trunc_with_scale(6)))
    }

    /// Every type that may be chosen for some of the services and holds a task of it, with the
    /// least that an hour of it costs.
    fn offers(&self, option: OptionId, kind: PriceKind) -> Option<Vec<Offer>> {
        // Instances and their volumes alone: what else goes along is not theirs.
        let along = Along {
            volume: self.volume().ok()?,
            ..Along::default()
        };
        let Scenario {
            hours_per_month,
            pricing,
            ..
        } = self.scenario;
        let scale = Scale::new(*hours_per_month, along, pricing.discount);
        let quotes = self.quotes(kind).ok()?;
        let managed = self.crowd.operator() == Operator::Managed;
        let offer = |(index, instance): (usize, &InstanceType)| {
            let fits = self.crowd.members().map(|rules| {
                if rules.may_choose(instance, option.arch) {
                    rules.fit(instance).tasks
                } else {
                    0
                }
            });
            let fits: Vec<u32> = fits.collect();
            if fits.iter().all(|tasks| *tasks == 0) {
                return None;
            }
            let mut candidate = self.crowd.members().next()?.candidate(index, instance);
            if managed {
                candidate.fee = self.book.managed_fee(instance);
            }
            let fee = self.fee(&candidate).ok()?;
            let hour = |quote: Option<Quote>| quote.map(|quote| scale.hour(quote, fee));
            let paid = hour(quotes.get(index));
            let list = hour(self.list.and_then(|column| column.quote(index)));
            let cost = match kind {
                PriceKind::Spot => paid,
                // Hours that a commitment does not cover are at the list price.
                PriceKind::OnDemand | PriceKind::Committed(_) => [paid, list]
                    .into_iter()
                    .flatten()
                    .min_by_key(|hour| hour.units()),
            }?;
            let capacity = self.crowd.capacity(instance);
            Some(Offer {
                cost,
                capacity,
                fits,
            })
        };
        let offers: Vec<Offer> = self
            .book
            .types
            .iter()
            .enumerate()
            .filter_map(offer)
            .collect();
        Some(offers)
    }
}

/// Tasks of each service in a level.
fn tasks_of(level: &LegLevel) -> Vec<u64> {
    if level.kinds.is_empty() {
        vec![level.tasks]
    } else {
        level.kinds.clone()
    }
}

/// What stands behind a bound, whatever the tasks.
struct Bound {
    /// Of each service: what one task takes, and whether it has an instance to itself.
    needs: Vec<(Amounts, bool)>,
    /// The least that a place for one task of it costs.
    places: Vec<Option<Ratio>>,
    /// Prices of the dimensions: a direction, and how far the types allow it.
    directions: Vec<(Amounts, Ratio)>,
    /// The least that an instance costs.
    cheapest: Ratio,
}

impl Bound {
    /// `None` where there is no type with a price.
    fn of<'r>(offers: &[Offer], members: impl Iterator<Item = &'r Rules<'r>>) -> Option<Self> {
        let least = |ratios: &mut dyn Iterator<Item = Ratio>| ratios.reduce(Ratio::cheaper);
        let instances = &mut offers.iter().map(|offer| Ratio {
            cost: offer.cost,
            of: 1,
        });
        let cheapest = least(instances)?;
        let (mut needs, mut places) = (Vec::new(), Vec::new());
        for (index, rules) in members.enumerate() {
            let holding = &mut offers.iter().filter_map(|offer| {
                let tasks = offer.fits.get(index).copied().filter(|tasks| *tasks > 0)?;
                Some(Ratio {
                    cost: offer.cost,
                    of: tasks.into(),
                })
            });
            places.push(least(holding));
            // What a task takes is the same on every type, but for those that take all places.
            needs.push((rules.needs(&Amounts::default()), rules.is_single_task()));
        }
        let direction = |weights: &Amounts| {
            let allowed = &mut offers.iter().filter_map(|offer| {
                let of = weighted(weights, &offer.capacity);
                (of > 0).then_some(Ratio {
                    cost: offer.cost,
                    of,
                })
            });
            Some((*weights, least(allowed)?))
        };
        let shared = needs.iter().filter(|(_, alone)| !alone).count();
        // Of one kind of task the price of a place says as much as any direction.
        let directions = if shared > 1 {
            DIRECTIONS.iter().filter_map(direction).collect()
        } else {
            Vec::new()
        };
        Some(Self {
            needs,
            places,
            directions,
            cheapest,
        })
    }

    /// The least that an hour of these tasks costs, where at least `floor` instances run: dollars
    /// times the hours of a month.
    fn units(&self, tasks: &[u64], floor: u64) -> Option<Decimal> {
        let mut alone = Decimal::ZERO;
        let mut together = Decimal::ZERO;
        let mut demand = [0_u128; DIMENSIONS];
        for ((&tasks, (needs, is_single)), place) in tasks.iter().zip(&self.needs).zip(&self.places)
        {
            if tasks == 0 {
                continue;
            }
            let places = (*place)?.times(tasks.into())?;
            if *is_single {
                alone = exact::sum(alone, places);
                continue;
            }
            together = together.max(places);
            for (sum, need) in demand.iter_mut().zip(needs) {
                *sum += u128::from(*need) * u128::from(tasks);
            }
        }
        for (weights, allowed) in &self.directions {
            let asked = weights.iter().zip(demand);
            let asked = asked.map(|(weight, amount)| u128::from(*weight) * amount);
            together = together.max(allowed.times(asked.sum())?);
        }
        let floor = self.cheapest.times(floor.into())?;
        Some(exact::sum(alone, together).max(floor))
    }
}

/// An amount at the prices of a direction.
fn weighted(weights: &Amounts, amounts: &Amounts) -> u128 {
    let each = weights.iter().zip(amounts);
    each.map(|(weight, amount)| u128::from(*weight) * u128::from(*amount))
        .sum()
}
