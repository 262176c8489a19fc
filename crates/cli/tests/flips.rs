//! `berth evaluate --flips`: what would change the answer, as text and in reports.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

mod program;

use program::{printed_on, refused_on};
use serde_json::Value;

const FILE: &str = r#"{"version":1,"region":"us-east-1",
    "services":[{"name":"api","task":{"vcpu":0.5,"memory_gib":1},"load":{"kind":"constant","tasks":12}}]}"#;

fn report(args: &[&str], input: &str) -> Value {
    serde_json::from_str(&printed_on(args, input)).unwrap()
}

#[test]
fn flips_stand_under_the_answer_the_nearest_of_them_unless_all_are_wanted() {
    let text = printed_on(&["evaluate", "--flips"], FILE);
    let plain = printed_on(&["evaluate"], FILE);
    let flips = text.strip_prefix(&plain).unwrap();
    assert!(flips.starts_with("\n# What flips api\n\n"), "{flips}");
    assert!(
        flips.contains(" flips, the nearest first, among "),
        "{flips}"
    );
    assert!(
        flips.ends_with(" more flips (--all lists them)\n"),
        "{flips}"
    );
    assert_eq!(
        flips.lines().filter(|line| line.starts_with("- ")).count(),
        13
    );
    let all = printed_on(&["evaluate", "--flips", "--all"], FILE);
    assert!(all.contains(
        "\n- If it needed a GPU, EC2 on x86 would win; Fargate on Arm could not run it.\n"
    ));
}

#[test]
fn each_flip_of_a_report_leads_where_it_says() {
    let without = report(&["evaluate", "--json"], FILE);
    assert_eq!(without["services"][0].get("flips"), None);
    let report_with = report(&["evaluate", "--json", "--flips"], FILE);
    let flips = report_with["services"][0]["flips"].as_array().unwrap();
    assert!(flips.len() > 20);
    let present = &report_with["services"][0]["verdict"]["option"];
    for flip in flips.iter().step_by(7) {
        assert_eq!(&flip["present"], present);
        let link = flip["link"].as_str().unwrap();
        let there = report(&["evaluate", "--json", "--link", link], "");
        assert_eq!(there["verdict"]["option"], flip["option"], "{flip}");
        assert_eq!(
            there["verdict"]["monthly_usd"], flip["monthly_usd"],
            "{flip}"
        );
    }
    let regions = flips
        .iter()
        .filter(|flip| flip["input"] == "region")
        .count();
    assert!(regions > 0, "other regions are tried");
}

#[test]
fn drivers_of_a_report_sum_to_its_margin() {
    let report = report(&["evaluate", "--json"], FILE);
    let service = &report["services"][0];
    let number = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let drivers = service["drivers"].as_array().unwrap();
    let saved: f64 = drivers
        .iter()
        .map(|driver| number(&driver["over_usd"]) - number(&driver["best_usd"]))
        .sum();
    assert!((saved - number(&service["verdict"]["margin_usd"])).abs() < 1e-5);
}

#[test]
fn flips_go_with_answers_alone() {
    for args in [
        ["evaluate", "--flips", "--fleet"].as_slice(),
        &["evaluate", "--flips", "--receipt", "ec2-arm64-on_demand"],
    ] {
        let said = refused_on(args, FILE);
        assert!(
            said.contains("`--flips` without `--fleet` or `--receipt`"),
            "{said}"
        );
    }
}
