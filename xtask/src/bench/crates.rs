//! What each crate costs in the page's wasm, after all optimisation.

use std::collections::BTreeMap;
use std::fs;

use super::wasm;
use crate::failure::{Context, Result};
use crate::setup::BuildTools;
use crate::{build, paths, process};

/// How many crates are printed by name.
const SHOWN: usize = 20;

/// Repeats the last steps of the build with the names kept, and adds up the functions by crate.
pub(super) fn print(tools: &BuildTools) -> Result<()> {
    let folder = paths::scratch().join("named");
    let compiled = paths::target().join("wasm32-unknown-unknown/web/berth-page.wasm");
    process::run(
        process::command(tools.wasm_bindgen.program("wasm-bindgen"))
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(&folder)
            .arg(&compiled),
    )?;
    let (bound, optimised) = (
        folder.join("berth-page_bg.wasm"),
        folder.join("berth-page_opt.wasm"),
    );
    process::run(
        process::command(paths::node_modules().join(".bin/wasm-opt"))
            .args(["-Oz", "--debuginfo"])
            .args(build::wasm_opt_features(&paths::root().join("index.html"))?)
            .arg(&bound)
            .arg("--output")
            .arg(&optimised),
    )?;
    let bytes = fs::read(&optimised).context(format!("could not read {}", optimised.display()))?;
    let module = wasm::read(&bytes)?;

    let mut by_crate: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for function in &module.functions {
        let (count, size) = by_crate.entry(crate_of(&function.name)).or_default();
        *count += 1;
        *size += function.size;
    }
    let mut rows: Vec<_> = by_crate.into_iter().collect();
    rows.sort_by_key(|(_, (_, size))| std::cmp::Reverse(*size));
    println!(
        "\n{:<42} {:>10} {:>10}",
        "code in wasm by crate, in bytes", "functions", "raw"
    );
    for (name, (count, size)) in rows.iter().take(SHOWN) {
        println!("{name:<42} {count:>10} {size:>10}");
    }
    let (count, size) = rows
        .iter()
        .skip(SHOWN)
        .fold((0, 0), |sum, (_, row)| (sum.0 + row.0, sum.1 + row.1));
    if count > 0 {
        println!(
            "{:<42} {count:>10} {size:>10}",
            format!("{} other crates", rows.len() - SHOWN)
        );
    }
    println!("{:<42} {:>10} {:>10}", "data", "", module.data);
    println!(
        "A function counts for the crate that defines it, a generic one too; what was inlined, for its caller's."
    );
    Ok(())
}

/// The crate of a function: of `core::fmt::write`, of `<leptos::Show as tachys::Render>::build`, of `<f64 as core::fmt::Display>::fmt`.
fn crate_of(name: &str) -> &str {
    let mut rest = name;
    loop {
        rest = rest.trim_start_matches(|char: char| !char.is_alphanumeric() && char != '_');
        let Some(end) = rest.find(|char: char| !char.is_alphanumeric() && char != '_') else {
            break;
        };
        let (word, after) = rest.split_at(end);
        // Newer symbols name the very build of a crate: `core[1d4a3f]::fmt::write`.
        let behind = after
            .strip_prefix('[')
            .and_then(|build| build.split_once(']'))
            .map_or(after, |(_, behind)| behind);
        if behind.starts_with("::") {
            return word;
        }
        rest = after;
    }
    "without a crate (glue, allocator)"
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn a_function_counts_for_the_crate_that_defines_it() {
        assert_eq!(crate_of("core::fmt::write"), "core");
        assert_eq!(
            crate_of("<leptos::Show as tachys::Render>::build"),
            "leptos"
        );
        assert_eq!(
            crate_of("<&mut leptos::Show as tachys::Render>::build"),
            "leptos"
        );
        assert_eq!(crate_of("<f64 as core::fmt::Display>::fmt"), "core");
        assert_eq!(crate_of("<dyn alloc::any::Any>::is"), "alloc");
        assert_eq!(crate_of("<core[1d4a3f]::fmt::Formatter>::pad"), "core");
        assert_eq!(crate_of("main"), "without a crate (glue, allocator)");
    }
}
