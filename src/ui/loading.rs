//! What has become of the price book that is wanted.

use berth_model::prices::index;

use crate::books::Loading;
use crate::dom::{Element, el};
use crate::state::AppState;

/// A line while a book is on its way, or where it could not be had; nothing once it is here.
pub fn loading(state: AppState) -> Option<Element> {
    let wanted = state.wanted_region().get();
    let present = state
        .answered()
        .with(|answered| answered.book.region.to_string());
    let (wanted, present) = (index::name(&wanted), index::name(&present));
    match state.loading().get() {
        Loading::Done => None,
        Loading::Underway => {
            let words = format!(
                "The prices of {wanted} are being loaded. Until they are here, the answer is at those of {present}."
            );
            Some(el("p").class("loading").attr("role", "status").text(&words))
        }
        Loading::Failed(reason) => {
            let words = format!(
                "The prices of {wanted} could not be loaded ({reason}). The answer stays at those of {present}. "
            );
            let again = el("button")
                .attr("type", "button")
                .class("button")
                .text("Try again")
                .on_click(move || state.load_again());
            Some(
                el("p")
                    .class("loading failed")
                    .attr("role", "alert")
                    .text(&words)
                    .child(again),
            )
        }
    }
}
