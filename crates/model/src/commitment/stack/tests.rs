use proptest::prelude::*;

use super::*;
use crate::scenario::Owned;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn usd(text: &str) -> Usd {
    Usd::new(decimal(text))
}

fn plans(text: &str) -> Vec<OwnedPlan> {
    Owned::parse_plans(text).unwrap()
}

fn reservations(text: &str) -> Vec<OwnedReservation> {
    Owned::parse_reservations(text).unwrap()
}

fn compute() -> Commitment {
    Commitment::one_year_no_upfront(CommitmentKind::ComputeSavingsPlan)
}

fn of_family() -> Commitment {
    Commitment::one_year_no_upfront(CommitmentKind::Ec2InstanceSavingsPlan)
}

/// An instance with its prices on-demand, under a Compute and under an EC2 Instance Savings Plan.
fn instance<'a>(name: &'a str, os: Os, [on_demand, csp, isp]: [&str; 3]) -> Item<'a> {
    Item {
        subject: Subject::Instance { name, os },
        on_demand: usd(on_demand),
        rates: vec![(compute(), usd(csp)), (of_family(), usd(isp))],
    }
}

fn serverless(on_demand: &str, csp: &str) -> Item<'static> {
    Item {
        subject: Subject::Serverless,
        on_demand: usd(on_demand),
        rates: vec![(compute(), usd(csp))],
    }
}

/// What AWS's user guide uses in its scenarios, Lambda left out.
fn example() -> (Vec<Item<'static>>, Vec<Decimal>) {
    let items = vec![
        instance("r5.4xlarge", Os::Linux, ["1", "0.7", "0.6"]),
        serverless("0.04", "0.03"),
        serverless("0.004", "0.003"),
        instance("m5.24xlarge", Os::Linux, ["10", "8.2", "7.8"]),
    ];
    let quantities = ["4", "400", "1600", "1"].map(decimal).to_vec();
    (items, quantities)
}

fn hour(items: &[Item], quantities: &[Decimal], plan: &str, reserved: &str) -> Applied {
    let (plans, reservations) = (plans(plan), reservations(reserved));
    let owned = Commitments {
        plans: &plans,
        reservations: &reservations,
    };
    apply_hour(items, owned, quantities)
}

#[test]
fn reservations_go_first_then_the_plan_of_the_family_then_the_compute_plan() {
    let (items, quantities) = example();
    let out = hour(
        &items,
        &quantities,
        "compute_sp_1y_no_upfront=16.8, ec2_sp_1y_no_upfront:r5=3",
        "r5.4xlarge=1",
    );
    // One of four is reserved; three cost 1.80 of the 3.00 under the plan of their family, and
    // the Compute Savings Plan is left to Fargate, all of which it just covers.
    assert_eq!(out.items[0].reserved, Decimal::ONE);
    assert_eq!(out.items[0].planned, [Decimal::ZERO, decimal("3")]);
    assert_eq!(out.plans[1].used, usd("1.8"));
    assert_eq!(out.plans[1].unused, usd("1.2"));
    assert_eq!(out.plans[0].unused, Usd::ZERO);
    assert_eq!(out.items[1].on_demand, Decimal::ZERO);
    assert_eq!(out.items[2].on_demand, Decimal::ZERO);
    assert_eq!(out.items[3].on_demand, Decimal::ONE);
    assert_eq!(out.on_demand_charge(&items), usd("10"));
    assert_eq!(out.without_commitments(&items), usd("36.4"));
    // 26.40 of 36.40 are covered.
    let coverage = out.coverage(&items).unwrap();
    assert_eq!(coverage.round_dp(6), decimal("0.725275"));
    assert_eq!(out.plans[1].utilisation(), Some(decimal("0.6")));
    assert_eq!(out.reservations[0].utilisation(), Some(Decimal::ONE));
}

#[test]
fn equal_savings_are_covered_at_the_lower_rate_first() {
    let (items, quantities) = example();
    // 2.80 for r5 and 4.80 for memory leave 10.60 for vCPU at 0.03.
    let out = hour(&items, &quantities, "compute_sp_1y_no_upfront=18.2", "");
    assert_eq!(out.items[2].on_demand, Decimal::ZERO);
    let covered = out.items[1].planned[0];
    assert_eq!(covered.round_dp(6), decimal("353.333333"));
}

#[test]
fn a_plan_of_another_family_covers_nothing() {
    let (items, quantities) = example();
    let out = hour(&items, &quantities, "ec2_sp_1y_no_upfront:c5=3", "");
    assert_eq!(out.plans[0].unused, usd("3"));
    assert_eq!(out.coverage(&items), Some(Decimal::ZERO));
}

#[test]
fn a_plan_covers_only_what_has_a_rate_for_its_term_and_payment() {
    let (items, quantities) = example();
    let out = hour(&items, &quantities, "compute_sp_3y_no_upfront=50", "");
    assert_eq!(out.plans[0].unused, usd("50"));
}

#[test]
fn a_reservation_covers_other_sizes_of_its_family_smallest_first() {
    // EC2 user guide, scenario 2 of `apply_ri`.
    let items = [
        instance("m3.xlarge", Os::Linux, ["0.2", "0.1", "0.1"]),
        instance("m3.large", Os::Linux, ["0.1", "0.05", "0.05"]),
        instance("m4.large", Os::Linux, ["0.1", "0.05", "0.05"]),
    ];
    let two = vec![Decimal::TWO; 3];
    let out = hour(&items, &two, "", "m3.2xlarge=1");
    let reserved: Vec<Decimal> = out.items.iter().map(|item| item.reserved).collect();
    assert_eq!(reserved, [Decimal::ONE, Decimal::TWO, Decimal::ZERO]);
    let out = hour(&items, &two, "", "m3.large=1 m3.2xlarge=4");
    // 24 units are used: 4 of the first entry, 20 of the 64 of the second.
    assert_eq!(out.reservations[0].used, Decimal::ONE);
    assert_eq!(out.reservations[1].used, decimal("1.25"));
    assert_eq!(out.reservations[1].unused, decimal("2.75"));
}

#[test]
fn windows_and_one_size_families_are_covered_by_the_very_type_alone() {
    let items = [
        instance("m5.large", Os::Windows, ["0.2", "0.1", "0.1"]),
        instance("m5.xlarge", Os::Windows, ["0.4", "0.2", "0.2"]),
        instance("g5.xlarge", Os::Linux, ["1", "0.7", "0.6"]),
        instance("g5.2xlarge", Os::Linux, ["1.2", "0.8", "0.7"]),
        instance("m5.large", Os::Linux, ["0.1", "0.05", "0.05"]),
    ];
    let one = vec![Decimal::ONE; 5];
    let out = hour(&items, &one, "", "m5.large=3 g5.xlarge=3");
    let reserved: Vec<Decimal> = out.items.iter().map(|item| item.reserved).collect();
    let (none, whole) = (Decimal::ZERO, Decimal::ONE);
    assert_eq!(reserved, [whole, none, whole, none, whole]);
    assert_eq!(out.reservations[0].unused, Decimal::ONE);
    assert_eq!(out.reservations[1].unused, Decimal::TWO);
}

#[test]
fn levels_add_up_by_their_hours() {
    let items = [instance("m7g.large", Os::Linux, ["0.1", "0.08", "0.07"])];
    let reservations = reservations("m7g.large=4");
    let plans = plans("compute_sp_1y_no_upfront=0.16");
    let owned = Commitments {
        plans: &plans,
        reservations: &reservations,
    };
    let level = |hours: u32, instances: u32| Level {
        hours: hours.into(),
        quantities: vec![instances.into()],
    };
    let out = apply(&items, owned, &[level(100, 10), level(630, 1)]);
    assert_eq!(out.levels[0].items[0].on_demand, decimal("4"));
    let sum = &out.sum;
    assert_eq!(sum.items[0].used, decimal("1630"));
    assert_eq!(sum.items[0].reserved, decimal("1030"));
    assert_eq!(sum.items[0].planned, [decimal("200")]);
    assert_eq!(sum.items[0].on_demand, decimal("400"));
    assert_eq!(sum.reservations[0].unused, decimal("1890"));
    assert_eq!(sum.plans[0].committed, usd("116.8"));
    assert_eq!(sum.plans[0].unused, usd("100.8"));
}

#[test]
fn nothing_owned_leaves_everything_on_demand() {
    let (items, quantities) = example();
    let out = hour(&items, &quantities, "", "");
    assert_eq!(out.coverage(&items), Some(Decimal::ZERO));
    assert_eq!(
        out.on_demand_charge(&items),
        out.without_commitments(&items)
    );
    let idle = hour(&items, &[], "compute_sp_1y_no_upfront=1", "r5.large=1");
    assert_eq!(idle.coverage(&items), None);
    assert_eq!(idle.plans[0].utilisation(), Some(Decimal::ZERO));
}

const TYPES: [&str; 8] = [
    "m5.large",
    "m5.xlarge",
    "m5.3xlarge",
    "m5.metal",
    "r5.4xlarge",
    "g5.xlarge",
    "g5.2xlarge",
    "t4g.nano",
];

fn any_items() -> impl Strategy<Value = Vec<(Item<'static>, Decimal)>> {
    let item = (
        0..=TYPES.len(),
        any::<bool>(),
        1..5_000_i64,
        1..100_i64,
        0..5_000_i64,
    );
    let item = item.prop_map(|(which, windows, price, percent, quantity)| {
        let on_demand = Usd::new(Decimal::new(price, 3));
        let rate = |share: i64| on_demand.scaled(Decimal::new(share, 2));
        let os = if windows { Os::Windows } else { Os::Linux };
        let subject = TYPES.get(which);
        let item = Item {
            subject: subject.map_or(Subject::Serverless, |&name| Subject::Instance { name, os }),
            on_demand,
            rates: if subject.is_some() {
                vec![(compute(), rate(percent)), (of_family(), rate(percent - 1))]
            } else {
                vec![(compute(), rate(percent))]
            },
        };
        (item, Decimal::new(quantity, 2))
    });
    prop::collection::vec(item, 0..8)
}

fn any_plans() -> impl Strategy<Value = Vec<OwnedPlan>> {
    let kind = prop::sample::select(vec![
        "compute_sp_1y_no_upfront",
        "compute_sp_3y_no_upfront",
        "ec2_sp_1y_no_upfront:m5",
        "ec2_sp_1y_no_upfront:g5",
    ]);
    let plan = (kind, 1..200_u32)
        .prop_map(|(what, cents)| format!("{what}={}", Decimal::new(cents.into(), 2)));
    prop::collection::vec(plan, 0..4).prop_map(|list| plans(&list.join(" ")))
}

fn any_reservations() -> impl Strategy<Value = Vec<OwnedReservation>> {
    let one = (prop::sample::select(TYPES.to_vec()), 1..20_u32);
    let one = one.prop_map(|(name, count)| format!("{name}={count}"));
    prop::collection::vec(one, 0..5).prop_map(|list| reservations(&list.join(" ")))
}

/// Divisions are rounded at the 28th digit.
fn near(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() < Decimal::new(1, 12)
}

proptest! {
    #[test]
    fn nothing_is_covered_twice_and_nothing_committed_is_exceeded(
        usage in any_items(),
        plans in any_plans(),
        reservations in any_reservations(),
    ) {
        let (items, quantities): (Vec<Item>, Vec<Decimal>) = usage.into_iter().unzip();
        let owned = Commitments { plans: &plans, reservations: &reservations };
        let out = apply_hour(&items, owned, &quantities);
        for of in &out.items {
            let covered: Decimal = of.reserved + of.planned.iter().sum::<Decimal>();
            prop_assert!(near(covered + of.on_demand, of.used));
            prop_assert!(of.on_demand >= Decimal::ZERO && of.reserved >= Decimal::ZERO);
            prop_assert!(of.planned.iter().all(|part| *part >= Decimal::ZERO));
        }
        for (index, of) in out.plans.iter().enumerate() {
            prop_assert!(of.used >= Usd::ZERO && of.unused >= Usd::ZERO);
            prop_assert_eq!(of.used + of.unused, of.committed);
            // What it is said to have spent is what it covers at its rates.
            let spent: Usd = out.items.iter().zip(&items).map(|(item, priced)| {
                let rate = priced.rates.iter().find(|(of, _)| *of == plans[index].commitment);
                rate.map_or(Usd::ZERO, |(_, rate)| rate.scaled(item.planned[index]))
            }).sum();
            prop_assert!(near(spent.decimal(), of.used.decimal()));
        }
        for of in &out.reservations {
            prop_assert!(of.used >= Decimal::ZERO && of.unused >= Decimal::ZERO);
            prop_assert!(near(of.used + of.unused, of.held));
        }
        if let Some(coverage) = out.coverage(&items) {
            prop_assert!(coverage >= Decimal::ZERO && coverage <= Decimal::ONE);
        }
        // A plan is not idle while there is usage that it could cover.
        for (index, plan) in plans.iter().enumerate() {
            if out.plans[index].unused > Usd::ZERO {
                for (of, item) in out.items.iter().zip(&items) {
                    let open = item.rates.iter().any(|(of, _)| *of == plan.commitment)
                        && (plan.family.is_none() || matches!(item.subject, Subject::Instance { name, .. } if name.starts_with(&format!("{}.", plan.family.as_ref().unwrap()))));
                    prop_assert!(!open || of.on_demand.is_zero());
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_usage_is_listed_does_not_matter(
        usage in any_items(),
        plans in any_plans(),
        reservations in any_reservations(),
        turn in 0..8_usize,
    ) {
        let owned = Commitments { plans: &plans, reservations: &reservations };
        let run = |usage: &[(Item<'static>, Decimal)]| {
            let (items, quantities): (Vec<Item>, Vec<Decimal>) = usage.iter().cloned().unzip();
            let out = apply_hour(&items, owned, &quantities);
            (out.on_demand_charge(&items), out.plans.clone(), out.reservations)
        };
        let mut turned = usage.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        let (here, there) = (run(&usage), run(&turned));
        prop_assert!(near(here.0.decimal(), there.0.decimal()));
        prop_assert_eq!(here.1, there.1);
        prop_assert_eq!(here.2, there.2);
    }
}
