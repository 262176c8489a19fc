//! A CSV price file: lines of metadata, a header, then rows, one at a time.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::meta::Meta;
use super::refused::{Place, Problem, Refused};

/// How many lines may stand before the header.
const MOST_META: usize = 16;

/// The first column of every price file.
const FIRST_COLUMN: &str = "SKU";

/// A file whose header was read.
pub(super) struct CsvFile {
    path: PathBuf,
    reader: csv::Reader<File>,
    header: StringRecord,
    pub(super) meta: Meta,
}

impl CsvFile {
    /// Opens a file and reads as far as its header.
    pub(super) fn open(path: &Path) -> Result<Self, Refused> {
        let refuse = |problem: Problem| problem.in_file(path);
        let file = File::open(path).map_err(|error| refuse(Problem::whole(error.to_string())))?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(256 * 1024)
            .from_reader(file);
        let mut meta = Meta::default();
        let mut record = StringRecord::new();
        for _ in 0..MOST_META {
            if !next(&mut reader, &mut record).map_err(refuse)? {
                break;
            }
            let cell = |index| record.get(index).unwrap_or_default();
            let name = cell(0).trim_start_matches('\u{feff}');
            let value = || Some(cell(1).to_owned());
            match name {
                FIRST_COLUMN => {
                    return Ok(Self {
                        path: path.to_owned(),
                        reader,
                        header: record,
                        meta,
                    });
                }
                "FormatVersion" => meta.format = value(),
                "OfferCode" => meta.offer = value(),
                "Version" => meta.version = value(),
                "Publication Date" => meta.published = value(),
                _ => {}
            }
        }
        Err(refuse(Problem::whole(format!(
            "no header that begins with {FIRST_COLUMN} among the first lines: this is no CSV price file"
        ))))
    }

    pub(super) fn refuse(&self, problem: Problem) -> Refused {
        problem.in_file(&self.path)
    }

    /// Where a column stands, if there is one.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Where a column stands that there must be.
    pub(super) fn column(&self, name: &str) -> Result<usize, Refused> {
        self.find(name)
            .ok_or_else(|| self.refuse(Problem::whole(format!("no column `{name}`"))))
    }

    /// Hands on every row, and refuses a file that was cut short.
    pub(super) fn each(
        &mut self,
        row: &mut dyn FnMut(&Place, &StringRecord) -> Result<(), Problem>,
    ) -> Result<(), Refused> {
        let mut record = StringRecord::new();
        let mut line = 0;
        while next(&mut self.reader, &mut record).map_err(|problem| self.refuse(problem))? {
            line = record.position().map_or(0, csv::Position::line);
            let place = Place::Line(line);
            if record.len() != self.header.len() {
                let what = format!(
                    "cut short or ragged: {} cells, expected {} as in the header",
                    record.len(),
                    self.header.len()
                );
                return Err(self.refuse(Problem::at(&place, what)));
            }
            row(&place, &record).map_err(|problem| self.refuse(problem))?;
        }
        if self.ends_with_a_line().unwrap_or(false) {
            Ok(())
        } else {
            let what = "cut short: the last line has no end";
            Err(self.refuse(Problem::at(&Place::Line(line), what)))
        }
    }

    fn ends_with_a_line(&self) -> std::io::Result<bool> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        Ok(last == *b"\n")
    }
}

fn next(reader: &mut csv::Reader<File>, record: &mut StringRecord) -> Result<bool, Problem> {
    reader
        .read_record(record)
        .map_err(|error| Problem::whole(error.to_string()))
}
