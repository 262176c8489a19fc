//! Node, and the packages of `package-lock.json`: Playwright, axe, and binaryen's wasm-opt.

use std::fs;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::failure::{Context, Failure, Result};
use crate::{paths, process};

const OLDEST: u32 = 20;
/// What `node_modules` was installed from: npm itself has no quick way to say that nothing changed.
const STAMP: &str = ".berth-installed";

/// Fails where Node or npm is missing or too old.
pub(crate) fn require() -> Result<()> {
    let advice = format!("Install Node {OLDEST} or newer, with npm: https://nodejs.org");
    let said = process::output(process::command("node").arg("--version"))
        .map_err(|_| Failure::new("Node is missing").advice(&advice))?;
    if major(&said).is_none_or(|version| version < OLDEST) {
        return Err(Failure::new(format!("Node {said} is too old")).advice(&advice));
    }
    if npm_name().is_none() {
        return Err(Failure::new("npm is missing").advice(&advice));
    }
    Ok(())
}

/// Installs the packages of the lock file, where they are missing or the lock file changed.
pub(crate) fn packages() -> Result<()> {
    let wanted = fingerprint()?;
    let stamp = paths::node_modules().join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    super::announce(
        "the npm packages of package-lock.json to node_modules",
        "a few seconds",
    );
    // No package runs a script of its own at installation, and no browser is downloaded.
    process::run(process::command(npm()?).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    fs::write(&stamp, wanted).context(format!("could not write {}", stamp.display()))
}

/// A command of an installed package, such as `playwright test`.
pub(crate) fn tool(script: &str) -> Command {
    let mut command = process::command("node");
    command.arg(paths::node_modules().join(script));
    command
}

fn npm() -> Result<&'static str> {
    npm_name().ok_or_else(|| Failure::new("npm is missing"))
}

fn npm_name() -> Option<&'static str> {
    if cfg!(windows) {
        Some("npm.cmd")
    } else {
        process::on_path("npm").map(|_| "npm")
    }
}

fn fingerprint() -> Result<String> {
    let mut hash = Sha256::new();
    for name in ["package.json", "package-lock.json"] {
        hash.update(fs::read(paths::root().join(name)).context(format!("could not read {name}"))?);
    }
    Ok(STANDARD.encode(hash.finalize()))
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20.20.2"), None);
    }

    #[test]
    fn the_lock_file_names_no_registry() {
        let lock = fs::read_to_string(paths::root().join("package-lock.json")).unwrap();
        assert!(
            !lock.contains("\"resolved\""),
            "run `npm install` with the .npmrc of the project"
        );
    }
}
