//! The recovery box: static HTML outside the app, because a panic ends the app for good.
//!
//! The boot script (`public/boot.js`) owns the box. It listens for [`PANIC_EVENT`], and reads the newest link from
//! [`LINK_PROPERTY`], which is written outside wasm's memory at once, so that no panic can take it along.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

const PANIC_EVENT: &str = "berth:panic";
const LINK_PROPERTY: &str = "__berth_link";

/// Shows the recovery box whenever the app panics.
pub fn show_on_panic() {
    std::panic::set_hook(Box::new(|panic| show(&panic.to_string())));
}

/// Shows the recovery box: the app cannot go on, for the reason given.
pub fn show(reason: &str) {
    web_sys::console::error_1(&JsValue::from_str(reason));
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(reason));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(PANIC_EVENT, &init) {
        // The event is dispatched or the page is beyond help: either way there is nobody left to tell.
        let _ = window().dispatch_event(&event);
    }
}

/// Keeps the newest link (`#...`) where a panic cannot reach it. Call it at every change, before anything that may fail.
pub fn keep_link(fragment: &str) {
    // Fails only on a frozen window.
    let _ = Reflect::set(
        &window(),
        &JsValue::from_str(LINK_PROPERTY),
        &JsValue::from_str(fragment),
    );
}
