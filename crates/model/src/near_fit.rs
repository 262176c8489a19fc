//! Near fits: a study of task sizes just below the asked one at which a place costs clearly less
//! (rule 34).
//!
//! A task misses a cheaper size where a little less of it would let an instance hold one task
//! more, or let Fargate bill the next smaller pair. Candidate sizes are found by arithmetic and
//! put in the order of a rough estimate; then the most promising are evaluated like any scenario.

use std::cmp::Reverse;

use crate::fargate::{Rates, Size, sizes};
use crate::fleet::credits::UNITS_PER_VCPU;
use crate::fleet::crowd::Crowd;
use crate::fleet::search::whole_leg;
use crate::fleet::{Candidate, Operator, Rules};
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place};
use crate::order;
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::purchase::PriceKind;
use crate::report::{ServiceAnswer, evaluate_contenders};
use crate::scenario::{Scenario, Service};
use crate::units::{GRAINS_PER_1024TH, Gib, Vcpu};

pub use crate::curve::Progress;

/// The largest cut of a task's vCPU, and of its memory, that is still "a little less", percent
/// (an assumption: what a team can hope to trim without rewriting the service).
pub const MOST_CUT_PERCENT: u32 = 15;

/// The least saving that is worth a sentence, percent of what the place costs at the asked size
/// (an assumption; the same as a lead that can be told apart, rule 4).
pub const LEAST_SAVING_PERCENT: u32 = 5;

/// Most sizes that are evaluated for the sake of one place.
pub const MOST_SIZES_A_PLACE: usize = 8;

/// What a person writes of vCPU, in 1/1024: below so much, multiples of so much. From the last on,
/// whole ones.
const VCPU_STEPS: [(u32, u32); 2] = [(4 * 1024, 256), (8 * 1024, 512)];

/// The same of GiB. Below two the steps are halves of the one above: a quarter of a GiB would be
/// more than a little of them, and 896 MiB is written often enough.
const MEMORY_STEPS: [(u32, u32); 4] = [
    (1024, 64),
    (2 * 1024, 128),
    (4 * 1024, 256),
    (16 * 1024, 512),
];

/// A task size in grains of vCPU and of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Grains {
    vcpu: u32,
    memory: u32,
}

/// A smaller size at which a place costs clearly less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The place's cheapest option that may win, at the asked size.
    pub before: OptionId,
    /// The same at the smaller size.
    pub after: OptionId,
    /// The asked size.
    pub asked: (Vcpu, Gib),
    /// The smaller size's vCPU.
    pub vcpu: Vcpu,
    /// The smaller size's memory.
    pub memory: Gib,
    /// What the place then costs less, in US dollars a month.
    pub saving: Usd,
}

/// A size that waits to be evaluated, and what it is hoped to leave of a place's cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hope {
    place: Place,
    vcpu: Vcpu,
    memory: Gib,
    /// Estimated cost at this size, in millionths of the estimated cost at the asked one.
    left: u128,
}

impl Hope {
    /// Whether this size asks for at least as much as another, and is hoped to cost no more in
    /// the same place.
    fn dominates(&self, other: &Self) -> bool {
        self.place == other.place
            && self.vcpu >= other.vcpu
            && self.memory >= other.memory
            && self.left <= other.left
    }
}

/// What a place costs at the asked size.
#[derive(Clone, Copy, Debug)]
struct Before {
    option: OptionId,
    total: Usd,
}

/// The study. [`Self::step`] it until it is done; what it has found can be shown at any time.
#[derive(Clone, Debug)]
pub struct NearFit {
    scenario: Scenario,
    service: usize,
    /// One for each of [`Place::ALL`].
    before: Vec<Option<Before>>,
    /// The last of the list is evaluated first.
    waiting: Vec<Hope>,
    found: Vec<Found>,
}

impl NearFit {
    /// A study of a scenario's service, whose answer is known, from a book that the scenario's
    /// own figures are in already.
    pub fn new(
        scenario: &Scenario,
        service: usize,
        answer: &ServiceAnswer,
        book: &PriceBook,
    ) -> Self {
        let before = Place::ALL.iter().map(|&place| {
            let (option, priced) = answer.cheapest(|option| option.place == place)?;
            let total = priced.total;
            Some(Before { option, total })
        });
        let before: Vec<Option<Before>> = before.collect();
        let asked = scenario.services.nearest(service);
        let runs_in = |place: Place| {
            let mut known = before.iter().flatten();
            known.any(|before| before.option.place == place)
        };
        let mut hopes = Hopes::default();
        for &arch in Arch::ALL.iter().filter(|&&arch| asked.arch.allows(arch)) {
            let pattern = Pattern::of_service(scenario, asked, arch);
            for (place, operator) in [
                (Place::Ec2, Operator::Own),
                (Place::ManagedInstances, Operator::Managed),
            ] {
                if runs_in(place) {
                    hopes.of_fleet((scenario, asked), book, &pattern, (place, operator, arch));
                }
            }
            if runs_in(Place::Fargate) {
                hopes.of_fargate(scenario, asked, book, arch);
            }
        }
        Self {
            scenario: scenario.clone(),
            service,
            before,
            waiting: hopes.last_first(),
            found: Vec::new(),
        }
    }

    /// Whether everything has been evaluated.
    pub const fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The best smaller size of each place where there is one, in the order of [`Place::ALL`].
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Evaluates at most `budget` sizes, from a book that the scenario's own figures are in already.
    pub fn step(&mut self, book: &PriceBook, budget: usize) -> Progress {
        for _ in 0..budget {
            let Some(hope) = self.waiting.pop() else {
                return Progress::Done;
            };
            self.evaluate(book, hope);
        }
        if self.is_done() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    fn evaluate(&mut self, book: &PriceBook, hope: Hope) {
        let present = self.scenario.services.nearest(self.service);
        let asked = (present.task.vcpu, present.task.memory);
        let service = resized(present, hope.vcpu, hope.memory);
        let answer = evaluate_contenders(&self.scenario, &service, book);
        for (&place, before) in Place::ALL.iter().zip(&self.before) {
            let after = answer.cheapest(|option| option.place == place);
            let (Some(before), Some((after, priced))) = (before, after) else {
                continue;
            };
            let found = Found {
                place,
                before: before.option,
                after,
                asked,
                vcpu: hope.vcpu,
                memory: hope.memory,
                saving: before.total - priced.total,
            };
            if found.is_worth_saying(before.total) {
                keep_better(&mut self.found, found);
            }
        }
    }
}

impl Found {
    /// Whether the saving is a twentieth of the cost, and a larger share of it than what the task
    /// gives up: one that asks for a tenth less and costs a tenth less misses no size.
    fn is_worth_saying(&self, before: Usd) -> bool {
        let vcpu = cut_share(self.asked.0.grains(), self.vcpu.grains());
        let memory = cut_share(self.asked.1.grains(), self.memory.grains());
        let least = vcpu.max(memory).max(LEAST_SAVING_PERCENT * 10_000);
        self.saving.scaled(1_000_000.into()) >= before.scaled(least.into())
    }
}

/// What a cut takes of a quantity, in millionths of it, rounded up.
fn cut_share(asked: u32, smaller: u32) -> u32 {
    let cut = u64::from(asked.saturating_sub(smaller)) * 1_000_000;
    let share = cut.div_ceil(u64::from(asked).max(1));
    u32::try_from(share).unwrap_or(u32::MAX)
}

/// Keeps the found size that saves more in its place; of equal ones the larger.
fn keep_better(found: &mut Vec<Found>, new: Found) {
    let rank = |found: &Found| {
        let saving = found.saving.rounded_to_millionths();
        (saving, found.vcpu, found.memory)
    };
    let known = found.iter_mut().find(|known| known.place == new.place);
    match known {
        Some(known) if rank(known) < rank(&new) => *known = new,
        Some(_) => {}
        None => {
            let at = found.partition_point(|known| (known.place as u8) < new.place as u8);
            found.insert(at, new);
        }
    }
}

/// A service whose tasks ask for another size.
fn resized(service: &Service, vcpu: Vcpu, memory: Gib) -> Service {
    let mut service = service.clone();
    service.task.vcpu = vcpu;
    service.task.memory = memory;
    service
}

/// Sizes to look at.
#[derive(Default)]
struct Hopes(Vec<Hope>);

impl Hopes {
    /// For each type that may be chosen: the largest size of which it holds one task more.
    fn of_fleet(
        &mut self,
        (scenario, service): (&Scenario, &Service),
        book: &PriceBook,
        pattern: &Pattern,
        (place, operator, arch): (Place, Operator, Arch),
    ) {
        let rules = Rules::new(operator, &scenario.fleet, service);
        let Some(list) = book.ec2_column(service.os, PriceKind::OnDemand) else {
            return;
        };
        let crowd = Crowd::alone(rules);
        let leg = whole_leg(pattern, &crowd);
        let cost = |candidate: Candidate| -> Option<u128> {
            let rate = list.quote(candidate.index)?.rate.ten_billionths();
            let counts: Vec<u64> = leg.running(&candidate).collect();
            let hours = u128::from(leg.milliminutes(&counts, 0)).saturating_mul(rate.into());
            let credits = candidate.credits.map_or(0, |credits| {
                let rate = u128::from(credits.price.rate.ten_billionths());
                leg.surplus(credits, &counts).saturating_mul(rate) / UNITS_PER_VCPU
            });
            Some(hours.saturating_add(credits))
        };
        let types = || {
            let types = book.types.iter().enumerate();
            types.filter(|(_, instance)| rules.may_choose(instance, arch))
        };
        let present = types()
            .map(|(index, instance)| rules.candidate(index, instance))
            .filter(|candidate| candidate.fit.tasks > 0)
            .filter_map(cost)
            .min();
        let Some(present) = present else {
            return;
        };
        for (index, instance) in types() {
            let Some(tasks) = rules.fit(instance).tasks.checked_add(1) else {
                continue;
            };
            let room = rules.room(instance);
            let most = |room: u64| {
                let each = room.checked_div(u64::from(tasks)).unwrap_or(0);
                u32::try_from(each).unwrap_or(u32::MAX)
            };
            let most = Grains {
                vcpu: most(room.vcpu_grains),
                memory: most(room.memory_grains),
            };
            let Some((vcpu, memory)) = smaller(service, most) else {
                continue;
            };
            // GPUs, network interfaces or isolation may hold it back all the same.
            let service = resized(service, vcpu, memory);
            let rules = Rules::new(operator, &scenario.fleet, &service);
            let candidate = rules.candidate(index, instance);
            if candidate.fit.tasks < tasks {
                continue;
            }
            if let Some(cost) = cost(candidate) {
                self.add(place, (vcpu, memory), cost, present);
            }
        }
    }

    /// The legal sizes of Fargate that hold a little less than the task, sidecars included.
    fn of_fargate(&mut self, scenario: &Scenario, service: &Service, book: &PriceBook, arch: Arch) {
        // Storage costs the same at every size.
        let rates = Rates::of(book, service.os, arch, PriceKind::OnDemand, false);
        let Ok(rates) = rates else {
            return;
        };
        let cost = |size: Size| {
            let hour = rates.task_hour(size).scaled(1_000_000_000.into());
            u128::try_from(hour.decimal().trunc().mantissa()).unwrap_or(0)
        };
        let sidecars = scenario.fleet.sidecars();
        let with_sidecars = (
            service.task.vcpu.plus(sidecars.0),
            service.task.memory.plus(sidecars.1),
        );
        let hold = sizes::that_hold(service.os, with_sidecars.0, with_sidecars.1);
        let Some(present) = hold.map(cost).min() else {
            return;
        };
        for size in sizes::all(service.os) {
            let most = Grains {
                vcpu: size.vcpu().grains().saturating_sub(sidecars.0.grains()),
                memory: size.memory().grains().saturating_sub(sidecars.1.grains()),
            };
            if let Some(smaller) = smaller(service, most) {
                self.add(Place::Fargate, smaller, cost(size), present);
            }
        }
    }

    fn add(&mut self, place: Place, (vcpu, memory): (Vcpu, Gib), cost: u128, present: u128) {
        let left = cost
            .saturating_mul(1_000_000)
            .checked_div(present)
            .unwrap_or(u128::MAX);
        // What is not hoped to save enough is not looked at.
        if left > 1_000_000 - u128::from(LEAST_SAVING_PERCENT) * 10_000 {
            return;
        }
        let new = Hope {
            place,
            vcpu,
            memory,
            left,
        };
        if !self.0.iter().any(|known| known.dominates(&new)) {
            self.0.retain(|known| !new.dominates(known));
            self.0.push(new);
        }
    }

    /// The most promising sizes of each place, the best of all last, and none twice.
    fn last_first(self) -> Vec<Hope> {
        let key = |hope: &Hope| (hope.left, Reverse(hope.vcpu), Reverse(hope.memory));
        let mut kept: Vec<Hope> = Vec::new();
        for hope in order::by_key(&self.0, key) {
            let of_place = kept.iter().filter(|known| known.place == hope.place);
            let is_known = |known: &Hope| (known.vcpu, known.memory) == (hope.vcpu, hope.memory);
            if of_place.count() < MOST_SIZES_A_PLACE && !kept.iter().any(is_known) {
                kept.push(*hope);
            }
        }
        kept.reverse();
        kept
    }
}

/// The largest size that a person would write, of at most so much and no more than the service
/// asks for; `None` where that is not a little less.
fn smaller(service: &Service, most: Grains) -> Option<(Vcpu, Gib)> {
    let (vcpu, memory) = (service.task.vcpu, service.task.memory);
    let less_vcpu = if most.vcpu < vcpu.grains() {
        Vcpu::from_cpu_units(written(most.vcpu, &VCPU_STEPS))?
    } else {
        vcpu
    };
    let less_memory = if most.memory < memory.grains() {
        Gib::from_mib(written(most.memory, &MEMORY_STEPS))?
    } else {
        memory
    };
    let is_little = |asked: u32, less: u32| cut_share(asked, less) <= MOST_CUT_PERCENT * 10_000;
    let differs = (less_vcpu, less_memory) != (vcpu, memory);
    let is_near = differs
        && is_little(vcpu.grains(), less_vcpu.grains())
        && is_little(memory.grains(), less_memory.grains());
    is_near.then_some((less_vcpu, less_memory))
}

/// The largest number that a person would write of at most so many grains, in 1/1024.
fn written(grains: u32, steps: &[(u32, u32)]) -> u32 {
    let whole = grains / GRAINS_PER_1024TH;
    let step = steps.iter().find(|(below, _)| whole < *below);
    let step = step.map_or(1024, |(_, step)| *step);
    whole / step * step
}
