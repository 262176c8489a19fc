//! `berth evaluate --matrix`: who can run a service, criteria by class, and cost against fit.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

mod program;

use program::{printed_on, refused_on};
use serde_json::Value;

const LINK: &str = "v=1&weights=isolation:5&name=api&vcpu=0.5&mem=1&tasks=12&needs=privileged";

#[test]
fn the_matrix_follows_the_answer_and_fits_a_terminal() {
    let plain = printed_on(&["evaluate", "--link", LINK], "");
    let text = printed_on(&["evaluate", "--matrix", "--link", LINK], "");
    let matrix = text.strip_prefix(&plain).unwrap();
    for line in matrix.lines() {
        assert!(line.chars().count() <= 100, "{line}");
        assert_eq!(line.trim_end(), line);
    }
    let joined = matrix.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "# Who can run api",
        "- Fargate is ruled out by privileged containers or CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_BPF:",
        "Fargate would be possible without privileged containers and those capabilities.",
        "- EC2 can run it.",
        "# Decision matrix of api",
        "Isolation between tasks (weight 5) Fargate 4 a virtual machine each",
        "EC2 4 * 2 tasks on m6g.medium, bound by vCPU",
        "# Cost and fit of api",
        "By your weights Managed Instances fit best (",
        "$ a month fit class",
        "weight × score: Operations 1 × 3; Patches of the host 1 × 3;",
        "no bill",
    ] {
        assert!(joined.contains(words), "{words}: {matrix}");
    }
}

#[test]
fn several_services_have_a_matrix_each() {
    const TWO: &str = r#"{"version":1,"region":"us-east-1","services":[
        {"name":"web","task":{"vcpu":1,"memory_gib":2},"load":{"kind":"constant","tasks":3}},
        {"name":"job","task":{"vcpu":2,"memory_gib":4},"load":{"kind":"constant","tasks":1},"needs":["s3_files"]}]}"#;
    let text = printed_on(&["evaluate", "--matrix"], TWO);
    let count = |words: &str| text.matches(words).count();
    let plain = printed_on(&["evaluate", "--json"], TWO);
    let report: Value = serde_json::from_str(&plain).unwrap();
    let services = report["services"].as_array().unwrap();
    assert_eq!(services.len(), 2);
    assert_eq!(count("# Decision matrix of "), services.len());
    // S3 Files rule both classes of EC2 out for the second service alone.
    assert_eq!(count("EC2 is ruled out by an S3 Files volume"), 1);
    assert!(
        services
            .iter()
            .all(|service| service.get("matrix").is_none())
    );
    assert!(services.iter().all(|service| service.get("fit").is_none()));
}

#[test]
fn a_report_has_matrix_and_fit_where_they_are_asked_for() {
    let line = printed_on(&["evaluate", "--json", "--matrix", "--link", LINK], "");
    let report: Value = serde_json::from_str(&line).unwrap();
    let service = &report["services"][0];
    let classes = service["matrix"]["classes"].as_array().unwrap();
    let eligible: Vec<&str> = classes
        .iter()
        .map(|class| class["eligible"].as_str().unwrap())
        .collect();
    assert_eq!(eligible, ["no", "no", "yes", "no", "yes", "no"]);
    assert_eq!(
        classes[0]["reasons"][0]["source"],
        "fargate-tasks-services; managed-instances-security; as of 2026-10"
    );
    // The link of what would bring Fargate back is a scenario in which it has a bill.
    let back = classes[0]["bring_back"]["link"].as_str().unwrap();
    let changed = printed_on(&["evaluate", "--json", "--matrix", "--link", back], "");
    let changed: Value = serde_json::from_str(&changed).unwrap();
    assert_eq!(
        changed["services"][0]["matrix"]["classes"][0]["eligible"],
        "yes"
    );

    let criteria = service["matrix"]["criteria"].as_array().unwrap();
    assert_eq!(criteria.len(), 31);
    let isolation = criteria
        .iter()
        .find(|one| one["criterion"] == "isolation")
        .unwrap();
    assert_eq!(isolation["weight"], 5);
    assert_eq!(isolation["cells"][0]["score"], 4);
    assert!(criteria[0].get("weight").is_none(), "cost is money");

    let points = service["fit"]["points"].as_array().unwrap();
    assert_eq!(points[0]["class"], "managed_instances");
    for point in points {
        let sum = |factor: &str| -> u64 {
            let parts = point["parts"].as_array().unwrap().iter();
            parts
                .map(|part| {
                    let score = if factor == "most" {
                        4
                    } else {
                        part["score"].as_u64().unwrap()
                    };
                    part["weight"].as_u64().unwrap() * score
                })
                .sum()
        };
        assert_eq!(
            point["fit_per_mille"].as_u64().unwrap(),
            sum("score") * 1_000 / sum("most")
        );
        let option = report["options"].as_array().unwrap();
        let option = option.iter().find(|one| one["option"] == point["option"]);
        let cost = option.map(|option| &option["monthly_usd"]);
        assert_eq!(cost, point.get("monthly_usd"));
    }
}

#[test]
fn weights_that_say_nothing_are_refused() {
    let refused = |weights: &str| {
        let link = LINK.replace("isolation:5", weights);
        refused_on(&["evaluate", "--matrix", "--link", &link], "")
    };
    assert!(refused("isolation:11").contains("isolation: 11 is out of range. Allowed: 0 to 10."));
    assert!(refused("speed:1").contains("“speed” is not a criterion."));
    assert!(
        refused("operations:0,patching:0,start:0,isolation:0,longest_run:0,scale_to_zero:0")
            .contains("at least one criterion must have a weight above 0.")
    );
    assert!(
        refused_on(&["evaluate", "--matrix", "--fleet", "--link", LINK], "").contains("--matrix")
    );
}
