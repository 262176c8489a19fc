//! `binpack`: what an instance registers, and which type is the cheapest that holds a task.

use berth_model::fleet::search::{Along, CandidateCost, Leg, LegLevel, Scale, cheapest};
use berth_model::fleet::{Candidate, Room, registered_from_total_bytes};
use berth_model::load::{Level, Pattern, WEEK_HOURS, Week};
use berth_model::money::Rate;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::prices::{PriceBook, Quote, SourceId};
use berth_model::pricing::Percent;
use berth_model::scenario::HoursPerMonth;
use berth_model::units::{GRAINS_PER_1024TH, Gib, Vcpu};
use serde::Deserialize;
use serde_json::Value;

use crate::case::{Exact, Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemoryInputs {
    total_memory_bytes: u64,
    #[serde(default)]
    reserved_mib: u64,
}

pub(crate) fn registered_memory(value: &Value) -> Result<Results, String> {
    let inputs: MemoryInputs = inputs(value)?;
    let mib = registered_from_total_bytes(inputs.total_memory_bytes, inputs.reserved_mib);
    Ok(results([("registered_mib", Got::Number(mib.into()))]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FitInputs {
    item: Item,
    types: Vec<Type>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    cpu_units: u32,
    memory_mib: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    name: String,
    cpu_units: u32,
    memory_mib: u32,
    price: Exact,
}

/// One task all week on one instance of each type, searched as the model searches a fleet.
pub(crate) fn cheapest_fit(value: &Value) -> Result<Results, String> {
    let mut inputs: FitInputs = inputs(value)?;
    inputs.types.sort_by(|a, b| a.name.cmp(&b.name));
    let item = &inputs.item;
    let vcpu = Vcpu::from_cpu_units(item.cpu_units).ok_or("too many CPU units")?;
    let memory = Gib::from_mib(item.memory_mib).ok_or("too much memory")?;

    // Types of a book, with the room that the case gives them.
    let mut book = PriceBook::parse(US_EAST_1).map_err(|error| error.to_string())?;
    let template = book.types.first().cloned().ok_or("an empty book")?;
    book.types.clear();
    let mut candidates = Vec::new();
    let mut quotes = Vec::new();
    for (index, offer) in inputs.types.iter().enumerate() {
        let mut instance = template.clone();
        instance.name = offer.name.as_str().into();
        book.types.push(instance);
        let grains = |count: u32| u64::from(count) * u64::from(GRAINS_PER_1024TH);
        let room = Room {
            vcpu_grains: grains(offer.cpu_units),
            memory_grains: grains(offer.memory_mib),
        };
        let fit = room.fit(vcpu, memory);
        if fit.tasks > 0 {
            candidates.push(Candidate {
                index,
                fit,
                fee: None,
            });
        }
        quotes.push(Quote {
            rate: Rate::parse(&offer.price.0.to_string()).ok_or("no price")?,
            source: SourceId::new(0),
        });
    }

    let pattern = Pattern::Hourly(Week {
        order: Vec::new(),
        levels: vec![Level {
            tasks: 1,
            hours: WEEK_HOURS,
        }],
        moves: Vec::new(),
    });
    let leg = Leg {
        pattern: &pattern,
        levels: vec![LegLevel { tasks: 1, floor: 0 }],
        zones: 1,
        target_percent: 100,
        sizing: berth_model::scenario::Sizing::Cheapest,
        repacking: berth_model::fleet::search::Repacking::Hourly,
    };
    let scale = Scale::new(
        HoursPerMonth::default(),
        Along::default(),
        Percent::default(),
    );
    let pick = cheapest(&leg, (&book, scale), &candidates, |candidate| {
        Some(CandidateCost {
            hour: scale.hour(*quotes.get(candidate.index)?, None),
            reserved_hour: None,
        })
    });
    let choice = pick.and_then(|pick| inputs.types.get(pick.candidate.index));
    let choice = choice.map_or(Got::Nothing, |offer| Got::Text(offer.name.clone()));
    Ok(results([("choice", choice)]))
}
