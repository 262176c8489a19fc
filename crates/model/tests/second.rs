//! A second implementation of the bills, in exact fractions, against the model.
//!
//! It was written from the rules (`docs/model.md`) alone: it shares the model's data (scenarios,
//! price books) and none of its arithmetic. Scenarios are made by number, so a difference can be
//! repeated: it is printed with the number and a link.
//!
//! `BERTH_SECOND_SCENARIOS` and `BERTH_SECOND_SEED` set how many and which; a long run is
//! `BERTH_SECOND_SCENARIOS=1000000 cargo test --release -p berth-model --test second`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::Instant;

use berth_model::evaluate_service;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::report;
use berth_model::scenario::{Load, Scenario};
use berth_model::share::{View, encode};

use second::options::{Context, Outcome, evaluate, winner};
use second::rational::{agree, text};
use second::scenarios::{Stream, scenario};
use second::trust::Trust;

mod second {
    pub(crate) mod beside;
    pub(crate) mod commitments;
    pub(crate) mod fargate;
    pub(crate) mod fleet;
    pub(crate) mod instances;
    pub(crate) mod load;
    pub(crate) mod options;
    pub(crate) mod rational;
    pub(crate) mod scenarios;
    pub(crate) mod sizes;
    pub(crate) mod split;
    pub(crate) mod spot;
    pub(crate) mod trust;
}

/// Scenarios of a run in which nobody asks for more.
const SCENARIOS: u64 = 1_000;

/// The seed of such a run.
const SEED: u64 = 20_261_125;

/// Differences after which a run stops.
const DIFFERENCES: usize = 20;

/// Threads that a run uses.
const THREADS: usize = 2;

/// Every region's book.
static BOOKS: LazyLock<Vec<PriceBook>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../prices");
    let files = std::fs::read_dir(folder).expect("the folder of books");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| {
            let name = path.file_stem().and_then(|name| name.to_str());
            name.is_some_and(|name| name.contains('-'))
        })
        .collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a text"));
    texts
        .map(|text| PriceBook::parse(&text).expect("a book"))
        .collect()
});

static TRUST: LazyLock<Vec<Trust>> = LazyLock::new(|| BOOKS.iter().map(Trust::of).collect());

/// How often each came out.
#[derive(Default)]
struct Tally {
    not_eligible: AtomicU64,
    no_price: AtomicU64,
    priced: AtomicU64,
}

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
}

/// What the two say of a scenario, where they differ.
fn differences(book_index: usize, scenario: &Scenario, tally: &Tally) -> Vec<String> {
    let book = &*scenario.pricing.over(&BOOKS[book_index]);
    let service = scenario.services.nearest(0);
    let outcomes = evaluate(Context {
        scenario,
        service,
        book,
        trust: &TRUST[book_index],
    });
    let answer = evaluate_service(scenario, service, book);
    assert_eq!(answer.options.len(), outcomes.len());
    let mut found = Vec::new();
    // The pessimistic scaling of a week is in the model's ranges alone.
    let hour_by_hour = matches!(service.load, Load::Week(_));
    for ((option, exact), model) in outcomes.iter().zip(&answer.options) {
        assert_eq!(*option, model.option);
        let same = match (exact, &model.outcome) {
            (Outcome::NotEligible, report::Outcome::NotEligible(_)) => &tally.not_eligible,
            (Outcome::NoPrice, report::Outcome::NoPrice(_)) => &tally.no_price,
            (Outcome::Priced(exact), report::Outcome::Priced(model))
                if agree(model.total, &exact.total)
                    && (hour_by_hour
                        || agree(model.low, &exact.low) && agree(model.high, &exact.high)) =>
            {
                &tally.priced
            }
            (exact, model) => {
                found.push(format!(
                    "{option}: {} here, {} there",
                    ours(exact),
                    theirs(model)
                ));
                continue;
            }
        };
        same.fetch_add(1, Ordering::Relaxed);
    }
    let (ours, theirs) = (winner(scenario, &outcomes), answer.verdict.best());
    let name = |option: Option<OptionId>| option.map_or("none".into(), |o| o.to_string());
    if ours != theirs && found.is_empty() {
        found.push(format!("best: {} here, {} there", name(ours), name(theirs)));
    }
    found
}

fn ours(outcome: &Outcome) -> String {
    match outcome {
        Outcome::NotEligible => "not eligible".into(),
        Outcome::NoPrice => "no price".into(),
        Outcome::Priced(priced) => {
            let [total, low, high] = [&priced.total, &priced.low, &priced.high].map(text);
            format!("{total} ({low} to {high})")
        }
    }
}

fn theirs(outcome: &report::Outcome) -> String {
    match outcome {
        report::Outcome::NotEligible(why) => format!("not eligible ({why:?})"),
        report::Outcome::NoPrice(missing) => format!("no price ({missing:?})"),
        report::Outcome::Priced(priced) => {
            let amounts = [priced.total, priced.low, priced.high];
            let [total, low, high] = amounts.map(|amount| amount.decimal().to_string());
            format!("{total} ({low} to {high})")
        }
    }
}

#[test]
fn a_second_implementation_in_exact_fractions_agrees() {
    let scenarios = from_environment("BERTH_SECOND_SCENARIOS", SCENARIOS);
    let seed = from_environment("BERTH_SECOND_SEED", SEED);
    let start = Instant::now();
    let next = AtomicU64::new(from_environment("BERTH_SECOND_FIRST", 0));
    let tally = Tally::default();
    let failures: Mutex<Vec<String>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let enough = failures.lock().expect("no panic").len() >= DIFFERENCES;
                    if number >= scenarios || enough {
                        break;
                    }
                    let (book, scenario) = scenario(&mut Stream::new(seed, number), &BOOKS);
                    let found = differences(book, &scenario, &tally);
                    if !found.is_empty() {
                        let link = encode(&scenario, View::default());
                        let text = format!("#{number} {link}\n  {}", found.join("\n  "));
                        failures.lock().expect("no panic").push(text);
                    }
                }
            });
        }
    });
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    println!(
        "{scenarios} scenarios of seed {seed} in {:.1} s: {} bills, {} without a price, {} not eligible",
        start.elapsed().as_secs_f64(),
        count(&tally.priced),
        count(&tally.no_price),
        count(&tally.not_eligible),
    );
    let failures = failures.into_inner().expect("no panic");
    assert!(
        failures.is_empty(),
        "the model and the second implementation differ:\n{}",
        failures.join("\n")
    );
    // Not vacuously so.
    for counter in [&tally.priced, &tally.no_price, &tally.not_eligible] {
        assert!(count(counter) >= scenarios, "too few of one kind");
    }
}
