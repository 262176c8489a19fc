//! One option as JSON, of one service or summed over several.

use berth_model::money::Usd;
use berth_model::platform::Os;
use berth_model::prices::PriceBook;
use berth_model::report::{self, Capacity, CommittedAmount, OptionReport, Outcome};
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
    /// What it commits to, and what becomes of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed: Option<Committed>,
    /// The oldest date that the amount rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest_price: Option<String>,
    /// What its tasks are billed as, on Fargate: one for each service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fargate: Vec<FargateSize>,
    /// What its tasks stand on, elsewhere: one for each fleet, which services may share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fleets: Vec<Fleet>,
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
    /// What came of an option for services of these systems.
    pub(super) fn of(book: &PriceBook, systems: &[Os], report: &OptionReport) -> Self {
        let option = report.option;
        let mut entry = Self {
            option: option.to_string(),
            eligible: !matches!(report.outcome, Outcome::NotEligible(_)),
            monthly_usd: None,
            reason: reason(&report.outcome, book),
            low_usd: None,
            high_usd: None,
            decides: false,
            shown_only: None,
            upfront: None,
            committed: None,
            oldest_price: None,
            fargate: Vec::new(),
            fleets: Vec::new(),
            conditions: conditions(report),
            lines: Vec::new(),
        };
        let Some(priced) = report.priced() else {
            return entry;
        };
        entry.monthly_usd = Some(priced.total.to_six_decimals());
        entry.low_usd = Some(priced.low.to_six_decimals());
        entry.high_usd = Some(priced.high.to_six_decimals());
        entry.decides = priced.set_aside.is_none();
        entry.shown_only = priced.set_aside.map(|reason| {
            let words = words::set_aside(reason);
            words
                .strip_prefix("shown only: ")
                .unwrap_or(words)
                .to_owned()
        });
        entry.upfront = upfront(priced.upfront);
        entry.committed = priced.committed.map(committed);
        entry.oldest_price = priced.oldest_price.map(|date| date.to_string());
        let lines = priced.bill.lines().iter();
        let lines = lines.map(|line| Line::of(line, systems, option.arch, book));
        entry.lines = lines.collect();
        entry.stand_on(&priced.capacity, book);
        entry
    }

    /// Adds what tasks stand on.
    fn stand_on(&mut self, capacity: &Capacity, book: &PriceBook) {
        match capacity {
            Capacity::Fargate(used) => self.fargate.push(FargateSize {
                vcpu: used.size.vcpu().to_string(),
                memory_gib: used.size.memory().to_string(),
                task_hours: decimal(used.task_hours),
                rounding_usd: used.rounding.to_six_decimals(),
            }),
            Capacity::Fleet(used) => self.fleets.push(fleet(used, book)),
            Capacity::Cluster(parts) => {
                for part in parts {
                    self.stand_on(part, book);
                }
            }
        }
    }
}

/// Why an outcome is not a price; `None` where it is one.
fn reason(outcome: &Outcome, book: &PriceBook) -> Option<String> {
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

fn conditions(report: &OptionReport) -> Vec<Condition> {
    let words = report.conditions.iter().map(|(requirement, condition)| {
        let requirement = requirement.row().label.to_owned();
        let condition = (*condition).to_owned();
        Condition {
            requirement,
            condition,
        }
    });
    words.collect()
}

/// What is paid in advance, where anything is.
fn upfront(upfront: report::Upfront) -> Option<Upfront> {
    match upfront {
        report::Upfront::Cash(amount) if amount == Usd::ZERO => None,
        report::Upfront::Cash(amount) => Some(Upfront::Cash {
            usd: amount.to_six_decimals(),
        }),
        report::Upfront::AtLeast(amount) => Some(Upfront::AtLeast {
            usd: amount.to_six_decimals(),
        }),
        report::Upfront::NotQuoted => Some(Upfront::NotQuoted),
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
