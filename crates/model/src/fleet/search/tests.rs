//! The arithmetic of the search, by hand. Prices are few ten-billionths, so that sums can be read.

use super::*;
use crate::fleet::{Dimension, Fit};
use crate::money::Rate;
use crate::prices::embedded::US_EAST_1;
use crate::scenario::WeekHours;

const HOUR: u64 = MILLIMINUTES_PER_HOUR;

fn quote(ten_billionths: u64, source: SourceId) -> Quote {
    Quote {
        rate: Rate::from_ten_billionths(ten_billionths).unwrap(),
        source,
    }
}

/// A price of the book.
fn listed(ten_billionths: u64) -> Quote {
    quote(ten_billionths, SourceId::new(0))
}

fn own(ten_billionths: u64) -> Quote {
    quote(ten_billionths, SourceId::OWN)
}

fn scale(along: Along, discount: u16) -> Scale {
    let discount = Percent::from_hundredths(discount).unwrap();
    Scale::new(HoursPerMonth::new(700).unwrap(), along, discount)
}

/// A week of two levels: 60 hours of each, five times up and down, and 48 more of the second.
fn week() -> Pattern {
    let mut hours = [0; 168];
    for (at, tasks) in hours.iter_mut().enumerate() {
        *tasks = if at < 120 && at % 24 < 12 { 9 } else { 2 };
    }
    let hours = WeekHours::new(&hours).unwrap();
    Pattern::Hourly(Week::of_hours(hours.hours(), |tasks| *tasks))
}

fn jobs(runs: u32, minutes: u32) -> Pattern {
    Pattern::Jobs(Jobs {
        runs,
        tasks: 1,
        milliminutes: minutes * 1_000,
        image_pull_seconds: 0,
    })
}

fn leg_of(pattern: &Pattern) -> Leg<'_> {
    let level = |tasks, floor| LegLevel {
        tasks,
        floor,
        kinds: Vec::new(),
        volume: Volume::default(),
    };
    Leg {
        pattern,
        levels: vec![level(9, 0), level(2, 0)],
        zones: 1,
        target_percent: 100,
        packing: PackingOverhead::NONE,
        already: 0,
        sizing: Sizing::Cheapest,
        repacking: Repacking::Hourly,
        crowd: None,
    }
}

fn candidate(index: usize, tasks: u32) -> Candidate {
    Candidate {
        index,
        fit: Fit {
            tasks,
            bound: Dimension::Vcpu,
        },
        capacity: [0; 4],
        fee: None,
        credits: None,
    }
}

#[test]
fn a_price_counts_in_ten_thousandths_less_the_discount_times_the_month() {
    let scale = scale(Along::default(), 2_500);
    assert_eq!(scale.price(listed(3)).0, 3 * 10_000 * 7_500 * 700);
    assert_eq!(scale.price(own(3)).0, 3 * 10_000 * 10_000 * 700);
    // A share of the user's own figure is the user's own.
    assert_eq!(
        scale.price_of(listed(3), Some(SourceId::OWN)),
        scale.price(own(3))
    );
    assert_eq!(
        scale.price_of(listed(3), Some(SourceId::new(4))),
        scale.price(listed(3))
    );
    assert_eq!(scale.price_of(listed(3), None), scale.price(listed(3)));
}

#[test]
fn volume_address_and_fee_go_along_with_an_instance() {
    let along = Along {
        volume: Some((30, listed(8))),
        address: Some(listed(5)),
        pull: None,
    };
    let scale = scale(along, 2_500);
    // A volume is paid by the month, so its hours cancel out.
    let volume = 30 * 8 * 10_000 * 7_500;
    let address = 5 * 10_000 * 7_500 * 700;
    assert_eq!(scale.sides(None).0, volume + address);
    // 12 % of a list price of 40.
    let fee = |ratio: Quote, list: Quote| scale.sides(Some((ratio, list))).0 - volume - address;
    let ratio = 1_200_000_000;
    assert_eq!(fee(listed(ratio), listed(40)), 1_200 * 40 * 7_500 * 700);
    assert_eq!(fee(own(ratio), listed(40)), 1_200 * 40 * 10_000 * 700);
    assert_eq!(fee(listed(ratio), own(40)), 1_200 * 40 * 10_000 * 700);
    let price = scale.price(listed(3)).0;
    let fee = (listed(ratio), listed(40));
    let sides = scale.sides(Some(fee)).0;
    assert_eq!(scale.hour(listed(3), Some(fee)).0, price + sides);
    assert_eq!(scale.hour_of((listed(3), None), Some(fee)).0, price + sides);
    let own = scale.hour_of((listed(3), Some(SourceId::OWN)), None).0;
    assert_eq!(own, 3 * 10_000 * 10_000 * 700 + volume + address);
}

#[test]
fn a_launch_costs_the_image_that_it_pulls() {
    let along = Along {
        pull: Some((Gib::whole(2), listed(45))),
        ..Along::default()
    };
    let scale = scale(along, 0);
    let gb = scale.price(listed(45)).0;
    assert_eq!(scale.launches(1), 2 * gb * u128::from(HOUR));
    assert_eq!(scale.launches(3), 6 * gb * u128::from(HOUR));
    assert_eq!(scale.launches(0), 0);
}

#[test]
fn surplus_credits_cost_their_price_for_each_vcpu_and_part_of_one() {
    let scale = scale(Along::default(), 0);
    let book = PriceBook::parse(US_EAST_1).unwrap();
    let at = book.type_index("t3.medium").unwrap();
    let scenario = crate::share::decode("v=1&types=t3.medium&name=a&vcpu=1&mem=1&tasks=1");
    let scenario = scenario.scenario.unwrap();
    let rules = crate::fleet::Rules::new(
        crate::fleet::Operator::Own,
        &scenario.fleet,
        scenario.services.nearest(0),
    );
    let credits = rules.credits(&book.types[at]).unwrap();
    let price = scale.price(credits.price).0;
    assert_eq!(scale.credits(credits, UNITS_PER_VCPU), price);
    assert_eq!(scale.credits(credits, 3 * UNITS_PER_VCPU), 3 * price);
    let half = UNITS_PER_VCPU + UNITS_PER_VCPU / 2;
    assert_eq!(scale.credits(credits, half), price + price / 2);
    assert_eq!(scale.credits(credits, 0), 0);
}

#[test]
fn a_cost_exceeds_a_total_beyond_its_last_unit_and_not_before() {
    let scale = scale(Along::default(), 0);
    for pattern in [week(), jobs(4, 10)] {
        // One instance at a dollar an hour in every hour of the period: $700 a month.
        let hours = u128::from(pattern.period_hours());
        let dollar = scale.price(listed(PER_USD)).0;
        let cost = hours * u128::from(HOUR) * dollar;
        let usd = |text: &str| Usd::parse(text).unwrap();
        assert!(!scale.exceeds(cost, &pattern, usd("700")));
        assert!(scale.exceeds(cost + 1, &pattern, usd("700")));
        assert!(scale.exceeds(cost, &pattern, usd("699.9999999999")));
        assert!(!scale.exceeds(cost, &pattern, Usd::new(Decimal::MAX)));
    }
}

#[test]
fn a_week_bills_its_hours_and_twenty_minutes_for_each_rise_and_fall() {
    let pattern = week();
    let leg = leg_of(&pattern);
    // 60 hours of 9 and 108 of 2, and five times 7 more, then 7 fewer.
    let all = (60 * 9 + 108 * 2) * HOUR + 5 * 7 * 20 * 1_000;
    assert_eq!(leg.milliminutes(&[9, 2], 0), all);
    assert_eq!(leg.milliminutes(&[9, 2], 2), 60 * 7 * HOUR + 5 * 7 * 20_000);
    assert_eq!(leg.milliminutes(&[9, 2], 4), 60 * 5 * HOUR + 5 * 5 * 20_000);
    assert_eq!(leg.milliminutes(&[9, 2], 9), 0);
    assert_eq!(leg.launches(&[9, 2], 0), 35);
    assert_eq!(leg.launches(&[9, 2], 4), 25);
    assert_eq!(leg.launches(&[9, 9], 0), 0);
    assert!(!leg.is_kept_warm(&[9, 2]));
}

#[test]
fn a_peak_that_is_kept_until_the_low_is_billed_hour_by_hour() {
    // Each day: 2, 5, 3, then 2 until its end: kept, the third hour has 5, and its fall comes later.
    let mut hours = [2; 168];
    for day in hours.chunks_mut(24) {
        day[1] = 5;
        day[2] = 3;
    }
    let hours = WeekHours::new(&hours).unwrap();
    let pattern = Pattern::Hourly(Week::of_hours(hours.hours(), |tasks| *tasks));
    let ideal = leg_of(&pattern);
    let kept = Leg {
        repacking: Repacking::AtTheLow,
        ..leg_of(&pattern)
    };
    // Levels in the order in which the week meets them.
    let counts = [2, 5, 3];
    let at_once = 7 * (22 * 2 + 5 + 3) * HOUR + 7 * 3 * 20_000;
    assert_eq!(ideal.milliminutes(&counts, 0), at_once);
    assert_eq!(kept.milliminutes(&counts, 0), at_once + 7 * 2 * HOUR);
    assert_eq!(kept.milliminutes(&counts, 4), 7 * 2 * HOUR + 7 * 20_000);
    assert_eq!(kept.launches(&counts, 0), 21);
    assert_eq!(kept.launches(&counts, 4), 7);
    assert_eq!(ideal.launches(&counts, 0), 21);
    assert!(ideal.is_open(&counts));
    assert!(!ideal.is_open(&[2, 2, 2]));
    let changes = changes_by_hour(&[1, 4, 2, 2], 1);
    assert_eq!((changes.added, changes.removed), (3, 3));
}

#[test]
fn a_job_pays_for_its_bursts_or_is_kept_warm() {
    // 24 runs of 40 minutes stand an hour each with boot and scale-in: as long as the day.
    let pattern = jobs(24, 40);
    let all_day = leg_of(&pattern);
    assert!(all_day.is_kept_warm(&[3, 3]));
    assert_eq!(all_day.milliminutes(&[3, 3], 0), 24 * HOUR * 3);
    assert_eq!(all_day.launches(&[3, 3], 0), 0);
    assert_eq!(all_day.steady_floor(&[3, 3]), 3);
    assert!(!all_day.is_open(&[3, 3]));
    // 36 of them: one always stands, and half of the time a second.
    let pattern = jobs(36, 40);
    let overlapping = leg_of(&pattern);
    let counts = [3, 9];
    assert!(!overlapping.is_kept_warm(&counts));
    assert_eq!(overlapping.milliminutes(&counts, 0), 36 * HOUR * 3);
    assert_eq!(overlapping.milliminutes(&counts, 3), 12 * HOUR * 3);
    assert_eq!(overlapping.milliminutes(&counts, 5), 12 * HOUR);
    assert_eq!(overlapping.milliminutes(&counts, 6), 0);
    assert_eq!(overlapping.launches(&counts, 0), 36 * 3);
    assert_eq!(overlapping.launches(&counts, 4), 36 * 2);
    assert_eq!(overlapping.launches(&counts, 6), 0);
    assert_eq!(overlapping.steady_floor(&counts), 3);
    assert_eq!(overlapping.levels_that_stand(&counts), [3, 9, 3, 6]);
    // 12 of them: half of the day.
    let pattern = jobs(12, 40);
    let half = leg_of(&pattern);
    assert_eq!(half.milliminutes(&[3, 3], 0), 12 * HOUR * 3);
    assert_eq!(half.launches(&[3, 3], 1), 24);
    assert_eq!(half.steady_floor(&[3, 3]), 0);
    assert_eq!(half.levels_that_stand(&[3, 3]), [3, 3, 0, 3]);
}

#[test]
fn the_cheapest_reservation_is_the_smaller_on_a_tie() {
    let pattern = week();
    let counts = [9, 2];
    let month = 168 * u128::from(HOUR);
    let scale = scale(Along::default(), 0);
    let price = |hour: u128, reserved: u128| CandidateCost {
        hour: HourCost(hour),
        reserved_hour: Some(HourCost(reserved)),
    };
    let of = |leg: &Leg<'_>, price| cheapest_reservation(leg, &counts, price, scale);
    let all = u128::from(leg_of(&pattern).milliminutes(&counts, 0));
    let none = CandidateCost {
        hour: HourCost(10),
        reserved_hour: None,
    };
    assert_eq!(of(&leg_of(&pattern), none), (10 * all, 0));
    // At the same price the two that always stand cost as much either way.
    assert_eq!(of(&leg_of(&pattern), price(10, 10)), (10 * all, 0));
    // At a little less they are reserved; the seven others run for too few hours.
    let beyond = u128::from(leg_of(&pattern).milliminutes(&counts, 2));
    assert_eq!(
        of(&leg_of(&pattern), price(10, 9)),
        (2 * month * 9 + beyond * 10, 2)
    );
    // At next to nothing all are.
    assert_eq!(of(&leg_of(&pattern), price(10, 1)), (9 * month, 9));
    let steady = Leg {
        sizing: Sizing::SteadyFloor,
        ..leg_of(&pattern)
    };
    assert_eq!(of(&steady, price(10, 1)), (2 * month + beyond * 10, 2));
    // Of what is owned already nothing more is reserved, and it costs nothing.
    let owning = Leg {
        already: 1,
        ..leg_of(&pattern)
    };
    assert_eq!(of(&owning, price(10, 1)), (8 * month, 8));
    assert_eq!(of(&owning, price(10, 9)), (month * 9 + beyond * 10, 1));
}

#[test]
fn the_bounds_are_what_the_least_instances_and_the_best_plan_cost() {
    let pattern = week();
    let leg = leg_of(&pattern);
    let price = |hour: u128, reserved: Option<u128>| CandidateCost {
        hour: HourCost(hour),
        reserved_hour: reserved.map(HourCost),
    };
    // Three to an instance: three of them for 60 hours, and one for 108.
    let hours = (60 * 3 + 108) * u128::from(HOUR);
    let one = candidate(0, 3);
    assert_eq!(leg.least_running(&one).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(leg.least_cost(&one, price(10, None)), hours * 10);
    assert_eq!(leg.least_cost(&one, price(10, Some(7))), hours * 7);
    assert_eq!(leg.least_cost(&one, price(6, Some(7))), hours * 6);
    assert_eq!(leg_of(&jobs(4, 10)).least_cost(&one, price(6, None)), 0);

    // Under a plan: the steady one, or all three, or none.
    let counts = [3, 1];
    let scale = scale(Along::default(), 0);
    let bound = |price: u128, plan: u128| {
        let prices = (HourCost(price), HourCost(plan), HourCost(2));
        least_under_plan(&leg, &counts, prices, scale)
    };
    let (hour, all) = (u128::from(HOUR), u128::from(leg.milliminutes(&counts, 0)));
    let changing = all - (60 * 3 + 108) * hour;
    let (along, boots) = (all * 2, changing * 10);
    assert_eq!(
        bound(10, 8),
        along + boots + 168 * hour * 8 + 120 * hour * 10
    );
    assert_eq!(bound(10, 1), along + boots + 3 * 168 * hour);
    assert_eq!(bound(10, 12), along + boots + (60 * 3 + 108) * hour * 10);
    let pattern = jobs(12, 40);
    let leg = leg_of(&pattern);
    let all = u128::from(leg.milliminutes(&counts, 0));
    let prices = (HourCost(10), HourCost(8), HourCost(2));
    assert_eq!(least_under_plan(&leg, &counts, prices, scale), all * 10);
}

#[test]
fn a_volume_bounds_instances_by_each_dimension_and_by_those_that_stand_alone() {
    let volume = Volume {
        amounts: [10, 3, 0, 7],
        alone: 2,
    };
    assert_eq!(volume.least_instances(&[4, 3, 0, 7]), 3);
    assert_eq!(volume.least_instances(&[10, 1, 0, 7]), 3);
    assert_eq!(volume.least_instances(&[10, 3, 0, 2]), 4);
    assert_eq!(volume.least_instances(&[10, 3, 5, 7]), 2);
}

#[test]
fn a_leg_runs_what_its_tasks_its_floor_and_the_target_ask_for() {
    let pattern = week();
    let mut leg = leg_of(&pattern);
    assert!(!leg.is_empty());
    let one = candidate(0, 4);
    assert_eq!(leg.needed(&one).collect::<Vec<_>>(), [3, 1]);
    leg.target_percent = 80;
    assert_eq!(leg.running(&one).collect::<Vec<_>>(), [4, 2]);
    for level in &mut leg.levels {
        (level.tasks, level.floor) = (0, 5);
    }
    assert_eq!(leg.needed(&one).collect::<Vec<_>>(), [5, 5]);
    assert!(!leg.is_empty());
    for level in &mut leg.levels {
        level.floor = 0;
    }
    assert!(leg.is_empty());
}

#[test]
fn of_equal_costs_fewer_instances_win_then_the_newer_generation_then_the_name() {
    let book = PriceBook::parse(US_EAST_1).unwrap();
    let pattern = week();
    let leg = leg_of(&pattern);
    let scale = scale(Along::default(), 0);
    let pick = |names: &[(&str, u32)]| {
        let candidates: Vec<Candidate> = names
            .iter()
            .map(|&(name, tasks)| candidate(book.type_index(name).unwrap(), tasks))
            .collect();
        // An instance costs as much as the tasks that it holds: all of these cost the same.
        let cost = |one: &Candidate| {
            Some(CandidateCost {
                hour: HourCost(u128::from(one.fit.tasks)),
                reserved_hour: None,
            })
        };
        let found = cheapest(&leg, (&book, scale), &candidates, cost).unwrap();
        book.types[found.candidate.index].name.to_string()
    };
    let flat = |name: &'static str| (name, 1);
    assert_eq!(pick(&[flat("m6g.large"), flat("m7g.large")]), "m7g.large");
    assert_eq!(pick(&[flat("m7g.large"), flat("m6g.large")]), "m7g.large");
    assert_eq!(pick(&[flat("r7g.large"), flat("c7g.large")]), "c7g.large");
    assert_eq!(pick(&[flat("c7g.large"), flat("r7g.large")]), "c7g.large");
    // Nine and two are no multiples of two, so that two to an instance cost more.
    assert_eq!(pick(&[("m6g.large", 1), ("m7g.large", 2)]), "m6g.large");
    assert_eq!(Pick::new(candidate(0, 1), vec![4, 9, 2]).peak(), 9);
}
