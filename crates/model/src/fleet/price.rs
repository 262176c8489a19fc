//! What a fleet costs a service.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::crowd::Crowd;
use super::quotes::Quotes;
use super::search::{Along, Leg, Pick, Scale};
use super::{Candidate, Fit, Operator, Rules};
use crate::beside::{self, Moved};
use crate::bill::Bill;
use crate::commitment::owned::touches;
use crate::eligibility::Obstacle;
use crate::exact;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::{Arch, Os};
use crate::prices::{Ec2Column, PriceBook, Quote};
use crate::purchase::PriceKind;
use crate::report::{Capacity, Missing, Outcome, Priced};
use crate::scenario::{Scenario, Service};
use crate::staff;

mod contend;
mod kept;
mod lines;
mod mix;
mod owned;
mod plan;
mod single;
mod spot;
mod staying;

pub(crate) use kept::Kept;

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
                touches(
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
