//! All tasks at on-demand prices, or under reservations.

use rust_decimal::Decimal;

use super::Fleet;
use super::lines::Sides;
use crate::bill::Bill;
use crate::exact;
use crate::fleet::search::{CandidateCost, Leg, Pick, cheapest};
use crate::money::Usd;
use crate::purchase::PriceKind;
use crate::report::{Committed, CommittedAmount, Missing, Outcome, Upfront};

impl Fleet<'_> {
    /// All tasks on one provider, with a reservation where `kind` is one.
    pub(super) fn single(&self, kind: PriceKind) -> Result<Outcome, Missing> {
        let scale = self.scale()?;
        let quotes = self.quotes(kind)?;
        let leg = self.whole_leg();
        let pick = cheapest(&leg, (self.book, scale), &self.candidates, |candidate| {
            let fee = self.fee(candidate).ok()?;
            let list = self.list?.quote(candidate.index)?;
            let quote = quotes.get(candidate.index)?;
            Some(CandidateCost {
                hour: scale.hour(list, fee),
                reserved_hour: (kind != PriceKind::OnDemand).then(|| {
                    let base = quotes.base(quote, candidate.index);
                    scale.hour_of((quote, base), fee)
                }),
            })
        });
        let pick = pick.ok_or(Missing::Ec2(kind, self.candidates.len()))?;
        let bill_of = |leg: &Leg<'_>| -> Result<Bill, Missing> {
            let mut bill = Bill::default();
            let mut sides = Sides::default();
            let of = (kind, &quotes);
            self.add_pick(&mut bill, &mut sides, leg, &pick, of, Decimal::ONE)?;
            self.add_sides(&mut bill, sides)?;
            Ok(bill)
        };
        let mut bill = bill_of(&leg)?;
        let above = self.above(&leg, &pick, bill_of)?;
        let upfront = match kind {
            PriceKind::Committed(commitment) => quotes.upfront(commitment, &pick),
            PriceKind::OnDemand | PriceKind::Spot => Upfront::NONE,
        };
        let eligible = self.wanted(&leg, &pick);
        let owned = self.spend_owned(&mut bill, eligible.as_ref());
        let committed = match kind {
            PriceKind::Committed(_) => Some(self.reserved(&leg, &pick)),
            PriceKind::OnDemand | PriceKind::Spot => None,
        };
        let legs = vec![self.leg_use(&leg, false, &[pick])];
        let mut priced = self.priced(bill, legs, &quotes, (Usd::ZERO, above));
        priced.upfront = upfront;
        priced.committed = committed;
        priced.owned = owned.map(Box::new);
        priced.eligible = eligible.map(Box::new);
        Ok(Outcome::Priced(Box::new(priced)))
    }

    /// What becomes of the reservations of a pick: the hours that stand under them of those that
    /// are paid for, and of all hours those that they cover.
    fn reserved(&self, leg: &Leg<'_>, pick: &Pick) -> Committed {
        let (covered, all) = self.reserved_hours(leg, pick);
        let month = Decimal::from(self.scenario.hours_per_month.get());
        let share = |part: Decimal, whole: Decimal| Usd::new(part).ratio_to(Usd::new(whole));
        Committed {
            amount: CommittedAmount::Instances(pick.reserved),
            utilization: share(covered, Decimal::from(pick.reserved) * month),
            coverage: share(covered, all),
        }
    }

    /// Instance-hours a month that stand under the reservations of a pick, and all of them.
    pub(super) fn reserved_hours(&self, leg: &Leg<'_>, pick: &Pick) -> (Decimal, Decimal) {
        let all = self.month_hours(leg.milliminutes(&pick.counts, 0));
        let beyond = self.month_hours(leg.milliminutes(&pick.counts, pick.reserved));
        (exact::difference(all, beyond), all)
    }
}
