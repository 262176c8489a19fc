//! On-demand capacity reservations: capacity that is kept, and paid, whether it is used or not.
//! They give no discount; commitments apply to them as to instances.
//!
//! Source: EC2 user guide, `capacity-reservations-pricing-billing`.

use rust_decimal::Decimal;

/// Seconds of an hour.
const SECONDS_PER_HOUR: u32 = 3_600;

/// Instances that are charged at the on-demand rate, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charged {
    /// Running in the reservation: the instance is charged, and its place is not.
    pub in_use: u64,
    /// Places without an instance.
    pub unused: u64,
    /// Running beyond the reservation.
    pub beyond: u64,
}

impl Charged {
    /// Where so many are reserved and so many of the same kind run.
    pub const fn of(reserved: u64, running: u64) -> Self {
        let in_use = if running < reserved {
            running
        } else {
            reserved
        };
        Self {
            in_use,
            unused: reserved - in_use,
            beyond: running - in_use,
        }
    }

    /// Instances that run.
    pub const fn running(self) -> u64 {
        self.in_use + self.beyond
    }
}

/// Hours that are billed for one reserved instance over so many seconds: exactly those, without a
/// least time.
pub fn hours_of(seconds: Decimal) -> Decimal {
    seconds / Decimal::from(SECONDS_PER_HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_charged_once_used_or_not() {
        let of = |reserved, running| {
            let charged = Charged::of(reserved, running);
            (charged.in_use, charged.unused, charged.beyond)
        };
        assert_eq!(of(20, 15), (15, 5, 0));
        assert_eq!(of(20, 25), (20, 0, 5));
        assert_eq!(of(0, 3), (0, 0, 3));
        assert_eq!(Charged::of(20, 25).running(), 25);
    }

    #[test]
    fn partial_hours_are_billed_as_they_are() {
        let seconds = Decimal::from(24 * 3_600 + 15 * 60);
        assert_eq!(hours_of(seconds), Decimal::new(2_425, 2));
    }
}
