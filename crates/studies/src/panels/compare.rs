//! The present scenario against one that was kept: the difference by cause.

use std::borrow::Cow;

use berth_model::compare;
use berth_model::curve::Progress;
use berth_model::explain::document::{Block, Column, Document, Row, Table};
use berth_model::explain::{self, Sentence};
use berth_model::prices::PriceBook;
use berth_model::scenario::Scenario;
use berth_model::share::{self, View};

use super::{Answer, Studied, Study};
use crate::asked::{Books, Subject, of_region};

/// Evaluations in one step.
const STRIDE: usize = 1;

/// A comparison with the scenario of a link; the kept one is A, the present one B.
pub(super) struct Compare {
    kept: Option<(Scenario, View)>,
    /// The kept scenario's prices with its own figures in them, where it has any.
    own: Option<PriceBook>,
    study: Option<compare::Compare>,
}

impl Compare {
    pub(super) fn begin(link: &str) -> Self {
        let decoded = share::decode(link);
        Self {
            kept: decoded.scenario.map(|scenario| (scenario, decoded.view)),
            own: None,
            study: None,
        }
    }
}

fn said(words: &str) -> Studied {
    let sentence = Sentence::plainly(words);
    Studied::Done(Answer::words(&Document::new(vec![Block::Lead(sentence)])))
}

impl Study for Compare {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        let Some((kept, view)) = &self.kept else {
            return said("The kept scenario cannot be read.");
        };
        let Some(listed) = of_region(books.all, kept) else {
            return said("The prices of the kept scenario's region are not here.");
        };
        if self.own.is_none()
            && let Cow::Owned(own) = kept.pricing.over(listed)
        {
            self.own = Some(own);
        }
        let of_kept = self.own.as_ref().unwrap_or(listed);
        let study = self.study.get_or_insert_with(|| {
            compare::Compare::new(
                (kept, view.service),
                (&subject.scenario, subject.view.service),
            )
        });
        if study.step([of_kept, books.own], STRIDE) == Progress::More {
            return Studied::More;
        }
        Studied::Done(Answer::words(&document(study)))
    }
}

fn document(study: &compare::Compare) -> Document {
    let said = explain::compare(study);
    let causes = (!said.causes.is_empty()).then(|| {
        let causes = said.causes.into_iter();
        Block::Table(Table {
            name: "What the difference comes from".to_owned(),
            columns: vec![Column::words("Cause"), Column::numbers("A month")],
            rows: causes
                .map(|cause| Row::plain([cause.label, cause.amount]))
                .collect(),
            ..Table::default()
        })
    });
    let inputs = (!said.inputs.is_empty()).then(|| {
        let inputs = said.inputs.into_iter();
        Block::Table(Table {
            name: "What differs".to_owned(),
            columns: vec![
                Column::words("Input"),
                Column::words("Kept"),
                Column::words("Now"),
            ],
            rows: inputs
                .map(|input| Row::plain([input.label, input.a, input.b]))
                .collect(),
            ..Table::default()
        })
    });
    Document::new(vec![Block::Lead(said.sentence)])
        .and(causes)
        .and(inputs)
}
