//! What needs a real browser and no page: runs in Chromium by `cargo xtask test --only web`.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use berth_model::prices::{PriceBook, embedded::US_EAST_1};
use berth_page::app::app;
use berth_page::dom::{self, Element, Mounted, el};
use berth_page::platform::px::px;
use berth_page::platform::{page, recovery};
use berth_page::reactive::signal;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

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

/// Lets everything run that waits for its turn.
async fn settle() {
    let turn = js_sys::Promise::new(&mut |resolve, _| {
        let set = window().set_timeout_with_callback(&resolve);
        assert!(set.is_ok());
    });
    wasm_bindgen_futures::JsFuture::from(turn).await.unwrap();
}

/// A place in the document that is built into, and its end.
fn stage(build: impl FnOnce(Element) + 'static) -> (HtmlElement, Mounted) {
    let place = page::detached_stage().unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    let mounted = dom::mount(place.clone(), build);
    (place, mounted)
}

#[wasm_bindgen_test]
async fn what_is_live_follows_and_ends_with_its_part() {
    let shown = signal(1);
    let runs = signal(0);
    let (place, mounted) = stage(move |root| {
        let _ = root
            .live_text(move || format!("{} of ", shown.get()))
            .part(move || {
                // The part itself follows whether anything is shown; what it holds follows the number.
                let count = el("b").live_text(move || {
                    runs.update(|runs| *runs += 1);
                    shown.get().to_string()
                });
                (shown.get() % 10 != 0).then_some(count)
            })
            .text(".");
    });
    assert_eq!(place.text_content().unwrap(), "1 of 1.");
    shown.set(2);
    settle().await;
    assert_eq!(place.text_content().unwrap(), "2 of 2.");
    shown.set(10);
    settle().await;
    assert_eq!(place.text_content().unwrap(), "10 of .");

    let before = runs.get_untracked();
    for count in 0..50 {
        shown.set(11 + count % 5);
        settle().await;
    }
    let a_change = (runs.get_untracked() - before) / 50;
    assert!(
        a_change <= 2,
        "old parts have ended: {a_change} runs a change"
    );
    drop(mounted);
    shown.set(99);
    settle().await;
    assert!(!place.text_content().unwrap().contains("99"));
    place.remove();
}

#[wasm_bindgen_test]
async fn a_listener_ends_with_its_part_and_fields_keep_their_focus() {
    let pressed = signal(0);
    let shown = signal(0);
    let (place, mounted) = stage(move |root| {
        let _ = root
            .child(el("input").live_value(move || shown.get().to_string()))
            .part(move || {
                shown.track();
                el("button").on_click(move || pressed.update(|pressed| *pressed += 1))
            });
    });
    let find = |what: &str| -> HtmlElement {
        let found = place.query_selector(what).unwrap().unwrap();
        found.dyn_into().unwrap()
    };
    let (field, old) = (find("input"), find("button"));
    field.focus().unwrap();
    old.click();
    assert_eq!(pressed.get_untracked(), 1);
    shown.set(7);
    settle().await;
    old.click();
    assert_eq!(pressed.get_untracked(), 1, "what is gone does nothing");
    find("button").click();
    assert_eq!(pressed.get_untracked(), 2);
    assert_eq!(document().active_element().as_ref(), Some(field.as_ref()));
    drop(mounted);
    place.remove();
}

#[wasm_bindgen_test]
fn lengths_are_written_to_a_tenth() {
    for (length, words) in [
        (0.0, "0.0px"),
        (12.34, "12.3px"),
        (-0.26, "-0.3px"),
        (1e12, "214748364.7px"),
    ] {
        assert_eq!(px(length), words);
    }
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
