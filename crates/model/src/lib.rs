//! The shared cost model and decision matrix of Berth.
//!
//! Pure: no clock, no randomness, no input or output, no locale, no web. Everything that
//! decides or computes lives here; the page and the command line only show it.
//!
//! The way through the rooms: a [`scenario`] (what a person can set) meets a price book
//! ([`prices`]); [`fargate`] and [`fleet`] bill it, and [`report`] gathers the answer.

#[macro_use]
mod ids;

mod exact;

pub mod beside;
pub mod bill;
pub mod bring_back;
pub mod cluster;
pub mod commitment;
pub mod compare;
pub mod criteria;
pub mod curve;
pub mod date;
pub mod decision;
pub mod drivers;
pub mod eligibility;
pub mod explain;
pub mod fargate;
pub mod fleet;
pub mod flips;
pub mod inputs;
pub mod load;
pub mod map;
pub mod marginal;
pub mod matrix;
pub mod money;
pub mod near_fit;
pub mod needs;
pub mod option;
pub mod order;
pub mod packing;
pub mod placement;
pub mod platform;
pub mod presets;
pub mod prices;
pub mod pricing;
pub mod purchase;
pub mod quotas;
pub mod report;
pub mod scenario;
pub mod share;
pub mod spot;
pub mod staff;
pub mod strategy;
pub mod stress;
pub mod sure;
pub mod sweep;
pub mod units;
pub mod words;

pub use cluster::evaluate_cluster;
pub use report::{evaluate, evaluate_service};

/// The version of this model, which reports and receipts name.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
