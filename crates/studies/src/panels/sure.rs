//! How sure the verdict is: a sample of cases within the ranges.

use berth_figures::{Figure as _, Key, Measure, Odds, Scene, Size, odds as drawn};
use berth_model::curve::Progress;
use berth_model::explain::Panel;
use berth_model::explain::Sentence;
use berth_model::explain::SureWords;
use berth_model::explain::document::{Block, Cell, Column, Document, Item, Picture, Row, Table};
use berth_model::money::Usd;
use berth_model::option::Place;
use berth_model::prices::PriceBook;
use berth_model::sure::{self, Band, Confidence};
use berth_model::words;

use super::{Answer, Studied, Study, of_place};
use crate::asked::{Books, Subject};
use crate::pictured::Pictured;

/// Cases in one step.
const STRIDE: usize = 2;

/// Cases before the first coarse answer; later ones follow whenever there are four times as many.
const COARSE: u32 = 125;

pub(super) struct Sure {
    study: sure::Sure,
    next: u32,
}

impl Sure {
    pub(super) fn begin(subject: &Subject, book: &PriceBook) -> Self {
        Self {
            study: sure::Sure::new(&subject.scenario, subject.view.service, book),
            next: COARSE,
        }
    }
}

impl Study for Sure {
    fn step(&mut self, _: &mut Subject, _: Books) -> Studied {
        if self.study.step(STRIDE) == Progress::Done {
            return Studied::Done(answer(&self.study.confidence()));
        }
        if self.study.evaluated() < self.next {
            return Studied::More;
        }
        self.next = self.study.evaluated().saturating_mul(4);
        Studied::SoFar(answer(&self.study.confidence()))
    }
}

fn answer(found: &Confidence) -> Answer {
    let said = SureWords::of(found);
    let option = |row: &berth_model::explain::SureRow| {
        Row::of([
            Cell::option(row.option),
            Cell::plain(row.wins.clone()),
            Cell::plain(row.share.clone()),
        ])
    };
    let wins = (!said.rows.is_empty()).then(|| {
        Block::Table(Table {
            name: "In how many cases each option wins".to_owned(),
            columns: vec![
                Column::words("Option"),
                Column::numbers("Cases"),
                Column::numbers("Share"),
            ],
            rows: said.rows.iter().map(option).collect(),
            ..Table::default()
        })
    });
    let doubts = said.doubts.iter().map(|doubt| {
        let words = [&doubt.name, ": ", &doubt.share].concat();
        Item::from(Sentence::plainly(&words))
    });
    // Where one option wins throughout, there is no doubt to come from anywhere.
    let is_certain = found.wins.len() <= 1;
    let doubts: Vec<Item> = doubts.filter(|_| !is_certain).collect();
    let picture = Found::of(found);
    let document = Document::new(vec![
        Block::Lead(said.sentence),
        Block::Text(said.cost),
        Block::Figure(Picture {
            id: Panel::Sure.id().to_owned(),
            name: "How often each place wins, and what it costs".to_owned(),
            takeaway:
                "Bands hold the middle nine cases in ten; the stroke in them is the middle case."
                    .to_owned(),
            table: picture.table(),
            is_pressable: false,
        }),
    ]);
    let document = document
        .and(wins)
        .with_list("Where the doubt comes from", doubts);
    Answer::pictured(&document, picture)
}

/// The figure, and what its parts say.
struct Found {
    /// The places that can run the service in some case.
    places: Vec<(Place, u32, Band)>,
    cases: u32,
    figure: Odds,
}

impl Found {
    fn of(found: &Confidence) -> Self {
        let places = Place::ALL.iter().zip(&found.place_wins).zip(&found.places);
        let places: Vec<(Place, u32, Band)> = places
            .filter_map(|((&place, &wins), band)| Some((place, wins, (*band)?)))
            .collect();
        let row = |&(place, wins, band): &(Place, u32, Band)| {
            let point = found.point.filter(|point| point.option.place == place);
            drawn::Row {
                label: words::place(place).to_owned(),
                accent: of_place(place),
                is_winner: point.is_some(),
                share: f64::from(wins) / f64::from(found.cases.max(1)),
                cases: cases(wins, found.cases),
                cost: Some(drawn::Cost {
                    low: band.low.to_f64(),
                    middle: band.middle.to_f64(),
                    high: band.high.to_f64(),
                    present: point.map(|point| point.total.to_f64()),
                }),
                reason: String::new(),
            }
        };
        Self {
            figure: Odds {
                share_name: "wins in so many cases".to_owned(),
                cost_name: "$ a month".to_owned(),
                names: drawn::Names {
                    band: "nine cases in ten".to_owned(),
                    middle: "the middle case".to_owned(),
                    present: "as it is set".to_owned(),
                },
                rows: places.iter().map(row).collect(),
                empty: "No option can run this service at a known price.".to_owned(),
            },
            places,
            cases: found.cases,
        }
    }

    fn table(&self) -> Table {
        let row = |&(place, wins, band): &(Place, u32, Band)| {
            let amounts = [band.low, band.middle, band.high].map(words::money);
            let names = [words::place(place).to_owned(), words::count(wins.into())];
            Row::plain(names.into_iter().chain(amounts))
        };
        Table {
            name: "Cases and cost by place".to_owned(),
            columns: vec![
                Column::words("Place"),
                Column::numbers("Wins"),
                Column::numbers("1 in 20 costs no more"),
                Column::numbers("Half cost no more"),
                Column::numbers("19 in 20 cost no more"),
            ],
            rows: self.places.iter().map(row).collect(),
            ..Table::default()
        }
    }
}

fn cases(wins: u32, all: u32) -> String {
    [
        &words::count(wins.into()),
        " of ",
        &words::count(all.into()),
    ]
    .concat()
}

impl Pictured for Found {
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene {
        let height = self.figure.natural_height(width, measure);
        self.figure.layout(Size::new(width, height), measure)
    }

    fn words(&self, key: Key) -> Option<String> {
        let &(place, wins, band) = self.places.get(key.series)?;
        let money = |amount: Usd| words::money(amount);
        let name = words::place(place);
        Some(if key.item == Some(1) {
            format!(
                "{name}: {} to {} a month in nine cases of ten",
                money(band.low),
                money(band.high)
            )
        } else {
            format!("{name} wins in {} cases", cases(wins, self.cases))
        })
    }
}
