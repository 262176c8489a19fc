//! `cargo xtask mutants`: the model with one small change at a time, and whether a test notices.
//!
//! What decides and computes money comes first. Every mutant there that no test notices must stand in
//! `docs/mutants.md` with the reason why none can.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use lexopt::prelude::*;

use crate::failure::{Context, Failure, Result};
use crate::{paths, process, setup};

/// Where money is decided and computed, below the model's sources; what is a folder, with all in it.
const MONEY: [&str; 18] = [
    "commitment",
    "bill.rs",
    "exact.rs",
    "money.rs",
    "load.rs",
    "strategy.rs",
    "fargate.rs",
    "fargate",
    "fleet.rs",
    "fleet",
    "packing.rs",
    "pricing.rs",
    "beside.rs",
    "staff.rs",
    "cluster.rs",
    "cluster",
    "decision.rs",
    "report.rs",
];

/// Of a hundred mutants, how many tests must notice.
const LEAST_PERCENT: usize = 95;

/// Law cases and scenarios of the second implementation for each mutant: enough to notice, and soon.
const LAW_CASES: &str = "48";
const SECOND_SCENARIOS: &str = "200";

const SOURCES: &str = "crates/model/src";

pub(crate) struct Options {
    shard: Option<String>,
    files: Vec<String>,
    money_only: bool,
}

impl Options {
    pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Self> {
        let mut options = Self {
            shard: None,
            files: Vec::new(),
            money_only: false,
        };
        while let Some(arg) = args.next()? {
            match arg {
                Long("shard") => options.shard = Some(args.value()?.string()?),
                Long("file") => options.files.push(args.value()?.string()?),
                Long("money") => options.money_only = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }

    /// Every mutant of what decides money, and none besides.
    pub(crate) const fn of_money() -> Self {
        Self {
            shard: None,
            files: Vec::new(),
            money_only: true,
        }
    }
}

/// Mutants by what came of them.
#[derive(Debug, Default, PartialEq)]
struct Score {
    caught: usize,
    /// A mutant that never ends is noticed too.
    timeout: usize,
    unviable: usize,
    missed: Vec<String>,
}

impl Score {
    fn read(dir: &Path) -> Result<Self> {
        let lines = |name: &str| -> Result<Vec<String>> {
            let path = dir.join("mutants.out").join(name);
            let text =
                fs::read_to_string(&path).context(format!("could not read {}", path.display()))?;
            Ok(text.lines().map(str::to_owned).collect())
        };
        Ok(Self {
            caught: lines("caught.txt")?.len(),
            timeout: lines("timeout.txt")?.len(),
            unviable: lines("unviable.txt")?.len(),
            missed: lines("missed.txt")?,
        })
    }

    fn percent(&self) -> usize {
        let noticed = self.caught + self.timeout;
        (100 * noticed)
            .checked_div(noticed + self.missed.len())
            .unwrap_or(100)
    }

    fn print(&self, what: &str) {
        println!(
            "{what}: {} caught, {} timed out, {} missed, {} unviable: {} %",
            self.caught,
            self.timeout,
            self.missed.len(),
            self.unviable,
            self.percent()
        );
    }
}

/// Runs what is wanted, money first, and fails where too much is missed or a miss is not explained.
pub(crate) fn run(options: &Options) -> Result<()> {
    let tool = setup::cargo_mutants::find_or_install()?;
    let explained = fs::read_to_string(paths::root().join("docs/mutants.md"))
        .context("could not read docs/mutants.md")?;
    let money: Vec<String> = MONEY.iter().map(|name| glob(name)).collect();
    let passes: Vec<(&str, Vec<OsString>)> = if options.files.is_empty() {
        let rest = ("rest", flags("--exclude", &money));
        let first = ("money", flags("--file", &money));
        if options.money_only {
            vec![first]
        } else {
            vec![first, rest]
        }
    } else {
        let files: Vec<String> = options.files.iter().map(|name| glob(name)).collect();
        vec![("files", flags("--file", &files))]
    };
    let mut faults = Vec::new();
    for (name, which) in passes {
        let dir = paths::scratch().join("mutants").join(name);
        fs::create_dir_all(&dir).context(format!("could not create {}", dir.display()))?;
        let score = pass(&tool.program("cargo-mutants"), options, &dir, &which)?;
        score.print(name);
        if score.percent() < LEAST_PERCENT {
            faults.push(format!("{name}: fewer than {LEAST_PERCENT} % were noticed"));
        }
        let is_money = |mutant: &&String| MONEY.iter().any(|file| is_of(mutant, file));
        let missed = score.missed.iter().filter(is_money);
        let open = missed.filter(|mutant| !is_explained(&explained, mutant));
        faults.extend(open.map(|mutant| format!("not noticed, not explained: {mutant}")));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(faults.join("\n"))
            .advice("Write a test that notices it, or say in docs/mutants.md why none can."))
    }
}

fn pass(program: &Path, options: &Options, dir: &PathBuf, which: &[OsString]) -> Result<Score> {
    let mut command = process::command(program);
    command
        .args([
            "mutants",
            "--package",
            "berth-model",
            "--no-shuffle",
            "--output",
        ])
        .arg(dir)
        .args(which)
        .env("PROPTEST_CASES", LAW_CASES)
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
        .env("BERTH_SECOND_SCENARIOS", SECOND_SCENARIOS);
    if let Some(shard) = &options.shard {
        command.args(["--shard", shard]);
    }
    let status = command.status().context("could not run cargo-mutants")?;
    match status.code() {
        // 2: some were missed. 3: some timed out.
        Some(0 | 2 | 3) => Score::read(dir),
        _ => Err(Failure::new(format!("cargo-mutants failed ({status})"))),
    }
}

fn flags(flag: &str, globs: &[String]) -> Vec<OsString> {
    globs
        .iter()
        .flat_map(|glob| [flag.into(), glob.into()])
        .collect()
}

/// A file or folder of the model, as cargo-mutants takes it.
fn glob(name: &str) -> String {
    let name = name.trim_start_matches(SOURCES).trim_start_matches('/');
    let is_file = Path::new(name).extension().is_some();
    if is_file {
        format!("{SOURCES}/{name}")
    } else {
        format!("{SOURCES}/{name}/**")
    }
}

/// Whether a mutant stands in a file or folder of the model.
fn is_of(mutant: &str, name: &str) -> bool {
    mutant
        .strip_prefix(SOURCES)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with([':', '/']))
}

/// Whether a row of the document names a mutant's file and its change. The place in the file changes with every edit.
fn is_explained(document: &str, mutant: &str) -> bool {
    let Some((file, change)) = mutant.split_once(": ") else {
        return false;
    };
    let file = file
        .trim_start_matches(SOURCES)
        .trim_start_matches('/')
        .split(':')
        .next()
        .unwrap_or_default();
    document.lines().any(|row| {
        row.starts_with(&format!("| `{file}` |")) && row.contains(&format!("`{change}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUTANT: &str = "crates/model/src/fleet/search.rs:12:9: replace + with - in f";

    #[test]
    fn a_mutant_is_explained_by_a_row_with_its_file_and_its_change() {
        let document =
            "| file | change | why |\n| `fleet/search.rs` | `replace + with - in f` | x |";
        assert!(is_explained(document, MUTANT));
        assert!(!is_explained(document, &MUTANT.replace("in f", "in g")));
        assert!(!is_explained(document, &MUTANT.replace("search", "price")));
    }

    #[test]
    fn a_file_or_folder_is_named_below_the_sources() {
        assert_eq!(glob("bill.rs"), "crates/model/src/bill.rs");
        assert_eq!(glob("crates/model/src/bill.rs"), "crates/model/src/bill.rs");
        assert_eq!(glob("fleet"), "crates/model/src/fleet/**");
        assert!(is_of(MUTANT, "fleet"));
        assert!(is_of(MUTANT, "fleet/search.rs"));
        assert!(!is_of(MUTANT, "fle"));
    }

    #[test]
    fn what_is_noticed_counts_of_what_could_be() {
        let score = Score {
            caught: 18,
            timeout: 1,
            unviable: 5,
            missed: vec![MUTANT.to_owned()],
        };
        assert_eq!(score.percent(), 95);
        assert_eq!(Score::default().percent(), 100);
    }
}
