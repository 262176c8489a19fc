//! The feed of Fargate Spot prices, `fargate-spot-prices.json`.

use std::collections::BTreeMap;
use std::path::Path;

use berth_model::platform::{Arch, Os};
use berth_model::prices::FargateDimension;
use serde::Deserialize;

use super::amount;
use super::ec2::Priced;
use super::json_file;
use super::refused::{Place, Problem, Refused};
use super::usage::FargateUse;

/// The name of the file.
pub(super) const FILE: &str = "fargate-spot-prices.json";

#[derive(Deserialize)]
struct Feed {
    prices: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    unit: String,
    price: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
}

/// Reads the prices of a region; `None` where the feed does not have it.
pub(super) fn read(
    path: &Path,
    region: &str,
) -> Result<Option<BTreeMap<FargateUse, Priced>>, Refused> {
    let feed: Feed = json_file::read_value(path)?;
    let mut prices = BTreeMap::new();
    for row in &feed.prices {
        if row.attributes.get("aws:region").map(String::as_str) != Some(region) {
            continue;
        }
        let place = Place::key(format!("{region} {}", row.unit));
        take(&mut prices, &place, row).map_err(|problem| problem.in_file(path))?;
    }
    Ok(Some(prices).filter(|prices| !prices.is_empty()))
}

fn take(
    prices: &mut BTreeMap<FargateUse, Priced>,
    place: &Place,
    row: &Row,
) -> Result<(), Problem> {
    let (arch, dimension) = match row.unit.as_str() {
        "vCPU-Hours" => (Arch::X86, FargateDimension::Vcpu),
        "GB-Hours" => (Arch::X86, FargateDimension::Memory),
        "ARM-vCPU-Hours" => (Arch::Arm, FargateDimension::Vcpu),
        "ARM-GB-Hours" => (Arch::Arm, FargateDimension::Memory),
        _ => return Ok(()),
    };
    let Some(text) = row.price.get("USD") else {
        return Err(Problem::at(place, "price: no USD"));
    };
    let rate = amount::scientific(place, "USD", text, amount::MOST_FARGATE_HOUR)?;
    let here = Priced {
        rate,
        place: place.clone(),
    };
    match prices.insert((Os::Linux, Some(arch), dimension), here) {
        Some(known) if known.rate != rate => {
            let expected = format!("{}, what the region's first price is", known.rate);
            Err(Problem::value(place, "USD", text, &expected))
        }
        _ => Ok(()),
    }
}
