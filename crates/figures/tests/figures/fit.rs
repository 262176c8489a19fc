//! Cost against fit: handmade states, their pictures, and what holds for any.

use berth_figures::{
    Accent, Dash, Figure, Fit, Ink, Key, Mark, Move, Point, Scene, Size, WidthTable,
    fit::{Axis, Better, Choice, Names},
};
use proptest::{collection::vec, option, prelude::*};

use crate::layout::{accent, check_hits, check_texts, size, usd, words};
use crate::pictures::picture;
use crate::states::OPTIONS;

fn choice(index: usize, x: f64, usd: f64) -> Choice {
    let (label, short_label, accent) = OPTIONS[index];
    Choice {
        label: label.into(),
        short_label: short_label.into(),
        accent,
        x,
        usd,
        ..Choice::default()
    }
}

/// Six options by how well they meet what was weighed.
pub(crate) fn fit() -> Fit {
    let mut options = vec![
        choice(3, 38.0, 117.0),
        choice(1, 52.0, 149.0),
        choice(5, 47.0, 171.0),
        choice(2, 63.0, 212.0),
        choice(4, 79.0, 231.0),
        choice(0, 92.0, 360.0),
    ];
    options[4].is_winner = true;
    Fit {
        x: Axis {
            name: "fit: further right is better".into(),
            unit: " %".into(),
            ends: Some((0.0, 100.0)),
            better: Better::High,
        },
        y_name: "$ a month: lower is cheaper".into(),
        better: "cheaper and fits better \u{2198}".into(),
        names: Names {
            front: "nothing is cheaper and fits better".into(),
            behind: "something is".into(),
        },
        options,
        empty: "No option has a price for this scenario yet.".into(),
    }
}

/// A cluster's assignments by the hours of staff that they take.
fn frontier() -> Fit {
    let names = [
        ("all on Fargate", Accent::Fargate, 1.5, 4_120.0),
        ("web on EC2, the rest on Fargate", Accent::Ec2, 4.0, 3_310.0),
        ("batch on Spot as well", Accent::Ec2Spot, 5.5, 2_480.0),
        ("one fleet for all", Accent::Ec2, 8.0, 2_410.0),
        ("one fleet each", Accent::Ec2, 14.0, 2_900.0),
        ("all on Managed Instances", Accent::Managed, 2.5, 3_620.0),
        (
            "all on Managed Instances, Spot",
            Accent::ManagedSpot,
            3.5,
            3_680.0,
        ),
    ];
    let options = names.map(|(label, accent, x, usd)| Choice {
        label: label.into(),
        accent,
        x,
        usd,
        is_winner: label.starts_with("batch"),
        ..Choice::default()
    });
    Fit {
        x: Axis {
            name: "hours of staff a month: further left is less".into(),
            unit: " h".into(),
            ends: Some((0.0, 10.0)),
            better: Better::Low,
        },
        better: "\u{2199} cheaper and less work".into(),
        names: Names {
            front: "nothing is cheaper and less work".into(),
            behind: "something is".into(),
        },
        options: options.to_vec(),
        ..fit()
    }
}

fn scaled(factor: f64) -> Fit {
    let mut fit = fit();
    for option in &mut fit.options {
        option.usd *= factor;
    }
    fit
}

fn crowded() -> Fit {
    let mut fit = fit();
    fit.options = (0..24_u32)
        .map(|index| {
            let mut one = choice(
                index as usize % 6,
                60.0 + f64::from(index % 5) * 3.0,
                200.0 + f64::from(index * 7 % 24) * 2.0,
            );
            one.label = format!("{}, purchase {}", one.label, index + 1);
            one
        })
        .collect();
    fit.options[3].is_winner = true;
    fit
}

fn same() -> Fit {
    let mut fit = fit();
    for option in &mut fit.options {
        (option.x, option.usd) = (50.0, 36.04);
    }
    fit
}

fn long_words() -> Fit {
    let mut fit = fit();
    for option in &mut fit.options {
        option
            .label
            .push_str(" on Graviton with a Compute Savings Plan of one year");
    }
    fit.x.name = fit.x.name.repeat(4);
    fit.y_name = fit.y_name.repeat(4);
    fit.better = fit.better.repeat(4);
    fit.names.front = fit.names.front.repeat(3);
    fit
}

const USUAL: (f64, f64) = (820.0, 420.0);
const PHONE: (f64, f64) = (390.0, 380.0);

#[test]
fn fit_in_both_themes_and_every_width() {
    picture("fit-320", &fit(), (320.0, 380.0), false);
    picture("fit-390", &fit(), PHONE, false);
    picture("fit-390-dark", &fit(), PHONE, true);
    picture("fit-820", &fit(), USUAL, false);
    picture("fit-820-dark", &fit(), USUAL, true);
    picture("fit-1440", &fit(), (1440.0, 420.0), false);
}

#[test]
fn fit_of_a_cluster() {
    picture("fit-cluster-320", &frontier(), (320.0, 380.0), false);
    picture("fit-cluster-820", &frontier(), USUAL, false);
    picture("fit-cluster-820-dark", &frontier(), USUAL, true);
}

#[test]
fn fit_huge_tiny_and_free() {
    picture("fit-huge", &scaled(1e7), USUAL, false);
    picture("fit-tiny", &scaled(1e-6), USUAL, false);
    picture("fit-free", &scaled(0.0), USUAL, false);
}

#[test]
fn fit_of_one_of_equals_and_of_none() {
    let one = Fit {
        x: Axis {
            ends: None,
            ..fit().x
        },
        options: vec![fit().options[4].clone()],
        ..fit()
    };
    picture("fit-single", &one, USUAL, false);
    picture("fit-same", &same(), USUAL, false);
    let empty = Fit {
        options: Vec::new(),
        ..fit()
    };
    picture("fit-empty", &empty, PHONE, false);
}

#[test]
fn fit_crowded_and_with_long_words() {
    picture("fit-crowded", &crowded(), USUAL, false);
    picture("fit-long-words", &long_words(), USUAL, false);
    picture("fit-long-words-phone", &long_words(), PHONE, false);
}

#[test]
fn every_option_is_named() {
    for (fit, width) in [
        (fit(), 320.0),
        (fit(), 390.0),
        (fit(), 820.0),
        (frontier(), 820.0),
    ] {
        let scene = fit.layout(Size::new(width, 380.0), &WidthTable);
        for option in &fit.options {
            let names = [&option.label, &option.short_label];
            assert!(
                scene.texts().any(|text| names.contains(&&text.words)),
                "{} at {width}",
                option.label
            );
        }
    }
}

#[test]
fn the_front_leaves_out_what_is_beaten() {
    assert_eq!(fit().front(), [0, 1, 3, 4, 5]);
    assert_eq!(frontier().front(), [3, 2, 1, 5, 0]);
    assert_eq!(same().front(), [0, 1, 2, 3, 4, 5]);
}

/// The line of the front.
fn path(scene: &Scene) -> Vec<Point> {
    let mut lines = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Line {
            path,
            ink: Ink::Muted,
            stroke,
            dash: Dash::Solid,
        } if (*stroke - 1.5).abs() < 1e-9 => Some(path.clone()),
        _ => None,
    });
    lines.next().unwrap()
}

#[test]
fn the_front_is_a_staircase_through_its_dots_and_nothing_is_beyond_it() {
    for fit in [fit(), frontier(), crowded()] {
        let scene = fit.layout(Size::new(820.0, 420.0), &WidthTable);
        let path = path(&scene);
        for pair in path.windows(2) {
            let is_level = (pair[0].y - pair[1].y).abs() < 1e-9;
            let is_upright = (pair[0].x - pair[1].x).abs() < 1e-9;
            assert!(is_level || is_upright);
            assert!(pair[1].y <= pair[0].y + 1e-9, "the front falls");
        }
        let front = fit.front();
        for datum in scene.hits.data() {
            let is_front = front.contains(&datum.key.item.unwrap());
            let is_corner = path
                .iter()
                .any(|corner| (corner.x - datum.anchor.x).hypot(corner.y - datum.anchor.y) < 1e-6);
            assert_eq!(is_front, is_corner, "{:?}", datum.key);
        }
    }
}

#[test]
fn arrows_walk_the_options() {
    let scene = fit().layout(Size::new(820.0, 420.0), &WidthTable);
    let next = scene.hits.step(Some(Key::item(0, 1)), Move::Next).unwrap();
    assert_eq!(next.key, Key::item(0, 2));
    assert_eq!(scene.hits.at(next.anchor), Some(next));
}

fn any_fit() -> impl Strategy<Value = Fit> {
    let number = || {
        prop_oneof![
            6 => 0.0..100.0_f64,
            1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, -7.0, 1e18, -0.0, 1e-9]),
        ]
    };
    let option = (words(), words(), accent(), any::<bool>(), number(), usd()).prop_map(
        |(label, short_label, accent, is_winner, x, usd)| Choice {
            label,
            short_label,
            accent,
            is_winner,
            x,
            usd,
        },
    );
    (
        (
            words(),
            "[a-z %]{0,5}",
            option::of((number(), number())),
            any::<bool>(),
        ),
        words(),
        words(),
        (words(), words()),
        vec(option, 0..16),
        words(),
    )
        .prop_map(
            |((name, unit, ends, is_high), y_name, better, (front, behind), options, empty)| Fit {
                x: Axis {
                    name,
                    unit,
                    ends,
                    better: if is_high { Better::High } else { Better::Low },
                },
                y_name,
                better,
                names: Names { front, behind },
                options,
                empty,
            },
        )
}

proptest! {
    #[test]
    fn words_of_a_fit_are_inside_and_apart(fit in any_fit(), size in size()) {
        let scene = fit.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }

    /// Against the definition, over all pairs: what is left out is beaten by one on the front, and
    /// nothing on the front is beaten.
    #[test]
    fn the_front_beats_the_rest(fit in any_fit()) {
        let front = fit.front();
        let usd = |option: &Choice| option.usd.clamp(0.0, 1e15);
        let good = |option: &Choice| {
            let x = option.x.clamp(-1e12, 1e12);
            if fit.x.better == Better::High { x } else { -x }
        };
        let beats = |one: &Choice, other: &Choice| {
            usd(one) <= usd(other)
                && good(one) >= good(other)
                && (usd(one) < usd(other) || good(one) > good(other))
        };
        for (index, option) in fit.options.iter().enumerate() {
            if !option.x.is_finite() || option.usd.is_nan() {
                prop_assert!(!front.contains(&index));
                continue;
            }
            let is_beaten = front.iter().any(|&other| beats(&fit.options[other], option));
            prop_assert_eq!(front.contains(&index), !is_beaten);
        }
        prop_assert!(front.windows(2).all(|pair| usd(&fit.options[pair[0]]) <= usd(&fit.options[pair[1]])));
    }
}
