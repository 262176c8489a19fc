//! A sweep comes to what an answer does: the same options may win, at the same totals, and the
//! same one wins. Scenarios are made by number over every region, as for `second.rs`.
//!
//! `BERTH_SWEEP_SCENARIOS` and `BERTH_SWEEP_SEED` set how many and which.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::evaluate_service;
use berth_model::inputs::{self, InputId};
use berth_model::prices::PriceBook;
use berth_model::scenario::Scenario;
use berth_model::share::{View, encode};
use berth_model::sweep::{Race, Sweep};

#[path = "second/scenarios.rs"]
mod scenarios;

use scenarios::{Stream, scenario};

static BOOKS: LazyLock<Vec<PriceBook>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../prices");
    let files = std::fs::read_dir(folder).expect("the folder of books");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let is_book = |path: &std::path::PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str());
        name.is_some_and(|name| name.contains('-'))
    };
    let texts = paths.iter().filter(|path| is_book(path));
    texts
        .map(|path| {
            let text = std::fs::read_to_string(path).expect("a text");
            PriceBook::parse(&text).expect("a book")
        })
        .collect()
});

fn asked(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(usual, |text| text.parse().expect("a number"))
}

/// Steps that a study may take, one input after the other.
const STEPS: [(InputId, &str); 14] = [
    (InputId::Tasks, "7"),
    (InputId::Vcpu, "1.5"),
    (InputId::Memory, "3"),
    (InputId::Tasks, "130"),
    (InputId::Memory, "0.5"),
    (InputId::SpotShare, "70"),
    (InputId::MinZones, "3"),
    (InputId::FreeVcpu, "6"),
    (InputId::FreeMemory, "9"),
    (InputId::FactorArm, "0.8"),
    (InputId::TargetCapacity, "80"),
    (InputId::HoursPerMonth, "720"),
    (InputId::Arch, "x86_64"),
    (InputId::Burstable, "on"),
];

fn compare(sweep: &mut Sweep, scenario: &Scenario, book: &PriceBook) {
    let service = scenario.services.nearest(0);
    let answer = evaluate_service(scenario, service, book);
    let (expected, race) = (Race::of(&answer), sweep.race(scenario, service, book));
    let link = || encode(scenario, View::default());
    let options = |race: &Race| {
        let standings = race.standings().iter();
        let parts = standings.map(|one| {
            let total = one.total;
            (
                one.option,
                total.rounded_to_millionths(),
                total.rounded_to_cents(),
                one.peak,
            )
        });
        parts.collect::<Vec<_>>()
    };
    assert_eq!(options(&race), options(&expected), "{}", link());
    let best = race.best().map(|best| best.option);
    assert_eq!(best, answer.verdict.best(), "{}", link());
    for (place, other) in race.places().into_iter().zip(expected.places()) {
        let option =
            |standing: Option<berth_model::sweep::Standing>| standing.map(|one| one.option);
        assert_eq!(option(place), option(other), "{}", link());
    }
}

#[test]
fn a_sweep_comes_to_what_an_answer_does() {
    let (count, seed) = (
        asked("BERTH_SWEEP_SCENARIOS", 250),
        asked("BERTH_SWEEP_SEED", 2_026),
    );
    let mut compared = 0_u64;
    for number in 0..count {
        let mut stream = Stream::new(seed, number);
        let (index, mut scenario) = scenario(&mut stream, &BOOKS);
        let book = &*scenario.pricing.over(&BOOKS[index]);
        let mut sweep = Sweep::default();
        compare(&mut sweep, &scenario, book);
        // The same sweep from now on: what it keeps must not outlive what it was made from.
        let first = usize::try_from(number).expect("a number of scenarios");
        for step in 0..4 {
            let (input, text) = STEPS[(first + step) % STEPS.len()];
            if let Ok(changed) = inputs::set(&scenario, 0, input, text) {
                scenario = changed;
                compare(&mut sweep, &scenario, book);
                compared += 1;
            }
        }
    }
    assert!(compared >= count, "{compared} steps of {count} scenarios");
}

#[test]
fn owned_commitments_prices_of_nothing_and_a_whole_discount_are_no_exception() {
    let book = &BOOKS[BOOKS
        .iter()
        .position(|book| &*book.region == "us-east-1")
        .expect("a book of us-east-1")];
    for link in [
        "owned-ris=m6g.medium%3D3",
        "owned-plans=compute_sp_1y_no_upfront%3D0.1&term=3y",
        "discount=100",
        "own=us-east-1~ec2.linux.on_demand.m6g.medium~100000",
        "own=us-east-1~beside.ebs_gp3_storage~100000",
        "ebs=off&discount=99.99",
        "egress=nat&staff=on",
        "egress=endpoints",
    ] {
        let link = format!("v=1&{link}&name=api&vcpu=0.5&mem=1&tasks=12&spot=0.1.2&image=1");
        let scenario = berth_model::share::decode(&link).scenario.expect("a link");
        let book = &*scenario.pricing.over(book);
        let mut sweep = Sweep::default();
        for tasks in ["1", "12", "13", "100000"] {
            let changed = inputs::set(&scenario, 0, InputId::Tasks, tasks).expect("a count");
            compare(&mut sweep, &changed, book);
        }
    }
}
