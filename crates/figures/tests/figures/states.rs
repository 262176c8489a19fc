//! Handmade specifications, from the usual to the extreme.

use berth_figures::{
    Accent, Curve, Fleet, Spend,
    curve::{Crossing, Line, Present, Sample, Shape, cheapest_changes},
    fleet::{Part, Section, Tile, What},
    spend::{Apart, Row, Segment},
};

/// The six options with their names, short and long.
pub(crate) const OPTIONS: [(&str, &str, Accent); 6] = [
    ("Fargate", "Fargate", Accent::Fargate),
    ("Fargate Spot", "Fg Spot", Accent::FargateSpot),
    ("EC2", "EC2", Accent::Ec2),
    ("EC2 Spot", "EC2 Spot", Accent::Ec2Spot),
    ("Managed Instances", "Managed", Accent::Managed),
    ("Managed Instances Spot", "Mgd Spot", Accent::ManagedSpot),
];

pub(crate) fn kinds() -> Vec<String> {
    ["Compute", "Memory", "Storage", "Management fee"]
        .map(String::from)
        .to_vec()
}

pub(crate) fn row(label: &str, accent: Accent, amounts_usd: &[f64]) -> Row {
    Row {
        label: label.to_owned(),
        accent,
        total: format!("${:.2}", amounts_usd.iter().sum::<f64>()),
        segments: amounts_usd
            .iter()
            .enumerate()
            .map(|(kind, &usd)| Segment { kind, usd })
            .collect(),
        ..Row::default()
    }
}

fn apart(label: &str, reason: &str) -> Apart {
    Apart {
        label: label.to_owned(),
        reason: reason.to_owned(),
    }
}

/// Six options priced, two not.
pub(crate) fn spend() -> Spend {
    let amounts: [&[f64]; 6] = [
        &[118.19, 25.95],
        &[35.46, 7.79],
        &[61.32, 0.0, 9.6],
        &[21.4, 0.0, 9.6],
        &[61.32, 0.0, 9.6, 7.36],
        &[21.4, 0.0, 9.6, 7.36],
    ];
    let mut rows: Vec<Row> = OPTIONS
        .iter()
        .zip(amounts)
        .map(|(&(label, _, accent), amounts)| row(label, accent, amounts))
        .collect();
    rows.sort_by(|a, b| total(a).total_cmp(&total(b)));
    rows[0].is_winner = true;
    Spend {
        kinds: kinds(),
        rows,
        apart_title: "Not in the running".into(),
        apart: vec![
            apart(
                "EC2, Reserved Instance",
                "no price for c7g.large in this region",
            ),
            apart(
                "Fargate, Windows",
                "the task needs a GPU, which Fargate does not offer",
            ),
        ],
        empty: "No option has a price for this scenario yet.".into(),
    }
}

fn total(row: &Row) -> f64 {
    row.segments.iter().map(|segment| segment.usd).sum()
}

pub(crate) fn scaled_spend(factor: f64) -> Spend {
    let mut spend = spend();
    for row in &mut spend.rows {
        for segment in &mut row.segments {
            segment.usd *= factor;
        }
        let usd = total(row);
        row.total = if factor < 1.0 {
            format!("${usd:.6}")
        } else {
            format!("${usd:.0}")
        };
    }
    spend
}

pub(crate) fn spend_with_ranges() -> Spend {
    let mut spend = spend();
    for (row, spread) in spend.rows.iter_mut().zip([0.3, 0.0, 0.1, 0.25, 0.05, 0.4]) {
        let usd = total(row);
        row.range = (spread > 0.0).then_some((usd * (1.0 - spread), usd * (1.0 + spread)));
    }
    spend
}

pub(crate) fn spend_of_rows(count: usize) -> Spend {
    let rows = (0..count).map(|index| {
        let (label, _, accent) = OPTIONS[index % OPTIONS.len()];
        let usd = 40.0 + 7.0 * f64::from(u32::try_from(index).unwrap());
        row(
            &format!("{label}, purchase {}", index + 1),
            accent,
            &[usd, usd / 4.0, 9.6],
        )
    });
    Spend {
        rows: rows.collect(),
        ..spend()
    }
}

pub(crate) fn spend_of_equals() -> Spend {
    let mut spend = spend();
    for row in &mut spend.rows {
        row.segments = vec![Segment {
            kind: 0,
            usd: 36.04,
        }];
        row.total = "$36.04".into();
        row.is_winner = false;
    }
    spend
}

pub(crate) fn spend_with_long_words() -> Spend {
    let mut spend = spend();
    for row in &mut spend.rows {
        row.label = format!(
            "{} on Graviton with a one-year Compute Savings Plan, nothing upfront",
            row.label
        );
        row.total = format!("{} to $1,234,567.89 a month", row.total);
    }
    spend.kinds[1] = "Memory of the tasks, by the gibibyte-hour, in every zone together".into();
    spend.apart[0].reason = spend.apart[0].reason.repeat(4);
    spend
}

fn line(index: usize, samples: Vec<Sample>) -> Line {
    let (label, short_label, accent) = OPTIONS[index];
    Line {
        label: label.into(),
        short_label: short_label.into(),
        accent,
        dash: accent.dash(),
        samples,
        ..Line::default()
    }
}

fn per_task(index: usize, tasks: u32, usd: f64) -> Line {
    let samples = (1..=tasks).map(|tasks| Sample {
        tasks,
        usd: Some(f64::from(tasks) * usd),
    });
    line(index, samples.collect())
}

fn per_host(index: usize, tasks: u32, tasks_a_host: u32, usd: f64) -> Line {
    let samples = (1..=tasks).map(|tasks| Sample {
        tasks,
        usd: Some(f64::from(tasks.div_ceil(tasks_a_host)) * usd),
    });
    Line {
        shape: Shape::Steps,
        ..line(index, samples.collect())
    }
}

/// Marks the cheapest option at `present` tasks, and every change of the cheapest.
fn marked(lines: Vec<Line>, present: u32) -> Curve {
    let mut curve = Curve {
        x_name: "tasks".into(),
        y_name: "$ a month".into(),
        crossings: cheapest_changes(&lines)
            .into_iter()
            .map(|change| Crossing {
                tasks: f64::from(change.tasks),
                usd: change.usd,
                label: format!("from {}: {}", change.tasks, lines[change.to].label),
            })
            .collect(),
        present: Some(Present {
            tasks: f64::from(present),
            label: format!("{present} tasks now"),
        }),
        lines,
        empty: "No option has a price for this scenario yet.".into(),
    };
    let usd = |line: &Line| line.usd_at(f64::from(present)).unwrap_or(f64::INFINITY);
    let winner = curve
        .lines
        .iter_mut()
        .min_by(|a, b| usd(a).total_cmp(&usd(b)));
    if let Some(winner) = winner {
        winner.is_winner = true;
    }
    curve
}

/// The usual picture: six options, 40 tasks.
pub(crate) fn curve() -> Curve {
    marked(
        vec![
            per_task(0, 40, 18.02),
            per_task(1, 40, 9.4),
            per_host(2, 40, 7, 61.32),
            per_host(3, 40, 7, 24.5),
            per_host(4, 40, 7, 68.68),
            per_host(5, 40, 7, 31.9),
        ],
        12,
    )
}

pub(crate) fn curve_of_two() -> Curve {
    marked(vec![per_task(0, 12, 18.02), per_host(2, 12, 6, 61.32)], 3)
}

pub(crate) fn scaled_curve(factor: f64) -> Curve {
    let mut curve = curve();
    for sample in curve.lines.iter_mut().flat_map(|line| &mut line.samples) {
        sample.usd = sample.usd.map(|usd| usd * factor);
    }
    for crossing in &mut curve.crossings {
        crossing.usd *= factor;
    }
    curve
}

/// Lines that end at the same place.
pub(crate) fn curve_of_equals() -> Curve {
    let lines = (0..6).map(|index| per_task(index, 20, 18.02)).collect();
    marked(lines, 5)
}

pub(crate) fn curve_of_one_count() -> Curve {
    marked(vec![per_task(0, 1, 18.02), per_host(2, 1, 6, 61.32)], 1)
}

pub(crate) fn curve_of_zeros() -> Curve {
    marked(vec![per_task(0, 10, 0.0), per_host(2, 10, 4, 0.0)], 4)
}

pub(crate) fn curve_of_lines(count: usize) -> Curve {
    let lines = (0..count).map(|index| {
        let usd = 10.0 + 0.4 * f64::from(u32::try_from(index).unwrap());
        Line {
            label: format!("Option {}", index + 1),
            ..per_task(index % OPTIONS.len(), 30, usd)
        }
    });
    marked(lines.collect(), 10)
}

/// One option stops having a price, and one has a price only later.
pub(crate) fn curve_with_gaps() -> Curve {
    let mut curve = curve_of_two();
    for sample in &mut curve.lines[0].samples {
        sample.usd = sample.usd.filter(|_| sample.tasks < 9);
    }
    for sample in &mut curve.lines[1].samples {
        sample.usd = sample.usd.filter(|_| sample.tasks > 2 && sample.tasks != 7);
    }
    curve
}

pub(crate) fn curve_of_many_tasks() -> Curve {
    marked(
        vec![
            per_task(0, 2000, 18.02),
            per_host(2, 2000, 30, 245.28),
            per_host(4, 2000, 30, 274.7),
        ],
        1500,
    )
}

pub(crate) fn curve_with_long_words() -> Curve {
    let mut curve = curve();
    for line in &mut curve.lines {
        line.label = format!(
            "{} on Graviton with a one-year Compute Savings Plan",
            line.label
        );
        line.short_label = String::new();
    }
    curve.y_name =
        "US dollars a month, before tax and data transfer, at the list price of today".into();
    if let Some(present) = &mut curve.present {
        present.label = "12 tasks, as this scenario has them at this very moment".into();
    }
    curve
}

fn part(what: What, share: f64) -> Part {
    Part {
        what,
        share,
        count: 1,
    }
}

/// A bar of the system's share, daemons, and tasks of each service: how many, and what one takes of
/// the instance. The rest is left over.
fn bar(system: f64, daemons: f64, tasks: &[(usize, u32, f64)]) -> Vec<Part> {
    let mut parts = vec![part(What::System, system), part(What::Daemons, daemons)];
    for &(service, count, each) in tasks {
        parts.push(Part {
            what: What::Tasks(service),
            share: f64::from(count) * each,
            count: count.into(),
        });
    }
    let taken: f64 = parts.iter().map(|part| part.share).sum();
    parts.push(part(What::Idle, (1.0 - taken).max(0.0)));
    parts.retain(|part| part.share > 0.0);
    parts
}

fn tile(count: u64, label: &str, bars: Vec<Vec<Part>>) -> Tile {
    Tile {
        count,
        label: label.into(),
        bars,
    }
}

fn section(title: &str, tiles: Vec<Tile>) -> Section {
    Section {
        title: title.into(),
        tiles,
    }
}

/// Twelve tasks of one service on six instances in two zones.
pub(crate) fn fleet() -> Fleet {
    let full = || {
        let memory = bar(0.0925, 0.0, &[(0, 2, 0.25)]);
        tile(3, "2 api", vec![bar(0.0, 0.0, &[(0, 2, 0.5)]), memory])
    };
    Fleet {
        accent: Accent::Ec2,
        services: vec!["api".into()],
        dimensions: vec!["vCPU".into(), "GiB".into()],
        sections: vec![
            section("Zone 1: 3 × m6g.medium", vec![full()]),
            section("Zone 2: 3 × m6g.medium", vec![full()]),
        ],
        empty: "Fargate has no instances to show.".into(),
        ..Fleet::default()
    }
}

/// Four services and a daemon on instances that stand full in different dimensions.
pub(crate) fn fleet_of_a_cluster() -> Fleet {
    let of = |tasks: &[(usize, u32, f64, f64)]| {
        let by = |of: fn(&(usize, u32, f64, f64)) -> f64| -> Vec<(usize, u32, f64)> {
            tasks.iter().map(|one| (one.0, one.1, of(one))).collect()
        };
        vec![
            bar(0.0, 0.03, &by(|one| one.2)),
            bar(0.07, 0.04, &by(|one| one.3)),
        ]
    };
    let tiles = || {
        vec![
            tile(
                37,
                "3 web + 2 worker",
                of(&[(0, 3, 0.125, 0.0625), (1, 2, 0.25, 0.3)]),
            ),
            tile(
                12,
                "7 web + 1 cache",
                of(&[(0, 7, 0.125, 0.0625), (2, 1, 0.06, 0.42)]),
            ),
            tile(1, "2 search", of(&[(3, 2, 0.2, 0.1)])),
        ]
    };
    Fleet {
        services: ["web", "worker", "cache", "search"]
            .map(String::from)
            .to_vec(),
        sections: vec![
            section("Zone 1: 50 × m7g.2xlarge", tiles()),
            section("Zone 2: 50 × m7g.2xlarge", tiles()),
            section(
                "Zone 3: 49 × m7g.2xlarge",
                tiles().into_iter().take(2).collect(),
            ),
        ],
        ..fleet()
    }
}

/// A leg on-demand and one on Spot, with instances that stand empty.
pub(crate) fn fleet_of_two_legs() -> Fleet {
    let mut fleet = fleet();
    let nothing = || vec![bar(0.0, 0.0, &[]), bar(0.0925, 0.0, &[])];
    fleet.accent = Accent::Ec2Spot;
    fleet.sections[0].title = "On-demand, zone 1: 4 × m6g.medium".into();
    fleet.sections[1].title = "Spot, zone 1: 5 × m6gd.medium".into();
    fleet.sections[0]
        .tiles
        .push(tile(1, "empty, for the floor", nothing()));
    fleet.sections[1]
        .tiles
        .push(tile(2, "empty, for the target", nothing()));
    fleet
}

/// Tasks with GPUs: a third bar.
pub(crate) fn fleet_with_gpus() -> Fleet {
    let one = |tasks: u32| {
        vec![
            bar(0.0, 0.0, &[(0, tasks, 7.0 / 48.0)]),
            bar(0.04, 0.0, &[(0, tasks, 28.0 / 192.0)]),
            bar(0.0, 0.0, &[(0, tasks, 0.25)]),
        ]
    };
    Fleet {
        accent: Accent::Managed,
        services: vec!["inference".into()],
        dimensions: vec!["vCPU".into(), "GiB".into(), "GPUs".into()],
        sections: vec![section(
            "Zone 1: 3 × g5.12xlarge",
            vec![
                tile(2, "4 inference", one(4)),
                tile(1, "1 inference", one(1)),
            ],
        )],
        ..fleet()
    }
}

pub(crate) fn fleet_of_one() -> Fleet {
    let mut fleet = fleet();
    fleet.sections.truncate(1);
    fleet.sections[0].title = "Zone 1: 1 × m6g.medium".into();
    fleet.sections[0].tiles[0].count = 1;
    fleet
}

/// So many different tiles in one zone.
pub(crate) fn fleet_of_tiles(count: u32) -> Fleet {
    let tiles = (0..count).map(|index| {
        let (web, worker) = (index % 7 + 1, index % 3);
        let bars = vec![
            bar(0.0, 0.0, &[(0, web, 0.1), (1, worker, 0.09)]),
            bar(0.05, 0.0, &[(0, web, 0.05), (1, worker, 0.2)]),
        ];
        tile(
            u64::from(index * index + 1),
            &format!("{web} web + {worker} worker"),
            bars,
        )
    });
    Fleet {
        services: vec!["web".into(), "worker".into()],
        sections: vec![section("Zone 1", tiles.collect())],
        ..fleet()
    }
}

/// Very many instances with very many tasks each, promised more than there is.
pub(crate) fn fleet_that_is_huge() -> Fleet {
    let mut fleet = fleet();
    for (section, count) in fleet.sections.iter_mut().zip([1_234_567, 1_234_566]) {
        section.title = "Zone: m7g.16xlarge".into();
        section.tiles[0] = tile(
            count,
            "480 api",
            vec![
                bar(0.0, 0.0, &[(0, 480, 1.5 / 480.0)]),
                bar(0.01, 0.0, &[(0, 480, 0.9 / 480.0)]),
            ],
        );
    }
    fleet
}

pub(crate) fn fleet_with_long_words() -> Fleet {
    let mut fleet = fleet_of_a_cluster();
    for service in &mut fleet.services {
        service.push_str(", which answers the questions of everybody who asks");
    }
    fleet.dimensions[0] = "Virtual processors, of which each is a core".into();
    for section in &mut fleet.sections {
        section
            .title
            .push_str(", in the Availability Zone of that name in the Region of that name");
        for tile in &mut section.tiles {
            tile.label = tile.label.repeat(6);
        }
    }
    fleet
}
