//! Which price book the page answers from, and the loading of others.
//!
//! The scenario's region says which book is wanted. While that is on its way, and where it cannot be had, the last one
//! stays: the answer goes on from its prices, and says so.

use std::sync::Arc;

use berth_model::prices::embedded::US_EAST_1;
use berth_model::prices::{PriceBook, index};
use leptos::task::spawn_local;

use crate::platform::fetch;
use crate::reactive::{Memo, Signal, effect, signal};

/// What has become of the book that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loading {
    /// It is the one that the answer rests on.
    Done,
    /// It is on its way.
    Underway,
    /// It cannot be had, and why.
    Failed(String),
}

/// The books that are here, and the one that the answer rests on.
#[derive(Clone, Copy)]
pub struct Books {
    here: Signal<Vec<Arc<PriceBook>>>,
    /// The texts of those that were loaded.
    texts: Signal<Vec<Arc<str>>>,
    present: Signal<Arc<PriceBook>>,
    loading: Signal<Loading>,
}

impl Books {
    /// The book that ships inside, and no other.
    pub fn new(book: Arc<PriceBook>) -> Self {
        Self {
            here: signal(vec![Arc::clone(&book)]),
            texts: signal(Vec::new()),
            present: signal(book),
            loading: signal(Loading::Done),
        }
    }

    /// The book that the answer rests on.
    pub fn present(self) -> Signal<Arc<PriceBook>> {
        self.present
    }

    /// The text of a region's book, without own prices, if it is here. The first of those that are ships inside the
    /// page.
    pub fn text(self, region: &str) -> Option<Arc<str>> {
        let place = self.here.with_untracked(|books| {
            let mut books = books.iter();
            books.position(|book| &*book.region == region)
        })?;
        match place.checked_sub(1) {
            None => Some(US_EAST_1.into()),
            Some(loaded) => self
                .texts
                .with_untracked(|texts| texts.get(loaded).cloned()),
        }
    }

    /// What has become of the book that is wanted.
    pub fn loading(self) -> Signal<Loading> {
        self.loading
    }

    /// Sees to it that the book of the wanted region becomes the present one.
    pub fn follow(self, wanted: Memo<String>) {
        effect(move || self.want(&wanted.get(), wanted));
    }

    /// Asks again for a book that could not be had.
    pub fn retry(self, wanted: Memo<String>) {
        self.want(&wanted.get_untracked(), wanted);
    }

    fn want(self, region: &str, wanted: Memo<String>) {
        let known = self.here.with_untracked(|books| {
            let of_region = |book: &&Arc<PriceBook>| &*book.region == region;
            books.iter().find(of_region).cloned()
        });
        if let Some(book) = known {
            return self.take(book);
        }
        let Some(entry) = index::of(region) else {
            return self
                .loading
                .set(Loading::Failed("there is none".to_owned()));
        };
        self.loading.set(Loading::Underway);
        spawn_local(async move {
            let read = match fetch::text(&entry.address()).await {
                Ok(text) => PriceBook::parse(&text)
                    .map(|book| (book, Arc::from(text)))
                    .map_err(|error| error.to_string()),
                Err(reason) => Err(reason),
            };
            // A person may have chosen another region meanwhile: this one is kept for later.
            let is_wanted = wanted.with_untracked(|wanted| wanted == entry.region);
            match read {
                Ok((book, text)) if &*book.region == entry.region => {
                    let book = Arc::new(book);
                    self.texts.update(|texts| texts.push(text));
                    self.here.update(|books| books.push(Arc::clone(&book)));
                    if is_wanted {
                        self.take(book);
                    }
                }
                _ if !is_wanted => {}
                Ok(_) => self
                    .loading
                    .set(Loading::Failed("it is another region's".to_owned())),
                Err(reason) => self.loading.set(Loading::Failed(reason)),
            }
        });
    }

    fn take(self, book: Arc<PriceBook>) {
        if self
            .present
            .with_untracked(|present| present.region != book.region)
        {
            self.present.set(book);
        }
        if self
            .loading
            .with_untracked(|loading| *loading != Loading::Done)
        {
            self.loading.set(Loading::Done);
        }
    }
}
