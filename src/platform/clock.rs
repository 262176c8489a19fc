//! Time: frames, rests, how long a slice took, and the day, by which prices are old or not.

use std::time::Duration;

use berth_model::date::Date;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::{request_animation_frame, window};

/// Milliseconds since the page was opened; stands still where the browser gives no clock.
pub fn now_ms() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// The day that the browser's clock shows, in its own time zone's stead by UTC.
pub fn today() -> Date {
    const DAY_MS: f64 = 86_400_000.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a clock that is off by millions of years shows the epoch"
    )]
    let days = (js_sys::Date::now() / DAY_MS).floor() as i32;
    Date::from_days_since_epoch(days).unwrap_or(Date::EPOCH)
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
