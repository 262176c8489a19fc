//! The page of Berth: Leptos components and the browser's edge. Nothing in here decides or computes.
//!
//! | module | what it holds |
//! |---|---|
//! | `app` | the root component |
//! | `ui` | the components: they show the state and hand edits to it |
//! | `state` | the one scenario, the view and the answer; `studies` drives what takes many evaluations |
//! | `reactive` | memos, effects and dynamic parts, each compiled once |
//! | `platform` | the only user of `web-sys`: address bar, clipboard, canvas, clock, the document |
//!
//! Everything is compiled for wasm32 only, so that a native `cargo test --workspace` needs no browser crates.

#![cfg(target_arch = "wasm32")]

pub mod app;
pub mod platform;
pub mod reactive;
pub mod state;
pub mod studies;
pub mod ui;

use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;

/// Mounts the page: called once, by `main`.
pub fn start() {
    use platform::{address, page, recovery};

    recovery::show_on_panic();
    // A test reads the embedded book, so the words of what could be wrong with one stay out of here.
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return recovery::show("The prices that ship with the page cannot be read.");
    };
    let Some(stage) = page::detached_stage() else {
        return recovery::show("The page has no place for the app.");
    };
    let fragment = address::fragment();
    let app = move || leptos::view! { <app::App book=book fragment=fragment /> };
    leptos::mount::mount_to(stage.clone(), app).forget();
    if page::swap_in(&stage) {
        leptos::prelude::request_animation_frame(page::mark_ready);
    } else {
        recovery::show("The page has no place for the app.");
    }
}
