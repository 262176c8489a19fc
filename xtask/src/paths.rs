//! Where things are: in the workspace, and in the cache of the user.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest_dir = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest_dir
        .parent()
        .map(Path::to_owned)
        .unwrap_or(manifest_dir)
}

/// The release page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The target directory of Cargo.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// What the chores leave behind between runs; `cargo clean` removes it.
pub(crate) fn scratch() -> PathBuf {
    target().join("xtask")
}

pub(crate) fn node_modules() -> PathBuf {
    root().join("node_modules")
}

/// The folder of one version of a tool in the user's cache.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf> {
    Ok(cache()?.join("tools").join(format!("{name}-{version}")))
}

/// Price files that were downloaded.
pub(crate) fn price_files() -> Result<PathBuf> {
    Ok(cache()?.join("price-files"))
}

fn cache() -> Result<PathBuf> {
    cache_from(
        |name| {
            env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        },
        env::consts::OS,
    )
    .ok_or_else(|| {
        Failure::new("no home directory to keep tools in")
            .advice("set BERTH_CACHE to a directory of your own")
    })
}

fn cache_from(var: impl Fn(&str) -> Option<PathBuf>, os: &str) -> Option<PathBuf> {
    if let Some(own) = var("BERTH_CACHE") {
        return Some(own);
    }
    if let Some(xdg) = var("XDG_CACHE_HOME") {
        return Some(xdg.join("berth"));
    }
    match os {
        "windows" => Some(var("LOCALAPPDATA")?.join("berth").join("cache")),
        "macos" => Some(var("HOME")?.join("Library").join("Caches").join("berth")),
        _ => Some(var("HOME")?.join(".cache").join("berth")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache_with(vars: &[(&str, &str)], os: &str) -> Option<PathBuf> {
        cache_from(
            |name| {
                vars.iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| PathBuf::from(value))
            },
            os,
        )
    }

    #[test]
    fn the_cache_is_where_the_user_says_else_where_the_platform_says() {
        let everything = [
            ("BERTH_CACHE", "/own"),
            ("XDG_CACHE_HOME", "/xdg"),
            ("HOME", "/home/u"),
        ];
        assert_eq!(cache_with(&everything, "linux"), Some("/own".into()));
        assert_eq!(
            cache_with(&everything[1..], "linux"),
            Some("/xdg/berth".into())
        );
        assert_eq!(
            cache_with(&everything[2..], "linux"),
            Some("/home/u/.cache/berth".into())
        );
        assert_eq!(
            cache_with(&everything[2..], "macos"),
            Some("/home/u/Library/Caches/berth".into())
        );
        assert_eq!(
            cache_with(&[("LOCALAPPDATA", "/local")], "windows"),
            Some("/local/berth/cache".into())
        );
        assert_eq!(cache_with(&[], "linux"), None);
    }
}
