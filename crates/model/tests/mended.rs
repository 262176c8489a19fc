//! Defects that a second implementation found, each held by the scenario that showed it.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{Priced, ServiceAnswer};
use berth_model::{evaluate, share};

fn answer(rest: &str) -> ServiceAnswer {
    let decoded = share::decode(&format!("v=1&region=us-east-1&{rest}"));
    assert_eq!(decoded.notices, [], "{rest}");
    let book = PriceBook::parse(US_EAST_1).unwrap();
    let answers = evaluate(&decoded.scenario.unwrap(), &book);
    answers.into_iter().next().unwrap()
}

fn priced(rest: &str, option: &str) -> Priced {
    let option = OptionId::from_id(option).unwrap();
    let answer = answer(rest);
    answer.option(option).unwrap().priced().unwrap().clone()
}

/// Rules 17 and 20: the steady floor of a job's fleet that is kept warm is that fleet.
#[test]
fn the_steady_floor_of_a_warm_fleet_is_the_fleet() {
    let rest = "sizing=steady_floor&name=service&arch=arm64&vcpu=2&mem=8&load=jobs&tasks=4&runs=3000&minutes=0.5";
    let priced = priced(rest, "ec2-arm64-ri_1y_no_upfront");
    let fleets = priced.capacity.fleets();
    let one = fleets.first().unwrap().legs.first().unwrap();
    let one = one.types.first().unwrap();
    // Two runs of four tasks overlap; what always stands is all there is.
    assert_eq!(one.reserved, one.instances);
    assert!(
        priced.total < Usd::parse("400").unwrap(),
        "{:?}",
        priced.total
    );
}

/// Rules 20 and 24: of two plan rates one is the user's own and knows no discount.
#[test]
fn a_plan_of_own_and_listed_rates_never_costs_more_than_none() {
    let rest = "discount=90&own=us-east-1~fargate.linux.arm64.compute_sp_1y_no_upfront.gb_hour~0.056&name=service&arch=arm64&vcpu=4&mem=8&load=schedule&tasks=36&idle=280&day-hours=7&days=2";
    let plan = priced(rest, "fargate-arm64-compute_sp_1y_no_upfront");
    let none = priced(rest, "fargate-arm64-on_demand");
    assert!(
        plan.total <= none.total,
        "{:?} {:?}",
        plan.total,
        none.total
    );
}

/// Rule 22: runs that overlap launch instances beside reserved ones, and these pull the image.
#[test]
fn overlapping_runs_pull_images_beside_reserved_instances() {
    let rest = "egress=nat&name=service&arch=arm64&vcpu=32&mem=250&load=jobs&tasks=3&minutes=66.904&image=1";
    let priced = priced(rest, "ec2-arm64-ri_1y_no_upfront");
    let pulls = priced.bill.lines().iter().any(|line| {
        line.item == berth_model::bill::Item::Beside(berth_model::prices::Adjacent::NatGatewayData)
    });
    assert!(
        pulls,
        "982 on-demand hours are billed, so instances are launched"
    );
}

/// Rules 5 and 25: totals that are the same but for the 28th digit are a tie.
#[test]
fn a_plan_that_commits_to_nothing_does_not_win_over_on_demand() {
    let rest = "term=3y&name=service&vcpu=0.5&mem=1.8&load=schedule&tasks=11&day-hours=3";
    let best = answer(rest).verdict.best().unwrap();
    assert_eq!(best.to_string(), "fargate-arm64-on_demand");
}

/// Rules 20 and 25: usage of a whole number of a plan's steps is covered whole.
#[test]
fn a_steady_floor_on_a_whole_step_is_not_rounded_below_it() {
    let rest = "sizing=steady_floor&name=service&arch=arm64&vcpu=8&mem=24&load=jobs&tasks=300&runs=100&minutes=65.594";
    let committed = priced(rest, "fargate-arm64-compute_sp_1y_no_upfront").committed;
    let amount = berth_model::report::CommittedAmount::Dollars(Usd::parse("373.465").unwrap());
    assert_eq!(committed.unwrap().amount, amount);
}

/// Rule 18: a Spot price of one's own may be above the on-demand price.
#[test]
fn a_range_is_never_reversed() {
    let rest = "own=us-east-1~fargate.linux.x86_64.spot.vcpu_hour~0.06&name=service&arch=x86_64&vcpu=1&mem=2&tasks=5&spot=0.1.1";
    let priced = priced(rest, "fargate-x86_64-spot_mix");
    assert!(priced.low <= priced.total && priced.total <= priced.high);
    assert!(priced.low < priced.high);
}
