//! `cargo xtask prices import`: AWS's files in a directory, laid over the books.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use berth_model::date::Date;
use berth_model::prices::PriceBook;
use berth_model::prices::eni::EniTable;
use lexopt::prelude::*;

use super::files::Files;
use super::mirror::Mirror;
use super::overlay;
use crate::failure::Failure;
use crate::prices::difference::{self, Remarks};
use crate::prices::figures::Figures;
use crate::prices::{Error, HELP, book_path, books, eni_table, finish, gzip_len, index, write};

/// Where to read and write, and what.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// The regions; every one that has a book where none is named.
    pub(super) regions: Vec<String>,
    /// The books.
    pub(super) to: Option<PathBuf>,
    /// Where the difference goes, beside the terminal.
    pub(super) summary: Option<PathBuf>,
    /// The day of the feeds.
    pub(super) feeds_date: Option<Date>,
}

/// Runs the command on the words after `import`.
pub(crate) fn import(mut args: lexopt::Parser) -> Result<ExitCode, Error> {
    let mut options = Options::default();
    let mut from = None;
    while let Some(arg) = args.next()? {
        match arg {
            Long("from") => from = Some(PathBuf::from(args.value()?)),
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long(name) => {
                let name = name.to_owned();
                options.take(&name, &mut args)?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let from = from.ok_or_else(|| lexopt::Error::from("expected --from DIR"))?;
    lay(&Mirror::new(&from), &from, &options)?;
    Ok(ExitCode::SUCCESS)
}

impl Options {
    /// Takes an option that both commands have.
    pub(super) fn take(&mut self, name: &str, args: &mut lexopt::Parser) -> Result<(), Error> {
        match name {
            "region" => {
                for region in args.values()? {
                    self.regions.push(region_code(&region.string()?)?);
                }
            }
            "to" => self.to = Some(args.value()?.into()),
            "summary" => self.summary = Some(args.value()?.into()),
            "feeds-date" => {
                let text = args.value()?.string()?;
                let date = Date::parse(&text).filter(|date| date.to_string() == text);
                self.feeds_date = Some(date.ok_or_else(|| {
                    let what = format!("--feeds-date: `{text}` is not a date such as 2026-10-05");
                    lexopt::Error::from(what)
                })?);
            }
            other => return Err(Long(other).unexpected().into()),
        }
        Ok(())
    }

    pub(super) fn to(&self) -> PathBuf {
        self.to.clone().unwrap_or_else(books)
    }

    /// The regions that were named, else those of the books.
    pub(super) fn regions(&self) -> Result<Vec<String>, Error> {
        if !self.regions.is_empty() {
            return Ok(self.regions.clone());
        }
        let to = self.to();
        let unreadable = |error: std::io::Error| Error::OldBook {
            path: to.clone(),
            error: error.to_string(),
        };
        let mut regions = Vec::new();
        for entry in fs::read_dir(&to).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let is_book = path.extension().is_some_and(|extension| extension == "txt")
                && path.file_name().is_some_and(|name| name != eni_table::FILE);
            if let Some(stem) = path.file_stem().filter(|_| is_book) {
                regions.push(stem.to_string_lossy().into_owned());
            }
        }
        regions.sort_unstable();
        if regions.is_empty() {
            let what = format!("no price book in {}", to.display());
            return Err(Error::Failed(
                Failure::new(what).advice("`cargo xtask prices tables` makes one"),
            ));
        }
        Ok(regions)
    }
}

/// A region's code, which becomes a part of paths.
fn region_code(text: &str) -> Result<String, Error> {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !text.is_empty() && text.bytes().all(allowed) {
        return Ok(text.to_owned());
    }
    let what = format!("--region: `{text}` is not a region's code such as us-east-1");
    Err(lexopt::Error::from(what).into())
}

/// Lays what the mirror holds over the books: all of them, or none.
pub(super) fn lay(mirror: &Mirror, shown: &Path, options: &Options) -> Result<(), Error> {
    let to = options.to();
    let limits = eni_limits(&to)?;
    let mut books = Vec::new();
    let mut text = String::new();
    for region in options.regions()? {
        let path = book_path(&to, &region);
        let old = read_book(&path)?;
        let files = Files::read(mirror, &region, options.feeds_date)?;
        let summary = files.summary();
        if summary.is_empty() {
            let what = format!("no price file of {region} in {}", shown.display());
            return Err(Error::Failed(Failure::new(what).advice(
                "docs/prices.md says where the files belong; --region names the regions that are wanted",
            )));
        }
        let figures = Figures::from_book(&old).ok_or_else(|| Error::OldBook {
            path: path.clone(),
            error: "a figure names a source that is not listed".to_owned(),
        })?;
        let laid = overlay::lay(figures, &files, &limits)?;
        let mut left_out = laid.figures.left_out.clone();
        let (new, book) = finish(laid.figures, &mut left_out)?;
        let remarks = Remarks {
            files: &summary,
            doubts: &laid.doubts,
            left_out: &left_out,
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&difference::difference(&old, &new, remarks));
        books.push((path, book));
    }
    write(&books)?;
    index::write(&to)?;
    if let Some(path) = &options.summary {
        fs::write(path, &text).map_err(|error| Error::Write {
            path: path.clone(),
            error,
        })?;
    }
    say(&text);
    for (path, book) in &books {
        let (len, gzip) = (book.len(), gzip_len(book));
        say(&format!(
            "\n{}: {len} bytes, {gzip} gzip -9\n",
            path.display()
        ));
    }
    Ok(())
}

/// Writes to the terminal. Whoever stops listening, such as `head`, stops nothing else.
pub(super) fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn read_book(path: &Path) -> Result<PriceBook, Error> {
    let unreadable = |error: String| Error::OldBook {
        path: path.to_owned(),
        error,
    };
    let text = fs::read_to_string(path).map_err(|error| {
        unreadable(format!(
            "{error}: a region needs a book first, which `cargo xtask prices tables` makes"
        ))
    })?;
    PriceBook::parse(&text).map_err(|error| unreadable(error.to_string()))
}

/// ECS's list of task limits, beside the books; empty where there is none.
fn eni_limits(to: &Path) -> Result<EniTable, Error> {
    let path = to.join(eni_table::FILE);
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(EniTable::default());
    };
    EniTable::parse(&text).map_err(|error| Error::OldBook {
        path,
        error: error.to_string(),
    })
}
