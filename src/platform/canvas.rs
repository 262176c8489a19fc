//! Canvases: their device pixels, their text metrics, and the theme they are painted in.

use std::cell::RefCell;
use std::rc::Rc;

use berth_figures::{Device, Measure, Scene, Size, Theme, Weight, paint};
use leptos::ev;
use leptos::prelude::*;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use crate::reactive::effect;

/// More device pixels than this to a CSS pixel cost paint time and are not seen.
const MOST_PIXEL_RATIO: f64 = 2.0;

/// The number of device pixels to a CSS pixel.
fn pixel_ratio() -> f64 {
    window().device_pixel_ratio().clamp(1.0, MOST_PIXEL_RATIO)
}

/// Whether the page is dark.
pub fn is_dark() -> Signal<bool> {
    let query = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten();
    let (dark, set_dark) = signal(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let listener = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(
            move |event: web_sys::MediaQueryListEvent| {
                set_dark.set(event.matches());
            },
        );
        // The page asks once, and listens as long as it lives.
        let _ = query.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
        listener.forget();
    }
    dark.into()
}

/// The width of an element in CSS pixels, as it changes; 0 until it is known.
pub fn width_of(element: NodeRef<leptos::html::Div>) -> Signal<f64> {
    let (width, set_width) = signal(0.0);
    effect(move || {
        let Some(element) = element.get() else { return };
        let node = element.clone();
        let measure = move || set_width.set(f64::from(node.client_width()));
        measure();
        let callback = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            observer.observe(&element);
            on_cleanup(move || observer.disconnect());
        }
        // Owned by the observer from here on.
        callback.forget();
    });
    width.into()
}

/// Texts whose width is kept. A figure has at most some dozens; what a drag brings in and leaves
/// behind is forgotten with the rest.
const MOST_KNOWN: usize = 400;

/// A text that was measured.
struct Known {
    words: String,
    size: f64,
    weight: Weight,
    width: f64,
}

/// The browser's own text metrics, each text measured once.
#[derive(Clone)]
pub struct CanvasMeasure {
    context: Option<CanvasRenderingContext2d>,
    known: Rc<RefCell<Vec<Known>>>,
}

impl CanvasMeasure {
    /// Text metrics of a canvas that is never shown.
    pub fn new() -> Self {
        let canvas = document()
            .create_element("canvas")
            .ok()
            .and_then(|node| node.dyn_into().ok());
        Self {
            context: canvas.as_ref().and_then(context),
            known: Rc::default(),
        }
    }
}

impl Default for CanvasMeasure {
    fn default() -> Self {
        Self::new()
    }
}

impl Measure for CanvasMeasure {
    fn width(&self, words: &str, size: f64, weight: Weight) -> f64 {
        let Some(context) = &self.context else {
            return berth_figures::WidthTable.width(words, size, weight);
        };
        let same = |known: &&Known| {
            known.weight == weight && known.size.to_bits() == size.to_bits() && known.words == words
        };
        if let Some(known) = self.known.borrow().iter().find(same) {
            return known.width;
        }
        let style = if weight == Weight::Bold { "bold " } else { "" };
        context.set_font(&format!("{style}{size}px {}", berth_figures::SYSTEM_FONTS));
        let width = context.measure_text(words).map_or_else(
            |_| berth_figures::WidthTable.width(words, size, weight),
            |metrics| metrics.width(),
        );
        let mut known = self.known.borrow_mut();
        if known.len() == MOST_KNOWN {
            known.clear();
        }
        known.push(Known {
            words: words.to_owned(),
            size,
            weight,
            width,
        });
        width
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Paints a scene onto a canvas, crisp at the screen's pixel ratio.
pub fn paint_on(canvas: &HtmlCanvasElement, scene: &Scene, dark: bool) {
    let ratio = pixel_ratio();
    let size: Size = scene.size;
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
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    if let Some(context) = context(canvas) {
        context.set_line_join("round");
    }
    let theme = if dark { Theme::DARK } else { Theme::LIGHT };
    if let Some(mut backend) = CanvasBackend::with_canvas_object(canvas.clone()) {
        // A canvas that cannot be painted leaves the table behind the figure.
        let _ = paint(scene, &theme, Device::canvas(ratio), &mut backend);
    }
}

/// Calls back when the screen's pixel ratio may have changed.
pub fn on_rescale(again: impl Fn() + 'static) {
    let handle = window_event_listener(ev::resize, move |_| again());
    on_cleanup(move || handle.remove());
}
