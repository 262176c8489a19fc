//! The fleet: which task stands on which instance, what is left over, and what the next task costs.

use berth_figures::fleet::{self as drawn, Part, Section, Tile, What};
use berth_figures::{Figure as _, Fleet, Key, Measure, Scene, Size};
use berth_model::explain::document::{Block, Column, Document, Item, Picture, Row, Table};
use berth_model::explain::{self, Panel, Sentence};
use berth_model::marginal::{Marginal, STEPS};
use berth_model::option::{OptionId, Place};
use berth_model::placement::{LegPlacement, Placement, Stand, View};
use berth_model::prices::PriceBook;
use berth_model::scenario::Scenario;
use berth_model::words;

use super::{Answer, accent};
use crate::asked::Subject;
use crate::pictured::Pictured;

/// Zones that are drawn; more are in words alone.
const MOST_SECTIONS: usize = 12;

/// The fleet of the best option; where that has none, of the cheapest that has one.
pub(super) fn answer(subject: &Subject, book: &PriceBook) -> Answer {
    let Subject {
        scenario,
        view,
        answer,
        ..
    } = subject;
    let best = answer.verdict.best();
    let is_fleet = |option: OptionId| option.place != Place::Fargate;
    let best_fleet = best.filter(|&option| is_fleet(option));
    let found = match best_fleet {
        Some(option) => answer
            .option(option)
            .and_then(|report| Some((option, report.priced()?))),
        None => answer.cheapest(is_fleet),
    };
    let Some((option, priced)) = found else {
        let nothing = "No fleet can run this service at a known price.";
        let document = Document::new(vec![Block::Note(Sentence::plainly(nothing))]);
        return Answer::words(&document);
    };
    let next = Marginal::of(scenario, view.service, option, book, STEPS);
    let next = explain::marginal(&next, book).map(Item::from);
    let placement = Placement::of(
        scenario,
        book,
        (option, priced),
        view.service,
        View::default(),
    );
    let figure = Found::of(scenario, book, option, &placement);
    let lead = Sentence::of(option).followed_by(Sentence::plainly(match best_fleet {
        Some(_) => "is what to take; its tasks stand like this at the peak.",
        None => "is the cheapest fleet, though not what to take; its tasks would stand like this at the peak.",
    }));
    let said = explain::placement(&placement, book).into_iter();
    let said = said.map(Item::from).chain(next);
    let document = Document::new(vec![
        Block::Lead(lead),
        Block::Figure(Picture {
            id: Panel::Fleet.id().to_owned(),
            name: "The fleet".to_owned(),
            takeaway: figure.takeaway.clone(),
            table: figure.table(),
            is_pressable: false,
        }),
        Block::List(said.collect()),
    ]);
    Answer::pictured(&document, figure)
}

/// The figure, and what its parts say.
struct Found {
    /// What each tile says, section by section.
    said: Vec<Vec<String>>,
    takeaway: String,
    figure: Fleet,
}

impl Found {
    fn of(scenario: &Scenario, book: &PriceBook, option: OptionId, placement: &Placement) -> Self {
        let mut sections = Vec::new();
        let mut said = Vec::new();
        for leg in placement.legs() {
            let name = book.types.get(leg.index).map_or("", |one| &*one.name);
            let spot = if leg.spot { ", Spot" } else { "" };
            for (zone, number) in leg.zones.iter().zip(1_u32..) {
                if sections.len() == MOST_SECTIONS || zone.stands.is_empty() {
                    continue;
                }
                let count = words::count(zone.instances());
                sections.push(Section {
                    title: format!("Zone {number}: {count} × {name}{spot}"),
                    tiles: zone
                        .stands
                        .iter()
                        .map(|stand| tile(scenario, leg, stand))
                        .collect(),
                });
                said.push(
                    zone.stands
                        .iter()
                        .map(|stand| words_of(scenario, name, stand))
                        .collect(),
                );
            }
        }
        let has_gpus = placement.legs().any(|leg| !leg.each.gpus.offered.is_zero());
        let mut dimensions = vec!["vCPU".to_owned(), "GiB".to_owned()];
        dimensions.extend(has_gpus.then(|| "GPU".to_owned()));
        let services = scenario.services.iter();
        let instances = words::counted(placement.instances(), "instance", "instances");
        Self {
            said,
            takeaway: format!("{instances} at the peak; what is hatched stands idle."),
            figure: Fleet {
                accent: accent(option.class()),
                services: services.map(|one| one.name.as_str().to_owned()).collect(),
                dimensions,
                names: drawn::Names::default(),
                sections,
                empty: "There is room for every task already.".to_owned(),
            },
        }
    }

    fn table(&self) -> Table {
        let rows = self.figure.sections.iter().zip(&self.said);
        let rows = rows.flat_map(|(section, said)| {
            said.iter()
                .map(|words| Row::plain([section.title.clone(), words.clone()]))
        });
        Table {
            name: "Instances, and what stands on them".to_owned(),
            columns: vec![Column::words("Where"), Column::words("What")],
            rows: rows.collect(),
            ..Table::default()
        }
    }
}

fn words_of(scenario: &Scenario, name: &str, stand: &Stand) -> String {
    format!(
        "{} × {name} with {}; left over on each: {} vCPU, {} GiB",
        words::count(stand.instances),
        explain::stands_on(scenario, stand),
        words::quantity(stand.left.vcpu),
        words::quantity(stand.left.memory_gib)
    )
}

fn tile(scenario: &Scenario, leg: &LegPlacement, stand: &Stand) -> Tile {
    let share = |thousandths: u32| f64::from(thousandths) / 1000.0;
    let part = |what, thousandths: u32, count| Part {
        what,
        share: share(thousandths),
        count,
    };
    let bars = stand.shares(scenario, leg).into_iter().map(|shares| {
        let mut parts = vec![
            part(What::System, shares.reserved, 1),
            part(What::Daemons, shares.daemons, 1),
        ];
        let tasks = shares.tasks.into_iter();
        parts.extend(tasks.map(|(index, count, all)| part(What::Tasks(index), all, count)));
        parts.push(part(What::Idle, shares.idle, 1));
        parts.retain(|part| part.share > 0.0);
        parts
    });
    Tile {
        count: stand.instances,
        label: explain::stands_on(scenario, stand),
        bars: bars.collect(),
    }
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        let height = self.figure.natural_height(width, measure);
        self.figure.layout(Size::new(width, height), measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        self.said.get(key.series)?.get(key.item?).cloned()
    }
}
