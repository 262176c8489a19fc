//! Drivers: a bill by cause, worked by hand, and laws for every scenario.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::drivers::{Cause, Causes, Driver, Drivers};
use berth_model::evaluate_service;
use berth_model::explain;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::placement::{Placement, View};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{Capacity, ServiceAnswer};
use berth_model::scenario::Scenario;
use berth_model::share::decode;

#[path = "second/scenarios.rs"]
mod scenarios;

use scenarios::Stream;

const SEED: u64 = 20_261_125;

static BOOKS: LazyLock<[PriceBook; 1]> = LazyLock::new(|| [PriceBook::parse(US_EAST_1).unwrap()]);

fn book() -> &'static PriceBook {
    &BOOKS[0]
}

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn answer(scenario: &Scenario) -> ServiceAnswer {
    evaluate_service(scenario, scenario.services.nearest(0), book())
}

fn usd(text: &str) -> Usd {
    Usd::parse(text).unwrap()
}

/// The causes of an option, in the words of the test.
fn causes(scenario: &Scenario, option: &str) -> Vec<(&'static str, String)> {
    let answer = answer(scenario);
    let option = OptionId::from_id(option).unwrap();
    let priced = answer.option(option).unwrap().priced().unwrap();
    let causes = Causes::of(scenario, 0, (option, priced), book()).unwrap();
    let all = Cause::ALL.iter().map(|&cause| (cause, causes.get(cause)));
    all.filter(|(_, amount)| *amount != Usd::ZERO)
        .map(|(cause, amount)| (cause.id(), amount.to_six_decimals()))
        .collect()
}

fn is(found: &[(&'static str, String)], expected: &[(&'static str, &str)]) {
    let expected: Vec<(&str, String)> = expected
        .iter()
        .map(|(cause, amount)| (*cause, (*amount).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_fleet_by_hand() {
    // Two m7g.large (2 vCPU, 8 GiB, $0.0816) hold four tasks of 1 vCPU and 2 GiB in two zones, as
    // they would in one: 2 x 730 x 0.0816 = 119.136. A vCPU counts as nine GiB, so an instance
    // counts 26 of which tasks ask 22. The system and the agent keep 8,192 - (floor(8,192 x 0.97)
    // - 256) = 502 MiB, and nobody asks for the rest.
    let four = scenario("types=m7g.large&name=a&arch=arm64&vcpu=1&mem=2&tasks=4");
    // 119.136 x 22/26 = 100.807385; 119.136 x (502/1,024)/26 = 2.246329; 30 GiB for each of two
    // instances at $0.08: 4.80. Left over: 119.136 - 100.807385 - 2.246329 = 16.082286.
    is(
        &causes(&four, "ec2-arm64-on_demand"),
        &[
            ("tasks", "100.807385"),
            ("idle", "16.082286"),
            ("system", "2.246329"),
            ("storage", "4.800000"),
        ],
    );
    // One task more stands in a third instance, which one zone needs too; with three zones each
    // of five tasks' zones (2, 2, 1) has one of its own. A floor of five adds two.
    let floor = scenario("types=m7g.large&zones=3&floor=5&name=a&arch=arm64&vcpu=1&mem=2&tasks=5");
    // Packed: 3 x 730 x 0.0816 = 178.704. Spread: 2 x 730 x 0.0816 = 119.136.
    // Tasks: 5 x 11 / (3 x 26) of 178.704 = 126.009231.
    let found = causes(&floor, "ec2-arm64-on_demand");
    assert!(found.contains(&("spread", "119.136000".to_owned())));
    assert!(found.contains(&("tasks", "126.009231".to_owned())));
}

#[test]
fn jobs_by_hand() {
    // A run of 10 minutes and 4 tasks each hour. Fargate pulls the image for 30 seconds:
    // 24 x 4 tasks x 630 s / 3,600 x 730/24 = 511 task-hours, of which 486.667 do their work.
    let jobs = scenario("name=a&arch=arm64&vcpu=1&mem=2&tasks=4&load=jobs&minutes=10");
    let found = causes(&jobs, "fargate-arm64-on_demand");
    // An hour of a task: 0.03238 + 2 x 0.00356 = 0.0395. 486.667 x 0.0395 = 19.223333;
    // 24.333 x 0.0395 = 0.961167.
    is(&found, &[("tasks", "19.223333"), ("waiting", "0.961167")]);
    // Each burst of an instance boots for 5 minutes and leaves 15 after its last task.
    let fleet = scenario(
        "types=m7g.large&ebs=off&name=a&arch=arm64&vcpu=1&mem=2&tasks=4&load=jobs&minutes=10",
    );
    // Two instances, 24 bursts a day of 10 + 20 minutes: 2 x 24 x 0.5 x 730/24 = 730 hours, a
    // third of them packed: 730/3 x 0.0816 = 19.856, and 39.712 of waiting.
    // Tasks 22/26 of 19.856 = 16.801231; system 0.374388.
    is(
        &causes(&fleet, "ec2-arm64-on_demand"),
        &[
            ("tasks", "16.801231"),
            ("idle", "2.680381"),
            ("system", "0.374388"),
            ("waiting", "39.712000"),
        ],
    );
}

#[test]
fn fargate_by_hand() {
    // 0.3 vCPU and 0.4 GiB with a sidecar of 0.1 and 0.2 round up to 0.5 and 1 (the smallest
    // legal pair with 0.4 vCPU): 730 hours of two tasks.
    let scenario = scenario("discount=10&name=a&arch=arm64&vcpu=0.3&mem=0.4&tasks=2");
    let mut scenario = scenario;
    let sidecar = decode("v=1&daemon=0.1~0.2~1~log&name=a&vcpu=1&mem=2&tasks=1");
    scenario.fleet.daemons = sidecar.scenario.unwrap().fleet.daemons;
    // Tasks 1,460 x (0.3 x 0.03238 + 0.4 x 0.00356) = 16.261480; sidecars 1,460 x (0.1 x 0.03238
    // + 0.2 x 0.00356) = 5.767; rounding 1,460 x (0.1 x 0.03238 + 0.4 x 0.00356) = 6.806520;
    // a tenth off each.
    is(
        &causes(&scenario, "fargate-arm64-on_demand"),
        &[
            ("tasks", "14.635332"),
            ("rounding", "6.125868"),
            ("daemons", "5.190300"),
        ],
    );
}

#[test]
fn what_is_said_sums_to_the_margin_to_the_cent() {
    let api = scenario("name=api&vcpu=0.5&mem=1&tasks=12");
    let answer = answer(&api);
    let drivers = Drivers::of(&api, 0, &answer, book()).unwrap();
    let said: Vec<String> = explain::drivers(&drivers)
        .iter()
        .map(explain::Sentence::plain)
        .collect();
    assert_eq!(
        said,
        [
            "Fargate on Arm pays $30.32 more than EC2 on Arm for the vCPU and memory that its tasks ask for.",
            "It pays $21.14 less for vCPU and memory that no task asks for, 211 % of the difference.",
            "It pays $14.40 less for volumes and ephemeral storage, 144 % of the difference.",
            "Everything else together costs it $4.80 less.",
        ]
    );
    assert_eq!(drivers.margin.rounded_to_cents(), usd("10.02"));
}

/// The amounts of sentences, less as it is and more below zero.
fn summed(said: &[explain::Sentence]) -> Usd {
    let one = |sentence: &explain::Sentence| {
        let text = sentence.plain();
        let amount = sentence.spans().iter().find_map(|span| match span {
            explain::Span::Money(amount) => Some(amount.replace(['$', ','], "")),
            _ => None,
        });
        let amount = usd(&amount.expect("an amount"));
        let saves = text.contains(" saves ");
        let less = text.split('$').nth(1).expect("an amount").contains(" less");
        if saves == less { -amount } else { amount }
    };
    said.iter().map(one).sum()
}

#[test]
fn causes_sum_to_every_total_and_drivers_to_every_margin() {
    let (mut bills, mut margins) = (0, 0);
    for number in 0..150 {
        let (_, scenario) = scenarios::scenario(&mut Stream::new(SEED, number), &*BOOKS);
        let book = &*scenario.pricing.over(book());
        let answer = evaluate_service(&scenario, scenario.services.nearest(0), book);
        for report in &answer.options {
            let Some(priced) = report.priced() else {
                continue;
            };
            let causes = Causes::of(&scenario, 0, (report.option, priced), book).unwrap();
            assert_eq!(
                causes.total().decimal(),
                priced.total.decimal().round_dp(12)
            );
            let at = |cause| causes.get(cause);
            // What is asked for, kept, left over or waited for is never paid less than nothing.
            let dust = usd("-0.0000001");
            for cause in [
                Cause::Tasks,
                Cause::Idle,
                Cause::Daemons,
                Cause::System,
                Cause::Spread,
                Cause::Waiting,
                Cause::Rounding,
                Cause::License,
            ] {
                assert!(at(cause) >= dust, "{number} {} {causes:?}", report.option);
            }
            if let Capacity::Fargate(used) = &priced.capacity {
                // At the price of on-demand, rounding is what the bill says of it; a licence and a
                // Spot or plan price apart, and the seconds before and after a run.
                let plain = at(Cause::License) == Usd::ZERO
                    && at(Cause::Spot) == Usd::ZERO
                    && at(Cause::Commitment) == Usd::ZERO
                    && at(Cause::Waiting) == Usd::ZERO;
                if plain && scenario.pricing.discount.is_zero() {
                    assert_eq!(
                        at(Cause::Rounding).rounded_to_millionths(),
                        used.rounding.rounded_to_millionths(),
                        "{number}"
                    );
                }
            }
            bills += 1;
        }
        if let Some(drivers) = Drivers::of(&scenario, 0, &answer, book) {
            let sum: Usd = drivers.all.iter().map(Driver::saving).sum();
            assert_eq!(sum, drivers.margin);
            let said = explain::drivers(&drivers);
            assert_eq!(summed(&said), drivers.margin.rounded_to_cents(), "{number}");
            let lead = match answer.verdict {
                berth_model::decision::Verdict::Best { lead, .. } => lead.unwrap(),
                berth_model::decision::Verdict::Nothing => unreachable!("there are drivers"),
            };
            let dust = (drivers.margin - lead.margin).decimal().abs();
            assert!(dust < usd("0.00000000001").decimal());
            margins += 1;
        }
    }
    println!("{bills} bills and {margins} margins sum");
    assert!(bills > 1_000 && margins > 50);
}

#[test]
fn what_tasks_ask_for_is_what_the_picture_of_the_fleet_says() {
    // Without a commitment, Spot, or a discount, and volumes apart, both divide the same price.
    for link in [
        "ebs=off&name=a&vcpu=0.5&mem=1&tasks=12",
        "ebs=off&name=a&vcpu=3&mem=7&tasks=5&load=schedule&idle=2",
        "ebs=off&zones=3&name=a&vcpu=7&mem=28&gpu=1&gpu-model=a10g&tasks=4",
    ] {
        let scenario = scenario(link);
        let answer = answer(&scenario);
        for option in ["ec2-arm64-on_demand", "ec2-x86_64-on_demand"] {
            let option = OptionId::from_id(option).unwrap();
            let Some(priced) = answer.option(option).unwrap().priced() else {
                continue;
            };
            let causes = Causes::of(&scenario, 0, (option, priced), book()).unwrap();
            let placement = Placement::of(&scenario, book(), (option, priced), 0, View::default());
            let month = placement.month.unwrap();
            // Where more instances run than hold the tasks, the picture counts each one's price,
            // and the drivers those of the tightest packing: so tasks cost the same in both.
            assert_eq!(
                causes.get(Cause::Tasks).rounded_to_cents(),
                month.tasks.rounded_to_cents(),
                "{link} {option}"
            );
        }
    }
}
