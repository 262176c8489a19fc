use std::collections::BTreeMap;

use super::parts::{bit, members};
use super::*;
use crate::cluster::{Billed, BlockFleet, evaluate_cluster};
use crate::prices::embedded::US_EAST_1;
use crate::report::{self, Outcome, evaluate};
use crate::share;

fn book() -> PriceBook {
    PriceBook::parse(US_EAST_1).unwrap()
}

fn scenario(link: &str) -> Scenario {
    let decoded = share::decode(link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

fn finished(scenario: &Scenario, book: &PriceBook, exact: bool) -> Assignment {
    let alone = evaluate(scenario, book);
    let mut study = Assignment::by_search(scenario, &alone, exact);
    while study.step(book) == Progress::More {
        assert!(study.best().is_none());
    }
    study
}

/// A small generator of our own, so that a number names a cluster for ever.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// The cluster of a number, of so many services.
fn generated(number: u64, services: usize) -> Scenario {
    let mut numbers = Numbers(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let settings = numbers.pick(&[
        "",
        "&zones=1&floor=0",
        "&egress=nat&lb=on",
        "&staff=on&staff-hours=1",
        "&discount=10&target=80",
        "&owned-plans=compute_sp_1y_no_upfront%3D0.1&owned-ris=m6g.xlarge%3D1",
        "&ebs=off",
    ]);
    let mut link = format!("v=1&region=us-east-1{settings}");
    for index in 0..services {
        let shape = numbers.pick(&[
            "vcpu=0.25&mem=0.5",
            "vcpu=0.5&mem=1",
            "vcpu=0.5&mem=3",
            "vcpu=1&mem=7",
            "vcpu=2&mem=4",
            "vcpu=4&mem=24",
            "vcpu=3&mem=12&gpu=1",
        ]);
        let load = numbers.pick(&[
            "tasks=1",
            "tasks=2",
            "tasks=3",
            "tasks=8",
            "tasks=10&load=schedule&idle=2&day-hours=10",
            "tasks=5&load=jobs&runs=24&minutes=20",
        ]);
        let arch = numbers.pick(&["&arch=x86_64", "&arch=x86_64", "&arch=arm64", ""]);
        let arch = if shape.contains("gpu") {
            "&arch=x86_64"
        } else {
            arch
        };
        let spot = numbers.pick(&["", "&spot=0.1.1", "&spot=1.0.1"]);
        let places = numbers.pick(&["", "", "", "&places=fargate,ec2"]);
        let places = if shape.contains("gpu") { "" } else { places };
        let (tasks, kind) = load.split_once('&').unwrap_or((load, ""));
        let kind = if kind.is_empty() {
            String::new()
        } else {
            format!("&{kind}")
        };
        link.extend([format!(
            "&name=s{index}{arch}&{shape}{kind}&{tasks}{spot}{places}"
        )]);
    }
    let decoded = share::decode(&link);
    assert_eq!(decoded.notices, [], "{link}");
    decoded.scenario.unwrap()
}

/// Prices every assignment there is, one after the other, by the rules that price a cluster.
struct Exhaustive<'c, 'a> {
    cluster: &'c Cluster<'a>,
    /// The options that each service may take.
    open: Vec<Vec<OptionId>>,
    parts: BTreeMap<(OptionId, Mask), Option<(Usd, Usd)>>,
    /// The least cost by effort and by the services on Spot.
    least: BTreeMap<(Effort, Mask), Usd>,
    only: BTreeMap<Place, Usd>,
    count: u64,
}

impl Exhaustive<'_, '_> {
    fn part(&mut self, option: OptionId, services: Mask) -> Option<(Usd, Usd)> {
        let cluster = self.cluster;
        let price = || {
            let indices: Vec<usize> = members(services).collect();
            let ground = cluster.ground(option.place, option.arch);
            let blocks = match option.place {
                Place::Fargate => Vec::new(),
                _ => ground.divide(&indices),
            };
            let fleets: Vec<BlockFleet<'_>> = blocks
                .iter()
                .filter_map(|block| ground.fleet(block))
                .collect();
            let total = |spends_owned| {
                let billed = Billed::Part { spends_owned };
                match cluster.outcome(option, &indices, &fleets, billed) {
                    Outcome::Priced(priced) if priced.set_aside.is_none() => Some(priced.total),
                    _ => None,
                }
            };
            Some((total(false)?, total(true)?))
        };
        *self.parts.entry((option, services)).or_insert_with(price)
    }

    fn all(&mut self, chosen: &mut Vec<OptionId>) {
        let Some(open) = self.open.get(chosen.len()).cloned() else {
            self.leaf(chosen);
            return;
        };
        for option in open {
            chosen.push(option);
            self.all(chosen);
            chosen.pop();
        }
    }

    fn leaf(&mut self, chosen: &[OptionId]) {
        self.count += 1;
        let mut parts: Vec<(OptionId, Mask)> = Vec::new();
        let mut spot: Mask = 0;
        for (index, &option) in chosen.iter().enumerate() {
            match parts.iter_mut().find(|(known, _)| *known == option) {
                Some((_, services)) => *services |= bit(index),
                None => parts.push((option, bit(index))),
            }
            if option.purchase == Purchase::SpotMix && self.cluster.services[index].spot.is_some() {
                spot |= bit(index);
            }
        }
        let (mut total, mut saved) = (Usd::ZERO, Usd::ZERO);
        for &(option, services) in &parts {
            let is_mix = option.purchase == Purchase::SpotMix;
            if is_mix && services & spot == 0 {
                return;
            }
            let Some((plain, spending)) = self.part(option, services) else {
                return;
            };
            total += plain;
            saved = saved.max(plain - spending);
        }
        let places = parts.iter().map(|(option, _)| option.place);
        let Some(common) = self.cluster.common(places.clone()) else {
            return;
        };
        let total = total - saved + common.total();
        let mut distinct: Vec<Place> = places.collect();
        distinct.dedup();
        if let [place] = distinct.as_slice() {
            let least = self.only.entry(*place).or_insert(total);
            *least = (*least).min(total);
        }
        let least = self.least.entry((effort(chosen), spot)).or_insert(total);
        *least = (*least).min(total);
    }
}

fn near(a: Usd, b: Usd) -> bool {
    (a - b).decimal().abs() < Decimal::new(1, 9)
}

/// Compares the search with every assignment; how many there were.
fn agrees_with_exhaustive_search(scenario: &Scenario, book: &PriceBook) -> u64 {
    let alone = evaluate(scenario, book);
    let cluster = Cluster::new(scenario, book);
    let open = |answer: &ServiceAnswer, service: &Service| -> Vec<OptionId> {
        let is_open = |option: &OptionId| {
            let mixed = option.purchase == Purchase::SpotMix
                && option.place != Place::Fargate
                && service.spot.is_none();
            let purchase = if mixed {
                Purchase::OnDemand
            } else {
                option.purchase
            };
            let report = answer
                .option(OptionId {
                    purchase,
                    ..*option
                })
                .unwrap();
            report::is_within_commitment(scenario, *option)
                && !matches!(report.outcome, Outcome::NotEligible(_))
        };
        OptionId::all().filter(is_open).collect()
    };
    let services = alone.iter().zip(scenario.services.iter());
    let mut every = Exhaustive {
        cluster: &cluster,
        open: services
            .map(|(answer, service)| open(answer, service))
            .collect(),
        parts: BTreeMap::new(),
        least: BTreeMap::new(),
        only: BTreeMap::new(),
        count: 0,
    };
    every.all(&mut Vec::new());
    let study = finished(scenario, book, true);
    assert!(study.is_exact());
    let link = share::encode(scenario, share::View::default());
    let least = every.least.values().min();
    match (study.best(), least) {
        (Some(best), Some(&least)) => {
            assert!(
                near(best.total, least),
                "{link}: {:?} {least:?}",
                best.total
            );
            assert!(near(best.total, study.points()[0].total), "{link}");
        }
        (best, least) => assert_eq!(best.map(|best| best.total), least.copied(), "{link}"),
    }
    for &place in Place::ALL {
        match (study.only(place), every.only.get(&place)) {
            (Some(one), Some(&other)) => assert!(near(one, other), "{link}: {place:?}"),
            (one, other) => assert_eq!(one, other.copied(), "{link}: {place:?}"),
        }
    }
    // Nothing beats a point, and every point is reached.
    let hours = task_hours(scenario);
    let exposed = |spot: Mask| -> Decimal {
        let mix = |index| {
            let purchase = if spot & bit(index) == 0 {
                Purchase::OnDemand
            } else {
                Purchase::SpotMix
            };
            OptionId {
                place: Place::Fargate,
                arch: crate::platform::Arch::X86,
                purchase,
            }
        };
        exposure(&hours, &(0..alone.len()).map(mix).collect::<Vec<_>>())
    };
    let slack = Usd::new(Decimal::new(1, 9));
    for (&(effort, spot), &total) in &every.least {
        let exposure = exposed(spot);
        let is_matched = study.points().iter().any(|point| {
            point.total <= total + slack && point.effort <= effort && point.exposure <= exposure
        });
        assert!(is_matched, "{link}: {effort:?} {spot:b} {total:?}");
    }
    for point in study.points() {
        let is_reached = every.least.iter().any(|(&(effort, spot), &total)| {
            near(total, point.total) && effort == point.effort && exposed(spot) == point.exposure
        });
        assert!(is_reached, "{link}: {point:?}");
        let priced = evaluate_assignment(scenario, book, &point.options).unwrap();
        assert!(near(priced.total, point.total), "{link}");
    }
    every.count
}

/// A long run: `BERTH_ASSIGNMENT_CLUSTERS=400 cargo test --release -p berth-model --lib assignment -- --nocapture`.
#[test]
fn the_search_agrees_with_every_assignment_there_is() {
    let asked = std::env::var("BERTH_ASSIGNMENT_CLUSTERS").ok();
    let asked: Option<u64> = asked.and_then(|count| count.parse().ok());
    // In an ordinary run up to three services: more take seconds without optimisation.
    let (clusters, most) = asked.map_or((10, 3), |count| (count, MOST_EXACT));
    let book = book();
    let mut assignments = 0;
    for number in 0..clusters {
        let services = 2 + usize::try_from(number).unwrap() % (most - 1);
        assignments += agrees_with_exhaustive_search(&generated(number, services), &book);
    }
    println!(
        "{clusters} clusters of 2 to {most} services: the search agrees with all of {assignments} assignments"
    );
    assert!(assignments > clusters * 10);
}

#[test]
fn commitments_and_owned_ones_are_looked_at_too() {
    let book = book();
    let link = "v=1&region=us-east-1&term=1y&owned-plans=compute_sp_1y_no_upfront%3D0.05\
                &name=a&arch=arm64&vcpu=0.5&mem=1&tasks=4&places=fargate,ec2\
                &name=b&arch=arm64&vcpu=1&mem=7&tasks=2&places=fargate,ec2";
    assert!(agrees_with_exhaustive_search(&scenario(link), &book) > 30);
}

#[test]
fn what_is_owned_is_spent_once() {
    let book = book();
    // A plan that covers one service whole, and two services that stand on different places.
    let link = "v=1&region=us-east-1&owned-plans=compute_sp_1y_no_upfront%3D0.03\
                &name=a&arch=x86_64&vcpu=0.5&mem=1&tasks=1&places=fargate\
                &name=b&arch=arm64&vcpu=0.5&mem=1&tasks=1&places=fargate";
    let scenario = scenario(link);
    let alone = evaluate(&scenario, &book);
    let cluster = evaluate_cluster(&scenario, &book, &alone);
    let assigned = cluster.assigned.unwrap();
    let spending = assigned
        .parts
        .iter()
        .filter(|part| part.priced.owned.is_some());
    assert_eq!(spending.count(), 1);
    let alone: Usd = alone
        .iter()
        .map(|answer| answer.cheapest(|_| true).unwrap().1.total)
        .sum();
    assert!(assigned.total > alone);
}

#[test]
fn no_option_for_all_services_costs_less_than_the_assignment() {
    let book = book();
    for number in 100..106 {
        let scenario = generated(number, 3);
        let alone = evaluate(&scenario, &book);
        let answer = evaluate_cluster(&scenario, &book, &alone);
        let study = finished(&scenario, &book, true);
        let Some(best) = study.best() else { continue };
        let slack = Usd::new(Decimal::new(1, 9));
        for report in &answer.options {
            if let Some(priced) = report.deciding() {
                assert!(
                    best.total <= priced.total + slack,
                    "{number}: {}",
                    report.option
                );
            }
        }
        let assigned = answer.assigned.unwrap();
        assert!(best.total <= assigned.total + slack, "{number}");
        let shares: Usd = best
            .shares
            .services
            .iter()
            .map(|one| one.used + one.idle)
            .sum();
        assert!(near(shares + best.shares.common, best.total), "{number}");
        for point in study.points() {
            let taken = point.scenario(&scenario);
            let again = finished(&taken, &book, true);
            assert!(near(again.best().unwrap().total, point.total), "{number}");
        }
    }
}

#[test]
fn small_services_that_share_an_instance_leave_fargate_together() {
    let book = book();
    // One m7g.large costs 730 × $0.0816 = $59.57 and holds all three. Alone each is cheaper on
    // Fargate, which is why each by itself stays there.
    let link = "v=1&region=us-east-1&ebs=off&zones=1&floor=0&types=m7g.large\
                &name=a&arch=arm64&vcpu=0.5&mem=2&tasks=1\
                &name=b&arch=arm64&vcpu=0.5&mem=2&tasks=1\
                &name=c&arch=arm64&vcpu=1&mem=3&tasks=1";
    let scenario = scenario(link);
    let study = finished(&scenario, &book, true);
    let best = study.best().unwrap();
    assert!(near(best.total, Usd::parse("59.568").unwrap()));
    assert!(best.options.iter().all(|option| option.place == Place::Ec2));
    assert!(near(study.only(Place::Ec2).unwrap(), best.total));
    // Fargate: 2 vCPU × $0.03238 and 7 GiB × $0.00356 for 730 hours.
    let fargate = Usd::parse("65.4664").unwrap();
    assert!(near(study.only(Place::Fargate).unwrap(), fargate));
    let alone = evaluate(&scenario, &book);
    assert!(
        alone
            .iter()
            .all(|answer| answer.verdict.place() == Some(Place::Fargate))
    );
    // The frontier: EC2 is the cheapest, Fargate asks for the least work.
    let efforts: Vec<Effort> = study.points().iter().map(|point| point.effort).collect();
    assert_eq!(efforts, [Effort::Most, Effort::Least]);
}

#[test]
fn exposure_is_the_share_of_task_hours_on_spot() {
    let scenario = scenario(
        "v=1&name=a&vcpu=1&mem=2&tasks=6&spot=0.1.1&name=b&vcpu=1&mem=2&load=jobs&tasks=2&runs=24&minutes=30",
    );
    let hours = task_hours(&scenario);
    // 6 × 730, half of it on Spot; 2 × 24 × half an hour × 730 / 24.
    assert_eq!(hours[0], (4_380.into(), 2_190.into()));
    assert_eq!(hours[1].0.round_dp(6), Decimal::from(730));
    let of = |id: &str| OptionId::from_id(id).unwrap();
    let mix = exposure(
        &hours,
        &[of("ec2-x86_64-spot_mix"), of("fargate-arm64-on_demand")],
    );
    assert_eq!(
        mix.round_dp(6),
        (Decimal::from(2_190) / Decimal::from(5_110)).round_dp(6)
    );
}

/// A local search may miss; how often it does on clusters whose best is known is printed.
#[test]
fn a_local_search_ends_no_lower_than_the_best_and_seldom_above() {
    let book = book();
    let asked = std::env::var("BERTH_ASSIGNMENT_CLUSTERS").ok();
    let asked: Option<u64> = asked.and_then(|count| count.parse().ok());
    let (clusters, most) = asked.map_or((6, 3), |count| (count, MOST_EXACT));
    let mut found = 0;
    let mut worst = Decimal::ZERO;
    for number in 200..200 + clusters {
        let services = 2 + usize::try_from(number).unwrap() % (most - 1);
        let scenario = generated(number, services);
        let (exact, local) = (
            finished(&scenario, &book, true),
            finished(&scenario, &book, false),
        );
        assert!(!local.is_exact());
        let (Some(exact), Some(local)) = (exact.best(), local.best()) else {
            continue;
        };
        assert!(
            local.total >= exact.total - Usd::new(Decimal::new(1, 9)),
            "{number}"
        );
        let above = (local.total - exact.total).ratio_to(exact.total).unwrap();
        worst = worst.max(above);
        found += u64::from(near(local.total, exact.total));
    }
    println!(
        "the local search finds the best of {found} of {clusters} clusters; at worst {worst:.4} above"
    );
    assert!(found * 2 > clusters);
}

#[test]
fn many_services_are_assigned_by_a_local_search_that_says_so() {
    let book = book();
    let scenario = generated(7, 8);
    let alone = evaluate(&scenario, &book);
    let mut study = Assignment::new(&scenario, &alone);
    assert!(!study.is_exact());
    while study.step(&book) == Progress::More {}
    let answer = evaluate_cluster(&scenario, &book, &alone);
    let best = study.best().unwrap();
    assert!(best.total <= answer.assigned.unwrap().total + Usd::new(Decimal::new(1, 9)));
}
