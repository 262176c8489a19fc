//! Why the best option leads: what each cause saves, summing to the margin.

use berth_model::drivers::Drivers;
use berth_model::explain;
use berth_model::explain::document::{Block, Document, Item};
use berth_model::prices::PriceBook;

use crate::asked::Subject;

/// The drivers of the lead; nothing where no other place can run the service.
pub(super) fn document(subject: &Subject, book: &PriceBook) -> Document {
    let Subject {
        scenario,
        view,
        answer,
        ..
    } = subject;
    let drivers = Drivers::of(scenario, view.service, answer, book);
    let sentences = drivers.map(|drivers| explain::drivers(&drivers));
    let items: Vec<Item> = sentences.into_iter().flatten().map(Item::from).collect();
    Document::default().and((!items.is_empty()).then_some(Block::List(items)))
}
