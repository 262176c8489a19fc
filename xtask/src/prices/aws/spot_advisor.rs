//! The Spot Instance Advisor, `spot-advisor-data.json`: what Spot saved on average over the last month, and how often
//! instances were taken back.

use std::collections::BTreeMap;
use std::path::Path;

use berth_model::platform::Os;
use serde::Deserialize;

use super::ec2::is_type;
use super::json_file;
use super::refused::{Place, Problem, Refused};

/// The name of the file.
pub(crate) const FILE: &str = "spot-advisor-data.json";

/// How many instances of a type were taken back, in per cent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// In the feed's words, such as `<5%`.
    pub(crate) label: String,
    /// The upper end.
    pub(crate) most_percent: u8,
}

/// What the advisor says of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// Saved beside the on-demand price, in per cent.
    pub(crate) saving_percent: u8,
    /// How often instances are taken back.
    pub(crate) interrupted: Band,
}

/// What the advisor says of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advisor {
    pub(crate) rows: BTreeMap<(Os, String), Advice>,
    /// Types whose saving is negative: Spot was dearer, so there is nothing to advise.
    pub(crate) dearer: Vec<(Os, String)>,
}

#[derive(Deserialize)]
struct Feed {
    spot_advisor: BTreeMap<String, BTreeMap<String, BTreeMap<String, Row>>>,
    ranges: Vec<Range>,
}

#[derive(Deserialize)]
struct Row {
    s: i64,
    r: usize,
}

#[derive(Deserialize)]
struct Range {
    index: usize,
    label: String,
    max: u8,
}

/// Reads what the advisor says of a region; `None` where it does not have it.
pub(crate) fn read(path: &Path, region: &str) -> Result<Option<Advisor>, Refused> {
    let refuse = |problem: Problem| problem.in_file(path);
    let feed: Feed = json_file::read_value(path)?;
    let mut bands: BTreeMap<usize, Band> = BTreeMap::new();
    for range in feed.ranges {
        let place = Place::key(format!("ranges {}", range.index));
        if range.max > 100 {
            let max = range.max.to_string();
            return Err(refuse(Problem::value(
                &place,
                "max",
                &max,
                "per cent from 0 to 100",
            )));
        }
        let band = Band {
            label: range.label,
            most_percent: range.max,
        };
        if bands.insert(range.index, band).is_some() {
            return Err(refuse(Problem::at(&place, "stands twice")));
        }
    }
    let Some(systems) = feed.spot_advisor.get(region) else {
        return Ok(None);
    };
    let mut advisor = Advisor {
        rows: BTreeMap::new(),
        dearer: Vec::new(),
    };
    for (system, rows) in systems {
        let os = match system.as_str() {
            "Linux" => Os::Linux,
            "Windows" => Os::Windows,
            _ => continue,
        };
        for (name, row) in rows {
            take(&mut advisor, &bands, os, name, row).map_err(refuse)?;
        }
    }
    Ok(Some(advisor))
}

fn take(
    advisor: &mut Advisor,
    bands: &BTreeMap<usize, Band>,
    os: Os,
    name: &str,
    row: &Row,
) -> Result<(), Problem> {
    let place = Place::key(format!("{} {name}", os.id()));
    if !is_type(name) {
        let expected = "a type such as m7g.large";
        return Err(Problem::value(&place, "type", name, expected));
    }
    let Some(band) = bands.get(&row.r) else {
        let expected = "the index of one of the ranges";
        return Err(Problem::value(&place, "r", &row.r.to_string(), expected));
    };
    let key = (os, name.to_owned());
    if (-1_000..0).contains(&row.s) {
        advisor.dearer.push(key);
        return Ok(());
    }
    let saving_percent = u8::try_from(row.s).ok().filter(|&saving| saving <= 100);
    let Some(saving_percent) = saving_percent else {
        let expected = "per cent, at most 100";
        return Err(Problem::value(&place, "s", &row.s.to_string(), expected));
    };
    advisor.rows.insert(
        key,
        Advice {
            saving_percent,
            interrupted: band.clone(),
        },
    );
    Ok(())
}
