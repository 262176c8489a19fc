//! The book that ships inside, so that the first answer waits for nothing.

/// The text of the price book of us-east-1, for [`PriceBook::parse`](super::PriceBook::parse).
pub const US_EAST_1: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../prices/us-east-1.txt"
));
