//! The controls, from the model's registry: few first, the rest behind named disclosures.

use berth_model::explain;
use berth_model::inputs::{InputId, Kind, Scope};
use berth_model::prices::PriceBook;

use super::daemons::daemons;
use super::disclosure::when_opened;
use super::field::{choice_field, number_field, select_field, switch_field, text_field};
use super::needs::needs;
use super::places::places;
use super::services::services;
use super::week::week_field;
use crate::dom::{Element, el};
use crate::reactive::memo;
use crate::state::AppState;

/// The controls that are always shown.
const FIRST: &[InputId] = &[
    InputId::Vcpu,
    InputId::Memory,
    InputId::Tasks,
    InputId::SpotShare,
    InputId::Load,
    InputId::Week,
    InputId::HoursPerDay,
    InputId::DaysPerWeek,
    InputId::IdleTasks,
    InputId::RunsPerDay,
    InputId::Minutes,
    InputId::ImagePull,
    InputId::Arch,
    InputId::MaxCommitment,
    InputId::Sizing,
    InputId::Gpu,
    InputId::GpuModel,
];

const STRATEGY: &[InputId] = &[
    InputId::SpotBase,
    InputId::OnDemandWeight,
    InputId::SpotWeight,
];

/// The rest, each group behind its title.
const MORE: &[(&str, &[InputId])] = &[
    (
        "Places and spare tasks",
        &[InputId::Places, InputId::Provider, InputId::Headroom],
    ),
    ("Spot strategy: base and weights", STRATEGY),
    (
        "Month, storage and system",
        &[
            InputId::HoursPerMonth,
            InputId::Ephemeral,
            InputId::Os,
            InputId::Ebs,
        ],
    ),
    (
        "Network, load balancer and logs",
        &[
            InputId::Egress,
            InputId::Image,
            InputId::EgressGb,
            InputId::LoadBalancer,
            InputId::LoadBalancerUnits,
            InputId::LogsGb,
            InputId::CrossZoneGb,
        ],
    ),
    (
        "What is there already",
        &[
            InputId::OwnedPlans,
            InputId::OwnedReservations,
            InputId::FreeVcpu,
            InputId::FreeMemory,
        ],
    ),
    (
        "Discount and estimates",
        &[
            InputId::Discount,
            InputId::Estimate,
            InputId::EstimateOneYear,
            InputId::EstimateThreeYears,
            InputId::EstimateDecides,
        ],
    ),
    (
        "Which instance types",
        &[
            InputId::Types,
            InputId::Excluded,
            InputId::Burstable,
            InputId::BareMetal,
        ],
    ),
    (
        "How fleets are built",
        &[
            InputId::MinZones,
            InputId::MinInstances,
            InputId::TargetCapacity,
            InputId::ReservedMemory,
            InputId::CpuOvercommit,
            InputId::MemoryOvercommit,
            InputId::Network,
            InputId::Trunking,
        ],
    ),
    ("x86 against Arm", &[InputId::FactorX86, InputId::FactorArm]),
    (
        "Staff time and smallest saving",
        &[
            InputId::StaffTime,
            InputId::StaffRate,
            InputId::StaffHours,
            InputId::SmallestSaving,
        ],
    ),
];

/// Every control of the scenario and of the service that is shown.
pub fn controls(state: AppState) -> Element {
    let more: Vec<Element> = MORE
        .iter()
        .map(|&(title, inputs)| disclosure(title, inputs, state))
        .collect();
    el("form")
        .class("controls")
        .attr("aria-label", "Inputs")
        .sends_nothing()
        .child(services(state))
        .child(fields(FIRST, state))
        .child(needs(state))
        .child(more)
        .child(daemons(state))
}

/// A group behind its title; gone while none of its inputs applies.
fn disclosure(title: &str, inputs: &'static [InputId], state: AppState) -> Element {
    let applies = move || inputs.iter().any(|&input| state.text(input).is_some());
    let fields = move || {
        let fields = fields(inputs, state);
        if inputs == STRATEGY {
            fields.child(split(state))
        } else {
            fields
        }
    };
    let summary = el("summary").text(title);
    let is_shared = inputs
        .iter()
        .all(|input| input.input().scope == Scope::Scenario);
    let summary = if is_shared {
        summary.child(shared(state))
    } else {
        summary
    };
    when_opened(summary, fields).live_flag("hidden", move || !applies())
}

/// Says of a cluster that what follows is not one service's.
pub(super) fn shared(state: AppState) -> Element {
    let is_cluster = move || state.read(|scenario, _| scenario.services.len() > 1);
    el("span").class("more-shared").live_text(move || {
        let words = if is_cluster() { " all services" } else { "" };
        words.to_owned()
    })
}

/// How the strategy splits the present tasks.
fn split(state: AppState) -> Element {
    el("p").class("split").live_text(move || {
        state
            .read(|_, service| explain::split(service))
            .unwrap_or_default()
    })
}

/// The fields of some inputs, each there while its input applies.
pub(super) fn fields(inputs: &'static [InputId], state: AppState) -> Element {
    let group = el("div").class("control-group");
    inputs.iter().fold(group, |group, &input| {
        let applies = memo(move || match input {
            // A service by itself has no provider to choose.
            InputId::Provider => state.read(|scenario, _| scenario.services.len() > 1),
            _ => state.text(input).is_some(),
        });
        // The models are those of the region that is priced.
        let models = memo(move || match input {
            InputId::GpuModel => state.answered().with(|answered| gpu_models(&answered.book)),
            _ => Vec::new(),
        });
        group.part(move || {
            applies
                .get()
                .then(|| models.with(|models| field(input, state, models)))
        })
    })
}

/// The field that fits the kind of an input.
fn field(input: InputId, state: AppState, models: &[(String, String)]) -> Element {
    match (input, input.input().kind) {
        (InputId::GpuModel, _) => select_field(input, state, models),
        (InputId::Week, _) => week_field(state),
        (InputId::Places, _) => places(state),
        (_, Kind::Choice(choices)) => choice_field(input, state, choices),
        (_, Kind::Switch) => switch_field(input, state),
        (_, Kind::Text(_) | Kind::Set) => text_field(input, state),
        (_, Kind::Number { .. }) => number_field(input, state),
    }
}

/// The GPU models that instance types of the region have.
fn gpu_models(book: &PriceBook) -> Vec<(String, String)> {
    let mut models: Vec<&str> = Vec::new();
    for gpus in book
        .types
        .iter()
        .filter_map(|instance| instance.gpus.as_ref())
    {
        // Types are sorted by name: a model's first type decides its place.
        if !models.contains(&&*gpus.model) {
            models.push(&gpus.model);
        }
    }
    let any = std::iter::once(("any".to_owned(), "Any".to_owned()));
    any.chain(
        models
            .into_iter()
            .map(|model| (model.to_owned(), model.to_ascii_uppercase())),
    )
    .collect()
}
