//! The study of two scenarios side by side: what the cheaper of them saves, by cause.
//!
//! Inputs go in groups ([`Cause`]). From one scenario to the other they can be changed in any order,
//! and what a group costs depends on what was changed before it: twice the tasks at half the size.
//! So each group is given the mean of what it changes over all orders (Shapley values), which is
//! fair to none in particular and the same from A to B as from B to A. Amounts of all groups are
//! the whole difference, exactly. An order in which some scenario on the way can run nowhere at a
//! known price is left out; where all are, the difference is told undivided.

use rust_decimal::Decimal;

use crate::curve::Progress;
use crate::inputs::InputId;
use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::report::evaluate_contenders;
use crate::scenario::{Scenario, Service, Services};

ids! {
    /// Why two scenarios cost unlike: inputs that are changed at once. In the order in which
    /// they are told.
    pub enum Cause {
        /// Region, its prices, own prices, discount and estimates.
        Prices = "prices",
        /// vCPU, memory, scratch space and GPUs of a task.
        Task = "task",
        /// How many tasks run when, spare ones and factors among them, and the month.
        Load = "load",
        /// Operating system and architecture.
        Platform = "platform",
        /// What it needs, and where it may run.
        Needs = "needs",
        /// Longest commitment, its size, and what is owned.
        Commitment = "commitment",
        /// The Spot strategy.
        Spot = "spot",
        /// How fleets are built.
        Fleet = "fleet",
        /// Volumes, network, load balancer and logs.
        Beside = "beside",
        /// Staff time.
        Staff = "staff",
    }
}

impl Cause {
    /// The group of an input; `None` of one that changes no bill of a service.
    pub const fn of(input: InputId) -> Option<Self> {
        use InputId as Id;
        Some(match input {
            Id::Region
            | Id::Discount
            | Id::Estimate
            | Id::EstimateOneYear
            | Id::EstimateThreeYears
            | Id::EstimateDecides => Self::Prices,
            Id::Vcpu | Id::Memory | Id::Ephemeral | Id::Gpu | Id::GpuModel => Self::Task,
            Id::HoursPerMonth
            | Id::FactorX86
            | Id::FactorArm
            | Id::Load
            | Id::Week
            | Id::Tasks
            | Id::IdleTasks
            | Id::HoursPerDay
            | Id::DaysPerWeek
            | Id::RunsPerDay
            | Id::Minutes
            | Id::ImagePull
            | Id::Headroom => Self::Load,
            Id::Os | Id::Arch => Self::Platform,
            Id::Needs | Id::Places => Self::Needs,
            Id::MaxCommitment
            | Id::Sizing
            | Id::OwnedPlans
            | Id::OwnedReservations
            | Id::FreeVcpu
            | Id::FreeMemory => Self::Commitment,
            Id::Strategy | Id::SpotShare | Id::SpotBase | Id::OnDemandWeight | Id::SpotWeight => {
                Self::Spot
            }
            Id::MinZones
            | Id::MinInstances
            | Id::TargetCapacity
            | Id::ReservedMemory
            | Id::Network
            | Id::Trunking
            | Id::Burstable
            | Id::BareMetal
            | Id::Types
            | Id::Excluded
            | Id::CpuOvercommit
            | Id::MemoryOvercommit => Self::Fleet,
            Id::Ebs
            | Id::Egress
            | Id::LoadBalancer
            | Id::LoadBalancerUnits
            | Id::Image
            | Id::EgressGb
            | Id::CrossZoneGb
            | Id::LogsGb => Self::Beside,
            Id::StaffTime | Id::StaffRate | Id::StaffHours => Self::Staff,
            // Its name, its provider among other services, what a person calls too little, how much
            // what is not money counts, and how sure what is money is.
            Id::Name
            | Id::Provider
            | Id::SmallestSaving
            | Id::Weights
            | Id::RangeSpot
            | Id::RangeLoad
            | Id::RangePacking
            | Id::RangePrice => return None,
        })
    }

    /// Takes this group over from one scenario of one service into another.
    fn take(self, from: &Scenario, into: &mut Scenario) {
        let of = from.services.nearest(0);
        let mut service = into.services.nearest(0).clone();
        match self {
            Self::Prices => {
                into.region.clone_from(&from.region);
                into.pricing.clone_from(&from.pricing);
            }
            Self::Task => service.task.clone_from(&of.task),
            Self::Load => {
                into.hours_per_month = from.hours_per_month;
                into.task_factors = from.task_factors;
                service.load.clone_from(&of.load);
                service.headroom = of.headroom;
            }
            Self::Platform => {
                service.os = of.os;
                service.arch = of.arch;
            }
            Self::Needs => {
                service.needs = of.needs;
                service.places = of.places;
            }
            Self::Commitment => {
                into.max_commitment = from.max_commitment;
                into.sizing = from.sizing;
                into.owned.clone_from(&from.owned);
            }
            Self::Spot => service.spot = of.spot,
            Self::Fleet => into.fleet.clone_from(&from.fleet),
            Self::Beside => {
                into.ebs = from.ebs;
                into.lines = from.lines;
                service.traffic = of.traffic;
            }
            Self::Staff => into.staff = from.staff,
        }
        into.services = Services::new(service);
    }
}

/// Decimals of a difference.
const DECIMALS: u32 = 12;

/// The cheapest option of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winner {
    /// Which.
    pub option: OptionId,
    /// US dollars a month.
    pub total: Usd,
}

/// A part of the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What it comes from: one cause, or several that cannot be told apart.
    pub causes: Vec<Cause>,
    /// US dollars a month that B costs more than A for it; negative where it costs less.
    pub amount: Usd,
}

/// The study. [`Self::step`] it until it is done.
#[derive(Clone, Debug)]
pub struct Compare {
    /// Each with the one service that is compared.
    sides: [Scenario; 2],
    causes: Vec<Cause>,
    /// The winner of every scenario between: bit `i` says that cause `i` is B's.
    winners: Vec<Option<Winner>>,
}

impl Compare {
    /// A study of a service of scenario A and one of scenario B.
    pub fn new((a, of_a): (&Scenario, usize), (b, of_b): (&Scenario, usize)) -> Self {
        let sides = [only(a, of_a), only(b, of_b)];
        let [from, to] = &sides;
        let differs = |cause: &&Cause| {
            let mut changed = from.clone();
            cause.take(to, &mut changed);
            changed != *from
        };
        Self {
            causes: Cause::ALL.iter().filter(differs).copied().collect(),
            sides,
            winners: Vec::new(),
        }
    }

    /// The causes that the two differ in.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Scenario A, and scenario B, each with the one service that is compared.
    pub const fn sides(&self) -> &[Scenario; 2] {
        &self.sides
    }

    /// How many scenarios are evaluated, A and B among them.
    pub fn evaluations(&self) -> usize {
        1 << self.causes.len()
    }

    /// Whether all is known.
    pub fn is_done(&self) -> bool {
        self.winners.len() == self.evaluations()
    }

    /// Evaluates up to `budget` scenarios, from the books of A and of B, which the own figures of
    /// each are in already. Of one region both are the same book.
    pub fn step(&mut self, books: [&PriceBook; 2], budget: usize) -> Progress {
        for _ in 0..budget {
            if self.is_done() {
                return Progress::Done;
            }
            let winner = self.winner(books, self.winners.len());
            self.winners.push(winner);
        }
        if self.is_done() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    fn winner(&self, [of_a, of_b]: [&PriceBook; 2], taken: usize) -> Option<Winner> {
        let [a, b] = &self.sides;
        let mut between = a.clone();
        let mut book = of_a;
        for (place, cause) in self.causes.iter().enumerate() {
            if taken & (1 << place) != 0 {
                cause.take(b, &mut between);
                if *cause == Cause::Prices {
                    book = of_b;
                }
            }
        }
        let service: &Service = between.services.nearest(0);
        let answer = evaluate_contenders(&between, service, book);
        let (option, priced) = answer.cheapest(|_| true)?;
        Some(Winner {
            option,
            total: priced.total,
        })
    }

    /// The winner of A, and that of B, as far as they are known.
    pub fn winners(&self) -> [Option<Winner>; 2] {
        let at = |place: usize| self.winners.get(place).copied().flatten();
        [at(0), at(self.evaluations() - 1)]
    }

    /// US dollars a month that B costs more than A, to 12 decimals; `None` until it is known, and where one of
    /// them can run nowhere at a known price.
    pub fn difference(&self) -> Option<Usd> {
        let [a, b] = self.winners();
        Some(rounded(b?.total - a?.total))
    }

    /// The difference by cause, in the order of [`Cause::ALL`]; all of it together is
    /// [`Self::difference`] to the last digit. Empty until the study is done.
    pub fn shares(&self) -> Vec<Share> {
        let Some(difference) = self.difference().filter(|_| self.is_done()) else {
            return Vec::new();
        };
        let (from_a, to_b) = (self.orders(false), self.orders(true));
        let all = from_a.last().copied().unwrap_or(0);
        if all == 0 {
            return vec![Share {
                causes: self.causes.clone(),
                amount: difference,
            }];
        }
        let mut left = difference;
        let mut shares: Vec<Share> = Vec::new();
        for (place, &cause) in self.causes.iter().enumerate() {
            let amount = if place + 1 == self.causes.len() {
                left
            } else {
                self.mean(place, (&from_a, &to_b), all)
            };
            left = left - amount;
            shares.push(Share {
                causes: vec![cause],
                amount,
            });
        }
        shares
    }

    /// The mean of what a cause changes over all orders that have an answer on the way.
    fn mean(&self, place: usize, (from_a, to_b): (&[u64], &[u64]), all: u64) -> Usd {
        let of = |taken: usize| self.winners.get(taken).copied().flatten();
        let mut sum = Usd::ZERO;
        for before in 0..self.evaluations() {
            let after = before | (1 << place);
            if after == before {
                continue;
            }
            let (Some(less), Some(more)) = (of(before), of(after)) else {
                continue;
            };
            let orders = |counts: &[u64], at: usize| counts.get(at).copied().unwrap_or(0);
            // At most the orders of ten causes: 3,628,800.
            let orders = orders(from_a, before) * orders(to_b, after);
            sum += (more.total - less.total).scaled(orders.into());
        }
        rounded(Usd::new(sum.decimal() / Decimal::from(all)))
    }

    /// In how many orders each scenario is come by from A on, or B from it on, over scenarios that
    /// have an answer.
    fn orders(&self, to_b: bool) -> Vec<u64> {
        let mut counts = vec![0_u64; self.evaluations()];
        let last = self.evaluations() - 1;
        for step in 0..self.evaluations() {
            // Towards B the sets are looked at from the largest on: what is missing is a set too.
            let set = if to_b { last - step } else { step };
            if self.winners.get(set).copied().flatten().is_none() {
                continue;
            }
            let count = if step == 0 {
                1
            } else {
                let neighbours = (0..self.causes.len())
                    .map(|place| 1 << place)
                    .filter(|bit| (set & bit == 0) == to_b)
                    .map(|bit| set ^ bit);
                neighbours.filter_map(|other| counts.get(other)).sum()
            };
            if let Some(of) = counts.get_mut(set) {
                *of = count;
            }
        }
        counts
    }
}

/// To as many decimals as amounts of any size have room for, so that their sum is exact. Bills that
/// differ in less are equal ([`crate::decision`]).
fn rounded(amount: Usd) -> Usd {
    Usd::new(amount.decimal().round_dp(DECIMALS))
}

/// A scenario with one of its services alone.
fn only(scenario: &Scenario, service: usize) -> Scenario {
    Scenario {
        services: Services::new(scenario.services.nearest(service).clone()),
        ..scenario.clone()
    }
}
