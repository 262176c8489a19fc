//! Makes what Trunk wrote smaller on the wire, without changing what it does.

use std::fs;
use std::path::{Path, PathBuf};

use super::assets::only_file;
use crate::failure::{Context, Result};
use crate::{paths, process};

/// Compiler flags of the page.
///
/// `erase_components` has Leptos name fewer types, of which each costs bytes. The paths of whoever
/// builds are cut off: they would ship within the messages of panics.
pub(super) fn rustflags() -> String {
    let mut flags = "--cfg=erase_components".to_owned();
    let home = |folder: &str| Some(PathBuf::from(std::env::var_os("HOME")?).join(folder));
    let cargo = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| home(".cargo"));
    let registry = cargo.map(|cargo| cargo.join("registry/src"));
    for path in registry.iter().chain([&paths::root()]) {
        // Flags are divided at spaces: a path with one is left as it is.
        let path = path.display().to_string();
        if !path.contains(' ') {
            flags.push_str(" --remap-path-prefix=");
            flags.push_str(&path);
            flags.push_str("/=");
        }
    }
    flags
}

/// Sorts the functions by their names, so that those that were compiled from one generic function
/// stand together and compress together; then drops the names.
pub(super) fn wasm(dist: &Path, features: &[String]) -> Result<()> {
    let file = only_file(dist, "_bg.wasm")?;
    let opt = |pass: &[&str]| {
        process::run(
            process::command(program("wasm-opt"))
                .args(features)
                .args(pass)
                .arg("--output")
                .arg(&file)
                .arg(&file),
        )
    };
    opt(&["-g", "--reorder-functions-by-name"])?;
    opt(&[
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ])
}

/// Minifies the bindings: wasm-bindgen writes them to be read.
pub(super) fn bindings(dist: &Path) -> Result<()> {
    let file = only_file(dist, ".js")?;
    let small = file.with_extension("small");
    process::run(
        process::command(program("esbuild"))
            .args(["--minify", "--format=esm", "--log-level=warning"])
            .arg(format!("--outfile={}", small.display()))
            .arg(&file),
    )?;
    fs::rename(&small, &file).context(format!("could not replace {}", file.display()))
}

fn program(name: &str) -> PathBuf {
    paths::node_modules().join(".bin").join(name)
}
