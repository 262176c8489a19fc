//! How much each criterion that is not money counts.

use std::fmt;

use crate::criteria::{Criterion, MOST_WEIGHT};

/// How many criteria there are.
const COUNT: usize = Criterion::ALL.len();

/// The weights of all criteria: 0 to [`MOST_WEIGHT`] each, at least one of them above 0. Those of
/// money have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights([u8; COUNT]);

impl Default for Weights {
    fn default() -> Self {
        let mut weights = Self([0; COUNT]);
        for criterion in Criterion::weighable() {
            weights.put(criterion, criterion.default_weight());
        }
        weights
    }
}

/// Why a text does not say weights. Prints the criterion, the value and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// Not a criterion and a weight.
    #[error(
        "“{0}” is not a criterion and its weight; write operations:3, several with commas between"
    )]
    NotAWeight(String),
    /// A criterion that is not known.
    #[error("“{0}” is not a criterion. Allowed: {known}", known = known())]
    Unknown(String),
    /// A criterion of money.
    #[error("{0} is money, which is compared in dollars and not weighed")]
    Money(&'static str),
    /// A criterion that stands twice.
    #[error("{0} stands twice")]
    Twice(&'static str),
    /// A weight that is no number.
    #[error("{0}: “{1}” is not a number. Allowed: whole numbers from 0 to {MOST_WEIGHT}")]
    NotANumber(&'static str, String),
    /// A weight that is not whole.
    #[error("{0}: {1} is not a whole number. Allowed: 0 to {MOST_WEIGHT}")]
    NotWhole(&'static str, String),
    /// A weight beyond the limits.
    #[error("{0}: {1} is out of range. Allowed: 0 to {MOST_WEIGHT}")]
    OutOfRange(&'static str, String),
    /// No weight at all.
    #[error("all of them are 0; at least one criterion must have a weight above 0")]
    AllZero,
}

fn known() -> String {
    let ids: Vec<&str> = Criterion::weighable().map(Criterion::id).collect();
    ids.join(", ")
}

impl Weights {
    /// The weight of a criterion; 0 of one of money.
    pub fn get(&self, criterion: Criterion) -> u8 {
        self.0.get(criterion as usize).copied().unwrap_or(0)
    }

    /// The sum of all weights: above 0.
    pub fn sum(&self) -> u32 {
        self.0.iter().map(|&weight| u32::from(weight)).sum()
    }

    /// The weights with another one for a criterion.
    pub fn with(&self, criterion: Criterion, weight: u8) -> Result<Self, WeightsError> {
        if criterion.is_money() {
            return Err(WeightsError::Money(criterion.id()));
        }
        if weight > MOST_WEIGHT {
            return Err(WeightsError::OutOfRange(criterion.id(), weight.to_string()));
        }
        let mut weights = self.clone();
        weights.put(criterion, weight);
        weights.some()
    }

    /// Reads weights such as `operations:3,isolation:5`; a criterion that is not named keeps the
    /// weight that it has where nobody says another.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let mut weights = Self::default();
        let mut named = [false; COUNT];
        let entries = text.split([' ', ',', ';', '\t', '\n', '\r']);
        for entry in entries.filter(|entry| !entry.is_empty()) {
            let (id, given) = entry
                .split_once(':')
                .ok_or_else(|| WeightsError::NotAWeight(short(entry)))?;
            let criterion =
                Criterion::from_id(id).ok_or_else(|| WeightsError::Unknown(short(id)))?;
            if criterion.is_money() {
                return Err(WeightsError::Money(criterion.id()));
            }
            match named.get_mut(criterion as usize) {
                Some(named) if *named => return Err(WeightsError::Twice(criterion.id())),
                Some(named) => *named = true,
                None => {}
            }
            weights.put(criterion, weight(criterion, given)?);
        }
        weights.some()
    }

    fn put(&mut self, criterion: Criterion, weight: u8) {
        if let Some(place) = self.0.get_mut(criterion as usize) {
            *place = weight;
        }
    }

    fn some(self) -> Result<Self, WeightsError> {
        if self.sum() > 0 {
            Ok(self)
        } else {
            Err(WeightsError::AllZero)
        }
    }
}

/// Reads one weight.
fn weight(criterion: Criterion, given: &str) -> Result<u8, WeightsError> {
    let of = |error: fn(&'static str, String) -> WeightsError| error(criterion.id(), short(given));
    let Some(number) = crate::inputs::plain_number(given) else {
        return Err(of(WeightsError::NotANumber));
    };
    if number.contains('.') {
        return Err(of(WeightsError::NotWhole));
    }
    let weight = number.parse().ok().filter(|&weight| weight <= MOST_WEIGHT);
    weight.ok_or_else(|| of(WeightsError::OutOfRange))
}

/// What a message repeats of a text.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The weights that are not those of nobody's saying; empty where all are.
impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for criterion in Criterion::weighable() {
            let weight = self.get(criterion);
            if weight != criterion.default_weight() {
                let comma = if first { "" } else { "," };
                write!(f, "{comma}{}:{weight}", criterion.id())?;
                first = false;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Weights {
        Weights::parse(text).unwrap()
    }

    #[test]
    fn weights_are_read_and_written_and_their_order_says_nothing() {
        assert_eq!(read(""), Weights::default());
        assert_eq!(Weights::default().to_string(), "");
        let one = read(
            "isolation:5 operations:3,gpus:0"
                .replace("gpus", "windows")
                .as_str(),
        );
        assert_eq!(one, read(" windows:0; operations:3\n isolation:05 "));
        assert_eq!(one.to_string(), "operations:3,isolation:5");
        assert_eq!(one.get(Criterion::Isolation), 5);
        assert_eq!(one.get(Criterion::Start), 1, "not named: as by default");
        assert_eq!(one.get(Criterion::Cost), 0);
        assert_eq!(one.sum(), 3 + 5 + 4);
        assert_eq!(read(&one.to_string()), one);
    }

    #[test]
    fn what_is_no_weight_is_refused_with_criterion_value_and_limits() {
        for (text, said) in [
            (
                "isolation:-1",
                "isolation: -1 is out of range. Allowed: 0 to 10",
            ),
            (
                "isolation:11",
                "isolation: 11 is out of range. Allowed: 0 to 10",
            ),
            (
                "isolation:300",
                "isolation: 300 is out of range. Allowed: 0 to 10",
            ),
            (
                "isolation:1.5",
                "isolation: 1.5 is not a whole number. Allowed: 0 to 10",
            ),
            (
                "isolation:x",
                "isolation: “x” is not a number. Allowed: whole numbers from 0 to 10",
            ),
            (
                "isolation:",
                "isolation: “” is not a number. Allowed: whole numbers from 0 to 10",
            ),
            ("isolation:1 isolation:2", "isolation stands twice"),
            (
                "cost:3",
                "cost is money, which is compared in dollars and not weighed",
            ),
            (
                "isolation=3",
                "“isolation=3” is not a criterion and its weight; write operations:3, several with commas between",
            ),
            (
                "operations:0 patching:0 start:0 isolation:0 longest_run:0 scale_to_zero:0",
                "all of them are 0; at least one criterion must have a weight above 0",
            ),
        ] {
            assert_eq!(Weights::parse(text).unwrap_err().to_string(), said);
        }
        let unknown = Weights::parse("speed:1").unwrap_err().to_string();
        assert!(
            unknown.starts_with("“speed” is not a criterion. Allowed: operations, patching, "),
            "{unknown}"
        );
        assert!(!unknown.contains("steady_cost"), "money cannot be weighed");
    }
}
