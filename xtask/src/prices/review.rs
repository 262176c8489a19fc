//! What a book holds, in numbers, and what looks wrong in it but stays.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

use berth_model::platform::Os;
use berth_model::prices::key::PriceKey;
use berth_model::prices::{Ec2Column, Grade, PriceBook, Quote, index};
use berth_model::purchase::PriceKind;
use lexopt::prelude::*;

use super::Error;

/// Runs `cargo xtask prices review` on the words after it: every book that stands in a directory.
pub(crate) fn run(mut args: lexopt::Parser) -> Result<ExitCode, Error> {
    let mut from = super::books();
    while let Some(arg) = args.next()? {
        match arg {
            Long("from") => from = args.value()?.into(),
            other => return Err(other.unexpected().into()),
        }
    }
    let mut all = BTreeMap::new();
    let mut rows = String::new();
    for entry in index::books() {
        let path = super::book_path(&from, entry.region);
        let text = fs::read_to_string(&path).map_err(|error| Error::Write {
            path: path.clone(),
            error,
        })?;
        let book = PriceBook::parse(&text)?;
        let gzip = super::gzip_len(&text);
        print!("{}", review(&book, &[]));
        println!("  lacks: {}\n", book.lacks().join(", "));
        for (key, quote) in book.prices() {
            if let Some(source) = book.source(quote.source) {
                let purchase = match &key {
                    PriceKey::Ec2(os, kind, _) => format!("ec2 {} {kind}", os.id()),
                    PriceKey::Fargate(_, _, kind, _) => format!("fargate {kind}"),
                    PriceKey::Fee(_) => "managed instances fees".to_owned(),
                    PriceKey::Beside(_) => "beside compute".to_owned(),
                };
                *all.entry((purchase, source.grade)).or_insert(0_usize) += 1;
            }
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            rows,
            "{:<16} {:>4} types {:>6} prices {:>6} bytes {:>6} gzip -9",
            entry.region,
            book.types.len(),
            book.prices().count(),
            text.len(),
            gzip
        );
    }
    println!("{rows}");
    for ((purchase, grade), count) in all {
        println!("{purchase:<36} {:<8} {count:>6}", grade.id());
    }
    Ok(ExitCode::SUCCESS)
}

/// The review as text, a few lines of counts and one line for each doubt.
pub(crate) fn review(book: &PriceBook, left_out: &[String]) -> String {
    let mut out = String::new();
    let _ = write(&mut out, book, left_out);
    out
}

fn write(out: &mut String, book: &PriceBook, left_out: &[String]) -> std::fmt::Result {
    writeln!(
        out,
        "{}: {} types, {} sources",
        book.region,
        book.types.len(),
        book.sources.len()
    )?;
    for column in &book.ec2 {
        let quotes: Vec<Quote> = column.quotes.iter().copied().flatten().collect();
        let aside = column.set_aside.iter().filter(|&&aside| aside).count();
        let aside = match aside {
            0 => String::new(),
            aside => format!(", {aside} of them shown but not deciding"),
        };
        let of = format!("ec2 {} {}", column.os.id(), column.kind);
        writeln!(out, "  {of:<34} {}{aside}", counts(book, &quotes))?;
    }
    let fargate: Vec<_> = book.fargate.iter().map(|price| price.quote).collect();
    let fees: Vec<_> = book.managed_fees.iter().map(|fee| fee.ratio).collect();
    let adjacent: Vec<_> = book.adjacent.iter().map(|(_, quote)| *quote).collect();
    for (what, quotes) in [
        ("fargate", fargate),
        ("managed instances fees", fees),
        ("adjacent", adjacent),
    ] {
        writeln!(out, "  {what:<34} {}", counts(book, &quotes))?;
    }
    let doubts = doubts(book);
    writeln!(out, "looks wrong, stays: {}", doubts.len())?;
    for doubt in doubts {
        writeln!(out, "  {doubt}")?;
    }
    writeln!(out, "left out: {}", left_out.len())?;
    for item in left_out {
        writeln!(out, "  {item}")?;
    }
    Ok(())
}

/// Such as `446: 446 quoted, 2025-06-13 to 2026-10-01`.
fn counts(book: &PriceBook, quotes: &[Quote]) -> String {
    let sources = quotes.iter().filter_map(|quote| book.source(quote.source));
    let mut grades: BTreeMap<Grade, usize> = BTreeMap::new();
    for source in sources.clone() {
        *grades.entry(source.grade).or_default() += 1;
    }
    let grades: Vec<String> = grades
        .iter()
        .map(|(grade, count)| format!("{count} {}", grade.id()))
        .collect();
    let oldest = sources.clone().min_by_key(|source| source.date);
    let newest = sources.max_by_key(|source| source.date);
    let dates = match (oldest, newest) {
        (Some(oldest), Some(newest)) if oldest.date != newest.date => {
            format!(", {} to {}", oldest.date_text(), newest.date_text())
        }
        (Some(source), _) => format!(", {}", source.date_text()),
        _ => String::new(),
    };
    format!("{}: {}{dates}", quotes.len(), grades.join(", "))
}

/// Figures that a reader would stumble over.
pub(crate) fn doubts(book: &PriceBook) -> Vec<String> {
    let mut doubts = Vec::new();
    for column in &book.ec2 {
        let list = if column.kind == PriceKind::OnDemand {
            if column.os == Os::Linux {
                continue;
            }
            Os::Linux
        } else {
            column.os
        };
        if let Some(list) = book.ec2_column(list, PriceKind::OnDemand) {
            beside_list_price(book, column, list, &mut doubts);
        }
    }
    for instance in &book.types {
        let eni = instance.eni;
        if eni
            .with_trunking
            .is_some_and(|with| with < eni.without_trunking)
        {
            doubts.push(format!(
                "{}: fewer tasks with trunking than without",
                instance.name
            ));
        }
    }
    uneven_families(book, &mut doubts);
    doubts
}

/// What is cheaper by nature and is not, or is too cheap to be true.
fn beside_list_price(
    book: &PriceBook,
    column: &Ec2Column,
    list: &Ec2Column,
    doubts: &mut Vec<String>,
) {
    let windows_list = column.kind == PriceKind::OnDemand;
    for (index, instance) in book.types.iter().enumerate() {
        let (Some(price), Some(list)) = (column.quote(index), list.quote(index)) else {
            continue;
        };
        let wrong = if windows_list {
            (price.rate <= list.rate).then_some("at most the Linux price")
        } else if price.rate >= list.rate {
            Some("not below on-demand")
        } else if price.rate.ten_billionths().saturating_mul(20) < list.rate.ten_billionths() {
            Some("under 5 % of on-demand")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            doubts.push(format!(
                "{} {} {}: {} beside {}, {wrong}",
                instance.name,
                column.os.id(),
                column.kind,
                price.rate,
                list.rate
            ));
        }
    }
}

/// Sizes whose on-demand price per vCPU is more than 1 % from the middle of their family. Left
/// out: families whose sizes differ in more than size (GPUs and other accelerators).
fn uneven_families(book: &PriceBook, doubts: &mut Vec<String>) {
    let Some(list) = book.ec2_column(Os::Linux, PriceKind::OnDemand) else {
        return;
    };
    let mut families: BTreeMap<&str, Vec<(u64, &str)>> = BTreeMap::new();
    for (index, instance) in book.types.iter().enumerate() {
        if instance.gpus.is_some() || instance.accelerator.is_some() {
            continue;
        }
        if let Some(quote) = list.quote(index) {
            let each = quote.rate.ten_billionths() / u64::from(instance.vcpu);
            let family = families.entry(instance.family()).or_default();
            family.push((each, &instance.name));
        }
    }
    for (family, mut sizes) in families {
        sizes.sort_unstable();
        let Some(&(middle, _)) = sizes.get(sizes.len() / 2) else {
            continue;
        };
        let far: Vec<&str> = sizes
            .iter()
            .filter(|(each, _)| each.abs_diff(middle) * 100 > middle)
            .map(|(_, name)| *name)
            .collect();
        if !far.is_empty() {
            doubts.push(format!(
                "{family} on-demand per vCPU differs by more than 1 %: {}",
                far.join(" ")
            ));
        }
    }
}
