//! The legal task sizes of Fargate.
//!
//! Source: ECS developer guide, "Fargate task definition differences"; the 32 vCPU row since
//! 2026-06-05. 77 pairs on Linux, 43 on Windows.

use crate::platform::Os;
use crate::units::{Gib, Vcpu};

/// A legal pair of CPU and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size {
    cpu_units: u32,
    memory_mib: u32,
}

impl Size {
    /// The size, or `None` where `os` has no such pair.
    pub fn new(os: Os, cpu_units: u32, memory_mib: u32) -> Option<Self> {
        let size = Self {
            cpu_units,
            memory_mib,
        };
        all(os).find(|&legal| legal == size)
    }

    /// In units of 1/1024 vCPU.
    pub const fn cpu_units(self) -> u32 {
        self.cpu_units
    }

    /// In MiB.
    pub const fn memory_mib(self) -> u32 {
        self.memory_mib
    }

    /// Virtual processors.
    pub fn vcpu(self) -> Vcpu {
        Vcpu::from_cpu_units(self.cpu_units).unwrap_or_default()
    }

    /// Memory.
    pub fn memory(self) -> Gib {
        Gib::from_mib(self.memory_mib).unwrap_or_default()
    }
}

/// One row of the table: CPU units, and memory in MiB from, to, and step.
struct Row {
    cpu_units: u32,
    memory: Memory,
    windows: bool,
}

enum Memory {
    Listed(&'static [u32]),
    Stepped { from: u32, to: u32, step: u32 },
}

impl Memory {
    /// The nth memory of the row.
    fn get(&self, n: u32) -> Option<u32> {
        match *self {
            Self::Listed(list) => list.get(usize::try_from(n).ok()?).copied(),
            Self::Stepped { from, to, step } => {
                let memory = from + n * step;
                (memory <= to).then_some(memory)
            }
        }
    }
}

const fn gib(from: u32, to: u32, step: u32) -> Memory {
    Memory::Stepped {
        from: from * 1024,
        to: to * 1024,
        step: step * 1024,
    }
}

const TABLE: [Row; 8] = [
    Row {
        cpu_units: 256,
        memory: Memory::Listed(&[512, 1024, 2048]),
        windows: false,
    },
    Row {
        cpu_units: 512,
        memory: gib(1, 4, 1),
        windows: false,
    },
    Row {
        cpu_units: 1024,
        memory: gib(2, 8, 1),
        windows: true,
    },
    Row {
        cpu_units: 2048,
        memory: gib(4, 16, 1),
        windows: true,
    },
    Row {
        cpu_units: 4096,
        memory: gib(8, 30, 1),
        windows: true,
    },
    Row {
        cpu_units: 8192,
        memory: gib(16, 60, 4),
        windows: false,
    },
    Row {
        cpu_units: 16_384,
        memory: gib(32, 120, 8),
        windows: false,
    },
    Row {
        cpu_units: 32_768,
        memory: Memory::Listed(&[61_440, 122_880, 249_856]),
        windows: false,
    },
];

/// Every legal size of a system, smallest CPU first, then smallest memory.
pub fn all(os: Os) -> impl Iterator<Item = Size> {
    TABLE
        .iter()
        .filter(move |row| row.windows || os == Os::Linux)
        .flat_map(|row| {
            (0..)
                .map_while(|n| row.memory.get(n))
                .map(|memory_mib| Size {
                    cpu_units: row.cpu_units,
                    memory_mib,
                })
        })
}

/// The legal sizes that hold a task.
pub fn that_hold(os: Os, vcpu: Vcpu, memory: Gib) -> impl Iterator<Item = Size> {
    all(os).filter(move |size| size.vcpu() >= vcpu && size.memory() >= memory)
}

/// Of the sizes that hold a task, those with the least memory of each vCPU. The cheapest is among
/// them, because memory has a price of its own that is not below zero.
pub fn tightest(os: Os, vcpu: Vcpu, memory: Gib) -> impl Iterator<Item = Size> {
    let mut before = None;
    that_hold(os, vcpu, memory)
        .filter(move |size| before.replace(size.cpu_units) != Some(size.cpu_units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tightest_sizes_are_the_first_of_each_vcpu() {
        let of = |vcpu: &str, memory: &str| -> Vec<(u32, u32)> {
            let (vcpu, memory) = (Vcpu::parse(vcpu).unwrap(), Gib::parse(memory).unwrap());
            tightest(Os::Linux, vcpu, memory)
                .map(|size| (size.cpu_units(), size.memory_mib() / 1024))
                .collect()
        };
        assert_eq!(
            of("0.5", "3.5"),
            [
                (512, 4),
                (1024, 4),
                (2048, 4),
                (4096, 8),
                (8192, 16),
                (16_384, 32),
                (32_768, 60)
            ]
        );
        assert_eq!(of("9", "121"), [(32_768, 244)]);
        assert_eq!(of("33", "1"), []);
    }

    #[test]
    fn linux_has_77_pairs_and_windows_43() {
        assert_eq!(all(Os::Linux).count(), 77);
        assert_eq!(all(Os::Windows).count(), 43);
    }

    #[test]
    fn the_largest_row_is_a_list_and_not_a_range() {
        let largest: Vec<_> = all(Os::Linux)
            .filter(|size| size.cpu_units() == 32_768)
            .collect();
        let gib: Vec<_> = largest
            .iter()
            .map(|size| size.memory_mib() / 1024)
            .collect();
        assert_eq!(gib, [60, 120, 244]);
        assert_eq!(Size::new(Os::Linux, 32_768, 131_072), None);
    }

    #[test]
    fn eight_vcpu_step_by_four_gib() {
        assert!(Size::new(Os::Linux, 8192, 20 * 1024).is_some());
        assert_eq!(Size::new(Os::Linux, 8192, 18 * 1024), None);
        assert_eq!(Size::new(Os::Windows, 8192, 20 * 1024), None);
    }
}
