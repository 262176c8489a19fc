//! The compiler's WebAssembly target, and the crates of the lock file.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::process;

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the WebAssembly target to the toolchain, where it is missing.
pub(crate) fn wasm_target() -> Result<()> {
    let libdir = process::output(process::command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]))?;
    if Path::new(&libdir).is_dir() {
        return Ok(());
    }
    if process::on_path("rustup").is_none() {
        return Err(Failure::new(format!("the Rust toolchain lacks the target {WASM_TARGET}")).advice(
            "Install Rust by rustup (https://rustup.rs), which adds it, or install your distribution's package of it.",
        ));
    }
    super::announce(&format!("the Rust target {WASM_TARGET}"), "a few seconds");
    process::run(process::command("rustup").args(["target", "add", WASM_TARGET]))
}

/// Downloads the crates of the lock file, so that the build itself runs offline. Silent where they are there.
pub(crate) fn fetch_crates() -> Result<()> {
    process::run(process::cargo().args(["fetch", "--locked"]))
}
