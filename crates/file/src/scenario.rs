//! The scenario file.

use berth_model::scenario::{Load, Name, Region, Scenario, Service, Task, TaskCount};
use berth_model::units::{Gib, Vcpu};

use crate::json::{self, FileError, Node, Object, Read};

mod read;
pub mod shape;
mod strategy;
mod write;

pub use shape::ScenarioFile;

/// Reads a scenario file.
pub fn read(bytes: &[u8]) -> Result<Scenario, FileError> {
    json::read::<Whole>(bytes).map(|whole| whole.0)
}

/// The file of a scenario: its shape, with everything at its default left out.
pub fn file(scenario: &Scenario) -> ScenarioFile {
    write::file(scenario)
}

/// A scenario file on one line.
pub fn write(scenario: &Scenario) -> Result<String, serde_json::Error> {
    serde_json::to_string(&file(scenario))
}

/// A scenario file as people read it.
pub fn write_pretty(scenario: &Scenario) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&file(scenario))?;
    text.push('\n');
    Ok(text)
}

/// A scenario that is read from a document or a part of one.
pub(crate) struct Whole(pub(crate) Scenario);

impl Read for Whole {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        // A file of another version has fields that are not known here: its version is what is
        // wrong with it.
        check_version(&node.object()?, node)?;
        let file = ScenarioFile::read(node)?;
        read::scenario(&file, node.path).map(Self)
    }
}

/// Refuses a document of another version than this program's.
pub(crate) fn check_version(object: &Object<'_>, node: Node<'_>) -> Result<(), FileError> {
    let version: crate::Number = object.read("version")?;
    if version.plain() == crate::VERSION.to_string() {
        return Ok(());
    }
    Err(FileError::at(
        node.path.field("version"),
        format_args!(
            ": {} is not known. This program reads version {}.",
            version.as_given(),
            crate::VERSION
        ),
    ))
}

/// The name of a daemon that nobody named.
const DAEMON: &str = "daemon";

/// A scenario with everything at its default, and a placeholder for its service.
pub(crate) fn baseline() -> Scenario {
    let task = Task {
        vcpu: Vcpu::whole(1),
        memory: Gib::whole(2),
        ephemeral: berth_model::scenario::EphemeralGib::default(),
        gpu: None,
    };
    let load = Load::Constant {
        tasks: TaskCount::default(),
    };
    let service = Service::new(Name::unnamed(), task, load);
    Scenario::new(Region::us_east_1(), service)
}
