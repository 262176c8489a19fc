//! `cargo xtask test`: every stage that must pass, timed.

mod count;
mod stages;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use lexopt::prelude::*;

use crate::failure::{Failure, Result};
use count::Count;
use stages::{STAGES, Stage};

pub(crate) struct Options {
    only: Option<String>,
    keep_going: bool,
}

impl Options {
    pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Self> {
        let mut options = Self {
            only: None,
            keep_going: false,
        };
        while let Some(arg) = args.next()? {
            match arg {
                Long("only") => options.only = Some(args.value()?.string()?),
                Long("keep-going") => options.keep_going = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// How a stage ended.
pub(crate) enum Outcome {
    Passed(Count),
    Skipped(&'static str),
    Failed(Failure, Count),
}

impl From<Result<()>> for Outcome {
    fn from(result: Result<()>) -> Self {
        match result {
            Ok(()) => Self::Passed(Count::default()),
            Err(failure) => Self::Failed(failure, Count::default()),
        }
    }
}

struct Row {
    stage: &'static str,
    time: Duration,
    outcome: Outcome,
}

/// Runs the stages, up to the first that fails unless told to keep going, and prints what each took.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let chosen = choose(options.only.as_deref())?;
    let mut rows: Vec<Row> = Vec::new();
    for stage in chosen {
        println!("\n=== {}: {}", stage.name, stage.what);
        let start = Instant::now();
        let outcome = (stage.run)();
        let failed = matches!(outcome, Outcome::Failed(..));
        rows.push(Row {
            stage: stage.name,
            time: start.elapsed(),
            outcome,
        });
        if failed && !options.keep_going {
            break;
        }
    }
    Ok(report(&rows))
}

fn choose(only: Option<&str>) -> Result<Vec<&'static Stage>> {
    let Some(name) = only else {
        return Ok(STAGES.iter().collect());
    };
    let chosen: Vec<_> = STAGES.iter().filter(|stage| stage.name == name).collect();
    if chosen.is_empty() {
        let names: Vec<_> = STAGES
            .iter()
            .map(|stage| format!("  {:<11} {}", stage.name, stage.what))
            .collect();
        return Err(Failure::new(format!("`{name}` is not a stage"))
            .advice(format!("The stages:\n{}", names.join("\n"))));
    }
    Ok(chosen)
}

fn report(rows: &[Row]) -> ExitCode {
    println!("\n{:<12} {:>9}  outcome", "stage", "time");
    let mut total = Count::default();
    let mut code = ExitCode::SUCCESS;
    for Row {
        stage,
        time,
        outcome,
    } in rows
    {
        let said = match outcome {
            Outcome::Passed(count) if count.passed == 0 => "passed".to_owned(),
            Outcome::Passed(count) => format!("passed, {} tests", count.passed),
            Outcome::Skipped(why) => format!("skipped: {why}"),
            Outcome::Failed(..) => "FAILED".to_owned(),
        };
        println!("{stage:<12} {:>7.1} s  {said}", time.as_secs_f64());
        match outcome {
            Outcome::Passed(count) => total.add(*count),
            Outcome::Skipped(_) => {}
            Outcome::Failed(_, count) => {
                // A stage can fail before, or without, any test of its own: it counts as one.
                total.add(Count {
                    failed: count.failed.max(1),
                    ..*count
                });
                code = ExitCode::FAILURE;
            }
        }
    }
    println!(
        "{:<12} {:>7.1} s",
        "total",
        rows.iter()
            .map(|row| row.time)
            .sum::<Duration>()
            .as_secs_f64()
    );
    for Row { stage, outcome, .. } in rows {
        if let Outcome::Failed(failure, _) = outcome {
            println!(
                "\nerror: {failure}\n  `cargo xtask test --only {stage}` runs this stage alone."
            );
        }
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    code
}
