//! Managed scaling: the metric by which ECS steers an Auto Scaling group, and what it steers to.
//!
//! Source: ECS developer guide, `managed-scaling-behavior`; AWS's containers blog, "Deep dive on
//! Amazon ECS cluster auto scaling".

use rust_decimal::Decimal;

use super::scaled_to_target;

/// The metric where tasks wait and no instance runs: there is nothing to divide by.
const FROM_NOTHING: Decimal = Decimal::from_parts(200, 0, 0, false, 0);

/// Instances that the first step starts where none runs: target tracking takes the group for
/// one instance, and the metric doubles it.
const FIRST_STEP: u64 = 2;

/// `CapacityProviderReservation`: instances that the tasks need, in percent of those that run.
/// 100 where neither is any, which is what keeps an empty group empty.
pub fn capacity_provider_reservation(needed: u64, running: u64) -> Decimal {
    let needed_percent = Decimal::from(needed) * Decimal::ONE_HUNDRED;
    match needed_percent.checked_div(Decimal::from(running)) {
        Some(metric) => metric,
        None if needed == 0 => Decimal::ONE_HUNDRED,
        None => FROM_NOTHING,
    }
}

/// Instances that the next step of managed scaling goes to: as many as bring the metric down to
/// the target (percent, 1 to 100), and two to begin with where none runs yet.
pub const fn next_step(needed: u64, running: u64, target_percent: u64) -> u64 {
    if running == 0 && needed > 0 {
        FIRST_STEP
    } else {
        scaled_to_target(needed, target_percent)
    }
}

/// Capacity that is paid for each part of it that tasks use, where they use such a share of it
/// (above 0, at most 1): what makes a fleet dearer than its price for a vCPU suggests. `None` for
/// nothing used.
pub fn paid_for_each_used(utilisation: Decimal) -> Option<Decimal> {
    Decimal::ONE.checked_div(utilisation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metric_is_what_is_needed_of_what_runs() {
        let metric = |needed, running| {
            capacity_provider_reservation(needed, running)
                .round_dp(2)
                .normalize()
                .to_string()
        };
        assert_eq!(metric(3, 2), "150");
        assert_eq!(metric(2, 3), "66.67");
        assert_eq!(metric(0, 3), "0");
        assert_eq!(metric(0, 0), "100");
        assert_eq!(metric(5, 0), "200");
    }

    #[test]
    fn a_step_leads_to_the_target_and_the_first_to_two_instances() {
        assert_eq!(next_step(8, 3, 80), 10);
        assert_eq!(next_step(3, 2, 100), 3);
        assert_eq!(next_step(0, 2, 100), 0);
        assert_eq!(next_step(7, 0, 100), 2);
        assert_eq!(next_step(0, 0, 100), 0);
    }

    #[test]
    fn half_used_is_twice_paid() {
        assert_eq!(paid_for_each_used(Decimal::new(5, 1)), Some(Decimal::TWO));
        assert_eq!(paid_for_each_used(Decimal::ZERO), None);
    }
}
