//! Reads a price book from its text.
//!
//! A book is read as a whole or refused with the line and what was expected there; no text makes
//! the reader panic. It is written by hand, without serde or regular expressions, since it
//! ships in the page: one pass over the lines, no allocation per field.

use std::ops::Range;
use std::str::Lines;

use thiserror::Error;

use super::{
    Adjacent, Advice, AdvisorColumn, Ec2Column, EniLimits, FargateDimension, FargatePrice, Gpus,
    Grade, InstanceType, Interruption, ManagedFee, PriceBook, Quote, Source, SourceId, Statistic,
    trust,
};
use crate::date::Date;
use crate::money::{MAX_RATE_USD, PER_USD, Rate};
use crate::platform::{Arch, Os};
use crate::purchase::PriceKind;

/// The word that a price book begins with.
pub const MAGIC: &str = "berth-prices";

/// The version of the format.
pub const VERSION: &str = "1";

/// Why a text is no price book.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct BookError {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a line of a price book.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The first line is another file's.
    #[error("not a price book: expected `{MAGIC} {VERSION}`, found `{0}`")]
    Magic(Box<str>),
    /// A format of another version.
    #[error("a price book of version `{0}`: expected version {VERSION}")]
    Version(Box<str>),
    /// Another line than the one that must stand here.
    #[error("expected {expected}, found `{found}`")]
    Expected {
        /// What must stand here.
        expected: &'static str,
        /// What does.
        found: Box<str>,
    },
    /// The text ends too early.
    #[error("the book is cut short: expected {0}")]
    CutShort(&'static str),
    /// A family that the book does not list, or not in its turn.
    #[error("`{0}` is no family of [types], or stands out of order or twice")]
    Family(Box<str>),
    /// Too few or too many values for the sizes of a family.
    #[error("`{family}` has {found} values, expected {expected}")]
    Length {
        /// The family.
        family: Box<str>,
        /// How many sizes it has.
        expected: usize,
        /// How many values the line holds, as far as it was read.
        found: usize,
    },
    /// A name that must follow the one before it, bytewise, and does not.
    #[error("`{0}` stands out of order or twice: the list must be sorted")]
    Order(Box<str>),
    /// A source that the book does not list.
    #[error("no source `{found}`: the book lists {sources}, counted from 0")]
    Source {
        /// What stands there.
        found: Box<str>,
        /// How many sources the book lists.
        sources: usize,
    },
    /// A value before the first source of its section.
    #[error("`{0}` has no source: expected `@` and the number of one before it")]
    NoSource(Box<str>),
    /// A type that lacks what every type must have.
    #[error("`{name}` has no {what}")]
    Lacks {
        /// The type.
        name: Box<str>,
        /// The section that leaves it out.
        what: &'static str,
    },
}

const PRICE: &str = "a price above 0, at most 100000 dollars, with at most ten decimals";
const RATIO: &str = "a share from 0 to 1, with at most ten decimals";

#[expect(
    clippy::unnecessary_box_returns,
    reason = "every reader hands problems on in boxes"
)]
impl Problem {
    #[cold]
    fn expected(expected: &'static str, found: &str) -> Box<Self> {
        Box::new(Self::Expected {
            expected,
            found: clip(found),
        })
    }

    #[cold]
    fn order(found: &str) -> Box<Self> {
        Box::new(Self::Order(clip(found)))
    }

    #[cold]
    fn no_source(found: &str) -> Box<Self> {
        Box::new(Self::NoSource(clip(found)))
    }
}

/// As much of a text as fits a message.
fn clip(text: &str) -> Box<str> {
    text.chars().take(40).collect::<String>().into()
}

impl PriceBook {
    /// Reads a book, and marks which of its figures may decide ([`trust`]).
    pub fn parse(text: &str) -> Result<Self, BookError> {
        let mut reader = Reader {
            lines: text.lines(),
            line: 0,
            next: None,
            sources: 0,
        };
        let mut book = reader.book().map_err(|problem| BookError {
            line: reader.line.max(1),
            problem: *problem,
        })?;
        trust::mark(&mut book);
        Ok(book)
    }
}

/// A problem is boxed: nearly every line of this file hands one on, and a page carries the code for it.
type Read<T> = Result<T, Box<Problem>>;

/// A value for each type, as far as there is one.
type Column<T> = Vec<Option<T>>;

/// The lines of a book that say something, one at a time.
struct Reader<'t> {
    lines: Lines<'t>,
    /// The line last taken, counted from one.
    line: usize,
    /// A section's heading that ended the section before it.
    next: Option<&'t str>,
    /// How many sources the book lists.
    sources: usize,
}

/// A family's name and the places of its types.
struct Family<'t> {
    name: &'t str,
    arch: Arch,
    range: Range<usize>,
}

/// One value of a column, for one type or several in a row.
struct Cell<'t> {
    text: &'t str,
    range: Range<usize>,
    source: Option<SourceId>,
}

impl Cell<'_> {
    fn source(&self) -> Read<SourceId> {
        self.source.ok_or_else(|| Problem::no_source(self.text))
    }

    /// Sets something about every type of the cell.
    fn each(&self, types: &mut [InstanceType], set: &mut dyn FnMut(&mut InstanceType)) {
        for instance in types.get_mut(self.range.clone()).unwrap_or_default() {
            set(instance);
        }
    }

    /// Puts a value in every place of the cell.
    fn fill<T: Clone>(&self, column: &mut [Option<T>], value: &T) {
        for place in column.get_mut(self.range.clone()).unwrap_or_default() {
            *place = Some(value.clone());
        }
    }
}

impl<'t> Reader<'t> {
    fn book(&mut self) -> Read<PriceBook> {
        self.magic()?;
        let region = self.region()?;
        let sources = self.source_list()?;
        self.section("[types]")?;
        let (families, names) = self.type_names()?;
        let (types, managed_types) = self.types(&families, names)?;
        let mut ec2: Vec<Ec2Column> = Vec::new();
        let mut heading = self.heading("[ec2 ...] or [fargate]")?;
        while let Some(of) = heading.strip_prefix("[ec2 ") {
            let (os, kind) = ec2_heading(of)?;
            if ec2
                .last()
                .is_some_and(|last| (last.os, last.kind) >= (os, kind))
            {
                return Err(Problem::order(heading));
            }
            let (quotes, upfront) = self.quotes(&families, types.len())?;
            ec2.push(Ec2Column {
                os,
                kind,
                quotes,
                upfront,
                set_aside: Vec::new(),
            });
            heading = self.heading("[ec2 ...] or [fargate]")?;
        }
        let mut advisor: Vec<AdvisorColumn> = Vec::new();
        while let Some(os) = heading.strip_prefix("[advisor ") {
            let os = os.strip_suffix(']').unwrap_or_default();
            let os = known(os, "linux or windows", Os::from_id)?;
            if advisor.last().is_some_and(|last| last.os >= os) {
                return Err(Problem::order(heading));
            }
            let rows = self.advice(&families, types.len())?;
            advisor.push(AdvisorColumn { os, rows });
            heading = self.heading("[advisor ...] or [fargate]")?;
        }
        if heading != "[fargate]" {
            return Err(Problem::expected("[ec2 ...] or [fargate]", heading));
        }
        let fargate = self.fargate()?;
        self.section("[managed_fees]")?;
        let managed_fees = self.managed_fees()?;
        self.section("[adjacent]")?;
        let adjacent = self.adjacent()?;
        self.section("[end]")?;
        if let Some(line) = self.line() {
            return Err(Problem::expected("nothing after [end]", line));
        }
        Ok(PriceBook {
            region,
            sources,
            types,
            managed_types,
            ec2,
            advisor,
            fargate,
            managed_fees,
            adjacent,
            newest_spot: None,
        })
    }

    /// The next line that is neither blank nor a comment.
    fn line(&mut self) -> Option<&'t str> {
        if let Some(line) = self.next.take() {
            return Some(line);
        }
        loop {
            let line = self.lines.next()?;
            self.line += 1;
            let line = line.trim_ascii();
            if !line.is_empty() && !line.starts_with('#') {
                return Some(line);
            }
        }
    }

    /// The next row of the present section.
    fn row(&mut self) -> Option<&'t str> {
        let line = self.line()?;
        if line.starts_with('[') {
            self.next = Some(line);
            return None;
        }
        Some(line)
    }

    fn heading(&mut self, expected: &'static str) -> Read<&'t str> {
        let line = self.line().ok_or(Problem::CutShort(expected))?;
        if line.starts_with('[') {
            Ok(line)
        } else {
            Err(Problem::expected(expected, line))
        }
    }

    fn section(&mut self, heading: &'static str) -> Read<()> {
        let found = self.heading(heading)?;
        if found == heading {
            Ok(())
        } else {
            Err(Problem::expected(heading, found))
        }
    }

    fn magic(&mut self) -> Read<()> {
        let first = self.lines.next().unwrap_or_default().trim_ascii_end();
        self.line = 1;
        let version = first
            .strip_prefix(MAGIC)
            .and_then(|rest| rest.strip_prefix(' '))
            .ok_or_else(|| Problem::Magic(clip(first)))?;
        if version == VERSION {
            Ok(())
        } else {
            Err(Problem::Version(clip(version)).into())
        }
    }

    fn region(&mut self) -> Read<Box<str>> {
        const EXPECTED: &str = "`region` and a region's code";
        let line = self.line().ok_or(Problem::CutShort(EXPECTED))?;
        line.strip_prefix("region ")
            .filter(|code| is_name(code))
            .map(Into::into)
            .ok_or_else(|| Problem::expected(EXPECTED, line))
    }

    fn source_list(&mut self) -> Read<Vec<Source>> {
        self.section("[sources]")?;
        let mut sources = Vec::new();
        while let Some(row) = self.row() {
            if !SourceId(u16::try_from(sources.len()).unwrap_or(u16::MAX)).is_of_book() {
                return Err(Problem::expected("at most 65533 sources", row));
            }
            sources.push(source(row, sources.len())?);
        }
        self.sources = sources.len();
        Ok(sources)
    }

    /// Reads `@3` without its `@`.
    fn source_id(&self, text: &str) -> Read<SourceId> {
        count(text)
            .filter(|&index| usize::from(index) < self.sources)
            .map(SourceId)
            .ok_or_else(|| {
                let found = clip(text);
                let sources = self.sources;
                Problem::Source { found, sources }.into()
            })
    }

    fn type_names(&mut self) -> Read<(Vec<Family<'t>>, Vec<Box<str>>)> {
        let mut families: Vec<Family<'t>> = Vec::new();
        let mut names: Vec<Box<str>> = Vec::new();
        while let Some(row) = self.row() {
            let mut words = row.split_ascii_whitespace();
            let name = words.next().unwrap_or_default();
            if !is_name(name) {
                return Err(Problem::expected("a family's name", name));
            }
            if families.last().is_some_and(|last| last.name == name) {
                return Err(Problem::order(name));
            }
            let arch = words.next().unwrap_or_default();
            let arch = Arch::from_id(arch)
                .ok_or_else(|| Problem::expected("x86_64 or arm64 after the family", arch))?;
            let start = names.len();
            for size in words {
                if !is_name(size) {
                    return Err(Problem::expected("a size", size));
                }
                let mut full = String::with_capacity(name.len() + 1 + size.len());
                full.push_str(name);
                full.push('.');
                full.push_str(size);
                if names.last().is_some_and(|last| **last >= *full) {
                    return Err(Problem::order(&full));
                }
                names.push(full.into());
            }
            if names.len() == start {
                return Err(Problem::expected("sizes after the architecture", row));
            }
            families.push(Family {
                name,
                arch,
                range: start..names.len(),
            });
        }
        Ok((families, names))
    }

    /// Reads the rows of a column, one a family, and hands on each value.
    fn column(
        &mut self,
        families: &[Family<'t>],
        take: &mut dyn FnMut(&Cell<'t>) -> Read<()>,
    ) -> Read<()> {
        let mut rest = families.iter();
        let mut source = None;
        while let Some(row) = self.row() {
            let mut words = row.split_ascii_whitespace();
            let name = words.next().unwrap_or_default();
            let family = rest
                .find(|family| family.name == name)
                .ok_or_else(|| Problem::Family(clip(name)))?;
            let Range { start, end } = family.range;
            let mut at = start;
            for word in words {
                if let Some(index) = word.strip_prefix('@') {
                    source = Some(self.source_id(index)?);
                    continue;
                }
                let (text, times) = match word.split_once('*') {
                    None => (word, 1),
                    Some((text, times)) => (
                        text,
                        count(times).filter(|&times| times > 0).ok_or_else(|| {
                            Problem::expected("a value, `*` and how many times it stands", word)
                        })?,
                    ),
                };
                let range = at..at + usize::from(times);
                at = range.end;
                if at > end {
                    break;
                }
                if text != "-" {
                    take(&Cell {
                        text,
                        range,
                        source,
                    })?;
                }
            }
            if at != end {
                let problem = Problem::Length {
                    family: clip(name),
                    expected: end - start,
                    found: at - start,
                };
                return Err(problem.into());
            }
        }
        Ok(())
    }

    /// Reads the sections that describe the types, into types that bear no more than their names.
    fn types(
        &mut self,
        families: &[Family<'t>],
        names: Vec<Box<str>>,
    ) -> Read<(Vec<InstanceType>, SourceId)> {
        let arch = families
            .iter()
            .flat_map(|family| family.range.clone().map(|_| family.arch));
        let mut types: Vec<InstanceType> = names.into_iter().zip(arch).map(blank).collect();
        self.section("[spec]")?;
        self.column(families, &mut |cell| {
            let (vcpu, memory_mib) = spec(cell.text)?;
            let specs = cell.source()?;
            cell.each(&mut types, &mut |instance| {
                (instance.vcpu, instance.memory_mib, instance.specs) = (vcpu, memory_mib, specs);
            });
            Ok(())
        })?;
        // Every type that was read has a processor.
        complete(&types, "[spec]", &mut |instance| instance.vcpu > 0)?;
        self.section("[flags]")?;
        self.column(families, &mut |cell| {
            let (burstable, bare_metal) = match cell.text {
                "b" => (true, false),
                "m" => (false, true),
                "bm" => (true, true),
                other => return Err(Problem::expected("b (burstable), m (bare metal)", other)),
            };
            cell.each(&mut types, &mut |instance| {
                (instance.burstable, instance.bare_metal) = (burstable, bare_metal);
            });
            Ok(())
        })?;
        self.section("[gpus]")?;
        self.column(families, &mut |cell| {
            let gpus = gpus(cell.text)?;
            cell.each(&mut types, &mut |instance| {
                instance.gpus = Some(gpus.clone());
            });
            Ok(())
        })?;
        self.section("[accelerators]")?;
        self.column(families, &mut |cell| {
            if !is_name(cell.text) {
                return Err(Problem::expected("an accelerator's model", cell.text));
            }
            cell.each(&mut types, &mut |instance| {
                instance.accelerator = Some(cell.text.into());
            });
            Ok(())
        })?;
        let managed_types = self.managed_heading()?;
        self.column(families, &mut |cell| {
            if cell.text != "y" {
                return Err(Problem::expected("y or -", cell.text));
            }
            cell.each(&mut types, &mut |instance| {
                instance.managed_instances = true;
            });
            Ok(())
        })?;
        self.section("[eni]")?;
        let mut with_limits = vec![false; types.len()];
        self.column(families, &mut |cell| {
            let limits = eni(cell.text, cell.source()?)?;
            cell.each(&mut types, &mut |instance| instance.eni = limits);
            if let Some(read) = with_limits.get_mut(cell.range.clone()) {
                read.fill(true);
            }
            Ok(())
        })?;
        let mut with_limits = with_limits.into_iter();
        complete(&types, "[eni]", &mut |_| with_limits.next() == Some(true))?;
        Ok((types, managed_types))
    }

    fn managed_heading(&mut self) -> Read<SourceId> {
        const EXPECTED: &str = "[managed_instances @SOURCE]";
        let heading = self.heading(EXPECTED)?;
        let source = heading
            .strip_prefix("[managed_instances @")
            .and_then(|rest| rest.strip_suffix(']'))
            .ok_or_else(|| Problem::expected(EXPECTED, heading))?;
        self.source_id(source)
    }

    /// Prices, and of each the part that is paid in advance; no such parts where none is stated.
    fn quotes(
        &mut self,
        families: &[Family<'t>],
        len: usize,
    ) -> Read<(Column<Quote>, Column<Rate>)> {
        let mut quotes = vec![None; len];
        let mut upfront = Vec::new();
        self.column(families, &mut |cell| {
            let source = cell.source()?;
            let (whole, advance) = match cell.text.split_once('^') {
                None => (cell.text, None),
                Some((whole, advance)) => (whole, Some(advance)),
            };
            let rate = price(whole)?;
            if let Some(advance) = advance {
                let part = price(advance)?;
                if part > rate {
                    return Err(Problem::expected(
                        "a part in advance of at most the price",
                        cell.text,
                    ));
                }
                upfront.resize(len, None);
                cell.fill(&mut upfront, &part);
            }
            cell.fill(&mut quotes, &Quote { rate, source });
            Ok(())
        })?;
        Ok((quotes, upfront))
    }

    /// Reads `71/5-10%`: the saving in percent, and how often Spot was interrupted.
    fn advice(&mut self, families: &[Family<'t>], len: usize) -> Read<Vec<Option<Advice>>> {
        let mut rows = vec![None; len];
        self.column(families, &mut |cell| {
            let read = || {
                let (saving, band) = cell.text.split_once('/')?;
                let saving = count(saving).filter(|&saving| saving < 100)?;
                Some((u8::try_from(saving).ok()?, Interruption::from_id(band)?))
            };
            let (saving_percent, interruption) = read().ok_or_else(|| {
                Problem::expected("SAVING/INTERRUPTION such as 71/5-10%", cell.text)
            })?;
            let source = cell.source()?;
            cell.fill(
                &mut rows,
                &Advice {
                    saving_percent,
                    interruption,
                    source,
                },
            );
            Ok(())
        })?;
        Ok(rows)
    }

    /// Splits `KEY... @SOURCE VALUE`.
    fn listed<'r>(&self, row: &'r str, read: fn(&str) -> Read<Rate>) -> Read<(&'r str, Quote)> {
        let (key, value) = row
            .split_once(" @")
            .ok_or_else(|| Problem::no_source(row))?;
        let (source, value) = value
            .split_once(' ')
            .ok_or_else(|| Problem::expected("@SOURCE and a value", row))?;
        let source = self.source_id(source)?;
        let rate = read(value)?;
        Ok((key, Quote { rate, source }))
    }

    fn fargate(&mut self) -> Read<Vec<FargatePrice>> {
        let mut prices: Vec<FargatePrice> = Vec::new();
        let order = |price: &FargatePrice| (price.os, price.arch, price.kind, price.dimension);
        while let Some(row) = self.row() {
            let (key, quote) = self.listed(row, price)?;
            let mut words = key.split(' ');
            let mut word = || words.next().unwrap_or_default();
            let (os, arch, kind, dimension) = (word(), word(), word(), word());
            let price = FargatePrice {
                os: known(os, "linux or windows", Os::from_id)?,
                arch: match arch {
                    "any" => None,
                    arch => Some(known(arch, "x86_64, arm64 or any", Arch::from_id)?),
                },
                kind: purchase(kind)?,
                dimension: known(
                    dimension,
                    "vcpu_hour, gb_hour, os_license_vcpu_hour or ephemeral_gb_hour",
                    FargateDimension::from_id,
                )?,
                quote,
            };
            if words.next().is_some() {
                return Err(Problem::expected("OS ARCH PURCHASE DIMENSION", key));
            }
            if prices
                .last()
                .is_some_and(|last| order(last) >= order(&price))
            {
                return Err(Problem::order(key));
            }
            prices.push(price);
        }
        Ok(prices)
    }

    fn managed_fees(&mut self) -> Read<Vec<ManagedFee>> {
        let mut fees: Vec<ManagedFee> = Vec::new();
        while let Some(row) = self.row() {
            let (key, ratio) = self.listed(row, ratio)?;
            let letters = match key {
                "*" => "",
                letters if is_name(letters) => letters,
                other => return Err(Problem::expected("a family's first letters or *", other)),
            };
            if fees
                .last()
                .is_some_and(|last| *last.family_letters >= *letters)
            {
                return Err(Problem::order(key));
            }
            fees.push(ManagedFee {
                family_letters: letters.into(),
                ratio,
            });
        }
        Ok(fees)
    }

    fn adjacent(&mut self) -> Read<Vec<(Adjacent, Quote)>> {
        let mut items: Vec<(Adjacent, Quote)> = Vec::new();
        while let Some(row) = self.row() {
            let (key, quote) = self.listed(row, price)?;
            let item = known(key, "an item beside compute", Adjacent::from_id)?;
            if items.last().is_some_and(|(last, _)| *last >= item) {
                return Err(Problem::order(key));
            }
            items.push((item, quote));
        }
        Ok(items)
    }
}

/// A type of which nothing but its name has been read.
fn blank((name, arch): (Box<str>, Arch)) -> InstanceType {
    let unread = SourceId(0);
    InstanceType {
        name,
        arch,
        vcpu: 0,
        memory_mib: 0,
        specs: unread,
        burstable: false,
        bare_metal: false,
        gpus: None,
        accelerator: None,
        eni: EniLimits {
            without_trunking: 0,
            with_trunking: None,
            source: unread,
        },
        managed_instances: false,
    }
}

/// Sees to it that every type was in a section that must have all.
fn complete(
    types: &[InstanceType],
    what: &'static str,
    is_there: &mut dyn FnMut(&InstanceType) -> bool,
) -> Read<()> {
    for instance in types {
        if !is_there(instance) {
            let name = instance.name.clone();
            return Err(Problem::Lacks { name, what }.into());
        }
    }
    Ok(())
}

/// Reads `@3 2026-07-20 quoted - owner/repo path`.
fn source(row: &str, index: usize) -> Read<Source> {
    const EXPECTED: &str = "@NUMBER DATE GRADE STATISTIC TEXT";
    let mut words = row.splitn(5, ' ');
    let mut word = || words.next().ok_or_else(|| Problem::expected(EXPECTED, row));
    let number = word()?;
    let right = number.strip_prefix('@').and_then(count).map(usize::from);
    if right != Some(index) {
        return Err(Problem::expected("the sources numbered from @0", number));
    }
    let date = word()?;
    let in_a_book = |id: &str| Grade::from_id(id).filter(|grade| *grade != Grade::Own);
    let grade = word()?;
    let grade =
        in_a_book(grade).ok_or_else(|| Problem::expected("quoted, derived or assumed", grade))?;
    let statistic = match word()? {
        "-" => None,
        id => Some(known(
            id,
            "lowest, average, published or -",
            Statistic::from_id,
        )?),
    };
    let text = word()?;
    if text.trim_ascii().is_empty() {
        return Err(Problem::expected(EXPECTED, row));
    }
    let source = Date::parse(date).map(|day| Source {
        date: day,
        month_only: date.len() == "2026-10".len(),
        grade,
        statistic,
        text: text.to_owned().into(),
    });
    source
        .filter(|source| source.date_text() == date)
        .ok_or_else(|| Problem::expected("a date such as 2026-10-05 or 2026-10", date))
}

fn known<T>(id: &str, expected: &'static str, from_id: fn(&str) -> Option<T>) -> Read<T> {
    from_id(id).ok_or_else(|| Problem::expected(expected, id))
}

/// Reads the rest of a heading, such as `linux on_demand]`.
fn ec2_heading(of: &str) -> Read<(Os, PriceKind)> {
    let (os, kind) = of
        .strip_suffix(']')
        .and_then(|of| of.split_once(' '))
        .ok_or_else(|| Problem::expected("[ec2 OS PURCHASE]", of))?;
    let os = known(os, "linux or windows", Os::from_id)?;
    Ok((os, purchase(kind)?))
}

fn purchase(id: &str) -> Read<PriceKind> {
    known(
        id,
        "a purchase such as on_demand, spot or ri_1y_no_upfront",
        PriceKind::from_id,
    )
}

/// Reads `2/8` or `2/0.5`: processors and GiB, handed on as MiB.
fn spec(text: &str) -> Read<(u16, u32)> {
    let read = || {
        let (vcpu, gib) = text.split_once('/')?;
        let vcpu = count(vcpu).filter(|&vcpu| vcpu > 0)?;
        let scaled = decimal(gib)?.checked_mul(1024)?;
        let mib = u32::try_from(scaled / PER_USD).ok()?;
        (mib > 0 && scaled.is_multiple_of(PER_USD)).then_some((vcpu, mib))
    };
    read().ok_or_else(|| Problem::expected("vCPU/GiB such as 2/8", text))
}

/// Reads `4/a10g/22888`: how many, model, MiB of each.
fn gpus(text: &str) -> Read<Gpus> {
    let read = || {
        let (number, rest) = text.split_once('/')?;
        let (model, mib) = rest.split_once('/')?;
        Some(Gpus {
            count: u8::try_from(count(number)?).ok()?,
            model: is_name(model).then(|| model.into())?,
            memory_mib: whole(mib).filter(|&mib| mib > 0)?,
        })
    };
    read().ok_or_else(|| Problem::expected("COUNT/MODEL/MIB such as 1/a10g/22888", text))
}

/// Reads `2/10`, or `2/-` where the type cannot trunk.
fn eni(text: &str, source: SourceId) -> Read<EniLimits> {
    let read = || {
        let (without, with) = text.split_once('/')?;
        Some(EniLimits {
            without_trunking: count(without)?,
            with_trunking: match with {
                "-" => None,
                with => Some(count(with)?),
            },
            source,
        })
    };
    read().ok_or_else(|| Problem::expected("WITHOUT/WITH trunking such as 2/10 or 2/-", text))
}

fn price(text: &str) -> Read<Rate> {
    decimal(text)
        .filter(|&count| count > 0)
        .and_then(Rate::from_ten_billionths)
        .ok_or_else(|| Problem::expected(PRICE, text))
}

fn ratio(text: &str) -> Read<Rate> {
    decimal(text)
        .filter(|&count| count <= PER_USD)
        .and_then(Rate::from_ten_billionths)
        .ok_or_else(|| Problem::expected(RATIO, text))
}

/// Reads digits, and perhaps a point and up to ten decimals, as ten-billionths; nothing beyond
/// [`MAX_RATE_USD`], and none of the signs, exponents and spaces that other readers allow.
fn decimal(text: &str) -> Option<u64> {
    let (integer, decimals) = match text.split_once('.') {
        None => (text, ""),
        Some((_, "")) => return None,
        Some(parts) => parts,
    };
    let missing = 10_usize.checked_sub(decimals.len())?;
    let integer = u64::from(whole(integer)?);
    if integer > MAX_RATE_USD {
        return None;
    }
    let mut fraction = 0;
    for byte in decimals.bytes() {
        fraction = fraction * 10 + digit(byte)?;
    }
    for _ in 0..missing {
        fraction *= 10;
    }
    Some(integer * PER_USD + fraction)
}

fn digit(byte: u8) -> Option<u64> {
    byte.is_ascii_digit().then(|| u64::from(byte - b'0'))
}

/// Reads digits alone.
fn whole(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let number = text
        .bytes()
        .try_fold(0, |number, byte| Some(number * 10 + digit(byte)?))?;
    u32::try_from(number).ok()
}

/// Reads digits alone, up to 65535.
fn count(text: &str) -> Option<u16> {
    whole(text).and_then(|number| u16::try_from(number).ok())
}

/// Whether a text is a name of AWS's: lower-case letters, digits and hyphens.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests;
