//! The page of Berth: components, Leptos' reactivity below them, and the browser's edge. Nothing in here decides or computes.
//!
//! | module | what it holds |
//! |---|---|
//! | `app` | the root |
//! | `ui` | the components: they show the state and hand edits to it |
//! | `books` | which price book the answer rests on, and the loading of others |
//! | `state` | the one scenario, the view and the answer; `studies` drives what takes many evaluations |
//! | `reactive` | signals, memos and effects, each compiled once |
//! | `dom` | elements, their listeners, and what of them follows the state |
//! | `heap` | the allocator |
//! | `platform` | the browser's edge: address bar, clipboard, canvas, clock, the document |
//!
//! Everything is compiled for wasm32 only, so that a native `cargo test --workspace` needs no browser crates.

#![cfg(target_arch = "wasm32")]

pub mod app;
pub mod books;
pub mod dom;
mod heap;
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
    dom::mount(stage.clone(), move |root| app::app(root, book, &fragment)).forget();
    if page::swap_in(&stage) {
        platform::clock::next_frame(page::mark_ready);
    } else {
        recovery::show("The page has no place for the app.");
    }
}
