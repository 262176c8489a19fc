//! The ranges that a sample is drawn from.

use berth_model::inputs::InputId;

use super::disclosure::when_opened;
use super::field::text_field;
use crate::dom::{Element, el};
use crate::state::AppState;

const RANGES: [InputId; 4] = [
    InputId::RangeSpot,
    InputId::RangeLoad,
    InputId::RangePacking,
    InputId::RangePrice,
];

/// The ranges behind a disclosure.
pub fn ranges(state: AppState) -> Element {
    when_opened(el("summary").text("Set the ranges"), move || {
        let fields: Vec<Element> = RANGES
            .iter()
            .map(|&input| text_field(input, state))
            .collect();
        el("div").class("control-group weights").child(fields)
    })
}
