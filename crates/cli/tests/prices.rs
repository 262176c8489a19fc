//! `berth prices show`, as a person and a program call it.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::process::{Command, Output};

use serde_json::Value;

fn berth(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_berth"))
        .args(args)
        .output()
        .unwrap()
}

fn printed(args: &[&str]) -> String {
    let output = berth(args);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str]) -> String {
    let output = berth(args);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "nothing half is printed");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_type_is_shown_with_every_purchase_unit_date_source_and_grade() {
    let text = printed(&["prices", "show", "us-east-1", "m7g.large"]);
    let on_demand = text
        .lines()
        .find(|line| line.starts_with("ec2.linux.on_demand.m7g.large "))
        .unwrap();
    let words: Vec<&str> = on_demand.split_whitespace().collect();
    assert_eq!(
        words[..7],
        [
            "ec2.linux.on_demand.m7g.large",
            "0.0816",
            "USD",
            "per",
            "instance-hour",
            "2026-07-20",
            "quoted"
        ]
    );
    assert!(words[7].starts_with("https://"), "{on_demand}");
    assert!(text.contains("ec2.linux.compute_sp_3y_no_upfront.m7g.large"));
    assert!(text.contains("ec2.linux.spot.m7g.large"));
    assert!(text.contains(", lowest"), "Spot is named: {text}");
    assert!(!text.contains("m7g.xlarge"));
    assert!(text.contains("Spot Instance Advisor"));
}

#[test]
fn a_stale_figure_is_shown_and_said_to_decide_nothing() {
    let text = printed(&["prices", "show", "us-east-1", "m5.large"]);
    let spot = text
        .lines()
        .find(|line| line.starts_with("ec2.linux.spot.m5.large "))
        .unwrap();
    assert!(spot.contains("decides nothing"), "{spot}");
}

#[test]
fn programs_get_json() {
    let text = printed(&["prices", "show", "eu-west-1", "fargate", "--json"]);
    let shown: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(shown["region"], "eu-west-1");
    assert_eq!(shown["name"], "Europe (Ireland)");
    let prices = shown["prices"].as_array().unwrap();
    assert_eq!(prices.len(), 8);
    let arm = prices
        .iter()
        .find(|price| price["price"] == "fargate.linux.arm64.on_demand.vcpu_hour")
        .unwrap();
    assert_eq!(arm["unit"], "USD per vCPU-hour");
    assert_eq!(arm["grade"], "quoted");
    assert_eq!(arm["decides"], true);
    assert!(arm["figure"].as_str().unwrap().parse::<f64>().unwrap() > 0.0);
    let lacks = shown["lacks"].as_array().unwrap();
    assert!(lacks.iter().any(|what| what == "EBS gp3 volumes"));
}

#[test]
fn a_whole_region_a_family_and_one_price_are_shown() {
    let all = printed(&["prices", "show", "us-east-1"]);
    assert!(all.lines().count() > 2_000);
    let family = printed(&["prices", "show", "us-east-1", "m6a"]);
    assert!(family.contains("ec2.linux.ri_3y_no_upfront.m6a.xlarge"));
    assert!(!family.contains("m6g"));
    let one = printed(&["prices", "show", "us-east-1", "beside.nat_gateway_hour"]);
    assert!(one.contains(" 0.045 "), "{one}");
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let said = refused(&["prices", "show", "mars-1"]);
    assert!(said.contains("`mars-1`"), "{said}");
    assert!(said.contains("us-east-1"), "{said}");
    let said = refused(&["prices", "show", "us-east-1", "m99.large"]);
    assert!(said.contains("`m99.large`"), "{said}");
    assert!(refused(&["prices", "show"]).contains("a region"));
    assert!(refused(&["prices", "hide"]).contains("hide"));
    assert!(refused(&["prices", "show", "us-east-1", "m7g", "m8g"]).contains("m8g"));
    assert!(printed(&["help"]).contains("usage:"));
}
