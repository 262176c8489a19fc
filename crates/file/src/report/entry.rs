//! One option as JSON, of one service or summed over several.

use berth_model::eligibility::Requirement;
use berth_model::money::Usd;
use berth_model::prices::PriceBook;
use berth_model::report::{self, Capacity, CommittedAmount, OptionReport, Outcome, Priced};
use berth_model::scenario::Service;
use berth_model::words;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::Line;
use crate::limits::always;

/// One way to run a service, or all services of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = always("monthly_usd"))]
pub struct OptionEntry {
    /// Place, architecture and purchase, such as `ec2-arm64-ri_1y_no_upfront`.
    pub option: String,
    /// Whether it can run what is asked for.
    pub eligible: bool,
    /// The exact sum of the lines with six decimals, half to even; null where it is not eligible
    /// or a price is missing.
    pub monthly_usd: Option<String>,
    /// Why there is no amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The least that prices and assumptions leave open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_usd: Option<String>,
    /// The most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high_usd: Option<String>,
    /// Whether it may win.
    pub decides: bool,
    /// Why it is priced and may not win.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_only: Option<String>,
    /// What is paid in advance for the whole term; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upfront: Option<Upfront>,
    /// What it commits to, and what becomes of that; for one service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed: Option<Committed>,
    /// The oldest date that the amount rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest_price: Option<String>,
    /// What its tasks are billed as, on Fargate; for one service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fargate: Option<FargateSize>,
    /// What its tasks stand on, elsewhere; for one service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fleet: Option<Fleet>,
    /// Under which conditions it meets the requirements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The bill; empty where there is no amount.
    pub lines: Vec<Line>,
}

/// What is paid in advance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Upfront {
    /// So much.
    Cash {
        /// US dollars.
        usd: String,
    },
    /// At least so much.
    AtLeast {
        /// US dollars.
        usd: String,
    },
    /// Part of it, and the source does not say how much.
    NotQuoted,
}

/// A commitment, and what becomes of it in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Committed {
    /// US dollars an hour, of a Savings Plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd_per_hour: Option<String>,
    /// Instances, of a reservation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instances: Option<u64>,
    /// Of what is committed, the share that is used, 0 to 1; absent where nothing is committed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utilization: Option<String>,
    /// Of what could be covered, the share that is, 0 to 1; absent where nothing could be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<String>,
}

/// What tasks are billed as on Fargate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FargateSize {
    /// vCPU of the legal size.
    pub vcpu: String,
    /// Its memory.
    pub memory_gib: String,
    /// Task-hours a month.
    pub task_hours: String,
    /// What of the total pays for rounding up to that size.
    pub rounding_usd: String,
}

/// What tasks stand on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fleet {
    /// On-demand (or committed) instances, and Spot instances.
    pub legs: Vec<Leg>,
    /// Types that may be chosen and hold a task.
    pub candidates: usize,
    /// Those of them with a price that may decide.
    pub priced: usize,
}

/// Instances that are bought alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// Whether they are Spot.
    pub spot: bool,
    /// Most tasks that stand on them at a time.
    pub tasks: u64,
    /// Their type; of Spot the types whose mean is billed.
    pub types: Vec<TypeEntry>,
}

/// Instances of one type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeEntry {
    /// The type, such as `m7g.large`.
    pub name: String,
    /// Most instances that run at a time.
    pub instances: u64,
    /// Those of them that are reserved.
    pub reserved: u64,
    /// Tasks that one of them holds.
    pub tasks_per_instance: u32,
    /// Instance-hours a month.
    pub hours: String,
}

/// A condition under which an option meets a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is required.
    pub requirement: String,
    /// The condition.
    pub condition: String,
}

impl OptionEntry {
    /// What came of an option for each of these services, which are one or more.
    pub(super) fn of(book: &PriceBook, parts: &[(&Service, &OptionReport)]) -> Self {
        let several = parts.len() > 1;
        let option = parts.first().map(|(_, report)| report.option);
        let mut entry = Self {
            option: option.map_or_else(String::new, |option| option.to_string()),
            eligible: !parts.iter().any(|(_, report)| is_ruled_out(report)),
            monthly_usd: None,
            reason: None,
            low_usd: None,
            high_usd: None,
            decides: false,
            shown_only: None,
            upfront: None,
            committed: None,
            oldest_price: None,
            fargate: None,
            fleet: None,
            conditions: conditions(parts),
            lines: Vec::new(),
        };
        let priced: Vec<(&Service, &Priced)> = parts
            .iter()
            .filter_map(|(service, report)| Some((*service, report.priced()?)))
            .collect();
        if priced.len() < parts.len() {
            entry.reason = Some(reason(book, parts));
            return entry;
        }
        let sum = |of: fn(&Priced) -> Usd| {
            let sum: Usd = priced.iter().map(|(_, priced)| of(priced)).sum();
            Some(sum.to_six_decimals())
        };
        entry.monthly_usd = sum(|priced| priced.total);
        entry.low_usd = sum(|priced| priced.low);
        entry.high_usd = sum(|priced| priced.high);
        let aside = priced.iter().find_map(|(_, priced)| priced.set_aside);
        entry.decides = aside.is_none();
        entry.shown_only = aside.map(|reason| {
            let words = words::set_aside(reason);
            words
                .strip_prefix("shown only: ")
                .unwrap_or(words)
                .to_owned()
        });
        entry.upfront = upfront(priced.iter().map(|(_, priced)| priced.upfront));
        let oldest = priced.iter().filter_map(|(_, priced)| priced.oldest_price);
        entry.oldest_price = oldest.min().map(|date| date.to_string());
        for (service, priced) in &priced {
            let on = option.map(|option| (service.os, option.arch));
            let lines = priced.bill.lines().iter();
            entry.lines.extend(lines.filter_map(|line| {
                let mut line = Line::of(line, on?, book);
                line.service = several.then(|| service.name.as_str().to_owned());
                Some(line)
            }));
        }
        if let [(_, only)] = priced.as_slice() {
            entry.committed = only.committed.map(committed);
            match &only.capacity {
                Capacity::Fargate(used) => {
                    entry.fargate = Some(FargateSize {
                        vcpu: used.size.vcpu().to_string(),
                        memory_gib: used.size.memory().to_string(),
                        task_hours: decimal(used.task_hours),
                        rounding_usd: used.rounding.to_six_decimals(),
                    });
                }
                Capacity::Fleet(used) => entry.fleet = Some(fleet(used, book)),
                Capacity::Cluster(_) => {}
            }
        }
        entry
    }
}

const fn is_ruled_out(report: &OptionReport) -> bool {
    matches!(report.outcome, Outcome::NotEligible(_))
}

/// Why an option has no amount, in words; with the name of the service where there are several.
fn reason(book: &PriceBook, parts: &[(&Service, &OptionReport)]) -> String {
    let several = parts.len() > 1;
    let words = parts.iter().filter_map(|(service, report)| {
        let words = words_of(&report.outcome, book)?;
        let name = service.name.as_str();
        Some(if several {
            format!("{name}: {words}")
        } else {
            words
        })
    });
    words.collect::<Vec<String>>().join("; ")
}

/// Why an outcome is not a price; `None` where it is one.
pub(super) fn words_of(outcome: &Outcome, book: &PriceBook) -> Option<String> {
    let words: Vec<String> = match outcome {
        Outcome::Priced(_) => return None,
        Outcome::NotEligible(found) => found.iter().map(|&one| words::obstacle(one)).collect(),
        Outcome::NoPrice(missing) => missing
            .iter()
            .map(|&one| words::missing(one, &book.region))
            .collect(),
    };
    Some(words.join("; "))
}

fn conditions(parts: &[(&Service, &OptionReport)]) -> Vec<Condition> {
    let mut known: Vec<(Requirement, &str)> = Vec::new();
    for condition in parts.iter().flat_map(|(_, report)| &report.conditions) {
        if !known.contains(condition) {
            known.push(*condition);
        }
    }
    let words = known.into_iter().map(|(requirement, condition)| Condition {
        requirement: requirement.row().label.to_owned(),
        condition: condition.to_owned(),
    });
    words.collect()
}

/// What several parts pay in advance together.
fn upfront(parts: impl Iterator<Item = report::Upfront>) -> Option<Upfront> {
    let mut sum = Usd::ZERO;
    let mut exact = true;
    for part in parts {
        match part {
            report::Upfront::Cash(amount) => sum += amount,
            report::Upfront::AtLeast(amount) => {
                sum += amount;
                exact = false;
            }
            report::Upfront::NotQuoted => return Some(Upfront::NotQuoted),
        }
    }
    let usd = sum.to_six_decimals();
    match (exact, sum == Usd::ZERO) {
        (true, true) => None,
        (true, false) => Some(Upfront::Cash { usd }),
        (false, _) => Some(Upfront::AtLeast { usd }),
    }
}

fn committed(committed: report::Committed) -> Committed {
    let (usd_per_hour, instances) = match committed.amount {
        CommittedAmount::Dollars(usd) => (Some(decimal(usd.decimal())), None),
        CommittedAmount::Instances(count) => (None, Some(count)),
    };
    let share = |share: Option<Decimal>| share.map(|share| decimal(share.round_dp(6)));
    Committed {
        usd_per_hour,
        instances,
        utilization: share(committed.utilization),
        coverage: share(committed.coverage),
    }
}

fn fleet(used: &berth_model::fleet::price::FleetUse, book: &PriceBook) -> Fleet {
    let legs = used.legs.iter().map(|leg| Leg {
        spot: leg.spot,
        tasks: leg.tasks,
        types: leg
            .types
            .iter()
            .filter_map(|one| {
                Some(TypeEntry {
                    name: book.types.get(one.index)?.name.to_string(),
                    instances: one.instances,
                    reserved: one.reserved,
                    tasks_per_instance: one.fit.tasks,
                    hours: decimal(one.hours),
                })
            })
            .collect(),
    });
    Fleet {
        legs: legs.collect(),
        candidates: used.candidates,
        priced: used.priced,
    }
}

fn decimal(value: Decimal) -> String {
    value.normalize().to_string()
}
