//! Which price books there are: one for each region with prices.
//!
//! The list ships inside, the books do not (but for [`embedded`](super::embedded)'s): a book is
//! `prices/REGION.txt`, asked for by its digest so that no cache answers with another release's.

/// The first line of the list.
pub const MAGIC: &str = "berth-books 1";

/// The name of the list's file, beside the books.
pub const FILE: &str = "index.txt";

/// Characters of a book's digest.
pub const DIGEST_LEN: usize = 12;

const LIST: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../prices/index.txt"
));

/// A book on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The region's code.
    pub region: &'static str,
    /// The first characters of the SHA-256 of its text.
    pub digest: &'static str,
}

impl Entry {
    /// The book's address, relative to the page.
    pub fn address(self) -> String {
        let Self { region, digest } = self;
        format!("prices/{region}.txt?{digest}")
    }
}

/// Every book, by the region's code.
pub fn books() -> impl Iterator<Item = Entry> {
    LIST.lines().filter_map(|line| {
        let (region, digest) = line.split_once(' ')?;
        (line != MAGIC).then_some(Entry { region, digest })
    })
}

/// The book of a region, if there is one.
pub fn of(region: &str) -> Option<Entry> {
    books().find(|entry| entry.region == region)
}

/// What AWS calls a region; the code itself for one that is not known here.
pub fn name(region: &str) -> &str {
    NAMES
        .iter()
        .find(|(code, _)| *code == region)
        .map_or(region, |(_, name)| name)
}

/// Names of the commercial regions, as the AWS General Reference lists them.
const NAMES: [(&str, &str); 33] = [
    ("af-south-1", "Africa (Cape Town)"),
    ("ap-east-1", "Asia Pacific (Hong Kong)"),
    ("ap-east-2", "Asia Pacific (Taipei)"),
    ("ap-northeast-1", "Asia Pacific (Tokyo)"),
    ("ap-northeast-2", "Asia Pacific (Seoul)"),
    ("ap-northeast-3", "Asia Pacific (Osaka)"),
    ("ap-south-1", "Asia Pacific (Mumbai)"),
    ("ap-south-2", "Asia Pacific (Hyderabad)"),
    ("ap-southeast-1", "Asia Pacific (Singapore)"),
    ("ap-southeast-2", "Asia Pacific (Sydney)"),
    ("ap-southeast-3", "Asia Pacific (Jakarta)"),
    ("ap-southeast-4", "Asia Pacific (Melbourne)"),
    ("ap-southeast-5", "Asia Pacific (Malaysia)"),
    ("ap-southeast-7", "Asia Pacific (Thailand)"),
    ("ca-central-1", "Canada (Central)"),
    ("ca-west-1", "Canada West (Calgary)"),
    ("eu-central-1", "Europe (Frankfurt)"),
    ("eu-central-2", "Europe (Zurich)"),
    ("eu-north-1", "Europe (Stockholm)"),
    ("eu-south-1", "Europe (Milan)"),
    ("eu-south-2", "Europe (Spain)"),
    ("eu-west-1", "Europe (Ireland)"),
    ("eu-west-2", "Europe (London)"),
    ("eu-west-3", "Europe (Paris)"),
    ("il-central-1", "Israel (Tel Aviv)"),
    ("me-central-1", "Middle East (UAE)"),
    ("me-south-1", "Middle East (Bahrain)"),
    ("mx-central-1", "Mexico (Central)"),
    ("sa-east-1", "South America (São Paulo)"),
    ("us-east-1", "US East (N. Virginia)"),
    ("us-east-2", "US East (Ohio)"),
    ("us-west-1", "US West (N. California)"),
    ("us-west-2", "US West (Oregon)"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_book_has_a_named_region_and_an_address_of_its_own_release() {
        assert!(books().count() >= 28);
        for entry in books() {
            assert_ne!(name(entry.region), entry.region, "{}", entry.region);
            assert_eq!(entry.digest.len(), DIGEST_LEN);
            assert_eq!(of(entry.region), Some(entry));
        }
        assert_eq!(of("us-gov-west-1"), None);
        assert_eq!(name("xx-new-1"), "xx-new-1");
    }
}
