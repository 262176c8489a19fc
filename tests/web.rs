//! What needs a real browser and no page: runs in Chromium by `cargo xtask test --only web`.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use berth_model::prices::{PriceBook, embedded::US_EAST_1};
use berth_page::app::app;
use berth_page::dom;
use berth_page::platform::{page, recovery};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_app_is_built_unseen_and_swapped_in_once() {
    let region = document().create_element("div").unwrap();
    region.set_id("berth-app");
    region.set_inner_html("<p>worked example</p>");
    document().body().unwrap().append_child(&region).unwrap();

    let stage = page::detached_stage().unwrap();
    let book = PriceBook::parse(US_EAST_1).unwrap();
    let handle = dom::mount(stage.clone(), move |root| app(root, book, ""));
    assert!(
        !stage.is_connected(),
        "the app is mounted outside the document"
    );
    assert!(
        stage.query_selector("h2").unwrap().is_some(),
        "it has a heading before it is seen"
    );

    assert!(page::swap_in(&stage));
    assert!(stage.is_connected());
    assert!(!region.text_content().unwrap().contains("worked example"));

    drop(handle);
    region.remove();
}

#[wasm_bindgen_test]
fn the_newest_link_is_kept_outside_wasm() {
    recovery::keep_link("#v1.first");
    recovery::keep_link("#v1.newest");
    let kept = js_sys::Reflect::get(&window(), &JsValue::from_str("__berth_link")).unwrap();
    assert_eq!(kept.as_string().as_deref(), Some("#v1.newest"));
}

#[wasm_bindgen_test]
fn a_fatal_error_is_announced_with_its_reason() {
    let heard = std::rc::Rc::new(std::cell::RefCell::new(None));
    let listener = Closure::<dyn Fn(web_sys::CustomEvent)>::new({
        let heard = heard.clone();
        move |event: web_sys::CustomEvent| *heard.borrow_mut() = event.detail().as_string()
    });
    window()
        .add_event_listener_with_callback("berth:panic", listener.as_ref().unchecked_ref())
        .unwrap();
    recovery::show("out of berths");
    assert_eq!(heard.borrow().as_deref(), Some("out of berths"));
}
