//! The values of an input that is a number, from the present one outwards.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::exact;
use crate::inputs::{self, InputId, Kind};
use crate::option::Place;
use crate::platform::Arch;
use crate::scenario::{Egress, Scenario, Service};

/// One direction of an input that is a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// Which input.
    pub(super) input: InputId,
    /// Its present value.
    pub(super) present: Decimal,
    /// Whether values grow with the distance.
    pub(super) up: bool,
    /// How far apart two values are.
    step: Decimal,
    /// How many values there are.
    pub(super) last: u32,
    /// Where they end: the input's limit.
    end: Decimal,
}

impl Axis {
    /// Both directions of an input; none where it is no number, does not apply, or changes all
    /// options alike.
    pub(super) fn of(scenario: &Scenario, service: usize, input: InputId) -> Vec<Self> {
        let (Some(step), Kind::Number { min, max, .. }) = (step(input), input.input().kind) else {
            return Vec::new();
        };
        let (min, max) = limits(input).unwrap_or((min, max));
        let present = inputs::get(scenario, service, input);
        let present = present.and_then(|text| exact::read(&text));
        let numbers = present
            .zip(exact::read(step))
            .zip(exact::read(min).zip(exact::read(max)));
        let Some(((present, step), (min, max))) = numbers else {
            return Vec::new();
        };
        if !applies(scenario, scenario.services.nearest(service), input) {
            return Vec::new();
        }
        let one = |up: bool| {
            let end = if up { max } else { min };
            let (from, to) = ((present / step), (end / step));
            let last = if up {
                to.ceil() - from.floor()
            } else {
                from.ceil() - to.floor()
            };
            let beyond = if up { present >= end } else { present <= end };
            Self {
                input,
                present,
                up,
                step,
                last: if beyond {
                    0
                } else {
                    last.to_u32().unwrap_or(0)
                },
                end,
            }
        };
        [one(true), one(false)]
            .into_iter()
            .filter(|axis| axis.last > 0)
            .collect()
    }

    /// The value at a distance in steps, as a multiple of the step or the limit; at 0 the present
    /// one.
    pub(super) fn value(&self, distance: u32) -> Decimal {
        if distance == 0 {
            return self.present;
        }
        let from = self.present / self.step;
        let steps = Decimal::from(distance);
        if self.up {
            let steps = exact::sum(from.floor(), steps);
            exact::product(steps, self.step)
                .unwrap_or(self.end)
                .min(self.end)
        } else {
            let steps = exact::difference(from.ceil(), steps);
            exact::product(steps, self.step)
                .unwrap_or(self.end)
                .max(self.end)
        }
    }

    /// The same as text that the input takes.
    pub(super) fn text(&self, distance: u32) -> String {
        self.value(distance).normalize().to_string()
    }
}

/// How far apart the values of an input are that are tried: what is counted, one by one; what is
/// measured, in steps that people write and read. `None` of what no flip is sought for: what is
/// no number, and what adds as much to every option.
const fn step(input: InputId) -> Option<&'static str> {
    Some(match input {
        InputId::Vcpu => "0.25",
        InputId::Memory | InputId::Image => "0.5",
        InputId::CpuOvercommit
        | InputId::MemoryOvercommit
        | InputId::Minutes
        | InputId::Discount
        | InputId::EstimateOneYear
        | InputId::EstimateThreeYears => "0.1",
        InputId::FactorX86 | InputId::FactorArm => "0.01",
        InputId::ReservedMemory => "64",
        InputId::EgressGb => "10",
        InputId::HoursPerMonth
        | InputId::MinZones
        | InputId::MinInstances
        | InputId::TargetCapacity
        | InputId::FreeVcpu
        | InputId::FreeMemory
        | InputId::StaffRate
        | InputId::StaffHours
        | InputId::Ephemeral
        | InputId::Gpu
        | InputId::Tasks
        | InputId::IdleTasks
        | InputId::HoursPerDay
        | InputId::DaysPerWeek
        | InputId::RunsPerDay
        | InputId::ImagePull
        | InputId::SpotShare
        | InputId::SpotBase
        | InputId::OnDemandWeight
        | InputId::SpotWeight
        | InputId::Headroom => "1",
        _ => return None,
    })
}

/// Narrower limits than the input's own.
const fn limits(input: InputId) -> Option<(&'static str, &'static str)> {
    match input {
        // A month has 28 to 31 days.
        InputId::HoursPerMonth => Some(("672", "744")),
        _ => None,
    }
}

/// Whether an input applies to a scenario at all, so that no value is tried in vain.
fn applies(scenario: &Scenario, service: &Service, input: InputId) -> bool {
    let on_ec2 = service.places.has(Place::Ec2);
    match input {
        InputId::ReservedMemory
        | InputId::TargetCapacity
        | InputId::CpuOvercommit
        | InputId::MemoryOvercommit => on_ec2,
        // Room that is free takes both.
        InputId::FreeVcpu => on_ec2 && scenario.owned.free_memory.grains() > 0,
        InputId::FreeMemory => on_ec2 && scenario.owned.free_vcpu.grains() > 0,
        InputId::StaffRate | InputId::StaffHours => on_ec2 && scenario.staff.billed,
        InputId::FactorX86 => service.arch.allows(Arch::X86),
        InputId::FactorArm => service.arch.allows(Arch::Arm),
        InputId::Image | InputId::EgressGb => scenario.lines.egress != Egress::None,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::example;

    fn axes(input: InputId, text: &str) -> [Axis; 2] {
        let scenario = inputs::set(&example(), 0, input, text).unwrap();
        Axis::of(&scenario, 0, input).try_into().unwrap()
    }

    #[test]
    fn values_are_multiples_of_the_step_and_end_at_the_limits() {
        let [up, down] = axes(InputId::Vcpu, "0.6");
        assert_eq!([up.text(0), up.text(1), up.text(2)], ["0.6", "0.75", "1"]);
        assert_eq!(
            [down.text(1), down.text(2), down.text(3)],
            ["0.5", "0.25", "0.01"]
        );
        assert_eq!((down.last, down.text(9).as_str()), (3, "0.01"));
        assert_eq!((up.last, up.text(up.last).as_str()), (766, "192"));
        let [up, down] = axes(InputId::Tasks, "12");
        assert_eq!((up.last, down.last), (99_988, 11));
        assert_eq!([up.text(1), down.text(11)], ["13", "1"]);
        let [up, down] = axes(InputId::FactorArm, "0.855");
        assert_eq!([up.text(1), down.text(1)], ["0.86", "0.85"]);
    }

    #[test]
    fn at_a_limit_there_is_one_direction_and_where_nothing_applies_none() {
        let scenario = example();
        let target = Axis::of(&scenario, 0, InputId::TargetCapacity);
        assert!(matches!(target.as_slice(), [down] if !down.up && down.last == 99));
        for input in [
            InputId::StaffHours,
            InputId::Image,
            InputId::IdleTasks,
            InputId::SpotBase,
            InputId::LogsGb,
            InputId::Region,
        ] {
            assert_eq!(Axis::of(&scenario, 0, input), [], "{input:?}");
        }
    }

    #[test]
    fn every_value_of_an_axis_may_be_set() {
        for link in [
            "v=1&name=a&vcpu=0.5&mem=1&tasks=12&spot=1.1.1&estimate=on&egress=nat&staff=on&gpu=1",
            "v=1&name=a&vcpu=0.3&mem=0.2&tasks=2&load=jobs&minutes=0.123",
        ] {
            let scenario = crate::share::decode(link).scenario.unwrap();
            for &input in InputId::ALL {
                for axis in Axis::of(&scenario, 0, input) {
                    for distance in [1, 2, 3, axis.last / 2, axis.last] {
                        let text = axis.text(distance);
                        let set = inputs::set(&scenario, 0, input, &text);
                        assert!(set.is_ok() || distance == 0, "{input:?} {text}");
                    }
                }
            }
        }
    }
}
