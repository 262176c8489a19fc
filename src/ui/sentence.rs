//! Sentences of the model, span by span.

use berth_figures::Accent;
use berth_model::eligibility::Class;
use berth_model::explain::{Sentence, Span};
use leptos::prelude::*;

/// A sentence; amounts and options are set apart from plain words.
pub fn spans(sentence: &Sentence) -> impl IntoView + use<> {
    let spans = sentence.spans().iter().cloned();
    spans
        .map(|span| match span {
            Span::Text(text) => text.into_any(),
            Span::Money(text) => view! { <span class="amount">{text}</span> }.into_any(),
            Span::Option(option, text) => {
                view! { <strong class=format!("option option-{}", accent(option.class()).css_name())>{text}</strong> }
                    .into_any()
            }
            Span::Input(_, text) => view! { <span class="input-value">{text}</span> }.into_any(),
        })
        .collect_view()
}

/// The accent of a class of options: the same everywhere.
pub const fn accent(class: Class) -> Accent {
    match class {
        Class::Fargate => Accent::Fargate,
        Class::FargateSpot => Accent::FargateSpot,
        Class::Ec2 => Accent::Ec2,
        Class::Ec2Spot => Accent::Ec2Spot,
        Class::ManagedInstances => Accent::Managed,
        Class::ManagedInstancesSpot => Accent::ManagedSpot,
    }
}
