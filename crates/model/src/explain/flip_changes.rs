//! The change of a flip, as the first half of its sentence.

use super::flips::shown;
use crate::eligibility::Requirement;
use crate::flips::{Flip, What};
use crate::inputs::{self, InputId};
use crate::scenario::Scenario;
use crate::words;

/// A number that an input takes: `With 14 tasks`.
pub(super) fn number(input: InputId, value: &str) -> String {
    let value = shown(value);
    let one = value == "1";
    let s = if one { "" } else { "s" };
    match input {
        InputId::HoursPerMonth => format!("With {value} hours in the month"),
        InputId::MinZones => format!("With {value} zone{s}"),
        InputId::MinInstances if value == "0" => "Without a least number of instances".to_owned(),
        InputId::MinInstances => format!("With at least {value} instance{s}"),
        InputId::TargetCapacity => format!("With a target capacity of {value} %"),
        InputId::ReservedMemory => format!("With {value} MiB of each instance reserved"),
        InputId::Discount => format!("With a discount of {value} %"),
        InputId::EstimateOneYear => format!("With {value} % estimated off for one year"),
        InputId::EstimateThreeYears => format!("With {value} % estimated off for three years"),
        InputId::FreeVcpu => format!("With {value} vCPU free in a running cluster"),
        InputId::FreeMemory => format!("With {value} GiB free in a running cluster"),
        InputId::CpuOvercommit => {
            format!("With {value} vCPU promised to tasks for each that an instance has")
        }
        InputId::MemoryOvercommit => {
            format!("With {value} GiB promised to tasks for each that an instance has")
        }
        InputId::FactorX86 => format!("If x86 needed {value} task{s} for each one of the load"),
        InputId::FactorArm => format!("If Arm needed {value} task{s} for each one of the load"),
        InputId::StaffRate => format!("At ${value} for an hour of staff"),
        InputId::StaffHours => format!("With {value} hour{s} of staff time a month"),
        InputId::Vcpu => format!("With {value} vCPU a task"),
        InputId::Memory => format!("With {value} GiB a task"),
        InputId::Ephemeral => format!("With {value} GiB of ephemeral storage a task"),
        InputId::Gpu if value == "0" => "If it needed no GPU".to_owned(),
        InputId::Gpu if one => "If it needed a GPU".to_owned(),
        InputId::Gpu => format!("If it needed {value} GPUs a task"),
        InputId::Tasks => format!("With {value} task{s}"),
        InputId::IdleTasks => format!("With {value} task{s} outside the schedule"),
        InputId::HoursPerDay => format!("With {value} scheduled hour{s} a day"),
        InputId::DaysPerWeek => format!("With {value} scheduled day{s} a week"),
        InputId::RunsPerDay => format!("With {value} run{s} a day"),
        InputId::Minutes => format!("With runs of {value} minute{s}"),
        InputId::ImagePull => format!("With {value} second{s} of image pull"),
        InputId::SpotShare if value == "0" => "Without Spot".to_owned(),
        InputId::SpotShare => format!("With {value} % of its tasks on Spot"),
        InputId::SpotBase => format!("With an on-demand base of {value} task{s}"),
        InputId::OnDemandWeight => format!("With an on-demand weight of {value}"),
        InputId::SpotWeight => format!("With a Spot weight of {value}"),
        InputId::Headroom if value == "0" => "Without spare tasks".to_owned(),
        InputId::Headroom => format!("With {value} spare task{s}"),
        InputId::Image => format!("With a container image of {value} GiB"),
        InputId::EgressGb => format!("With {value} GB a month out of the subnets"),
        _ => {
            let input = input.input();
            format!(
                "With {} at {value} {}",
                input.label.to_lowercase(),
                input.unit
            )
        }
    }
}

/// Another value of an input that is no number: `If it needed a placement strategy`. `changed` is
/// the scenario with it.
pub(super) fn other(flip: &Flip, changed: &Scenario) -> String {
    match &flip.what {
        What::Need(need, true) => {
            format!("If it needed {}", Requirement::Stated(*need).row().label)
        }
        What::Need(need, false) => {
            format!(
                "If it did not need {}",
                Requirement::Stated(*need).row().label
            )
        }
        What::Place(place, true) => format!("If it could run on {}", words::place(*place)),
        What::Place(place, false) => format!("If it could not run on {}", words::place(*place)),
        What::WithoutFamily(family) => format!("Without the family {family}"),
        What::Region => format!("In {}", flip.to),
        What::Number | What::Value => value(flip.input, &flip.to, changed),
    }
}

fn value(input: InputId, to: &str, changed: &Scenario) -> String {
    let fixed = match (input, to) {
        (InputId::MaxCommitment, "none") => "Without commitments",
        (InputId::MaxCommitment, "1y") => "With commitments of up to one year",
        (InputId::MaxCommitment, "3y") => "With commitments of up to three years",
        (InputId::Sizing, "none") => "With commitments only compared",
        (InputId::Sizing, "steady_floor") => "With commitments to the steady floor",
        (InputId::Sizing, "cheapest") => "With commitments of the cheapest amount",
        (InputId::Ebs, "on") => "With EBS volumes on the bill",
        (InputId::Ebs, _) => "Without EBS volumes on the bill",
        (InputId::Trunking, "on") => "With ENI trunking",
        (InputId::Trunking, _) => "Without ENI trunking",
        (InputId::Burstable, "on") => "With burstable types",
        (InputId::Burstable, _) => "Without burstable types",
        (InputId::BareMetal, "on") => "With bare-metal types",
        (InputId::BareMetal, _) => "Without bare-metal types",
        (InputId::Egress, "none") => "Without the way out of the subnets on the bill",
        (InputId::Egress, "nat") => "With NAT gateways",
        (InputId::Egress, "public") => "With public addresses",
        (InputId::Egress, _) => "With VPC endpoints",
        (InputId::Estimate, "on") => "With missing commitment rates estimated",
        (InputId::Estimate, _) => "Without estimated commitment rates",
        (InputId::EstimateDecides, "on") => "If estimates could decide",
        (InputId::EstimateDecides, _) => "If estimates could not decide",
        (InputId::StaffTime, "on") => "With staff time on the bill",
        (InputId::StaffTime, _) => "Without staff time on the bill",
        (InputId::OwnedPlans, _) => "Without the Savings Plans that you own",
        (InputId::OwnedReservations, _) => "Without the Reserved Instances that you own",
        (InputId::Types, _) => "With all instance types to choose from",
        (InputId::Excluded, _) => "With no family left out",
        (InputId::Os, "windows") => "On Windows",
        (InputId::Os, _) => "On Linux",
        (InputId::Arch, "x86_64") => "If the image were built for x86 alone",
        (InputId::Arch, "arm64") => "If the image were built for Arm alone",
        (InputId::Arch, _) => "If the image were built for x86 and Arm",
        (InputId::GpuModel, _) => "With any GPU model",
        _ => return varied(input, to, changed),
    };
    fixed.to_owned()
}

/// Choices that bring other values along, or name themselves.
fn varied(input: InputId, to: &str, changed: &Scenario) -> String {
    // The kinds of load begin with values that are the same for every service.
    let of = |input| {
        let services = 0..changed.services.len();
        let mut values = services.filter_map(|index| inputs::get(changed, index, input));
        values.next().unwrap_or_default()
    };
    match (input, to) {
        (InputId::Load, "constant") => "If the load were constant".to_owned(),
        (InputId::Load, "schedule") => "If the load followed a schedule".to_owned(),
        (InputId::Load, "week") => "If the load were drawn hour by hour".to_owned(),
        (InputId::Load, _) => format!("If it ran as jobs ({} runs a day)", of(InputId::RunsPerDay)),
        (InputId::Network, _) => format!("In {to} network mode"),
        _ => format!("With {} at {to}", input.input().label.to_lowercase()),
    }
}
