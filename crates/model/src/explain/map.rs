//! The map in words: what wins where, and where the present scenario stands.

use rust_decimal::Decimal;

use super::{Sentence, class};
use crate::eligibility::Class;
use crate::inputs::Input;
use crate::map::{Axis, Cell, Map};
use crate::words;

/// How far from the middle of an axis, as one in so many parts of its length, cells must stand on
/// average for a sentence to say that they stand on one side.
const ASIDE: usize = 8;

/// What wins where in a map, as far as it is evaluated, and where the present scenario stands.
pub fn map(map: &Map) -> Sentence {
    Shown::of(map).takeaway(map)
}

/// What an axis is of.
fn input(axis: &Axis) -> &'static Input {
    axis.input().input()
}

/// The present value of an axis with its unit: `12 tasks`, `1 task`, `0.5 vCPU`.
fn here(axis: &Axis) -> String {
    let Input { label, unit, .. } = *input(axis);
    let value = axis.values().get(axis.present()).map_or("", String::as_str);
    let one = unit.strip_suffix('s').filter(|_| value == "1");
    let unit = one.unwrap_or(unit);
    if unit.is_empty() {
        format!("{value} ({label})")
    } else {
        format!("{value} {unit}")
    }
}

/// The cells of a map as they can be shown, with their columns and rows.
struct Shown {
    cells: Vec<(usize, usize, Cell)>,
}

impl Shown {
    fn of(map: &Map) -> Self {
        let columns = map.x().values().len();
        let rows = 0..map.y().values().len();
        let places = rows.flat_map(|row| (0..columns).map(move |column| (column, row)));
        let cell = |(column, row)| Some((column, row, map.cell(column, row)?.cell));
        Self {
            cells: places.filter_map(cell).collect(),
        }
    }

    fn share(&self, count: usize) -> String {
        let all = self.cells.len().max(1);
        let share = Decimal::from(count).checked_div(Decimal::from(all));
        words::percent(share.unwrap_or_default())
    }

    /// Classes of options that win somewhere: how often, and the sums of their columns and rows.
    fn classes(&self) -> Vec<(Class, usize, [usize; 2])> {
        let of_class = |&wanted: &Class| {
            let cells = self.cells.iter().filter(|(_, _, cell)| {
                cell.winner().is_some_and(|winner| winner.class() == wanted)
            });
            let (count, sums) = cells.fold((0, [0, 0]), |(count, [x, y]), &(column, row, _)| {
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

    fn takeaway(&self, map: &Map) -> Sentence {
        let axes = [map.x(), map.y()];
        let classes = self.classes();
        let mut sentence = Sentence::default();
        sentence = match classes.as_slice() {
            [] => sentence.text("Nothing in this map can run at a known price."),
            [(only, count, _)] if *count == self.cells.len() => sentence.text(format!(
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
            .input(x.input(), here(x))
            .text(" and ")
            .input(y.input(), here(y));
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
fn aside(sentence: Sentence, axes: [&Axis; 2], count: usize, sums: [usize; 2]) -> Sentence {
    let mut said = sentence;
    let mut before = "";
    for (axis, sum) in axes.into_iter().zip(sums) {
        let length = axis.values().len();
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
        said = said.text(start).input(axis.input(), input(axis).label);
        before = side;
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::InputId;
    use crate::map::Progress;
    use crate::prices::PriceBook;
    use crate::prices::embedded::US_EAST_1;
    use crate::share;

    /// What is said of a map of task counts and vCPU, with every cell evaluated.
    fn words(link: &str) -> String {
        let scenario = share::decode(link).scenario.unwrap();
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let mut map = Map::new(&scenario, 0, InputId::Tasks, InputId::Vcpu).unwrap();
        assert_eq!(map.step(&book, 10_000), Progress::Done);
        self::map(&map).plain()
    }

    #[test]
    fn what_wins_where_is_said_and_where_the_scenario_stands() {
        let text = words("v=1&name=api&vcpu=0.5&mem=1&tasks=12");
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
    }

    #[test]
    fn one_winner_and_none_are_said_as_such() {
        let only = "v=1&name=a&vcpu=0.5&mem=1&tasks=1&places=fargate";
        let text = words(only);
        assert!(
            text.starts_with("Fargate costs least everywhere in this map."),
            "{text}"
        );
        assert!(text.contains("1 task and 0.5 vCPU"), "{text}");
        assert!(text.ends_with("and no other place can run it."), "{text}");
        let none = "v=1&name=a&vcpu=0.5&mem=1&tasks=1&places=fargate&gpu=1";
        let text = words(none);
        assert!(
            text.starts_with("Nothing in this map can run at a known price."),
            "{text}"
        );
    }
}
