//! What would flip the verdict: for every input the nearest value at which another option wins.

use berth_model::curve::Progress;
use berth_model::explain::document::{Action, Block, Document, Item};
use berth_model::explain::{FlipWords, FlipsWords};
use berth_model::flips;
use berth_model::words;

use super::{Answer, Studied, Study};
use crate::asked::{Books, Subject};

/// Flips that are shown without being asked for.
const SHOWN: usize = 8;

/// Evaluations before the first coarse answer; later ones follow whenever there are twice as many.
const COARSE: usize = 48;

pub(super) struct Flips {
    study: flips::Flips,
    /// So many evaluations are worth another coarse answer.
    next: usize,
    /// Whether the regions whose prices are known have been looked in.
    has_looked: bool,
}

impl Flips {
    pub(super) fn begin(subject: &Subject) -> Self {
        Self {
            study: flips::Flips::new(&subject.scenario, subject.view.service),
            next: COARSE,
            has_looked: false,
        }
    }

    fn answer(&self, subject: &Subject) -> Answer {
        let Subject {
            scenario,
            view,
            answer,
            ..
        } = subject;
        let said = FlipsWords::of(scenario, view.service, &self.study, answer);
        let (needs, others): (Vec<_>, Vec<_>) =
            said.flips.into_iter().partition(|flip| flip.is_need);
        let mut items: Vec<Item> = others.into_iter().map(item).collect();
        let more = items.split_off(items.len().min(SHOWN));
        let needs: Vec<Item> = needs.into_iter().map(item).collect();
        let folded = |words: &str, items: Vec<Item>| {
            (!items.is_empty()).then(|| Block::More(words.to_owned(), items))
        };
        let count = words::count(more.len() as u64) + " more";
        let list = (!items.is_empty()).then_some(Block::List(items));
        let document = Document::new(vec![Block::Note(said.summary)])
            .and(said.to_measure.map(Block::Lead))
            .and(list)
            .and(folded(&count, more))
            .and(folded(
                "If it needed something that it does not need now",
                needs,
            ));
        Answer::words(&document)
    }
}

fn item(flip: FlipWords) -> Item {
    Item {
        action: Some(Action {
            label: "Go there".to_owned(),
            about: flip.sentence.plain(),
            link: flip.link,
        }),
        sentence: flip.sentence,
    }
}

impl Study for Flips {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        if self.study.step(books.own, 1) == Progress::More {
            if self.study.tried() < self.next {
                return Studied::More;
            }
            self.next = self.next.saturating_mul(2);
            return Studied::SoFar(self.answer(subject));
        }
        if !self.has_looked {
            self.has_looked = true;
            for other in books.all {
                self.study.look_in(other, books.own);
            }
        }
        Studied::Done(self.answer(subject))
    }
}
