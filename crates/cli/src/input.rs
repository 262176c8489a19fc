//! What is evaluated: scenario files, lines of JSON, standard input, links.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};

use berth_file::scenario;
use berth_model::scenario::Scenario;
use berth_model::share;

use crate::books::Books;
use crate::usage::Failure;

/// Longest input that is read, in bytes: a file of one scenario a line may hold many.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The mark of byte order in UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Most inputs whose faults are named at once.
const MAX_NAMED: usize = 20;

/// Where scenarios come from, as the command line says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file.
    File(String),
    /// Standard input.
    Standard,
    /// A link, or its part after the `#`.
    Link(String),
}

impl Source {
    /// The source that an argument names.
    pub(crate) fn of(argument: String) -> Self {
        if argument == "-" {
            Self::Standard
        } else {
            Self::File(argument)
        }
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::File(path) => path,
            Self::Standard => "standard input",
            Self::Link(_) => "the link",
        }
    }
}

/// A scenario and where it came from.
pub(crate) struct Given {
    /// What messages call it, with the line where there are several.
    pub(crate) from: String,
    pub(crate) scenario: Scenario,
}

/// Reads every scenario, in order, and loads the books that they need. All faults are named at
/// once, and then there is no scenario at all.
pub(crate) fn scenarios(
    sources: &[Source],
    lines: bool,
    books: &mut Books,
) -> Result<Vec<Given>, Failure> {
    let mut given = Vec::new();
    let mut faults = Vec::new();
    for source in sources {
        read_source(source, lines, &mut given, &mut faults);
    }
    for Given { from, scenario } in &given {
        match books.load(&scenario.region) {
            Ok(()) => {}
            Err(failure @ Failure::Region { .. }) => {
                faults.push(format!("{from}: region: {failure}"));
            }
            Err(failure) => return Err(failure),
        }
    }
    let more = faults.len().saturating_sub(MAX_NAMED);
    faults.truncate(MAX_NAMED);
    if more > 0 {
        faults.push(format!("and {more} more"));
    }
    if faults.is_empty() {
        Ok(given)
    } else {
        Err(Failure::Inputs(faults))
    }
}

fn read_source(source: &Source, lines: bool, given: &mut Vec<Given>, faults: &mut Vec<String>) {
    let name = source.name();
    if let Source::Link(text) = source {
        match link(text) {
            Ok(scenario) => given.push(Given {
                from: name.to_owned(),
                scenario,
            }),
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
        return;
    }
    let bytes = match bytes(source) {
        Ok(bytes) => bytes,
        Err(fault) => {
            faults.push(format!("{name}: {fault}"));
            return;
        }
    };
    if !(lines || is_lines(name, &bytes)) {
        match scenario::read(&bytes) {
            Ok(scenario) => given.push(Given {
                from: name.to_owned(),
                scenario,
            }),
            Err(error) => faults.push(format!("{name}: {error}")),
        }
        return;
    }
    let before = given.len() + faults.len();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let from = format!("{name}, line {}", index + 1);
        match scenario::read(line) {
            Ok(scenario) => given.push(Given { from, scenario }),
            Err(error) => faults.push(format!("{from}: {error}")),
        }
    }
    if given.len() + faults.len() == before {
        faults.push(format!("{name}: it holds no scenario"));
    }
}

/// The bytes of a file or of standard input.
pub(crate) fn bytes(source: &Source) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let count = match source {
        Source::File(path) => File::open(path).and_then(|file| {
            if file.metadata()?.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            file.take(MAX_BYTES + 1).read_to_end(&mut bytes)
        }),
        Source::Standard => {
            let input = io::stdin();
            if input.is_terminal() {
                return Err("nothing is piped to it; give a scenario file".to_owned());
            }
            input.lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
        }
        Source::Link(text) => text.as_bytes().take(MAX_BYTES + 1).read_to_end(&mut bytes),
    };
    match count {
        Ok(_) if bytes.len() as u64 > MAX_BYTES => {
            Err(format!("it is longer than {MAX_BYTES} bytes"))
        }
        Ok(_) => {
            // A mark of byte order, as some editors write it, belongs to no document.
            if bytes.starts_with(MARK) {
                bytes.drain(..MARK.len());
            }
            Ok(bytes)
        }
        Err(error) => Err(format!("it cannot be read: {error}")),
    }
}

/// Whether an input holds one scenario a line: by its name, or because its first line is a whole
/// document and not the last one.
fn is_lines(name: &str, bytes: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let extension = lower.rsplit_once('.').map(|(_, extension)| extension);
    if matches!(extension, Some("jsonl" | "ndjson")) {
        return true;
    }
    let mut lines = bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let is_document = |line: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    lines.next().is_some_and(is_document) && lines.next().is_some()
}

/// The scenario of a link. What a page would name and pass over is refused here.
pub(crate) fn link(text: &str) -> Result<Scenario, String> {
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    let decoded = share::decode(fragment.trim());
    match decoded.scenario {
        Some(scenario) if decoded.notices.is_empty() => Ok(scenario),
        _ => {
            let notices: Vec<String> = decoded.notices.iter().map(ToString::to_string).collect();
            Err(notices.join(" "))
        }
    }
}
