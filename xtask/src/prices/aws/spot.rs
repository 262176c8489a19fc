//! The feed of EC2 Spot prices, `spot.json`: the price of each type in a region, or `N/A*`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use berth_model::platform::Os;
use serde::Deserialize;

use super::amount;
use super::ec2::{Priced, is_type};
use super::json_file;
use super::refused::{Place, Problem, Refused};

/// The name of the file.
pub(super) const FILE: &str = "spot.json";

/// Regions that the feed calls by names of its own.
const REGIONS: [(&str, &str); 6] = [
    ("us-east", "us-east-1"),
    ("us-west", "us-west-1"),
    ("eu-ireland", "eu-west-1"),
    ("apac-sin", "ap-southeast-1"),
    ("apac-syd", "ap-southeast-2"),
    ("apac-tokyo", "ap-northeast-1"),
];

/// What the feed says of a region.
#[derive(Debug, Default)]
pub(super) struct Spot {
    pub(super) prices: BTreeMap<(Os, String), Priced>,
    /// Types that cannot be had on Spot: `N/A*`.
    pub(super) unavailable: BTreeSet<(Os, String)>,
}

#[derive(Deserialize)]
struct Feed {
    config: Config,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    #[serde(default)]
    rate: Option<String>,
    regions: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    region: String,
    instance_types: Vec<Family>,
}

#[derive(Deserialize)]
struct Family {
    sizes: Vec<Size>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Size {
    size: String,
    value_columns: Vec<Column>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
    prices: BTreeMap<String, String>,
}

/// Reads what the feed says of a region; `None` where it does not have it.
pub(super) fn read(path: &Path, region: &str) -> Result<Option<Spot>, Refused> {
    let refuse = |problem: Problem| problem.in_file(path);
    let feed: Feed = json_file::read_value(path)?;
    if let Some(rate) = feed.config.rate.as_deref().filter(|rate| *rate != "perhr") {
        let what = format!("config.rate: `{rate}` is not perhr");
        return Err(refuse(Problem::whole(what)));
    }
    let mut spot = None;
    for listed in &feed.config.regions {
        let own = REGIONS.iter().find(|(name, _)| *name == listed.region);
        if own.map_or(listed.region.as_str(), |(_, code)| code) != region {
            continue;
        }
        let spot = spot.get_or_insert_with(Spot::default);
        for size in listed
            .instance_types
            .iter()
            .flat_map(|family| &family.sizes)
        {
            for column in &size.value_columns {
                take(spot, size, column).map_err(refuse)?;
            }
        }
    }
    Ok(spot)
}

fn take(spot: &mut Spot, size: &Size, column: &Column) -> Result<(), Problem> {
    let os = match column.name.as_str() {
        "linux" => Os::Linux,
        "mswin" => Os::Windows,
        _ => return Ok(()),
    };
    let place = Place::key(format!("{} {}", size.size, column.name));
    if !is_type(&size.size) {
        let expected = "a type such as m7g.large";
        return Err(Problem::value(&place, "size", &size.size, expected));
    }
    let Some(text) = column.prices.get("USD") else {
        return Err(Problem::at(&place, "prices: no USD"));
    };
    let key = (os, size.size.clone());
    if text.starts_with("N/A") {
        spot.unavailable.insert(key);
        return Ok(());
    }
    let rate = amount::scientific(&place, "USD", text, amount::MOST_INSTANCE_HOUR)?;
    match spot.prices.get(&key) {
        Some(known) if known.rate != rate => {
            let expected = format!("{}, what the type's first price is", known.rate);
            Err(Problem::value(&place, "USD", text, &expected))
        }
        _ => {
            spot.prices.insert(key, Priced { rate, place });
            Ok(())
        }
    }
}
