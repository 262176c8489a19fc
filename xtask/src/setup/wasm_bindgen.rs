//! The command line side of wasm-bindgen, and its runner of browser tests.

use super::cargo_tool::{Tool, Wanted};
use crate::failure::Result;

const WASM_BINDGEN: Wanted = Wanted {
    package: "wasm-bindgen-cli",
    version: "0.2.129",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    flags: &[],
    takes: "about two minutes on two cores",
};

pub(crate) fn find_or_install() -> Result<Tool> {
    WASM_BINDGEN.find_or_install()
}

#[cfg(test)]
mod tests {
    use super::WASM_BINDGEN;

    // The tool and the crate speak a format of their own that changes with every release.
    #[test]
    fn the_tool_matches_the_crate_of_the_lock_file() {
        let lock = std::fs::read_to_string(crate::paths::root().join("Cargo.lock")).unwrap();
        let wanted = format!(
            "name = \"wasm-bindgen\"\nversion = \"{}\"",
            WASM_BINDGEN.version
        );
        assert!(
            lock.contains(&wanted),
            "Cargo.lock has another wasm-bindgen than {}",
            WASM_BINDGEN.version
        );
    }
}
