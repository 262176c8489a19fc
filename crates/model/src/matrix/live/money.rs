//! Cells of money.

use rust_decimal::Decimal;

use super::{Live, View, has_spot, on_fargate, text};
use crate::bill::{Bill, Item, Unit};
use crate::eligibility::Class;
use crate::exact;
use crate::fleet::price::FleetUse;
use crate::money::Usd;
use crate::option::Purchase;
use crate::platform::Os;
use crate::report::{Capacity, Priced};
use crate::words;

impl View<'_> {
    pub(super) fn cost(&self, class: Class) -> Option<Live> {
        let Some((option, priced)) = self.best(class) else {
            return self.absent(class);
        };
        text(format!(
            "{} on {}, {}",
            words::money(priced.total),
            words::arch(option.arch),
            words::purchase(option.purchase)
        ))
    }

    /// What a task would cost around the clock on instances that are packed full, at the rates of
    /// the bill.
    pub(super) fn steady_cost(&self, class: Class) -> Option<Live> {
        let (_, priced) = self.best(class)?;
        let of_tasks = |task_hours: Decimal, paid: Usd| {
            let hours = Decimal::from(self.scenario.hours_per_month.get());
            (!task_hours.is_zero()).then(|| paid.scaled(hours / task_hours))
        };
        let listed = if self.scenario.pricing.discount.hundredths() > 0 {
            ", before the discount"
        } else {
            ""
        };
        match &priced.capacity {
            Capacity::Fargate(used) => {
                let paid = paid_for_fargate(&priced.bill);
                let each = of_tasks(used.task_hours, paid)?;
                text(format!("{}{listed}", words::money(each)))
            }
            Capacity::Fleet(fleet) => {
                let (places, paid) = room_paid_for(fleet, &priced.bill);
                let each = of_tasks(places, paid)?;
                let (instance, fit, _) = self.first_type(class)?;
                text(format!(
                    "{}, at {} to each {}{listed}",
                    words::money(each),
                    words::counted(fit.tasks.into(), "task", "tasks"),
                    instance.name
                ))
            }
            Capacity::Cluster(_) => None,
        }
    }

    /// What is paid for over the month and no task asks for.
    pub(super) fn uneven_cost(&self, class: Class) -> Option<Live> {
        let (_, priced) = self.best(class)?;
        match &priced.capacity {
            Capacity::Fargate(used) if used.rounding > Usd::ZERO => text(format!(
                "{} a month for rounding up to a legal size",
                words::money(used.rounding)
            )),
            Capacity::Fargate(_) => text("nothing: each task pays for itself, by the second"),
            Capacity::Fleet(fleet) => match self.idle(fleet, priced) {
                Some(idle) if idle > Decimal::ZERO => text(format!(
                    "{} of the month's vCPU-hours",
                    words::percent(idle)
                )),
                _ => text("no vCPU: the fleet is packed full"),
            },
            Capacity::Cluster(_) => None,
        }
    }

    /// Of the vCPU-hours that are paid for, the share that no task asks for.
    fn idle(&self, fleet: &FleetUse, priced: &Priced) -> Option<Decimal> {
        let mut paid = Decimal::ZERO;
        for (index, hours) in instance_hours(&priced.bill) {
            let vcpu = self.book.types.get(index)?.vcpu;
            paid = exact::sum(paid, exact::product(hours, vcpu.into())?);
        }
        let pattern = &fleet.running.pattern;
        let periods = pattern.periods_per_month(self.scenario.hours_per_month);
        let task_hours = exact::product(pattern.task_hours(|tasks| tasks), periods)?;
        let asked = exact::product(task_hours, self.service.task.vcpu.decimal())?;
        (!paid.is_zero()).then(|| exact::difference(paid, asked) / paid)
    }

    /// The cheapest commitment of a class, whether or not it may win, against on-demand.
    pub(super) fn commitments(&self, class: Class) -> Option<Live> {
        if has_spot(class) {
            return None;
        }
        let least = |committed: bool| {
            let reports = self.answer.options.iter().filter(|report| {
                let option = report.option;
                let is_committed = matches!(option.purchase, Purchase::Committed(_));
                option.class() == class && is_committed == committed
            });
            let priced = reports.filter_map(|report| Some((report.option, report.priced()?)));
            priced.min_by_key(|(_, priced)| priced.total)
        };
        let (option, committed) = least(true)?;
        let (_, on_demand) = least(false)?;
        let saved = on_demand.total - committed.total;
        let name = words::purchase(option.purchase);
        let aside = committed.set_aside.map(words::set_aside);
        let aside = aside.map_or_else(String::new, |why| format!(" ({why})"));
        if saved <= Usd::ZERO {
            return text(format!("{name}: saves nothing here{aside}"));
        }
        let share = saved.ratio_to(on_demand.total)?;
        text(format!("{name}: saves {}{aside}", words::percent(share)))
    }

    /// What Spot saves on what is bought on Spot, against its on-demand prices.
    pub(super) fn spot(&self, class: Class) -> Option<Live> {
        if !has_spot(class) || self.service.spot.is_none() {
            return None;
        }
        let limit = match class {
            Class::FargateSpot => "up to 70 %",
            _ => "up to 90 %",
        };
        let saving = self.best(class).and_then(|(option, priced)| {
            crate::spot::saving(self.book, self.service.os, option, &priced.bill)
        });
        match saving {
            Some(saving) => text(format!(
                "{} today; AWS says {limit}",
                words::percent(saving)
            )),
            None => text("no bill"),
        }
    }

    pub(super) fn billing_unit(&self, class: Class) -> Option<Live> {
        let windows = on_fargate(class) && self.service.os == Os::Windows;
        windows
            .then(|| text("vCPU, GB and licence of each task, at least five minutes"))
            .flatten()
    }
}

fn paid_for_fargate(bill: &Bill) -> Usd {
    let lines = bill.lines().iter().filter(|line| {
        matches!(
            line.item,
            Item::FargateVcpu
                | Item::FargateMemory
                | Item::FargateOsLicense
                | Item::FargateEphemeral
        )
    });
    lines.map(|line| line.amount).sum()
}

/// The instance-hours of a bill, with the index of their type.
fn instance_hours(bill: &Bill) -> impl Iterator<Item = (usize, Decimal)> {
    bill.lines().iter().filter_map(|line| match line.item {
        Item::Instances(index) if line.unit == Unit::InstanceHours => Some((index, line.quantity)),
        Item::Covered(crate::bill::Coverable::Instances(index)) => Some((index, line.quantity)),
        _ => None,
    })
}

/// Task-hours for which there is room on the instances of a bill, and what these cost.
fn room_paid_for(fleet: &FleetUse, bill: &Bill) -> (Decimal, Usd) {
    let types = || fleet.legs.iter().flat_map(|leg| &leg.types);
    let tasks = |index: usize| {
        types()
            .find(|one| one.index == index)
            .map(|one| one.fit.tasks)
    };
    let room = instance_hours(bill)
        .filter_map(|(index, hours)| exact::product(hours, tasks(index)?.into()));
    let paid = bill.lines().iter().filter(|line| {
        matches!(
            line.item,
            Item::Instances(_)
                | Item::ManagedFee(_)
                | Item::SurplusCredits(_)
                | Item::InstanceVolume
                | Item::TaskVolume
        )
    });
    (
        room.fold(Decimal::ZERO, exact::sum),
        paid.map(|line| line.amount).sum(),
    )
}
