//! An answer as people read it in a terminal.

use std::fmt::Write as _;

use berth_model::explain;
use berth_model::prices::PriceBook;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;

/// The answers for a scenario's services.
pub(crate) fn answer(scenario: &Scenario, book: &PriceBook, answers: &[ServiceAnswer]) -> String {
    let mut out = String::new();
    for (service, answer) in scenario.services.iter().zip(answers) {
        let headline = explain::headline(service, answer, book);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", headline.sentence.plain());
    }
    out
}
