//! The scenario file, the report and the receipt of Berth as JSON.
//!
//! A scenario file holds what a link holds. [`scenario::read`] makes a
//! [`Scenario`](berth_model::scenario::Scenario) of one, or says which field is wrong and what it
//! takes; [`scenario::write`] makes the shortest file of a scenario.
//!
//! | module | its job |
//! |---|---|
//! | `json` | JSON read strictly: every error has the path of its field |
//! | `number` | numbers, exact, as they are written |
//! | `scenario` | the scenario file: shape, reading, writing |
//! | `limits` | what the model's registry of inputs says of a field, for the schema |
//! | `report` | an answer as JSON |
//! | `receipt` | one number's whole chain, and whether it holds |
//! | `schema` | the JSON Schemas of all three, made from the types |

#[macro_use]
mod json;

mod limits;
mod number;
pub mod receipt;
pub mod report;
pub mod scenario;
pub mod schema;

pub use json::{FileError, MAX_BYTES};
pub use number::Number;

/// The version of the files that this crate reads and writes.
pub const VERSION: u32 = 1;
