//! Where the files lie in a directory that mirrors AWS's server.

use std::path::{Path, PathBuf};

use super::plans;
use super::refused::Refused;
use super::region_index;

/// The server of the price files.
pub(super) const BASE: &str = "https://pricing.us-east-1.amazonaws.com";

/// A directory with the paths of the server below it, and the feeds at its top.
#[derive(Debug)]
pub(super) struct Mirror {
    dir: PathBuf,
}

/// The path of a service's offer for a region, without its extension.
pub(super) fn offer_path(code: &str, region: &str) -> String {
    format!("offers/v1.0/aws/{code}/current/{region}/index")
}

/// The path of a service's list of regions.
pub(super) fn offer_index_path(code: &str) -> String {
    format!("offers/v1.0/aws/{code}/current/region_index.json")
}

/// The path of the Savings Plans' list of regions.
pub(super) fn plans_index_path() -> String {
    format!(
        "savingsPlan/v1.0/aws/{}/current/region_index.json",
        plans::CODE
    )
}

impl Mirror {
    pub(super) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    /// Where a path of the server lies, whether or not it is there.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.dir.join(path)
    }

    /// A feed, if it is there.
    pub(super) fn feed(&self, name: &str) -> Option<PathBuf> {
        Some(self.at(name)).filter(|path| path.is_file())
    }

    /// The offer of a service for a region, if it is there. Where both shapes are, the CSV is read: it streams quicker.
    pub(super) fn offer(&self, code: &str, region: &str) -> Option<PathBuf> {
        self.either(&offer_path(code, region))
    }

    /// The Savings Plans of a region, if the list names them and they are there.
    pub(super) fn plans(&self, region: &str) -> Result<Option<PathBuf>, Refused> {
        let index = self.at(&plans_index_path());
        if !index.is_file() {
            return Ok(None);
        }
        let listed = region_index::plans(&index, region)?;
        Ok(listed.and_then(|path| self.either(path.strip_suffix(".json")?)))
    }

    fn either(&self, path: &str) -> Option<PathBuf> {
        ["csv", "json"]
            .into_iter()
            .map(|extension| self.at(&format!("{path}.{extension}")))
            .find(|path| path.is_file())
    }
}
