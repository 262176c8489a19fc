//! Trunk, which builds the page.

use super::cargo_tool::{Tool, Wanted};
use crate::failure::Result;

/// `Trunk.toml` names the same version, and Trunk checks that itself.
const TRUNK: Wanted = Wanted {
    package: "trunk",
    version: "0.21.14",
    programs: &["trunk"],
    flags: &["--no-default-features", "--features", "rustls"],
    takes: "about six minutes on two cores",
};

pub(crate) fn find_or_install() -> Result<Tool> {
    TRUNK.find_or_install()
}
