//! What a fleet costs a service.

use std::cmp::Reverse;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::crowd::Crowd;
use super::quotes::Quotes;
use super::search::{
    Along, CandidateCost, Leg, MILLIMINUTES_PER_HOUR, Pick, Repacking, Scale, cheapest,
    cheapest_families, least_under_plan, on_demand_leg, spot_leg, whole_leg,
};
use super::{Candidate, Fit, Operator, Rounding, Rules, credits, managed_fee_hour, volume_months};
use crate::beside::{self, Moved, Standing};
use crate::bill::{Bill, Component, Item, Unit};
use crate::commitment::eligible::{Eligible, EligibleKind, EligibleLevel};
use crate::commitment::owned::{self, Settled};
use crate::commitment::stack::Applied;
use crate::commitment::{self, Outcome as PlanOutcome};
use crate::eligibility::Obstacle;
use crate::exact;
use crate::fargate::INCLUDED_EPHEMERAL_GIB;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::order;
use crate::platform::{Arch, Os};
use crate::prices::{Adjacent, Ec2Column, InstanceType, PriceBook, Quote, SourceId};
use crate::purchase::{Commitment, PriceKind};
use crate::report::{Capacity, Committed, CommittedAmount, Missing, Outcome, Priced, Upfront};
use crate::scenario::{Scenario, Service};
use crate::staff;

mod contend;
mod mix;

/// Decimals beyond which a count of instances is what 28 digits leave of a division.
const QUANTITY_DECIMALS: u32 = 12;

/// Families that a Spot fleet is spread over (rule 19).
const SPOT_FAMILIES: usize = 3;

/// A fleet, as it is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetUse {
    /// Who runs it.
    pub place: Place,
    /// Of a cluster, the indices of the services that stand on it; empty of a service alone.
    pub services: Vec<usize>,
    /// On-demand (or committed) and Spot, as far as they have tasks.
    pub legs: Vec<LegUse>,
    /// Types that may be chosen and hold a task.
    pub candidates: usize,
    /// Those of them with a price for the purchase that may decide.
    pub priced: usize,
    /// What runs on it when.
    pub running: Arc<Running>,
}

/// What runs on a fleet when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Its load.
    pub pattern: Pattern,
    /// Tasks of each service in each level of the load; empty of a service alone, whose load says
    /// it.
    pub levels: Vec<Vec<u32>>,
}

/// One leg of a fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegUse {
    /// Whether its instances are Spot.
    pub spot: bool,
    /// Most tasks that stand on it at a time.
    pub tasks: u64,
    /// The type, or for Spot the types whose mean is billed.
    pub types: Vec<TypeUse>,
}

/// Instances of one type in a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeUse {
    /// Index of the type in the book.
    pub index: usize,
    /// What one instance holds.
    pub fit: Fit,
    /// Most instances that run at a time.
    pub instances: u64,
    /// Of these under a reservation.
    pub reserved: u64,
    /// Instance-hours billed a month.
    pub hours: Decimal,
}

/// The candidates of one operator and architecture, found once and priced for every purchase.
pub struct Fleet<'a> {
    scenario: &'a Scenario,
    book: &'a PriceBook,
    crowd: Crowd<'a>,
    pattern: &'a Pattern,
    candidates: Vec<Candidate>,
    running: Arc<Running>,
    in_a_cluster: bool,
    without_ranges: bool,
    /// Periods of the load in a month.
    periods: Decimal,
    list: Option<&'a Ec2Column>,
    linux_list: Option<&'a Ec2Column>,
}

impl<'a> Fleet<'a> {
    /// Finds the candidates for a service.
    pub fn new(
        scenario: &'a Scenario,
        service: &'a Service,
        book: &'a PriceBook,
        pattern: &'a Pattern,
        (operator, arch): (Operator, Arch),
    ) -> Self {
        let rules = Rules::new(operator, &scenario.fleet, service)
            .sized(scenario.sizing)
            .packed(scenario.packing);
        Self::of(scenario, Crowd::alone(rules), book, pattern, arch)
    }

    /// Finds the candidates for services that share a fleet.
    pub fn of(
        scenario: &'a Scenario,
        crowd: Crowd<'a>,
        book: &'a PriceBook,
        pattern: &'a Pattern,
        arch: Arch,
    ) -> Self {
        let candidates = crowd.candidates(book, arch);
        Self {
            candidates,
            ..Self::bare(scenario, crowd, book, pattern)
        }
    }

    /// A fleet without candidates, for what is given its types ([`Self::contend`]).
    pub(crate) fn bare(
        scenario: &'a Scenario,
        crowd: Crowd<'a>,
        book: &'a PriceBook,
        pattern: &'a Pattern,
    ) -> Self {
        let os = crowd.os();
        let running = Running {
            pattern: pattern.clone(),
            levels: crowd.tasks_by_level().to_vec(),
        };
        Self {
            scenario,
            book,
            running: Arc::new(running),
            crowd,
            pattern,
            candidates: Vec::new(),
            in_a_cluster: false,
            without_ranges: false,
            periods: pattern.periods_per_month(scenario.hours_per_month),
            list: book.ec2_column(os, PriceKind::OnDemand),
            linux_list: book.ec2_column(Os::Linux, PriceKind::OnDemand),
        }
    }

    /// The same within a cluster whose bill has gateways, endpoints and load balancer already.
    #[must_use]
    pub fn in_a_cluster(self) -> Self {
        Self {
            in_a_cluster: true,
            ..self
        }
    }

    /// The same where nobody asks what prices and assumptions leave open, as far as that takes bills
    /// of its own: the rounding of weights, and instances that stay until the day's low.
    #[must_use]
    pub fn without_ranges(self) -> Self {
        Self {
            without_ranges: true,
            ..self
        }
    }

    /// Prices an option that no requirement rules out.
    ///
    /// Where commitments are owned already, a type that they cover may cost less than the one
    /// that is cheapest without them: each of those is priced by itself.
    pub fn price(&self, option: OptionId) -> Outcome {
        let outcome = self.price_candidates(option);
        if !self.applies_owned() {
            return outcome;
        }
        let os = self.crowd.os();
        let touched = self.candidates.iter().filter(|candidate| {
            let instance = self.book.types.get(candidate.index);
            instance.is_some_and(|instance| {
                owned::touches(
                    &self.scenario.owned,
                    self.book,
                    os,
                    (candidate.index, instance),
                )
            })
        });
        let total = |outcome: &Outcome| match outcome {
            Outcome::Priced(priced) => Some((
                priced.set_aside.is_some(),
                priced.total.rounded_to_millionths(),
            )),
            _ => None,
        };
        touched.fold(outcome, |best, candidate| {
            let one = Self {
                candidates: vec![*candidate],
                crowd: self.crowd.clone(),
                running: Arc::clone(&self.running),
                ..*self
            };
            let other = one.price_candidates(option);
            match (total(&best), total(&other)) {
                (Some(known), Some(total)) if total < known => other.with_choice_of(&best),
                (None, Some(_)) => other,
                _ => best,
            }
        })
    }

    /// Whether this fleet's own bill spends what is owned: within a cluster the cluster does.
    fn applies_owned(&self) -> bool {
        self.scenario.owned.has_commitments() && !self.in_a_cluster
    }

    /// The leg of all tasks.
    fn whole_leg(&self) -> Leg<'_> {
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
    fn wanted(&self, leg: &Leg<'_>, pick: &Pick) -> Option<Eligible> {
        if !self.scenario.owned.has_commitments() {
            return None;
        }
        let list = self.list?.quote(pick.candidate.index)?;
        Some(self.eligible(leg, pick, (list, None), pick.reserved))
    }

    /// Spends what is owned on a bill, and gives back what became of it.
    fn spend_owned(&self, bill: &mut Bill, eligible: Option<&Eligible>) -> Option<Applied> {
        let settled = self.settle(eligible?)?;
        settled.credit(bill);
        Some(settled.applied)
    }

    /// What owned commitments make of usage; nothing where none are owned.
    fn settle(&self, eligible: &Eligible) -> Option<Settled> {
        self.applies_owned()
            .then(|| Settled::of(&self.scenario.owned, self.book, eligible))
    }

    fn price_candidates(&self, option: OptionId) -> Outcome {
        if self.candidates.is_empty() {
            return Outcome::NotEligible(vec![Obstacle::NoInstanceType]);
        }
        let result = match option.purchase {
            Purchase::OnDemand => self.single(PriceKind::OnDemand),
            Purchase::SpotMix => self.spot_mix(),
            Purchase::Committed(commitment) if commitment.kind.is_savings_plan() => {
                self.plan(commitment)
            }
            Purchase::Committed(commitment) => self.single(PriceKind::Committed(commitment)),
        };
        result.unwrap_or_else(|missing| Outcome::NoPrice(vec![missing]))
    }

    /// The volume that comes with each instance, where volumes are billed.
    fn volume(&self) -> Result<Option<(u16, Quote)>, Missing> {
        if !self.scenario.ebs {
            return Ok(None);
        }
        let quote = self.book.adjacent(Adjacent::EbsGp3Storage);
        let quote = quote.ok_or(Missing::Adjacent(Adjacent::EbsGp3Storage))?;
        Ok(Some((self.crowd.operator().volume_gib(), quote)))
    }

    fn scale(&self) -> Result<Scale, Missing> {
        let along = beside::along(self.scenario, self.moved(), self.book, self.place())?;
        let along = Along {
            volume: self.volume()?,
            ..along
        };
        let Scenario {
            hours_per_month,
            pricing,
            ..
        } = self.scenario;
        Ok(Scale::new(*hours_per_month, along, pricing.discount))
    }

    /// What the services move.
    fn moved(&self) -> Moved {
        Moved::by_all(self.crowd.services()).in_a_cluster(self.in_a_cluster)
    }

    const fn place(&self) -> Place {
        self.crowd.operator().place()
    }

    /// The fee's share and the list price it is a share of; nothing on instances of one's own.
    fn fee(&self, candidate: &Candidate) -> Result<Option<(Quote, Quote)>, Missing> {
        if self.crowd.operator() == Operator::Own {
            return Ok(None);
        }
        let list = self
            .linux_list
            .and_then(|column| column.quote(candidate.index));
        candidate.fee.zip(list).map(Some).ok_or(Missing::ManagedFee)
    }

    /// The usable quotes of a purchase.
    fn quotes(&self, kind: PriceKind) -> Result<Quotes<'a>, Missing> {
        let (book, os) = (self.book, self.crowd.os());
        Quotes::of(book, os, kind, self.scenario, &self.candidates)
            .ok_or(Missing::Ec2(kind, self.candidates.len()))
    }

    /// All tasks on one provider, with a reservation where `kind` is one.
    fn single(&self, kind: PriceKind) -> Result<Outcome, Missing> {
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
    fn reserved_hours(&self, leg: &Leg<'_>, pick: &Pick) -> (Decimal, Decimal) {
        let all = self.month_hours(leg.milliminutes(&pick.counts, 0));
        let beyond = self.month_hours(leg.milliminutes(&pick.counts, pick.reserved));
        (exact::difference(all, beyond), all)
    }

    /// What a bill may come to beyond its total, where instances stay until the day's low. Managed
    /// Instances consolidate, so there it is nothing (rule 16).
    fn above(
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

    /// On-demand and Spot providers by the service's strategy, with what AWS leaves open in the
    /// rounding of weights.
    fn spot_mix(&self) -> Result<Outcome, Missing> {
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

    /// The same for one leg of a mix, as a part of its bill.
    fn kept_above(
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

    /// All tasks on one provider, as much of it under a Savings Plan as is cheapest.
    fn plan(&self, commitment: Commitment) -> Result<Outcome, Missing> {
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

    /// The same fleet without the types of a family.
    pub(crate) fn without_family(&self, family: &str) -> Self {
        let is_other = |candidate: &&Candidate| {
            let instance = self.book.types.get(candidate.index);
            instance.is_some_and(|instance| instance.family() != family)
        };
        Self {
            candidates: self.candidates.iter().filter(is_other).copied().collect(),
            crowd: self.crowd.clone(),
            running: Arc::clone(&self.running),
            ..*self
        }
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

    /// The bill of a pick under a plan: of so many dollars an hour, or of as many as a scenario
    /// asks for.
    fn plan_bill(
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

    /// What of a pick's instances beyond `reserved` ones commitments may be spent on: what stands
    /// in each level of the load; of jobs the day's average in every hour. A plan's price comes
    /// with the source of the price that it is a share of, if it is one.
    fn eligible(
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
    fn paid_share(&self, quote: Quote, base: Option<SourceId>) -> Decimal {
        let own = base.filter(|&base| base == SourceId::OWN);
        let source = own.unwrap_or(quote.source);
        self.scenario.pricing.paid_share(Some(source))
    }

    fn month_hours(&self, milliminutes: u64) -> Decimal {
        Decimal::from(milliminutes) / Decimal::from(MILLIMINUTES_PER_HOUR) * self.periods
    }

    /// What happens so often in a period of the load, in a month.
    fn month_count(&self, a_period: u64) -> Decimal {
        Decimal::from(a_period) * self.periods
    }

    /// Adds the instance and fee lines of a pick, each times `share`.
    fn add_pick(
        &self,
        bill: &mut Bill,
        sides: &mut Sides,
        leg: &Leg<'_>,
        pick: &Pick,
        (kind, quotes): (PriceKind, &Quotes<'_>),
        share: Decimal,
    ) -> Result<(), Missing> {
        let index = pick.candidate.index;
        let missing = |kind| Missing::Ec2(kind, self.candidates.len());
        let launches = self.month_count(leg.launches(&pick.counts, pick.reserved)) * share;
        sides.launches = exact::sum(sides.launches, launches);
        let beyond = self.month_hours(leg.milliminutes(&pick.counts, pick.reserved)) * share;
        let held = Decimal::from(pick.reserved)
            * Decimal::from(self.scenario.hours_per_month.get())
            * share;
        let unit = Unit::InstanceHours;
        if pick.reserved > 0 {
            let reserved = quotes.get(index).ok_or_else(|| missing(kind))?;
            bill.add(
                Item::Instances(index),
                kind,
                (held, unit),
                reserved.rate.usd(),
                Some(reserved.source),
            );
            if let Some(base) = quotes.base(reserved, index) {
                bill.based_on(base);
            }
        }
        let (beyond_kind, quote) = match kind {
            PriceKind::Spot => (PriceKind::Spot, quotes.get(index)),
            PriceKind::OnDemand | PriceKind::Committed(_) => {
                let list = self.list.and_then(|column| column.quote(index));
                (PriceKind::OnDemand, list)
            }
        };
        let quote = quote.ok_or_else(|| missing(beyond_kind))?;
        bill.add(
            Item::Instances(index),
            beyond_kind,
            (beyond, unit),
            quote.rate.usd(),
            Some(quote.source),
        );
        if beyond_kind == PriceKind::Spot
            && !beyond.is_zero()
            && let Some(base) = quotes.base(quote, index)
        {
            bill.based_on(base);
        }
        credits::add(bill, leg, pick, self.month_count(1) * share);
        self.add_fee(bill, sides, &pick.candidate, exact::sum(held, beyond))
    }

    /// Adds the fee for `hours` of a type, and counts the hours for the volumes.
    fn add_fee(
        &self,
        bill: &mut Bill,
        sides: &mut Sides,
        candidate: &Candidate,
        hours: Decimal,
    ) -> Result<(), Missing> {
        sides.instance_hours = exact::sum(sides.instance_hours, hours);
        if let Some((ratio, list)) = self.fee(candidate)? {
            let rate = managed_fee_hour(list.rate.usd(), ratio.rate.usd().decimal());
            bill.add(
                Item::ManagedFee(candidate.index),
                PriceKind::OnDemand,
                (hours, Unit::InstanceHours),
                rate,
                Some(ratio.source),
            );
            bill.based_on(list.source);
        }
        Ok(())
    }

    /// Adds what goes along with instances: volumes, and the lines beside compute.
    fn add_sides(&self, bill: &mut Bill, sides: Sides) -> Result<(), Missing> {
        self.add_volumes(bill, sides)?;
        beside::add(
            bill,
            self.scenario,
            self.moved(),
            self.book,
            self.standing(sides),
        )
    }

    const fn standing(&self, sides: Sides) -> Standing {
        Standing {
            place: self.place(),
            hours: sides.instance_hours,
            pulls: sides.launches,
        }
    }

    /// What a bill comes to after any discount.
    fn paid(&self, mut bill: Bill) -> Usd {
        bill.take_off(self.scenario.pricing.discount);
        bill.total()
    }

    /// Adds the volumes of instances, and the scratch space of tasks.
    fn add_volumes(&self, bill: &mut Bill, sides: Sides) -> Result<(), Missing> {
        self.add_instance_volumes(bill, sides)?;
        let scratch_hours = self.scratch_hours();
        if let Some((_, quote)) = self.volume()?
            && !scratch_hours.is_zero()
        {
            let month = self.scenario.hours_per_month;
            let months = volume_months(Decimal::ONE, scratch_hours, month);
            let unit = Unit::GbMonths;
            bill.add(
                Item::TaskVolume,
                PriceKind::OnDemand,
                (months, unit),
                quote.rate.usd(),
                Some(quote.source),
            );
        }
        Ok(())
    }

    fn add_instance_volumes(&self, bill: &mut Bill, sides: Sides) -> Result<(), Missing> {
        if let Some((gib, quote)) = self.volume()? {
            let month = self.scenario.hours_per_month;
            let months = volume_months(gib.into(), sides.instance_hours, month);
            let quantity = (months, Unit::GbMonths);
            bill.add(
                Item::InstanceVolume,
                PriceKind::OnDemand,
                quantity,
                quote.rate.usd(),
                Some(quote.source),
            );
        }
        Ok(())
    }

    /// GiB-hours a month of scratch space beyond what comes with a task.
    fn scratch_hours(&self) -> Decimal {
        let hours = self.crowd.services().enumerate().map(|(member, service)| {
            let scratch = service.task.ephemeral.get() - INCLUDED_EPHEMERAL_GIB;
            if scratch == 0 {
                Decimal::ZERO
            } else {
                Decimal::from(scratch) * self.task_hours(member)
            }
        });
        hours.fold(Decimal::ZERO, exact::sum)
    }

    /// Task-hours a month of one of the services, without image pulls: an instance caches images.
    fn task_hours(&self, member: usize) -> Decimal {
        match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().zip(self.crowd.levels(week));
                let hours = levels.map(|(level, tasks)| {
                    u64::from(level.hours) * tasks.get(member).copied().unwrap_or(0)
                });
                Decimal::from(hours.sum::<u64>()) * self.periods
            }
            Pattern::Jobs(jobs) => {
                let milliminutes = Decimal::from(jobs.task_milliminutes());
                milliminutes / Decimal::from(MILLIMINUTES_PER_HOUR) * self.periods
            }
        }
    }

    fn leg_use(&self, leg: &Leg<'_>, spot: bool, picks: &[Pick]) -> LegUse {
        let types = picks.iter().map(|pick| TypeUse {
            index: pick.candidate.index,
            fit: pick.candidate.fit,
            instances: pick.peak(),
            reserved: pick.reserved,
            hours: exact::sum(
                self.month_hours(leg.milliminutes(&pick.counts, pick.reserved)),
                Decimal::from(pick.reserved) * Decimal::from(self.scenario.hours_per_month.get()),
            ),
        });
        LegUse {
            spot,
            tasks: leg
                .levels
                .iter()
                .map(|level| level.tasks)
                .max()
                .unwrap_or(0),
            types: types.collect(),
        }
    }

    fn priced(
        &self,
        mut bill: Bill,
        legs: Vec<LegUse>,
        quotes: &Quotes<'_>,
        range: (Usd, Usd),
    ) -> Priced {
        let capacity = Capacity::Fleet(FleetUse {
            place: self.place(),
            services: Vec::new(),
            legs,
            candidates: self.candidates.len(),
            priced: quotes.priced,
            running: Arc::clone(&self.running),
        });
        // The same on every type: it has no part in the search. Of a cluster it is the whole's.
        if !self.in_a_cluster {
            staff::add(
                &mut bill,
                self.scenario.staff,
                std::iter::once(self.place()),
            );
        }
        let mut priced = Priced::new(self.scenario, self.book, bill, range, capacity);
        priced.set_aside = quotes.set_aside;
        priced
    }
}

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

/// What a plan makes of a fleet.
struct Planned {
    plan: PlanOutcome,
    owned: Option<Applied>,
    committed: Committed,
    eligible: Eligible,
}

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

/// What goes along with instances.
#[derive(Clone, Copy, Default)]
struct Sides {
    /// Instance-hours a month.
    instance_hours: Decimal,
    /// Instances launched in a month.
    launches: Decimal,
}
