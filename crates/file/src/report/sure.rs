//! How sure an answer is, as JSON.

use berth_model::explain::SureWords;
use berth_model::option::Place;
use berth_model::scenario::Ranges;
use berth_model::sure::{self, Confidence};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

/// A sample of cases within the scenario's ranges, each evaluated like any scenario. The same
/// scenario has the same sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sure {
    /// What it comes to, in a sentence.
    pub sentence: String,
    /// How many cases there are.
    pub cases: u32,
    /// The ranges that are sampled, those at their defaults too, in percent.
    pub ranges: SureRanges,
    /// Options that win in some of the cases, the most frequent first.
    pub wins: Vec<Win>,
    /// What the cheapest option costs; absent where nothing can run the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winner: Option<Costs>,
    /// Each place that can run the service in some of the cases: what its cheapest option costs.
    pub places: Vec<PlaceCosts>,
    /// Where the uncertainty of the margin between the place to take and the best of the others
    /// comes from, the largest share first.
    pub doubts: Vec<Doubt>,
}

/// From how many to how many percent, such as `80-150`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SureRanges {
    /// Spot prices.
    pub spot: String,
    /// The load.
    pub load: String,
    /// Instances for each one that packing needs.
    pub packing: String,
    /// List prices that are a year older than the newest.
    pub year_old_price: String,
}

/// An option that wins in some of the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Win {
    /// Which.
    pub option: String,
    /// In how many of them.
    pub cases: u32,
}

/// Costs over the cases, in US dollars a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// One case in twenty costs no more.
    pub p5_usd: String,
    /// Half of them cost no more.
    pub p50_usd: String,
    /// Nineteen in twenty cost no more.
    pub p95_usd: String,
    /// Cases in which there is a cost.
    pub cases: u32,
}

/// A place over the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceCosts {
    /// Which.
    pub place: String,
    /// In how many cases one of its options wins.
    pub wins: u32,
    /// What its cheapest option costs.
    pub costs: Costs,
}

/// An input that uncertainty comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// The field of `ranges`.
    pub range: String,
    /// Its first-order share of the variance of the margin, 0 to 1.
    pub share: String,
}

impl Sure {
    /// A sample of a scenario with these ranges.
    pub fn of(ranges: Ranges, found: &Confidence) -> Self {
        let wins = found.wins.iter().map(|(option, cases)| Win {
            option: option.to_string(),
            cases: *cases,
        });
        let places = Place::ALL.iter().zip(found.places).zip(found.place_wins);
        let places = places.filter_map(|((place, band), wins)| {
            Some(PlaceCosts {
                place: place.id().to_owned(),
                wins,
                costs: Costs::of(band?),
            })
        });
        let doubts = found.doubts.iter().map(|doubt| Doubt {
            range: field(doubt.input).to_owned(),
            share: Decimal::new(doubt.thousandths.into(), 3)
                .normalize()
                .to_string(),
        });
        Self {
            sentence: SureWords::of(found).sentence.plain(),
            cases: found.cases,
            ranges: SureRanges {
                spot: ranges.spot.to_string(),
                load: ranges.load.to_string(),
                packing: ranges.packing.to_string(),
                year_old_price: ranges.price.to_string(),
            },
            wins: wins.collect(),
            winner: found.winner.map(Costs::of),
            places: places.collect(),
            doubts: doubts.collect(),
        }
    }
}

/// The field of a file that holds the range of an input.
const fn field(input: berth_model::inputs::InputId) -> &'static str {
    use berth_model::inputs::InputId as Id;
    match input {
        Id::RangeSpot => "spot",
        Id::RangeLoad => "load",
        Id::RangePacking => "packing",
        _ => "year_old_price",
    }
}

impl Costs {
    fn of(band: sure::Band) -> Self {
        Self {
            p5_usd: band.low.to_six_decimals(),
            p50_usd: band.middle.to_six_decimals(),
            p95_usd: band.high.to_six_decimals(),
            cases: band.cases,
        }
    }
}
