//! The months: handmade states, their pictures, and what holds for any.

use berth_figures::{
    Accent, Dash, Figure, Key, Mark, Months, Point, Scene, Size, WidthTable,
    months::{Event, Line, Payback, Sum},
};
use proptest::{collection::vec, option, prelude::*};

use crate::layout::{accent, check_hits, check_texts, size, usd, words};
use crate::pictures::picture;

/// So much upfront at the start of every term, and so much each month.
fn paid(upfront_usd: f64, every: u32, monthly: impl Fn(u32) -> f64, months: u32) -> Vec<Sum> {
    let mut sums = vec![Sum::default()];
    let mut usd = 0.0;
    for month in 0..months {
        if upfront_usd > 0.0 && month % every == 0 {
            usd += upfront_usd;
            sums.push(Sum {
                month: f64::from(month),
                usd,
            });
        }
        usd += monthly(month);
        sums.push(Sum {
            month: f64::from(month + 1),
            usd,
        });
    }
    sums
}

fn line(label: &str, short_label: &str, accent: Accent, dash: Dash, sums: Vec<Sum>) -> Line {
    Line {
        label: label.into(),
        short_label: short_label.into(),
        accent,
        dash,
        sums,
        ..Line::default()
    }
}

/// The first month from which a line is below another for good, by straight lines between sums.
fn payback(lines: &[Line], of: usize, against: usize) -> Payback {
    let at = |line: &Line, month: f64| {
        let after = line.sums.partition_point(|sum| sum.month <= month);
        let before = line.sums[after - 1];
        line.sums.get(after).map_or(before.usd, |next| {
            before.usd
                + (next.usd - before.usd) * (month - before.month) / (next.month - before.month)
        })
    };
    let months = (0..=3600).map(|tenth| f64::from(tenth) / 100.0);
    let last_above = months
        .filter(|&month| at(&lines[of], month) > at(&lines[against], month))
        .fold(0.0, f64::max);
    Payback {
        month: last_above,
        usd: at(&lines[of], last_above),
        label: format!("month {last_above:.0}: {} pays back", lines[of].label),
        short_label: format!("month {last_above:.0}"),
    }
}

/// Three ways to pay for instances, and Fargate; the load halves in month 7.
pub(crate) fn months() -> Months {
    let halved = |full: f64, half: f64| move |month: u32| if month < 7 { full } else { half };
    let lines = vec![
        line(
            "On-demand",
            "On-demand",
            Accent::Ec2,
            Dash::Solid,
            paid(0.0, 1, halved(410.0, 205.0), 36),
        ),
        line(
            "Reserved, one year upfront",
            "Reserved 1 y",
            Accent::Ec2,
            Dash::Dashed,
            paid(2_480.0, 12, |_| 18.0, 36),
        ),
        line(
            "Compute Savings Plan, three years",
            "Plan 3 y",
            Accent::Ec2,
            Dash::Dotted,
            paid(4_300.0, 36, |_| 36.0, 36),
        ),
        line(
            "Fargate",
            "Fargate",
            Accent::Fargate,
            Dash::Solid,
            paid(0.0, 1, halved(530.0, 265.0), 36),
        ),
    ];
    let paybacks = vec![payback(&lines, 2, 0), payback(&lines, 2, 3)];
    let mut months = Months {
        x_name: "months".into(),
        y_name: "$ paid so far".into(),
        lines,
        paybacks,
        events: vec![Event {
            month: 7.0,
            label: "load halves".into(),
            short_label: String::new(),
        }],
        empty: "No commitment to compare.".into(),
    };
    months.lines[2].is_winner = true;
    months
}

fn scaled(factor: f64) -> Months {
    let mut months = months();
    for sum in months.lines.iter_mut().flat_map(|line| &mut line.sums) {
        sum.usd *= factor;
    }
    for payback in &mut months.paybacks {
        payback.usd *= factor;
    }
    months
}

/// Lines that end at the same place.
fn equal() -> Months {
    let mut months = months();
    months.paybacks.clear();
    for line in &mut months.lines {
        line.sums = paid(0.0, 1, |_| 100.0, 36);
    }
    months
}

fn single() -> Months {
    let mut months = months();
    months.paybacks.clear();
    for line in &mut months.lines {
        line.sums.truncate(1);
    }
    months
}

fn many() -> Months {
    let mut months = months();
    months.lines = (0..20_u32)
        .map(|index| Line {
            label: format!("Way {}", index + 1),
            sums: paid(
                f64::from(index) * 120.0,
                12,
                |month| 300.0 - f64::from(index) * 9.0 + f64::from(month),
                36,
            ),
            accent: Accent::ALL[index as usize % 7],
            ..Line::default()
        })
        .collect();
    months.paybacks = (0..8)
        .map(|index| Payback {
            month: 3.0 + 1.5 * f64::from(index),
            usd: 3_000.0,
            label: format!("month {}: pays back", 3 + index),
            short_label: String::new(),
        })
        .collect();
    months
}

fn long_words() -> Months {
    let mut months = months();
    for line in &mut months.lines {
        line.label = line.label.repeat(3);
        line.short_label = line.short_label.repeat(3);
    }
    months.events[0].label = months.events[0].label.repeat(8);
    months.x_name = months.x_name.repeat(12);
    months.y_name = months.y_name.repeat(6);
    months
}

const USUAL: (f64, f64) = (820.0, 380.0);
const PHONE: (f64, f64) = (390.0, 340.0);

#[test]
fn months_in_both_themes_and_every_width() {
    let months = months();
    picture("months-320", &months, (320.0, 340.0), false);
    picture("months-390", &months, PHONE, false);
    picture("months-390-dark", &months, PHONE, true);
    picture("months-820", &months, USUAL, false);
    picture("months-820-dark", &months, USUAL, true);
    picture("months-1440", &months, (1440.0, 420.0), false);
    picture("months-low", &months, (820.0, 160.0), false);
}

#[test]
fn months_huge_tiny_and_nothing_paid() {
    picture("months-huge", &scaled(1e6), USUAL, false);
    picture("months-tiny", &scaled(1e-7), USUAL, false);
    picture("months-zero", &scaled(0.0), PHONE, false);
}

#[test]
fn months_where_lines_meet_or_have_one_sum() {
    picture("months-equal", &equal(), USUAL, false);
    picture("months-single", &single(), PHONE, false);
}

#[test]
fn months_of_many_lines_and_long_words() {
    picture("months-many", &many(), USUAL, false);
    picture("months-long-words", &long_words(), USUAL, false);
    picture("months-long-words-phone", &long_words(), PHONE, false);
}

#[test]
fn months_of_nothing() {
    let empty = Months {
        lines: Vec::new(),
        ..months()
    };
    picture("months-empty", &empty, PHONE, true);
}

#[test]
fn every_line_is_named_at_its_end() {
    for width in [320.0, 390.0, 820.0, 1440.0] {
        let months = months();
        let scene = months.layout(Size::new(width, 360.0), &WidthTable);
        for line in &months.lines {
            let names = [&line.label, &line.short_label];
            assert!(
                scene.texts().any(|text| names.contains(&&text.words)),
                "{} at {width}",
                line.label
            );
        }
    }
}

#[test]
fn amounts_beside_a_plot_that_is_hardly_one_keep_apart() {
    let mut low = months();
    low.lines.truncate(1);
    low.lines[0].sums = vec![Sum {
        month: 0.0,
        usd: 1.905e-5,
    }];
    for height in 80..160 {
        let scene = low.layout(Size::new(254.0, f64::from(height)), &WidthTable);
        check_texts(&scene).unwrap();
    }
}

/// The paths of the lines that are two or three pixels wide.
fn paths(scene: &Scene) -> Vec<&Vec<Point>> {
    let lines = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Line { path, stroke, .. } if *stroke >= 2.0 => Some(path),
        _ => None,
    });
    lines.collect()
}

#[test]
fn what_is_paid_upfront_is_an_upright_step() {
    let scene = months().layout(Size::new(820.0, 380.0), &WidthTable);
    // One step in the plan of three years, three in the reservation of one.
    let upright = |path: &&Vec<Point>| {
        let pairs = path.windows(2);
        pairs
            .filter(|pair| (pair[0].x - pair[1].x).abs() < 1e-9 && pair[0].y - pair[1].y > 20.0)
            .count()
    };
    let mut steps: Vec<usize> = paths(&scene).iter().map(upright).collect();
    steps.sort_unstable();
    assert_eq!(steps, [0, 0, 1, 3]);
}

#[test]
fn a_ring_lies_on_both_lines_where_one_pays_back() {
    let months = months();
    let scene = months.layout(Size::new(820.0, 380.0), &WidthTable);
    let rings = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Dot { center, radius, .. } if (*radius - 5.0).abs() < 1e-9 => Some(*center),
        _ => None,
    });
    let rings: Vec<Point> = rings.collect();
    assert_eq!(rings.len(), 2);
    for ring in rings {
        let near = paths(&scene)
            .iter()
            .filter(|path| {
                path.windows(2)
                    .any(|pair| distance(ring, pair[0], pair[1]) < 2.0)
            })
            .count();
        assert!(near >= 2, "{ring:?}");
    }
}

fn distance(at: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let share = ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy).max(1e-9);
    let share = share.clamp(0.0, 1.0);
    (at.x - from.x - share * dx).hypot(at.y - from.y - share * dy)
}

#[test]
fn a_sum_is_found_where_it_is_drawn() {
    let scene = months().layout(Size::new(820.0, 380.0), &WidthTable);
    let end = scene.hits.get(Key::item(0, 36)).unwrap();
    assert_eq!(scene.hits.at(end.anchor), Some(end));
}

fn any_months() -> impl Strategy<Value = Months> {
    let month = || prop_oneof![8 => 0.0..40.0_f64, 1 => Just(f64::NAN), 1 => Just(-3.0)];
    let sum = move || (month(), usd()).prop_map(|(month, usd)| Sum { month, usd });
    let line = (
        words(),
        words(),
        accent(),
        any::<bool>(),
        vec(sum(), 0..14),
        any::<bool>(),
    )
        .prop_map(
            |(label, short_label, accent, is_winner, mut sums, is_sorted)| {
                if is_sorted {
                    sums.sort_by(|a, b| a.month.total_cmp(&b.month));
                }
                Line {
                    label,
                    short_label,
                    accent,
                    dash: Dash::Dashed,
                    is_winner,
                    sums,
                }
            },
        );
    let payback =
        (month(), usd(), words(), words()).prop_map(|(month, usd, label, short_label)| Payback {
            month,
            usd,
            label,
            short_label,
        });
    let event = (month(), words(), words()).prop_map(|(month, label, short_label)| Event {
        month,
        label,
        short_label,
    });
    (
        words(),
        words(),
        vec(line, 0..9),
        vec(payback, 0..6),
        option::of(event),
        words(),
    )
        .prop_map(|(x_name, y_name, lines, paybacks, event, empty)| Months {
            x_name,
            y_name,
            lines,
            paybacks,
            events: event.into_iter().collect(),
            empty,
        })
}

proptest! {
    #[test]
    fn words_of_months_are_inside_and_apart(months in any_months(), size in size()) {
        let scene = months.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }
}
