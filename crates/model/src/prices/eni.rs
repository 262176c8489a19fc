//! How many tasks in `awsvpc` network mode an instance holds, by type, as ECS lists it.
//!
//! A price book carries the limits of the types it prices. This table holds ECS's whole list,
//! for what looks a type up that no book prices; it stands in `prices/eni_limits.txt` and does
//! not ship in the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use thiserror::Error;

/// The first line of the table.
const MAGIC: &str = "berth-eni 1";

/// Tasks that a type of so many network interfaces holds without trunking: the primary interface
/// is the instance's own (rule 10). `None` for no interface.
pub const fn tasks_without_trunking(interfaces: u16) -> Option<u16> {
    interfaces.checked_sub(1)
}

/// Network interfaces of a type that holds so many tasks without trunking.
pub const fn interfaces(tasks_without_trunking: u16) -> u16 {
    tasks_without_trunking.saturating_add(1)
}

/// What ECS lists for a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EniRow {
    /// Tasks without ENI trunking.
    pub without_trunking: u16,
    /// Tasks with ENI trunking; `None` where the type cannot trunk.
    pub with_trunking: Option<u16>,
}

/// Why a text is no such table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: expected {expected}")]
pub struct EniTableError {
    /// The line, counted from one.
    pub line: usize,
    /// What should stand there.
    pub expected: &'static str,
}

/// ECS's list of instance types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EniTable {
    rows: BTreeMap<Box<str>, EniRow>,
}

impl EniTable {
    /// A table of types and their limits.
    pub fn new(rows: impl IntoIterator<Item = (Box<str>, EniRow)>) -> Self {
        Self {
            rows: rows.into_iter().collect(),
        }
    }

    /// The limits of a type, if ECS lists it.
    pub fn get(&self, instance_type: &str) -> Option<EniRow> {
        self.rows.get(instance_type).copied()
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Reads the table: after the first line, a family a line, its sizes as
    /// `large 2/10` (tasks without and with trunking) or `large 2/-` where it cannot trunk.
    /// Lines that begin with `#` and empty ones say nothing.
    pub fn parse(text: &str) -> Result<Self, EniTableError> {
        let mut lines = text.lines().zip(1..);
        if lines.next().is_none_or(|(first, _)| first != MAGIC) {
            return Err(EniTableError {
                line: 1,
                expected: MAGIC,
            });
        }
        let mut table = Self::default();
        for (text, line) in lines {
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            table.read_family(text).ok_or(EniTableError {
                line,
                expected: "a family, then its sizes as `large 2/10`, each type once",
            })?;
        }
        Ok(table)
    }

    fn read_family(&mut self, text: &str) -> Option<()> {
        let mut words = text.split(' ');
        let family = words.next()?;
        while let Some(size) = words.next() {
            let (without, with) = words.next()?.split_once('/')?;
            let row = EniRow {
                without_trunking: without.parse().ok()?,
                with_trunking: match with {
                    "-" => None,
                    tasks => Some(tasks.parse().ok()?),
                },
            };
            let name = format!("{family}.{size}").into_boxed_str();
            if self.rows.insert(name, row).is_some() {
                return None;
            }
        }
        Some(())
    }

    /// The text that reads back as this table, with a remark on where it comes from.
    pub fn to_text(&self, remark: &str) -> String {
        let mut text = format!("{MAGIC}\n# {remark}\n");
        let mut last = "";
        for (name, row) in &self.rows {
            let (family, size) = name.split_once('.').unwrap_or((name, ""));
            if family != last {
                if !last.is_empty() {
                    text.push('\n');
                }
                text.push_str(family);
                last = family;
            }
            let with = row
                .with_trunking
                .map_or_else(|| "-".to_owned(), |tasks| tasks.to_string());
            // Writing to a string cannot fail.
            let _ = write!(text, " {size} {}/{with}", row.without_trunking);
        }
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        let row = |without_trunking, with_trunking| EniRow {
            without_trunking,
            with_trunking,
        };
        let table = EniTable::new([
            ("m5.large".into(), row(2, Some(10))),
            ("m5.xlarge".into(), row(3, Some(20))),
            ("g4dn.xlarge".into(), row(2, None)),
        ]);
        let text = table.to_text("a remark");
        assert_eq!(
            text,
            "berth-eni 1\n# a remark\ng4dn xlarge 2/-\nm5 large 2/10 xlarge 3/20\n"
        );
        assert_eq!(EniTable::parse(&text), Ok(table));
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_line() {
        for (text, line) in [
            ("", 1),
            ("berth-prices 1\n", 1),
            ("berth-eni 1\n\nm5 large\n", 3),
            ("berth-eni 1\nm5 large 2\n", 2),
            ("berth-eni 1\nm5 large 2/x\n", 2),
            ("berth-eni 1\nm5 large 2/10\nm5 large 2/10\n", 3),
        ] {
            assert_eq!(
                EniTable::parse(text).map_err(|error| error.line),
                Err(line),
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_primary_interface_is_no_task() {
        assert_eq!(tasks_without_trunking(4), Some(3));
        assert_eq!(tasks_without_trunking(0), None);
        assert_eq!(interfaces(3), 4);
    }
}
