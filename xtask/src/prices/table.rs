//! One CSV file, read by the names of its columns.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use berth_model::date::Date;
use berth_model::money::Rate;
use berth_model::platform::{Arch, Os};
use berth_model::prices::Grade;
use thiserror::Error;

use super::figures::Origin;

/// Why a table was refused.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    /// A file that cannot be opened.
    #[error("{file}: {error}")]
    Open {
        /// Its name.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// A file that is no CSV of one width.
    #[error("{file}: {error}")]
    Shape {
        /// Its name.
        file: String,
        /// What the reader says, the line included.
        error: csv::Error,
    },
    /// A file without a column that is needed.
    #[error("{file}: no column `{column}`")]
    Column {
        /// Its name.
        file: String,
        /// The column.
        column: String,
    },
    /// A value out of its range.
    #[error("{file}, line {line}, {field}: `{value}` is not {expected}")]
    Value {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The column.
        field: String,
        /// What stands there.
        value: String,
        /// What may.
        expected: &'static str,
    },
    /// Two rows of one key.
    #[error("{file}, line {line}: a second row for {key}")]
    Twice {
        /// The file.
        file: String,
        /// The line of the second.
        line: u64,
        /// The key, in words.
        key: String,
    },
    /// A region that the tables do not price.
    #[error("{file}: no price for region `{region}`")]
    Region {
        /// The file.
        file: String,
        /// The region asked for.
        region: String,
    },
}

/// A table and where its columns stand.
pub(crate) struct Table {
    file: String,
    columns: BTreeMap<String, usize>,
    records: Vec<csv::StringRecord>,
}

impl Table {
    /// Reads the file of this name in a directory.
    pub(crate) fn read(dir: &Path, file: &str) -> Result<Self, Refused> {
        let path = dir.join(file);
        let opened = File::open(&path).map_err(|error| Refused::Open {
            file: path.display().to_string(),
            error,
        })?;
        let shape = |error| Refused::Shape {
            file: file.to_owned(),
            error,
        };
        let mut reader = csv::Reader::from_reader(opened);
        let header = reader.headers().map_err(shape)?;
        let columns = header.iter().map(str::to_owned).zip(0..).collect();
        let records = reader.records().collect::<Result<_, _>>().map_err(shape)?;
        Ok(Self {
            file: file.to_owned(),
            columns,
            records,
        })
    }

    /// Reads every row, and refuses a second row of one key.
    pub(crate) fn by_key<K: Ord + Clone + std::fmt::Debug, V>(
        &self,
        mut read: impl FnMut(&Row<'_>) -> Result<(K, V), Refused>,
    ) -> Result<BTreeMap<K, V>, Refused> {
        let mut rows = BTreeMap::new();
        for row in self.rows() {
            let (key, value) = read(&row)?;
            if rows.insert(key.clone(), value).is_some() {
                return Err(Refused::Twice {
                    file: self.file.clone(),
                    line: row.line(),
                    key: format!("{key:?}"),
                });
            }
        }
        Ok(rows)
    }

    /// Every row.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|record| Row {
            table: self,
            record,
        })
    }
}

/// A row of a table.
pub(crate) struct Row<'t> {
    table: &'t Table,
    record: &'t csv::StringRecord,
}

impl<'t> Row<'t> {
    fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// What stands in a column.
    pub(crate) fn text(&self, column: &str) -> Result<&'t str, Refused> {
        self.table
            .columns
            .get(column)
            .and_then(|&index| self.record.get(index))
            .ok_or_else(|| Refused::Column {
                file: self.table.file.clone(),
                column: column.to_owned(),
            })
    }

    /// The error for what stands in a column.
    pub(crate) fn refuse(&self, column: &str, expected: &'static str) -> Refused {
        Refused::Value {
            file: self.table.file.clone(),
            line: self.line(),
            field: column.to_owned(),
            value: self.text(column).unwrap_or_default().to_owned(),
            expected,
        }
    }

    /// Reads what stands in a column.
    pub(crate) fn read<T>(
        &self,
        column: &str,
        expected: &'static str,
        read: impl FnOnce(&'t str) -> Option<T>,
    ) -> Result<T, Refused> {
        read(self.text(column)?).ok_or_else(|| self.refuse(column, expected))
    }

    /// Reads what stands in a column, unless it is blank.
    pub(crate) fn optional<T>(
        &self,
        column: &str,
        expected: &'static str,
        read: impl FnOnce(&'t str) -> Option<T>,
    ) -> Result<Option<T>, Refused> {
        match self.text(column)? {
            "" => Ok(None),
            text => read(text)
                .map(Some)
                .ok_or_else(|| self.refuse(column, expected)),
        }
    }

    /// Lower-case letters, digits and the punctuation of AWS's names.
    pub(crate) fn name(&self, column: &str) -> Result<String, Refused> {
        let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '.');
        self.read(
            column,
            "a name of lower-case letters, digits, `-`, `_` and `.`",
            |text| (!text.is_empty() && text.chars().all(allowed)).then(|| text.to_owned()),
        )
    }

    /// A price above zero.
    pub(crate) fn price(&self, column: &str) -> Result<Rate, Refused> {
        self.read(
            column,
            "a price above 0, at most 100000 dollars, with at most ten decimals",
            |text| Rate::parse(text).filter(|rate| rate.ten_billionths() > 0),
        )
    }

    /// An operating system.
    pub(crate) fn os(&self) -> Result<Os, Refused> {
        self.read("os", "linux or windows", Os::from_id)
    }

    /// An architecture.
    pub(crate) fn arch(&self) -> Result<Arch, Refused> {
        self.read("arch", "x86_64 or arm64", Arch::from_id)
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, column: &str) -> Result<bool, Refused> {
        self.read(column, "true or false", |text| text.parse().ok())
    }

    /// The row's date and source, as a quoted figure without a statistic.
    pub(crate) fn origin(&self) -> Result<Origin, Refused> {
        let (date, month_only) =
            self.read("as_of", "a date such as 2026-10-05 or 2026-10", |text| {
                let date = Date::parse(text)?;
                let month_only = text.len() == "2026-10".len();
                date.to_string()
                    .starts_with(text)
                    .then_some((date, month_only))
            })?;
        let text = self.read("source", "a source on one line", |text| {
            let text = text.trim();
            (!text.is_empty() && !text.contains(['\n', '\r'])).then(|| text.to_owned())
        })?;
        Ok(Origin {
            text,
            grade: Grade::Quoted,
            statistic: None,
            date,
            month_only,
        })
    }
}
