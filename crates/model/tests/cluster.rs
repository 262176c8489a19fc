//! Services that share a cluster.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::sync::LazyLock;

use berth_model::cluster::{ClusterAnswer, Study, evaluate_cluster};
use berth_model::curve::Progress;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{Outcome, Priced, ServiceAnswer};
use berth_model::scenario::Scenario;
use berth_model::{evaluate, presets, share};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    let decoded = share::decode(link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn answers(scenario: &Scenario) -> (Vec<ServiceAnswer>, ClusterAnswer) {
    let alone = evaluate(scenario, &BOOK);
    let cluster = evaluate_cluster(scenario, &BOOK, &alone);
    (alone, cluster)
}

fn priced<'a>(answer: &'a ClusterAnswer, option: &str) -> Option<&'a Priced> {
    let option = OptionId::from_id(option).unwrap();
    let report = answer.options.iter().find(|report| report.option == option);
    report.unwrap().priced()
}

fn alone_total(alone: &[ServiceAnswer], option: &str) -> Option<Usd> {
    let option = OptionId::from_id(option).unwrap();
    let totals = alone
        .iter()
        .map(|answer| answer.option(option).unwrap().priced().map(|one| one.total));
    totals.sum::<Option<Usd>>()
}

/// Services of plain shapes and loads.
fn service() -> impl Strategy<Value = String> {
    let shape = select(vec![
        "vcpu=0.25&mem=0.5",
        "vcpu=0.5&mem=1",
        "vcpu=1&mem=7",
        "vcpu=2&mem=4",
        "vcpu=4&mem=24",
    ]);
    let load = select(vec![
        "tasks=3",
        "tasks=12",
        "load=schedule&tasks=10&idle=2&day-hours=10",
        "load=schedule&tasks=7&idle=0&days=7",
        "load=jobs&tasks=5&runs=24&minutes=20",
    ]);
    let spot = select(vec!["", "&spot=0.1.1", "&spot=1.0.1"]);
    (shape, load, spot).prop_map(|(shape, load, spot)| format!("&name=s&{shape}&{load}{spot}"))
}

fn cluster(most: usize) -> impl Strategy<Value = Scenario> {
    let settings = select(vec![
        "",
        "&zones=1",
        "&zones=3&floor=0",
        "&target=80&term=3y",
        "&ebs=off",
    ]);
    (settings, proptest::collection::vec(service(), 2..=most)).prop_map(|(settings, services)| {
        scenario(&format!(
            "v=1&region=us-east-1{settings}{}",
            services.concat()
        ))
    })
}

/// To the millionth of a dollar: what is divided and added up in another order may differ in the last digits, and then
/// the two need not round alike.
fn near(a: Usd, b: Usd) -> bool {
    (a - b).decimal().abs() < Decimal::new(1, 9)
}

#[test]
fn one_service_is_its_own_cluster() {
    let (alone, cluster) = answers(&presets::example());
    assert_eq!(cluster.options, alone[0].options);
    assert_eq!(cluster.verdict, alone[0].verdict);
    let assigned = cluster.assigned.unwrap();
    assert_eq!(Some(assigned.options[0]), alone[0].verdict.best());
    assert!(near(assigned.total, assigned.alone));
}

#[test]
fn two_services_of_the_same_shape_stand_like_one_of_both() {
    let together = scenario(
        "v=1&region=us-east-1&zones=1&floor=0&name=a&vcpu=0.5&mem=1&tasks=5&name=b&vcpu=0.5&mem=1&tasks=7",
    );
    let (_, cluster) = answers(&together);
    let one = scenario("v=1&region=us-east-1&zones=1&floor=0&name=a&vcpu=0.5&mem=1&tasks=12");
    let (_, whole) = answers(&one);
    for option in OptionId::all() {
        let option = option.to_string();
        let of = |answer| priced(answer, &option).map(|one| one.total.to_six_decimals());
        assert_eq!(of(&cluster), of(&whole), "{option}");
    }
}

#[test]
fn a_small_task_takes_the_room_that_a_large_one_leaves() {
    // m7g.large alone: 2 vCPU and 7,690 MiB. 1.5 vCPU and 0.5 vCPU fill one to the last unit.
    let both = scenario(
        "v=1&region=us-east-1&zones=1&floor=0&ebs=off&types=m7g.large&arch=arm64\
         &name=large&vcpu=1.5&mem=4&tasks=3&name=small&vcpu=0.5&mem=2&tasks=3"
            .replace("&arch=arm64", "")
            .as_str(),
    );
    let (alone, cluster) = answers(&both);
    let option = "ec2-arm64-on_demand";
    // 3 instances of $0.0816 for 730 hours, and not 3 + 2.
    let expected = Usd::parse("178.704").unwrap();
    assert_eq!(priced(&cluster, option).unwrap().total, expected);
    assert_eq!(
        alone_total(&alone, option).unwrap(),
        Usd::parse("238.272").unwrap()
    );
}

#[test]
fn a_named_provider_keeps_its_services_apart_from_others() {
    let link = "v=1&region=us-east-1&zones=1&floor=0&name=a&vcpu=0.5&mem=1&tasks=1&provider=a\
                &name=b&vcpu=0.5&mem=1&tasks=1&provider=b";
    let (_, cluster) = answers(&scenario(link));
    let apart = priced(&cluster, "ec2-arm64-on_demand").unwrap();
    assert_eq!(apart.capacity.fleets().len(), 2);
    let (_, cluster) = answers(&scenario(&link.replace("provider=b", "provider=a")));
    let together = priced(&cluster, "ec2-arm64-on_demand").unwrap();
    assert_eq!(together.capacity.fleets().len(), 1);
    assert!(together.total <= apart.total);
}

#[test]
fn a_plan_of_a_cluster_is_the_cheapest_amount_of_all_steps() {
    // Two loads that do not overlap: one plan serves both, where two would each stand unused.
    let link = "v=1&region=us-east-1&term=1y\
                &name=day&vcpu=1&mem=2&load=week&tasks=4&week=4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12\
                &name=night&vcpu=1&mem=2&load=week&tasks=4&week=0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12,0x12,4x12";
    let (alone, cluster) = answers(&scenario(link));
    let option = "fargate-x86_64-compute_sp_1y_no_upfront";
    let joint = priced(&cluster, option).unwrap();
    let flat = scenario("v=1&region=us-east-1&term=1y&name=flat&vcpu=1&mem=2&tasks=4");
    let (_, flat) = answers(&flat);
    assert!(near(joint.total, priced(&flat, option).unwrap().total));
    assert!(joint.total < alone_total(&alone, option).unwrap());
}

#[test]
fn a_cluster_shares_gateways_and_the_load_balancer() {
    let link = "v=1&region=us-east-1&egress=nat&lb=on&name=a&vcpu=0.5&mem=1&tasks=2&name=b&vcpu=0.5&mem=1&tasks=2";
    let (alone, cluster) = answers(&scenario(link));
    let option = "fargate-x86_64-on_demand";
    let saved = alone_total(&alone, option).unwrap() - priced(&cluster, option).unwrap().total;
    // Two gateways of $0.045, a load balancer of $0.0225 and a unit of $0.008, for 730 hours.
    assert_eq!(saved, Usd::parse("87.965").unwrap());
}

#[test]
fn the_hybrid_application_stands_where_each_of_its_services_costs_least() {
    let preset = presets::Preset::from_id("health").unwrap();
    let (_, cluster) = answers(&preset.scenario());
    let assigned = cluster.assigned.unwrap();
    assert_eq!(assigned.options.len(), 3);
    let sum: Usd = assigned.parts.iter().map(|part| part.priced.total).sum();
    assert_eq!(sum + assigned.common.total(), assigned.total);
}

proptest! {
    #[test]
    fn the_study_ends_at_the_same_answer(scenario in cluster(4)) {
        let mut study = Study::new(scenario.clone());
        while study.step(&BOOK) == Progress::More {
            prop_assert!(study.answer().is_none());
        }
        prop_assert_eq!(study.step(&BOOK), Progress::Done);
        let (alone, cluster) = answers(&scenario);
        prop_assert_eq!(study.alone(), alone);
        prop_assert_eq!(&**study.answer().unwrap(), &cluster);
    }

    #[test]
    fn shares_and_idle_room_are_the_whole_bill(scenario in cluster(5)) {
        let (_, cluster) = answers(&scenario);
        let assigned = cluster.assigned.unwrap();
        let used: Usd = assigned.shares.services.iter().map(|share| share.used).sum();
        let whole = used + assigned.shares.idle + assigned.shares.common;
        prop_assert!(near(whole, assigned.total), "{:?} {:?}", whole, assigned.total);
        let idle: Usd = assigned.shares.services.iter().map(|share| share.idle).sum();
        prop_assert!(near(idle, assigned.shares.idle));
        prop_assert!(assigned.shares.services.iter().all(|share| share.used >= Usd::ZERO));
    }

    #[test]
    fn sharing_a_fleet_never_costs_more_than_three_fleets(scenario in cluster(3)) {
        let (alone, cluster) = answers(&scenario);
        for option in ["ec2-x86_64-on_demand", "ec2-arm64-on_demand", "managed_instances-arm64-on_demand"] {
            if let Some(shared) = priced(&cluster, option) {
                let apart = alone_total(&alone, option).unwrap();
                prop_assert!(shared.total <= apart || near(shared.total, apart), "{option}: {:?} > {apart:?}", shared.total);
            }
        }
    }

    #[test]
    fn fargate_on_demand_is_the_sum_of_its_services(scenario in cluster(5)) {
        let (alone, cluster) = answers(&scenario);
        for option in ["fargate-x86_64-on_demand", "fargate-arm64-on_demand"] {
            let together = priced(&cluster, option).unwrap().total;
            prop_assert!(near(together, alone_total(&alone, option).unwrap()));
        }
    }

    #[test]
    fn lines_of_a_cluster_sum_to_its_total_within_the_range(scenario in cluster(4)) {
        let (_, cluster) = answers(&scenario);
        for report in &cluster.options {
            if let Outcome::Priced(priced) = &report.outcome {
                let sum: Usd = priced.bill.lines().iter().map(|line| line.amount).sum();
                prop_assert_eq!(sum, priced.total);
                prop_assert!(priced.low <= priced.total && priced.total <= priced.high);
            }
        }
    }
}

/// A cluster worked out the long way: every division of its services over at most three
/// providers, every type for each, every task placed by itself.
mod the_long_way {
    use super::*;
    use berth_model::platform::{Arch, Os};
    use berth_model::prices::{Adjacent, InstanceType};
    use berth_model::purchase::PriceKind;
    use berth_model::scenario::Service;

    /// What one task takes: CPU units, MiB, and an interface.
    fn needs(service: &Service) -> [u64; 3] {
        let (vcpu, memory) = (service.task.vcpu.grains(), service.task.memory.grains());
        [u64::from(vcpu) / 125, u64::from(memory) / 125, 1]
    }

    fn room(instance: &InstanceType) -> [u64; 3] {
        let registered = match &*instance.name {
            "m4.large" => 7_985,
            _ => u64::from(instance.memory_mib) * 97 / 100,
        };
        let eni = instance.eni;
        let places = eni.with_trunking.unwrap_or(eni.without_trunking);
        [
            u64::from(instance.vcpu) * 1_024,
            registered.saturating_sub(256),
            u64::from(places),
        ]
    }

    /// Instances of one type for tasks of each service in one zone; `None` where one fits on none.
    fn instances(room: [u64; 3], tasks: &[([u64; 3], u64)]) -> Option<u64> {
        let tightest = |needs: &[u64; 3]| {
            let shares = needs
                .iter()
                .zip(room)
                .map(|(need, room)| Decimal::from(*need) / Decimal::from(room.max(1)));
            shares.max().unwrap()
        };
        let mut order: Vec<&([u64; 3], u64)> = tasks.iter().collect();
        order.sort_by_key(|(needs, _)| std::cmp::Reverse(tightest(needs)));
        let mut open: Vec<[u64; 3]> = Vec::new();
        for (needs, count) in order {
            for _ in 0..*count {
                let fits =
                    |left: &[u64; 3]| left.iter().zip(needs).all(|(left, need)| left >= need);
                if !fits(&room) {
                    return None;
                }
                let place = open.iter().position(fits).unwrap_or_else(|| {
                    open.push(room);
                    open.len() - 1
                });
                let left = open.get_mut(place).unwrap();
                for (left, need) in left.iter_mut().zip(needs) {
                    *left -= need;
                }
            }
        }
        Some(open.len() as u64)
    }

    /// What services cost a month on the cheapest one type of an architecture.
    fn block(services: &[&Service], arch: Arch, (zones, floor): (u64, u64)) -> Option<Decimal> {
        let column = BOOK.ec2_column(Os::Linux, PriceKind::OnDemand)?;
        let volume = BOOK.adjacent(Adjacent::EbsGp3Storage)?.rate.usd().decimal();
        let plain = |instance: &InstanceType| {
            instance.arch == arch
                && !instance.burstable
                && !instance.bare_metal
                && instance.gpus.is_none()
                && instance.accelerator.is_none()
                && instance.family() != "p3"
        };
        let costs = BOOK
            .types
            .iter()
            .enumerate()
            .filter_map(|(index, instance)| {
                let price = column.quote(index).filter(|_| plain(instance))?;
                let mut count = 0;
                for zone in 0..zones {
                    let tasks: Vec<([u64; 3], u64)> = services
                        .iter()
                        .map(|service| {
                            let all = u64::from(service.load.tasks().get());
                            let spread = zones.min(all);
                            let in_zone = if zone < spread {
                                all / spread + u64::from(zone < all % spread)
                            } else {
                                0
                            };
                            (needs(service), in_zone)
                        })
                        .collect();
                    count += instances(room(instance), &tasks)?;
                }
                let all: u64 = services
                    .iter()
                    .map(|service| u64::from(service.load.tasks().get()))
                    .sum();
                let count = Decimal::from(count.max(floor.min(all)));
                let hours = count * Decimal::from(730);
                Some(hours * price.rate.usd().decimal() + count * Decimal::from(30) * volume)
            });
        costs.min()
    }

    pub(super) fn cheapest(scenario: &Scenario, arch: Arch, rest: (u64, u64)) -> Option<Decimal> {
        let services: Vec<&Service> = scenario.services.iter().collect();
        let count = u32::try_from(services.len()).unwrap();
        let divisions = (0..3_u32.pow(count)).filter_map(|code| {
            let mut blocks: [Vec<&Service>; 3] = [const { Vec::new() }; 3];
            let mut code = code;
            for service in &services {
                blocks.get_mut(code as usize % 3)?.push(*service);
                code /= 3;
            }
            let used = blocks.iter().filter(|block| !block.is_empty());
            used.map(|services| block(services, arch, rest))
                .sum::<Option<Decimal>>()
        });
        divisions.min()
    }
}

#[test]
fn a_cluster_costs_what_the_cheapest_of_all_divisions_and_types_does() {
    use berth_model::platform::Arch;
    let clusters = [
        (
            "&zones=1&floor=0",
            (1, 0),
            "&name=a&vcpu=1.5&mem=2&tasks=3&name=b&vcpu=0.5&mem=6&tasks=5",
        ),
        (
            "",
            (2, 2),
            "&name=a&vcpu=0.5&mem=1&tasks=7&name=b&vcpu=2&mem=15&tasks=3",
        ),
        (
            "&zones=3&floor=4",
            (3, 4),
            "&name=a&vcpu=0.3&mem=0.7&tasks=11&name=b&vcpu=3&mem=5&tasks=2&name=c&vcpu=1&mem=8&tasks=1",
        ),
    ];
    for (settings, rest, services) in clusters {
        let scenario = scenario(&format!("v=1&region=us-east-1{settings}{services}"));
        let (_, cluster) = answers(&scenario);
        for (arch, option) in [
            (Arch::X86, "ec2-x86_64-on_demand"),
            (Arch::Arm, "ec2-arm64-on_demand"),
        ] {
            let total = priced(&cluster, option).unwrap().total.to_six_decimals();
            let expected = Usd::new(the_long_way::cheapest(&scenario, arch, rest).unwrap());
            assert_eq!(total, expected.to_six_decimals(), "{option} {services}");
        }
    }
}
