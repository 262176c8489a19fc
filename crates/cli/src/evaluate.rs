//! `berth evaluate`: the answer for scenarios, as text or JSON.

use std::io::Write;

use berth_file::report;
use lexopt::prelude::*;

use crate::books::Books;
use crate::input::{self, Given, Source};
use crate::usage::Failure;

mod text;

/// What is printed of each scenario.
enum Output {
    Text,
    Json,
}

/// Runs the command on the words after `evaluate`. Nothing is written unless every input reads.
pub(crate) fn run(mut args: lexopt::Parser, out: &mut impl Write) -> Result<(), Failure> {
    let mut sources = Vec::new();
    let (mut json, mut lines) = (false, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("json") => json = true,
            Long("jsonl") => lines = true,
            Long("link") => sources.push(Source::Link(args.value()?.string()?)),
            Value(word) => sources.push(Source::of(word.string()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    if sources.is_empty() {
        sources.push(Source::Standard);
    }
    let mut books = Books::default();
    let given = input::scenarios(&sources, lines, &mut books)?;
    let output = if json { Output::Json } else { Output::Text };
    let several = given.len() > 1;
    for (index, given) in given.iter().enumerate() {
        if several && index > 0 && !json {
            out.write_all(b"\n\n")?;
        }
        write_answer(given, &books, &output, several, out)?;
    }
    Ok(())
}

fn write_answer(
    Given { from, scenario }: &Given,
    books: &Books,
    output: &Output,
    several: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    // Every book was loaded with its scenario.
    let Some(book) = books.get(&scenario.region) else {
        return Ok(());
    };
    let answers = berth_model::evaluate(scenario, book);
    match output {
        Output::Json => {
            serde_json::to_writer(&mut *out, &report::report(scenario, book, &answers))?;
            out.write_all(b"\n")?;
        }
        Output::Text => {
            if several {
                writeln!(out, "== {from}\n")?;
            }
            let text = text::answer(scenario, book, &answers);
            out.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}
