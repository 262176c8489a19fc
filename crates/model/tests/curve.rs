//! A study of many task counts says at each what a whole evaluation says there.

use berth_model::curve::{Curve, Progress};
use berth_model::eligibility::Class;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::TaskCount;
use berth_model::share::decode;
use berth_model::{evaluate, presets};

#[test]
fn every_sample_is_what_the_whole_evaluation_says_there() {
    let book = PriceBook::parse(US_EAST_1).unwrap();
    let linked = [
        "term=1y&name=api&vcpu=0.5&mem=1&tasks=12",
        "term=3y&estimate=on&name=api&vcpu=2&mem=4&tasks=5&spot=1.1.4",
        "term=3y&discount=5&own=us-east-1~fargate.linux.arm64.on_demand.vcpu_hour~0.01&name=api&vcpu=0.5&mem=1&tasks=12",
    ]
    .map(|link| decode(&format!("v=1&{link}")).scenario.unwrap());
    for scenario in [presets::example()].iter().chain(&linked) {
        let mut curve = Curve::new(scenario, 0);
        while curve.step(&scenario.pricing.over(&book), 100) == Progress::More {}
        assert!(curve.samples().len() >= 20);
        for sample in curve.samples() {
            let mut there = scenario.clone();
            let service = there.services.get_mut(0).unwrap();
            let tasks = TaskCount::new(sample.tasks).unwrap();
            service.load = service.load.with_tasks(tasks);
            let answers = evaluate(&there, &book);
            let answer = answers.first().unwrap();
            let cheapest = |class: &Class| answer.cheapest(|option| option.class() == *class);
            let costs: Vec<_> = Class::ALL
                .iter()
                .map(|class| cheapest(class).map(|(_, priced)| priced.total))
                .collect();
            assert_eq!(sample.costs, costs, "{} tasks", sample.tasks);
            assert_eq!(sample.best, answer.verdict.best().map(OptionId::class));
        }
    }
}
