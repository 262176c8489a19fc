//! Drivers: a bill by cause, worked by hand, and laws for every scenario.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::drivers::{Cause, Causes, Drivers};
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;
use berth_model::share::decode;
use berth_model::{evaluate_service, explain};

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = decode(&format!("v=1&{link}"));
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn answer(scenario: &Scenario) -> ServiceAnswer {
    evaluate_service(scenario, scenario.services.nearest(0), &BOOK)
}

#[test]
fn show() {
    for link in [
        "name=api&vcpu=0.5&mem=1&tasks=12",
        "name=inference&arch=x86_64&vcpu=7&mem=28&gpu=1&gpu-model=a10g&load=schedule&tasks=4&idle=1",
        "name=batch&vcpu=2&mem=4&load=jobs&tasks=10&minutes=12&spot=1.1.4",
        "term=3y&discount=5&egress=nat&name=api&vcpu=0.5&mem=1&tasks=40&spot=0.1.1&daemon=0.1~0.25~1~log",
    ] {
        let scenario = scenario(link);
        let answer = answer(&scenario);
        let drivers = Drivers::of(&scenario, 0, &answer, &BOOK).unwrap();
        println!("{link}");
        for option in [drivers.best, drivers.over] {
            let causes = Causes::of(&scenario, 0, (option, answer.option(option).unwrap().priced().unwrap()), &BOOK).unwrap();
            for &cause in Cause::ALL {
                if causes.get(cause) != Usd::ZERO { println!("  {option} {} {}", cause.id(), causes.get(cause).to_six_decimals()); }
            }
        }
        for sentence in explain::drivers(&drivers) {
            println!("  {}", sentence.plain());
        }
    }
    let _ = OptionId::all();
}
