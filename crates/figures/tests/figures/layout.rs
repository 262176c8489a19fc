//! What holds for every figure of any data at any size.

use berth_figures::{
    Accent, Curve, Figure, Fleet, Key, Move, Scene, Size, Spend, WidthTable,
    curve::{Crossing, Line, Present, Sample, Shape},
    fleet::{Names, Part, Section, Tile, What},
    spend::{Apart, Row, Segment},
};
use proptest::{collection::vec, option, prelude::*};

use crate::states;

/// Rounding to whole pixels may move each edge by half of one.
const TOLERANCE_PX: f64 = 0.5;

pub(crate) fn check_texts(scene: &Scene) -> Result<(), TestCaseError> {
    let texts: Vec<_> = scene.texts().collect();
    let (width, height) = (scene.size.width(), scene.size.height());
    for (index, text) in texts.iter().enumerate() {
        let area = text.area();
        prop_assert!(
            area.x >= -TOLERANCE_PX
                && area.y >= -TOLERANCE_PX
                && area.right() <= width + TOLERANCE_PX
                && area.bottom() <= height + TOLERANCE_PX,
            "outside {width} x {height}: {text:?}"
        );
        for other in &texts[index + 1..] {
            prop_assert!(
                !area.grown(-TOLERANCE_PX).overlaps(other.area()),
                "{text:?}\n{other:?}"
            );
        }
    }
    Ok(())
}

/// Every datum is found at its own key, and the keys reach all of them and come to an end.
pub(crate) fn check_hits(scene: &Scene) -> Result<(), TestCaseError> {
    let data = scene.hits.data();
    for datum in data {
        prop_assert_eq!(scene.hits.get(datum.key), Some(datum));
        prop_assert!(datum.anchor.x.is_finite() && datum.anchor.y.is_finite());
        for towards in [Move::Next, Move::Previous, Move::Up, Move::Down] {
            prop_assert!(scene.hits.step(Some(datum.key), towards).is_some());
        }
    }
    prop_assert_eq!(scene.hits.step(None, Move::Last), data.last());
    Ok(())
}

pub(crate) fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[A-Za-z]{1,10}",
        "[A-Za-z]{1,8}( [A-Za-z0-9,.]{1,12}){0,8}",
        "\\PC{0,30}",
    ]
}

pub(crate) fn usd() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0..500.0f64,
        1 => 1e-5..1e-3f64,
        1 => 1e8..1e10f64,
        1 => prop::sample::select(vec![0.0, -5.0, f64::NAN, f64::INFINITY]),
    ]
}

pub(crate) fn accent() -> impl Strategy<Value = Accent> {
    prop::sample::select(Accent::ALL.to_vec())
}

fn row() -> impl Strategy<Value = Row> {
    (
        words(),
        accent(),
        words(),
        any::<bool>(),
        vec((0..8usize, usd()), 0..6),
        option::of((usd(), usd())),
    )
        .prop_map(|(label, accent, total, is_winner, segments, range)| Row {
            label,
            accent,
            total,
            is_winner,
            segments: segments
                .into_iter()
                .map(|(kind, usd)| Segment { kind, usd })
                .collect(),
            range,
        })
}

fn spend() -> impl Strategy<Value = Spend> {
    let apart = (words(), words()).prop_map(|(label, reason)| Apart { label, reason });
    (
        vec(words(), 0..8),
        vec(row(), 0..20),
        words(),
        vec(apart, 0..6),
        words(),
    )
        .prop_map(|(kinds, rows, apart_title, apart, empty)| Spend {
            kinds,
            rows,
            apart_title,
            apart,
            empty,
        })
}

fn line() -> impl Strategy<Value = Line> {
    (
        words(),
        words(),
        accent(),
        any::<bool>(),
        any::<bool>(),
        vec((1..30u32, option::weighted(0.9, usd())), 0..20),
    )
        .prop_map(
            |(label, short_label, accent, has_steps, is_winner, samples)| {
                let mut tasks = 0;
                let samples = samples.into_iter().map(|(more, usd)| {
                    tasks += more;
                    Sample { tasks, usd }
                });
                Line {
                    label,
                    short_label,
                    accent,
                    dash: accent.dash(),
                    shape: if has_steps {
                        Shape::Steps
                    } else {
                        Shape::Straight
                    },
                    is_winner,
                    samples: samples.collect(),
                }
            },
        )
}

fn curve() -> impl Strategy<Value = Curve> {
    let crossing = (0.0..200.0f64, usd(), words()).prop_map(|(tasks, usd, label)| Crossing {
        tasks,
        usd,
        label,
    });
    let present = (0.0..200.0f64, words()).prop_map(|(tasks, label)| Present { tasks, label });
    (
        words(),
        words(),
        vec(line(), 0..12),
        vec(crossing, 0..8),
        option::of(present),
        words(),
    )
        .prop_map(|(x_name, y_name, lines, crossings, present, empty)| Curve {
            x_name,
            y_name,
            lines,
            crossings,
            present,
            empty,
        })
}

fn part() -> impl Strategy<Value = Part> {
    let what = prop_oneof![
        (0..9usize).prop_map(What::Tasks),
        Just(What::System),
        Just(What::Daemons),
        Just(What::Idle),
    ];
    let share = prop_oneof![
        4 => 0.0..1.0f64,
        1 => prop::sample::select(vec![0.0, -1.0, 7.0, 1e-9, f64::NAN, f64::INFINITY]),
    ];
    let count = prop_oneof![0..200u64, Just(u64::MAX)];
    (what, share, count).prop_map(|(what, share, count)| Part { what, share, count })
}

fn fleet() -> impl Strategy<Value = Fleet> {
    let count = prop_oneof![0..5_000u64, Just(u64::MAX)];
    let tile = (count, words(), vec(vec(part(), 0..8), 0..4))
        .prop_map(|(count, label, bars)| Tile { count, label, bars });
    let section = (words(), vec(tile, 0..9)).prop_map(|(title, tiles)| Section { title, tiles });
    (
        accent(),
        vec(words(), 0..8),
        vec(words(), 0..4),
        (words(), words(), words()),
        vec(section, 0..5),
        words(),
    )
        .prop_map(
            |(accent, services, dimensions, (system, daemons, idle), sections, empty)| Fleet {
                accent,
                services,
                dimensions,
                names: Names {
                    system,
                    daemons,
                    idle,
                },
                sections,
                empty,
            },
        )
}

pub(crate) fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        4 => (288.0..2000.0f64, 120.0..900.0f64),
        1 => (0.0..288.0f64, 0.0..120.0f64),
    ]
    .prop_map(|(width, height)| Size::new(width, height))
}

proptest! {
    #[test]
    fn words_of_spend_are_inside_and_apart(spend in spend(), size in size()) {
        let scene = spend.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }

    #[test]
    fn words_of_a_curve_are_inside_and_apart(curve in curve(), size in size()) {
        let scene = curve.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }

    #[test]
    fn words_of_a_fleet_are_inside_and_apart(fleet in fleet(), size in size()) {
        let scene = fleet.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }

    #[test]
    fn at_its_natural_height_a_fleet_leaves_nothing_out(fleet in fleet(), width in 288.0..2000.0f64) {
        let size = Size::new(width, fleet.natural_height(width, &WidthTable));
        prop_assume!(size.height() < 8_000.0);
        let scene = fleet.layout(size, &WidthTable);
        for (series, section) in fleet.sections.iter().enumerate() {
            for item in 0..section.tiles.len() {
                prop_assert!(scene.hits.get(Key::item(series, item)).is_some(), "{} {}", series, item);
            }
        }
    }

    #[test]
    fn at_its_natural_height_spend_leaves_nothing_out(spend in spend(), width in 288.0..2000.0f64) {
        let size = Size::new(width, spend.natural_height(width, &WidthTable));
        let scene = spend.layout(size, &WidthTable);
        for series in 0..spend.rows.len() + spend.apart.len() {
            prop_assert!(scene.hits.get(Key::series(series)).is_some(), "{}", series);
        }
    }
}

#[test]
fn a_bar_is_found_where_it_is_drawn() {
    let spend = states::spend();
    let scene = spend.layout(Size::new(720.0, 380.0), &WidthTable);
    for datum in scene.hits.data() {
        let found = scene.hits.at(datum.area.center()).unwrap();
        assert_eq!(found.key.series, datum.key.series);
    }
}

#[test]
fn the_longest_bar_and_its_total_end_inside() {
    let scene = states::spend().layout(Size::new(720.0, 380.0), &WidthTable);
    let longest = scene.hits.data().iter().map(|datum| datum.area.right());
    assert!(longest.fold(0.0, f64::max) <= 720.0);
}

#[test]
fn every_line_of_the_usual_curve_is_labelled() {
    let curve = states::curve();
    for width in [480.0, 720.0, 2000.0] {
        let scene = curve.layout(Size::new(width, 380.0), &WidthTable);
        for line in &curve.lines {
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
fn a_change_of_words_moves_no_axis() {
    let plot_of = |curve: &Curve| {
        let scene = curve.layout(Size::new(720.0, 380.0), &WidthTable);
        scene.hits.get(Key::item(0, 5)).map(|datum| datum.anchor)
    };
    let usual = states::curve();
    let mut plain = usual.clone();
    plain.crossings.clear();
    plain.present = None;
    assert_eq!(plot_of(&usual), plot_of(&plain));
}
