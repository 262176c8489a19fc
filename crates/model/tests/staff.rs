//! Staff time: as a line, and as the hours up to which a fleet is worth it (rule 23).

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::{Component, Item, Unit};
use berth_model::cluster::evaluate_cluster;
use berth_model::money::Usd;
use berth_model::option::{OptionId, Place};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;
use berth_model::share::decode;
use berth_model::staff::BreakEven;
use berth_model::{evaluate, evaluate_service, explain};
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

/// On EC2 two m6g.xlarge, 2 x (730 x 0.154 + 2.40) = 229.64; on Fargate on Arm
/// 4 x 730 x (2 x 0.03238 + 7 x 0.00356) = 261.8656. The fleet costs 32.2256 less.
const FLEET: &str = "name=a&vcpu=2&mem=7&tasks=4&arch=arm64";

fn answer(link: &str) -> (Scenario, ServiceAnswer) {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    let scenario = decoded.scenario.unwrap();
    let answer = evaluate_service(&scenario, scenario.services.nearest(0), &BOOK);
    (scenario, answer)
}

fn total(answer: &ServiceAnswer, option: &str) -> String {
    let option = OptionId::from_id(option).unwrap();
    let priced = answer.option(option).unwrap().priced().unwrap();
    priced.total.to_six_decimals()
}

fn sentence(link: &str) -> Option<String> {
    let (scenario, answer) = answer(link);
    let found = BreakEven::of(&scenario, &answer.options)?;
    Some(explain::break_even(&found, scenario.staff).plain())
}

#[test]
fn a_fleet_is_worth_it_for_so_many_hours() {
    // 32.2256 / 75 = 0.4297 hours, 25.8 minutes; / 5 = 6.445 hours; / 2 = 16.1.
    for (rate, time) in [("75", "25 minutes"), ("5", "6.4 hours"), ("2", "16 hours")] {
        assert_eq!(
            sentence(&format!("staff-rate={rate}&{FLEET}")).unwrap(),
            format!(
                "EC2 on Arm costs $32.23 a month less than Fargate on Arm: worth it while running the fleet takes under {time} a month at ${rate} an hour."
            )
        );
    }
}

#[test]
fn where_ec2_is_dearer_no_hour_is_worth_it() {
    // Fargate on Arm 173.01, EC2 183.03.
    assert_eq!(sentence("name=api&vcpu=0.5&mem=1&tasks=12"), None);
    // Nothing to compare with.
    assert_eq!(sentence("name=api&vcpu=2&mem=7&tasks=4&places=ec2"), None);
}

#[test]
fn staff_time_is_a_line_of_every_fleet_of_ones_own_and_of_no_other_option() {
    let (_, without) = answer(FLEET);
    let (_, with) = answer(&format!("staff=on&staff-hours=3&staff-rate=80&{FLEET}"));
    for (before, after) in without.options.iter().zip(&with.options) {
        let (Some(before_priced), Some(after_priced)) = (before.priced(), after.priced()) else {
            continue;
        };
        let more = after_priced.total - before_priced.total;
        let is_own = before.option.place == Place::Ec2;
        let expected = Decimal::from(if is_own { 240 } else { 0 });
        assert_eq!(more.decimal(), expected, "{}", before.option);
        let line = after_priced.bill.lines().last().unwrap();
        assert_eq!(line.item == Item::StaffTime, is_own);
        if is_own {
            assert_eq!(
                (line.quantity, line.unit),
                (Decimal::from(3), Unit::StaffHours)
            );
            assert_eq!((line.source, line.is_own()), (None, false));
        }
    }
    assert_eq!(total(&with, "ec2-arm64-on_demand"), "469.640000");
    // The break-even is of the fleet without it, and says what the bill counts.
    assert_eq!(
        sentence(&format!("staff=on&staff-hours=3&{FLEET}")).unwrap(),
        "EC2 on Arm costs $32.23 a month less than Fargate on Arm, staff time apart: worth it while running the fleet takes under 25 minutes a month at $75 an hour; the bill counts 3 hours."
    );
}

#[test]
fn a_cluster_pays_its_staff_once() {
    let link = |staff: &str| {
        let second = "name=b&vcpu=4&mem=30&tasks=3&arch=arm64&places=ec2";
        format!("v=1&{staff}{FLEET}&places=ec2&{second}")
    };
    let cluster = |staff: &str| {
        let decoded = decode(&link(staff));
        assert_eq!(decoded.notices, []);
        let scenario = decoded.scenario.unwrap();
        assert_eq!(scenario.services.len(), 2);
        let alone = evaluate(&scenario, &BOOK);
        evaluate_cluster(&scenario, &BOOK, &alone)
    };
    let (without, with) = (
        cluster(""),
        cluster("staff=on&staff-hours=3&staff-rate=80&"),
    );
    let more = Usd::new(Decimal::from(240));
    for (before, after) in without.options.iter().zip(&with.options) {
        if let (Some(before), Some(after)) = (before.priced(), after.priced()) {
            assert_eq!(after.total - before.total, more);
        }
    }
    let (before, after) = (without.assigned.unwrap(), with.assigned.unwrap());
    assert_eq!(after.total - before.total, more);
    assert_eq!(after.shares.common, more);
}

#[test]
fn a_discount_is_awss_and_not_the_staffs() {
    // 229.64 x 0.9 + 600 = 806.676.
    let (_, answer) = answer(&format!("discount=10&staff=on&{FLEET}"));
    assert_eq!(total(&answer, "ec2-arm64-on_demand"), "806.676000");
    let option = OptionId::from_id("ec2-arm64-on_demand").unwrap();
    let bill = &answer.option(option).unwrap().priced().unwrap().bill;
    assert_eq!(
        bill.component(Component::Staff).to_six_decimals(),
        "600.000000"
    );
    let parts = Component::ALL.iter().map(|&one| bill.component(one));
    let sum: Usd = parts.sum();
    assert_eq!(sum.to_six_decimals(), "806.676000");
}

#[test]
fn what_is_billed_is_not_said_to_be_left_out() {
    for (link, is_left_out) in [("", true), ("staff=on&", false)] {
        let (scenario, _) = answer(&format!("{link}{FLEET}"));
        let service = scenario.services.nearest(0);
        let text = explain::not_included(&scenario, service);
        assert_eq!(text.contains("staff time"), is_left_out, "{text}");
        let assumed = explain::assumptions(&scenario, service, &BOOK);
        let says = assumed.iter().any(|text| text.contains("8 hours of staff"));
        assert_eq!(says, !is_left_out);
    }
}
