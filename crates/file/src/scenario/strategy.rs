//! Capacity provider strategies, as ECS takes them and as the model keeps them.

use std::fmt;

use berth_model::inputs::InputId as Id;
use berth_model::strategy::{self, MAX_PROVIDERS, MAX_WEIGHT, Provider, Strategy};

use super::read::{Setter, number_or};
use super::shape::{self, PROVIDERS};
use crate::json::{FileError, Path};

/// One provider of a strategy.
struct Entry {
    /// Fargate, EC2 or Managed Instances.
    place: &'static str,
    spot: bool,
    provider: Provider,
}

/// Reduces a list of providers to on-demand's base and the summed weights of on-demand and Spot.
pub(super) fn reduced(list: &[shape::Provider], path: Path<'_>) -> Result<Strategy, FileError> {
    let path = path.field("providers");
    if list.is_empty() {
        return Err(says(
            path,
            format_args!(" is empty. Allowed: 1 to {MAX_PROVIDERS} providers."),
        ));
    }
    if list.len() > MAX_PROVIDERS {
        return Err(says(
            path,
            format_args!(
                " has {} providers. Allowed: 1 to {MAX_PROVIDERS}.",
                list.len()
            ),
        ));
    }
    let mut entries = Vec::with_capacity(list.len());
    for (index, given) in list.iter().enumerate() {
        entries.push(entry(given, path.place(index))?);
    }
    let providers: Vec<Provider> = entries.iter().map(|entry| entry.provider).collect();
    strategy::check(&providers).map_err(|error| says(path, format_args!(": {error}.")))?;
    let mut places: Vec<&str> = entries.iter().map(|entry| entry.place).collect();
    places.dedup();
    if let [one, other, ..] = places.as_slice() {
        return Err(says(
            path,
            format_args!(
                ": a strategy takes providers of one type, and this one mixes {one} with {other}."
            ),
        ));
    }
    if let Some(index) = entries
        .iter()
        .position(|entry| entry.spot && entry.provider.base > 0)
    {
        return Err(says(
            path.place(index).field("base"),
            ": a base is kept on an on-demand provider alone. Move it there, or leave it out.",
        ));
    }
    let base = entries
        .iter()
        .map(|entry| entry.provider.base)
        .max()
        .unwrap_or(0);
    let sum = |spot: bool| -> u32 {
        let of = entries.iter().filter(|entry| entry.spot == spot);
        of.map(|entry| u32::from(entry.provider.weight)).sum()
    };
    let (on_demand, spot) = (sum(false), sum(true));
    let shared = if on_demand.max(spot) > u32::from(MAX_WEIGHT) {
        gcd(on_demand, spot).max(1)
    } else {
        1
    };
    let weight = |sum: u32| u16::try_from(sum / shared).ok();
    let strategy = weight(on_demand)
        .zip(weight(spot))
        .and_then(|(on_demand, spot)| Strategy::new(base, on_demand, spot));
    strategy.ok_or_else(|| {
        says(
            path,
            format_args!(
                ": the weights add up to {on_demand} on-demand and {spot} on Spot, which are kept up to {MAX_WEIGHT} each and share no divisor that brings them there."
            ),
        )
    })
}

fn entry(given: &shape::Provider, path: Path<'_>) -> Result<Entry, FileError> {
    let (place, spot) = match given.provider.as_str() {
        "FARGATE" => ("Fargate", false),
        "FARGATE_SPOT" => ("Fargate", true),
        "ec2" => ("EC2", false),
        "ec2_spot" => ("EC2", true),
        "managed_instances" => ("Managed Instances", false),
        "managed_instances_spot" => ("Managed Instances", true),
        other => {
            let short: String = other.chars().take(60).collect();
            let allowed = PROVIDERS.join(", ");
            return Err(says(
                path.field("provider"),
                format_args!(": “{short}” is not known. Allowed: {allowed}."),
            ));
        }
    };
    // The registry knows the limits of each; a strategy to try them on stands ready.
    let mut setter = Setter::new();
    setter.text(path, Id::Strategy, Some("0.1.1"))?;
    setter.number(path.field("base"), Id::SpotBase, given.base.as_ref())?;
    setter.number(path.field("weight"), Id::SpotWeight, given.weight.as_ref())?;
    let base = given.base.as_ref().map_or("0", number_or);
    let weight = given.weight.as_ref().map_or("0", number_or);
    Ok(Entry {
        place,
        spot,
        provider: Provider {
            base: base.parse().unwrap_or(0),
            weight: weight.parse().unwrap_or(0),
        },
    })
}

fn says(path: Path<'_>, what: impl fmt::Display) -> FileError {
    FileError::at(path, what)
}

const fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
