//! How long one answer takes, and a study of many: `cargo bench -p berth-model --bench evaluate`.

use berth_model::cluster::assignment::Assignment;
use berth_model::compare::Compare;
use berth_model::curve::{Curve, Progress};
use berth_model::drivers::Drivers;
use berth_model::explain;
use berth_model::flips::Flips;
use berth_model::inputs::{self, InputId};
use berth_model::map::Map;
use berth_model::packing::{Kind, first_fit_decreasing};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::{Scenario, Service, TaskCount};
use berth_model::stress::Stress;
use berth_model::sure::Sure;
use berth_model::sweep::Sweep;
use berth_model::{evaluate, evaluate_cluster, evaluate_service, share};
use divan::{Bencher, black_box};

/// The committed scenarios: links, by a name.
const SCENARIOS: [(&str, &str); 6] = [
    ("default", "v=1&name=api&vcpu=0.5&mem=1&tasks=12"),
    ("spot", "v=1&name=api&vcpu=0.5&mem=1&tasks=12&spot=0.1.1"),
    (
        "gpu",
        "v=1&name=inference&arch=x86_64&vcpu=7&mem=28&gpu=1&gpu-model=a10g&load=schedule&tasks=4&idle=1",
    ),
    (
        "jobs",
        "v=1&name=batch&vcpu=2&mem=4&load=jobs&tasks=10&minutes=12&spot=1.1.4",
    ),
    (
        "own",
        "v=1&term=3y&discount=5&egress=nat&own=us-east-1~beside.ebs_gp3_storage~0.07&name=api&vcpu=0.5&mem=1&tasks=12",
    ),
    (
        "worst",
        "v=1&term=3y&estimate=on&discount=5&egress=nat&lb=on&burst=on&metal=on&name=all&vcpu=0.25&mem=0.5&load=schedule&tasks=100000&idle=777&spot=3.1.4&image=1&logs=5",
    ),
];

fn main() {
    divan::main();
}

fn scenario(name: &str) -> Scenario {
    let link = SCENARIOS.iter().find(|(known, _)| *known == name);
    link.and_then(|(_, link)| share::decode(link).scenario)
        .unwrap_or_else(berth_model::presets::example)
}

#[divan::bench(args = ["default", "gpu", "jobs", "own", "worst"], sample_count = 300)]
fn answer(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    bencher.bench(|| evaluate(black_box(&scenario), black_box(&book)));
}

/// So many services of different shapes and loads, with so many tasks together.
fn cluster_of(services: u32, tasks: u32) -> Scenario {
    let shapes = [
        "0.25&mem=0.5",
        "0.5&mem=1",
        "1&mem=2",
        "1&mem=7",
        "2&mem=4",
        "4&mem=24",
        "0.5&mem=3",
    ];
    let mut link = String::from("v=1&region=us-east-1");
    for index in 0..services {
        let shape = shapes
            .get(index as usize % shapes.len())
            .copied()
            .unwrap_or("1&mem=2");
        let peak = (tasks / services).max(1);
        let load = match index % 3 {
            0 => String::new(),
            1 => format!("&load=schedule&idle={}&day-hours=10", peak.div_ceil(5)),
            _ => format!(
                "&load=schedule&idle={}&day-hours=14&days=7",
                peak.div_ceil(3)
            ),
        };
        link.extend([format!("&name=s{index}&vcpu={shape}&tasks={peak}{load}")]);
    }
    share::decode(&link)
        .scenario
        .unwrap_or_else(berth_model::presets::example)
}

/// A cluster of services on every option, each service alone included.
#[divan::bench(args = [(1, 100), (3, 100), (6, 1_000), (12, 1_000), (50, 10_000)], sample_count = 10)]
fn cluster(bencher: Bencher<'_, '_>, (services, tasks): (u32, u32)) {
    let scenario = cluster_of(services, tasks);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    bencher.bench(|| {
        let alone = evaluate(black_box(&scenario), black_box(&book));
        evaluate_cluster(&scenario, &book, &alone)
    });
}

/// The cheapest option for each service of a cluster, once each alone is known.
#[divan::bench(args = [(3, 100), (6, 1_000), (8, 1_000)], sample_count = 10)]
fn assignment(bencher: Bencher<'_, '_>, (services, tasks): (u32, u32)) {
    let scenario = cluster_of(services, tasks);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    let alone = evaluate(&scenario, &book);
    bencher.bench(|| {
        let mut study = Assignment::new(black_box(&scenario), &alone);
        while study.step(&book) == Progress::More {}
        study
    });
}

/// Packing tasks of 50 services onto one type.
#[divan::bench(args = [10, 100, 1_000, 10_000], sample_count = 100)]
fn packing(bencher: Bencher<'_, '_>, tasks: u64) {
    let capacity = [64 * 128_000, 250 * 128_000, 0, 120];
    let kinds: Vec<Kind> = (0..50_u64)
        .map(|kind| Kind {
            needs: [
                32_000 * (1 + kind % 13),
                64_000 * (1 + (kind * 7) % 17),
                0,
                1,
            ],
            tasks: tasks / 50 + u64::from(kind < tasks % 50),
        })
        .collect();
    bencher.bench(|| first_fit_decreasing(black_box(&capacity), black_box(&kinds)));
}

/// Cost against task count, as the page studies it between frames.
#[divan::bench(args = ["default", "jobs", "own"], sample_count = 30)]
fn study(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    let book = &*scenario.pricing.over(&book);
    bencher.bench(|| {
        let mut curve = Curve::new(black_box(&scenario), 0);
        while curve.step(book, 100) == Progress::More {}
        curve
    });
}

/// Two scenarios that differ in every group of inputs, by cause.
#[divan::bench(sample_count = 10)]
fn compare(bencher: Bencher<'_, '_>) {
    let (Some(a), Some(b)) = (
        share::decode("v=1&name=a&vcpu=0.5&mem=1&tasks=12").scenario,
        share::decode("v=1&discount=5&term=3y&hours=720&zones=3&egress=nat&staff=on&name=b&arch=x86_64&vcpu=1&mem=4&tasks=20&spot=0.1.1&needs=ssm&logs=5").scenario,
    ) else {
        return;
    };
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    bencher.bench(|| {
        let mut study = Compare::new(black_box((&a, 0)), black_box((&b, 0)));
        while study.step([&book, &book], 1) == Progress::More {}
        study.shares()
    });
}

/// Every commitment through every event.
#[divan::bench(args = ["default", "jobs", "worst"], sample_count = 20)]
fn stress(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    let book = &*scenario.pricing.over(&book);
    let answer = evaluate_service(&scenario, scenario.services.nearest(0), book);
    bencher.bench(|| {
        let mut study = Stress::new(black_box(&scenario), 0, &answer);
        while study.step(book, 1) == Progress::More {}
        study
    });
}

/// What may win at one task count after the other, on one sweep.
#[divan::bench(args = ["default", "spot", "jobs", "own"], sample_count = 100)]
fn race(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    let book = &*scenario.pricing.over(&book);
    let counts = (1..=30).filter_map(TaskCount::new);
    let services: Vec<Service> = counts
        .map(|count| {
            let mut service = scenario.services.nearest(0).clone();
            service.load = service.load.with_tasks(count);
            service
        })
        .collect();
    let mut sweep = Sweep::default();
    bencher
        .counter(divan::counter::ItemsCount::new(services.len()))
        .bench_local(|| {
            for service in &services {
                black_box(sweep.race(&scenario, black_box(service), book));
            }
        });
}

/// A map of 64 x 64 cells, the largest that there is.
#[divan::bench(args = ["default", "spot"], sample_count = 20)]
fn map(bencher: Bencher<'_, '_>, name: &str) {
    let many = inputs::set(&scenario(name), 0, InputId::Tasks, "1500");
    let many = many.and_then(|many| inputs::set(&many, 0, InputId::CrossZoneGb, "1500"));
    let Ok(scenario) = many else {
        return;
    };
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    bencher.bench(|| {
        let map = Map::new(
            black_box(&scenario),
            0,
            InputId::Tasks,
            InputId::CrossZoneGb,
        );
        let Ok(mut map) = map else {
            return None;
        };
        while map.step(&book, 100) == Progress::More {}
        Some(map.progress())
    });
}

/// A sample of 2,000 cases.
#[divan::bench(args = ["default", "spot", "jobs"], sample_count = 20)]
fn sure(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    bencher.bench(|| {
        let mut sure = Sure::new(black_box(&scenario), 0, &book);
        while sure.step(100) == Progress::More {}
        sure.confidence()
    });
}

#[divan::bench(sample_count = 100)]
fn read_the_book() -> bool {
    PriceBook::parse(black_box(US_EAST_1)).is_ok()
}

/// Why the winner leads, as the page works it out with every edit.
#[divan::bench(args = ["default", "gpu", "jobs", "own"], sample_count = 300)]
fn drivers(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    let book = &*scenario.pricing.over(&book);
    let answer = evaluate_service(&scenario, scenario.services.nearest(0), book);
    bencher.bench(|| {
        let drivers = Drivers::of(black_box(&scenario), 0, &answer, book);
        drivers.map(|drivers| explain::drivers(&drivers))
    });
}

/// What flips the answer, all of it.
#[divan::bench(args = ["default", "gpu", "jobs", "own"], sample_count = 10)]
fn flips(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    let book = &*scenario.pricing.over(&book);
    bencher.bench(|| {
        let mut flips = Flips::new(black_box(&scenario), 0);
        while flips.step(book, 100) == Progress::More {}
        flips.flips()
    });
}
