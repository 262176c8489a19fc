//! `binpack`: what an instance registers, which type is the cheapest that holds a task, and how
//! many instances hold many tasks.

use berth_model::fleet::search::{Along, CandidateCost, Leg, LegLevel, Scale, cheapest};
use berth_model::fleet::{Candidate, Room, registered_from_total_bytes};
use berth_model::load::{Level, Pattern, WEEK_HOURS, Week};
use berth_model::money::Rate;
use berth_model::packing::{Amounts, Kind, Packed, UNLIMITED, first_fit, first_fit_decreasing};
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
                capacity: [0; 4],
                fee: None,
                credits: None,
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
        levels: vec![LegLevel {
            tasks: 1,
            floor: 0,
            kinds: Vec::new(),
            volume: berth_model::fleet::search::Volume::default(),
        }],
        zones: 1,
        target_percent: 100,
        packing: berth_model::scenario::PackingOverhead::NONE,
        already: 0,
        sizing: berth_model::scenario::Sizing::Cheapest,
        repacking: berth_model::fleet::search::Repacking::Hourly,
        crowd: None,
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

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Algorithm {
    /// First fit, in the order given.
    Ff,
    /// First fit decreasing.
    Ffd,
}

impl Algorithm {
    fn pack(self, capacity: &Amounts, kinds: &[Kind]) -> Packed {
        match self {
            Self::Ff => first_fit(capacity, kinds),
            Self::Ffd => first_fit_decreasing(capacity, kinds),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorInputs {
    algorithm: Algorithm,
    instance: Instance,
    items: Vec<Items>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instance {
    cpu_units: u64,
    memory_mib: Option<u64>,
    memory_bytes: Option<u64>,
    max_tasks: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Items {
    count: u64,
    cpu_units: u64,
    memory_mib: Option<u64>,
    memory_bytes: Option<u64>,
}

fn bytes(mib: Option<u64>, bytes: Option<u64>) -> Result<u64, String> {
    match (mib, bytes) {
        (Some(mib), None) => Ok(mib * 1024 * 1024),
        (None, Some(bytes)) => Ok(bytes),
        _ => Err("memory is given once, in MiB or in bytes".to_owned()),
    }
}

pub(crate) fn vector(value: &Value) -> Result<Results, String> {
    let inputs: VectorInputs = inputs(value)?;
    let Instance {
        cpu_units,
        memory_mib,
        memory_bytes,
        max_tasks,
    } = inputs.instance;
    let memory = bytes(memory_mib, memory_bytes)?;
    let capacity = [cpu_units, memory, 0, max_tasks.unwrap_or(UNLIMITED)];
    let kinds = inputs
        .items
        .iter()
        .map(|item| {
            Ok(Kind {
                needs: [
                    item.cpu_units,
                    bytes(item.memory_mib, item.memory_bytes)?,
                    0,
                    1,
                ],
                tasks: item.count,
            })
        })
        .collect::<Result<Vec<Kind>, String>>()?;
    let packed = inputs.algorithm.pack(&capacity, &kinds);
    let unplaced: u64 = packed.unplaced.iter().map(|(_, tasks)| tasks).sum();
    Ok(results([
        ("bins", Got::Number(packed.instances().into())),
        ("unplaced", Got::Number(unplaced.into())),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScalarInputs {
    algorithm: Algorithm,
    capacity: u64,
    items: Vec<u64>,
}

pub(crate) fn scalar(value: &Value) -> Result<Results, String> {
    let inputs: ScalarInputs = inputs(value)?;
    let runs = inputs.items.chunk_by(|a, b| a == b);
    let kinds: Vec<Kind> = runs
        .map(|run| Kind {
            needs: [run.first().copied().unwrap_or(0), 0, 0, 0],
            tasks: run.len() as u64,
        })
        .collect();
    let packed = inputs
        .algorithm
        .pack(&[inputs.capacity, 0, 0, UNLIMITED], &kinds);
    let mut contents: Vec<Got> = Vec::new();
    for group in &packed.groups {
        for _ in 0..group.instances {
            let held = group.holds.iter().flat_map(|(kind, tasks)| {
                let need = kinds.get(*kind).map_or(0, |kind| kind.needs[0]);
                (0..*tasks).map(move |_| Got::Number(need.into()))
            });
            contents.push(Got::List(held.collect()));
        }
    }
    Ok(results([
        ("bins", Got::Number(packed.instances().into())),
        ("contents", Got::List(contents)),
    ]))
}
