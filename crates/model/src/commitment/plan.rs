//! One Savings Plan over one kind of usage after another: how an amount of dollars an hour is
//! applied, and the cheapest amount to commit to.
//!
//! Source: Savings Plans user guide, "How Savings Plans apply to your usage": the usage with the
//! highest saving first, then the lower plan rate; what is committed and not used is lost.

use rust_decimal::Decimal;

use crate::exact;
use crate::money::Usd;
use crate::order;
use crate::report::{Committed, CommittedAmount};
use crate::scenario::Sizing;

/// The smallest step of a commitment: $0.001 an hour.
const STEP_DECIMALS: u32 = 3;

/// Decimals of a usage's worth that are more than what 28 digits leave of a division.
const WORTH_DECIMALS: u32 = 12;

/// Usage of one kind in every hour of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Units used in each hour.
    pub quantity: Decimal,
    /// On-demand price of a unit for an hour.
    pub on_demand: Usd,
    /// Price of a unit for an hour under the plan.
    pub plan: Usd,
    /// US dollars per unit and hour that are paid without the plan, after any discount.
    pub paid: Usd,
    /// US dollars per unit and hour that are paid under the plan, after any discount.
    pub plan_paid: Usd,
}

/// Hours in which the same is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Hours of a month.
    pub hours: Decimal,
    /// What is used in each of them; every level lists the same kinds in the same order.
    pub usage: Vec<Usage>,
}

/// What a commitment does to a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Dollars committed for every hour.
    pub commitment: Usd,
    /// Units of each kind billed at the plan's rate, in a month.
    pub covered: Vec<Decimal>,
    /// Units of each kind billed on-demand, in a month.
    pub on_demand: Vec<Decimal>,
    /// Dollars committed and not used, in a month.
    pub unused: Usd,
    /// What all of it costs, in a month.
    pub total: Usd,
}

/// Applies a commitment of dollars an hour to a month.
///
/// `paid_share` is what is paid of each committed dollar, after any discount.
pub fn apply(commitment: Usd, levels: &[Level], paid_share: Decimal) -> Outcome {
    let kinds = levels.first().map_or(0, |level| level.usage.len());
    let mut outcome = Outcome {
        commitment,
        covered: vec![Decimal::ZERO; kinds],
        on_demand: vec![Decimal::ZERO; kinds],
        ..Outcome::default()
    };
    for level in levels {
        let mut left = commitment;
        for kind in by_saving(&level.usage) {
            let Some(usage) = level.usage.get(kind) else {
                continue;
            };
            let wanted = usage.plan.scaled(usage.quantity);
            let covered = if wanted <= left {
                usage.quantity
            } else {
                left.ratio_to(usage.plan).unwrap_or(usage.quantity)
            };
            let rest = exact::difference(usage.quantity, covered);
            left = if wanted <= left {
                left - wanted
            } else {
                Usd::ZERO
            };
            if let Some(sum) = outcome.covered.get_mut(kind) {
                *sum = exact::sum(*sum, covered * level.hours);
            }
            if let Some(sum) = outcome.on_demand.get_mut(kind) {
                *sum = exact::sum(*sum, rest * level.hours);
            }
            outcome.total += usage.paid.scaled(rest * level.hours);
            // A rate of the user's own beside listed ones is paid in another share than they are.
            let otherwise = usage.plan_paid - usage.plan.scaled(paid_share);
            outcome.total += otherwise.scaled(covered * level.hours);
        }
        outcome.unused += left.scaled(level.hours);
        outcome.total += commitment.scaled(level.hours * paid_share);
    }
    outcome
}

/// A month under the commitment that a scenario asks for (rule 20): the cheapest amount, or what
/// the load always uses.
pub fn sized(sizing: Sizing, levels: &[Level], paid_share: Decimal) -> Outcome {
    match sizing {
        Sizing::None | Sizing::Cheapest => cheapest(levels, paid_share),
        Sizing::SteadyFloor => apply(steady_floor(levels), levels, paid_share),
    }
}

/// What becomes of a plan in a month: how much of it is used, and how much it covers.
pub fn summary(outcome: &Outcome, levels: &[Level]) -> Committed {
    let hours: Decimal = levels
        .iter()
        .fold(Decimal::ZERO, |sum, level| exact::sum(sum, level.hours));
    let committed = outcome.commitment.scaled(hours);
    let at_list = |quantity: &dyn Fn(usize, &Level) -> Decimal| -> Usd {
        let kinds = levels.iter().flat_map(|level| {
            level
                .usage
                .iter()
                .enumerate()
                .map(move |(kind, usage)| usage.on_demand.scaled(quantity(kind, level)))
        });
        kinds.sum()
    };
    let eligible = at_list(&|kind, level| {
        let usage = level.usage.get(kind);
        usage.map_or(Decimal::ZERO, |usage| usage.quantity * level.hours)
    });
    let first = levels.first().map_or(&[] as &[Usage], |level| &level.usage);
    let covered: Usd = first
        .iter()
        .zip(&outcome.covered)
        .map(|(usage, &covered)| usage.on_demand.scaled(covered))
        .sum();
    Committed {
        amount: CommittedAmount::Dollars(outcome.commitment),
        utilization: (committed - outcome.unused).ratio_to(committed),
        coverage: covered.ratio_to(eligible),
    }
}

/// What the level that uses least is worth at plan rates, down to a whole step.
fn steady_floor(levels: &[Level]) -> Usd {
    let worth = |level: &Level| -> Usd {
        let usage = level.usage.iter();
        usage.map(|usage| usage.plan.scaled(usage.quantity)).sum()
    };
    let least = levels.iter().map(worth).min().unwrap_or_default();
    // What was divided and multiplied again may lie a last digit below a whole step.
    let least = least.decimal().round_dp(WORTH_DECIMALS);
    Usd::new(least.trunc_with_scale(STEP_DECIMALS))
}

/// The commitment with the least total. The total is piecewise linear in the commitment, so the
/// least lies at a breakpoint: nothing, or the plan cost of some level's first kinds of usage;
/// each is tried at the steps just below and above. The smaller commitment wins a tie.
pub fn cheapest(levels: &[Level], paid_share: Decimal) -> Outcome {
    let mut amounts = vec![Decimal::ZERO];
    for level in levels {
        let mut sum = Usd::ZERO;
        for kind in by_saving(&level.usage) {
            if let Some(usage) = level.usage.get(kind) {
                sum += usage.plan.scaled(usage.quantity);
                let floor = sum.decimal().trunc_with_scale(STEP_DECIMALS);
                amounts.push(floor);
                if floor != sum.decimal() {
                    amounts.push(exact::sum(floor, Decimal::new(1, STEP_DECIMALS)));
                }
            }
        }
    }
    let outcomes = amounts
        .into_iter()
        .map(|amount| apply(Usd::new(amount), levels, paid_share));
    outcomes
        // Totals that differ in what 28 digits leave of a division are a tie.
        .min_by_key(|outcome| {
            let total = outcome.total.decimal().round_dp(WORTH_DECIMALS);
            (total, outcome.commitment)
        })
        .unwrap_or_default()
}

/// Kinds of usage in the order in which a plan covers them.
fn by_saving(usage: &[Usage]) -> Vec<usize> {
    order::indices(
        usage.len(),
        &mut |a, b| match (usage.get(a), usage.get(b)) {
            (Some(a), Some(b)) => {
                // plan / on-demand, smallest first, cross-multiplied.
                let left = a.plan.scaled(b.on_demand.decimal());
                let right = b.plan.scaled(a.on_demand.decimal());
                left.cmp(&right).then(a.plan.cmp(&b.plan))
            }
            _ => a.cmp(&b),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn usage(quantity: i64, on_demand: &str, plan: &str) -> Usage {
        Usage {
            quantity: quantity.into(),
            on_demand: usd(on_demand),
            plan: usd(plan),
            paid: usd(on_demand),
            plan_paid: usd(plan),
        }
    }

    #[test]
    fn steady_usage_is_covered_whole() {
        let levels = [Level {
            hours: 730.into(),
            usage: vec![usage(10, "0.1", "0.08")],
        }];
        let outcome = cheapest(&levels, Decimal::ONE);
        assert_eq!(outcome.commitment, usd("0.8"));
        assert_eq!(outcome.total, usd("584"));
        assert_eq!(outcome.unused, Usd::ZERO);
    }

    #[test]
    fn a_peak_too_short_to_pay_for_itself_stays_on_demand() {
        let levels = [
            Level {
                hours: 100.into(),
                usage: vec![usage(10, "0.1", "0.08")],
            },
            Level {
                hours: 630.into(),
                usage: vec![usage(2, "0.1", "0.08")],
            },
        ];
        let outcome = cheapest(&levels, Decimal::ONE);
        assert_eq!(outcome.commitment, usd("0.16"), "the floor of two units");
        assert_eq!(outcome.on_demand, [Decimal::from(800)]);
    }

    #[test]
    fn the_highest_saving_is_covered_first() {
        let levels = [Level {
            hours: 1.into(),
            usage: vec![usage(1, "1", "0.9"), usage(1, "1", "0.5")],
        }];
        let outcome = apply(usd("0.5"), &levels, Decimal::ONE);
        assert_eq!(outcome.covered, [Decimal::ZERO, Decimal::ONE]);
        assert_eq!(outcome.total, usd("1.5"));
    }

    #[test]
    fn the_step_that_costs_less_is_taken_at_a_breakpoint_between_steps() {
        // One unit at $0.0015 under the plan against $0.1: a whole step unused costs less than
        // a third of the unit on-demand.
        let levels = [Level {
            hours: 1.into(),
            usage: vec![usage(1, "0.1", "0.0015")],
        }];
        let outcome = cheapest(&levels, Decimal::ONE);
        assert_eq!(outcome.commitment, usd("0.002"));
        assert_eq!(outcome.unused, usd("0.0005"));
        assert_eq!(outcome.total, usd("0.002"));
    }

    #[test]
    fn no_amount_beats_the_cheapest_over_every_step() {
        let levels = [
            Level {
                hours: 40.into(),
                usage: vec![usage(7, "0.0405", "0.0324"), usage(9, "0.0045", "0.0030")],
            },
            Level {
                hours: 128.into(),
                usage: vec![usage(3, "0.0405", "0.0324"), usage(4, "0.0045", "0.0030")],
            },
        ];
        let best = cheapest(&levels, Decimal::ONE);
        for step in 0..400 {
            let other = apply(Usd::new(Decimal::new(step, 3)), &levels, Decimal::ONE);
            assert!(other.total >= best.total, "{step}");
            assert!(
                other.total > best.total || other.commitment >= best.commitment,
                "{step}"
            );
        }
    }
}
