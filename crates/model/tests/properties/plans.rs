//! Laws of commitments: how an amount is spent, and that no other costs less.

use berth_model::commitment::{Level, Usage, apply, cheapest, sized, summary};
use berth_model::money::Usd;
use berth_model::report::CommittedAmount;
use berth_model::scenario::Sizing;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{BOOK, link, priced};

/// A month of one to four levels of the same one to three kinds of usage. Prices are of whole ten thousandths, so that
/// breakpoints lie between the steps of $0.001; plans save up to two thirds.
fn months() -> impl Strategy<Value = Vec<Level>> {
    let kind = (10_i64..2_000, 34_i64..=100);
    (
        prop::collection::vec(kind, 1..=3),
        prop::collection::vec((1_i64..300, prop::collection::vec(0_i64..12, 3)), 1..=4),
    )
        .prop_map(|(kinds, levels)| {
            let usage = |&(price, share): &(i64, i64), quantity: i64| Usage {
                quantity: quantity.into(),
                on_demand: Usd::new(Decimal::new(price, 4)),
                plan: Usd::new(Decimal::new(price * share, 6)),
                paid: Usd::new(Decimal::new(price, 4)),
                plan_paid: Usd::new(Decimal::new(price * share, 6)),
            };
            levels
                .into_iter()
                .map(|(hours, quantities)| Level {
                    hours: hours.into(),
                    usage: kinds
                        .iter()
                        .zip(quantities)
                        .map(|(kind, quantity)| usage(kind, quantity))
                        .collect(),
                })
                .collect()
        })
}

/// The months as they are paid for at such a share of every plan's rate.
fn paid_at(mut levels: Vec<Level>, share: Decimal) -> Vec<Level> {
    for usage in levels.iter_mut().flat_map(|level| &mut level.usage) {
        usage.plan_paid = usage.plan.scaled(share);
    }
    levels
}

fn step(count: i64) -> Usd {
    Usd::new(Decimal::new(count, 3))
}

/// The worth of the largest level at plan rates, in steps, and two more.
fn most_steps(levels: &[Level]) -> i64 {
    let worth = |level: &Level| -> Usd {
        let usage = level.usage.iter();
        usage.map(|usage| usage.plan.scaled(usage.quantity)).sum()
    };
    let most = levels.iter().map(worth).max().unwrap_or_default();
    i64::try_from((most.decimal() * Decimal::from(1_000)).ceil()).unwrap() + 2
}

fn near(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() < Decimal::new(1, 12)
}

proptest! {
    // The amount that is chosen costs no more than any other amount in steps of $0.001, and is the smallest of those that
    // cost as little.
    #[test]
    fn no_amount_of_a_plan_beats_the_one_that_is_chosen(levels in months(), paid in 30_i64..=100) {
        let paid = Decimal::new(paid, 2);
        let levels = paid_at(levels, paid);
        let best = cheapest(&levels, paid);
        let steps = most_steps(&levels);
        // Every amount up to a thousand of them; of more, as many at even distances.
        let stride = usize::try_from(steps / 1_000 + 1).unwrap();
        for count in (0..=steps).step_by(stride) {
            let other = apply(step(count), &levels, paid);
            let more = (other.total - best.total).decimal().round_dp(12);
            prop_assert!(more >= Decimal::ZERO, "{} {:?} {:?}", count, other.total, best.total);
            prop_assert!(more > Decimal::ZERO || step(count) >= best.commitment);
        }
        prop_assert!((best.commitment.decimal() * Decimal::from(1_000)).is_integer());
    }

    // All usage is billed once, under the plan or on-demand; all that is committed is used or told as unused; and the
    // total is what is committed and what is paid beside it.
    #[test]
    fn a_plan_bills_all_usage_once_and_loses_no_dollar(levels in months(), count in 0_i64..4_000, paid in 30_i64..=100) {
        let paid = Decimal::new(paid, 2);
        let levels = paid_at(levels, paid);
        let outcome = apply(step(count), &levels, paid);
        let hours: Decimal = levels.iter().map(|level| level.hours).sum();
        let mut spent = Decimal::ZERO;
        let mut beside = Decimal::ZERO;
        for (kind, usage) in levels[0].usage.iter().enumerate() {
            let used: Decimal = levels.iter().map(|level| level.usage[kind].quantity * level.hours).sum();
            prop_assert!(near(outcome.covered[kind] + outcome.on_demand[kind], used));
            prop_assert!(outcome.covered[kind] >= Decimal::ZERO && outcome.on_demand[kind] >= Decimal::ZERO);
            spent += outcome.covered[kind] * usage.plan.decimal();
            beside += outcome.on_demand[kind] * usage.paid.decimal();
        }
        let committed = step(count).decimal() * hours;
        prop_assert!(near(spent + outcome.unused.decimal(), committed));
        prop_assert!(outcome.unused >= Usd::ZERO);
        prop_assert!(near(outcome.total.decimal(), committed * paid + beside));
    }

    // A dollar more an hour covers no less, and leaves no less unused.
    #[test]
    fn a_larger_plan_covers_no_less_and_wastes_no_less(levels in months(), count in 0_i64..3_000, more in 0_i64..1_000) {
        let (small, large) = (apply(step(count), &levels, Decimal::ONE), apply(step(count + more), &levels, Decimal::ONE));
        for (small, large) in small.covered.iter().zip(&large.covered) {
            prop_assert!(large >= small || near(*large, *small));
        }
        prop_assert!(large.unused >= small.unused);
    }

    // What a plan is used and covers, told as shares, lies between nothing and all; steady usage at whole steps is both
    // whole.
    #[test]
    fn use_and_coverage_of_a_plan_are_shares(levels in months(), count in 0_i64..3_000) {
        let outcome = apply(step(count), &levels, Decimal::ONE);
        let told = summary(&outcome, &levels);
        prop_assert_eq!(told.amount, CommittedAmount::Dollars(step(count)));
        prop_assert_eq!(told.utilization.is_some(), count > 0);
        let slack = Decimal::new(1, 12);
        for share in [told.utilization, told.coverage].into_iter().flatten() {
            prop_assert!(share >= -slack && share <= Decimal::ONE + slack);
        }
        // At list rates, both together are what is covered.
        let hours: Decimal = levels.iter().map(|level| level.hours).sum();
        let used = step(count).decimal() * hours * told.utilization.unwrap_or_default();
        let spent: Decimal = levels[0].usage.iter().zip(&outcome.covered).map(|(usage, covered)| usage.plan.decimal() * covered).sum();
        prop_assert!((used - spent).abs() < Decimal::new(1, 9));
    }

    // The steady floor is never unused, and one step more would be in some hour.
    #[test]
    fn the_steady_floor_is_what_every_hour_uses(levels in months()) {
        let floor = sized(Sizing::SteadyFloor, &levels, Decimal::ONE);
        prop_assert_eq!(floor.unused, Usd::ZERO);
        let more = apply(floor.commitment + step(1), &levels, Decimal::ONE);
        prop_assert!(more.unused > Usd::ZERO);
    }

    // A reservation costs what the best of all counts of reserved instances costs, found by trying each of them on a week
    // that is written out.
    #[test]
    fn no_other_count_of_reservations_costs_less(
        day in 0_u32..40, night in 0_u32..40, weekend in 0_u32..40, hours in 1_usize..24,
        name in prop::sample::select(vec!["m7g.large", "c7g.xlarge", "r7g.large"]),
    ) {
        prop_assume!(day + night + weekend > 0);
        // One task of 1.5 vCPU to a large instance, two to an xlarge.
        let week = format!("{}{weekend}x48", format!("{day}x{hours},{night}x{},", 24 - hours).repeat(5));
        let scenario = link(&format!(
            "zones=1&floor=0&ebs=off&types={name}&name=a&vcpu=1.5&mem=2&load=week&tasks={}&week={week}",
            day.max(night).max(weekend)
        ));
        let Some(found) = priced(&scenario, "ec2-arm64-ri_1y_no_upfront") else { return Ok(()) };
        let rate = |kind: &str| {
            let key = berth_model::prices::key::PriceKey::parse(&format!("ec2.linux.{kind}.{name}")).unwrap();
            BOOK.quote(&key).unwrap().rate.usd().decimal()
        };
        let (list, reserved) = (rate("on_demand"), rate("ri_1y_no_upfront"));
        let on_one = if name.ends_with(".xlarge") { 2 } else { 1 };
        let hour = |hour: usize| -> u32 {
            let tasks = if hour >= 120 { weekend } else if hour % 24 < hours { day } else { night };
            tasks.div_ceil(on_one)
        };
        let standing: Vec<u32> = (0..168).map(hour).collect();
        let cost = |held: u32| {
            let beyond: Vec<u32> = standing.iter().map(|count| count.saturating_sub(held)).collect();
            let mut minutes: u32 = beyond.iter().map(|count| count * 60).sum();
            for (before, after) in beyond.iter().zip(beyond.iter().cycle().skip(1)) {
                minutes += after.saturating_sub(*before) * 5 + before.saturating_sub(*after) * 15;
            }
            let weeks = Decimal::from(730) / Decimal::from(168);
            Decimal::from(held) * reserved * Decimal::from(730)
                + Decimal::from(minutes) / Decimal::from(60) * weeks * list
        };
        let most = standing.iter().copied().max().unwrap_or(0);
        let best = (0..=most).map(cost).min().unwrap_or_default();
        prop_assert!((found.total.decimal() - best).abs() < Decimal::new(1, 9), "{:?} {}", found.total, best);
    }
}
