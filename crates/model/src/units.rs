//! Quantities with their units: vCPU, GiB, GPUs.
//!
//! ECS counts CPU in units of 1/1024 vCPU and memory in MiB, people write decimals. Both are
//! exact here: vCPU and GiB are whole numbers of 1/128,000, the largest grain in which one CPU
//! unit (125 grains), one MiB (125) and a thousandth (128) are all whole.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::exact;

/// Grains to one vCPU or one GiB.
pub const GRAINS: u32 = 128_000;

/// Grains to one CPU unit or one MiB.
pub const GRAINS_PER_1024TH: u32 = GRAINS / 1024;

/// Grains to a thousandth.
const GRAINS_PER_THOUSANDTH: u32 = GRAINS / 1000;

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not a number at all.
    #[error("is not a number")]
    NotANumber,
    /// Negative, or larger than anything that can be counted here.
    #[error("is out of range")]
    OutOfRange,
    /// Finer than a thousandth, and not a multiple of 1/1024 either.
    #[error("must be a multiple of 0.001 or of 1/1024")]
    TooFine,
}

macro_rules! grains {
    ($(#[$meta:meta])* $name:ident, $unit:literal, $part:ident, $part_doc:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            #[doc = concat!("Nothing.")]
            pub const ZERO: Self = Self(0);

            #[doc = concat!("A whole number of ", $unit, ".")]
            pub const fn whole(count: u16) -> Self {
                Self(count as u32 * GRAINS)
            }

            #[doc = concat!("From ", $part_doc, "; `None` where it cannot be counted.")]
            pub const fn $part(count: u32) -> Option<Self> {
                match count.checked_mul(GRAINS_PER_1024TH) {
                    Some(grains) => Some(Self(grains)),
                    None => None,
                }
            }

            /// In 1/128,000.
            pub const fn grains(self) -> u32 {
                self.0
            }

            /// The sum; stays at the largest quantity instead of overflowing.
            #[must_use]
            pub const fn plus(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }

            /// What is left of it without `taken`, rounded down to a thousandth; `None` where
            /// nothing is.
            pub const fn without(self, taken: Self) -> Option<Self> {
                match self.0.checked_sub(taken.0) {
                    None => None,
                    Some(left) => match left - left % GRAINS_PER_THOUSANDTH {
                        0 => None,
                        left => Some(Self(left)),
                    },
                }
            }

            /// The exact decimal value.
            pub fn decimal(self) -> Decimal {
                Decimal::from(self.0) / Decimal::from(GRAINS)
            }

            #[doc = concat!("Reads a decimal number of ", $unit, ".")]
            pub fn parse(text: &str) -> Result<Self, QuantityError> {
                parse_grains(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.decimal().normalize().fmt(f)
            }
        }
    };
}

grains! {
    /// Virtual processors. On x86 one vCPU is a hardware thread, on Graviton a core.
    Vcpu, "vCPU", from_cpu_units, "CPU units of 1/1024 vCPU"
}

grains! {
    /// Memory or storage in GiB (AWS prints GB in its price lists and means GiB).
    Gib, "GiB", from_mib, "MiB"
}

impl Vcpu {
    /// Reads what a task definition writes: `1 vCPU`, `.5 vcpu`, or whole CPU units such as
    /// `1024`; neither case nor space around them matters (ECS API, `RegisterTaskDefinition`).
    pub fn parse_task_definition(text: &str) -> Result<Self, QuantityError> {
        match before_unit(text, "vcpu") {
            Some(number) => Self::parse(number),
            None => Self::from_cpu_units(parse_whole(text)?).ok_or(QuantityError::OutOfRange),
        }
    }
}

impl Gib {
    /// Reads what a task definition writes: `2 GB`, `.5gb` (both GiB), or whole MiB such as
    /// `2048`; neither case nor space around them matters (ECS API, `RegisterTaskDefinition`).
    pub fn parse_task_definition(text: &str) -> Result<Self, QuantityError> {
        match before_unit(text, "gb") {
            Some(number) => Self::parse(number),
            None => Self::from_mib(parse_whole(text)?).ok_or(QuantityError::OutOfRange),
        }
    }
}

/// What stands before a unit's name, without the space around it; `None` without that name.
fn before_unit<'a>(text: &'a str, unit: &str) -> Option<&'a str> {
    let text = text.trim();
    let (number, end) = text.split_at_checked(text.len().checked_sub(unit.len())?)?;
    end.eq_ignore_ascii_case(unit).then(|| number.trim_end())
}

fn parse_whole(text: &str) -> Result<u32, QuantityError> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(QuantityError::NotANumber);
    }
    text.parse().map_err(|_| QuantityError::OutOfRange)
}

fn parse_grains(text: &str) -> Result<u32, QuantityError> {
    let value = exact::read(text).ok_or(QuantityError::NotANumber)?;
    if value.is_sign_negative() && !value.is_zero() {
        return Err(QuantityError::OutOfRange);
    }
    let grains = exact::product(value, Decimal::from(GRAINS)).ok_or(QuantityError::OutOfRange)?;
    if grains > Decimal::from(u32::MAX) {
        return Err(QuantityError::OutOfRange);
    }
    if !grains.is_integer() {
        return Err(QuantityError::TooFine);
    }
    let grains = grains.to_u32().ok_or(QuantityError::OutOfRange)?;
    if grains % GRAINS_PER_1024TH == 0 || grains % (GRAINS / 1000) == 0 {
        Ok(grains)
    } else {
        Err(QuantityError::TooFine)
    }
}

/// GPUs asked for by one task: whole ones, or the fractions of a G6f or Gr6f instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GpuCount(u16);

impl GpuCount {
    /// Eighths of a GPU: whole numbers of GPUs, or 1, 2 or 4 eighths.
    pub const fn from_eighths(eighths: u16) -> Option<Self> {
        if eighths != 0 && (eighths.is_multiple_of(8) || matches!(eighths, 1 | 2 | 4)) {
            Some(Self(eighths))
        } else {
            None
        }
    }

    /// Reads `1`, `4`, `0.125`, `0.25` or `0.5`; `None` for anything else, zero included.
    pub fn parse(text: &str) -> Option<Self> {
        let eighths = exact::product(exact::read(text)?, Decimal::from(8))?;
        eighths
            .is_integer()
            .then(|| eighths.to_u16().and_then(Self::from_eighths))?
    }

    /// In eighths of a GPU.
    pub const fn eighths(self) -> u16 {
        self.0
    }

    /// The number of whole GPUs, or `None` for a fraction.
    pub const fn whole(self) -> Option<u16> {
        if self.0.is_multiple_of(8) {
            Some(self.0 / 8)
        } else {
            None
        }
    }
}

impl fmt::Display for GpuCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (Decimal::from(self.0) / Decimal::from(8))
            .normalize()
            .fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_rounded_down_to_thousandths() {
        let mib = Gib::from_mib(1).unwrap();
        assert_eq!(Gib::whole(2).without(mib), Gib::parse("1.999").ok());
        assert_eq!(Gib::whole(2).without(Gib::whole(2)), None);
        assert_eq!(mib.without(Gib::whole(1)), None);
        assert_eq!(mib.without(Gib::ZERO), None, "less than a thousandth");
    }

    #[test]
    fn cpu_units_and_thousandths_are_both_exact() {
        assert_eq!(Vcpu::parse("0.3").unwrap().grains(), 38_400);
        assert_eq!(Vcpu::from_cpu_units(100).unwrap().to_string(), "0.09765625");
        assert_eq!(
            Vcpu::parse("0.09765625").unwrap(),
            Vcpu::from_cpu_units(100).unwrap()
        );
        assert_eq!(Gib::parse("30").unwrap(), Gib::whole(30));
        assert_eq!(Gib::from_mib(512).unwrap().to_string(), "0.5");
    }

    #[test]
    fn what_is_no_quantity_is_refused_with_the_reason() {
        assert_eq!(Gib::parse("x"), Err(QuantityError::NotANumber));
        assert_eq!(Gib::parse(""), Err(QuantityError::NotANumber));
        assert_eq!(Gib::parse("-1"), Err(QuantityError::OutOfRange));
        assert_eq!(Gib::parse("99999999999"), Err(QuantityError::OutOfRange));
        assert_eq!(Gib::parse("0.0001"), Err(QuantityError::TooFine));
    }

    #[test]
    fn the_sizes_of_task_definitions_are_read_with_and_without_their_unit() {
        for text in ["1024", " 1024 ", "1VCPU", "1vcpu", " 1 vCPU ", "1.0 vCPU"] {
            assert_eq!(
                Vcpu::parse_task_definition(text),
                Ok(Vcpu::whole(1)),
                "{text}"
            );
        }
        for text in ["512", ".5GB", " 0.5 gb"] {
            assert_eq!(
                Gib::parse_task_definition(text),
                Ok(Gib::from_mib(512).unwrap()),
                "{text}"
            );
        }
        for text in ["", "vCPU", "1 GB", "0.5", "-1024", "1 v CPU", "µcpu"] {
            assert_eq!(
                Vcpu::parse_task_definition(text),
                Err(QuantityError::NotANumber),
                "{text}"
            );
        }
        assert_eq!(
            Gib::parse_task_definition("99999999999"),
            Err(QuantityError::OutOfRange)
        );
    }

    #[test]
    fn gpus_are_whole_or_the_fractions_that_ecs_takes() {
        assert_eq!(GpuCount::parse("4").unwrap().whole(), Some(4));
        assert_eq!(GpuCount::parse("0.25").unwrap().eighths(), 2);
        assert_eq!(GpuCount::parse("0.25").unwrap().whole(), None);
        for text in ["0", "0.75", "1.5", "-1", "x", "0.3"] {
            assert_eq!(GpuCount::parse(text), None, "{text}");
        }
    }
}
