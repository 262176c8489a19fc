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
pub(super) fn rustflags() -> Result<String> {
    let mut flags = "--cfg=erase_components".to_owned();
    for (path, short) in own_paths()? {
        // Flags are divided at spaces: a path with one is left as it is.
        let path = path.display().to_string();
        if !path.contains(' ') {
            flags.extend([" --remap-path-prefix=", &path, "/=", short]);
        }
    }
    Ok(flags)
}

/// Folders that sources are compiled from, and what stands for each: the standard library's where the toolchain has its
/// sources, each registry's, and this one.
fn own_paths() -> Result<Vec<(PathBuf, &'static str)>> {
    let sysroot = process::output(process::command("rustc").args(["--print", "sysroot"]))?;
    let mut paths = vec![(
        PathBuf::from(sysroot).join("lib/rustlib/src/rust/library"),
        "std/",
    )];
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"));
    let cargo = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(home);
    let registries = cargo.and_then(|cargo| fs::read_dir(cargo.join("registry/src")).ok());
    // What cannot be listed is not there.
    for registry in registries.into_iter().flatten().flatten() {
        paths.push((registry.path(), ""));
    }
    paths.push((paths::root(), ""));
    Ok(paths)
}

/// Sorts the functions by their names, so that those that were compiled from one generic function
/// stand together and compress together; then drops the names.
pub(super) fn wasm(file: &Path, features: &[String]) -> Result<()> {
    let opt = |pass: &[&str]| {
        process::run(
            process::command(program("wasm-opt"))
                .args(features)
                .args(pass)
                .arg("--output")
                .arg(file)
                .arg(file),
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

pub(super) fn program(name: &str) -> PathBuf {
    paths::node_modules().join(".bin").join(name)
}
