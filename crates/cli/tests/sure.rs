//! `berth evaluate --sure`: how sure an answer is, in words and in reports.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

mod program;

use program::{printed_on, refused_on};
use serde_json::Value;

const SHOP: &str = "docs/examples/shop.json";

const API: &str = "v=1&name=api&vcpu=0.5&mem=1&tasks=12";

fn report(args: &[&str]) -> Value {
    serde_json::from_str(&printed_on(args, "")).unwrap()
}

#[test]
fn how_sure_an_answer_is_stands_below_it() {
    let text = printed_on(&["evaluate", "--sure", "--link", API], "");
    let without = printed_on(&["evaluate", "--link", API], "");
    let (answer, sure) = text.split_once("\n# How sure: api\n\n").unwrap();
    assert_eq!(answer, without.trim_end_matches('\n').to_owned() + "\n");
    assert!(sure.starts_with("In "), "{sure}");
    assert!(sure.contains(" of 2,000 cases "), "{sure}");
    assert!(
        sure.contains("Where the doubt comes from:\n- the load: "),
        "{sure}"
    );
    assert!(sure.contains("fargate-arm64-on_demand"), "{sure}");
    assert!(
        sure.ends_with("Ranges: Spot prices 80-150 %, load 80-120 %, instances needed 100-110 %, list prices a year old 95-105 %.\n"),
        "{sure}"
    );
    // The same link, the same result.
    assert_eq!(printed_on(&["evaluate", "--sure", "--link", API], ""), text);
    // A service each, and the ranges once.
    let two = [API, "&name=web&vcpu=1&mem=2&tasks=3"].concat();
    let text = printed_on(&["evaluate", "--sure", "--link", &two], "");
    assert!(text.contains("\n# How sure: api\n") && text.contains("\n# How sure: web\n"));
    assert_eq!(text.matches("\nRanges: ").count(), 1);
}

#[test]
fn a_report_has_the_sample_only_where_it_is_asked_for() {
    let plain = report(&["evaluate", "--json", "--link", API]);
    assert_eq!(plain["services"][0].get("sure"), None);
    let mut report = report(&["evaluate", "--json", "--sure", "--link", API]);
    let sure = report["services"][0]["sure"].take();
    assert_eq!(sure["cases"], 2_000);
    assert_eq!(sure["ranges"]["spot"], "80-150");
    let wins: u64 = sure["wins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|win| win["cases"].as_u64().unwrap())
        .sum();
    assert_eq!(wins, 2_000);
    let usd = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let winner = &sure["winner"];
    assert!(usd(&winner["p5_usd"]) <= usd(&winner["p50_usd"]));
    assert!(usd(&winner["p50_usd"]) <= usd(&winner["p95_usd"]));
    let places = sure["places"].as_array().unwrap();
    let wins: u64 = places
        .iter()
        .map(|place| place["wins"].as_u64().unwrap())
        .sum();
    assert_eq!((places.len(), wins), (3, 2_000));
    let share: f64 = usd(&sure["doubts"][0]["share"]);
    assert!(share > 0.0 && share <= 1.0);
}

#[test]
fn ranges_of_no_width_are_the_answer_itself() {
    let link = "v=1&range-spot=100-100&range-load=100-100&range-packing=100-100&range-price=100-100&name=api&vcpu=0.5&mem=1&tasks=12";
    let report = report(&["evaluate", "--json", "--sure", "--link", link]);
    let service = &report["services"][0];
    let total = &service["verdict"]["monthly_usd"];
    for part in ["p5_usd", "p50_usd", "p95_usd"] {
        assert_eq!(&service["sure"]["winner"][part], total);
    }
    assert_eq!(
        service["sure"]["wins"][0]["option"],
        service["verdict"]["option"]
    );
    assert_eq!(service["sure"]["wins"][0]["cases"], 2_000);
}

#[test]
fn ranges_that_are_none_and_words_that_do_not_go_together_are_refused() {
    let link = API.replace("v=1", "v=1&range-load=120-80");
    let said = refused_on(&["evaluate", "--sure", "--link", &link], "");
    assert!(
        said.contains("Range of the load: “120-80” is reversed. Allowed: the lower percentage first, such as 100-110, from 1 to 1000."),
        "{said}"
    );
    for args in [
        &["evaluate", "--sure", "--fleet", SHOP][..],
        &[
            "evaluate",
            "--sure",
            "--receipt",
            "fargate-arm64-on_demand",
            SHOP,
        ],
    ] {
        assert!(refused_on(args, "").contains("`--sure` without `--fleet` or `--receipt`"));
    }
}
