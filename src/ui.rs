//! The components of the page. They show, and hand edits to the state.

pub mod answer;
pub mod cluster;
pub mod controls;
pub mod daemons;
pub mod disclosure;
pub mod document;
pub mod field;
pub mod figure;
pub mod loading;
pub mod map;
pub mod needs;
pub mod notices;
pub mod options;
pub mod places;
pub mod ranges;
pub mod sentence;
pub mod services;
pub mod spend;
pub mod table;
pub mod toolbar;
pub mod week;
pub mod weights;

use crate::dom::{Element, el};

/// A section under its heading, which names it.
pub fn panel(name: &str, title: &str) -> Element {
    let title_id = [name, "-title"].concat();
    el("section")
        .class("panel")
        .attr("aria-labelledby", &title_id)
        .child(el("h2").attr("id", &title_id).text(title))
}
