//! What is there already: commitments that are owned, and room in a running cluster.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::{Coverable, Item};
use berth_model::cluster::evaluate_cluster;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::Priced;
use berth_model::scenario::Scenario;
use berth_model::{evaluate, share};
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

const API: &str = "&name=api&vcpu=0.5&mem=1&tasks=12";

fn scenario(rest: &str) -> Scenario {
    let decoded = share::decode(&format!("v=1&region=us-east-1{rest}"));
    assert_eq!(decoded.notices, [], "{rest}");
    decoded.scenario.unwrap()
}

fn priced(rest: &str, option: &str) -> Priced {
    let scenario = scenario(rest);
    let answers = evaluate(&scenario, &BOOK);
    let option = OptionId::from_id(option).unwrap();
    let answer = answers.first().unwrap();
    answer.option(option).unwrap().priced().unwrap().clone()
}

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn covered(priced: &Priced, what: impl Fn(Coverable) -> bool) -> Decimal {
    let lines = priced.bill.lines().iter();
    lines
        .filter(|line| matches!(line.item, Item::Covered(of) if what(of)))
        .map(|line| line.quantity)
        .sum()
}

#[test]
fn an_owned_plan_pays_for_fargate_at_its_own_rates() {
    // 6 vCPU and 12 GiB on Arm: $0.03238 and $0.00356 on-demand, 6 x 0.0255802 + 12 x 0.0028124
    // under a one-year plan, which is 79 % of each.
    let option = "fargate-arm64-on_demand";
    let whole = priced(
        &format!("&owned-plans=compute_sp_1y_no_upfront%3D1{API}"),
        option,
    );
    assert_eq!(whole.total, Usd::ZERO);
    let part = priced(
        &format!("&owned-plans=compute_sp_1y_no_upfront%3D0.1{API}"),
        option,
    );
    let none = priced(API, option);
    let saved = none.total - part.total;
    // A tenth of a dollar an hour is worth what it pays for at on-demand prices: 1 / 0.79.
    let worth = usd("73").ratio_to(usd("0.79")).unwrap();
    let off = (saved.decimal() - worth).abs();
    assert!(off < Decimal::new(5, 1), "{saved:?} {worth}");
    assert!(covered(&part, |what| what == Coverable::Vcpu) > Decimal::ZERO);
    let used = part.owned.unwrap();
    let plan = used.plans.first().unwrap();
    assert_eq!(plan.unused, Usd::ZERO);
}

#[test]
fn owned_reservations_cover_other_sizes_of_their_family_and_change_the_choice() {
    // Two m6g.xlarge are eight m6g.medium, of which the service needs six.
    let option = "ec2-arm64-on_demand";
    let owned = priced(&format!("&owned-ris=m6g.xlarge%3D2{API}"), option);
    // Two of the larger ones hold what six of the smaller do. EBS alone: 2 x 30 GiB x $0.08.
    assert_eq!(owned.total, usd("4.8"));
    let is_instance = |what| matches!(what, Coverable::Instances(_));
    assert_eq!(covered(&owned, is_instance), Decimal::from(2 * 730));
    // A family that is not the cheapest without them.
    let other = priced(&format!("&ebs=off&owned-ris=c7g.2xlarge%3D4{API}"), option);
    assert_eq!(other.total, Usd::ZERO);
    let types: Vec<&str> = other
        .capacity
        .fleets()
        .iter()
        .flat_map(|fleet| &fleet.legs)
        .flat_map(|leg| &leg.types)
        .map(|one| &*BOOK.types.get(one.index).unwrap().name)
        .collect();
    assert!(
        types.iter().all(|name| name.starts_with("c7g.")),
        "{types:?}"
    );
}

#[test]
fn new_reservations_are_for_what_owned_ones_leave() {
    let option = "ec2-arm64-ri_1y_no_upfront";
    let rest = format!("&term=1y&types=m7g.large&floor=0&zones=1{API}");
    // Three m7g.large hold the twelve tasks; one is owned.
    let alone = priced(&rest, option);
    let owned = priced(&format!("&owned-ris=m7g.large%3D1{rest}"), option);
    let reserved = |priced: &Priced| {
        let fleets = priced.capacity.fleets();
        let legs = fleets.iter().flat_map(|fleet| &fleet.legs);
        legs.flat_map(|leg| &leg.types)
            .map(|one| one.reserved)
            .sum::<u64>()
    };
    assert_eq!((reserved(&alone), reserved(&owned)), (3, 2));
    assert!(owned.total < alone.total);
}

#[test]
fn what_is_owned_never_makes_an_option_dearer() {
    let owned = "&owned-plans=compute_sp_1y_no_upfront%3D0.2,ec2_sp_1y_no_upfront%3Am7g%3D0.1&owned-ris=m7g.large%3D1,m6a.xlarge%3D1";
    for load in [
        "&tasks=12",
        "&load=schedule&tasks=12&idle=3",
        "&load=jobs&tasks=4&runs=30&minutes=30",
        "&tasks=12&spot=2.1.3",
    ] {
        let service = format!("&term=3y&name=api&vcpu=0.5&mem=1{load}");
        let with = evaluate(&scenario(&format!("{owned}{service}")), &BOOK);
        let without = evaluate(&scenario(&service), &BOOK);
        let pairs = with.iter().flat_map(|answer| &answer.options);
        let pairs = pairs.zip(without.iter().flat_map(|answer| &answer.options));
        for (with, without) in pairs {
            if let (Some(with), Some(before)) = (with.priced(), without.priced()) {
                let (now, then) = (
                    with.total.rounded_to_millionths(),
                    before.total.rounded_to_millionths(),
                );
                assert!(now <= then, "{load} {}: {now:?} > {then:?}", without.option);
            }
        }
    }
}

#[test]
fn a_cluster_spends_what_is_owned_once() {
    let two = format!("{API}{}", API.replace("=api", "=copy"));
    let rest = format!("&owned-plans=compute_sp_1y_no_upfront%3D0.1{two}");
    let scenario = scenario(&rest);
    let alone = evaluate(&scenario, &BOOK);
    let cluster = evaluate_cluster(&scenario, &BOOK, &alone);
    let option = OptionId::from_id("fargate-arm64-on_demand").unwrap();
    let report = cluster
        .options
        .iter()
        .find(|report| report.option == option);
    let together = report.unwrap().priced().unwrap().total;
    let one = priced(API, "fargate-arm64-on_demand").total;
    let with_plan = alone
        .first()
        .unwrap()
        .option(option)
        .unwrap()
        .priced()
        .unwrap()
        .total;
    // The plan saves once. Together there is more of what it saves most on.
    assert!(together <= one + with_plan, "{together:?}");
    let off = (one + with_plan - together).decimal();
    assert!(off < Decimal::new(1, 1), "{off}");
}

#[test]
fn tasks_that_fit_into_a_running_cluster_cost_nothing_more_on_ec2() {
    let room = "&free-vcpu=4&free-mem=100";
    let all = priced(
        &format!("&free-vcpu=6&free-mem=12{API}"),
        "ec2-arm64-on_demand",
    );
    assert_eq!(all.total, Usd::ZERO);
    // Eight of twelve fit by vCPU; the other four cost what four do.
    let four = API.replace("tasks=12", "tasks=4");
    for option in ["ec2-arm64-on_demand", "ec2-x86_64-on_demand"] {
        let rest = priced(&format!("{room}{API}"), option);
        assert_eq!(rest.total, priced(&four, option).total, "{option}");
    }
    // Elsewhere the room is not there.
    for option in [
        "fargate-arm64-on_demand",
        "managed_instances-arm64-on_demand",
    ] {
        let rest = priced(&format!("{room}{API}"), option);
        assert_eq!(rest.total, priced(API, option).total, "{option}");
    }
}

#[test]
fn free_room_is_taken_once_by_a_cluster() {
    let two = format!("{API}{}", API.replace("=api", "=copy"));
    let scenario = scenario(&format!("&zones=1&floor=0&free-vcpu=6&free-mem=12{two}"));
    let alone = evaluate(&scenario, &BOOK);
    let cluster = evaluate_cluster(&scenario, &BOOK, &alone);
    let option = OptionId::from_id("ec2-arm64-on_demand").unwrap();
    let report = cluster
        .options
        .iter()
        .find(|report| report.option == option);
    let together = report.unwrap().priced().unwrap().total;
    let one = priced(&format!("&zones=1&floor=0{API}"), "ec2-arm64-on_demand").total;
    assert_eq!(together, one);
}
