//! `berth verify`: whether a receipt holds.

use std::io::Write;
use std::process::ExitCode;

use berth_file::receipt;
use lexopt::prelude::*;

use crate::books;
use crate::input::{self, Source};
use crate::usage::Failure;

/// Runs the command on the words after `verify`: 0 where the receipt holds, 1 where it does not.
pub(crate) fn run(mut args: lexopt::Parser, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let mut source = None;
    while let Some(arg) = args.next()? {
        match arg {
            Value(word) if source.is_none() => source = Some(Source::of(word.string()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let source = source.ok_or(Failure::Expected("a receipt, or `-`, after `verify`"))?;
    let unreadable = |fault: String| Failure::Inputs(vec![format!("{}: {fault}", source.name())]);
    let bytes = input::bytes(&source).map_err(unreadable)?;
    let stated = receipt::read(&bytes).map_err(|error| unreadable(error.to_string()))?;
    let book = books::of(stated.scenario.region.as_str()).map_err(|failure| match failure {
        Failure::Region { .. } => unreadable(format!("scenario.region: {failure}")),
        other => other,
    })?;
    let found = receipt::differences(&stated, &book);
    let receipt = &stated.receipt;
    let here = env!("CARGO_PKG_VERSION");
    if receipt.program != here || receipt.model != berth_model::VERSION {
        writeln!(
            out,
            "Note: the receipt names program {} and model {}; these are {here} and {}.",
            plain(&receipt.program),
            plain(&receipt.model),
            berth_model::VERSION
        )?;
    }
    if found.is_empty() {
        writeln!(
            out,
            "The receipt holds: {} costs {} USD a month. Its lines add up, its prices are those of the book {} of {}, and its scenario evaluates to the same bill.",
            receipt.option,
            receipt.monthly_usd,
            receipt.book.digest.as_deref().unwrap_or("without a digest"),
            receipt.book.region,
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "The receipt does not hold:")?;
    for difference in found {
        writeln!(out, "- {}", plain(&difference))?;
    }
    Ok(ExitCode::FAILURE)
}

/// A text of a stranger's receipt, without what would steer a terminal.
fn plain(text: &str) -> String {
    let shown = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    text.chars().map(shown).collect()
}
