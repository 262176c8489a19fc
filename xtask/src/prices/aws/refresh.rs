//! `cargo xtask prices refresh`: downloads AWS's files, and lays them over the books.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;

use super::download::{Client, Outcome};
use super::import::{Options, lay, say};
use super::mirror::{self, BASE, Mirror};
use super::{ec2, ecs, fargate_spot, region_index, spot, spot_advisor};
use crate::failure::Failure;
use crate::paths;
use crate::prices::{Error, HELP};

/// The feeds, each on a server of its own.
const FEEDS: [(&str, &str); 3] = [
    (spot::FILE, "https://website.spot.ec2.aws.a2z.com"),
    (
        spot_advisor::FILE,
        "https://spot-bid-advisor.s3.amazonaws.com",
    ),
    (fargate_spot::FILE, "https://dftu77xade0tc.cloudfront.net"),
];

/// Where the files come from and where they are kept.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) base: String,
    /// One server for all feeds.
    pub(super) feeds: Option<String>,
    pub(super) cache: PathBuf,
}

/// Runs the command on the words after `refresh`.
pub(crate) fn refresh(mut args: lexopt::Parser) -> Result<ExitCode, Error> {
    let mut options = Options::default();
    let mut base = BASE.to_owned();
    let mut feeds = None;
    let mut cache = None;
    while let Some(arg) = args.next()? {
        match arg {
            Long("base") => base = server(&args.value()?.string()?),
            Long("feeds") => feeds = Some(server(&args.value()?.string()?)),
            Long("cache") => cache = Some(PathBuf::from(args.value()?)),
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long(name) => {
                let name = name.to_owned();
                options.take(&name, &mut args)?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let cache = match cache {
        // curl runs in the workspace, the command perhaps elsewhere.
        Some(cache) => std::path::absolute(&cache).unwrap_or(cache),
        None => paths::price_files().map_err(Error::Failed)?,
    };
    let source = Source { base, feeds, cache };
    let client = Client::new().map_err(Error::Failed)?;
    download(&client, &source, &options.regions()?)?;
    lay(&Mirror::new(&source.cache), &source.cache, &options)?;
    Ok(ExitCode::SUCCESS)
}

fn server(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}

/// Downloads the files of the regions: first the lists, which say where the others are.
pub(super) fn download(client: &Client, source: &Source, regions: &[String]) -> Result<(), Error> {
    let mirror = Mirror::new(&source.cache);
    let fetch = |url: &str, path: &str| -> Result<Outcome, Error> {
        let to = mirror.at(path);
        let outcome = client.fetch(url, &to).map_err(Error::Failed)?;
        let size = || fs::metadata(&to).map_or(0, |file| file.len() / 1024);
        match outcome {
            Outcome::Downloaded => say(&format!("{path}: {} KiB\n", size())),
            Outcome::Kept => say(&format!("{path}: as it is\n")),
            Outcome::Missing => say(&format!("{path}: not there\n")),
        }
        Ok(outcome)
    };
    let needed = |url: &str, path: &str| match fetch(url, path)? {
        Outcome::Missing => Err(Error::Failed(Failure::new(format!("{url}: not there")))),
        _ => Ok(()),
    };
    let offers = [ecs::CODE, ec2::CODE];
    let plans = mirror::plans_index_path();
    for code in offers {
        let index = mirror::offer_index_path(code);
        needed(&format!("{}/{index}", source.base), &index)?;
    }
    needed(&format!("{}/{plans}", source.base), &plans)?;
    for region in regions {
        for code in offers {
            let index = mirror.at(&mirror::offer_index_path(code));
            // The list names the version, which does not change while it is downloaded.
            let listed = region_index::offer(&index, region)?;
            let url = csv(&listed.ok_or_else(|| unlisted(code, region))?);
            let to = format!("{}.csv", mirror::offer_path(code, region));
            needed(&format!("{}/{url}", source.base), &to)?;
        }
        let listed = region_index::plans(&mirror.at(&plans), region)?;
        let path = csv(&listed.ok_or_else(|| unlisted("Savings Plans", region))?);
        needed(&format!("{}/{path}", source.base), &path)?;
        forget_older(&mirror.at(&path), region);
    }
    for (name, own) in FEEDS {
        let server = source.feeds.as_deref().unwrap_or(own);
        // The feeds are not documented. One that is gone leaves its figures as they are.
        fetch(&format!("{server}/{name}"), name)?;
    }
    Ok(())
}

/// The CSV shape beside the JSON one that the lists name.
fn csv(path: &str) -> String {
    let stem = path.strip_suffix(".json").unwrap_or(path);
    format!("{stem}.csv")
}

/// Removes the Savings Plans of older versions: each stands in a directory `VERSION/REGION`, and has 200 MB. What cannot
/// be removed stays.
fn forget_older(current: &Path, region: &str) {
    let version = current.parent().and_then(Path::parent);
    let Some((version, all)) = version.and_then(|dir| Some((dir, dir.parent()?))) else {
        return;
    };
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_version = name
            .to_string_lossy()
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        if is_version && entry.path() != version {
            let _ = fs::remove_dir_all(entry.path().join(region));
            let _ = fs::remove_dir(entry.path());
        }
    }
}

fn unlisted(what: &str, region: &str) -> Error {
    Error::Failed(
        Failure::new(format!("{what}: no price file for {region}")).advice(
            "--region names the regions that are wanted; a region's code is one such as us-east-1",
        ),
    )
}
