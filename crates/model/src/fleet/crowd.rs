//! Services whose tasks stand on the same instances.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::search::{LegLevel, Volume};
use super::{Candidate, Division, Operator, Rounding, Rules};
use crate::load::{Pattern, Week};
use crate::packing::{self, Amounts, Kind};
use crate::platform::{Arch, Os};
use crate::prices::{InstanceType, PriceBook};
use crate::scenario::{FleetSettings, PackingOverhead, Service, Sizing};
use crate::strategy::Split;

/// Services that share a fleet, one at least, and how many tasks of each run when.
#[derive(Clone, Debug)]
pub struct Crowd<'a> {
    first: Rules<'a>,
    others: Vec<Rules<'a>>,
    /// Tasks of each service in each level of the shared week; empty where one stands alone,
    /// whose own pattern says it.
    levels: Vec<Vec<u32>>,
    /// What packing has come to, by type and tasks: purchases ask for the same again and again.
    packed: RefCell<BTreeMap<(usize, Vec<u64>), u64>>,
}

impl<'a> Crowd<'a> {
    /// One service alone.
    pub const fn alone(rules: Rules<'a>) -> Self {
        Self {
            first: rules,
            others: Vec::new(),
            levels: Vec::new(),
            packed: RefCell::new(BTreeMap::new()),
        }
    }

    /// Services that run together; `levels` says for each level of their common week how many
    /// tasks each has, and nothing of one alone. `None` where there is no service.
    pub fn of(mut rules: impl Iterator<Item = Rules<'a>>, levels: &[Vec<u32>]) -> Option<Self> {
        let first = rules.next()?;
        let others: Vec<Rules<'a>> = rules.collect();
        if others.is_empty() {
            return Some(Self::alone(first));
        }
        Some(Self {
            first,
            others,
            levels: levels.to_vec(),
            packed: RefCell::default(),
        })
    }

    /// Whether there is more than one of them.
    pub fn is_shared(&self) -> bool {
        !self.others.is_empty()
    }

    /// The rules of each service.
    pub fn members(&self) -> impl Iterator<Item = &Rules<'a>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The services.
    pub fn services(&self) -> impl Iterator<Item = &'a Service> {
        self.members().map(|rules| rules.service)
    }

    /// Who runs the instances.
    pub const fn operator(&self) -> Operator {
        self.first.operator
    }

    /// The operating system of the instances, which is that of every service.
    pub const fn os(&self) -> Os {
        self.first.service.os
    }

    /// Zones to spread over.
    pub const fn zones(&self) -> u8 {
        self.first.zones()
    }

    /// Managed scaling's target, percent.
    pub fn target_percent(&self) -> u64 {
        self.first.target_percent()
    }

    /// Instances that run for each one that packing needs.
    pub(crate) const fn packing(&self) -> PackingOverhead {
        self.first.packing()
    }

    /// How much of the fleet a commitment holds.
    pub const fn sizing(&self) -> Sizing {
        self.first.sizing()
    }

    /// The settings of the fleet.
    pub const fn settings(&self) -> &'a FleetSettings {
        self.first.settings
    }

    /// Instances that the fleet never falls below while `tasks` run (rule 12).
    pub fn floor(&self, tasks: u64) -> u64 {
        tasks.min(u64::from(self.settings().min_instances.get()))
    }

    /// The same services under another rounding of their strategies' weights.
    #[must_use]
    pub fn rounded(&self, rounding: Rounding) -> Self {
        Self {
            first: self.first.rounded(rounding),
            others: self
                .others
                .iter()
                .map(|rules| rules.rounded(rounding))
                .collect(),
            levels: self.levels.clone(),
            packed: self.packed.clone(),
        }
    }

    /// Tasks of each service in each level of their common week; empty where one stands alone.
    pub fn tasks_by_level(&self) -> &[Vec<u32>] {
        &self.levels
    }

    /// Tasks of each service in each level of a week.
    pub fn levels<'w>(&'w self, week: &'w Week) -> impl Iterator<Item = Vec<u64>> + 'w {
        week.levels
            .iter()
            .enumerate()
            .map(|(index, level)| match self.levels.get(index) {
                Some(tasks) => tasks.iter().map(|&tasks| tasks.into()).collect(),
                None => vec![level.tasks.into()],
            })
    }

    /// A level of a leg with these tasks of each service.
    pub fn level(&self, tasks: Vec<u64>, floor: u64) -> LegLevel {
        let shared = self.is_shared();
        LegLevel {
            tasks: tasks.iter().sum(),
            floor,
            volume: if shared {
                self.volume(&tasks)
            } else {
                Volume::default()
            },
            kinds: if shared { tasks } else { Vec::new() },
        }
    }

    fn volume(&self, tasks: &[u64]) -> Volume {
        let mut volume = Volume::default();
        for (rules, &tasks) in self.members().zip(tasks) {
            let [vcpu, memory, gpu, _] = rules.needs(&Amounts::default());
            let places = u64::from(!rules.single_task);
            for (sum, need) in volume.amounts.iter_mut().zip([vcpu, memory, gpu, places]) {
                *sum += need * tasks;
            }
            volume.alone += if rules.single_task { tasks } else { 0 };
        }
        volume
    }

    /// How each service's strategy splits its tasks.
    pub fn splits(&self, tasks: &[u64]) -> Vec<Split> {
        self.members()
            .zip(tasks)
            .map(|(rules, &tasks)| rules.split(u32::try_from(tasks).unwrap_or(u32::MAX)))
            .collect()
    }

    /// How the strategy of a service of jobs, which stands alone, splits one run.
    pub fn split_job(&self, tasks: u32) -> Split {
        self.first.split_job(tasks)
    }

    /// Whether the documented ratio leaves more than one split open.
    pub fn split_is_open(&self, pattern: &Pattern) -> bool {
        let open = |split: &Split| split.spot_least != split.spot_most;
        match pattern {
            Pattern::Hourly(week) => self
                .levels(week)
                .any(|tasks| self.splits(&tasks).iter().any(open)),
            Pattern::Jobs(jobs) => open(&self.split_job(jobs.tasks)),
        }
    }

    /// The types that may be chosen and hold at least one task of each service, in the order of
    /// the book.
    pub fn candidates(&self, book: &PriceBook, arch: Arch) -> Vec<Candidate> {
        let mut candidates = self.first.candidates(book, arch);
        if self.is_shared() {
            candidates.retain_mut(|candidate| {
                let Some(instance) = book.types.get(candidate.index) else {
                    return false;
                };
                let holds = |rules: &Rules<'_>| {
                    rules.may_choose(instance, arch) && rules.fit(instance).tasks > 0
                };
                candidate.capacity = self.capacity(instance);
                self.others.iter().all(holds)
            });
        }
        candidates
    }

    /// What becomes of the vCPU and of the memory of an instance.
    pub fn division(&self, instance: &InstanceType) -> [Division; 2] {
        self.first.division(instance)
    }

    /// What an instance of a type offers in each dimension.
    pub fn capacity(&self, instance: &InstanceType) -> Amounts {
        let room = self.first.room(instance);
        [
            room.vcpu_grains,
            room.memory_grains,
            super::gpu_capacity(instance),
            self.first
                .eni_limit(instance)
                .map_or(packing::UNLIMITED, u64::from),
        ]
    }

    /// Instances of a candidate that hold these tasks of each service, each spread evenly over
    /// zones and each zone packed by itself (rules 12 and 13).
    pub fn instances(&self, candidate: &Candidate, tasks: &[u64], zones: u8) -> u64 {
        let key = (candidate.index, tasks.to_vec());
        if let Some(known) = self.packed.borrow().get(&key) {
            return *known;
        }
        let instances = self.over_zones(candidate, tasks, zones, |capacity, kinds| {
            packing::first_fit_decreasing(capacity, kinds).instances()
        });
        self.packed.borrow_mut().insert(key, instances);
        instances
    }

    fn over_zones(
        &self,
        candidate: &Candidate,
        tasks: &[u64],
        zones: u8,
        count: impl Fn(&Amounts, &[Kind]) -> u64,
    ) -> u64 {
        let mut sum = 0;
        let mut known: Option<(Vec<Kind>, u64)> = None;
        for zone in 0..zones {
            let kinds = self.kinds(&candidate.capacity, tasks, zone, zones);
            // Zones differ by single tasks, and most do not differ at all.
            let counted = match &known {
                Some((of, counted)) if *of == kinds => *counted,
                _ => count(&candidate.capacity, &kinds),
            };
            sum += counted;
            known = Some((kinds, counted));
        }
        sum
    }

    /// The tasks of each service in one zone.
    pub fn kinds(&self, capacity: &Amounts, tasks: &[u64], zone: u8, zones: u8) -> Vec<Kind> {
        self.members()
            .zip(tasks)
            .map(|(rules, &tasks)| Kind {
                needs: rules.needs(capacity),
                tasks: in_zone(tasks, zone, zones),
            })
            .collect()
    }
}

/// Tasks of a service in one of the zones that it is spread over; the first zones take what
/// does not divide.
fn in_zone(tasks: u64, zone: u8, zones: u8) -> u64 {
    let zones = u64::from(zones).min(tasks).max(1);
    let zone = u64::from(zone);
    if zone >= zones {
        return 0;
    }
    tasks / zones + u64::from(zone < tasks % zones)
}

#[cfg(test)]
mod tests {
    use super::in_zone;

    #[test]
    fn zones_take_every_task_and_differ_by_one() {
        for tasks in 0..20 {
            for zones in 1..=6 {
                let each: Vec<u64> = (0..zones).map(|zone| in_zone(tasks, zone, zones)).collect();
                assert_eq!(each.iter().sum::<u64>(), tasks);
                let most = each.iter().max().unwrap_or(&0);
                assert!(each.iter().all(|tasks| *tasks == 0 || tasks + 1 >= *most));
            }
        }
        assert_eq!(in_zone(7, 0, 3), 3);
        assert_eq!(in_zone(7, 2, 3), 2);
    }
}
