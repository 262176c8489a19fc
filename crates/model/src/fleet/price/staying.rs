//! What a bill may come to beyond its total, where instances stay until the day's low.

use rust_decimal::Decimal;

use super::Fleet;
use super::lines::Sides;
use crate::bill::Bill;
use crate::fleet::Operator;
use crate::fleet::quotes::Quotes;
use crate::fleet::search::{Leg, Pick, Repacking};
use crate::money::Usd;
use crate::purchase::PriceKind;
use crate::report::Missing;

impl Fleet<'_> {
    /// What a bill may come to beyond its total, where instances stay until the day's low. Managed
    /// Instances consolidate, so there it is nothing (rule 16).
    pub(super) fn above(
        &self,
        leg: &Leg<'_>,
        pick: &Pick,
        bill_of: impl Fn(&Leg<'_>) -> Result<Bill, Missing>,
    ) -> Result<Usd, Missing> {
        let nothing = self.without_ranges || self.crowd.operator() == Operator::Managed;
        if nothing || !leg.is_open(&pick.counts) {
            return Ok(Usd::ZERO);
        }
        let kept = Leg {
            repacking: Repacking::AtTheLow,
            ..leg.clone()
        };
        Ok(self.paid(bill_of(&kept)?) - self.paid(bill_of(leg)?))
    }

    /// The same for one leg of a mix, as a part of its bill.
    pub(super) fn kept_above(
        &self,
        leg: &Leg<'_>,
        pick: &Pick,
        of: (PriceKind, &Quotes<'_>),
    ) -> Result<Usd, Missing> {
        let bill_of = |leg: &Leg<'_>| -> Result<Bill, Missing> {
            let (mut bill, mut sides) = (Bill::default(), Sides::default());
            self.add_pick(&mut bill, &mut sides, leg, pick, of, Decimal::ONE)?;
            self.add_instance_volumes(&mut bill, sides)?;
            Ok(bill)
        };
        self.above(leg, pick, bill_of)
    }
}
