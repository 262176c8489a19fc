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
    let mut counts = vec![0; providers.len()];
    strategy::split(&providers, inputs.total_tasks, &mut counts);
    let names = inputs.strategy.iter().map(|entry| &entry.provider);
    let split: BTreeMap<&String, u32> = names.zip(counts).collect();
    // Base and weights hold for the service's tasks as a whole, those that stand already
    // included; ECS moves none of them.
    let fits = match &inputs.already_running {
        Running::None => true,
        Running::Count(count) => *count <= inputs.total_tasks,
        Running::ByProvider(running) => running
            .iter()
            .all(|(name, count)| split.get(name).is_some_and(|share| count <= share)),
    };
    if !fits {
        return Err("already_running: more than the split leaves; tasks are not moved".to_owned());
    }
    let mut results = results([("valid", Got::Flag(true))]);
    results.extend(
        split
            .into_iter()
            .map(|(name, count)| (name.clone(), Got::Number(count.into()))),
    );
    Ok(results)
}
