//! Ticks that people like: money in steps of 1, 2, 2.5 and 5, counts in whole numbers.

use crate::cast;

/// A place on an axis and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands, in data units.
    pub value: f64,
    /// What it says.
    pub label: String,
}

/// One step of an axis: `mantissa_tenths` x 10^(`exponent` - 1).
#[derive(Clone, Copy)]
struct Step {
    mantissa_tenths: u8,
    exponent: i32,
}

/// 1, 2, 2.5 and 5, in tenths.
const MANTISSAS_TENTHS: [u8; 4] = [10, 20, 25, 50];

impl Step {
    fn size(self) -> f64 {
        let tenths = f64::from(self.mantissa_tenths);
        let power = self.exponent - 1;
        // Dividing by a power of ten that is exact keeps 0.1 at 0.1.
        if power < 0 {
            tenths / 10f64.powi(-power)
        } else {
            tenths * 10f64.powi(power)
        }
    }

    /// Decimal places needed to write multiples of this step exactly.
    fn decimals(self) -> i32 {
        if self.mantissa_tenths == 25 {
            1 - self.exponent
        } else {
            -self.exponent
        }
    }

    /// The smallest step, not under `least`, that puts at most `at_most` ticks into the interval.
    fn fitting(low: f64, high: f64, at_most: usize, least: f64, whole: bool) -> Option<Self> {
        let first_exponent =
            cast::to_i32(((high - low) / cast::count(at_most.max(1))).log10().floor()) - 1;
        (first_exponent..first_exponent + 5)
            .flat_map(|exponent| {
                MANTISSAS_TENTHS.map(|mantissa_tenths| Self {
                    mantissa_tenths,
                    exponent,
                })
            })
            .filter(|step| step.size() >= least && !(whole && step.decimals() > 0))
            .find(|step| step.count(low, high) <= cast::count(at_most))
    }

    fn count(self, low: f64, high: f64) -> f64 {
        let (first, last) = self.multiples(low, high);
        last - first + 1.0
    }

    /// The first and the last multiple of the step inside the interval.
    fn multiples(self, low: f64, high: f64) -> (f64, f64) {
        // A hair of tolerance, so that an end that is a multiple counts as inside.
        let hair = 1e-9;
        (
            (low / self.size() - hair).ceil(),
            (high / self.size() + hair).floor(),
        )
    }

    fn values(self, low: f64, high: f64) -> impl Iterator<Item = f64> {
        let (first, last) = self.multiples(low, high);
        (0..cast::to_usize(last - first + 1.0))
            .map(move |index| cast::within((first + cast::count(index)) * self.size(), low, high))
    }
}

/// Ticks for dollars between `low` and `high`, at most `at_most` of them (at least one is allowed).
///
/// Steps are 1, 2, 2.5 or 5 times a power of ten. All labels of one axis use the same unit (none,
/// k, M, B or T) and the same number of decimals, except `$0`. An interval that is empty, reversed
/// or not finite has a single tick at its lower end, or none if that is not finite.
///
/// ```
/// use berth_figures::ticks::money;
/// let labels: Vec<_> = money(0.0, 1_300.0, 5).into_iter().map(|tick| tick.label).collect();
/// assert_eq!(labels, ["$0", "$500", "$1,000"]);
/// ```
pub fn money(low: f64, high: f64, at_most: usize) -> Vec<Tick> {
    if !low.is_finite() || !high.is_finite() {
        return Vec::new();
    }
    let at_most = at_most.max(1);
    let step = (high > low)
        .then(|| Step::fitting(low, high, at_most, 0.0, false))
        .flatten();
    let Some(step) = step else {
        return vec![Tick {
            value: low,
            label: dollars(low, low.abs(), 2),
        }];
    };
    let largest = low.abs().max(high.abs());
    step.values(low, high)
        .map(|value| Tick {
            value,
            label: dollars(value, largest, step.decimals()),
        })
        .collect()
}

/// Ticks for whole numbers between `low` and `high`, at most `at_most` of them (at least one).
///
/// ```
/// use berth_figures::ticks::counts;
/// let labels: Vec<_> = counts(1, 2_000, 5).into_iter().map(|tick| tick.label).collect();
/// assert_eq!(labels, ["500", "1,000", "1,500", "2,000"]);
/// ```
pub fn counts(low: u32, high: u32, at_most: usize) -> Vec<Tick> {
    let (low, high) = (f64::from(low), f64::from(high));
    let tick = |value: f64| Tick {
        value,
        label: grouped(value, 0),
    };
    let step = (high > low)
        .then(|| Step::fitting(low, high, at_most.max(1), 1.0, true))
        .flatten();
    match step {
        Some(step) => step.values(low, high).map(tick).collect(),
        None => vec![tick(low)],
    }
}

/// Ticks for numbers between `low` and `high`, at most `at_most` of them (at least one), each with a
/// unit behind it. An interval that is empty, reversed or not finite is treated as that of [`money`].
///
/// ```
/// use berth_figures::ticks::numbers;
/// let labels: Vec<_> = numbers(0.0, 100.0, 5, " %").into_iter().map(|tick| tick.label).collect();
/// assert_eq!(labels, ["0 %", "25 %", "50 %", "75 %", "100 %"]);
/// ```
pub fn numbers(low: f64, high: f64, at_most: usize, unit: &str) -> Vec<Tick> {
    if !low.is_finite() || !high.is_finite() {
        return Vec::new();
    }
    let step = (high > low)
        .then(|| Step::fitting(low, high, at_most.max(1), 0.0, false))
        .flatten();
    let tick = |value: f64, decimals: i32| {
        let number = grouped(value.abs(), cast::places(decimals));
        let is_negative = value < 0.0 && number.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        let sign = if is_negative { "\u{2212}" } else { "" };
        Tick {
            value,
            label: [sign, &number, unit].concat(),
        }
    };
    match step {
        Some(step) => step
            .values(low, high)
            .map(|value| tick(value, step.decimals()))
            .collect(),
        None => vec![tick(low, 2)],
    }
}

/// Ticks for months from `low` to `high`, at most `at_most` of them (at least one): every month, or
/// every third, or half years, years and so on.
///
/// ```
/// use berth_figures::ticks::months;
/// let labels: Vec<_> = months(0, 36, 8).into_iter().map(|tick| tick.label).collect();
/// assert_eq!(labels, ["0", "6", "12", "18", "24", "30", "36"]);
/// ```
pub fn months(low: u32, high: u32, at_most: usize) -> Vec<Tick> {
    const STEPS: [u32; 9] = [1, 3, 6, 12, 24, 60, 120, 600, 1200];
    let count = |step: u32| {
        (high / step)
            .saturating_add(1)
            .saturating_sub(low.div_ceil(step))
    };
    let fits =
        |step: &u32| usize::try_from(count(*step)).is_ok_and(|count| count <= at_most.max(1));
    let step = STEPS.into_iter().find(fits).filter(|&step| count(step) > 0);
    let tick = |month: u32| Tick {
        value: f64::from(month),
        label: grouped(f64::from(month), 0),
    };
    match step {
        Some(step) => (low.div_ceil(step)..=high / step)
            .map(|index| tick(index * step))
            .collect(),
        None => vec![tick(low)],
    }
}

/// Writes an amount in the unit that suits the largest amount on the axis.
fn dollars(value: f64, largest: f64, decimals: i32) -> String {
    const UNITS: [(f64, i32, &str); 5] = [
        (1e13, 12, "T"),
        (1e10, 9, "B"),
        (1e7, 6, "M"),
        (1e4, 3, "k"),
        (0.0, 0, ""),
    ];
    if value.abs() < f64::MIN_POSITIVE {
        return "$0".to_owned();
    }
    let (power, suffix) = UNITS
        .into_iter()
        .find(|&(from, ..)| largest >= from)
        .map_or((0, ""), |(_, power, suffix)| (power, suffix));
    let places = (decimals + power).max(0);
    // Cents are written in full.
    let places = if places == 1 && suffix.is_empty() {
        2
    } else {
        places
    };
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let number = grouped(value.abs() / 10f64.powi(power), cast::places(places));
    format!("{sign}${number}{suffix}")
}

/// Writes a number that is not negative with commas between thousands.
///
/// By way of a whole number: writing floats in general is six kilobytes that a page downloads for nothing else.
fn grouped(value: f64, places: usize) -> String {
    let digits = cast::to_u64((value * 10f64.powi(cast::to_i32(cast::count(places)))).round());
    let digits = format!("{digits:0>width$}", width = places + 1);
    let cut = digits.len().saturating_sub(places);
    let (whole, fraction) = digits.split_at_checked(cut).unwrap_or((&digits, ""));
    let mut text = String::with_capacity(digits.len() + whole.len() / 3 + 1);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn money_is_written_as_people_write_it() {
        assert_eq!(labels(&money(0.0, 160.0, 5)), ["$0", "$50", "$100", "$150"]);
        assert_eq!(
            labels(&money(0.0, 4_900.0, 6)),
            ["$0", "$1,000", "$2,000", "$3,000", "$4,000"]
        );
        assert_eq!(
            labels(&money(0.0, 10_000.0, 5)),
            ["$0", "$2.5k", "$5.0k", "$7.5k", "$10.0k"]
        );
        assert_eq!(
            labels(&money(0.0, 60_000.0, 4)),
            ["$0", "$20k", "$40k", "$60k"]
        );
        assert_eq!(labels(&money(0.0, 1.0, 3)), ["$0", "$0.50", "$1.00"]);
        assert_eq!(labels(&money(0.0, 2e9, 3)), ["$0", "$1,000M", "$2,000M"]);
        assert_eq!(labels(&money(0.0, 1e-4, 3)), ["$0", "$0.00005", "$0.00010"]);
    }

    #[test]
    fn an_empty_interval_has_one_tick() {
        assert_eq!(labels(&money(0.0, 0.0, 5)), ["$0"]);
        assert_eq!(labels(&counts(12, 12, 5)), ["12"]);
        assert_eq!(labels(&counts(12, 1, 5)), ["12"]);
        assert!(money(f64::NAN, 1.0, 5).is_empty());
    }

    #[test]
    fn counts_step_by_whole_numbers() {
        assert_eq!(labels(&counts(1, 4, 10)), ["1", "2", "3", "4"]);
        assert_eq!(labels(&counts(0, 100, 5)), ["0", "25", "50", "75", "100"]);
        assert_eq!(labels(&counts(1, 10, 6)), ["2", "4", "6", "8", "10"]);
    }

    #[test]
    fn numbers_have_their_unit_and_sign() {
        assert_eq!(
            labels(&numbers(-1.0, 1.0, 3, " h")),
            ["\u{2212}1 h", "0 h", "1 h"]
        );
        assert_eq!(labels(&numbers(0.0, 0.25, 3, "")), ["0.0", "0.1", "0.2"]);
        assert_eq!(labels(&numbers(7.5, 7.5, 3, " h")), ["7.50 h"]);
        assert!(numbers(f64::NAN, 1.0, 3, "").is_empty());
    }

    #[test]
    fn months_step_by_parts_of_years() {
        assert_eq!(labels(&months(0, 36, 4)), ["0", "12", "24", "36"]);
        assert_eq!(labels(&months(0, 4, 12)), ["0", "1", "2", "3", "4"]);
        assert_eq!(labels(&months(7, 7, 4)), ["7"]);
        assert_eq!(labels(&months(9, 2, 4)), ["9"]);
        assert_eq!(labels(&months(1, u32::MAX, 4)), ["1"]);
    }

    fn is_nice(step: f64) -> bool {
        let scaled = step / 10f64.powf((step * (1.0 + 1e-9)).log10().floor());
        [1.0, 2.0, 2.5, 5.0]
            .iter()
            .any(|nice| (scaled - nice).abs() < 1e-6)
    }

    proptest! {
        #[test]
        fn money_ticks_are_few_rising_nice_and_inside(
            low in prop_oneof![Just(0.0), -1e6..1e6f64],
            magnitude in -4.0..10.0f64,
            at_most in 1..12usize,
        ) {
            let high = low + 10f64.powf(magnitude);
            let ticks = money(low, high, at_most);
            prop_assert!(ticks.len() <= at_most);
            prop_assert!(ticks.iter().all(|tick| (low..=high).contains(&tick.value)));
            for pair in ticks.windows(2) {
                let step = pair[1].value - pair[0].value;
                prop_assert!(step > 0.0);
                prop_assert!(pair[0].label != pair[1].label);
                if low == 0.0 { prop_assert!(is_nice(step), "{step}"); }
            }
            if at_most >= 4 { prop_assert!(ticks.len() >= 2, "{ticks:?}"); }
        }

        #[test]
        fn count_ticks_are_few_rising_whole_and_inside(
            low in 0..100_000u32,
            length in 1..1_000_000u32,
            at_most in 1..12usize,
        ) {
            let ticks = counts(low, low + length, at_most);
            prop_assert!(ticks.len() <= at_most);
            for tick in &ticks {
                prop_assert!((f64::from(low)..=f64::from(low + length)).contains(&tick.value));
                prop_assert!(tick.value.fract() == 0.0);
            }
            prop_assert!(ticks.windows(2).all(|pair| pair[0].value < pair[1].value));
        }
    }
}
