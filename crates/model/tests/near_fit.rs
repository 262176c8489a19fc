//! Near fits: a little less of a task, and a place that costs clearly less (rule 34).

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::near_fit::{
    Found, LEAST_SAVING_PERCENT, MOST_CUT_PERCENT, MOST_SIZES_A_PLACE, NearFit, Progress,
};
use berth_model::option::Place;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::Scenario;
use berth_model::share::decode;
use berth_model::{evaluate_service, explain};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn study(scenario: &Scenario) -> Vec<Found> {
    let answer = evaluate_service(scenario, scenario.services.nearest(0), &BOOK);
    let mut study = NearFit::new(scenario, 0, &answer, &BOOK);
    let mut steps = 0;
    while study.step(&BOOK, 1) == Progress::More {
        steps += 1;
    }
    assert!(study.is_done());
    assert!(steps <= 3 * MOST_SIZES_A_PLACE);
    study.found().to_vec()
}

fn in_place(found: &[Found], place: Place) -> Option<Found> {
    found.iter().find(|found| found.place == place).copied()
}

fn saving(found: &[Found], place: Place) -> Option<String> {
    in_place(found, place).map(|found| explain::near_fit(&found).plain())
}

#[test]
fn a_task_of_8_vcpu_and_32_gib_misses_half_of_what_is_left_of_64() {
    // m6a.2xlarge: floor(32,768 x 0.97) - 256 = 31,528 MiB, 30.8 GiB, hold no task of 32 GiB, so
    // six r6a.2xlarge at 0.4536 stand there. At 30 GiB six m6a.2xlarge at 0.3456 do:
    // 6 x 730 x (0.4536 - 0.3456) = 473.04. As many volumes either way.
    let six = study(&scenario("name=a&vcpu=8&mem=32&tasks=6&arch=x86_64"));
    assert_eq!(
        saving(&six, Place::Ec2).unwrap(),
        "Ask for 30 GiB instead of 32: EC2 on x86 then costs $473.04 a month less."
    );
    // Nothing is kept back there: floor(32,768 x 0.97) = 31,784 MiB hold 31 GiB. The fee is a
    // share of the price: 473.04 x 1.12 = 529.8048.
    assert_eq!(
        saving(&six, Place::ManagedInstances).unwrap(),
        "Ask for 31 GiB instead of 32: Managed Instances on x86 then costs $529.80 a month less."
    );
    // 8 vCPU and 32 GiB is a legal size, and the next smaller pair is 28 GiB: less than the 12.5 %
    // that the task would give up.
    assert_eq!(saving(&six, Place::Fargate), None);
}

#[test]
fn a_daemon_takes_its_share_before_the_task_does() {
    // A daemon of 1 vCPU and 1 GiB leaves 7 vCPU and 29.8 GiB of m6a.2xlarge: the rule's example.
    let found = study(&scenario(
        "daemon=1~1~0~agent&name=a&vcpu=8&mem=32&tasks=6&arch=x86_64&places=ec2",
    ));
    let found = in_place(&found, Place::Ec2).unwrap();
    assert_eq!(
        (found.vcpu.to_string(), found.memory.to_string()),
        ("7".into(), "29".into())
    );
}

#[test]
fn a_fargate_task_just_above_a_legal_size_could_have_half_of_it() {
    // 2.1 vCPU and 4 GiB are billed as 4 vCPU and 8 GiB, twice 2 and 4; on Arm
    // 12 x 730 x (2 x 0.03238 + 4 x 0.00356) = 692.0400.
    let found = study(&scenario("name=a&vcpu=2.1&mem=4&tasks=12&arch=arm64"));
    assert_eq!(
        saving(&found, Place::Fargate).unwrap(),
        "Ask for 2 vCPU instead of 2.1: Fargate on Arm then costs $692.04 a month less."
    );
    // With a sidecar of 0.25 vCPU and 0.25 GiB a task of 2 and 4 misses it as well.
    let found = study(&scenario(
        "daemon=0.25~0.25~1~agent&name=a&vcpu=2&mem=4&tasks=12&arch=arm64",
    ));
    let found = in_place(&found, Place::Fargate).unwrap();
    assert_eq!(
        (found.vcpu.to_string(), found.memory.to_string()),
        ("1.75".into(), "3.75".into())
    );
}

#[test]
fn a_task_that_fits_well_has_no_near_fit() {
    for link in [
        // 1.75 GiB in 2 tasks to a c7g.large: 3.6 GiB.
        "name=a&vcpu=1&mem=1.75&tasks=100",
        "name=a&vcpu=0.5&mem=1&tasks=12",
        "name=a&vcpu=4&mem=30&tasks=20",
    ] {
        assert_eq!(study(&scenario(link)), [], "{link}");
    }
}

#[test]
fn a_service_that_nothing_can_run_has_no_near_fit() {
    assert_eq!(study(&scenario("name=a&vcpu=192&mem=4096&tasks=2")), []);
}

proptest! {
    #[test]
    fn what_is_found_is_near_and_saves_what_it_says(
        vcpu in 0.25_f64..20.0,
        memory in 0.25_f64..80.0,
        tasks in 1_u32..60,
        before in select(vec!["", "discount=10&", "net=bridge&soft-mem=1.5&", "term=3y&"]),
        rest in select(vec![
            "",
            "&arch=x86_64",
            "&spot=0.1.1",
            "&arch=arm64",
            "&load=schedule&idle=1",
            "&load=jobs&runs=20&minutes=30",
            "&headroom=2",
            "&places=ec2,managed_instances",
        ]),
    ) {
        let link = format!("{before}name=a&vcpu={vcpu:.3}&mem={memory:.3}&tasks={tasks}{rest}");
        let scenario = scenario(&link);
        let service = scenario.services.nearest(0);
        let asked = (service.task.vcpu, service.task.memory);
        let present = evaluate_service(&scenario, service, &BOOK);
        for found in study(&scenario) {
            let (before, priced) = present.cheapest(|option| option.place == found.place).unwrap();
            prop_assert_eq!(before, found.before);
            prop_assert_eq!(asked, found.asked);
            let mut smaller = service.clone();
            (smaller.task.vcpu, smaller.task.memory) = (found.vcpu, found.memory);
            let answer = evaluate_service(&scenario, &smaller, &BOOK);
            let (after, then) = answer.cheapest(|option| option.place == found.place).unwrap();
            prop_assert_eq!(after, found.after);
            prop_assert_eq!(priced.total - then.total, found.saving);
            let least = priced.total.scaled(Decimal::new(LEAST_SAVING_PERCENT.into(), 2));
            prop_assert!(found.saving >= least);
            let share = Decimal::new((100 - MOST_CUT_PERCENT).into(), 2);
            prop_assert!(found.vcpu <= asked.0 && found.memory <= asked.1);
            prop_assert!((found.vcpu, found.memory) != asked);
            prop_assert!(found.vcpu.decimal() >= asked.0.decimal() * share);
            prop_assert!(found.memory.decimal() >= asked.1.decimal() * share);
        }
    }
}
