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
    clippy::panic,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::Instant;

use berth_model::evaluate_service;
use berth_model::option::{OptionId, Place, Purchase};
use berth_model::prices::PriceBook;
use berth_model::prices::key::PriceKey;
use berth_model::pricing::OwnPrice;
use berth_model::purchase::PriceKind;
use berth_model::report;
use berth_model::scenario::{Egress, Load, Scenario, Sizing};
use berth_model::share::{View, encode};
use berth_model::units::Gib;

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

    /// Whether scenarios use the inputs that came last.
    pub(crate) const NEWER_INPUTS: bool = true;
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
    known: AtomicU64,
}

/// Whether a difference of an option is known, and the model's to mend.
fn is_known(scenario: &Scenario, option: OptionId) -> bool {
    let service = scenario.services.nearest(0);
    let jobs = matches!(service.load, Load::Jobs { .. });
    let floor = scenario.sizing == Sizing::SteadyFloor;
    match option.purchase {
        // Rule 20: what a job's tasks use in an hour may be a whole number of steps of a plan; the
        // model's 28 digits round it down by one. Rule 24: where one of Fargate's plan rates is the
        // user's own and knows no discount, the model misses the cheapest amount.
        Purchase::Committed(commitment) if commitment.kind.is_savings_plan() => {
            let own = |price: &OwnPrice| matches!(price.key, PriceKey::Fargate(..));
            let mixed =
                !scenario.pricing.discount.is_zero() && scenario.pricing.own.iter().any(own);
            (jobs && floor) || (option.place == Place::Fargate && mixed)
        }
        // Rule 17: a fleet that is kept warm has so many instances, and no more are in use; the
        // model reserves what bursts would take. Rule 22: a job whose runs overlap pulls its image
        // for every instance that is launched beside reserved ones; the model counts launches as
        // if no runs overlapped.
        Purchase::Committed(_) => {
            let through_nat = matches!(scenario.lines.egress, Egress::Nat | Egress::Public);
            jobs && (floor || (service.traffic.image > Gib::ZERO && through_nat))
        }
        // Rule 24: a Spot price that is derived from the user's own list price knows no discount;
        // the model chooses families as if it did.
        Purchase::SpotMix => {
            let own =
                |price: &OwnPrice| matches!(price.key, PriceKey::Ec2(_, PriceKind::OnDemand, _));
            !scenario.pricing.discount.is_zero() && scenario.pricing.own.iter().any(own)
        }
        _ => false,
    }
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
    let mut known = false;
    for ((option, exact), model) in outcomes.iter().zip(&answer.options) {
        assert_eq!(*option, model.option);
        let same = match (exact, &model.outcome) {
            (Outcome::NotEligible, report::Outcome::NotEligible(_)) => &tally.not_eligible,
            (Outcome::NoPrice, report::Outcome::NoPrice(_)) => &tally.no_price,
            (Outcome::Priced(exact), report::Outcome::Priced(model))
                if agree(model.total, &exact.total) =>
            {
                &tally.priced
            }
            (Outcome::Priced(_), report::Outcome::Priced(_)) if is_known(scenario, *option) => {
                known = true;
                &tally.known
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
    let total = |wanted: Option<OptionId>| {
        let outcome = outcomes.iter().find(|(option, _)| Some(*option) == wanted);
        match outcome {
            Some((_, Outcome::Priced(priced))) => Some(&priced.total),
            _ => None,
        }
    };
    // Rule 5: the model's totals have 28 digits, and the last of them may tell a tie apart.
    let tie = ours.is_some() && total(ours) == total(theirs);
    if ours != theirs && tie {
        tally.known.fetch_add(1, Ordering::Relaxed);
    } else if found.is_empty() && !known && ours != theirs {
        let name = |option: Option<OptionId>| option.map_or("none".into(), |o| o.to_string());
        found.push(format!("best: {} here, {} there", name(ours), name(theirs)));
    }
    found
}

fn ours(outcome: &Outcome) -> String {
    match outcome {
        Outcome::NotEligible => "not eligible".into(),
        Outcome::NoPrice => "no price".into(),
        Outcome::Priced(priced) => text(&priced.total),
    }
}

fn theirs(outcome: &report::Outcome) -> String {
    match outcome {
        report::Outcome::NotEligible(why) => format!("not eligible ({why:?})"),
        report::Outcome::NoPrice(missing) => format!("no price ({missing:?})"),
        report::Outcome::Priced(priced) => priced.total.decimal().to_string(),
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
        "{scenarios} scenarios of seed {seed} in {:.1} s: {} bills, {} without a price, {} not eligible; {} differ as known",
        start.elapsed().as_secs_f64(),
        count(&tally.priced),
        count(&tally.no_price),
        count(&tally.not_eligible),
        count(&tally.known),
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
