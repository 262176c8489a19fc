//! `cargo xtask screenshots`: pictures of the release page, for the documentation.

use std::fs;

use crate::failure::{Context, Result};
use crate::server::{self, Mount};
use crate::{build, paths, process, setup};

/// Builds the page, and takes the pictures of docs/screenshots.
pub(crate) fn run() -> Result<()> {
    let browser = setup::browser::find_or_install()?;
    build::with(&setup::for_build()?)?;
    let folder = paths::root().join("docs/screenshots");
    fs::create_dir_all(&folder).context(format!("could not create {}", folder.display()))?;
    let mounts = vec![Mount {
        prefix: "/",
        folder: paths::dist(),
    }];
    let server = server::start(mounts, 0)?;
    process::run(
        process::command("node")
            .arg(paths::root().join("tests/browser/screenshots.mjs"))
            .env("BERTH_URL", server.url())
            .env("BERTH_PICTURES", &folder)
            .env("CHROMIUM", &browser.chromium),
    )
}
