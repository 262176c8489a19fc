//! Which option wins over two inputs: the study, and its figure.

use berth_figures::map as drawn;
use berth_figures::{Key, Measure, Scene, Size};
use berth_model::curve::Progress;
use berth_model::eligibility::Class;
use berth_model::explain::document::{Block, Column, Document, Picture, Row, Table};
use berth_model::explain::{self, Panel, Sentence};
use berth_model::inputs::{self, InputId};
use berth_model::map::{self, MapError, Shown, default_axes};
use berth_model::scenario::Scenario;
use berth_model::share::{self, View};
use berth_model::words;

use super::{Answer, Studied, Study, accent};
use crate::asked::{Books, Subject};
use crate::pictured::Pictured;

/// Cells in one step.
const STRIDE: usize = 2;

/// Cells before the first coarse answer; later ones follow whenever there are four times as many.
const COARSE: usize = 64;

pub(super) struct Map {
    study: Result<map::Map, MapError>,
    next: usize,
}

impl Map {
    pub(super) fn begin(subject: &Subject, axes: Option<(InputId, InputId)>) -> Self {
        let (x, y) = axes.unwrap_or_else(|| default_axes(subject.service()));
        Self {
            study: map::Map::new(&subject.scenario, subject.view.service, x, y),
            next: COARSE,
        }
    }
}

impl Study for Map {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        let study = match &mut self.study {
            Ok(study) => study,
            Err(error) => {
                let refused = Block::Lead(Sentence::plainly(&error.to_string()));
                return Studied::Done(Answer::words(&Document::new(vec![refused])));
            }
        };
        if study.step(books.own, STRIDE) == Progress::Done {
            return Studied::Done(answer(study, subject));
        }
        let (known, _) = study.progress();
        if known < self.next {
            return Studied::More;
        }
        self.next = known.saturating_mul(4);
        Studied::SoFar(answer(study, subject))
    }
}

fn answer(study: &map::Map, subject: &Subject) -> Answer {
    let found = Found::of(study, subject);
    let document = Document::new(vec![Block::Figure(Picture {
        id: Panel::Map.id().to_owned(),
        name: "Which option wins".to_owned(),
        takeaway: explain::map(study).plain(),
        table: found.table(),
        is_pressable: true,
    })]);
    Answer::pictured(&document, found)
}

/// What has been found: the figure, and what its parts say. Rows are counted from the top, as the figure does.
struct Found {
    inputs: [InputId; 2],
    values: [Vec<String>; 2],
    /// Row by row from the top.
    cells: Vec<Option<Shown>>,
    scenario: Scenario,
    view: View,
    figure: drawn::Map,
}

impl Found {
    fn of(study: &map::Map, subject: &Subject) -> Self {
        let columns = study.x().values().len();
        let rows = study.y().values().len();
        let cells: Vec<Option<Shown>> = (0..rows)
            .rev()
            .flat_map(|row| (0..columns).map(move |column| study.cell(column, row)))
            .collect();
        let wins = |class: Class| {
            let mut cells = cells.iter().flatten();
            cells.any(|shown| winner(shown) == Some(class))
        };
        let classes: Vec<Class> = Class::ALL
            .iter()
            .copied()
            .filter(|&one| wins(one))
            .collect();
        let mut up: Vec<String> = study.y().values().to_vec();
        up.reverse();
        Self {
            figure: figure(study, &cells, &classes, &up),
            inputs: [study.x().input(), study.y().input()],
            values: [study.x().values().to_vec(), up],
            cells,
            scenario: subject.scenario.clone(),
            view: subject.view,
        }
    }

    fn cell(&self, key: Key) -> Option<(usize, usize, Option<Shown>)> {
        let (row, column) = (key.series, key.item?);
        let [across, _] = &self.values;
        if column >= across.len() {
            return None;
        }
        let cell = self.cells.get(row * across.len() + column)?;
        Some((column, row, *cell))
    }

    /// A position's values of both inputs.
    fn at(&self, column: usize, row: usize) -> Option<[&str; 2]> {
        let [across, up] = &self.values;
        Some([across.get(column)?, up.get(row)?])
    }

    /// What wins along both axes from the present scenario would fill pages: the table has every eighth value.
    fn table(&self) -> Table {
        const EVERY: usize = 8;
        let [across, up] = &self.values;
        let [x, y] = self.inputs;
        let columns: Vec<usize> = (0..across.len()).step_by(EVERY).collect();
        let named = [y.input().label, " by ", x.input().label].concat();
        let mut headings = vec![Column::numbers(&named)];
        let titles = columns.iter().filter_map(|&column| across.get(column));
        headings.extend(titles.map(|title| Column::words(title)));
        let rows = up.iter().enumerate().step_by(EVERY).map(|(row, value)| {
            let cells = columns.iter().map(|&column| {
                let shown = self.cells.get(row * across.len() + column).copied();
                shown.flatten().map_or_else(String::new, |shown| {
                    winner(&shown).map_or_else(
                        || "none".to_owned(),
                        |class| explain::class(class).to_owned(),
                    )
                })
            });
            Row::plain([value.clone()].into_iter().chain(cells))
        });
        Table {
            name: "Which option wins, at every eighth value".to_owned(),
            columns: headings,
            rows: rows.collect(),
            ..Table::default()
        }
    }
}

fn winner(shown: &Shown) -> Option<Class> {
    shown
        .cell
        .winner()
        .map(berth_model::option::OptionId::class)
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        use berth_figures::Figure as _;
        let height = self.figure.natural_height(width, measure);
        self.figure.layout(Size::new(width, height), measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        let (column, row, shown) = self.cell(key)?;
        let place = self.at(column, row)?;
        let place: Vec<String> = place
            .iter()
            .zip(self.inputs)
            .map(|(value, input)| [input.input().label, " ", value].concat())
            .collect();
        let place = place.join(", ");
        let Some(shown) = shown else {
            return Some(format!("{place}: being worked out"));
        };
        let Some(best) = shown.cell.best else {
            return Some(format!("{place}: no option can run it at a known price"));
        };
        let guessed = if shown.evaluated {
            ""
        } else {
            " (being worked out, from its neighbour)"
        };
        let lead = shown.cell.margin().map_or_else(String::new, |margin| {
            format!(", {} ahead of another place", words::money(margin))
        });
        Some(format!(
            "{place}: {}, {} a month{lead}{guessed}",
            explain::option_in_a_sentence(best.option),
            words::money(best.total)
        ))
    }

    fn link(&self, key: Key) -> Option<String> {
        let (column, row, _) = self.cell(key)?;
        let [across, up] = self.at(column, row)?;
        let [x, y] = self.inputs;
        let service = self.view.service;
        let there = inputs::set(&self.scenario, service, x, across).ok()?;
        let there = inputs::set(&there, service, y, up).ok()?;
        Some(share::encode(&there, self.view))
    }
}

fn figure(
    study: &map::Map,
    cells: &[Option<Shown>],
    classes: &[Class],
    up: &[String],
) -> drawn::Map {
    let axis = |input: InputId, labels: &[String]| {
        let input = input.input();
        let name = if input.unit.is_empty() || input.unit.eq_ignore_ascii_case(input.label) {
            input.label.to_owned()
        } else {
            [input.label, ", ", input.unit].concat()
        };
        // Of halves of halves only those are named that people read at a glance.
        let label = |value: &String| {
            let digits = value.split_once('.').map_or(0, |(_, digits)| digits.len());
            if digits > 2 {
                String::new()
            } else {
                value.clone()
            }
        };
        drawn::Axis {
            name,
            labels: labels.iter().map(label).collect(),
        }
    };
    let cell = |shown: &Option<Shown>| {
        let Some(shown) = shown else {
            return drawn::Cell::Unknown;
        };
        let class = winner(shown).and_then(|class| classes.iter().position(|&one| one == class));
        match class {
            None => drawn::Cell::Nobody,
            Some(class) if !shown.evaluated => drawn::Cell::Guessed(class),
            Some(class) => drawn::Cell::Won {
                class,
                // A winner without a rival is as far ahead as one can be.
                margin: shown
                    .cell
                    .margin_percent()
                    .map_or(1.0, |percent| f64::from(percent) / 100.0),
            },
        }
    };
    let place = |place: usize| f64::from(u32::try_from(place).unwrap_or(0));
    let top = study.y().values().len().saturating_sub(1);
    drawn::Map {
        x: axis(study.x().input(), study.x().values()),
        y: axis(study.y().input(), up),
        classes: classes
            .iter()
            .map(|&class| drawn::Class {
                label: explain::class(class).to_owned(),
                short_label: String::new(),
                accent: accent(class),
            })
            .collect(),
        cells: cells.iter().map(cell).collect(),
        names: drawn::Names {
            steps: [
                "by less than 5 %".to_owned(),
                "by 5 to 20 %".to_owned(),
                "by more".to_owned(),
            ],
            guessed: "being worked out".to_owned(),
            nobody: "nothing can run it".to_owned(),
            unknown: "not known yet".to_owned(),
        },
        present: Some(drawn::Present {
            column: place(study.x().present()),
            row: place(top.saturating_sub(study.y().present())),
            label: "now".to_owned(),
        }),
        empty: "Nothing to draw.".to_owned(),
    }
}
