//! Laws that hold for every scenario.
//!
//! Each is a property test of 256 cases; `PROPTEST_CASES=100000 cargo test --release -p berth-model --test properties`
//! is the long run (`cargo xtask long`).

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::Component;
use berth_model::inputs::{self, INPUTS, InputId, Kind};
use berth_model::money::Usd;
use berth_model::needs::{Need, Needs};
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::pricing::Pricing;
use berth_model::report::{Outcome, Priced};
use berth_model::scenario::{Lines, Load, Owned, Scenario, Staff, TaskCount, Traffic};
use berth_model::share::{self, View};
use berth_model::strategy::Strategy as SpotStrategy;
use berth_model::units::{Gib, Vcpu};
use berth_model::{evaluate, evaluate_service, presets};
use proptest::prelude::*;
use proptest::sample::select;

mod properties {
    mod choice;
    mod fargate;
    mod fleets;
    mod money;
    mod packing;
    mod plans;
}

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

/// A text that an input takes, or nearly.
fn text_for(input: InputId) -> BoxedStrategy<String> {
    match input {
        InputId::Region => select(vec!["us-east-1", "eu-west-1"])
            .prop_map(String::from)
            .boxed(),
        InputId::Name => "[a-zA-Z0-9 &=#%~é✓-]{1,20}".boxed(),
        InputId::Vcpu => select(vec!["0.25", "0.5", "1", "0.3", "2", "4", "7", "16", "48"])
            .prop_map(String::from)
            .boxed(),
        InputId::Memory => select(vec!["0.5", "1", "2", "3.5", "8", "30", "61", "300"])
            .prop_map(String::from)
            .boxed(),
        InputId::Gpu => select(vec!["0", "0", "0", "1", "4", "0.25"])
            .prop_map(String::from)
            .boxed(),
        InputId::GpuModel => select(vec!["any", "a10g", "l4", "t4"])
            .prop_map(String::from)
            .boxed(),
        InputId::Tasks | InputId::IdleTasks => {
            (1_u32..400).prop_map(|tasks| tasks.to_string()).boxed()
        }
        InputId::Strategy => (0_u32..6, 0_u16..5, 1_u16..5)
            .prop_map(|(base, on_demand, spot)| format!("{base}.{on_demand}.{spot}"))
            .boxed(),
        InputId::Needs => proptest::collection::vec(select(Need::ALL), 0..3)
            .prop_map(|needs| {
                needs
                    .iter()
                    .map(|need| need.id())
                    .collect::<Vec<_>>()
                    .join(",")
            })
            .boxed(),
        InputId::Week => (1_u32..40, 0_u32..40, 1_usize..24)
            .prop_map(|(day, night, hours)| {
                format!(
                    "{}0x48",
                    format!("{day}x{hours},{night}x{},", 24 - hours).repeat(5)
                )
            })
            .boxed(),
        InputId::Headroom => (0_u32..5).prop_map(|tasks| tasks.to_string()).boxed(),
        InputId::Places => select(vec!["fargate", "ec2,managed_instances", "fargate,ec2"])
            .prop_map(String::from)
            .boxed(),
        InputId::Types => select(vec!["", "", "m7g.large,c7g.xlarge,m6a.xlarge", "t3.large"])
            .prop_map(String::from)
            .boxed(),
        InputId::Excluded => select(vec!["", "m7g", "c7g,c6g,m6g"])
            .prop_map(String::from)
            .boxed(),
        InputId::OwnedPlans => select(vec!["", "compute_sp_1y_no_upfront=0.5"])
            .prop_map(String::from)
            .boxed(),
        InputId::OwnedReservations => select(vec!["", "m7g.large=2", "m6a.xlarge=1,c7g.large=4"])
            .prop_map(String::from)
            .boxed(),
        InputId::Weights => select(vec!["", "isolation:7", "start:0,windows:10"])
            .prop_map(String::from)
            .boxed(),
        InputId::CpuOvercommit | InputId::MemoryOvercommit => {
            select(vec!["1", "1.5", "2"]).prop_map(String::from).boxed()
        }
        InputId::FactorX86 | InputId::FactorArm => select(vec!["1", "0.85", "1.2"])
            .prop_map(String::from)
            .boxed(),
        _ => match input.input().kind {
            Kind::Choice(choices) => select(
                choices
                    .iter()
                    .map(|(id, _)| (*id).to_owned())
                    .collect::<Vec<_>>(),
            )
            .boxed(),
            Kind::Switch => select(vec!["on", "off"]).prop_map(String::from).boxed(),
            Kind::Number { min, max, .. } => {
                let (min, max) = (min.parse::<f64>().unwrap(), max.parse::<f64>().unwrap());
                (min..=max.min(1_000.0))
                    .prop_map(|number| number.round().max(1.0).to_string())
                    .boxed()
            }
            Kind::Set | Kind::Text(_) => Just(String::new()).boxed(),
        },
    }
}

/// Any scenario that a person can reach by setting inputs.
fn scenarios() -> impl Strategy<Value = Scenario> {
    let edit = select(INPUTS.iter().map(|input| input.id).collect::<Vec<_>>())
        .prop_flat_map(|input| text_for(input).prop_map(move |text| (input, text)));
    (
        select(presets::PRESETS),
        proptest::collection::vec(edit, 0..12),
    )
        .prop_map(|(preset, edits)| {
            edits
                .into_iter()
                .fold(preset.scenario(), |scenario, (input, text)| {
                    inputs::set(&scenario, 0, input, &text).unwrap_or(scenario)
                })
        })
}

fn priced(scenario: &Scenario, option: &str) -> Option<Priced> {
    let answer = evaluate_service(scenario, scenario.services.nearest(0), &BOOK);
    answer
        .option(OptionId::from_id(option).unwrap())?
        .priced()
        .cloned()
}

/// A service without needs, on Linux and x86, as a law about Fargate wants it.
fn plain(scenario: &Scenario) -> Scenario {
    let set =
        |scenario: &Scenario, input, text: &str| inputs::set(scenario, 0, input, text).unwrap();
    let as_asked = [
        (InputId::Headroom, "0"),
        (InputId::FactorX86, "1"),
        (InputId::OwnedPlans, ""),
        (InputId::Places, "fargate,ec2,managed_instances"),
    ];
    let scenario = &as_asked
        .iter()
        .fold(scenario.clone(), |scenario, (input, text)| {
            set(&scenario, *input, text)
        });
    let mut scenario = set(&set(scenario, InputId::Os, "linux"), InputId::Gpu, "0");
    let service = scenario.services.get_mut(0).unwrap();
    service.needs = Needs::NONE;
    service.arch = berth_model::platform::ArchChoice::Either;
    scenario
}

/// The same without all that is billed beside compute, is owned or is there already, or has a price of its own.
fn bare(scenario: &Scenario) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.lines = Lines::default();
    scenario.staff = Staff::default();
    scenario.owned = Owned::default();
    scenario.pricing = Pricing::default();
    scenario.services.get_mut(0).unwrap().traffic = Traffic::default();
    scenario
}

/// A scenario of us-east-1 from the rest of its link.
fn link(rest: &str) -> Scenario {
    let decoded = share::decode(&format!("v=1&region=us-east-1&{rest}"));
    assert_eq!(decoded.notices, [], "{rest}");
    decoded.scenario.unwrap()
}

/// To the millionth of a dollar: what is divided and added up in another order may differ in the last of 28 digits.
fn near(a: Usd, b: Usd) -> bool {
    (a - b).to_f64().abs() < 1e-6
}

/// Whether the same options have a total, and the same one.
fn same(one: &[Option<Usd>], other: &[Option<Usd>]) -> bool {
    let pairs = one.iter().zip(other);
    one.len() == other.len()
        && pairs.into_iter().all(|pair| match pair {
            (Some(one), Some(other)) => near(*one, *other),
            (one, other) => one == other,
        })
}

const FARGATE: &str = "fargate-x86_64-on_demand";

proptest! {
    #[test]
    fn lines_sum_to_the_total_and_stand_within_the_range(scenario in scenarios()) {
        for answer in evaluate(&scenario, &BOOK) {
            for report in &answer.options {
                if let Outcome::Priced(priced) = &report.outcome {
                    let sum: Usd = priced.bill.lines().iter().map(|line| line.rate.scaled(line.quantity)).sum();
                    prop_assert_eq!(sum, priced.total);
                    prop_assert!(priced.low <= priced.total && priced.total <= priced.high);
                    prop_assert!(priced.total >= Usd::ZERO);
                    // What an hour of staff costs is the person's own figure, and has no date.
                    let mut lines = priced.bill.lines().iter();
                    let rests_on_prices = lines.any(|line| line.item.component() != Some(Component::Staff));
                    prop_assert_eq!(priced.oldest_price.is_some(), rests_on_prices, "{}", report.option);
                }
            }
        }
    }

    #[test]
    fn the_best_option_is_the_cheapest_that_may_win(scenario in scenarios()) {
        for answer in evaluate(&scenario, &BOOK) {
            let least = answer.options.iter().filter_map(|report| report.deciding()).map(|priced| priced.total).min();
            let best = answer.verdict.best().and_then(|option| answer.option(option)?.deciding()).map(|priced| priced.total);
            // Totals that differ in the 28th digit are a tie, which instances and order decide.
            let digits = |total: Option<Usd>| total.map(|total| total.decimal().round_dp(11));
            prop_assert_eq!(digits(best), digits(least));
        }
    }

    #[test]
    fn a_link_gives_back_the_scenario_it_was_made_of(scenario in scenarios(), service in 0_usize..3) {
        let view = View { service: service.min(scenario.services.len() - 1) };
        let decoded = share::decode(&share::encode(&scenario, view));
        prop_assert_eq!(&decoded.notices, &[]);
        prop_assert_eq!(decoded.scenario, Some(scenario));
        prop_assert_eq!(decoded.view, view);
    }

    #[test]
    fn no_text_makes_reading_a_link_panic(text in ".{0,400}") {
        let _ = share::decode(&text);
    }

    #[test]
    fn no_change_of_a_link_makes_reading_it_panic_or_answering_fail(
        preset in select(presets::PRESETS), at in 0_usize..1_000, put in "[ -~]{0,6}",
    ) {
        let mut link = share::encode(&preset.scenario(), View::default());
        let place = at * link.len() / 1_000;
        link.truncate(place);
        link.push_str(&put);
        if let Some(scenario) = share::decode(&link).scenario {
            let _ = evaluate(&scenario, &BOOK);
        }
    }

    #[test]
    fn no_text_in_a_field_panics_and_every_refusal_names_the_field(
        input in select(INPUTS.iter().map(|input| input.id).collect::<Vec<_>>()), text in ".{0,30}",
    ) {
        if let Err(error) = inputs::set(&presets::example(), 0, input, &text) {
            prop_assert!(error.to_string().starts_with(input.input().label));
        }
    }

    #[test]
    fn more_tasks_never_cost_less_on_fargate(scenario in scenarios(), more in 1_u32..50) {
        let mut scenario = plain(&scenario);
        // Where the night has more tasks than the day, a task more by day starts, and pulls, fewer.
        scenario.services.get_mut(0).unwrap().traffic = Traffic::default();
        let mut larger = scenario.clone();
        let service = larger.services.get_mut(0).unwrap();
        service.load = service.load.with_tasks(TaskCount::new(service.load.tasks().get() + more).unwrap());
        let (before, after) = (priced(&scenario, FARGATE), priced(&larger, FARGATE));
        prop_assert_eq!(before.is_some(), after.is_some());
        if let (Some(before), Some(after)) = (before, after) {
            prop_assert!(after.total >= before.total);
        }
    }

    #[test]
    fn a_larger_task_never_costs_less_on_fargate(scenario in scenarios(), vcpu in 0_u16..4, memory in 0_u16..8) {
        let scenario = plain(&scenario);
        let mut larger = scenario.clone();
        let task = &mut larger.services.get_mut(0).unwrap().task;
        task.vcpu = task.vcpu.plus(Vcpu::whole(vcpu));
        task.memory = task.memory.plus(Gib::whole(memory));
        if let (Some(before), Some(after)) = (priced(&scenario, FARGATE), priced(&larger, FARGATE)) {
            prop_assert!(after.total >= before.total);
        }
    }

    #[test]
    fn longer_hours_never_cost_less_on_fargate(hours in 1_u8..24, days in 1_u8..7, tasks in 1_u32..40) {
        let cost = |hours: u8, days: u8| {
            let link = format!(
                "v=1&region=us-east-1&name=a&vcpu=1&mem=2&load=schedule&tasks={tasks}&day-hours={hours}&days={days}"
            );
            priced(&share::decode(&link).scenario.unwrap(), FARGATE).unwrap().total
        };
        prop_assert!(cost(hours + 1, days) > cost(hours, days));
        prop_assert!(cost(hours, days + 1) > cost(hours, days));
    }

    #[test]
    fn twice_the_tasks_cost_twice_as_much_on_fargate(scenario in scenarios()) {
        let mut scenario = plain(&scenario);
        // A load balancer, gateways and logs do not follow the tasks.
        scenario.lines = Lines::default();
        scenario.services.get_mut(0).unwrap().traffic = Traffic::default();
        let mut double = scenario.clone();
        let service = double.services.get_mut(0).unwrap();
        service.load = match service.load.with_tasks(TaskCount::new(service.load.tasks().get() * 2).unwrap()) {
            Load::Schedule { tasks, idle_tasks, hours_per_day, days_per_week } => Load::Schedule {
                tasks,
                idle_tasks: berth_model::scenario::IdleTasks::new(idle_tasks.get() * 2).unwrap(),
                hours_per_day,
                days_per_week,
            },
            load => load,
        };
        if let (Some(once), Some(twice)) = (priced(&scenario, FARGATE), priced(&double, FARGATE)) {
            let difference = twice.total - once.total.scaled(2.into());
            prop_assert!(difference.to_f64().abs() < 1e-9, "{difference:?}");
        }
    }

    #[test]
    fn a_schedule_without_idle_hours_costs_what_a_constant_load_does(tasks in 1_u32..200, size in 1_u16..8) {
        let answer = |load: &str| {
            let link = format!("v=1&region=us-east-1&name=a&vcpu={size}&mem={}&tasks={tasks}{load}", size * 2);
            let scenario = share::decode(&link).scenario.unwrap();
            evaluate(&scenario, &BOOK).remove(0)
        };
        prop_assert_eq!(answer(""), answer("&load=schedule&day-hours=24&days=7"));
        prop_assert_eq!(answer(""), answer(&format!("&load=schedule&day-hours=3&days=2&idle={tasks}")));
    }

    #[test]
    fn a_split_keeps_every_task_and_stays_within_the_documented_ratio(
        base in 0_u32..50, on_demand in 0_u16..1000, spot in 0_u16..1000, tasks in 0_u32..5000,
    ) {
        prop_assume!(on_demand + spot > 0);
        let split = SpotStrategy::new(base, on_demand, spot).unwrap().split(tasks);
        prop_assert_eq!(split.on_demand + split.spot, tasks);
        prop_assert!(split.spot_least <= split.spot && split.spot <= split.spot_most);
        prop_assert!(split.spot_most - split.spot_least <= 1);
        prop_assert!(split.on_demand >= base.min(tasks));
    }

    #[test]
    fn nothing_depends_on_the_order_of_prices_or_services(scenario in scenarios(), turn in 0_usize..8) {
        let mut other = BOOK.clone();
        other.fargate.rotate_left(turn % BOOK.fargate.len());
        other.ec2.rotate_left(turn % BOOK.ec2.len());
        other.adjacent.reverse();
        prop_assert_eq!(evaluate(&scenario, &BOOK), evaluate(&scenario, &other));
    }
}

#[test]
fn every_input_reads_back_what_it_was_given() {
    let scenario = presets::PRESETS
        .iter()
        .map(presets::Preset::scenario)
        .next_back()
        .unwrap();
    for index in 0..scenario.services.len() {
        for input in &INPUTS {
            if let Some(text) = inputs::get(&scenario, index, input.id) {
                let again = inputs::set(&scenario, index, input.id, &text).unwrap();
                assert_eq!(again, scenario, "{}", input.label);
            }
        }
    }
}

#[test]
fn the_registry_holds_every_input_once_in_the_order_of_their_identifiers() {
    let ids: Vec<_> = INPUTS.iter().map(|input| input.id).collect();
    assert_eq!(ids, InputId::ALL);
}

/// What every option costs, in the order of the report.
fn totals(scenario: &Scenario) -> Vec<Option<Usd>> {
    let answer = evaluate_service(scenario, scenario.services.nearest(0), &BOOK);
    let total = |outcome: &Outcome| match outcome {
        Outcome::Priced(priced) => Some(priced.total),
        _ => None,
    };
    answer
        .options
        .iter()
        .map(|report| total(&report.outcome))
        .collect()
}

proptest! {
    #[test]
    fn a_week_that_writes_out_a_load_costs_what_the_load_does(scenario in scenarios()) {
        let load = &scenario.services.nearest(0).load;
        prop_assume!(!matches!(load, Load::Jobs { .. }));
        let week = inputs::set(&scenario, 0, InputId::Load, "week").unwrap();
        prop_assert!(same(&totals(&week), &totals(&scenario)));
    }

    #[test]
    fn spare_tasks_cost_what_as_many_more_tasks_do(scenario in scenarios(), spare in 0_u32..20) {
        let load = scenario.services.nearest(0).load.clone();
        prop_assume!(!matches!(load, Load::Schedule { .. } | Load::Week(_)));
        let set = |scenario: &Scenario, input, text: &str| inputs::set(scenario, 0, input, text).unwrap();
        let with_spare = set(&scenario, InputId::Headroom, &spare.to_string());
        let tasks = load.tasks().get() + spare;
        let with_more = set(&set(&scenario, InputId::Headroom, "0"), InputId::Tasks, &tasks.to_string());
        prop_assert!(same(&totals(&with_spare), &totals(&with_more)));
    }

    #[test]
    fn the_day_s_peak_kept_until_the_low_never_costs_less(scenario in scenarios()) {
        let answer = evaluate_service(&scenario, scenario.services.nearest(0), &BOOK);
        for report in &answer.options {
            if let Outcome::Priced(priced) = &report.outcome {
                prop_assert!(priced.high >= priced.total, "{}", report.option);
            }
        }
    }

    #[test]
    fn fewer_types_to_choose_from_never_cost_less_on_demand(scenario in scenarios()) {
        let set = |scenario: &Scenario, input, text: &str| inputs::set(scenario, 0, input, text).unwrap();
        let free = set(&set(&scenario, InputId::Types, ""), InputId::Excluded, "");
        let held = set(&free, InputId::Excluded, "m7g,c7g,m6a,c6a,t4g");
        for option in ["ec2-x86_64-on_demand", "ec2-arm64-on_demand"] {
            if let (Some(free), Some(held)) = (priced(&free, option), priced(&held, option)) {
                prop_assert!(held.total >= free.total, "{}", option);
            }
        }
    }
}
