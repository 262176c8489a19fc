//! Laws that hold for every scenario and every text.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_file::report::OptionEntry;
use berth_file::{receipt, report, scenario};
use berth_model::inputs::{self, INPUTS, InputId, Kind};
use berth_model::needs::Need;
use berth_model::option::OptionId;
use berth_model::presets;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::prices::key::PriceKey;
use berth_model::pricing;
use berth_model::scenario::{MAX_SERVICES, Scenario};
use berth_model::share::{self, View};
use proptest::prelude::*;
use proptest::sample::select;

/// A text that an input takes, or nearly.
fn text_for(input: InputId) -> BoxedStrategy<String> {
    let of = |texts: Vec<&'static str>| select(texts).prop_map(String::from).boxed();
    match input {
        InputId::Region => of(vec!["us-east-1", "eu-west-1", "xx-new-9"]),
        InputId::Name => "[a-zA-Z0-9 &=#%~é✓\"\\\\-]{1,20}".boxed(),
        InputId::Vcpu => of(vec!["0.25", "0.3", "0.09765625", "7", "191.999"]),
        InputId::Memory => of(vec!["0.5", "3.5", "61", "0.0107421875"]),
        InputId::Gpu => of(vec!["0", "1", "4", "0.25"]),
        InputId::GpuModel => of(vec!["any", "A10G", "l4"]),
        InputId::Tasks | InputId::IdleTasks => {
            (1_u32..400).prop_map(|tasks| tasks.to_string()).boxed()
        }
        InputId::Strategy => (0_u32..6, 0_u16..200, 0_u16..200)
            .prop_map(|(base, on_demand, spot)| format!("{base}.{on_demand}.{spot}"))
            .boxed(),
        InputId::Needs => proptest::collection::vec(select(Need::ALL), 0..4)
            .prop_map(|needs| {
                let ids: Vec<&str> = needs.iter().map(|need| need.id()).collect();
                ids.join(",")
            })
            .boxed(),
        InputId::Week => (0_u32..40, 1_u32..40, 1_usize..168)
            .prop_map(|(one, other, hours)| format!("{one}x{hours},{other}x{}", 168 - hours))
            .boxed(),
        InputId::Places => of(vec!["fargate", "ec2,managed_instances", "fargate,ec2"]),
        InputId::Types => of(vec!["", "m7g.large,c7g.xlarge", "t3.large"]),
        InputId::Excluded => of(vec!["", "m7g", "c7g,c6g,m6g"]),
        InputId::OwnedPlans => of(vec![
            "",
            "compute_sp_1y_no_upfront=0.5",
            "ec2_sp_3y_all_upfront:m7g=1.25,compute_sp_3y_partial_upfront=10000",
        ]),
        InputId::OwnedReservations => of(vec!["", "m7g.large=2", "m6a.xlarge=1,c7g.large=4"]),
        InputId::Weights => of(vec!["", "isolation:7", "start:0,windows:10,operations:3"]),
        InputId::CpuOvercommit | InputId::MemoryOvercommit => of(vec!["1", "1.5", "2.125"]),
        InputId::FactorX86 | InputId::FactorArm => of(vec!["1", "0.85", "1.2"]),
        InputId::Minutes => of(vec!["0.001", "12.5", "20160"]),
        InputId::Discount | InputId::EstimateOneYear | InputId::EstimateThreeYears => {
            of(vec!["0", "7.25", "34", "54", "100"])
        }
        InputId::RangeSpot | InputId::RangeLoad => of(vec!["80-150", "80-120", "1-1000"]),
        InputId::RangePacking | InputId::RangePrice => of(vec!["100-110", "95-105", "100-100"]),
        _ => match input.input().kind {
            Kind::Choice(choices) => of(choices.iter().map(|(id, _)| *id).collect()),
            Kind::Switch => of(vec!["on", "off"]),
            Kind::Number { min, max, .. } => {
                let (min, max) = (min.parse::<f64>().unwrap(), max.parse::<f64>().unwrap());
                (min..=max.min(1_000.0))
                    .prop_map(|number| number.round().to_string())
                    .boxed()
            }
            Kind::Set | Kind::Text(_) => Just(String::new()).boxed(),
        },
    }
}

/// Any scenario that a person can reach by setting inputs and prices.
fn scenarios() -> impl Strategy<Value = Scenario> {
    let edit = select(INPUTS.iter().map(|input| input.id).collect::<Vec<_>>())
        .prop_flat_map(|input| text_for(input).prop_map(move |text| (input, text)));
    let price = (
        select(vec![
            "ec2.linux.on_demand.m7g.large",
            "fargate.linux.any.spot.gb_hour",
            "fee.*",
            "beside.ebs_gp3_storage",
        ]),
        select(vec!["0.0000000001", "0.5", "1"]),
    );
    (
        select(presets::PRESETS),
        proptest::collection::vec((edit, 0_usize..3), 0..25),
        proptest::collection::vec(price, 0..3),
    )
        .prop_map(|(preset, edits, prices)| {
            let edited =
                edits
                    .into_iter()
                    .fold(preset.scenario(), |scenario, ((input, text), at)| {
                        inputs::set(&scenario, at, input, &text).unwrap_or(scenario)
                    });
            prices.into_iter().fold(edited, |scenario, (key, usd)| {
                pricing::set_own(&scenario, &PriceKey::parse(key).unwrap(), usd).unwrap()
            })
        })
}

static EXAMPLE: LazyLock<String> =
    LazyLock::new(|| include_str!("../../../docs/examples/shop.json").to_owned());

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_receipt_holds_and_its_lines_are_its_total(made in scenarios()) {
        let made = inputs::set(&made, 0, InputId::Region, "us-east-1").unwrap();
        let answers = berth_model::evaluate(&made, &BOOK);
        let report = report::report(&made, &BOOK, &answers);
        for entry in report.options.iter().filter(|entry| entry.monthly_usd.is_some()).step_by(7) {
            let receipt = receipt::make(&made, &BOOK, OptionId::from_id(&entry.option).unwrap()).unwrap();
            let stated = receipt::read(serde_json::to_string(&receipt).unwrap().as_bytes()).unwrap();
            prop_assert_eq!(&stated.scenario, &made);
            prop_assert_eq!(receipt::differences(&stated, &BOOK), Vec::<String>::new());
        }
        if let [alone] = report.services.as_slice() {
            prop_assert_eq!(&alone.options, &report.options);
            prop_assert_eq!(&alone.verdict, &report.verdict);
        }
        let verdict = report.verdict.map(|verdict| (verdict.option, verdict.monthly_usd));
        let least = report.options.iter().filter(|entry| entry.decides).min_by(|one, other| {
            let amount = |entry: &OptionEntry| entry.monthly_usd.as_ref().unwrap().parse::<f64>().unwrap();
            amount(one).total_cmp(&amount(other))
        });
        prop_assert_eq!(verdict.map(|verdict| verdict.1), least.and_then(|entry| entry.monthly_usd.clone()));
    }
}

proptest! {
    #[test]
    fn a_file_gives_back_the_scenario_that_it_was_made_of(made in scenarios()) {
        let short = scenario::write(&made).unwrap();
        prop_assert_eq!(&scenario::read(short.as_bytes()).unwrap(), &made, "{}", short);
        let long = scenario::write_pretty(&made).unwrap();
        prop_assert_eq!(scenario::read(long.as_bytes()).unwrap(), made);
    }

    #[test]
    fn a_file_holds_what_a_link_holds(made in scenarios()) {
        let link = share::encode(&made, View::default());
        let linked = share::decode(&link).scenario.unwrap();
        prop_assert_eq!(scenario::write(&linked).unwrap(), scenario::write(&made).unwrap());
        let filed = scenario::read(scenario::write(&made).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(share::encode(&filed, View::default()), link);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = scenario::read(&bytes);
    }

    #[test]
    fn no_change_of_a_file_makes_reading_panic(
        at in 0_usize..1_000, cut in 0_usize..12,
        put in select(vec![
            "", "0", "-1", "1e999", "1e-999", "null", "\"", "{", "}", "[", "]", ",", ":", "\\u0000",
            "true", "99999999999999999999999999999", "\"x\"", "é", "0.00000000000000000001",
        ]),
    ) {
        let mut text = EXAMPLE.clone().into_bytes();
        let start = at * text.len() / 1_000;
        let end = (start + cut).min(text.len());
        text.splice(start..end, put.bytes());
        let _ = scenario::read(&text);
    }

    #[test]
    fn every_value_in_every_field_is_read_or_refused_with_its_path(
        value in select(vec!["null", "true", "-1", "0", "1e30", "0.0001", "\"\"", "\"x\"", "[]", "{}", "[{}]"]),
        at in 0_usize..40,
    ) {
        // Each value of the example in turn.
        let places: Vec<(usize, usize)> = EXAMPLE
            .match_indices(": ")
            .map(|(start, _)| (start + 2, EXAMPLE[start + 2..].find([',', '\n', '}']).unwrap()))
            .filter(|(start, _)| !EXAMPLE[*start..].starts_with(['{', '[']))
            .collect();
        let (start, length) = places[at % places.len()];
        let mut text = EXAMPLE.clone();
        text.replace_range(start..start + length, value);
        if let Err(error) = scenario::read(text.as_bytes()) {
            let field = &EXAMPLE[..start - 3];
            let field = &field[field.rfind('"').unwrap() + 1..];
            prop_assert!(error.to_string().contains(field), "{error} does not name {field}");
        }
    }
}

#[test]
fn fifty_services_are_read_and_fifty_one_are_not() {
    let service = r#"{"task":{"vcpu":1,"memory_gib":2},"load":{"kind":"constant","tasks":1}}"#;
    let file = |count: usize| {
        let services = vec![service; count].join(",");
        format!(r#"{{"version":1,"region":"us-east-1","services":[{services}]}}"#)
    };
    let read = scenario::read(file(MAX_SERVICES).as_bytes()).unwrap();
    assert_eq!(read.services.len(), MAX_SERVICES);
    let error = scenario::read(file(MAX_SERVICES + 1).as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "services: 51 services were given. Allowed: 1 to 50."
    );
}
