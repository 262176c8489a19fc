//! scratch
#![expect(clippy::unwrap_used, reason = "a test stops where its own data is wrong")]
use std::sync::LazyLock;
use berth_model::flips::{Flips, Progress};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::Scenario;
use berth_model::share::decode;
use berth_model::{evaluate_service, explain};
static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());
fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}
#[test]
fn show() {
    for link in [
        "name=api&vcpu=0.5&mem=1&tasks=12",
        "name=inference&arch=x86_64&vcpu=7&mem=28&gpu=1&gpu-model=a10g&load=schedule&tasks=4&idle=1",
        "name=batch&vcpu=2&mem=4&load=jobs&tasks=10&minutes=12&spot=1.1.4",
        "term=3y&discount=5&egress=nat&name=api&vcpu=0.5&mem=1&tasks=40&spot=0.1.1",
    ] {
        let scenario = scenario(link);
        let answer = evaluate_service(&scenario, scenario.services.nearest(0), &BOOK);
        let start = std::time::Instant::now();
        let mut study = Flips::new(&scenario, 0);
        while study.step(&BOOK, 10) == Progress::More {}
        println!("{link}\n{:?}", start.elapsed());
        let words = explain::FlipsWords::of(&scenario, 0, &study, &answer);
        println!("{}", words.summary.plain());
        if let Some(m) = words.to_measure { println!("MEASURE {}", m.plain()); }
        for (flip, words) in study.flips().iter().zip(words.flips) { println!("{:5} {:?} {}", flip.distance, flip.nearness, words.sentence.plain()); }
    }
}
