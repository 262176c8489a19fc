//! Cells of what classes can do, for this service.

use super::{Live, View, has_spot, on_fargate, place, scored, text};
use crate::eligibility::Class;
use crate::fargate::{INCLUDED_EPHEMERAL_GIB, MAX_EPHEMERAL_GIB, sizes};
use crate::fleet::{Dimension, Operator, Rules};
use crate::needs::Need;
use crate::option::Place;
use crate::platform::Os;
use crate::report::Capacity;
use crate::scenario::{Load, NetworkMode};
use crate::units::{GRAINS, Gib};
use crate::words;

/// Largest image for which a SOCI index does not help, in MiB.
const SMALL_IMAGE_MIB: u32 = 250;

/// Most vCPU of a task on EC2: 196,608 CPU units.
const MOST_VCPU: u64 = 192;

/// Runs of jobs that are at least this many times shorter than the 14 days after which hosts are
/// replaced are not disturbed by that.
const SHORTER: u32 = 2;

/// Fourteen days in thousandths of a minute.
const FOURTEEN_DAYS: u32 = 14 * 24 * 60 * 1_000;

impl View<'_> {
    /// How a task starts: by the image where its size is known, and by the room on warm hosts.
    pub(super) fn start(&self, class: Class) -> Option<Live> {
        if on_fargate(class) {
            let image = self.service.traffic.image;
            if image == Gib::ZERO {
                return None;
            }
            let small = Gib::from_mib(SMALL_IMAGE_MIB).is_some_and(|limit| image <= limit);
            let (soci, best) = if small {
                ("", 3)
            } else {
                (
                    "; a SOCI index helps",
                    if image <= Gib::whole(2) { 2 } else { 1 },
                )
            };
            let (waits, less) = match class {
                Class::FargateSpot => ("; it may wait for capacity", 1),
                _ => ("", 0),
            };
            return scored(
                format!("a new machine, then a pull of {image} GiB{soci}{waits}"),
                best - less,
            );
        }
        let (_, priced) = self.best(class)?;
        let Capacity::Fleet(fleet) = &priced.capacity else {
            return None;
        };
        // Runs of jobs bring their hosts with them.
        if matches!(self.service.load, Load::Jobs { .. }) {
            return None;
        }
        let room = fleet.legs.iter().map(|leg| {
            let first = leg.types.first();
            let places = first.map_or(0, |one| u64::from(one.fit.tasks) * one.instances);
            places.saturating_sub(leg.tasks)
        });
        let room: u64 = room.sum();
        let less = u8::from(has_spot(class));
        if room == 0 {
            return scored(
                "at the peak each new task waits minutes for a new host",
                2 - less,
            );
        }
        let tasks = words::counted(room, "more task", "more tasks");
        scored(
            format!("at the peak {tasks} at once on warm hosts, then minutes for a new host"),
            4 - less,
        )
    }

    pub(super) fn isolation(&self, class: Class) -> Option<Live> {
        if !self.service.needs.has(Need::VmIsolation) {
            return None;
        }
        match place(class) {
            Place::Fargate => None,
            Place::Ec2 => scored("one task to an instance, as you need it", 4),
            Place::ManagedInstances => scored("single-task mode, as you need it", 4),
        }
    }

    pub(super) fn longest_run(&self, class: Class) -> Option<Live> {
        if has_spot(class) {
            let strategy = self.service.spot?;
            let share = strategy.spot_percent();
            let base = strategy.base();
            let kept = if base > 0 {
                let tasks = words::counted(base.into(), "task", "tasks");
                format!("; {tasks} first on on-demand")
            } else {
                String::new()
            };
            let band = self.interruption(class).unwrap_or_default();
            return scored(
                format!("{share} % of tasks can end at two minutes' notice{kept}{band}"),
                u8::from(share < 100 || base > 0),
            );
        }
        let Load::Jobs { minutes, .. } = &self.service.load else {
            return None;
        };
        let is_short = minutes.get().saturating_mul(SHORTER) <= FOURTEEN_DAYS;
        if class == Class::Ec2 || !is_short {
            return None;
        }
        let length = crate::inputs::minutes(&self.service.load);
        scored(
            format!("runs of {length} minutes end before hosts are replaced"),
            4,
        )
    }

    /// How often the type of a class's Spot leg was interrupted.
    fn interruption(&self, class: Class) -> Option<String> {
        let (_, priced) = self.best(class)?;
        let Capacity::Fleet(fleet) = &priced.capacity else {
            return None;
        };
        let leg = fleet.legs.iter().find(|leg| leg.spot)?;
        let index = leg.types.first()?.index;
        let band = self.book.advice(self.service.os, index)?.interruption;
        let name = &self.book.types.get(index)?.name;
        Some(format!(
            "; {name} was taken back in {} of cases within a month",
            words::interruption(band)
        ))
    }

    pub(super) fn scale_to_zero(&self, class: Class) -> Option<Live> {
        let floor = u64::from(self.scenario.fleet.min_instances.get());
        // A fleet never falls below its floor while its service runs; jobs have none (rule 12).
        let has_floor = floor > 0 && !matches!(self.service.load, Load::Jobs { .. });
        if on_fargate(class) || !has_floor {
            return None;
        }
        let floor = floor.min(self.service.load.tasks().get().into());
        let instances = words::counted(floor, "instance", "instances");
        let stay = if floor == 1 { "stays" } else { "stay" };
        match place(class) {
            Place::Ec2 => text(format!(
                "the group empties within minutes; while a task runs, {instances} {stay}"
            )),
            _ => text(format!(
                "idle instances are removed; while a task runs, {instances} {stay}"
            )),
        }
    }

    pub(super) fn accelerators(&self, class: Class) -> Option<Live> {
        let asked = self.service.task.gpu.is_some() || self.service.needs.has(Need::Neuron);
        if !asked || on_fargate(class) {
            return None;
        }
        let (instance, _, instances) = self.first_type(class)?;
        text(format!("{} × {}", words::count(instances), instance.name))
    }

    pub(super) fn types(&self, class: Class) -> Option<Live> {
        let (_, priced) = self.best(class)?;
        match &priced.capacity {
            Capacity::Fargate(used) => text(format!(
                "billed as {} vCPU and {} GiB, one of {} pairs",
                used.size.vcpu(),
                used.size.memory(),
                sizes::all(self.service.os).count()
            )),
            Capacity::Fleet(fleet) => scored(
                format!(
                    "cheapest of {} with a price, {} that fit",
                    words::counted(fleet.priced as u64, "type", "types"),
                    words::count(fleet.candidates as u64)
                ),
                match fleet.candidates {
                    0 | 1 => 1,
                    2..=4 => 2,
                    5..=19 => 3,
                    _ => 4,
                },
            ),
            Capacity::Cluster(_) => None,
        }
    }

    /// The largest task that a class can hold, against what this one asks for.
    pub(super) fn largest_task(&self, class: Class) -> Option<Live> {
        let task = &self.service.task;
        let (asked_vcpu, asked_memory) = (task.vcpu.grains(), task.memory.grains());
        let windows = self.service.os == Os::Windows;
        if windows && !matches!(class, Class::Fargate | Class::Ec2 | Class::Ec2Spot) {
            return scored("none for Windows containers", 0);
        }
        let (vcpu, memory) = if on_fargate(class) {
            let largest = sizes::all(self.service.os).last()?;
            let (vcpu, memory) = self.scenario.fleet.sidecars();
            (
                u64::from(largest.vcpu().grains().saturating_sub(vcpu.grains())),
                u64::from(largest.memory().grains().saturating_sub(memory.grains())),
            )
        } else {
            let most = MOST_VCPU * u64::from(GRAINS);
            let rooms = self
                .choosable(class)
                .map(|(instance, rules)| rules.room(instance));
            let rooms = rooms.map(|room| (room.vcpu_grains.min(most), room.memory_grains));
            // Of the types that hold a task, the one with the most room to grow.
            rooms.max_by_key(|&(vcpu, memory)| {
                (
                    growth(vcpu, asked_vcpu).min(growth(memory, asked_memory)),
                    vcpu,
                    memory,
                )
            })?
        };
        let growth = growth(vcpu, asked_vcpu).min(growth(memory, asked_memory));
        let whole = |grains: u64| words::count(grains / u64::from(GRAINS));
        let unsaid = if class == Class::FargateSpot {
            ", though no source says so of Spot"
        } else {
            ""
        };
        scored(
            format!(
                "up to {} vCPU and {} GiB{unsaid}",
                whole(vcpu),
                whole(memory)
            ),
            match growth {
                0..100 => 0,
                100..150 => 1,
                150..200 => 2,
                200..400 => 3,
                _ => 4,
            },
        )
    }

    pub(super) fn density(&self, class: Class) -> Option<Live> {
        let (instance, fit, _) = self.first_type(class)?;
        let bound = match fit.bound {
            Dimension::Vcpu => "bound by vCPU",
            Dimension::Memory => "bound by memory",
            Dimension::Gpu => "bound by GPUs",
            Dimension::Eni => "bound by network interfaces",
            Dimension::Isolation => "by requirement",
        };
        let tasks = words::counted(fit.tasks.into(), "task", "tasks");
        text(format!("{tasks} on {}, {bound}", instance.name))
    }

    pub(super) fn daemons(&self, class: Class) -> Option<Live> {
        let daemons = &self.scenario.fleet.daemons;
        if daemons.is_empty() {
            return None;
        }
        let carried = daemons.iter().filter(|one| one.sidecar_on_fargate).count();
        let counted = |count: usize, one, many| words::counted(count as u64, one, many);
        match place(class) {
            Place::Fargate if carried == 0 => None,
            Place::Fargate => text(format!(
                "{} in every task instead",
                counted(carried, "sidecar", "sidecars")
            )),
            Place::Ec2 => text(format!(
                "{} on every instance, as DAEMON services",
                counted(daemons.len(), "daemon", "daemons")
            )),
            Place::ManagedInstances => text(format!(
                "{} on every instance, as Managed Daemons",
                counted(daemons.len(), "daemon", "daemons")
            )),
        }
    }

    pub(super) fn network_modes(&self, class: Class) -> Option<Live> {
        let set = self.scenario.fleet.network;
        match (place(class), set) {
            (Place::Ec2, _) => text(format!("awsvpc, bridge, host or none; here {}", set.id())),
            (Place::ManagedInstances, NetworkMode::Host) => text("awsvpc or host; here host"),
            (Place::ManagedInstances, NetworkMode::Bridge) => {
                text("awsvpc or host; here awsvpc in place of bridge")
            }
            _ => None,
        }
    }

    pub(super) fn interfaces(&self, class: Class) -> Option<Live> {
        let (instance, fit, _) = self.first_type(class)?;
        let operator = Operator::of(place(class));
        let rules = Rules::new(operator, &self.scenario.fleet, self.service);
        let Some(limit) = rules.eni_limit(instance) else {
            let mode = self.scenario.fleet.network.id();
            return scored(format!("none needed in {mode} mode"), 4);
        };
        let least = instance.eni.without_trunking;
        let tasks = words::counted(limit.into(), "task", "tasks");
        let trunking = if limit > u32::from(least) {
            format!(" with trunking, {least} without")
        } else {
            " without trunking".to_owned()
        };
        let (bound, score) = if fit.bound == Dimension::Eni {
            ("; they run out first", 1)
        } else {
            ("", 3)
        };
        scored(
            format!("for {tasks} to each {}{trunking}{bound}", instance.name),
            score,
        )
    }

    pub(super) fn local_disk(&self, class: Class) -> Option<Live> {
        let asked = self.service.task.ephemeral.get();
        if !on_fargate(class) || asked <= INCLUDED_EPHEMERAL_GIB {
            return None;
        }
        if asked <= MAX_EPHEMERAL_GIB {
            let billed = asked - INCLUDED_EPHEMERAL_GIB;
            return text(format!(
                "{asked} of at most {MAX_EPHEMERAL_GIB} GiB, {billed} of them billed"
            ));
        }
        match self.service.os {
            Os::Linux => scored(
                format!("beyond {INCLUDED_EPHEMERAL_GIB} GiB an EBS volume with each task"),
                1,
            ),
            Os::Windows => scored(
                format!("at most {MAX_EPHEMERAL_GIB} GiB, too little here"),
                0,
            ),
        }
    }

    pub(super) fn windows(&self, class: Class) -> Option<Live> {
        let small = self.service.os == Os::Windows && class == Class::Fargate;
        small
            .then(|| {
                let largest = sizes::all(Os::Windows).last()?;
                scored(
                    format!(
                        "2019 and 2022, 1 to {} vCPU and up to {} GiB",
                        largest.vcpu(),
                        largest.memory()
                    ),
                    2,
                )
            })
            .flatten()
    }

    pub(super) fn arm(&self) -> Option<Live> {
        match self.service.os {
            Os::Linux => None,
            Os::Windows => scored("not for Windows containers", 0),
        }
    }
}

/// How much of what is asked for there is, percent.
fn growth(there: u64, asked: u32) -> u64 {
    (there * 100).checked_div(asked.into()).unwrap_or(u64::MAX)
}
