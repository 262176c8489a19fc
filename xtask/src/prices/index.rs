//! `index.txt`: which books there are, and a digest of each.
//!
//! The page knows the list without asking for it, and asks for a book by its digest, so that a
//! cache never answers with the book of another release.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use berth_model::prices::index::{DIGEST_LEN, FILE, MAGIC};
use berth_model::prices::parse;
use sha2::{Digest as _, Sha256};

use super::Error;

/// Writes the list of all the books that stand in a directory.
pub(crate) fn write(dir: &Path) -> Result<(), Error> {
    let failed = |error| Error::Write {
        path: dir.to_owned(),
        error,
    };
    let mut books = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|kind| kind == "txt")
            && let Some(region) = path.file_stem().and_then(|stem| stem.to_str())
        {
            let text = fs::read_to_string(&path).map_err(failed)?;
            if text.starts_with(parse::MAGIC) {
                books.push((region.to_owned(), digest(&text)));
            }
        }
    }
    books.sort();
    let mut text = format!("{MAGIC}\n");
    for (region, digest) in books {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{region} {digest}");
    }
    super::write(&[(dir.join(FILE), text)])
}

/// The first characters of a text's SHA-256, in hexadecimal.
fn digest(text: &str) -> String {
    let mut digest = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest.truncate(DIGEST_LEN);
    digest
}
