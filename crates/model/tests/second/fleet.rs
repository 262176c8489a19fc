//! What stands on instances and for how long: rules 8 to 12, 16 and 17.

use berth_model::needs::Need;
use berth_model::option::Place;
use berth_model::platform::{Arch, Os};
use berth_model::prices::{InstanceType, PriceBook};
use berth_model::scenario::{GpuRequest, NetworkMode, Scenario, Service};

use super::load::{DAY, Demand, Jobs, Runs, levels, rises};
use super::rational::{ceiling, times};

/// Grains of a vCPU, of a GiB, and of a MiB.
const GRAINS: i128 = 128_000;
const GRAINS_OF_MIB: i128 = 125;

/// Memory of one GPU whose fractions are sold, in MiB.
const SHARED_GPU_MIB: i128 = 22_888;

/// Rule 16: the boot and the scale-in of an instance, in twelfths of an hour.
const RAMP: i128 = 1 + 3;

/// A type that may run the service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Its place among the book's types.
    pub(crate) index: usize,
    /// Tasks that stand on an instance.
    pub(crate) fit: i128,
}

/// The types that may run a service, in the order of the book, whatever they cost.
pub(crate) fn candidates(
    (scenario, service): (&Scenario, &Service),
    book: &PriceBook,
    (place, arch): (Place, Arch),
) -> Vec<Candidate> {
    let types = book.types.iter().enumerate();
    let of_arch = types.filter(|(_, instance)| instance.arch == arch);
    of_arch
        .filter(|(_, instance)| is_candidate(scenario, service, place, instance))
        .map(|(index, instance)| Candidate {
            index,
            fit: fit(scenario, service, place, instance),
        })
        .filter(|candidate| candidate.fit > 0)
        .collect()
}

/// Rule 8.
fn is_candidate(
    scenario: &Scenario,
    service: &Service,
    place: Place,
    instance: &InstanceType,
) -> bool {
    let fleet = &scenario.fleet;
    let family = instance.family();
    if place == Place::ManagedInstances && !(instance.managed_instances && instance.vcpu > 1) {
        return false;
    }
    // A name lifts every exclusion.
    let by_hand = !fleet.types.is_empty();
    if by_hand {
        let mut names = fleet.types.iter();
        if !names.any(|name| name.as_str() == &*instance.name) {
            return false;
        }
    } else if (instance.burstable && !fleet.burstable)
        || (instance.bare_metal && !fleet.bare_metal)
        || family == "p3"
        || fleet.excluded.iter().any(|name| name.as_str() == family)
    {
        return false;
    }
    let neuron = instance
        .accelerator
        .as_deref()
        .is_some_and(|model| model.starts_with("inferentia") || model.starts_with("trainium"));
    match (&service.task.gpu, service.needs.has(Need::Neuron)) {
        (Some(request), wants_neuron) => {
            gpu_fit(request, instance) > 0 && (!wants_neuron || neuron)
        }
        (None, true) => neuron,
        (None, false) => by_hand || (instance.gpus.is_none() && instance.accelerator.is_none()),
    }
}

/// Rule 11: how many tasks an instance's GPUs hold.
fn gpu_fit(request: &GpuRequest, instance: &InstanceType) -> i128 {
    let Some(gpus) = &instance.gpus else {
        return 0;
    };
    let model = request.model.as_ref();
    if model.is_some_and(|model| !model.as_str().eq_ignore_ascii_case(&gpus.model)) {
        return 0;
    }
    let count = i128::from(gpus.count);
    match request.count.whole() {
        Some(whole) => count / i128::from(whole),
        None if count == 0 => {
            let eighths = i128::from(request.count.eighths());
            8 * i128::from(gpus.memory_mib) / (SHARED_GPU_MIB * eighths)
        }
        None => 0,
    }
}

/// Rules 9 to 11 and 13: the tightest dimension decides.
fn fit(scenario: &Scenario, service: &Service, place: Place, instance: &InstanceType) -> i128 {
    let fleet = &scenario.fleet;
    let own = place == Place::Ec2;
    let registered = match &*instance.name {
        "m4.large" => 7_985,
        _ => i128::from(instance.memory_mib) * 97 / 100,
    };
    let mut vcpu = i128::from(instance.vcpu) * GRAINS;
    let mut memory = registered * GRAINS_OF_MIB;
    if own {
        memory -= i128::from(fleet.reserved_memory.get()) * GRAINS_OF_MIB;
        vcpu = vcpu * i128::from(fleet.cpu_overcommit.get()) / 1_000;
        memory = memory.max(0) * i128::from(fleet.memory_overcommit.get()) / 1_000;
    }
    for daemon in &fleet.daemons {
        vcpu -= i128::from(daemon.vcpu.grains());
        memory -= i128::from(daemon.memory.grains());
    }
    let mut fit = vcpu / i128::from(service.task.vcpu.grains());
    fit = fit.min(memory / i128::from(service.task.memory.grains()));
    if let Some(interfaces) = interfaces(scenario, service, place, instance) {
        fit = fit.min(interfaces);
    }
    if let Some(request) = &service.task.gpu {
        fit = fit.min(gpu_fit(request, instance));
    }
    if service.needs.has(Need::Neuron) || service.needs.has(Need::VmIsolation) {
        fit = fit.min(1);
    }
    fit
}

/// Rule 10: how many tasks find a network interface; `None` without a limit.
fn interfaces(
    scenario: &Scenario,
    service: &Service,
    place: Place,
    instance: &InstanceType,
) -> Option<i128> {
    let fleet = &scenario.fleet;
    let (limited, trunks) = match place {
        Place::ManagedInstances => (fleet.network != NetworkMode::Host, true),
        _ => (fleet.network == NetworkMode::Awsvpc, fleet.eni_trunking),
    };
    let trunked = match (trunks, service.os) {
        (true, Os::Linux) => instance.eni.with_trunking,
        _ => None,
    };
    limited.then(|| trunked.unwrap_or(instance.eni.without_trunking).into())
}

/// How a fleet spreads and scales: rule 12.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    zones: i128,
    floor: i128,
    target: i128,
}

impl Spread {
    /// Of a place.
    pub(crate) fn of(scenario: &Scenario, place: Place) -> Self {
        let fleet = &scenario.fleet;
        Self {
            zones: fleet.min_zones.get().into(),
            floor: fleet.min_instances.get().into(),
            target: match place {
                Place::Ec2 => fleet.target_capacity.get().into(),
                _ => 100,
            },
        }
    }

    /// Instances that hold so many tasks, each zone packed by itself.
    pub(crate) fn packed(self, tasks: i128, fit: i128) -> i128 {
        if tasks == 0 {
            return 0;
        }
        let zones = self.zones.min(tasks);
        let (each, more) = (tasks / zones, tasks % zones);
        more * ceiling(each + 1, fit) + (zones - more) * ceiling(each, fit)
    }

    /// The least instances of so many tasks.
    pub(crate) fn floor(self, tasks: i128) -> i128 {
        self.floor.min(tasks)
    }

    /// What runs where so many are needed.
    pub(crate) fn at_target(self, needed: i128) -> i128 {
        ceiling(100 * needed, self.target)
    }
}

/// Instances over time.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// In each hour of the week.
    Hourly(Runs<i128>),
    /// Of each burst of a job, or kept warm.
    Jobs {
        /// When the bursts start.
        jobs: Jobs,
        /// Instances of one burst.
        burst: i128,
        /// Instances of a fleet that is kept warm.
        warm: i128,
    },
}

/// What is billed of instances in a week, or in a day of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Billed {
    /// Twelfths of an hour; of jobs, thousandths of a minute.
    pub(crate) ticks: i128,
    /// Instances that are launched.
    pub(crate) launches: i128,
}

impl Shape {
    /// A fleet that has all tasks.
    pub(crate) fn whole(demand: &Demand, spread: Spread, fit: i128) -> Self {
        match demand {
            Demand::Hourly(rows) => {
                let needed = |tasks: i128| spread.packed(tasks, fit).max(spread.floor(tasks));
                let hours = rows.iter();
                Self::Hourly(
                    hours
                        .map(|&(tasks, hours)| (spread.at_target(needed(tasks)), hours))
                        .collect(),
                )
            }
            Demand::Jobs(jobs) => Self::of_jobs(*jobs, jobs.tasks, spread, fit),
        }
    }

    /// A fleet that has so many tasks of each run.
    pub(crate) fn of_jobs(jobs: Jobs, tasks: i128, spread: Spread, fit: i128) -> Self {
        let fleet = |tasks: i128| spread.at_target(ceiling(tasks, fit));
        Self::Jobs {
            jobs,
            burst: fleet(tasks),
            warm: fleet(times(jobs.overlapping(), tasks)),
        }
    }

    /// What is billed beside so many reserved instances.
    pub(crate) fn beyond(&self, reserved: i128) -> Billed {
        match self {
            Self::Hourly(rows) => {
                let left = rows.iter();
                let left: Runs<i128> = left
                    .map(|&(count, hours)| ((count - reserved).max(0), hours))
                    .collect();
                let hours: i128 = left.iter().map(|(count, hours)| count * hours).sum();
                let launches = rises(&left);
                Billed {
                    ticks: 12 * hours + RAMP * launches,
                    launches,
                }
            }
            Self::Jobs { jobs, burst, warm } => {
                let warm = times(DAY, (warm - reserved).max(0));
                // Bursts with their boot and scale-in, laid evenly over the day: so many stand
                // at any time, and one more for the rest of the day.
                let spans = burst_ticks(*jobs);
                let (always, rest) = (spans / DAY, spans % DAY);
                let left = |bursts: i128| (bursts * burst - reserved).max(0);
                let bursts = times(DAY - rest, left(always)) + times(rest, left(always + 1));
                if warm <= bursts {
                    return Billed {
                        ticks: warm,
                        launches: 0,
                    };
                }
                let top = always + i128::from(rest > 0);
                Billed {
                    ticks: bursts,
                    launches: jobs.runs * left(top).min(*burst),
                }
            }
        }
    }

    /// The numbers of instances that are worth reserving, none first.
    pub(crate) fn levels(&self) -> Vec<i128> {
        let mut levels = match self {
            Self::Hourly(rows) => rows.iter().map(|&(count, _)| count).collect(),
            Self::Jobs { jobs, burst, warm } => {
                let always = burst_ticks(*jobs) / DAY;
                vec![always * burst, (always + 1) * burst, *warm]
            }
        };
        levels.push(0);
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    /// Instances that are in use all the time, whatever the hour.
    pub(crate) fn steady(&self) -> i128 {
        match self {
            Self::Hourly(rows) => rows.iter().map(|&(count, _)| count).min().unwrap_or(0),
            Self::Jobs { warm, .. } if self.is_warm() => *warm,
            Self::Jobs { jobs, burst, .. } => burst_ticks(*jobs) / DAY * burst,
        }
    }

    fn is_warm(&self) -> bool {
        match self {
            Self::Hourly(_) => true,
            Self::Jobs { jobs, burst, warm } => {
                times(DAY, *warm) <= times(burst_ticks(*jobs), *burst)
            }
        }
    }

    /// Most instances at a time.
    pub(crate) fn peak(&self) -> i128 {
        match self {
            Self::Hourly(rows) => rows.iter().map(|&(count, _)| count).max().unwrap_or(0),
            Self::Jobs { warm, .. } if self.is_warm() => *warm,
            Self::Jobs { jobs, burst, .. } => ceiling(burst_ticks(*jobs), DAY) * burst,
        }
    }

    /// What a plan sees: instances in use in so many hours, in parts, and the parts to one. Boot
    /// and scale-in of an hourly load lie beside it; a job's are within the day's average.
    pub(crate) fn usage(&self) -> (Vec<(Vec<i128>, i128)>, i128) {
        match self {
            Self::Hourly(rows) => {
                let hours = levels(rows).into_iter();
                (
                    hours.map(|(count, hours)| (vec![count], hours)).collect(),
                    1,
                )
            }
            Self::Jobs { .. } => (vec![(vec![self.beyond(0).ticks], 1)], DAY),
        }
    }

    /// Boot and scale-in beside what a plan sees.
    pub(crate) fn ramps(&self) -> i128 {
        match self {
            Self::Hourly(rows) => RAMP * rises(rows),
            Self::Jobs { .. } => 0,
        }
    }

    /// Ticks to an hour.
    pub(crate) fn ticks_to_an_hour(&self) -> i128 {
        match self {
            Self::Hourly(_) => 12,
            Self::Jobs { .. } => DAY / 24,
        }
    }

    /// Ticks to a calendar's turn: a week, or a day of jobs.
    pub(crate) fn ticks_to_a_turn(&self) -> i128 {
        match self {
            Self::Hourly(_) => 12 * 168,
            Self::Jobs { .. } => DAY,
        }
    }
}

fn burst_ticks(jobs: Jobs) -> i128 {
    times(jobs.runs, jobs.milliminutes + 20_000)
}
