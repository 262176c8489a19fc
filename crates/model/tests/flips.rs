//! Flips: what is found wins, what is called the nearest is, and nothing near is missed.
//!
//! `BERTH_FLIPS_SCENARIOS` and `BERTH_FLIPS_SEED` set how many scenarios are studied, and which; a long run is
//! `BERTH_FLIPS_SCENARIOS=2000 cargo test --release -p berth-model --test flips -- --nocapture`, which prints how
//! many flips were checked.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::curve::Curve;
use berth_model::decision::{Close, Verdict};
use berth_model::evaluate_service;
use berth_model::explain::{self, FlipsWords};
use berth_model::flips::{Flip, Flips, Former, Nearness, Progress, What};
use berth_model::inputs::{self, InputId};
use berth_model::money::Usd;
use berth_model::option::{OptionId, Place};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;
use berth_model::share::decode;
use rust_decimal::Decimal;

#[path = "second/scenarios.rs"]
mod scenarios;

use scenarios::Stream;

/// Scenarios of a run in which nobody asks for more.
const SCENARIOS: u64 = 40;

/// The seed of such a run.
const SEED: u64 = 20_261_125;

static BOOKS: LazyLock<[PriceBook; 1]> = LazyLock::new(|| [PriceBook::parse(US_EAST_1).unwrap()]);

fn book() -> &'static PriceBook {
    &BOOKS[0]
}

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn study(scenario: &Scenario) -> Flips {
    let book = &*scenario.pricing.over(book());
    let mut study = Flips::new(scenario, 0);
    assert!(!study.is_done());
    while study.step(book, 7) == Progress::More {}
    assert!(study.is_done());
    study
}

fn answer(scenario: &Scenario) -> ServiceAnswer {
    let book = &*scenario.pricing.over(book());
    evaluate_service(scenario, scenario.services.nearest(0), book)
}

/// Which option wins at a value of an input, but for ties to the cent with the present winner.
fn winner_at(scenario: &Scenario, input: InputId, text: &str) -> Option<OptionId> {
    let present = answer(scenario).verdict.best();
    // What cannot be set changes nothing.
    let Ok(changed) = inputs::set(scenario, 0, input, text) else {
        return present;
    };
    let answer = answer(&changed);
    let Some(winner) = answer.verdict.best() else {
        return present;
    };
    let total = |option| Some(answer.option(option)?.deciding()?.total);
    match present.and_then(total).zip(total(winner)) {
        Some((one, other)) if (one - other).rounded_to_cents() == Usd::ZERO => present,
        _ => Some(winner),
    }
}

/// Steps in which numbers are tried, written down once more.
fn step(input: InputId) -> Decimal {
    let text = match input {
        InputId::Vcpu => "0.25",
        InputId::Memory | InputId::Image => "0.5",
        InputId::CpuOvercommit
        | InputId::MemoryOvercommit
        | InputId::Minutes
        | InputId::Discount
        | InputId::EstimateOneYear
        | InputId::EstimateThreeYears => "0.1",
        InputId::FactorX86 | InputId::FactorArm => "0.01",
        InputId::ReservedMemory => "64",
        InputId::EgressGb => "10",
        _ => "1",
    };
    text.parse().unwrap()
}

/// Every value between the present one and a flip, one step apart.
fn between(flip: &Flip) -> Vec<String> {
    let [from, to]: [Decimal; 2] = [&flip.from, &flip.to].map(|text| text.parse().unwrap());
    let step = step(flip.input);
    let mut values = Vec::new();
    let mut index = (from / step).floor();
    if to > from {
        loop {
            index += Decimal::ONE;
            if index * step >= to {
                return values;
            }
            values.push((index * step).normalize().to_string());
        }
    }
    index = (from / step).ceil();
    loop {
        index -= Decimal::ONE;
        if index * step <= to {
            return values;
        }
        values.push((index * step).normalize().to_string());
    }
}

/// What was checked.
#[derive(Default)]
struct Tally {
    flips: usize,
    numbers: usize,
    proven: usize,
    values_between: usize,
}

/// Checks a flip by answers of its own.
fn check(scenario: &Scenario, flip: &Flip, tally: &mut Tally) {
    let at = |what: &str| {
        let link = berth_model::share::encode(scenario, berth_model::share::View::default());
        format!("{what}: {flip:?} of {link}")
    };
    let present = answer(scenario).verdict.best();
    assert_eq!(flip.present, present);
    assert_ne!(Some(flip.winner), present, "{}", at("another option"));
    let changed = answer(&flip.scenario(scenario, 0));
    assert_eq!(
        changed.verdict.best(),
        Some(flip.winner),
        "{}",
        at("wins there")
    );
    let total = changed.option(flip.winner).unwrap().priced().unwrap().total;
    assert_eq!(total, flip.total);
    let former = present.and_then(|option| changed.option(option)?.deciding());
    match (flip.former, former) {
        (Former::Costs(more), Some(former)) => {
            assert_eq!(more, former.total - total);
            assert!(more.rounded_to_cents() > Usd::ZERO, "{}", at("no tie"));
        }
        (Former::None, _) => assert_eq!(present, None),
        (_, former) => assert!(former.is_none(), "{}", at("cannot win")),
    }
    tally.flips += 1;
    if flip.what != What::Number {
        return;
    }
    tally.numbers += 1;
    let flips_as_much = |text: &str| {
        let winner = winner_at(scenario, flip.input, text);
        if flip.changes_place() {
            winner.map(|option| option.place) != present.map(|option| option.place)
        } else {
            winner != present
        }
    };
    assert!(
        !flips_as_much(&flip.before),
        "{}",
        at("not one step before")
    );
    if flip.nearness == Nearness::Proven {
        tally.proven += 1;
        for value in between(flip) {
            assert!(!flips_as_much(&value), "{} {value}", at("the nearest"));
            tally.values_between += 1;
        }
    }
}

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
}

#[test]
fn every_flip_of_any_scenario_is_one() {
    let count = from_environment("BERTH_FLIPS_SCENARIOS", SCENARIOS);
    let seed = from_environment("BERTH_FLIPS_SEED", SEED);
    let mut tally = Tally::default();
    for number in 0..count {
        let (_, scenario) = scenarios::scenario(&mut Stream::new(seed, number), &*BOOKS);
        let found = study(&scenario).flips();
        for flip in &found {
            check(&scenario, flip, &mut tally);
        }
        let sorted = found
            .windows(2)
            .all(|pair| pair[0].distance <= pair[1].distance);
        assert!(sorted, "the nearest first");
    }
    let Tally {
        flips,
        numbers,
        proven,
        values_between,
    } = tally;
    println!(
        "{count} scenarios: {flips} flips checked, {numbers} of them numbers, {proven} proven nearest by {values_between} values between"
    );
    assert!(flips as u64 > 5 * count && proven * 2 > numbers);
}

/// The nearest value in one direction at which another option wins, by trying all.
fn by_trying_all(
    scenario: &Scenario,
    input: InputId,
    values: impl Iterator<Item = u32>,
) -> Option<String> {
    let present = answer(scenario).verdict.best();
    let mut values = values.map(|value| value.to_string());
    values.find(|text| winner_at(scenario, input, text) != present)
}

#[test]
fn nothing_near_is_missed() {
    let mut compared = 0;
    for link in [
        "name=a&vcpu=0.5&mem=1&tasks=12",
        "zones=3&name=a&vcpu=2&mem=4&tasks=9&spot=0.3.2&arch=x86_64",
        "name=a&vcpu=1&mem=6&tasks=20&load=schedule&idle=3&day-hours=9&days=5",
        "term=3y&sizing=cheapest&name=a&vcpu=0.25&mem=2&tasks=31",
    ] {
        let scenario = scenario(link);
        let found = study(&scenario).flips();
        for (input, least, most) in [
            (InputId::Tasks, 1, 60),
            (InputId::MinZones, 1, 6),
            (InputId::MinInstances, 0, 30),
            (InputId::HoursPerDay, 1, 24),
            (InputId::DaysPerWeek, 1, 7),
            (InputId::IdleTasks, 0, 30),
            (InputId::SpotShare, 0, 100),
            (InputId::Headroom, 0, 30),
        ] {
            let Some(present) = inputs::get(&scenario, 0, input) else {
                continue;
            };
            let present: u32 = present.parse().unwrap();
            let of_way = |up: bool| {
                let flips = found.iter().filter(|flip| flip.input == input);
                let mut flips =
                    flips.filter(|flip| (flip.to.parse::<u32>().unwrap() > present) == up);
                // The nearest of the way comes first.
                flips.next().map(|flip| flip.to.clone())
            };
            let near = |text: &String| text.parse::<u32>().unwrap().abs_diff(present) <= 32;
            let up = by_trying_all(&scenario, input, present + 1..=most.min(present + 32));
            assert_eq!(of_way(true).filter(near), up, "{link} {input:?} up");
            let down = by_trying_all(
                &scenario,
                input,
                (least.max(present.saturating_sub(32))..present).rev(),
            );
            assert_eq!(of_way(false).filter(near), down, "{link} {input:?} down");
            compared += 2;
        }
    }
    println!("{compared} directions compared with all values tried");
}

#[test]
fn the_flip_of_the_task_count_is_where_the_curve_turns() {
    let scenario = scenario("name=api&vcpu=0.5&mem=1&tasks=12");
    let mut curve = Curve::new(&scenario, 0);
    while curve.step(book(), 10) == Progress::More {}
    let turn = curve.crossings().into_iter().find(|turn| turn.tasks > 12);
    let found = study(&scenario).flips();
    let flip = found
        .iter()
        .find(|flip| flip.input == InputId::Tasks)
        .unwrap();
    assert_eq!(flip.to, turn.unwrap().tasks.to_string());
    assert_eq!(
        (flip.from.as_str(), flip.nearness),
        ("12", Nearness::Proven)
    );
    assert!(flip.changes_place());
    let said = explain::flip(flip, &scenario, 0).plain();
    assert!(
        said.starts_with(&format!(
            "With {} tasks (12 now), EC2 on Arm would win; Fargate on Arm would cost $",
            flip.to
        )),
        "{said}"
    );
}

#[test]
fn inputs_that_are_left_out_change_no_winner() {
    for number in 0..40 {
        let (_, scenario) = scenarios::scenario(&mut Stream::new(SEED, number), &*BOOKS);
        let present = answer(&scenario).verdict.best();
        for (input, text) in [
            (InputId::LoadBalancer, "on"),
            (InputId::LoadBalancer, "off"),
            (InputId::LoadBalancerUnits, "7000"),
            (InputId::LogsGb, "12345"),
            (InputId::CrossZoneGb, "54321"),
            (InputId::SmallestSaving, "9999999"),
            (InputId::Name, "another"),
            (InputId::Provider, "b"),
        ] {
            if let Ok(changed) = inputs::set(&scenario, 0, input, text) {
                assert_eq!(
                    answer(&changed).verdict.best(),
                    present,
                    "{input:?} {number}"
                );
            }
        }
    }
}

#[test]
fn categories_are_tried_too() {
    let api = scenario("name=api&vcpu=0.5&mem=1&tasks=12");
    let found = study(&api).flips();
    let of = |input, to: &str| {
        let mut flips = found.iter();
        flips
            .find(|flip| flip.input == input && flip.to == to)
            .unwrap()
    };
    for (flip, said) in [
        (
            of(InputId::Gpu, "1"),
            "If it needed a GPU, EC2 on x86 would win; Fargate on Arm could not run it.",
        ),
        (
            of(InputId::Needs, "placement_strategy"),
            "If it needed a placement strategy, EC2 on Arm would win; Fargate on Arm could not run it.",
        ),
        (
            of(InputId::Places, "ec2,managed_instances"),
            "If it could not run on Fargate, EC2 on Arm would win; Fargate on Arm could not run it.",
        ),
        (
            of(InputId::Arch, "x86_64"),
            "If the image were built for x86 alone, Fargate on x86 would win; Fargate on Arm could not run it.",
        ),
    ] {
        assert_eq!(explain::flip(flip, &api, 0).plain(), said);
    }
    let year = of(InputId::MaxCommitment, "1y");
    assert!(explain::flip(year, &api, 0).plain().starts_with("With commitments of up to one year, EC2 on Arm with one-year Reserved Instances would win; Fargate on Arm would cost $"));
    // Back again, from where such a flip leads.
    let there = year.scenario(&api, 0);
    let back = study(&there).flips();
    let back = back
        .iter()
        .find(|flip| flip.to == "none" && flip.input == InputId::MaxCommitment)
        .unwrap();
    assert_eq!(back.former, Former::BeyondCommitment);
    assert_eq!(back.winner, year.present.unwrap());
}

#[test]
fn where_nothing_can_run_it_flips_bring_options_back() {
    let windows_on_arm = scenario("name=a&os=windows&arch=arm64&vcpu=1&mem=2&tasks=2");
    assert_eq!(answer(&windows_on_arm).verdict.best(), None);
    let found = study(&windows_on_arm).flips();
    let linux = found.iter().find(|flip| flip.input == InputId::Os).unwrap();
    assert_eq!((linux.present, linux.former), (None, Former::None));
    let said = explain::flip(linux, &windows_on_arm, 0).plain();
    assert!(
        said.starts_with("On Linux, ") && said.contains(" could run it, for $"),
        "{said}"
    );
    assert!(found.iter().any(|flip| flip.input == InputId::Arch));
}

#[test]
fn another_region_is_tried_from_its_book() {
    let scenario = scenario("name=api&vcpu=0.5&mem=1&tasks=12");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../prices/sa-east-1.txt");
    let other = PriceBook::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut flips = Flips::new(&scenario, 0);
    flips.look_in(&other, book());
    flips.look_in(book(), book());
    let there = inputs::set(&scenario, 0, InputId::Region, "sa-east-1").unwrap();
    let winner = evaluate_service(&there, there.services.nearest(0), &other)
        .verdict
        .best();
    let found = flips.flips();
    let region: Vec<&Flip> = found
        .iter()
        .filter(|flip| flip.what == What::Region)
        .collect();
    assert_eq!(
        region.len(),
        usize::from(winner != answer(&scenario).verdict.best())
    );
    assert!(
        region
            .iter()
            .all(|flip| Some(flip.winner) == winner && flip.to == "sa-east-1")
    );
    assert_eq!(flips.tried(), 1);
}

#[test]
fn links_lead_there_and_back() {
    let scenario = scenario("name=api&vcpu=0.5&mem=1&tasks=12");
    let study = study(&scenario);
    let answer = answer(&scenario);
    let words = FlipsWords::of(&scenario, 0, &study, &answer);
    let tried = study.tried();
    assert!(
        words
            .summary
            .plain()
            .contains(&format!("{tried} changes of {} inputs", study.inputs())),
        "{}",
        words.summary.plain()
    );
    for (flip, said) in study.flips().iter().zip(&words.flips) {
        let there = decode(&said.link);
        assert_eq!(there.notices, []);
        let there = there.scenario.unwrap();
        assert_eq!(
            self::answer(&there).verdict.best(),
            Some(flip.winner),
            "{}",
            said.link
        );
        let back = inputs::set(&there, 0, flip.input, &flip.from).unwrap();
        // A kind of load does not remember what another kind had.
        if flip.input != InputId::Load && flip.input != InputId::Gpu {
            assert_eq!(back, scenario, "{flip:?}");
        }
    }
}

#[test]
fn what_to_measure_is_said_where_it_is_close() {
    let close = scenario("name=api&vcpu=0.5&mem=1&tasks=16");
    let said = |scenario: &Scenario| {
        let answer = answer(scenario);
        explain::to_measure(&answer, &study(scenario).flips()).map(|said| said.plain())
    };
    let text = said(&close).unwrap();
    assert!(
        text.starts_with("What would decide is ") && text.ends_with(" wins."),
        "{text}"
    );
    let gpu = "name=a&arch=x86_64&vcpu=7&mem=28&gpu=1&gpu-model=a10g&tasks=4";
    let clear = scenario(gpu);
    assert_eq!(answer(&clear).verdict.place(), Some(Place::Ec2));
    assert_eq!(said(&clear), None);
    // What a range leaves open, no flip is needed to say.
    let mut ranges = 0;
    for number in 0..300 {
        let (_, scenario) = scenarios::scenario(&mut Stream::new(SEED, number), &*BOOKS);
        let answer = answer(&scenario);
        let Verdict::Best { lead, .. } = answer.verdict else {
            continue;
        };
        let close = lead.and_then(|lead| lead.close);
        let text = explain::to_measure(&answer, &[]).map(|said| said.plain());
        assert_eq!(text.is_some(), close == Some(Close::Range), "{number}");
        if let Some(text) = text {
            println!("{number} {text}");
            let spot = text.contains("the Spot price") || text.contains("rounds the weights");
            assert_eq!(spot, text.contains(" with Spot "), "{text}");
            assert!(spot || text.contains("how soon instances leave"), "{text}");
            ranges += 1;
        }
    }
    assert!(ranges > 3);
}

#[test]
fn results_are_there_at_any_time_and_get_no_worse() {
    let scenario = scenario("name=a&vcpu=1&mem=2&tasks=300&spot=0.1.3");
    let mut flips = Flips::new(&scenario, 0);
    assert_eq!(flips.flips(), []);
    let mut known: Vec<(InputId, bool, u32)> = Vec::new();
    while flips.step(book(), 25) == Progress::More {
        let found = flips.flips();
        let numbers = found.iter().filter(|flip| flip.what == What::Number);
        let now: Vec<(InputId, bool, u32)> = numbers
            .map(|flip| {
                let up = flip.to.parse::<Decimal>().unwrap() > flip.from.parse().unwrap();
                (flip.input, up, flip.distance)
            })
            .collect();
        for (input, up, distance) in &known {
            let same = now.iter().filter(|(one, way, _)| one == input && way == up);
            assert!(same.map(|(_, _, now)| now).min().unwrap() <= distance);
        }
        known = now;
    }
}
