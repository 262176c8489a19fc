//! The pictures, as SVG. After a deliberate change: `cargo insta review`, or run the tests with
//! `INSTA_UPDATE=always` and look at the SVG files that changed.

use berth_figures::{Curve, Figure, Fleet, Size, Spend, Theme, WidthTable, to_svg};

use crate::states;

/// Fixed fonts, so that the pictures look the same wherever they are viewed.
pub(crate) fn theme(is_dark: bool) -> Theme {
    Theme {
        family: "Helvetica, Arial, sans-serif".into(),
        ..if is_dark { Theme::DARK } else { Theme::LIGHT }
    }
}

pub(crate) fn picture(name: &str, figure: &dyn Figure, (width, height): (f64, f64), is_dark: bool) {
    let scene = figure.layout(Size::new(width, height), &WidthTable);
    let svg = to_svg(&scene, &theme(is_dark), name).unwrap();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_binary_snapshot!(&format!("{name}.svg"), svg.into_bytes());
    });
}

/// At the height that the rows like.
fn natural(name: &str, spend: &Spend, width: f64) {
    let height = spend.natural_height(width, &WidthTable);
    picture(name, spend, (width, height.max(120.0)), false);
}

const USUAL: (f64, f64) = (720.0, 380.0);
const PHONE: (f64, f64) = (288.0, 320.0);

#[test]
fn spend_in_both_themes_and_every_width() {
    let spend = states::spend();
    natural("spend-wide", &spend, 720.0);
    natural("spend-phone", &spend, 288.0);
    natural("spend-tablet", &spend, 480.0);
    natural("spend-very-wide", &spend, 2000.0);
    let height = spend.natural_height(720.0, &WidthTable);
    picture("spend-dark", &spend, (720.0, height), true);
    let height = spend.natural_height(288.0, &WidthTable);
    picture("spend-dark-phone", &spend, (288.0, height), true);
}

#[test]
fn spend_with_ranges() {
    natural("spend-ranges", &states::spend_with_ranges(), 720.0);
    natural("spend-ranges-phone", &states::spend_with_ranges(), 288.0);
}

#[test]
fn spend_huge_tiny_and_equal() {
    natural("spend-huge", &states::scaled_spend(1e7), 720.0);
    natural("spend-tiny", &states::scaled_spend(1e-6), 720.0);
    natural("spend-equal", &states::spend_of_equals(), 720.0);
}

#[test]
fn spend_that_costs_nothing() {
    let mut spend = states::scaled_spend(0.0);
    for row in &mut spend.rows {
        row.total = "$0.00".into();
    }
    natural("spend-zero", &spend, 720.0);
}

#[test]
fn spend_of_one_option() {
    let mut spend = states::spend();
    spend.rows.truncate(1);
    spend.apart.clear();
    natural("spend-single", &spend, 720.0);
}

#[test]
fn spend_of_nothing() {
    let empty = Spend {
        empty: states::spend().empty,
        ..Spend::default()
    };
    natural("spend-empty", &empty, 720.0);
    natural("spend-empty-phone", &empty, 288.0);
}

#[test]
fn spend_where_all_are_ruled_out() {
    let mut spend = states::spend();
    spend.rows.clear();
    natural("spend-none-left", &spend, 720.0);
}

#[test]
fn spend_of_thirty_options() {
    let spend = states::spend_of_rows(30);
    natural("spend-thirty", &spend, 720.0);
    picture("spend-thirty-cramped", &spend, USUAL, false);
}

#[test]
fn spend_with_long_words() {
    natural("spend-long-words", &states::spend_with_long_words(), 720.0);
    natural(
        "spend-long-words-phone",
        &states::spend_with_long_words(),
        288.0,
    );
}

#[test]
fn curve_in_both_themes_and_every_width() {
    let curve = states::curve();
    picture("curve-wide", &curve, USUAL, false);
    picture("curve-dark", &curve, USUAL, true);
    picture("curve-phone", &curve, PHONE, false);
    picture("curve-dark-phone", &curve, PHONE, true);
    picture("curve-tablet", &curve, (480.0, 360.0), false);
    picture("curve-very-wide", &curve, (2000.0, 420.0), false);
    picture("curve-low", &curve, (720.0, 160.0), false);
}

#[test]
fn curve_of_two_options() {
    picture("curve-two", &states::curve_of_two(), USUAL, false);
}

#[test]
fn curve_huge_and_tiny() {
    picture("curve-huge", &states::scaled_curve(1e6), USUAL, false);
    picture("curve-tiny", &states::scaled_curve(1e-7), USUAL, false);
    picture(
        "curve-many-tasks",
        &states::curve_of_many_tasks(),
        USUAL,
        false,
    );
}

#[test]
fn curve_whose_lines_meet() {
    picture("curve-equal", &states::curve_of_equals(), USUAL, false);
    picture("curve-zero", &states::curve_of_zeros(), USUAL, false);
}

#[test]
fn curve_of_one_count() {
    picture("curve-single", &states::curve_of_one_count(), USUAL, false);
}

#[test]
fn curve_with_missing_prices() {
    picture("curve-gaps", &states::curve_with_gaps(), USUAL, false);
}

#[test]
fn curve_of_nothing() {
    let empty = Curve {
        empty: states::curve().empty,
        ..Curve::default()
    };
    picture("curve-empty", &empty, USUAL, false);
    picture("curve-empty-phone", &empty, PHONE, false);
}

#[test]
fn curve_of_thirty_options() {
    picture("curve-thirty", &states::curve_of_lines(30), USUAL, false);
}

#[test]
fn curve_with_long_words() {
    picture(
        "curve-long-words",
        &states::curve_with_long_words(),
        USUAL,
        false,
    );
    picture(
        "curve-long-words-phone",
        &states::curve_with_long_words(),
        PHONE,
        false,
    );
}

/// A fleet at the height at which every tile has its place.
fn whole(name: &str, fleet: &Fleet, width: f64, is_dark: bool) {
    let height = fleet.natural_height(width, &WidthTable);
    picture(name, fleet, (width, height), is_dark);
}

#[test]
fn fleet_in_both_themes_and_every_width() {
    let cluster = states::fleet_of_a_cluster();
    whole("fleet-wide", &states::fleet(), 720.0, false);
    whole("fleet-phone", &states::fleet(), 288.0, false);
    whole("fleet-cluster", &cluster, 720.0, false);
    whole("fleet-cluster-phone", &cluster, 288.0, false);
    whole("fleet-cluster-tablet", &cluster, 480.0, false);
    whole("fleet-cluster-very-wide", &cluster, 2000.0, false);
    whole("fleet-cluster-dark", &cluster, 720.0, true);
    whole("fleet-cluster-dark-phone", &cluster, 288.0, true);
}

#[test]
fn fleet_of_two_legs_with_empty_instances() {
    whole("fleet-two-legs", &states::fleet_of_two_legs(), 720.0, false);
    whole(
        "fleet-two-legs-dark",
        &states::fleet_of_two_legs(),
        720.0,
        true,
    );
}

#[test]
fn fleet_with_gpus() {
    whole("fleet-gpus", &states::fleet_with_gpus(), 720.0, false);
    whole("fleet-gpus-dark", &states::fleet_with_gpus(), 720.0, true);
}

#[test]
fn fleet_of_one_instance() {
    whole("fleet-single", &states::fleet_of_one(), 720.0, false);
}

#[test]
fn fleet_of_nothing() {
    let empty = Fleet {
        sections: Vec::new(),
        ..states::fleet()
    };
    picture("fleet-empty", &empty, (720.0, 120.0), false);
    picture("fleet-empty-phone", &empty, (288.0, 120.0), false);
}

#[test]
fn fleet_of_many_and_of_huge_counts() {
    whole("fleet-many", &states::fleet_of_tiles(40), 720.0, false);
    picture(
        "fleet-many-cramped",
        &states::fleet_of_tiles(40),
        USUAL,
        false,
    );
    whole("fleet-huge", &states::fleet_that_is_huge(), 720.0, false);
}

#[test]
fn fleet_with_long_words() {
    whole(
        "fleet-long-words",
        &states::fleet_with_long_words(),
        720.0,
        false,
    );
    whole(
        "fleet-long-words-phone",
        &states::fleet_with_long_words(),
        288.0,
        false,
    );
}
