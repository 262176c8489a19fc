//! Numbers that people like, around a present one.

use rust_decimal::Decimal;

use crate::exact;

/// How many times as much, and as little, as the present value an axis reaches where its input
/// spans more than [`FEW_STEPS`].
const REACH: u32 = 8;

/// Steps of an input up to which an axis shows its whole range, evenly.
const FEW_STEPS: u32 = 200;

/// Values of an even axis at the most: one less than of any, since the present one may come on top.
const MOST_EVEN: u32 = 63;

/// Within a power of ten: tenths of the first, fifths of the second, halves of the fifth.
const TENS: [(u32, u32, u32); 3] = [(10, 20, 1), (20, 50, 2), (50, 100, 5)];

/// Values of an input with these limits and this step: its whole range where that is short,
/// otherwise two digits of decimal numbers around the present one.
pub(super) fn of_ten(present: Decimal, limits: (Decimal, Decimal), step: Decimal) -> Vec<Decimal> {
    if let Some(values) = even(limits, step) {
        return values;
    }
    let (low, high) = around(present, limits, step);
    let mut values = zero(limits);
    let mut unit = step;
    while unit > Decimal::ZERO && unit > low {
        unit *= Decimal::new(1, 1);
    }
    // From a power of ten that is no more than the least on, ten times as much each round.
    while unit <= high {
        for (from, to, by) in TENS {
            for tenths in (from..to).step_by(by as usize) {
                let value = unit * Decimal::new(tenths.into(), 1);
                if value >= low && value <= high {
                    values.push(value);
                }
            }
        }
        let Some(next) = exact::product(unit, Decimal::TEN) else {
            break;
        };
        unit = next;
    }
    values
}

/// The same in eighths between powers of two, for what is bought in them.
pub(super) fn of_two(present: Decimal, limits: (Decimal, Decimal), step: Decimal) -> Vec<Decimal> {
    let (low, high) = around(present, limits, step);
    let mut values = zero(limits);
    let mut unit = Decimal::ONE;
    while unit > low {
        unit *= Decimal::new(5, 1);
    }
    while unit <= high {
        for eighths in 8..16 {
            let value = unit * Decimal::new(eighths, 0) * Decimal::new(125, 3);
            if value >= low && value <= high {
                values.push(value);
            }
        }
        unit *= Decimal::TWO;
    }
    values
}

/// All of a short range: every step, or every second, fifth, tenth of them.
fn even((min, max): (Decimal, Decimal), step: Decimal) -> Option<Vec<Decimal>> {
    let steps = exact::difference(max, min).checked_div(step)?;
    if steps > FEW_STEPS.into() {
        return None;
    }
    let by = [1, 2, 5, 10]
        .into_iter()
        .map(|times| step * Decimal::from(times))
        .find(|by| {
            let count = exact::difference(max, min).checked_div(*by);
            count.is_some_and(|count| count < MOST_EVEN.into())
        })?;
    let mut values = Vec::new();
    // Multiples, so that they are numbers that people like, and the least of all.
    let mut value = (min.checked_div(by)?.ceil()) * by;
    if value > min {
        values.push(min);
    }
    while value <= max {
        values.push(value);
        value = exact::sum(value, by);
    }
    Some(values)
}

/// How far an axis reaches on either side.
fn around(present: Decimal, (min, max): (Decimal, Decimal), step: Decimal) -> (Decimal, Decimal) {
    let reach = Decimal::from(REACH);
    if present.is_zero() {
        // Nothing yet: from one step on.
        let high = step * reach * reach;
        return (step.max(min), high.min(max));
    }
    let low = present.checked_div(reach).unwrap_or(present);
    // A few steps are shown from the first on.
    let few = step * reach * reach;
    let low = if present <= few && step <= low {
        step
    } else {
        low
    };
    let high = exact::product(present, reach).unwrap_or(max);
    (low.max(min), high.min(max))
}

/// Zero, where the input takes it.
fn zero((min, _): (Decimal, Decimal)) -> Vec<Decimal> {
    if min.is_zero() { vec![min] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        exact::read(text).unwrap()
    }

    fn texts(values: &[Decimal]) -> Vec<String> {
        values
            .iter()
            .map(|value| value.normalize().to_string())
            .collect()
    }

    #[test]
    fn a_short_range_is_shown_whole() {
        let even = |min, max, step| {
            let limits = (number(min), number(max));
            let values = of_ten(number(min), limits, number(step));
            (values.len(), texts(&values))
        };
        assert_eq!(
            even("1", "6", "1"),
            (6, texts(&[1, 2, 3, 4, 5, 6].map(Decimal::from)))
        );
        let (count, percents) = even("0", "100", "1");
        assert_eq!(
            (count, percents[1].as_str(), percents[50].as_str()),
            (51, "2", "100")
        );
        let (_, targets) = even("1", "100", "1");
        assert_eq!(targets[..3], ["1", "2", "4"]);
        let (_, factors) = even("0.1", "10", "0.05");
        assert_eq!(factors[..3], ["0.1", "0.25", "0.5"]);
    }

    #[test]
    fn a_long_range_goes_by_numbers_of_two_digits() {
        let limits = (number("1"), number("100000"));
        let values = texts(&of_ten(number("12"), limits, number("1")));
        assert_eq!(values[..3], ["1", "1.1", "1.2"]);
        assert_eq!(values.last().unwrap(), "95");
        let values = texts(&of_ten(number("1000"), limits, number("1")));
        assert_eq!(values[..3], ["130", "140", "150"]);
        assert_eq!(values.last().unwrap(), "8000");
        let values = texts(&of_ten(number("90000"), limits, number("1")));
        assert_eq!(values.last().unwrap(), "100000");
        let limits = (number("0"), number("10000000"));
        let values = texts(&of_ten(number("0"), limits, number("10")));
        assert_eq!(values[..3], ["0", "10", "11"]);
        assert_eq!(values.last().unwrap(), "600");
    }

    #[test]
    fn what_comes_in_powers_of_two_goes_by_their_eighths() {
        let limits = (number("0.01"), number("192"));
        let values = texts(&of_two(number("0.5"), limits, number("0.25")));
        assert_eq!(values[..2], ["0.0625", "0.0703125"]);
        assert_eq!(values.last().unwrap(), "4");
        assert_eq!(values.len(), 49);
        assert_eq!(
            of_two(number("192"), limits, number("0.25")).last(),
            Some(&number("192"))
        );
    }
}
