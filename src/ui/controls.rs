//! The controls, from the model's registry: few first, the rest behind named disclosures.

use berth_model::inputs::{InputId, Kind};
use berth_model::prices::PriceBook;

use super::disclosure::when_opened;
use super::field::{choice_field, number_field, radio, radios, select_field, switch_field};
use super::needs::needs;
use crate::dom::{Element, el};
use crate::reactive::memo;
use crate::state::AppState;

/// Inputs that stand together.
struct Group {
    /// The words of its disclosure; none where it is always shown.
    title: Option<&'static str>,
    /// Its inputs; those that do not apply are left out while they do not.
    inputs: &'static [InputId],
}

/// The controls in order, the needs apart: they follow the groups that are always shown.
const GROUPS: [Group; 6] = [
    Group {
        title: None,
        inputs: &[
            InputId::Vcpu,
            InputId::Memory,
            InputId::Tasks,
            InputId::SpotShare,
            InputId::Load,
            InputId::HoursPerDay,
            InputId::DaysPerWeek,
            InputId::IdleTasks,
            InputId::RunsPerDay,
            InputId::Minutes,
            InputId::ImagePull,
            InputId::Arch,
            InputId::MaxCommitment,
            InputId::Gpu,
            InputId::GpuModel,
        ],
    },
    Group {
        title: Some("Month, storage and system"),
        inputs: &[
            InputId::HoursPerMonth,
            InputId::Ephemeral,
            InputId::Os,
            InputId::Ebs,
        ],
    },
    Group {
        title: Some("Network, load balancer and logs"),
        inputs: &[
            InputId::Egress,
            InputId::Image,
            InputId::EgressGb,
            InputId::LoadBalancer,
            InputId::LoadBalancerUnits,
            InputId::LogsGb,
            InputId::CrossZoneGb,
        ],
    },
    Group {
        title: Some("Discount and estimates"),
        inputs: &[
            InputId::Discount,
            InputId::Estimate,
            InputId::EstimateOneYear,
            InputId::EstimateThreeYears,
            InputId::EstimateDecides,
        ],
    },
    Group {
        title: Some("Spot strategy: base and weights"),
        inputs: &[
            InputId::SpotBase,
            InputId::OnDemandWeight,
            InputId::SpotWeight,
        ],
    },
    Group {
        title: Some("How fleets are built"),
        inputs: &[
            InputId::MinZones,
            InputId::MinInstances,
            InputId::TargetCapacity,
            InputId::ReservedMemory,
            InputId::Network,
            InputId::Trunking,
            InputId::Burstable,
            InputId::BareMetal,
        ],
    },
];

/// Every control of the scenario and of the service that is shown.
pub fn controls(state: AppState) -> Element {
    let [always, rest @ ..] = &GROUPS;
    let rest: Vec<Element> = rest.iter().map(|group| disclosure(group, state)).collect();
    el("form")
        .class("controls")
        .attr("aria-label", "Inputs")
        .sends_nothing()
        .part(service_picker(state))
        .child(fields(always.inputs, state))
        .child(needs(state))
        .child(rest)
}

/// A group behind its title; gone while none of its inputs applies.
fn disclosure(group: &'static Group, state: AppState) -> Element {
    let applies = move || {
        let mut inputs = group.inputs.iter();
        inputs.any(|&input| state.text(input).is_some())
    };
    let fields = move || fields(group.inputs, state);
    when_opened(el("summary").child(group.title), fields).live_flag("hidden", move || !applies())
}

/// The fields of some inputs, each there while its input applies.
fn fields(inputs: &'static [InputId], state: AppState) -> Element {
    let group = el("div").class("control-group");
    inputs.iter().fold(group, |group, &input| {
        let applies = memo(move || state.text(input).is_some());
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
        (_, Kind::Choice(choices)) => choice_field(input, state, choices),
        (_, Kind::Switch) => switch_field(input, state),
        (_, Kind::Number { .. } | Kind::Text(_) | Kind::Set) => number_field(input, state),
    }
}

/// Lets a scenario of several services show one of them.
fn service_picker(state: AppState) -> impl Fn() -> Option<Element> {
    let services = memo(move || state.services());
    move || {
        let names = services.get();
        (names.len() > 1).then(|| {
            let choices = names.into_iter().enumerate().map(|(index, label)| {
                radio(
                    "service",
                    &label,
                    move || state.shown() == index,
                    move || state.show(index),
                )
            });
            let help = "Each service is priced alone.";
            radios("Service", choices.collect(), help)
        })
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
