//! Checks the model against worked examples that others have published.
//!
//! Reads every `*.json` of the directory in `BERTH_GOLDEN`, or of the workspace's `tests/golden`;
//! the README there documents the format. Each module below feeds the inputs of one kind to the
//! model's own functions.

#[path = "golden/binpack.rs"]
mod binpack;
#[path = "golden/breakeven.rs"]
mod breakeven;
#[path = "golden/case.rs"]
mod case;
#[path = "golden/commitments.rs"]
mod commitments;
#[path = "golden/ec2.rs"]
mod ec2;
#[path = "golden/eni.rs"]
mod eni;
#[path = "golden/fargate.rs"]
mod fargate;
#[path = "golden/managed.rs"]
mod managed;
#[path = "golden/run.rs"]
mod run;
#[path = "golden/scaling.rs"]
mod scaling;
#[path = "golden/sizes.rs"]
mod sizes;
#[path = "golden/split.rs"]
mod split;
#[path = "golden/variants.rs"]
mod variants;

use std::path::PathBuf;

use case::Adapter;
use run::Report;

/// What can be checked: kind, model, and the model's answer to a case's inputs.
const CHECKED: [(&str, &str, Adapter); 27] = [
    ("binpack", "cheapest_fit", binpack::cheapest_fit),
    ("binpack", "registered_memory", binpack::registered_memory),
    ("binpack", "scalar", binpack::scalar),
    ("binpack", "vector", binpack::vector),
    ("breakeven", "compare", breakeven::compare),
    ("breakeven", "multiplier", scaling::multiplier),
    ("capacity_reservation", "cpr", scaling::cpr),
    ("capacity_reservation", "cpr_empty", scaling::cpr_empty),
    ("ec2_cost", "ebs", ec2::ebs),
    ("ec2_cost", "ec2", ec2::ec2),
    ("ec2_cost", "odcr", scaling::odcr),
    ("ec2_cost", "odcr_hours", scaling::odcr_hours),
    ("ec2_cost", "ri_apply", commitments::ri_apply),
    ("ec2_cost", "ri_factor", commitments::ri_factor),
    ("ec2_cost", "ri_seconds", commitments::ri_seconds),
    ("eni_density", "eni", eni::eni),
    ("eni_density", "eni_rule", eni::eni_rule),
    ("eni_density", "eni_unsupported", eni::eni_unsupported),
    ("fargate_cost", "fargate", fargate::fargate),
    ("fargate_valid_size", "parse", sizes::parse),
    ("fargate_valid_size", "valid_size", sizes::valid_size),
    (
        "fargate_valid_size",
        "valid_size_row",
        sizes::valid_size_row,
    ),
    ("managed_instances_cost", "mi_hour", managed::mi_hour),
    ("managed_instances_cost", "mi_rate", managed::mi_rate),
    ("savings_plan", "sp_hour", commitments::sp_hour),
    ("savings_plan", "sp_simple", commitments::sp_simple),
    ("strategy_split", "split", split::split),
];

/// What a case may ask for and the model does not do yet.
const NOT_YET: [(&str, &str); 0] = [];

fn directory() -> PathBuf {
    std::env::var_os("BERTH_GOLDEN").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden")),
        PathBuf::from,
    )
}

#[test]
fn published_examples_come_out() {
    let report = Report::of_directory(&directory());
    println!("{report}");
    assert!(report.failures().is_empty(), "{report}");
}

mod the_runner {
    use super::run::Report;

    const GOOD: &str = r#"{"id": "a", "kind": "binpack", "model": "registered_memory",
        "inputs": {"total_memory_bytes": 8373026816, "reserved_mib": 0},
        "published": {"numeric": {"registered_mib": 7985}},
        "expected": {"registered_mib": 7985}, "tolerance": {"abs": 0}, "use": "golden"}"#;

    fn failures_of(case: &str) -> Vec<String> {
        let mut report = Report::default();
        report.read_file("cases.json", &format!("[{case}]"));
        report.failures().to_vec()
    }

    fn first_failure_of(case: &str) -> String {
        failures_of(case).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn a_good_case_passes() {
        assert_eq!(failures_of(GOOD), Vec::<String>::new());
    }

    #[test]
    fn a_wrong_figure_is_named_with_both_values() {
        let wrong = GOOD.replace(
            r#"{"registered_mib": 7985},"#,
            r#"{"registered_mib": 7986},"#,
        );
        assert_eq!(
            first_failure_of(&wrong),
            "binpack registered_memory a: registered_mib: expected 7986, got 7985"
        );
    }

    #[test]
    fn an_input_that_is_not_understood_fails_instead_of_being_ignored() {
        let unknown = GOOD.replace(r#""reserved_mib": 0"#, r#""reserved_mib": 0, "huge": 1"#);
        assert!(first_failure_of(&unknown).contains("unknown field `huge`"));
    }

    #[test]
    fn a_figure_that_is_not_computed_fails() {
        let more = GOOD.replace(r#""expected": {"#, r#""expected": {"bins": 1, "#);
        assert_eq!(
            first_failure_of(&more),
            "binpack registered_memory a: bins: expected 1, but the model gives no such figure"
        );
    }

    #[test]
    fn a_negative_case_fails_where_the_model_repeats_the_published_error() {
        let negative = GOOD.replace(
            r#""use": "golden""#,
            r#""use": "negative", "published_wrong_fields": ["registered_mib"]"#,
        );
        assert_eq!(
            first_failure_of(&negative),
            "binpack registered_memory a: registered_mib: the published error 7985 is repeated: 7985"
        );
        let right = negative.replace(
            r#"{"registered_mib": 7985}},"#,
            r#"{"registered_mib": 8192}},"#,
        );
        assert_eq!(failures_of(&right), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let mut report = Report::default();
        report.read_file("broken.json", "{");
        report.read_file("short.json", r#"[{"id": "b"}]"#);
        let failures = report.failures().join("\n");
        assert!(failures.contains("broken.json: "), "{failures}");
        assert!(
            failures.contains("short.json: case 1: missing field"),
            "{failures}"
        );
    }

    #[test]
    fn what_the_model_does_not_do_yet_is_counted_and_does_not_fail() {
        let Some((kind, model)) = super::NOT_YET.first() else {
            return;
        };
        let mut report = Report::default();
        let case = GOOD
            .replace("binpack", kind)
            .replace("registered_memory", model);
        report.read_file("cases.json", &format!("[{case}]"));
        assert!(report.failures().is_empty());
        let line = report.to_string();
        let line = line
            .lines()
            .find(|line| line.contains(&format!(" {model} ")))
            .unwrap_or_default();
        assert!(
            line.split_whitespace()
                .eq([*kind, *model, "0", "1", "0", "0"]),
            "{line}"
        );
    }

    #[test]
    fn a_model_that_is_not_known_fails() {
        assert_eq!(
            first_failure_of(&GOOD.replace("registered_memory", "new")),
            "binpack new a: no such kind and model is known"
        );
    }

    #[test]
    fn every_model_of_the_readme_is_checked_or_named_as_not_done_yet() {
        let readme = include_str!("../../../tests/golden/README.md");
        let rows = readme.lines().filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split("` | `");
            let (kind, model) = (cells.next()?, cells.next()?);
            // The table of models has more columns, the other tables fewer.
            cells.next()?;
            Some((kind, model))
        });
        let mut listed: Vec<(&str, &str)> = rows.collect();
        let checked = super::CHECKED.map(|(kind, model, _)| (kind, model));
        let mut known: Vec<(&str, &str)> = checked.into_iter().chain(super::NOT_YET).collect();
        listed.sort_unstable();
        known.sort_unstable();
        assert_eq!(listed, known);
    }

    #[test]
    fn a_due_kind_without_a_case_fails() {
        let mut report = Report::default();
        report.read_file("cases.json", &format!("[{GOOD}]"));
        report.require_due();
        let failures = report.failures().join("\n");
        assert!(
            failures.contains("fargate_cost: due, and no case of it was checked"),
            "{failures}"
        );
        assert!(!failures.contains("binpack"), "{failures}");
    }
}
