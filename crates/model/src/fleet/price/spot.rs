//! On-demand and Spot by a strategy of capacity providers.

use rust_decimal::Decimal;

use super::lines::Sides;
use super::{Fleet, LegUse};
use crate::beside;
use crate::bill::Bill;
use crate::commitment::eligible::Eligible;
use crate::commitment::stack::Applied;
use crate::fleet::crowd::Crowd;
use crate::fleet::quotes::Quotes;
use crate::fleet::search::{
    CandidateCost, Leg, Pick, Scale, cheapest, cheapest_families, on_demand_leg, spot_leg,
};
use crate::fleet::{Candidate, Rounding};
use crate::money::Usd;
use crate::purchase::PriceKind;
use crate::report::{Missing, Outcome};

/// Families that a Spot fleet is spread over (rule 19).
pub(super) const SPOT_FAMILIES: usize = 3;

/// A Spot mix.
struct Mix<'a> {
    bill: Bill,
    legs: Vec<LegUse>,
    quotes: Quotes<'a>,
    /// What it costs with the cheapest and the dearest of the Spot families alone.
    range: (Usd, Usd),
    /// What its on-demand leg could spend commitments on.
    eligible: Option<Eligible>,
    /// What became of those that are owned.
    owned: Option<Applied>,
}

impl<'a> Fleet<'a> {
    /// On-demand and Spot providers by the service's strategy, with what AWS leaves open in the
    /// rounding of weights.
    pub(super) fn spot_mix(&self) -> Result<Outcome, Missing> {
        let mix = self.mix(&self.crowd)?;
        let (mut low, mut high) = mix.range;
        if !self.without_ranges && self.crowd.split_is_open(self.pattern) {
            for rounding in [Rounding::LeastSpot, Rounding::MostSpot] {
                // A rounding that needs a price which is missing says nothing about the range.
                if let Ok(other) = self.mix(&self.crowd.rounded(rounding)) {
                    low = low.min(other.range.0);
                    high = high.max(other.range.1);
                }
            }
        }
        let total = self.paid(mix.bill.clone());
        let range = (total - low, high - total);
        let mut priced = self.priced(mix.bill, mix.legs, &mix.quotes, range);
        priced.eligible = mix.eligible.map(Box::new);
        priced.owned = mix.owned.map(Box::new);
        Ok(Outcome::Priced(Box::new(priced)))
    }

    /// A Spot mix under one rounding of its weights.
    fn mix(&self, crowd: &Crowd<'_>) -> Result<Mix<'a>, Missing> {
        let scale = self.scale()?;
        let on_demand = on_demand_leg(self.pattern, crowd);
        let mut bill = Bill::default();
        let mut sides = Sides::default();
        let mut legs = Vec::new();
        let mut beside = None;
        let mut above = Usd::ZERO;
        let (mut eligible, mut owned) = (None, None);
        if !on_demand.is_empty() {
            let quotes = self.quotes(PriceKind::OnDemand)?;
            let of = (PriceKind::OnDemand, &quotes);
            let pick = self.cheapest_on_demand(&on_demand, scale)?;
            self.add_pick(&mut bill, &mut sides, &on_demand, &pick, of, Decimal::ONE)?;
            legs.push(self.leg_use(&on_demand, false, std::slice::from_ref(&pick)));
            above += self.kept_above(&on_demand, &pick, of)?;
            eligible = self.wanted(&on_demand, &pick);
            owned = self.spend_owned(&mut bill, eligible.as_ref());
            beside = Some(pick);
        }
        let spot = spot_leg(
            self.pattern,
            crowd,
            beside.as_ref().map(|pick| (&on_demand, pick)),
        );
        if spot.is_empty() {
            let quotes = self.quotes(PriceKind::OnDemand)?;
            self.add_sides(&mut bill, sides)?;
            let total = self.paid(bill.clone());
            return Ok(Mix {
                bill,
                legs,
                quotes,
                range: (total, total + above),
                eligible,
                owned,
            });
        }
        let quotes = self.quotes(PriceKind::Spot)?;
        let picks = cheapest_families(
            &spot,
            (self.book, scale),
            &self.candidates,
            SPOT_FAMILIES,
            |candidate| {
                let quote = quotes.get(candidate.index)?;
                let base = quotes.base(quote, candidate.index);
                let hour = scale.hour_of((quote, base), self.fee(candidate).ok()?);
                Some(CandidateCost {
                    hour,
                    reserved_hour: None,
                })
            },
        );
        if picks.is_empty() {
            return Err(Missing::Ec2(PriceKind::Spot, self.candidates.len()));
        }
        let share = Decimal::ONE / Decimal::from(picks.len());
        let mut alone = Vec::with_capacity(picks.len());
        let mut dearest = Usd::ZERO;
        for pick in &picks {
            let of = (PriceKind::Spot, &quotes);
            self.add_pick(&mut bill, &mut sides, &spot, pick, of, share)?;
            let (mut bill, mut sides) = (Bill::default(), Sides::default());
            self.add_pick(&mut bill, &mut sides, &spot, pick, of, Decimal::ONE)?;
            self.add_instance_volumes(&mut bill, sides)?;
            beside::add(
                &mut bill,
                self.scenario,
                self.moved(),
                self.book,
                self.standing(sides),
            )?;
            alone.push(self.paid(bill));
            dearest = dearest.max(self.kept_above(&spot, pick, of)?);
        }
        let mean = alone.iter().copied().sum::<Usd>().scaled(share);
        let least = alone.iter().copied().min().unwrap_or(mean);
        let most = alone.iter().copied().max().unwrap_or(mean);
        self.add_sides(&mut bill, sides)?;
        legs.push(self.leg_use(&spot, true, &picks));
        let total = self.paid(bill.clone());
        Ok(Mix {
            bill,
            legs,
            quotes,
            range: (
                total - (mean - least),
                total + (most - mean) + above + dearest,
            ),
            eligible,
            owned,
        })
    }

    /// The cheapest type for a leg at on-demand prices.
    fn cheapest_on_demand(&self, leg: &Leg<'_>, scale: Scale) -> Result<Pick, Missing> {
        let cost = |candidate: &Candidate| {
            let list = self.list?.quote(candidate.index)?;
            let hour = scale.hour(list, self.fee(candidate).ok()?);
            Some(CandidateCost {
                hour,
                reserved_hour: None,
            })
        };
        cheapest(leg, (self.book, scale), &self.candidates, cost)
            .ok_or(Missing::Ec2(PriceKind::OnDemand, self.candidates.len()))
    }
}
