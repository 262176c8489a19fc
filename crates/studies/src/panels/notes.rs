//! What is worth knowing of the service: sizes that its tasks just miss, and what else there is to tell.

use berth_model::curve::Progress;
use berth_model::explain::document::{Action, Block, Document, Item};
use berth_model::explain::{self, NearFitWords, Sentence};
use berth_model::inputs::{self, InputId};
use berth_model::near_fit::NearFit;
use berth_model::prices::PriceBook;

use super::{Answer, Studied, Study};
use crate::asked::{Books, Subject};

pub(super) struct Notes(NearFit);

impl Notes {
    pub(super) fn begin(subject: &Subject, book: &PriceBook) -> Self {
        let Subject {
            scenario,
            view,
            answer,
            ..
        } = subject;
        Self(NearFit::new(scenario, view.service, answer, book))
    }
}

impl Study for Notes {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        if self.0.step(books.own, 1) == Progress::More {
            return Studied::More;
        }
        let near_fits = self.0.found().iter().map(NearFitWords::of);
        let near_fits = near_fits.map(|found| Item {
            action: take(subject, &found),
            sentence: found.sentence,
        });
        let advice = explain::advice(
            &subject.scenario,
            subject.service(),
            &subject.answer,
            books.own,
        );
        let items: Vec<Item> = near_fits
            .chain(advice.into_iter().map(Item::from))
            .collect();
        let block = if items.is_empty() {
            Block::Note(Sentence::plainly("Nothing else to note for this service."))
        } else {
            Block::List(items)
        };
        Studied::Done(Answer::words(&Document::new(vec![block])))
    }
}

/// Takes a size that was found. Sizes that the study proposes are within the limits of both inputs.
fn take(subject: &Subject, found: &NearFitWords) -> Option<Action> {
    let service = subject.view.service;
    let smaller = inputs::set(&subject.scenario, service, InputId::Vcpu, &found.vcpu).ok()?;
    let smaller = inputs::set(&smaller, service, InputId::Memory, &found.memory).ok()?;
    Some(Action {
        label: "Take it".to_owned(),
        about: [&found.vcpu, " vCPU and ", &found.memory, " GiB"].concat(),
        link: subject.link_to(&smaller),
    })
}
