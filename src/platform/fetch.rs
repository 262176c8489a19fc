//! Files of the page's own origin, asked for when they are needed.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text at an address relative to the page, or why there is none.
pub async fn text(address: &str) -> Result<String, String> {
    let answer = JsFuture::from(window().fetch_with_str(address))
        .await
        .map_err(|error| reason(&error))?;
    let response: Response = answer.unchecked_into();
    if !response.ok() {
        return Err(["HTTP ", &response.status().to_string()].concat());
    }
    let text = response.text().map_err(|error| reason(&error))?;
    let text = JsFuture::from(text).await.map_err(|error| reason(&error))?;
    text.as_string()
        .ok_or_else(|| "the answer is no text".to_owned())
}

/// What a browser says of a request that came to nothing.
pub(super) fn reason(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(String::new, |error| error.message().into())
}
