//! An interview answer built from the scenario's own numbers.

use berth_model::explain::document::{Block, Document};
use berth_model::explain::interview::fargate_or_ec2;
use berth_model::prices::PriceBook;

use crate::asked::Subject;

/// The question, and its answer; it speaks of the curve where that has been studied.
pub(super) fn document(subject: &Subject, book: &PriceBook) -> Document {
    let exchange = fargate_or_ec2(
        &subject.scenario,
        subject.service(),
        &subject.answer,
        book,
        &subject.crossings,
    );
    let question = exchange.question.to_owned();
    Document::new(vec![Block::Exchange(question, exchange.answer)])
}
