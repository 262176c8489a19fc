//! What of a fleet commitments can be spent on, and what those that are owned already make of it.

use rust_decimal::Decimal;

use super::Fleet;
use crate::bill::{Bill, Item, Unit};
use crate::commitment::eligible::{Eligible, EligibleKind, EligibleLevel};
use crate::commitment::owned::{self, Settled};
use crate::commitment::stack::Applied;
use crate::fleet::search::{Leg, Pick, whole_leg};
use crate::load::Pattern;
use crate::money::Usd;
use crate::platform::Arch;
use crate::prices::{Quote, SourceId};

impl Fleet<'_> {
    /// Whether this fleet's own bill spends what is owned: within a cluster the cluster does.
    pub(super) fn applies_owned(&self) -> bool {
        self.scenario.owned.has_commitments() && !self.in_a_cluster
    }

    /// The leg of all tasks.
    pub(super) fn whole_leg(&self) -> Leg<'_> {
        let leg = whole_leg(self.pattern, &self.crowd);
        let already = match self.candidates.as_slice() {
            // What is owned counts in whole instances of a type, so there must be one.
            [only] if self.applies_owned() => {
                let instance = self.book.types.get(only.index);
                instance.map_or(0, |instance| {
                    owned::reserved_instances(&self.scenario.owned, self.crowd.os(), instance)
                })
            }
            _ => 0,
        };
        Leg { already, ..leg }
    }

    /// What of a pick commitments that are owned could be spent on; nothing where none are.
    pub(super) fn wanted(&self, leg: &Leg<'_>, pick: &Pick) -> Option<Eligible> {
        if !self.scenario.owned.has_commitments() {
            return None;
        }
        let list = self.list?.quote(pick.candidate.index)?;
        Some(self.eligible(leg, pick, (list, None), pick.reserved))
    }

    /// Spends what is owned on a bill, and gives back what became of it.
    pub(super) fn spend_owned(
        &self,
        bill: &mut Bill,
        eligible: Option<&Eligible>,
    ) -> Option<Applied> {
        let settled = self.settle(eligible?)?;
        settled.credit(bill);
        Some(settled.applied)
    }

    /// What owned commitments make of usage; nothing where none are owned.
    pub(super) fn settle(&self, eligible: &Eligible) -> Option<Settled> {
        self.applies_owned()
            .then(|| Settled::of(&self.scenario.owned, self.book, eligible))
    }

    /// What of a pick's instances beyond `reserved` ones commitments may be spent on: what stands
    /// in each level of the load; of jobs the day's average in every hour. A plan's price comes
    /// with the source of the price that it is a share of, if it is one.
    pub(super) fn eligible(
        &self,
        leg: &Leg<'_>,
        pick: &Pick,
        (list, plan): (Quote, Option<(Quote, Option<SourceId>)>),
        reserved: u64,
    ) -> Eligible {
        let level = |hours: Decimal, quantity: Decimal| EligibleLevel {
            hours,
            quantities: vec![quantity],
        };
        let levels = match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().zip(&pick.counts);
                levels
                    .map(|(stage, &count)| {
                        let hours = Decimal::from(stage.hours) * self.periods;
                        level(hours, count.saturating_sub(reserved).into())
                    })
                    .collect()
            }
            Pattern::Jobs(_) => {
                let month = Decimal::from(self.scenario.hours_per_month.get());
                let hours = self.month_hours(leg.milliminutes(&pick.counts, reserved));
                vec![level(month, hours / month)]
            }
        };
        let kind = EligibleKind {
            item: Item::Instances(pick.candidate.index),
            os: self.crowd.os(),
            arch: self
                .book
                .types
                .get(pick.candidate.index)
                .map_or(Arch::X86, |instance| instance.arch),
            unit: Unit::InstanceHours,
            list: list.into(),
            plan: plan.map(|(plan, _)| plan.into()),
            base: plan.and_then(|(_, base)| base),
            plan_paid: plan.map_or(Usd::ZERO, |(plan, base)| {
                plan.rate.usd().scaled(self.paid_share(plan, base))
            }),
            paid: list.rate.usd().scaled(self.paid_share(list, None)),
        };
        Eligible {
            kinds: vec![kind],
            levels,
        }
    }

    /// What of a price is paid, after any discount: all of one of the user's own, and of one that
    /// is a share of such a price.
    pub(super) fn paid_share(&self, quote: Quote, base: Option<SourceId>) -> Decimal {
        let own = base.filter(|&base| base == SourceId::OWN);
        let source = own.unwrap_or(quote.source);
        self.scenario.pricing.paid_share(Some(source))
    }
}
