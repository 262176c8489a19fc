//! The chores of Berth: `cargo xtask <command>`. `cargo xtask help` lists them.
//!
//! | module | its job |
//! |---|---|
//! | `setup` | finds or installs every tool, one file a tool; nothing is installed twice |
//! | `build` | a fresh release `dist/`: Trunk, then the shell (worked answer, boot script, policy) |
//! | `serve` | builds, serves `dist/` on a local port and opens a browser |
//! | `test` | every stage that must pass, timed |
//! | `prices` | makes the price books from figure tables |
//! | `long` | what has to hold before a release: laws and the second implementation at length, and the two below |
//! | `mutants` | changes of the model that no test notices |
//! | `coverage` | lines of the model that no test runs |
//! | `size` | what a visitor loads before the page is usable, against its budget |
//! | `bench` | the figures of the release build, measured |
//! | `screenshots` | pictures of the page, for the documentation |
//! | `server` | the small static server that `serve`, the tests and the benches share |
//! | `worked_answer` | the seam to the model: the static example of the page |

mod bench;
mod build;
mod coverage;
mod failure;
mod long;
mod mutants;
mod paths;
mod prices;
mod process;
mod screenshots;
mod serve;
mod server;
mod setup;
mod size;
mod test;
mod worked_answer;

use std::process::ExitCode;

use failure::{Context as _, Failure, Result};
use lexopt::prelude::*;

const HELP: &str = "\
The chores of Berth

usage: cargo xtask <command> [options]

  serve [--port N] [--no-open] [--no-build]
                     build the release page, serve it on a local port, open it in a browser
  test [--only STAGE] [--keep-going]
                     do all the set-up and pass every test (`--only list` names the stages)
  long [--only PART] what has to hold before a release and takes hours: laws, second implementation, coverage, mutants
  mutants [--money] [--shard K/N] [--file PATH]
                     change the model bit by bit and see which changes no test notices, money first
  coverage           the share of the model's lines that tests run, and which ones none does
  build              write a fresh release page to dist/
  size               what a visitor loads before the page is usable, against the budget (of the dist/ that is there)
  bench [--only PART]
                     build, and measure: sizes, dependencies, start, evaluation, sliders, painter
  screenshots        build, and take the pictures of docs/screenshots
  deny               check licences, advisories and sources (installs cargo-deny if it is missing)
  prices             make the price books: see `cargo xtask prices --help`
  setup              only install what is missing

Tools that are missing go to a cache of your own: $BERTH_CACHE, or berth/ in your cache directory.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut args = lexopt::Parser::from_env();
    let command = match args.next()? {
        Some(Value(command)) => command.string()?,
        None | Some(Long("help") | Short('h')) => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "help" => print!("{HELP}"),
        "serve" => serve::run(&serve::Options::parse(args)?)?,
        "test" => return test::run(&test::Options::parse(args)?),
        "long" => return long::run(&long::Options::parse(args)?),
        "mutants" => mutants::run(&mutants::Options::parse(args)?)?,
        "coverage" => {
            no_more(args)?;
            coverage::run()?;
        }
        "build" => {
            no_more(args)?;
            build::fresh_dist()?;
        }
        "size" => {
            no_more(args)?;
            size::gate(&paths::dist())?;
        }
        "bench" => bench::run(&bench::Options::parse(args)?)?,
        "screenshots" => {
            no_more(args)?;
            screenshots::run()?;
        }
        "deny" => {
            no_more(args)?;
            setup::cargo_deny::find_or_install()?.run("cargo-deny", &["--locked", "check"])?;
        }
        "prices" => return prices::run(args).context("no price book was made"),
        "setup" => {
            no_more(args)?;
            setup::everything()?;
        }
        other => {
            return Err(Failure::new(format!("there is no command `{other}`"))
                .advice("`cargo xtask help` lists them"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn no_more(mut args: lexopt::Parser) -> Result<()> {
    match args.next()? {
        None => Ok(()),
        Some(arg) => Err(arg.unexpected().into()),
    }
}
