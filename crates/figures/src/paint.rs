//! The one painter: a scene onto any backend of plotters that draws its own text.
//!
//! Backends work in whole device pixels, so the painter scales by the device pixel ratio and
//! rounds edges. Straight lines along an axis are painted as rectangles, which stay crisp where a
//! stroked line would blur. Nothing is measured: text is placed by its anchor. Backends that paint
//! glyphs as pixels (bitmaps) would have to measure, and return an error at the first text.

use std::fmt;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle,
    text_anchor::{HPos, Pos, VPos},
};

use crate::{
    accent::Dash,
    cast, dash,
    geometry::{Point, Rect},
    hatch,
    scene::{Align, Ink, Mark, Scene, Text, Weight},
    theme::{Palette, Rgb, Theme},
};

/// How a backend's pixels and fonts relate to CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Device {
    pixel_ratio: f64,
    font_factor: f64,
}

impl Device {
    /// A canvas whose `width` and `height` attributes are the figure's size times `pixel_ratio`,
    /// rounded. The ratio is brought into 0.25 to 8; what is not a number counts as 1.
    pub fn canvas(pixel_ratio: f64) -> Self {
        let pixel_ratio = if pixel_ratio.is_nan() {
            1.0
        } else {
            pixel_ratio
        };
        Self {
            pixel_ratio: cast::within(pixel_ratio, 0.25, 8.0),
            font_factor: 1.0,
        }
    }

    /// An SVG in CSS pixels. plotters-svg divides every font size by 1.24; this undoes it.
    pub const fn svg() -> Self {
        Self {
            pixel_ratio: 1.0,
            font_factor: 1.24,
        }
    }

    fn px(self, css_px: f64) -> i32 {
        cast::to_i32((css_px * self.pixel_ratio).round())
    }

    /// A length of at least one device pixel.
    fn stroke(self, css_px: f64) -> i32 {
        self.px(css_px).max(1)
    }

    fn coord(self, point: Point) -> BackendCoord {
        (self.px(point.x), self.px(point.y))
    }
}

/// Paints a scene, ground first.
///
/// Draws at most a few hundred calls for a figure of the usual size. On a canvas, set
/// `lineJoin = "round"` once; the painter sets colour, width and font itself.
///
/// # Errors
/// Returns the backend's first error; what was painted until then stays.
pub fn paint<B: DrawingBackend>(
    scene: &Scene,
    theme: &Theme,
    device: Device,
    backend: &mut B,
) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    backend.ensure_prepared()?;
    let mut brush = Brush {
        palette: &theme.palette,
        family: &theme.family,
        device,
        backend,
    };
    let ground = Rect::new(0.0, 0.0, scene.size.width(), scene.size.height());
    brush.rect(ground, Ink::Surface)?;
    for mark in &scene.marks {
        brush.mark(mark)?;
    }
    brush.backend.present()
}

struct Brush<'a, B> {
    palette: &'a Palette,
    family: &'a str,
    device: Device,
    backend: &'a mut B,
}

type Painted<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

impl<B: DrawingBackend> Brush<'_, B> {
    fn mark(&mut self, mark: &Mark) -> Painted<B> {
        match mark {
            Mark::Rect { area, ink } => self.rect(*area, *ink),
            Mark::Frame { area, ink, stroke } => self.frame(*area, *ink, *stroke),
            Mark::Hatch { area, ink, lean } => {
                let device = self.device;
                let corners = hatch::stripes(*area, *lean);
                let color = self.color(*ink);
                self.backend.fill_polygon(
                    corners.into_iter().map(|corner| device.coord(corner)),
                    &color,
                )
            }
            Mark::Line {
                path,
                ink,
                stroke,
                dash,
            } => self.line(path, *ink, *stroke, *dash),
            Mark::Dot {
                center,
                radius,
                ink,
            } => {
                let radius = cast::to_u32((radius * self.device.pixel_ratio).round());
                let color = self.color(*ink);
                self.backend
                    .draw_circle(self.device.coord(*center), radius, &color, true)
            }
            Mark::Text(text) => self.text(text),
        }
    }

    /// Fills a rectangle; one that has an area is at least a device pixel wide and high.
    fn rect(&mut self, area: Rect, ink: Ink) -> Painted<B> {
        if area.area() <= 0.0 {
            return Ok(());
        }
        let (left, top) = self.device.coord(Point::new(area.x, area.y));
        let (right, bottom) = self.device.coord(Point::new(area.right(), area.bottom()));
        self.fill((left, top), (right.max(left + 1), bottom.max(top + 1)), ink)
    }

    fn fill(&mut self, from: BackendCoord, to: BackendCoord, ink: Ink) -> Painted<B> {
        let color = self.color(ink);
        self.backend.draw_rect(from, to, &color, true)
    }

    fn frame(&mut self, area: Rect, ink: Ink, stroke: f64) -> Painted<B> {
        let stroke = self.device.stroke(stroke);
        let (left, top) = self.device.coord(Point::new(area.x, area.y));
        let (right, bottom) = self.device.coord(Point::new(area.right(), area.bottom()));
        if right - left <= 2 * stroke || bottom - top <= 2 * stroke {
            return self.rect(area, ink);
        }
        self.fill((left, top), (right, top + stroke), ink)?;
        self.fill((left, bottom - stroke), (right, bottom), ink)?;
        self.fill((left, top + stroke), (left + stroke, bottom - stroke), ink)?;
        self.fill(
            (right - stroke, top + stroke),
            (right, bottom - stroke),
            ink,
        )
    }

    fn line(&mut self, path: &[Point], ink: Ink, stroke: f64, dash: Dash) -> Painted<B> {
        let Some((on, off)) = dash.stroke_and_gap_px() else {
            return self.unbroken(path, ink, stroke);
        };
        for part in dash::strokes(path, on, off) {
            self.unbroken(&part, ink, stroke)?;
        }
        Ok(())
    }

    fn unbroken(&mut self, path: &[Point], ink: Ink, stroke: f64) -> Painted<B> {
        let device = self.device;
        let thickness = device.stroke(stroke);
        if let &[from, to] = path {
            let ((x0, y0), (x1, y1)) = (device.coord(from), device.coord(to));
            let half = thickness / 2;
            if x0 == x1 {
                let left = x0 - half;
                return self.fill((left, y0.min(y1)), (left + thickness, y0.max(y1)), ink);
            }
            if y0 == y1 {
                let top = y0 - half;
                return self.fill((x0.min(x1), top), (x0.max(x1), top + thickness), ink);
            }
        }
        let stroke = Stroke {
            color: self.color(ink),
            width: thickness.unsigned_abs(),
        };
        self.backend
            .draw_path(path.iter().map(|&point| device.coord(point)), &stroke)
    }

    fn text(&mut self, text: &Text) -> Painted<B> {
        let lettering = Lettering {
            color: self.color(text.ink),
            family: self.family,
            size: text.size * self.device.pixel_ratio * self.device.font_factor,
            weight: text.weight,
            align: text.align,
        };
        self.backend
            .draw_text(&text.words, &lettering, self.device.coord(text.at))
    }

    fn color(&self, ink: Ink) -> BackendColor {
        let Rgb(red, green, blue) = self.palette.color(ink);
        BackendColor {
            alpha: 1.0,
            rgb: (red, green, blue),
        }
    }
}

struct Stroke {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

struct Lettering<'a> {
    color: BackendColor,
    family: &'a str,
    size: f64,
    weight: Weight,
    align: Align,
}

impl BackendTextStyle for Lettering<'_> {
    type FontError = NotMeasured;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn style(&self) -> FontStyle {
        match self.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        }
    }

    /// Always centred on the line: the only anchor that canvas and SVG place alike.
    fn anchor(&self) -> Pos {
        let h_pos = match self.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        Pos::new(h_pos, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(self.family)
    }

    fn layout_box(&self, _: &str) -> Result<((i32, i32), (i32, i32)), NotMeasured> {
        Err(NotMeasured)
    }

    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: BackendCoord,
        _: F,
    ) -> Result<Result<(), E>, NotMeasured> {
        Err(NotMeasured)
    }
}

/// A backend asked for glyphs or their sizes; figures are painted only where the backend draws text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotMeasured;

impl fmt::Display for NotMeasured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this backend does not draw text by itself")
    }
}

impl std::error::Error for NotMeasured {}
