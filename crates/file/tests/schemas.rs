//! The published schemas are those of the types, and take what the types write.

use std::fs;
use std::path::Path;

use berth_file::schema;
use serde_json::Value;

#[test]
fn the_published_schemas_are_those_of_the_types() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    for name in schema::NAMES {
        let file = format!("{name}.schema.json");
        let published = fs::read_to_string(docs.join(&file)).unwrap_or_default();
        assert!(
            published == schema::of(name).unwrap(),
            "docs/{file} is not what the types give. Write it anew: cargo run -p berth-cli -- schema {name} > docs/{file}"
        );
    }
    assert_eq!(schema::of("bill"), None);
}

/// What a schema has at a path of keys.
fn at<'a>(schema: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(schema, |value, key| &value[*key])
}

#[test]
fn the_schema_of_the_file_states_what_the_reader_enforces() {
    let schema: Value = serde_json::from_str(&schema::of("scenario").unwrap()).unwrap();
    assert_eq!(
        schema["required"],
        serde_json::json!(["version", "region", "services"])
    );
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(
        at(&schema, &["properties", "hours_per_month", "default"]),
        730
    );
    assert_eq!(
        at(&schema, &["$defs", "Service", "required"]),
        &serde_json::json!(["task", "load"])
    );
    let vcpu = at(&schema, &["$defs", "Task", "properties", "vcpu"]);
    assert_eq!(
        (&vcpu["minimum"], &vcpu["maximum"]),
        (&0.01.into(), &192.into())
    );
    for kind in at(&schema, &["$defs", "Load", "oneOf"]).as_array().unwrap() {
        assert_eq!(kind["additionalProperties"], false, "{kind}");
        assert!(
            kind["required"]
                .as_array()
                .unwrap()
                .contains(&"kind".into())
        );
    }
    let needs = at(
        &schema,
        &["$defs", "Service", "properties", "needs", "items", "enum"],
    );
    assert_eq!(
        needs.as_array().unwrap().len(),
        berth_model::needs::Need::ALL.len()
    );
}
