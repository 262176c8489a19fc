//! Numbers, exact, as they are written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Most digits that the model reads.
const MAX_DIGITS: usize = 20;

/// A number of a document, kept as decimal text: `0.1` is a tenth and not the nearest float.
/// A JSON number, or a text such as `"0.1"`.
#[derive(Clone, Debug, Eq)]
pub struct Number {
    given: String,
    plain: Option<String>,
}

/// Numbers are the same whether they are written `1`, `1.0` or `"1"`.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.plain, &other.plain) {
            (None, None) => self.given == other.given,
            (one, two) => one == two,
        }
    }
}

impl Number {
    /// The number that a text means, or a text that means none.
    pub(crate) fn given(text: &str) -> Self {
        Self {
            given: text.to_owned(),
            plain: plain(text),
        }
    }

    /// What was written.
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// The number as digits with at most one point, as [`berth_model::inputs::set`] takes it;
    /// what was written where that is no number.
    ///
    /// What has more than twenty digits stays beyond every limit, or finer than every step, so
    /// that it is refused for the right reason.
    pub fn plain(&self) -> &str {
        self.plain.as_deref().unwrap_or(&self.given)
    }
}

impl From<String> for Number {
    fn from(text: String) -> Self {
        Self::given(&text)
    }
}

/// As a JSON number with every digit.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match RawValue::from_string(self.plain().to_owned()) {
            Ok(raw) if self.plain.is_some() => raw.serialize(serializer),
            _ => serializer.serialize_str(&self.given),
        }
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["number", "string"],
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
        })
    }
}

/// A number in plain form: no exponent, no zeros that say nothing.
fn plain(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (mantissa, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let significant = all.trim_end_matches('0');
    // How many digits stand before the point, counted from the first that is written.
    let point = i64::try_from(whole.len()).ok()? + i64::from(exponent);
    let leading = all.len() - all.trim_start_matches('0').len();
    let significant = significant.get(leading..).unwrap_or("");
    let point = point - i64::try_from(leading).ok()?;
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    Some(format!("{sign}{}", placed(significant, point)))
}

/// Digits, none of them a zero at an end, with `point` of them before the point.
fn placed(digits: &str, point: i64) -> String {
    let Ok(before) = usize::try_from(point) else {
        // Smaller than a tenth: so many zeros come first.
        let zeros = usize::try_from(-point).unwrap_or(MAX_DIGITS);
        return finest(format!("{}{digits}", "0".repeat(zeros.min(MAX_DIGITS))), 0);
    };
    if before >= MAX_DIGITS {
        return "9".repeat(MAX_DIGITS);
    }
    if before >= digits.len() {
        return format!("{digits}{}", "0".repeat(before - digits.len()));
    }
    finest(digits.to_owned(), before)
}

/// A number with a fraction, cut after the digits that the model reads and then kept from being
/// rounder than it is.
fn finest(mut digits: String, before: usize) -> String {
    let most = MAX_DIGITS - usize::from(before == 0);
    if digits.len() > most {
        digits.truncate(most - 1);
        digits.push('1');
    }
    let (whole, fraction) = digits.split_at_checked(before).unwrap_or((&digits, ""));
    let whole = if whole.is_empty() { "0" } else { whole };
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_number_is_read_exactly() {
        for (text, expected) in [
            ("1", "1"),
            ("1.50", "1.5"),
            ("0.1", "0.1"),
            ("0.09765625", "0.09765625"),
            ("1e3", "1000"),
            ("1.2E-06", "0.0000012"),
            ("12.5e1", "125"),
            ("-3", "-3"),
            ("-0.0", "0"),
            ("007", "7"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("0e999999999", "0"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_too_long_stays_out_of_range_or_too_fine() {
        assert_eq!(plain("1e300").as_deref(), Some("99999999999999999999"));
        assert_eq!(plain("1e-300").as_deref(), Some("0.0000000000000000001"));
        let fine = plain("0.1234567890123456789012345").unwrap();
        assert_eq!(fine, "0.1234567890123456781");
        assert_eq!(
            plain("5.00000000000000000000001").unwrap(),
            "5.0000000000000000001"
        );
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "-", ".5", "1.", "1,5", "1e", "e5", "x", "1.2.3", "١", " 1", "+1",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_written_with_every_digit() {
        let json = serde_json::to_string(&Number::given("12345.0123456789")).unwrap();
        assert_eq!(json, "12345.0123456789");
        assert_eq!(Number::given("1.0"), Number::given("1"));
    }
}
