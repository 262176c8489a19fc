//! Time since the page was opened, for the length of slices only: nothing that is shown depends on it.

use leptos::prelude::window;

/// Milliseconds; stands still where the browser gives no clock.
pub fn now_ms() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}
