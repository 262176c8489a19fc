//! Writes a price book as its text: the other direction of [`parse`](super::parse).
//!
//! It stands beside the parser, not with the chore that makes books, so that one room holds both
//! directions of the format and its tests prove the round trip. The page never calls it, and
//! what is never called is not linked.

use std::fmt::{self, Write as _};
use std::ops::Range;

use super::parse::{MAGIC, VERSION};
use super::{Grade, InstanceType, PriceBook, Quote, Source, SourceId, Statistic};

/// Ten-billionths in one, as in [`Rate`](crate::money::Rate).
const ONE: u64 = crate::money::PER_USD;

impl PriceBook {
    /// The book as text.
    ///
    /// What [`PriceBook::parse`] reads back equal, as long as the book keeps to its own rules
    /// (types sorted, one architecture a family, columns as long as the types, and so on).
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(64 * 1024);
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "{MAGIC} {VERSION}")?;
        writeln!(
            out,
            "# Made by `cargo xtask prices`; docs/prices.md explains every line."
        )?;
        writeln!(out, "region {}", self.region)?;
        self.write_sources(out)?;
        self.write_types(out)?;
        for column in &self.ec2 {
            writeln!(out, "\n[ec2 {} {}]", column.os.id(), column.kind)?;
            let quote = |index: usize| column.quotes.get(index).copied().flatten();
            let upfront = |index: usize| column.upfront.get(index).copied().flatten();
            self.write_column(out, |index| {
                let quote = quote(index)?;
                let value = match upfront(index) {
                    None => quote.rate.to_string(),
                    Some(part) => format!("{}^{part}", quote.rate),
                };
                Some((Some(quote.source), value))
            })?;
        }
        for column in &self.advisor {
            writeln!(out, "\n[advisor {}]", column.os.id())?;
            self.write_column(out, |index| {
                let advice = column.rows.get(index).copied().flatten()?;
                let band = advice.interruption.id();
                Some((
                    Some(advice.source),
                    format!("{}/{band}", advice.saving_percent),
                ))
            })?;
        }
        self.write_lists(out)?;
        writeln!(out, "\n[end]")
    }

    fn write_sources(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "\n[sources]")?;
        for (index, source) in self.sources.iter().enumerate() {
            let Source { grade, text, .. } = source;
            let statistic = source.statistic.map_or("-", Statistic::id);
            let date = source.date_text();
            writeln!(
                out,
                "@{index} {date} {} {statistic} {text}",
                Grade::id(*grade)
            )?;
        }
        Ok(())
    }

    fn write_types(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "\n[types]")?;
        for range in self.families() {
            let family = self.types.get(range).unwrap_or_default();
            if let Some(first) = family.first() {
                write!(out, "{} {}", first.family(), first.arch.id())?;
            }
            for instance in family {
                write!(out, " {}", instance.size())?;
            }
            out.push('\n');
        }
        writeln!(out, "\n[spec]")?;
        self.write_types_column(out, |instance| {
            let gib = shortest(u64::from(instance.memory_mib) * ONE / 1024);
            Some((Some(instance.specs), format!("{}/{gib}", instance.vcpu)))
        })?;
        writeln!(out, "\n[flags]")?;
        self.write_types_column(out, |instance| {
            let burstable = if instance.burstable { "b" } else { "" };
            let bare_metal = if instance.bare_metal { "m" } else { "" };
            let flags = format!("{burstable}{bare_metal}");
            (!flags.is_empty()).then_some((None, flags))
        })?;
        writeln!(out, "\n[gpus]")?;
        self.write_types_column(out, |instance| {
            let gpus = instance.gpus.as_ref()?;
            Some((
                None,
                format!("{}/{}/{}", gpus.count, gpus.model, gpus.memory_mib),
            ))
        })?;
        writeln!(out, "\n[accelerators]")?;
        self.write_types_column(out, |instance| {
            Some((None, instance.accelerator.as_ref()?.to_string()))
        })?;
        writeln!(out, "\n[managed_instances @{}]", self.managed_types.index())?;
        self.write_types_column(out, |instance| {
            instance.managed_instances.then(|| (None, "y".to_owned()))
        })?;
        writeln!(out, "\n[eni]")?;
        self.write_types_column(out, |instance| {
            let eni = instance.eni;
            let with = eni
                .with_trunking
                .map_or("-".to_owned(), |with| with.to_string());
            Some((Some(eni.source), format!("{}/{with}", eni.without_trunking)))
        })
    }

    fn write_lists(&self, out: &mut String) -> fmt::Result {
        let value = |quote: Quote| format!("@{} {}", quote.source.index(), quote.rate);
        writeln!(out, "\n[fargate]")?;
        for price in &self.fargate {
            let arch = price.arch.map_or("any", crate::platform::Arch::id);
            let (os, dimension) = (price.os.id(), price.dimension.id());
            writeln!(
                out,
                "{os} {arch} {} {dimension} {}",
                price.kind,
                value(price.quote)
            )?;
        }
        writeln!(out, "\n[managed_fees]")?;
        for fee in &self.managed_fees {
            let letters = match &*fee.family_letters {
                "" => "*",
                letters => letters,
            };
            writeln!(out, "{letters} {}", value(fee.ratio))?;
        }
        writeln!(out, "\n[adjacent]")?;
        for (item, quote) in &self.adjacent {
            writeln!(out, "{} {}", item.id(), value(*quote))?;
        }
        Ok(())
    }

    /// The places of each family's types.
    fn families(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        self.types
            .chunk_by(|a, b| a.family() == b.family())
            .map(move |family| {
                let range = start..start + family.len();
                start = range.end;
                range
            })
    }

    fn write_types_column(
        &self,
        out: &mut String,
        cell: impl Fn(&InstanceType) -> Option<(Option<SourceId>, String)>,
    ) -> fmt::Result {
        self.write_column(out, |index| self.types.get(index).and_then(&cell))
    }

    /// One line for each family that has a value in the column.
    fn write_column(
        &self,
        out: &mut String,
        cell: impl Fn(usize) -> Option<(Option<SourceId>, String)>,
    ) -> fmt::Result {
        let mut source = None;
        for range in self.families() {
            let cells: Vec<_> = range.clone().map(&cell).collect();
            if cells.iter().all(Option::is_none) {
                continue;
            }
            let family = self.types.get(range.start).map_or("", InstanceType::family);
            write!(out, "{family}")?;
            for run in cells.chunk_by(|a, b| a == b) {
                let value = match run.first() {
                    Some(Some((of, value))) => {
                        if *of != source {
                            source = *of;
                            if let Some(id) = of {
                                write!(out, " @{}", id.index())?;
                            }
                        }
                        value.as_str()
                    }
                    _ => "-",
                };
                write!(out, " {value}")?;
                if run.len() > 1 {
                    write!(out, "*{}", run.len())?;
                }
            }
            out.push('\n');
        }
        Ok(())
    }
}

impl Source {
    /// The date as precisely as the source states it: `2026-10-05`, or `2026-10`.
    pub fn date_text(&self) -> String {
        let mut date = self.date.to_string();
        if self.month_only {
            date.truncate("2026-10".len());
        }
        date
    }
}

/// The shortest decimal of a count of ten-billionths.
fn shortest(count: u64) -> String {
    let (whole, fraction) = (count / ONE, count % ONE);
    let text = format!("{whole}.{fraction:010}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
