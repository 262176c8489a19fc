//! What the totals rest on.

use berth_model::explain;
use berth_model::explain::Sentence;
use berth_model::explain::document::{Block, Document, Item};
use berth_model::prices::PriceBook;

use crate::asked::Subject;

/// Every convention that a total rests on, in the scenario's own values.
pub(super) fn document(subject: &Subject, book: &PriceBook) -> Document {
    let list = explain::assumptions(&subject.scenario, subject.service(), book);
    let items = list.iter().map(|one| Item::from(Sentence::plainly(one)));
    Document::new(vec![Block::List(items.collect())])
}
