//! The clipboard.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Copies a text; false where the browser does not let the page.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent in frames and on plain HTTP, where web-sys's accessor would still hand out a value.
    let present = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| clipboard.is_object());
    present
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
}
