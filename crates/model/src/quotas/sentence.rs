//! A quota that is reached, in words.

use rust_decimal::Decimal;

use super::facts::Raise;
use super::{Crossed, Families, Market, Quota, Taker};
use crate::prices::{Grade, PriceBook};
use crate::strategy::TASKS_PER_RUN_TASK;
use crate::words;

/// What a person should know of a quota that is reached: who uses how much of it, its default,
/// and whether that can be raised.
pub fn sentence(crossed: &Crossed, book: &PriceBook) -> String {
    let what = if crossed.quota == Quota::TasksPerRunTask {
        calls(crossed)
    } else {
        format!("{}: {}.", used(crossed, book), held_against(crossed))
    };
    let assumed = match crossed.fact.grade {
        Grade::Assumed => " The default is assumed.",
        _ => "",
    };
    format!("{what}{assumed} {}", raised(crossed.fact.raise))
}

fn calls(crossed: &Crossed) -> String {
    let calls = (crossed.used / Decimal::from(TASKS_PER_RUN_TASK)).ceil();
    format!(
        "Each run starts {} tasks in {} RunTask calls: a call starts at most {TASKS_PER_RUN_TASK}.",
        words::quantity(crossed.used),
        words::quantity(calls),
    )
}

/// `12 tasks of 0.5 vCPU use 6 vCPU`, `Together 18 vCPU`.
fn used(crossed: &Crossed, book: &PriceBook) -> String {
    let amount = words::quantity(crossed.used);
    match crossed.taker {
        Taker::Tasks(count, each) => {
            let tasks = words::counted(count, "task", "tasks");
            let verb = verb(count);
            format!("{tasks} of {each} vCPU {verb} {amount} vCPU")
        }
        Taker::Instances(count, index) => {
            let name = book.types.get(index).map_or("instances", |one| &*one.name);
            let verb = verb(count);
            format!("{} {name} {verb} {amount} vCPU", words::count(count))
        }
        Taker::Pieces => match crossed.quota {
            Quota::NetworkInterfaces => format!("Tasks and instances use {amount} interfaces"),
            Quota::InstancesPerCluster => format!("The fleet has {amount} instances"),
            Quota::ServicesPerCluster => format!("There are {amount} services"),
            // Several services, each with tasks or instances of its own.
            Quota::FargateVcpu(_) | Quota::Ec2Vcpu(..) => format!("Together {amount} vCPU"),
            _ => format!("The service runs {amount} tasks"),
        },
    }
}

/// `the default Fargate quota of 6 vCPU in a region is reached`.
fn held_against(crossed: &Crossed) -> String {
    let limit = words::count(crossed.fact.limit);
    let quota = match crossed.quota {
        Quota::FargateVcpu(market) => {
            format!("Fargate quota of {limit} {} vCPU in a region", of(market))
        }
        Quota::Ec2Vcpu(market, families) => format!(
            "EC2 quota of {limit} vCPU for {} {} instances in a region",
            of(market),
            group(families)
        ),
        Quota::TasksPerRunTask => format!("limit of {limit} tasks to a RunTask call"),
        Quota::TasksPerService => format!("quota of {limit} tasks to a service"),
        Quota::ServicesPerCluster => format!("quota of {limit} services to a cluster"),
        Quota::InstancesPerCluster => format!("quota of {limit} instances to a cluster"),
        Quota::NetworkInterfaces => format!("quota of {limit} network interfaces in a region"),
    };
    if crossed.fact.limit == 0 {
        format!("the default {quota} lets none start")
    } else if crossed.is_exceeded() {
        format!("more than the default {quota}")
    } else {
        format!("the default {quota} is reached, and a deployment has no room")
    }
}

const fn verb(count: u64) -> &'static str {
    if count == 1 { "uses" } else { "use" }
}

const fn of(market: Market) -> &'static str {
    match market {
        Market::OnDemand => "on-demand",
        Market::Spot => "Spot",
    }
}

/// What EC2 calls a group of families.
const fn group(families: Families) -> &'static str {
    match families {
        Families::Standard => "Standard (A, C, D, H, I, M, R, T, Z)",
        Families::GAndVt => "G and VT",
        Families::P => "P",
        Families::Inf => "Inf",
        Families::Trn => "Trn",
        Families::X => "X",
        Families::F => "F",
        Families::Dl => "DL",
        Families::Hpc => "HPC",
        Families::HighMemory => "High Memory",
    }
}

const fn raised(raise: Raise) -> &'static str {
    match raise {
        Raise::OnRequest => {
            "It is the default of an account and can be raised; ask before you need it."
        }
        Raise::Never => "It cannot be raised.",
        Raise::Unclear => {
            "It is the default of an account; AWS's lists disagree on whether it can be raised."
        }
    }
}
