//! An axis of a map: an input, and the values that it takes from side to side.

use rust_decimal::Decimal;

use super::ladder;
use crate::exact;
use crate::inputs::{self, InputId, Kind};
use crate::scenario::Scenario;

/// Most values of an axis.
pub const MOST_POSITIONS: usize = 64;

/// Why two inputs make no map. Prints which, and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// Both axes are the same input.
    #[error("Both axes are “{}”. A map needs two different inputs.", .0.input().label)]
    Same(InputId),
    /// It is no number.
    #[error("“{}” is not a number, so it cannot be an axis of a map.", .0.input().label)]
    NotANumber(InputId),
    /// It does not apply to what is set otherwise.
    #[error("“{}” does not apply to what is set otherwise, so it cannot be an axis of a map.", .0.input().label)]
    DoesNotApply(InputId),
    /// There are no two values of it that can be set.
    #[error("“{}” takes one value alone here, so it cannot be an axis of a map.", .0.input().label)]
    NoSpan(InputId),
    /// Setting one of them changes the other.
    #[error("“{}” and “{}” change each other. A map needs two inputs that are set apart.", .0.input().label, .1.input().label)]
    Entangled(InputId, InputId),
}

/// An input, and its values from the least to the most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    input: InputId,
    values: Vec<String>,
    present: usize,
}

impl Axis {
    /// The axis of a numeric input around its present value, of at most [`MOST_POSITIONS`] values.
    pub fn of(scenario: &Scenario, service: usize, input: InputId) -> Result<Self, MapError> {
        let Kind::Number { min, max, step, .. } = input.input().kind else {
            return Err(MapError::NotANumber(input));
        };
        let here = inputs::get(scenario, service, input).ok_or(MapError::DoesNotApply(input))?;
        let read = |text: &str| exact::read(text).ok_or(MapError::NotANumber(input));
        let (present, step) = (read(&here)?, read(step)?);
        let limits = (read(min)?, read(max)?);
        let is_legal = |value: &Decimal| {
            let text = value.normalize().to_string();
            let set = inputs::set(scenario, service, input, &text).ok();
            let kept = set.and_then(|set| inputs::get(&set, service, input));
            // What an input makes something else of is no value that a position could show.
            kept.is_some_and(|kept| exact::read(&kept) == Some(*value))
        };
        let mut values: Vec<Decimal> = match input {
            // What comes in powers of two.
            InputId::Vcpu | InputId::Memory | InputId::FreeVcpu | InputId::FreeMemory => {
                ladder::of_two(present, limits, step)
            }
            _ => ladder::of_ten(present, limits, step),
        };
        values.retain(|value| *value != present && is_legal(value));
        let place = values.partition_point(|value| *value < present);
        values.insert(place, present);
        while values.len() > MOST_POSITIONS {
            // The present value stays.
            if values.last() == Some(&present) {
                values.remove(0);
            } else {
                values.pop();
            }
        }
        if values.len() < 2 {
            return Err(MapError::NoSpan(input));
        }
        let present = values.iter().position(|value| *value == present);
        Ok(Self {
            input,
            values: values
                .iter()
                .map(|value| value.normalize().to_string())
                .collect(),
            present: present.unwrap_or(0),
        })
    }

    /// The input.
    pub const fn input(&self) -> InputId {
        self.input
    }

    /// Its values as it takes them, the least first.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Which of them is the present one.
    pub const fn present(&self) -> usize {
        self.present
    }

    fn ends(&self) -> [&str; 2] {
        [self.values.first(), self.values.last()].map(|value| value.map_or("", String::as_str))
    }
}

/// Whether two inputs can be set one after the other, and both then are what was set.
pub(super) fn independent(
    scenario: &Scenario,
    service: usize,
    x: &Axis,
    y: &Axis,
) -> Result<(), MapError> {
    for of_y in y.ends() {
        for of_x in x.ends() {
            let set = inputs::set(scenario, service, y.input, of_y)
                .and_then(|set| inputs::set(&set, service, x.input, of_x));
            let both = set.ok().and_then(|set| {
                let number = |input| exact::read(&inputs::get(&set, service, input)?);
                Some((number(x.input)?, number(y.input)?))
            });
            if both.is_none() || both != exact::read(of_x).zip(exact::read(of_y)) {
                return Err(MapError::Entangled(x.input, y.input));
            }
        }
    }
    Ok(())
}
