//! `berth evaluate`: the answer for scenarios, as text or JSON.

use std::io::Write;

use berth_file::{receipt, report};
use berth_model::option::OptionId;
use lexopt::prelude::*;

use crate::books::Books;
use crate::input::{self, Given, Source};
use crate::usage::Failure;

mod fleet;
mod flips;
mod in_order;
mod matrix;
mod sure;
mod text;

/// What is printed of each scenario.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    /// Text, with the reason of every option without a bill or of the most telling ones.
    Text { all: bool },
    /// A report on one line.
    Json,
    /// The instances of an option, of the best where none is named.
    Fleet(Option<OptionId>),
}

/// What is printed beside the answer.
#[derive(Clone, Copy, Default)]
struct Extras {
    /// What flips it.
    flips: bool,
    /// How sure it is.
    sure: bool,
    /// The decision matrix.
    matrix: bool,
}

/// Runs the command on the words after `evaluate`. Nothing is written unless every input reads.
pub(crate) fn run(mut args: lexopt::Parser, out: &mut impl Write) -> Result<(), Failure> {
    let mut sources = Vec::new();
    let (mut json, mut all, mut lines, mut option) = (false, false, false, None);
    let mut with = Extras::default();
    let mut standing: Option<Option<String>> = None;
    while let Some(arg) = args.next()? {
        match arg {
            Long("json") => json = true,
            Long("jsonl") => lines = true,
            Long("all") => all = true,
            Long("flips") => with.flips = true,
            Long("matrix") => with.matrix = true,
            Long("sure") => with.sure = true,
            Long("fleet") => standing = Some(option_after(&mut args)?),
            Long("receipt") => option = Some(args.value()?.string()?),
            Long("link") => sources.push(Source::Link(args.value()?.string()?)),
            Value(word) => sources.push(Source::of(word.string()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    if sources.is_empty() {
        sources.push(Source::Standard);
    }
    let option = option.map(|id| option_of(&id)).transpose()?;
    let standing = match standing {
        Some(id) => Some(id.map(|id| option_of(&id)).transpose()?),
        None => None,
    };
    if standing.is_some() && (json || option.is_some()) {
        return Err(Failure::Expected(
            "`--fleet` without `--json` or `--receipt`",
        ));
    }
    let single = standing.is_some() || option.is_some();
    if with.flips && single {
        return Err(Failure::Expected(
            "`--flips` without `--fleet` or `--receipt`",
        ));
    }
    if with.matrix && single {
        return Err(Failure::Expected(
            "`--matrix` without `--fleet` or `--receipt`",
        ));
    }
    if with.sure && single {
        return Err(Failure::Expected(
            "`--sure` without `--fleet` or `--receipt`",
        ));
    }
    let mut books = Books::default();
    let given = input::scenarios(&sources, lines, &mut books)?;
    if with.flips {
        books.load_all()?;
    }
    if let Some(option) = option {
        return write_receipt(&given, option, &books, out);
    }
    let output = match standing {
        Some(option) => Output::Fleet(option),
        None if json => Output::Json,
        None => Output::Text { all },
    };
    let several = given.len() > 1;
    let mut first = true;
    in_order::written(
        &given,
        |given| answer(given, &books, (output, with), several),
        |text| {
            if !first && !json {
                out.write_all(b"\n\n")?;
            }
            first = false;
            Ok(out.write_all(&text)?)
        },
    )
}

/// The option that `--fleet` names, after `=` or as the next word; that word is an input where it is
/// no option.
fn option_after(args: &mut lexopt::Parser) -> Result<Option<String>, Failure> {
    if let Some(value) = args.optional_value() {
        return Ok(Some(value.string()?));
    }
    let Some(raw) = args.try_raw_args() else {
        return Ok(None);
    };
    let next = raw.peek().and_then(|word| word.to_str());
    if next.is_none_or(|word| OptionId::from_id(word).is_none()) {
        return Ok(None);
    }
    Ok(Some(args.value()?.string()?))
}

/// The option of an identifier.
fn option_of(id: &str) -> Result<OptionId, Failure> {
    OptionId::from_id(id).ok_or_else(|| Failure::Option(id.to_owned()))
}

fn write_receipt(
    given: &[Given],
    option: OptionId,
    books: &Books,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let [Given { from, scenario }] = given else {
        return Err(Failure::Expected("one scenario with `--receipt`"));
    };
    let Some(book) = books.get(&scenario.region) else {
        return Ok(());
    };
    let receipt = receipt::make(scenario, book, option)
        .map_err(|error| Failure::Inputs(vec![format!("{from}: {error}")]))?;
    serde_json::to_writer_pretty(&mut *out, &receipt)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The answer for a scenario, as it is printed, with the decision matrix where it is wanted.
fn answer(
    Given { from, scenario }: &Given,
    books: &Books,
    (output, with): (Output, Extras),
    several: bool,
) -> Result<Vec<u8>, Failure> {
    // Every book was loaded with its scenario.
    let Some(book) = books.get(&scenario.region) else {
        return Ok(Vec::new());
    };
    let answers = berth_model::evaluate(scenario, book);
    let flips = with.flips.then(|| flips::of(scenario, book, books));
    let title = if several {
        format!("== {from}\n\n")
    } else {
        String::new()
    };
    let samples = with.sure.then(|| sure::samples(scenario, book));
    let text = match output {
        Output::Json => {
            let mut report = report::report(scenario, book, &answers);
            if let Some(studies) = &flips {
                flips::add(&mut report, scenario, studies);
            }
            if with.matrix {
                matrix::add(&mut report, scenario, book, &answers);
            }
            if let Some(samples) = &samples {
                sure::add(&mut report, scenario, samples);
            }
            let mut line = serde_json::to_vec(&report)?;
            line.push(b'\n');
            return Ok(line);
        }
        Output::Text { all } => {
            let report = report::report(scenario, book, &answers);
            let mut text = text::answer(scenario, book, &answers, &report, all);
            if let Some(studies) = &flips {
                text += &flips::text(scenario, &answers, studies, all);
            }
            if with.matrix {
                text.push_str(&matrix::text(scenario, book, &answers));
            }
            if let Some(samples) = &samples {
                text.push_str(&sure::text(scenario, samples));
            }
            text
        }
        Output::Fleet(option) => fleet::standing(scenario, book, &answers, option),
    };
    Ok((title + &text).into_bytes())
}
