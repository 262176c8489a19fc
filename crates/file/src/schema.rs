//! The JSON Schemas of files, reports and receipts, made from the types that are read and written.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::receipt::Receipt;
use crate::report::Report;
use crate::scenario::ScenarioFile;

/// The documents that have a schema.
pub const NAMES: [&str; 3] = ["scenario", "report", "receipt"];

/// The schema of a document by its name, as it is published; `None` for what is not in [`NAMES`].
pub fn of(name: &str) -> Option<String> {
    let schema = match name {
        "scenario" => schema::<ScenarioFile>(),
        "report" => schema::<Report>(),
        "receipt" => schema::<Receipt>(),
        _ => return None,
    };
    // A schema is JSON already.
    let mut text = serde_json::to_string_pretty(&schema).ok()?;
    text.push('\n');
    Some(text)
}

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>()
}
