//! The module of studies, which the page loads once it is in use.

use std::fs;
use std::path::Path;

use super::{assets, shrink};
use crate::failure::{Context, Failure, Result};
use crate::{paths, process};

/// Compiles and optimises the module, names it by its content, and gives the element that tells the page of it.
pub(super) fn build(dist: &Path, features: &[String]) -> Result<String> {
    process::run(
        process::command("cargo")
            .args([
                "build",
                "--offline",
                "--locked",
                "--package",
                "berth-studies",
            ])
            .args(["--target", "wasm32-unknown-unknown", "--profile", "web"])
            // It arrives once the page is in use, and evaluates thousands of times: here the model and its numbers
            // are worth their size.
            .args(["--config", "profile.web.package.berth-model.opt-level=3"])
            .args(["--config", "profile.web.package.rust_decimal.opt-level=3"])
            .current_dir(paths::root())
            .env_remove("RUSTFLAGS")
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                shrink::rustflags()?,
            ),
    )
    .map_err(|failure| Failure::new(format!("the studies do not build: {failure}")))?;
    let compiled = paths::target().join("wasm32-unknown-unknown/web/berth_studies.wasm");
    let small = paths::scratch().join("studies.wasm");
    fs::create_dir_all(paths::scratch()).context("could not create a folder")?;
    process::run(
        process::command(shrink::program("wasm-opt"))
            .args(["-O3", "-g"])
            .args(features)
            .arg(&compiled)
            .arg("--output")
            .arg(&small),
    )?;
    shrink::wasm(&small, features)?;
    let bytes = fs::read(&small).context("could not read the module of studies")?;
    let name = format!("berth-studies-{}.wasm", assets::content_name(&bytes));
    let file = dist.join(name);
    fs::write(&file, bytes).context(format!("could not write {}", file.display()))?;
    // The address bears no `./`: what starts with that is loaded before the page is usable.
    let address = assets::relative(&file)?;
    Ok(format!(
        "<meta name=\"berth-studies\" content=\"{} {}\">",
        address.trim_start_matches("./"),
        assets::integrity(&file)?
    ))
}
