//! Two books of a region side by side, for a reviewer: what rose, fell, appeared and vanished in each purchase, and
//! what looks wrong. The text is Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use berth_model::money::{PER_USD, Rate};
use berth_model::prices::{PriceBook, Quote};

use super::review;

/// How many of the largest moves of a purchase are named.
const NAMED: usize = 5;

/// How many names a list may have to be printed whole; of a longer one some stand for the rest.
const LISTED: usize = 20;

/// What an importer adds to the difference.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Remarks<'r> {
    /// The files that were read.
    pub(crate) files: &'r [String],
    /// What looked wrong in them.
    pub(crate) doubts: &'r [String],
    /// What they hold and the book does not.
    pub(crate) left_out: &'r [String],
}

/// The difference as text.
pub(crate) fn difference(old: &PriceBook, new: &PriceBook, remarks: Remarks<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, old, new, remarks);
    out
}

/// The figures of one purchase, by what they are the price of.
type Figures = BTreeMap<String, (Rate, String)>;

/// A price that changed.
struct Move<'b> {
    name: &'b str,
    from: Rate,
    to: Rate,
}

/// What became of the figures of one purchase.
#[derive(Default)]
struct Change<'b> {
    same: usize,
    /// Of the unchanged: how many have a newer date.
    redated: usize,
    /// Of all that were there before: how many have an older date.
    older: usize,
    rose: Vec<Move<'b>>,
    fell: Vec<Move<'b>>,
    appeared: Vec<&'b str>,
    vanished: Vec<&'b str>,
}

fn write(
    out: &mut String,
    old: &PriceBook,
    new: &PriceBook,
    remarks: Remarks<'_>,
) -> std::fmt::Result {
    writeln!(out, "## Prices of {}\n", new.region)?;
    for file in remarks.files {
        writeln!(out, "- {file}")?;
    }
    if !remarks.files.is_empty() {
        out.push('\n');
    }
    write_types(out, old, new)?;
    let (before, after) = (purchases(old), purchases(new));
    let none = Figures::new();
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changes: Vec<(&String, Change<'_>)> = names
        .into_iter()
        .map(|name| {
            let old = before.get(name).unwrap_or(&none);
            let new = after.get(name).unwrap_or(&none);
            (name, change(old, new))
        })
        .collect();
    writeln!(
        out,
        "\n| figures | rose | fell | new | gone | unchanged | of them with a newer date |\n|---|---|---|---|---|---|---|"
    )?;
    for (name, change) in &changes {
        writeln!(
            out,
            "| {name} | {} | {} | {} | {} | {} | {} |",
            change.rose.len(),
            change.fell.len(),
            change.appeared.len(),
            change.vanished.len(),
            change.same,
            change.redated
        )?;
    }
    write_moves(out, &changes)?;
    write_comings(out, &changes)?;
    writeln!(out, "\n### Looks wrong\n")?;
    for (name, change) in changes.iter().filter(|(_, change)| change.older > 0) {
        let older = change.older;
        writeln!(
            out,
            "- {name}: {older} figures are older than those they replace"
        )?;
    }
    write_doubts(out, old, new, remarks)
}

fn write_types(out: &mut String, old: &PriceBook, new: &PriceBook) -> std::fmt::Result {
    let names = |book: &PriceBook| -> BTreeSet<String> {
        let types = book.types.iter();
        types.map(|instance| instance.name.to_string()).collect()
    };
    let (before, after) = (names(old), names(new));
    writeln!(out, "{} types, before {}.", after.len(), before.len())?;
    for (what, names) in [
        ("New types", after.difference(&before)),
        ("Types that are gone", before.difference(&after)),
    ] {
        let names: Vec<&str> = names.map(String::as_str).collect();
        if !names.is_empty() {
            writeln!(out, "\n{what}: {}", list(&names))?;
        }
    }
    Ok(())
}

fn write_moves(out: &mut String, changes: &[(&String, Change<'_>)]) -> std::fmt::Result {
    let moved = |change: &Change<'_>| !change.rose.is_empty() || !change.fell.is_empty();
    if !changes.iter().any(|(_, change)| moved(change)) {
        return writeln!(out, "\nNo price moved.");
    }
    writeln!(out, "\n### Largest moves\n")?;
    for (name, change) in changes {
        for (what, moves) in [("rose", &change.rose), ("fell", &change.fell)] {
            if moves.is_empty() {
                continue;
            }
            let named: Vec<String> = moves
                .iter()
                .take(NAMED)
                .map(|moved| {
                    let (from, to) = (moved.from, moved.to);
                    format!("{} {from} to {to} ({})", moved.name, percent(from, to))
                })
                .collect();
            let more = match moves.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(", and {more} more by less"),
            };
            writeln!(out, "- **{name}**, {what}: {}{more}", named.join(", "))?;
        }
    }
    Ok(())
}

fn write_comings(out: &mut String, changes: &[(&String, Change<'_>)]) -> std::fmt::Result {
    let appeared = changes
        .iter()
        .map(|(name, change)| (name, &change.appeared));
    let vanished = changes
        .iter()
        .map(|(name, change)| (name, &change.vanished));
    write_names(out, "Appeared", &mut appeared.into_iter())?;
    write_names(out, "Vanished", &mut vanished.into_iter())
}

fn write_names<'c, 'b: 'c>(
    out: &mut String,
    heading: &str,
    purchases: &mut dyn Iterator<Item = (&'c &'c String, &'c Vec<&'b str>)>,
) -> std::fmt::Result {
    let mut headed = false;
    for (name, names) in purchases {
        if names.is_empty() {
            continue;
        }
        if !headed {
            writeln!(out, "\n### {heading}\n")?;
            headed = true;
        }
        writeln!(out, "- **{name}**: {}", list(names))?;
    }
    Ok(())
}

fn write_doubts(
    out: &mut String,
    old: &PriceBook,
    new: &PriceBook,
    remarks: Remarks<'_>,
) -> std::fmt::Result {
    let before: BTreeSet<String> = review::doubts(old).into_iter().collect();
    let after = review::doubts(new);
    let stood = after.iter().filter(|doubt| before.contains(*doubt)).count();
    for doubt in remarks.doubts {
        writeln!(out, "- in the files: {doubt}")?;
    }
    for doubt in after.iter().filter(|doubt| !before.contains(*doubt)) {
        writeln!(out, "- new: {doubt}")?;
    }
    writeln!(out, "- as before: {stood}")?;
    if !remarks.left_out.is_empty() {
        writeln!(out, "\n### Left out\n")?;
        for item in remarks.left_out {
            writeln!(out, "- {item}")?;
        }
    }
    Ok(())
}

/// Names on one line. A text for a pull request has its limits, and nobody reads seven hundred names.
fn list(names: &[&str]) -> String {
    if names.len() <= LISTED {
        return names.join(", ");
    }
    let some: Vec<&str> = names.iter().copied().take(NAMED).collect();
    format!("{}, such as {}", names.len(), some.join(", "))
}

fn change<'b>(old: &'b Figures, new: &'b Figures) -> Change<'b> {
    let mut change = Change::default();
    for (name, (to, date)) in new {
        let Some((from, old_date)) = old.get(name) else {
            change.appeared.push(name);
            continue;
        };
        change.older += usize::from(date < old_date);
        let moved = Move {
            name,
            from: *from,
            to: *to,
        };
        match to.cmp(from) {
            std::cmp::Ordering::Equal => {
                change.same += 1;
                change.redated += usize::from(date > old_date);
            }
            std::cmp::Ordering::Greater => change.rose.push(moved),
            std::cmp::Ordering::Less => change.fell.push(moved),
        }
    }
    let gone = old.keys().filter(|name| !new.contains_key(*name));
    change.vanished = gone.map(String::as_str).collect();
    for moves in [&mut change.rose, &mut change.fell] {
        moves.sort_by_key(|moved| std::cmp::Reverse(thousandths(moved.from, moved.to).abs()));
    }
    change
}

/// Every figure of a book, by purchase.
fn purchases(book: &PriceBook) -> BTreeMap<String, Figures> {
    let figure = |quote: Quote| {
        let source = book.source(quote.source);
        let date = source.map_or_else(String::new, |source| source.date.to_string());
        (quote.rate, date)
    };
    let mut all: BTreeMap<String, Figures> = BTreeMap::new();
    for column in &book.ec2 {
        let purchase = all
            .entry(format!("ec2 {} {}", column.os.id(), column.kind))
            .or_default();
        for (instance, quote) in book.types.iter().zip(&column.quotes) {
            if let Some(quote) = quote {
                purchase.insert(instance.name.to_string(), figure(*quote));
            }
        }
    }
    for column in &book.advisor {
        let purchase = all
            .entry(format!("advisor {} saving", column.os.id()))
            .or_default();
        for (instance, row) in book.types.iter().zip(&column.rows) {
            let rate = row.and_then(|row| {
                let percent = u64::from(row.saving_percent) * PER_USD;
                Some((Rate::from_ten_billionths(percent)?, row.source))
            });
            if let Some((rate, source)) = rate {
                purchase.insert(instance.name.to_string(), figure(Quote { rate, source }));
            }
        }
    }
    for price in &book.fargate {
        let arch = price.arch.map_or("any", berth_model::platform::Arch::id);
        let name = format!("{} {arch} {}", price.os.id(), price.dimension.id());
        let purchase = all.entry(format!("fargate {}", price.kind)).or_default();
        purchase.insert(name, figure(price.quote));
    }
    for fee in &book.managed_fees {
        let name = match &*fee.family_letters {
            "" => "other families".to_owned(),
            letters => format!("families {letters}"),
        };
        let purchase = all.entry("managed instances fees".to_owned()).or_default();
        purchase.insert(name, figure(fee.ratio));
    }
    for (item, quote) in &book.adjacent {
        let purchase = all.entry("adjacent".to_owned()).or_default();
        purchase.insert(item.id().to_owned(), figure(*quote));
    }
    all
}

/// The change in thousandths of the old price.
fn thousandths(from: Rate, to: Rate) -> i128 {
    let (from, to) = (
        i128::from(from.ten_billionths()),
        i128::from(to.ten_billionths()),
    );
    let scaled = (to - from) * 2_000;
    // Half away from zero.
    let half = if scaled < 0 { -from } else { from };
    (scaled + half).checked_div(2 * from).unwrap_or_default()
}

/// Such as `-44.0 %`.
fn percent(from: Rate, to: Rate) -> String {
    let change = thousandths(from, to);
    let sign = if to < from { '-' } else { '+' };
    let size = change.abs();
    format!("{sign}{}.{} %", size / 10, size % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_in_per_cent() {
        let rate = |text| Rate::parse(text).unwrap();
        let percent = |from, to| percent(rate(from), rate(to));
        assert_eq!(percent("98.32", "55.04"), "-44.0 %");
        assert_eq!(percent("0.1", "0.11"), "+10.0 %");
        assert_eq!(percent("0.1", "0.10001"), "+0.0 %");
        assert_eq!(percent("0.04", "0.0001"), "-99.8 %");
    }

    #[test]
    fn a_long_list_is_counted() {
        assert_eq!(list(&["a", "b"]), "a, b");
        assert_eq!(list(&["a"; 21]), "21, such as a, a, a, a, a");
    }
}
