//! One published case, and how a result is compared with it.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

/// The model's answer to the inputs of a case: figures by name, or why there are none.
pub(crate) type Adapter = fn(&Value) -> Result<Results, String>;

/// Figures by the names that cases know them by.
pub(crate) type Results = BTreeMap<String, Got>;

/// One published case. What the tests do not need (title, source, notes) is not read.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) model: String,
    pub(crate) inputs: Value,
    #[serde(default)]
    pub(crate) published: Published,
    pub(crate) expected: Map<String, Value>,
    pub(crate) tolerance: Tolerance,
    #[serde(rename = "use")]
    pub(crate) usage: Use,
    #[serde(default)]
    pub(crate) published_wrong_fields: Vec<String>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Published {
    #[serde(default)]
    pub(crate) numeric: Map<String, Value>,
}

#[derive(Deserialize)]
pub(crate) struct Tolerance {
    pub(crate) abs: Exact,
}

/// What a case is good for.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Use {
    /// The result must be as expected.
    Golden,
    /// The result must be as expected, and not as published.
    Negative,
    /// The result is shown and decides nothing.
    Info,
}

/// A number of a file, as the decimal that is written there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact(pub(crate) Decimal);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        decimal(&number)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("{number} is out of range")))
    }
}

fn decimal(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    let exact = Decimal::from_str_exact(&text);
    exact.or_else(|_| Decimal::from_scientific(&text)).ok()
}

/// One figure that the model gives.
#[derive(Clone, Debug)]
pub(crate) enum Got {
    Number(Decimal),
    Flag(bool),
    Text(String),
    List(Vec<Got>),
    /// Figures by name; one that a case does not name must be nothing.
    Map(BTreeMap<String, Got>),
    Nothing,
}

impl Got {
    /// Whether this is the expected figure: numbers with a fraction to 0.01 %, all else exactly.
    pub(crate) fn is(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Self::Number(got), Value::Number(expected)) => {
                let Some(wanted) = decimal(expected) else {
                    return false;
                };
                if expected.is_f64() {
                    (got - wanted).abs() <= wanted.abs() * Decimal::new(1, 4)
                } else {
                    *got == wanted
                }
            }
            (Self::Flag(got), Value::Bool(expected)) => got == expected,
            (Self::Text(got), Value::String(expected)) => got == expected,
            (Self::List(got), Value::Array(expected)) => {
                got.len() == expected.len()
                    && got.iter().zip(expected).all(|(got, wanted)| got.is(wanted))
            }
            (Self::Map(got), Value::Object(expected)) => {
                let nothing = Self::Number(Decimal::ZERO);
                let named = expected
                    .iter()
                    .all(|(name, wanted)| got.get(name).unwrap_or(&nothing).is(wanted));
                let rest = got.iter().filter(|(name, _)| !expected.contains_key(*name));
                named && rest.into_iter().all(|(_, got)| got.is(&Value::from(0)))
            }
            (Self::Nothing, Value::Null) => true,
            _ => false,
        }
    }

    /// Whether this is no further than `tolerance` from a published figure.
    pub(crate) fn is_near(&self, published: &Value, tolerance: Decimal) -> bool {
        match (self, published) {
            (Self::Number(got), Value::Number(published)) => {
                decimal(published).is_some_and(|published| (got - published).abs() <= tolerance)
            }
            _ => self.is(published),
        }
    }
}

impl fmt::Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.normalize().fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(list) => {
                let items: Vec<String> = list.iter().map(Self::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Self::Map(map) => {
                let items: Vec<String> = map
                    .iter()
                    .map(|(name, got)| format!("{name:?}:{got}"))
                    .collect();
                write!(f, "{{{}}}", items.join(","))
            }
            Self::Nothing => f.write_str("null"),
        }
    }
}

/// Reads the inputs of a case into the shape that its model knows; a key beyond it is refused.
pub(crate) fn inputs<'a, T: Deserialize<'a>>(inputs: &'a Value) -> Result<T, String> {
    T::deserialize(inputs).map_err(|error| format!("inputs: {error}"))
}

/// The results of these names.
pub(crate) fn results<const N: usize>(figures: [(&str, Got); N]) -> Results {
    figures.map(|(name, got)| (name.to_owned(), got)).into()
}
