//! How the cost of an answer grows: `cargo bench -p berth-model --bench growth`.
//!
//! Prints one line for each size, separated by tabs: what grows, services, tasks, candidate types,
//! and the median of so many runs in microseconds, of the cluster on every option (each service
//! alone included) and of packing its tasks onto one type.

use std::time::Instant;

use berth_model::packing::{Kind, first_fit_decreasing};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::Scenario;
use berth_model::{evaluate, evaluate_cluster, presets, share};

const RUNS: usize = 7;

/// Shapes of tasks: vCPU and GiB.
const SHAPES: [(&str, &str); 7] = [
    ("0.25", "0.5"),
    ("0.5", "1"),
    ("1", "2"),
    ("1", "7"),
    ("2", "4"),
    ("4", "24"),
    ("0.5", "3"),
];

fn main() {
    let Ok(book) = PriceBook::parse(US_EAST_1) else {
        return;
    };
    println!("grows\tservices\ttasks\ttypes\tcluster_us\tpacking_us");
    for services in [1, 2, 3, 6, 12, 25, 50] {
        report("services", &book, services, 1_000);
    }
    for tasks in [10, 100, 1_000, 10_000] {
        report("tasks", &book, 6, tasks);
    }
    for types in [1, 7, 70, 350, 701] {
        report("types", &with_types(&book, types), 6, 1_000);
    }
}

fn report(grows: &str, book: &PriceBook, services: usize, tasks: u32) {
    let scenario = scenario(services, tasks);
    let cluster = median(|| {
        let alone = evaluate(&scenario, book);
        evaluate_cluster(&scenario, book, &alone).options.len()
    });
    let kinds = kinds(services, tasks);
    let capacity = [64 * 128_000, 250 * 128_000, 0, 120];
    let packing = median(|| {
        let packed = first_fit_decreasing(&capacity, &kinds).instances();
        usize::try_from(packed).unwrap_or(0)
    });
    println!(
        "{grows}\t{services}\t{tasks}\t{}\t{cluster:.0}\t{packing:.1}",
        book.types.len()
    );
}

/// The median of some runs, in microseconds.
fn median(mut run: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(RUNS / 2).copied().unwrap_or(0.0)
}

/// So many services, of different shapes and loads, with so many tasks together at the peak; every
/// switch for types is on, so that all types of the book may be candidates.
fn scenario(services: usize, tasks: u32) -> Scenario {
    let each = u32::try_from(services).map_or(1, |services| (tasks / services).max(1));
    let services = (0..services).zip(SHAPES.iter().cycle());
    let services = services.map(|(index, (vcpu, memory))| {
        let load = match index % 3 {
            0 => String::new(),
            1 => format!("&load=schedule&idle={}&day-hours=10", each.div_ceil(5)),
            _ => format!(
                "&load=schedule&idle={}&day-hours=14&days=7",
                each.div_ceil(3)
            ),
        };
        format!("&name=s{index}&vcpu={vcpu}&mem={memory}&tasks={each}{load}")
    });
    let services: String = services.collect();
    let link = format!("v=1&region=us-east-1&burst=on&metal=on{services}");
    share::decode(&link)
        .scenario
        .unwrap_or_else(presets::example)
}

fn kinds(services: usize, tasks: u32) -> Vec<Kind> {
    let count = u64::try_from(services).unwrap_or(1);
    let tasks = u64::from(tasks);
    (0..count)
        .map(|kind| Kind {
            needs: [
                32_000 * (1 + kind % 13),
                64_000 * (1 + (kind * 7) % 17),
                0,
                1,
            ],
            tasks: tasks / count + u64::from(kind < tasks % count),
        })
        .collect()
}

/// The book with some of its types, spread evenly over all of them.
fn with_types(book: &PriceBook, count: usize) -> PriceBook {
    let all = book.types.len();
    let mut book = book.clone();
    let kept = |index: usize| index * count / all != (index + 1) * count / all;
    keep(&mut book.types, kept);
    for column in &mut book.ec2 {
        keep(&mut column.quotes, kept);
        keep(&mut column.upfront, kept);
        keep(&mut column.set_aside, kept);
    }
    for column in &mut book.advisor {
        keep(&mut column.rows, kept);
    }
    book
}

fn keep<T>(list: &mut Vec<T>, kept: impl Fn(usize) -> bool) {
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        kept(index - 1)
    });
}
