//! Laws of packing and of splitting tasks.

use berth_model::packing::{Amounts, Kind, first_fit, first_fit_decreasing, fit, least_instances};
use berth_model::strategy::{Provider, Strategy as SpotStrategy, check, split, split_beside};
use proptest::prelude::*;

/// An instance, and one to six kinds of task. Some kinds fit on no instance.
fn tasks() -> impl Strategy<Value = (Amounts, Vec<Kind>)> {
    let capacity = (10_u64..100, 10_u64..100, 0_u64..9, 1_u64..12);
    let kind = (0_u64..110, 0_u64..60, 0_u64..3, 0_u64..2, 0_u64..40);
    (capacity, prop::collection::vec(kind, 1..=6)).prop_map(|((a, b, c, d), kinds)| {
        let kinds = kinds.into_iter().map(|(a, b, c, d, tasks)| Kind {
            // A task takes something, or nothing would bound how many fit.
            needs: [a.max(1), b, c, d],
            tasks,
        });
        ([a, b, c, d], kinds.collect())
    })
}

fn taken(packed: &berth_model::packing::Packed, kind: usize) -> u64 {
    let groups = packed.groups.iter();
    groups
        .map(|group| {
            let held = group.holds.iter().filter(|(of, _)| *of == kind);
            group.instances * held.map(|(_, tasks)| tasks).sum::<u64>()
        })
        .sum()
}

proptest! {
    // Every task is placed, or told as unplaced where none of its kind fits on an empty instance.
    #[test]
    fn packing_places_every_task_that_fits((capacity, kinds) in tasks()) {
        for packed in [first_fit_decreasing(&capacity, &kinds), first_fit(&capacity, &kinds)] {
            for (index, kind) in kinds.iter().enumerate() {
                let fits = fit(&capacity, &kind.needs) > 0;
                let left: u64 = packed.unplaced.iter().filter(|(of, _)| *of == index).map(|(_, tasks)| tasks).sum();
                prop_assert_eq!(taken(&packed, index), if fits { kind.tasks } else { 0 });
                prop_assert_eq!(left, if fits { 0 } else { kind.tasks });
            }
        }
    }

    // No instance holds more than it has in any dimension, and what it has left is what its tasks leave.
    #[test]
    fn packing_never_exceeds_an_instance((capacity, kinds) in tasks()) {
        let packed = first_fit_decreasing(&capacity, &kinds);
        for group in &packed.groups {
            prop_assert!(group.instances > 0 && !group.holds.is_empty());
            for (dimension, room) in capacity.iter().enumerate() {
                let used: u64 = group.holds.iter().map(|(kind, tasks)| kinds[*kind].needs[dimension] * tasks).sum();
                prop_assert_eq!(used + group.left[dimension], *room);
            }
        }
    }

    // No packing takes fewer instances than the bound, and first-fit decreasing no more than one for each task.
    #[test]
    fn packing_stands_between_the_bound_and_an_instance_for_each_task((capacity, mut kinds) in tasks()) {
        kinds.retain(|kind| fit(&capacity, &kind.needs) > 0);
        let packed = first_fit_decreasing(&capacity, &kinds);
        let tasks: u64 = kinds.iter().map(|kind| kind.tasks).sum();
        prop_assert!(least_instances(&capacity, &kinds) <= packed.instances());
        prop_assert!(packed.instances() <= tasks);
        prop_assert!(least_instances(&capacity, &kinds) <= first_fit(&capacity, &kinds).instances());
    }

    // The bound holds for a packing that is known to be possible: instances are filled first, and what fills them is
    // asked for.
    #[test]
    fn the_bound_is_no_more_than_a_packing_that_exists(
        capacity in prop::array::uniform4(1_u64..60),
        filled in prop::collection::vec(prop::collection::vec(prop::array::uniform4(0_u64..40), 1..5), 1..8),
    ) {
        let mut kinds = Vec::new();
        let mut instances = 0;
        for wanted in filled {
            let mut left = capacity;
            let before = kinds.len();
            for needs in wanted {
                if fit(&left, &needs) > 0 && needs.iter().any(|need| *need > 0) {
                    for (left, need) in left.iter_mut().zip(needs) {
                        *left -= need;
                    }
                    kinds.push(Kind { needs, tasks: 1 });
                }
            }
            instances += u64::from(kinds.len() > before);
        }
        prop_assert!(least_instances(&capacity, &kinds) <= instances);
    }

    // Tasks of one kind take as many instances as their number divided by how many fit.
    #[test]
    fn one_kind_packs_in_closed_form((capacity, kinds) in tasks()) {
        for kind in kinds {
            let each = fit(&capacity, &kind.needs);
            let packed = first_fit_decreasing(&capacity, &[kind]);
            prop_assert_eq!(packed.instances(), kind.tasks.checked_div(each).map_or(0, |_| kind.tasks.div_ceil(each)));
            if each > 0 {
                prop_assert!(least_instances(&capacity, &[kind]) <= packed.instances());
            }
        }
    }

    // Tasks of one kind given as two packs as one.
    #[test]
    fn a_kind_in_two_parts_packs_as_one((capacity, kinds) in tasks(), cut in 0_u64..40) {
        let kind = kinds[0];
        let first = kind.tasks.min(cut);
        let parts = [Kind { tasks: first, ..kind }, Kind { tasks: kind.tasks - first, ..kind }];
        let (one, two) = (first_fit_decreasing(&capacity, &[kind]), first_fit_decreasing(&capacity, &parts));
        prop_assert_eq!(one.instances(), two.instances());
    }

    // A split over any providers keeps every task, fills the base first, and gives each provider its share of the rest
    // to less than a task; of equal remainders the earlier provider gains.
    #[test]
    fn a_split_gives_each_provider_its_share(
        base in 0_u32..60, weights in prop::collection::vec(0_u16..50, 1..8), tasks in 0_u32..500,
    ) {
        let providers: Vec<Provider> = weights.iter().enumerate()
            .map(|(index, &weight)| Provider { base: if index == 0 { base } else { 0 }, weight }).collect();
        prop_assume!(check(&providers).is_ok());
        let mut counts = vec![0; providers.len()];
        split(&providers, tasks, &mut counts);
        prop_assert_eq!(counts.iter().sum::<u32>(), tasks);
        let beyond = u64::from(tasks.saturating_sub(base));
        let total: u64 = weights.iter().map(|&weight| u64::from(weight)).sum();
        let mut last: Option<(bool, u64)> = None;
        for (index, (&count, &weight)) in counts.iter().zip(&weights).enumerate() {
            let of_rest = u64::from(count) - if index == 0 { u64::from(base.min(tasks)) } else { 0 };
            let share = beyond * u64::from(weight);
            prop_assert!(of_rest == share / total || of_rest == share.div_ceil(total));
            // Whoever gains a task has no smaller remainder than anybody who does not.
            if share % total > 0 {
                let gained = of_rest > share / total;
                if let Some((other_gained, other_rest)) = last {
                    if gained && !other_gained {
                        prop_assert!(share % total > other_rest);
                    }
                    if other_gained && !gained {
                        prop_assert!(other_rest >= share % total);
                    }
                }
                last = Some((gained, share % total));
            }
        }
    }

    // Tasks that stand already are moved by no split, and beside none it is the plain one.
    #[test]
    fn a_split_beside_standing_tasks_moves_none(
        weights in prop::collection::vec(1_u16..50, 1..6), standing in prop::collection::vec(0_u32..30, 6), more in 0_u32..80,
    ) {
        let providers: Vec<Provider> = weights.iter().map(|&weight| Provider { base: 0, weight }).collect();
        let standing = &standing[..providers.len()];
        let tasks = standing.iter().sum::<u32>() + more;
        let counts = split_beside(&providers, standing, tasks).unwrap();
        prop_assert_eq!(counts.iter().sum::<u32>(), tasks);
        for (count, stands) in counts.iter().zip(standing) {
            prop_assert!(count >= stands);
        }
        let mut plain = vec![0; providers.len()];
        split(&providers, tasks, &mut plain);
        let nobody = vec![0; providers.len()];
        prop_assert_eq!(split_beside(&providers, &nobody, tasks), Some(plain));
    }

    // A job is split call by call: ten tasks each, and what is left.
    #[test]
    fn a_job_is_split_call_by_call(base in 0_u32..15, on_demand in 0_u16..10, spot in 0_u16..10, tasks in 1_u32..200) {
        prop_assume!(on_demand + spot > 0);
        let strategy = SpotStrategy::new(base, on_demand, spot).unwrap();
        let whole = strategy.split_job(tasks);
        let mut calls = vec![10; usize::try_from(tasks / 10).unwrap()];
        calls.push(tasks % 10);
        let parts: Vec<_> = calls.into_iter().map(|call| strategy.split(call)).collect();
        prop_assert_eq!(whole.on_demand, parts.iter().map(|part| part.on_demand).sum::<u32>());
        prop_assert_eq!(whole.spot, parts.iter().map(|part| part.spot).sum::<u32>());
        prop_assert_eq!(whole.spot_least, parts.iter().map(|part| part.spot_least).sum::<u32>());
        prop_assert_eq!(whole.spot_most, parts.iter().map(|part| part.spot_most).sum::<u32>());
        prop_assert_eq!(whole.on_demand + whole.spot, tasks);
    }
}
