//! Sentences from an answer: what to take, why, and how to say it in an interview.
//!
//! A sentence is a list of spans and not a string, so that a reader can be shown which input,
//! option or amount a part of it speaks of.

use rust_decimal::Decimal;

use crate::decision::{Close, Lead, Verdict};
use crate::eligibility::{Class, Gate};
use crate::exact;
use crate::fleet::Dimension;
use crate::fleet::price::{FleetUse, LegUse};
use crate::inputs::InputId;
use crate::load::{Pattern, WEEK_HOURS};
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::purchase::CommitmentKind;
use crate::report::{Capacity, Priced, ServiceAnswer, SetAside};
use crate::scenario::{Egress, GbPerMonth, Load, Scenario, Service};
use crate::words;

mod advice;
mod assignment;
pub mod assumptions;
mod cluster;
mod commitment;
mod compare;
pub mod document;
mod drivers;
mod flip_changes;
mod flips;
mod gates;
pub mod interview;
mod map;
mod marginal;
mod matrix;
mod near_fit;
mod panel;
mod placement;
mod staff;
mod strategy;
mod stress;
mod sure;
pub mod wire;

pub use advice::advice;
pub use assignment::{AssignmentPoint, AssignmentRow, AssignmentWords, assignment};
pub use assumptions::assumptions;
pub use cluster::{ClusterBill, ClusterWords, ServiceBill, cluster};
pub use commitment::{committed, falling};
pub use compare::{CompareCause, CompareInput, CompareWords, compare};
pub use drivers::drivers;
pub use flips::{FlipWords, FlipsWords, flip, flips_left_out, to_measure};
pub use gates::{BringBackWords, GateWords, GatesWords, ReasonWords, Standing, gates};
pub use map::map;
pub use marginal::marginal;
pub use matrix::{FitWords, MatrixWords, PointWords, RowWords};
pub use near_fit::{NearFitWords, near_fit};
pub use panel::Panel;
pub use placement::{placement, stands_on};
pub use staff::break_even;
pub use strategy::split;
pub use stress::{StressPlace, StressRow, StressWords, stress};
pub use sure::{SureBand, SureDoubt, SureRow, SureWords};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// An amount of money.
    Money(String),
    /// An option.
    Option(OptionId, String),
    /// The present value of an input.
    Input(InputId, String),
}

/// A sentence, or a few that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(Vec<Span>);

impl Sentence {
    /// The spans.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// The whole as plain text.
    pub fn plain(&self) -> String {
        let texts = self.0.iter().map(|span| match span {
            Span::Text(text) | Span::Money(text) | Span::Option(_, text) | Span::Input(_, text) => {
                text.as_str()
            }
        });
        texts.collect()
    }

    /// A sentence of words alone.
    pub fn plainly(words: &str) -> Self {
        Self::default().text(words)
    }

    /// The same with another that belongs to it at its end.
    #[must_use]
    pub fn followed_by(mut self, other: Self) -> Self {
        self.0.push(Span::Text(" ".to_owned()));
        self.0.extend(other.0);
        self
    }

    /// A sentence that begins with an option.
    pub fn of(option: OptionId) -> Self {
        Self::default().option(option)
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Text(text.into()));
        self
    }

    fn money(mut self, amount: crate::money::Usd) -> Self {
        self.0.push(Span::Money(words::money(amount)));
        self
    }

    fn option(mut self, option: OptionId) -> Self {
        self.0
            .push(Span::Option(option, option_in_a_sentence(option)));
        self
    }

    fn input(mut self, input: InputId, text: impl Into<String>) -> Self {
        self.0.push(Span::Input(input, text.into()));
        self
    }
}

/// An option as it reads within a sentence: `EC2 on Arm with one-year Reserved Instances`.
pub fn option_in_a_sentence(option: OptionId) -> String {
    let base = format!(
        "{} on {}",
        words::place(option.place),
        words::arch(option.arch)
    );
    match option.purchase {
        Purchase::OnDemand => base,
        Purchase::SpotMix => format!("{base} with Spot"),
        Purchase::Committed(commitment) => {
            let article = match commitment.kind {
                CommitmentKind::ReservedInstance | CommitmentKind::ConvertibleReservedInstance => {
                    ""
                }
                _ => "a ",
            };
            format!("{base} with {article}{}", words::commitment(commitment))
        }
    }
}

/// What a class of options is called.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Fargate => "Fargate",
        Class::FargateSpot => "Fargate Spot mix",
        Class::Ec2 => "EC2",
        Class::Ec2Spot => "EC2 Spot mix",
        Class::ManagedInstances => "Managed Instances",
        Class::ManagedInstancesSpot => "Managed Instances Spot mix",
    }
}

/// A class of options as the subject of a sentence, and whether its verb is in the plural.
pub const fn class_as_subject(class: Class) -> (&'static str, bool) {
    match class {
        Class::Fargate => ("Fargate", false),
        Class::FargateSpot => ("a Fargate Spot mix", false),
        Class::Ec2 => ("EC2", false),
        Class::Ec2Spot => ("an EC2 Spot mix", false),
        Class::ManagedInstances => ("Managed Instances", true),
        Class::ManagedInstancesSpot => ("a Managed Instances Spot mix", false),
    }
}

/// What the answer comes to, for one glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A winner.
    Winner,
    /// Too close to call.
    Close,
    /// Nothing can run it at a known price.
    Nothing,
}

/// The answer in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Winner, too close, or nothing.
    pub tone: Tone,
    /// One sentence with the option, the monthly cost and the margin.
    pub sentence: Sentence,
    /// What stands behind it, one sentence each.
    pub reasons: Vec<Sentence>,
}

/// The answer for a service in words.
pub fn headline(service: &Service, answer: &ServiceAnswer, book: &PriceBook) -> Headline {
    let (tone, sentence) = verdict_sentence(answer);
    Headline {
        tone,
        sentence,
        reasons: reasons(service, answer, book),
    }
}

fn verdict_sentence(answer: &ServiceAnswer) -> (Tone, Sentence) {
    let best = answer
        .verdict
        .best()
        .and_then(|option| Some((option, answer.option(option)?.priced()?)));
    let (Some((option, best)), Verdict::Best { lead, .. }) = (best, answer.verdict) else {
        let sentence = Sentence::default()
            .text("No option can run this service at a known price. The table says what stands in the way of each.");
        return (Tone::Nothing, sentence);
    };
    let other = lead.and_then(|lead| Some((lead, answer.option(lead.over)?.priced()?)));
    match other {
        None => {
            let sentence = Sentence::default()
                .text("Run it on ")
                .option(option)
                .text(": ")
                .money(best.total)
                .text(" a month. No other place can run it at a known price.");
            (Tone::Winner, sentence)
        }
        Some((
            Lead {
                over,
                margin,
                close: Some(close),
            },
            other,
        )) => {
            let why = match close {
                Close::Share => ", less than the 5 % that an estimate can tell apart.",
                Close::Saving => ", no more than the smallest saving worth a change.",
                Close::Range => ", less than what prices and rounding leave open.",
            };
            let sentence = Sentence::default()
                .text("Too close to call: ")
                .option(option)
                .text(" costs ")
                .money(best.total)
                .text(" a month, ")
                .option(over)
                .text(" ")
                .money(other.total)
                .text(". The difference is ")
                .money(margin)
                .text(format!(" ({})", share_of(margin, other)))
                .text(why);
            (Tone::Close, sentence)
        }
        Some((
            Lead {
                over,
                margin,
                close: None,
            },
            other,
        )) => {
            let sentence = Sentence::default()
                .text("Run it on ")
                .option(option)
                .text(": ")
                .money(best.total)
                .text(" a month, ")
                .money(margin)
                .text(format!(" ({}) less than ", share_of(margin, other)))
                .option(over)
                .text(", the best of the other places.");
            (Tone::Winner, sentence)
        }
    }
}

fn share_of(margin: crate::money::Usd, whole: &Priced) -> String {
    words::percent(margin.ratio_to(whole.total).unwrap_or(Decimal::ZERO))
}

fn reasons(service: &Service, answer: &ServiceAnswer, book: &PriceBook) -> Vec<Sentence> {
    let mut reasons = Vec::new();
    let Verdict::Best { option, lead } = answer.verdict else {
        return reasons;
    };
    let priced = |option| answer.option(option).and_then(|report| report.priced());
    if let Some(best) = priced(option) {
        reasons.push(capacity_sentence(service, option, best, book));
    }
    if let Some(other) = lead.and_then(|lead| Some((lead.over, priced(lead.over)?))) {
        reasons.push(capacity_sentence(service, other.0, other.1, book));
    }
    if let Some(sentence) = cheaper_beyond_commitment(answer) {
        reasons.push(sentence);
    }
    reasons
}

/// What an option's tasks stand on, in one sentence.
fn capacity_sentence(
    service: &Service,
    option: OptionId,
    priced: &Priced,
    book: &PriceBook,
) -> Sentence {
    let start = Sentence::default().option(option);
    match &priced.capacity {
        Capacity::Fargate(used) => {
            let size = format!("{} vCPU and {} GiB", used.size.vcpu(), used.size.memory());
            let start = start.text(format!(" bills {size} for every second that a task runs"));
            if used.rounding.decimal() > Decimal::ONE {
                start
                    .text("; rounding up to that size costs ")
                    .money(used.rounding)
                    .text(" a month.")
            } else {
                start.text(", and nothing stands idle.")
            }
        }
        Capacity::Cluster(_) => start
            .text(" stands on ")
            .text(all_legs(&priced.capacity, book)),
        Capacity::Fleet(fleet) => {
            let legs: Vec<String> = fleet
                .legs
                .iter()
                .filter_map(|leg| leg_words(leg, book))
                .collect();
            let idle = idle_share(service, fleet, book).filter(|idle| *idle > Decimal::ZERO);
            let start = start.text(format!(" needs {}", legs.join(" and ")));
            match idle {
                Some(idle) => start.text(format!(
                    "; {} of their vCPU is not asked for.",
                    words::percent(idle)
                )),
                None => start.text("; no vCPU stands idle."),
            }
        }
    }
}

/// A service in a few words: `12 tasks, 0.5 vCPU, 1 GiB`.
pub fn in_short(service: &Service) -> String {
    let tasks = words::counted(service.load.tasks().get().into(), "task", "tasks");
    let task = &service.task;
    format!("{tasks}, {} vCPU, {} GiB", task.vcpu, task.memory)
}

/// The instances of every fleet of a cluster; of what stands on Fargate, that it does.
fn all_legs(capacity: &Capacity, book: &PriceBook) -> String {
    let fleets = capacity.fleets();
    if fleets.is_empty() {
        return "Fargate.".to_owned();
    }
    let legs = fleets.iter().flat_map(|fleet| &fleet.legs);
    let legs: Vec<String> = legs.filter_map(|leg| leg_words(leg, book)).collect();
    format!("{}.", legs.join(", "))
}

/// What a priced option's tasks stand on, as plain text.
pub fn standing(priced: &Priced, book: &PriceBook) -> String {
    match &priced.capacity {
        Capacity::Cluster(_) => format!("Stands on {}", all_legs(&priced.capacity, book)),
        Capacity::Fargate(used) => {
            let size = format!(
                "Billed as {} vCPU and {} GiB a task",
                used.size.vcpu(),
                used.size.memory()
            );
            let split = used.split.map_or_else(String::new, |split| {
                let mut text = format!("; {} on-demand, {} on Spot", split.on_demand, split.spot);
                if split.spot_least != split.spot_most {
                    let range = format!(
                        " (AWS's rounding leaves {} to {} open)",
                        split.spot_least, split.spot_most
                    );
                    text.push_str(&range);
                }
                text
            });
            let hours = words::quantity(used.task_hours);
            format!("{size}, {hours} task-hours a month{split}.")
        }
        Capacity::Fleet(fleet) => {
            let legs: Vec<String> = fleet
                .legs
                .iter()
                .filter_map(|leg| leg_words(leg, book))
                .collect();
            let reserved: u64 = fleet
                .legs
                .iter()
                .flat_map(|leg| &leg.types)
                .map(|one| one.reserved)
                .sum();
            let reserved = if reserved > 0 {
                format!(", {} of them reserved", words::count(reserved))
            } else {
                String::new()
            };
            format!(
                "{}{reserved}.{} The cheapest of {} with a price, of {} that fit.",
                legs.join(" and "),
                few_families(fleet),
                words::counted(fleet.priced as u64, "type", "types"),
                words::count(fleet.candidates as u64),
            )
        }
    }
}

/// Rule 19: a Spot fleet of fewer than three families says so.
fn few_families(fleet: &FleetUse) -> &'static str {
    let families = fleet
        .legs
        .iter()
        .filter(|leg| leg.spot && !leg.types.is_empty())
        .map(|leg| leg.types.len())
        .min();
    match families {
        Some(1) => " Only one family of types fits on Spot: its price stands alone.",
        Some(2) => " Only two families of types fit on Spot.",
        _ => "",
    }
}

/// What AWS's Spot Instance Advisor says of the types that an option's Spot leg stands on.
pub fn interruptions(service: &Service, priced: &Priced, book: &PriceBook) -> Vec<String> {
    let Capacity::Fleet(fleet) = &priced.capacity else {
        return Vec::new();
    };
    let spot = fleet.legs.iter().filter(|leg| leg.spot);
    let types = spot.flat_map(|leg| &leg.types);
    types
        .filter_map(|one| {
            let advice = book.advice(service.os, one.index)?;
            Some(format!(
                "{} on Spot was interrupted in {} of cases within a month, says AWS's Spot Instance Advisor of {}.",
                book.types.get(one.index)?.name,
                words::interruption(advice.interruption),
                book.source(advice.source)?.date_text(),
            ))
        })
        .collect()
}

fn leg_words(leg: &LegUse, book: &PriceBook) -> Option<String> {
    let first = leg.types.first()?;
    let name = &book.types.get(first.index)?.name;
    if leg.spot && leg.types.len() > 1 {
        let names: Vec<&str> = leg
            .types
            .iter()
            .filter_map(|one| Some(&*book.types.get(one.index)?.name))
            .collect();
        return Some(format!("Spot instances (the mean of {})", names.join(", ")));
    }
    let bound = match first.fit.bound {
        Dimension::Vcpu => "vCPU runs out first",
        Dimension::Memory => "memory runs out first",
        Dimension::Gpu => "GPUs run out first",
        Dimension::Eni => "network interfaces run out first",
        Dimension::Isolation => "each task has one to itself",
    };
    let holds = words::counted(first.fit.tasks.into(), "task", "tasks");
    let spot = if leg.spot { " Spot" } else { "" };
    let each = if first.instances == 1 { "" } else { "each " };
    Some(format!(
        "{} × {name}{spot}, {each}with room for {holds} ({bound})",
        words::count(first.instances)
    ))
}

/// Share of a fleet's vCPU that no task asks for, at its peak.
pub fn idle_share(service: &Service, fleet: &FleetUse, book: &PriceBook) -> Option<Decimal> {
    let mut asked = Decimal::ZERO;
    let mut there = Decimal::ZERO;
    for leg in &fleet.legs {
        let first = leg.types.first()?;
        let vcpu = book.types.get(first.index)?.vcpu;
        there = exact::sum(there, Decimal::from(first.instances) * Decimal::from(vcpu));
        asked = exact::sum(
            asked,
            Decimal::from(leg.tasks) * service.task.vcpu.decimal(),
        );
    }
    (!there.is_zero()).then(|| exact::difference(there, asked) / there)
}

/// The cheapest option beyond the longest commitment, where it would beat the verdict.
fn cheaper_beyond_commitment(answer: &ServiceAnswer) -> Option<Sentence> {
    let best = answer.option(answer.verdict.best()?)?.priced()?;
    let (option, priced) = answer
        .options
        .iter()
        .filter_map(|report| Some((report.option, report.priced()?)))
        .filter(|(_, priced)| priced.set_aside == Some(SetAside::BeyondCommitment))
        .min_by_key(|(_, priced)| priced.total)
        .filter(|(_, priced)| priced.total < best.total)?;
    Some(
        Sentence::default()
            .option(option)
            .text(" would cost ")
            .money(priced.total)
            .text("; the verdict leaves commitments out until ")
            .input(InputId::MaxCommitment, "the longest commitment")
            .text(" allows them."),
    )
}

/// The workload in one phrase: `12 tasks of 0.5 vCPU and 1 GiB, around the clock`.
pub fn workload(service: &Service) -> Sentence {
    let task = &service.task;
    let tasks = service.load.tasks().get();
    let sentence = Sentence::default()
        .input(
            InputId::Tasks,
            words::counted(tasks.into(), "task", "tasks"),
        )
        .text(" of ")
        .input(InputId::Vcpu, format!("{} vCPU", task.vcpu))
        .text(" and ")
        .input(InputId::Memory, format!("{} GiB", task.memory));
    let sentence = match &task.gpu {
        None => sentence,
        Some(gpu) => {
            let model = gpu
                .model
                .as_ref()
                .map_or("any model", |model| model.as_str());
            let one = gpu.count.eighths() <= 8;
            let noun = if one { "GPU" } else { "GPUs" };
            sentence
                .text(", each with ")
                .input(InputId::Gpu, format!("{} {noun} ({model})", gpu.count))
        }
    };
    match &service.load {
        Load::Constant { .. } => sentence.text(", around the clock"),
        Load::Schedule {
            idle_tasks,
            hours_per_day,
            days_per_week,
            ..
        } => sentence
            .text(" for ")
            .input(
                InputId::HoursPerDay,
                words::counted(hours_per_day.get().into(), "hour", "hours"),
            )
            .text(" on ")
            .input(
                InputId::DaysPerWeek,
                words::counted(days_per_week.get().into(), "day", "days"),
            )
            .text(" a week, ")
            .input(InputId::IdleTasks, words::count(idle_tasks.get().into()))
            .text(" in all other hours"),
        Load::Week(_) => sentence
            .text(" at the peak of a ")
            .input(InputId::Week, "week drawn hour by hour".to_owned()),
        Load::Jobs { runs_per_day, .. } => {
            let minutes = crate::inputs::minutes(&service.load);
            sentence
                .text(" for ")
                .input(InputId::Minutes, format!("{minutes} minutes"))
                .text(", ")
                .input(
                    InputId::RunsPerDay,
                    format!("{} times a day", words::count(runs_per_day.get().into())),
                )
        }
    }
}

/// Share of the hours of a month in which the tasks of the peak run, on average.
pub(crate) fn mean_share_of_peak(service: &Service) -> Decimal {
    match Pattern::of(&service.load) {
        Pattern::Hourly(week) => {
            let peak = week
                .levels
                .iter()
                .map(|level| level.tasks)
                .max()
                .unwrap_or(1)
                .max(1);
            Decimal::from(week.task_hours(|tasks| tasks))
                / Decimal::from(u64::from(peak) * u64::from(WEEK_HOURS))
        }
        Pattern::Jobs(jobs) => {
            let busy = u64::from(jobs.runs) * u64::from(jobs.milliminutes);
            Decimal::from(busy) / Decimal::from(1_440_000 * jobs.overlapping_runs())
        }
    }
}

/// Whether a class can run a service, as far as its requirements go.
pub(crate) fn first_obstacle(
    scenario: &Scenario,
    service: &Service,
    class: Class,
) -> Option<String> {
    let gate = Gate::of(service, &scenario.region, class);
    gate.ruled_out
        .first()
        .map(|(requirement, reason)| format!("{} ({reason})", requirement.row().label))
}

/// The cheapest on-demand option of a place on an architecture.
pub(crate) fn on_demand(answer: &ServiceAnswer, place: Place, arch: Arch) -> Option<&Priced> {
    answer
        .option(OptionId {
            place,
            arch,
            purchase: Purchase::OnDemand,
        })?
        .priced()
}

/// What a scenario leaves out of every total of a service.
pub fn not_included(scenario: &Scenario, service: &Service) -> String {
    let traffic = service.traffic;
    let left_out = [
        (!scenario.ebs, "EBS volumes"),
        (scenario.lines.load_balancer.is_none(), "load balancer"),
        (
            scenario.lines.egress == Egress::None,
            "NAT, public addresses and endpoints",
        ),
        (traffic.logs == GbPerMonth::default(), "logs"),
        (
            traffic.cross_zone == GbPerMonth::default(),
            "data between zones",
        ),
        (true, "data to the internet"),
        (!scenario.staff.billed, "staff time"),
        (true, "tax"),
    ];
    let names = left_out
        .iter()
        .filter(|(is_left_out, _)| *is_left_out)
        .map(|(_, name)| *name);
    format!("Not included: {}.", names.collect::<Vec<_>>().join(", "))
}
