//! `capacity_reservation`: the metric of managed scaling. Beside it what a fleet pays for idle
//! capacity: `breakeven multiplier`, and capacity reservations of `ec2_cost`.

use berth_model::fleet::capacity_reservation::{Charged, hours_of};
use berth_model::fleet::scaling::{capacity_provider_reservation, next_step, paid_for_each_used};
use berth_model::fleet::{Room, instances_for};
use berth_model::units::{GRAINS_PER_1024TH, Gib, Vcpu};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use crate::case::{Exact, Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricInputs {
    #[serde(rename = "instances_needed_M")]
    needed: Option<u64>,
    #[serde(rename = "instances_running_N")]
    running: Option<u64>,
    target_capacity: Option<u64>,
    tasks: Option<u64>,
    task: Option<Size>,
    instance: Option<Size>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    cpu_units: Option<u32>,
    memory_mib: Option<u32>,
}

impl MetricInputs {
    /// Instances that hold the tasks, packed as closely as they go; `None` where the case tells
    /// nothing of tasks.
    fn packed(&self) -> Result<Option<u64>, String> {
        let (tasks, task, instance) = match (self.tasks, &self.task, &self.instance) {
            (None, None, None) => return Ok(None),
            (Some(tasks), Some(task), Some(instance)) => (tasks, task, instance),
            _ => return Err("tasks: needs task and instance, and they need it".to_owned()),
        };
        // What is not given is no limit.
        let grains = |count: Option<u32>| {
            count.map_or(u64::MAX, |count| {
                u64::from(count) * u64::from(GRAINS_PER_1024TH)
            })
        };
        let room = Room {
            vcpu_grains: grains(instance.cpu_units),
            memory_grains: grains(instance.memory_mib),
        };
        let vcpu = Vcpu::from_cpu_units(task.cpu_units.unwrap_or(0)).ok_or("too many CPU units")?;
        let memory = Gib::from_mib(task.memory_mib.unwrap_or(0)).ok_or("too much memory")?;
        match room.fit(vcpu, memory).tasks {
            0 => Err("the instance holds no task".to_owned()),
            each => Ok(Some(instances_for(tasks, each, 1))),
        }
    }
}

pub(crate) fn cpr(value: &Value) -> Result<Results, String> {
    let inputs: MetricInputs = inputs(value)?;
    let needed = match (inputs.needed, inputs.packed()?) {
        (Some(needed), Some(packed)) if needed != packed => {
            return Err(format!("{needed} are needed, and {packed} hold the tasks"));
        }
        (Some(needed), _) | (None, Some(needed)) => needed,
        (None, None) => return Err("nothing says how many are needed".to_owned()),
    };
    let target = inputs.target_capacity.unwrap_or(100);
    if !(1..=100).contains(&target) {
        return Err(format!("target_capacity: {target} is not in 1 to 100"));
    }
    // Where nothing is said of what runs, only the target can be known.
    let running = inputs.running.unwrap_or(needed);
    let desired = Decimal::from(next_step(needed, running, target));
    let mut results = results([("desired", Got::Number(desired))]);
    if inputs.running.is_some() {
        let metric = capacity_provider_reservation(needed, running);
        results.insert("metric".to_owned(), Got::Number(metric));
    }
    Ok(results)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmptyInputs {
    empty_instances: u64,
}

/// The guide of 2023 takes one from 100 for each empty instance. The metric does that where a
/// hundred run, and nowhere else.
pub(crate) fn cpr_empty(value: &Value) -> Result<Results, String> {
    let inputs: EmptyInputs = inputs(value)?;
    let needed = 100_u64
        .checked_sub(inputs.empty_instances)
        .ok_or("more than a hundred are empty")?;
    let metric = capacity_provider_reservation(needed, 100);
    Ok(results([("metric", Got::Number(metric))]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UtilisationInputs {
    utilisation: Exact,
}

pub(crate) fn multiplier(value: &Value) -> Result<Results, String> {
    let inputs: UtilisationInputs = inputs(value)?;
    let multiplier = paid_for_each_used(inputs.utilisation.0).ok_or("nothing is used")?;
    Ok(results([("multiplier", Got::Number(multiplier))]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReservationInputs {
    reserved: u64,
    used: u64,
}

pub(crate) fn odcr(value: &Value) -> Result<Results, String> {
    let inputs: ReservationInputs = inputs(value)?;
    let charged = Charged::of(inputs.reserved, inputs.used);
    Ok(results([
        ("charged_active", Got::Number(charged.running().into())),
        ("charged_unused", Got::Number(charged.unused.into())),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReservedTimeInputs {
    #[serde(default)]
    hours: Option<Exact>,
    #[serde(default)]
    minutes: Option<Exact>,
}

pub(crate) fn odcr_hours(value: &Value) -> Result<Results, String> {
    let inputs: ReservedTimeInputs = inputs(value)?;
    let seconds = |time: Option<Exact>, each: u32| {
        time.map_or(Decimal::ZERO, |time| time.0) * Decimal::from(each)
    };
    let hours = hours_of(seconds(inputs.hours, 3_600) + seconds(inputs.minutes, 60));
    Ok(results([("reservation_hours", Got::Number(hours))]))
}
