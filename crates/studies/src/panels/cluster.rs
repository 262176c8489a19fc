//! What all services cost together.

use berth_model::cluster;
use berth_model::curve::Progress;
use berth_model::explain::document::{Action, Block, Cell, Column, Document, Item, Row, Table};
use berth_model::explain::{self, ClusterBill, ClusterWords, Sentence};
use berth_model::share::{self, View};

use super::{Answer, Studied, Study};
use crate::asked::{Books, Subject};

pub(super) struct Cluster(cluster::Study);

impl Cluster {
    pub(super) fn begin(subject: &Subject) -> Self {
        Self(cluster::Study::new(subject.scenario.clone()))
    }
}

impl Study for Cluster {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        if self.0.step(books.own) == Progress::More {
            return Studied::More;
        }
        self.0.answer().map_or(Studied::More, |answer| {
            let words = explain::cluster(&subject.scenario, answer, self.0.alone(), books.own);
            Studied::Done(Answer::words(&document(subject, words)))
        })
    }
}

fn document(subject: &Subject, said: ClusterWords) -> Document {
    let items = |sentences: Vec<Sentence>| sentences.into_iter().map(Item::from).collect();
    Document::new(vec![Block::Lead(said.sentence)])
        .and(said.bill.map(|bill| Block::Table(table(subject, bill))))
        .with_list("What stands on what", items(said.capacity))
        .with_list("All services on one option", items(said.places))
        .with_list("Quotas that they reach together", items(said.quotas))
}

/// The bill by service: a press on one shows its answer.
fn table(subject: &Subject, bill: ClusterBill) -> Table {
    let services = bill.services.into_iter().enumerate().map(|(service, of)| {
        let names = [Cell::plain(of.name), Cell::option(of.option)];
        let mut row = Row::of(names.into_iter().chain(of.amounts.map(Cell::plain)));
        row.action = Some(Action {
            label: String::new(),
            about: String::new(),
            link: share::encode(&subject.scenario, View { service }),
        });
        row
    });
    let mut rows: Vec<Row> = services.collect();
    if let Some((what, amount)) = bill.common {
        let blank = String::new;
        rows.push(Row::plain([what, blank(), blank(), blank(), amount]));
    }
    let [used, idle, total] = bill.total;
    Table {
        name: "What each service costs of the bill. Press one to see its answer.".to_owned(),
        columns: vec![
            Column::words("Service"),
            Column::words("Runs on"),
            Column::numbers("Its tasks"),
            Column::numbers("Idle room"),
            Column::numbers("A month"),
        ],
        rows,
        sum: vec!["The cluster".to_owned(), String::new(), used, idle, total],
        ..Table::default()
    }
}
