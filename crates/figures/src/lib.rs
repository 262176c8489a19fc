//! The figures of Berth as data.
//!
//! A specification ([`Spend`], [`Curve`], [`Fleet`], [`Map`], [`Months`], [`Odds`], [`Fit`]) says
//! what is shown: lengths in dollars, words already worded. [`Figure::layout`] turns it into a
//! [`Scene`]: rectangles, lines and texts in CSS pixels, each with a meaning ([`Ink`]) in place of a
//! colour, and what can be pointed at ([`Hits`]). [`paint()`] paints a scene onto any backend of
//! plotters that draws text by itself: a canvas on the page, an SVG for export; [`Scene::to_wire`]
//! hands it to another program. Nothing here knows prices, options' rules, or the browser.
//!
//! ```
//! use berth_figures::{
//!     Accent, Figure, Size, WidthTable,
//!     spend::{Row, Segment, Spend},
//! };
//!
//! let spend = Spend {
//!     kinds: vec!["Compute".into(), "Memory".into()],
//!     rows: vec![Row {
//!         label: "Fargate".into(),
//!         accent: Accent::Fargate,
//!         total: "$36.04".into(),
//!         is_winner: true,
//!         segments: vec![Segment { kind: 0, usd: 29.55 }, Segment { kind: 1, usd: 6.49 }],
//!         ..Row::default()
//!     }],
//!     ..Spend::default()
//! };
//! let size = Size::new(640.0, spend.natural_height(640.0, &WidthTable));
//! let scene = spend.layout(size, &WidthTable);
//! assert!(scene.texts().any(|text| text.words == "$36.04"));
//! ```

pub mod curve;
pub mod declutter;
pub mod fit;
pub mod fleet;
pub mod map;
pub mod months;
pub mod odds;
pub mod spend;
pub mod ticks;

mod accent;
mod axes;
mod cast;
mod dash;
mod ends;
mod figure;
mod flags;
mod geometry;
mod hatch;
mod hit;
mod legend;
mod measure;
mod order;
mod paint;
mod scale;
mod scene;
mod straight;
#[cfg(feature = "svg")]
mod svg;
mod theme;
mod typeset;
mod wire;

pub use accent::{Accent, Dash};
pub use cast::within;
pub use curve::Curve;
pub use figure::{Figure, frame_height};
pub use fit::Fit;
pub use fleet::Fleet;
pub use geometry::{MAX_SIDE_PX, Point, Rect, Size};
pub use hit::{Datum, Hits, Key, Move};
pub use map::Map;
pub use measure::{LETTERS, Letters, Measure, WidthTable};
pub use months::Months;
pub use odds::Odds;
pub use paint::{Device, NotMeasured, paint};
pub use scale::Scale;
pub use scene::{Align, Ink, Lean, Mark, Scene, Shade, Text, Weight};
pub use spend::Spend;
#[cfg(feature = "svg")]
pub use svg::{SvgError, to_svg};
pub use theme::{Palette, Rgb, SYSTEM_FONTS, Theme};
