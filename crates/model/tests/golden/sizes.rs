//! `fargate_valid_size`: which task sizes Fargate takes, and how task definitions write them.

use berth_model::fargate::{sizes, takes_ephemeral_parameter};
use berth_model::platform::Os;
use berth_model::units::{Gib, QuantityError, Vcpu};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::case::{Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SizeInputs {
    #[serde(default, rename = "as_written")]
    _as_written: IgnoredAny,
    os: String,
    cpu_units: u32,
    memory_mib: u32,
    ephemeral_gib: Option<u16>,
}

fn system(id: &str) -> Result<Os, String> {
    Os::from_id(id).ok_or_else(|| format!("os {id:?} is unknown"))
}

pub(crate) fn valid_size(value: &Value) -> Result<Results, String> {
    let inputs: SizeInputs = inputs(value)?;
    let size = sizes::Size::new(system(&inputs.os)?, inputs.cpu_units, inputs.memory_mib);
    let storage = inputs.ephemeral_gib.is_none_or(takes_ephemeral_parameter);
    Ok(results([("valid", Got::Flag(size.is_some() && storage))]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowInputs {
    os: String,
    cpu_units: u32,
}

pub(crate) fn valid_size_row(value: &Value) -> Result<Results, String> {
    let inputs: RowInputs = inputs(value)?;
    let row = sizes::all(system(&inputs.os)?)
        .filter(|size| size.cpu_units() == inputs.cpu_units)
        .map(|size| Got::Number(size.memory_mib().into()));
    Ok(results([("memory_mib", Got::List(row.collect()))]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParseInputs {
    strings: Vec<String>,
}

/// Numbers without a unit are 1024ths of a vCPU or of a GiB alike.
pub(crate) fn parse(value: &Value) -> Result<Results, String> {
    let inputs: ParseInputs = inputs(value)?;
    let read = |text: &String| -> Result<Got, QuantityError> {
        let number = match Gib::parse_task_definition(text) {
            Ok(gib) => gib.decimal(),
            Err(_) => Vcpu::parse_task_definition(text)?.decimal(),
        };
        Ok(Got::Number(number))
    };
    let values = inputs
        .strings
        .iter()
        .map(|text| read(text).unwrap_or(Got::Nothing));
    Ok(results([("values", Got::List(values.collect()))]))
}
