//! Laws of what Fargate bills.

use berth_model::bill::Item;
use berth_model::fargate::sizes;
use berth_model::money::Usd;
use berth_model::platform::Os;
use berth_model::report::Capacity;
use berth_model::scenario::{DaysPerWeek, HoursPerDay, IdleTasks, Load, Scenario, TaskCount};
use berth_model::units::{Gib, Vcpu};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::{FARGATE, bare, link, near, priced, scenarios};

fn total(scenario: &Scenario, option: &str) -> Usd {
    priced(scenario, option).unwrap().total
}

proptest! {
    // 1 GiB is 1,024 MiB and 1 vCPU 1,024 CPU units, whichever way a size is written.
    #[test]
    fn a_size_means_the_same_in_either_unit(thousandths in 1_u32..200_000, mib in 1_u32..4_000_000) {
        let vcpu = Decimal::new(thousandths.into(), 3);
        let whole = format!("{vcpu} vCPU");
        prop_assert_eq!(Vcpu::parse_task_definition(&whole), Vcpu::parse(&vcpu.to_string()));
        let units = thousandths.min(190_000);
        let shares = (Decimal::from(units) / Decimal::from(1_024)).normalize();
        prop_assert_eq!(
            Vcpu::parse_task_definition(&units.to_string()),
            Vcpu::parse(&shares.to_string())
        );
        let gib = (Decimal::from(mib) / Decimal::from(1_024)).normalize();
        prop_assert_eq!(
            Gib::parse_task_definition(&mib.to_string()),
            Gib::parse(&gib.to_string())
        );
        prop_assert_eq!(Gib::parse_task_definition(&mib.to_string()), Ok(Gib::from_mib(mib).unwrap()));
    }

    // The size that is billed holds what a task asks for, is legal, and no legal size that holds it costs less.
    #[test]
    fn the_billed_size_is_the_cheapest_that_holds_the_task(
        vcpu in 1_u32..32_000, memory in 1_u32..244_000, arch in select(vec!["x86_64", "arm64"]),
    ) {
        let asked = (Decimal::new(vcpu.into(), 3), Decimal::new(memory.into(), 3));
        let scenario = link(&format!("name=a&vcpu={}&mem={}&tasks=1", asked.0.max(Decimal::new(1, 2)), asked.1.max(Decimal::new(1, 2))));
        let service = scenario.services.nearest(0);
        let holding: Vec<_> = sizes::that_hold(Os::Linux, service.task.vcpu, service.task.memory).collect();
        let found = priced(&scenario, &format!("fargate-{arch}-on_demand"));
        prop_assert_eq!(found.is_some(), !holding.is_empty());
        if let Some(found) = found {
            let Capacity::Fargate(used) = &found.capacity else { unreachable!() };
            prop_assert!(used.size.vcpu() >= service.task.vcpu && used.size.memory() >= service.task.memory);
            prop_assert!(holding.contains(&used.size));
            for other in holding {
                let text = format!("name=a&vcpu={}&mem={}&tasks=1", other.vcpu(), other.memory());
                let other = total(&link(&text), &format!("fargate-{arch}-on_demand"));
                prop_assert!(other >= found.total);
            }
        }
    }

    // A task of a job is billed for its pull and its run together, in whole seconds, for a minute at least, and five on
    // Windows.
    #[test]
    fn a_job_is_billed_whole_seconds_and_a_minute_at_least(
        millis in 1_u32..200_000, pull in 0_u32..200, tasks in 1_u32..40, runs in 1_u32..200, windows: bool,
    ) {
        let minutes = Decimal::new(millis.into(), 3);
        let os = if windows { "&os=windows" } else { "" };
        let scenario = link(&format!(
            "name=a&vcpu=1&mem=2&load=jobs&tasks={tasks}&runs={runs}&minutes={minutes}&pull={pull}{os}"
        ));
        let bill = priced(&scenario, FARGATE).unwrap().bill;
        let line = bill.lines().iter().find(|line| line.item == Item::FargateVcpu).unwrap();
        let seconds = (minutes * Decimal::from(60) + Decimal::from(pull)).ceil();
        let seconds = seconds.max(if windows { 300 } else { 60 }.into());
        let month = seconds * Decimal::from(tasks) * Decimal::from(runs) * Decimal::from(730) / Decimal::from(24);
        prop_assert!((line.quantity * Decimal::from(3_600) - month).abs() < Decimal::new(1, 9));
    }

    // Longer runs, and more of them, never cost less.
    #[test]
    fn more_work_of_a_job_never_costs_less_on_fargate(
        minutes in 1_u32..600, more in 0_u32..60, runs in 1_u32..100, again in 0_u32..20, tasks in 1_u32..30,
    ) {
        let cost = |minutes: u32, runs: u32| {
            total(&link(&format!("name=a&vcpu=1&mem=2&load=jobs&tasks={tasks}&runs={runs}&minutes={minutes}")), FARGATE)
        };
        prop_assert!(cost(minutes + more, runs) >= cost(minutes, runs));
        prop_assert!(cost(minutes, runs + again) >= cost(minutes, runs));
    }

    // Fargate Spot is cheaper than on-demand, so that a larger share of it never costs more.
    #[test]
    fn a_larger_share_of_spot_never_costs_more_on_fargate(
        percent in 1_u8..=99, more in 1_u8..=99, tasks in 1_u32..500, base in 0_u32..50,
    ) {
        let cost = |percent: u8| {
            let split = format!("{base}.{}.{percent}", 100 - percent);
            let scenario = link(&format!("name=a&vcpu=0.5&mem=1&tasks={tasks}&spot={split}"));
            total(&scenario, "fargate-x86_64-spot_mix")
        };
        let larger = percent.saturating_add(more).min(100);
        prop_assert!(cost(larger) <= cost(percent));
    }

    // No plan costs more than the same without one, since nothing is among the amounts that are tried.
    #[test]
    fn no_plan_costs_more_than_on_demand_on_fargate(scenario in scenarios(), arch in select(vec!["x86_64", "arm64"])) {
        let scenario = bare(&scenario);
        if let Some(without) = priced(&scenario, &format!("fargate-{arch}-on_demand")) {
            for plan in ["1y_no_upfront", "1y_all_upfront", "3y_no_upfront", "3y_all_upfront"] {
                let with = priced(&scenario, &format!("fargate-{arch}-compute_sp_{plan}"));
                prop_assert!(with.is_none_or(|with| with.total <= without.total || near(with.total, without.total)), "{}", plan);
            }
        }
    }

    // A schedule costs its hours: the busy ones at one count and all others at another.
    #[test]
    fn a_schedule_costs_the_task_hours_that_it_writes_out(
        tasks in 1_u32..300, idle in 0_u32..300, hours in 1_u8..=24, days in 1_u8..=7,
    ) {
        let mut scenario = link("name=a&vcpu=1&mem=2&tasks=1");
        let once = total(&scenario, FARGATE);
        scenario.services.get_mut(0).unwrap().load = Load::Schedule {
            tasks: TaskCount::new(tasks).unwrap(),
            idle_tasks: IdleTasks::new(idle).unwrap(),
            hours_per_day: HoursPerDay::new(hours).unwrap(),
            days_per_week: DaysPerWeek::new(days).unwrap(),
        };
        let busy = u32::from(hours) * u32::from(days);
        let task_hours = Decimal::from(busy * tasks + (168 - busy) * idle);
        let expected = once.scaled(task_hours / Decimal::from(168));
        let difference = total(&scenario, FARGATE) - expected;
        prop_assert!(difference.decimal().abs() < Decimal::new(1, 9));
    }
}
