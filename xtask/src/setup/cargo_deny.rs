//! cargo-deny, which checks licences, advisories and sources. Not part of the tests: it needs the network.

use super::cargo_tool::{Tool, Wanted};
use crate::failure::Result;

const CARGO_DENY: Wanted = Wanted {
    package: "cargo-deny",
    version: "0.20.2",
    programs: &["cargo-deny"],
    flags: &[],
    takes: "about five minutes on two cores",
};

pub(crate) fn find() -> Result<Option<Tool>> {
    CARGO_DENY.find()
}

pub(crate) fn find_or_install() -> Result<Tool> {
    CARGO_DENY.find_or_install()
}
