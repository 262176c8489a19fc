//! Which options a service's hard requirements rule out.
//!
//! One table, requirement by class of option, three-valued: yes, no for a reason, or yes under a
//! condition that is named. Its rows stand in `derived` (what follows from other inputs) and
//! `stated` (what a person states), each with its source and date.

use crate::needs::Need;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::{ArchChoice, Os};
use crate::scenario::{Region, Service};
use crate::units::{Gib, Vcpu};

mod derived;
mod stated;

ids! {
    /// Options that share their abilities: a place, on-demand (or committed) or with Spot.
    pub enum Class {
        /// Fargate, on-demand or under a plan.
        Fargate = "fargate",
        /// A mix of Fargate and Fargate Spot.
        FargateSpot = "fargate_spot",
        /// EC2, on-demand or committed.
        Ec2 = "ec2",
        /// A mix of EC2 on-demand and Spot.
        Ec2Spot = "ec2_spot",
        /// Managed Instances, on-demand or committed.
        ManagedInstances = "managed_instances",
        /// A mix of Managed Instances on-demand and Spot.
        ManagedInstancesSpot = "managed_instances_spot",
    }
}

impl OptionId {
    /// The class of this option.
    pub const fn class(self) -> Class {
        match (self.place, self.purchase) {
            (Place::Fargate, Purchase::SpotMix) => Class::FargateSpot,
            (Place::Fargate, _) => Class::Fargate,
            (Place::Ec2, Purchase::SpotMix) => Class::Ec2Spot,
            (Place::Ec2, _) => Class::Ec2,
            (Place::ManagedInstances, Purchase::SpotMix) => Class::ManagedInstancesSpot,
            (Place::ManagedInstances, _) => Class::ManagedInstances,
        }
    }
}

/// Whether a class of options meets a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// It does.
    Yes,
    /// It does not, and why.
    No(&'static str),
    /// It does under this condition.
    If(&'static str),
}

/// A hard requirement: one that a person states, or one that follows from other inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Whole GPUs.
    Gpu,
    /// A fraction of a GPU.
    FractionalGpu,
    /// Windows containers.
    Windows,
    /// A GPU for Windows containers.
    WindowsGpu,
    /// Linux containers on Arm, and on nothing else.
    Arm,
    /// More than 32 vCPU or 244 GiB.
    BeyondFargateSizes,
    /// More than 16 and up to 32 vCPU.
    LargestFargateSize,
    /// More than 200 GiB of scratch space.
    LargeScratch,
    /// The same, for Windows containers.
    WindowsLargeScratch,
    /// `FSx` for Windows File Server for Linux containers.
    LinuxFsx,
    /// What Windows containers store or sign in by, for Linux containers.
    LinuxWindowsStorage,
    /// A region in China.
    ChinaRegion,
    /// What a person stated.
    Stated(Need),
}

/// A requirement's row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is required, as a noun phrase.
    pub label: &'static str,
    /// What gives the requirement up, as it follows "would be possible".
    pub without: &'static str,
    /// Abilities of Fargate, Fargate Spot, EC2, EC2 Spot and Managed Instances.
    cells: [Ability; 5],
    /// Where the row comes from: pages of the ECS developer guide unless it says otherwise.
    pub source: &'static str,
    /// The day or month as of which the source says so.
    pub date: &'static str,
}

use Ability::{If, No, Yes};

/// The developer guide, as of this month.
const GUIDE: &str = "2026-10";

const NO_SPOT_PROMISE: &str = "Spot capacity can be taken back with two minutes' notice";
const LINUX_ONLY: Ability = No("Managed Instances run Linux only");

impl Requirement {
    /// Every requirement.
    pub fn all() -> impl Iterator<Item = Self> {
        [
            Self::Gpu,
            Self::FractionalGpu,
            Self::Windows,
            Self::WindowsGpu,
            Self::Arm,
            Self::BeyondFargateSizes,
            Self::LargestFargateSize,
            Self::LargeScratch,
            Self::WindowsLargeScratch,
            Self::LinuxFsx,
            Self::LinuxWindowsStorage,
            Self::ChinaRegion,
        ]
        .into_iter()
        .chain(Need::ALL.iter().copied().map(Self::Stated))
    }

    /// The requirements of a service in a region.
    pub fn of<'a>(service: &'a Service, region: &'a Region) -> impl Iterator<Item = Self> + 'a {
        Self::all().filter(move |requirement| requirement.applies(service, region))
    }

    fn applies(self, service: &Service, region: &Region) -> bool {
        let task = &service.task;
        let beyond = task.vcpu > Vcpu::whole(32) || task.memory > Gib::whole(244);
        let windows = service.os == Os::Windows;
        let large_scratch = task.ephemeral.get() > crate::fargate::MAX_EPHEMERAL_GIB;
        match self {
            Self::Gpu => task
                .gpu
                .as_ref()
                .is_some_and(|gpu| gpu.count.whole().is_some()),
            Self::FractionalGpu => task
                .gpu
                .as_ref()
                .is_some_and(|gpu| gpu.count.whole().is_none()),
            Self::Windows => windows,
            Self::BeyondFargateSizes => beyond,
            Self::LargestFargateSize => !beyond && task.vcpu > Vcpu::whole(16),
            Self::WindowsGpu => windows && task.gpu.is_some(),
            Self::LargeScratch => !windows && large_scratch,
            Self::WindowsLargeScratch => windows && large_scratch,
            Self::Arm => !windows && service.arch == ArchChoice::Arm,
            Self::LinuxFsx => !windows && service.needs.has(Need::FsxWindows),
            Self::LinuxWindowsStorage => !windows && service.needs.has(Need::WindowsStorage),
            Self::ChinaRegion => region.as_str().starts_with("cn-"),
            // The row is that of commercial regions; GovCloud has such hosts everywhere.
            Self::Stated(Need::FipsHost) => {
                service.needs.has(Need::FipsHost) && !region.as_str().starts_with("us-gov-")
            }
            Self::Stated(need) => service.needs.has(need),
        }
    }

    /// Whether options of a class meet this requirement.
    pub fn ability(self, class: Class) -> Ability {
        let [fargate, fargate_spot, ec2, ec2_spot, managed] = self.row().cells;
        match class {
            Class::Fargate => fargate,
            Class::FargateSpot => fargate_spot,
            Class::Ec2 => ec2,
            Class::Ec2Spot => ec2_spot,
            Class::ManagedInstances => managed,
            // Spot adds interruption to what Managed Instances can do otherwise.
            Class::ManagedInstancesSpot => match self {
                Self::Stated(
                    Need::Uninterrupted | Need::RunsOver14Days | Need::ReservedCapacity,
                ) => No(NO_SPOT_PROMISE),
                _ => managed,
            },
        }
    }

    /// The requirement's row of the table.
    pub const fn row(self) -> Row {
        match self {
            Self::Stated(need) => stated::row(need),
            Self::Gpu => derived::GPU,
            Self::FractionalGpu => derived::FRACTIONAL_GPU,
            Self::Windows => derived::WINDOWS,
            Self::WindowsGpu => derived::WINDOWS_GPU,
            Self::Arm => derived::ARM,
            Self::BeyondFargateSizes => derived::BEYOND_FARGATE_SIZES,
            Self::LargestFargateSize => derived::LARGEST_FARGATE_SIZE,
            Self::LargeScratch => derived::LARGE_SCRATCH,
            Self::WindowsLargeScratch => derived::WINDOWS_LARGE_SCRATCH,
            Self::LinuxFsx => derived::LINUX_FSX,
            Self::LinuxWindowsStorage => derived::LINUX_WINDOWS_STORAGE,
            Self::ChinaRegion => derived::CHINA_REGION,
        }
    }
}

/// What an option's class makes of a service's requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Requirements that rule it out, with the reason.
    pub ruled_out: Vec<(Requirement, &'static str)>,
    /// Requirements that it meets under a condition.
    pub conditions: Vec<(Requirement, &'static str)>,
}

impl Gate {
    /// The gate of a class for a service in a region.
    pub fn of(service: &Service, region: &Region, class: Class) -> Self {
        let mut gate = Self::default();
        for requirement in Requirement::of(service, region) {
            match requirement.ability(class) {
                Yes => {}
                No(reason) => gate.ruled_out.push((requirement, reason)),
                If(condition) => gate.conditions.push((requirement, condition)),
            }
        }
        gate
    }
}

/// Why an option cannot run a service at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A requirement that its class does not meet, and why.
    Requirement(Requirement, &'static str),
    /// The service is not to run in this place.
    Place,
    /// The service's image is not built for its architecture.
    Architecture,
    /// Windows containers run on x86 only.
    WindowsOnArm,
    /// The service does not tolerate interruption: it has no Spot strategy.
    NoSpotStrategy,
    /// No legal Fargate size holds the task.
    NoFargateSize,
    /// No instance type that may be chosen holds the task.
    NoInstanceType,
}

/// What rules an option out before anything is priced. `gate` is that of its class.
pub fn obstacles(service: &Service, option: OptionId, gate: &Gate) -> Vec<Obstacle> {
    let mut obstacles: Vec<Obstacle> = gate
        .ruled_out
        .iter()
        .map(|&(requirement, reason)| Obstacle::Requirement(requirement, reason))
        .collect();
    if !service.places.has(option.place) {
        obstacles.push(Obstacle::Place);
    }
    if !service.arch.allows(option.arch) {
        obstacles.push(Obstacle::Architecture);
    } else if service.os == Os::Windows && option.arch == crate::platform::Arch::Arm {
        obstacles.push(Obstacle::WindowsOnArm);
    }
    if option.purchase == Purchase::SpotMix && service.spot.is_none() {
        obstacles.push(Obstacle::NoSpotStrategy);
    }
    obstacles
}
