//! What the model's registry of inputs says of a field, for the schema: limits, choices, unit and
//! default.

use berth_model::inputs::{self, InputId, Kind};
use berth_model::scenario::PercentRange;
use schemars::Schema;
use serde_json::{Value, json};

use crate::scenario::baseline;

/// Adds what the registry says of an input to the schema of its field.
pub(crate) fn of(id: InputId) -> impl Fn(&mut Schema) {
    move |schema| {
        required(id)(schema);
        let default = inputs::get(&baseline(), 0, id);
        if let Some(default) = default.filter(|text| !text.is_empty()) {
            schema.insert("default".to_owned(), value(id, &default));
        }
    }
}

/// The same for a field that must be there.
pub(crate) fn required(id: InputId) -> impl Fn(&mut Schema) {
    move |schema| {
        let input = id.input();
        match input.kind {
            Kind::Number { min, max, .. } => {
                schema.insert("minimum".to_owned(), number(min));
                schema.insert("maximum".to_owned(), number(max));
                if !input.unit.is_empty() {
                    schema.insert("unit".to_owned(), input.unit.into());
                }
            }
            Kind::Choice(choices) => {
                let ids: Vec<&str> = choices.iter().map(|(id, _)| *id).collect();
                one_of(ids)(schema);
            }
            Kind::Text(_) | Kind::Switch | Kind::Set => {}
        }
    }
}

/// Says that a number lies within limits.
pub(crate) fn within(min: &'static str, max: &'static str) -> impl Fn(&mut Schema) {
    move |schema| {
        schema.insert("minimum".to_owned(), number(min));
        schema.insert("maximum".to_owned(), number(max));
    }
}

/// Says between which percentages a range lies, and what it is by default.
pub(crate) fn range(default: PercentRange, (least, most): (u16, u16)) -> impl Fn(&mut Schema) {
    move |schema| {
        let (low, high) = (default.low(), default.high());
        schema.insert("minimum_percent".to_owned(), least.into());
        schema.insert("maximum_percent".to_owned(), most.into());
        schema.insert(
            "default".to_owned(),
            json!({ "low_percent": low, "high_percent": high }),
        );
    }
}

/// Says that a text is one of a list.
pub(crate) fn one_of(ids: Vec<&'static str>) -> impl Fn(&mut Schema) {
    move |schema| {
        let mut allowed: Vec<Value> = ids.iter().map(|&id| id.into()).collect();
        // A field that may be left out may be null as well.
        if schema.get("type").is_some_and(Value::is_array) {
            allowed.push(Value::Null);
        }
        schema.insert("enum".to_owned(), allowed.into());
    }
}

/// Says that fields, given by name with space between, are there even where they are null.
pub(crate) fn always(fields: &'static str) -> impl Fn(&mut Schema) {
    move |schema| {
        let required = schema.get_mut("required").and_then(Value::as_array_mut);
        if let Some(required) = required {
            required.extend(fields.split(' ').map(Value::from));
        }
    }
}

/// Says that every entry of a list is one of these.
pub(crate) fn each_of(ids: Vec<&'static str>) -> impl Fn(&mut Schema) {
    move |schema| {
        if let Some(Value::Object(items)) = schema.get_mut("items") {
            items.insert("enum".to_owned(), json!(ids));
        }
    }
}

fn value(id: InputId, text: &str) -> Value {
    match id.input().kind {
        Kind::Number { .. } => number(text),
        Kind::Switch => (text == "on").into(),
        Kind::Choice(_) | Kind::Text(_) | Kind::Set => text.into(),
    }
}

/// A limit as JSON; those of the registry are short enough to be exact.
fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}
