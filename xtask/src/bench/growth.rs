//! How an answer's time grows with services, tasks and candidate types: a table and a figure.

use std::fs;

use plotters::prelude::*;

use crate::failure::{Context, Failure, Result};
use crate::paths;
use crate::process::{cargo, output};

/// One measured size.
struct Row {
    grows: String,
    services: f64,
    tasks: f64,
    types: f64,
    cluster_us: f64,
    packing_us: f64,
}

/// What grows, and where a row says how much of it there is.
type Series = (&'static str, &'static str, fn(&Row) -> f64);

const SERIES: [Series; 3] = [
    ("services", "services, of 1,000 tasks together", |row| {
        row.services
    }),
    ("tasks", "tasks, of 6 services", |row| row.tasks),
    (
        "types",
        "types in the book, 6 services of 1,000 tasks",
        |row| row.types,
    ),
];

/// Where the figure stands.
const FIGURE: &str = "docs/growth.svg";

/// Measures, prints the table, and draws the figure.
pub(super) fn run() -> Result<()> {
    let bench = [
        "bench",
        "--locked",
        "--package",
        "berth-model",
        "--bench",
        "growth",
    ];
    let text = output(cargo().args(bench))?;
    let rows: Vec<Row> = text.lines().filter_map(read).collect();
    if rows.is_empty() {
        return Err(Failure::new("the bench printed no row".to_owned()));
    }
    print!("{}", table(&rows));
    let path = paths::root().join(FIGURE);
    fs::write(&path, draw(&rows)?).context(format!("could not write {}", path.display()))?;
    println!("drew {FIGURE}");
    Ok(())
}

fn read(line: &str) -> Option<Row> {
    let mut fields = line.split('\t');
    let grows = fields.next()?.to_owned();
    let mut number = || fields.next()?.parse::<f64>().ok();
    Some(Row {
        grows,
        services: number()?,
        tasks: number()?,
        types: number()?,
        cluster_us: number()?,
        packing_us: number()?,
    })
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| services | tasks | types in the book | cluster on every option | packing on one type |\n|---|---|---|---|---|\n",
    );
    for row in rows {
        let line = format!(
            "| {} | {} | {} | {:.1} ms | {:.1} µs |\n",
            row.services,
            row.tasks,
            row.types,
            row.cluster_us / 1_000.0,
            row.packing_us
        );
        text.push_str(&line);
    }
    text
}

/// The times against what grows, both on logarithmic scales.
fn draw(rows: &[Row]) -> Result<String> {
    let mut svg = String::new();
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("the figure could not be drawn: {error}"))
    };
    {
        let root = SVGBackend::with_string(&mut svg, (720, 420)).into_drawing_area();
        root.fill(&WHITE).map_err(|error| failed(&error))?;
        let mut chart = ChartBuilder::on(&root)
            .margin(16)
            .x_label_area_size(44)
            .y_label_area_size(64)
            .build_cartesian_2d((1.0..20_000.0).log_scale(), (0.1..1_000.0).log_scale())
            .map_err(|error| failed(&error))?;
        chart
            .configure_mesh()
            .x_desc("how many")
            .y_desc("milliseconds")
            .draw()
            .map_err(|error| failed(&error))?;
        // Told apart by their marks too, and not by colour alone.
        let colours = [
            RGBColor(0, 90, 160),
            RGBColor(180, 80, 0),
            RGBColor(60, 120, 50),
        ];
        for (index, ((grows, label, size), colour)) in SERIES.iter().zip(colours).enumerate() {
            let points: Vec<(f64, f64)> = rows
                .iter()
                .filter(|row| row.grows == *grows)
                .map(|row| (size(row), row.cluster_us / 1_000.0))
                .collect();
            chart
                .draw_series(LineSeries::new(points.clone(), colour.stroke_width(2)))
                .map_err(|error| failed(&error))?
                .label(*label)
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(2))
                });
            let marks = points.into_iter().map(|at| match index {
                0 => Circle::new(at, 4, colour.filled()).into_dyn(),
                1 => TriangleMarker::new(at, 5, colour.filled()).into_dyn(),
                _ => Cross::new(at, 4, colour.stroke_width(2)).into_dyn(),
            });
            chart.draw_series(marks).map_err(|error| failed(&error))?;
        }
        chart
            .configure_series_labels()
            .background_style(WHITE)
            .border_style(BLACK)
            .position(SeriesLabelPosition::UpperLeft)
            .draw()
            .map_err(|error| failed(&error))?;
        root.present().map_err(|error| failed(&error))?;
    }
    Ok(svg)
}
