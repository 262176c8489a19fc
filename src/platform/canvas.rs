//! Canvases: their device pixels, the width they have, and the theme they are painted in.

mod backend;
mod measure;

use berth_figures::{Device, Scene, Theme, paint, within};
use leptos::prelude::{on_cleanup, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlCanvasElement, ResizeObserver};

pub use measure::{CanvasMeasure, letters};

use super::bench::measured;
use crate::dom::Element;
use crate::reactive::{Signal, signal};
use backend::CanvasBackend;

/// More device pixels than this to a CSS pixel cost paint time and are not seen.
const MOST_PIXEL_RATIO: f64 = 2.0;

/// The number of device pixels to a CSS pixel.
fn pixel_ratio() -> f64 {
    within(window().device_pixel_ratio(), 1.0, MOST_PIXEL_RATIO)
}

/// Whether the page is dark.
pub fn is_dark() -> Signal<bool> {
    let query = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten();
    let dark = signal(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let asked = query.clone();
        let listener =
            Closure::<dyn Fn(Event)>::new(move |_| dark.set(asked.matches())).into_js_value();
        let listener: js_sys::Function = listener.unchecked_into();
        // Fails only for what is no function.
        let _ = query.add_event_listener_with_callback("change", &listener);
        on_cleanup(move || {
            let _ = query.remove_event_listener_with_callback("change", &listener);
        });
    }
    dark
}

/// The width of an element in CSS pixels, as it changes; 0 until it is known.
pub fn width_of(element: &Element) -> Signal<f64> {
    let width = signal(0.0_f64);
    let node = element.node().clone();
    let measure = Closure::<dyn Fn()>::new(move || {
        let now = f64::from(node.client_width());
        if width.with_untracked(|before: &f64| before.to_bits() != now.to_bits()) {
            width.set(now);
        }
    });
    // An observer speaks up once it begins to observe, and at every change from there on.
    if let Ok(observer) = ResizeObserver::new(measure.into_js_value().unchecked_ref()) {
        observer.observe(element.node());
        on_cleanup(move || observer.disconnect());
    }
    width
}

/// Paints a scene onto a canvas, crisp at the screen's pixel ratio.
pub fn paint_on(canvas: &Element, scene: &Scene, dark: bool) {
    let Some(canvas) = canvas.node().dyn_ref::<HtmlCanvasElement>() else {
        return;
    };
    let ratio = pixel_ratio();
    let pixels = |css: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is at most 8192 px"
        )]
        {
            (css * ratio).round() as u32
        }
    };
    let (width, height) = (pixels(scene.size.width()), pixels(scene.size.height()));
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let theme = if dark { Theme::DARK } else { Theme::LIGHT };
    if let Some(mut backend) = CanvasBackend::of(canvas) {
        // A canvas that cannot be painted leaves the table behind the figure.
        let _ = measured("berth:paint", || {
            paint(scene, &theme, Device::canvas(ratio), &mut backend)
        });
    }
}
