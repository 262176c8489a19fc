//! A cluster of services: what every option costs for all of them, and what each costs of it.
//!
//! Services on instances share fleets (`fleet`); commitments, gateways and the load balancer
//! are the cluster's and not a service's.

use crate::beside;
use crate::bill::{Bill, Item};
use crate::commitment;
use crate::commitment::eligible::Eligible;
use crate::commitment::owned::Settled;
use crate::decision::Verdict;
use crate::eligibility::{Class, Gate, Obstacle, Requirement, obstacles};
use crate::fargate::price::Tasks;
use crate::fleet::free::FreeRoom;
use crate::fleet::price::FleetUse;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::purchase::{Commitment, CommitmentKind, PriceKind};
use crate::report::{
    self, Capacity, OptionReport, Outcome, Priced, ServiceAnswer, SetAside, Upfront,
};
use crate::scenario::{Scenario, Service};
use crate::staff;

pub mod assignment;
mod fleet;
mod partition;
mod share;
mod study;
mod timeline;

pub use share::{ServiceShare, Shares};
pub(crate) use share::{VCPU_TO_GIB, by_instance, request};
pub use study::Study;

use fleet::{BlockFleet, Ground};
use timeline::Timeline;

/// The answer for a whole scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterAnswer {
    /// Every option for all services together, in the order of [`OptionId::all`]. For one
    /// service they are that service's own.
    pub options: Vec<OptionReport>,
    /// Which of them to take, if all services take the same.
    pub verdict: Verdict,
    /// Each service where it alone costs least, with those of one option on one fleet; `None`
    /// where some service has no option with a price.
    pub assigned: Option<Assigned>,
}

/// Each service where it alone costs least, or where its places allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The option of each service, in their order.
    pub options: Vec<OptionId>,
    /// What stands on one capacity, by option.
    pub parts: Vec<Part>,
    /// Gateways, endpoints, the load balancer and staff time, which all of them share.
    pub common: Bill,
    /// What all of it costs: US dollars a month.
    pub total: Usd,
    /// What each service would cost alone, added up: with gateways and fleets of its own.
    pub alone: Usd,
    /// What each service costs of the total, and what stands idle.
    pub shares: Shares,
}

/// The services of one option, and what they cost together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The option.
    pub option: OptionId,
    /// Indices of its services.
    pub services: Vec<usize>,
    /// What they cost together, the lines that the whole cluster shares apart.
    pub priced: Box<Priced>,
}

/// The answer for a whole scenario; `alone` is that for each of its services, at the prices of
/// the same book.
pub fn evaluate_cluster(
    scenario: &Scenario,
    book: &PriceBook,
    alone: &[ServiceAnswer],
) -> ClusterAnswer {
    let book = &*scenario.pricing.over(book);
    let cluster = Cluster::new(scenario, book);
    let options = match alone {
        [only] => only.options.clone(),
        _ => cluster.reports(),
    };
    cluster.answer(options, alone)
}

/// What of a cluster is billed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Billed {
    /// All of it, with what its services share.
    Whole,
    /// The services of one option; what all services share is billed apart.
    Part {
        /// Whether commitments that are owned are spent on this part. They are spent once.
        spends_owned: bool,
    },
}

/// A scenario's services, ready to be priced together.
struct Cluster<'a> {
    scenario: &'a Scenario,
    book: &'a PriceBook,
    services: Vec<&'a Service>,
    /// On x86 and on Arm.
    timelines: [Timeline; 2],
    /// The same on instances of one's own, beyond the room that is there already.
    own_timelines: [Timeline; 2],
}

impl<'a> Cluster<'a> {
    fn new(scenario: &'a Scenario, book: &'a PriceBook) -> Self {
        let services: Vec<&Service> = scenario.services.iter().collect();
        let archs = [Arch::X86, Arch::Arm];
        let timelines = archs.map(|arch| Timeline::of(scenario, &services, arch, &[]));
        let own_timelines = archs.map(|arch| {
            let free = in_free_room(scenario, &services, arch);
            Timeline::of(scenario, &services, arch, &free)
        });
        Self {
            scenario,
            book,
            services,
            timelines,
            own_timelines,
        }
    }

    fn timeline(&self, place: Place, arch: Arch) -> &Timeline {
        let [x86, arm] = match place {
            Place::Ec2 => &self.own_timelines,
            Place::Fargate | Place::ManagedInstances => &self.timelines,
        };
        match arch {
            Arch::X86 => x86,
            Arch::Arm => arm,
        }
    }

    /// The answer, once every option is known and each service alone.
    fn answer(&self, options: Vec<OptionReport>, alone: &[ServiceAnswer]) -> ClusterAnswer {
        ClusterAnswer {
            verdict: Verdict::of(&options, self.scenario.smallest_saving),
            assigned: self.assign(alone),
            options,
        }
    }

    /// What every option costs all services together.
    fn reports(&self) -> Vec<OptionReport> {
        let grounds = grounds();
        grounds
            .flat_map(|(place, arch)| self.reports_of(place, arch))
            .collect()
    }

    /// What every option of a place and architecture costs all services together.
    fn reports_of(&self, place: Place, arch: Arch) -> Vec<OptionReport> {
        let all: Vec<usize> = (0..self.services.len()).collect();
        let options = OptionId::all();
        let options: Vec<(OptionId, Ruled)> = options
            .filter(|option| (option.place, option.arch) == (place, arch))
            .map(|option| (option, self.obstacles(option)))
            .collect();
        let is_open = |(_, (found, _)): &(OptionId, Ruled)| found.is_empty();
        let ground = self.ground(place, arch);
        // Which services share a fleet is decided once for all purchases.
        let blocks = if place != Place::Fargate && options.iter().any(is_open) {
            ground.divide(&all)
        } else {
            Vec::new()
        };
        let fleets = blocks.iter().filter_map(|block| ground.fleet(block));
        let fleets: Vec<BlockFleet<'_>> = fleets.collect();
        let reports = options.into_iter().map(|(option, (found, conditions))| {
            let outcome = if found.is_empty() {
                self.outcome(option, &all, &fleets, Billed::Whole)
            } else {
                Outcome::NotEligible(found)
            };
            OptionReport {
                option,
                conditions,
                outcome: report::within_commitment(self.scenario, option, outcome),
            }
        });
        reports.collect()
    }

    fn outcome(
        &self,
        option: OptionId,
        services: &[usize],
        fleets: &[BlockFleet<'_>],
        billed: Billed,
    ) -> Outcome {
        let parts = if option.place == Place::Fargate {
            self.on_fargate(option, services)
        } else {
            let parts = fleets
                .iter()
                .map(|fleet| match fleet.price(option.purchase) {
                    Outcome::Priced(priced) => Ok(*priced),
                    other => Err(other),
                });
            parts.collect()
        };
        self.joined(option.purchase, parts, billed)
    }

    fn joined(
        &self,
        purchase: Purchase,
        parts: Result<Vec<Priced>, Outcome>,
        billed: Billed,
    ) -> Outcome {
        parts
            .and_then(|parts| self.join(purchase, parts, billed))
            .map_or_else(
                |outcome| outcome,
                |priced| Outcome::Priced(Box::new(priced)),
            )
    }

    fn ground(&self, place: Place, arch: Arch) -> Ground<'_, 'a> {
        Ground {
            scenario: self.scenario,
            book: self.book,
            services: &self.services,
            timeline: self.timeline(place, arch),
            place,
            arch,
        }
    }

    /// What rules an option out for some service, each reason once, and the conditions under
    /// which all meet it. A Spot mix is for clusters in which some service takes Spot: the others
    /// stand on its on-demand capacity.
    fn obstacles(&self, option: OptionId) -> Ruled {
        let mut found: Vec<Obstacle> = Vec::new();
        let mut conditions: Vec<(Requirement, &'static str)> = Vec::new();
        let takes_spot = self.services.iter().any(|service| service.spot.is_some());
        for service in &self.services {
            let class = match option.class() {
                // Without a strategy a service is on the on-demand leg alone.
                Class::FargateSpot if service.spot.is_none() => Class::Fargate,
                Class::Ec2Spot if service.spot.is_none() => Class::Ec2,
                Class::ManagedInstancesSpot if service.spot.is_none() => Class::ManagedInstances,
                class => class,
            };
            let gate = Gate::of(service, &self.scenario.region, class);
            for obstacle in obstacles(service, option, &gate) {
                let is_missing_spot = obstacle == Obstacle::NoSpotStrategy && takes_spot;
                if !is_missing_spot && !found.contains(&obstacle) {
                    found.push(obstacle);
                }
            }
            for condition in gate.conditions {
                if !conditions.contains(&condition) {
                    conditions.push(condition);
                }
            }
        }
        (found, conditions)
    }

    fn on_fargate(&self, option: OptionId, services: &[usize]) -> Result<Vec<Priced>, Outcome> {
        let timeline = self.timeline(Place::Fargate, option.arch);
        let mut parts = Vec::with_capacity(services.len());
        for &index in services {
            let Some(service) = self.services.get(index) else {
                continue;
            };
            match self.one_on_fargate(timeline, option, (index, service)) {
                Outcome::Priced(priced) => parts.push(*priced),
                other => return Err(other),
            }
        }
        Ok(parts)
    }

    fn one_on_fargate(
        &self,
        timeline: &Timeline,
        option: OptionId,
        (index, service): (usize, &Service),
    ) -> Outcome {
        let own = Pattern::of_service(self.scenario, service, option.arch);
        // Those that share a week have the same levels, so that a plan sees their sum.
        let pattern = timeline.alone(index).unwrap_or(own);
        let purchase = match option.purchase {
            Purchase::SpotMix if service.spot.is_none() => Purchase::OnDemand,
            purchase => purchase,
        };
        let tasks = Tasks::new(self.scenario, service, self.book, &pattern, option.arch);
        tasks.in_a_cluster().price(purchase)
    }

    /// One bill of several parts. A Compute Savings Plan is spent on all of them together.
    fn join(
        &self,
        purchase: Purchase,
        parts: Vec<Priced>,
        billed: Billed,
    ) -> Result<Priced, Outcome> {
        let mut bill = Bill::default();
        let mut joined = Joined::default();
        for part in parts {
            for line in part.bill.lines() {
                if line.item != Item::Discount {
                    bill.push(*line);
                }
            }
            joined.add(part);
        }
        // What is owned goes first, to whatever stands on-demand in any part.
        let owned = &self.scenario.owned;
        let spends_owned = billed
            != (Billed::Part {
                spends_owned: false,
            });
        let settled = (spends_owned && owned.has_commitments())
            .then(|| Settled::of(owned, self.book, &joined.eligible));
        if let Some(settled) = &settled {
            joined.eligible = settled.rest.clone();
        }
        let plan = match purchase {
            Purchase::Committed(commitment) => joined.plan(self.scenario, &bill, commitment),
            Purchase::OnDemand | Purchase::SpotMix => None,
        };
        if let Some(planned) = plan {
            bill = planned.bill;
            joined.upfront = planned.upfront;
            joined.committed = Some(planned.committed);
        }
        if let Some(settled) = &settled {
            settled.credit(&mut bill);
        }
        if billed == Billed::Whole {
            let places = joined.places.iter().copied();
            beside::add_shared(&mut bill, self.scenario, self.book, places)
                .map_err(|missing| Outcome::NoPrice(vec![missing]))?;
            staff::add(
                &mut bill,
                self.scenario.staff,
                joined.places.iter().copied(),
            );
        }
        let range = (joined.below, joined.above);
        let mut priced = Priced::new(
            self.scenario,
            self.book,
            bill,
            range,
            Capacity::of(joined.capacity),
        );
        priced.set_aside = joined.set_aside;
        priced.upfront = joined.upfront;
        priced.committed = joined.committed;
        priced.owned = settled.map(|settled| Box::new(settled.applied));
        Ok(priced)
    }

    /// Each service where it alone costs least, those of one option together.
    fn assign(&self, alone: &[ServiceAnswer]) -> Option<Assigned> {
        let mut options = Vec::with_capacity(alone.len());
        let mut alone_total = Usd::ZERO;
        for answer in alone {
            let (option, priced) = answer.cheapest(|_| true)?;
            options.push(option);
            alone_total += priced.total;
        }
        self.assigned(options, alone_total)
    }

    /// Each service on the option that is given for it, those of one option together. `None` where
    /// an option cannot run its services at a known price.
    fn assigned(&self, options: Vec<OptionId>, alone: Usd) -> Option<Assigned> {
        let mut distinct: Vec<OptionId> = Vec::new();
        for option in &options {
            if !distinct.contains(option) {
                distinct.push(*option);
            }
        }
        let mut parts = Vec::new();
        // Where spending what is owned saves most, and the part with it spent.
        let mut spending: Option<(Usd, usize, Box<Priced>)> = None;
        for option in distinct {
            let of_it = options.iter().enumerate().filter(|(_, of)| **of == option);
            let services: Vec<usize> = of_it.map(|(index, _)| index).collect();
            let ground = self.ground(option.place, option.arch);
            let blocks = match option.place {
                Place::Fargate => Vec::new(),
                Place::Ec2 | Place::ManagedInstances => ground.divide(&services),
            };
            let fleets = blocks.iter().filter_map(|block| ground.fleet(block));
            let fleets: Vec<BlockFleet<'_>> = fleets.collect();
            let price = |spends_owned| match self.outcome(
                option,
                &services,
                &fleets,
                Billed::Part { spends_owned },
            ) {
                Outcome::Priced(priced) => Some(priced),
                Outcome::NotEligible(_) | Outcome::NoPrice(_) => None,
            };
            let priced = price(false)?;
            if self.scenario.owned.has_commitments() {
                let spent = price(true)?;
                let saved = priced.total - spent.total;
                if spending.as_ref().is_none_or(|(most, ..)| saved > *most) {
                    spending = Some((saved, parts.len(), spent));
                }
            }
            parts.push(Part {
                option,
                services,
                priced,
            });
        }
        if let Some((_, place, spent)) = spending
            && let Some(part) = parts.get_mut(place)
        {
            part.priced = spent;
        }
        let common = self.common(parts.iter().map(|part| part.option.place))?;
        let of_parts: Usd = parts.iter().map(|part| part.priced.total).sum();
        let shares = Shares::of(self.scenario, self.book, &self.services, &parts, &common);
        Some(Assigned {
            options,
            total: of_parts + common.total(),
            parts,
            common,
            alone,
            shares,
        })
    }

    /// What all services share where they stand in these places; `None` where a price is missing.
    fn common(&self, places: impl Iterator<Item = Place> + Clone) -> Option<Bill> {
        let mut common = Bill::default();
        beside::add_shared(&mut common, self.scenario, self.book, places.clone()).ok()?;
        staff::add(&mut common, self.scenario.staff, places);
        common.take_off(self.scenario.pricing.discount);
        Some(common)
    }
}

/// Places and architectures, in the order of [`OptionId::all`].
fn grounds() -> impl Iterator<Item = (Place, Arch)> {
    let of = |&place: &Place| Arch::ALL.iter().map(move |&arch| (place, arch));
    Place::ALL.iter().flat_map(of)
}

/// How many tasks of each service find room in a cluster that runs anyway: the services take it
/// in their order, each as much as its peak.
fn in_free_room(scenario: &Scenario, services: &[&Service], arch: Arch) -> Vec<u32> {
    let mut room = FreeRoom::of(&scenario.owned);
    let place = |service: &&Service| {
        let peak = Pattern::of_service(scenario, service, arch).peak();
        let tasks = room.tasks(service).min(peak);
        room = room.less(tasks, service.task.vcpu, service.task.memory);
        tasks
    };
    services.iter().map(place).collect()
}

/// What rules an option out, and the conditions under which it is not.
type Ruled = (Vec<Obstacle>, Vec<(Requirement, &'static str)>);

/// What parts of a cluster come to, bills apart.
#[derive(Default)]
struct Joined {
    below: Usd,
    above: Usd,
    set_aside: Option<SetAside>,
    upfront: Upfront,
    committed: Option<report::Committed>,
    eligible: Eligible,
    capacity: Vec<Capacity>,
    places: Vec<Place>,
}

/// A plan for a whole cluster.
struct Planned {
    bill: Bill,
    upfront: Upfront,
    committed: report::Committed,
}

impl Joined {
    fn add(&mut self, part: Priced) {
        self.below += part.total - part.low;
        self.above += part.high - part.total;
        self.set_aside = self.set_aside.or(part.set_aside);
        self.upfront = self.upfront.plus(part.upfront);
        self.committed = report::Committed::joined(self.committed, part.committed);
        if let Some(eligible) = part.eligible {
            self.eligible = std::mem::take(&mut self.eligible).beside(*eligible);
        }
        let place = part.capacity.place();
        if !self.places.contains(&place) {
            self.places.push(place);
        }
        self.capacity.push(part.capacity);
    }

    /// The parts under one Compute Savings Plan: its dollars go to whatever they save most on. The
    /// plans of one family and reservations are each part's own.
    fn plan(&self, scenario: &Scenario, bill: &Bill, commitment: Commitment) -> Option<Planned> {
        let is_compute = commitment.kind == CommitmentKind::ComputeSavingsPlan;
        if !is_compute || self.eligible.kinds.is_empty() || self.capacity.len() < 2 {
            return None;
        }
        let levels = self.eligible.usage();
        let paid = scenario
            .pricing
            .paid_share(self.eligible.source_of_unused());
        let outcome = commitment::sized(scenario.sizing, &levels, paid);
        let kind = PriceKind::Committed(commitment);
        Some(Planned {
            bill: self.eligible.under(bill.lines(), kind, &outcome),
            upfront: Upfront::of_plan(commitment, outcome.commitment),
            committed: commitment::summary(&outcome, &levels),
        })
    }
}

impl Capacity {
    /// The capacity of a cluster's parts as one.
    fn of(parts: Vec<Self>) -> Self {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else {
            return Self::Cluster(Vec::new());
        };
        let rest: Vec<Self> = parts.collect();
        if rest.is_empty() {
            return first;
        }
        let all = std::iter::once(first).chain(rest);
        Self::Cluster(all.collect())
    }

    /// The place where it stands.
    pub fn place(&self) -> Place {
        match self {
            Self::Fargate(_) => Place::Fargate,
            Self::Fleet(fleet) => fleet.place,
            Self::Cluster(parts) => parts.first().map_or(Place::Fargate, Self::place),
        }
    }

    /// Every fleet in it.
    pub fn fleets(&self) -> Vec<&FleetUse> {
        match self {
            Self::Fargate(_) => Vec::new(),
            Self::Fleet(fleet) => vec![fleet],
            Self::Cluster(parts) => parts.iter().flat_map(Self::fleets).collect(),
        }
    }
}
