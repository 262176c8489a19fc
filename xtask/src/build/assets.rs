//! The files of the page: found, named by their content, and squeezed.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256, Sha384};

use crate::failure::{Context, Failure, Result};

/// The boot script, with the names of what it starts, and the preload of the JavaScript before it: a browser checks the
/// integrity of a module by its preload.
pub(super) fn boot_script(source: &str, dist: &Path) -> Result<String> {
    let js = only_file(dist, ".js")?;
    let wasm = only_file(dist, "_bg.wasm")?;
    let script = squeeze(source)
        .replace("{{js}}", &relative(&js)?)
        .replace("{{wasm}}", &relative(&wasm)?)
        .replace("{{wasm-integrity}}", &integrity(&wasm)?);
    if script.contains("{{") {
        return Err(Failure::new(
            "the boot script has a placeholder that the build does not know",
        ));
    }
    Ok(format!(
        "<link rel=\"modulepreload\" href=\"{}\" crossorigin=\"anonymous\" integrity=\"{}\"><script>{script}</script>",
        relative(&js)?,
        integrity(&js)?
    ))
}

/// Joins the style sheets of a folder, in the order of their names, to one file of the page, and links it.
pub(super) fn stylesheet(folder: &Path, dist: &Path) -> Result<String> {
    let mut css = String::new();
    for path in files(folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "css"))
    {
        css.push_str(&squeeze(&super::read(&path)?));
    }
    let name = format!("berth-{}.css", content_name(css.as_bytes()));
    let file = dist.join(name);
    fs::write(&file, css).context(format!("could not write {}", file.display()))?;
    Ok(format!(
        "<link rel=\"stylesheet\" href=\"{}\" crossorigin=\"anonymous\" integrity=\"{}\">",
        relative(&file)?,
        integrity(&file)?
    ))
}

/// What a visitor loads before the page is usable: every file of the page but what is loaded on demand.
pub(crate) fn startup_files(dist: &Path) -> Result<Vec<PathBuf>> {
    let html = super::read(&dist.join("index.html")).map_err(|_| {
        Failure::new("there is no page in dist/").advice("`cargo xtask build` writes one")
    })?;
    let mut found = vec![dist.join("index.html")];
    for path in files(dist)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if html.contains(&*format!("./{name}")) {
            found.push(path);
        }
    }
    // JavaScript that crates bring along is imported by the page's own.
    let snippets = dist.join("snippets");
    if snippets.is_dir() {
        for folder in fs::read_dir(&snippets).context("could not read snippets/")? {
            found.extend(files(&folder.context("could not read snippets/")?.path())?);
        }
    }
    Ok(found)
}

/// What the page loads once it is in use, price books apart.
pub(crate) fn later_files(dist: &Path) -> Result<Vec<PathBuf>> {
    let at_first = startup_files(dist)?;
    let all = files(dist)?;
    Ok(all
        .into_iter()
        .filter(|path| !at_first.contains(path))
        .collect())
}

/// Style or script without its comments, its indentation and its empty lines. Neither may hold a comment mark or a
/// line break within a string.
pub(super) fn squeeze(source: &str) -> String {
    let mut without_blocks = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("/*") {
        without_blocks.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without_blocks.push_str(rest);
    without_blocks
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// `sha384-...`, as an integrity attribute names a file's content.
pub(super) fn integrity(path: &Path) -> Result<String> {
    let bytes = fs::read(path).context(format!("could not read {}", path.display()))?;
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))))
}

pub(super) fn content_name(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD
        .encode(Sha256::digest(bytes))
        .chars()
        .take(12)
        .collect()
}

pub(super) fn relative(file: &Path) -> Result<String> {
    let name = file.file_name().and_then(|name| name.to_str());
    Ok(format!(
        "./{}",
        name.ok_or_else(|| Failure::new(format!("{} has no name", file.display())))?
    ))
}

pub(super) fn only_file(dist: &Path, end: &str) -> Result<PathBuf> {
    let found: Vec<_> = files(dist)?
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        _ => Err(Failure::new(format!(
            "Trunk wrote {} files that end in {end}, not one",
            found.len()
        ))),
    }
}

/// The files of a folder, sorted by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).context(format!("could not read {}", folder.display()))? {
        let path = entry
            .context(format!("could not read {}", folder.display()))?
            .path();
        if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let source = "/* about\n  this */\n:root {\n  color: red; /* why */\n}\n";
        assert_eq!(squeeze(source), ":root {\ncolor: red;\n}\n");
        let source = "  // why\n  const url = \"https://example.org\";\n\n  f();\n";
        assert_eq!(
            squeeze(source),
            "const url = \"https://example.org\";\nf();\n"
        );
    }
}
