//! The map in words, and its cells in a form that can be handed over.

use std::str::Lines;

use rust_decimal::Decimal;

use super::wire::Wire;
use super::{Sentence, class};
use crate::decision::CLOSE_PERCENT;
use crate::eligibility::Class;
use crate::inputs::InputId;
use crate::map::{Axis, Cell, Map};
use crate::option::OptionId;
use crate::words;

/// Margins, in percent of what the best of the other places costs, from which a cell is a step
/// more strongly its winner's. Below the first a lead is too close to call (rule 4).
const STRENGTHS: [i64; 4] = [CLOSE_PERCENT, 10, 20, 35];

/// How far from the middle of an axis, as one in so many parts of its length, cells must stand on
/// average for a sentence to say that they stand on one side.
const ASIDE: usize = 8;

/// An axis in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisWords {
    /// Its input.
    pub input: InputId,
    /// What people call it.
    pub label: String,
    /// Its unit, empty where it has none.
    pub unit: String,
    /// Its values, as the input takes them, the least first.
    pub values: Vec<String>,
    /// Which of them is the present one.
    pub present: usize,
}

impl AxisWords {
    fn of(axis: &Axis) -> Self {
        let input = axis.input().input();
        Self {
            input: input.id,
            label: input.label.to_owned(),
            unit: input.unit.to_owned(),
            values: axis.values().to_vec(),
            present: axis.present(),
        }
    }

    /// The present value with its unit: `12 tasks`, `1 task`, `0.5 vCPU`.
    fn here(&self) -> String {
        let value = self.values.get(self.present).map_or("", String::as_str);
        let one = self.unit.strip_suffix('s').filter(|_| value == "1");
        let unit = one.unwrap_or(&self.unit);
        if unit.is_empty() {
            format!("{value} ({})", self.label)
        } else {
            format!("{value} {unit}")
        }
    }
}

/// An option that wins somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapKey {
    /// Which.
    pub option: OptionId,
    /// What it is called.
    pub name: String,
    /// In how much of the map it wins.
    pub share: String,
}

/// A cell, ready to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapCell {
    /// Which of the keys wins there; `None` where nothing can run at a known price.
    pub key: Option<usize>,
    /// How clearly: 0 where it is too close to call, up to 4.
    pub strength: u8,
    /// Whether it is evaluated; otherwise it shows what a coarser cell came to.
    pub evaluated: bool,
}

/// The map in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapWords {
    /// What wins where, and where the present scenario stands.
    pub takeaway: Sentence,
    /// The inputs of columns and of rows.
    pub axes: [AxisWords; 2],
    /// Options that win somewhere, the one that wins most first.
    pub keys: Vec<MapKey>,
    /// The cells, row by row, the row of the least first; `None` where nothing is known yet.
    pub rows: Vec<Vec<Option<MapCell>>>,
    /// Whether every cell is evaluated.
    pub done: bool,
}

impl MapWords {
    /// A map in words, as far as it is evaluated.
    pub fn of(map: &Map) -> Self {
        let axes = [AxisWords::of(map.x()), AxisWords::of(map.y())];
        let shown = Shown::of(map);
        let winners = shown.winners();
        let keys = winners.iter().map(|(option, count)| MapKey {
            option: *option,
            name: words::option(*option),
            share: shown.share(*count),
        });
        let cell = |cell: &Option<(Cell, bool)>| {
            let (cell, evaluated) = (*cell)?;
            let winner = cell.winner();
            Some(MapCell {
                key: winners
                    .iter()
                    .position(|(option, _)| Some(*option) == winner),
                strength: strength(&cell),
                evaluated,
            })
        };
        Self {
            takeaway: shown.takeaway(map, &axes),
            keys: keys.collect(),
            rows: shown
                .rows
                .iter()
                .map(|row| row.iter().map(cell).collect())
                .collect(),
            done: map.is_done(),
            axes,
        }
    }
}

fn strength(cell: &Cell) -> u8 {
    let Some(percent) = cell.margin_percent() else {
        // Nothing else can run there.
        return 4;
    };
    let passed = STRENGTHS
        .iter()
        .filter(|least| i64::from(percent) >= **least);
    u8::try_from(passed.count()).unwrap_or(4)
}

/// The cells of a map as they can be shown.
struct Shown {
    rows: Vec<Vec<Option<(Cell, bool)>>>,
}

impl Shown {
    fn of(map: &Map) -> Self {
        let cell = |column, row| {
            map.cell(column, row)
                .map(|shown| (shown.cell, shown.evaluated))
        };
        let columns = map.x().values().len();
        let rows = 0..map.y().values().len();
        Self {
            rows: rows
                .map(|row| (0..columns).map(|column| cell(column, row)).collect())
                .collect(),
        }
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize, Cell)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(row, cells)| {
            let cells = cells.iter().enumerate();
            cells.filter_map(move |(column, cell)| Some((column, row, (*cell)?.0)))
        })
    }

    /// The options that win somewhere with how often, the most frequent first.
    fn winners(&self) -> Vec<(OptionId, usize)> {
        let mut winners: Vec<(OptionId, usize)> = Vec::new();
        for option in self.cells().filter_map(|(_, _, cell)| cell.winner()) {
            match winners.iter_mut().find(|(known, _)| *known == option) {
                Some((_, count)) => *count += 1,
                None => winners.push((option, 1)),
            }
        }
        let sorted = crate::order::by_key(&winners, |(_, count)| std::cmp::Reverse(*count));
        sorted.into_iter().copied().collect()
    }

    fn share(&self, count: usize) -> String {
        let all = self.cells().count().max(1);
        let share = Decimal::from(count).checked_div(Decimal::from(all));
        words::percent(share.unwrap_or_default())
    }

    /// Classes of options that win somewhere: how often, and the sums of their columns and rows.
    fn classes(&self) -> Vec<(Class, usize, [usize; 2])> {
        let of_class = |&wanted: &Class| {
            let cells = self.cells();
            let cells = cells.filter(|(_, _, cell)| {
                cell.winner().is_some_and(|winner| winner.class() == wanted)
            });
            let (count, sums) = cells.fold((0, [0, 0]), |(count, [x, y]), (column, row, _)| {
                (count + 1, [x + column, y + row])
            });
            (wanted, count, sums)
        };
        let classes: Vec<_> = Class::ALL.iter().map(of_class).collect();
        let winning: Vec<_> = classes
            .into_iter()
            .filter(|(_, count, _)| *count > 0)
            .collect();
        let sorted = crate::order::by_key(&winning, |(_, count, _)| std::cmp::Reverse(*count));
        sorted.into_iter().copied().collect()
    }

    fn takeaway(&self, map: &Map, axes: &[AxisWords; 2]) -> Sentence {
        let classes = self.classes();
        let mut sentence = Sentence::default();
        sentence = match classes.as_slice() {
            [] => sentence.text("Nothing in this map can run at a known price."),
            [(only, count, _)] if *count == self.cells().count() => sentence.text(format!(
                "{} costs least everywhere in this map.",
                class(*only)
            )),
            all => {
                for (index, (one, count, sums)) in all.iter().enumerate() {
                    let name = class(*one);
                    let share = self.share(*count);
                    sentence = sentence.text(if index == 0 {
                        format!("{name} costs least in {share} of this map")
                    } else {
                        format!("; {name} in {share}")
                    });
                    sentence = aside(sentence, axes, *count, *sums);
                }
                sentence.text(".")
            }
        };
        let Some(cell) = map.present() else {
            return sentence;
        };
        let [x, y] = axes;
        sentence = sentence
            .text(" Your scenario, ")
            .input(x.input, x.here())
            .text(" and ")
            .input(y.input, y.here());
        match (cell.best, cell.over, cell.margin()) {
            (None, _, _) => sentence.text(", is one that nothing can run at a known price."),
            (Some(best), Some(over), Some(margin)) => sentence
                .text(", is one where ")
                .option(best.option)
                .text(" costs ")
                .money(best.total)
                .text(" a month, ")
                .money(margin)
                .text(" less than ")
                .option(over.option)
                .text("."),
            (Some(best), _, _) => sentence
                .text(", is one where ")
                .option(best.option)
                .text(" costs ")
                .money(best.total)
                .text(" a month, and no other place can run it."),
        }
    }
}

/// On which side of the axes so many cells stand, where they do: their columns and rows add up to
/// `sums`.
fn aside(sentence: Sentence, axes: &[AxisWords; 2], count: usize, sums: [usize; 2]) -> Sentence {
    let mut said = sentence;
    let mut before = "";
    for (axis, sum) in axes.iter().zip(sums) {
        let length = axis.values.len();
        // Twice the mean, against twice the middle, in cells.
        let (mean, middle) = (2 * sum, (length - 1) * count);
        let far = 2 * length * count / ASIDE;
        let side = if mean + far < middle {
            "low"
        } else if mean > middle + far {
            "high"
        } else {
            continue;
        };
        let start = if before.is_empty() {
            format!(", mostly at {side} values of ")
        } else if before == side {
            " and ".to_owned()
        } else {
            format!(" and {side} values of ")
        };
        said = said.text(start).input(axis.input, axis.label.as_str());
        before = side;
    }
    said
}

impl Wire for AxisWords {
    fn write(&self, out: &mut String) {
        self.input.id().to_owned().write(out);
        self.label.write(out);
        self.unit.write(out);
        self.values.write(out);
        self.present.to_string().write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            input: InputId::from_id(lines.next()?)?,
            label: String::read(lines)?,
            unit: String::read(lines)?,
            values: Vec::read(lines)?,
            present: lines.next()?.parse().ok()?,
        })
    }
}

impl Wire for MapKey {
    fn write(&self, out: &mut String) {
        self.option.to_string().write(out);
        self.name.write(out);
        self.share.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            option: OptionId::from_id(lines.next()?)?,
            name: String::read(lines)?,
            share: String::read(lines)?,
        })
    }
}

/// A row of cells, as one line: of each the key (`-` for none), a point, the strength, and `~`
/// where it is not evaluated; `?` where nothing is known.
fn row_line(cells: &[Option<MapCell>]) -> String {
    let cell = |cell: &Option<MapCell>| match cell {
        None => "?".to_owned(),
        Some(MapCell {
            key,
            strength,
            evaluated,
        }) => {
            let key = key.map_or_else(|| "-".to_owned(), |key| key.to_string());
            let mark = if *evaluated { "" } else { "~" };
            format!("{key}.{strength}{mark}")
        }
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    cells.join(" ")
}

fn read_row(line: &str) -> Option<Vec<Option<MapCell>>> {
    let cell = |text: &str| {
        if text == "?" {
            return Some(None);
        }
        let (key, rest) = text.split_once('.')?;
        let strength = rest.strip_suffix('~');
        Some(Some(MapCell {
            key: if key == "-" {
                None
            } else {
                Some(key.parse().ok()?)
            },
            strength: strength.unwrap_or(rest).parse().ok()?,
            evaluated: strength.is_none(),
        }))
    };
    line.split(' ').map(cell).collect()
}

impl Wire for MapWords {
    fn write(&self, out: &mut String) {
        self.takeaway.write(out);
        for axis in &self.axes {
            axis.write(out);
        }
        self.keys.write(out);
        let rows: Vec<String> = self.rows.iter().map(|row| row_line(row)).collect();
        rows.write(out);
        if self.done { "done" } else { "more" }
            .to_owned()
            .write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let takeaway = Sentence::read(lines)?;
        let axes = [AxisWords::read(lines)?, AxisWords::read(lines)?];
        let keys = Vec::read(lines)?;
        let rows: Vec<String> = Vec::read(lines)?;
        let rows: Option<Vec<_>> = rows.iter().map(|row| read_row(row)).collect();
        Some(Self {
            takeaway,
            axes,
            keys,
            rows: rows?,
            done: match lines.next()? {
                "done" => true,
                "more" => false,
                _ => return None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Progress;
    use crate::prices::PriceBook;
    use crate::prices::embedded::US_EAST_1;
    use crate::share;

    fn words(link: &str, axes: (InputId, InputId), budget: usize) -> MapWords {
        let scenario = share::decode(link).scenario.unwrap();
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let mut map = Map::new(&scenario, 0, axes.0, axes.1).unwrap();
        let _: Progress = map.step(&book, budget);
        MapWords::of(&map)
    }

    const API: &str = "v=1&name=api&vcpu=0.5&mem=1&tasks=12";

    #[test]
    fn what_wins_where_is_said_and_where_the_scenario_stands() {
        let said = words(API, (InputId::Tasks, InputId::Vcpu), 10_000);
        let text = said.takeaway.plain();
        assert!(text.starts_with("EC2 costs least in "), "{text}");
        assert!(text.contains("; Fargate in "), "{text}");
        assert!(
            text.contains(", mostly at low values of Tasks and vCPU"),
            "{text}"
        );
        assert!(
            text.ends_with(
                " Your scenario, 12 tasks and 0.5 vCPU, is one where Fargate on Arm costs $173.01 a month, $10.02 less than EC2 on Arm."
            ),
            "{text}"
        );
        assert!(said.done);
        assert_eq!(said.rows.len(), said.axes[1].values.len());
        assert!(
            said.rows
                .iter()
                .all(|row| row.len() == said.axes[0].values.len())
        );
        // Every cell has a key, and a key wins somewhere.
        let cells = || said.rows.iter().flatten().copied().flatten();
        assert!(cells().all(|cell| cell.key.is_some_and(|key| key < said.keys.len())));
        assert!((0..said.keys.len()).all(|key| cells().any(|cell| cell.key == Some(key))));
    }

    #[test]
    fn one_winner_and_none_are_said_as_such() {
        let only = "v=1&name=a&vcpu=0.5&mem=1&tasks=1&places=fargate";
        let text = words(only, (InputId::Tasks, InputId::Vcpu), 10_000)
            .takeaway
            .plain();
        assert!(
            text.starts_with("Fargate costs least everywhere in this map."),
            "{text}"
        );
        assert!(text.contains("1 task and 0.5 vCPU"), "{text}");
        assert!(text.ends_with("and no other place can run it."), "{text}");
        let none = "v=1&name=a&vcpu=0.5&mem=1&tasks=1&places=fargate&gpu=1";
        let text = words(none, (InputId::Tasks, InputId::Vcpu), 10_000)
            .takeaway
            .plain();
        assert!(
            text.starts_with("Nothing in this map can run at a known price."),
            "{text}"
        );
    }

    #[test]
    fn a_map_is_handed_over_whole_at_any_stage() {
        for budget in [0, 1, 60, 700, 10_000] {
            let said = words(API, (InputId::Tasks, InputId::Memory), budget);
            let text = said.to_wire();
            assert_eq!(MapWords::from_wire(&text).as_ref(), Some(&said), "{budget}");
            let shorter = text.trim_end().rsplit_once('\n').map(|(text, _)| text);
            assert_eq!(MapWords::from_wire(shorter.unwrap()), None);
        }
    }
}
