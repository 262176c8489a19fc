//! An answer as JSON: every option of a scenario with its bill, and the verdict.

use berth_model::decision::{self, Close};
use berth_model::drivers::Drivers;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::{PriceBook, index};
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

use crate::VERSION;
use crate::limits::always;
use crate::scenario::{self, ScenarioFile};

mod entry;
mod flip;
mod line;
pub mod matrix;
mod sure;
mod whole;

pub use entry::{
    Committed, Condition, FargateSize, Fleet, Instances, Leg, OptionEntry, Peak, TypeEntry,
    Upfront, Use,
};
pub use flip::{DriverEntry, FlipEntry};
pub use line::{Line, Origin};
pub use sure::{Costs, Doubt, PlaceCosts, Sure, SureRanges, Win};
pub use whole::{Assigned, AssignedService};

/// The answer for a scenario. Amounts are US dollars a month before tax, as decimal text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = always("verdict"))]
pub struct Report {
    /// The version of this format: 1.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// The version of the program that made it.
    pub program: String,
    /// The version of its model.
    pub model: String,
    /// The scenario, with everything at its default left out.
    pub scenario: ScenarioFile,
    /// The prices that it rests on.
    pub book: Book,
    /// Every option for the whole scenario: all its services on that option, with fleets,
    /// commitments and gateways that they share.
    pub options: Vec<OptionEntry>,
    /// Which of them to take; null where none can be priced.
    pub verdict: Option<Verdict>,
    /// Each service where it alone costs least; absent for one service, and where some service
    /// has no option with a price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Assigned>,
    /// Each service by itself.
    pub services: Vec<ServiceReport>,
}

record! {
    /// A price book.
    Book {
        /// Its region.
        region: String,
        /// The first characters of the SHA-256 of its text.
        digest: Option<String>,
        /// The oldest date of any of its prices.
        oldest: Option<String>,
        /// The newest.
        newest: Option<String>,
    }
}

impl Book {
    /// What there is to say of a book.
    pub(crate) fn of(book: &PriceBook) -> Self {
        let dates = || book.sources.iter().map(|source| source.date);
        Self {
            region: book.region.to_string(),
            digest: index::of(&book.region).map(|entry| entry.digest.to_owned()),
            oldest: dates().min().map(|date| date.to_string()),
            newest: dates().max().map(|date| date.to_string()),
        }
    }
}

/// The answer for one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = always("verdict"))]
pub struct ServiceReport {
    /// What a person calls it.
    pub name: String,
    /// Every option for this service alone.
    pub options: Vec<OptionEntry>,
    /// Which of them to take; null where none can be priced.
    pub verdict: Option<Verdict>,
    /// Why it leads over the best of the other places, the largest cause first; empty where it
    /// leads over none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<DriverEntry>,
    /// The values at which another option wins, the nearest first; absent unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flips: Option<Vec<FlipEntry>>,
    /// The decision matrix, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<matrix::Matrix>,
    /// What classes cost, and how well they fit by the weights, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<matrix::Fit>,
    /// How sure that is; absent unless it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sure: Option<Sure>,
}

/// Which option to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = always("over margin_usd"))]
pub struct Verdict {
    /// The cheapest option that may win.
    pub option: String,
    /// What it costs.
    pub monthly_usd: String,
    /// The best option of the other places; null where there is none.
    pub over: Option<String>,
    /// What that one costs more.
    pub margin_usd: Option<String>,
    /// Whether the lead is too small to name a winner.
    pub close: bool,
    /// Why it is: `share` of the cost, the smallest `saving` worth a change, or the `range` that
    /// prices and assumptions leave open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_close: Option<String>,
}

impl Verdict {
    fn of(verdict: decision::Verdict, total: impl Fn(OptionId) -> Option<Usd>) -> Option<Self> {
        let decision::Verdict::Best { option, lead } = verdict else {
            return None;
        };
        let close = lead.and_then(|lead| lead.close);
        Some(Self {
            option: option.to_string(),
            monthly_usd: total(option)?.to_six_decimals(),
            over: lead.map(|lead| lead.over.to_string()),
            margin_usd: lead.map(|lead| lead.margin.to_six_decimals()),
            close: close.is_some(),
            why_close: close.map(why_close),
        })
    }
}

fn why_close(close: Close) -> String {
    let why = match close {
        Close::Share => "share",
        Close::Saving => "saving",
        Close::Range => "range",
    };
    why.to_owned()
}

/// The report of a scenario, from the answers for its services
/// ([`berth_model::evaluate`]) and the book that they rest on.
pub fn report(scenario: &Scenario, book: &PriceBook, answers: &[ServiceAnswer]) -> Report {
    let priced = scenario.pricing.over(book);
    let services = scenario.services.iter().zip(answers);
    let services = services
        .enumerate()
        .map(|(index, (service, answer))| ServiceReport {
            name: service.name.as_str().to_owned(),
            options: answer
                .options
                .iter()
                .map(|report| OptionEntry::of((scenario, &priced), &[service.os], report, index))
                .collect(),
            verdict: Verdict::of(answer.verdict, |option| {
                Some(answer.option(option)?.priced()?.total)
            }),
            drivers: Drivers::of(scenario, index, answer, &priced)
                .map(|drivers| DriverEntry::all(&drivers))
                .unwrap_or_default(),
            flips: None,
            matrix: None,
            fit: None,
            sure: None,
        });
    let services: Vec<ServiceReport> = services.collect();
    let whole = match services.as_slice() {
        // A scenario of one service is that service.
        [alone] => whole::Whole {
            options: alone.options.clone(),
            verdict: alone.verdict.clone(),
            assigned: None,
        },
        _ => whole::answer(scenario, &priced, answers),
    };
    Report {
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        model: berth_model::VERSION.to_owned(),
        scenario: scenario::file(scenario),
        book: Book::of(book),
        options: whole.options,
        verdict: whole.verdict,
        assigned: whole.assigned,
        services,
    }
}
