//! `cargo xtask long`: what takes too long for every change, and has to hold before a release.

use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::*;

use crate::failure::{Failure, Result};
use crate::process::{cargo, run as run_command};
use crate::{coverage, mutants};

/// Cases of each law.
const LAW_CASES: &str = "100000";

/// Scenarios that are billed a second time.
const SECOND_SCENARIOS: &str = "1000000";

struct Part {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<()>,
}

const PARTS: [Part; 4] = [
    Part {
        name: "laws",
        what: "every law of the model, 100,000 cases each",
        run: laws,
    },
    Part {
        name: "second",
        what: "a million scenarios against the second implementation",
        run: second,
    },
    Part {
        name: "coverage",
        what: "lines of the model that no test runs",
        run: coverage::run,
    },
    Part {
        name: "mutants",
        what: "changes of what decides money that no test notices",
        run: || mutants::run(&mutants::Options::of_money()),
    },
];

pub(crate) struct Options {
    only: Option<String>,
}

impl Options {
    pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Self> {
        let mut options = Self { only: None };
        while let Some(arg) = args.next()? {
            match arg {
                Long("only") => options.only = Some(args.value()?.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// Runs every part, whatever came of the ones before, and prints what each took.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let wanted = |part: &&Part| options.only.as_deref().is_none_or(|only| only == part.name);
    let chosen: Vec<&Part> = PARTS.iter().filter(wanted).collect();
    if chosen.is_empty() {
        let names = PARTS.map(|part| format!("  {:<9} {}", part.name, part.what));
        return Err(Failure::new("there is no such part of the long run")
            .advice(format!("The parts:\n{}", names.join("\n"))));
    }
    let mut rows = Vec::new();
    for part in chosen {
        println!("\n=== {}: {}", part.name, part.what);
        let start = Instant::now();
        let result = (part.run)();
        rows.push((part.name, start.elapsed(), result));
    }
    println!("\n{:<10} {:>10}  outcome", "part", "time");
    let mut code = ExitCode::SUCCESS;
    for (name, time, result) in &rows {
        let said = match result {
            Ok(()) => "passed".to_owned(),
            Err(failure) => {
                code = ExitCode::FAILURE;
                format!("FAILED: {failure}")
            }
        };
        println!("{name:<10} {:>8.1} s  {said}", time.as_secs_f64());
    }
    Ok(code)
}

fn laws() -> Result<()> {
    run_command(
        cargo()
            .args(["test", "--locked", "--release", "--package", "berth-model"])
            .args([
                "--lib",
                "--test",
                "properties",
                "--test",
                "cluster",
                "--test",
                "credits",
            ])
            .args(["--test", "pricing"])
            .env("PROPTEST_CASES", LAW_CASES),
    )
}

fn second() -> Result<()> {
    run_command(
        cargo()
            .args(["test", "--locked", "--release", "--package", "berth-model"])
            .args(["--test", "second"])
            .env("BERTH_SECOND_SCENARIOS", SECOND_SCENARIOS),
    )
}
