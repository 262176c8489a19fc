//! Whole figures: their pictures, and what holds for every picture.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "figures/fit.rs"]
mod fit;
#[path = "figures/layout.rs"]
mod layout;
#[path = "figures/map.rs"]
mod map;
#[path = "figures/months.rs"]
mod months;
#[path = "figures/odds.rs"]
mod odds;
#[path = "figures/painter.rs"]
mod painter;
#[path = "figures/pictures.rs"]
mod pictures;
#[path = "figures/states.rs"]
mod states;
