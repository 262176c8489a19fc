//! How sure an answer is: a sample that is the same each time, and the answer itself where
//! nothing is left open.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::evaluate_service;
use berth_model::inputs::{self, InputId};
use berth_model::option::Place;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::{PackingOverhead, Ranges, Scenario};
use berth_model::share::{self, View};
use berth_model::sure::{CASES, Confidence, Progress, Sure};
use berth_model::sweep::Race;

#[path = "second/scenarios.rs"]
mod scenarios;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

const API: &str = "v=1&name=api&vcpu=0.5&mem=1&tasks=12";

fn scenario(link: &str) -> Scenario {
    share::decode(link).scenario.unwrap()
}

fn sample(scenario: &Scenario, book: &PriceBook, cases: usize) -> Confidence {
    let mut sure = Sure::new(scenario, 0, book);
    let _: Progress = sure.step(cases);
    sure.confidence()
}

fn whole(link: &str) -> Confidence {
    sample(&scenario(link), &BOOK, 10_000)
}

#[test]
fn ranges_of_no_width_give_the_answer_itself() {
    let books = [BOOK.clone()];
    for number in 0..60 {
        let mut stream = scenarios::Stream::new(4_711, number);
        let (_, mut scenario) = scenarios::scenario(&mut stream, &books);
        scenario.ranges = Ranges::POINTS;
        let book = &*scenario.pricing.over(&BOOK);
        let service = scenario.services.nearest(0);
        let race = Race::of(&evaluate_service(&scenario, service, book));
        let found = sample(&scenario, book, 25);
        let link = share::encode(&scenario, View::default());
        assert_eq!(found.cases, 25);
        assert_eq!(
            found.point.map(|best| best.option),
            race.best().map(|best| best.option),
            "{link}"
        );
        let expected: Vec<_> = race
            .best()
            .map(|best| (best.option, 25))
            .into_iter()
            .collect();
        assert_eq!(found.wins, expected, "{link}");
        for (band, best) in found.places.iter().zip(race.places()) {
            let totals = band.map(|band| [band.low, band.middle, band.high]);
            let totals = totals.map(|of| of.map(berth_model::money::Usd::to_six_decimals));
            let total = best.map(|best| best.total.to_six_decimals());
            assert_eq!(
                totals,
                total.map(|total| [total.clone(), total.clone(), total]),
                "{link}"
            );
        }
        assert_eq!(found.doubts, []);
    }
}

#[test]
fn every_case_is_evaluated_by_the_same_rules() {
    // One range at a time, of one value that is not the point: every case is that scenario.
    let base = scenario(
        "v=1&range-spot=100-100&range-load=100-100&range-packing=100-100&range-price=100-100&name=api&vcpu=0.5&mem=1&tasks=12&spot=0.1.1",
    );
    let set = |input, text| inputs::set(&base, 0, input, text).unwrap();
    let of_load = inputs::set(&base, 0, InputId::Tasks, "18").unwrap();
    let mut of_packing = base.clone();
    of_packing.packing = PackingOverhead::new(12_000).unwrap();
    let mut book = BOOK.clone();
    for column in &mut book.ec2 {
        if column.kind == berth_model::purchase::PriceKind::Spot {
            for quote in column.quotes.iter_mut().flatten() {
                let dearer = quote.rate.ten_billionths() * 3 / 2;
                quote.rate = berth_model::money::Rate::from_ten_billionths(dearer).unwrap();
            }
        }
    }
    for price in &mut book.fargate {
        if price.kind == berth_model::purchase::PriceKind::Spot {
            let dearer = price.quote.rate.ten_billionths() * 3 / 2;
            price.quote.rate = berth_model::money::Rate::from_ten_billionths(dearer).unwrap();
        }
    }
    for (sampled, alike, book) in [
        (set(InputId::RangeLoad, "150-150"), &of_load, &*BOOK),
        (set(InputId::RangePacking, "120-120"), &of_packing, &*BOOK),
        (set(InputId::RangeSpot, "150-150"), &base, &book),
    ] {
        let found = sample(&sampled, &BOOK, 3);
        let race = Race::of(&evaluate_service(alike, alike.services.nearest(0), book));
        for (band, best) in found.places.iter().zip(race.places()) {
            // Half a price that is odd is rounded to a ten-billionth, up here and down above.
            let apart = band.unwrap().middle - best.unwrap().total;
            assert!(
                apart.decimal().abs() < "0.0001".parse().unwrap(),
                "{apart:?}"
            );
        }
        let present = Race::of(&evaluate_service(&base, base.services.nearest(0), &BOOK));
        let same = found.places.iter().zip(present.places());
        assert!(
            same.clone()
                .any(|(band, best)| band.unwrap().middle != best.unwrap().total)
        );
    }
}

#[test]
fn packing_leaves_room_on_instances_and_none_on_fargate() {
    let dearer = whole(&API.replace(
        "v=1",
        "v=1&range-packing=150-150&range-load=100-100&range-price=100-100",
    ));
    let present = whole(&API.replace(
        "v=1",
        "v=1&range-packing=100-100&range-load=100-100&range-price=100-100",
    ));
    let [fargate, ec2, managed] = [0, 1, 2].map(|place| {
        let middle = |found: &Confidence| found.places[place].unwrap().middle;
        (middle(&present), middle(&dearer))
    });
    assert_eq!(fargate.0, fargate.1);
    // Six m6g.medium become nine, or another type is cheaper now: never more than half as much.
    assert!(ec2.1 > ec2.0 && ec2.1.scaled(2.into()) <= ec2.0.scaled(3.into()));
    assert!(managed.1 > managed.0);
}

#[test]
fn the_same_scenario_has_the_same_sample_however_it_is_sliced() {
    let scenario = scenario(&[API, "&spot=0.1.1"].concat());
    let mut sliced = Sure::new(&scenario, 0, &BOOK);
    let mut steps = 0;
    while sliced.step(7) == Progress::More {
        steps += 1;
    }
    assert_eq!(steps, CASES / 7);
    assert!(sliced.is_done());
    let found = sliced.confidence();
    assert_eq!(found, sample(&scenario, &BOOK, 10_000));
    assert_eq!(found.cases, CASES);
}

#[test]
fn wins_and_bands_are_those_of_the_cases() {
    let found = whole(&[API, "&spot=0.1.1"].concat());
    let wins: u32 = found.wins.iter().map(|(_, count)| count).sum();
    assert_eq!(wins, CASES);
    assert_eq!(found.place_wins.iter().sum::<u32>(), CASES);
    assert!(found.wins.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    for (place, count) in Place::ALL.iter().zip(found.place_wins) {
        let of_place = found
            .wins
            .iter()
            .filter(|(option, _)| option.place == *place);
        assert_eq!(of_place.map(|(_, count)| count).sum::<u32>(), count);
    }
    let winner = found.winner.unwrap();
    assert!(winner.low < winner.middle && winner.middle < winner.high);
    for band in found.places.iter().flatten() {
        assert_eq!(band.cases, CASES);
        assert!(band.low <= band.middle && band.middle <= band.high);
        // The winner is the cheapest place of each case, so no order of a place lies below it.
        assert!(winner.low <= band.low && winner.middle <= band.middle);
    }
    // The load reaches from 80 to 120 %, and nothing else moves Fargate by much.
    let fargate = found.places[0].unwrap();
    let point = found.point.unwrap().total;
    assert!(fargate.low < point && point < fargate.high);
}

#[test]
fn the_doubt_comes_from_what_is_open() {
    let only = |range: &str| {
        let closed = ["range-spot", "range-load", "range-packing", "range-price"];
        let closed = closed.iter().filter(|name| !range.starts_with(**name));
        let closed: Vec<String> = closed.map(|name| format!("{name}=100-100")).collect();
        let link = format!(
            "v=1&{}&{range}&name=api&vcpu=0.5&mem=1&tasks=120&spot=0.1.1",
            closed.join("&")
        );
        whole(&link).doubts
    };
    for (range, input) in [
        ("range-spot=50-200", InputId::RangeSpot),
        ("range-load=50-200", InputId::RangeLoad),
        ("range-packing=100-150", InputId::RangePacking),
    ] {
        let doubts = only(range);
        assert_eq!(doubts.len(), 1, "{range}");
        assert_eq!(doubts[0].input, input);
        // Steps of whole instances fall within a bin.
        assert!(doubts[0].thousandths > 700, "{range}: {doubts:?}");
    }
    // Margins that one range moves far more than another are of its making.
    let link = "v=1&range-spot=50-300&range-load=99-101&range-packing=100-100&range-price=100-100&name=api&vcpu=0.5&mem=1&tasks=120&spot=0.1.9";
    let doubts = whole(link).doubts;
    assert_eq!(doubts[0].input, InputId::RangeSpot);
    assert!(
        doubts[0].thousandths > 10 * doubts[1].thousandths,
        "{doubts:?}"
    );
}

#[test]
fn what_nothing_can_run_and_what_one_place_runs_are_said_so() {
    let nothing = whole("v=1&name=a&vcpu=0.5&mem=1&tasks=1&places=fargate&gpu=1");
    assert_eq!(
        (nothing.point, nothing.winner, nothing.wins.len()),
        (None, None, 0)
    );
    assert_eq!(nothing.doubts, []);
    let one = whole("v=1&name=a&vcpu=0.5&mem=1&tasks=10&places=fargate");
    assert_eq!(one.wins.len(), 1);
    assert_eq!(one.places[1], None);
    assert_eq!(one.doubts, []);
}

#[test]
fn a_range_is_refused_with_its_field_its_value_and_its_limits() {
    let scenario = scenario(API);
    for (input, text, said) in [
        (
            InputId::RangeSpot,
            "150-80",
            "Range of Spot prices: “150-80” is reversed. Allowed: the lower percentage first, such as 100-110, from 1 to 1000.",
        ),
        (
            InputId::RangeLoad,
            "-5-10",
            "Range of the load: “-5-10” is not a range. Allowed: two whole percentages from 1 to 1000, such as 100-110.",
        ),
        (
            InputId::RangePacking,
            "90-110",
            "Range of instances needed: “90-110” is out of range. Allowed: from 100 to 200 percent.",
        ),
        (
            InputId::RangePrice,
            "50-201",
            "Range of year-old prices: “50-201” is out of range. Allowed: from 50 to 200 percent.",
        ),
    ] {
        let error = inputs::set(&scenario, 0, input, text).unwrap_err();
        assert_eq!(error.to_string(), said);
    }
}

#[test]
fn links_hold_ranges_only_where_they_differ() {
    let scenario = scenario(API);
    let link = |scenario: &Scenario| share::encode(scenario, View::default());
    assert!(!link(&scenario).contains("range"));
    let set = inputs::set(&scenario, 0, InputId::RangeLoad, "50 – 200").unwrap();
    assert!(link(&set).contains("&range-load=50-200&"), "{}", link(&set));
    assert_eq!(share::decode(&link(&set)).scenario, Some(set));
}
