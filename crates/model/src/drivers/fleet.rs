//! What instances are paid for.

use rust_decimal::Decimal;

use super::{Cause, Causes, compute};
use crate::bill::{Bill, Item};
use crate::cluster::{VCPU_TO_GIB, request};
use crate::exact;
use crate::fleet::{Division, Operator, Rules};
use crate::money::Usd;
use crate::option::Place;
use crate::placement::hours::{Hours, LegHours};
use crate::prices::PriceBook;
use crate::purchase::PriceKind;
use crate::report::Priced;
use crate::scenario::{Scenario, Service};
use crate::units::GRAINS;

/// Adds what the compute lines of a bill are paid for.
///
/// An instance's price is divided by what becomes of its vCPU and memory, a vCPU counting as much
/// as nine GiB (rule 14).
pub(super) fn add(
    causes: &mut Causes,
    (scenario, service): (&Scenario, &Service),
    (place, legs): (Place, &[LegHours]),
    priced: &Priced,
    book: &PriceBook,
) {
    let rules = Rules::new(Operator::of(place), &scenario.fleet, service);
    let bill = &priced.bill;
    let asked = request(service.task.vcpu, service.task.memory);
    let (mut spot_listed, mut rest_listed) = (Usd::ZERO, Usd::ZERO);
    for leg in legs {
        // The bill of a Spot leg is the mean of its types.
        let share = Decimal::ONE / Decimal::from(leg.types.len().max(1));
        for hours in &leg.types {
            let Some(instance) = book.types.get(hours.index) else {
                continue;
            };
            let list = book
                .ec2_column(service.os, PriceKind::OnDemand)
                .and_then(|column| column.quote(hours.index));
            let hour = list.map_or_else(
                || billed_hour(bill, hours.index),
                |list| {
                    let paid = scenario.pricing.paid_share(Some(list.source));
                    list.rate.usd().scaled(paid)
                },
            );
            let hour = hour.scaled(share);
            let listed = hour.scaled(hours.all());
            if leg.spot {
                spot_listed += listed;
            } else {
                rest_listed += listed;
            }
            let division = rules.division(instance);
            add_packed(causes, hour, hours, (&division, asked));
            causes.add(Cause::Spread, hour.scaled(hours.spread));
            causes.add(Cause::Waiting, hour.scaled(hours.waiting));
        }
    }
    let (spot, rest) = compute(bill);
    causes.add(Cause::Spot, spot - spot_listed);
    causes.add(Cause::Commitment, rest - rest_listed);
}

/// Adds what the hours of the tightest packing are paid for.
fn add_packed(
    causes: &mut Causes,
    hour: Usd,
    hours: &Hours,
    (division, asked): (&[Division; 2], Decimal),
) {
    let paid = hour.scaled(hours.packed);
    let of = |part: fn(&Division) -> u64| weight(division, part) * hours.packed;
    let tasks = asked * hours.of_tasks;
    let reserved = of(|of| of.reserved);
    let daemons = of(|of| of.daemons);
    let used = exact::sum(exact::sum(tasks, reserved), daemons);
    // Runs of a job that overlap may share instances, and then more is asked of each than one run
    // would.
    let all = of(|of| of.offered + of.overcommitted).max(used);
    let share = |part: Decimal| paid.scaled(part.checked_div(all).unwrap_or(Decimal::ZERO));
    causes.add(Cause::Tasks, share(tasks));
    causes.add(Cause::System, share(reserved));
    causes.add(Cause::Daemons, share(daemons));
    causes.add(Cause::Idle, share(exact::difference(all, used)));
}

/// What a part of an instance counts, in GiB.
fn weight(division: &[Division; 2], part: fn(&Division) -> u64) -> Decimal {
    let [vcpu, memory] = division.each_ref().map(part);
    let grains = u128::from(vcpu) * u128::from(VCPU_TO_GIB) + u128::from(memory);
    let grains = i128::try_from(grains).unwrap_or(i128::MAX);
    let weight = Decimal::try_from_i128_with_scale(grains, 0).unwrap_or(Decimal::MAX);
    weight / Decimal::from(GRAINS)
}

/// What an hour of a type is billed at, where the book has no list price of it.
fn billed_hour(bill: &Bill, index: usize) -> Usd {
    let mut lines = bill.lines().iter();
    let line = lines.find(|line| line.item == Item::Instances(index));
    line.map_or(Usd::ZERO, |line| {
        let hour = bill.paid(line).decimal().checked_div(line.quantity);
        Usd::new(hour.unwrap_or_default())
    })
}
