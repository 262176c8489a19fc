//! The controls, from the model's registry: few first, the rest behind named disclosures.

use berth_model::inputs::{InputId, Kind};
use leptos::prelude::*;

use super::field::{ChoiceField, NumberField, Radio, SelectField, SwitchField, radios};
use super::needs::Needs;
use crate::reactive::{flag, memo, part};
use crate::state::{AppState, app_state};

/// Inputs that stand together.
struct Group {
    /// The words of its disclosure; none where it is always shown.
    title: Option<&'static str>,
    /// Its inputs; those that do not apply are left out while they do not.
    inputs: &'static [InputId],
}

/// The controls in order, the needs apart: they follow the groups that are always shown.
const GROUPS: [Group; 4] = [
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
        title: Some("Region, month, storage and system"),
        inputs: &[
            InputId::Region,
            InputId::HoursPerMonth,
            InputId::Ephemeral,
            InputId::Os,
            InputId::Ebs,
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
#[component]
pub fn Controls() -> impl IntoView {
    let [always, rest @ ..] = &GROUPS;
    let rest: Vec<AnyView> = rest.iter().map(disclosure).collect();
    view! {
        <form class="controls" aria-label="Inputs" on:submit=|event| event.prevent_default()>
            <ServicePicker />
            <div class="control-group">{fields(always.inputs)}</div>
            <Needs />
            {rest}
        </form>
    }
}

/// A group behind its title; gone while none of its inputs applies.
fn disclosure(group: &'static Group) -> AnyView {
    let state = app_state();
    let applies = flag(move || {
        group
            .inputs
            .iter()
            .any(|&input| state.text(input).is_some())
    });
    view! {
        <details class="more" hidden=flag(move || !applies.get())>
            <summary>{group.title}</summary>
            <div class="control-group">{fields(group.inputs)}</div>
        </details>
    }
    .into_any()
}

fn fields(inputs: &'static [InputId]) -> Vec<AnyView> {
    inputs
        .iter()
        .map(|&input| while_it_applies(input))
        .collect()
}

/// The field of an input, there while the input applies.
fn while_it_applies(input: InputId) -> AnyView {
    let state = app_state();
    let applies = memo(move || state.text(input).is_some());
    part(move || applies.get().then(|| field(input, state))).into_any()
}

/// The field that fits the kind of an input.
fn field(input: InputId, state: AppState) -> AnyView {
    match (input, input.input().kind) {
        (InputId::Region, _) => {
            view! { <SelectField input=input choices=regions(state) /> }.into_any()
        }
        (InputId::GpuModel, _) => {
            view! { <SelectField input=input choices=gpu_models(state) /> }.into_any()
        }
        (_, Kind::Choice(_)) => view! { <ChoiceField input=input /> }.into_any(),
        (_, Kind::Switch) => view! { <SwitchField input=input /> }.into_any(),
        (_, Kind::Number { .. } | Kind::Text(_) | Kind::Set) => {
            view! { <NumberField input=input /> }.into_any()
        }
    }
}

/// Lets a scenario of several services show one of them.
#[component]
fn ServicePicker() -> impl IntoView {
    let state = app_state();
    let services = memo(move || state.services());
    part(move || {
        let names = services.get();
        let radio = |(index, label): (usize, String)| Radio {
            label,
            is_on: flag(move || state.shown() == index),
            pick: Box::new(move || state.show(index)),
        };
        (names.len() > 1).then(|| {
            let choices = names.into_iter().enumerate().map(radio).collect();
            radios(
                "Service",
                "service",
                choices,
                "Each service is priced alone.",
            )
        })
    })
}

fn regions(state: AppState) -> Vec<(String, String)> {
    let region = state.book().region.to_string();
    vec![(region.clone(), region)]
}

/// The GPU models that instance types of the region have.
fn gpu_models(state: AppState) -> Vec<(String, String)> {
    let book = state.book();
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
