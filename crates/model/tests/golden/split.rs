//! `strategy_split`: capacity provider strategies.

use std::collections::BTreeMap;

use berth_model::strategy::{self, Provider};
use serde::Deserialize;
use serde_json::Value;

use crate::case::{Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inputs {
    total_tasks: u32,
    strategy: Vec<Entry>,
    #[serde(default)]
    already_running: Running,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    provider: String,
    #[serde(default)]
    base: u32,
    #[serde(default)]
    weight: u64,
}

/// Tasks of the total that stand already: how many, or how many on which provider.
#[derive(Default, Deserialize)]
#[serde(untagged)]
enum Running {
    #[default]
    None,
    Count(u32),
    ByProvider(BTreeMap<String, u32>),
}

pub(crate) fn split(value: &Value) -> Result<Results, String> {
    let inputs: Inputs = inputs(value)?;
    let providers: Vec<Provider> = inputs
        .strategy
        .iter()
        .map(|entry| Provider {
            base: entry.base,
            // Anything above what the type holds is above what ECS takes as well.
            weight: u16::try_from(entry.weight).unwrap_or(u16::MAX),
        })
        .collect();
    if strategy::check(&providers).is_err() {
        return Ok(results([("valid", Got::Flag(false))]));
    }
    // Base and weights hold for the service's tasks as a whole, those that stand already
    // included; ECS moves none of them.
    let names: Vec<&String> = inputs
        .strategy
        .iter()
        .map(|entry| &entry.provider)
        .collect();
    let standing: Vec<u32> = match &inputs.already_running {
        Running::ByProvider(running) => {
            if let Some(other) = running.keys().find(|name| !names.contains(name)) {
                return Err(format!("already_running: {other:?} is not in the strategy"));
            }
            let count = |name: &&String| running.get(*name).copied().unwrap_or(0);
            names.iter().map(count).collect()
        }
        Running::None => Vec::new(),
        Running::Count(count) if *count <= inputs.total_tasks => Vec::new(),
        Running::Count(count) => {
            return Err(format!("already_running: {count} are more than all"));
        }
    };
    let counts = strategy::split_beside(&providers, &standing, inputs.total_tasks)
        .ok_or("already_running: more than all")?;
    let split: BTreeMap<&String, u32> = names.into_iter().zip(counts).collect();
    let mut results = results([("valid", Got::Flag(true))]);
    results.extend(
        split
            .into_iter()
            .map(|(name, count)| (name.clone(), Got::Number(count.into()))),
    );
    Ok(results)
}
