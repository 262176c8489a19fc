//! `managed_instances_cost`: the fee of Managed Instances.

use berth_model::bill::{Bill, Component, Item, Unit};
use berth_model::fleet::managed_fee_hour;
use berth_model::money::Usd;
use berth_model::purchase::PriceKind;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::case::{Exact, Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HourInputs {
    #[serde(default, rename = "region")]
    _region: IgnoredAny,
    #[serde(default, rename = "instance_type")]
    _instance_type: IgnoredAny,
    ec2_on_demand_hour_usd: Exact,
    ec2_paid_hour_usd: Option<Exact>,
    fee_rate: Exact,
}

pub(crate) fn mi_hour(value: &Value) -> Result<Results, String> {
    let inputs: HourInputs = inputs(value)?;
    let list = Usd::new(inputs.ec2_on_demand_hour_usd.0);
    let paid = inputs
        .ec2_paid_hour_usd
        .map_or(list, |paid| Usd::new(paid.0));
    let fee = managed_fee_hour(list, inputs.fee_rate.0);
    let mut bill = Bill::default();
    let hour = (Decimal::ONE, Unit::InstanceHours);
    bill.add(Item::Instances(0), PriceKind::OnDemand, hour, paid, None);
    bill.add(Item::ManagedFee(0), PriceKind::OnDemand, hour, fee, None);
    Ok(results([
        (
            "fee_hour",
            Got::Number(bill.component(Component::Fee).decimal()),
        ),
        ("total_hour", Got::Number(bill.total().decimal())),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateInputs {
    #[serde(rename = "total_usd")]
    total: Exact,
    #[serde(rename = "fee_usd")]
    fee: Exact,
    #[serde(rename = "ebs_usd")]
    volumes: Exact,
}

/// The share that a fee is of what is left of a bill without the fee and the volumes.
pub(crate) fn mi_rate(value: &Value) -> Result<Results, String> {
    let inputs: RateInputs = inputs(value)?;
    let fee = Usd::new(inputs.fee.0);
    let instances = Usd::new(inputs.total.0) - fee - Usd::new(inputs.volumes.0);
    let ratio = fee.ratio_to(instances).ok_or("no instances on the bill")?;
    // The rate must give the fee back.
    let again = managed_fee_hour(instances, ratio);
    if (again - fee).rounded_to_cents() != Usd::ZERO {
        return Err(format!("a rate of {ratio} gives a fee of {again:?}"));
    }
    Ok(results([("implied_fee_rate", Got::Number(ratio))]))
}
