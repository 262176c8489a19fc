//! What one more task costs.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::marginal::{Marginal, STEPS};
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::{Scenario, TaskCount};
use berth_model::share::decode;
use berth_model::{evaluate_service, explain};
use proptest::prelude::*;
use proptest::sample::select;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn marginal(link: &str, option: &str) -> Marginal {
    let option = OptionId::from_id(option).unwrap();
    Marginal::of(&scenario(link), 0, option, &BOOK, STEPS)
}

fn words(link: &str, option: &str) -> String {
    explain::marginal(&marginal(link, option), &BOOK)
        .unwrap()
        .plain()
}

#[test]
fn the_13th_task_of_the_example_opens_an_instance() {
    // Six m6g.medium hold two each, three to a zone. The 13th opens a seventh: 730 × $0.0385 and 30
    // GB at $0.08. The 14th stands in the other zone and opens one too; then both have a place free.
    assert_eq!(
        words(
            "types=m6g.medium&name=a&vcpu=0.5&mem=1&tasks=12",
            "ec2-arm64-on_demand"
        ),
        "The 13th task costs $30.50 a month: it opens an instance. The 14th costs $30.50 a month."
    );
    assert_eq!(
        words(
            "types=m6g.medium&name=a&vcpu=0.5&mem=1&tasks=14",
            "ec2-arm64-on_demand"
        ),
        "The 15th task costs nothing more: there is room for it. The next one costs nothing more, the 17th costs $30.50 a month."
    );
}

#[test]
fn on_fargate_every_task_costs_the_same() {
    // 730 × (0.5 × $0.03238 + $0.00356).
    assert_eq!(
        words("name=a&vcpu=0.5&mem=1&tasks=12", "fargate-arm64-on_demand"),
        "The 13th task costs $14.42 a month. So does each one up to the 21st."
    );
}

#[test]
fn an_option_without_a_price_has_no_steps() {
    let none = marginal("name=a&vcpu=0.5&mem=1&tasks=12", "ec2-arm64-spot_mix");
    assert_eq!(none.steps, []);
    assert_eq!(explain::marginal(&none, &BOOK), None);
    let most = TaskCount::MAX;
    let full = marginal(
        &format!("name=a&vcpu=0.25&mem=0.5&tasks={most}"),
        "ec2-arm64-on_demand",
    );
    assert_eq!(full.steps, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn steps_add_up_to_what_more_tasks_cost(
        load in select(vec!["tasks=12", "load=schedule&tasks=10&idle=2", "load=jobs&tasks=5&minutes=30&runs=40", "load=week&tasks=5&week=5x12,1x36,3x120"]),
        option in select(vec!["fargate-x86_64-on_demand", "ec2-arm64-on_demand", "ec2-x86_64-spot_mix", "managed_instances-arm64-on_demand"]),
    ) {
        let scenario = scenario(&format!("name=a&vcpu=1&mem=3&{load}&spot=0.1.1"));
        let option = OptionId::from_id(option).unwrap();
        let marginal = Marginal::of(&scenario, 0, option, &BOOK, STEPS);
        prop_assert_eq!(marginal.steps.len(), 9);
        let total = |more: u32| {
            let mut service = scenario.services.nearest(0).clone();
            let tasks = TaskCount::new(service.load.tasks().get() + more).unwrap();
            service.load = service.load.with_tasks(tasks);
            evaluate_service(&scenario, &service, &BOOK).option(option).unwrap().priced().unwrap().total
        };
        let sum: Usd = marginal.steps.iter().map(|step| step.cost).sum();
        prop_assert_eq!(sum, total(9) - total(0));
        prop_assert_eq!(marginal.steps[0].cost, total(1) - total(0));
        prop_assert_eq!(&marginal.steps[3].after, marginal.before(4));
    }
}
