//! cargo-mutants, which changes the model and sees whether a test notices.

use super::cargo_tool::{Tool, Wanted};
use crate::failure::Result;

const CARGO_MUTANTS: Wanted = Wanted {
    package: "cargo-mutants",
    version: "27.1.0",
    programs: &["cargo-mutants"],
    flags: &[],
    takes: "about four minutes on two cores",
};

pub(crate) fn find_or_install() -> Result<Tool> {
    CARGO_MUTANTS.find_or_install()
}
