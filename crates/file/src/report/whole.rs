//! The answer for a whole scenario.

use berth_model::decision;
use berth_model::fleet::price::FleetUse;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::report::{Capacity, OptionReport, Outcome, Priced, ServiceAnswer};
use berth_model::scenario::{Scenario, Service};

use super::{OptionEntry, Verdict};

/// Options and verdict of a whole scenario.
pub(super) struct Whole {
    pub(super) options: Vec<OptionEntry>,
    pub(super) verdict: Option<Verdict>,
}

/// The answer for a whole scenario, from a book that its own prices are in.
///
/// Services are priced one at a time: an option of the whole is the sum over services, and has no
/// amount where one of them has none. Instances that services share would come in here.
pub(super) fn answer(scenario: &Scenario, book: &PriceBook, answers: &[ServiceAnswer]) -> Whole {
    let services: Vec<(&Service, &ServiceAnswer)> = scenario.services.iter().zip(answers).collect();
    let mut options = Vec::new();
    let mut merged = Vec::new();
    for option in OptionId::all() {
        let parts: Vec<(&Service, &OptionReport)> = services
            .iter()
            .filter_map(|(service, answer)| Some((*service, answer.option(option)?)))
            .collect();
        options.push(OptionEntry::of(book, &parts));
        merged.extend(sum(option, &parts));
    }
    let verdict = decision::Verdict::of(&merged, scenario.smallest_saving);
    let verdict = Verdict::of(verdict, |option| {
        let report = merged.iter().find(|report| report.option == option)?;
        Some(report.priced()?.total)
    });
    Whole { options, verdict }
}

/// An option of several services as the verdict sees it: totals, ranges and instances added up.
fn sum(option: OptionId, parts: &[(&Service, &OptionReport)]) -> Option<OptionReport> {
    let mut priced = parts.iter().map(|(_, report)| report.priced());
    let mut whole: Priced = priced.next()??.clone();
    for part in priced {
        let part = part?;
        whole.total += part.total;
        whole.low += part.low;
        whole.high += part.high;
        whole.set_aside = whole.set_aside.or(part.set_aside);
        if let (Capacity::Fleet(FleetUse { legs, .. }), Capacity::Fleet(more)) =
            (&mut whole.capacity, &part.capacity)
        {
            legs.extend(more.legs.iter().cloned());
        }
    }
    Some(OptionReport {
        option,
        conditions: Vec::new(),
        outcome: Outcome::Priced(Box::new(whole)),
    })
}
