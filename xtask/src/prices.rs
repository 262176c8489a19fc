//! `cargo xtask prices`: makes the price books.
//!
//! An importer reads one kind of input whole, refuses it whole, and hands on [`Figures`] of one
//! region; the rest is the same for every importer: figures become a book, the book becomes
//! text, the text is read back and compared, and only then is a file written.
//!
//! | module | its job |
//! |---|---|
//! | `tables` | the importer of figure tables (CSV) |
//! | `table` | one CSV file, by column names, with errors that name file, line and field |
//! | `eni` | task limits in `awsvpc` mode, by type |
//! | `eni_table` | those limits as a file of their own, for types that no book prices |
//! | `fees` | what ECS Managed Instances cost, by family |
//! | `figures` | what an importer hands on, and how it becomes a book |
//! | `index` | the list of the books, by which the page finds them |
//! | `review` | counts, and what looks wrong but stays |

mod eni;
mod eni_table;
mod fees;
mod figures;
mod index;
mod review;
mod table;
mod tables;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use berth_model::prices::{BookError, PriceBook, trust};
use flate2::Compression;
use flate2::write::GzEncoder;
use lexopt::prelude::*;
use thiserror::Error;

use figures::Figures;
use tables::Tables;

const HELP: &str = "\
usage: cargo xtask prices tables --from DIR [--region REGION]... [--to DIR]

Makes the price books, REGION.txt, from the figure tables in a directory, and index.txt of all
the books that stand there.

  --from DIR       where the tables are (fargate.csv, ec2_types.csv, ec2_prices.csv, ...)
  --region REGION  every commercial region with a price of EC2 unless told
  --to DIR         the workspace's prices/ unless told

docs/prices.md describes the tables and the book.
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
        Some(Long("help") | Short('h')) | None => {
            print!("{HELP}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    let mut from = None;
    let mut to = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("prices");
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
    let mut books = Vec::new();
    for region in regions {
        let figures = tables.region(&region)?;
        let left_out = figures.left_out.clone();
        let (book, text) = checked(figures)?;
        books.push((book, text, left_out));
    }
    for (book, text, left_out) in &books {
        let path = options.to.join(format!("{}.txt", book.region));
        write(&path, text)?;
        println!(
            "{}: {} bytes, {} gzip -9",
            path.display(),
            text.len(),
            gzip_len(text)
        );
        print!("{}", review::review(book, left_out));
    }
    write(
        &options.to.join(eni_table::FILE),
        &eni_table::text(tables.eni()),
    )?;
    index::write(&options.to)
}

/// The book of a region's figures, and its text, which reads back as that book.
fn checked(figures: Figures) -> Result<(PriceBook, String), Error> {
    let mut book = figures.into_book();
    trust::mark(&mut book);
    let text = book.to_text();
    if PriceBook::parse(&text)? == book {
        Ok((book, text))
    } else {
        Err(Error::RoundTrip(book.region.to_string()))
    }
}

/// Replaces a file at once, so that a failure leaves the old one.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error| Error::Write {
        path: path.to_owned(),
        error,
    };
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(failed)?;
    }
    let part = path.with_extension("txt.part");
    fs::write(&part, text).map_err(failed)?;
    fs::rename(&part, path).map_err(failed)
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
