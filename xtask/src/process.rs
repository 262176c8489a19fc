//! Other programs: finding them, running them, and reading what they say.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Context, Failure, Result};
use crate::paths;

/// A command that runs in the workspace.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// Cargo, of the toolchain that runs this program.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command whose output goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command
        .status()
        .context(format!("could not run `{shown}`"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{shown}` failed ({status})")))
    }
}

/// What a command prints on its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command
        .output()
        .context(format!("could not run `{shown}`"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!(
            "`{shown}` failed ({}): {}",
            output.status,
            said.trim()
        )))
    }
}

/// Runs a command, shows its standard output line by line, and hands every line to `each`. True where it succeeded.
pub(crate) fn watch(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool> {
    let shown = show(command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context(format!("could not run `{shown}`"))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.context(format!("could not read what `{shown}` says"))?;
            let line = String::from_utf8_lossy(&line);
            let mut terminal = std::io::stdout().lock();
            writeln!(terminal, "{line}").context("could not write to the terminal")?;
            each(&line);
        }
    }
    Ok(child
        .wait()
        .context(format!("`{shown}` was lost"))?
        .success())
}

/// Where a program stands on the PATH.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file_name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join(&file_name))
        .find(|path| path.is_file())
}

/// The PATH with these folders first.
pub(crate) fn path_with(first: &[&Path]) -> Result<std::ffi::OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = first
        .iter()
        .map(|dir| (*dir).to_owned())
        .chain(env::split_paths(&rest));
    env::join_paths(all).context("the PATH cannot be extended")
}

/// The command as a person would type it.
fn show(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    std::iter::once(name)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
