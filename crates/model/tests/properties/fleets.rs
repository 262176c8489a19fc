//! Laws of fleets: what they hold, and what makes them dearer.

use berth_model::bill::Item;
use berth_model::fleet::{instances_for, scaled_to_target};
use berth_model::money::Usd;
use berth_model::report::Capacity;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::{BOOK, bare, link, priced, scenarios};

const ON_DEMAND: [&str; 4] = [
    "ec2-x86_64-on_demand",
    "ec2-arm64-on_demand",
    "managed_instances-x86_64-on_demand",
    "managed_instances-arm64-on_demand",
];

/// Services of plain shapes and loads, as links without settings.
fn services() -> impl Strategy<Value = String> {
    let vcpu = select(vec!["0.25", "0.5", "1", "2", "3", "6"]);
    let memory = select(vec!["0.5", "1", "3", "7", "16"]);
    let load = select(vec![
        "",
        "&load=schedule&idle=1",
        "&load=schedule&idle=0&day-hours=8&days=7",
        "&load=jobs&runs=30&minutes=40",
        "&load=jobs&runs=200&minutes=9",
    ]);
    (vcpu, memory, 1_u32..60, load).prop_map(|(vcpu, memory, tasks, load)| {
        format!("name=a&vcpu={vcpu}&mem={memory}&tasks={tasks}{load}")
    })
}

fn total(link_: &str, option: &str) -> Option<Usd> {
    priced(&link(link_), option).map(|priced| priced.total)
}

/// Without volumes and interfaces, which other settings would change along with what a law changes.
fn never_less(before: &str, after: &str, service: &str) -> Result<(), TestCaseError> {
    for option in ON_DEMAND {
        let (before, after) = (
            total(&format!("{before}&{service}"), option),
            total(&format!("{after}&{service}"), option),
        );
        if let (Some(before), Some(after)) = (before, after) {
            prop_assert!(after >= before, "{} {:?} {:?}", option, before, after);
        }
        prop_assert!(before.is_some() || after.is_none(), "{}", option);
    }
    Ok(())
}

proptest! {
    // Spread over zones, instances hold every task, and each zone without one instance would not.
    #[test]
    fn instances_hold_their_tasks_and_none_is_spare(tasks in 0_u64..2_000, each in 1_u32..60, zones in 1_u8..=6) {
        let found = instances_for(tasks, each, zones);
        let zones = u64::from(zones).min(tasks.max(1));
        // As even as can be: some zones have one task more than others.
        let (few, more) = (tasks / zones, tasks % zones);
        let in_zone = |tasks: u64| tasks.div_ceil(u64::from(each));
        prop_assert_eq!(found, more * in_zone(few + 1) + (zones - more) * in_zone(few));
        prop_assert!(found * u64::from(each) >= tasks);
        prop_assert!(found <= tasks);
    }

    // Of what managed scaling runs, no less than the target's share is needed, and with one instance fewer it would be
    // more.
    #[test]
    fn the_target_is_met_by_no_more_instances_than_it_takes(needed in 0_u64..5_000, target in 1_u64..=100) {
        let running = scaled_to_target(needed, target);
        prop_assert!(needed * 100 <= running * target);
        prop_assert!(running == 0 || needed * 100 > (running - 1) * target);
    }

    // The instances of a leg hold its tasks at the peak.
    #[test]
    fn a_fleet_holds_its_tasks(scenario in scenarios()) {
        for option in ON_DEMAND.into_iter().chain(["ec2-arm64-spot_mix", "ec2-x86_64-ri_1y_no_upfront"]) {
            let Some(found) = priced(&scenario, option) else { continue };
            let Capacity::Fleet(fleet) = &found.capacity else { continue };
            prop_assert!(fleet.priced <= fleet.candidates);
            // Room that is there already holds tasks too.
            if scenario.owned.free_vcpu.grains() > 0 {
                continue;
            }
            for leg in &fleet.legs {
                for used in &leg.types {
                    prop_assert!(used.instances * u64::from(used.fit.tasks) >= leg.tasks, "{}", option);
                    prop_assert!(used.reserved <= used.instances || !leg.spot);
                    prop_assert!(used.hours >= Decimal::ZERO);
                }
            }
        }
    }

    // Of named types the cheapest is taken: the fleet costs what the cheapest of them costs alone.
    #[test]
    fn of_named_types_the_cheapest_is_taken(
        service in services(),
        names in prop::sample::subsequence(vec!["m7g.large", "c7g.xlarge", "r7g.large", "c6g.medium", "m6g.2xlarge"], 1..=4),
        option in select(vec!["ec2-arm64-on_demand", "ec2-arm64-ri_1y_no_upfront", "managed_instances-arm64-on_demand"]),
    ) {
        let of = |names: &str| total(&format!("types={names}&{service}"), option);
        let least = names.iter().filter_map(|name| of(name)).min();
        prop_assert_eq!(of(&names.join(",")), least);
    }

    // More types to choose from never cost more on-demand.
    #[test]
    fn more_types_never_cost_more_on_demand(
        service in services(),
        names in prop::sample::subsequence(vec!["m7g.large", "c7g.xlarge", "m6a.large", "c6a.xlarge", "r6a.large"], 1..=3),
    ) {
        never_less("ebs=on", &format!("types={}", names.join(",")), &service)?;
    }

    // One zone never costs more than several.
    #[test]
    fn one_zone_never_costs_more_than_several(service in services(), zones in 2_u8..=6) {
        never_less("zones=1&floor=0", &format!("zones={zones}&floor=0"), &service)?;
    }

    // A higher floor never costs less.
    #[test]
    fn a_higher_floor_never_costs_less(service in services(), floor in 0_u8..20, more in 0_u8..20) {
        never_less(&format!("floor={floor}"), &format!("floor={}", floor + more), &service)?;
    }

    // A lower target of managed scaling never costs less.
    #[test]
    fn a_lower_target_never_costs_less(service in services(), target in 1_u8..=100, less in 0_u8..60) {
        let lower = target.saturating_sub(less).max(1);
        never_less(&format!("target={target}"), &format!("target={lower}"), &service)?;
    }

    // More memory for the agent never costs less.
    #[test]
    fn more_reserved_memory_never_costs_less(service in services(), mib in 0_u32..2_000, more in 0_u32..2_000) {
        never_less(&format!("reserve={mib}"), &format!("reserve={}", mib + more), &service)?;
    }

    // Promising tasks more than an instance has never costs more.
    #[test]
    fn overcommitment_never_costs_more(service in services(), cpu in 0_u32..30, memory in 0_u32..30) {
        let factor = |tenths: u32| Decimal::new(i64::from(tenths) + 10, 1);
        never_less(&format!("overcommit={}&soft-mem={}", factor(cpu), factor(memory)), "overcommit=1&soft-mem=1", &service)?;
    }

    // A network interface for each task never costs less than none.
    #[test]
    fn interfaces_never_make_a_fleet_cheaper(service in services()) {
        never_less("net=bridge", "net=awsvpc", &service)?;
        never_less("net=awsvpc", "net=awsvpc&trunk=off", &service)?;
    }

    // A daemon on every instance, and beside every task on Fargate, never costs less.
    #[test]
    fn a_daemon_never_costs_less(service in services(), vcpu in select(vec!["0.1", "0.25", "1"]), memory in select(vec!["0.125", "0.5", "2"])) {
        never_less("ebs=on", &format!("daemon={vcpu}~{memory}~1~logs"), &service)?;
        let (with, without) = (format!("daemon={vcpu}~{memory}~1~logs&{service}"), service);
        let option = "fargate-x86_64-on_demand";
        if let (Some(without), Some(with)) = (total(&without, option), total(&with, option)) {
            prop_assert!(with >= without);
        }
    }

    // More tasks never cost less on-demand, of the same type, in one zone.
    #[test]
    fn more_tasks_never_cost_less_on_demand(
        shape in select(vec!["vcpu=0.5&mem=1", "vcpu=1&mem=6", "vcpu=1.5&mem=2"]),
        load in select(vec!["", "&load=jobs&runs=30&minutes=40", "&load=jobs&runs=200&minutes=9"]),
        tasks in 1_u32..80, more in 0_u32..40,
    ) {
        let of = |tasks: u32| format!("name=a&{shape}&tasks={tasks}{load}");
        for option in ON_DEMAND {
            let settings = "zones=1&floor=0";
            let (before, after) = (
                total(&format!("{settings}&{}", of(tasks)), option),
                total(&format!("{settings}&{}", of(tasks + more)), option),
            );
            prop_assert!(after >= before, "{}", option);
        }
    }

    // No fleet costs less than its tasks' vCPU-hours at the lowest price of a vCPU on any type, nor than their memory at
    // that of a GiB.
    #[test]
    fn no_fleet_costs_less_than_the_cheapest_vcpu_and_memory(scenario in scenarios()) {
        let mut scenario = bare(&scenario);
        scenario.fleet = berth_model::scenario::FleetSettings::default();
        let key = |name: &str| berth_model::prices::key::PriceKey::parse(&format!("ec2.linux.on_demand.{name}")).unwrap();
        let rate = |name: &str| BOOK.quote(&key(name)).map(|quote| quote.rate.usd().decimal());
        let least = |of: &dyn Fn(&berth_model::prices::InstanceType) -> Decimal| {
            let types = BOOK.types.iter().filter(|one| one.gpus.is_none() && one.accelerator.is_none());
            types.filter_map(|one| Some(rate(&one.name)? / of(one))).min().unwrap()
        };
        let vcpu = least(&|one| Decimal::from(one.vcpu));
        let gib = least(&|one| Decimal::from(one.memory_mib) / Decimal::from(1_024));
        let Some(fargate) = priced(&scenario, crate::FARGATE) else { return Ok(()) };
        let Capacity::Fargate(used) = &fargate.capacity else { unreachable!() };
        let task = &scenario.services.nearest(0).task;
        // Fargate bills the pull of a job's image and a minute at least, so its hours say nothing of a fleet's.
        prop_assume!(!matches!(scenario.services.nearest(0).load, berth_model::scenario::Load::Jobs { .. }));
        for option in ["ec2-x86_64-on_demand", "managed_instances-x86_64-on_demand"] {
            let Some(found) = priced(&scenario, option) else { continue };
            let instances: Usd = found.bill.lines().iter().filter(|line| matches!(line.item, Item::Instances(_))).map(|line| line.amount).sum();
            prop_assert!(instances.decimal() >= used.task_hours * task.vcpu.decimal() * vcpu);
            prop_assert!(instances.decimal() >= used.task_hours * task.memory.decimal() * gib);
        }
    }

    // A week that begins on another day is the same week.
    #[test]
    fn a_week_may_begin_on_any_day(days in prop::collection::vec((0_u32..20, 1_u32..20, 1_usize..24), 7), turn in 0_usize..7) {
        let peak = days.iter().map(|(night, day, _)| night.max(day)).max().unwrap();
        let text = |days: &[(u32, u32, usize)]| {
            let days: Vec<String> = days.iter().map(|(night, day, hours)| format!("{day}x{hours},{night}x{}", 24 - hours)).collect();
            format!("name=a&vcpu=0.5&mem=1&load=week&tasks={peak}&spot=0.1.1&week={}", days.join(","))
        };
        let mut turned = days.clone();
        turned.rotate_left(turn);
        prop_assert!(crate::same(
            &crate::totals(&link(&text(&days))),
            &crate::totals(&link(&text(&turned)))
        ));
    }

    // As many tasks more on an architecture as its factor says are as many tasks more of the load.
    #[test]
    fn a_factor_of_an_architecture_is_as_many_tasks_more(tasks in 1_u32..100, factor in 1_u32..=5) {
        let (by_factor, by_tasks) = (
            link(&format!("factor-arm={factor}&name=a&vcpu=0.5&mem=2&tasks={tasks}")),
            link(&format!("name=a&vcpu=0.5&mem=2&tasks={}", tasks * factor)),
        );
        for option in ["fargate-arm64-on_demand", "ec2-arm64-on_demand", "managed_instances-arm64-on_demand"] {
            prop_assert_eq!(
                priced(&by_factor, option).map(|one| one.total),
                priced(&by_tasks, option).map(|one| one.total)
            );
        }
    }
}
