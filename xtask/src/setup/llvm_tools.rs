//! LLVM's tools of the toolchain itself, which read what instrumented programs have counted.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::process;

/// The tools, in the version of the compiler: another one cannot read its counts.
pub(crate) struct LlvmTools {
    pub(crate) profdata: PathBuf,
    pub(crate) cov: PathBuf,
}

pub(crate) fn find_or_install() -> Result<LlvmTools> {
    let dir = folder()?;
    let tool = |name: &str| dir.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let tools = LlvmTools {
        profdata: tool("llvm-profdata"),
        cov: tool("llvm-cov"),
    };
    let are_there = || tools.profdata.is_file() && tools.cov.is_file();
    if are_there() {
        return Ok(tools);
    }
    if process::on_path("rustup").is_some() {
        super::announce("the Rust component llvm-tools", "a few seconds");
        process::run(process::command("rustup").args(["component", "add", "llvm-tools"]))?;
    }
    if are_there() {
        Ok(tools)
    } else {
        Err(
            Failure::new("the Rust toolchain lacks the component llvm-tools")
                .advice("`rustup component add llvm-tools` adds it."),
        )
    }
}

/// Beside the libraries of the compiler's own target.
fn folder() -> Result<PathBuf> {
    let libraries = process::output(process::command("rustc").args(["--print", "target-libdir"]))?;
    Path::new(&libraries)
        .parent()
        .map(|dir| dir.join("bin"))
        .ok_or_else(|| Failure::new(format!("`{libraries}` is no folder of a toolchain")))
}
