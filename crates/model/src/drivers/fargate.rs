//! What Fargate's compute is paid for.

use rust_decimal::Decimal;

use super::{Cause, Causes, compute, working_hours};
use crate::bill::Item;
use crate::exact;
use crate::fargate::price::FargateUse;
use crate::fargate::{Price, Rates};
use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::purchase::PriceKind;
use crate::report::Priced;
use crate::scenario::{Scenario, Service};

/// Adds what the compute lines of a bill are paid for.
pub(super) fn add(
    causes: &mut Causes,
    (scenario, service): (&Scenario, &Service),
    (option, used, priced): (OptionId, &FargateUse, &Priced),
    book: &PriceBook,
) {
    let rates = Rates::of(book, service.os, option.arch, PriceKind::OnDemand, false);
    let (spot, rest) = compute(&priced.bill);
    let Ok(rates) = rates else {
        // A bill without a list price is not made; it would be all tasks.
        causes.add(Cause::Tasks, spot + rest);
        return;
    };
    let paid = |price: Price| {
        let share = scenario.pricing.paid_share(price.source);
        price.usd.scaled(share)
    };
    let (vcpu_hour, memory_hour) = (paid(rates.vcpu), paid(rates.memory));
    let license = rates.os_license.map_or(Usd::ZERO, paid);
    let hour = |vcpu: Decimal, memory: Decimal| vcpu_hour.scaled(vcpu) + memory_hour.scaled(memory);
    let (vcpu, memory) = (used.size.vcpu().decimal(), used.size.memory().decimal());
    let working = working_hours(scenario, service, option);
    let asked = (used.asked.0.decimal(), used.asked.1.decimal());
    let task = (service.task.vcpu.decimal(), service.task.memory.decimal());
    let beyond = |more: Decimal, less: Decimal| exact::difference(more, less);
    let sidecars = hour(beyond(asked.0, task.0), beyond(asked.1, task.1));
    let rounding = hour(beyond(vcpu, asked.0), beyond(memory, asked.1));
    let tasks = hour(task.0, task.1).scaled(working);
    causes.add(Cause::Tasks, tasks);
    causes.add(Cause::Daemons, sidecars.scaled(working));
    causes.add(Cause::Rounding, rounding.scaled(working));
    let idle = beyond(used.task_hours, working);
    causes.add(Cause::Waiting, hour(vcpu, memory).scaled(idle));
    let licensed = license.scaled(vcpu).scaled(used.task_hours);
    causes.add(Cause::License, licensed);

    // The same at list prices: what is really paid differs by Spot and by commitments.
    let all = hour(vcpu, memory).scaled(used.task_hours) + licensed;
    let on_spot = priced
        .bill
        .lines()
        .iter()
        .filter(|line| line.kind == PriceKind::Spot);
    let listed: Usd = on_spot
        .map(|line| match line.item {
            Item::FargateVcpu => vcpu_hour.scaled(line.quantity),
            Item::FargateMemory => memory_hour.scaled(line.quantity),
            Item::FargateOsLicense => license.scaled(line.quantity),
            _ => Usd::ZERO,
        })
        .sum();
    causes.add(Cause::Spot, spot - listed);
    causes.add(Cause::Commitment, rest - (all - listed));
}
