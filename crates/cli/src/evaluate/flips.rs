//! What flips an answer: the values at which another option wins, as text and for a report.

use std::fmt::Write as _;

use berth_file::report::{FlipEntry, Report};
use berth_model::explain::{self, FlipsWords};
use berth_model::flips::{Flips, Progress};
use berth_model::prices::PriceBook;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;

use crate::books::Books;

/// Flips that are printed of a service, unless all are wanted.
const SHOWN: usize = 12;

/// The flips of every service of a scenario, every region's book included.
pub(crate) fn of(scenario: &Scenario, book: &PriceBook, books: &Books) -> Vec<Flips> {
    let book = &*scenario.pricing.over(book);
    let services = 0..scenario.services.len();
    services
        .map(|service| {
            let mut study = Flips::new(scenario, service);
            while study.step(book, 1_000) == Progress::More {}
            for other in books.all() {
                study.look_in(other, book);
            }
            study
        })
        .collect()
}

/// Adds them to the services of a report.
pub(crate) fn add(report: &mut Report, scenario: &Scenario, studies: &[Flips]) {
    let services = report.services.iter_mut().zip(studies).enumerate();
    for (index, (service, study)) in services {
        let found = study.flips();
        let entries = found
            .iter()
            .map(|flip| FlipEntry::of(flip, scenario, index));
        service.flips = Some(entries.collect());
    }
}

/// The flips of every service in words; the nearest, or `all` of them. Writing to a string cannot
/// fail, so no result of it is looked at.
pub(crate) fn text(
    scenario: &Scenario,
    answers: &[ServiceAnswer],
    studies: &[Flips],
    all: bool,
) -> String {
    let mut out = String::new();
    let services = scenario.services.iter().zip(answers).zip(studies);
    for (index, ((service, answer), study)) in services.enumerate() {
        let words = FlipsWords::of(scenario, index, study, answer);
        let name = service.name.as_str();
        let _ = writeln!(out, "\n# What flips {name}\n\n{}", words.summary.plain());
        if let Some(sentence) = words.to_measure {
            let _ = writeln!(out, "{}", sentence.plain());
        }
        let most = if all { words.flips.len() } else { SHOWN };
        if !words.flips.is_empty() {
            out.push('\n');
        }
        for flip in words.flips.iter().take(most) {
            let _ = writeln!(out, "- {}", flip.sentence.plain());
        }
        let more = words.flips.len().saturating_sub(most);
        if more > 0 {
            let more = explain::flips_left_out(more);
            let _ = writeln!(out, "- {more} (--all lists them)");
        }
    }
    out
}
