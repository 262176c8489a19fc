//! Owned commitments over mixed usage, in the order in which AWS applies them (rule 20).
//!
//! Each hour Reserved Instances come first, then EC2 Instance Savings Plans, then Compute Savings
//! Plans; what none of them covers is on-demand. Usage under Spot and fees are covered by nothing
//! and are never given to this module.
//!
//! Reserved Instances are whole: so many are owned, not a share of one. What they *cover* is
//! counted in normalised units, so that one owned `m7g.large` covers half of an `m7g.xlarge`, as
//! the EC2 user guide's own examples have it (`apply_ri`). Within plans of one kind, the usage
//! with the highest saving goes first, then the lower plan rate (Savings Plans user guide,
//! `sp-applying`); where several plans of one kind are owned, all their rates compete alike.

use rust_decimal::Decimal;

use crate::exact;
use crate::money::Usd;
use crate::platform::Os;
use crate::purchase::{Commitment, CommitmentKind};
use crate::scenario::{OwnedPlan, OwnedReservation};

mod plans;
mod reserved;

/// What usage is of, as far as commitments tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Instances of a type such as `m7g.large`.
    Instance {
        /// The type's name.
        name: &'a str,
        /// Operating system.
        os: Os,
    },
    /// A dimension of Fargate, or of another service without instances: Compute Savings Plans
    /// alone cover it.
    Serverless,
}

/// One kind of usage, with all its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// What it is.
    pub subject: Subject<'a>,
    /// US dollars on-demand for an hour of one unit.
    pub on_demand: Usd,
    /// US dollars for the same under the Savings Plans that have a rate for it.
    pub rates: Vec<(Commitment, Usd)>,
}

/// Hours in which the same is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// How many hours.
    pub hours: Decimal,
    /// Units used in each of them, one figure for each item.
    pub quantities: Vec<Decimal>,
}

/// What is owned.
#[derive(Clone, Copy, Debug)]
pub struct Commitments<'a> {
    /// Savings Plans.
    pub plans: &'a [OwnedPlan],
    /// Reserved Instances. Which system they were bought for is not known: they cover Linux
    /// first, and with what is left, Windows of the very same type.
    pub reservations: &'a [OwnedReservation],
}

/// What becomes of one kind of usage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemUse {
    /// Units used.
    pub used: Decimal,
    /// Of these covered by Reserved Instances.
    pub reserved: Decimal,
    /// Of these covered by each Savings Plan, in the order of the plans.
    pub planned: Vec<Decimal>,
    /// The rest.
    pub on_demand: Decimal,
}

/// What becomes of the Reserved Instances of one entry, in instance-hours of their own type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReservationUse {
    /// Reserved.
    pub held: Decimal,
    /// Of these covering something.
    pub used: Decimal,
    /// Of these covering nothing.
    pub unused: Decimal,
}

/// What becomes of a Savings Plan, in US dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanUse {
    /// Committed.
    pub committed: Usd,
    /// Of these spent on usage.
    pub used: Usd,
    /// Of these lost.
    pub unused: Usd,
}

/// What commitments do: in one hour, or in many added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// For each item, in their order.
    pub items: Vec<ItemUse>,
    /// For each entry of Reserved Instances, in their order.
    pub reservations: Vec<ReservationUse>,
    /// For each Savings Plan, in their order.
    pub plans: Vec<PlanUse>,
}

/// What commitments do to a month, or whatever the levels add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In one hour of each level.
    pub levels: Vec<Applied>,
    /// In all hours of all levels.
    pub sum: Applied,
}

/// Applies commitments to levels of usage.
pub fn apply(items: &[Item], owned: Commitments, levels: &[Level]) -> Outcome {
    let mut sum = Applied::nothing(items.len(), owned);
    let mut hours = Vec::with_capacity(levels.len());
    for level in levels {
        let hour = apply_hour(items, owned, &level.quantities);
        sum.add(&hour, level.hours);
        hours.push(hour);
    }
    Outcome { levels: hours, sum }
}

/// Applies commitments to one hour: `quantities` are the units used in it, one figure for each
/// item; a missing one is nothing.
pub fn apply_hour(items: &[Item], owned: Commitments, quantities: &[Decimal]) -> Applied {
    let mut applied = Applied::nothing(items.len(), owned);
    for (index, item) in applied.items.iter_mut().enumerate() {
        item.used = quantities.get(index).copied().unwrap_or(Decimal::ZERO);
        item.on_demand = item.used;
    }
    reserved::cover(items, owned.reservations, &mut applied);
    for kind in [
        CommitmentKind::Ec2InstanceSavingsPlan,
        CommitmentKind::ComputeSavingsPlan,
    ] {
        plans::cover(items, owned.plans, kind, &mut applied);
    }
    applied
}

impl Applied {
    fn nothing(items: usize, owned: Commitments) -> Self {
        let item = ItemUse {
            planned: vec![Decimal::ZERO; owned.plans.len()],
            ..ItemUse::default()
        };
        Self {
            items: vec![item; items],
            reservations: vec![ReservationUse::default(); owned.reservations.len()],
            plans: vec![PlanUse::default(); owned.plans.len()],
        }
    }

    fn add(&mut self, hour: &Self, hours: Decimal) {
        let add = |sum: &mut Decimal, value: Decimal| *sum = exact::sum(*sum, times(value, hours));
        for (sum, item) in self.items.iter_mut().zip(&hour.items) {
            add(&mut sum.used, item.used);
            add(&mut sum.reserved, item.reserved);
            add(&mut sum.on_demand, item.on_demand);
            for (sum, planned) in sum.planned.iter_mut().zip(&item.planned) {
                add(sum, *planned);
            }
        }
        for (sum, reservation) in self.reservations.iter_mut().zip(&hour.reservations) {
            add(&mut sum.held, reservation.held);
            add(&mut sum.used, reservation.used);
            add(&mut sum.unused, reservation.unused);
        }
        for (sum, plan) in self.plans.iter_mut().zip(&hour.plans) {
            sum.committed += plan.committed.scaled(hours);
            sum.used += plan.used.scaled(hours);
            sum.unused += plan.unused.scaled(hours);
        }
    }

    /// US dollars for what is not covered, at on-demand rates.
    pub fn on_demand_charge(&self, items: &[Item]) -> Usd {
        self.at_on_demand_rates(items, |item| item.on_demand)
    }

    /// US dollars that everything would cost on-demand.
    pub fn without_commitments(&self, items: &[Item]) -> Usd {
        self.at_on_demand_rates(items, |item| item.used)
    }

    fn at_on_demand_rates(&self, items: &[Item], units: fn(&ItemUse) -> Decimal) -> Usd {
        let uses = self.items.iter().zip(items);
        uses.map(|(of, item)| item.on_demand.scaled(units(of)))
            .sum()
    }

    /// Coverage: the share, from 0 to 1, of the spend that commitments could cover which they do
    /// cover, all of it at on-demand rates. `None` where there is no spend.
    pub fn coverage(&self, items: &[Item]) -> Option<Decimal> {
        let all = self.without_commitments(items);
        (all - self.on_demand_charge(items)).ratio_to(all)
    }
}

impl ReservationUse {
    /// Utilisation: the share of what is reserved that covers something, from 0 to 1. `None`
    /// over no hours.
    pub fn utilisation(self) -> Option<Decimal> {
        self.used.checked_div(self.held)
    }
}

impl PlanUse {
    /// Utilisation: the share of the committed dollars that are spent on usage, from 0 to 1.
    /// `None` over no hours.
    pub fn utilisation(self) -> Option<Decimal> {
        self.used.ratio_to(self.committed)
    }
}

/// A product that stays a decimal however large it is.
fn times(one: Decimal, other: Decimal) -> Decimal {
    exact::product(one, other).unwrap_or(Decimal::MAX)
}

#[cfg(test)]
mod tests;
