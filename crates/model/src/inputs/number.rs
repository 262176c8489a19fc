//! Numbers as people type them.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Problem;
use crate::exact;

/// The number that a text means, in plain form (`1234.5`): digits and at most one separator,
/// which may be a point or a comma. `None` for anything else.
///
/// A single comma is read as a decimal separator, as most of the world writes it.
pub fn plain_number(text: &str) -> Option<String> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '−']).unwrap_or(text);
    let digits = unsigned.bytes().filter(u8::is_ascii_digit).count();
    let separators = unsigned
        .bytes()
        .filter(|byte| matches!(byte, b'.' | b','))
        .count();
    if digits == 0 || separators > 1 || digits + separators != unsigned.len() || digits > 20 {
        return None;
    }
    let plain = unsigned.replace(',', ".");
    let number = exact::read(&plain)?.normalize();
    let sign = if text.len() > unsigned.len() && !number.is_zero() {
        "-"
    } else {
        ""
    };
    Some(format!("{sign}{number}"))
}

/// A count of thousandths as a decimal.
pub(super) fn from_thousandths(count: u32) -> String {
    Decimal::new(count.into(), 3).normalize().to_string()
}

/// A count of hundredths as a decimal.
pub(super) fn from_hundredths(count: u32) -> String {
    Decimal::new(count.into(), 2).normalize().to_string()
}

/// A decimal as a count of thousandths.
pub(super) fn to_thousandths(number: &str) -> Result<u32, Problem> {
    to_parts(number, 1_000)
}

/// A decimal as a count of hundredths.
pub(super) fn to_hundredths(number: &str) -> Result<u32, Problem> {
    to_parts(number, 100)
}

fn to_parts(number: &str, parts: u32) -> Result<u32, Problem> {
    let count = exact::read(number)
        .and_then(|number| exact::product(number, parts.into()))
        .ok_or(Problem::OutOfRange)?;
    if !count.is_integer() {
        return Err(Problem::TooFine);
    }
    count.to_u32().ok_or(Problem::OutOfRange)
}

/// A number some steps away, kept within limits.
pub(super) fn stepped(
    number: &str,
    steps: i32,
    step: &str,
    (min, max): (&str, &str),
) -> Option<String> {
    let way = exact::product(exact::read(step)?, steps.into())?;
    let there = exact::sum(exact::read(number)?, way);
    let kept = there.clamp(exact::read(min)?, exact::read(max)?);
    Some(kept.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_decimal_separators_are_understood() {
        for (text, plain) in [
            ("1.5", "1.5"),
            ("1,5", "1.5"),
            (" 12 ", "12"),
            ("0,50", "0.5"),
            ("-3", "-3"),
            ("007", "7"),
        ] {
            assert_eq!(plain_number(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn steps_stop_at_the_limits() {
        let limits = ("0.01", "192");
        assert_eq!(stepped("0.5", 1, "0.25", limits).as_deref(), Some("0.75"));
        assert_eq!(stepped("0.25", -1, "0.25", limits).as_deref(), Some("0.01"));
        assert_eq!(stepped("192", 3, "0.25", limits).as_deref(), Some("192"));
    }

    #[test]
    fn what_is_no_plain_number_is_none() {
        for text in [
            "", ".", "1.2.3", "1,234.5", "1e3", "NaN", "abc", "1 000", "--1", "١",
        ] {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }
}
