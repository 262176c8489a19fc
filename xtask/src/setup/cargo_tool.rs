//! A command line tool from crates.io, pinned to one version.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::{paths, process};

/// What is wanted.
pub(super) struct Wanted {
    /// The package on crates.io.
    pub(super) package: &'static str,
    pub(super) version: &'static str,
    /// The programs it must provide; the first one is asked for its version.
    pub(super) programs: &'static [&'static str],
    /// Flags of `cargo install` beyond `--locked`.
    pub(super) flags: &'static [&'static str],
    /// How long compiling it takes on two cores.
    pub(super) takes: &'static str,
}

/// A tool that is there, in the version that is wanted.
#[derive(Debug)]
pub(crate) struct Tool {
    /// The folder of its programs.
    pub(crate) dir: PathBuf,
}

impl Tool {
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.dir
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Runs one of its programs in the workspace.
    pub(crate) fn run(&self, program: &str, args: &[&str]) -> Result<()> {
        process::run(process::command(self.program(program)).args(args))
    }
}

impl Wanted {
    pub(super) fn find(&self) -> Result<Option<Tool>> {
        let on_path = self
            .programs
            .first()
            .and_then(|name| process::on_path(name));
        let own = paths::tool(self.package, self.version)?.join("bin");
        let folders = on_path
            .as_deref()
            .and_then(Path::parent)
            .map(Path::to_owned)
            .into_iter()
            .chain([own]);
        Ok(folders.map(|dir| Tool { dir }).find(|tool| self.fits(tool)))
    }

    pub(super) fn find_or_install(&self) -> Result<Tool> {
        if let Some(tool) = self.find()? {
            return Ok(tool);
        }
        let root = paths::tool(self.package, self.version)?;
        self.install(&root)?;
        self.find()?.ok_or_else(|| {
            Failure::new(format!(
                "{} {} was installed to {} but does not run",
                self.package,
                self.version,
                root.display()
            ))
            .advice("Remove that folder and try again.")
        })
    }

    fn fits(&self, tool: &Tool) -> bool {
        self.programs
            .iter()
            .all(|name| tool.program(name).is_file())
            && self.programs.first().is_some_and(|name| {
                process::output(Command::new(tool.program(name)).arg("--version"))
                    .is_ok_and(|said| is_version(&said, self.version))
            })
    }

    fn install(&self, root: &Path) -> Result<()> {
        let what = format!("{} {} to {}", self.package, self.version, root.display());
        if process::on_path("cargo-binstall").is_some() {
            super::announce(&what, "less than a minute with cargo-binstall");
            let downloaded = process::run(
                process::cargo()
                    .args([
                        "binstall",
                        "--no-confirm",
                        "--disable-strategies",
                        "compile",
                        "--root",
                    ])
                    .arg(root)
                    .arg(format!("{}@{}", self.package, self.version)),
            );
            if downloaded.is_ok() {
                return Ok(());
            }
            println!("cargo-binstall has no build of it for this machine: compiling it.");
        }
        super::announce(&what, self.takes);
        process::run(
            process::cargo()
                .args(["install", "--locked", self.package, "--version", self.version, "--root"])
                .arg(root)
                .args(self.flags)
                // Flags for the page are not flags for a tool.
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_BUILD_TARGET"),
        )
        .map_err(|failure| {
            Failure::new(failure.to_string()).advice(format!(
                "The set-up needs {} {}. With a network that reaches crates.io, try again;\nor install it yourself and put it on the PATH.",
                self.package, self.version
            ))
        })
    }
}

/// Whether a line like `trunk 0.21.14 (abc)` names this version.
fn is_version(said: &str, version: &str) -> bool {
    said.split_whitespace().nth(1) == Some(version)
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn a_version_fits_to_the_digit() {
        assert!(is_version("trunk 0.21.14", "0.21.14"));
        assert!(is_version("wasm-bindgen 0.2.129 (0123abc)", "0.2.129"));
        assert!(!is_version("wasm-bindgen 0.2.12", "0.2.129"));
        assert!(!is_version("wasm-bindgen 0.2.129", "0.2.12"));
        assert!(!is_version("", "0.2.12"));
    }
}
