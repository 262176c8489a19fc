//! What of a link could not be read.

use crate::dom::{Element, el};
use crate::state::AppState;

/// A box that names everything that was ignored; nothing where there is nothing.
pub fn notices(state: AppState) -> Option<Element> {
    let notices = state.notices();
    let items: Vec<Element> =
        notices.with(|notices| notices.iter().map(|notice| el("li").text(notice)).collect());
    let dismiss = el("button")
        .attr("type", "button")
        .class("button")
        .text("Dismiss")
        .on_click(move || notices.set(Vec::new()));
    let is_empty = notices.with_untracked(Vec::is_empty);
    (!is_empty).then(|| {
        el("section")
            .class("notices")
            .attr("role", "alert")
            .attr("aria-labelledby", "notices-title")
            .child(
                el("h2")
                    .attr("id", "notices-title")
                    .text("Not all of the link could be read"),
            )
            .child(el("ul").child(items))
            .child(dismiss)
    })
}
