//! The ranges that a sample is drawn from.

use berth_model::inputs::InputId;

use super::controls::fields;
use super::disclosure::when_opened;
use crate::dom::{Element, el};
use crate::state::AppState;

static RANGES: [InputId; 4] = [
    InputId::RangeSpot,
    InputId::RangeLoad,
    InputId::RangePacking,
    InputId::RangePrice,
];

/// The ranges behind a disclosure.
pub fn ranges(state: AppState) -> Element {
    when_opened(el("summary").text("Set the ranges"), move || {
        fields(&RANGES, state).class("control-group weights")
    })
}
