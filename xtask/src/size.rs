//! What a visitor loads before the page is usable, against its budget.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build::{later_files, startup_files};
use crate::failure::{Context, Failure, Result};

/// Above this the gate warns: the first release's aim.
const AIM: usize = 200 * 1024;
/// Above this the gate fails.
const LIMIT: usize = 280 * 1024;
const MOST_REQUESTS: usize = 6;

/// A file's size: as it is, and as a host sends it.
pub(crate) struct Size {
    pub(crate) name: String,
    pub(crate) raw: usize,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
}

/// The sizes of what a page loads at first.
pub(crate) fn startup(dist: &Path) -> Result<Vec<Size>> {
    startup_files(dist)?
        .iter()
        .map(|path| measure(path))
        .collect()
}

fn measure(path: &Path) -> Result<Size> {
    let bytes = fs::read(path).context(format!("could not read {}", path.display()))?;
    Ok(Size {
        name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        raw: bytes.len(),
        gzip: gzip(&bytes)?.len(),
        brotli: brotli(&bytes)?,
    })
}

/// Compressed as a static host would at best.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .context("could not compress")
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params).context("could not compress")?;
    Ok(compressed.len())
}

/// Prints the sizes, and their sum.
pub(crate) fn print(sizes: &[Size]) {
    println!(
        "{:<42} {:>10} {:>10} {:>10}",
        "before the page is usable, in bytes", "raw", "gzip", "brotli"
    );
    for size in sizes {
        println!(
            "{:<42} {:>10} {:>10} {:>10}",
            size.name, size.raw, size.gzip, size.brotli
        );
    }
    let sum = |of: fn(&Size) -> usize| sizes.iter().map(of).sum::<usize>();
    let (raw, gzip, brotli) = (
        sum(|size| size.raw),
        sum(|size| size.gzip),
        sum(|size| size.brotli),
    );
    println!(
        "{:<42} {raw:>10} {gzip:>10} {brotli:>10}",
        format!("{} requests", sizes.len())
    );
}

/// Prints the sizes; fails where the page is over its limit.
pub(crate) fn gate(dist: &Path) -> Result<()> {
    let sizes = startup(dist)?;
    print(&sizes);
    for path in later_files(dist)? {
        let Size {
            name,
            raw,
            gzip,
            brotli,
        } = measure(&path)?;
        println!(
            "{:<42} {raw:>10} {gzip:>10} {brotli:>10}",
            format!("later: {name}")
        );
    }
    match judge(sizes.iter().map(|size| size.gzip).sum(), sizes.len()) {
        Verdict::Fits => Ok(()),
        Verdict::OverAim(what) => {
            println!("warning: {what}");
            Ok(())
        }
        Verdict::TooMuch(what) => Err(Failure::new(what)
            .advice("`cargo xtask bench --only size` shows what each dependency costs.")),
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Fits,
    OverAim(String),
    TooMuch(String),
}

fn judge(gzip: usize, requests: usize) -> Verdict {
    if requests > MOST_REQUESTS {
        Verdict::TooMuch(format!(
            "the page makes {requests} requests before it is usable, and may make {MOST_REQUESTS}"
        ))
    } else if gzip > LIMIT {
        Verdict::TooMuch(format!(
            "the page loads {gzip} bytes (gzip) before it is usable, and may load {LIMIT}"
        ))
    } else if gzip > AIM {
        Verdict::OverAim(format!(
            "the page loads {gzip} bytes (gzip) before it is usable: more than its aim of {AIM}"
        ))
    } else {
        Verdict::Fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_shuts_above_the_limit_and_warns_above_the_aim() {
        assert_eq!(judge(AIM, MOST_REQUESTS), Verdict::Fits);
        assert!(matches!(judge(AIM + 1, 4), Verdict::OverAim(_)));
        assert!(matches!(judge(LIMIT, 4), Verdict::OverAim(_)));
        assert!(matches!(judge(LIMIT + 1, 4), Verdict::TooMuch(_)));
        assert!(matches!(judge(1, MOST_REQUESTS + 1), Verdict::TooMuch(_)));
    }
}
