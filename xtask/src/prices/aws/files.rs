//! Everything that a mirror holds for one region, read and checked before anything is made of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use berth_model::date::Date;

use super::ec2::{self, Ec2, Priced};
use super::ecs::{self, Ecs};
use super::mirror::Mirror;
use super::plans::{self, Plans};
use super::refused::{Problem, Refused};
use super::spot::{self, Spot};
use super::usage::FargateUse;
use super::{fargate_spot, spot_advisor};

/// A file that was read.
#[derive(Debug)]
pub(super) struct Found<T> {
    pub(super) path: PathBuf,
    /// The day for which it states its figures.
    pub(super) date: Date,
    pub(super) what: T,
}

/// What there is of a region.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) ecs: Option<Found<Ecs>>,
    pub(super) ec2: Option<Found<Ec2>>,
    pub(super) plans: Option<Found<Plans>>,
    pub(super) spot: Option<Found<Spot>>,
    pub(super) fargate_spot: Option<Found<BTreeMap<FargateUse, Priced>>>,
    pub(super) advisor: Option<Found<spot_advisor::Advisor>>,
}

impl Files {
    /// Reads what there is. The feeds carry no date: they are of `feeds_date`, else of the day on which their file was
    /// last modified.
    pub(super) fn read(
        mirror: &Mirror,
        region: &str,
        feeds_date: Option<Date>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            ecs: mirror
                .offer(ecs::CODE, region)
                .map(|path| {
                    let what = ecs::read(&path, region)?;
                    Ok(Found {
                        date: what.published,
                        path,
                        what,
                    })
                })
                .transpose()?,
            ec2: mirror
                .offer(ec2::CODE, region)
                .map(|path| {
                    let what = ec2::read(&path, region)?;
                    Ok(Found {
                        date: what.published,
                        path,
                        what,
                    })
                })
                .transpose()?,
            plans: mirror
                .plans(region)?
                .map(|path| {
                    let what = plans::read(&path, region)?;
                    Ok(Found {
                        date: what.published,
                        path,
                        what,
                    })
                })
                .transpose()?,
            spot: feed(mirror, spot::FILE, region, feeds_date, spot::read)?,
            fargate_spot: feed(
                mirror,
                fargate_spot::FILE,
                region,
                feeds_date,
                fargate_spot::read,
            )?,
            advisor: feed(
                mirror,
                spot_advisor::FILE,
                region,
                feeds_date,
                spot_advisor::read,
            )?,
        })
    }

    /// What was read, a line for each file.
    pub(super) fn summary(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = |path: &Path, date: Date, what: String| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            lines.push(format!("{name} of {date}: {what}"));
        };
        if let Some(Found { path, date, what }) = &self.ecs {
            let (fargate, fees) = (what.fargate.len(), what.fees.len());
            let what = format!("ECS, {fargate} prices of Fargate, {fees} management fees");
            line(path, *date, what);
        }
        if let Some(Found { path, date, what }) = &self.ec2 {
            let (listed, reserved) = (what.on_demand.len(), what.reserved.len());
            let partial = what
                .reserved
                .values()
                .filter(|term| {
                    term.recurring.ten_billionths() > 0
                        && term.upfront_usd > berth_model::money::Usd::ZERO
                })
                .count();
            let what = format!(
                "EC2, {listed} prices on demand, {reserved} reserved, {partial} of them partly upfront"
            );
            line(path, *date, what);
        }
        if let Some(Found { path, date, what }) = &self.plans {
            let (ec2, fargate) = (what.ec2.len(), what.fargate.len());
            let what = format!("Savings Plans, {ec2} rates of EC2, {fargate} of Fargate");
            line(path, *date, what);
        }
        if let Some(Found { path, date, what }) = &self.spot {
            let (prices, none) = (what.prices.len(), what.unavailable.len());
            line(
                path,
                *date,
                format!("{prices} Spot prices, {none} not available"),
            );
        }
        if let Some(Found { path, date, what }) = &self.fargate_spot {
            line(
                path,
                *date,
                format!("{} Spot prices of Fargate", what.len()),
            );
        }
        if let Some(Found { path, date, what }) = &self.advisor {
            let (rows, dearer) = (what.rows.len(), what.dearer.len());
            let what =
                format!("Spot advice for {rows} types, {dearer} more with a negative saving");
            line(path, *date, what);
        }
        lines
    }
}

fn feed<T>(
    mirror: &Mirror,
    name: &str,
    region: &str,
    stated: Option<Date>,
    read: fn(&Path, &str) -> Result<Option<T>, Refused>,
) -> Result<Option<Found<T>>, Refused> {
    let Some(path) = mirror.feed(name) else {
        return Ok(None);
    };
    let Some(what) = read(&path, region)? else {
        return Ok(None);
    };
    let date = stated.or_else(|| modified(&path)).ok_or_else(|| {
        Problem::whole("no date: the file does not say when it was modified; state --feeds-date")
            .in_file(&path)
    })?;
    Ok(Some(Found { path, date, what }))
}

fn modified(path: &Path) -> Option<Date> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let days = time.duration_since(UNIX_EPOCH).ok()?.as_secs() / 86_400;
    date_of(i32::try_from(days).ok()?)
}

/// The day that is so many days after 1970-01-01.
fn date_of(days: i32) -> Option<Date> {
    let epoch = Date::new(1970, 1, 1)?;
    let began = |date: &Date| date.days_since(epoch) <= days;
    let years = (1970..=9999).map_while(|year| Date::new(year, 1, 1).filter(began));
    let (year, ..) = years.last()?.year_month_day();
    let months = (1..=12).map_while(|month| Date::new(year, month, 1).filter(began));
    let first = months.last()?;
    let (year, month, _) = first.year_month_day();
    let day = u32::try_from(days - first.days_since(epoch) + 1).ok()?;
    Date::new(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_since_1970_become_dates() {
        for text in ["1970-01-01", "2024-02-29", "2026-12-31", "2027-01-01"] {
            let date = Date::parse(text).unwrap();
            let days = date.days_since(Date::parse("1970-01-01").unwrap());
            assert_eq!(date_of(days), Some(date));
        }
    }
}
