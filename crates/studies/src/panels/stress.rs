//! What commitments cost over 36 months if things do not go as planned.

use berth_figures::months as drawn;
use berth_figures::{Dash, Key, Measure, Scene, Size, frame_height};
use berth_model::curve::Progress;
use berth_model::explain::document::{Block, Cell, Column, Document, Picture, Row, Table};
use berth_model::explain::{self, Panel, StressRow, StressWords};
use berth_model::money::Usd;
use berth_model::stress::{self, EVENT_MONTH, Event};
use berth_model::words;

use super::{Answer, Studied, Study, accent};
use crate::asked::{Books, Subject};
use crate::pictured::Pictured;

/// The event whose course the figure draws: a load that falls is what commitments are feared for.
const DRAWN: Event = Event::LoadHalves;

/// Lines that a reader can tell apart.
const MOST_LINES: usize = 6;

pub(super) struct Stress(stress::Stress);

impl Stress {
    pub(super) fn begin(subject: &Subject) -> Self {
        let Subject {
            scenario,
            view,
            answer,
            ..
        } = subject;
        Self(stress::Stress::new(scenario, view.service, answer))
    }
}

impl Study for Stress {
    fn step(&mut self, _: &mut Subject, books: Books) -> Studied {
        if self.0.step(books.own, 1) == Progress::More {
            return Studied::More;
        }
        let said = explain::stress(&self.0);
        let Some(best) = said.places.first() else {
            let document = Document::new(vec![Block::Lead(said.sentence)]);
            return Studied::Done(Answer::words(&document));
        };
        let found = Found::of(&best.rows);
        let mut document = Document::new(vec![
            Block::Lead(said.sentence.clone()),
            Block::Figure(Picture {
                id: Panel::Stress.id().to_owned(),
                name: "Paid over 36 months".to_owned(),
                takeaway: takeaway(&best.name),
                table: found.table(),
                is_pressable: false,
            }),
        ]);
        for (index, place) in said.places.iter().enumerate() {
            let table = Table {
                // That of the best place is read first.
                is_folded: index > 0,
                ..table(&said, &place.name, &place.rows)
            };
            document = document.with(Block::Table(table));
        }
        let sentences = best.rows.iter().map(|row| row.sentence.clone().into());
        let heading = ["What becomes of each on ", &best.name].concat();
        let document = document.with_list(&heading, sentences.collect());
        Studied::Done(Answer::pictured(&document, found))
    }
}

fn takeaway(place: &str) -> String {
    format!("What has been paid on {place} if the load halves in month {EVENT_MONTH}.")
}

/// A place's plans: totals by event, payback, and what can go wrong.
fn table(said: &StressWords, place: &str, rows: &[StressRow]) -> Table {
    let mut columns = vec![Column::words("How it is bought")];
    columns.extend(said.events.iter().map(|event| Column::numbers(event)));
    columns.push(Column::numbers("Pays back by month"));
    columns.push(Column::numbers("At worst, over the best choice"));
    columns.push(Column::numbers("On the first day"));
    let row = |row: &StressRow| {
        let named = format!("{}, {}", row.purchase, words::arch(row.option.arch));
        let mut cells = vec![Cell {
            text: named,
            ..Cell::option(row.option)
        }];
        cells.extend(row.totals.iter().cloned().map(Cell::plain));
        cells.push(Cell::plain(
            row.paybacks.first().cloned().unwrap_or_default(),
        ));
        cells.push(Cell::plain(row.worst_regret.clone()));
        cells.push(Cell::plain(row.upfront.clone()));
        Row::of(cells)
    };
    Table {
        name: ["Paid over 36 months on ", place].concat(),
        columns,
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The figure, and what its parts say.
struct Found {
    rows: Vec<StressRow>,
    figure: drawn::Months,
}

impl Found {
    fn of(rows: &[StressRow]) -> Self {
        let is_known = |row: &&StressRow| !paid(row).is_empty();
        let rows: Vec<StressRow> = rows
            .iter()
            .filter(is_known)
            .take(MOST_LINES)
            .cloned()
            .collect();
        Self {
            figure: figure(&rows),
            rows,
        }
    }

    /// Every sixth month.
    fn table(&self) -> Table {
        const EVERY: usize = 6;
        let mut columns = vec![Column::numbers("Months")];
        columns.extend(self.rows.iter().map(|row| Column::numbers(&row.purchase)));
        let months = self
            .rows
            .iter()
            .map(|row| paid(row).len())
            .max()
            .unwrap_or(0);
        let row = |month: usize| {
            let sums = self.rows.iter().map(|row| {
                let sum = paid(row).get(month).copied();
                sum.map(words::money).unwrap_or_default()
            });
            let month = words::count(u64::try_from(month).unwrap_or(u64::MAX));
            Row::plain([month].into_iter().chain(sums))
        };
        Table {
            name: "Paid so far, if the load halves".to_owned(),
            columns,
            rows: (0..months).step_by(EVERY).map(row).collect(),
            ..Table::default()
        }
    }
}

/// What a plan has cost by each month, under the event that is drawn.
fn paid(row: &StressRow) -> &[Usd] {
    row.paid.get(DRAWN as usize).map_or(&[], Vec::as_slice)
}

fn month(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn figure(rows: &[StressRow]) -> drawn::Months {
    let dashes = [Dash::Solid, Dash::Dashed, Dash::Dotted];
    let least = rows
        .iter()
        .filter_map(|row| Some((paid(row).last().copied()?, row.option)))
        .min_by_key(|(total, _)| *total)
        .map(|(_, option)| option);
    let lines = rows
        .iter()
        .zip(dashes.iter().cycle())
        .map(|(row, &dash)| drawn::Line {
            label: row.purchase.clone(),
            short_label: String::new(),
            accent: accent(row.option.class()),
            dash,
            is_winner: Some(row.option) == least,
            sums: paid(row)
                .iter()
                .enumerate()
                .map(|(count, sum)| drawn::Sum {
                    month: month(count),
                    usd: sum.to_f64(),
                })
                .collect(),
        });
    drawn::Months {
        x_name: "months".to_owned(),
        y_name: "$ paid so far".to_owned(),
        lines: lines.collect(),
        paybacks: paybacks(rows),
        events: vec![drawn::Event {
            month: month(EVENT_MONTH - 1),
            label: format!("month {EVENT_MONTH}: the load halves"),
            short_label: format!("month {EVENT_MONTH}"),
        }],
        empty: "No commitment can be looked at.".to_owned(),
    }
}

/// The months by which plans have cost no more than on-demand.
fn paybacks(rows: &[StressRow]) -> Vec<drawn::Payback> {
    let payback = |row: &StressRow| {
        let by = row.payback_months.get(DRAWN as usize).copied()??;
        let sum = paid(row).get(by)?;
        Some(drawn::Payback {
            month: month(by),
            usd: sum.to_f64(),
            label: format!("month {by}: paid back, {}", row.purchase),
            short_label: format!("month {by}"),
        })
    };
    rows.iter().filter_map(payback).collect()
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        use berth_figures::Figure as _;
        let size = Size::new(width, frame_height(width));
        self.figure.layout(size, measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        let row = self.rows.get(key.series)?;
        let count = key.item?;
        let sum = paid(row).get(count)?;
        let months = words::counted(u64::try_from(count).ok()?, "month", "months");
        Some(format!(
            "{}: {} after {months}",
            row.purchase,
            words::money(*sum)
        ))
    }
}
