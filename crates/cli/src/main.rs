//! `berth`: the cost model of Berth on a command line.
//!
//! | module | its job |
//! |---|---|
//! | `books` | the price books of every region, which ship inside the program |
//! | `convert` | `berth link`, `berth scenario`, `berth schema` |
//! | `evaluate` | `berth evaluate`: the answer for scenarios, as text or JSON |
//! | `input` | what is evaluated: files, lines of JSON, standard input, links |
//! | `prices` | `berth prices show`: every price of a book, as text or JSON |
//! | `verify` | `berth verify`: whether a receipt holds |
//! | `usage` | what the program takes, and how it says that something else was given |

mod books;
mod convert;
mod evaluate;
mod input;
mod prices;
mod usage;
mod verify;

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use lexopt::prelude::*;

use usage::{Failure, HELP};

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match result {
        Ok(code) => code,
        // A reader that stops early, such as `head`, is no failure.
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("berth: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Writes what the command line asks for.
fn run(out: &mut impl Write) -> Result<ExitCode, Failure> {
    let wants_help = |word: OsString| word == "--help" || word == "-h";
    if env::args_os().skip(1).any(wants_help) {
        out.write_all(HELP.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut args = lexopt::Parser::from_env();
    let text = match args.next()? {
        Some(Value(word)) if word == "evaluate" => {
            return evaluate::run(args, out).map(|()| ExitCode::SUCCESS);
        }
        Some(Value(word)) if word == "verify" => return verify::run(args, out),
        Some(Value(word)) if word == "link" => convert::link(args)?,
        Some(Value(word)) if word == "scenario" => convert::file(args)?,
        Some(Value(word)) if word == "schema" => convert::schema_of(args)?,
        Some(Value(word)) if word == "prices" => match args.next()? {
            Some(Value(word)) if word == "show" => prices::show(args)?,
            Some(other) => return Err(other.unexpected().into()),
            None => return Err(Failure::Expected("`show` after `prices`")),
        },
        Some(Value(word)) if word == "help" => HELP.to_owned(),
        None => HELP.to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    out.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
