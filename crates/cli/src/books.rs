//! The price books of every region. They ship inside the program, so that it needs no file.

use std::collections::BTreeMap;

use berth_model::prices::{PriceBook, index};
use berth_model::scenario::Region;
use include_dir::{Dir, include_dir};

use crate::usage::Failure;

static BOOKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../prices");

/// The book of a region.
pub(crate) fn of(region: &str) -> Result<PriceBook, Failure> {
    let text = index::of(region)
        .and_then(|_| BOOKS.get_file(format!("{region}.txt")))
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| Failure::Region {
            given: region.to_owned(),
            known: regions(),
        })?;
    PriceBook::parse(text).map_err(|error| Failure::Book(region.to_owned(), error))
}

/// Books that are read when they are first asked for, and once.
#[derive(Default)]
pub(crate) struct Books(BTreeMap<String, PriceBook>);

impl Books {
    /// Reads the book of a region, unless it is there already.
    pub(crate) fn load(&mut self, region: &Region) -> Result<(), Failure> {
        let code = region.as_str();
        if !self.0.contains_key(code) {
            self.0.insert(code.to_owned(), of(code)?);
        }
        Ok(())
    }

    /// Reads the books of all regions.
    pub(crate) fn load_all(&mut self) -> Result<(), Failure> {
        for entry in index::books() {
            if !self.0.contains_key(entry.region) {
                self.0.insert(entry.region.to_owned(), of(entry.region)?);
            }
        }
        Ok(())
    }

    /// Every book that was loaded.
    pub(crate) fn all(&self) -> impl Iterator<Item = &PriceBook> {
        self.0.values()
    }

    /// The book of a region that was loaded.
    pub(crate) fn get(&self, region: &Region) -> Option<&PriceBook> {
        self.0.get(region.as_str())
    }
}

fn regions() -> String {
    let codes: Vec<&str> = index::books().map(|entry| entry.region).collect();
    codes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_book_of_the_index_is_inside_and_reads() {
        for entry in index::books() {
            match of(entry.region) {
                Ok(book) => assert_eq!(&*book.region, entry.region),
                Err(failure) => panic!("{failure}"),
            }
        }
    }
}
