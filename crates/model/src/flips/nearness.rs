//! How near a flip is to the present scenario: what flips are sorted by.
//!
//! In thousandths. Of a number it is the change in relation to the larger of both values, so that
//! twice as much and half as much are as near: 500. Of a percentage it is the change of the
//! percentage itself. What is no number has a place among them by what it takes to change it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::What;
use crate::exact;
use crate::inputs::InputId;

/// How near a need is that is stated, or no longer.
const NEED: u32 = 600;

/// How near the number `to` is to `from`.
pub(super) fn of_number(input: InputId, from: Decimal, to: Decimal) -> u32 {
    // Whether a GPU is needed at all is a need like others.
    if input == InputId::Gpu && (from.is_zero() || to.is_zero()) {
        return NEED;
    }
    let change = exact::difference(to, from).abs();
    let scale = match input {
        InputId::TargetCapacity
        | InputId::Discount
        | InputId::EstimateOneYear
        | InputId::EstimateThreeYears
        | InputId::SpotShare => Decimal::ONE_HUNDRED,
        _ => from.abs().max(to.abs()).max(Decimal::ONE),
    };
    let share = exact::product(change, Decimal::ONE_THOUSAND).unwrap_or(Decimal::MAX);
    let share = share.checked_div(scale).unwrap_or(Decimal::ONE_THOUSAND);
    share.round().to_u32().unwrap_or(1_000)
}

/// How near another choice is: a switch of an account or a list first, then what is agreed or
/// bought, then what is built, then what is asked of the service itself.
pub(super) const fn of_choice(input: InputId, what: &What) -> u32 {
    match what {
        What::WithoutFamily(_) => return 100,
        What::Region => return 450,
        What::Place(..) => return 500,
        What::Need(..) => return NEED,
        What::Number | What::Value => {}
    }
    match input {
        // Settings and lists.
        InputId::Trunking
        | InputId::Burstable
        | InputId::BareMetal
        | InputId::Types
        | InputId::Excluded
        | InputId::Network => 100,
        // What the bill counts.
        InputId::Ebs
        | InputId::Egress
        | InputId::StaffTime
        | InputId::Estimate
        | InputId::EstimateDecides => 150,
        // What is agreed with AWS.
        InputId::MaxCommitment | InputId::Sizing => 250,
        InputId::OwnedPlans | InputId::OwnedReservations => 300,
        // What the image is built for.
        InputId::Arch | InputId::GpuModel => 350,
        // The load, and the system under it.
        InputId::Load => 550,
        _ => 700,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_and_half_are_as_near_and_percentages_count_as_they_are() {
        let of = |input, from: i64, to: i64| of_number(input, from.into(), to.into());
        assert_eq!(of(InputId::Tasks, 12, 24), 500);
        assert_eq!(of(InputId::Tasks, 12, 6), 500);
        assert_eq!(of(InputId::Tasks, 12, 14), 143);
        assert_eq!(of(InputId::Headroom, 0, 3), 1_000);
        assert_eq!(of(InputId::TargetCapacity, 100, 85), 150);
        assert_eq!(of(InputId::SpotShare, 0, 30), 300);
    }
}
