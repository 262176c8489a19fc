//! Laws of prices: what a change of every price, or of one, does to every total.

use berth_model::evaluate_service;
use berth_model::money::{Rate, Usd};
use berth_model::option::{OptionId, Place};
use berth_model::prices::key::PriceKey;
use berth_model::prices::{PriceBook, Quote};
use berth_model::pricing::{OwnPrice, Percent};
use berth_model::purchase::PriceKind;
use berth_model::report::Outcome;
use berth_model::scenario::{HoursPerMonth, Scenario, StaffHours, StaffRate};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use std::sync::LazyLock;

use crate::{BOOK, bare, near, priced, scenarios};

/// The same book with every price twice as high; a share of a price stays what it is.
static DOUBLE: LazyLock<PriceBook> = LazyLock::new(|| {
    let twice_rate = |rate: &mut Rate| {
        *rate = Rate::from_ten_billionths(rate.ten_billionths() * 2).unwrap();
    };
    let twice = |quote: &mut Quote| twice_rate(&mut quote.rate);
    let mut book = BOOK.clone();
    for price in &mut book.fargate {
        twice(&mut price.quote);
    }
    for column in &mut book.ec2 {
        column.quotes.iter_mut().flatten().for_each(twice);
        column.upfront.iter_mut().flatten().for_each(twice_rate);
    }
    for (_, quote) in &mut book.adjacent {
        twice(quote);
    }
    book
});

fn priced_totals(scenario: &Scenario, book: &PriceBook) -> Vec<(OptionId, Option<Usd>)> {
    let answer = evaluate_service(scenario, scenario.services.nearest(0), book);
    let total = |outcome: &Outcome| match outcome {
        Outcome::Priced(priced) => Some(priced.total),
        _ => None,
    };
    answer
        .options
        .iter()
        .map(|report| (report.option, total(&report.outcome)))
        .collect()
}

/// Steps of a plan are of $0.001 an hour whatever prices are: 744 hours of two of them, for a plan that a change of prices
/// rounds otherwise.
fn within_a_step(a: Usd, b: Usd) -> bool {
    (a - b).decimal().abs() <= Decimal::new(2 * 744, 3)
}

proptest! {
    // Twice every price is twice every total; under a plan, to a step of its amount.
    #[test]
    fn twice_every_price_is_twice_every_total(scenario in scenarios()) {
        let mut scenario = bare(&scenario);
        // Surplus credits stand in no book.
        scenario.fleet.burstable = false;
        scenario.fleet.types.clear();
        let once = priced_totals(&scenario, &BOOK);
        let twice = priced_totals(&scenario, &DOUBLE);
        for ((option, once), (_, twice)) in once.into_iter().zip(twice) {
            prop_assert_eq!(once.is_some(), twice.is_some(), "{}", option);
            if let (Some(once), Some(twice)) = (once, twice) {
                let once = once.scaled(2.into());
                let is_plan = option.to_string().contains("_sp_");
                let same = if is_plan { within_a_step(once, twice) } else { near(once, twice) };
                prop_assert!(same, "{} {:?} {:?}", option, once, twice);
            }
        }
    }

    // A discount takes the same share off every total at list price, and changes no verdict.
    #[test]
    fn a_discount_is_linear(scenario in scenarios(), hundredths in 1_u16..9_900) {
        let scenario = bare(&scenario);
        let mut less = scenario.clone();
        less.pricing.discount = Percent::from_hundredths(hundredths).unwrap();
        let kept = less.pricing.discount.rest();
        for ((option, before), (_, after)) in priced_totals(&scenario, &BOOK).into_iter().zip(priced_totals(&less, &BOOK)) {
            prop_assert_eq!(before.is_some(), after.is_some());
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert!(near(before.scaled(kept), after), "{}", option);
            }
        }
    }

    // A month of twice the hours costs twice as much, where nothing is billed by the month; under a plan and under a
    // reservation too, which are held for every hour.
    #[test]
    fn twice_the_hours_of_a_month_cost_twice_as_much(scenario in scenarios(), hours in 1_u16..=372) {
        let mut scenario = bare(&scenario);
        scenario.ebs = false;
        let mut double = scenario.clone();
        scenario.hours_per_month = HoursPerMonth::new(hours).unwrap();
        double.hours_per_month = HoursPerMonth::new(hours * 2).unwrap();
        for ((option, once), (_, twice)) in priced_totals(&scenario, &BOOK).into_iter().zip(priced_totals(&double, &BOOK)) {
            if let (Some(once), Some(twice)) = (once, twice) {
                prop_assert!(near(once.scaled(2.into()), twice), "{}", option);
            }
        }
    }

    // No price that rises makes anything cheaper on-demand, and no price that falls anything dearer.
    #[test]
    fn a_higher_price_never_lowers_a_total(
        scenario in scenarios(),
        (key, option) in select(vec![
            ("ec2.linux.on_demand.m7g.large", "ec2-arm64-on_demand"),
            ("ec2.linux.on_demand.c7g.xlarge", "ec2-arm64-on_demand"),
            ("ec2.linux.on_demand.c7g.large", "managed_instances-arm64-on_demand"),
            ("fargate.linux.x86_64.on_demand.vcpu_hour", "fargate-x86_64-on_demand"),
            ("fargate.linux.x86_64.on_demand.gb_hour", "fargate-x86_64-on_demand"),
            ("beside.ebs_gp3_storage", "ec2-x86_64-on_demand"),
            ("fee.*", "managed_instances-x86_64-on_demand"),
        ]),
        percent in 1_u64..300,
    ) {
        let scenario = bare(&scenario);
        let key = PriceKey::parse(key).unwrap();
        let rate = BOOK.quote(&key).unwrap().rate;
        let changed = Rate::from_ten_billionths((rate.ten_billionths() * percent / 100).max(1)).unwrap();
        let mut own = scenario.clone();
        let fits = own.pricing.set_own(OwnPrice { region: own.region.clone(), key, rate: changed });
        prop_assume!(fits);
        let own_book = own.pricing.over(&BOOK);
        let answer = evaluate_service(&own, own.services.nearest(0), &own_book);
        let after = answer.option(OptionId::from_id(option).unwrap()).unwrap().priced();
        if let (Some(before), Some(after)) = (priced(&scenario, option), after) {
            if changed >= rate {
                prop_assert!(after.total >= before.total, "{:?} {:?}", before.total, after.total);
            } else {
                prop_assert!(after.total <= before.total, "{:?} {:?}", before.total, after.total);
            }
        }
    }

    // Staff time adds its hours times its rate to every option on EC2, and nothing to any other.
    #[test]
    fn staff_time_adds_its_own_line_on_ec2_alone(scenario in scenarios(), rate in 1_u16..500, hours in 0_u16..200) {
        let scenario = bare(&scenario);
        let mut billed = scenario.clone();
        billed.staff.billed = true;
        billed.staff.rate = StaffRate::new(rate).unwrap();
        billed.staff.hours = StaffHours::new(hours).unwrap();
        let line = Usd::new(Decimal::from(u32::from(rate) * u32::from(hours)));
        for ((option, before), (_, after)) in priced_totals(&scenario, &BOOK).into_iter().zip(priced_totals(&billed, &BOOK)) {
            let expected = before.map(|before| if option.place == Place::Ec2 { before + line } else { before });
            prop_assert_eq!(after, expected, "{}", option);
        }
    }

    // Quantity times rate is the amount of every line, and no line rests on a price that its book lacks.
    #[test]
    fn every_line_is_its_quantity_at_its_rate_from_a_source(scenario in scenarios()) {
        let answer = evaluate_service(&scenario, scenario.services.nearest(0), &BOOK);
        for report in &answer.options {
            let Some(priced) = report.priced() else { continue };
            for line in priced.bill.lines() {
                prop_assert_eq!(line.rate.scaled(line.quantity), line.amount);
                prop_assert!(!line.quantity.is_zero());
                for source in [line.source, line.base].into_iter().flatten() {
                    prop_assert!(!source.is_of_book() || BOOK.source(source).is_some());
                }
                if line.kind == PriceKind::Spot {
                    prop_assert!(report.option.to_string().ends_with("spot_mix"), "{}", report.option);
                }
            }
        }
    }

    // A price reads back from what is printed of it, to the ten-billionth.
    #[test]
    fn a_price_reads_back_from_its_text(count in 0_u64..=1_000_000_000_000_000) {
        let rate = Rate::from_ten_billionths(count).unwrap();
        prop_assert_eq!(Rate::parse(&rate.to_string()), Some(rate));
        prop_assert_eq!(rate.usd().decimal() * Decimal::from(10_000_000_000_u64), Decimal::from(count));
    }

    // What a report prints is within half a millionth of what is exact, and cents within half a cent.
    #[test]
    fn rounding_moves_an_amount_by_half_a_unit_at_most(units in any::<i64>(), places in 0_u32..14) {
        let amount = Usd::new(Decimal::new(units, places));
        let off = |rounded: Usd| (amount - rounded).decimal().abs();
        prop_assert!(off(amount.rounded_to_millionths()) <= Decimal::new(5, 7));
        prop_assert!(off(amount.rounded_to_cents()) <= Decimal::new(5, 3));
        prop_assert_eq!(Usd::parse(&amount.to_six_decimals()), Some(amount.rounded_to_millionths()));
    }
}
