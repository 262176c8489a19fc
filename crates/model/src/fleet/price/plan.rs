//! All tasks under a Savings Plan, as far as that pays.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::Fleet;
use super::lines::Sides;
use crate::bill::{Bill, Item, Unit};
use crate::commitment::eligible::Eligible;
use crate::commitment::stack::Applied;
use crate::commitment::{self, Outcome as PlanOutcome};
use crate::fleet::credits;
use crate::fleet::quotes::Quotes;
use crate::fleet::search::{Leg, Pick, least_under_plan, whole_leg};
use crate::money::Usd;
use crate::prices::{InstanceType, SourceId};
use crate::purchase::{Commitment, PriceKind};
use crate::report::{Committed, Missing, Outcome, Upfront};
use crate::{exact, order};

/// What a plan makes of a fleet.
pub(super) struct Planned {
    plan: PlanOutcome,
    owned: Option<Applied>,
    committed: Committed,
    eligible: Eligible,
}

impl Fleet<'_> {
    /// All tasks on one provider, as much of it under a Savings Plan as is cheapest.
    pub(super) fn plan(&self, commitment: Commitment) -> Result<Outcome, Missing> {
        let kind = PriceKind::Committed(commitment);
        let scale = self.scale()?;
        let quotes = self.quotes(kind)?;
        let leg = whole_leg(self.pattern, &self.crowd);
        let mut bounded = Vec::new();
        for candidate in &self.candidates {
            let (Some(plan), Some(list)) = (
                quotes.get(candidate.index),
                self.list.and_then(|column| column.quote(candidate.index)),
            ) else {
                continue;
            };
            let counts: Vec<u64> = leg.running(candidate).collect();
            let sides = scale.sides(self.fee(candidate)?);
            let base = quotes.base(plan, candidate.index);
            let costs = (scale.price(list), scale.price_of(plan, base), sides);
            let least = least_under_plan(&leg, &counts, costs, scale);
            bounded.push((least, Pick::new(*candidate, counts)));
        }
        let rank = |pick: &Pick| {
            let instance = self.book.types.get(pick.candidate.index);
            (pick.peak(), Reverse(instance.map(InstanceType::generation)))
        };
        let mut best: Option<(Usd, &Pick)> = None;
        // The least that each may cost, in order: once that is more than the best really costs,
        // no other can be better. One that ties is looked at, because rank then decides.
        for (least, pick) in order::by_key(&bounded, |(least, _)| *least) {
            if best.is_some_and(|(total, _)| scale.exceeds(*least, self.pattern, total)) {
                break;
            }
            let (bill, _) = self.plan_bill(&leg, pick, (kind, None), &quotes)?;
            let total = self.paid(bill);
            if best.is_none_or(|(known, other)| (total, rank(pick)) < (known, rank(other))) {
                best = Some((total, pick));
            }
        }
        let (_, pick) = best.ok_or(Missing::Ec2(kind, self.candidates.len()))?;
        let (bill, outcome) = self.plan_bill(&leg, pick, (kind, None), &quotes)?;
        let above = self.above(&leg, pick, |leg| {
            Ok(self.plan_bill(leg, pick, (kind, None), &quotes)?.0)
        })?;
        let legs = vec![self.leg_use(&leg, false, std::slice::from_ref(pick))];
        let mut priced = self.priced(bill, legs, &quotes, (Usd::ZERO, above));
        priced.upfront = Upfront::of_plan(commitment, outcome.plan.commitment);
        priced.committed = Some(outcome.committed);
        priced.owned = outcome.owned.map(Box::new);
        priced.eligible = Some(Box::new(outcome.eligible));
        Ok(Outcome::Priced(Box::new(priced)))
    }

    /// The bill of a pick under a plan: of so many dollars an hour, or of as many as a scenario
    /// asks for.
    pub(super) fn plan_bill(
        &self,
        leg: &Leg<'_>,
        pick: &Pick,
        (kind, hourly): (PriceKind, Option<Usd>),
        quotes: &Quotes<'_>,
    ) -> Result<(Bill, Planned), Missing> {
        let index = pick.candidate.index;
        let missing = Missing::Ec2(kind, self.candidates.len());
        let list = self.list.and_then(|column| column.quote(index));
        let (Some(plan), Some(list)) = (quotes.get(index), list) else {
            return Err(missing);
        };
        let base = quotes.base(plan, index);
        let eligible = self.eligible(leg, pick, (list, Some((plan, base))), 0);
        let hours = self.month_hours(leg.milliminutes(&pick.counts, 0));
        let settled = self.settle(&eligible);
        let levels = settled
            .as_ref()
            .map_or_else(|| eligible.usage(), |settled| settled.rest.usage());
        let paid_share = self.paid_share(plan, base);
        let outcome = match hourly {
            Some(hourly) => commitment::apply(hourly, &levels, paid_share),
            None => commitment::sized(self.scenario.sizing, &levels, paid_share),
        };
        let covered = outcome.covered.first().copied().unwrap_or_default();
        let mut bill = Bill::default();
        let unit = Unit::InstanceHours;
        let item = Item::Instances(index);
        bill.add(
            item,
            kind,
            (covered, unit),
            plan.rate.usd(),
            Some(plan.source),
        );
        if let Some(base) = base.filter(|_| !covered.is_zero()) {
            bill.based_on(base);
        }
        // The rest of the hours, booting and scale-in included, is on-demand.
        bill.add(
            item,
            PriceKind::OnDemand,
            (exact::difference(hours, covered), unit),
            list.rate.usd(),
            Some(list.source),
        );
        if let Some(settled) = &settled {
            settled.credit(&mut bill);
        }
        let unused = (outcome.unused.decimal(), Unit::Usd);
        bill.add(
            Item::UnusedCommitment,
            kind,
            unused,
            Usd::new(Decimal::ONE),
            Some(plan.source).filter(|&source| source == SourceId::OWN),
        );
        credits::add(&mut bill, leg, pick, self.month_count(1));
        let mut sides = Sides {
            launches: self.month_count(leg.launches(&pick.counts, 0)),
            ..Sides::default()
        };
        self.add_fee(&mut bill, &mut sides, &pick.candidate, hours)?;
        self.add_sides(&mut bill, sides)?;
        let planned = Planned {
            owned: settled.map(|settled| settled.applied),
            committed: commitment::summary(&outcome, &levels),
            plan: outcome,
            eligible,
        };
        Ok((bill, planned))
    }
}
