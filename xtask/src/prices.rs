//! `cargo xtask prices`: makes the price books.
//!
//! An importer reads one kind of input whole, refuses it whole, and hands on [`Figures`] of one
//! region; the rest is the same for every importer: figures become a book, the book becomes
//! text, the text is read back and compared, and only then is a file written.
//!
//! | module | its job |
//! |---|---|
//! | `tables` | the importer of figure tables (CSV) |
//! | `aws` | the importer of AWS's own price files, and their download |
//! | `table` | one CSV file, by column names, with errors that name file, line and field |
//! | `eni` | task limits in `awsvpc` mode, by type |
//! | `eni_table` | those limits as a file of their own, for types that no book prices |
//! | `fees` | what ECS Managed Instances cost, by family |
//! | `figures` | what an importer hands on, and how it becomes a book |
//! | `index` | the list of the books, by which the page finds them |
//! | `budget` | what a book has room for |
//! | `review` | counts, and what looks wrong but stays |
//! | `difference` | an old and a new book side by side, for a reviewer |

mod aws;
mod budget;
mod difference;
mod eni;
mod eni_table;
mod fees;
mod figures;
mod index;
mod review;
mod table;
mod tables;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use berth_model::prices::{BookError, PriceBook, trust};
use flate2::Compression;
use flate2::write::GzEncoder;
use lexopt::prelude::*;
use thiserror::Error;

use crate::failure::Failure;
use figures::Figures;
use tables::Tables;

const HELP: &str = "\
usage: cargo xtask prices tables --from DIR [--region REGION ...] [--to DIR]
       cargo xtask prices review [--from DIR]
       cargo xtask prices import --from DIR [--region REGION ...] [--to DIR] [--summary FILE] [--feeds-date DATE]
       cargo xtask prices refresh [--region REGION ...] [--to DIR] [--summary FILE] [--cache DIR] [--base URL] [--feeds URL]

tables makes the price books, REGION.txt, from the figure tables in a directory, and index.txt
of all the books that stand there.

  --from DIR       where the tables are (fargate.csv, ec2_types.csv, ec2_prices.csv, ...)
  --region REGION  every commercial region with a price of EC2 unless told
  --to DIR         the workspace's prices/ unless told

review says of every book there is what it holds, by purchase, grade and date, and what looks wrong.

  --from DIR       where the books are: the workspace's prices/ unless told

import lays AWS's own price files over the books that there are, and prints what changed.

  --from DIR       where the files are: a mirror of pricing.us-east-1.amazonaws.com, the feeds at its top
  --region REGION  every region that has a book unless told
  --summary FILE   writes what changed as Markdown too
  --feeds-date DATE
                   the day of the feeds, which carry none; the day they were last modified unless told

refresh downloads those files, and does the same.

  --cache DIR      where they are kept and resumed; a cache of your own unless told
  --base URL       the server of the price files
  --feeds URL      one server for the three feeds, which have three otherwise

docs/prices.md describes the tables, the files and the book.
";

/// Why no book was written.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// A command line that says something else.
    #[error("{0}\n\n{HELP}")]
    Usage(#[from] lexopt::Error),
    /// Input that is refused.
    #[error("{0}\nnothing was written")]
    Input(#[from] table::Refused),
    /// A book that its own parser refuses: figures that the format cannot hold.
    #[error("the figures make no valid book: {0}\nnothing was written")]
    Book(#[from] BookError),
    /// A book that reads back as another: figures that the format cannot hold.
    #[error("the book of {0} reads back as another one\nnothing was written")]
    RoundTrip(String),
    /// A book that is too large even without what can be missed.
    #[error("the book of {0} has {1} bytes of gzip, more than {limit}\nnothing was written", limit = budget::BOOK_GZIP)]
    TooLarge(String, usize),
    /// A file of AWS's that is refused.
    #[error("{0}\nno book was changed")]
    Aws(#[from] aws::Refused),
    /// A book that cannot be read.
    #[error("{path}: {error}\nno book was changed")]
    OldBook {
        /// The file.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// Something else that went wrong.
    #[error("{0}\nno book was changed")]
    Failed(Failure),
    /// A file that cannot be read or written.
    #[error("{path}: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// What to do.
#[derive(Debug)]
struct Options {
    from: PathBuf,
    to: PathBuf,
    /// All of them where none is named.
    regions: Vec<String>,
}

/// Runs the chore on the words after `prices`.
pub(crate) fn run(mut args: lexopt::Parser) -> Result<ExitCode, Error> {
    match args.next()? {
        Some(Value(word)) if word == "tables" => {}
        Some(Value(word)) if word == "review" => return review::run(args),
        Some(Value(word)) if word == "import" => return aws::import(args),
        Some(Value(word)) if word == "refresh" => return aws::refresh(args),
        // Not in the help: for those who work on the importer.
        Some(Value(word)) if word == "generate-large" => return aws::generate_large(args),
        Some(Long("help") | Short('h')) | None => {
            print!("{HELP}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    let mut from = None;
    let mut to = books();
    let mut regions = Vec::new();
    while let Some(arg) = args.next()? {
        match arg {
            Long("from") => from = Some(args.value()?.into()),
            Long("to") => to = args.value()?.into(),
            Long("region") => regions.push(args.value()?.string()?),
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let from = from.ok_or_else(|| lexopt::Error::from("expected --from DIR"))?;
    make(&Options { from, to, regions })?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the tables, writes the books, says what is in them.
fn make(options: &Options) -> Result<(), Error> {
    let tables = Tables::read(&options.from)?;
    let regions = if options.regions.is_empty() {
        tables.regions().into_iter().collect()
    } else {
        options.regions.clone()
    };
    // Every book is made before the first is written: a refusal leaves all as they were.
    let mut files = Vec::new();
    let mut reviews = String::new();
    for region in regions {
        let figures = tables.region(&region)?;
        let mut left_out = figures.left_out.clone();
        let (book, text) = finish(figures, &mut left_out)?;
        let path = book_path(&options.to, &region);
        let (bytes, gzip) = (text.len(), gzip_len(&text));
        // Writing to a string cannot fail.
        let _ = writeln!(reviews, "{}: {bytes} bytes, {gzip} gzip -9", path.display());
        reviews.push_str(&review::review(&book, &left_out));
        files.push((path, text));
    }
    let limits = options.to.join(eni_table::FILE);
    files.push((limits, eni_table::text(tables.eni())));
    write(&files)?;
    index::write(&options.to)?;
    print!("{reviews}");
    Ok(())
}

/// The directory of the workspace's books.
fn books() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("prices")
}

fn book_path(dir: &Path, region: &str) -> PathBuf {
    dir.join(format!("{region}.txt"))
}

/// The book of figures and its text, which reads back as that book; what it had no room for is
/// added to `left_out`.
fn finish(mut figures: Figures, left_out: &mut Vec<String>) -> Result<(PriceBook, String), Error> {
    loop {
        let mut book = figures.clone().into_book();
        trust::mark(&mut book);
        let text = book.to_text();
        if PriceBook::parse(&text)? != book {
            return Err(Error::RoundTrip(figures.region));
        }
        if gzip_len(&text) <= budget::BOOK_GZIP {
            return Ok((book, text));
        }
        match budget::shrink(&mut figures) {
            Some(column) => left_out.push(column),
            None => return Err(Error::TooLarge(figures.region, gzip_len(&text))),
        }
    }
}

/// Replaces files, each at once and only when all of them could be written, so that a failure leaves the old ones.
fn write(files: &[(PathBuf, String)]) -> Result<(), Error> {
    let part = |path: &Path| path.with_extension("txt.part");
    for (path, text) in files {
        let failed = |error| Error::Write {
            path: path.clone(),
            error,
        };
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir).map_err(failed)?;
        }
        fs::write(part(path), text).map_err(failed)?;
    }
    for (path, _) in files {
        fs::rename(part(path), path).map_err(|error| Error::Write {
            path: path.clone(),
            error,
        })?;
    }
    Ok(())
}

fn gzip_len(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .map_or(0, |bytes| bytes.len())
}

#[cfg(test)]
mod tests;
