//! What a file that leaves things out stands for.

use berth_file::{MAX_BYTES, scenario};

/// The shortest file.
const SHORT: &str = r#"{"version":1,"region":"us-east-1","services":[{"task":{"vcpu":1,"memory_gib":2},"load":{"kind":"constant","tasks":1}}]}"#;

/// The same with every field that has a default at that default.
const LONG: &str = r#"{
    "version": 1.0, "region": "us-east-1", "hours_per_month": 730, "max_commitment": "none",
    "services": [{
        "name": "service", "task": { "vcpu": "1", "memory_gib": 2.00, "ephemeral_gib": 20, "gpu": null },
        "os": "linux", "arch": "either", "load": { "kind": "constant", "tasks": 1e0 },
        "spot": { "kind": "none" }, "needs": [], "headroom_tasks": 0,
        "places": ["fargate", "ec2", "managed_instances"], "provider": "auto",
        "traffic": { "image_gib": 0, "egress_gb": 0, "cross_zone_gb": 0, "logs_gb": 0 }
    }],
    "fleet": {
        "min_zones": 2, "min_instances": 2, "target_capacity_percent": 100, "reserved_memory_mib": 256,
        "network": "awsvpc", "eni_trunking": true, "cpu_overcommit": 1, "memory_overcommit": 1, "daemons": [],
        "types": { "kind": "auto", "exclude_families": [], "burstable": false, "bare_metal": false }
    },
    "commitment": { "kind": "none" },
    "lines": { "ebs": true, "egress": "none", "load_balancer": false, "load_balancer_units": 1, "logs": false, "staff_time": false },
    "discount_percent": 0,
    "owned": { "plans": [], "reservations": [], "free_vcpu": 0, "free_memory_gib": 0 },
    "task_factor": { "x86_64": 1, "arm64": 1 }, "staff": { "usd_per_hour": 75, "hours_per_month": 8 },
    "smallest_saving_usd": 0, "weights": [{ "criterion": "windows", "weight": 0 }], "prices": [], "estimate": null,
    "ranges": {
        "spot": { "low_percent": 80, "high_percent": 150 }, "load": { "low_percent": 80, "high_percent": 120 },
        "packing": { "low_percent": 100, "high_percent": 110 }, "year_old_price": { "low_percent": 95, "high_percent": 105 }
    }
}"#;

#[test]
fn what_is_left_out_is_at_its_default() {
    let short = scenario::read(SHORT.as_bytes()).unwrap();
    assert_eq!(scenario::read(LONG.as_bytes()).unwrap(), short);
    assert_eq!(scenario::write(&short).unwrap(), SHORT);
}

#[test]
fn what_a_choice_leaves_out_is_at_its_default() {
    let read = |load: &str, rest: &str| {
        let text = SHORT
            .replace(r#"{"kind":"constant","tasks":1}"#, load)
            .replace("]}", &format!("]{rest}}}"));
        scenario::read(text.as_bytes()).unwrap()
    };
    assert_eq!(
        read(
            r#"{"kind":"jobs","runs_per_day":2,"tasks":1,"minutes":0.5}"#,
            ""
        ),
        read(
            r#"{"kind":"jobs","runs_per_day":2,"tasks":1,"minutes":0.5,"image_pull_seconds":30}"#,
            ""
        )
    );
    assert_eq!(
        read(
            r#"{"kind":"schedule","tasks":9,"hours_per_day":8,"days_per_week":5}"#,
            ""
        ),
        read(
            r#"{"kind":"schedule","tasks":9,"idle_tasks":0,"hours_per_day":8,"days_per_week":5}"#,
            ""
        )
    );
    let load = r#"{"kind":"constant","tasks":1}"#;
    assert_eq!(
        read(load, r#","estimate":{}"#),
        read(
            load,
            r#","estimate":{"one_year_percent":34,"three_years_percent":54,"may_decide":false}"#
        )
    );
    assert_eq!(
        read(
            load,
            r#","fleet":{"daemons":[{"vcpu":0.1,"memory_gib":0.1}]}"#
        ),
        read(
            load,
            r#","fleet":{"daemons":[{"name":"daemon","vcpu":0.1,"memory_gib":0.1,"sidecar_on_fargate":true}]}"#
        )
    );
}

#[test]
fn a_range_is_read_written_and_refused_by_its_field() {
    let with = |range: &str| SHORT.replace("]}", &format!(r#"],"ranges":{range}}}"#));
    let half = with(r#"{"load":{"low_percent":50,"high_percent":200}}"#);
    let read = scenario::read(half.as_bytes()).unwrap();
    assert_eq!((read.ranges.load.low(), read.ranges.load.high()), (50, 200));
    assert_eq!(scenario::write(&read).unwrap(), half);
    let said = |range: &str| {
        scenario::read(with(range).as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        said(r#"{"spot":{"low_percent":150,"high_percent":80}}"#),
        "ranges.spot: “150-80” is reversed. Allowed: the lower percentage first, such as 100-110, from 1 to 1000."
    );
    assert_eq!(
        said(r#"{"packing":{"low_percent":-5,"high_percent":110}}"#),
        "ranges.packing: “-5-110” is not a range. Allowed: two whole percentages from 100 to 200, such as 100-110."
    );
    assert_eq!(
        said(r#"{"year_old_price":{"low_percent":90,"high_percent":900}}"#),
        "ranges.year_old_price: “90-900” is out of range. Allowed: from 50 to 200 percent."
    );
    assert!(said(r#"{"load":{"low_percent":90}}"#).contains("ranges.load"));
}

#[test]
fn a_week_may_have_only_one_busy_hour() {
    let mut hours = vec!["0"; 168];
    hours[100] = "7";
    let week = format!(r#"{{"kind":"week","tasks":[{}]}}"#, hours.join(","));
    let text = SHORT.replace(r#"{"kind":"constant","tasks":1}"#, &week);
    let read = scenario::read(text.as_bytes()).unwrap();
    assert_eq!(read.services.nearest(0).load.tasks().get(), 7);
    assert_eq!(scenario::write(&read).unwrap(), text);
}

#[test]
fn what_is_too_long_or_no_text_is_refused_as_such() {
    let long = vec![b' '; MAX_BYTES + 1];
    let said = |bytes: &[u8]| scenario::read(bytes).unwrap_err().to_string();
    assert!(said(&long).contains("at most 4194304 are read"));
    assert_eq!(said(b"{\"version\": \"\xff\"}"), "it is not text in UTF-8");
    assert!(said("[".repeat(100_000).as_bytes()).starts_with("it is not JSON"));
}
