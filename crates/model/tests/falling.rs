//! What a commitment costs once the load falls.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::Component;
use berth_model::commitment::falling::{Fallen, at_load};
use berth_model::money::Usd;
use berth_model::option::{OptionId, Place, Purchase};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{ServiceAnswer, evaluate_service};
use berth_model::scenario::Scenario;
use berth_model::share;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

const LINKS: &[&str] = &[
    "v=1&name=api&vcpu=0.5&mem=1&tasks=12",
    "v=1&name=web&vcpu=1&mem=2&load=schedule&tasks=40&idle=4&day-hours=10&days=5",
    "v=1&sizing=steady_floor&name=floor&vcpu=1&mem=4&load=schedule&tasks=40&idle=4&day-hours=10&days=5",
    "v=1&name=week&vcpu=0.25&mem=2&tasks=10&load=week&week=2x8,10x10,2x6,0x8,10x10,2x6,2x120",
    "v=1&name=batch&vcpu=2&mem=4&load=jobs&tasks=10&runs=96&minutes=12",
    "v=1&discount=7&staff=on&name=model&vcpu=3&mem=12&gpu=1&tasks=2",
    "v=1&owned-plans=compute_sp_1y_no_upfront%3D0.1&owned-ris=m6g.xlarge%3D1&name=owner&vcpu=0.5&mem=1&tasks=12",
    "v=1&free-vcpu=4&free-mem=8&name=guest&vcpu=1&mem=2&tasks=12",
    "v=1&name=big&vcpu=16&mem=256&tasks=5&headroom=1&disk=200",
];

fn scenario(link: &str) -> Scenario {
    let decoded = share::decode(link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn answer(scenario: &Scenario) -> ServiceAnswer {
    evaluate_service(scenario, scenario.services.nearest(0), &BOOK)
}

fn fallen(
    scenario: &Scenario,
    answer: &ServiceAnswer,
    option: OptionId,
    percent: u32,
) -> Option<Fallen> {
    let priced = answer.option(option)?.priced()?;
    let service = scenario.services.nearest(0);
    at_load(scenario, service, (option, priced), &BOOK, percent)
}

#[test]
fn at_the_whole_load_it_is_the_options_own_bill() {
    let mut seen = 0;
    for link in LINKS {
        let scenario = scenario(link);
        let answer = answer(&scenario);
        for report in &answer.options {
            let option = report.option;
            let Some(priced) = report.priced() else {
                continue;
            };
            let found = fallen(&scenario, &answer, option, 100);
            if !matches!(option.purchase, Purchase::Committed(_)) {
                assert_eq!(found, None, "{link}: {option}");
                continue;
            }
            let found = found.unwrap();
            assert_eq!(found.total, priced.total, "{link}: {option}");
            let on_demand = OptionId {
                purchase: Purchase::OnDemand,
                ..option
            };
            let on_demand = answer.option(on_demand).unwrap().priced();
            assert_eq!(
                found.on_demand,
                on_demand.map(|one| one.total),
                "{link}: {option}"
            );
            assert!(found.unused >= Usd::ZERO, "{link}: {option}");
            if option.place == Place::Fargate {
                assert_eq!(found.unused, priced.bill.component(Component::Unused));
            }
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} options commit");
}

#[test]
fn what_is_paid_for_nothing_grows_as_the_load_falls() {
    for link in LINKS {
        let scenario = scenario(link);
        let answer = answer(&scenario);
        for report in &answer.options {
            let at = |percent| fallen(&scenario, &answer, report.option, percent);
            let (Some(all), Some(half), Some(none)) = (at(100), at(50), at(0)) else {
                continue;
            };
            let what = format!("{link}: {}", report.option);
            assert!(all.unused <= half.unused, "{what}");
            assert!(half.unused <= none.unused, "{what}");
            assert!(none.unused <= none.total, "{what}");
        }
    }
}

/// A plan of one dollar figure, and reservations, at half of a flat load, by hand.
#[test]
fn half_of_a_flat_load_by_hand() {
    let scenario = scenario("v=1&ebs=off&name=a&vcpu=1&mem=2&tasks=10&arch=x86_64");
    let answer = answer(&scenario);
    let option = OptionId::from_id("fargate-x86_64-compute_sp_1y_no_upfront").unwrap();
    let whole = answer.option(option).unwrap().priced().unwrap().total;
    let half = fallen(&scenario, &answer, option, 50).unwrap();
    // The plan covers everything: half of it is used, and all of it is paid for.
    let off = (half.total - whole).to_f64().abs();
    assert!(off < 1.0, "a step of the plan: {off}");
    let unused = half.unused.to_f64() / whole.to_f64();
    assert!((unused - 0.5).abs() < 0.01, "{unused}");
    let none = fallen(&scenario, &answer, option, 0).unwrap();
    assert_eq!(none.unused, none.total);

    let option = OptionId::from_id("ec2-x86_64-ri_1y_no_upfront").unwrap();
    let priced = answer.option(option).unwrap().priced().unwrap();
    let none = fallen(&scenario, &answer, option, 0).unwrap();
    assert_eq!(none.total, none.unused, "no volumes, nothing beside");
    assert_eq!(none.total, priced.total, "all of it reserved");
}
