//! Quotas of an AWS account that an option reaches (rule 35): what stops tasks or instances from
//! starting, however well they fit and whatever they cost.
//!
//! What a service uses at its peak is held against the defaults that AWS publishes; an account
//! may have been granted more, and a new one may have less. A quota counts everything in the
//! account and region: this is the part of one service.

use rust_decimal::Decimal;

use crate::exact;
use crate::fargate::price::FargateUse;
use crate::fleet::price::{FleetUse, LegUse, TypeUse};
use crate::load::Pattern;
use crate::option::{OptionId, Place};
use crate::order;
use crate::platform::Os;
use crate::prices::PriceBook;
use crate::report::{Capacity, Priced};
use crate::scenario::{NetworkMode, Scenario, Service};
use crate::units::Vcpu;

mod facts;
mod sentence;

pub use facts::{Fact, Raise};
pub use sentence::sentence;

ids! {
    /// How capacity that counts against a quota is bought. Commitments make no difference:
    /// reserved instances count as on-demand ones.
    pub enum Market {
        /// On-demand.
        OnDemand = "on_demand",
        /// Spot.
        Spot = "spot",
    }
}

ids! {
    /// The families of instances that share a quota of vCPU, as EC2 groups them.
    pub enum Families {
        /// A, C, D, H, I, M, R, T and Z.
        Standard = "standard",
        /// G and VT.
        GAndVt = "g_vt",
        /// P.
        P = "p",
        /// Inf: AWS Inferentia.
        Inf = "inf",
        /// Trn: AWS Trainium.
        Trn = "trn",
        /// X.
        X = "x",
        /// F.
        F = "f",
        /// DL.
        Dl = "dl",
        /// Hpc.
        Hpc = "hpc",
        /// High memory: U.
        HighMemory = "high_memory",
    }
}

impl Families {
    /// The group that a type's family belongs to; `None` for one that no vCPU quota counts, such
    /// as Mac.
    pub fn of(family: &str) -> Option<Self> {
        let letters = family
            .split(|byte: char| byte.is_ascii_digit() || byte == '-')
            .next()?;
        Some(match letters {
            "a" | "c" | "d" | "h" | "i" | "im" | "is" | "m" | "r" | "t" | "z" => Self::Standard,
            "g" | "gr" | "vt" => Self::GAndVt,
            "p" => Self::P,
            "inf" => Self::Inf,
            "trn" => Self::Trn,
            "x" => Self::X,
            "f" => Self::F,
            "dl" => Self::Dl,
            "hpc" => Self::Hpc,
            "u" => Self::HighMemory,
            _ => return None,
        })
    }
}

/// A quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// vCPU of Fargate tasks that run in a region.
    FargateVcpu(Market),
    /// vCPU of EC2 instances that run in a region, those of ECS Managed Instances included.
    Ec2Vcpu(Market, Families),
    /// Tasks that one `RunTask` call starts.
    TasksPerRunTask,
    /// Tasks of one service.
    TasksPerService,
    /// Services of one cluster.
    ServicesPerCluster,
    /// Instances of one cluster.
    InstancesPerCluster,
    /// Elastic network interfaces in a region.
    NetworkInterfaces,
}

impl Quota {
    /// What is known of it.
    pub const fn fact(self) -> Fact {
        facts::of(self)
    }
}

/// What uses a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taker {
    /// So many Fargate tasks of a size.
    Tasks(u64, Vcpu),
    /// So many instances of a type, by its index in the book.
    Instances(u64, usize),
    /// Whatever the quota counts by the piece.
    Pieces,
}

/// A quota that an option reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossed {
    /// Which.
    pub quota: Quota,
    /// How much of it is used at the peak, in its own unit.
    pub used: Decimal,
    /// What uses it.
    pub taker: Taker,
    /// What is known of it, its default limit among that.
    pub fact: Fact,
}

impl Crossed {
    /// Whether more is used than the default allows, and not just all of it.
    pub fn is_exceeded(&self) -> bool {
        self.used > self.fact.limit.into()
    }
}

/// How much of a quota something takes.
type Share = (Quota, Decimal, Taker);

/// The quotas that an option of a service reaches or exceeds at its peak, by their defaults.
///
/// A quota that is used up whole is one of them: a deployment starts tasks before it stops any,
/// and finds no room. Ten tasks to a `RunTask` call are not: those start.
pub fn crossed(
    scenario: &Scenario,
    service: &Service,
    option: OptionId,
    priced: &Priced,
    book: &PriceBook,
) -> Vec<Crossed> {
    let shares = shares(scenario, service, option, priced, book);
    let services = Decimal::from(scenario.services.len());
    let services = (Quota::ServicesPerCluster, services, Taker::Pieces);
    let all = shares.into_iter().chain([services]);
    all.filter_map(reached).collect()
}

/// The quotas that all services of a scenario reach together, each on an option of its own. A
/// quota of each service or call by itself is not among them.
pub fn crossed_together<'a>(
    scenario: &Scenario,
    options: impl Iterator<Item = (OptionId, &'a Priced)>,
    book: &PriceBook,
) -> Vec<Crossed> {
    let mut sums: Vec<Share> = Vec::new();
    for (service, (option, priced)) in scenario.services.iter().zip(options) {
        for (quota, used, _) in shares(scenario, service, option, priced, book) {
            if matches!(quota, Quota::TasksPerRunTask | Quota::TasksPerService) {
                continue;
            }
            match sums.iter_mut().find(|(known, _, _)| *known == quota) {
                Some((_, sum, _)) => *sum = exact::sum(*sum, used),
                None => sums.push((quota, used, Taker::Pieces)),
            }
        }
    }
    sums.into_iter().filter_map(reached).collect()
}

/// What a service takes of each quota at its peak.
fn shares(
    scenario: &Scenario,
    service: &Service,
    option: OptionId,
    priced: &Priced,
    book: &PriceBook,
) -> Vec<Share> {
    let pattern = Pattern::of_service(scenario, service, option.arch);
    let mut shares: Vec<Share> = Vec::new();
    let pieces = |quota, count: u64| (quota, Decimal::from(count), Taker::Pieces);
    match &priced.capacity {
        Capacity::Fargate(capacity) => fargate(&pattern, capacity, &mut shares),
        Capacity::Fleet(fleet) => {
            for leg in &fleet.legs {
                shares.extend(leg_vcpu(leg, book));
            }
            shares.push(pieces(Quota::InstancesPerCluster, instances(fleet)));
            let interfaces = fleet_interfaces(scenario, service, option.place, fleet);
            shares.push(pieces(Quota::NetworkInterfaces, interfaces));
        }
        // The parts of a cluster are counted service by service.
        Capacity::Cluster(_) => {}
    }
    shares.push(match &pattern {
        Pattern::Hourly(_) => pieces(Quota::TasksPerService, pattern.peak().into()),
        Pattern::Jobs(jobs) => pieces(Quota::TasksPerRunTask, jobs.tasks.into()),
    });
    shares
}

fn reached((quota, used, taker): Share) -> Option<Crossed> {
    let fact = quota.fact();
    let limit = Decimal::from(fact.limit);
    let is_reached = match quota {
        Quota::TasksPerRunTask => used > limit,
        _ => used >= limit && !used.is_zero(),
    };
    is_reached.then_some(Crossed {
        quota,
        used,
        taker,
        fact,
    })
}

/// What Fargate tasks use at the peak. Runs of a job that overlap stand at the same time.
fn fargate(pattern: &Pattern, capacity: &FargateUse, shares: &mut Vec<Share>) {
    let at_a_time = match pattern {
        Pattern::Hourly(_) => 1,
        Pattern::Jobs(jobs) => jobs.overlapping_runs(),
    };
    let (on_demand, spot) = match capacity.split {
        Some(split) => (split.on_demand, split.spot),
        None => (pattern.peak(), 0),
    };
    let vcpu = capacity.size.vcpu();
    let mut all = 0;
    for (market, tasks) in [(Market::OnDemand, on_demand), (Market::Spot, spot)] {
        let tasks = u64::from(tasks) * at_a_time;
        all += tasks;
        let used = Decimal::from(tasks) * vcpu.decimal();
        shares.push((Quota::FargateVcpu(market), used, Taker::Tasks(tasks, vcpu)));
    }
    // Each task has an interface of its own.
    shares.push((Quota::NetworkInterfaces, all.into(), Taker::Pieces));
}

/// The vCPU of a leg. A Spot leg is billed as the mean of several types; the quota has to hold
/// for each of them, so that of each group of families the one with the most vCPU counts.
fn leg_vcpu(leg: &LegUse, book: &PriceBook) -> Vec<Share> {
    let market = if leg.spot {
        Market::Spot
    } else {
        Market::OnDemand
    };
    let of_type = |one: &TypeUse| {
        let instance = book.types.get(one.index)?;
        let families = Families::of(instance.family())?;
        let vcpu = Decimal::from(one.instances) * Decimal::from(instance.vcpu);
        let taker = Taker::Instances(one.instances, one.index);
        Some((Quota::Ec2Vcpu(market, families), vcpu, taker))
    };
    let shares: Vec<Share> = leg.types.iter().filter_map(of_type).collect();
    let most_first = order::by_key(&shares, |(_, vcpu, _)| std::cmp::Reverse(*vcpu));
    let mut kept: Vec<Share> = Vec::new();
    for one in most_first {
        if kept.iter().all(|(quota, _, _)| *quota != one.0) {
            kept.push(*one);
        }
    }
    kept
}

/// Instances at the peak; of a Spot leg those of the type that takes the most.
fn instances(fleet: &FleetUse) -> u64 {
    let most = |leg: &LegUse| leg.types.iter().map(|one| one.instances).max();
    fleet.legs.iter().filter_map(most).sum()
}

/// Interfaces of a fleet: one of each instance, one of each task in `awsvpc` mode, and the trunk
/// of each instance on which tasks share one.
fn fleet_interfaces(scenario: &Scenario, service: &Service, place: Place, fleet: &FleetUse) -> u64 {
    let instances = instances(fleet);
    let managed = place == Place::ManagedInstances;
    let own_interface = match scenario.fleet.network {
        NetworkMode::Awsvpc => true,
        NetworkMode::Bridge => managed,
        NetworkMode::Host => false,
    };
    if !own_interface {
        return instances;
    }
    let trunking = (managed || scenario.fleet.eni_trunking) && service.os == Os::Linux;
    let tasks: u64 = fleet.legs.iter().map(|leg| leg.tasks).sum();
    tasks + instances * if trunking { 2 } else { 1 }
}

#[cfg(test)]
mod tests;
