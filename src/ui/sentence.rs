//! Sentences of the model, span by span.

use berth_figures::Accent;
use berth_model::eligibility::Class;
use berth_model::explain::{Sentence, Span};

use crate::dom::{Element, el};

/// Appends a sentence to an element; amounts and options are set apart from plain words.
pub fn say(sentence: &Sentence, within: Element) -> Element {
    sentence
        .spans()
        .iter()
        .fold(within, |within, span| match span {
            Span::Text(text) => within.text(text),
            Span::Money(text) => within.child(el("span").class("amount").text(text)),
            Span::Option(option, text) => {
                let class = format!("option {}", class_name(option.class()));
                within.child(el("strong").class(&class).text(text))
            }
            Span::Input(_, text) => within.child(el("span").class("input-value").text(text)),
        })
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

/// The name of a class of options in the style sheet.
pub fn class_name(class: Class) -> String {
    format!("option-{}", accent(class).css_name())
}
