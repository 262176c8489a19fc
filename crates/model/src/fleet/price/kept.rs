//! A commitment that was made for another load, at this one.

use rust_decimal::Decimal;

use super::Fleet;
use super::lines::Sides;
use crate::bill::{Bill, Component};
use crate::exact;
use crate::fleet::quotes::Quotes;
use crate::fleet::search::{Pick, whole_leg};
use crate::money::Usd;
use crate::purchase::{Commitment, PriceKind};
use crate::report::{CommittedAmount, Missing};

/// Decimals beyond which a count of instances is what 28 digits leave of a division.
const QUANTITY_DECIMALS: u32 = 12;

/// What a commitment costs at another load than it was made for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// US dollars a month.
    pub(crate) total: Usd,
    /// Of these for what is committed and not used.
    pub(crate) unused: Usd,
    /// Of these for all that is committed, used or not.
    pub(crate) committed: Usd,
}

impl Fleet<'_> {
    /// What a fleet that was committed to for another load costs at this one: the same type, and
    /// as much of it as was committed to (`falling`).
    pub(crate) fn kept(
        &self,
        commitment: Commitment,
        amount: CommittedAmount,
        type_index: usize,
    ) -> Result<Kept, Missing> {
        let kind = PriceKind::Committed(commitment);
        let quotes = self.quotes(kind)?;
        self.kept_at(kind, amount, type_index, &quotes)
    }

    /// The most that a plan of so many dollars an hour can leave to pay on a type that the book has
    /// no rate of it for: a plan's rate is never above the on-demand price.
    pub(crate) fn kept_at_most(
        &self,
        commitment: Commitment,
        hourly: Usd,
        type_index: usize,
    ) -> Result<Kept, Missing> {
        let kind = PriceKind::Committed(commitment);
        let quotes = self.quotes(PriceKind::OnDemand)?;
        let amount = CommittedAmount::Dollars(hourly);
        self.kept_at(kind, amount, type_index, &quotes)
    }

    /// What reservations worth so many dollars an hour leave to pay once they are exchanged for
    /// ones of a type: as few as are worth no less.
    pub(crate) fn exchanged(
        &self,
        commitment: Commitment,
        hourly: Usd,
        type_index: usize,
    ) -> Result<Kept, Missing> {
        let kind = PriceKind::Committed(commitment);
        let missing = Missing::Ec2(kind, self.candidates.len());
        let quotes = self.quotes(kind)?;
        let rate = quotes.get(type_index).ok_or(missing)?.rate.usd();
        let count = hourly.ratio_to(rate).ok_or(missing)?;
        let count = u64::try_from(count.round_dp(QUANTITY_DECIMALS).ceil()).unwrap_or(0);
        self.kept_at(kind, CommittedAmount::Instances(count), type_index, &quotes)
    }

    fn kept_at(
        &self,
        kind: PriceKind,
        amount: CommittedAmount,
        type_index: usize,
        quotes: &Quotes<'_>,
    ) -> Result<Kept, Missing> {
        let mut candidates = self.candidates.iter();
        let candidate = candidates.find(|candidate| candidate.index == type_index);
        let candidate = candidate.ok_or(Missing::Ec2(kind, self.candidates.len()))?;
        let leg = whole_leg(self.pattern, &self.crowd);
        let mut pick = Pick::new(*candidate, leg.running(candidate).collect());
        let bill = match amount {
            CommittedAmount::Dollars(hourly) => {
                let of = (kind, Some(hourly));
                self.plan_bill(&leg, &pick, of, quotes)?.0
            }
            CommittedAmount::Instances(reserved) => {
                pick.reserved = reserved;
                let (mut bill, mut sides) = (Bill::default(), Sides::default());
                let of = (kind, quotes);
                self.add_pick(&mut bill, &mut sides, &leg, &pick, of, Decimal::ONE)?;
                self.add_sides(&mut bill, sides)?;
                let eligible = self.wanted(&leg, &pick);
                self.spend_owned(&mut bill, eligible.as_ref());
                bill
            }
        };
        let priced = self.priced(bill, Vec::new(), quotes, (Usd::ZERO, Usd::ZERO));
        let unused = match quotes.get(type_index).filter(|_| pick.reserved > 0) {
            Some(quote) => {
                let month = Decimal::from(self.scenario.hours_per_month.get());
                let held = Decimal::from(pick.reserved) * month;
                let idle = exact::difference(held, self.reserved_hours(&leg, &pick).0);
                let paid = self.scenario.pricing.paid_share(Some(quote.source));
                quote.rate.times(idle.max(Decimal::ZERO)).scaled(paid)
            }
            None => priced.bill.component(Component::Unused),
        };
        Ok(Kept {
            total: priced.total,
            unused,
            committed: priced.bill.under(kind).1,
        })
    }
}
