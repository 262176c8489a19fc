//! Two scenarios side by side: what the difference comes from.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::compare::{Cause, Compare};
use berth_model::curve::Progress;
use berth_model::inputs::{self, INPUTS, Kind, Scope};
use berth_model::money::Usd;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::evaluate_service;
use berth_model::scenario::Scenario;
use berth_model::share;
use proptest::prelude::*;
use proptest::sample::select;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());
static IRELAND: LazyLock<PriceBook> =
    LazyLock::new(|| PriceBook::parse(include_str!("../../../prices/eu-west-1.txt")).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = share::decode(link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn book_of(scenario: &Scenario) -> &'static PriceBook {
    if scenario.region.as_str() == "eu-west-1" {
        &IRELAND
    } else {
        &BOOK
    }
}

fn compared(a: &Scenario, b: &Scenario) -> Compare {
    let of_a = a.pricing.over(book_of(a));
    let of_b = b.pricing.over(book_of(b));
    let mut study = Compare::new((a, 0), (b, 0));
    while study.step([&of_a, &of_b], 3) == Progress::More {}
    study
}

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

fn near(a: Usd, b: Usd) -> bool {
    (a - b).to_f64().abs() < 1e-6
}

#[test]
fn twice_the_tasks_on_another_architecture_by_hand() {
    let a = scenario("v=1&ebs=off&name=a&vcpu=0.5&mem=1&tasks=12&places=fargate&arch=arm64");
    let b = scenario("v=1&ebs=off&name=b&vcpu=0.5&mem=1&tasks=24&places=fargate&arch=x86_64");
    let study = compared(&a, &b);
    assert_eq!(study.causes(), [Cause::Load, Cause::Platform]);
    // On Arm $173.01 and $346.02, on x86 $216.24 (to the cent) and twice that. More tasks cost
    // $173.01 on Arm and as much as 12 on x86 there: their mean. The rest is the architecture's.
    let [arm, x86] = [usd("173.01"), usd("216.2406")];
    let half = |one: Usd, other: Usd| (one + other).scaled(rust_decimal::Decimal::new(5, 1));
    let shares = study.shares();
    assert!(near(shares[0].amount, half(arm, x86)), "{shares:?}");
    let dearer = x86 - arm;
    assert!(
        near(shares[1].amount, half(dearer, dearer + dearer)),
        "{shares:?}"
    );
}

#[test]
fn two_regions_are_compared_from_their_own_books() {
    let a = scenario("v=1&region=us-east-1&ebs=off&name=a&vcpu=1&mem=2&tasks=4&places=ec2");
    let b = scenario("v=1&region=eu-west-1&ebs=off&name=a&vcpu=1&mem=2&tasks=4&places=ec2");
    let study = compared(&a, &b);
    assert_eq!(study.causes(), [Cause::Prices]);
    let [one, other] = [&a, &b].map(|of| {
        let answer = evaluate_service(of, of.services.nearest(0), book_of(of));
        answer.cheapest(|_| true).unwrap().1.total
    });
    assert_ne!(one, other);
    assert!(near(study.difference().unwrap(), other - one));
    assert!(near(study.shares()[0].amount, other - one));
}

#[test]
fn orders_without_an_answer_on_the_way_are_left_out() {
    // Fargate has no GPUs: A with B's task has no answer, A with B's places has.
    let a = scenario("v=1&name=a&vcpu=2&mem=8&tasks=2&places=fargate");
    let b = scenario("v=1&name=a&vcpu=2&mem=8&gpu=1&tasks=2&places=ec2");
    let study = compared(&a, &b);
    let shares = study.shares();
    assert_eq!(study.causes(), [Cause::Task, Cause::Needs]);
    let between = scenario("v=1&name=a&vcpu=2&mem=8&tasks=2&places=ec2");
    let answer = evaluate_service(&between, between.services.nearest(0), &BOOK);
    let between = answer.cheapest(|_| true).unwrap().1.total;
    let [from, to] = study.winners().map(Option::unwrap);
    assert!(near(shares[1].amount, between - from.total));
    assert!(near(shares[0].amount, to.total - between));
}

#[test]
fn where_no_order_has_an_answer_the_difference_is_told_undivided() {
    // Neither type is of the other's architecture.
    let a = scenario("v=1&types=m7g.large&name=a&arch=arm64&vcpu=1&mem=2&tasks=2&places=ec2");
    let b = scenario("v=1&types=m6a.large&name=a&arch=x86_64&vcpu=1&mem=2&tasks=2&places=ec2");
    let study = compared(&a, &b);
    let shares = study.shares();
    assert_eq!(shares.len(), 1);
    assert_eq!(shares[0].causes, [Cause::Platform, Cause::Fleet]);
    assert_eq!(Some(shares[0].amount), study.difference());
}

#[test]
fn what_cannot_run_has_no_difference() {
    let a = scenario("v=1&name=a&vcpu=2&mem=8&tasks=2");
    let b = scenario("v=1&name=a&vcpu=2&mem=8&gpu=1&tasks=2&places=fargate");
    let study = compared(&a, &b);
    assert_eq!(study.difference(), None);
    assert!(study.shares().is_empty());
}

/// An input that is changed alone is a difference in its own group and in no other.
#[test]
fn every_input_belongs_to_the_group_that_takes_it_over() {
    let base = scenario(
        "v=1&lb=on&estimate=on&staff=on&spot=0.1.1&name=a&vcpu=1&mem=2&gpu=1&load=schedule&tasks=9&idle=2"
            .replace("&spot=0.1.1&name=a", "&name=a&spot=0.1.1")
            .as_str(),
    );
    let mut seen = 0;
    for input in &INPUTS {
        let now = inputs::get(&base, 0, input.id);
        let texts: Vec<String> = match input.kind {
            Kind::Choice(choices) => choices.iter().map(|(id, _)| (*id).to_owned()).collect(),
            Kind::Switch => vec!["on".to_owned(), "off".to_owned()],
            Kind::Number { min, max, .. } => vec![min.to_owned(), max.to_owned()],
            Kind::Set => ["docker", "privileged", "fargate"]
                .map(str::to_owned)
                .to_vec(),
            Kind::Text(_) => [
                "eu-west-1",
                "m7g",
                "m7g.large",
                "compute_sp_1y_no_upfront=0.5",
                "m7g.large=2",
                "b",
                "a10g",
                "2.1.1",
            ]
            .map(str::to_owned)
            .to_vec(),
        };
        for text in texts {
            let Ok(changed) = inputs::set(&base, 0, input.id, &text) else {
                continue;
            };
            if inputs::get(&changed, 0, input.id) == now || changed == base {
                continue;
            }
            let study = Compare::new((&base, 0), (&changed, 0));
            let expected: Vec<Cause> = Cause::of(input.id).into_iter().collect();
            assert_eq!(study.causes(), expected, "{}={text}", input.id.id());
            seen += 1;
        }
        assert!(matches!(input.scope, Scope::Scenario | Scope::Service));
    }
    assert!(seen > 40, "{seen}");
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let whole = select(vec![
        "",
        "&region=eu-west-1&ebs=off",
        "&zones=1&floor=0",
        "&term=3y&discount=5",
        "&egress=nat&lb=on",
        "&staff=on&hours=720",
    ]);
    let shape = select(vec!["vcpu=0.25&mem=0.5", "vcpu=1&mem=4", "vcpu=16&mem=100"]);
    let load = select(vec![
        "tasks=1",
        "tasks=12",
        "load=jobs&tasks=5&runs=96&minutes=12",
    ]);
    let rest = select(vec![
        "",
        "&spot=0.1.1",
        "&arch=x86_64",
        "&places=ec2",
        "&places=fargate&spot=1.0.1",
        "&headroom=2",
    ]);
    (whole, shape, load, rest).prop_map(|(whole, shape, load, rest)| {
        scenario(&format!("v=1{whole}&name=s&{shape}&{load}{rest}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.div_ceil(8), ..ProptestConfig::default() })]

    #[test]
    fn causes_are_the_whole_difference_to_the_last_digit(a in scenarios(), b in scenarios()) {
        let study = compared(&a, &b);
        let sum: Usd = study.shares().iter().map(|share| share.amount).sum();
        prop_assert_eq!(Some(sum), study.difference());
        let winner = |of: &Scenario| {
            let book = of.pricing.over(book_of(of));
            let answer = evaluate_service(of, of.services.nearest(0), &book);
            answer.cheapest(|_| true).map(|(option, priced)| (option, priced.total))
        };
        let winners = study.winners().map(|one| one.map(|one| (one.option, one.total)));
        prop_assert_eq!(winners, [winner(&a), winner(&b)]);
    }

    #[test]
    fn the_way_back_costs_what_the_way_there_saves(a in scenarios(), b in scenarios()) {
        let (there, back) = (compared(&a, &b).shares(), compared(&b, &a).shares());
        prop_assert_eq!(there.len(), back.len());
        for (one, other) in there.iter().zip(&back) {
            prop_assert_eq!(&one.causes, &other.causes);
            prop_assert!(near(one.amount, -other.amount));
        }
    }

    #[test]
    fn one_cause_alone_is_the_whole_difference(a in scenarios(), tasks in 1_u32..40) {
        let b = inputs::set(&a, 0, inputs::InputId::Tasks, &tasks.to_string()).unwrap();
        let study = compared(&a, &b);
        prop_assert!(study.causes().iter().all(|&cause| cause == Cause::Load));
        for share in study.shares() {
            prop_assert_eq!(Some(share.amount), study.difference());
        }
    }
}
