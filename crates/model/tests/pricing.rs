//! What a person says of prices, what is billed beside compute, and what a region's book lacks:
//! worked out by hand from the prices of the books.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::similar_names,
    reason = "a test stops where its own data is wrong"
)]

use std::fs;
use std::path::Path;

use berth_model::bill::{Component, Item};
use berth_model::date::Date;
use berth_model::evaluate;
use berth_model::explain;
use berth_model::inputs::{self, InputId};
use berth_model::money::{Rate, Usd};
use berth_model::option::OptionId;
use berth_model::prices::key::PriceKey;
use berth_model::prices::{Adjacent, Grade, PriceBook, SourceId, index};
use berth_model::pricing::{MAX_OWN, OwnPrice};
use berth_model::purchase::PriceKind;
use berth_model::report::{Missing, OptionReport, Outcome, Priced, SetAside, Upfront};
use berth_model::scenario::{Region, Scenario};
use berth_model::share::{View, decode, encode};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

/// 12 tasks of 0.5 vCPU and 1 GiB, always on: on Arm, $173.01 on Fargate.
const API: &str = "name=api&vcpu=0.5&mem=1&tasks=12";

fn book(region: &str) -> PriceBook {
    let file = format!("{}/../../prices/{region}.txt", env!("CARGO_MANIFEST_DIR"));
    PriceBook::parse(&fs::read_to_string(Path::new(&file)).unwrap()).unwrap()
}

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn report(link: &str, option: &str) -> OptionReport {
    let scenario = scenario(link);
    let answers = evaluate(&scenario, &book(scenario.region.as_str()));
    let option = OptionId::from_id(option).unwrap();
    answers.first().unwrap().option(option).unwrap().clone()
}

fn priced(link: &str, option: &str) -> Priced {
    let report = report(link, option);
    match report.outcome {
        Outcome::Priced(priced) => *priced,
        other => panic!("{option} of {link}: {other:?}"),
    }
}

#[track_caller]
fn assert_total(link: &str, option: &str, dollars: &str) {
    assert_eq!(
        priced(link, option).total.to_six_decimals(),
        Usd::parse(dollars).unwrap().to_six_decimals(),
        "{option} of {link}"
    );
}

#[track_caller]
fn assert_missing(link: &str, option: &str, missing: Missing) {
    assert_eq!(
        report(link, option).outcome,
        Outcome::NoPrice(vec![missing]),
        "{option} of {link}"
    );
}

#[test]
fn a_discount_is_one_last_line_over_every_listed_price() {
    // 173.01 x 0.9
    let link = format!("discount=10&{API}");
    assert_total(&link, "fargate-arm64-on_demand", "155.709");
    let bill = priced(&link, "fargate-arm64-on_demand").bill;
    let last = bill.lines().last().unwrap();
    assert_eq!(last.item, Item::Discount);
    assert_eq!(last.amount, Usd::parse("-17.301").unwrap());
    // Each kind of spend carries its share: 141.8244 x 0.9.
    assert_eq!(
        bill.component(Component::Compute),
        Usd::parse("127.64196").unwrap()
    );
    // Fee and volumes too: 235.1872 x 0.925.
    let link = format!("discount=7.5&{API}");
    assert_total(&link, "managed_instances-arm64-on_demand", "217.54816");
}

#[test]
fn the_assumptions_say_what_prices_the_figures_rest_on() {
    let own = "own=us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~0.03";
    let elsewhere = "own=eu-west-1~fargate.linux.arm64.on_demand.vcpu_hour~0.03";
    for (link, words) in [
        ("discount=0", "Prices are list prices in US dollars"),
        (elsewhere, "Prices are list prices in US dollars"),
        (
            "discount=12.75",
            "Prices are list prices less a discount of 12.75 % in US dollars",
        ),
        (
            own,
            "Prices are list prices, except for 1 price of your own, in US dollars",
        ),
        (
            &format!("discount=7.5&{own}"),
            "Prices are list prices less a discount of 7.5 %, except for 1 price of your own that \
             the discount leaves as entered, in US dollars",
        ),
    ] {
        let scenario = scenario(&format!("{link}&{API}"));
        let service = scenario.services.nearest(0);
        let said = explain::assumptions(&scenario, service, &book("us-east-1"));
        let first = said.first().unwrap();
        assert!(first.contains(words), "{link}: {first}");
    }
}

#[test]
fn an_own_price_replaces_the_books_and_knows_no_discount() {
    let own = "own=us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~0.03";
    // 4,380 x 0.03 + 8,760 x 0.00356
    assert_total(
        &format!("{own}&{API}"),
        "fargate-arm64-on_demand",
        "162.5856",
    );
    // 131.4 + 31.1856 x 0.9
    let link = format!("discount=10&{own}&{API}");
    assert_total(&link, "fargate-arm64-on_demand", "159.46704");
    let bill = priced(&link, "fargate-arm64-on_demand").bill;
    let line = bill.lines().first().unwrap();
    assert!(line.is_own());
    assert_eq!(line.source, Some(SourceId::OWN));
    assert_eq!(
        book("us-east-1").source(SourceId::OWN).unwrap().grade,
        Grade::Own
    );
    // The date beside the total is that of the price that is left: 2026-09-28.
    assert_eq!(
        priced(&link, "fargate-arm64-on_demand").oldest_price,
        Date::new(2026, 9, 28)
    );
}

#[test]
fn an_own_price_is_searched_with_and_beside_a_discount_only_the_rest_shrinks() {
    // m6g.medium holds two: 6 x (730 x 0.01 + 30 x 0.08) = 58.20, cheaper than any other.
    let own = "own=us-east-1~ec2.linux.on_demand.m6g.medium~0.01";
    assert_total(&format!("{own}&{API}"), "ec2-arm64-on_demand", "58.2");
    // At its list price it would win at list prices. With half off everything else it stays at
    // 6 x 730 x 0.0385 = 168.63, and m7g.medium wins at 6 x 730 x 0.0408 / 2 = 89.352.
    let own = "own=us-east-1~ec2.linux.on_demand.m6g.medium~0.0385";
    let link = format!("discount=50&ebs=off&{own}&{API}");
    assert_total(&link, "ec2-arm64-on_demand", "89.352");
}

#[test]
fn an_own_price_holds_in_its_region_alone() {
    let own = "own=eu-west-1~fargate.linux.arm64.on_demand.vcpu_hour~0.03";
    assert_total(&format!("{own}&{API}"), "fargate-arm64-on_demand", "173.01");
}

#[test]
fn an_own_price_fills_a_gap() {
    // No source has the price of gp3 in Ireland.
    let link = format!("region=eu-west-1&{API}");
    let gp3 = Missing::Adjacent(Adjacent::EbsGp3Storage);
    assert_missing(&link, "ec2-arm64-on_demand", gp3);
    let own = "own=eu-west-1~beside.ebs_gp3_storage~0.088";
    let link = format!("region=eu-west-1&{own}&{API}");
    let with = priced(&link, "ec2-arm64-on_demand").total;
    let without = priced(
        &format!("region=eu-west-1&ebs=off&{API}"),
        "ec2-arm64-on_demand",
    );
    assert!(with > without.total);
}

#[test]
fn nat_is_paid_by_the_zone_and_the_gigabyte() {
    // Two gateways: 2 x 730 x 0.045 = 65.70.
    let link = format!("egress=nat&{API}");
    assert_total(&link, "fargate-arm64-on_demand", "238.71");
    assert_total(&link, "ec2-arm64-on_demand", "248.73");
    // 100 GB more: 4.50. A constant load starts no tasks, so its image costs nothing.
    let link = format!("egress=nat&{API}&image=2&out=100");
    assert_total(&link, "fargate-arm64-on_demand", "243.21");
}

#[test]
fn every_task_of_a_job_pulls_its_image_through_nat_on_fargate() {
    // 24 x 10 x 730 / 24 = 7,300 pulls of 1 GiB: 328.50, and the gateways 65.70.
    // Compute: 7,300 tasks of 750 s (12 minutes and 30 s of pull), 1,520.8333... task-hours of
    // 2 x 0.03238 + 4 x 0.00356 = 0.079: 120.145833...
    let jobs = "name=batch&vcpu=2&mem=4&load=jobs&tasks=10&minutes=12&runs=24";
    let link = format!("egress=nat&{jobs}&image=1");
    assert_total(&link, "fargate-arm64-on_demand", "514.345833");
    // A fleet pulls once an instance: each run launches as many as hold its ten tasks.
    let fleet = priced(&link, "ec2-arm64-on_demand");
    let pulled = fleet
        .bill
        .lines()
        .iter()
        .find(|line| line.item == Item::Beside(Adjacent::NatGatewayData))
        .unwrap();
    assert!(pulled.quantity < 7_300.into());
    let a_run = pulled.quantity / Decimal::from(730);
    assert!(a_run.fract().is_zero(), "whole instances a run: {a_run}");
}

#[test]
fn a_schedule_pulls_the_tasks_that_each_morning_adds() {
    // From 2 to 12 tasks on 5 days of a week of 168 hours: 50 starts x 730 / 168 x 3 GiB.
    let link =
        "egress=nat&name=a&vcpu=1&mem=2&load=schedule&tasks=12&idle=2&day-hours=10&days=5&image=3";
    let bill = priced(link, "fargate-x86_64-on_demand").bill;
    let pulled = bill.lines().last().unwrap();
    assert_eq!(pulled.item, Item::Beside(Adjacent::NatGatewayData));
    assert_eq!(pulled.quantity.round_dp(6).to_string(), "651.785714");
}

#[test]
fn a_public_address_stands_where_one_can() {
    // 12 tasks x 730 x 0.005 = 43.80.
    let link = format!("egress=public&{API}");
    assert_total(&link, "fargate-arm64-on_demand", "216.81");
    // In awsvpc mode instances' tasks have none: NAT, 65.70.
    assert_total(&link, "ec2-arm64-on_demand", "248.73");
    // In bridge mode each instance has one: 6 x 730 x 0.005 = 21.90.
    let link = format!("egress=public&net=bridge&{API}");
    assert_total(&link, "ec2-arm64-on_demand", "204.93");
}

#[test]
fn endpoints_have_no_price_until_somebody_gives_one() {
    let link = format!("egress=endpoints&{API}");
    let missing = Missing::Adjacent(Adjacent::VpcEndpointHour);
    assert_missing(&link, "fargate-arm64-on_demand", missing);
    // 3 endpoints x 2 zones x 730 x 0.01 = 43.80.
    let own = "own=us-east-1~beside.vpc_endpoint_hour~0.01";
    let link = format!("egress=endpoints&{own}&{API}");
    assert_total(&link, "fargate-arm64-on_demand", "216.81");
}

#[test]
fn a_load_balancer_logs_and_traffic_between_zones_cost_every_option_the_same() {
    // 730 x 0.0225 + 2 x 730 x 0.008 = 28.105; 40 x 0.50 = 20; 1,000 x 0.01 = 10: 58.105.
    let link = format!("lb=on&lcu=2&{API}&logs=40&cross-zone=1000");
    assert_total(&link, "fargate-arm64-on_demand", "231.115");
    assert_total(&link, "ec2-arm64-on_demand", "241.135");
    let bill = priced(&link, "ec2-arm64-on_demand").bill;
    assert_eq!(
        bill.component(Component::Beside),
        Usd::parse("58.105").unwrap()
    );
}

#[test]
fn what_is_left_out_is_said_until_it_is_switched_on() {
    let all = scenario(API);
    let said = explain::not_included(&all, all.services.nearest(0));
    assert_eq!(
        said,
        "Not included: load balancer, NAT, public addresses and endpoints, logs, data between zones, data to the internet, staff time, tax."
    );
    let none = scenario(&format!(
        "ebs=off&lb=on&egress=nat&{API}&logs=1&cross-zone=1"
    ));
    assert_eq!(
        explain::not_included(&none, none.services.nearest(0)),
        "Not included: EBS volumes, data to the internet, staff time, tax."
    );
}

#[test]
fn three_years_win_only_within_the_longest_commitment() {
    // In an hour 6 x 0.022264 + 12 x 0.00244475 = 0.162921: 0.163 x 730.
    let option = "fargate-x86_64-compute_sp_3y_no_upfront";
    assert_total(API, option, "118.99");
    let aside = |term: &str| priced(&format!("term={term}&{API}"), option).set_aside;
    assert_eq!(aside("none"), Some(SetAside::BeyondCommitment));
    assert_eq!(aside("1y"), Some(SetAside::BeyondCommitment));
    assert_eq!(aside("3y"), None);
}

#[test]
fn a_plan_without_a_memory_rate_has_no_price() {
    let report = report(API, "fargate-x86_64-compute_sp_1y_all_upfront");
    assert!(matches!(report.outcome, Outcome::NoPrice(_)), "{report:?}");
}

#[test]
fn what_is_paid_in_advance_is_said_as_far_as_it_is_known() {
    assert_eq!(
        priced(API, "ec2-x86_64-ri_1y_no_upfront").upfront,
        Upfront::NONE
    );
    // m6a.xlarge alone has a partial rate, and its source gives the effective hour alone.
    assert_eq!(
        priced(API, "ec2-x86_64-ri_1y_partial_upfront").upfront,
        Upfront::NotQuoted
    );
    // An own all-upfront rate: two m6a.xlarge x 0.1 x 8,760 hours.
    let own = "own=us-east-1~ec2.linux.ri_1y_all_upfront.m6a.xlarge~0.1";
    let all = priced(&format!("{own}&{API}"), "ec2-x86_64-ri_1y_all_upfront");
    assert_eq!(all.upfront, Upfront::Cash(Usd::parse("1752").unwrap()));
}

#[test]
fn missing_rates_are_estimated_when_asked_and_decide_when_allowed() {
    let option = "ec2-arm64-ri_3y_no_upfront";
    let report = report(API, option);
    assert!(matches!(report.outcome, Outcome::NoPrice(_)), "{report:?}");
    // m6g.medium: 0.0385 x 0.46 = 0.01771; 6 x (730 x 0.01771 + 2.40).
    let link = format!("term=3y&estimate=on&{API}");
    assert_total(&link, option, "91.9698");
    let estimated = priced(&link, option);
    assert_eq!(estimated.set_aside, Some(SetAside::Estimated));
    let line = estimated.bill.lines().first().unwrap();
    assert_eq!(line.source, Some(SourceId::ESTIMATE));
    assert_eq!(
        estimated.oldest_price,
        Date::new(2026, 7, 20),
        "the date of the on-demand price that it is a share of"
    );
    let link = format!("term=3y&estimate=on&estimate-decides=on&{API}");
    assert_eq!(priced(&link, option).set_aside, None);
    // Quoted one-year rates stand as they are: an estimate replaces no quote.
    let quoted = priced(API, "ec2-arm64-ri_1y_no_upfront");
    let with = priced(&format!("estimate=on&{API}"), "ec2-arm64-ri_1y_no_upfront");
    assert_eq!(with.total, quoted.total);
    // Nothing else is estimated: AWS prices a Compute Savings Plan apart.
    let other = "ec2-arm64-compute_sp_3y_all_upfront";
    let missing = evaluate(&scenario(&link), &book("us-east-1"));
    let report = missing[0]
        .option(OptionId::from_id(other).unwrap())
        .unwrap();
    assert!(matches!(report.outcome, Outcome::NoPrice(_)), "{report:?}");
}

#[test]
fn where_no_feed_has_spot_the_advisors_saving_is_shown_and_never_decides() {
    let link = format!("region=eu-west-1&ebs=off&{API}&spot=0.1.1");
    let spot = priced(&link, "ec2-arm64-spot_mix");
    assert_eq!(spot.set_aside, Some(SetAside::DoubtfulPrices));
    let book = book("eu-west-1");
    let line = spot
        .bill
        .lines()
        .iter()
        .find(|line| line.kind == PriceKind::Spot)
        .unwrap();
    let source = book.source(line.source.unwrap()).unwrap();
    assert_eq!(source.grade, Grade::Derived);
    assert_eq!(source.date.to_string(), "2025-06-28");
    // The share of the on-demand price that the advisor's saving leaves, exactly.
    let Item::Instances(index) = line.item else {
        panic!("{line:?}")
    };
    let advice = book
        .advice(berth_model::platform::Os::Linux, index)
        .unwrap();
    let name = book.types[index].name.clone();
    let key = PriceKey::Ec2(berth_model::platform::Os::Linux, PriceKind::OnDemand, name);
    let list = book.quote(&key).unwrap().rate.ten_billionths();
    let kept = 100 - u64::from(advice.saving_percent);
    let rate = Rate::from_ten_billionths(list * kept / 100).unwrap();
    assert_eq!(line.rate, rate.usd());
}

#[test]
fn a_region_without_a_price_of_fargate_says_so() {
    let link = format!("region=il-central-1&{API}");
    let report = report(&link, "fargate-x86_64-on_demand");
    assert!(matches!(report.outcome, Outcome::NoPrice(_)), "{report:?}");
}

#[test]
fn prices_turn_old_by_the_age_of_their_kind() {
    let book = book("us-east-1");
    let old = |link: &str, option: &str, day: (i32, u32, u32)| {
        let today = Date::new(day.0, day.1, day.2).unwrap();
        priced(link, option).bill.rests_on_old_prices(&book, today)
    };
    // Fargate's prices on Arm are of 2026-09-28: 180 days later they are not yet old.
    assert!(!old(API, "fargate-arm64-on_demand", (2027, 3, 27)));
    assert!(old(API, "fargate-arm64-on_demand", (2027, 3, 28)));
    // Spot is old after two weeks.
    let link = format!("{API}&spot=0.0.1");
    assert!(!old(&link, "fargate-arm64-spot_mix", (2026, 10, 12)));
    assert!(old(&link, "fargate-arm64-spot_mix", (2026, 10, 13)));
    // What the user gave has no age, but what it stands beside has.
    let own = "own=us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~0.03&own=us-east-1~fargate.linux.arm64.on_demand.gb_hour~0.003";
    let link = format!("{own}&{API}");
    assert!(!old(&link, "fargate-arm64-on_demand", (2036, 1, 1)));
}

#[test]
fn an_own_price_that_makes_no_sense_is_named_and_the_rest_opens() {
    for text in [
        "us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~0",
        "us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~-1",
        "us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~100001",
        "us-east-1~fargate.linux.arm64.vcpu_hour~1",
        "us-east-1~fee.g~1.01",
        "US~fee.g~0.1",
        "nothing",
    ] {
        let decoded = decode(&format!("v=1&own={text}&{API}"));
        assert_eq!(decoded.notices.len(), 1, "{text}");
        let said = decoded.notices[0].to_string();
        assert!(said.contains("own price"), "{said}");
        assert!(decoded.scenario.unwrap().pricing.own.is_empty(), "{text}");
    }
    let many: Vec<String> = (0..=MAX_OWN)
        .map(|n| format!("own=us-east-1~ec2.linux.spot.m{n}.large~1"))
        .collect();
    let decoded = decode(&format!("v=1&{}&{API}", many.join("&")));
    assert_eq!(decoded.notices.len(), 1);
    assert_eq!(decoded.scenario.unwrap().pricing.own.len(), MAX_OWN);
}

#[test]
fn percentages_out_of_range_are_refused_in_words() {
    let base = scenario(API);
    let refused = |text: &str| {
        inputs::set(&base, 0, InputId::Discount, text)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused("101"),
        "Discount: 101 is out of range. Allowed: 0 to 100 %."
    );
    assert_eq!(
        refused("1.234"),
        "Discount: 1.234 is too fine. Allowed: steps of 0.01, 0 to 100 %."
    );
    assert_eq!(
        refused("-1"),
        "Discount: -1 is out of range. Allowed: 0 to 100 %."
    );
}

#[test]
fn every_price_of_every_book_has_a_name_that_reads_back() {
    for entry in index::books() {
        let book = book(entry.region);
        assert_eq!(&*book.region, entry.region);
        let mut count = 0;
        for (key, quote) in book.prices() {
            assert_eq!(
                PriceKey::parse(&key.to_string()),
                Some(key.clone()),
                "{key}"
            );
            assert_eq!(book.quote(&key), Some(quote), "{key}");
            count += 1;
        }
        assert!(count > 200, "{}: {count}", entry.region);
    }
}

/// Some prices that the example rests on.
fn own_keys() -> impl Strategy<Value = PriceKey> {
    select(vec![
        "fargate.linux.arm64.on_demand.vcpu_hour",
        "fargate.linux.x86_64.on_demand.gb_hour",
        "ec2.linux.on_demand.m6g.medium",
        "ec2.linux.ri_1y_no_upfront.c5a.xlarge",
        "ec2.linux.spot.c6g.large",
        "beside.ebs_gp3_storage",
        "fee.*",
    ])
    .prop_map(|text| PriceKey::parse(text).unwrap())
}

proptest! {
    /// A figure equal to the book's changes no total, only whose it is.
    #[test]
    fn an_own_price_equal_to_the_books_changes_no_total(key in own_keys(), spot: bool) {
        let spot = if spot { "&spot=0.1.1" } else { "" };
        let plain = scenario(&format!("{API}{spot}"));
        let book = book("us-east-1");
        let mut own = plain.clone();
        let rate = book.quote(&key).unwrap().rate;
        let fits = own.pricing.set_own(OwnPrice { region: Region::us_east_1(), key, rate });
        prop_assert!(fits);
        let (before, after) = (evaluate(&plain, &book), evaluate(&own, &book));
        for (before, after) in before[0].options.iter().zip(&after[0].options) {
            prop_assert_eq!(
                before.priced().map(|priced| priced.total),
                after.priced().map(|priced| priced.total),
                "{}", before.option
            );
        }
        prop_assert_eq!(before[0].verdict.best(), after[0].verdict.best());
    }

    /// Off list prices alone, a discount scales every total and changes no choice.
    #[test]
    fn a_discount_scales_every_total_and_leaves_the_verdict(hundredths in 1_u32..9_900, spot: bool) {
        let spot = if spot { "&spot=0.1.1" } else { "" };
        let percent = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let plain = scenario(&format!("term=3y&egress=nat&{API}{spot}"));
        let less = scenario(&format!("term=3y&egress=nat&discount={percent}&{API}{spot}"));
        let book = book("us-east-1");
        let (before, after) = (evaluate(&plain, &book), evaluate(&less, &book));
        let kept = less.pricing.discount.rest();
        for (before, after) in before[0].options.iter().zip(&after[0].options) {
            let (Some(before), Some(after)) = (before.priced(), after.priced()) else { continue };
            let wanted = before.total.scaled(kept);
            let off = (after.total - wanted).to_f64().abs();
            prop_assert!(off < 1e-9, "{} {}", after.total.to_six_decimals(), wanted.to_six_decimals());
        }
        prop_assert_eq!(before[0].verdict.best(), after[0].verdict.best());
    }

    /// No text makes reading a price's name panic, and what reads is written as it was read.
    #[test]
    fn names_of_prices_are_read_or_refused(text in "(ec2|fargate|fee|beside)?[a-z0-9_.*~-]{0,40}") {
        if let Some(key) = PriceKey::parse(&text) {
            prop_assert_eq!(key.to_string(), text);
        }
    }

    /// Own prices travel in the link.
    #[test]
    fn own_prices_travel_in_the_link(keys in proptest::collection::vec((own_keys(), 1_u64..10_000_000_000), 0..5)) {
        let mut scenario = scenario(API);
        for (key, rate) in keys {
            let rate = Rate::from_ten_billionths(rate).unwrap();
            scenario.pricing.set_own(OwnPrice { region: Region::us_east_1(), key, rate });
        }
        let decoded = decode(&encode(&scenario, View::default()));
        prop_assert_eq!(decoded.notices, []);
        prop_assert_eq!(decoded.scenario, Some(scenario));
    }
}

#[test]
fn every_line_of_every_bill_names_the_price_that_it_multiplies() {
    let link = "term=3y&estimate=on&egress=nat&lb=on&discount=5&name=a&vcpu=0.5&mem=1&tasks=12&disk=100&spot=0.1.1&logs=3&cross-zone=4&out=5";
    let scenario = scenario(link);
    let book = book("us-east-1");
    let service = scenario.services.nearest(0);
    let mut checked = 0;
    for report in &evaluate(&scenario, &book)[0].options {
        let Some(priced) = report.priced() else {
            continue;
        };
        for line in priced.bill.lines() {
            let key = book.key_of(line, service.os, report.option.arch);
            match line.item {
                Item::Discount | Item::Covered(_) | Item::UnusedCommitment => assert_eq!(key, None),
                // A fee's line is the share times the list price.
                Item::ManagedFee(_) => assert!(book.quote(&key.unwrap()).is_some()),
                _ if line.source == Some(SourceId::ESTIMATE) => {
                    assert_eq!(book.quote(&key.unwrap()), None);
                }
                _ => {
                    let quote = book.quote(&key.clone().unwrap()).unwrap();
                    assert_eq!(quote.rate.usd(), line.rate, "{}: {key:?}", report.option);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn an_own_price_is_read_as_people_type_it_or_refused_in_words() {
    use berth_model::pricing::set_own;
    let base = scenario(API);
    let key = PriceKey::parse("ec2.linux.on_demand.m6g.medium").unwrap();
    let with = set_own(&base, &key, " 0,0345 ").unwrap();
    assert_eq!(with.pricing.own("us-east-1", &key), Rate::parse("0.0345"));
    for (text, given) in [
        ("", ""),
        ("free", "free"),
        ("0", "0"),
        ("-1", "-1"),
        ("100001", "100001"),
    ] {
        assert_eq!(
            set_own(&base, &key, text).unwrap_err().to_string(),
            format!(
                "m6g.medium, on-demand: “{given}” is not a price. Allowed: above 0, at most 100000 dollars, with at most ten decimals."
            )
        );
    }
    let fee = PriceKey::parse("fee.g").unwrap();
    assert!(
        set_own(&base, &fee, "1.5")
            .unwrap_err()
            .to_string()
            .contains("at most 1,")
    );
}

#[test]
fn the_type_is_searched_with_all_that_goes_along_with_instances() {
    // Public addresses: two c6g.xlarge, 2 x 730 x 0.0857 + 2 x 2.40 + 2 x 730 x 0.005 = 137.222,
    // are dearer by the hour than six m6g.medium, 119.958, and need four addresses fewer.
    let link = "egress=public&net=host&term=1y&name=a&vcpu=0.5&mem=1&tasks=12";
    assert_total(link, "ec2-arm64-ri_1y_no_upfront", "137.222");
    // Image pulls: fewer, larger instances pull less each morning.
    let link = "egress=nat&term=1y&name=a&vcpu=0.5&mem=1&load=schedule&tasks=30&idle=4&day-hours=9&days=5&image=3&spot=2.1.1";
    assert_total(link, "ec2-x86_64-spot_mix", "295.380710");
    assert_total(link, "ec2-arm64-spot_mix", "242.739541");
    assert_total(link, "ec2-arm64-ri_1y_no_upfront", "256.299548");
    assert_total(link, "managed_instances-arm64-spot_mix", "322.282853");
    let scenario = scenario(link);
    let answer = &evaluate(&scenario, &book("us-east-1"))[0];
    let best = answer.verdict.best().unwrap().to_string();
    assert_eq!(best, "ec2-arm64-spot_mix");
}

#[test]
fn a_reservation_for_overlapping_jobs_covers_what_always_stands() {
    // 24 runs of 130 and 20 minutes: 2.5 stand on average, two always. One m6g.2xlarge holds a
    // run of four: 2 reserved x 730 x 0.1932, half of the hours a third at 0.308, EBS 6.00.
    let link = "term=1y&name=a&vcpu=2&mem=4&load=jobs&tasks=4&runs=24&minutes=130";
    assert_total(link, "ec2-arm64-ri_1y_no_upfront", "400.492");
    assert_total(link, "ec2-x86_64-ri_1y_no_upfront", "448.38");
    assert_total(link, "managed_instances-arm64-ri_1y_no_upfront", "477.944");
}

#[test]
fn the_range_of_a_spot_mix_shrinks_with_the_discount_beside_an_own_price() {
    // Seven tasks, one of them either way; half off, and an own price elsewhere in the bill.
    let link = "own=us-east-1~beside.alb_hour~0.03&discount=50&lb=on&name=a&vcpu=1&mem=2&tasks=7&spot=0.1.1&arch=arm64";
    let mix = priced(link, "fargate-arm64-spot_mix");
    assert_eq!(mix.total.to_six_decimals(), "96.261454");
    assert_eq!(mix.low.to_six_decimals(), "86.434438");
    let link = "own=us-east-1~fee.*~0.03&discount=7&term=1y&name=a&vcpu=1&mem=2&tasks=7&spot=0.1.1";
    let mix = priced(link, "managed_instances-x86_64-spot_mix");
    assert_eq!(mix.low.to_six_decimals(), "184.052490");
    assert_eq!(mix.high.to_six_decimals(), "198.653220");
}

#[test]
fn a_plan_of_nothing_ties_with_on_demand_and_loses_the_tie() {
    let link = "term=1y&name=a&arch=x86_64&vcpu=0.5&mem=1&load=jobs&tasks=2&runs=1&minutes=2";
    let answer = &evaluate(&scenario(link), &book("us-east-1"))[0];
    let best = answer.verdict.best().unwrap().to_string();
    assert_eq!(best, "fargate-x86_64-on_demand");
    // Nor does any bill have a line of next to nothing.
    for report in &answer.options {
        for line in report
            .priced()
            .iter()
            .flat_map(|priced| priced.bill.lines())
        {
            assert!(
                line.quantity.abs() > Decimal::new(1, 12),
                "{}: {line:?}",
                report.option
            );
        }
    }
}

#[test]
fn a_discount_is_named_to_its_last_digit() {
    let book = book("us-east-1");
    let bill = priced(&format!("discount=12.5&{API}"), "fargate-arm64-on_demand").bill;
    let last = bill.lines().last().unwrap();
    assert_eq!(
        berth_model::words::line(last, &book),
        "Discount of 12.5 % on lines at list price"
    );
}
