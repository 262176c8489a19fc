//! The registry of inputs: one table of everything that a person can set.
//!
//! Controls, links, messages and reset all work from this table. Text enters a scenario here and
//! nowhere else: [`set`] gives back a changed scenario, or says in words what is wrong and what
//! is allowed.

use std::fmt;

use crate::needs::{Need, Needs};
use crate::option::Place;
use crate::platform::{ArchChoice, Os};
use crate::pricing::{Percent, Pricing};
use crate::scenario::{
    DaysPerWeek, Egress, EphemeralGib, FamilyName, FleetSettings, GbPerMonth, GpuModel, GpuRequest,
    HeadroomTasks, HoursPerDay, HoursPerMonth, IdleTasks, ImagePullSeconds, Load,
    LoadBalancerUnits, MAX_GPUS, MAX_NAMES, MAX_TASKS, MEMORY_LIMITS, MaxCommitment, MinInstances,
    MinZones, Name, NetworkMode, Overcommit, Owned, OwnedError, PercentRange, Places,
    ProviderChoice, RangeError, Ranges, Region, ReservedMemoryMib, RunMilliminutes, RunsPerDay,
    Scenario, Service, Sizing, SmallestSaving, StaffHours, StaffRate, TargetCapacity, TaskCount,
    TaskFactor, TypeName, VCPU_LIMITS, WeekError, WeekHours, Weights, WeightsError,
};
use crate::strategy::{MAX_BASE, MAX_WEIGHT, Strategy};
use crate::units::{Gib, GpuCount, QuantityError, Vcpu};

pub mod daemons;
mod number;
mod part;
mod weights;

pub use number::plain_number;
pub use part::{BRUSH, Part, PartError, brush, stepped};
pub use weights::{set_weight, weight};

ids! {
    /// An input. Its identifier is the key in links, so it is never renamed.
    pub enum InputId {
        /// Region.
        Region = "region",
        /// Hours that a month is billed for.
        HoursPerMonth = "hours",
        /// Longest commitment that may win.
        MaxCommitment = "term",
        /// Whether EBS volumes are billed.
        Ebs = "ebs",
        /// Zones to spread over.
        MinZones = "zones",
        /// Least instances.
        MinInstances = "floor",
        /// Managed scaling's target.
        TargetCapacity = "target",
        /// Memory kept back on EC2.
        ReservedMemory = "reserve",
        /// Network mode on EC2.
        Network = "net",
        /// ENI trunking on EC2.
        Trunking = "trunk",
        /// Whether burstable types may be chosen.
        Burstable = "burst",
        /// Whether bare-metal types may be chosen.
        BareMetal = "metal",
        /// How tasks reach what is outside.
        Egress = "egress",
        /// Whether there is a load balancer.
        LoadBalancer = "lb",
        /// Its capacity.
        LoadBalancerUnits = "lcu",
        /// Discount of the whole bill.
        Discount = "discount",
        /// Whether missing commitment rates are estimated.
        Estimate = "estimate",
        /// Their saving for one year.
        EstimateOneYear = "estimate-1y",
        /// Their saving for three years.
        EstimateThreeYears = "estimate-3y",
        /// Whether estimates may decide.
        EstimateDecides = "estimate-decides",
        /// How much committed options commit to.
        Sizing = "sizing",
        /// Savings Plans that are owned.
        OwnedPlans = "owned-plans",
        /// Reserved Instances that are owned.
        OwnedReservations = "owned-ris",
        /// Free vCPU in a running cluster.
        FreeVcpu = "free-vcpu",
        /// Free memory in a running cluster.
        FreeMemory = "free-mem",
        /// Instance types, named by hand.
        Types = "types",
        /// Families that are never chosen.
        Excluded = "exclude",
        /// CPU that tasks may ask for beyond what an instance has.
        CpuOvercommit = "overcommit",
        /// Memory that tasks may ask for beyond what an instance has.
        MemoryOvercommit = "soft-mem",
        /// Tasks on x86 for each of the load.
        FactorX86 = "factor-x86",
        /// Tasks on Arm for each of the load.
        FactorArm = "factor-arm",
        /// Whether staff time is billed.
        StaffTime = "staff",
        /// What an hour of staff costs.
        StaffRate = "staff-rate",
        /// Hours that a fleet takes.
        StaffHours = "staff-hours",
        /// The smallest saving worth a change.
        SmallestSaving = "least-saving",
        /// How much each criterion that is not money counts.
        Weights = "weights",
        /// Range of Spot prices.
        RangeSpot = "range-spot",
        /// Range of the load.
        RangeLoad = "range-load",
        /// Range of what packing leaves over.
        RangePacking = "range-packing",
        /// Range of old list prices.
        RangePrice = "range-price",
        /// Name of the service.
        Name = "name",
        /// Operating system.
        Os = "os",
        /// Architecture of the image.
        Arch = "arch",
        /// vCPU of a task.
        Vcpu = "vcpu",
        /// Memory of a task.
        Memory = "mem",
        /// Ephemeral storage of a task.
        Ephemeral = "disk",
        /// GPUs of a task.
        Gpu = "gpu",
        /// GPU model.
        GpuModel = "gpu-model",
        /// Kind of load.
        Load = "load",
        /// Tasks of each hour of a week.
        Week = "week",
        /// Tasks at the peak, or of a run.
        Tasks = "tasks",
        /// Tasks outside the schedule.
        IdleTasks = "idle",
        /// Scheduled hours a day.
        HoursPerDay = "day-hours",
        /// Scheduled days a week.
        DaysPerWeek = "days",
        /// Runs a day.
        RunsPerDay = "runs",
        /// Minutes of a run.
        Minutes = "minutes",
        /// Seconds of image pull.
        ImagePull = "pull",
        /// Base and weights together, as links hold them.
        Strategy = "spot",
        /// Spot's share of the tasks beyond the base.
        SpotShare = "spot-share",
        /// On-demand's base.
        SpotBase = "base",
        /// On-demand's weight.
        OnDemandWeight = "od-weight",
        /// Spot's weight.
        SpotWeight = "spot-weight",
        /// Tasks kept in reserve.
        Headroom = "headroom",
        /// Where a service may run.
        Places = "places",
        /// Its capacity provider in a cluster.
        Provider = "provider",
        /// Hard requirements.
        Needs = "needs",
        /// Size of the container image.
        Image = "image",
        /// Data that leaves.
        EgressGb = "out",
        /// Data between zones.
        CrossZoneGb = "cross-zone",
        /// Logs.
        LogsGb = "logs",
    }
}

/// Whose input it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole scenario's.
    Scenario,
    /// One service's.
    Service,
}

/// What an input takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number within limits.
    Number {
        /// Smallest, as text.
        min: &'static str,
        /// Largest, as text.
        max: &'static str,
        /// Step of the arrow keys, as text.
        step: &'static str,
        /// What a slider covers, where one helps: its least, its most, its step.
        slider: Option<(&'static str, &'static str, &'static str)>,
    },
    /// One of a list: identifier and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// On or off.
    Switch,
    /// Any of a list: identifier and label.
    Set,
    /// Words, at most so many characters.
    Text(usize),
}

/// One row of the registry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    /// Which.
    pub id: InputId,
    /// What people call it.
    pub label: &'static str,
    /// Its unit, empty where it has none.
    pub unit: &'static str,
    /// One sentence of help, empty where the label says it all.
    pub help: &'static str,
    /// Whose it is.
    pub scope: Scope,
    /// What it takes.
    pub kind: Kind,
    /// Whether links hold it; the others show or change a part of one that they hold.
    pub stored: bool,
}

const fn number(min: &'static str, max: &'static str, step: &'static str) -> Kind {
    Kind::Number {
        min,
        max,
        step,
        slider: None,
    }
}

const fn slider(
    min: &'static str,
    max: &'static str,
    step: &'static str,
    slider: (&'static str, &'static str, &'static str),
) -> Kind {
    Kind::Number {
        min,
        max,
        step,
        slider: Some(slider),
    }
}

const fn row(
    id: InputId,
    scope: Scope,
    label: &'static str,
    unit: &'static str,
    kind: Kind,
    help: &'static str,
) -> Input {
    Input {
        id,
        label,
        unit,
        help,
        scope,
        kind,
        stored: true,
    }
}

const fn derived(input: Input) -> Input {
    Input {
        stored: false,
        ..input
    }
}

use InputId as Id;
use Scope::{Scenario as Whole, Service as Each};

/// How many inputs there are.
const COUNT: usize = Id::ALL.len();

/// Every input, in the order in which links hold them. An input stands after those that decide
/// whether it applies.
pub static INPUTS: [Input; COUNT] = [
    row(
        Id::Region,
        Whole,
        "Region",
        "",
        Kind::Text(24),
        "Prices are those of this region.",
    ),
    row(
        Id::HoursPerMonth,
        Whole,
        "Month",
        "hours",
        number("1", "744", "1"),
        "AWS's calculator counts 730 hours (8,760 / 12); many tutorials count 720.",
    ),
    row(
        Id::MaxCommitment,
        Whole,
        "Longest commitment",
        "",
        Kind::Choice(&[("none", "None"), ("1y", "One year"), ("3y", "Three years")]),
        "What lies beyond it is shown in the table and never wins.",
    ),
    row(
        Id::Ebs,
        Whole,
        "EBS volumes",
        "",
        Kind::Switch,
        "30 GiB for each EC2 instance, 80 GiB for each managed instance, and scratch space beyond 20 GiB a task.",
    ),
    row(
        Id::MinZones,
        Whole,
        "Zones",
        "zones",
        number("1", "6", "1"),
        "Tasks spread evenly over so many Availability Zones, and each zone is packed by itself.",
    ),
    row(
        Id::MinInstances,
        Whole,
        "Least instances",
        "instances",
        number("0", "100", "1"),
        "A fleet never falls below this while its service runs, nor above one for each task.",
    ),
    row(
        Id::TargetCapacity,
        Whole,
        "Target capacity",
        "%",
        number("1", "100", "1"),
        "Managed scaling's target on EC2: instances needed of instances running.",
    ),
    row(
        Id::ReservedMemory,
        Whole,
        "Reserved memory",
        "MiB",
        number("0", "65536", "64"),
        "ECS_RESERVED_MEMORY: what an EC2 instance keeps back from tasks, beside 3 % for its system.",
    ),
    row(
        Id::Network,
        Whole,
        "Network mode",
        "",
        Kind::Choice(&[("awsvpc", "awsvpc"), ("bridge", "bridge"), ("host", "host")]),
        "On EC2. In awsvpc mode each task takes a network interface.",
    ),
    row(
        Id::Trunking,
        Whole,
        "ENI trunking",
        "",
        Kind::Switch,
        "The account setting awsvpcTrunking, which must be switched on before instances launch.",
    ),
    row(
        Id::Burstable,
        Whole,
        "Burstable types",
        "",
        Kind::Switch,
        "Allow T families. What tasks ask for above their baseline is billed as surplus credits.",
    ),
    row(
        Id::BareMetal,
        Whole,
        "Bare-metal types",
        "",
        Kind::Switch,
        "Allow bare-metal sizes.",
    ),
    row(
        Id::Egress,
        Whole,
        "Way out of the subnets",
        "",
        Kind::Choice(&[
            ("none", "Not billed"),
            ("nat", "NAT gateways"),
            ("public", "Public addresses"),
            ("endpoints", "VPC endpoints"),
        ]),
        "Public addresses can stand on Fargate tasks, and on instances in bridge or host mode; elsewhere NAT is billed in their place.",
    ),
    row(
        Id::LoadBalancer,
        Whole,
        "Load balancer",
        "",
        Kind::Switch,
        "One application load balancer.",
    ),
    row(
        Id::LoadBalancerUnits,
        Whole,
        "Load balancer capacity",
        "LCU",
        number("0", "10000", "1"),
        "Capacity units that it uses on average.",
    ),
    row(
        Id::Discount,
        Whole,
        "Discount",
        "%",
        number("0", "100", "1"),
        "Off every line at list price, Spot, fees and commitments included. Your own prices stay as they are.",
    ),
    row(
        Id::Estimate,
        Whole,
        "Estimate missing commitment rates",
        "",
        Kind::Switch,
        "Standard Reserved Instances and EC2 Instance Savings Plans with nothing upfront that no source quotes.",
    ),
    row(
        Id::EstimateOneYear,
        Whole,
        "Estimated saving, one year",
        "%",
        number("0", "100", "1"),
        "Off the on-demand price. Family m6a is quoted at 33.8 % in us-east-1.",
    ),
    row(
        Id::EstimateThreeYears,
        Whole,
        "Estimated saving, three years",
        "%",
        number("0", "100", "1"),
        "Off the on-demand price. Family m6a is quoted at 54.6 % in us-east-1.",
    ),
    row(
        Id::EstimateDecides,
        Whole,
        "Estimates may decide",
        "",
        Kind::Switch,
        "Otherwise an option that rests on an estimate is shown and cannot win.",
    ),
    row(
        Id::Sizing,
        Whole,
        "Size of commitments",
        "",
        Kind::Choice(&[
            ("none", "To compare"),
            ("steady_floor", "Steady floor"),
            ("cheapest", "Cheapest amount"),
        ]),
        "Committed options hold the cheapest amount for this load, or just what it always uses. Committed hours are paid whether used or not.",
    ),
    row(
        Id::OwnedPlans,
        Whole,
        "Savings Plans owned",
        "",
        Kind::Text(LIST_CHARS),
        "In dollars an hour, such as compute_sp_1y_no_upfront=0.5 or ec2_sp_1y_no_upfront:m7g=0.2. They apply first and cost nothing more.",
    ),
    row(
        Id::OwnedReservations,
        Whole,
        "Reserved Instances owned",
        "",
        Kind::Text(LIST_CHARS),
        "Such as m7g.large=3. Within a family of Linux instances they cover other sizes too.",
    ),
    row(
        Id::FreeVcpu,
        Whole,
        "Free vCPU in a running cluster",
        "vCPU",
        number("0", "10000", "1"),
        "Room on EC2 instances that run anyway: tasks that fit there cost nothing more.",
    ),
    row(
        Id::FreeMemory,
        Whole,
        "Free memory in a running cluster",
        "GiB",
        number("0", "30000", "1"),
        "Goes with the free vCPU: a task needs both.",
    ),
    row(
        Id::Types,
        Whole,
        "Instance types",
        "",
        Kind::Text(LIST_CHARS),
        "Names such as m7g.large, c7g.xlarge; empty lets the model choose.",
    ),
    row(
        Id::Excluded,
        Whole,
        "Families left out",
        "",
        Kind::Text(LIST_CHARS),
        "Names such as m6a, c7i.",
    ),
    row(
        Id::CpuOvercommit,
        Whole,
        "CPU overcommit",
        "x",
        number("1", "10", "0.1"),
        "On EC2: what tasks may ask for of each vCPU. 1 promises nothing twice.",
    ),
    row(
        Id::MemoryOvercommit,
        Whole,
        "Soft memory limits",
        "x",
        number("1", "10", "0.1"),
        "On EC2: what tasks may ask for of each MiB, where they reserve less than their limit.",
    ),
    row(
        Id::FactorX86,
        Whole,
        "Tasks on x86",
        "x",
        number("0.1", "10", "0.05"),
        "Tasks for each one of the load. An x86 vCPU is a hardware thread, half a core.",
    ),
    row(
        Id::FactorArm,
        Whole,
        "Tasks on Arm",
        "x",
        number("0.1", "10", "0.05"),
        "Tasks for each one of the load. A Graviton vCPU is a whole core: fewer may do the same work.",
    ),
    row(
        Id::StaffTime,
        Whole,
        "Staff time",
        "",
        Kind::Switch,
        "Bills the hours that running EC2 instances takes, as a line of its own.",
    ),
    row(
        Id::StaffRate,
        Whole,
        "An hour of staff",
        "dollars",
        number("1", "1000", "5"),
        "An assumption until you enter your own.",
    ),
    row(
        Id::StaffHours,
        Whole,
        "Hours on the fleet",
        "hours a month",
        number("0", "744", "1"),
        "",
    ),
    row(
        Id::SmallestSaving,
        Whole,
        "Smallest saving worth a change",
        "dollars a month",
        number("0", "10000000", "10"),
        "A lead of no more than this is too close to call.",
    ),
    row(
        Id::Weights,
        Whole,
        "Weights",
        "",
        Kind::Text(LIST_CHARS),
        "How much each criterion that is not money counts, from 0 to 10, such as operations:3,isolation:5.",
    ),
    row(
        Id::RangeSpot,
        Whole,
        "Range of Spot prices",
        "%",
        Kind::Text(RANGE_CHARS),
        "From and to, of the prices here: 80-150. How sure the answer is follows from it, and not the answer.",
    ),
    row(
        Id::RangeLoad,
        Whole,
        "Range of the load",
        "%",
        Kind::Text(RANGE_CHARS),
        "From and to, of the tasks of each hour or the runs of a day: 80-120.",
    ),
    row(
        Id::RangePacking,
        Whole,
        "Range of instances needed",
        "%",
        Kind::Text(RANGE_CHARS),
        "From and to, of the instances that packing needs: 100-110. ECS moves no task that runs, so some room stays unused.",
    ),
    row(
        Id::RangePrice,
        Whole,
        "Range of year-old prices",
        "%",
        Kind::Text(RANGE_CHARS),
        "From and to, of a list price a year older than the newest: 95-105. Younger ones are off by less, in proportion.",
    ),
    row(Id::Name, Each, "Name", "", Kind::Text(Name::MAX_CHARS), ""),
    row(
        Id::Os,
        Each,
        "Operating system",
        "",
        Kind::Choice(&[("linux", "Linux"), ("windows", "Windows")]),
        "",
    ),
    row(
        Id::Arch,
        Each,
        "Architecture",
        "",
        Kind::Choice(&[("x86_64", "x86"), ("arm64", "Arm"), ("either", "Either")]),
        "What the image is built for. An x86 vCPU is a hardware thread, a Graviton vCPU a core.",
    ),
    row(
        Id::Vcpu,
        Each,
        "vCPU",
        "vCPU",
        slider(VCPU_LIMITS.0, VCPU_LIMITS.1, "0.25", ("0.25", "16", "0.25")),
        "",
    ),
    row(
        Id::Memory,
        Each,
        "Memory",
        "GiB",
        slider(
            MEMORY_LIMITS.0,
            MEMORY_LIMITS.1,
            "0.5",
            ("0.5", "64", "0.5"),
        ),
        "",
    ),
    row(
        Id::Ephemeral,
        Each,
        "Ephemeral storage",
        "GiB",
        number("20", "16384", "10"),
        "Fargate includes 20 GiB and takes up to 200.",
    ),
    row(
        Id::Gpu,
        Each,
        "GPUs per task",
        "GPUs",
        number("0", "16", "1"),
        "Whole GPUs, or 0.125, 0.25 or 0.5 of one on G6f and Gr6f.",
    ),
    row(
        Id::GpuModel,
        Each,
        "GPU model",
        "",
        Kind::Text(32),
        "Any, or one that the region's instance types have.",
    ),
    row(
        Id::Load,
        Each,
        "Load",
        "",
        Kind::Choice(&[
            ("constant", "Constant"),
            ("schedule", "Schedule"),
            ("week", "Week"),
            ("jobs", "Jobs"),
        ]),
        "",
    ),
    row(
        Id::Week,
        Each,
        "Tasks hour by hour",
        "",
        Kind::Text(WEEK_CHARS),
        "168 counts from Monday's first hour on, separated by commas or space; 4x12 stands for twelve hours of four tasks.",
    ),
    row(
        Id::Tasks,
        Each,
        "Tasks",
        "tasks",
        slider("1", "100000", "1", ("1", "100", "1")),
        "For jobs, the tasks of one run; for a week, those of its peak.",
    ),
    row(
        Id::IdleTasks,
        Each,
        "Tasks outside the schedule",
        "tasks",
        number("0", "100000", "1"),
        "",
    ),
    row(
        Id::HoursPerDay,
        Each,
        "Hours a day",
        "hours",
        slider("1", "24", "1", ("1", "24", "1")),
        "The first hours of each scheduled day.",
    ),
    row(
        Id::DaysPerWeek,
        Each,
        "Days a week",
        "days",
        slider("1", "7", "1", ("1", "7", "1")),
        "",
    ),
    row(
        Id::RunsPerDay,
        Each,
        "Runs a day",
        "runs",
        number("1", "10000", "1"),
        "Spread evenly over the day.",
    ),
    row(
        Id::Minutes,
        Each,
        "Length of a run",
        "minutes",
        number("0.001", "20160", "1"),
        "",
    ),
    row(
        Id::ImagePull,
        Each,
        "Image pull",
        "seconds",
        number("0", "3600", "5"),
        "Fargate bills from the start of the image pull.",
    ),
    row(
        Id::Strategy,
        Each,
        "Spot strategy",
        "",
        Kind::Text(20),
        "Base, on-demand weight, Spot weight.",
    ),
    derived(row(
        Id::SpotShare,
        Each,
        "Spot share",
        "%",
        slider("0", "100", "1", ("0", "100", "5")),
        "Share of tasks on Spot. 0 means that the service does not tolerate interruption.",
    )),
    derived(row(
        Id::SpotBase,
        Each,
        "On-demand base",
        "tasks",
        number("0", "100000", "1"),
        "Tasks that always stand on on-demand capacity first.",
    )),
    derived(row(
        Id::OnDemandWeight,
        Each,
        "On-demand weight",
        "",
        number("0", "1000", "1"),
        "",
    )),
    derived(row(
        Id::SpotWeight,
        Each,
        "Spot weight",
        "",
        number("0", "1000", "1"),
        "",
    )),
    row(
        Id::Headroom,
        Each,
        "Spare tasks",
        "tasks",
        number("0", "100000", "1"),
        "Kept beside the load while it runs, on every option alike: for the loss of a zone or the surge of a deployment.",
    ),
    row(Id::Places, Each, "May run on", "", Kind::Text(60), ""),
    row(
        Id::Provider,
        Each,
        "Capacity provider",
        "",
        Kind::Choice(&[("auto", "Cheapest"), ("a", "A"), ("b", "B"), ("c", "C")]),
        "Where services share instances: those of one provider stand on one instance type.",
    ),
    row(
        Id::Needs,
        Each,
        "Needs",
        "",
        Kind::Set,
        "Hard requirements that rule options in or out.",
    ),
    row(
        Id::Image,
        Each,
        "Container image",
        "GiB",
        number("0", IMAGE_MOST, "0.5"),
        "As it is pulled. Each Fargate task that starts pulls it, each instance once; through NAT that is billed by the GB.",
    ),
    row(
        Id::EgressGb,
        Each,
        "Data out of the subnets",
        "GB a month",
        number("0", "10000000", "10"),
        "Through NAT gateways or VPC endpoints, image pulls apart.",
    ),
    row(
        Id::CrossZoneGb,
        Each,
        "Data between zones",
        "GB a month",
        number("0", "10000000", "10"),
        "Each direction counts.",
    ),
    row(
        Id::LogsGb,
        Each,
        "Logs",
        "GB a month",
        number("0", "10000000", "10"),
        "What CloudWatch Logs ingests.",
    ),
];

/// Longest list of names or of what is owned, in characters.
const LIST_CHARS: usize = 2_000;

/// Longest range, in characters.
const RANGE_CHARS: usize = 20;

/// Longest week, in characters.
const WEEK_CHARS: usize = 2_000;

/// Largest container image in GiB, as text.
const IMAGE_MOST: &str = "100";

impl InputId {
    /// The registry's row of this input.
    pub fn input(self) -> &'static Input {
        // A test walks every identifier; the first row is never reached as a fallback.
        INPUTS
            .iter()
            .find(|input| input.id == self)
            .unwrap_or(&INPUTS[0])
    }
}

/// Why a text does not fit an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was given.
    Empty,
    /// Not a number.
    NotANumber,
    /// A number, and not a whole one.
    NotWhole,
    /// Below or above the limits.
    OutOfRange,
    /// Finer than the input can hold.
    TooFine,
    /// Finer than a percentage can be.
    FinerThanHundredths,
    /// Not one of the list.
    NotAChoice,
    /// Not a fraction of a GPU that exists.
    NotAGpuCount,
    /// Not a name: empty, too long, or with control characters.
    NotAName,
    /// Both weights are zero.
    NoWeight,
    /// The input does not apply to what is set otherwise.
    DoesNotApply,
    /// Not the hours of a week.
    NotAWeek(WeekError),
    /// Not a range of percentages.
    NotARange(RangeError),
    /// Not a list of what is owned.
    NotOwned(OwnedError),
    /// Not a list of names, of which these are examples.
    NotNames(&'static str),
    /// Not one place or more.
    NotPlaces,
    /// Not the weights of criteria.
    NotWeights(WeightsError),
}

/// A text that does not fit an input. Prints the field, the value and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Which input.
    pub input: InputId,
    /// What was given.
    pub given: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl std::error::Error for FieldError {}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Input {
            label, unit, kind, ..
        } = self.input.input();
        (Said {
            label,
            unit,
            kind,
            given: &self.given,
            problem: &self.problem,
        })
        .fmt(f)
    }
}

/// What is wrong with a text, in words: the field, the value and what is allowed.
struct Said<'a> {
    label: &'static str,
    unit: &'static str,
    kind: &'a Kind,
    given: &'a str,
    problem: &'a Problem,
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            label, unit, kind, ..
        } = self;
        let given = self.given.chars().take(60).collect::<String>();
        let space = if unit.is_empty() { "" } else { " " };
        let allowed = |f: &mut fmt::Formatter<'_>| match kind {
            Kind::Number { min, max, .. } => write!(f, "{min} to {max}{space}{unit}"),
            Kind::Choice(choices) => write_list(f, choices.iter().map(|(id, _)| *id)),
            Kind::Set => write_list(f, Need::ALL.iter().map(|need| need.id())),
            Kind::Switch => f.write_str("on or off"),
            Kind::Text(most) => write!(f, "1 to {most} characters"),
        };
        match self.problem {
            Problem::NotAName if given.is_empty() => {
                write!(f, "{label} is empty. Allowed: ")?;
                allowed(f)?;
            }
            Problem::Empty => {
                write!(f, "{label} is empty. Allowed: ")?;
                allowed(f)?;
            }
            Problem::NotANumber => {
                write!(f, "{label}: “{given}” is not a number. Allowed: ")?;
                allowed(f)?;
            }
            Problem::NotWhole => {
                write!(f, "{label}: {given} is not a whole number. Allowed: ")?;
                allowed(f)?;
            }
            Problem::OutOfRange => {
                write!(f, "{label}: {given} is out of range. Allowed: ")?;
                allowed(f)?;
            }
            Problem::TooFine => {
                write!(f, "{label}: {given} is too fine. Allowed: steps of 0.001, ")?;
                allowed(f)?;
            }
            Problem::FinerThanHundredths => {
                write!(f, "{label}: {given} is too fine. Allowed: steps of 0.01, ")?;
                allowed(f)?;
            }
            Problem::NotAChoice | Problem::NotAName => {
                write!(f, "{label}: “{given}” is not known. Allowed: ")?;
                allowed(f)?;
            }
            Problem::NotAGpuCount => {
                write!(
                    f,
                    "{label}: {given} is not a count of GPUs. Allowed: whole numbers up to {MAX_GPUS}, or 0.125, 0.25, 0.5"
                )?;
            }
            Problem::NoWeight => {
                write!(
                    f,
                    "{label}: at least one of the two weights must be above 0"
                )?;
            }
            Problem::DoesNotApply => {
                write!(f, "{label} does not apply to what is set otherwise")?;
            }
            Problem::NotAWeek(error) => write!(f, "{label}: {error}")?,
            Problem::NotARange(error) => write!(f, "{label}: “{given}” {error}")?,
            Problem::NotOwned(error) => write!(f, "{label}: {error}")?,
            Problem::NotNames(example) => write!(
                f,
                "{label}: “{given}” is not a list of names. Allowed: up to {MAX_NAMES}, such as {example}"
            )?,
            Problem::NotWeights(error) => write!(f, "{label}: {error}")?,
            Problem::NotPlaces if given.is_empty() => {
                write!(f, "{label}: at least one place must stay")?;
            }
            Problem::NotPlaces => {
                write!(
                    f,
                    "{label}: “{given}” is not known. Allowed: one or more of "
                )?;
                write_list(f, Place::ALL.iter().map(|place| place.id()))?;
            }
        }
        f.write_str(".")
    }
}

fn write_list<'a>(f: &mut fmt::Formatter<'_>, ids: impl Iterator<Item = &'a str>) -> fmt::Result {
    for (index, id) in ids.enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        f.write_str(id)?;
    }
    Ok(())
}

/// The present text of an input; `None` where it does not apply.
pub fn get(scenario: &Scenario, service: usize, id: InputId) -> Option<String> {
    match id.input().scope {
        Whole => get_whole(scenario, id),
        Each => get_of_service(scenario.services.nearest(service), id),
    }
}

fn get_whole(scenario: &Scenario, id: InputId) -> Option<String> {
    let fleet = &scenario.fleet;
    let text = match id {
        Id::Region => scenario.region.as_str().to_owned(),
        Id::HoursPerMonth => scenario.hours_per_month.get().to_string(),
        Id::MaxCommitment => scenario.max_commitment.id().to_owned(),
        Id::Ebs => on_off(scenario.ebs),
        Id::MinZones => fleet.min_zones.get().to_string(),
        Id::MinInstances => fleet.min_instances.get().to_string(),
        Id::TargetCapacity => fleet.target_capacity.get().to_string(),
        Id::ReservedMemory => fleet.reserved_memory.get().to_string(),
        Id::Network => fleet.network.id().to_owned(),
        Id::Trunking => on_off(fleet.eni_trunking),
        Id::Burstable => on_off(fleet.burstable),
        Id::BareMetal => on_off(fleet.bare_metal),
        Id::Egress => scenario.lines.egress.id().to_owned(),
        Id::LoadBalancer => on_off(scenario.lines.load_balancer.is_some()),
        Id::LoadBalancerUnits => scenario.lines.load_balancer?.get().to_string(),
        Id::Discount => percent_text(scenario.pricing.discount),
        Id::Estimate => on_off(scenario.pricing.estimate.is_some()),
        Id::EstimateOneYear => percent_text(scenario.pricing.estimate?.one_year),
        Id::EstimateThreeYears => percent_text(scenario.pricing.estimate?.three_years),
        Id::EstimateDecides => on_off(scenario.pricing.estimate?.may_decide),
        Id::Sizing => scenario.sizing.id().to_owned(),
        Id::OwnedPlans => joined(&scenario.owned.plans),
        Id::OwnedReservations => joined(&scenario.owned.reservations),
        Id::FreeVcpu => scenario.owned.free_vcpu.to_string(),
        Id::FreeMemory => scenario.owned.free_memory.to_string(),
        Id::Types => joined(&fleet.types),
        Id::Excluded => joined(&fleet.excluded),
        Id::CpuOvercommit => number::from_thousandths(fleet.cpu_overcommit.get()),
        Id::MemoryOvercommit => number::from_thousandths(fleet.memory_overcommit.get()),
        Id::FactorX86 => number::from_thousandths(scenario.task_factors.x86.get()),
        Id::FactorArm => number::from_thousandths(scenario.task_factors.arm.get()),
        Id::StaffTime => on_off(scenario.staff.billed),
        Id::StaffRate => scenario.staff.rate.get().to_string(),
        Id::StaffHours => scenario.staff.hours.get().to_string(),
        Id::SmallestSaving => scenario.smallest_saving.get().to_string(),
        Id::Weights => scenario.weights.to_string(),
        Id::RangeSpot => scenario.ranges.spot.to_string(),
        Id::RangeLoad => scenario.ranges.load.to_string(),
        Id::RangePacking => scenario.ranges.packing.to_string(),
        Id::RangePrice => scenario.ranges.price.to_string(),
        _ => return None,
    };
    Some(text)
}

fn get_of_service(service: &Service, id: InputId) -> Option<String> {
    let task = &service.task;
    let strategy = |of: fn(Strategy) -> u32| service.spot.map(|strategy| of(strategy).to_string());
    let text = match id {
        Id::Name => service.name.as_str().to_owned(),
        Id::Os => service.os.id().to_owned(),
        Id::Arch => service.arch.id().to_owned(),
        Id::Vcpu => task.vcpu.to_string(),
        Id::Memory => task.memory.to_string(),
        Id::Ephemeral => task.ephemeral.get().to_string(),
        Id::Gpu => task
            .gpu
            .as_ref()
            .map_or_else(|| "0".to_owned(), |gpu| gpu.count.to_string()),
        Id::GpuModel => {
            let gpu = task.gpu.as_ref()?;
            gpu.model
                .as_ref()
                .map_or("any", GpuModel::as_str)
                .to_owned()
        }
        Id::Load => load_kind(&service.load).to_owned(),
        Id::Week => match &service.load {
            Load::Week(hours) => hours.to_string(),
            _ => return None,
        },
        Id::Tasks => service.load.tasks().get().to_string(),
        Id::IdleTasks => match service.load {
            Load::Schedule { idle_tasks, .. } => idle_tasks.get().to_string(),
            _ => return None,
        },
        Id::HoursPerDay => match service.load {
            Load::Schedule { hours_per_day, .. } => hours_per_day.get().to_string(),
            _ => return None,
        },
        Id::DaysPerWeek => match service.load {
            Load::Schedule { days_per_week, .. } => days_per_week.get().to_string(),
            _ => return None,
        },
        Id::RunsPerDay => match service.load {
            Load::Jobs { runs_per_day, .. } => runs_per_day.get().to_string(),
            _ => return None,
        },
        Id::Minutes => match service.load {
            Load::Jobs { minutes, .. } => number::from_thousandths(minutes.get()),
            _ => return None,
        },
        Id::ImagePull => match service.load {
            Load::Jobs { image_pull, .. } => image_pull.get().to_string(),
            _ => return None,
        },
        Id::Strategy => service.spot.map_or_else(
            || "none".to_owned(),
            |spot| {
                format!(
                    "{}.{}.{}",
                    spot.base(),
                    spot.on_demand_weight(),
                    spot.spot_weight()
                )
            },
        ),
        Id::SpotShare => service.spot.map_or(0, Strategy::spot_percent).to_string(),
        Id::SpotBase => strategy(Strategy::base)?,
        Id::OnDemandWeight => strategy(|spot| spot.on_demand_weight().into())?,
        Id::SpotWeight => strategy(|spot| spot.spot_weight().into())?,
        Id::Headroom => service.headroom.get().to_string(),
        Id::Places => {
            let ids: Vec<&str> = service.places.iter().map(Place::id).collect();
            ids.join(",")
        }
        Id::Provider => service.provider.id().to_owned(),
        Id::Needs => {
            let ids: Vec<&str> = service.needs.iter().map(Need::id).collect();
            ids.join(",")
        }
        Id::Image => service.traffic.image.to_string(),
        Id::EgressGb => service.traffic.egress.get().to_string(),
        Id::CrossZoneGb => service.traffic.cross_zone.get().to_string(),
        Id::LogsGb => service.traffic.logs.get().to_string(),
        _ => return None,
    };
    Some(text)
}

/// The scenario with an input set from text.
pub fn set(
    scenario: &Scenario,
    service: usize,
    id: InputId,
    text: &str,
) -> Result<Scenario, FieldError> {
    let mut changed = scenario.clone();
    apply(&mut changed, service, id, text.trim()).map_err(|problem| FieldError {
        input: id,
        given: text.trim().to_owned(),
        problem,
    })?;
    Ok(changed)
}

/// The scenario with one need stated or not.
pub fn set_need(scenario: &Scenario, service: usize, need: Need, present: bool) -> Scenario {
    let mut changed = scenario.clone();
    if let Some(service) = changed.services.get_mut(service) {
        service.needs = service.needs.with(need, present);
    }
    changed
}

/// The scenario with one place allowed to a service or not.
pub fn set_place(
    scenario: &Scenario,
    service: usize,
    place: Place,
    allowed: bool,
) -> Result<Scenario, FieldError> {
    let places = scenario.services.nearest(service).places;
    let ids = Place::ALL.iter().filter(|&&one| {
        if one == place {
            allowed
        } else {
            places.has(one)
        }
    });
    let ids: Vec<&str> = ids.map(|place| place.id()).collect();
    set(scenario, service, Id::Places, &ids.join(","))
}

fn apply(scenario: &mut Scenario, index: usize, id: InputId, text: &str) -> Result<(), Problem> {
    if id.input().scope == Whole {
        return apply_whole(scenario, id, text);
    }
    let service = scenario
        .services
        .get_mut(index)
        .ok_or(Problem::DoesNotApply)?;
    match id {
        Id::Load => set_load_kind(service, text),
        Id::Tasks
        | Id::Week
        | Id::IdleTasks
        | Id::HoursPerDay
        | Id::DaysPerWeek
        | Id::RunsPerDay
        | Id::Minutes
        | Id::ImagePull => set_load(service, id, text),
        Id::Strategy | Id::SpotShare | Id::SpotBase | Id::OnDemandWeight | Id::SpotWeight => {
            set_spot(service, id, text)
        }
        _ => apply_task(service, id, text),
    }
}

fn apply_whole(scenario: &mut Scenario, id: InputId, text: &str) -> Result<(), Problem> {
    let fleet = &mut scenario.fleet;
    match id {
        Id::Region => scenario.region = Region::new(text).ok_or(Problem::NotAChoice)?,
        Id::HoursPerMonth => scenario.hours_per_month = ranged(text, HoursPerMonth::new)?,
        Id::MaxCommitment => {
            scenario.max_commitment = MaxCommitment::from_id(text).ok_or(Problem::NotAChoice)?;
        }
        Id::Ebs => scenario.ebs = switch(text)?,
        Id::MinZones => fleet.min_zones = ranged(text, MinZones::new)?,
        Id::MinInstances => fleet.min_instances = ranged(text, MinInstances::new)?,
        Id::TargetCapacity => fleet.target_capacity = ranged(text, TargetCapacity::new)?,
        Id::ReservedMemory => fleet.reserved_memory = ranged(text, ReservedMemoryMib::new)?,
        Id::Network => fleet.network = NetworkMode::from_id(text).ok_or(Problem::NotAChoice)?,
        Id::Trunking => fleet.eni_trunking = switch(text)?,
        Id::Burstable => fleet.burstable = switch(text)?,
        Id::BareMetal => fleet.bare_metal = switch(text)?,
        Id::Egress => {
            scenario.lines.egress = Egress::from_id(text).ok_or(Problem::NotAChoice)?;
        }
        Id::LoadBalancer => {
            let present = scenario.lines.load_balancer.unwrap_or_default();
            scenario.lines.load_balancer = switch(text)?.then_some(present);
        }
        Id::LoadBalancerUnits => {
            let units = scenario.lines.load_balancer.as_mut();
            *units.ok_or(Problem::DoesNotApply)? = ranged(text, LoadBalancerUnits::new)?;
        }
        Id::Types | Id::Excluded | Id::CpuOvercommit | Id::MemoryOvercommit => {
            apply_choice_of_types(fleet, id, text)?;
        }
        Id::OwnedPlans | Id::OwnedReservations | Id::FreeVcpu | Id::FreeMemory => {
            apply_owned(&mut scenario.owned, id, text)?;
        }
        Id::Sizing => scenario.sizing = Sizing::from_id(text).ok_or(Problem::NotAChoice)?,
        Id::FactorX86 => scenario.task_factors.x86 = thousandths_of(text, TaskFactor::new)?,
        Id::FactorArm => scenario.task_factors.arm = thousandths_of(text, TaskFactor::new)?,
        Id::StaffTime => scenario.staff.billed = switch(text)?,
        Id::StaffRate => scenario.staff.rate = ranged(text, StaffRate::new)?,
        Id::StaffHours => scenario.staff.hours = ranged(text, StaffHours::new)?,
        Id::SmallestSaving => scenario.smallest_saving = ranged(text, SmallestSaving::new)?,
        Id::Weights => scenario.weights = Weights::parse(text).map_err(Problem::NotWeights)?,
        Id::RangeSpot | Id::RangeLoad | Id::RangePacking | Id::RangePrice => {
            apply_range(&mut scenario.ranges, id, text)?;
        }
        _ => apply_pricing(&mut scenario.pricing, id, text)?,
    }
    Ok(())
}

fn apply_range(ranges: &mut Ranges, id: InputId, text: &str) -> Result<(), Problem> {
    let (range, limits) = match id {
        Id::RangeSpot => (&mut ranges.spot, Ranges::SPOT_LIMITS),
        Id::RangeLoad => (&mut ranges.load, Ranges::LOAD_LIMITS),
        Id::RangePacking => (&mut ranges.packing, Ranges::PACKING_LIMITS),
        Id::RangePrice => (&mut ranges.price, Ranges::PRICE_LIMITS),
        _ => return Err(Problem::DoesNotApply),
    };
    *range = PercentRange::parse(text, limits).map_err(Problem::NotARange)?;
    Ok(())
}

fn apply_choice_of_types(
    fleet: &mut FleetSettings,
    id: InputId,
    text: &str,
) -> Result<(), Problem> {
    match id {
        Id::Types => {
            fleet.types = TypeName::list(text).ok_or(Problem::NotNames("m7g.large, c7g.xlarge"))?;
        }
        Id::Excluded => {
            fleet.excluded = FamilyName::list(text).ok_or(Problem::NotNames("m6a, c7i"))?;
        }
        Id::CpuOvercommit => fleet.cpu_overcommit = thousandths_of(text, Overcommit::new)?,
        Id::MemoryOvercommit => fleet.memory_overcommit = thousandths_of(text, Overcommit::new)?,
        _ => return Err(Problem::DoesNotApply),
    }
    Ok(())
}

fn apply_owned(owned: &mut Owned, id: InputId, text: &str) -> Result<(), Problem> {
    match id {
        Id::OwnedPlans => owned.plans = Owned::parse_plans(text).map_err(Problem::NotOwned)?,
        Id::OwnedReservations => {
            owned.reservations = Owned::parse_reservations(text).map_err(Problem::NotOwned)?;
        }
        Id::FreeVcpu => owned.free_vcpu = quantity(text, ("0", "10000"), Vcpu::parse)?,
        Id::FreeMemory => owned.free_memory = quantity(text, ("0", "30000"), Gib::parse)?,
        _ => return Err(Problem::DoesNotApply),
    }
    Ok(())
}

/// A number with at most three decimals, as a type of thousandths holds it.
fn thousandths_of<V>(text: &str, new: impl Fn(u32) -> Option<V>) -> Result<V, Problem> {
    let number = plain_number(text).ok_or_else(|| not_a_number(text))?;
    new(number::to_thousandths(&number)?).ok_or(Problem::OutOfRange)
}

/// Thousandths of a plain number, where it has no finer part.
pub(crate) fn thousandths(number: &str) -> Option<u32> {
    number::to_thousandths(number).ok()
}

/// A count of thousandths as a decimal.
pub(crate) fn from_thousandths(count: u32) -> String {
    number::from_thousandths(count)
}

fn joined(parts: &[impl fmt::Display]) -> String {
    let words: Vec<String> = parts.iter().map(ToString::to_string).collect();
    words.join(",")
}

fn apply_pricing(pricing: &mut Pricing, id: InputId, text: &str) -> Result<(), Problem> {
    if id == Id::Discount {
        pricing.discount = percent(text)?;
        return Ok(());
    }
    if id == Id::Estimate {
        let present = pricing.estimate.unwrap_or_default();
        pricing.estimate = switch(text)?.then_some(present);
        return Ok(());
    }
    let estimate = pricing.estimate.as_mut().ok_or(Problem::DoesNotApply)?;
    match id {
        Id::EstimateOneYear => estimate.one_year = percent(text)?,
        Id::EstimateThreeYears => estimate.three_years = percent(text)?,
        Id::EstimateDecides => estimate.may_decide = switch(text)?,
        _ => return Err(Problem::DoesNotApply),
    }
    Ok(())
}

fn percent_text(percent: Percent) -> String {
    number::from_hundredths(percent.hundredths().into())
}

/// A percentage with at most two decimals.
fn percent(text: &str) -> Result<Percent, Problem> {
    let number = plain_number(text).ok_or_else(|| not_a_number(text))?;
    let hundredths = number::to_hundredths(&number).map_err(|problem| match problem {
        Problem::TooFine => Problem::FinerThanHundredths,
        other => other,
    })?;
    let hundredths = u16::try_from(hundredths).map_err(|_| Problem::OutOfRange)?;
    Percent::from_hundredths(hundredths).ok_or(Problem::OutOfRange)
}

fn apply_task(service: &mut Service, id: InputId, text: &str) -> Result<(), Problem> {
    let task = &mut service.task;
    match id {
        Id::Name => service.name = Name::new(text).ok_or(Problem::NotAName)?,
        Id::Os => service.os = Os::from_id(text).ok_or(Problem::NotAChoice)?,
        Id::Arch => service.arch = ArchChoice::from_id(text).ok_or(Problem::NotAChoice)?,
        Id::Vcpu => task.vcpu = quantity(text, VCPU_LIMITS, Vcpu::parse)?,
        Id::Memory => task.memory = quantity(text, MEMORY_LIMITS, Gib::parse)?,
        Id::Ephemeral => task.ephemeral = ranged(text, EphemeralGib::new)?,
        Id::Gpu => {
            let number = plain_number(text).ok_or_else(|| not_a_number(text))?;
            let model = task.gpu.take().and_then(|gpu| gpu.model);
            task.gpu = if number == "0" {
                None
            } else {
                let count = GpuCount::parse(&number).ok_or(Problem::NotAGpuCount)?;
                if count.eighths() > MAX_GPUS * 8 {
                    return Err(Problem::OutOfRange);
                }
                Some(GpuRequest { count, model })
            };
        }
        Id::GpuModel => {
            let gpu = task.gpu.as_mut().ok_or(Problem::DoesNotApply)?;
            gpu.model = if text == "any" {
                None
            } else {
                Some(GpuModel::new(text).ok_or(Problem::NotAName)?)
            };
        }
        Id::Headroom => service.headroom = ranged(text, HeadroomTasks::new)?,
        Id::Places => {
            let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
            let places: Option<Vec<Place>> = ids.map(Place::from_id).collect();
            service.places = places.and_then(Places::new).ok_or(Problem::NotPlaces)?;
        }
        Id::Provider => {
            service.provider = ProviderChoice::from_id(text).ok_or(Problem::NotAChoice)?;
        }
        Id::Needs => {
            let mut needs = Needs::NONE;
            for need in text
                .split(',')
                .map(str::trim)
                .filter(|need| !need.is_empty())
            {
                needs = needs.with(Need::from_id(need).ok_or(Problem::NotAChoice)?, true);
            }
            service.needs = needs;
        }
        Id::Image => {
            service.traffic.image = quantity(text, ("0", IMAGE_MOST), Gib::parse)?;
        }
        Id::EgressGb => service.traffic.egress = ranged(text, GbPerMonth::new)?,
        Id::CrossZoneGb => service.traffic.cross_zone = ranged(text, GbPerMonth::new)?,
        Id::LogsGb => service.traffic.logs = ranged(text, GbPerMonth::new)?,
        _ => return Err(Problem::DoesNotApply),
    }
    Ok(())
}

const fn load_kind(load: &Load) -> &'static str {
    match load {
        Load::Constant { .. } => "constant",
        Load::Schedule { .. } => "schedule",
        Load::Week(_) => "week",
        Load::Jobs { .. } => "jobs",
    }
}

/// Changes the kind of load and keeps its tasks; the rest starts at its default.
fn set_load_kind(service: &mut Service, text: &str) -> Result<(), Problem> {
    let tasks = service.load.tasks();
    if text == load_kind(&service.load) {
        return Ok(());
    }
    service.load = match text {
        "constant" => Load::Constant { tasks },
        "schedule" => Load::Schedule {
            tasks,
            idle_tasks: IdleTasks::default(),
            hours_per_day: HoursPerDay::default(),
            days_per_week: DaysPerWeek::default(),
        },
        // The week begins as what it was, hour by hour.
        "week" => Load::Week(crate::load::written_out(&service.load)),
        "jobs" => Load::Jobs {
            runs_per_day: RunsPerDay::default(),
            tasks,
            minutes: RunMilliminutes::default(),
            image_pull: ImagePullSeconds::default(),
        },
        _ => return Err(Problem::NotAChoice),
    };
    Ok(())
}

fn set_load(service: &mut Service, id: InputId, text: &str) -> Result<(), Problem> {
    match (id, &mut service.load) {
        (Id::Tasks, load) => *load = load.with_tasks(ranged(text, TaskCount::new)?),
        (Id::Week, Load::Week(hours)) => {
            *hours = WeekHours::parse(text).map_err(Problem::NotAWeek)?;
        }
        (Id::IdleTasks, Load::Schedule { idle_tasks, .. }) => {
            *idle_tasks = ranged(text, IdleTasks::new)?;
        }
        (Id::HoursPerDay, Load::Schedule { hours_per_day, .. }) => {
            *hours_per_day = ranged(text, HoursPerDay::new)?;
        }
        (Id::DaysPerWeek, Load::Schedule { days_per_week, .. }) => {
            *days_per_week = ranged(text, DaysPerWeek::new)?;
        }
        (Id::RunsPerDay, Load::Jobs { runs_per_day, .. }) => {
            *runs_per_day = ranged(text, RunsPerDay::new)?;
        }
        (Id::Minutes, Load::Jobs { minutes, .. }) => {
            let number = plain_number(text).ok_or_else(|| not_a_number(text))?;
            let thousandths = number::to_thousandths(&number)?;
            *minutes = RunMilliminutes::new(thousandths).ok_or(Problem::OutOfRange)?;
        }
        (Id::ImagePull, Load::Jobs { image_pull, .. }) => {
            *image_pull = ranged(text, ImagePullSeconds::new)?;
        }
        _ => return Err(Problem::DoesNotApply),
    }
    Ok(())
}

fn set_spot(service: &mut Service, id: InputId, text: &str) -> Result<(), Problem> {
    if id == Id::Strategy {
        service.spot = if text == "none" {
            None
        } else {
            Some(parse_strategy(text)?)
        };
        return Ok(());
    }
    if id == Id::SpotShare {
        let share: u8 = ranged(text, |share: u8| (share <= 100).then_some(share))?;
        // What it is already stays as it is, base and weights included.
        if share != service.spot.map_or(0, Strategy::spot_percent) {
            service.spot = Strategy::from_spot_percent(share);
        }
        return Ok(());
    }
    let old = service.spot.ok_or(Problem::DoesNotApply)?;
    let weight = |text| ranged(text, |weight: u16| (weight <= MAX_WEIGHT).then_some(weight));
    let (base, on_demand, spot) = match id {
        Id::SpotBase => {
            let base = ranged(text, |base: u32| {
                (base <= MAX_BASE.min(MAX_TASKS)).then_some(base)
            })?;
            (base, old.on_demand_weight(), old.spot_weight())
        }
        Id::OnDemandWeight => (old.base(), weight(text)?, old.spot_weight()),
        Id::SpotWeight => (old.base(), old.on_demand_weight(), weight(text)?),
        _ => return Err(Problem::DoesNotApply),
    };
    service.spot = Some(Strategy::new(base, on_demand, spot).ok_or(Problem::NoWeight)?);
    Ok(())
}

fn parse_strategy(text: &str) -> Result<Strategy, Problem> {
    let mut parts = text.split('.');
    let mut next = || {
        parts
            .next()
            .and_then(|part| part.parse::<u32>().ok())
            .ok_or(Problem::NotANumber)
    };
    let (base, on_demand, spot) = (next()?, next()?, next()?);
    if parts.next().is_some() {
        return Err(Problem::NotANumber);
    }
    let weight = |weight: u32| u16::try_from(weight).map_err(|_| Problem::OutOfRange);
    if on_demand == 0 && spot == 0 {
        return Err(Problem::NoWeight);
    }
    Strategy::new(base, weight(on_demand)?, weight(spot)?).ok_or(Problem::OutOfRange)
}

fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

fn switch(text: &str) -> Result<bool, Problem> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Problem::NotAChoice),
    }
}

fn not_a_number(text: &str) -> Problem {
    if text.is_empty() {
        Problem::Empty
    } else {
        Problem::NotANumber
    }
}

/// A whole number within the limits of its type.
fn ranged<T: std::str::FromStr, V>(text: &str, new: impl Fn(T) -> Option<V>) -> Result<V, Problem> {
    let number = plain_number(text).ok_or_else(|| not_a_number(text))?;
    if number.contains('.') {
        return Err(Problem::NotWhole);
    }
    number.parse().ok().and_then(new).ok_or(Problem::OutOfRange)
}

/// A decimal quantity within limits.
fn quantity<Q: PartialOrd>(
    text: &str,
    limits: (&str, &str),
    parse: impl Fn(&str) -> Result<Q, QuantityError>,
) -> Result<Q, Problem> {
    let number = plain_number(text).ok_or_else(|| not_a_number(text))?;
    let problem = |error| match error {
        QuantityError::NotANumber => Problem::NotANumber,
        QuantityError::OutOfRange => Problem::OutOfRange,
        QuantityError::TooFine => Problem::TooFine,
    };
    let value = parse(&number).map_err(problem)?;
    let within = parse(limits.0).is_ok_and(|least| value >= least)
        && parse(limits.1).is_ok_and(|most| value <= most);
    if within {
        Ok(value)
    } else {
        Err(Problem::OutOfRange)
    }
}

/// The length of a run as people read it; empty for a load that is not of jobs.
pub(crate) fn minutes(load: &Load) -> String {
    match load {
        Load::Jobs { minutes, .. } => number::from_thousandths(minutes.get()),
        Load::Constant { .. } | Load::Schedule { .. } | Load::Week(_) => String::new(),
    }
}
