//! What a price file says of itself, and whether it is the one that its path names.

use berth_model::date::Date;

use super::refused::Problem;

/// The version of AWS's format that is read.
const FORMAT: &str = "v1.0";

/// What stands before the prices; `None` where the file does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub(super) format: Option<String>,
    pub(super) offer: Option<String>,
    pub(super) version: Option<String>,
    pub(super) published: Option<String>,
    pub(super) region: Option<String>,
}

/// Which file belongs at a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'e> {
    /// The offer's code, and what else it is called.
    pub(super) offer: &'e [&'e str],
    pub(super) region: &'e str,
    /// Whether format and offer must be stated. Savings Plans in JSON state neither.
    pub(super) stated: bool,
}

impl Meta {
    /// Refuses another format, another offer and another region.
    pub(super) fn check(&self, expected: Expected<'_>) -> Result<(), Problem> {
        let offers = expected.offer.join(" or ");
        let one = |name: &str, found: Option<&str>, allowed: &[&str], stated: bool| match found {
            None if stated => Err(Problem::whole(format!(
                "no {name}: expected {}; this is no price file of {offers}",
                allowed.join(" or ")
            ))),
            Some(found) if !allowed.contains(&found) => {
                let found: String = found.chars().take(60).collect();
                Err(Problem::whole(format!(
                    "{name}: `{found}` is not {}",
                    allowed.join(" or ")
                )))
            }
            _ => Ok(()),
        };
        let stated = expected.stated;
        one("formatVersion", self.format.as_deref(), &[FORMAT], stated)?;
        one("offerCode", self.offer.as_deref(), expected.offer, stated)?;
        let region = [expected.region];
        one("regionCode", self.region.as_deref(), &region, false)
    }

    /// The day on which the file was published.
    pub(super) fn date(&self) -> Result<Date, Problem> {
        if let Some(text) = &self.published {
            let day = text.split('T').next().unwrap_or_default();
            return Date::parse(day)
                .filter(|date| date.to_string() == day)
                .ok_or_else(|| {
                    Problem::whole(format!(
                        "publicationDate: `{text}` is not a date such as 2026-09-11T20:00:00Z"
                    ))
                });
        }
        let version = self.version.as_deref().unwrap_or_default();
        let digits = version.len() >= 8 && version.bytes().all(|byte| byte.is_ascii_digit());
        let part = |range| version.get(range).and_then(|text: &str| text.parse().ok());
        digits
            .then(|| {
                let year = version.get(..4)?.parse().ok()?;
                Date::new(year, part(4..6)?, part(6..8)?)
            })
            .flatten()
            .ok_or_else(|| {
                Problem::whole(format!(
                    "version: `{version}` is not a time such as 20260911200000, and there is no publicationDate"
                ))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(format: &str, offer: &str) -> Meta {
        Meta {
            format: Some(format.to_owned()),
            offer: Some(offer.to_owned()),
            ..Meta::default()
        }
    }

    #[test]
    fn another_format_offer_or_region_is_refused() {
        let expected = Expected {
            offer: &["AmazonEC2"],
            region: "us-east-1",
            stated: true,
        };
        let check = |meta: &Meta| meta.check(expected).map_err(|problem| problem.to_string());
        assert_eq!(check(&meta("v1.0", "AmazonEC2")), Ok(()));
        assert_eq!(
            check(&meta("v2.0", "AmazonEC2")),
            Err("formatVersion: `v2.0` is not v1.0".to_owned())
        );
        assert_eq!(
            check(&meta("v1.0", "AmazonECS")),
            Err("offerCode: `AmazonECS` is not AmazonEC2".to_owned())
        );
        assert_eq!(
            check(&Meta::default()),
            Err("no formatVersion: expected v1.0; this is no price file of AmazonEC2".to_owned())
        );
        let elsewhere = Meta {
            region: Some("eu-west-1".to_owned()),
            ..meta("v1.0", "AmazonEC2")
        };
        assert_eq!(
            check(&elsewhere),
            Err("regionCode: `eu-west-1` is not us-east-1".to_owned())
        );
    }

    #[test]
    fn the_date_is_that_of_publication_else_the_version() {
        let date = |published: Option<&str>, version: Option<&str>| {
            Meta {
                published: published.map(str::to_owned),
                version: version.map(str::to_owned),
                ..Meta::default()
            }
            .date()
            .map(|date| date.to_string())
            .ok()
        };
        let day = Some("2026-09-11".to_owned());
        assert_eq!(date(Some("2026-09-11T20:00:00Z"), None), day);
        assert_eq!(date(Some("2026-09-11"), Some("20250101000000")), day);
        assert_eq!(date(None, Some("20260911200000")), day);
        for (published, version) in [
            (None, None),
            (None, Some("2026")),
            (None, Some("20261311000000")),
            (Some("yesterday"), Some("20260911200000")),
            (Some("2026-09"), None),
        ] {
            assert_eq!(date(published, version), None, "{published:?} {version:?}");
        }
    }
}
