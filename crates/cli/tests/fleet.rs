//! `berth evaluate --fleet`: which task stands on which instance.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

mod program;

use program::{printed_on, refused_on};
use serde_json::Value;

/// Two services on one named type, so that prices of other types do not matter.
const FILE: &str = r#"{"version":1,"region":"us-east-1",
    "fleet":{"types":{"kind":"named","names":["m7g.large"]},"min_zones":1,"min_instances":0},
    "services":[
        {"name":"large","task":{"vcpu":1.5,"memory_gib":4},"load":{"kind":"constant","tasks":3}},
        {"name":"small","task":{"vcpu":0.5,"memory_gib":2},"load":{"kind":"constant","tasks":3}}]}"#;

const EC2: &str = "ec2-arm64-on_demand";

#[test]
fn services_that_share_a_fleet_stand_together() {
    let text = printed_on(&["evaluate", "--fleet", EC2], FILE);
    for words in [
        "# large on ec2-arm64-on_demand: ",
        "# all services on ec2-arm64-on_demand: ",
        "3 × (1 large + 1 small)",
        "3 × m7g.large in 1 zone; fewer of this type cannot do.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let named = printed_on(&["evaluate", "--fleet=ec2-arm64-on_demand", "-"], FILE);
    assert_eq!(named, printed_on(&["evaluate", "--fleet", EC2, "-"], FILE));
}

#[test]
fn without_an_option_it_is_the_best_and_fargate_says_that_it_has_none() {
    let text = printed_on(&["evaluate", "--fleet", "docs/examples/shop.json"], "");
    assert!(text.starts_with("# storefront on "), "{text}");
    let text = printed_on(&["evaluate", "--fleet", "fargate-arm64-on_demand"], FILE);
    assert!(text.contains("Fargate has no instances to show."), "{text}");
}

#[test]
fn an_option_that_cannot_run_it_says_why() {
    let text = printed_on(&["evaluate", "--fleet", "ec2-arm64-spot_mix"], FILE);
    assert!(
        text.contains("# large cannot run on ec2-arm64-spot_mix: the service has no Spot share"),
        "{text}"
    );
    assert!(refused_on(&["evaluate", "--fleet=ec2"], FILE).contains("is not an option"));
    assert!(refused_on(&["evaluate", "--fleet", "--json"], FILE).contains("--fleet"));
}

#[test]
fn a_report_sums_a_fleet_up() {
    let line = printed_on(&["evaluate", "--json"], FILE);
    let report: Value = serde_json::from_str(&line).unwrap();
    let options = report["options"].as_array().unwrap();
    let option = options.iter().find(|one| one["option"] == EC2).unwrap();
    let fleet = &option["fleets"][0];
    assert_eq!(fleet["services"], serde_json::json!(["large", "small"]));
    let peak = &fleet["legs"][0]["peak"];
    assert_eq!(
        (&peak["instances"], &peak["least_instances"]),
        (&3.into(), &3.into())
    );
    let of: Vec<&Value> = peak["uses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["of"])
        .collect();
    assert_eq!(of, ["vcpu", "memory_gib", "interfaces"]);
    assert_eq!(peak["uses"][0]["idle"], "0");
    assert!(option["instances"]["idle_usd"].is_string());
    let fargate = options
        .iter()
        .find(|one| one["option"] == "fargate-arm64-on_demand")
        .unwrap();
    assert!(fargate.get("instances").is_none());
}
