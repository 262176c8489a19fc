//! What it takes to bring a class of options back that a service's needs rule out.
//!
//! Every answer is checked by evaluating the changed scenario: after the changes some option of the
//! class can run the service, and leaving out any one of them it cannot.

use crate::eligibility::{Class, Gate, Obstacle, Requirement, obstacles};
use crate::fargate::{MAX_EPHEMERAL_GIB, sizes};
use crate::inputs::{self, InputId};
use crate::needs::Need;
use crate::option::{OptionId, Place, Purchase};
use crate::prices::PriceBook;
use crate::report::{self, Outcome};
use crate::scenario::Scenario;
use crate::units::{Gib, GpuCount, Vcpu};

/// Most changes that are tried one after another.
const MOST_CHANGES: usize = 32;

/// Spot share that stands for "some", percent.
const SPOT_SHARE: u8 = 50;

/// One change of a scenario's inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Asks for no GPU.
    WithoutGpu,
    /// Asks for so many GPUs, fewer than now.
    FewerGpus(GpuCount),
    /// Takes any model of GPU.
    AnyGpuModel,
    /// Takes Linux containers.
    Linux,
    /// Takes Windows containers.
    Windows,
    /// Asks for so much vCPU, for so much memory, or for both, each less than now.
    Smaller(Option<Vcpu>, Option<Gib>),
    /// Asks for so much scratch space in GiB, less than now.
    LessScratch(u16),
    /// Gives up a stated need.
    WithoutNeed(Need),
    /// Runs in another region: this one.
    Region(&'static str),
    /// May also run in this place.
    Place(Place),
    /// Has an image for both architectures.
    BothArchitectures,
    /// Has an image for x86.
    ImageForX86,
    /// Tolerates interruption: takes Spot for so many percent of its tasks.
    SpotShare(u8),
    /// Chooses from all instance types, and not from those that are named.
    AnyType,
    /// Leaves no family out.
    AnyFamily,
    /// May stand on burstable types.
    Burstable,
    /// May stand on bare-metal types.
    BareMetal,
}

impl Change {
    /// The scenario with the change in the service at `index`; `None` where an input does not
    /// take it.
    pub fn apply(&self, scenario: &Scenario, index: usize) -> Option<Scenario> {
        let set = |id: InputId, text: &str| inputs::set(scenario, index, id, text).ok();
        match self {
            Self::WithoutGpu => set(InputId::Gpu, "0"),
            Self::FewerGpus(count) => set(InputId::Gpu, &count.to_string()),
            Self::AnyGpuModel => set(InputId::GpuModel, "any"),
            Self::Linux => set(InputId::Os, "linux"),
            Self::Windows => set(InputId::Os, "windows"),
            Self::Smaller(vcpu, memory) => {
                let mut after = scenario.clone();
                if let Some(vcpu) = vcpu {
                    after = inputs::set(&after, index, InputId::Vcpu, &vcpu.to_string()).ok()?;
                }
                if let Some(memory) = memory {
                    let text = memory.to_string();
                    after = inputs::set(&after, index, InputId::Memory, &text).ok()?;
                }
                Some(after)
            }
            Self::LessScratch(gib) => set(InputId::Ephemeral, &gib.to_string()),
            Self::WithoutNeed(need) => Some(inputs::set_need(scenario, index, *need, false)),
            Self::Region(code) => set(InputId::Region, code),
            Self::Place(place) => inputs::set_place(scenario, index, *place, true).ok(),
            Self::BothArchitectures => set(InputId::Arch, "either"),
            Self::ImageForX86 => set(InputId::Arch, "x86_64"),
            Self::SpotShare(percent) => set(InputId::SpotShare, &percent.to_string()),
            Self::AnyType => set(InputId::Types, ""),
            Self::AnyFamily => set(InputId::Excluded, ""),
            Self::Burstable => set(InputId::Burstable, "on"),
            Self::BareMetal => set(InputId::BareMetal, "on"),
        }
    }
}

/// What keeps every option of a class from running the service at `index`: the obstacles of the
/// option that has the fewest. Empty where some option can run it, whether or not it has a price.
///
/// The book has the scenario's own figures in it already.
pub fn blocked(scenario: &Scenario, index: usize, class: Class, book: &PriceBook) -> Vec<Obstacle> {
    let service = scenario.services.nearest(index);
    let gate = Gate::of(service, &scenario.region, class);
    let fewest = options(class)
        .map(|option| obstacles(service, option, &gate))
        .min_by_key(Vec::len)
        .unwrap_or_default();
    if !fewest.is_empty() {
        return fewest;
    }
    // Nothing stands in the way beforehand; whether a size or a type holds the task shows when it
    // is priced.
    let wanted = |option: OptionId| options(class).any(|one| one == option);
    let answer = report::evaluate_some(scenario, service, book, &wanted);
    let found = answer.options.into_iter().map(|one| match one.outcome {
        Outcome::NotEligible(found) => found,
        Outcome::Priced(_) | Outcome::NoPrice(_) => Vec::new(),
    });
    found.min_by_key(Vec::len).unwrap_or_default()
}

/// The options of a class that commit to nothing: a commitment makes none eligible.
fn options(class: Class) -> impl Iterator<Item = OptionId> {
    OptionId::all().filter(move |option| {
        option.class() == class && !matches!(option.purchase, Purchase::Committed(_))
    })
}

/// The changes that bring a class back for the service at `index`, none of which can be left out;
/// `None` where no change of these brings it back. Empty where nothing rules the class out.
///
/// The book has the scenario's own figures in it already.
pub fn bring_back(
    scenario: &Scenario,
    index: usize,
    class: Class,
    book: &PriceBook,
) -> Option<Vec<Change>> {
    let mut now = scenario.clone();
    let mut changes: Vec<Change> = Vec::new();
    let mut left = blocked(&now, index, class, book);
    while let Some(&obstacle) = left.first() {
        if changes.len() == MOST_CHANGES {
            return None;
        }
        let tried = remedies(&now, index, class, obstacle, book);
        let tried = tried.into_iter().filter_map(|change| {
            let after = change.apply(&now, index)?;
            let left = blocked(&after, index, class, book);
            (!left.contains(&obstacle)).then_some((change, after, left))
        });
        let (change, after, still) = tried.min_by_key(|(_, _, left)| left.len())?;
        changes.push(change);
        (now, left) = (after, still);
    }
    Some(needed(scenario, index, class, changes, book))
}

/// Those of some changes without which the class does not come back.
fn needed(
    scenario: &Scenario,
    index: usize,
    class: Class,
    changes: Vec<Change>,
    book: &PriceBook,
) -> Vec<Change> {
    let mut kept = changes.clone();
    if changes.len() < 2 {
        return kept;
    }
    for change in changes {
        let others: Vec<Change> = kept.iter().filter(|&one| *one != change).cloned().collect();
        let after = others
            .iter()
            .try_fold(scenario.clone(), |so_far, one| one.apply(&so_far, index));
        if after.is_some_and(|after| blocked(&after, index, class, book).is_empty()) {
            kept = others;
        }
    }
    kept
}

/// What may take an obstacle away, the smallest change first.
fn remedies(
    scenario: &Scenario,
    index: usize,
    class: Class,
    obstacle: Obstacle,
    book: &PriceBook,
) -> Vec<Change> {
    match obstacle {
        Obstacle::Requirement(requirement, _) => of_requirement(scenario, index, requirement),
        Obstacle::Place => options(class)
            .next()
            .map(|option| vec![Change::Place(option.place)])
            .unwrap_or_default(),
        Obstacle::Architecture | Obstacle::WindowsOnArm => vec![
            Change::BothArchitectures,
            Change::ImageForX86,
            Change::Linux,
        ],
        Obstacle::NoSpotStrategy => vec![Change::SpotShare(SPOT_SHARE)],
        Obstacle::NoFargateSize => smaller_for_fargate(scenario, index),
        Obstacle::NoInstanceType => for_a_type(scenario, index, class, book),
    }
}

fn of_requirement(scenario: &Scenario, index: usize, requirement: Requirement) -> Vec<Change> {
    match requirement {
        Requirement::Gpu | Requirement::FractionalGpu => vec![Change::WithoutGpu],
        Requirement::Windows => vec![Change::Linux],
        Requirement::WindowsGpu => vec![Change::WithoutGpu, Change::Linux],
        Requirement::BeyondFargateSizes => smaller_for_fargate(scenario, index),
        Requirement::WindowsLargeScratch => {
            vec![Change::LessScratch(MAX_EPHEMERAL_GIB), Change::Linux]
        }
        Requirement::LinuxFsx => {
            vec![Change::Windows, Change::WithoutNeed(Need::FsxWindows)]
        }
        Requirement::LinuxWindowsStorage => {
            vec![Change::Windows, Change::WithoutNeed(Need::WindowsStorage)]
        }
        Requirement::ChinaRegion => vec![Change::Region("us-east-1")],
        Requirement::Stated(need) => vec![Change::WithoutNeed(need)],
        // Every class meets these, if under a condition.
        Requirement::Arm | Requirement::LargestFargateSize | Requirement::LargeScratch => {
            Vec::new()
        }
    }
}

/// A task that the largest Fargate size of its system holds beside its sidecars.
fn smaller_for_fargate(scenario: &Scenario, index: usize) -> Vec<Change> {
    let service = scenario.services.nearest(index);
    let Some(largest) = sizes::all(service.os).last() else {
        return Vec::new();
    };
    let task = &service.task;
    let (vcpu, memory) = scenario.fleet.sidecars();
    let (Some(vcpu), Some(memory)) = (
        largest.vcpu().without(vcpu),
        largest.memory().without(memory),
    ) else {
        return Vec::new();
    };
    let vcpu = Some(vcpu).filter(|&vcpu| vcpu < task.vcpu);
    let memory = Some(memory).filter(|&memory| memory < task.memory);
    vec![Change::Smaller(vcpu, memory)]
}

/// What lets some instance type hold the task.
fn for_a_type(scenario: &Scenario, index: usize, class: Class, book: &PriceBook) -> Vec<Change> {
    let task = &scenario.services.nearest(index).task;
    let mut changes = vec![
        Change::AnyType,
        Change::AnyFamily,
        Change::Burstable,
        Change::BareMetal,
        Change::AnyGpuModel,
        Change::BothArchitectures,
    ];
    let runs = |change: &Change| {
        let after = change.apply(scenario, index);
        after.is_some_and(|after| blocked(&after, index, class, book).is_empty())
    };
    if changes.iter().any(runs) {
        return changes;
    }
    let whole = |grains: u32| u16::try_from(grains / Gib::whole(1).grains()).unwrap_or(u16::MAX);
    let memory = |gib: u16| Change::Smaller(None, Some(Gib::whole(gib)));
    let vcpu = |count: u16| Change::Smaller(Some(Vcpu::whole(count)), None);
    let most_memory = whole(task.memory.grains());
    let most_vcpu = whole(task.vcpu.grains());
    changes.extend(largest(most_memory, |gib| runs(&memory(gib))).map(memory));
    changes.extend(largest(most_vcpu, |count| runs(&vcpu(count))).map(vcpu));
    if let Some(gpu) = &task.gpu {
        let gpus = |count: u16| GpuCount::from_eighths(count * 8).map(Change::FewerGpus);
        let most = gpu.count.whole().unwrap_or(0).saturating_sub(1);
        let fewer = largest(most, |count| {
            gpus(count).is_some_and(|change| runs(&change))
        });
        changes.extend(fewer.and_then(gpus));
        changes.push(Change::WithoutGpu);
    }
    changes
}

/// The largest number from 1 to `most` that passes, where all below one that passes do as well.
fn largest(most: u16, passes: impl Fn(u16) -> bool) -> Option<u16> {
    if most == 0 || !passes(1) {
        return None;
    }
    let (mut least, mut beyond) = (1, most.saturating_add(1));
    while beyond - least > 1 {
        let middle = least + (beyond - least) / 2;
        if passes(middle) {
            least = middle;
        } else {
            beyond = middle;
        }
    }
    Some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_that_passes_is_found_at_every_limit() {
        for most in 0..40_u16 {
            for limit in 0..45_u16 {
                let expected = most.min(limit);
                assert_eq!(
                    largest(most, |number| number <= limit),
                    (expected > 0).then_some(expected),
                    "{limit} of {most}"
                );
            }
        }
    }
}
