//! Ranges in place of points: how far the figures that an answer rests on may be off.

use std::fmt;

/// From how many to how many percent of its point a figure may be, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PercentRange {
    low: u16,
    high: u16,
}

/// Why a text is no range. Prints what is wrong and what is allowed, after the field and the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// Not two whole percentages.
    #[error("is not a range. Allowed: two whole percentages from {0} to {1}, such as 100-110")]
    NotARange(u16, u16),
    /// The first is more than the second.
    #[error("is reversed. Allowed: the lower percentage first, such as 100-110, from {0} to {1}")]
    Reversed(u16, u16),
    /// Below or above the limits.
    #[error("is out of range. Allowed: from {0} to {1} percent")]
    OutOfRange(u16, u16),
}

impl PercentRange {
    /// Its point, and nothing else.
    pub const POINT: Self = Self {
        low: 100,
        high: 100,
    };

    /// From `low` to `high` percent; `None` where that is reversed.
    pub const fn new(low: u16, high: u16) -> Option<Self> {
        if low <= high {
            Some(Self { low, high })
        } else {
            None
        }
    }

    /// The least, in percent of the point.
    pub const fn low(self) -> u16 {
        self.low
    }

    /// The most.
    pub const fn high(self) -> u16 {
        self.high
    }

    /// Whether it leaves nothing open.
    pub const fn is_point(self) -> bool {
        self.low == self.high
    }

    /// Reads a range such as `80-150`, within limits in percent. Space and percent signs do not
    /// matter, nor which dash it is.
    pub fn parse(text: &str, (least, most): (u16, u16)) -> Result<Self, RangeError> {
        let not_a_range = RangeError::NotARange(least, most);
        let (low, high) = text.split_once(['-', '–']).ok_or(not_a_range)?;
        let part = |text: &str| {
            let digits = text.trim().trim_end_matches('%').trim_end();
            let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !whole {
                return Err(not_a_range);
            }
            // More digits than a percentage has are beyond any limit.
            Ok(digits.parse().unwrap_or(u16::MAX))
        };
        let (low, high) = (part(low)?, part(high)?);
        if low > high {
            return Err(RangeError::Reversed(least, most));
        }
        if low < least || high > most {
            return Err(RangeError::OutOfRange(least, most));
        }
        Ok(Self { low, high })
    }
}

/// As it is typed: `80-150`.
impl fmt::Display for PercentRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.low, self.high)
    }
}

/// The ranges of a scenario. They change no answer; [`crate::sure`] draws from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranges {
    /// Spot prices, of instances and of Fargate.
    pub spot: PercentRange,
    /// Tasks of each hour, or runs of jobs.
    pub load: PercentRange,
    /// Instances that run for each one that packing says is needed.
    pub packing: PercentRange,
    /// What a list price that is a year older than the newest is by now.
    pub price: PercentRange,
}

impl Ranges {
    /// Limits of Spot prices, in percent.
    pub const SPOT_LIMITS: (u16, u16) = (1, 1_000);
    /// Limits of the load.
    pub const LOAD_LIMITS: (u16, u16) = (1, 1_000);
    /// Limits of the instances: no fewer than packing needs.
    pub const PACKING_LIMITS: (u16, u16) = (100, 200);
    /// Limits of list prices.
    pub const PRICE_LIMITS: (u16, u16) = (50, 200);

    /// Nothing left open.
    pub const POINTS: Self = Self {
        spot: PercentRange::POINT,
        load: PercentRange::POINT,
        packing: PercentRange::POINT,
        price: PercentRange::POINT,
    };
}

/// Assumptions, all four (`docs/model.md`, "How sure").
impl Default for Ranges {
    fn default() -> Self {
        Self {
            spot: PercentRange { low: 80, high: 150 },
            load: PercentRange { low: 80, high: 120 },
            packing: PercentRange {
                low: 100,
                high: 110,
            },
            price: PercentRange { low: 95, high: 105 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_reads_as_it_is_written_and_typed() {
        let range = PercentRange::new(80, 150).unwrap();
        for text in ["80-150", " 80 – 150 ", "80%-150 %", "080-0150"] {
            assert_eq!(PercentRange::parse(text, (1, 1_000)), Ok(range), "{text}");
        }
        assert_eq!(range.to_string(), "80-150");
        assert!(!range.is_point() && PercentRange::POINT.is_point());
        assert_eq!(PercentRange::new(2, 1), None);
    }

    #[test]
    fn what_is_reversed_negative_or_beyond_the_limits_is_refused_as_such() {
        let limits = (50, 200);
        for (text, error) in [
            ("150-80", RangeError::Reversed(50, 200)),
            ("49-100", RangeError::OutOfRange(50, 200)),
            ("100-201", RangeError::OutOfRange(50, 200)),
            ("100-99999999999", RangeError::OutOfRange(50, 200)),
            ("-5-10", RangeError::NotARange(50, 200)),
            ("100", RangeError::NotARange(50, 200)),
            ("100-", RangeError::NotARange(50, 200)),
            ("90.5-110", RangeError::NotARange(50, 200)),
            ("", RangeError::NotARange(50, 200)),
            ("80-90-100", RangeError::NotARange(50, 200)),
        ] {
            assert_eq!(PercentRange::parse(text, limits), Err(error), "{text}");
        }
    }
}
