//! `berth`: the cost model of Berth on a command line.
//!
//! | module | its job |
//! |---|---|
//! | `books` | the price books of every region, which ship inside the program |
//! | `prices` | `berth prices show`: every price of a book, as text or JSON |
//! | `usage` | what the program takes, and how it says that something else was given |

mod books;
mod prices;
mod usage;

use std::io::{self, Write as _};
use std::process::ExitCode;

use lexopt::prelude::*;

use usage::{Failure, HELP};

fn main() -> ExitCode {
    match run() {
        Ok(text) => print(&text),
        Err(failure) => {
            eprintln!("berth: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

/// What the command line asks for, as text.
fn run() -> Result<String, Failure> {
    let mut args = lexopt::Parser::from_env();
    match args.next()? {
        Some(Value(word)) if word == "prices" => match args.next()? {
            Some(Value(word)) if word == "show" => prices::show(args),
            Some(other) => Err(other.unexpected().into()),
            None => Err(Failure::Expected("`show` after `prices`")),
        },
        Some(Long("help") | Short('h')) | None => Ok(HELP.to_owned()),
        Some(Value(word)) if word == "help" => Ok(HELP.to_owned()),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Prints a text. A reader that stops early, such as `head`, is no failure.
fn print(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("berth: could not write: {error}");
            ExitCode::FAILURE
        }
    }
}
