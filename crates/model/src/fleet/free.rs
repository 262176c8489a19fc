//! Room in a cluster of EC2 instances that runs anyway (rule 37): tasks that fit there cost
//! nothing more.

use crate::needs::Need;
use crate::scenario::{Owned, Service};
use crate::units::{Gib, Vcpu};

/// Free vCPU and memory, as one pool; its instances are not known, nor their interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeRoom {
    vcpu: u64,
    memory: u64,
}

impl FreeRoom {
    /// The room that is entered.
    pub const fn of(owned: &Owned) -> Self {
        Self {
            vcpu: owned.free_vcpu.grains() as u64,
            memory: owned.free_memory.grains() as u64,
        }
    }

    /// How many tasks of a service find room there. A task that needs a GPU, another accelerator
    /// or an instance of its own finds none.
    pub fn tasks(self, service: &Service) -> u32 {
        let task = &service.task;
        let needs = service.needs;
        if task.gpu.is_some() || needs.has(Need::Neuron) || needs.has(Need::VmIsolation) {
            return 0;
        }
        let by = |room: u64, of_a_task: u32| room.checked_div(of_a_task.into());
        let tasks = by(self.vcpu, task.vcpu.grains()).zip(by(self.memory, task.memory.grains()));
        let tasks = tasks.map_or(0, |(by_vcpu, by_memory)| by_vcpu.min(by_memory));
        u32::try_from(tasks).unwrap_or(u32::MAX)
    }

    /// The room that is left once so many tasks stand in it.
    #[must_use]
    pub fn less(self, tasks: u32, vcpu: Vcpu, memory: Gib) -> Self {
        let taken = |of_a_task: u32| u64::from(tasks) * u64::from(of_a_task);
        Self {
            vcpu: self.vcpu.saturating_sub(taken(vcpu.grains())),
            memory: self.memory.saturating_sub(taken(memory.grains())),
        }
    }
}
