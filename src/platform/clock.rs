//! Time: frames, rests, and how long a slice took. Nothing that is shown depends on it.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::{request_animation_frame, window};

/// Milliseconds since the page was opened; stands still where the browser gives no clock.
pub fn now_ms() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// Does something before the next frame is painted.
pub fn next_frame(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(act);
}

/// Does something after a while; `None` where the browser has no timers to give.
pub fn after(rest: Duration, act: impl FnOnce() + 'static) -> Option<TimeoutHandle> {
    let act: Box<dyn FnOnce()> = Box::new(act);
    set_timeout_with_handle(act, rest).ok()
}
