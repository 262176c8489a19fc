//! What services of one option cost together, worked out once for every set of services.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::super::partition::Known;
use super::super::{Billed, Cluster, grounds};
use super::Mask;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::report::{self, Outcome, Priced, ServiceAnswer};
use crate::scenario::{Places, Scenario};

/// Amounts that are added up and compared many times: whole millionths of a millionth of a dollar a
/// month. Bills that differ in less are equal ([`crate::decision`]).
pub(super) type Picodollars = i128;

/// Decimals of an amount.
const DECIMALS: u32 = 12;

/// As integers.
pub(super) fn picodollars(amount: Usd) -> Option<Picodollars> {
    let scaled = amount.scaled(Decimal::from(10_u64.pow(DECIMALS)));
    scaled.decimal().round().to_i128()
}

/// And back.
pub(super) fn usd(amount: Picodollars) -> Usd {
    let decimal = Decimal::try_from_i128_with_scale(amount, DECIMALS);
    Usd::new(decimal.unwrap_or(Decimal::MAX).normalize())
}

/// What services of one option cost: without what is owned, and with it spent on them. `None`
/// where the option cannot run them at a known price that may decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) plain: Option<Picodollars>,
    pub(super) spending: Option<Picodollars>,
}

/// A ground: a place and an architecture.
type GroundId = (Place, Arch);

/// What came of a purchase.
type Purchased = (Purchase, Outcome);

/// What is known of the costs of services together.
#[derive(Clone, Debug)]
pub(super) struct PartPrices {
    /// The options that some service may take.
    pub(super) options: Vec<OptionId>,
    /// For each of them the services that may take it.
    pub(super) legal: Vec<Mask>,
    /// Services that tolerate Spot.
    pub(super) tolerant: Mask,
    /// All services.
    pub(super) all: Mask,
    /// What shared fleets cost on-demand.
    fleets: BTreeMap<GroundId, Known>,
    /// What every purchase costs for services of one fleet, or one service on Fargate.
    blocks: BTreeMap<(GroundId, Vec<usize>), Vec<Purchased>>,
    /// What a set of services costs under an option, by the option's place in `options`.
    costs: BTreeMap<(usize, Mask), Cost>,
    /// What all services share in some places.
    common: Vec<(Places, Option<Picodollars>)>,
}

impl PartPrices {
    pub(super) fn new(scenario: &Scenario, alone: &[ServiceAnswer]) -> Self {
        let mask_of = |is_in: &dyn Fn(usize, &ServiceAnswer) -> bool| -> Mask {
            let indices = alone.iter().enumerate();
            indices
                .filter(|(index, answer)| is_in(*index, answer))
                .fold(0, |mask, (index, _)| mask | bit(index))
        };
        let services: Vec<_> = scenario.services.iter().collect();
        let tolerates = |index: usize| {
            services
                .get(index)
                .is_some_and(|service| service.spot.is_some())
        };
        let mut prices = Self {
            options: Vec::new(),
            legal: Vec::new(),
            tolerant: mask_of(&|index, _| tolerates(index)),
            all: mask_of(&|_, _| true),
            fleets: BTreeMap::new(),
            blocks: BTreeMap::new(),
            costs: BTreeMap::new(),
            common: Vec::new(),
        };
        for option in OptionId::all() {
            if !report::is_within_commitment(scenario, option) {
                continue;
            }
            let legal = mask_of(&|index, answer| may_take(answer, option, tolerates(index)));
            let has_spot = option.purchase != Purchase::SpotMix || legal & prices.tolerant != 0;
            if legal != 0 && has_spot {
                prices.options.push(option);
                prices.legal.push(legal);
            }
        }
        prices
    }

    /// Whether services may stand together on an option: each may take it, and a Spot mix is for
    /// services of which some take Spot (on Fargate, which shares nothing, all of them).
    pub(super) fn is_legal(&self, option: usize, services: Mask) -> bool {
        let (Some(of), Some(&legal)) = (self.options.get(option), self.legal.get(option)) else {
            return false;
        };
        let has_spot = match (of.purchase, of.place) {
            (Purchase::SpotMix, Place::Fargate) => services & !self.tolerant == 0,
            (Purchase::SpotMix, _) => services & self.tolerant != 0,
            _ => true,
        };
        services & !legal == 0 && has_spot
    }

    /// What services cost under an option, if that is worked out.
    pub(super) fn known(&self, option: usize, services: Mask) -> Option<Cost> {
        self.costs.get(&(option, services)).copied()
    }

    /// Works out what services cost under every option of a ground that they may take together.
    pub(super) fn work_out(&mut self, cluster: &Cluster<'_>, ground: GroundId, services: Mask) {
        for option in 0..self.options.len() {
            let of = self.options.get(option).copied();
            if of.is_some_and(|of| (of.place, of.arch) == ground) {
                self.cost(cluster, option, services);
            }
        }
    }

    /// What services cost under an option.
    pub(super) fn cost(&mut self, cluster: &Cluster<'_>, option: usize, services: Mask) -> Cost {
        if let Some(cost) = self.known(option, services) {
            return cost;
        }
        let cost = match self.options.get(option).copied() {
            Some(of) if self.is_legal(option, services) => self.price(cluster, of, services),
            _ => Cost::default(),
        };
        self.costs.insert((option, services), cost);
        cost
    }

    fn price(&mut self, cluster: &Cluster<'_>, option: OptionId, services: Mask) -> Cost {
        let ground = (option.place, option.arch);
        let indices: Vec<usize> = members(services).collect();
        let blocks: Vec<Vec<usize>> = if option.place == Place::Fargate {
            indices.iter().map(|&index| vec![index]).collect()
        } else {
            let known = self.fleets.entry(ground).or_default();
            cluster
                .ground(option.place, option.arch)
                .divide_knowing(&indices, known)
        };
        let mut parts: Vec<Priced> = Vec::with_capacity(blocks.len());
        for block in blocks {
            match self.of_block(cluster, ground, block, option.purchase) {
                Some(Outcome::Priced(priced)) => parts.push((**priced).clone()),
                _ => return Cost::default(),
            }
        }
        let total = |spends_owned| {
            let billed = Billed::Part { spends_owned };
            match cluster.joined(option.purchase, Ok(parts.clone()), billed) {
                Outcome::Priced(priced) if priced.set_aside.is_none() => picodollars(priced.total),
                _ => None,
            }
        };
        let owns = cluster.scenario.owned.has_commitments();
        Cost {
            plain: total(false),
            spending: owns.then(|| total(true)).flatten(),
        }
    }

    /// What services on one fleet, or one on Fargate, cost under a purchase.
    fn of_block(
        &mut self,
        cluster: &Cluster<'_>,
        ground: GroundId,
        block: Vec<usize>,
        purchase: Purchase,
    ) -> Option<&Outcome> {
        let purchases = self.options.iter();
        let purchases: Vec<Purchase> = purchases
            .filter(|option| (option.place, option.arch) == ground)
            .map(|option| option.purchase)
            .collect();
        let priced = self
            .blocks
            .entry((ground, block.clone()))
            .or_insert_with(|| price_block(cluster, ground, block, &purchases));
        let of = priced.iter().find(|(of, _)| *of == purchase);
        of.map(|(_, outcome)| outcome)
    }

    /// What all services share where they stand in these places; `None` where a price is missing.
    pub(super) fn common(&mut self, cluster: &Cluster<'_>, places: Places) -> Option<Picodollars> {
        if let Some((_, known)) = self.common.iter().find(|(of, _)| *of == places) {
            return *known;
        }
        let places_of: Vec<Place> = places.iter().collect();
        let common = cluster.common(places_of.into_iter());
        let common = common.and_then(|bill| picodollars(bill.total()));
        self.common.push((places, common));
        common
    }
}

/// What services on one fleet, or one on Fargate, cost under every purchase.
fn price_block(
    cluster: &Cluster<'_>,
    (place, arch): GroundId,
    block: Vec<usize>,
    purchases: &[Purchase],
) -> Vec<Purchased> {
    let none = Vec::new();
    if place == Place::Fargate {
        let Some((index, service)) = block
            .first()
            .and_then(|&index| Some((index, *cluster.services.get(index)?)))
        else {
            return none;
        };
        let timeline = cluster.timeline(place, arch);
        let outcome = |&purchase: &Purchase| {
            let option = OptionId {
                place,
                arch,
                purchase,
            };
            let outcome = cluster.one_on_fargate(timeline, option, (index, service));
            (purchase, outcome)
        };
        return purchases.iter().map(outcome).collect();
    }
    let ground = cluster.ground(place, arch);
    let Some(block) = ground.block(block) else {
        return none;
    };
    let Some(fleet) = ground.fleet(&block) else {
        return none;
    };
    let outcome = |&purchase: &Purchase| (purchase, fleet.price(purchase));
    purchases.iter().map(outcome).collect()
}

/// Whether a service may take an option; one that takes no Spot may stand on the on-demand
/// instances of a Spot mix, where others take it.
fn may_take(answer: &ServiceAnswer, option: OptionId, takes_spot: bool) -> bool {
    let as_it_stands = match option.purchase {
        Purchase::SpotMix if !takes_spot && option.place != Place::Fargate => Purchase::OnDemand,
        purchase => purchase,
    };
    let report = answer.option(OptionId {
        purchase: as_it_stands,
        ..option
    });
    report.is_some_and(|report| match &report.outcome {
        Outcome::Priced(_) => true,
        // One price missing alone may be there for a fleet of several.
        Outcome::NoPrice(_) => option.place != Place::Fargate,
        Outcome::NotEligible(_) => false,
    })
}

/// The set of one service.
pub(super) const fn bit(index: usize) -> Mask {
    1 << index
}

/// The indices of a set's services.
pub(super) fn members(services: Mask) -> impl Iterator<Item = usize> {
    let bits = usize::try_from(Mask::BITS).unwrap_or(0);
    (0..bits).filter(move |&index| services & bit(index) != 0)
}

/// All places and architectures.
pub(super) fn all_grounds() -> Vec<GroundId> {
    grounds().collect()
}
