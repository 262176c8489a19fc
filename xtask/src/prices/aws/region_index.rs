//! The list of a service's price files by region. Offers list them as an object, Savings Plans as an array.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::json_file;
use super::refused::{Place, Problem, Refused};

#[derive(Deserialize)]
struct Offers {
    regions: BTreeMap<String, OfferRegion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfferRegion {
    current_version_url: String,
}

#[derive(Deserialize)]
struct Plans {
    regions: Vec<PlanRegion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlanRegion {
    region_code: String,
    version_url: String,
}

/// Where the offer file of a region stands, as a path from the root of the server; `None` where it is not listed.
pub(super) fn offer(path: &Path, region: &str) -> Result<Option<String>, Refused> {
    let index: Offers = json_file::read_value(path)?;
    let listed = index.regions.get(region);
    listed
        .map(|listed| checked("currentVersionUrl", region, &listed.current_version_url))
        .transpose()
        .map_err(|problem| problem.in_file(path))
}

/// Where the Savings Plan file of a region stands, likewise.
pub(super) fn plans(path: &Path, region: &str) -> Result<Option<String>, Refused> {
    let index: Plans = json_file::read_value(path)?;
    let listed = index
        .regions
        .iter()
        .find(|listed| listed.region_code == region);
    listed
        .map(|listed| checked("versionUrl", region, &listed.version_url))
        .transpose()
        .map_err(|problem| problem.in_file(path))
}

/// A path that leads to a price file of this region, and nowhere else.
fn checked(field: &str, region: &str, url: &str) -> Result<String, Problem> {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    url.strip_prefix('/')
        .filter(|path| path.split('/').all(plain))
        .filter(|path| path.ends_with(&format!("/{region}/index.json")))
        .map(str::to_owned)
        .ok_or_else(|| {
            let place = Place::key(region);
            let expected = format!("a path such as /offers/v1.0/aws/.../{region}/index.json");
            Problem::value(&place, field, url, &expected)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_the_root_and_in_its_region() {
        let read = |url| checked("versionUrl", "us-east-1", url).ok();
        assert_eq!(
            read("/savingsPlan/v1.0/aws/X/20260911/us-east-1/index.json").as_deref(),
            Some("savingsPlan/v1.0/aws/X/20260911/us-east-1/index.json")
        );
        for url in [
            "",
            "us-east-1/index.json",
            "/a/../us-east-1/index.json",
            "//elsewhere/us-east-1/index.json",
            "/a/eu-west-1/index.json",
            "https://example.org/us-east-1/index.json",
            "/a b/us-east-1/index.json",
        ] {
            assert_eq!(read(url), None, "{url}");
        }
    }
}
