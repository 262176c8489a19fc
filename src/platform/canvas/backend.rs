//! A canvas as a backend of plotters.
//!
//! plotters-canvas writes every colour and size as floats, which is a good part of the download, and for every call;
//! here colours are words of six digits, and a colour or a font that is set already is not set again.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::platform::px::px;

type Painted = Result<(), DrawingErrorKind<Infallible>>;

/// A canvas that is painted on. Paints filled shapes, paths and upright text: all that figures are made of.
pub(super) struct CanvasBackend {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    fill: Option<(u8, u8, u8)>,
    stroke: Option<(u8, u8, u8)>,
    font: String,
}

/// The context of a canvas; `None` where the browser has none to give.
pub(super) fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// A font as canvases name it.
pub(super) fn font(style: &str, size: f64, family: &str) -> String {
    [style, " ", &px(size), " ", family].concat()
}

fn colour((red, green, blue): (u8, u8, u8)) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

impl CanvasBackend {
    /// The backend of a canvas; `None` where it cannot be painted on.
    pub(super) fn of(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context = context(canvas)?;
        context.set_line_join("round");
        Some(Self {
            context,
            size: (canvas.width(), canvas.height()),
            fill: None,
            stroke: None,
            font: String::new(),
        })
    }

    fn fill_with(&mut self, colour_of: BackendColor) {
        if self.fill != Some(colour_of.rgb) {
            self.fill = Some(colour_of.rgb);
            self.context.set_fill_style_str(&colour(colour_of.rgb));
        }
    }

    fn stroke_with(&mut self, style: &impl BackendStyle) {
        let colour_of = style.color();
        if self.stroke != Some(colour_of.rgb) {
            self.stroke = Some(colour_of.rgb);
            self.context.set_stroke_style_str(&colour(colour_of.rgb));
        }
        self.context.set_line_width(f64::from(style.stroke_width()));
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (x, y) in path {
            // The first of a path counts as a move.
            self.context.line_to(f64::from(x), f64::from(y));
        }
    }
}

impl DrawingBackend for CanvasBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Painted {
        Ok(())
    }

    fn present(&mut self) -> Painted {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Painted {
        self.fill_with(color);
        self.context.fill_rect(x.into(), y.into(), 1.0, 1.0);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Painted {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Painted {
        let (x, y) = (f64::from(left), f64::from(top));
        let (width, height) = (f64::from(right - left), f64::from(bottom - top));
        if fill {
            self.fill_with(style.color());
            self.context.fill_rect(x, y, width, height);
        } else {
            self.stroke_with(style);
            self.context.stroke_rect(x, y, width, height);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Painted {
        self.stroke_with(style);
        self.trace(path);
        self.context.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Painted {
        self.fill_with(style.color());
        self.trace(path);
        self.context.fill();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Painted {
        self.context.begin_path();
        // Fails only for a negative radius.
        let _ = self.context.arc(
            x.into(),
            y.into(),
            radius.into(),
            0.0,
            std::f64::consts::TAU,
        );
        if fill {
            self.fill_with(style.color());
            self.context.fill();
        } else {
            self.stroke_with(style);
            self.context.stroke();
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Painted {
        let anchor = style.anchor();
        self.context.set_text_baseline(match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        self.context.set_text_align(match anchor.h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        });
        self.fill_with(style.color());
        let font = font(
            style.style().as_str(),
            style.size(),
            style.family().as_str(),
        );
        if self.font != font {
            self.context.set_font(&font);
            self.font = font;
        }
        // Fails only where the context is lost: then nothing is painted at all.
        let _ = self.context.fill_text(text, x.into(), y.into());
        Ok(())
    }
}
