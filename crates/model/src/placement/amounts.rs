//! Amounts of what an instance offers, by dimension.

use rust_decimal::Decimal;

use crate::exact;
use crate::fleet::GPU_UNITS;
use crate::fleet::crowd::Crowd;
use crate::packing::{Amounts, UNLIMITED};
use crate::prices::InstanceType;
use crate::units::GRAINS;

/// So much of each dimension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// vCPU.
    pub vcpu: Decimal,
    /// Memory in GiB.
    pub memory_gib: Decimal,
    /// GPUs, in parts of one where tasks take parts.
    pub gpus: Decimal,
    /// Network interfaces for tasks; `None` where nothing limits them.
    pub places: Option<u64>,
}

impl Amount {
    /// What is left of an instance in the units of a packing, where so many tasks stand on it.
    pub(super) fn left(left: &Amounts, capacity: &Amounts, tasks: u64) -> Self {
        let [vcpu, memory, gpu, _] = *left;
        let [.., places] = *capacity;
        Self {
            vcpu: of_grains(vcpu.into()),
            memory_gib: of_grains(memory.into()),
            gpus: of_gpu_units(gpu.into()),
            // A task that has an instance to itself takes one interface, and no other task may
            // take the rest.
            places: (places != UNLIMITED).then(|| places.saturating_sub(tasks)),
        }
    }
}

/// What becomes of what instances offer in one dimension. What is offered, together with what is
/// overcommitted, is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// What the type advertises.
    pub offered: Decimal,
    /// What tasks are promised beyond that.
    pub overcommitted: Decimal,
    /// What the system and the agent keep.
    pub reserved: Decimal,
    /// What daemons take.
    pub daemons: Decimal,
    /// What tasks ask for.
    pub tasks: Decimal,
    /// What is left over.
    pub idle: Decimal,
}

impl Use {
    /// Of what is offered, the share that nobody asks for; zero where nothing is offered.
    pub fn idle_share(&self) -> Decimal {
        self.idle
            .checked_div(exact::sum(self.offered, self.overcommitted))
            .unwrap_or(Decimal::ZERO)
    }

    /// So many instances of this, on which tasks ask for `tasks`.
    fn times(self, instances: Decimal, tasks: Decimal) -> Self {
        let all = |one: Decimal| exact::product(one, instances).unwrap_or(Decimal::MAX);
        let room = all(self.idle);
        Self {
            offered: all(self.offered),
            overcommitted: all(self.overcommitted),
            reserved: all(self.reserved),
            daemons: all(self.daemons),
            tasks,
            idle: exact::difference(room, tasks),
        }
    }
}

/// What becomes of what instances offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// vCPU.
    pub vcpu: Use,
    /// Memory in GiB.
    pub memory_gib: Use,
    /// GPUs.
    pub gpus: Use,
    /// Network interfaces for tasks, of which system and daemons take none; `None` where nothing
    /// limits them.
    pub places: Option<Use>,
}

impl Uses {
    /// Of one instance on which no task stands yet.
    pub(super) fn of_one(crowd: &Crowd<'_>, instance: &InstanceType) -> Self {
        let [_, _, gpus, places] = crowd.capacity(instance);
        let [vcpu, memory_gib] = crowd.division(instance).map(|division| Use {
            offered: of_grains(division.offered.into()),
            overcommitted: of_grains(division.overcommitted.into()),
            reserved: of_grains(division.reserved.into()),
            daemons: of_grains(division.daemons.into()),
            tasks: Decimal::ZERO,
            idle: of_grains(division.room().into()),
        });
        let all_free = |offered: Decimal| Use {
            offered,
            idle: offered,
            ..Use::default()
        };
        Self {
            vcpu,
            memory_gib,
            gpus: all_free(of_gpu_units(gpus.into())),
            places: (places != UNLIMITED).then(|| all_free(places.into())),
        }
    }

    /// So many instances of this with these tasks on them, of each service.
    pub(super) fn times(&self, crowd: &Crowd<'_>, instances: u64, tasks: &[u64]) -> Self {
        let mut asked = [0_u128; 3];
        for (rules, &tasks) in crowd.members().zip(tasks) {
            let needs = rules.needs(&Amounts::default());
            for (sum, need) in asked.iter_mut().zip(needs) {
                *sum += u128::from(need) * u128::from(tasks);
            }
        }
        let [vcpu, memory, gpus] = asked;
        let instances = Decimal::from(instances);
        let standing = Decimal::from(tasks.iter().sum::<u64>());
        Self {
            vcpu: self.vcpu.times(instances, of_grains(vcpu)),
            memory_gib: self.memory_gib.times(instances, of_grains(memory)),
            gpus: self.gpus.times(instances, of_gpu_units(gpus)),
            places: self.places.map(|each| each.times(instances, standing)),
        }
    }
}

/// vCPU or GiB of so many grains.
fn of_grains(grains: u128) -> Decimal {
    whole(grains) / Decimal::from(GRAINS)
}

fn of_gpu_units(units: u128) -> Decimal {
    whole(units) / Decimal::from(GPU_UNITS)
}

/// A count as a decimal; sums of a fleet are far from the largest.
fn whole(count: u128) -> Decimal {
    let count = i128::try_from(count).unwrap_or(i128::MAX);
    Decimal::try_from_i128_with_scale(count, 0).unwrap_or(Decimal::MAX)
}
