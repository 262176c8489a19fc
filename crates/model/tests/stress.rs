//! What commitments cost over 36 months if things do not go as planned.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::Item;
use berth_model::commitment::falling;
use berth_model::curve::Progress;
use berth_model::money::Usd;
use berth_model::option::{OptionId, Place, Purchase};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::purchase::{CommitmentKind, Payment, PriceKind, Term};
use berth_model::report::{ServiceAnswer, evaluate_service};
use berth_model::scenario::Scenario;
use berth_model::share;
use berth_model::stress::{EVENT_MONTH, Event, MONTHS, Plan, Stress};
use proptest::prelude::*;
use proptest::sample::select;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = share::decode(link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

struct Looked {
    answer: ServiceAnswer,
    study: Stress,
}

fn look(scenario: &Scenario) -> Looked {
    let book = &*scenario.pricing.over(&BOOK);
    let answer = evaluate_service(scenario, scenario.services.nearest(0), book);
    let mut study = Stress::new(scenario, 0, &answer);
    while study.step(book, 1) == Progress::More {}
    Looked { answer, study }
}

impl Looked {
    fn plan(&self, option: &str) -> &Plan {
        let option = OptionId::from_id(option).unwrap();
        let mut plans = self.study.plans().iter();
        plans.find(|plan| plan.option == option).unwrap()
    }

    /// What a commitment costs a month, used or not, after any discount.
    fn committed(&self, option: OptionId) -> Usd {
        let Purchase::Committed(commitment) = option.purchase else {
            return Usd::ZERO;
        };
        let bill = &self.answer.option(option).unwrap().priced().unwrap().bill;
        let kind = PriceKind::Committed(commitment);
        let discount: Usd = bill
            .lines()
            .iter()
            .filter(|line| line.item == Item::Discount)
            .map(|line| line.rate)
            .sum();
        let lines = bill.lines().iter().filter(|line| line.kind == kind);
        let paid = lines.map(|line| {
            if line.is_own() {
                line.amount
            } else {
                line.amount + line.amount.scaled(discount.decimal())
            }
        });
        paid.sum()
    }

    fn fallen_in(&self, scenario: &Scenario, option: OptionId, percent: u32) -> Usd {
        let priced = self.answer.option(option).unwrap().priced().unwrap();
        let book = &*scenario.pricing.over(&BOOK);
        let service = scenario.services.nearest(0);
        let fallen = falling::at_load(scenario, service, (option, priced), book, percent);
        fallen.unwrap().total
    }

    fn monthly(&self, option: &str) -> Usd {
        let option = OptionId::from_id(option).unwrap();
        self.answer.option(option).unwrap().priced().unwrap().total
    }
}

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn times(amount: Usd, count: usize) -> Usd {
    amount.scaled(count.into())
}

/// To the millionth of a dollar: what is added up in another order may differ in the last digits.
fn near(a: Usd, b: Usd) -> bool {
    (a - b).to_f64().abs() < 1e-6
}

fn total(plan: &Plan, event: Event) -> Usd {
    plan.course(event).unwrap().total()
}

#[test]
fn a_plan_of_three_years_on_fargate_by_hand() {
    let looked = look(&scenario("v=1&name=api&vcpu=0.5&mem=1&tasks=12&arch=arm64"));
    // 6 vCPU at $0.01749 and 12 GiB at $0.00192 are $0.12798 an hour: a step above costs less than
    // the rest of a step on-demand. $0.128 for 730 hours is $93.44 a month.
    let plan = looked.plan("fargate-arm64-compute_sp_3y_no_upfront");
    assert_eq!(plan.monthly, usd("93.44"));
    assert_eq!(plan.upfront, Usd::ZERO);
    assert_eq!(total(plan, Event::Nothing), usd("3363.84"));
    // Half of the load: the plan is paid as before, and covers all of it.
    assert_eq!(total(plan, Event::LoadHalves), usd("3363.84"));
    // On-demand: 6 × $173.01, then 30 × half of that.
    let on_demand = looked.plan("fargate-arm64-on_demand");
    assert_eq!(total(on_demand, Event::Nothing), usd("6228.36"));
    assert_eq!(total(on_demand, Event::LoadHalves), usd("3633.21"));
    // It gains 6 × $79.57 and then loses 30 × $6.935: it stays ahead.
    assert_eq!(plan.course(Event::LoadHalves).unwrap().payback, Some(1));
    // What happens to instances does not touch it.
    for event in [Event::FamilyChanges, Event::MovesToFargate] {
        assert_eq!(plan.course(event), plan.course(Event::Nothing));
    }
}

#[test]
fn reservations_that_stay_behind_by_hand() {
    let scenario = scenario(
        "v=1&ebs=off&types=m6g.medium,c6g.large&name=api&vcpu=0.5&mem=1&tasks=12&arch=arm64",
    );
    let looked = look(&scenario);
    // Six m6g.medium at $0.0241 an hour, reserved for a year.
    let plan = looked.plan("ec2-arm64-ri_1y_no_upfront");
    let reserved = usd("0.0241").scaled((6 * 730).into());
    assert_eq!(plan.monthly, reserved);
    // In month 7 the service moves to Fargate: $173.01 a month beside what is reserved, and from
    // the second year on alone.
    let fargate = usd("173.01");
    let expected = times(reserved, 12) + times(fargate, 30);
    assert_eq!(total(plan, Event::MovesToFargate), expected);
    // The other family is c6g. c6g.large registers 3,717 MiB, which three tasks find room in: each
    // zone's six tasks take two, four in all at $0.068.
    let moved = usd("0.068").scaled((4 * 730).into());
    let on_demand = looked.plan("ec2-arm64-on_demand");
    let listed = usd("0.0385").scaled((6 * 730).into());
    let expected = times(listed, 6) + times(moved, 30);
    assert_eq!(total(on_demand, Event::FamilyChanges), expected);
    // What is reserved of m6g is paid beside them to the end of the year; then c6g is reserved.
    let anew = usd("0.0428").scaled((4 * 730).into());
    let expected = times(reserved, 12) + times(moved, 6) + times(anew, 24);
    assert_eq!(total(plan, Event::FamilyChanges), expected);
    // Half of the load on three instances: all six are paid for, by the rules of `falling`.
    let halved = looked.fallen_in(&scenario, plan.option, 50);
    // Then two c6g.large with three tasks each cost less than four m6g.medium.
    let anew = usd("0.0428").scaled((2 * 730).into());
    let expected = times(reserved, 6) + times(halved, 6) + times(anew, 24);
    assert_eq!(halved, reserved);
    assert_eq!(total(plan, Event::LoadHalves), expected);
}

#[test]
fn what_is_paid_in_advance_is_due_at_the_beginning_of_each_term() {
    // An own price for reserved m6g.medium, all of it in advance.
    let looked = look(&scenario(
        "v=1&ebs=off&types=m6g.medium&own=us-east-1~ec2.linux.ri_1y_all_upfront.m6g.medium~0.02&name=api&vcpu=0.5&mem=1&tasks=12&arch=arm64",
    ));
    let plan = looked.plan("ec2-arm64-ri_1y_all_upfront");
    let year = usd("0.02").scaled((6 * 8760).into());
    assert_eq!(plan.upfront, year);
    let course = plan.course(Event::Nothing).unwrap();
    for (month, expected) in [(0, 1), (11, 1), (12, 2), (23, 2), (24, 3), (36, 3)] {
        assert_eq!(course.paid[month], times(year, expected), "{month}");
    }
    // $1,051.20 in advance beside 6 × $0.0385 × 730 = $168.63 a month: paid back in the seventh.
    assert_eq!(course.payback, Some(7));
    // On Fargate nothing is reserved any more once the year is over.
    let gone = plan.course(Event::MovesToFargate).unwrap();
    assert_eq!(gone.paid[12], year + times(usd("173.01"), 6));
    assert_eq!(gone.total(), year + times(usd("173.01"), 30));
}

#[test]
fn convertible_reservations_are_exchanged_for_as_few_as_are_worth_no_less() {
    let own = |family: &str, rate: &str| {
        format!("&own=us-east-1~ec2.linux.ri_convertible_1y_no_upfront.{family}~{rate}")
    };
    let link = format!(
        "v=1&ebs=off&types=m6g.medium,c6g.large{}{}&name=api&vcpu=0.5&mem=1&tasks=12&arch=arm64",
        own("m6g.medium", "0.026"),
        own("c6g.large", "0.05"),
    );
    let looked = look(&scenario(&link));
    let plan = looked.plan("ec2-arm64-ri_convertible_1y_no_upfront");
    let reserved = usd("0.026").scaled((6 * 730).into());
    assert_eq!(plan.monthly, reserved);
    // Six at $0.026 are worth $0.156 an hour: four c6g.large at $0.05 are the fewest worth it.
    let exchanged = usd("0.05").scaled((4 * 730).into());
    let course = plan.course(Event::FamilyChanges).unwrap();
    assert!(!course.at_most);
    assert_eq!(course.total(), times(reserved, 6) + times(exchanged, 30));
}

#[test]
fn a_compute_savings_plan_without_a_rate_for_the_new_family_is_bounded() {
    // The book has the plan's rate for m7g.large alone.
    let looked = look(&scenario(
        "v=1&ebs=off&zones=1&floor=0&types=m7g.large,c6g.large&name=api&vcpu=1&mem=2&tasks=4&arch=arm64",
    ));
    let plan = looked.plan("ec2-arm64-compute_sp_3y_no_upfront");
    let course = plan.course(Event::FamilyChanges).unwrap();
    assert!(course.at_most);
    // Two m7g.large at $0.0414 are $0.0828: $0.083 an hour. On c6g.large ($0.068, one task by its
    // memory) four cost $0.272 an hour on-demand, of which the plan takes at least its $0.083.
    let month = usd("0.272").scaled(730.into());
    assert_eq!(plan.monthly, usd("0.083").scaled(730.into()));
    assert_eq!(course.total(), times(plan.monthly, 6) + times(month, 30));
    let (_, best) = looked
        .study
        .best_in_hindsight(Event::FamilyChanges)
        .unwrap();
    assert!(best <= course.total());
}

#[test]
fn what_cannot_run_on_fargate_cannot_move_there() {
    let looked = look(&scenario(
        "v=1&name=model&vcpu=3&mem=12&gpu=1&tasks=2&arch=x86_64",
    ));
    assert!(!looked.study.plans().is_empty());
    for plan in looked.study.plans() {
        assert_eq!(plan.course(Event::MovesToFargate), None);
    }
    let (_, regret) = looked.study.least_regret().unwrap();
    assert_ne!(regret.event, Event::MovesToFargate);
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let settings = select(vec![
        "",
        "&ebs=off&zones=1&floor=0",
        "&term=3y&estimate=on&estimate-decides=on",
        "&discount=7&staff=on&estimate=on&estimate-decides=on",
        "&hours=720&sizing=steady_floor",
        "&egress=nat&lb=on",
        "&owned-plans=compute_sp_1y_no_upfront%3D0.1&owned-ris=m6g.xlarge%3D1",
        "&free-vcpu=4&free-mem=8",
        "&discount=5&own=us-east-1~ec2.linux.ri_3y_all_upfront.m6g.medium~0.015&own=us-east-1~ec2.linux.ec2_sp_1y_partial_upfront.m7g.large~0.05",
    ]);
    let shape = select(vec![
        "vcpu=0.25&mem=0.5",
        "vcpu=0.5&mem=1",
        "vcpu=1&mem=4",
        "vcpu=2&mem=4&disk=100",
        "vcpu=16&mem=100",
    ]);
    let load = select(vec![
        "tasks=1",
        "tasks=12&headroom=2",
        "tasks=30&load=schedule&idle=3&day-hours=10",
        "tasks=10&load=week&week=2x8,10x10,2x6,0x8,10x10,2x6,2x120",
        "tasks=5&load=jobs&runs=96&minutes=12",
    ]);
    let arch = select(vec!["", "&arch=x86_64", "&arch=arm64"]);
    (settings, shape, load, arch).prop_map(|(settings, shape, load, arch)| {
        // What depends on the kind of a load stands after it.
        let (tasks, kind) = load.split_once('&').unwrap_or((load, ""));
        let kind = if kind.is_empty() {
            String::new()
        } else {
            format!("&{kind}")
        };
        scenario(&format!("v=1{settings}&name=s&{shape}{arch}&{tasks}{kind}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.min(100_000).div_ceil(8), ..ProptestConfig::default() })]

    #[test]
    fn what_is_paid_never_falls_and_begins_alike(scenario in scenarios()) {
        for plan in look(&scenario).study.plans() {
            for &event in Event::ALL {
                let Some(course) = plan.course(event) else { continue };
                prop_assert_eq!(course.paid.len(), MONTHS + 1);
                prop_assert_eq!(course.paid[0], plan.upfront);
                for pair in course.paid.windows(2) {
                    prop_assert!(pair[0] <= pair[1], "{}: {event:?}", plan.option);
                }
                let nothing = plan.course(Event::Nothing).unwrap();
                prop_assert_eq!(&course.paid[..EVENT_MONTH], &nothing.paid[..EVENT_MONTH]);
            }
        }
    }

    #[test]
    fn while_nothing_happens_the_months_add_up_and_payback_is_where_they_cross(scenario in scenarios()) {
        let looked = look(&scenario);
        for plan in looked.study.plans() {
            let course = plan.course(Event::Nothing).unwrap();
            prop_assert!(near(course.total(), times(plan.monthly, MONTHS)));
            prop_assert_eq!(plan.monthly, looked.monthly(&plan.option.to_string()));
            let Purchase::Committed(commitment) = plan.option.purchase else {
                prop_assert_eq!(course.payback, None);
                continue;
            };
            let beside = looked.study.plans().iter().find(|other| {
                (other.option.place, other.option.purchase) == (plan.option.place, Purchase::OnDemand)
            }).unwrap();
            let paid_back = (1..=MONTHS).find(|&month| {
                course.paid[month].rounded_to_millionths()
                    <= times(beside.monthly, month).rounded_to_millionths()
            });
            let saves = plan.monthly.rounded_to_millionths() <= beside.monthly.rounded_to_millionths();
            prop_assert_eq!(course.payback, paid_back.filter(|_| saves), "{}", plan.option);
            if commitment.payment == Payment::NoUpfront && saves {
                prop_assert_eq!(course.payback, Some(1));
            }
        }
    }

    #[test]
    fn a_compute_savings_plan_that_follows_costs_no_more_than_one_that_stays_behind(scenario in scenarios()) {
        let looked = look(&scenario);
        for plan in looked.study.plans() {
            let Purchase::Committed(commitment) = plan.option.purchase else { continue };
            if plan.option.place == Place::Fargate { continue; }
            let Some(course) = plan.course(Event::MovesToFargate) else { continue };
            let on_demand = looked.study.plans().iter().find(|other| {
                (other.option.place, other.option.purchase) == (Place::Fargate, Purchase::OnDemand)
            });
            let Some(on_demand) = on_demand else { continue };
            let committed = looked.committed(plan.option);
            // Left behind: Fargate on-demand, and the whole commitment beside it.
            let months = match commitment.term { Term::OneYear => 6, Term::ThreeYears => 30 };
            let left_behind = times(plan.monthly, EVENT_MONTH - 1)
                + times(on_demand.monthly, 30)
                + times(committed, months);
            if commitment.kind == CommitmentKind::ComputeSavingsPlan {
                prop_assert!(course.total() <= left_behind + usd("0.000001"), "{}", plan.option);
            } else {
                prop_assert!(near(course.total(), left_behind), "{}", plan.option);
            }
        }
    }

    #[test]
    fn half_of_the_load_is_billed_as_a_falling_load_is(scenario in scenarios()) {
        let looked = look(&scenario);
        for plan in looked.study.plans() {
            let Purchase::Committed(commitment) = plan.option.purchase else { continue };
            if commitment.term != Term::ThreeYears { continue; }
            let Some(course) = plan.course(Event::LoadHalves) else { continue };
            let halved = looked.fallen_in(&scenario, plan.option, 50);
            let expected = times(plan.monthly, EVENT_MONTH - 1) + times(halved, 30);
            prop_assert!(near(course.total(), expected), "{}", plan.option);
        }
    }

    #[test]
    fn on_demand_loses_nothing_by_half_a_load_and_gains_nothing_by_another_family(scenario in scenarios()) {
        for plan in look(&scenario).study.plans() {
            if plan.option.purchase != Purchase::OnDemand { continue; }
            let nothing = total(plan, Event::Nothing);
            if let Some(course) = plan.course(Event::LoadHalves) {
                prop_assert!(course.total() <= nothing);
            }
            if let Some(course) = plan.course(Event::FamilyChanges) {
                prop_assert!(course.total() >= nothing);
            }
        }
    }

    #[test]
    fn nobody_regrets_the_best_choice_and_everybody_else_no_less(scenario in scenarios()) {
        let study = look(&scenario).study;
        for &event in Event::ALL {
            let Some((best, least)) = study.best_in_hindsight(event) else { continue };
            for plan in study.plans() {
                let Some(regret) = study.regret(plan, event) else { continue };
                prop_assert!(regret >= Usd::ZERO);
                prop_assert!(plan.option != best || regret == Usd::ZERO);
                prop_assert!(plan.course(event).unwrap().at_most || near(total(plan, event), least + regret));
                prop_assert!(study.worst_regret(plan).unwrap().amount >= regret);
            }
        }
        if let Some((_, regret)) = study.least_regret() {
            for plan in study.plans() {
                let worst = study.worst_regret(plan);
                prop_assert!(worst.is_none_or(|worst| worst.amount >= regret.amount));
            }
        }
    }

    #[test]
    fn the_size_of_steps_changes_nothing(scenario in scenarios()) {
        let looked = look(&scenario);
        let book = &*scenario.pricing.over(&BOOK);
        let mut study = Stress::new(&scenario, 0, &looked.answer);
        prop_assert_eq!(study.step(book, 1_000), Progress::Done);
        prop_assert_eq!(study.plans(), looked.study.plans());
    }
}
