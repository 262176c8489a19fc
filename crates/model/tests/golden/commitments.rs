//! `savings_plan`, and what `ec2_cost` has of Reserved Instances: owned commitments over usage.

use std::collections::BTreeMap;

use berth_model::commitment::normalised::{self, Wanted};
use berth_model::commitment::stack::{self, Commitments, Item, Level, Subject};
use berth_model::commitment::{self, Usage};
use berth_model::money::Usd;
use berth_model::platform::Os;
use berth_model::purchase::{Commitment, CommitmentKind};
use berth_model::scenario::{
    FamilyName, OwnedPlan, OwnedReservation, PlanAmount, ReservedCount, TypeName,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Deserialize;
use serde_json::Value;

use crate::case::{Exact, Got, Results, inputs, results};

const COMPUTE: Commitment = Commitment::one_year_no_upfront(CommitmentKind::ComputeSavingsPlan);
const OF_FAMILY: Commitment =
    Commitment::one_year_no_upfront(CommitmentKind::Ec2InstanceSavingsPlan);

fn reservation(name: &str, count: u32) -> Result<Option<OwnedReservation>, String> {
    if count == 0 {
        return Ok(None);
    }
    Ok(Some(OwnedReservation {
        instance_type: TypeName::new(name).ok_or_else(|| format!("{name:?} is no type"))?,
        count: ReservedCount::new(count).ok_or("too many are reserved")?,
    }))
}

/// Usage of instances that nothing but reservations covers; their price does not matter.
fn instances(name: &str, os: Os) -> Item<'_> {
    Item {
        subject: Subject::Instance { name, os },
        on_demand: Usd::ZERO,
        rates: Vec::new(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplyInputs {
    reserved: Vec<Instances>,
    running: Vec<Instances>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instances {
    r#type: String,
    count: u32,
    os: Option<String>,
}

pub(crate) fn ri_apply(value: &Value) -> Result<Results, String> {
    let inputs: ApplyInputs = inputs(value)?;
    let mut reservations = Vec::new();
    for entry in &inputs.reserved {
        reservations.extend(reservation(&entry.r#type, entry.count)?);
    }
    let mut items = Vec::new();
    for entry in &inputs.running {
        let os = match entry.os.as_deref() {
            None => Os::Linux,
            Some(id) => Os::from_id(id).ok_or_else(|| format!("os {id:?} is unknown"))?,
        };
        items.push(instances(&entry.r#type, os));
    }
    let quantities: Vec<Decimal> = inputs
        .running
        .iter()
        .map(|entry| entry.count.into())
        .collect();
    let owned = Commitments {
        plans: &[],
        reservations: &reservations,
    };
    let applied = stack::apply_hour(&items, owned, &quantities);
    let mut covered: BTreeMap<String, Decimal> = BTreeMap::new();
    for (entry, of) in inputs.running.iter().zip(&applied.items) {
        *covered.entry(entry.r#type.clone()).or_default() += of.reserved;
    }
    let covered = covered
        .into_iter()
        .map(|(name, count)| (name, Got::Number(count)));
    Ok(results([(
        "covered_instances",
        Got::Map(covered.collect()),
    )]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecondsInputs {
    ri_count: u32,
    instances: u32,
    seconds_each: u32,
}

/// Instances that start together on the hour: whole hours, and the part of one after them.
pub(crate) fn ri_seconds(value: &Value) -> Result<Results, String> {
    let inputs: SecondsInputs = inputs(value)?;
    let name = "m4.xlarge";
    let reservations: Vec<_> = reservation(name, inputs.ri_count)?.into_iter().collect();
    let owned = Commitments {
        plans: &[],
        reservations: &reservations,
    };
    let count = Decimal::from(inputs.instances);
    let level = |hours: u32, seconds: u32| Level {
        hours: hours.into(),
        quantities: vec![count * Decimal::from(seconds) / Decimal::from(3_600)],
    };
    let levels = [
        level(inputs.seconds_each / 3_600, 3_600),
        level(1, inputs.seconds_each % 3_600),
    ];
    let applied = stack::apply(&[instances(name, Os::Linux)], owned, &levels).sum;
    let of = applied.items.first().ok_or("no usage")?;
    Ok(results([
        ("ri_hours", Got::Number(of.reserved)),
        ("on_demand_hours", Got::Number(of.on_demand)),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactorInputs {
    commitment_factor: Exact,
    resources: Vec<Exact>,
    on_demand_usd: Option<Exact>,
    committed_usd: Option<Exact>,
}

/// Units of one commitment over resources of other sizes; prices are those of one resource.
pub(crate) fn ri_factor(value: &Value) -> Result<Results, String> {
    let inputs: FactorInputs = inputs(value)?;
    let wanted: Vec<Wanted> = inputs
        .resources
        .iter()
        .map(|units| Wanted {
            units: units.0,
            quantity: Decimal::ONE,
        })
        .collect();
    let covered = normalised::spread(inputs.commitment_factor.0, &wanted).covered;
    let sum: Decimal = covered.iter().sum();
    let rest = Decimal::from(covered.len()) - sum;
    let usd = |price: Option<Exact>| price.map(|price| Usd::new(price.0));
    let on_demand = usd(inputs.on_demand_usd).map(|price| price.scaled(rest));
    let committed = usd(inputs.committed_usd).map(|price| price.scaled(sum));
    let covered = covered.into_iter().map(Got::Number).collect();
    let mut results = results([("covered", Got::List(covered))]);
    if let Some(cost) = on_demand {
        results.insert("on_demand_cost".to_owned(), Got::Number(cost.decimal()));
    }
    // Nothing on-demand needs no price.
    let on_demand = on_demand.or(rest.is_zero().then_some(Usd::ZERO));
    if let (Some(on_demand), Some(committed)) = (on_demand, committed) {
        let cost = (on_demand + committed).decimal();
        results.insert("amortized_cost".to_owned(), Got::Number(cost));
    }
    Ok(results)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HourInputs {
    usage: Vec<HourUsage>,
    #[serde(default)]
    compute_sp_commit: Option<Exact>,
    #[serde(default)]
    instance_sp_commit: Option<Exact>,
    #[serde(default)]
    instance_sp_family: Option<String>,
    #[serde(default)]
    ri: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HourUsage {
    name: String,
    units: Exact,
    od: Exact,
    csp: Option<Exact>,
    isp: Option<Exact>,
}

impl HourUsage {
    /// A name with a dot is an instance type; the rest are Fargate and Lambda.
    fn item(&self) -> Item<'_> {
        let rates = [(COMPUTE, self.csp), (OF_FAMILY, self.isp)];
        let rates = rates
            .into_iter()
            .filter_map(|(plan, rate)| Some((plan, Usd::new(rate?.0))));
        let subject = if self.name.contains('.') {
            Subject::Instance {
                name: &self.name,
                os: Os::Linux,
            }
        } else {
            Subject::Serverless
        };
        Item {
            subject,
            on_demand: Usd::new(self.od.0),
            rates: rates.collect(),
        }
    }
}

fn plan(
    commitment: Commitment,
    family: Option<&str>,
    commit: Option<Exact>,
) -> Result<Option<OwnedPlan>, String> {
    let commit = commit.map_or(Decimal::ZERO, |commit| commit.0);
    if commit.is_zero() {
        return Ok(None);
    }
    let thousandths = commit * Decimal::ONE_THOUSAND;
    let amount = thousandths
        .to_u32()
        .filter(|_| thousandths.fract().is_zero())
        .and_then(PlanAmount::from_thousandths)
        .ok_or_else(|| format!("{commit} is no commitment"))?;
    let family = family
        .map(|name| FamilyName::new(name).ok_or_else(|| format!("{name:?} is no family")))
        .transpose()?;
    let plan = OwnedPlan::new(commitment, family, amount).ok_or("no such plan")?;
    Ok(Some(plan))
}

pub(crate) fn sp_hour(value: &Value) -> Result<Results, String> {
    let inputs: HourInputs = inputs(value)?;
    let family = inputs.instance_sp_family.as_deref();
    let of_family = plan(OF_FAMILY, family, inputs.instance_sp_commit)?;
    let compute = plan(COMPUTE, None, inputs.compute_sp_commit)?;
    let plans: Vec<OwnedPlan> = [of_family, compute].into_iter().flatten().collect();
    let mut reservations = Vec::new();
    for (name, count) in &inputs.ri {
        reservations.extend(reservation(name, *count)?);
    }
    let owned = Commitments {
        plans: &plans,
        reservations: &reservations,
    };
    let items: Vec<Item> = inputs.usage.iter().map(HourUsage::item).collect();
    let quantities: Vec<Decimal> = inputs.usage.iter().map(|usage| usage.units.0).collect();
    let applied = stack::apply_hour(&items, owned, &quantities);
    let on_demand = applied.on_demand_charge(&items);
    let committed: Usd = applied.plans.iter().map(|plan| plan.committed).sum();
    let used = |of: Commitment| {
        let every = applied.plans.iter().zip(&plans);
        let of_kind = every.filter(|(_, plan)| plan.commitment == of);
        let sum: Usd = of_kind.map(|(usage, _)| usage.used).sum();
        Got::Number(sum.decimal())
    };
    Ok(results([
        ("instance_sp_used", used(OF_FAMILY)),
        ("sp_used", used(COMPUTE)),
        ("on_demand_charges", Got::Number(on_demand.decimal())),
        (
            "on_demand_without_sp",
            Got::Number(applied.without_commitments(&items).decimal()),
        ),
        (
            "total_charge",
            Got::Number((committed + on_demand).decimal()),
        ),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SimpleInputs {
    commit: Exact,
    sp_rate: Exact,
    od_rate: Exact,
    instances: Exact,
}

/// One plan over instances of one type for one hour.
pub(crate) fn sp_simple(value: &Value) -> Result<Results, String> {
    let inputs: SimpleInputs = inputs(value)?;
    let on_demand = Usd::new(inputs.od_rate.0);
    let level = commitment::Level {
        hours: Decimal::ONE,
        usage: vec![Usage {
            quantity: inputs.instances.0,
            on_demand,
            plan: Usd::new(inputs.sp_rate.0),
            paid: on_demand,
            plan_paid: Usd::new(inputs.sp_rate.0),
        }],
    };
    let outcome = commitment::apply(Usd::new(inputs.commit.0), &[level], Decimal::ONE);
    Ok(results([("total", Got::Number(outcome.total.decimal()))]))
}
