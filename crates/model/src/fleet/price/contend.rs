//! What a fleet comes to at on-demand or Spot prices, and nothing else of its answer: from types
//! that are found once for many services.

use rust_decimal::Decimal;

use super::super::ground::{Contender, Ground};
use super::super::search::{
    HourCost, Leg, Pick, Scale, cheapest_families_of, cheapest_of, on_demand_leg, spot_leg,
    whole_leg,
};
use super::super::{Candidate, Rules};
use super::lines::Sides;
use super::spot::SPOT_FAMILIES;
use super::{Fleet, Quotes};
use crate::bill::Bill;
use crate::money::Usd;
use crate::prices::PriceBook;
use crate::purchase::PriceKind;
use crate::staff;

impl Fleet<'_> {
    /// Prices the types of a ground for this fleet; whether they are priced such that
    /// [`Self::contend`] comes to what [`Self::price`] does.
    pub(crate) fn prepare(&self, rules: &Rules<'_>, ground: &mut Ground, edition: u32) -> bool {
        match self.scale() {
            Ok(scale) => {
                let with_spot = rules.service().spot.is_some();
                ground.price(self.book, edition, scale, with_spot);
                ground.is_ordinary()
            }
            // Without the price of a volume or an address there is no option at all.
            Err(_) => true,
        }
    }

    /// What all tasks on-demand cost a month, and the most instances at a time; `None` where that
    /// has no price that may decide.
    pub(crate) fn contend(&self, rules: &Rules<'_>, ground: &Ground) -> Option<(Usd, u64)> {
        let scale = self.scale().ok()?;
        let leg = whole_leg(self.pattern, &self.crowd);
        let pick = pick(&leg, (self.book, scale), rules, ground)?;
        let (mut bill, mut sides) = (Bill::default(), Sides::default());
        self.add_contender(&mut bill, &mut sides, &leg, &pick, PriceKind::OnDemand)?;
        Some((self.contended(bill, sides)?, pick.peak()))
    }

    /// The same of on-demand and Spot by the service's strategy.
    pub(crate) fn contend_with_spot(
        &self,
        rules: &Rules<'_>,
        ground: &Ground,
    ) -> Option<(Usd, u64)> {
        let scale = self.scale().ok()?;
        let on_demand = on_demand_leg(self.pattern, &self.crowd);
        let (mut bill, mut sides) = (Bill::default(), Sides::default());
        let mut beside = None;
        if !on_demand.is_empty() {
            let pick = pick(&on_demand, (self.book, scale), rules, ground)?;
            let kind = PriceKind::OnDemand;
            self.add_contender(&mut bill, &mut sides, &on_demand, &pick, kind)?;
            beside = Some(pick);
        }
        let mut peak = beside.as_ref().map_or(0, Pick::peak);
        let with = beside.as_ref().map(|pick| (&on_demand, pick));
        let spot = spot_leg(self.pattern, &self.crowd, with);
        if !spot.is_empty() {
            let families = ground.spot(rules).map(|(least, types)| {
                let types = candidates(ground, types, rules, self.book);
                (least, types)
            });
            let picks = cheapest_families_of(&spot, (self.book, scale), families, SPOT_FAMILIES);
            let share = Decimal::ONE.checked_div(Decimal::from(picks.len()))?;
            let quotes = Quotes::deciding(self.book, self.crowd.os(), PriceKind::Spot);
            for pick in &picks {
                let of = (PriceKind::Spot, &quotes);
                self.add_pick(&mut bill, &mut sides, &spot, pick, of, share)
                    .ok()?;
            }
            peak += picks.iter().map(Pick::peak).max().unwrap_or(0);
        } else if beside.is_none() {
            // All tasks find room that is there already; a type that holds one must be there too.
            let mut types = ground.list().iter();
            types.find_map(|one| ground.candidate(one, rules, self.book))?;
        }
        Some((self.contended(bill, sides)?, peak))
    }

    fn add_contender(
        &self,
        bill: &mut Bill,
        sides: &mut Sides,
        leg: &Leg<'_>,
        pick: &Pick,
        kind: PriceKind,
    ) -> Option<()> {
        let quotes = Quotes::deciding(self.book, self.crowd.os(), kind);
        let of = (kind, &quotes);
        self.add_pick(bill, sides, leg, pick, of, Decimal::ONE).ok()
    }

    /// The total of a bill of instances, with what goes along with them.
    fn contended(&self, mut bill: Bill, sides: Sides) -> Option<Usd> {
        self.add_sides(&mut bill, sides).ok()?;
        staff::add(
            &mut bill,
            self.scenario.staff,
            std::iter::once(self.place()),
        );
        Some(self.paid(bill))
    }
}

/// The cheapest type for a leg at on-demand prices.
fn pick(
    leg: &Leg<'_>,
    (book, scale): (&PriceBook, Scale),
    rules: &Rules<'_>,
    ground: &Ground,
) -> Option<Pick> {
    let candidates = candidates(ground, ground.list(), rules, book);
    cheapest_of(leg, (book, scale), candidates, u128::MAX)
}

/// Those of a ground's types that hold a task, each with the price of its hour.
fn candidates(
    ground: &Ground,
    of: &[Contender],
    rules: &Rules<'_>,
    book: &PriceBook,
) -> impl Iterator<Item = (Candidate, HourCost)> {
    of.iter().filter_map(|contender| {
        let candidate = ground.candidate(contender, rules, book)?;
        Some((candidate, contender.hour))
    })
}
