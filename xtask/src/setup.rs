//! What the chores need, found on this machine or installed: one file a tool.
//!
//! A tool that is on the PATH in the right version is used as it is. One that is missing goes to a versioned folder of
//! the user's cache, never over the user's own; Chromium comes from the system's package manager.

pub(crate) mod browser;
pub(crate) mod cargo_deny;
pub(crate) mod cargo_mutants;
mod cargo_tool;
pub(crate) mod llvm_tools;
pub(crate) mod node;
pub(crate) mod rust;
pub(crate) mod trunk;
pub(crate) mod wasm_bindgen;

use crate::failure::Result;

/// What a release build needs.
pub(crate) struct BuildTools {
    pub(crate) trunk: cargo_tool::Tool,
    pub(crate) wasm_bindgen: cargo_tool::Tool,
}

/// Installs what a release build needs, where it is missing.
pub(crate) fn for_build() -> Result<BuildTools> {
    node::require()?;
    rust::wasm_target()?;
    node::packages()?;
    let wasm_bindgen = wasm_bindgen::find_or_install()?;
    let trunk = trunk::find_or_install()?;
    rust::fetch_crates()?;
    Ok(BuildTools {
        trunk,
        wasm_bindgen,
    })
}

/// Installs everything that the build and the tests need, where it is missing.
pub(crate) fn everything() -> Result<()> {
    // Cheap and likely to need the user's hand: so it comes first, not after ten minutes of compiling.
    browser::find_or_install()?;
    for_build()?;
    println!("Everything is there.");
    Ok(())
}

/// Says what is about to be installed.
fn announce(what: &str, takes: &str) {
    println!("Installing {what}. This takes {takes}, once.");
}
