//! Marks of the page's own work, for the bench: nothing is done unless it asks.

use std::sync::OnceLock;

use js_sys::Reflect;
use leptos::prelude::window;

/// What the bench sets on the window before the page starts.
const ASKED: &str = "__berth_bench";

/// Does some work; where the bench has asked, measures it under a name.
pub fn measured<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let measured = is_asked();
    if measured {
        begin(name);
    }
    let done = work();
    if measured {
        end(name);
    }
    done
}

fn is_asked() -> bool {
    static IS_ASKED: OnceLock<bool> = OnceLock::new();
    *IS_ASKED
        .get_or_init(|| Reflect::get(&window(), &ASKED.into()).is_ok_and(|asked| asked.is_truthy()))
}

fn begin(name: &str) {
    if let Some(performance) = window().performance() {
        // Neither can fail for a name that is no event of loading.
        let _ = performance.mark(name);
    }
}

fn end(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.measure_with_start_mark(name, name);
        performance.clear_marks_with_mark_name(name);
    }
}
