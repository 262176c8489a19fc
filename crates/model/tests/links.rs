//! Golden links: every link that was ever released opens as it did then.
//!
//! `tests/links/*.txt` at the root of the repository: blank lines and lines of `#` apart, a link's
//! fragment, a line `= ` with the fragment that its scenario is written as today, and a line `! `
//! for each notice. A released file is never edited; a new version of the format adds a file.

use std::fs;
use std::path::Path;

use berth_model::share::{decode, encode};

#[derive(Default)]
struct Case {
    link: String,
    written: Option<String>,
    notices: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
    {
        match (
            line.strip_prefix("= "),
            line.strip_prefix("! "),
            cases.last_mut(),
        ) {
            (Some(written), _, Some(case)) => case.written = Some(written.to_owned()),
            (_, Some(notice), Some(case)) => case.notices.push(notice.to_owned()),
            _ => cases.push(Case {
                link: line.to_owned(),
                ..Case::default()
            }),
        }
    }
    cases
}

#[test]
fn every_released_link_opens_as_it_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/links");
    let mut checked = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for case in cases(&text) {
            let decoded = decode(&case.link);
            let notices: Vec<String> = decoded.notices.iter().map(ToString::to_string).collect();
            assert_eq!(notices, case.notices, "{}", case.link);
            let written = decoded
                .scenario
                .map(|scenario| encode(&scenario, decoded.view));
            assert_eq!(written, case.written, "{}", case.link);
            checked += 1;
        }
    }
    assert!(
        checked >= 20,
        "only {checked} golden links were found in {}",
        folder.display()
    );
}
