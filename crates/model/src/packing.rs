//! Packing of many kinds of task onto instances of one type (rule 13).
//!
//! First-fit decreasing: kinds in the order of how much of an instance one task takes in its
//! tightest dimension, each task onto the first instance that has room for it. Tasks of one kind
//! are placed together and instances that look alike are kept as one group, so the work grows
//! with the number of kinds and not of tasks, and the outcome is that of placing task by task.

use std::cmp::Ordering;

use crate::order;

/// What an instance is packed by: vCPU, memory, GPUs, and places for tasks (network interfaces).
pub const DIMENSIONS: usize = 4;

/// Amounts in each dimension, in units that are the same for tasks and instances.
pub type Amounts = [u64; DIMENSIONS];

/// Capacity of a dimension that nothing limits.
pub const UNLIMITED: u64 = 1 << 40;

/// Most parts of an instance to which the bound rounds shares in each dimension.
const MOST_PLACES: u64 = 16;

/// Tasks of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// What one task takes.
    pub needs: Amounts,
    /// How many there are.
    pub tasks: u64,
}

/// Instances that hold the same tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How many instances.
    pub instances: u64,
    /// Tasks on each of them: index of the kind, and how many; none of zero tasks.
    pub holds: Vec<(usize, u64)>,
    /// What each of them has left.
    pub left: Amounts,
}

/// Where tasks stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// The instances, in the order in which they were opened.
    pub groups: Vec<Group>,
    /// Tasks of each kind that fit on no instance of this type, by the index of the kind.
    pub unplaced: Vec<(usize, u64)>,
}

impl Packed {
    /// How many instances hold the tasks.
    pub fn instances(&self) -> u64 {
        self.groups.iter().map(|group| group.instances).sum()
    }
}

/// How many tasks of these needs find room.
pub fn fit(room: &Amounts, needs: &Amounts) -> u64 {
    let fits = room.iter().zip(needs);
    fits.map(|(room, need)| room.checked_div(*need).unwrap_or(u64::MAX))
        .min()
        .unwrap_or(0)
}

/// Packs tasks onto instances of one capacity.
pub fn first_fit_decreasing(capacity: &Amounts, kinds: &[Kind]) -> Packed {
    let decreasing = order::indices(
        kinds.len(),
        &mut |a, b| match (kinds.get(a), kinds.get(b)) {
            (Some(a), Some(b)) => compare_sizes(capacity, &b.needs, &a.needs),
            _ => Ordering::Equal,
        },
    );
    in_order(capacity, kinds, decreasing)
}

/// Packs tasks in the order in which they are given.
pub fn first_fit(capacity: &Amounts, kinds: &[Kind]) -> Packed {
    in_order(capacity, kinds, 0..kinds.len())
}

fn in_order(capacity: &Amounts, kinds: &[Kind], order: impl IntoIterator<Item = usize>) -> Packed {
    let mut packed = Packed::default();
    for index in order {
        let Some(kind) = kinds.get(index) else {
            continue;
        };
        let left = packed.fill(index, kind);
        packed.open(capacity, index, kind, left);
    }
    packed
}

impl Packed {
    /// Puts tasks of a kind onto instances that are open; gives back how many are left.
    fn fill(&mut self, index: usize, kind: &Kind) -> u64 {
        let mut tasks = kind.tasks;
        let mut place = 0;
        while tasks > 0 {
            let Some(group) = self.groups.get_mut(place) else {
                break;
            };
            let each = fit(&group.left, &kind.needs).min(tasks);
            if each == 0 {
                place += 1;
                continue;
            }
            // As many instances of the group as can be filled alike; the rest stays as it is.
            let alike = (tasks / each).min(group.instances);
            tasks -= alike * each;
            let rest = group.instances - alike;
            let before = (rest > 0).then(|| Group {
                instances: rest,
                ..group.clone()
            });
            group.instances = alike;
            group.hold(index, kind, each);
            place += 1;
            if let Some(before) = before {
                self.groups.insert(place, before);
            }
        }
        tasks
    }

    /// Opens instances for tasks of a kind.
    fn open(&mut self, capacity: &Amounts, index: usize, kind: &Kind, tasks: u64) {
        if tasks == 0 {
            return;
        }
        let each = fit(capacity, &kind.needs).min(tasks);
        if each == 0 {
            self.unplaced.push((index, tasks));
            return;
        }
        for (instances, each) in [(tasks / each, each), (1, tasks % each)] {
            if each > 0 {
                let mut group = Group {
                    instances,
                    holds: Vec::new(),
                    left: *capacity,
                };
                group.hold(index, kind, each);
                self.groups.push(group);
            }
        }
    }
}

impl Group {
    fn hold(&mut self, index: usize, kind: &Kind, tasks: u64) {
        for (left, need) in self.left.iter_mut().zip(&kind.needs) {
            *left = left.saturating_sub(need.saturating_mul(tasks));
        }
        // A kind comes to an instance once: nothing of it stands there yet.
        self.holds.push((index, tasks));
    }
}

/// Which of two tasks takes more of an instance in its tightest dimension.
fn compare_sizes(capacity: &Amounts, a: &Amounts, b: &Amounts) -> Ordering {
    let (a, b) = (tightest(capacity, a), tightest(capacity, b));
    compare_shares(a, b)
}

/// The largest share of an instance that a task takes, as a fraction.
fn tightest(capacity: &Amounts, needs: &Amounts) -> (u64, u64) {
    let shares = needs.iter().copied().zip(capacity.iter().copied());
    shares.fold((0, 1), |most, share| {
        if compare_shares(share, most) == Ordering::Greater {
            share
        } else {
            most
        }
    })
}

/// A share of nothing is more than any other, unless nothing is asked for.
fn compare_shares((a, of_a): (u64, u64), (b, of_b): (u64, u64)) -> Ordering {
    (u128::from(a) * u128::from(of_b)).cmp(&(u128::from(b) * u128::from(of_a)))
}

/// Instances of one capacity without which the tasks cannot stand, however they are packed: by
/// each dimension, and by each kind alone.
pub fn least_instances(capacity: &Amounts, kinds: &[Kind]) -> u64 {
    let by_dimension = capacity.iter().enumerate().map(|(dimension, &room)| {
        let needs = kinds.iter().filter_map(|kind| {
            let need = *kind.needs.get(dimension)?;
            (need > 0 && kind.tasks > 0).then_some((need, kind.tasks))
        });
        let needs: Vec<(u64, u64)> = needs.collect();
        least_in_a_dimension(room, &needs)
    });
    let alone = kinds.iter().map(|kind| {
        let each = fit(capacity, &kind.needs);
        // Tasks that fit on no instance say nothing of how many there must be.
        if each == 0 {
            0
        } else {
            kind.tasks.div_ceil(each)
        }
    });
    let tasks = kinds.iter().any(|kind| kind.tasks > 0);
    by_dimension.chain(alone).fold(u64::from(tasks), u64::max)
}

/// Instances without which so many tasks of each need cannot stand, by one dimension.
///
/// A function of a need's share of an instance is *dual feasible* where it adds up to at most 1 for
/// whatever fits on one instance; its sum over all tasks is then a bound. Two families of them, each
/// tried alone and one after the other (Fekete and Schepers, "New classes of fast lower bounds for
/// bin packing problems", 2001): needs below a threshold count nothing, and those that leave less
/// than it count as a whole instance; and shares are rounded down to a fraction of which an instance
/// has one less than the need would be worth.
fn least_in_a_dimension(room: u64, needs: &[(u64, u64)]) -> u64 {
    let thresholds = needs
        .iter()
        .map(|(need, _)| *need)
        .filter(|need| need * 2 <= room);
    let mut least = 0;
    for threshold in std::iter::once(0).chain(thresholds) {
        let counted = needs.iter().filter_map(|&(need, tasks)| {
            if need > room.saturating_sub(threshold) {
                Some((room, tasks))
            } else {
                (need >= threshold).then_some((need, tasks))
            }
        });
        let counted: Vec<(u64, u64)> = counted.collect();
        for places in 0..=MOST_PLACES {
            least = least.max(rounded_volume(room, &counted, places));
        }
    }
    least
}

/// Instances by volume, each share of one rounded down to `places` parts; as it is for none.
fn rounded_volume(room: u64, needs: &[(u64, u64)], places: u64) -> u64 {
    let (room, parts) = (u128::from(room), u128::from(places.max(1)));
    let whole = room * parts;
    if whole == 0 {
        return 0;
    }
    let volume = needs.iter().map(|&(need, tasks)| {
        let more = u128::from(need) * u128::from(places + 1);
        let counted = if places == 0 || more.is_multiple_of(room) {
            u128::from(need) * parts
        } else {
            more / room * room
        };
        counted * u128::from(tasks)
    });
    u64::try_from(volume.sum::<u128>().div_ceil(whole)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(need: u64, tasks: u64) -> Kind {
        Kind {
            needs: [need, 0, 0, 0],
            tasks,
        }
    }

    /// Packs task by task, as the rule says it.
    fn one_by_one(capacity: &Amounts, kinds: &[Kind]) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..kinds.len()).collect();
        order.sort_by(|&a, &b| compare_sizes(capacity, &kinds[b].needs, &kinds[a].needs));
        let mut bins: Vec<(Amounts, Vec<usize>)> = Vec::new();
        for kind in order {
            for _ in 0..kinds[kind].tasks {
                let fits = |room: &Amounts| fit(room, &kinds[kind].needs) > 0;
                let place = bins.iter().position(|(room, _)| fits(room));
                let place = place.unwrap_or_else(|| {
                    bins.push((*capacity, Vec::new()));
                    bins.len() - 1
                });
                for (left, need) in bins[place].0.iter_mut().zip(kinds[kind].needs) {
                    *left -= need;
                }
                bins[place].1.push(kind);
            }
        }
        bins.into_iter().map(|(_, tasks)| tasks).collect()
    }

    fn spelled_out(packed: &Packed) -> Vec<Vec<usize>> {
        let mut bins = Vec::new();
        for group in &packed.groups {
            for _ in 0..group.instances {
                let held = group.holds.iter();
                bins.push(
                    held.flat_map(|(kind, tasks)| (0..*tasks).map(move |_| *kind))
                        .collect(),
                );
            }
        }
        bins
    }

    #[test]
    fn groups_hold_what_placing_task_by_task_does() {
        let mut seed = 7_u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..300 {
            let capacity = [40 + next(60), 40 + next(60), next(3) * 8, 2 + next(8)];
            let kinds: Vec<Kind> = (0..=next(5))
                .map(|_| Kind {
                    needs: [1 + next(40), 1 + next(40), next(2).min(capacity[2]), 1],
                    tasks: next(30),
                })
                .collect();
            let packed = first_fit_decreasing(&capacity, &kinds);
            assert_eq!(spelled_out(&packed), one_by_one(&capacity, &kinds));
            let least = least_instances(&capacity, &kinds);
            assert!(least <= packed.instances(), "{capacity:?} {kinds:?}");
            for group in &packed.groups {
                let used = |dimension: usize| -> u64 {
                    let held = group.holds.iter();
                    held.map(|(kind, tasks)| kinds[*kind].needs[dimension] * tasks)
                        .sum()
                };
                for (dimension, room) in capacity.into_iter().enumerate() {
                    assert_eq!(used(dimension) + group.left[dimension], room);
                }
            }
        }
    }

    #[test]
    fn a_kind_is_placed_by_its_tightest_dimension_and_ties_keep_their_order() {
        let kind = |needs: Amounts| Kind { needs, tasks: 1 };
        // Half of the memory against a third of the vCPU; then two that are alike.
        let kinds = [
            kind([3, 0, 0, 0]),
            kind([1, 5, 0, 0]),
            kind([5, 1, 0, 0]),
            kind([0, 0, 0, 0]),
        ];
        let packed = first_fit_decreasing(&[9, 10, 0, 2], &kinds);
        assert_eq!(
            packed.groups[0].holds,
            [(2, 1), (1, 1), (0, 1), (3, 1)],
            "5/9, then 5/10, then 3/9, then nothing"
        );
        // What is asked for of a dimension that an instance has none of comes first, and stands nowhere.
        let packed =
            first_fit_decreasing(&[9, 10, 0, 2], &[kind([9, 0, 0, 0]), kind([1, 0, 1, 0])]);
        assert_eq!(packed.unplaced, [(1, 1)]);
        assert_eq!(compare_shares((1, 0), (9, 9)), Ordering::Greater);
        assert_eq!(compare_shares((0, 0), (0, 9)), Ordering::Equal);
    }

    #[test]
    fn first_fit_packs_in_the_order_that_is_given() {
        let kinds = [scalar(3, 2), scalar(7, 2)];
        assert_eq!(first_fit(&[10, 0, 0, 0], &kinds).instances(), 3);
        assert_eq!(first_fit_decreasing(&[10, 0, 0, 0], &kinds).instances(), 2);
    }

    #[test]
    fn a_task_larger_than_an_instance_is_not_placed() {
        let packed = first_fit_decreasing(&[10, 0, 0, 0], &[scalar(11, 2), scalar(5, 3)]);
        assert_eq!(packed.unplaced, [(0, 2)]);
        assert_eq!(packed.instances(), 2);
    }

    #[test]
    fn the_bound_counts_volume_and_places() {
        let capacity = [10, 10, 0, UNLIMITED];
        assert_eq!(least_instances(&capacity, &[scalar(5, 5)]), 3);
        assert_eq!(
            least_instances(&capacity, &[scalar(6, 5)]),
            5,
            "two of six do not fit into ten"
        );
        assert_eq!(least_instances(&capacity, &[scalar(4, 5)]), 3, "two to ten");
        assert_eq!(least_instances(&capacity, &[scalar(0, 5)]), 1);
        assert_eq!(least_instances(&capacity, &[scalar(1, 0)]), 0);
    }
}
