//! Money: exact decimals in US dollars, before tax.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::exact;

/// Ten-billionths to one dollar: AWS's price lists carry ten decimals.
pub const PER_USD: u64 = 10_000_000_000;

/// The largest price of one unit, in dollars. Far above any in the lists; with it no amount
/// that a valid scenario can reach overflows.
pub const MAX_RATE_USD: u64 = 100_000;

/// A price of one unit (an hour, a GB-month), in whole ten-billionths of a US dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u64);

impl Rate {
    /// From ten-billionths of a dollar; `None` above [`MAX_RATE_USD`].
    pub const fn from_ten_billionths(count: u64) -> Option<Self> {
        if count <= MAX_RATE_USD * PER_USD {
            Some(Self(count))
        } else {
            None
        }
    }

    /// Reads dollars such as `0.04048`; `None` for what is negative, finer than ten decimals,
    /// above [`MAX_RATE_USD`] or no number.
    pub fn parse(text: &str) -> Option<Self> {
        let scaled = exact::product(exact::read(text)?, Decimal::from(PER_USD))?;
        if !scaled.is_integer() {
            return None;
        }
        scaled.to_u64().and_then(Self::from_ten_billionths)
    }

    /// In ten-billionths of a dollar.
    pub const fn ten_billionths(self) -> u64 {
        self.0
    }

    /// The price of one unit as an amount.
    pub fn usd(self) -> Usd {
        Usd(Decimal::from_i128_with_scale(i128::from(self.0), 10).normalize())
    }

    /// The price of `quantity` units.
    pub fn times(self, quantity: Decimal) -> Usd {
        self.usd().scaled(quantity)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.usd().0.fmt(f)
    }
}

/// An amount of US dollars, exact to 28 digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usd(Decimal);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// An amount from its decimal value.
    pub const fn new(value: Decimal) -> Self {
        Self(value)
    }

    /// Reads dollars such as `17.77`.
    pub fn parse(text: &str) -> Option<Self> {
        exact::read(text).map(Self)
    }

    /// The decimal value.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// Printed with six decimals, half to even, as reports carry it.
    pub fn to_six_decimals(self) -> String {
        format!("{:.6}", self.0.round_dp(6))
    }

    /// Rounded to millionths, half to even, as reports carry it.
    #[must_use]
    pub fn rounded_to_millionths(self) -> Self {
        Self(self.0.round_dp(6))
    }

    /// Rounded to whole cents, half to even, as people see it.
    #[must_use]
    pub fn rounded_to_cents(self) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven),
        )
    }

    /// This amount times a plain factor.
    #[must_use]
    pub fn scaled(self, factor: Decimal) -> Self {
        let most = if self.0.is_sign_negative() == factor.is_sign_negative() {
            Decimal::MAX
        } else {
            Decimal::MIN
        };
        Self(exact::product(self.0, factor).unwrap_or(most))
    }

    /// This amount divided by another; `None` where that one is zero.
    pub fn ratio_to(self, other: Self) -> Option<Decimal> {
        self.0.checked_div(other.0)
    }

    /// For the length of a bar or the height of a line only, never to compute with.
    pub fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::MAX)
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(exact::sum(self.0, other.0))
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(exact::difference(self.0, other.0))
    }
}

impl Neg for Usd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_decimals_survive_and_eleven_are_refused() {
        assert_eq!(
            Rate::parse("0.0404784000").unwrap().ten_billionths(),
            404_784_000
        );
        assert_eq!(Rate::parse("0.00000000001"), None);
        assert_eq!(Rate::parse("-1"), None);
        assert_eq!(Rate::parse("100000.1"), None);
    }

    #[test]
    fn rounding_is_half_to_even() {
        assert_eq!(
            Usd::parse("0.125").unwrap().rounded_to_cents(),
            Usd::parse("0.12").unwrap()
        );
        assert_eq!(
            Usd::parse("0.135").unwrap().rounded_to_cents(),
            Usd::parse("0.14").unwrap()
        );
        assert_eq!(
            Usd::parse("1.0000005").unwrap().to_six_decimals(),
            "1.000000"
        );
        assert_eq!(Usd::parse("2").unwrap().to_six_decimals(), "2.000000");
    }

    #[test]
    fn a_product_beyond_everything_is_the_largest_of_its_sign() {
        let most = Usd::new(Decimal::MAX);
        assert_eq!(most.scaled(2.into()), most);
        assert_eq!(most.scaled((-2).into()), Usd::new(Decimal::MIN));
        assert_eq!((-most).scaled((-2).into()), most);
    }

    #[test]
    fn amounts_add_take_away_divide_and_print() {
        let (one, two) = (Usd::parse("1.5").unwrap(), Usd::parse("0.25").unwrap());
        assert_eq!(one - two, Usd::parse("1.25").unwrap());
        assert_eq!(-one, Usd::parse("-1.5").unwrap());
        assert_eq!(
            [one, two].into_iter().sum::<Usd>(),
            Usd::parse("1.75").unwrap()
        );
        assert_eq!(one.ratio_to(two), Some(Decimal::from(6)));
        assert_eq!(one.ratio_to(Usd::ZERO), None);
        assert!((one.to_f64() - 1.5).abs() < f64::EPSILON);
        let mut sum = one;
        sum += two;
        assert_eq!(sum, Usd::parse("1.75").unwrap());
    }

    #[test]
    fn a_rate_ends_at_the_largest_price() {
        let most = MAX_RATE_USD * PER_USD;
        assert_eq!(
            Rate::from_ten_billionths(most).map(Rate::ten_billionths),
            Some(most)
        );
        assert_eq!(Rate::from_ten_billionths(most + 1), None);
        let rate = Rate::parse("0.04048").unwrap();
        assert_eq!(rate.to_string(), "0.04048");
        assert_eq!(rate.times(730.into()), Usd::parse("29.5504").unwrap());
    }
}
