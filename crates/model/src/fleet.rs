//! Fleets of instances of one type: which types may be chosen, what a task may use of one, and
//! how many instances hold a service.

use rust_decimal::Decimal;

use self::credits::Credits;
use crate::money::Usd;
use crate::needs::Need;
use crate::option::Place;
use crate::packing::Amounts;
use crate::platform::{Arch, Os};
use crate::prices::{InstanceType, PriceBook, Quote};
use crate::scenario::{
    Daemon, FleetSettings, GpuRequest, HoursPerMonth, NetworkMode, Overcommit, PackingOverhead,
    Service, Sizing,
};
use crate::strategy::Split;
use crate::units::{GRAINS_PER_1024TH, Gib, Vcpu};

pub mod capacity_reservation;
pub mod credits;
pub mod crowd;
pub mod free;
pub(crate) mod ground;
pub mod price;
mod quotes;
pub mod scaling;
pub mod search;

/// Memory that a system keeps of what an instance advertises, percent (rule 9, an assumption).
/// Linux on m4.large keeps 2.5 % (ECS developer guide, memory management).
pub const SYSTEM_MEMORY_PERCENT: u32 = 3;

/// Memory that instances register before the agent's reserve, where a source quotes it, in MiB
/// (ECS developer guide, memory management).
const REGISTERED_MEMORY_MIB: [(&str, u32); 1] = [("m4.large", 7_985)];

/// Families of a previous generation, never chosen by the model (EC2 user guide).
const PREVIOUS_GENERATION: [&str; 1] = ["p3"];

/// Families whose instances hold a fraction of a GPU, for tasks that ask for a fraction.
const FRACTIONAL_GPU_FAMILIES: [&str; 2] = ["g6f", "gr6f"];

/// Memory of the whole GPU that those families divide, in MiB (the L4 as EC2 lists it).
const FRACTIONAL_GPU_MEMORY_MIB: u64 = 22_888;

/// What a whole GPU counts in a packing: eight times that, so that every fraction is whole.
pub(crate) const GPU_UNITS: u64 = 8 * FRACTIONAL_GPU_MEMORY_MIB;

ids! {
    /// Who runs the instances.
    pub enum Operator {
        /// Auto Scaling groups of one's own.
        Own = "own",
        /// ECS Managed Instances.
        Managed = "managed",
    }
}

impl Operator {
    /// Who runs the instances of a place. Fargate has none that anybody sees; it counts as one's
    /// own, and no fleet is built there.
    pub const fn of(place: Place) -> Self {
        match place {
            Place::ManagedInstances => Self::Managed,
            Place::Ec2 | Place::Fargate => Self::Own,
        }
    }

    /// The place where their instances stand.
    pub const fn place(self) -> Place {
        match self {
            Self::Own => Place::Ec2,
            Self::Managed => Place::ManagedInstances,
        }
    }

    /// Size of the volume that comes with each instance, in GiB: the root volume of the
    /// ECS-optimized image, or the default data volume of a managed instance.
    pub const fn volume_gib(self) -> u16 {
        match self {
            Self::Own => 30,
            Self::Managed => 80,
        }
    }
}

ids! {
    /// What stops one more task from standing on an instance.
    pub enum Dimension {
        /// Virtual processors.
        Vcpu = "vcpu",
        /// Memory.
        Memory = "memory",
        /// GPUs.
        Gpu = "gpu",
        /// Elastic network interfaces.
        Eni = "eni",
        /// One task to an instance, by the service's own requirement.
        Isolation = "isolation",
    }
}

/// How many tasks one instance holds, and why not more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Tasks; zero where the type cannot hold even one.
    pub tasks: u32,
    /// The dimension that is exhausted first.
    pub bound: Dimension,
}

/// What one instance offers to tasks, after the system, the agent and the daemons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// In 1/128,000 vCPU.
    pub vcpu_grains: u64,
    /// In 1/128,000 GiB.
    pub memory_grains: u64,
}

/// What becomes of one dimension of an instance, in 1/128,000 vCPU or GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Division {
    /// What the type advertises.
    pub offered: u64,
    /// What tasks are promised beyond what there is.
    pub overcommitted: u64,
    /// What the system and the agent keep.
    pub reserved: u64,
    /// What daemons take.
    pub daemons: u64,
}

impl Division {
    /// What is left to tasks.
    pub const fn room(self) -> u64 {
        (self.offered + self.overcommitted)
            .saturating_sub(self.reserved)
            .saturating_sub(self.daemons)
    }
}

impl Room {
    /// How many tasks of a size find room, by processors and memory.
    pub fn fit(self, vcpu: Vcpu, memory: Gib) -> Fit {
        let by_vcpu = divide(self.vcpu_grains, vcpu.grains());
        let by_memory = divide(self.memory_grains, memory.grains());
        if by_memory < by_vcpu {
            Fit {
                tasks: by_memory,
                bound: Dimension::Memory,
            }
        } else {
            Fit {
                tasks: by_vcpu,
                bound: Dimension::Vcpu,
            }
        }
    }
}

/// What one instance holds, whatever the vCPU and memory of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holds {
    /// What it offers.
    pub(crate) room: Room,
    /// Tasks that it holds however small they are, and why not more; `None` without a limit.
    pub(crate) limit: Option<Fit>,
}

impl Holds {
    /// How many tasks of a size it holds.
    pub(crate) fn fit(self, vcpu: Vcpu, memory: Gib) -> Fit {
        let by_room = self.room.fit(vcpu, memory);
        match self.limit {
            Some(limit) if limit.tasks < by_room.tasks => limit,
            _ => by_room,
        }
    }
}

/// The rules by which a service's tasks stand on the instances of an operator.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    operator: Operator,
    settings: &'a FleetSettings,
    service: &'a Service,
    single_task: bool,
    rounding: Rounding,
    sizing: Sizing,
    packing: PackingOverhead,
}

/// How a strategy's weights are rounded to tasks: AWS documents the ratio and not the rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// By largest remainder.
    Nearest,
    /// As few tasks on Spot as the ratio allows.
    LeastSpot,
    /// As many.
    MostSpot,
}

impl Rounding {
    fn of(self, split: Split) -> Split {
        let spot = match self {
            Self::Nearest => split.spot,
            Self::LeastSpot => split.spot_least,
            Self::MostSpot => split.spot_most,
        };
        Split {
            on_demand: split.on_demand + split.spot - spot,
            spot,
            ..split
        }
    }
}

impl<'a> Rules<'a> {
    /// The rules for `service` on instances of `operator`.
    pub const fn new(
        operator: Operator,
        settings: &'a FleetSettings,
        service: &'a Service,
    ) -> Self {
        // A machine of its own for each task: `distinctInstance`, or single-task mode.
        let single_task = service.needs.has(Need::VmIsolation) || service.needs.has(Need::Neuron);
        Self {
            operator,
            settings,
            service,
            single_task,
            rounding: Rounding::Nearest,
            sizing: Sizing::Cheapest,
            packing: PackingOverhead::NONE,
        }
    }

    /// The same rules where commitments are sized so.
    #[must_use]
    pub const fn sized(self, sizing: Sizing) -> Self {
        Self { sizing, ..self }
    }

    /// The same rules where so many instances run for each one that packing needs.
    #[must_use]
    pub(crate) const fn packed(self, packing: PackingOverhead) -> Self {
        Self { packing, ..self }
    }

    /// Instances that run for each one that packing needs.
    pub(crate) const fn packing(&self) -> PackingOverhead {
        self.packing
    }

    /// How much of a fleet a commitment holds.
    pub const fn sizing(&self) -> Sizing {
        self.sizing
    }

    /// How fleets are built and kept.
    pub(crate) const fn settings(&self) -> &'a FleetSettings {
        self.settings
    }

    /// The service.
    pub const fn service(&self) -> &'a Service {
        self.service
    }

    /// Who runs the instances.
    pub const fn operator(&self) -> Operator {
        self.operator
    }

    /// Managed scaling's target, percent; Managed Instances have none.
    pub fn target_percent(&self) -> u64 {
        match self.operator {
            Operator::Own => u64::from(self.settings.target_capacity.get()),
            Operator::Managed => 100,
        }
    }

    /// Zones to spread over.
    pub const fn zones(&self) -> u8 {
        self.settings.min_zones.get()
    }

    /// Whether each task has an instance to itself.
    pub const fn is_single_task(&self) -> bool {
        self.single_task
    }

    /// The same rules under another rounding of the strategy's weights.
    #[must_use]
    pub const fn rounded(self, rounding: Rounding) -> Self {
        Self { rounding, ..self }
    }

    /// How the service's strategy splits `tasks`; all on-demand where it has none.
    pub fn split(&self, tasks: u32) -> Split {
        let all_on_demand = Split {
            on_demand: tasks,
            ..Split::default()
        };
        let split = self.service.spot.map(|strategy| strategy.split(tasks));
        self.rounding.of(split.unwrap_or(all_on_demand))
    }

    /// How the service's strategy splits the `tasks` of one run of a job.
    pub fn split_job(&self, tasks: u32) -> Split {
        let all_on_demand = Split {
            on_demand: tasks,
            ..Split::default()
        };
        let split = self.service.spot.map(|strategy| strategy.split_job(tasks));
        self.rounding.of(split.unwrap_or(all_on_demand))
    }

    /// Whether the model may choose this type (rule 8).
    pub fn may_choose(&self, instance: &InstanceType, arch: Arch) -> bool {
        let runs_it = instance.arch == arch
            && (self.operator == Operator::Own || instance.managed_instances)
            && (!instance.burstable || self.credits(instance).is_some())
            && self.has_what_is_asked(instance);
        if !runs_it {
            return false;
        }
        let settings = self.settings;
        if !settings.types.is_empty() {
            // Named by hand: then nothing else holds it back.
            let mut named = settings.types.iter();
            return named.any(|name| name.as_str() == &*instance.name);
        }
        (settings.burstable || !instance.burstable)
            && (settings.bare_metal || !instance.bare_metal)
            && !self.has_more_than_is_asked(instance)
            && !PREVIOUS_GENERATION.iter().any(|name| instance.is_of(name))
            && !settings
                .excluded
                .iter()
                .any(|name| instance.is_of(name.as_str()))
    }

    /// Whether a type has the accelerators that the task asks for.
    fn has_what_is_asked(&self, instance: &InstanceType) -> bool {
        if self.service.needs.has(Need::Neuron) {
            return instance.accelerator.is_some();
        }
        match (&self.service.task.gpu, &instance.gpus) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(request), Some(gpus)) => request
                .model
                .as_ref()
                .is_none_or(|model| model.as_str() == &*gpus.model),
        }
    }

    /// Whether a type has accelerators, and the task asks for none.
    fn has_more_than_is_asked(&self, instance: &InstanceType) -> bool {
        let asks = self.service.task.gpu.is_some() || self.service.needs.has(Need::Neuron);
        !asks && (instance.gpus.is_some() || instance.accelerator.is_some())
    }

    /// What an instance offers (rule 9).
    pub fn room(&self, instance: &InstanceType) -> Room {
        let [vcpu_grains, memory_grains] = self.division(instance).map(Division::room);
        Room {
            vcpu_grains,
            memory_grains,
        }
    }

    /// What becomes of an instance's vCPU and of its memory (rule 9).
    pub fn division(&self, instance: &InstanceType) -> [Division; 2] {
        let registered = REGISTERED_MEMORY_MIB
            .iter()
            .find(|(name, _)| *name == &*instance.name)
            .map_or_else(
                || registered_memory_mib(instance.memory_mib),
                |(_, mib)| *mib,
            );
        let reserved = match self.operator {
            Operator::Own => self.settings.reserved_memory.get(),
            Operator::Managed => 0,
        };
        let daemons = &self.settings.daemons;
        let taken = |grains: fn(&Daemon) -> u32| {
            daemons
                .iter()
                .map(|daemon| u64::from(grains(daemon)))
                .sum::<u64>()
        };
        // On instances of one's own tasks may ask for more than there is.
        let promised = |grains: u64, factor: Overcommit| match self.operator {
            Operator::Own => grains * u64::from(factor.get()) / 1_000,
            Operator::Managed => grains,
        };
        let divide = |offered: u64, registered: u64, factor: Overcommit, daemons: u64| {
            let promised = promised(registered, factor);
            Division {
                offered,
                overcommitted: promised - registered,
                reserved: offered.saturating_sub(registered),
                daemons: daemons.min(promised),
            }
        };
        let grains = |of_1024: u64| of_1024 * u64::from(GRAINS_PER_1024TH);
        let vcpu = grains(u64::from(instance.vcpu) * 1024);
        let offered = grains(instance.memory_mib.into());
        let memory = grains(registered.saturating_sub(reserved).into());
        [
            divide(
                vcpu,
                vcpu,
                self.settings.cpu_overcommit,
                taken(|daemon| daemon.vcpu.grains()),
            ),
            divide(
                offered,
                memory,
                self.settings.memory_overcommit,
                taken(|daemon| daemon.memory.grains()),
            ),
        ]
    }

    /// How many tasks an instance holds in its network interfaces; `None` without a limit.
    pub fn eni_limit(&self, instance: &InstanceType) -> Option<u32> {
        let trunking = match (self.operator, self.settings.network) {
            // Managed Instances have host mode, and awsvpc in place of bridge mode.
            (_, NetworkMode::Host) | (Operator::Own, NetworkMode::Bridge) => return None,
            (Operator::Own, NetworkMode::Awsvpc) => self.settings.eni_trunking,
            (Operator::Managed, _) => true,
        };
        let limits = instance.eni;
        let with = limits
            .with_trunking
            .filter(|_| trunking && self.service.os == Os::Linux);
        Some(u32::from(with.unwrap_or(limits.without_trunking)))
    }

    /// What one task takes of an instance of this capacity, in the dimensions of a packing.
    pub fn needs(&self, capacity: &Amounts) -> Amounts {
        let task = &self.service.task;
        let gpu = task.gpu.as_ref().map_or(0, gpu_need);
        let [_, _, _, places] = *capacity;
        [
            task.vcpu.grains().into(),
            task.memory.grains().into(),
            gpu,
            if self.single_task { places } else { 1 },
        ]
    }

    /// How many of the service's tasks an instance holds.
    pub fn fit(&self, instance: &InstanceType) -> Fit {
        let task = &self.service.task;
        self.holds(instance).fit(task.vcpu, task.memory)
    }

    /// What an instance holds, whatever the vCPU and memory of a task.
    pub(crate) fn holds(&self, instance: &InstanceType) -> Holds {
        let mut limit: Option<Fit> = None;
        let mut bound_by = |tasks: u32, bound| {
            if limit.is_none_or(|limit| tasks < limit.tasks) {
                limit = Some(Fit { tasks, bound });
            }
        };
        if let Some(request) = &self.service.task.gpu {
            bound_by(tasks_by_gpu(instance, request), Dimension::Gpu);
        }
        if let Some(limit) = self.eni_limit(instance) {
            bound_by(limit, Dimension::Eni);
        }
        if self.single_task {
            bound_by(1, Dimension::Isolation);
        }
        Holds {
            room: self.room(instance),
            limit,
        }
    }

    /// The type at an index of the book as a candidate, without a fee, however many tasks it
    /// holds.
    pub fn candidate(&self, index: usize, instance: &InstanceType) -> Candidate {
        Candidate {
            index,
            fit: self.fit(instance),
            capacity: Amounts::default(),
            fee: None,
            credits: self.credits(instance),
        }
    }

    /// The types that may be chosen and hold at least one task, in the order of the book.
    pub fn candidates(&self, book: &PriceBook, arch: Arch) -> Vec<Candidate> {
        let managed = self.operator == Operator::Managed;
        // Types stand by name, so those of a family stand together, and have one fee.
        let mut of_family: Option<(&str, Option<Quote>)> = None;
        let mut fee = |instance| match of_family {
            Some((family, fee)) if InstanceType::is_of(instance, family) => fee,
            _ => {
                let fee = book.managed_fee(instance);
                of_family = Some((instance.family(), fee));
                fee
            }
        };
        let candidate = |(index, instance): (usize, _)| {
            let mut candidate = self.candidate(index, instance);
            if candidate.fit.tasks == 0 {
                return None;
            }
            if managed {
                candidate.fee = fee(instance);
            }
            Some(candidate)
        };
        let types = book.types.iter().enumerate();
        types
            .filter(|(_, instance)| self.may_choose(instance, arch))
            .filter_map(candidate)
            .collect()
    }
}

/// A type that holds at least one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the type in the book.
    pub index: usize,
    /// What one instance holds.
    pub fit: Fit,
    /// What it offers in each dimension; filled in where services share instances.
    pub capacity: Amounts,
    /// The management fee, as a share of the list price; `None` on instances of one's own, and
    /// where the book has none.
    pub fee: Option<Quote>,
    /// What it bills beside its price, if it is burstable.
    pub credits: Option<Credits>,
}

/// Memory that an instance registers with ECS before the agent's reserve, from what it
/// advertises: 3 % less, in whole MiB.
pub const fn registered_memory_mib(advertised_mib: u32) -> u32 {
    let kept = advertised_mib as u64 * (100 - SYSTEM_MEMORY_PERCENT as u64) / 100;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "less than what was widened"
    )]
    {
        kept as u32
    }
}

/// Memory that the agent registers where the system's total is known: whole MiB less the reserve.
pub const fn registered_from_total_bytes(total_bytes: u64, reserved_mib: u64) -> u64 {
    (total_bytes / (1024 * 1024)).saturating_sub(reserved_mib)
}

fn divide(room: u64, request: u32) -> u32 {
    room.checked_div(u64::from(request))
        .map_or(u32::MAX, |tasks| u32::try_from(tasks).unwrap_or(u32::MAX))
}

/// Whole GPUs are counted; a fraction stands on the families that divide one (rule 11).
fn tasks_by_gpu(instance: &InstanceType, request: &GpuRequest) -> u32 {
    let divides = FRACTIONAL_GPU_FAMILIES.contains(&instance.family());
    if divides == request.count.whole().is_some() {
        return 0;
    }
    let tasks = gpu_capacity(instance).checked_div(gpu_need(request));
    tasks.map_or(0, |tasks| u32::try_from(tasks).unwrap_or(u32::MAX))
}

/// What a task takes of [`gpu_capacity`].
fn gpu_need(request: &GpuRequest) -> u64 {
    u64::from(request.count.eighths()) * FRACTIONAL_GPU_MEMORY_MIB
}

/// The GPUs of a type, in eighths of 22,888 to a whole one.
fn gpu_capacity(instance: &InstanceType) -> u64 {
    match &instance.gpus {
        None => 0,
        Some(gpus) if FRACTIONAL_GPU_FAMILIES.contains(&instance.family()) => {
            u64::from(gpus.memory_mib) * 8
        }
        Some(gpus) => u64::from(gpus.count) * GPU_UNITS,
    }
}

/// Instances that hold `tasks` of one kind, `per_instance` each, spread evenly over at most
/// `zones` zones, each zone packed by itself (rule 12).
pub fn instances_for(tasks: u64, per_instance: u32, zones: u8) -> u64 {
    if tasks == 0 || per_instance == 0 {
        return 0;
    }
    let per_instance = u64::from(per_instance);
    let zones = u64::from(zones).clamp(1, tasks);
    let (each, fuller) = (tasks / zones, tasks % zones);
    fuller * (each + 1).div_ceil(per_instance) + (zones - fuller) * each.div_ceil(per_instance)
}

/// Instances that run where packing needs `needed`, to the nearest: no fewer.
pub(crate) fn with_overhead(needed: u64, packing: PackingOverhead) -> u64 {
    needed
        .saturating_mul(packing.get().into())
        .saturating_add(5_000)
        / 10_000
}

/// Instances that managed scaling keeps where `needed` are: N = ceil(needed x 100 / target).
pub const fn scaled_to_target(needed: u64, target_percent: u64) -> u64 {
    (needed * 100).div_ceil(target_percent)
}

/// What ECS takes for an hour of a managed instance: a share of the undiscounted Linux
/// on-demand price, however the instance itself is paid (rule 21).
pub fn managed_fee_hour(list_hour: Usd, ratio: Decimal) -> Usd {
    list_hour.scaled(ratio)
}

/// GB-months of volumes of `gib` that stand for so many instance-hours of a month (rule 22).
pub fn volume_months(gib: Decimal, instance_hours: Decimal, month: HoursPerMonth) -> Decimal {
    gib * instance_hours / Decimal::from(month.get())
}
