//! `fargate_cost`: bills of Fargate tasks.

use berth_model::bill::{Bill, Component};
use berth_model::fargate::{INCLUDED_EPHEMERAL_GIB, Price, Rates, add_lines};
use berth_model::money::Usd;
use berth_model::platform::{Arch, Os};
use berth_model::purchase::PriceKind;
use berth_model::units::{Gib, Vcpu};
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
    #[serde(default, rename = "as_written")]
    _as_written: IgnoredAny,
    os: String,
    arch: Option<String>,
    capacity: Option<String>,
    tasks: Exact,
    vcpu_per_task: Exact,
    memory_gb_per_task: Exact,
    ephemeral_gb_per_task: Option<Exact>,
    task_hours_per_task: Exact,
    price: Prices,
}

/// Prices in one of several times and currencies. A bill adds up in any currency, as long as it
/// is one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prices {
    vcpu_hour_usd: Option<Exact>,
    vcpu_hour_aud: Option<Exact>,
    vcpu_minute_usd: Option<Exact>,
    vcpu_second_usd: Option<Exact>,
    gb_hour_usd: Option<Exact>,
    gb_hour_aud: Option<Exact>,
    gb_minute_usd: Option<Exact>,
    gb_second_usd: Option<Exact>,
    storage_gb_hour_usd: Option<Exact>,
    storage_gb_second_usd: Option<Exact>,
    os_vcpu_second_usd: Option<Exact>,
    spot_discount: Option<Exact>,
}

/// Units of time in an hour, for a price of each.
const HOUR: u32 = 1;
const MINUTE: u32 = 60;
const SECOND: u32 = 3_600;

/// The one price an hour among those given for several times; `None` where none is given.
fn hourly(what: &str, prices: &[(Option<Exact>, u32)]) -> Result<Option<Usd>, String> {
    let mut given = prices.iter().filter_map(|(price, per_hour)| {
        let price = price.as_ref()?;
        Some(Usd::new(price.0).scaled((*per_hour).into()))
    });
    let price = given.next();
    if given.next().is_some() {
        return Err(format!("more than one price for {what}"));
    }
    Ok(price)
}

fn required(what: &str, prices: &[(Option<Exact>, u32)]) -> Result<Usd, String> {
    hourly(what, prices)?.ok_or_else(|| format!("no price for {what}"))
}

impl Prices {
    fn rates(&self) -> Result<Rates, String> {
        let aud = self.vcpu_hour_aud.is_some() || self.gb_hour_aud.is_some();
        if aud && (self.vcpu_hour_aud.is_none() || self.gb_hour_aud.is_none()) {
            return Err("prices in two currencies".to_owned());
        }
        let vcpu = required(
            "a vCPU",
            &[
                (self.vcpu_hour_usd, HOUR),
                (self.vcpu_hour_aud, HOUR),
                (self.vcpu_minute_usd, MINUTE),
                (self.vcpu_second_usd, SECOND),
            ],
        )?;
        let memory = required(
            "a GB",
            &[
                (self.gb_hour_usd, HOUR),
                (self.gb_hour_aud, HOUR),
                (self.gb_minute_usd, MINUTE),
                (self.gb_second_usd, SECOND),
            ],
        )?;
        let storage = hourly(
            "a GB of storage",
            &[
                (self.storage_gb_hour_usd, HOUR),
                (self.storage_gb_second_usd, SECOND),
            ],
        )?;
        let license = hourly("the licence", &[(self.os_vcpu_second_usd, SECOND)])?;
        // A discount is on compute; storage has one price under every purchase.
        let paid = self
            .spot_discount
            .map_or(Decimal::ONE, |discount| Decimal::ONE - discount.0);
        let price = |usd: Usd| Price { usd, source: None };
        Ok(Rates {
            kind: PriceKind::OnDemand,
            vcpu: price(vcpu.scaled(paid)),
            memory: price(memory.scaled(paid)),
            os_license: license.map(|usd| price(usd.scaled(paid))),
            ephemeral: storage.map(price),
        })
    }
}

pub(crate) fn fargate(value: &Value) -> Result<Results, String> {
    let inputs: Inputs = inputs(value)?;
    Os::from_id(&inputs.os).ok_or_else(|| format!("os {:?} is unknown", inputs.os))?;
    if let Some(arch) = &inputs.arch {
        Arch::from_id(arch).ok_or_else(|| format!("arch {arch:?} is unknown"))?;
    }
    let mut rates = inputs.price.rates()?;
    rates.kind = match inputs.capacity.as_deref() {
        None | Some("FARGATE") if inputs.price.spot_discount.is_none() => PriceKind::OnDemand,
        None | Some("FARGATE" | "FARGATE_SPOT") => PriceKind::Spot,
        Some(other) => return Err(format!("capacity {other:?} is unknown")),
    };
    let ephemeral = match inputs.ephemeral_gb_per_task {
        None => INCLUDED_EPHEMERAL_GIB,
        Some(gib) if gib.0.fract().is_zero() => {
            gib.0.to_u16().ok_or("ephemeral_gb_per_task is too large")?
        }
        Some(_) => return Err("ephemeral_gb_per_task is no whole number".to_owned()),
    };
    if ephemeral > INCLUDED_EPHEMERAL_GIB && rates.ephemeral.is_none() {
        return Err("storage beyond the included, and no price for it".to_owned());
    }
    let size = size(inputs.vcpu_per_task, inputs.memory_gb_per_task)?;
    let task_hours = inputs.tasks.0 * inputs.task_hours_per_task.0;
    let mut bill = Bill::default();
    add_lines(&mut bill, &rates, size, ephemeral, task_hours);
    let total = bill.total();
    let per = |count: Exact| match total.ratio_to(Usd::new(count.0)) {
        Some(share) => Got::Number(share),
        None => Got::Nothing,
    };
    let of = |component| Got::Number(bill.component(component).decimal());
    Ok(results([
        ("vcpu", of(Component::Compute)),
        ("memory", of(Component::Memory)),
        ("os", of(Component::License)),
        ("storage", of(Component::Storage)),
        ("total", Got::Number(total.decimal())),
        ("per_task", per(inputs.tasks)),
        // While all tasks run.
        ("hourly", per(inputs.task_hours_per_task)),
    ]))
}

/// A task size from plain numbers.
pub(crate) fn size(vcpu: Exact, memory: Exact) -> Result<(Vcpu, Gib), String> {
    let vcpu = Vcpu::parse(&vcpu.0.to_string()).map_err(|error| format!("vCPU: {error}"))?;
    let memory = Gib::parse(&memory.0.to_string()).map_err(|error| format!("memory: {error}"))?;
    Ok((vcpu, memory))
}
