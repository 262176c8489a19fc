//! The scenario: everything a person can set. The input of the model and the content of a link.
//!
//! Every field is of a type that cannot hold an illegal value, so nothing behind this edge
//! checks again. Text becomes a scenario only through [`crate::inputs`].

use crate::needs::Needs;
use crate::option::Place;
use crate::platform::{Arch, ArchChoice, Os};
use crate::pricing::Pricing;
use crate::purchase::Term;
use crate::strategy::Strategy;
use crate::units::{Gib, GpuCount, Vcpu};

mod names;
mod owned;
mod ranges;
mod services;
pub mod week;
mod weights;

pub use names::{FamilyName, MAX_NAMES, TypeName};
pub use owned::{
    MAX_OWNED, Owned, OwnedError, OwnedPlan, OwnedReservation, PlanAmount, ReservedCount,
};
pub use ranges::{PercentRange, RangeError, Ranges};
pub use services::{ServicesEdit, ServicesError};
pub use week::{WeekError, WeekHours};
pub use weights::{Weights, WeightsError};

/// Most services that one scenario holds.
pub const MAX_SERVICES: usize = 50;

/// Most daemons that one scenario holds.
pub const MAX_DAEMONS: usize = 10;

/// Most tasks of a service, in any hour.
pub const MAX_TASKS: u32 = 100_000;

/// Declares a whole number that lies within stated limits by construction.
macro_rules! ranged {
    ($(#[$meta:meta])* $name:ident: $repr:ty, $min:literal..=$max:expr, default $default:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($repr);

        impl $name {
            /// The smallest value.
            pub const MIN: $repr = $min;
            /// The largest value.
            pub const MAX: $repr = $max;

            /// The value, or `None` outside the limits.
            pub const fn new(value: $repr) -> Option<Self> {
                if value >= Self::MIN && value <= Self::MAX { Some(Self(value)) } else { None }
            }

            /// The number.
            pub const fn get(self) -> $repr {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self($default)
            }
        }
    };
}

ranged! {
    /// Hours that a month is billed for: 730 as AWS's calculator counts (8,760 / 12), or 720.
    HoursPerMonth: u16, 1..=744, default 730
}
ranged! {
    /// Tasks of a service while it runs.
    TaskCount: u32, 1..=MAX_TASKS, default 1
}
ranged! {
    /// Tasks of a service outside its schedule.
    IdleTasks: u32, 0..=MAX_TASKS, default 0
}
ranged! {
    /// Hours of a day, counted from its first.
    HoursPerDay: u8, 1..=24, default 12
}
ranged! {
    /// Days of a week, counted from its first.
    DaysPerWeek: u8, 1..=7, default 5
}
ranged! {
    /// Runs of a job in a day, spread evenly.
    RunsPerDay: u32, 1..=10_000, default 24
}
ranged! {
    /// How long one run of a job lasts, in thousandths of a minute.
    RunMilliminutes: u32, 1..=20_160_000, default 10_000
}
ranged! {
    /// How long Fargate bills for pulling the image before a job's run, in seconds.
    ImagePullSeconds: u16, 0..=3_600, default 30
}
ranged! {
    /// Ephemeral storage of one task in GiB; Fargate includes the first 20.
    EphemeralGib: u16, 20..=16_384, default 20
}
ranged! {
    /// Availability Zones that a service's tasks are spread over.
    MinZones: u8, 1..=6, default 2
}
ranged! {
    /// Instances that a fleet never falls below while its service runs (never more than tasks).
    MinInstances: u8, 0..=100, default 2
}
ranged! {
    /// Target capacity of ECS managed scaling, percent: instances needed of instances running.
    TargetCapacity: u8, 1..=100, default 100
}
ranged! {
    /// Memory of an EC2 instance that its agent keeps back from tasks, in MiB.
    ReservedMemoryMib: u32, 0..=65_536, default 256
}

ranged! {
    /// Tasks kept beside those of the load while a service runs, for the loss of a zone or the
    /// surge of a deployment.
    HeadroomTasks: u32, 0..=MAX_TASKS, default 0
}
ranged! {
    /// Tasks on one architecture for each task of the load, in thousandths.
    TaskFactor: u32, 100..=10_000, default 1_000
}
ranged! {
    /// What tasks may ask for of each vCPU or MiB that an instance has, in thousandths.
    Overcommit: u32, 1_000..=10_000, default 1_000
}
ranged! {
    /// Instances that run for each one that packing says is needed, in ten-thousandths.
    PackingOverhead: u16, 10_000..=20_000, default 10_000
}
impl PackingOverhead {
    /// As many instances as packing needs.
    pub const NONE: Self = Self(Self::MIN);
}

ranged! {
    /// What an hour of staff costs, in US dollars.
    StaffRate: u16, 1..=1_000, default 75
}
ranged! {
    /// Hours a month that staff spend on running a fleet.
    StaffHours: u16, 0..=744, default 8
}
ranged! {
    /// The smallest saving worth a change, in US dollars a month.
    SmallestSaving: u32, 0..=10_000_000, default 0
}

ranged! {
    /// Gigabytes a month that a service moves or writes.
    GbPerMonth: u32, 0..=10_000_000, default 0
}
ranged! {
    /// Load balancer capacity units, on average.
    LoadBalancerUnits: u16, 0..=10_000, default 1
}

ids! {
    /// How tasks reach what is outside their subnets.
    pub enum Egress {
        /// Not billed here.
        None = "none",
        /// Through NAT gateways, one in each zone.
        Nat = "nat",
        /// By public addresses, where a task or an instance can have one; elsewhere through NAT.
        Public = "public",
        /// Through interface endpoints of the VPC.
        Endpoints = "endpoints",
    }
}

/// Lines beside compute that a whole scenario switches on (rule 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// How tasks reach what is outside.
    pub egress: Egress,
    /// An application load balancer, and the capacity that it uses; `None` without one.
    pub load_balancer: Option<LoadBalancerUnits>,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            egress: Egress::None,
            load_balancer: None,
        }
    }
}

/// What a service moves and writes in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Size of its container image as it is pulled; zero where pulls are not billed.
    pub image: Gib,
    /// Data that leaves its subnets, image pulls apart.
    pub egress: GbPerMonth,
    /// Data between zones, each way counted.
    pub cross_zone: GbPerMonth,
    /// Logs that CloudWatch ingests.
    pub logs: GbPerMonth,
}

/// Smallest and largest vCPU of a task. ECS takes up to 196,608 CPU units on EC2; below its
/// 128 units for a whole task, single containers may still ask for less.
pub const VCPU_LIMITS: (&str, &str) = ("0.01", "192");

/// Smallest and largest memory of a task, in GiB.
pub const MEMORY_LIMITS: (&str, &str) = ("0.01", "4096");

/// Most GPUs of one task.
pub const MAX_GPUS: u16 = 16;

/// GPUs that a task asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuRequest {
    /// How many, or which fraction of one.
    pub count: GpuCount,
    /// The model, lower case, such as `a10g`; `None` takes any.
    pub model: Option<GpuModel>,
}

/// The name of a GPU model: 1 to 32 characters of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GpuModel(Box<str>);

impl GpuModel {
    /// The model of this name, without regard to case; `None` for what cannot be a name.
    pub fn new(name: &str) -> Option<Self> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        ((1..=32).contains(&name.len()) && name.bytes().all(legal))
            .then(|| Self(name.to_ascii_lowercase().into()))
    }

    /// The name, lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one task asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Virtual processors.
    pub vcpu: Vcpu,
    /// Memory.
    pub memory: Gib,
    /// Scratch space.
    pub ephemeral: EphemeralGib,
    /// GPUs, if any.
    pub gpu: Option<GpuRequest>,
}

/// How many tasks run when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load {
    /// The same count in every hour.
    Constant {
        /// Tasks.
        tasks: TaskCount,
    },
    /// One count in the first hours of the first days of a week, another in all other hours.
    Schedule {
        /// Tasks within the schedule.
        tasks: TaskCount,
        /// Tasks outside it.
        idle_tasks: IdleTasks,
        /// Scheduled hours of each scheduled day.
        hours_per_day: HoursPerDay,
        /// Scheduled days of the week.
        days_per_week: DaysPerWeek,
    },
    /// A count for every hour of a week, which repeats.
    Week(WeekHours),
    /// Runs that start evenly over the day, each of several tasks.
    Jobs {
        /// Runs in a day.
        runs_per_day: RunsPerDay,
        /// Tasks of each run.
        tasks: TaskCount,
        /// Length of each run.
        minutes: RunMilliminutes,
        /// Image pull, billed by Fargate alone.
        image_pull: ImagePullSeconds,
    },
}

impl Load {
    /// Tasks at the peak, or of one run.
    pub fn tasks(&self) -> TaskCount {
        match self {
            Self::Constant { tasks } | Self::Schedule { tasks, .. } | Self::Jobs { tasks, .. } => {
                *tasks
            }
            Self::Week(hours) => hours.peak(),
        }
    }

    /// The same load at so many ten-thousandths: the tasks of each hour, or the runs of jobs,
    /// rounded to the nearest and kept within their limits. A load stays a load: at its peak there
    /// is one task at the least.
    #[must_use]
    pub fn scaled(&self, ten_thousandths: u32) -> Self {
        let part = |count: u32, most: u32| {
            let scaled = (u64::from(count) * u64::from(ten_thousandths) + 5_000) / 10_000;
            u32::try_from(scaled).unwrap_or(most).min(most)
        };
        let peak =
            |count: TaskCount| TaskCount::new(part(count.get(), MAX_TASKS).max(1)).unwrap_or(count);
        let mut changed = self.clone();
        match &mut changed {
            Self::Constant { tasks } => *tasks = peak(*tasks),
            Self::Schedule {
                tasks, idle_tasks, ..
            } => {
                *tasks = peak(*tasks);
                let idle = IdleTasks::new(part(idle_tasks.get(), MAX_TASKS));
                *idle_tasks = idle.unwrap_or(*idle_tasks);
            }
            Self::Week(hours) => *hours = hours.with_peak(peak(hours.peak())),
            Self::Jobs { runs_per_day, .. } => {
                let runs = part(runs_per_day.get(), RunsPerDay::MAX).max(1);
                *runs_per_day = RunsPerDay::new(runs).unwrap_or(*runs_per_day);
            }
        }
        changed
    }

    /// The same load with another count of tasks at the peak, or of one run. A week keeps its
    /// shape: each hour's count changes in proportion, rounded to the nearest.
    #[must_use]
    pub fn with_tasks(&self, count: TaskCount) -> Self {
        let mut changed = self.clone();
        match &mut changed {
            Self::Constant { tasks } | Self::Schedule { tasks, .. } | Self::Jobs { tasks, .. } => {
                *tasks = count;
            }
            Self::Week(hours) => *hours = hours.with_peak(count),
        }
        changed
    }
}

/// The name of a service: 1 to 40 characters, none of them a control character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(Box<str>);

impl Name {
    /// The longest name, in characters.
    pub const MAX_CHARS: usize = 40;

    /// The name, with surrounding space removed; `None` where nothing or too much is left.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let legal = !text.is_empty()
            && text.chars().count() <= Self::MAX_CHARS
            && !text.chars().any(char::is_control);
        legal.then(|| Self(text.into()))
    }

    /// The name of a service that nobody named.
    pub fn unnamed() -> Self {
        Self("service".into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One ECS service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What a person calls it.
    pub name: Name,
    /// What one task asks for.
    pub task: Task,
    /// Operating system.
    pub os: Os,
    /// Architectures that its image is built for.
    pub arch: ArchChoice,
    /// How many tasks run when.
    pub load: Load,
    /// How tasks are split between on-demand and Spot; `None` where the service does not
    /// tolerate interruption.
    pub spot: Option<Strategy>,
    /// Hard requirements.
    pub needs: Needs,
    /// What it moves and writes.
    pub traffic: Traffic,
    /// Tasks kept beside those of the load.
    pub headroom: HeadroomTasks,
    /// Where it may run; the other places are not eligible.
    pub places: Places,
    /// Which of a cluster's capacity providers it stands on, where it shares a fleet.
    pub provider: ProviderChoice,
}

/// The places where a service may run: one or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places(u8);

impl Places {
    /// All of them.
    pub const ALL: Self = Self(0b111);

    /// These places; `None` where there is none among them.
    pub fn new(places: impl IntoIterator<Item = Place>) -> Option<Self> {
        let bits = places
            .into_iter()
            .fold(0, |bits, place| bits | Self::bit(place));
        (bits != 0).then_some(Self(bits))
    }

    /// Whether a service may run there.
    pub const fn has(self, place: Place) -> bool {
        self.0 & Self::bit(place) != 0
    }

    /// The places, in the order of the report.
    pub fn iter(self) -> impl Iterator<Item = Place> {
        Place::ALL
            .iter()
            .copied()
            .filter(move |&place| self.has(place))
    }

    const fn bit(place: Place) -> u8 {
        1 << place as u8
    }
}

impl Default for Places {
    fn default() -> Self {
        Self::ALL
    }
}

ids! {
    /// Which of a cluster's capacity providers a service stands on.
    pub enum ProviderChoice {
        /// The one on which the cluster costs least.
        Auto = "auto",
        /// The first of its own.
        A = "a",
        /// The second.
        B = "b",
        /// The third.
        C = "c",
    }
}

/// A container that stands once on every instance of a fleet, such as a log collector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Daemon {
    /// What a person calls it.
    pub name: Name,
    /// Virtual processors that it takes.
    pub vcpu: Vcpu,
    /// Memory that it takes.
    pub memory: Gib,
    /// Whether each Fargate task carries it as a sidecar instead.
    pub sidecar_on_fargate: bool,
}

ids! {
    /// Network mode of tasks on EC2.
    pub enum NetworkMode {
        /// A network interface for each task.
        Awsvpc = "awsvpc",
        /// The Docker bridge of the instance.
        Bridge = "bridge",
        /// The network of the instance.
        Host = "host",
    }
}

/// How fleets of instances are built and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetSettings {
    /// Zones to spread over.
    pub min_zones: MinZones,
    /// Instances never to fall below.
    pub min_instances: MinInstances,
    /// Managed scaling's target, EC2 only.
    pub target_capacity: TargetCapacity,
    /// Memory kept back, EC2 only.
    pub reserved_memory: ReservedMemoryMib,
    /// Network mode on EC2; Managed Instances are priced as `awsvpc`.
    pub network: NetworkMode,
    /// Whether the account setting `awsvpcTrunking` is on, EC2 only.
    pub eni_trunking: bool,
    /// Whether burstable types may be chosen.
    pub burstable: bool,
    /// Whether bare-metal types may be chosen.
    pub bare_metal: bool,
    /// The types to choose from, where they are named by hand; empty where the model chooses.
    pub types: Vec<TypeName>,
    /// Families that are never chosen.
    pub excluded: Vec<FamilyName>,
    /// What tasks may ask for of each vCPU of an EC2 instance.
    pub cpu_overcommit: Overcommit,
    /// What tasks may ask for of each MiB of an EC2 instance: soft memory limits let their hard
    /// ones add up to more than there is.
    pub memory_overcommit: Overcommit,
    /// Daemons on every instance.
    pub daemons: Vec<Daemon>,
}

impl FleetSettings {
    /// What daemons add to each task on Fargate, where they are sidecars.
    pub fn sidecars(&self) -> (Vcpu, Gib) {
        let sidecars = self.daemons.iter().filter(|one| one.sidecar_on_fargate);
        sidecars.fold((Vcpu::ZERO, Gib::ZERO), |(vcpu, memory), one| {
            (vcpu.plus(one.vcpu), memory.plus(one.memory))
        })
    }
}

impl Default for FleetSettings {
    fn default() -> Self {
        Self {
            min_zones: MinZones::default(),
            min_instances: MinInstances::default(),
            target_capacity: TargetCapacity::default(),
            reserved_memory: ReservedMemoryMib::default(),
            network: NetworkMode::Awsvpc,
            eni_trunking: true,
            burstable: false,
            bare_metal: false,
            types: Vec::new(),
            excluded: Vec::new(),
            cpu_overcommit: Overcommit::default(),
            memory_overcommit: Overcommit::default(),
            daemons: Vec::new(),
        }
    }
}

ids! {
    /// The longest commitment that the verdict may choose.
    pub enum MaxCommitment {
        /// None.
        None = "none",
        /// One year.
        OneYear = "1y",
        /// Three years.
        ThreeYears = "3y",
    }
}

impl MaxCommitment {
    /// Whether a commitment of this length may win.
    pub const fn allows(self, term: Term) -> bool {
        matches!(
            (self, term),
            (Self::OneYear, Term::OneYear) | (Self::ThreeYears, _)
        )
    }
}

ids! {
    /// How much the committed options commit to.
    pub enum Sizing {
        /// Nothing is committed to; committed options are priced at the cheapest amount, to
        /// compare.
        None = "none",
        /// As much as the load always uses.
        SteadyFloor = "steady_floor",
        /// The amount at which the month costs least.
        Cheapest = "cheapest",
    }
}

/// Tasks on each architecture for each task of the load: a Graviton vCPU is a core, an x86 vCPU
/// a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskFactors {
    /// On x86.
    pub x86: TaskFactor,
    /// On Arm.
    pub arm: TaskFactor,
}

impl TaskFactors {
    /// The factor of an architecture.
    pub const fn of(self, arch: Arch) -> TaskFactor {
        match arch {
            Arch::X86 => self.x86,
            Arch::Arm => self.arm,
        }
    }
}

/// The staff who run a fleet of one's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Whether their time is billed, as a line of its own.
    pub billed: bool,
    /// What an hour costs.
    pub rate: StaffRate,
    /// Hours a month that the fleet takes.
    pub hours: StaffHours,
}

/// A region code such as `us-east-1`: 3 to 24 characters of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(Box<str>);

impl Region {
    /// The region of this code; `None` for what cannot be a code.
    pub fn new(code: &str) -> Option<Self> {
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        ((3..=24).contains(&code.len()) && code.bytes().all(legal)).then(|| Self(code.into()))
    }

    /// US East (N. Virginia).
    pub fn us_east_1() -> Self {
        Self("us-east-1".into())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Everything a person can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Where it runs; the price book of this region prices it.
    pub region: Region,
    /// The calendar.
    pub hours_per_month: HoursPerMonth,
    /// The longest commitment that may win.
    pub max_commitment: MaxCommitment,
    /// How much the committed options commit to.
    pub sizing: Sizing,
    /// What is there already.
    pub owned: Owned,
    /// Tasks on each architecture for each task of the load.
    pub task_factors: TaskFactors,
    /// The staff who run a fleet.
    pub staff: Staff,
    /// The smallest saving worth a change.
    pub smallest_saving: SmallestSaving,
    /// How far what it rests on may be off.
    pub ranges: Ranges,
    /// Instances that run for each one that packing says is needed. Nobody sets it: it is more
    /// than one in the cases of a sample alone ([`crate::sure`]).
    pub packing: PackingOverhead,
    /// Whether EBS volumes are billed.
    pub ebs: bool,
    /// What else is billed beside compute.
    pub lines: Lines,
    /// Own figures, discount and estimates.
    pub pricing: Pricing,
    /// How much each criterion that is not money counts.
    pub weights: Weights,
    /// How fleets are built.
    pub fleet: FleetSettings,
    /// One to [`MAX_SERVICES`] services.
    pub services: Services,
}

/// One service or more, and never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    first: Service,
    rest: Vec<Service>,
}

impl Services {
    /// A list that begins with `first`.
    pub const fn new(first: Service) -> Self {
        Self {
            first,
            rest: Vec::new(),
        }
    }

    /// Adds a service at the end; gives it back where the list is full.
    pub fn push(&mut self, service: Service) -> Result<(), Box<Service>> {
        if self.len() < MAX_SERVICES {
            self.rest.push(service);
            Ok(())
        } else {
            Err(Box::new(service))
        }
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "the list is never empty")]
    pub const fn len(&self) -> usize {
        1 + self.rest.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// The service at an index; the last one where there are not so many.
    pub fn nearest(&self, index: usize) -> &Service {
        match index.checked_sub(1) {
            None => &self.first,
            Some(index) => self
                .rest
                .get(index)
                .or(self.rest.last())
                .unwrap_or(&self.first),
        }
    }

    /// The service at an index, to change it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut Service> {
        match index.checked_sub(1) {
            None => Some(&mut self.first),
            Some(index) => self.rest.get_mut(index),
        }
    }
}

impl Service {
    /// A service with everything else at the default of the scenario file: Linux, either
    /// architecture, no Spot, no need.
    pub fn new(name: Name, task: Task, load: Load) -> Self {
        Self {
            name,
            task,
            os: Os::Linux,
            arch: ArchChoice::Either,
            load,
            spot: None,
            needs: Needs::NONE,
            traffic: Traffic::default(),
            headroom: HeadroomTasks::default(),
            places: Places::ALL,
            provider: ProviderChoice::Auto,
        }
    }
}

impl Scenario {
    /// A scenario with everything else at the default of the scenario file.
    pub fn new(region: Region, first: Service) -> Self {
        Self {
            region,
            hours_per_month: HoursPerMonth::default(),
            max_commitment: MaxCommitment::None,
            sizing: Sizing::None,
            owned: Owned::default(),
            task_factors: TaskFactors::default(),
            staff: Staff::default(),
            smallest_saving: SmallestSaving::default(),
            ranges: Ranges::default(),
            packing: PackingOverhead::default(),
            ebs: true,
            lines: Lines::default(),
            pricing: Pricing::default(),
            weights: Weights::default(),
            fleet: FleetSettings::default(),
            services: Services::new(first),
        }
    }
}
