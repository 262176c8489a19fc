//! One option as JSON, of one service or summed over several.

use berth_model::fleet::price::FleetUse;
use berth_model::money::Usd;
use berth_model::placement::{FleetPlacement, LegPlacement, Month, Placement, View, Why};
use berth_model::platform::Os;
use berth_model::prices::PriceBook;
use berth_model::report::{self, Capacity, CommittedAmount, OptionReport, Outcome};
use berth_model::scenario::Scenario;
use berth_model::words;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::Line;
use crate::limits::{always, one_of};

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
    /// What its instances cost a month, and what becomes of them; absent on Fargate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instances: Option<Instances>,
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

/// What is paid a month for instances, their volumes, any fee and what is committed and not used,
/// by what becomes of their vCPU and memory, a vCPU counting as nine GiB. `tasks_usd`,
/// `daemons_usd`, `reserved_usd` and `idle_usd` are all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instances {
    /// What tasks ask for.
    pub tasks_usd: String,
    /// What daemons take.
    pub daemons_usd: String,
    /// What the system and the agent keep.
    pub reserved_usd: String,
    /// What nobody asks for.
    pub idle_usd: String,
    /// What a better packing on the same types could save at the most.
    pub packing_gap_usd: String,
    /// What no mix of instance types can cost less than: a bound, not an option. Absent where
    /// commitments are owned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_of_any_mix_usd: Option<String>,
}

/// What tasks stand on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fleet {
    /// The services whose tasks stand on it.
    pub services: Vec<String>,
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
    /// Where most instances of the fleet run: how they stand, on the first of the types.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<Peak>,
}

/// The instances of a leg where most of its fleet run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Peak {
    /// How many instances there are.
    pub instances: u64,
    /// Those of them without tasks, for the floor or the target capacity.
    pub empty: u64,
    /// How many there must be, however tasks are packed: proven.
    pub least_instances: u64,
    /// vCPU, memory, GPUs and network interfaces.
    pub uses: Vec<Use>,
}

/// What becomes of what instances offer in one dimension. `offered` and `overcommitted` together are
/// the sum of the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Of what: `vcpu`, `memory_gib`, `gpus` or `interfaces`, as far as types have them and anything
    /// limits them.
    #[schemars(transform = one_of(DIMENSIONS.to_vec()))]
    pub of: &'static str,
    /// What the types advertise.
    pub offered: String,
    /// What tasks are promised beyond that.
    pub overcommitted: String,
    /// What the system and the agent keep.
    pub reserved: String,
    /// What daemons take.
    pub daemons: String,
    /// What tasks ask for.
    pub tasks: String,
    /// What is left over.
    pub idle: String,
}

/// What instances offer.
const DIMENSIONS: [&str; 4] = ["vcpu", "memory_gib", "gpus", "interfaces"];

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
    ///
    /// `alone` is the index of the service whose option it is.
    pub(super) fn of(
        (scenario, book): (&Scenario, &PriceBook),
        systems: &[Os],
        report: &OptionReport,
        alone: usize,
    ) -> Self {
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
            instances: None,
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
        entry.fargate = fargate(&priced.capacity);
        let view = View::default();
        let placement = Placement::of(scenario, book, (option, priced), alone, view);
        let fleets = priced.capacity.fleets().into_iter().zip(&placement.fleets);
        let fleets = fleets.map(|(used, placed)| fleet(scenario, used, placed, book));
        entry.fleets = fleets.collect();
        entry.instances = placement.month.map(instances);
        entry
    }
}

/// What tasks are billed as on Fargate.
fn fargate(capacity: &Capacity) -> Vec<FargateSize> {
    match capacity {
        Capacity::Fargate(used) => vec![FargateSize {
            vcpu: used.size.vcpu().to_string(),
            memory_gib: used.size.memory().to_string(),
            task_hours: decimal(used.task_hours),
            rounding_usd: used.rounding.to_six_decimals(),
        }],
        Capacity::Fleet(_) => Vec::new(),
        Capacity::Cluster(parts) => parts.iter().flat_map(fargate).collect(),
    }
}

fn instances(month: Month) -> Instances {
    Instances {
        tasks_usd: month.tasks.to_six_decimals(),
        daemons_usd: month.daemons.to_six_decimals(),
        reserved_usd: month.reserved.to_six_decimals(),
        idle_usd: month.idle.to_six_decimals(),
        packing_gap_usd: month.gap.to_six_decimals(),
        least_of_any_mix_usd: month.least_of_any_mix.map(Usd::to_six_decimals),
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

fn fleet(scenario: &Scenario, used: &FleetUse, placed: &FleetPlacement, book: &PriceBook) -> Fleet {
    let legs = used.legs.iter().enumerate().map(|(index, leg)| Leg {
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
        peak: placed.legs.get(index).map(peak),
    });
    let name = |&index: &usize| scenario.services.nearest(index).name.as_str().to_owned();
    Fleet {
        services: placed.services.iter().map(name).collect(),
        legs: legs.collect(),
        candidates: used.candidates,
        priced: used.priced,
    }
}

fn peak(leg: &LegPlacement) -> Peak {
    let stands = leg.zones.iter().flat_map(|zone| &zone.stands);
    let empty = stands.filter(|stand| stand.why != Why::Tasks);
    let uses = [
        Some(leg.uses.vcpu),
        Some(leg.uses.memory_gib),
        Some(leg.uses.gpus).filter(|gpus| !gpus.offered.is_zero()),
        leg.uses.places,
    ];
    let uses = DIMENSIONS.into_iter().zip(uses).filter_map(|(of, used)| {
        let one = used?;
        Some(Use {
            of,
            offered: decimal(one.offered),
            overcommitted: decimal(one.overcommitted),
            reserved: decimal(one.reserved),
            daemons: decimal(one.daemons),
            tasks: decimal(one.tasks),
            idle: decimal(one.idle),
        })
    });
    Peak {
        instances: leg.bound.instances,
        empty: empty.map(|stand| stand.instances).sum(),
        least_instances: leg.bound.least,
        uses: uses.collect(),
    }
}

fn decimal(value: Decimal) -> String {
    value.normalize().to_string()
}
