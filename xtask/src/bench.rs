//! `cargo xtask bench`: the figures of the release build, measured. What cannot be measured is said to be so.

mod crates;
mod growth;
mod wasm;

use std::fs;
use std::path::PathBuf;

use lexopt::prelude::*;

use crate::failure::{Context, Failure, Result};
use crate::server::{self, Mount};
use crate::setup::BuildTools;
use crate::setup::browser::Browser;
use crate::{build, paths, process, setup, size};

const PARTS: [(&str, &str); 7] = [
    (
        "size",
        "bytes and requests before the page is usable, and what each crate costs",
    ),
    (
        "start",
        "first text and usable, on slow 4G with the processor 4x slower, beside a minimal Leptos page",
    ),
    (
        "input",
        "evaluation, slider to frame, and painter, from the page's own marks",
    ),
    (
        "region",
        "from choosing another region to the answer at its prices, on slow 4G with the processor 4x slower",
    ),
    (
        "studies",
        "each study in the browser: until all and until something stands, and its longest step",
    ),
    (
        "native",
        "one answer, natively, over the committed scenarios",
    ),
    (
        "growth",
        "how the time of an answer grows with services, tasks and types: a table, and docs/growth.svg",
    ),
];

pub(crate) struct Options {
    only: Option<String>,
}

impl Options {
    pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Self> {
        let mut options = Self { only: None };
        while let Some(arg) = args.next()? {
            match arg {
                Long("only") => options.only = Some(args.value()?.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        if let Some(only) = &options.only
            && !PARTS.iter().any(|(name, _)| name == only)
        {
            let names: Vec<_> = PARTS
                .iter()
                .map(|(name, what)| format!("  {name:<6} {what}"))
                .collect();
            return Err(Failure::new(format!("`{only}` is no part of the bench"))
                .advice(format!("The parts:\n{}", names.join("\n"))));
        }
        Ok(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == part)
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let in_browser = ["start", "input", "region", "studies"].map(|part| options.wants(part));
    let in_browser = in_browser.contains(&true);
    let browser = if in_browser {
        Some(setup::browser::find_or_install()?)
    } else {
        None
    };
    if options.wants("native") {
        println!("\n== native");
        process::run(process::cargo().args([
            "bench",
            "--locked",
            "--package",
            "berth-model",
            "--bench",
            "evaluate",
        ]))?;
    }
    if options.wants("growth") {
        println!("\n== growth");
        growth::run()?;
    }
    if !in_browser && !options.wants("size") {
        return Ok(());
    }
    let tools = setup::for_build()?;
    build::with(&tools)?;
    if options.wants("size") {
        println!("\n== size");
        size::print(&size::startup(&paths::dist())?);
        crates::print(&tools)?;
    }
    let Some(browser) = browser else {
        return Ok(());
    };
    if options.wants("start") {
        println!("\n== start");
        measure(
            &browser,
            "start.mjs",
            vec![
                ("/berth/", paths::dist()),
                ("/minimal/", minimal_page(&tools)?),
            ],
        )?;
    }
    if options.wants("input") {
        println!("\n== input");
        measure(&browser, "input.mjs", vec![("/berth/", paths::dist())])?;
    }
    if options.wants("region") {
        println!("\n== region");
        measure(&browser, "region.mjs", vec![("/berth/", paths::dist())])?;
    }
    if options.wants("studies") {
        println!("\n== studies");
        measure(&browser, "studies.mjs", vec![("/berth/", paths::dist())])?;
    }
    Ok(())
}

/// Runs a script of tests/browser/bench/ in Node, against pages served as a static host would.
fn measure(browser: &Browser, script: &str, pages: Vec<(&'static str, PathBuf)>) -> Result<()> {
    let mounts = pages
        .into_iter()
        .map(|(prefix, folder)| Mount { prefix, folder })
        .collect();
    let server = server::start(mounts, 0)?;
    process::run(
        process::command("node")
            .arg(paths::root().join("tests/browser/bench").join(script))
            .env("BERTH_URL", server.url())
            .env("CHROMIUM", &browser.chromium),
    )
}

/// Builds the minimal Leptos page, with the same tools and the same profile.
fn minimal_page(tools: &BuildTools) -> Result<PathBuf> {
    let dist = paths::scratch().join("minimal-page");
    fs::create_dir_all(&dist).context(format!("could not create {}", dist.display()))?;
    build::trunk(
        tools,
        &paths::root().join("xtask/bench-pages/minimal/Trunk.toml"),
        &dist,
    )?;
    Ok(dist)
}
