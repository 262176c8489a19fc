//! Arithmetic on decimals, each kind compiled once.
//!
//! `rust_decimal`'s operators are inlined wherever they are used, each a kilobyte and a half of what a page downloads.
//! These also saturate where the operators panic. Multiplying and dividing in the midst of a formula is left to the
//! operators: those are compiled once each.

use rust_decimal::Decimal;

/// The most digits behind the point that a decimal keeps.
const MOST_PLACES: u32 = 28;

/// The sum, or the largest decimal where it would be beyond that.
#[inline(never)]
pub(crate) fn sum(one: Decimal, other: Decimal) -> Decimal {
    one.saturating_add(other)
}

/// What is left of `one`.
pub(crate) fn difference(one: Decimal, taken: Decimal) -> Decimal {
    sum(one, -taken)
}

/// The product; `None` where it is beyond what a decimal holds.
#[inline(never)]
pub(crate) fn product(one: Decimal, other: Decimal) -> Option<Decimal> {
    one.checked_mul(other)
}

/// Reads a decimal: digits with at most one point among them, and a sign before them. `None` for anything else, and for
/// more digits than a decimal keeps exactly.
#[inline(never)]
pub(crate) fn read(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut digits = 0_i128;
    let mut places = None;
    let mut any = false;
    for byte in unsigned.bytes() {
        match byte {
            b'0'..=b'9' => {
                any = true;
                digits = digits.checked_mul(10)?.checked_add((byte - b'0').into())?;
                places = places.map(|places: u32| places + 1);
            }
            b'.' if places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    let places = places.unwrap_or(0);
    if !any || places > MOST_PLACES {
        return None;
    }
    let number = Decimal::try_from_i128_with_scale(digits, places).ok()?;
    Some(if text.starts_with('-') {
        -number
    } else {
        number
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_is_what_the_library_reads(text in "[-+]?[0-9]{0,32}\\.?[0-9]{0,30}") {
            // The library also reads an empty fraction without a digit before it; nobody writes that.
            prop_assume!(text.bytes().any(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(read(&text), Decimal::from_str_exact(&text).ok());
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", ".", "-", "1.2.3", "1e3", "1_000", " 1", "٣", "--1", "NaN",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn as_many_places_are_read_as_a_decimal_keeps() {
        let places = |count: usize| format!("0.{}1", "0".repeat(count - 1));
        assert_eq!(read(&places(28)), Some(Decimal::new(1, 28)));
        assert_eq!(read(&places(29)), None);
        assert_eq!(read("-0.25"), Some(Decimal::new(-25, 2)));
        assert_eq!(read("+7"), Some(Decimal::from(7)));
    }

    #[test]
    fn a_sum_beyond_everything_is_the_largest() {
        assert_eq!(sum(Decimal::MAX, Decimal::ONE), Decimal::MAX);
        assert_eq!(difference(Decimal::MIN, Decimal::ONE), Decimal::MIN);
    }
}
