//! The components of the page. They show, and hand edits to the state.

pub mod answer;
pub mod assumptions;
pub mod controls;
pub mod curve;
pub mod daemons;
pub mod disclosure;
pub mod field;
pub mod figure;
pub mod interview;
pub mod loading;
pub mod matrix;
pub mod needs;
pub mod notices;
pub mod options;
pub mod places;
pub mod sentence;
pub mod services;
pub mod spend;
pub mod table;
pub mod toolbar;
pub mod week;
