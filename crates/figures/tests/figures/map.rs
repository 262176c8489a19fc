//! The map: handmade states, their pictures, and what holds for any.

use berth_figures::{
    Figure, Ink, Key, Map, Mark, Move, Point, Scene, Size, WidthTable,
    map::{Axis, Cell, Class, Names, Present},
};
use proptest::{collection::vec, option, prelude::*};

use crate::layout::{accent, check_hits, check_texts, size, words};
use crate::pictures::picture;
use crate::states::OPTIONS;

fn axis(name: &str, labels: impl Iterator<Item = String>) -> Axis {
    Axis {
        name: name.into(),
        labels: labels.collect(),
    }
}

fn names() -> Names {
    Names {
        steps: ["ahead by under 5 %", "5 to 20 %", "over 20 %"].map(String::from),
        guessed: "not worked out yet".into(),
        nobody: "no option can run it".into(),
        unknown: "unknown so far".into(),
    }
}

fn classes() -> Vec<Class> {
    OPTIONS
        .iter()
        .map(|&(label, short_label, accent)| Class {
            label: label.into(),
            short_label: short_label.into(),
            accent,
        })
        .collect()
}

/// The cheapest of the costs, and how far it is ahead.
fn won(usd: &[f64]) -> Cell {
    let (class, low) = usd
        .iter()
        .copied()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .unwrap();
    let others = usd.iter().enumerate().filter(|&(index, _)| index != class);
    let next = others.map(|(_, &usd)| usd).fold(f64::INFINITY, f64::min);
    Cell::Won {
        class,
        margin: (next - low) / low.max(1e-9),
    }
}

fn grid(columns: u32, rows: u32, cell: impl Fn(f64, f64) -> Cell) -> Map {
    let cells = (0..rows).flat_map(|row| {
        let up = rows - 1 - row;
        (0..columns).map(move |column| (f64::from(column), f64::from(up)))
    });
    Map {
        x: axis("tasks", (1..=columns).map(|tasks| tasks.to_string())),
        y: axis(
            "hours a day",
            (1..=rows)
                .rev()
                .map(|row| format!("{:.1} h", f64::from(row) * 24.0 / f64::from(rows))),
        ),
        classes: classes(),
        cells: cells.map(|(x, y)| cell(x, y)).collect(),
        names: names(),
        present: None,
        empty: "Two inputs with a span each make a map.".into(),
    }
}

/// Tasks against hours a day: Fargate bills hours, instances bill steps, Managed Instances something
/// in between.
pub(crate) fn map() -> Map {
    let mut map = grid(64, 48, |x, y| {
        let (tasks, hours) = (x + 1.0, 0.5 * (y + 1.0));
        let fargate = tasks * hours * 1.6;
        let ec2 = (tasks / 7.0).ceil().max(2.0) * 58.0;
        let managed = (tasks / 9.0).ceil() * 6.4 * (hours + 2.5);
        won(&[fargate, f64::INFINITY, ec2, f64::INFINITY, managed])
    });
    map.present = Some(Present {
        column: 11.0,
        row: 23.0,
        label: "now".into(),
    });
    map
}

/// Six winners, one of them in a single place, and a part where nothing runs.
pub(crate) fn map_of_six() -> Map {
    let mut map = grid(64, 64, |x, y| {
        if x + y > 112.0 {
            return Cell::Nobody;
        }
        if (x, y) == (20.0, 20.0) {
            return Cell::Won {
                class: 5,
                margin: 0.3,
            };
        }
        let away = |from_x: f64, from_y: f64| (x - from_x).hypot(y - from_y) + 4.0;
        won(&[
            away(8.0, 8.0),
            away(8.0, 50.0) * 1.2,
            away(50.0, 8.0),
            away(40.0, 44.0),
            away(30.0, 28.0) * 1.7,
        ])
    });
    map.present = Some(Present {
        column: 60.0,
        row: 60.0,
        label: "64 tasks, 1.5 hours a day".into(),
    });
    map
}

/// Every eighth cell evaluated, the rest guessed, the upper part not begun.
fn map_in_the_making() -> Map {
    let mut map = map();
    for row in 0..48 {
        for column in 0..64 {
            let place = row * 64 + column;
            let near = map.cells[(row / 8 * 8) * 64 + column / 8 * 8];
            if row < 16 {
                map.cells[place] = Cell::Unknown;
            } else if let (true, Cell::Won { class, .. }) = (row % 8 > 0 || column % 8 > 0, near) {
                map.cells[place] = Cell::Guessed(class);
            }
        }
    }
    map
}

/// The worst case for paint: no two neighbours alike.
fn chequered() -> Map {
    grid(64, 64, |x, y| {
        let margin = ((x * 7.0 + y * 3.0) % 10.0) / 20.0;
        let class = if (x + y) % 2.0 < 0.5 { 0 } else { 2 };
        Cell::Won { class, margin }
    })
}

fn map_of_one_cell() -> Map {
    let mut map = grid(1, 1, |_, _| Cell::Won {
        class: 3,
        margin: 0.1,
    });
    map.present = Some(Present {
        label: "now".into(),
        ..Present::default()
    });
    map
}

fn map_with_long_words() -> Map {
    let mut map = map_of_six();
    for class in &mut map.classes {
        class
            .label
            .push_str(" on Graviton with a Compute Savings Plan of one year");
    }
    map.x.name = "the number of tasks of this service, at the busiest hour of the week".into();
    map.y.name = "the hours of a day in which all of the tasks run, on average over a week".into();
    for label in map.x.labels.iter_mut().chain(&mut map.y.labels) {
        label.insert_str(0, "approximately ");
    }
    if let Some(present) = &mut map.present {
        present.label = present.label.repeat(5);
    }
    map
}

fn natural(name: &str, map: &Map, width: f64, is_dark: bool) {
    let height = map.natural_height(width, &WidthTable);
    picture(name, map, (width, height), is_dark);
}

#[test]
fn map_in_both_themes_and_every_width() {
    for (width, word) in [
        (320.0, "320"),
        (390.0, "390"),
        (820.0, "820"),
        (1440.0, "1440"),
    ] {
        natural(&format!("map-{word}"), &map(), width, false);
        natural(&format!("map-six-{word}-dark"), &map_of_six(), width, true);
    }
    natural("map-dark-820", &map(), 820.0, true);
    natural("map-six-320", &map_of_six(), 320.0, false);
    natural("map-six-820", &map_of_six(), 820.0, false);
}

#[test]
fn map_in_the_making_says_so() {
    natural("map-begun", &map_in_the_making(), 820.0, false);
    natural("map-begun-dark", &map_in_the_making(), 390.0, true);
    let unknown = Map {
        cells: Vec::new(),
        ..map()
    };
    natural("map-unknown", &unknown, 390.0, false);
}

#[test]
fn map_where_nothing_differs() {
    let same = |cell| Map {
        present: map().present,
        ..grid(40, 40, move |_, _| cell)
    };
    let fargate = Cell::Won {
        class: 0,
        margin: 0.4,
    };
    natural("map-same", &same(fargate), 390.0, false);
    natural("map-nobody", &same(Cell::Nobody), 390.0, false);
}

#[test]
fn map_of_few_and_of_many_cells() {
    natural("map-single", &map_of_one_cell(), 390.0, false);
    let few = Map {
        x: axis("architecture", ["x86", "Arm"].map(String::from).into_iter()),
        y: axis("zones", ["3", "2", "1"].map(String::from).into_iter()),
        cells: vec![
            won(&[4.0, 9.0, 3.9]),
            won(&[4.0, 9.0, 3.0]),
            won(&[3.0, 9.0, 3.2]),
            won(&[3.0, 9.0, 2.0]),
            Cell::Nobody,
            won(&[1.0, 9.0, 2.0]),
        ],
        ..map_of_one_cell()
    };
    natural("map-few", &few, 820.0, false);
    natural("map-chequered", &chequered(), 820.0, false);
}

#[test]
fn map_of_nothing() {
    let empty = Map {
        empty: map().empty,
        ..Map::default()
    };
    picture("map-empty", &empty, (390.0, 72.0), false);
}

#[test]
fn map_with_long_words_at_both_ends() {
    natural("map-long-words", &map_with_long_words(), 820.0, false);
    natural("map-long-words-phone", &map_with_long_words(), 320.0, false);
}

#[test]
fn every_class_is_named_or_numbered_on_the_map() {
    for width in [320.0, 390.0, 820.0, 1440.0] {
        let map = map_of_six();
        let size = Size::new(width, map.natural_height(width, &WidthTable));
        let scene = map.layout(size, &WidthTable);
        let cells = scene.hits.get(Key::item(0, 0)).unwrap().area;
        for (index, class) in map.classes.iter().enumerate() {
            let number = (index + 1).to_string();
            let names = [&class.label, &class.short_label, &number];
            let on_map =
                |text: &&berth_figures::Text| text.area().y > cells.y && text.area().x > cells.x;
            assert!(
                scene
                    .texts()
                    .filter(on_map)
                    .any(|text| names.contains(&&text.words)),
                "{} at {width}",
                class.label
            );
        }
    }
}

/// The ink that is painted last at a position, of rectangles alone.
fn ink_at(scene: &Scene, at: Point) -> Option<Ink> {
    let mut rects = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Rect { area, ink } if area.contains(at) => Some(*ink),
        _ => None,
    });
    rects.next_back()
}

#[test]
fn every_cell_has_the_ink_of_its_winner_where_no_words_stand() {
    let mut map = map_of_six();
    map.present = None;
    let size = Size::new(820.0, map.natural_height(820.0, &WidthTable));
    let scene = map.layout(size, &WidthTable);
    let mut seen = 0;
    for datum in scene.hits.data() {
        let is_covered = scene
            .texts()
            .any(|text| text.area().grown(8.0).overlaps(datum.area));
        let cell = map.cells[datum.key.series * 64 + datum.key.item.unwrap()];
        let Cell::Won { class, .. } = cell else {
            continue;
        };
        if is_covered {
            continue;
        }
        let ink = ink_at(&scene, datum.anchor);
        assert!(
            matches!(ink, Some(Ink::Accent(accent, _)) if accent == map.classes[class].accent),
            "{:?}: {ink:?}",
            datum.key
        );
        seen += 1;
    }
    assert!(seen > 3_000, "{seen}");
}

#[test]
fn arrows_walk_the_cells() {
    let scene = map().layout(Size::new(820.0, 600.0), &WidthTable);
    let walk = [
        (Move::Next, Key::item(0, 1)),
        (Move::Down, Key::item(1, 1)),
        (Move::Last, Key::item(47, 63)),
        (Move::Up, Key::item(46, 63)),
    ];
    let mut key = Key::item(0, 0);
    for (towards, expected) in walk {
        key = scene.hits.step(Some(key), towards).unwrap().key;
        assert_eq!(key, expected);
    }
}

#[test]
fn the_usual_map_has_few_marks() {
    let marks = |map: &Map| map.layout(Size::new(820.0, 600.0), &WidthTable).marks.len();
    let (usual, six) = (marks(&map()), marks(&map_of_six()));
    assert!(usual <= 600 && six <= 600, "{usual} {six}");
    let worst = marks(&chequered());
    assert!(worst <= 64 * 64 + 2 * 63 + 100, "{worst}");
}

#[test]
fn a_map_arrives_whole_and_is_short() {
    let scene = map_of_six().layout(Size::new(820.0, 600.0), &WidthTable);
    let text = scene.to_wire();
    let read = Scene::from_wire(&text).unwrap();
    assert_eq!(read.hits.data().len(), 64 * 64);
    assert_eq!(read.to_wire(), text);
    assert!(text.len() < 40_000, "{}", text.len());
}

fn cell() -> impl Strategy<Value = Cell> {
    let margin = prop_oneof![
        4 => 0.0..1.0_f64,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, -1.0]),
    ];
    prop_oneof![
        1 => Just(Cell::Unknown),
        1 => Just(Cell::Nobody),
        1 => (0..5_usize).prop_map(Cell::Guessed),
        4 => (0..5_usize, margin).prop_map(|(class, margin)| Cell::Won { class, margin }),
    ]
}

fn any_map() -> impl Strategy<Value = Map> {
    let axis = || (words(), vec(words(), 0..12)).prop_map(|(name, labels)| Axis { name, labels });
    let class = (words(), words(), accent()).prop_map(|(label, short_label, accent)| Class {
        label,
        short_label,
        accent,
    });
    let names =
        (words(), words(), words(), words()).prop_map(|(step, guessed, nobody, unknown)| Names {
            steps: [step.clone(), step, String::new()],
            guessed,
            nobody,
            unknown,
        });
    let position = || prop_oneof![4 => -1.0..12.0_f64, 1 => Just(f64::NAN)];
    let present = (position(), position(), words()).prop_map(|(column, row, label)| Present {
        column,
        row,
        label,
    });
    (
        axis(),
        axis(),
        vec(class, 0..4),
        vec(cell(), 0..144),
        names,
        option::of(present),
        words(),
    )
        .prop_map(|(x, y, classes, cells, names, present, empty)| Map {
            x,
            y,
            classes,
            cells,
            names,
            present,
            empty,
        })
}

proptest! {
    #[test]
    fn words_of_a_map_are_inside_and_apart(map in any_map(), size in size()) {
        let scene = map.layout(size, &WidthTable);
        check_texts(&scene)?;
        check_hits(&scene)?;
    }
}
