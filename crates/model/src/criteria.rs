//! The criteria by which classes of options are compared.
//!
//! Those of money have amounts, and are not weighed. The others have a fit, and a person may say
//! how much each counts ([`crate::scenario::Weights`]).

use crate::inputs::{Kind, Part};

/// The largest weight of a criterion.
pub const MOST_WEIGHT: u8 = 10;

/// What a weight takes.
const WEIGHT: Kind = Kind::Number {
    min: "0",
    max: "10",
    step: "1",
    slider: Some(("0", "10", "1")),
};

/// Declares the criteria, each with its permanent identifier and what people call it.
macro_rules! criteria {
    ($($(#[$inner:meta])* $variant:ident = $id:literal, $label:literal;)+) => {
        ids! {
            /// A criterion by which classes of options are compared.
            pub enum Criterion {
                $($(#[$inner])* $variant = $id,)+
            }
        }

        impl Criterion {
            /// What people call it.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }

            /// Its weight, as something that is typed or slid.
            pub const fn part(self) -> &'static Part {
                match self {
                    $(Self::$variant => &Part {
                        label: $label,
                        unit: "",
                        help: "How much it counts against the other criteria; 0 leaves it out.",
                        kind: WEIGHT,
                    },)+
                }
            }
        }
    };
}

criteria! {
    /// What the load at hand costs a month.
    Cost = "cost", "Cost of this load, per month";
    /// What a task costs where load is steady and instances are packed full.
    SteadyCost = "steady_cost", "Cost of a task where load is steady and instances are full";
    /// What is paid beyond what tasks ask for, where load is uneven or low.
    UnevenCost = "uneven_cost", "What is paid for and stands idle";
    /// What can be committed to.
    Commitments = "commitments", "Commitments";
    /// What Spot saves.
    Spot = "spot", "Spot, off the on-demand price";
    /// What is billed by which clock.
    BillingUnit = "billing_unit", "What is billed, by the second";
    /// Work that running it takes.
    Operations = "operations", "Operations";
    /// Who patches the host.
    Patching = "patching", "Patches of the host";
    /// How a task starts.
    Start = "start", "Start of a task";
    /// What keeps tasks apart.
    Isolation = "isolation", "Isolation between tasks";
    /// How long a task may run undisturbed.
    LongestRun = "longest_run", "Longest run without interruption";
    /// What is left where nothing runs.
    ScaleToZero = "scale_to_zero", "Scaling to zero";
    /// Whether capacity can be reserved.
    Guarantee = "capacity_guarantee", "Guarantee of capacity";
    /// GPUs and Neuron devices.
    Accelerators = "accelerators", "GPUs and Neuron devices";
    /// Which sizes can be chosen.
    Types = "types", "Choice of sizes";
    /// The largest task.
    LargestTask = "largest_task", "Largest task";
    /// Control over how tasks are packed.
    Density = "density", "Tasks to a host";
    /// Agents beside tasks.
    Daemons = "daemons", "Daemons";
    /// Rules of placement.
    Placement = "placement", "Placement rules";
    /// Network modes.
    NetworkModes = "network_modes", "Network modes";
    /// How many network interfaces there are for tasks.
    Interfaces = "interfaces", "Network interfaces for tasks";
    /// Scratch space.
    LocalDisk = "local_disk", "Local disk";
    /// File systems and volumes of a task.
    Volumes = "volumes", "Volumes of a task";
    /// Windows containers.
    Windows = "windows", "Windows containers";
    /// Arm.
    Arm = "arm", "Arm";
    /// Privileged containers, and eBPF.
    Privileged = "privileged", "Privileged containers and eBPF";
    /// Access to the host.
    HostAccess = "host_access", "Access to the host";
    /// Programmes of compliance.
    Compliance = "compliance", "Compliance (HIPAA, PCI DSS)";
    /// Runtime Monitoring by `GuardDuty`.
    GuardDuty = "guardduty", "GuardDuty Runtime Monitoring";
    /// ECS Exec and Service Connect.
    Exec = "exec", "ECS Exec and Service Connect";
    /// Log drivers.
    LogDrivers = "log_drivers", "Log drivers";
}

impl Criterion {
    /// Whether it is a matter of money, which is compared in dollars and not weighed.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Cost
                | Self::SteadyCost
                | Self::UnevenCost
                | Self::Commitments
                | Self::Spot
                | Self::BillingUnit
        )
    }

    /// The criteria that can be weighed, in order.
    pub fn weighable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|one| !one.is_money())
    }

    /// Its weight where nobody said another: 1 for what bears on every service. What only some
    /// services use counts nothing by itself: a service that cannot do without it states a need,
    /// which is no matter of degree.
    pub const fn default_weight(self) -> u8 {
        match self {
            Self::Operations
            | Self::Patching
            | Self::Start
            | Self::Isolation
            | Self::LongestRun
            | Self::ScaleToZero => 1,
            _ => 0,
        }
    }
}
