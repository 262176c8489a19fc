//! A scene as the text of an SVG file.

use std::fmt;

use plotters_svg::SVGBackend;

use crate::{
    cast,
    paint::{Device, paint},
    scene::Scene,
    theme::Theme,
};

/// The SVG text of a scene, one unit a CSS pixel.
///
/// `title` becomes the name that assistive technology reads; empty for none.
///
/// # Errors
/// Fails when the backend refuses a mark, which the SVG backend has no reason to do.
pub fn to_svg(scene: &Scene, theme: &Theme, title: &str) -> Result<String, SvgError> {
    let mut svg = String::new();
    let whole = |px: f64| cast::to_u32(px.ceil());
    {
        let size = (whole(scene.size.width()), whole(scene.size.height()));
        let mut backend = SVGBackend::with_string(&mut svg, size);
        paint(scene, theme, Device::svg(), &mut backend)
            .map_err(|error| SvgError(error.to_string()))?;
    }
    Ok(named(svg, title))
}

/// Puts the title first, where SVG wants it.
fn named(svg: String, title: &str) -> String {
    match svg.split_once(">\n") {
        Some((root, rest)) if !title.is_empty() => {
            let title = escaped(title);
            format!("{root} role=\"img\">\n<title>{title}</title>\n{rest}")
        }
        _ => svg,
    }
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Why a scene did not become an SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SvgError(String);

impl fmt::Display for SvgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the figure cannot be written as SVG: {}", self.0)
    }
}

impl std::error::Error for SvgError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;

    #[test]
    fn the_title_is_escaped_and_comes_first() {
        let scene = Scene::blank(Size::new(10.0, 10.0));
        let svg = to_svg(&scene, &Theme::LIGHT, "EC2 < Fargate & co").unwrap();
        let second = svg.lines().nth(1).unwrap();
        assert_eq!(second, "<title>EC2 &lt; Fargate &amp; co</title>");
        assert!(svg.trim_end().ends_with("</svg>"));
    }
}
