//! What becomes of one instance, in thousandths of what it offers: for a figure drawn to scale.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{LegPlacement, Stand, Use};
use crate::exact;
use crate::scenario::{Scenario, Task};
use crate::units::GpuCount;

/// What becomes of one dimension of an instance, in thousandths of what it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// What the system and the agent keep.
    pub reserved: u32,
    /// What daemons take.
    pub daemons: u32,
    /// Tasks: the index of their service, how many, and what all of them take.
    pub tasks: Vec<(usize, u64, u32)>,
    /// What is left over.
    pub idle: u32,
}

impl Stand {
    /// What becomes of the vCPU, the memory and, where there are any, the GPUs of each of these instances.
    pub fn shares(&self, scenario: &Scenario, leg: &LegPlacement) -> Vec<Shares> {
        let of = |each: &Use, left: Decimal, asked: fn(&Task) -> Decimal| {
            let service = |index: usize| &scenario.services.nearest(index).task;
            let asked = self.holds.iter().map(|&(index, tasks)| {
                let all = exact::product(asked(service(index)), tasks.into());
                (index, tasks, all.unwrap_or(Decimal::MAX))
            });
            of_one(each, left, &asked.collect::<Vec<_>>())
        };
        let mut shares = vec![
            of(&leg.each.vcpu, self.left.vcpu, |task| task.vcpu.decimal()),
            of(&leg.each.memory_gib, self.left.memory_gib, |task| {
                task.memory.decimal()
            }),
        ];
        if !leg.each.gpus.offered.is_zero() {
            shares.push(of(&leg.each.gpus, self.left.gpus, |task| {
                let gpus = task.gpu.as_ref().map(|gpu| gpu.count);
                gpus.map_or(Decimal::ZERO, eighths)
            }));
        }
        shares
    }
}

fn eighths(count: GpuCount) -> Decimal {
    Decimal::from(count.eighths()) / Decimal::from(8)
}

/// The tasks take what neither the system, daemons nor nobody has: each service its part by what it asks for.
fn of_one(each: &Use, left: Decimal, asked: &[(usize, u64, Decimal)]) -> Shares {
    let taken = [each.reserved, each.daemons, left];
    let taken = taken.into_iter().fold(each.offered, exact::difference);
    let taken = taken.max(Decimal::ZERO);
    let all = asked
        .iter()
        .fold(Decimal::ZERO, |all, (.., one)| exact::sum(all, *one));
    let tasks = asked.iter().map(|&(index, tasks, one)| {
        let part = one.checked_div(all).unwrap_or(Decimal::ZERO);
        let part = exact::product(part, taken).unwrap_or(Decimal::ZERO);
        (index, tasks, per_mille(part, each.offered))
    });
    Shares {
        reserved: per_mille(each.reserved, each.offered),
        daemons: per_mille(each.daemons, each.offered),
        tasks: tasks.collect(),
        idle: per_mille(left, each.offered),
    }
}

fn per_mille(part: Decimal, whole: Decimal) -> u32 {
    let share = part.checked_div(whole).unwrap_or(Decimal::ZERO);
    let share = exact::product(share, Decimal::ONE_THOUSAND).unwrap_or(Decimal::ZERO);
    share.round().to_u32().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_divided_among_all_that_takes_it() {
        let each = Use {
            offered: Decimal::from(8),
            reserved: Decimal::ONE,
            daemons: Decimal::ONE,
            ..Use::default()
        };
        let asked = [(0, 2, Decimal::ONE), (2, 1, Decimal::from(3))];
        let shares = of_one(&each, Decimal::from(2), &asked);
        assert_eq!(
            (shares.reserved, shares.daemons, shares.idle),
            (125, 125, 250)
        );
        // Four of eight, one part in four and three.
        assert_eq!(shares.tasks, [(0, 2, 125), (2, 1, 375)]);
        let empty = of_one(&each, Decimal::from(6), &[]);
        assert_eq!((empty.idle, empty.tasks.len()), (750, 0));
        assert_eq!(of_one(&Use::default(), Decimal::ZERO, &asked).idle, 0);
    }
}
