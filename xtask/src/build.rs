//! A fresh release page in `dist/`.

mod assets;
mod policy;
mod shell;
mod shrink;
mod studies;

use std::fs;
use std::path::Path;

use crate::failure::{Context, Failure, Result};
use crate::setup::BuildTools;
use crate::{paths, process, setup, worked_answer};

pub(crate) use assets::{later_files, startup_files};

/// Installs what the build needs, and builds.
pub(crate) fn fresh_dist() -> Result<()> {
    with(&setup::for_build()?)
}

/// Builds with the tools at hand, without touching the network.
pub(crate) fn with(tools: &BuildTools) -> Result<()> {
    let dist = paths::dist();
    trunk(tools, &paths::root().join("Trunk.toml"), &dist)?;
    let features = wasm_opt_features(&paths::root().join("index.html"))?;
    shrink::wasm(&assets::only_file(&dist, "_bg.wasm")?, &features)?;
    shrink::bindings(&dist)?;
    finish(&dist, &studies::build(&dist, &features)?)?;
    copy_price_books(&dist)?;
    println!("A fresh page is in {}.", dist.display());
    Ok(())
}

/// Lets Trunk compile a page: hashed JavaScript and WebAssembly, optimised by binaryen's wasm-opt.
pub(crate) fn trunk(tools: &BuildTools, config: &Path, dist: &Path) -> Result<()> {
    let npm_programs = paths::node_modules().join(".bin");
    // An older wasm-opt on the PATH (Debian's is) yields a page that does not start: ours comes first.
    let path = process::path_with(&[&tools.wasm_bindgen.dir, &npm_programs])?;
    process::run(
        process::command(tools.trunk.program("trunk"))
            .args(["build", "--release", "--offline", "--locked", "--config"])
            .arg(config)
            .arg("--dist")
            .arg(dist)
            .env("PATH", path)
            .env_remove("NO_COLOR")
            .env_remove("RUSTFLAGS")
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                shrink::rustflags()?,
            ),
    )
    .map_err(|failure| Failure::new(format!("the page does not build: {failure}")))
}

/// Turns Trunk's output into the page: fills the slots of the template, then seals what is inline.
fn finish(dist: &Path, studies: &str) -> Result<()> {
    let page = dist.join("index.html");
    let template = fs::read_to_string(&page).context("could not read what Trunk wrote")?;
    let public = paths::root().join("public");
    let filled = shell::fill(
        &template,
        &shell::Parts {
            studies,
            critical_style: &assets::squeeze(&read(&public.join("critical.css"))?),
            boot: &assets::boot_script(&read(&public.join("boot.js"))?, dist)?,
            stylesheet: &assets::stylesheet(&public.join("style"), dist)?,
            worked_answer: &worked_answer::worked_answer()?,
        },
    )?;
    let sealed = policy::seal(&filled)?;
    shell::check_urls(&sealed)?;
    fs::write(&page, sealed).context("could not write index.html")
}

/// The wasm features that the page is optimised with, as its template tells Trunk.
pub(crate) fn wasm_opt_features(template: &Path) -> Result<Vec<String>> {
    let template = read(template)?;
    let values = shell::attribute_values(&template, "data-wasm-opt-params");
    let [features] = values.as_slice() else {
        return Err(Failure::new(
            "index.html does not name its wasm features once",
        ));
    };
    let features = features
        .split_whitespace()
        .filter(|flag| flag.starts_with("--enable"));
    Ok(features.map(str::to_owned).collect())
}

/// The price books are loaded on demand, one file a region.
fn copy_price_books(dist: &Path) -> Result<()> {
    let from = paths::root().join("prices");
    if !from.is_dir() {
        return Ok(());
    }
    let to = dist.join("prices");
    fs::create_dir_all(&to).context(format!("could not create {}", to.display()))?;
    for entry in fs::read_dir(&from).context("could not read prices/")? {
        let path = entry.context("could not read prices/")?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, to.join(name)).context(format!("could not copy {}", path.display()))?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).context(format!("could not read {}", path.display()))
}
