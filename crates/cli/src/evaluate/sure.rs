//! How sure the answer for each service is: a sample within the scenario's ranges.

use std::fmt::Write as _;

use berth_file::report::{Report, Sure};
use berth_model::explain::SureWords;
use berth_model::prices::PriceBook;
use berth_model::scenario::Scenario;
use berth_model::sure::{self, Confidence, Progress};

/// Cases that are evaluated between two looks at whether it is done.
const SLICE: usize = 1_000;

/// The sample of each service, in their order.
pub(crate) fn samples(scenario: &Scenario, book: &PriceBook) -> Vec<Confidence> {
    let book = &*scenario.pricing.over(book);
    (0..scenario.services.len())
        .map(|service| {
            let mut study = sure::Sure::new(scenario, service, book);
            while study.step(SLICE) == Progress::More {}
            study.confidence()
        })
        .collect()
}

/// Puts the samples into a report.
pub(crate) fn add(report: &mut Report, scenario: &Scenario, samples: &[Confidence]) {
    for (service, sample) in report.services.iter_mut().zip(samples) {
        service.sure = Some(Sure::of(scenario.ranges, sample));
    }
}

/// The samples as people read them. Writing to a string cannot fail, so no result of it is looked
/// at.
pub(crate) fn text(scenario: &Scenario, samples: &[Confidence]) -> String {
    let mut out = String::new();
    for (service, sample) in scenario.services.iter().zip(samples) {
        let words = SureWords::of(sample);
        let _ = writeln!(out, "\n# How sure: {}\n", service.name.as_str());
        let _ = writeln!(out, "{}", words.sentence.plain());
        let cost = words.cost.plain();
        if !cost.is_empty() {
            let _ = writeln!(out, "{cost}");
        }
        if !words.rows.is_empty() {
            out.push_str("\n   wins  share  option\n");
        }
        for row in &words.rows {
            let _ = writeln!(out, "{:>7}  {:>5}  {}", row.wins, row.share, row.option);
        }
        if !words.bands.is_empty() {
            out.push_str("\n    5 % under     middle   95 % under\n");
        }
        for band in &words.bands {
            let [low, middle, high] = &band.amounts;
            let _ = writeln!(out, "{low:>13} {middle:>10} {high:>12}  {}", band.name);
        }
        if !words.doubts.is_empty() {
            out.push_str("\nWhere the doubt comes from:\n");
        }
        for doubt in &words.doubts {
            let _ = writeln!(out, "- {}: {}", doubt.name, doubt.share);
        }
    }
    let ranges = scenario.ranges;
    let _ = writeln!(
        out,
        "\nRanges: Spot prices {} %, load {} %, instances needed {} %, list prices a year old {} %.",
        ranges.spot, ranges.load, ranges.packing, ranges.price
    );
    out
}
