//! `berth evaluate`: answers for files, lines, standard input and links, and what is refused.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

mod program;

use program::{berth_on, printed_on, refused_on};
use serde_json::Value;

const SHOP: &str = "docs/examples/shop.json";
const TEAM: &str = "docs/examples/team.jsonl";

fn reports(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A report with its one line.
fn report(args: &[&str], input: &str) -> Value {
    let mut reports = reports(&printed_on(args, input));
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

/// A file of one service, with these fields of the service and of the scenario.
fn file(service: &str, whole: &str) -> String {
    format!(
        r#"{{"version":1,"region":"us-east-1","services":[{{"task":{{"vcpu":1,"memory_gib":2}},"load":{{"kind":"constant","tasks":3}}{service}}}]{whole}}}"#
    )
}

/// A text with `#` for every amount, count and date, and columns two spaces apart: the books
/// change, and how an answer reads does not.
fn without_numbers(text: &str) -> String {
    let word = |word: &str| {
        let number = word.trim_start_matches(['$', '−', '(', '-']);
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            return word.to_owned();
        }
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || ",.-".contains(c));
        format!("#{rest}")
    };
    let line = |line: &str| {
        let columns = line
            .split("  ")
            .map(str::trim)
            .filter(|column| !column.is_empty());
        let columns = columns.map(|column| {
            let words: Vec<String> = column.split(' ').map(word).collect();
            words.join(" ")
        });
        columns.collect::<Vec<String>>().join("  ")
    };
    text.lines().map(line).collect::<Vec<String>>().join("\n")
}

#[test]
fn a_file_is_answered_in_words() {
    let text = printed_on(&["evaluate", SHOP], "");
    assert!(
        text.starts_with("# storefront: 1 vCPU, 2 GiB a task\n\nRun it on "),
        "{text}"
    );
    insta::assert_snapshot!("shop", without_numbers(&text));
    let all = printed_on(&["evaluate", "--all", SHOP], "");
    assert!(all.contains("compute_sp_3y_all_upfront") && !all.contains("--all lists"));
}

#[test]
fn a_report_has_every_option_with_an_amount_or_a_reason() {
    let report = report(&["evaluate", "--json", SHOP], "");
    assert_eq!(report["version"], 1);
    assert_eq!(report["scenario"]["region"], "eu-west-1");
    assert_eq!(report["book"]["digest"].as_str().unwrap().len(), 12);
    let options = report["options"].as_array().unwrap();
    assert_eq!(options.len(), 124);
    for option in options {
        let lines = option["lines"].as_array().unwrap();
        match option["monthly_usd"].as_str() {
            None => {
                assert!(option["monthly_usd"].is_null());
                assert!(!option["reason"].as_str().unwrap().is_empty());
                assert!(lines.is_empty());
            }
            Some(amount) => {
                assert_eq!(amount.split_once('.').unwrap().1.len(), 6);
                assert!(option["reason"].is_null());
                let number = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
                let sum: f64 = lines
                    .iter()
                    .map(|line| number(&line["quantity"]) * number(&line["rate_usd"]))
                    .sum();
                assert!(
                    (sum - amount.parse::<f64>().unwrap()).abs() < 1e-5,
                    "{option}"
                );
            }
        }
    }
    assert_eq!(report["options"], report["services"][0]["options"]);
    assert_eq!(report["verdict"], report["services"][0]["verdict"]);
    assert!(report["verdict"]["margin_usd"].is_string());
}

#[test]
fn many_inputs_are_answered_in_their_order() {
    let shop =
        std::fs::read_to_string(format!("{}/../../{SHOP}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let link = "https://example.org/berth/#v=1&region=us-east-1&name=linked&vcpu=1&mem=2&tasks=3";
    let text = printed_on(
        &["evaluate", "--json", TEAM, "-", "--link", link, SHOP],
        &shop,
    );
    let names: Vec<String> = reports(&text)
        .iter()
        .map(|report| report["services"][0]["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "search",
            "thumbnails",
            "speech",
            "storefront",
            "linked",
            "storefront"
        ]
    );
    let text = printed_on(&["evaluate", TEAM], "");
    assert!(
        text.contains("== docs/examples/team.jsonl, line 3\n"),
        "{text}"
    );
}

#[test]
fn standard_input_is_read_where_nothing_else_is_named() {
    let one = file("", "");
    let alone = report(&["evaluate", "--json"], &one);
    assert_eq!(alone, report(&["evaluate", "--json", "-"], &one));
    let lines = printed_on(&["evaluate", "--json"], &format!("{one}\n\n{one}\n"));
    assert_eq!(reports(&lines), [alone.clone(), alone.clone()]);
    let marked = printed_on(&["evaluate", "--json"], &format!("\u{FEFF}{one}\r\n"));
    assert_eq!(reports(&marked), [alone]);
    assert!(refused_on(&["evaluate"], "").contains("standard input: it is not JSON"));
    assert!(refused_on(&["evaluate", "--jsonl"], "\n").contains("holds no scenario"));
}

#[test]
fn several_services_are_priced_together() {
    let input = r#"{"version":1,"region":"us-east-1","services":[
        {"name":"a","task":{"vcpu":1,"memory_gib":2},"load":{"kind":"constant","tasks":3}},
        {"name":"b","task":{"vcpu":2,"memory_gib":4},"arch":"x86_64","load":{"kind":"constant","tasks":2}}]}"#;
    let report = report(&["evaluate", "--json"], input);
    let amount = |options: &Value, id: &str| {
        let options = options.as_array().unwrap();
        let option = options
            .iter()
            .find(|option| option["option"] == id)
            .unwrap();
        option["monthly_usd"]
            .as_str()
            .map(|text| text.parse::<f64>().unwrap())
    };
    let id = "fargate-x86_64-on_demand";
    let parts = [0, 1].map(|at| amount(&report["services"][at]["options"], id).unwrap());
    let whole = amount(&report["options"], id).unwrap();
    assert!((whole - parts[0] - parts[1]).abs() < 1e-6);
    assert_eq!(amount(&report["options"], "fargate-arm64-on_demand"), None);
    let reason = report["options"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|option| {
            (option["option"] == "fargate-arm64-on_demand").then(|| option["reason"].clone())
        });
    assert!(reason.unwrap().is_string());
    // On instances they share a fleet.
    let id = "ec2-x86_64-on_demand";
    let parts = [0, 1].map(|at| amount(&report["services"][at]["options"], id).unwrap());
    assert!(amount(&report["options"], id).unwrap() <= parts[0] + parts[1] + 1e-6);
    let assigned = &report["assigned"];
    assert_eq!(assigned["services"][1]["name"], "b");
    let usd = |name: &str| assigned[name].as_str().unwrap().parse::<f64>().unwrap();
    assert!(usd("monthly_usd") <= usd("alone_usd") + 1e-6);
    let text = printed_on(&["evaluate"], input);
    assert!(
        text.contains("# Each service where it alone costs least"),
        "{text}"
    );
    assert!(text.contains("# All services on one option"), "{text}");
}

#[test]
fn every_field_is_read() {
    let service = r#","os":"linux","arch":"either","spot":{"kind":"providers","providers":[
        {"provider":"FARGATE","base":2,"weight":1},{"provider":"FARGATE_SPOT","weight":1},{"provider":"FARGATE_SPOT","name":"more","weight":2}]},
        "needs":["guardduty"],"headroom_tasks":1,"places":["fargate","ec2"],"provider":"b",
        "traffic":{"image_gib":0.5,"egress_gb":10,"cross_zone_gb":"20","logs_gb":30}"#;
    let whole = r#","hours_per_month":720,"max_commitment":"3y","commitment":{"kind":"steady_floor"},"discount_percent":"2.5",
        "fleet":{"min_zones":1,"min_instances":0,"target_capacity_percent":90,"reserved_memory_mib":512,"network":"bridge","eni_trunking":false,
            "cpu_overcommit":1.5,"memory_overcommit":1.25,"daemons":[{"name":"agent","vcpu":0.05,"memory_gib":0.1,"sidecar_on_fargate":false}],
            "types":{"kind":"named","names":["m7g.large"],"exclude_families":["t3"],"burstable":true,"bare_metal":true}},
        "lines":{"ebs":false,"egress":"nat","load_balancer":true,"load_balancer_units":3,"logs":true,"staff_time":true},
        "owned":{"plans":[{"kind":"ec2_sp","term":"3y","payment":"all_upfront","family":"m7g","usd_per_hour":1.25}],
            "reservations":[{"instance_type":"m7g.large","count":2}],"free_vcpu":1,"free_memory_gib":2},
        "task_factor":{"x86_64":1.1,"arm64":0.9},"staff":{"usd_per_hour":90,"hours_per_month":4},"smallest_saving_usd":25,
        "prices":[{"region":"us-east-1","price":"beside.ebs_gp3_storage","usd":0.09}],
        "estimate":{"one_year_percent":30,"three_years_percent":50.5,"may_decide":true}"#;
    let link = printed_on(&["link", "-"], &file(service, whole));
    assert_eq!(
        link.trim(),
        "#v=1&region=us-east-1&hours=720&term=3y&ebs=off&zones=1&floor=0&target=90&reserve=512&net=bridge&trunk=off&burst=on&metal=on&egress=nat&lb=on&lcu=3&discount=2.5&estimate=on&estimate-1y=30&estimate-3y=50.5&estimate-decides=on&sizing=steady_floor&owned-plans=ec2_sp_3y_all_upfront%3Am7g%3D1.25&owned-ris=m7g.large%3D2&free-vcpu=1&free-mem=2&types=m7g.large&exclude=t3&overcommit=1.5&soft-mem=1.25&factor-x86=1.1&factor-arm=0.9&staff=on&staff-rate=90&staff-hours=4&least-saving=25&daemon=0.05~0.1~0~agent&own=us-east-1~beside.ebs_gp3_storage~0.09&name=service&vcpu=1&mem=2&tasks=3&spot=2.1.3&headroom=1&places=fargate,ec2&provider=b&needs=guardduty&image=0.5&out=10&cross-zone=20&logs=30"
    );
    let back = printed_on(&["scenario", link.trim()], "");
    assert_eq!(printed_on(&["link", "-"], &back), link);
}

/// What is said of a file with these fields, without the name of the input.
fn said(service: &str, whole: &str) -> String {
    let text = refused_on(&["evaluate", "--json"], &file(service, whole));
    text.strip_prefix("berth: standard input: ")
        .unwrap()
        .trim_end()
        .to_owned()
}

#[test]
fn what_a_field_does_not_take_is_named_with_its_path_and_limit() {
    let daemons = [r#"{"vcpu":0.1,"memory_gib":0.1}"#; 11].join(",");
    let all = [
        said("", r#","hours_per_month":0"#),
        said("", r#","hours_per_month":730.5"#),
        said("", r#","discount_percent":1e2000"#),
        said("", r#","discount_percent":0.001"#),
        said("", r#","discount_percent":true"#),
        said("", r#","max_commitment":"2y""#),
        said("", r#","colour":"red""#),
        said("", r#","hours_per_month":730,"hours_per_month":720"#),
        said(r#","spot":"none""#, ""),
        said(r#","spot":{"kind":"often"}"#, ""),
        said(r#","spot":{"kind":"share","percent":101}"#, ""),
        said(r#","spot":{"kind":"none","base":1}"#, ""),
        said(r#","spot":{"kind":"base_weights","base":1}"#, ""),
        said(
            r#","spot":{"kind":"base_weights","on_demand_weight":1001}"#,
            "",
        ),
        said(r#","needs":["gpu"]"#, ""),
        said(r#","places":[]"#, ""),
        said(r#","name":"""#, ""),
        said(r#","headroom_tasks":-1"#, ""),
        said(r#","traffic":{"logs_gb":1.5}"#, ""),
        said("", r#","fleet":{"network":"bride"}"#),
        said("", &format!(r#","fleet":{{"daemons":[{daemons}]}}"#)),
        said("", r#","fleet":{"daemons":[{"vcpu":193,"memory_gib":1}]}"#),
        said("", r#","fleet":{"types":{"kind":"named","names":[]}}"#),
        said("", r#","fleet":{"types":{"kind":"named","names":["m7g"]}}"#),
        said("", r#","lines":{"load_balancer_units":-2}"#),
        said("", r#","fleet":{"min_zones":[2]}"#),
        said(
            "",
            r#","owned":{"plans":[{"kind":"ri","term":"1y","payment":"no_upfront","usd_per_hour":1}]}"#,
        ),
        said(
            "",
            r#","owned":{"plans":[{"kind":"ec2_sp","term":"1y","payment":"no_upfront","usd_per_hour":1}]}"#,
        ),
        said(
            "",
            r#","owned":{"plans":[{"kind":"compute_sp","term":"1y","payment":"no_upfront","usd_per_hour":0.0001}]}"#,
        ),
        said(
            "",
            r#","owned":{"reservations":[{"instance_type":"m7g.large","count":0}]}"#,
        ),
        said("", r#","weights":[{"criterion":"speed","weight":1}]"#),
        said("", r#","weights":[{"criterion":"cost","weight":1}]"#),
        said("", r#","weights":[{"criterion":"isolation","weight":-1}]"#),
        said("", r#","weights":[{"criterion":"isolation","weight":11}]"#),
        said("", r#","weights":[{"criterion":"isolation","weight":1.5}]"#),
        said(
            "",
            r#","weights":[{"criterion":"start","weight":1},{"criterion":"start","weight":2}]"#,
        ),
        said(
            "",
            r#","weights":[{"criterion":"operations","weight":0},{"criterion":"patching","weight":0},{"criterion":"start","weight":0},{"criterion":"isolation","weight":0},{"criterion":"longest_run","weight":0},{"criterion":"scale_to_zero","weight":0}]"#,
        ),
        said("", r#","prices":[{"price":"fee.g","usd":1.5}]"#),
        said("", r#","prices":[{"price":"tea","usd":1}]"#),
        said(
            "",
            r#","prices":[{"price":"fee.g","usd":1},{"price":"fee.g","usd":0.5}]"#,
        ),
    ];
    insta::assert_snapshot!("refused_fields", all.join("\n"));
}

#[test]
fn a_load_that_is_none_is_named() {
    let load = |load: &str| {
        let input = file("", "").replace(r#"{"kind":"constant","tasks":3}"#, load);
        let text = refused_on(&["evaluate"], &input);
        text.strip_prefix("berth: standard input: ")
            .unwrap()
            .trim_end()
            .to_owned()
    };
    let short_week = format!(r#"{{"kind":"week","tasks":[{}]}}"#, ["1"; 167].join(","));
    let long_hour = format!(
        r#"{{"kind":"week","tasks":[{},100001]}}"#,
        ["1"; 167].join(",")
    );
    let empty_week = format!(r#"{{"kind":"week","tasks":[{}]}}"#, ["0"; 168].join(","));
    let all = [
        load("null"),
        load(r#"{"kind":"constant","tasks":0}"#),
        load(r#"{"kind":"constant","tasks":1,"minutes":3}"#),
        load(r#"{"kind":"jobs","tasks":1,"runs_per_day":1}"#),
        load(&short_week),
        load(&long_hour),
        load(&empty_week),
        load(r#"{"kind":"week","tasks":[1.5]}"#),
    ];
    insta::assert_snapshot!("refused_loads", all.join("\n"));
}

#[test]
fn a_strategy_that_ecs_refuses_is_named() {
    let providers = |list: &str| {
        said(
            &format!(r#","spot":{{"kind":"providers","providers":[{list}]}}"#),
            "",
        )
    };
    let many = [r#"{"provider":"ec2","weight":1}"#; 21].join(",");
    let all = [
        providers(""),
        providers(&many),
        providers(r#"{"provider":"ec2","weight":0},{"provider":"ec2_spot","weight":0}"#),
        providers(
            r#"{"provider":"ec2","base":1,"weight":1},{"provider":"ec2","base":2,"weight":1}"#,
        ),
        providers(r#"{"provider":"FARGATE","weight":1},{"provider":"ec2_spot","weight":1}"#),
        providers(r#"{"provider":"ec2","weight":1},{"provider":"ec2_spot","base":2,"weight":1}"#),
        providers(r#"{"provider":"lambda","weight":1}"#),
        providers(r#"{"provider":"ec2","weight":1001}"#),
        providers(
            r#"{"provider":"ec2","weight":1000},{"provider":"ec2","weight":1},{"provider":"ec2_spot","weight":2}"#,
        ),
    ];
    insta::assert_snapshot!("refused_strategies", all.join("\n"));
}

#[test]
fn weights_that_add_up_beyond_the_limit_are_divided() {
    let spot = r#","spot":{"kind":"providers","providers":[{"provider":"ec2","base":4,"weight":1000},{"provider":"ec2","weight":1000},{"provider":"ec2_spot","weight":1000}]}"#;
    let link = printed_on(&["link", "-"], &file(spot, ""));
    assert!(link.contains("&spot=4.2.1"), "{link}");
}

#[test]
fn logs_are_billed_where_the_line_is_on() {
    let traffic = r#","traffic":{"logs_gb":100}"#;
    let off = report(&["evaluate", "--json"], &file(traffic, ""));
    assert_eq!(off["scenario"]["services"][0]["traffic"], Value::Null);
    let on = report(
        &["evaluate", "--json"],
        &file(traffic, r#","lines":{"logs":true}"#),
    );
    assert_eq!(on["scenario"]["lines"]["logs"], true);
    assert_ne!(on["verdict"], off["verdict"]);
    assert!(said(r#","traffic":{"logs_gb":-1}"#, "").contains("services[0].traffic.logs_gb"));
}

#[test]
fn another_version_a_missing_field_and_another_region_are_named() {
    let said = |input: &str| refused_on(&["evaluate"], input);
    let two = file("", "").replace(r#""version":1"#, r#""version":2"#);
    assert!(said(&two).contains("version: 2 is not known. This program reads version 1."));
    assert!(said("{}").contains("version is missing."));
    assert!(said(r#"{"version":1,"region":"us-east-1"}"#).contains("services is missing."));
    assert!(said("[]").contains("the document: a list is not an object."));
    assert!(said("{\n\"version\": 1,\n}").contains("line 3 column 1"));
    let moon = said(&file("", "").replace("us-east-1", "moon-1"));
    assert!(
        moon.contains("standard input: region: there is no price book for the region `moon-1`"),
        "{moon}"
    );
    assert!(moon.contains("eu-west-1"));
    assert!(
        said(&file("", "").replace("us-east-1", "US EAST"))
            .contains("region: “US EAST” is not a region's code")
    );
}

#[test]
fn one_bad_input_leaves_every_report_unprinted_and_all_of_them_are_named() {
    let good = file("", "");
    let lines = format!("{good}\n{{}}\n{good}\n{{\"version\":1}}\n");
    let text = refused_on(&["evaluate", "--json", SHOP, "-", "nowhere.json"], &lines);
    assert!(
        text.contains("berth: standard input, line 2: version is missing."),
        "{text}"
    );
    assert!(
        text.contains("berth: standard input, line 4: region is missing."),
        "{text}"
    );
    assert!(
        text.contains("berth: nowhere.json: it cannot be read"),
        "{text}"
    );
    assert!(refused_on(&["evaluate", "docs"], "").contains("docs: it cannot be read"));
    let link = "v=1&region=us-east-1&name=a&vcpu=0&mem=2&tasks=1";
    assert!(
        refused_on(&["evaluate", "--link", link], "").contains("the link: vCPU: 0 is out of range")
    );
    assert!(refused_on(&["evaluate", "--colour", SHOP], "").contains("--colour"));
}

#[test]
fn what_steers_a_terminal_is_not_repeated() {
    let text = refused_on(&["evaluate"], &file(r#","os":"\u001b[2Jlinux""#, ""));
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn a_receipt_holds_and_a_changed_one_does_not() {
    let receipt = printed_on(&["evaluate", "--receipt", "ec2-arm64-on_demand", SHOP], "");
    let text = printed_on(&["verify", "-"], &receipt);
    assert!(
        text.starts_with("The receipt holds: ec2-arm64-on_demand costs "),
        "{text}"
    );
    let stated: Value = serde_json::from_str(&receipt).unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut receipt = stated.clone();
        change(&mut receipt);
        let output = berth_on(&["verify", "-"], &receipt.to_string());
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let text = changed(&|receipt| receipt["monthly_usd"] = "1.000000".into());
    assert!(text.contains("- the lines add up to "), "{text}");
    assert!(text.contains("- the total is "), "{text}");
    let text = changed(&|receipt| receipt["lines"][0]["amount_usd"] = "5".into());
    assert!(
        text.contains("- line 1 (c6g.xlarge, on-demand): "),
        "{text}"
    );
    let text = changed(&|receipt| receipt["lines"][0]["rate_usd"] = "0.1".into());
    assert!(text.contains("the price ec2.linux.on_demand."), "{text}");
    let text = changed(&|receipt| receipt["lines"][0]["date"] = "2020-01-01".into());
    assert!(text.contains("has another source or date here"), "{text}");
    let text = changed(&|receipt| receipt["scenario"]["services"][0]["load"]["tasks"] = 60.into());
    assert!(text.contains("the total is "), "{text}");
    let text = changed(&|receipt| receipt["option"] = "fargate-arm64-on_demand".into());
    assert!(
        text.contains("the number of lines is 3 here, and not 2"),
        "{text}"
    );
    let text = changed(&|receipt| receipt["option"] = "fargate-arm64-spot_mix".into());
    assert!(text.contains("the service has no Spot share"), "{text}");
    let text = changed(&|receipt| receipt["book"]["digest"] = "000000000000".into());
    assert!(text.contains("the book's digest is "), "{text}");
    let text = changed(&|receipt| {
        receipt["lines"].as_array_mut().unwrap().pop();
    });
    assert!(text.contains("the number of lines is "), "{text}");
}

#[test]
fn a_receipt_of_another_program_says_so() {
    let receipt = printed_on(
        &["evaluate", "--receipt", "fargate-x86_64-on_demand", SHOP],
        "",
    );
    let other = receipt.replacen("\"program\": \"", "\"program\": \"9", 1);
    let text = printed_on(&["verify", "-"], &other);
    assert!(
        text.starts_with("Note: the receipt names program 9"),
        "{text}"
    );
    assert!(text.contains("The receipt holds"), "{text}");
}

#[test]
fn what_is_no_receipt_is_refused() {
    let receipt = printed_on(
        &["evaluate", "--receipt", "fargate-x86_64-on_demand", SHOP],
        "",
    );
    assert!(refused_on(&["verify", SHOP], "").contains("shop.json: "));
    assert!(refused_on(&["verify", "-"], "{").contains("not JSON"));
    let said = |from: &str, to: &str| refused_on(&["verify", "-"], &receipt.replacen(from, to, 1));
    assert!(said("\"version\": 1", "\"version\": 3").contains("version: 3 is not known"));
    assert!(
        said("\"vcpu\": 1", "\"vcpu\": 0")
            .contains("scenario.services[0].task.vcpu: 0 is out of range")
    );
    assert!(said("\"quantity\": \"", "\"quantity\": \"x").contains("lines[0].quantity"));
    assert!(
        said(
            "\"region\": \"eu-west-1\",\n    \"max",
            "\"region\": \"moon-1\",\n    \"max"
        )
        .contains("moon-1")
    );
    assert!(refused_on(&["verify"], "").contains("a receipt"));
    assert!(
        refused_on(&["evaluate", "--receipt", "lambda", SHOP], "")
            .contains("`lambda` is not an option")
    );
    assert!(
        refused_on(
            &["evaluate", "--receipt", "fargate-arm64-spot_mix", SHOP],
            ""
        )
        .contains("no Spot share")
    );
    assert!(
        refused_on(
            &["evaluate", "--receipt", "fargate-arm64-on_demand", TEAM],
            ""
        )
        .contains("one scenario")
    );
}

#[test]
fn schemas_and_help_are_printed() {
    let schema: Value = serde_json::from_str(&printed_on(&["schema", "scenario"], "")).unwrap();
    assert_eq!(schema["title"], "ScenarioFile");
    assert!(refused_on(&["schema", "bill"], "").contains("`report`"));
    for args in [
        &["help"][..],
        &["--help"],
        &["evaluate", "--help"],
        &["verify", "-h"],
        &[],
    ] {
        assert!(printed_on(args, "").contains("Exit codes"));
    }
}
