//! How much each criterion of the matrix counts, those of money apart.

use std::rc::Rc;

use berth_model::criteria::Criterion;
use berth_model::inputs;

use super::disclosure::when_opened;
use super::field::{Typed, part_field};
use crate::dom::{Element, el};
use crate::reactive::memo;
use crate::state::AppState;

/// The weights behind a disclosure.
pub fn weights(state: AppState) -> Element {
    when_opened(
        el("summary").text("How much each criterion counts"),
        move || {
            let fields: Vec<Element> = Criterion::weighable()
                .map(|criterion| field(state, criterion))
                .collect();
            el("div").class("control-group weights").child(fields)
        },
    )
}

fn field(state: AppState, criterion: Criterion) -> Element {
    let set = move |words: &str| {
        let set = state.change(|scenario, _| inputs::set_weight(scenario, criterion, words));
        set.map_err(|error| error.to_string())
    };
    let present = memo(move || {
        state
            .read(|scenario, _| inputs::weight(scenario, criterion))
            .unwrap_or_default()
    });
    let id = ["weight-", criterion.id()].concat();
    part_field(Typed {
        state: Some(state),
        words: [criterion.label(), "", ""],
        ..Typed::of_part(id, criterion.part(), present, Rc::new(set))
    })
}
