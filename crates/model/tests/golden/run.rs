//! Runs cases and counts what came of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde_json::Value;

use crate::case::{Case, Results, Use};

/// What came of the cases of one model.
#[derive(Default)]
struct Counts {
    checked: usize,
    not_yet: usize,
    failed: usize,
    shown: usize,
}

/// What came of every case.
#[derive(Default)]
pub(crate) struct Report {
    counts: BTreeMap<(String, String), Counts>,
    failures: Vec<String>,
    remarks: Vec<String>,
}

impl Report {
    /// Runs the cases of every `*.json` in a directory.
    pub(crate) fn of_directory(directory: &Path) -> Self {
        let mut report = Self::default();
        for (kind, model, _) in crate::CHECKED {
            report
                .counts
                .entry((kind.into(), model.into()))
                .or_default();
        }
        match std::fs::read_dir(directory) {
            Ok(entries) => {
                let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
                paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
                paths.sort();
                for path in paths {
                    let name = path.display().to_string();
                    match std::fs::read_to_string(&path) {
                        Ok(text) => report.read_file(&name, &text),
                        Err(error) => report.failures.push(format!("{name}: {error}")),
                    }
                }
            }
            Err(error) => {
                let name = directory.display();
                report.failures.push(format!("{name}: {error}"));
            }
        }
        report.require_due();
        report
    }

    /// Runs the cases of one file.
    pub(crate) fn read_file(&mut self, name: &str, text: &str) {
        let cases: Vec<Value> = match serde_json::from_str(text) {
            Ok(cases) => cases,
            Err(error) => {
                self.failures.push(format!("{name}: {error}"));
                return;
            }
        };
        for (place, case) in cases.into_iter().enumerate() {
            match serde_json::from_value::<Case>(case) {
                Ok(case) => self.run(&case),
                Err(error) => {
                    let place = place + 1;
                    self.failures.push(format!("{name}: case {place}: {error}"));
                }
            }
        }
    }

    /// Every due kind must have been checked.
    pub(crate) fn require_due(&mut self) {
        let kinds: BTreeSet<&str> = crate::CHECKED
            .into_iter()
            .map(|(kind, _, _)| kind)
            .collect();
        for kind in kinds {
            let cases = self.counts.iter().filter(|((of, _), _)| of == kind);
            let sum: usize = cases
                .map(|(_, counts)| counts.checked + counts.failed + counts.not_yet)
                .sum();
            if sum == 0 {
                self.failures
                    .push(format!("{kind}: due, and no case of it was checked"));
            }
        }
    }

    /// One line for everything that is wrong.
    pub(crate) fn failures(&self) -> &[String] {
        &self.failures
    }

    fn run(&mut self, case: &Case) {
        let key = (case.kind.clone(), case.model.clone());
        let counts = self.counts.entry(key).or_default();
        let adapter = crate::CHECKED
            .into_iter()
            .find(|(kind, model, _)| (*kind, *model) == (&*case.kind, &*case.model));
        let name = format!("{} {} {}", case.kind, case.model, case.id);
        let Some((_, _, adapter)) = adapter else {
            if crate::NOT_YET.contains(&(&*case.kind, &*case.model)) {
                counts.not_yet += 1;
            } else {
                counts.failed += 1;
                self.failures
                    .push(format!("{name}: no such kind and model is known"));
            }
            return;
        };
        let results = adapter(&case.inputs);
        if case.usage == Use::Info {
            counts.shown += 1;
            self.remarks
                .push(format!("{name}: {}", shown(case, &results)));
            return;
        }
        let wrong = match &results {
            Ok(results) => differences(case, results),
            Err(reason) => vec![reason.clone()],
        };
        if wrong.is_empty() {
            counts.checked += 1;
        } else {
            counts.failed += 1;
        }
        let named = |what: String| format!("{name}: {what}");
        self.failures.extend(wrong.into_iter().map(named));
        if let (Ok(results), Use::Golden) = (&results, case.usage) {
            self.remarks
                .extend(published_otherwise(case, results).map(named));
        }
    }
}

/// Where a result is not as it must be.
fn differences(case: &Case, results: &Results) -> Vec<String> {
    let mut wrong = Vec::new();
    if case.expected.is_empty() {
        wrong.push("nothing is expected, so nothing is checked".to_owned());
    }
    for (field, expected) in &case.expected {
        match results.get(field) {
            Some(got) if got.is(expected) => {}
            Some(got) => wrong.push(format!("{field}: expected {expected}, got {got}")),
            None => wrong.push(format!(
                "{field}: expected {expected}, but the model gives no such figure"
            )),
        }
    }
    if case.usage == Use::Negative {
        if case.published_wrong_fields.is_empty() {
            wrong.push("negative, but no published field is named as wrong".to_owned());
        }
        for field in &case.published_wrong_fields {
            match (results.get(field), case.published.numeric.get(field)) {
                (Some(got), Some(published)) if got.is_near(published, case.tolerance.abs.0) => {
                    wrong.push(format!(
                        "{field}: the published error {published} is repeated: {got}"
                    ));
                }
                (Some(_), Some(_)) => {}
                (None, _) => wrong.push(format!(
                    "{field}: published wrong, but the model gives no such figure"
                )),
                (_, None) => wrong.push(format!("{field}: wrong, but not among the published")),
            }
        }
    }
    wrong
}

/// Where a right result is further from the published one than the case allows. The published
/// figure is rounded, so this is worth a look and no failure.
fn published_otherwise<'a>(
    case: &'a Case,
    results: &'a Results,
) -> impl Iterator<Item = String> + 'a {
    case.expected.keys().filter_map(|field| {
        let published = case.published.numeric.get(field)?;
        let got = results.get(field)?;
        (!got.is_near(published, case.tolerance.abs.0))
            .then(|| format!("{field}: published {published}, got {got}"))
    })
}

fn shown(case: &Case, results: &Result<Results, String>) -> String {
    match results {
        Ok(results) => {
            let figures = results.iter().map(|(field, got)| {
                let expected = case.expected.get(field);
                let expected =
                    expected.map_or(String::new(), |value| format!(" (expected {value})"));
                format!("{field} {got}{expected}")
            });
            figures.collect::<Vec<_>>().join(", ")
        }
        Err(reason) => reason.clone(),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = [
            "kind",
            "model",
            "checked",
            "not yet",
            "failed",
            "for information",
        ];
        let line = |f: &mut fmt::Formatter<'_>, cells: [&str; 6]| {
            let [kind, model, checked, not_yet, failed, shown] = cells;
            writeln!(
                f,
                "{kind:<24}{model:<20}{checked:>8}{not_yet:>9}{failed:>8}{shown:>17}"
            )
        };
        line(f, heads)?;
        for ((kind, model), counts) in &self.counts {
            let numbers = [counts.checked, counts.not_yet, counts.failed, counts.shown];
            let [checked, not_yet, failed, shown] = numbers.map(|number| number.to_string());
            line(f, [kind, model, &checked, &not_yet, &failed, &shown])?;
        }
        let sum =
            |of: fn(&Counts) -> usize| self.counts.values().map(of).sum::<usize>().to_string();
        let (checked, not_yet) = (sum(|counts| counts.checked), sum(|counts| counts.not_yet));
        let (failed, shown) = (sum(|counts| counts.failed), sum(|counts| counts.shown));
        line(f, ["all", "", &checked, &not_yet, &failed, &shown])?;
        for (title, lines) in [("To look at", &self.remarks), ("Failed", &self.failures)] {
            if !lines.is_empty() {
                writeln!(f, "\n{title}:")?;
                for text in lines {
                    writeln!(f, "  {text}")?;
                }
            }
        }
        Ok(())
    }
}
