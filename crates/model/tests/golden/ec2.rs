//! `ec2_cost`: bills of instances and volumes.

use berth_model::bill::{Bill, Component, Item, Unit};
use berth_model::fleet::volume_months;
use berth_model::money::Usd;
use berth_model::purchase::PriceKind;
use berth_model::scenario::HoursPerMonth;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::case::{Exact, Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inputs {
    #[serde(default, rename = "region")]
    _region: IgnoredAny,
    #[serde(default, rename = "instance_type")]
    _instance_type: IgnoredAny,
    /// An instance's price holds its system (rule 32).
    #[serde(default, rename = "os")]
    _os: IgnoredAny,
    purchase: Option<String>,
    count: Exact,
    hours: Exact,
    price_hour_usd: Exact,
    spot_discount: Option<Exact>,
    ebs_gb: Option<Exact>,
    ebs_gb_month_usd: Option<Exact>,
    ebs_prorated_hours: Option<Exact>,
    cpu_credit_usd: Option<Exact>,
    cpu_credit_vcpu_hours: Option<Exact>,
}

/// Two inputs that mean nothing without each other.
fn pair(what: &str, a: Option<Exact>, b: Option<Exact>) -> Result<Option<(Decimal, Usd)>, String> {
    match (a, b) {
        (None, None) => Ok(None),
        (Some(a), Some(b)) => Ok(Some((a.0, Usd::new(b.0)))),
        _ => Err(format!(
            "{what}: a quantity without a price, or the reverse"
        )),
    }
}

pub(crate) fn ec2(value: &Value) -> Result<Results, String> {
    let inputs: Inputs = inputs(value)?;
    let kind = match inputs.purchase.as_deref() {
        Some("spot") => PriceKind::Spot,
        _ => PriceKind::OnDemand,
    };
    let discount = inputs.spot_discount.map_or(Decimal::ZERO, |share| share.0);
    let rate = Usd::new(inputs.price_hour_usd.0).scaled(Decimal::ONE - discount);
    let instance_hours = inputs.count.0 * inputs.hours.0;
    let mut bill = Bill::default();
    let quantity = (instance_hours, Unit::InstanceHours);
    bill.add(Item::Instances(0), kind, quantity, rate, None);
    let compute = bill.total();

    // Credits are counted over all instances, as sources print them.
    let credits = pair(
        "cpu_credit",
        inputs.cpu_credit_vcpu_hours,
        inputs.cpu_credit_usd,
    )?;
    if let Some((vcpu_hours, price)) = credits {
        let quantity = (vcpu_hours, Unit::VcpuHours);
        bill.add(
            Item::SurplusCredits(0),
            PriceKind::OnDemand,
            quantity,
            price,
            None,
        );
    }
    let credits = bill.component(Component::Compute) - compute;

    // Volumes are held for the month, unless the case says how many hours that is.
    if let Some((gb, price)) = pair("ebs_gb", inputs.ebs_gb, inputs.ebs_gb_month_usd)? {
        let (held, month) = if let Some(hours) = inputs.ebs_prorated_hours {
            let month = hours.0.to_u16().filter(|_| hours.0.fract().is_zero());
            let month = month.and_then(HoursPerMonth::new);
            (
                instance_hours,
                month.ok_or("ebs_prorated_hours is no month")?,
            )
        } else {
            let month = HoursPerMonth::default();
            (inputs.count.0 * Decimal::from(month.get()), month)
        };
        let quantity = (volume_months(gb, held, month), Unit::GbMonths);
        bill.add(
            Item::InstanceVolume,
            PriceKind::OnDemand,
            quantity,
            price,
            None,
        );
    }
    Ok(results([
        ("compute", Got::Number(compute.decimal())),
        ("cpu_credits", Got::Number(credits.decimal())),
        (
            "ebs",
            Got::Number(bill.component(Component::Storage).decimal()),
        ),
        ("total", Got::Number(bill.total().decimal())),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EbsInputs {
    #[serde(default, rename = "region")]
    _region: IgnoredAny,
    gb: Option<Exact>,
    gb_month_usd: Option<Exact>,
    extra_iops: Option<Exact>,
    iops_month_usd: Option<Exact>,
    extra_mbps: Option<Exact>,
    mbps_month_usd: Option<Exact>,
}

pub(crate) fn ebs(value: &Value) -> Result<Results, String> {
    let inputs: EbsInputs = inputs(value)?;
    let parts = [
        ("storage", inputs.gb, inputs.gb_month_usd),
        ("iops", inputs.extra_iops, inputs.iops_month_usd),
        ("throughput", inputs.extra_mbps, inputs.mbps_month_usd),
    ];
    let mut results = Results::new();
    for (name, quantity, price) in parts {
        if let Some((quantity, price)) = pair(name, quantity, price)? {
            let amount = price.scaled(quantity).decimal();
            results.insert(name.to_owned(), Got::Number(amount));
        }
    }
    Ok(results)
}
