//! `cargo xtask coverage`: which lines of the model no test runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Context, Failure, Result};
use crate::{paths, process, setup};

const SOURCES: &str = "crates/model/src";

/// Of a hundred lines, how many must run.
const LEAST_PERCENT: f64 = 98.0;

/// Times that each line of a file ran.
type Lines = BTreeMap<u32, u64>;

pub(crate) fn run() -> Result<()> {
    let tools = setup::llvm_tools::find_or_install()?;
    let target = paths::scratch().join("coverage");
    let profiles = target.join("profiles");
    if profiles.is_dir() {
        fs::remove_dir_all(&profiles).context("could not remove the counts of the last run")?;
    }
    let test = || {
        let mut command = process::cargo();
        command
            .args([
                "test",
                "--locked",
                "--package",
                "berth-model",
                "--lib",
                "--tests",
            ])
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", "-C instrument-coverage")
            .env("LLVM_PROFILE_FILE", profiles.join("%p-%m.profraw"));
        command
    };
    let built = process::output(test().args(["--no-run", "--message-format", "json"]))?;
    let programs = programs(&built);
    process::run(&mut test())?;

    let merged = target.join("merged.profdata");
    let counts = fs::read_dir(&profiles).context("no program counted anything")?;
    let counts: Vec<PathBuf> = counts
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    process::run(
        process::command(&tools.profdata)
            .args(["merge", "--sparse", "--output"])
            .arg(&merged)
            .args(&counts),
    )?;
    let mut export = process::command(&tools.cov);
    export.args(["export", "--format", "lcov", "--instr-profile"]);
    export.arg(&merged);
    // The first program stands for itself, all others behind a flag.
    for (index, program) in programs.iter().enumerate() {
        if index > 0 {
            export.arg("--object");
        }
        export.arg(program);
    }
    let sources = paths::root().join(SOURCES);
    let lcov = process::output(export.arg("--sources").arg(sources))?;
    report(&read(&lcov))
}

/// The test programs that a build names.
fn programs(messages: &str) -> Vec<String> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| Some(message.get("executable")?.as_str()?.to_owned()))
        .collect()
}

/// Lines and how often they ran, by file.
fn read(lcov: &str) -> BTreeMap<String, Lines> {
    let mut files: BTreeMap<String, Lines> = BTreeMap::new();
    let mut file = String::new();
    for row in lcov.lines() {
        if let Some(path) = row.strip_prefix("SF:") {
            path.clone_into(&mut file);
        } else if let Some((line, count)) = row
            .strip_prefix("DA:")
            .and_then(|rest| rest.split_once(','))
        {
            let parsed = (line.parse::<u32>(), count.parse::<u64>());
            if let (Ok(line), Ok(count)) = parsed {
                *files
                    .entry(file.clone())
                    .or_default()
                    .entry(line)
                    .or_default() += count;
            }
        }
    }
    files
}

/// The line at which the tests inside a file begin: they are at its end, and count for nothing.
fn first_of_tests(text: &str) -> u32 {
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        let next = lines.peek().map_or("", |(_, next)| *next);
        if line == "#[cfg(test)]" && next.starts_with("mod ") {
            return number;
        }
    }
    u32::MAX
}

fn report(files: &BTreeMap<String, Lines>) -> Result<()> {
    let (mut all, mut ran) = (0_u32, 0_u32);
    for (path, lines) in files {
        if path.ends_with("/tests.rs") {
            continue;
        }
        let text = fs::read_to_string(path).context(format!("could not read {path}"))?;
        let tests = first_of_tests(&text);
        let own: Vec<(u32, u64)> = lines
            .range(..tests)
            .map(|(line, count)| (*line, *count))
            .collect();
        let missed: Vec<u32> = own
            .iter()
            .filter(|(_, count)| *count == 0)
            .map(|(line, _)| *line)
            .collect();
        let count = |lines: usize| u32::try_from(lines).unwrap_or(u32::MAX);
        all += count(own.len());
        ran += count(own.len() - missed.len());
        if !missed.is_empty() {
            let name = Path::new(path)
                .strip_prefix(paths::root())
                .unwrap_or(Path::new(path));
            println!("{}: {}", name.display(), ranges(&missed));
        }
    }
    if all == 0 {
        return Err(Failure::new("no line of the model was counted"));
    }
    let percent = 100.0 * f64::from(ran) / f64::from(all);
    println!("{ran} of {all} lines of the model run in a test: {percent:.2} %");
    if percent < LEAST_PERCENT {
        return Err(Failure::new(format!(
            "{percent:.2} % of the model's lines run in a test; at least {LEAST_PERCENT} % must"
        )));
    }
    Ok(())
}

/// Lines that follow each other as one range: `3, 7-9`.
fn ranges(lines: &[u32]) -> String {
    let runs = lines.chunk_by(|one, next| one + 1 == *next);
    let text: Vec<String> = runs
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            [only] => only.to_string(),
            [] => String::new(),
        })
        .collect();
    text.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_several_programs_add_up() {
        let files =
            read("SF:/a.rs\nDA:1,0\nDA:2,3\nend_of_record\nSF:/a.rs\nDA:1,2\nend_of_record\n");
        let lines = files.get("/a.rs").cloned().unwrap_or_default();
        assert_eq!(lines, BTreeMap::from([(1, 2), (2, 3)]));
    }

    #[test]
    fn tests_inside_a_file_count_for_nothing() {
        assert_eq!(
            first_of_tests("fn a() {}\n\n#[cfg(test)]\nmod tests {\n"),
            3
        );
        assert_eq!(
            first_of_tests("fn a() {}\n#[cfg(test)]\nfn b() {}\n"),
            u32::MAX
        );
    }

    #[test]
    fn lines_that_follow_each_other_are_one_range() {
        assert_eq!(ranges(&[3, 7, 8, 9]), "3, 7-9");
    }
}
