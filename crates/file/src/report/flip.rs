//! Flips and drivers as JSON.

use berth_model::drivers::{Driver, Drivers};
use berth_model::explain;
use berth_model::flips::{Flip, Former, Nearness};
use berth_model::scenario::Scenario;
use berth_model::share::{self, View};
use schemars::JsonSchema;
use serde::Serialize;

use crate::limits::{always, one_of};

/// What one cause makes of a lead. The margin is the sum of what each saves: `over_usd` less
/// `best_usd`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriverEntry {
    /// The cause.
    #[schemars(transform = one_of(causes()))]
    pub cause: &'static str,
    /// What the best option pays for it.
    pub best_usd: String,
    /// What the best of the other places pays for it.
    pub over_usd: String,
}

/// The causes that a driver may have.
fn causes() -> Vec<&'static str> {
    let causes = berth_model::drivers::Cause::ALL.iter();
    causes.map(|cause| cause.id()).collect()
}

impl DriverEntry {
    /// Every driver, the largest first.
    pub(super) fn all(drivers: &Drivers) -> Vec<Self> {
        drivers.all.iter().map(Self::of).collect()
    }

    fn of(driver: &Driver) -> Self {
        Self {
            cause: driver.cause.id(),
            best_usd: driver.best.to_six_decimals(),
            over_usd: driver.over.to_six_decimals(),
        }
    }
}

/// A value of one input at which another option wins, everything else as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = always("present margin_usd"))]
pub struct FlipEntry {
    /// The input, by its key in links.
    pub input: String,
    /// Its present value, as links hold it.
    pub from: String,
    /// The value at which another option wins.
    pub to: String,
    /// The option that wins at present; null where none can be priced.
    pub present: Option<String>,
    /// The option that then wins.
    pub option: String,
    /// What it then costs.
    pub monthly_usd: String,
    /// What the present winner then costs more; null where it then cannot win at all.
    pub margin_usd: Option<String>,
    /// Whether another place wins, and not just another architecture or purchase.
    pub other_place: bool,
    /// Whether every nearer value was tried, and none flips the answer.
    pub proven_nearest: bool,
    /// The same in words.
    pub sentence: String,
    /// The part after the `#` of the link to the scenario with this change.
    pub link: String,
}

impl FlipEntry {
    /// A flip of a scenario's service.
    pub fn of(flip: &Flip, scenario: &Scenario, service: usize) -> Self {
        let changed = flip.scenario(scenario, service);
        Self {
            input: flip.input.id().to_owned(),
            from: flip.from.clone(),
            to: flip.to.clone(),
            present: flip.present.map(|option| option.to_string()),
            option: flip.winner.to_string(),
            monthly_usd: flip.total.to_six_decimals(),
            margin_usd: match flip.former {
                Former::Costs(more) => Some(more.to_six_decimals()),
                _ => None,
            },
            other_place: flip.changes_place(),
            proven_nearest: flip.nearness == Nearness::Proven,
            sentence: explain::flip(flip, scenario, service).plain(),
            link: share::encode(&changed, View { service }),
        }
    }
}
