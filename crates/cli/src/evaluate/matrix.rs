//! `berth evaluate --matrix`: who can run a service, criteria by class of options, and cost against
//! fit.

use std::fmt::Write as _;

use berth_file::report::{self, Report};
use berth_model::explain::{self, FitWords, MatrixWords, RowWords};
use berth_model::matrix::{COLUMNS, matrix};
use berth_model::prices::PriceBook;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;

/// Longest line, in characters.
const WIDTH: usize = 100;

/// Where the words of a cell begin: behind the name of the class, its score and the mark of a cell
/// that follows the scenario.
const CELL: usize = 34;

/// Adds matrix and fit to every service of a report.
pub(super) fn add(
    report: &mut Report,
    scenario: &Scenario,
    book: &PriceBook,
    answers: &[ServiceAnswer],
) {
    let services = report.services.iter_mut().zip(answers);
    for (index, (service, answer)) in services.enumerate() {
        let (matrix, fit) = report::matrix::of(scenario, index, answer, book);
        service.matrix = Some(matrix);
        service.fit = Some(fit);
    }
}

/// Matrix and fit of every service. Writing to a string cannot fail, so no result of it is looked
/// at.
pub(super) fn text(scenario: &Scenario, book: &PriceBook, answers: &[ServiceAnswer]) -> String {
    let book = &*scenario.pricing.over(book);
    let mut out = String::new();
    let services = scenario.services.iter().zip(answers);
    for (index, (service, answer)) in services.enumerate() {
        let made = matrix(scenario, service, answer, book);
        let words = MatrixWords::of(&made, &scenario.weights);
        let name = service.name.as_str();
        let _ = writeln!(out, "\n# Who can run {name}\n");
        for gate in explain::gates(scenario, index, answer, book).gates {
            write_wrapped(&mut out, &format!("- {}", gate.sentence.plain()), 2);
            if let Some(back) = gate.bring_back {
                write_wrapped(&mut out, &format!("  {}", back.sentence.plain()), 2);
            }
        }
        let _ = writeln!(out, "\n# Decision matrix of {name}\n");
        write_wrapped(
            &mut out,
            "Scores are from 0 to 4; money has none. Cells with a * follow the scenario.",
            0,
        );
        for row in &words.rows {
            write_row(&mut out, row);
        }
        let _ = writeln!(out, "\n# Cost and fit of {name}\n");
        write_fit(&mut out, &words.fit);
    }
    out
}

fn write_row(out: &mut String, row: &RowWords) {
    let weight = row
        .weight
        .map_or_else(String::new, |weight| format!(" (weight {weight})"));
    let _ = writeln!(out, "\n{}{weight}", row.criterion.label());
    for (class, cell) in COLUMNS.iter().zip(&row.cells) {
        let name = explain::class(*class);
        let score = cell
            .score
            .map_or_else(String::new, |score| score.to_string());
        let mark = if cell.live { "*" } else { " " };
        let line = format!("  {name:<27}{score:>1} {mark} {}", cell.text);
        write_wrapped(out, &line, CELL);
    }
    if !row.scale.is_empty() {
        write_wrapped(out, &format!("  {}", row.scale), 2);
    }
    write_wrapped(out, &format!("  Source: {}", row.source), 2);
}

fn write_fit(out: &mut String, fit: &FitWords) {
    write_wrapped(out, &fit.sentence.plain(), 0);
    write_wrapped(out, &fit.front.plain(), 0);
    out.push_str("\n   $ a month     fit  class\n");
    for point in &fit.points {
        let monthly = if point.monthly.is_empty() {
            "no bill"
        } else {
            point.monthly.trim_start_matches('$')
        };
        let name = explain::class(point.class);
        let _ = writeln!(out, "{monthly:>12}  {:>6}  {name}", point.fit);
        let parts: Vec<String> = point
            .parts
            .iter()
            .map(|part| {
                let label = part.criterion.label();
                format!("{label} {} × {}", part.weight, part.score)
            })
            .collect();
        let line = format!("{:22}weight × score: {}", "", parts.join("; "));
        write_wrapped(out, &line, 22);
    }
}

/// Writes a line in lines of at most [`WIDTH`] characters, those after the first indented. What
/// stands before the first word keeps its spaces.
fn write_wrapped(out: &mut String, line: &str, indent: usize) {
    let mut rest = line;
    let mut lead = String::new();
    while lead.chars().count() + rest.chars().count() > WIDTH {
        let room = WIDTH - lead.chars().count();
        // The last space that leaves a line within the width, behind the indent.
        let at = rest
            .char_indices()
            .enumerate()
            .filter(|(count, (at, c))| {
                let is_behind = *count + lead.len() > indent;
                *c == ' ' && *count <= room && is_behind && !is_held(rest.get(*at..))
            })
            .last();
        let Some((_, (at, _))) = at else {
            break;
        };
        let (head, tail) = (rest.get(..at), rest.get(at..));
        let (Some(head), Some(tail)) = (head, tail) else {
            break;
        };
        let _ = writeln!(out, "{lead}{}", head.trim_end());
        rest = tail.trim_start();
        lead = " ".repeat(indent);
    }
    let _ = writeln!(out, "{lead}{rest}");
}

/// Whether what follows a space belongs to the word before it: `78 %`, `1 × 3`.
fn is_held(rest: Option<&str>) -> bool {
    rest.is_some_and(|rest| rest.starts_with(" %") || rest.starts_with(" ×"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str, indent: usize) -> String {
        let mut out = String::new();
        write_wrapped(&mut out, line, indent);
        out
    }

    #[test]
    fn long_lines_are_broken_between_words_and_indented() {
        assert_eq!(wrapped("  short", 4), "  short\n");
        let words = "word ".repeat(45);
        let text = wrapped(&format!("  {}", words.trim_end()), 4);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert!(lines[1].starts_with("    word"), "{text}");
        assert_eq!(text.split_whitespace().count(), 45);
        // A word longer than a line stays whole.
        let long = "x".repeat(150);
        assert_eq!(wrapped(&long, 2), format!("{long}\n"));
        let held = format!("{} 40 %", "x".repeat(97));
        assert_eq!(wrapped(&held, 0), format!("{}\n40 %\n", "x".repeat(97)));
        // Characters of several bytes count once.
        assert_eq!(wrapped(&"–".repeat(100), 0).lines().count(), 1);
    }
}
