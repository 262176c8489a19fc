//! The places of the document that `index.html` provides.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::dom::on_window;
use crate::platform::clock::next_frame;
use crate::reactive::{Signal, signal};

/// The region that holds the worked example until the app takes its place.
const REGION_ID: &str = "berth-app";

/// A node outside the document, in which the app is built unseen.
pub fn detached_stage() -> Option<HtmlElement> {
    document().create_element("div").ok()?.dyn_into().ok()
}

/// Puts the finished app in the place of the worked example, in one step. False where the document has no such place.
pub fn swap_in(stage: &HtmlElement) -> bool {
    let Some(region) = document().get_element_by_id(REGION_ID) else {
        return false;
    };
    region.replace_children_with_node_1(stage);
    true
}

/// Says, to tests and to whoever embeds the page, that the first answer is painted and inputs answer.
pub fn mark_ready() {
    if let Some(root) = document().document_element() {
        // Setting a literal attribute name cannot fail.
        let _ = root.set_attribute("data-ready", "");
    }
}

/// Says which link's studies have ended; nothing while they run.
pub fn mark_settled(link: Option<&str>) {
    if let Some(root) = document().document_element() {
        // Setting and removing a literal attribute name cannot fail.
        let _ = match link {
            Some(link) => root.set_attribute("data-settled", link),
            None => root.remove_attribute("data-settled"),
        };
    }
}

/// Gives the focus back to an element that was built anew, by its identifier, unless another has it by then.
pub fn focus_again(id: String) {
    // What stands below the answer is built anew a frame after it, and effects run after that frame's callbacks.
    next_frame(move || {
        next_frame(move || {
            let document = document();
            let is_lost = document
                .active_element()
                .is_none_or(|element| element.tag_name() == "BODY");
            let element = document.get_element_by_id(&id).filter(|_| is_lost);
            if let Some(element) =
                element.and_then(|element| element.dyn_into::<HtmlElement>().ok())
            {
                // Fails only for an element that takes no focus.
                let _ = element.focus();
            }
        });
    });
}

/// Changes whenever the screen's pixel ratio may have.
pub fn rescaled() -> Signal<()> {
    let rescaled = signal(());
    on_window("resize", move || rescaled.set(()));
    rescaled
}
