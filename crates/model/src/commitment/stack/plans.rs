//! Savings Plans over what is left of an hour of usage.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Applied, Item, PlanUse, Subject};
use crate::exact;
use crate::money::Usd;
use crate::order;
use crate::purchase::CommitmentKind;
use crate::scenario::OwnedPlan;

/// A rate that a plan has for an item.
struct Offer {
    item: usize,
    plan: usize,
    on_demand: Usd,
    rate: Usd,
    /// Units open to it: among equal rates the larger usage goes first, so that the order of the
    /// list does not matter.
    open: Decimal,
}

impl Offer {
    /// The highest saving first, then the lower rate.
    fn compare(&self, other: &Self) -> Ordering {
        // Rate over on-demand price, smallest first, cross-multiplied.
        let own = self.rate.scaled(other.on_demand.decimal());
        let theirs = other.rate.scaled(self.on_demand.decimal());
        own.cmp(&theirs)
            .then(self.rate.cmp(&other.rate))
            .then(other.open.cmp(&self.open))
    }
}

/// Covers an hour with the plans of one kind.
pub(super) fn cover(
    items: &[Item],
    plans: &[OwnedPlan],
    kind: CommitmentKind,
    applied: &mut Applied,
) {
    let of_kind = |plan: &OwnedPlan| plan.commitment.kind == kind;
    let mut left: Vec<Usd> = plans.iter().map(hourly).collect();
    let mut offers = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        if of_kind(plan) {
            offers.extend(offers_of(items, applied, (index, plan)));
        }
    }
    let best_first = order::indices(
        offers.len(),
        &mut |a, b| match (offers.get(a), offers.get(b)) {
            (Some(a), Some(b)) => a.compare(b),
            _ => a.cmp(&b),
        },
    );
    for offer in best_first.into_iter().filter_map(|index| offers.get(index)) {
        if let Some(left) = left.get_mut(offer.plan) {
            *left = *left - applied.spend(offer, *left);
        }
    }
    for ((of, plan), left) in applied.plans.iter_mut().zip(plans).zip(left) {
        if of_kind(plan) {
            let committed = hourly(plan);
            *of = PlanUse {
                committed,
                used: committed - left,
                unused: left,
            };
        }
    }
}

/// What a plan commits to, in US dollars an hour.
fn hourly(plan: &OwnedPlan) -> Usd {
    Usd::new(Decimal::new(plan.amount.thousandths().into(), 3))
}

/// The rates that a plan has for what it may cover.
fn offers_of(items: &[Item], applied: &Applied, (plan, owned): (usize, &OwnedPlan)) -> Vec<Offer> {
    let offer = |(index, item): (usize, &Item)| {
        let (_, rate) = item
            .rates
            .iter()
            .find(|(commitment, _)| *commitment == owned.commitment)?;
        covers(owned, item).then(|| Offer {
            item: index,
            plan,
            on_demand: item.on_demand,
            rate: *rate,
            open: applied
                .items
                .get(index)
                .map_or(Decimal::ZERO, |item| item.on_demand),
        })
    };
    items.iter().enumerate().filter_map(offer).collect()
}

/// Whether a plan may cover an item: one with a family covers instances of that family alone.
fn covers(plan: &OwnedPlan, item: &Item) -> bool {
    match (&plan.family, item.subject) {
        (None, _) => true,
        (Some(family), Subject::Instance { name, .. }) => name
            .split_once('.')
            .is_some_and(|(of, _)| of == family.as_str()),
        (Some(_), Subject::Serverless) => false,
    }
}

impl Applied {
    /// Covers what is open of an item at an offer's rate with no more than so many dollars, and
    /// says how many of them it took.
    fn spend(&mut self, offer: &Offer, most: Usd) -> Usd {
        let Some(item) = self.items.get_mut(offer.item) else {
            return Usd::ZERO;
        };
        let wanted = offer.rate.scaled(item.on_demand);
        let (covered, spent) = if wanted <= most {
            (item.on_demand, wanted)
        } else {
            let part = most.ratio_to(offer.rate).unwrap_or(item.on_demand);
            (part.min(item.on_demand), most)
        };
        item.on_demand = exact::difference(item.on_demand, covered);
        if let Some(planned) = item.planned.get_mut(offer.plan) {
            *planned = exact::sum(*planned, covered);
        }
        spent
    }
}
