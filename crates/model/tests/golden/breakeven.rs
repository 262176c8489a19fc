//! `breakeven`: which of two bills is the smaller.

use std::sync::Arc;

use berth_model::bill::{Bill, Item, Unit};
use berth_model::decision::Verdict;
use berth_model::fargate::{INCLUDED_EPHEMERAL_GIB, Price, Rates, add_lines};
use berth_model::fleet::price::{FleetUse, Running};
use berth_model::load::{Pattern, Week};
use berth_model::money::Usd;
use berth_model::option::{OptionId, Place, Purchase};
use berth_model::platform::Arch;
use berth_model::purchase::PriceKind;
use berth_model::report::{Capacity, OptionReport, Outcome, Priced, Upfront};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::case::{Exact, Got, Results, inputs, results};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inputs {
    fargate: Fargate,
    ec2: Ec2,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fargate {
    tasks: Exact,
    vcpu: Exact,
    memory_gb: Exact,
    task_hours_per_task: Exact,
    vcpu_hour_usd: Exact,
    gb_hour_usd: Exact,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ec2 {
    #[serde(default, rename = "instance_type")]
    _instance_type: IgnoredAny,
    price_hour_usd: Exact,
    count: Exact,
    hours: Exact,
}

impl Fargate {
    fn bill(&self) -> Result<Bill, String> {
        let price = |usd: Exact| Price {
            usd: Usd::new(usd.0),
            source: None,
        };
        let rates = Rates {
            kind: PriceKind::OnDemand,
            vcpu: price(self.vcpu_hour_usd),
            memory: price(self.gb_hour_usd),
            os_license: None,
            ephemeral: None,
        };
        let size = crate::fargate::size(self.vcpu, self.memory_gb)?;
        let task_hours = self.tasks.0 * self.task_hours_per_task.0;
        let mut bill = Bill::default();
        add_lines(&mut bill, &rates, size, INCLUDED_EPHEMERAL_GIB, task_hours);
        Ok(bill)
    }
}

impl Ec2 {
    fn bill(&self) -> Bill {
        let mut bill = Bill::default();
        let hours = (self.count.0 * self.hours.0, Unit::InstanceHours);
        let rate = Usd::new(self.price_hour_usd.0);
        bill.add(Item::Instances(0), PriceKind::OnDemand, hours, rate, None);
        bill
    }
}

/// A bill as an option that may win.
fn option(place: Place, bill: Bill) -> OptionReport {
    let total = bill.total();
    let capacity = Capacity::Fleet(FleetUse {
        place: Place::Ec2,
        services: Vec::new(),
        legs: Vec::new(),
        candidates: 0,
        priced: 0,
        running: Arc::new(Running {
            pattern: Pattern::Hourly(Week::flat(0)),
            levels: Vec::new(),
        }),
    });
    OptionReport {
        option: OptionId {
            place,
            arch: Arch::X86,
            purchase: Purchase::OnDemand,
        },
        conditions: Vec::new(),
        outcome: Outcome::Priced(Box::new(Priced {
            bill,
            total,
            low: total,
            high: total,
            committed: None,
            owned: None,
            eligible: None,
            upfront: Upfront::NONE,
            capacity,
            oldest_price: None,
            set_aside: None,
        })),
    }
}

pub(crate) fn compare(value: &Value) -> Result<Results, String> {
    let inputs: Inputs = inputs(value)?;
    let (fargate, ec2) = (inputs.fargate.bill()?, inputs.ec2.bill());
    let (of_fargate, of_ec2) = (fargate.total(), ec2.total());
    let options = [option(Place::Fargate, fargate), option(Place::Ec2, ec2)];
    let Verdict::Best {
        option: best,
        lead: Some(lead),
    } = Verdict::of(&options, berth_model::scenario::SmallestSaving::default())
    else {
        return Err("no verdict between two bills".to_owned());
    };
    let other = of_fargate.max(of_ec2);
    let saving = lead.margin.ratio_to(other).ok_or("both bills are empty")?;
    Ok(results([
        ("fargate", Got::Number(of_fargate.decimal())),
        ("ec2", Got::Number(of_ec2.decimal())),
        ("winner", Got::Text(best.place.id().to_owned())),
        (
            "saving_pct",
            Got::Number(saving * rust_decimal::Decimal::ONE_HUNDRED),
        ),
    ]))
}
