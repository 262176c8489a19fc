//! The map: each cell is what its scenario comes to, whatever the order in which it is found.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own data is wrong"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use berth_model::inputs::{self, INPUTS, InputId, Kind};
use berth_model::map::{Cell, MOST_POSITIONS, Map, MapError, Progress, Side, default_axes};
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::scenario::Scenario;
use berth_model::{evaluate_service, presets, share};
use proptest::prelude::*;
use proptest::sample::select;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn scenario(link: &str) -> Scenario {
    share::decode(link).scenario.unwrap()
}

fn api() -> Scenario {
    scenario("v=1&name=api&vcpu=0.5&mem=1&tasks=12")
}

fn done(scenario: &Scenario, x: InputId, y: InputId) -> Map {
    let mut map = Map::new(scenario, 0, x, y).unwrap();
    while map.step(&BOOK, 1_000) == Progress::More {}
    map
}

/// What a cell's scenario comes to when it is set up by hand and evaluated whole.
fn by_hand(scenario: &Scenario, map: &Map, column: usize, row: usize) -> Cell {
    let (x, y) = (map.x(), map.y());
    let set = inputs::set(scenario, 0, x.input(), &x.values()[column]).unwrap();
    let set = inputs::set(&set, 0, y.input(), &y.values()[row]).unwrap();
    // What the position shows is what is evaluated.
    assert_eq!(inputs::get(&set, 0, x.input()).unwrap(), x.values()[column]);
    assert_eq!(inputs::get(&set, 0, y.input()).unwrap(), y.values()[row]);
    let answer = evaluate_service(&set, set.services.nearest(0), &BOOK);
    let race = berth_model::sweep::Race::of(&answer);
    let best = race.best();
    assert_eq!(best.map(|best| best.option), answer.verdict.best());
    let over = best.and_then(|best| race.cheapest(|one| one.place != best.option.place));
    Cell { best, over }
}

fn assert_same(shown: Cell, expected: Cell) {
    let parts = |cell: Cell| {
        let of = |standing: Option<berth_model::sweep::Standing>| {
            standing.map(|one| (one.option, one.total.rounded_to_cents()))
        };
        (of(cell.best), of(cell.over))
    };
    assert_eq!(parts(shown), parts(expected));
}

#[test]
fn every_cell_is_what_its_scenario_comes_to() {
    for (link, x, y) in [
        (
            "v=1&name=api&vcpu=0.5&mem=1&tasks=12",
            InputId::Tasks,
            InputId::Memory,
        ),
        (
            "v=1&name=api&vcpu=0.5&mem=1&tasks=12&spot=0.1.1",
            InputId::SpotShare,
            InputId::Vcpu,
        ),
        (
            "v=1&term=1y&name=a&vcpu=2&mem=4&load=jobs&tasks=10&minutes=12",
            InputId::RunsPerDay,
            InputId::Minutes,
        ),
        (
            "v=1&egress=nat&name=a&vcpu=1&mem=2&tasks=3&load=schedule&idle=1",
            InputId::MinZones,
            InputId::HoursPerDay,
        ),
    ] {
        let scenario = scenario(link);
        let map = done(&scenario, x, y);
        let (columns, rows) = (map.x().values().len(), map.y().values().len());
        assert_eq!(map.progress(), (columns * rows, columns * rows));
        for row in (0..rows).step_by(5).chain([map.y().present()]) {
            for column in (0..columns).step_by(3).chain([map.x().present()]) {
                let shown = map.cell(column, row).unwrap();
                assert!(shown.evaluated);
                assert_same(shown.cell, by_hand(&scenario, &map, column, row));
            }
        }
    }
}

#[test]
fn what_waits_shows_the_coarser_cell_and_says_so() {
    let scenario = api();
    let mut map = Map::new(&scenario, 0, InputId::Tasks, InputId::Memory).unwrap();
    assert_eq!(map.cell(0, 0), None);
    assert_eq!(map.step(&BOOK, 1), Progress::More);
    // The present one comes first.
    assert!(map.present().unwrap().best.is_some());
    let (columns, rows) = (map.x().values().len(), map.y().values().len());
    let coarse = columns.div_ceil(8) * rows.div_ceil(8);
    map.step(&BOOK, coarse);
    for row in 0..rows {
        for column in 0..columns {
            let shown = map.cell(column, row).unwrap();
            let coarser = map.cell(column - column % 8, row - row % 8).unwrap();
            assert!(coarser.evaluated);
            if !shown.evaluated {
                assert_eq!(shown.cell, coarser.cell);
            }
        }
    }
    assert_eq!(map.cell(columns, 0), None);
    assert_eq!(map.cell(0, rows), None);
}

#[test]
fn borders_are_found_before_the_rest_is_filled() {
    let mut map = Map::new(&api(), 0, InputId::Vcpu, InputId::Tasks).unwrap();
    let all = done(&api(), InputId::Vcpu, InputId::Tasks);
    let borders = |map: &Map| -> BTreeSet<(usize, usize, bool)> {
        let sides = map.borders().into_iter();
        sides
            .map(|border| (border.column, border.row, border.side == Side::NextRow))
            .collect()
    };
    let whole = borders(&all);
    assert!(!whole.is_empty(), "the example has a border");
    // A side is found once both its cells are evaluated: of a quarter of the cells, taken anywhere,
    // that would be a sixteenth of the sides.
    let (_, cells) = map.progress();
    assert_eq!(map.step(&BOOK, cells / 4), Progress::More);
    let found = borders(&map).len();
    assert!(
        found * 5 > whole.len() * 2,
        "{found} of {} borders",
        whole.len()
    );
    // And every one of them is one: what is evaluated does not change.
    assert!(borders(&map).is_subset(&whole));
    for border in all.borders() {
        let (column, row) = match border.side {
            Side::NextColumn => (border.column + 1, border.row),
            Side::NextRow => (border.column, border.row + 1),
        };
        let cell = |column, row| all.cell(column, row).unwrap().cell;
        assert!(!cell(column, row).is_like(&cell(border.column, border.row)));
    }
}

#[test]
fn inputs_that_make_no_map_are_refused_with_a_reason() {
    let refused = |link: &str, x, y| Map::new(&scenario(link), 0, x, y).unwrap_err();
    let link = "v=1&name=api&vcpu=0.5&mem=1&tasks=12&spot=0.1.1";
    for (x, y, error, said) in [
        (
            InputId::Tasks,
            InputId::Tasks,
            MapError::Same(InputId::Tasks),
            "Both axes are “Tasks”. A map needs two different inputs.",
        ),
        (
            InputId::Arch,
            InputId::Tasks,
            MapError::NotANumber(InputId::Arch),
            "“Architecture” is not a number, so it cannot be an axis of a map.",
        ),
        (
            InputId::Tasks,
            InputId::HoursPerDay,
            MapError::DoesNotApply(InputId::HoursPerDay),
            "“Hours a day” does not apply to what is set otherwise, so it cannot be an axis of a map.",
        ),
        (
            InputId::SpotShare,
            InputId::SpotWeight,
            MapError::Entangled(InputId::SpotShare, InputId::SpotWeight),
            "“Spot share” and “Spot weight” change each other. A map needs two inputs that are set apart.",
        ),
    ] {
        let refusal = refused(link, x, y);
        assert_eq!(refusal, error);
        assert_eq!(refusal.to_string(), said);
    }
    let text = MapError::NoSpan(InputId::Tasks).to_string();
    assert_eq!(
        text,
        "“Tasks” takes one value alone here, so it cannot be an axis of a map."
    );
}

#[test]
fn jobs_and_services_open_with_their_own_axes() {
    let axes = |link: &str| default_axes(scenario(link).services.nearest(0));
    assert_eq!(
        axes("v=1&name=a&vcpu=1&mem=2&tasks=3"),
        (InputId::Tasks, InputId::Vcpu)
    );
    assert_eq!(
        axes("v=1&name=a&vcpu=1&mem=2&tasks=3&load=jobs"),
        (InputId::RunsPerDay, InputId::Minutes)
    );
    for preset in presets::PRESETS {
        let scenario = preset.scenario();
        let (x, y) = default_axes(scenario.services.nearest(0));
        assert!(Map::new(&scenario, 0, x, y).is_ok());
    }
}

fn numbers() -> Vec<InputId> {
    let is_number = |kind| matches!(kind, Kind::Number { .. });
    let inputs = INPUTS.iter().filter(|input| is_number(input.kind));
    inputs.map(|input| input.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_pair_of_numbers_makes_a_map_of_legal_cells_or_says_why_not(
        preset in select(presets::PRESETS),
        x in select(numbers()),
        y in select(numbers()),
        at in (0_usize..64, 0_usize..64),
    ) {
        let scenario = preset.scenario();
        let Ok(mut map) = Map::new(&scenario, 0, x, y) else {
            let error = Map::new(&scenario, 0, x, y).unwrap_err();
            prop_assert!(!error.to_string().is_empty());
            prop_assert!(x == y || !matches!(error, MapError::Same(_)));
            return Ok(());
        };
        for axis in [map.x(), map.y()] {
            let values = axis.values();
            prop_assert!((2..=MOST_POSITIONS).contains(&values.len()));
            let present = inputs::get(&scenario, 0, axis.input()).unwrap();
            prop_assert_eq!(&values[axis.present()], &present);
            let numbers: Vec<f64> = values.iter().map(|text| text.parse().unwrap()).collect();
            prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", values);
        }
        map.step(&BOOK, 40);
        let column = at.0 % map.x().values().len();
        let row = at.1 % map.y().values().len();
        // The cell is that of the nearest coarser position at the most.
        if let Some(shown) = map.cell(column, row)
            && shown.evaluated
        {
            assert_same(shown.cell, by_hand(&scenario, &map, column, row));
        }
        assert_same(
            map.present().unwrap(),
            by_hand(&scenario, &map, map.x().present(), map.y().present()),
        );
    }
}
