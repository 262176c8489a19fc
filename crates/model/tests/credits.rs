//! Surplus credits of burstable types, worked out by hand (rule 8).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::{Item, Line, Unit};
use berth_model::fleet::crowd::Crowd;
use berth_model::fleet::price::Fleet;
use berth_model::fleet::{Operator, Rules};
use berth_model::load::{Pattern, Week};
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::platform::Arch;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{Capacity, Outcome, Priced};
use berth_model::scenario::Scenario;
use berth_model::share::decode;
use berth_model::{evaluate_service, explain, words};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

/// 12 tasks of 0.5 vCPU and 1 GiB. A t3.medium or t4g.medium has interfaces for two of them, so
/// there are three in each of two zones. They ask for 6 vCPU; six earn 24 credits an hour each,
/// 0.4 vCPU, in all 2.4. Beyond it are 3.6 vCPU, 2,628 vCPU-hours a month.
const API: &str = "name=api&vcpu=0.5&mem=1&tasks=12";

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn priced(link: &str, option: &str) -> Priced {
    let scenario = scenario(link);
    let answer = evaluate_service(&scenario, scenario.services.nearest(0), &BOOK);
    let option = OptionId::from_id(option).unwrap();
    match &answer.option(option).unwrap().outcome {
        Outcome::Priced(priced) => (**priced).clone(),
        other => panic!("{option} of {link}: {other:?}"),
    }
}

fn credits(priced: &Priced) -> Vec<Line> {
    let of_credits = |line: &&Line| matches!(line.item, Item::SurplusCredits(_));
    let lines = priced.bill.lines().iter();
    lines.filter(of_credits).copied().collect()
}

#[track_caller]
fn assert_total(link: &str, option: &str, dollars: &str) {
    let dollars = Usd::parse(dollars).unwrap().to_six_decimals();
    let priced = priced(link, option);
    assert_eq!(
        priced.total.to_six_decimals(),
        dollars,
        "{option} of {link}"
    );
    assert_eq!(priced.set_aside, None, "{option} of {link}");
}

#[test]
fn what_tasks_ask_for_above_the_baseline_is_billed() {
    // 6 x (730 x 0.0416 + 2.40) = 196.608; 2,628 x 0.05 = 131.40.
    let t3 = format!("types=t3.medium&{API}");
    assert_total(&t3, "ec2-x86_64-on_demand", "328.008");
    // 6 x (730 x 0.0336 + 2.40) = 161.568; 2,628 x 0.04 = 105.12.
    assert_total(
        &format!("types=t4g.medium&{API}"),
        "ec2-arm64-on_demand",
        "266.688",
    );
    // Windows: 6 x (730 x 0.06 + 2.40) = 277.20; 2,628 x 0.096 = 252.288.
    let windows = format!("types=t3.medium&{API}&os=windows");
    assert_total(&windows, "ec2-x86_64-on_demand", "529.488");

    let bill = priced(&t3, "ec2-x86_64-on_demand");
    let lines = credits(&bill);
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].quantity, lines[0].unit),
        (Decimal::from(2_628), Unit::VcpuHours)
    );
    assert_eq!(
        words::line(&lines[0], &BOOK),
        "Surplus CPU credits of t3.medium"
    );
    let source = words::source(lines[0].source.unwrap(), &BOOK).unwrap();
    assert!(
        source.starts_with("2026-09-29, quoted: https://aws.amazon.com/ec2/pricing/on-demand/")
    );
}

#[test]
fn a_discount_comes_off_credits_and_a_reservation_does_not_cover_them() {
    let t3 = format!("types=t3.medium&{API}");
    assert_total(
        &format!("discount=10&{t3}"),
        "ec2-x86_64-on_demand",
        "295.2072",
    );
    // 6 x (730 x 0.0261 + 2.40) = 128.718; credits 131.40 as before.
    let reserved = priced(&format!("term=1y&{t3}"), "ec2-x86_64-ri_1y_no_upfront");
    assert_eq!(reserved.total.to_six_decimals(), "260.118000");
}

#[test]
fn within_the_baseline_a_burstable_type_wins_like_any_other() {
    // t4g.medium holds one task of 3 GiB, which asks for 0.25 vCPU of 0.4:
    // 2 x (730 x 0.0336 + 2.40) = 53.856. Without it m6g.medium: 2 x (730 x 0.0385 + 2.40) = 61.01.
    let link = "name=a&vcpu=0.25&mem=3&tasks=2";
    assert_total(&format!("burst=on&{link}"), "ec2-arm64-on_demand", "53.856");
    assert_total(link, "ec2-arm64-on_demand", "61.01");
    let on = priced(&format!("burst=on&{link}"), "ec2-arm64-on_demand");
    assert_eq!(credits(&on), []);
}

#[test]
fn above_it_the_search_counts_what_credits_cost() {
    // Without credits t3a.medium would cost 179.09, less than the 228.18 of two c6a.xlarge.
    assert_total(&format!("burst=on&{API}"), "ec2-x86_64-on_demand", "228.18");
    assert_total(&format!("burst=on&{API}"), "ec2-arm64-on_demand", "183.03");
    assert_total(
        &format!("burst=on&{API}"),
        "managed_instances-x86_64-on_demand",
        "262.9856",
    );
}

#[test]
fn credits_are_billed_only_while_tasks_run() {
    // 60 of 168 hours. 6 instances x (60 + 5 x 20 / 60) hours a week; 3.6 x 60 vCPU-hours a week.
    let link = format!("types=t3.medium&{API}&load=schedule&idle=0&day-hours=12&days=5");
    let lines = credits(&priced(&link, "ec2-x86_64-on_demand"));
    let quantity =
        Decimal::new(36, 1) * Decimal::from(60) * Decimal::from(730) / Decimal::from(168);
    assert_eq!(lines[0].quantity.round_dp(9), quantity.round_dp(9));
}

#[test]
fn jobs_pay_for_the_minutes_of_their_runs() {
    let quantity = |runs: u32, minutes: u32| {
        let link = format!(
            "types=t3.medium&name=a&vcpu=0.5&mem=1&tasks=2&load=jobs&runs={runs}&minutes={minutes}"
        );
        credits(&priced(&link, "ec2-x86_64-on_demand"))[0]
            .quantity
            .round_dp(9)
    };
    let a_month = |vcpu: Decimal, minutes: u32| {
        (vcpu * Decimal::from(minutes) / Decimal::from(60) * Decimal::from(730) / Decimal::from(24))
            .round_dp(9)
    };
    // Two tasks on one instance: 1 vCPU of 0.4. 24 runs of ten minutes.
    assert_eq!(quantity(24, 10), a_month(Decimal::new(6, 1), 240));
    // 96 x 34 minutes are more than a day: it is kept warm, and busy for 96 x 14 minutes.
    assert_eq!(quantity(96, 14), a_month(Decimal::new(6, 1), 1_344));
    // 96 runs of 20 minutes: one and a third at a time, two instances kept warm. A third of the
    // day two runs ask for 2 vCPU of 0.8, else one for 1 of 0.8.
    let day = Decimal::new(12, 1) * Decimal::from(480) + Decimal::new(2, 1) * Decimal::from(960);
    assert_eq!(quantity(96, 20), a_month(day / Decimal::from(1_440), 1_440));
}

#[test]
fn daemons_use_credits_too_and_no_task_uses_more_than_there_is() {
    let quantity = |link: &str| credits(&priced(link, "ec2-x86_64-on_demand"))[0].quantity;
    // A daemon of 0.25 on each of six: 6 + 1.5 - 2.4 = 5.1 vCPU.
    let daemon = format!("types=t3.medium&daemon=0.25~0.1~0~agent&{API}");
    assert_eq!(quantity(&daemon), Decimal::from(3_723));
    // 4 vCPU promised on 2: two instances use all 2 of theirs, 1.6 beyond the baseline.
    let promised = "types=t3.medium&overcommit=2&name=a&vcpu=4&mem=1&tasks=2&arch=x86_64";
    assert_eq!(quantity(promised), Decimal::from(2_336));
}

#[test]
fn services_that_share_a_fleet_pay_for_what_they_ask_for_together() {
    let first = scenario(&format!("types=t3.medium&{}", API.replace("12", "6")));
    let service = first.services.nearest(0);
    let rules = || Rules::new(Operator::Own, &first.fleet, service);
    let crowd = Crowd::of([rules(), rules()].into_iter(), &[vec![6, 6]]).unwrap();
    let pattern = Pattern::Hourly(Week::flat(12));
    let fleet = Fleet::of(&first, crowd, &BOOK, &pattern, Arch::X86);
    let option = OptionId::from_id("ec2-x86_64-on_demand").unwrap();
    let Outcome::Priced(priced) = fleet.price(option) else {
        panic!("no price");
    };
    assert_eq!(priced.total.to_six_decimals(), "328.008000");
}

#[test]
fn a_spot_mix_takes_its_share_of_each_familys_credits() {
    // Two families of one type each, with the same instances: half of the credits each.
    let link = format!("burst=on&types=t3.medium,t3a.medium&{API}&spot=0.0.1&arch=x86_64");
    let lines = credits(&priced(&link, "ec2-x86_64-spot_mix"));
    let quantities: Vec<Decimal> = lines.iter().map(|line| line.quantity).collect();
    assert_eq!(quantities, [Decimal::from(1_314), Decimal::from(1_314)]);
}

#[test]
fn the_assumption_is_told_where_it_counts() {
    for (link, told) in [
        (API.to_owned(), false),
        (format!("burst=on&{API}"), true),
        (format!("types=t3.large&{API}"), true),
        (format!("burst=on&types=m7g.large&{API}"), false),
    ] {
        let scenario = scenario(&link);
        let list = explain::assumptions(&scenario, scenario.services.nearest(0), &BOOK);
        let says = list.iter().any(|text| text.contains("surplus credits"));
        assert_eq!(says, told, "{link}");
    }
}

proptest! {
    #[test]
    fn allowing_burstable_types_never_costs_more(
        millivcpu in 50_u32..4_000,
        mib in 128_u32..12_000,
        tasks in 1_u32..80,
        rest in select(vec!["", "&load=schedule&idle=3", "&load=jobs&runs=40&minutes=25"]),
        before in select(vec!["", "net=bridge&", "target=80&floor=0&", "zones=1&discount=7&"]),
    ) {
        let vcpu = Decimal::new(millivcpu.into(), 3);
        let memory = (Decimal::from(mib / 8 * 8) / Decimal::from(1_024)).round_dp(3);
        let link = format!("{before}name=a&vcpu={vcpu}&mem={memory}&tasks={tasks}{rest}");
        let (off, on) = (scenario(&link), scenario(&format!("burst=on&{link}")));
        let answer = |scenario: &Scenario| {
            evaluate_service(scenario, scenario.services.nearest(0), &BOOK)
        };
        let (off, on_answer) = (answer(&off), answer(&on));
        for id in [
            "ec2-x86_64-on_demand",
            "ec2-arm64-on_demand",
            "managed_instances-x86_64-on_demand",
            "managed_instances-arm64-on_demand",
            "ec2-x86_64-ri_1y_no_upfront",
        ] {
            let option = OptionId::from_id(id).unwrap();
            let of = |answer: &berth_model::report::ServiceAnswer| {
                answer.option(option).unwrap().priced().cloned()
            };
            let (Some(off), Some(with)) = (of(&off), of(&on_answer)) else {
                continue;
            };
            prop_assert!(
                with.total.rounded_to_millionths() <= off.total.rounded_to_millionths(),
                "{id} of {link}"
            );
            // The line by hand, for a constant load.
            let Capacity::Fleet(fleet) = &with.capacity else { continue };
            let one = fleet.legs[0].types[0];
            let instance = &BOOK.types[one.index];
            if !instance.burstable || !rest.is_empty() {
                continue;
            }
            let share = match instance.name.split_once('.').unwrap().1 {
                "nano" => 5,
                "micro" => 10,
                "small" | "medium" => 20,
                "large" => 30,
                _ => 40,
            };
            let there = Decimal::from(one.instances) * Decimal::from(instance.vcpu);
            let baseline = there * Decimal::new(share, 2);
            let asked = vcpu * Decimal::from(tasks);
            let beyond = (asked - baseline).max(Decimal::ZERO) * Decimal::from(730);
            let billed: Decimal = credits(&with).iter().map(|line| line.quantity).sum();
            prop_assert_eq!(billed.round_dp(9), beyond.round_dp(9), "{} of {}", id, link);
        }
    }
}
