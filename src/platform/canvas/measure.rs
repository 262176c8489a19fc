//! The browser's own text metrics.

use std::sync::Mutex;

use berth_figures::{LETTERS, Measure, Weight, WidthTable};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::CanvasRenderingContext2d;

use super::backend;

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

/// The widths of letters, as the module of studies reads them ([`berth_figures::Letters`]).
pub fn letters() -> String {
    /// Large, so that little is lost by rounding to thousandths.
    const SIZE: f64 = 100.0;
    let measure = CanvasMeasure::new();
    let line = |weight| {
        let widths = LETTERS.chars().map(|letter| {
            let width = measure.width(letter.encode_utf8(&mut [0; 4]), SIZE, weight);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a letter is some hundred pixels wide at most"
            )]
            let thousandths = (width * 1000.0 / SIZE).ceil() as u32;
            thousandths.to_string()
        });
        widths.collect::<Vec<_>>().join(" ")
    };
    [&line(Weight::Regular), "\n", &line(Weight::Bold)].concat()
}

/// The browser's own text metrics, each text measured once.
pub struct CanvasMeasure {
    context: Option<CanvasRenderingContext2d>,
    known: Mutex<Vec<Known>>,
}

impl CanvasMeasure {
    /// Text metrics of a canvas that is never shown.
    pub fn new() -> Self {
        let canvas = document()
            .create_element("canvas")
            .ok()
            .and_then(|node| node.dyn_into().ok());
        Self {
            context: canvas.as_ref().and_then(backend::context),
            known: Mutex::default(),
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
            return WidthTable.width(words, size, weight);
        };
        let same = |known: &&Known| {
            known.weight == weight && known.size.to_bits() == size.to_bits() && known.words == words
        };
        // Nothing panics while it holds the list.
        let Ok(mut known) = self.known.lock() else {
            return WidthTable.width(words, size, weight);
        };
        if let Some(known) = known.iter().find(same) {
            return known.width;
        }
        let style = if weight == Weight::Bold { "bold" } else { "" };
        context.set_font(&backend::font(style, size, berth_figures::SYSTEM_FONTS));
        let width = context.measure_text(words).map_or_else(
            |_| WidthTable.width(words, size, weight),
            |metrics| metrics.width(),
        );
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
