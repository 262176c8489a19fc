//! Exact numbers: whole ones while a search compares, fractions of any length for a bill.

use berth_model::money::{Rate, Usd};
use berth_model::prices::{Quote, SourceId};
use num_bigint::BigInt;
use num_rational::BigRational;

/// A number without rounding.
pub(crate) type Exact = BigRational;

/// Ten-billionths to one dollar.
pub(crate) const DOLLAR: i128 = 10_000_000_000;

/// Hundredths of a percent to the whole.
pub(crate) const WHOLE: i128 = 10_000;

/// A fraction.
pub(crate) fn over(numerator: i128, denominator: i128) -> Exact {
    Exact::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// A whole number.
pub(crate) fn whole(number: i128) -> Exact {
    Exact::from_integer(BigInt::from(number))
}

/// The product, which the generator's limits keep within 127 bits.
pub(crate) fn times(a: i128, b: i128) -> i128 {
    a.checked_mul(b).expect("within the generator's limits")
}

/// The product of several.
pub(crate) fn product(factors: &[i128]) -> i128 {
    factors
        .iter()
        .fold(1, |product, &factor| times(product, factor))
}

/// Division that rounds up; both are positive or zero.
pub(crate) fn ceiling(a: i128, b: i128) -> i128 {
    a / b + i128::from(a % b != 0)
}

/// The greatest common divisor.
pub(crate) fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A price, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// In ten-billionths of a dollar.
    pub(crate) rate: i128,
    /// Whether it is the user's own figure, which no discount touches (rule 24).
    pub(crate) own: bool,
}

impl Price {
    /// The price of a quote.
    pub(crate) fn of(quote: Quote) -> Self {
        Self {
            rate: ten_billionths(quote.rate),
            own: quote.source == SourceId::OWN,
        }
    }
}

/// A rate as a whole number.
pub(crate) fn ten_billionths(rate: Rate) -> i128 {
    i128::from(rate.ten_billionths())
}

/// A bill's two sums: what a discount comes off, and what it does not.
#[derive(Clone, Debug)]
pub(crate) struct Bill {
    listed: Exact,
    own: Exact,
}

impl Bill {
    /// Nothing.
    pub(crate) fn new() -> Self {
        Self {
            listed: whole(0),
            own: whole(0),
        }
    }

    /// Adds so many units at a price.
    pub(crate) fn add(&mut self, quantity: &Exact, price: Price) {
        self.add_dollars(quantity * over(price.rate, DOLLAR), price.own);
    }

    /// Adds an amount.
    pub(crate) fn add_dollars(&mut self, amount: Exact, own: bool) {
        if own {
            self.own += amount;
        } else {
            self.listed += amount;
        }
    }

    /// What is to pay after a discount, in hundredths of a percent.
    pub(crate) fn total(&self, discount: i128) -> Exact {
        &self.listed * over(WHOLE - discount, WHOLE) + &self.own
    }
}

/// An amount of the model as a fraction.
pub(crate) fn exactly(model: Usd) -> Exact {
    let decimal = model.decimal();
    let scale = BigInt::from(10).pow(decimal.scale());
    Exact::new(BigInt::from(decimal.mantissa()), scale)
}

/// Whether an amount of the model is this number, to a millionth of a dollar.
pub(crate) fn agree(model: Usd, exact: &Exact) -> bool {
    let difference = exactly(model) - exact;
    let limit = over(1, 1_000_000);
    difference <= limit && -difference <= limit
}

/// For people: the number to twelve decimals.
pub(crate) fn text(exact: &Exact) -> String {
    let scaled = (exact * whole(1_000_000_000_000)).round().to_integer();
    let negative = scaled < BigInt::from(0);
    let digits = format!("{:0>13}", scaled.magnitude().to_string());
    let (dollars, rest) = digits.split_at(digits.len() - 12);
    format!("{}{dollars}.{rest}", if negative { "-" } else { "" })
}
