//! Fleets instance by instance: what is shown is what is billed, and no bound lies above it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::bill::Item;
use berth_model::cluster::evaluate_cluster;
use berth_model::fleet::price::FleetUse;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::placement::{Placement, Use, View, When, Why, Zone};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{OptionReport, Priced, ServiceAnswer};
use berth_model::scenario::Scenario;
use berth_model::{evaluate, share};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = share::decode(link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn option(id: &str) -> OptionId {
    OptionId::from_id(id).unwrap()
}

fn report<'a>(answer: &'a ServiceAnswer, id: &str) -> &'a OptionReport {
    answer.option(option(id)).unwrap()
}

fn placed(scenario: &Scenario, report: &OptionReport, view: View) -> Placement {
    let priced = report.priced().unwrap();
    Placement::of(scenario, &BOOK, (report.option, priced), 0, view)
}

/// The placement of the only service of a link on an option, at its peak.
fn standing(link: &str, id: &str) -> Placement {
    let scenario = scenario(link);
    let answers = evaluate(&scenario, &BOOK);
    placed(&scenario, report(&answers[0], id), View::default())
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn the_example_by_hand() {
    // m6g.medium: 1 vCPU, ⌊4 × 1,024 × 0.97⌋ − 256 = 3,717 MiB, 4 interfaces with trunking; two
    // tasks of 0.5 vCPU and 1 GiB each, three instances in each of two zones.
    let placement = standing(
        "v=1&region=us-east-1&name=api&vcpu=0.5&mem=1&tasks=12",
        "ec2-arm64-on_demand",
    );
    let leg = &placement.fleets[0].legs[0];
    assert_eq!(&*BOOK.types[leg.index].name, "m6g.medium");
    for zone in &leg.zones {
        assert_eq!(zone.stands.len(), 1);
        let stand = &zone.stands[0];
        assert_eq!(
            (stand.instances, stand.holds.as_slice()),
            (3, &[(0, 2)][..])
        );
        assert_eq!(stand.left.vcpu, Decimal::ZERO);
        assert_eq!(
            stand.left.memory_gib,
            Decimal::from(3_717 - 2_048) / Decimal::from(1_024)
        );
        assert_eq!(stand.left.places, Some(2));
    }
    assert_eq!((leg.bound.instances, leg.bound.least), (6, 6));
    assert_eq!(leg.uses.vcpu.offered, Decimal::from(6));
    assert_eq!(leg.uses.vcpu.idle, Decimal::ZERO);
    assert_eq!(leg.uses.memory_gib.tasks, Decimal::from(12));
    assert_eq!(
        leg.uses.memory_gib.reserved,
        Decimal::from(6 * (4_096 - 3_717)) / Decimal::from(1_024)
    );
    // 6 × (9 + 4) GiB-equivalents for $183.03: tasks have 6 × 9 + 12 of 78.
    let month = placement.month.unwrap();
    assert_eq!(month.paid(), Usd::parse("183.03").unwrap());
    assert_eq!(month.tasks.to_six_decimals(), "154.871538");
    assert_eq!(month.gap, Usd::ZERO);
    // A place for one task costs least on c6g.16xlarge: 120 of them for 730 × $2.176 and 30 GB at
    // $0.08. That is a bound: twelve tasks in two zones do not fill it.
    let least = Usd::parse("159.088").unwrap();
    assert_eq!(month.least_of_any_mix, Some(least));
}

#[test]
fn instances_that_stand_empty_say_why() {
    let placement = standing(
        "v=1&region=us-east-1&zones=1&floor=4&target=80&types=m7g.4xlarge&name=api&vcpu=0.5&mem=1&tasks=6",
        "ec2-arm64-on_demand",
    );
    let stands = &placement.fleets[0].legs[0].zones[0].stands;
    let why: Vec<(u64, Why)> = stands
        .iter()
        .map(|stand| (stand.instances, stand.why))
        .collect();
    // Four by the floor, and ⌈4 × 100 / 80⌉ = 5 by the target.
    assert_eq!(why, [(1, Why::Tasks), (3, Why::Floor), (1, Why::Target)]);
    assert_eq!(stands[1].left.vcpu, Decimal::from(16));
    let bound = placement.fleets[0].legs[0].bound;
    assert_eq!((bound.instances, bound.least, bound.gap()), (5, 5, 0));
}

#[test]
fn a_task_that_has_an_instance_to_itself_leaves_its_interfaces_idle() {
    let placement = standing(
        "v=1&region=us-east-1&name=api&vcpu=0.5&mem=1&tasks=4&needs=vm_isolation",
        "ec2-arm64-on_demand",
    );
    let leg = &placement.fleets[0].legs[0];
    assert_eq!(leg.bound.instances, 4);
    let places = leg.uses.places.unwrap();
    assert_eq!(places.tasks, Decimal::from(4));
    assert!(places.idle > Decimal::ZERO);
    let month = placement.month.unwrap();
    assert!(month.least_of_any_mix.unwrap() <= month.paid());
}

#[test]
fn daemons_and_gpus_are_told_apart() {
    let placement = standing(
        "v=1&region=us-east-1&daemon=0.25~0.5~1~logs&types=g4dn.12xlarge&name=gpu&vcpu=4&mem=16&gpu=1&tasks=6",
        "ec2-x86_64-on_demand",
    );
    let uses = placement.fleets[0].legs[0].uses;
    assert_eq!(uses.gpus.offered, Decimal::from(8));
    assert_eq!(uses.gpus.tasks, Decimal::from(6));
    assert_eq!(uses.gpus.idle, Decimal::TWO);
    assert_eq!(uses.vcpu.daemons, decimal("0.5"));
}

#[test]
fn an_hour_of_the_week_finds_its_level() {
    let scenario = scenario(
        "v=1&region=us-east-1&name=api&vcpu=1&mem=2&load=schedule&tasks=10&idle=2&day-hours=10&days=5",
    );
    let answers = evaluate(&scenario, &BOOK);
    let report = report(&answers[0], "ec2-arm64-on_demand");
    let tasks = |when| {
        let view = View { when, spot_type: 0 };
        placed(&scenario, report, view).fleets[0].legs[0].tasks[0]
    };
    assert_eq!(tasks(When::Peak), 10);
    assert_eq!(tasks(When::Hour(0)), 10);
    assert_eq!(tasks(When::Hour(12)), 2);
    assert_eq!(tasks(When::Level(1)), 2);
    assert_eq!(tasks(When::Level(99)), 2);
}

#[test]
fn fargate_has_no_fleet() {
    let placement = standing(
        "v=1&name=api&vcpu=0.5&mem=1&tasks=12",
        "fargate-arm64-on_demand",
    );
    assert_eq!(placement.fleets, []);
    assert_eq!(placement.month, None);
}

/// Services of plain and of awkward shapes and loads.
fn service() -> impl Strategy<Value = String> {
    let shape = select(vec![
        "vcpu=0.25&mem=0.5",
        "vcpu=0.5&mem=1",
        "vcpu=0.3&mem=0.7",
        "vcpu=1&mem=7",
        "vcpu=2&mem=4",
        "vcpu=4&mem=24",
        "vcpu=7&mem=30",
        "vcpu=2&mem=8&gpu=1",
        "vcpu=1&mem=4&gpu=0.25&arch=x86_64",
        "vcpu=1&mem=2&needs=vm_isolation",
        "vcpu=1&mem=2&os=windows&arch=x86_64",
        "vcpu=0.5&mem=1&headroom=2",
    ]);
    let load = select(vec![
        "tasks=1",
        "tasks=3",
        "tasks=12",
        "tasks=75",
        "load=schedule&tasks=10&idle=2&day-hours=10",
        "load=schedule&tasks=7&idle=0&days=7",
        "load=jobs&tasks=5&runs=24&minutes=20",
        "load=jobs&tasks=3&runs=200&minutes=30",
        "load=week&tasks=4&week=4x12,0x12,4x12,0x12,9x12,1x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,2x12",
    ]);
    let spot = select(vec!["", "", "&spot=0.1.1", "&spot=1.0.1", "&spot=2.1.3"]);
    (shape, load, spot).prop_map(|(shape, load, spot)| format!("&name=s&{shape}&{load}{spot}"))
}

fn scenarios(most: usize) -> impl Strategy<Value = Scenario> {
    let settings = select(vec![
        "",
        "&zones=1",
        "&zones=3&floor=0",
        "&target=80&floor=5&term=3y",
        "&target=1&zones=6",
        "&ebs=off&burst=on",
        "&net=bridge&overcommit=1.5&soft-mem=2",
        "&trunk=off&daemon=0.25~0.5~1~logs",
        "&discount=12.5&factor-arm=0.85&estimate=on",
        "&egress=public&net=host",
    ]);
    (settings, proptest::collection::vec(service(), 1..=most)).prop_map(|(settings, services)| {
        scenario(&format!(
            "v=1&region=us-east-1{settings}{}",
            services.concat()
        ))
    })
}

/// Every priced option with the scenario and the service that it is of.
fn options(scenario: &Scenario) -> Vec<(usize, OptionReport)> {
    let alone = evaluate(scenario, &BOOK);
    let of_services = alone.iter().enumerate().flat_map(|(index, answer)| {
        let priced = answer.options.iter().filter(|one| one.priced().is_some());
        priced.map(move |report| (index, report.clone()))
    });
    let mut all: Vec<(usize, OptionReport)> = of_services.collect();
    if scenario.services.len() > 1 {
        let cluster = evaluate_cluster(scenario, &BOOK, &alone);
        let priced = cluster
            .options
            .into_iter()
            .filter(|one| one.priced().is_some());
        all.extend(priced.map(|report| (0, report)));
    }
    all
}

fn adds_up(of: Use) -> bool {
    of.offered + of.overcommitted == of.reserved + of.daemons + of.tasks + of.idle
        && of.idle >= Decimal::ZERO
}

/// What instances, their volumes, fees and unused commitments come to, surplus credits apart, less
/// the discount on them.
fn compute(priced: &Priced) -> Usd {
    let is_compute = |item: Item| {
        matches!(
            item,
            Item::Instances(_)
                | Item::ManagedFee(_)
                | Item::InstanceVolume
                | Item::UnusedCommitment
        )
    };
    let lines = priced.bill.lines();
    let off: Decimal = lines
        .iter()
        .filter(|line| line.item == Item::Discount)
        .map(|line| line.rate.decimal())
        .sum();
    lines
        .iter()
        .filter(|line| is_compute(line.item))
        .map(|line| line.amount.scaled(Decimal::ONE + off))
        .sum()
}

/// The most instances of the type that is looked at, over all levels of a fleet.
fn most(
    scenario: &Scenario,
    one: &(usize, OptionReport),
    fleet: usize,
    leg: usize,
    of: usize,
) -> u64 {
    let (alone, report) = one;
    let priced = report.priced().unwrap();
    let look = |level| {
        let view = View {
            when: When::Level(level),
            spot_type: of,
        };
        Placement::of(scenario, &BOOK, (report.option, priced), *alone, view)
    };
    let levels = look(0).fleets[fleet].levels;
    let counts = (0..levels).map(|level| look(level).fleets[fleet].legs[leg].bound.instances);
    counts.max().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_what_is_billed(scenario in scenarios(4)) {
        for one in options(&scenario) {
            let (alone, report) = &one;
            let priced = report.priced().unwrap();
            let placement = Placement::of(&scenario, &BOOK, (report.option, priced), *alone, View::default());
            let fleets: Vec<&FleetUse> = priced.capacity.fleets();
            prop_assert_eq!(placement.fleets.len(), fleets.len());
            for (index, (shown, billed)) in placement.fleets.iter().zip(&fleets).enumerate() {
                prop_assert_eq!(shown.legs.len(), billed.legs.len(), "{}", report.option);
                for (place, (leg, used)) in shown.legs.iter().zip(&billed.legs).enumerate() {
                    for (of, one_type) in used.types.iter().enumerate() {
                        let most = most(&scenario, &one, index, place, of);
                        prop_assert_eq!(most, one_type.instances, "{}", report.option);
                    }
                    let standing: u64 = leg.zones.iter().map(Zone::instances).sum();
                    prop_assert_eq!(standing, leg.bound.instances);
                    prop_assert!(leg.bound.least <= leg.bound.instances);
                    // Every task stands, and once.
                    for (member, &service) in shown.services.iter().enumerate() {
                        let stands = leg.zones.iter().flat_map(|zone| &zone.stands);
                        let tasks: u64 = stands
                            .flat_map(|stand| stand.holds.iter().map(move |held| (stand.instances, held)))
                            .filter(|(_, (of, _))| *of == service)
                            .map(|(instances, (_, tasks))| instances * tasks)
                            .sum();
                        prop_assert_eq!(tasks, leg.tasks[member], "{} {}", report.option, service);
                    }
                    for of in [leg.uses.vcpu, leg.uses.memory_gib, leg.uses.gpus].into_iter().chain(leg.uses.places) {
                        prop_assert!(adds_up(of), "{} {of:?}", report.option);
                    }
                    let left: Decimal = leg.zones.iter().flat_map(|zone| &zone.stands)
                        .map(|stand| stand.left.vcpu * Decimal::from(stand.instances)).sum();
                    prop_assert_eq!(left, leg.uses.vcpu.idle);
                }
            }
        }
    }

    #[test]
    fn no_bound_lies_above_the_bill(scenario in scenarios(4)) {
        for (alone, report) in options(&scenario) {
            let priced = report.priced().unwrap();
            let placement = Placement::of(&scenario, &BOOK, (report.option, priced), alone, View::default());
            let Some(month) = placement.month else { continue };
            // A quantity that is divided and multiplied again differs in its last digits.
            let apart = (month.paid() - compute(priced)).decimal().abs();
            prop_assert!(apart < Decimal::new(1, 9), "{apart}");
            prop_assert!(month.idle >= Usd::ZERO && month.gap >= Usd::ZERO);
            prop_assert!(month.gap <= month.paid());
            let least = month.least_of_any_mix.unwrap();
            prop_assert!(least.rounded_to_millionths() <= month.paid().rounded_to_millionths(),
                "{}: {least:?} > {:?}", report.option, month.paid());
        }
    }

    #[test]
    fn one_service_alone_stands_on_as_few_instances_as_its_type_allows(scenario in scenarios(1)) {
        for (_, report) in options(&scenario) {
            for leg in placed(&scenario, &report, View::default()).legs() {
                prop_assert_eq!(leg.bound.gap(), 0);
            }
        }
    }
}
