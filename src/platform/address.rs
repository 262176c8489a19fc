//! The fragment of the address bar.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::clock::after;
use crate::dom::on_window;
use crate::reactive::effect;

/// Browsers refuse more than about a hundred address changes in half a minute.
const REST: Duration = Duration::from_millis(400);

/// The present fragment, with its `#`; empty where there is none.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// The address of the page with another fragment.
pub fn with_fragment(fragment: &str) -> String {
    let whole = window().location().href().unwrap_or_default();
    let base = whole.split('#').next().unwrap_or_default();
    format!("{base}{fragment}")
}

/// Keeps the address bar at `link`, once the hand rests. Where the address may not be changed
/// (a frame without an origin) the page works without.
pub fn follow(link: impl Fn() -> String + 'static) {
    let mut pending = None;
    let mut before = None;
    effect(move || {
        let link = link();
        if before
            .as_ref()
            .is_some_and(|before: &String| *before != link)
        {
            if let Some(earlier) = pending.take() {
                TimeoutHandle::clear(&earlier);
            }
            let target = link.clone();
            pending = after(REST, move || replace(&target));
        }
        before = Some(link);
    });
}

fn replace(fragment: &str) {
    if let Ok(history) = window().history() {
        // Refused in frames without an origin; the link stays available through the copy button.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Calls back with each fragment that a person types or a link sets.
pub fn on_change(open: impl Fn(String) + 'static) {
    on_window("hashchange", move || open(fragment()));
}
