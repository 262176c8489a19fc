//! The odds: handmade states, their pictures, and what holds for any.

use berth_figures::{
    Accent, Figure, Ink, Key, Mark, Odds, Scene, Shade, Size, WidthTable,
    odds::{Cost, Names, Row},
};
use proptest::{collection::vec, option, prelude::*};

use crate::layout::{accent, check_hits, check_texts, size, usd, words};
use crate::pictures::picture;
use crate::states::OPTIONS;

fn row(index: usize, wins: u32, cost: (f64, f64, f64), present: f64) -> Row {
    let (label, _, accent) = OPTIONS[index];
    let thousands = wins / 1_000;
    let wins_words = if thousands > 0 {
        format!("{thousands},{:03} of 2,000", wins % 1_000)
    } else {
        format!("{wins} of 2,000")
    };
    Row {
        label: label.into(),
        accent,
        share: f64::from(wins) / 2_000.0,
        cases: wins_words,
        cost: Some(Cost {
            low: cost.0,
            middle: cost.1,
            high: cost.2,
            present: Some(present),
        }),
        ..Row::default()
    }
}

/// Six options, one of them without a price.
pub(crate) fn odds() -> Odds {
    let mut rows = vec![
        row(3, 1_742, (98.0, 121.0, 160.0), 117.0),
        row(1, 203, (112.0, 151.0, 204.0), 149.0),
        row(2, 54, (190.0, 212.0, 240.0), 212.0),
        row(4, 1, (201.0, 226.0, 262.0), 231.0),
        row(0, 0, (260.0, 355.0, 470.0), 360.0),
    ];
    rows[0].is_winner = true;
    rows.push(Row {
        label: "Managed Instances Spot".into(),
        accent: Accent::ManagedSpot,
        cases: "no price".into(),
        reason: "no Spot price in this region".into(),
        ..Row::default()
    });
    Odds {
        share_name: "wins in so many cases".into(),
        cost_name: "$ a month".into(),
        names: Names {
            band: "90 of 100 cases".into(),
            middle: "the middle case".into(),
            present: "as it is set".into(),
        },
        rows,
        empty: "No input has a range yet.".into(),
    }
}

fn scaled(factor: f64) -> Odds {
    let mut odds = odds();
    for cost in odds.rows.iter_mut().filter_map(|row| row.cost.as_mut()) {
        cost.low *= factor;
        cost.middle *= factor;
        cost.high *= factor;
        cost.present = cost.present.map(|usd| usd * factor);
    }
    odds
}

/// Ranges of no width: every case is the same.
fn certain() -> Odds {
    let mut odds = odds();
    for (index, row) in odds.rows.iter_mut().enumerate() {
        row.share = if index == 0 { 1.0 } else { 0.0 };
        row.cases = if index == 0 {
            "2,000 of 2,000"
        } else {
            "0 of 2,000"
        }
        .into();
        if let Some(cost) = &mut row.cost {
            let usd = cost.present.unwrap();
            *cost = Cost {
                low: usd,
                middle: usd,
                high: usd,
                present: Some(usd),
            };
        }
    }
    odds
}

fn near() -> Odds {
    let mut odds = odds();
    odds.rows.truncate(2);
    for (row, usd) in odds.rows.iter_mut().zip([1_000.0, 1_012.0]) {
        row.cost = Some(Cost {
            low: usd - 9.0,
            middle: usd,
            high: usd + 12.0,
            present: None,
        });
    }
    odds
}

fn long_words() -> Odds {
    let mut odds = odds();
    for row in &mut odds.rows {
        row.label
            .push_str(" on Graviton with a Compute Savings Plan of one year");
        row.cases.push_str(" cases that were looked at");
        row.reason = row.reason.repeat(4);
    }
    odds.share_name = odds.share_name.repeat(6);
    odds.names.band = odds.names.band.repeat(3);
    odds
}

fn many() -> Odds {
    let mut odds = odds();
    let rows = odds.rows.clone();
    odds.rows = (0..30)
        .map(|index| rows[index % rows.len()].clone())
        .collect();
    odds
}

fn natural(name: &str, odds: &Odds, width: f64, is_dark: bool) {
    let height = odds.natural_height(width, &WidthTable);
    picture(name, odds, (width, height), is_dark);
}

#[test]
fn odds_in_both_themes_and_every_width() {
    for (width, word) in [
        (320.0, "320"),
        (390.0, "390"),
        (820.0, "820"),
        (1440.0, "1440"),
    ] {
        natural(&format!("odds-{word}"), &odds(), width, false);
    }
    natural("odds-390-dark", &odds(), 390.0, true);
    natural("odds-820-dark", &odds(), 820.0, true);
}

#[test]
fn odds_that_are_certain_or_near() {
    natural("odds-certain", &certain(), 820.0, false);
    natural("odds-certain-390", &certain(), 390.0, false);
    natural("odds-near", &near(), 820.0, false);
}

#[test]
fn odds_huge_tiny_and_free() {
    natural("odds-huge", &scaled(1e7), 820.0, false);
    natural("odds-tiny", &scaled(1e-6), 820.0, false);
    natural("odds-free", &scaled(0.0), 820.0, false);
}

#[test]
fn odds_of_few_many_and_none() {
    let one = Odds {
        rows: vec![odds().rows[0].clone()],
        ..odds()
    };
    natural("odds-single", &one, 820.0, false);
    let unpriced = Odds {
        rows: vec![odds().rows[5].clone()],
        ..odds()
    };
    natural("odds-unpriced", &unpriced, 820.0, false);
    let empty = Odds {
        rows: Vec::new(),
        ..odds()
    };
    natural("odds-empty", &empty, 390.0, false);
    picture("odds-many-cramped", &many(), (820.0, 320.0), false);
}

#[test]
fn odds_with_long_words() {
    natural("odds-long-words", &long_words(), 820.0, false);
    natural("odds-long-words-phone", &long_words(), 320.0, false);
}

/// The right ends of the bars of an accent that is not grey, and their left ends.
fn bars(scene: &Scene, shade: Shade) -> Vec<(f64, f64)> {
    let bars = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Rect {
            area,
            ink: Ink::Accent(accent, found),
        } if *found == shade && *accent != Accent::Neutral && area.height < 12.0 => {
            Some((area.x, area.right()))
        }
        _ => None,
    });
    bars.collect()
}

#[test]
fn bars_are_as_long_as_their_shares() {
    let odds = odds();
    for width in [320.0, 820.0, 1440.0] {
        let size = Size::new(width, odds.natural_height(width, &WidthTable));
        let scene = odds.layout(size, &WidthTable);
        let track = scene.hits.get(Key::item(0, 0)).unwrap().area;
        let lengths = bars(&scene, Shade::Full);
        // The third from last is one case of two thousand: a stub of two pixels.
        let expected = [
            0.871 * track.width,
            0.1015 * track.width,
            0.027 * track.width,
            2.0,
        ];
        assert_eq!(lengths.len(), expected.len());
        for ((from, to), expected) in lengths.into_iter().zip(expected) {
            let expected = expected.max(2.0);
            assert!(
                (to - from - expected).abs() < 1e-6,
                "{} {expected}",
                to - from
            );
        }
    }
}

#[test]
fn bands_share_one_scale() {
    let odds = odds();
    let scene = odds.layout(Size::new(820.0, 400.0), &WidthTable);
    let bands = bars(&scene, Shade::Soft);
    let costs: Vec<Cost> = odds.rows.iter().filter_map(|row| row.cost).collect();
    assert_eq!(bands.len(), costs.len());
    let per_usd = (bands[0].1 - bands[0].0) / (costs[0].high - costs[0].low);
    for (band, cost) in bands.iter().zip(&costs) {
        assert!((band.1 - band.0 - per_usd * (cost.high - cost.low)).abs() < 1e-6);
        let from_first = band.0 - bands[0].0 - per_usd * (cost.low - costs[0].low);
        assert!(from_first.abs() < 1e-6);
    }
}

#[test]
fn at_its_natural_height_nothing_is_left_out() {
    for (odds, width) in [(many(), 320.0), (many(), 820.0), (long_words(), 390.0)] {
        let size = Size::new(width, odds.natural_height(width, &WidthTable));
        let scene = odds.layout(size, &WidthTable);
        assert!(scene.hits.get(Key::series(odds.rows.len() - 1)).is_some());
        assert!(!scene.texts().any(|text| text.words.starts_with('+')));
    }
}

#[test]
fn what_is_left_out_is_said() {
    let scene = many().layout(Size::new(820.0, 320.0), &WidthTable);
    let shown = scene
        .hits
        .data()
        .iter()
        .filter(|datum| datum.key.item.is_none())
        .count();
    let words = format!("+ {} more", 30 - shown);
    assert!(scene.texts().any(|text| text.words == words), "{words}");
}

fn any_odds() -> impl Strategy<Value = Odds> {
    let share =
        prop_oneof![4 => 0.0..=1.0_f64, 1 => prop::sample::select(vec![f64::NAN, -1.0, 9.0])];
    let cost =
        (usd(), usd(), usd(), option::of(usd())).prop_map(|(low, middle, high, present)| Cost {
            low,
            middle,
            high,
            present,
        });
    let row = (
        words(),
        accent(),
        any::<bool>(),
        share,
        words(),
        option::of(cost),
        words(),
    )
        .prop_map(
            |(label, accent, is_winner, share, cases, cost, reason)| Row {
                label,
                accent,
                is_winner,
                share,
                cases,
                cost,
                reason,
            },
        );
    (
        words(),
        words(),
        (words(), words(), words()),
        vec(row, 0..12),
        words(),
    )
        .prop_map(
            |(share_name, cost_name, (band, middle, present), rows, empty)| Odds {
                share_name,
                cost_name,
                names: Names {
                    band,
                    middle,
                    present,
                },
                rows,
                empty,
            },
        )
}

proptest! {
    #[test]
    fn words_of_odds_are_inside_and_apart(odds in any_odds(), size in size()) {
        let scene = odds.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }
}
