//! Fleets of on-demand and Spot instances: rules 12, 18, 19 and 27.

use std::collections::BTreeMap;

use berth_model::prices::PriceBook;
use berth_model::purchase::PriceKind;

use super::fleet::{Candidate, Shape};
use super::instances::{Case, Rank, Rated};
use super::load::{Demand, Runs, in_rows};
use super::options::Priced;
use super::rational::{Bill, Exact, Price, over, whole};
use super::split::{self, Parts, Rounding};

/// Families that a Spot fleet is spread over.
const FAMILIES: usize = 3;

/// The tasks of a mix.
enum Mix {
    Hourly(Runs<Parts>),
    Jobs(Parts),
}

impl Case<'_> {
    fn mix(&self, rounding: Rounding) -> Option<Mix> {
        let strategy = self.context.service.spot?;
        Some(match &self.demand {
            Demand::Hourly(rows) => {
                let parts = rows.iter().flat_map(|&(tasks, hours)| {
                    let parts = split::service(strategy, tasks, rounding);
                    let hours = usize::try_from(hours).expect("of a week");
                    std::iter::repeat_n(parts, hours)
                });
                Mix::Hourly(in_rows(parts))
            }
            Demand::Jobs(jobs) => Mix::Jobs(split::job(strategy, jobs.tasks, rounding)),
        })
    }

    /// The on-demand leg picks its type; then the Spot leg, which makes up for what the floor of
    /// both still lacks, picks the cheapest types of three families.
    pub(crate) fn spot_mix(&self, rounding: Rounding) -> Option<Priced> {
        let mix = self.mix(rounding)?;
        let has = |part: fn(&Parts) -> i128| match &mix {
            Mix::Hourly(rows) => rows.iter().any(|(parts, _)| part(parts) > 0),
            Mix::Jobs(parts) => part(parts) > 0,
        };
        let mut common = Bill::new();
        let mut peak = 0;
        let mut fit = 1;
        if has(|parts| parts.on_demand) {
            let rated = self.rated_of_kind(PriceKind::OnDemand);
            let mut shapes = BTreeMap::new();
            let (candidate, rated) =
                self.cheapest(&rated, &mut shapes, |fit| self.on_demand_leg(&mix, fit))?;
            let shape = &shapes[&candidate.fit];
            self.add_leg(&mut common, &whole(1), shape, shape.beyond(0), rated);
            peak += shape.peak();
            fit = candidate.fit;
        }
        self.add_common(&mut common)?;
        if !has(|parts| parts.spot) {
            return Some(self.priced(&common, peak));
        }
        let mut families: BTreeMap<&str, Vec<(Candidate, Rated)>> = BTreeMap::new();
        for entry in self.spot_rated() {
            let family = self.context.book.types[entry.0.index].family();
            families.entry(family).or_default().push(entry);
        }
        let mut shapes = BTreeMap::new();
        let mut best: Vec<(Rank<i128>, Candidate, Rated)> = Vec::new();
        for rated in families.values() {
            let leg = |spot| self.spot_leg(&mix, fit, spot);
            if let Some((candidate, rated)) = self.cheapest(rated, &mut shapes, leg) {
                let shape = &shapes[&candidate.fit];
                let cost = self.cost(shape, shape.beyond(0), rated);
                let rank = self.rank(cost, shape.peak(), candidate.index);
                best.push((rank, candidate, rated));
            }
        }
        best.sort_by_key(|(rank, ..)| *rank);
        best.truncate(FAMILIES);
        let count = i128::try_from(best.len()).expect("at most three");
        peak += best.first().map(|((_, peak, ..), ..)| *peak)?;
        let with = |part: &Exact, those: &[(Rank<i128>, Candidate, Rated)]| {
            let mut bill = common.clone();
            for (_, candidate, rated) in those {
                let shape = &shapes[&candidate.fit];
                self.add_leg(&mut bill, part, shape, shape.beyond(0), *rated);
            }
            self.priced(&bill, peak)
        };
        let mut priced = with(&over(1, count), &best);
        priced.low = with(&whole(1), &best[..1]).total;
        priced.high = with(&whole(1), &best[best.len() - 1..]).total;
        Some(priced)
    }

    /// The cheapest of some types, by rule 5.
    fn cheapest(
        &self,
        rated: &[(Candidate, Rated)],
        shapes: &mut BTreeMap<i128, Shape>,
        leg: impl Fn(i128) -> Shape,
    ) -> Option<(Candidate, Rated)> {
        let ranked = rated.iter().map(|&(candidate, rated)| {
            let shape = shapes
                .entry(candidate.fit)
                .or_insert_with(|| leg(candidate.fit));
            let cost = self.cost(shape, shape.beyond(0), rated);
            let rank = self.rank(cost, shape.peak(), candidate.index);
            (rank, candidate, rated)
        });
        let best = ranked.min_by_key(|(rank, ..)| *rank)?;
        Some((best.1, best.2))
    }

    /// Where there are tasks on Spot, what the floor lacks is not on-demand's.
    fn on_demand_leg(&self, mix: &Mix, fit: i128) -> Shape {
        let spread = self.spread;
        match (mix, &self.demand) {
            (Mix::Jobs(parts), Demand::Jobs(jobs)) => {
                Shape::of_jobs(*jobs, parts.on_demand, spread, fit)
            }
            (Mix::Hourly(rows), _) => {
                let needed = |parts: &Parts| {
                    let packed = spread.packed(parts.on_demand, fit);
                    if parts.spot == 0 {
                        packed.max(spread.floor(parts.on_demand))
                    } else {
                        packed
                    }
                };
                let hours = rows.iter();
                Shape::Hourly(
                    hours
                        .map(|(parts, hours)| (spread.at_target(needed(parts)), *hours))
                        .collect(),
                )
            }
            (Mix::Jobs(_), Demand::Hourly(_)) => unreachable!("a mix is of its demand"),
        }
    }

    fn spot_leg(&self, mix: &Mix, on_demand: i128, spot: i128) -> Shape {
        let spread = self.spread;
        match (mix, &self.demand) {
            (Mix::Jobs(parts), Demand::Jobs(jobs)) => {
                Shape::of_jobs(*jobs, parts.spot, spread, spot)
            }
            (Mix::Hourly(rows), _) => {
                let needed = |parts: &Parts| {
                    if parts.spot == 0 {
                        return 0;
                    }
                    let others = spread.packed(parts.on_demand, on_demand);
                    let missing = spread.floor(parts.on_demand + parts.spot) - others;
                    spread.packed(parts.spot, spot).max(missing)
                };
                let hours = rows.iter();
                Shape::Hourly(
                    hours
                        .map(|(parts, hours)| (spread.at_target(needed(parts)), *hours))
                        .collect(),
                )
            }
            (Mix::Jobs(_), Demand::Hourly(_)) => unreachable!("a mix is of its demand"),
        }
    }

    /// Candidates at their Spot prices. Where doubtful figures count, that is also what the Spot
    /// Instance Advisor's savings make of the list price of a type that no feed has a price of.
    fn spot_rated(&self) -> Vec<(Candidate, Rated)> {
        let mut rated = self.rated_of_kind(PriceKind::Spot);
        if !self.doubtful {
            return rated;
        }
        let book: &PriceBook = self.context.book;
        let os = self.context.service.os;
        let derived = self.candidates.iter().filter_map(|candidate| {
            let index = candidate.index;
            let spot = book.ec2(os, PriceKind::Spot).get(index).copied().flatten();
            if spot.is_some() {
                return None;
            }
            let saving = book.advice(os, index)?.saving_percent;
            let list = book.ec2(os, PriceKind::OnDemand).get(index);
            let list = Price::of(list.copied().flatten()?);
            let price = Price {
                rate: list.rate * (100 - i128::from(saving)) / 100,
                own: list.own,
            };
            Some((*candidate, self.with_fee(index, price)?))
        });
        rated.extend(derived);
        rated
    }
}
