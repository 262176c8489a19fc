//! The stages of the tests, in the order they run: what is quick and likely to fail comes first.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::{Count, Outcome};
use crate::failure::{Context, Failure, Result};
use crate::process::{cargo, run, watch};
use crate::setup::rust::WASM_TARGET;
use crate::{build, paths, serve, server, setup, size};

pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) run: fn() -> Outcome,
}

pub(super) const STAGES: &[Stage] = &[
    Stage {
        name: "setup",
        what: "finds or installs what the stages need",
        run: || setup::everything().into(),
    },
    Stage {
        name: "fmt",
        what: "formatting",
        run: || run(cargo().args(["fmt", "--all", "--check"])).into(),
    },
    Stage {
        name: "clippy",
        what: "lints, natively",
        run: || run(&mut lints(&["--workspace", "--all-targets"])).into(),
    },
    Stage {
        name: "clippy-web",
        what: "lints of the page, for wasm",
        run: || {
            run(&mut lints(&[
                "--package",
                "berth-page",
                "--package",
                "berth-studies",
                "--package",
                "bench-minimal-page",
                "--all-targets",
                "--target",
                WASM_TARGET,
            ]))
            .into()
        },
    },
    Stage {
        name: "unit",
        what: "unit, property and golden tests, natively",
        run: || {
            counted(
                cargo().args(["test", "--workspace", "--locked"]),
                Count::read_rust,
            )
        },
    },
    Stage {
        name: "doc",
        what: "the documentation builds without a warning",
        run: doc,
    },
    Stage {
        name: "deny",
        what: "licences and sources, where cargo-deny is installed",
        run: deny,
    },
    Stage {
        name: "web",
        what: "tests of the page's crates, in Chromium",
        run: web,
    },
    Stage {
        name: "build",
        what: "the release page",
        run: || build::fresh_dist().into(),
    },
    Stage {
        name: "size",
        what: "what a visitor loads, against its budget",
        run: || size::gate(&paths::dist()).into(),
    },
    Stage {
        name: "browser",
        what: "the release page, in Chromium",
        run: browser,
    },
];

fn lints(what: &[&str]) -> Command {
    let mut command = cargo();
    command
        .arg("clippy")
        .arg("--locked")
        .args(what)
        .args(["--", "-D", "warnings"]);
    command
}

fn doc() -> Outcome {
    run(cargo()
        .args([
            "doc",
            "--workspace",
            "--no-deps",
            "--locked",
            "--document-private-items",
        ])
        .env("RUSTDOCFLAGS", "-D warnings"))
    .into()
}

fn deny() -> Outcome {
    match setup::cargo_deny::find() {
        // The advisories are left to `cargo xtask deny`: they change by the day, and need the network.
        Ok(Some(tool)) => tool
            .run(
                "cargo-deny",
                &[
                    "--locked",
                    "--offline",
                    "check",
                    "--allow",
                    "duplicate",
                    "bans",
                    "licenses",
                    "sources",
                ],
            )
            .into(),
        Ok(None) => Outcome::Skipped("`cargo xtask deny` installs cargo-deny and runs it"),
        Err(failure) => Outcome::Failed(failure, Count::default()),
    }
}

fn web() -> Outcome {
    prepared(|| {
        let browser = setup::browser::find_or_install()?;
        let wasm_bindgen = setup::wasm_bindgen::find_or_install()?;
        let mut command = cargo();
        command
            .args([
                "test",
                "--locked",
                "--package",
                "berth-page",
                "--target",
                WASM_TARGET,
                "--test",
                "*",
            ])
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                wasm_bindgen.program("wasm-bindgen-test-runner"),
            )
            .env("CHROMEDRIVER", &browser.chromedriver)
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                webdriver_config(&browser)?,
            );
        Ok(counted(&mut command, Count::read_rust))
    })
}

fn browser() -> Outcome {
    prepared(|| {
        setup::node::require()?;
        setup::node::packages()?;
        let browser = setup::browser::find_or_install()?;
        build::startup_files(&paths::dist())?;
        let server = server::start(serve::mounts(), 0)?;
        let mut command = setup::node::tool("@playwright/test/cli.js");
        command
            .arg("test")
            .env("CHROMIUM", &browser.chromium)
            .env("BERTH_URL", server.url());
        Ok(counted(&mut command, Count::read_playwright))
    })
}

fn prepared(stage: impl FnOnce() -> Result<Outcome>) -> Outcome {
    stage().unwrap_or_else(|failure| Outcome::Failed(failure, Count::default()))
}

/// Runs a test program and counts its tests. One that succeeds without a single test has tested nothing: that fails.
fn counted(command: &mut Command, read: impl Fn(&mut Count, &str)) -> Outcome {
    let mut count = Count::default();
    match watch(command, |line| read(&mut count, line)) {
        Ok(true) if count.failed == 0 && count.passed > 0 => Outcome::Passed(count),
        Ok(true) if count.failed == 0 => Outcome::Failed(Failure::new("no test ran"), count),
        Ok(_) => Outcome::Failed(Failure::new("a test failed: see above"), count),
        Err(failure) => Outcome::Failed(failure, count),
    }
}

/// `webdriver.json` with the browser that was found, where the runner of the wasm tests reads it.
fn webdriver_config(browser: &setup::browser::Browser) -> Result<std::path::PathBuf> {
    let text = fs::read_to_string(paths::root().join("webdriver.json"))
        .context("could not read webdriver.json")?;
    let mut config: Value = serde_json::from_str(&text).context("webdriver.json is no JSON")?;
    let options = config
        .pointer_mut("/goog:chromeOptions")
        .and_then(Value::as_object_mut);
    options
        .ok_or_else(|| Failure::new("webdriver.json has no goog:chromeOptions"))?
        .insert("binary".to_owned(), json!(browser.chromium));
    let path = paths::scratch().join("webdriver.json");
    fs::create_dir_all(paths::scratch()).context("could not create the scratch folder")?;
    fs::write(&path, config.to_string()).context(format!("could not write {}", path.display()))?;
    Ok(path)
}
