//! The answer for a whole scenario.

use berth_model::cluster::{self, ClusterAnswer};
use berth_model::platform::Os;
use berth_model::prices::PriceBook;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

use super::{OptionEntry, Verdict};

/// Each service where it alone costs least, with those of one option on one fleet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// What all of it costs.
    pub monthly_usd: String,
    /// What the services would cost with gateways and fleets of their own, added up.
    pub alone_usd: String,
    /// Each service, in their order.
    pub services: Vec<AssignedService>,
    /// What stands idle on instances, all services together; in no service's `used_usd`.
    pub idle_usd: String,
    /// What all share: gateways, endpoints and the load balancer.
    pub common_usd: String,
}

/// A service where it alone costs least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignedService {
    /// What a person calls it.
    pub name: String,
    /// Its option.
    pub option: String,
    /// What it costs of the total, by what it asks for.
    pub used_usd: String,
    /// Its part of what stands idle.
    pub idle_usd: String,
}

/// What the whole scenario comes to.
pub(super) struct Whole {
    pub(super) options: Vec<OptionEntry>,
    pub(super) verdict: Option<Verdict>,
    pub(super) assigned: Option<Assigned>,
}

/// The answer for a whole scenario, from a book that its own prices are in.
pub(super) fn answer(scenario: &Scenario, book: &PriceBook, answers: &[ServiceAnswer]) -> Whole {
    let whole = cluster::evaluate_cluster(scenario, book, answers);
    let mut systems: Vec<Os> = scenario.services.iter().map(|service| service.os).collect();
    systems.sort_unstable();
    systems.dedup();
    let options = whole.options.iter();
    let total = |option| {
        let report = whole.options.iter().find(|report| report.option == option);
        Some(report?.priced()?.total)
    };
    Whole {
        options: options
            .map(|report| OptionEntry::of((scenario, book), &systems, report, 0))
            .collect(),
        verdict: Verdict::of(whole.verdict, total),
        assigned: assigned(scenario, &whole),
    }
}

fn assigned(scenario: &Scenario, whole: &ClusterAnswer) -> Option<Assigned> {
    let assigned = whole.assigned.as_ref()?;
    let services = scenario.services.iter().zip(&assigned.options);
    let services = services.zip(&assigned.shares.services);
    Some(Assigned {
        monthly_usd: assigned.total.to_six_decimals(),
        alone_usd: assigned.alone.to_six_decimals(),
        services: services
            .map(|((service, option), share)| AssignedService {
                name: service.name.as_str().to_owned(),
                option: option.to_string(),
                used_usd: share.used.to_six_decimals(),
                idle_usd: share.idle.to_six_decimals(),
            })
            .collect(),
        idle_usd: assigned.shares.idle.to_six_decimals(),
        common_usd: assigned.shares.common.to_six_decimals(),
    })
}
