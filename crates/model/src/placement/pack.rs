//! One leg in one level: its tasks packed zone by zone, and instances that stand empty beside them.

use super::amounts::{Amount, Uses};
use super::{Bound, LegPlacement, Stand, Why, Zone};
use crate::fleet::crowd::Crowd;
use crate::fleet::search::{Leg, LegLevel};
use crate::fleet::{Candidate, scaled_to_target};
use crate::packing::{self, Amounts, Group, Kind};
use crate::prices::InstanceType;

/// The placement of a leg in one of its levels, of instances of one type; `None` where it has no
/// such level.
pub(super) fn leg(
    crowd: &Crowd<'_>,
    (leg, level): (&Leg<'_>, usize),
    candidate: &Candidate,
    instance: &InstanceType,
    members: &[usize],
) -> Option<LegPlacement> {
    let level = leg.levels.get(level)?;
    let tasks = tasks_of(level);
    let capacity = candidate.capacity;
    let zones = (0..leg.zones).map(|zone| {
        let kinds = crowd.kinds(&capacity, &tasks, zone, leg.zones);
        standing(&capacity, &kinds, members)
    });
    let mut zones: Vec<Zone> = zones.collect();
    let packed: u64 = zones.iter().map(Zone::instances).sum();
    let needed = packed.max(level.floor);
    let running = scaled_to_target(needed, leg.target_percent);
    let mut empty = |count: u64, why: Why| {
        let standing: Vec<u64> = zones.iter().map(Zone::instances).collect();
        for (zone, added) in zones.iter_mut().zip(spread(&standing, count)) {
            if added > 0 {
                zone.stands.push(Stand {
                    instances: added,
                    holds: Vec::new(),
                    left: Amount::left(&capacity, &capacity, 0),
                    why,
                });
            }
        }
    };
    empty(needed - packed, Why::Floor);
    empty(running.saturating_sub(needed), Why::Target);
    let each = Uses::of_one(crowd, instance);
    Some(LegPlacement {
        spot: false,
        index: candidate.index,
        types: 1,
        uses: each.times(crowd, running, &tasks),
        each,
        tasks,
        zones,
        bound: Bound {
            instances: running,
            least: least(crowd, leg, level, &capacity),
        },
    })
}

/// Instances without which a level of a leg cannot run, however its tasks are packed: each zone by
/// itself, never below the floor, after the target.
pub(super) fn least(crowd: &Crowd<'_>, leg: &Leg<'_>, level: &LegLevel, capacity: &Amounts) -> u64 {
    let tasks = tasks_of(level);
    let zones = (0..leg.zones).map(|zone| {
        let kinds = crowd.kinds(capacity, &tasks, zone, leg.zones);
        packing::least_instances(capacity, &kinds)
    });
    scaled_to_target(zones.sum::<u64>().max(level.floor), leg.target_percent)
}

/// Tasks of each service in a level.
fn tasks_of(level: &LegLevel) -> Vec<u64> {
    if level.kinds.is_empty() {
        vec![level.tasks]
    } else {
        level.kinds.clone()
    }
}

/// The tasks of one zone on instances.
fn standing(capacity: &Amounts, kinds: &[Kind], members: &[usize]) -> Zone {
    let packed = packing::first_fit_decreasing(capacity, kinds);
    let stand = |group: Group| {
        let tasks = group.holds.iter().map(|(_, tasks)| tasks).sum();
        let holds = group.holds.iter().filter_map(|(kind, tasks)| {
            let service = members.get(*kind)?;
            Some((*service, *tasks))
        });
        Stand {
            instances: group.instances,
            holds: holds.collect(),
            left: Amount::left(&group.left, capacity, tasks),
            why: Why::Tasks,
        }
    };
    Zone {
        stands: packed.groups.into_iter().map(stand).collect(),
    }
}

/// How many more instances each zone gets of `count`: always the one with the fewest, the first of
/// equal ones, as an Auto Scaling group balances its zones.
fn spread(standing: &[u64], count: u64) -> Vec<u64> {
    let missing_to = |height: u64| -> u64 {
        let each = standing.iter().map(|have| height.saturating_sub(*have));
        each.fold(0, u64::saturating_add)
    };
    let (mut height, mut above) = (0, standing.iter().max().unwrap_or(&0) + count + 1);
    // The greatest height that all zones below it can be filled to.
    while height + 1 < above {
        let middle = height + (above - height) / 2;
        if missing_to(middle) <= count {
            height = middle;
        } else {
            above = middle;
        }
    }
    let mut over = count - missing_to(height).min(count);
    let added = standing.iter().map(|have| {
        let one_more = u64::from(over > 0 && *have <= height);
        over -= one_more;
        height.saturating_sub(*have) + one_more
    });
    added.collect()
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn instances_go_to_the_zone_with_the_fewest() {
        for (standing, count) in [
            (vec![0, 0], 3),
            (vec![5, 1, 2], 4),
            (vec![5, 1, 2], 0),
            (vec![7], 2),
            (vec![3, 3, 3], 1),
            (vec![0, 9], 4),
        ] {
            let mut one_by_one = standing.clone();
            for _ in 0..count {
                let fewest = *one_by_one.iter().min().unwrap();
                let zone = one_by_one.iter().position(|have| *have == fewest).unwrap();
                one_by_one[zone] += 1;
            }
            let added = spread(&standing, count);
            let all: Vec<u64> = standing.iter().zip(added).map(|(a, b)| a + b).collect();
            assert_eq!(all, one_by_one, "{standing:?} + {count}");
        }
    }
}
