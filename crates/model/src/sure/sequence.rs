//! Points that fill a cube of four dimensions evenly, the same ones each time.
//!
//! A Sobol sequence with the direction numbers of S. Joe and F. Y. Kuo ("Constructing Sobol
//! sequences with better two-dimensional projections", 2008; `new-joe-kuo-6.21201`), in whole
//! numbers, so that every machine gets the same.

use crate::scenario::PercentRange;

/// How many dimensions a point has.
pub(super) const DIMENSIONS: usize = 4;

/// Bits of a number that count: more points than this there are none.
const BITS: usize = 32;

/// A dimension's primitive polynomial, as its degree and the bits of its middle coefficients, and
/// as many first direction numbers.
struct Direction {
    degree: usize,
    coefficients: u32,
    first: [u32; 3],
}

/// The first dimension counts in binary, mirrored at the point; these are the others.
const DIRECTIONS: [Direction; DIMENSIONS - 1] = [
    Direction {
        degree: 1,
        coefficients: 0,
        first: [1, 0, 0],
    },
    Direction {
        degree: 2,
        coefficients: 1,
        first: [1, 3, 0],
    },
    Direction {
        degree: 3,
        coefficients: 1,
        first: [1, 3, 1],
    },
];

/// A point: of each dimension a part of 2^64.
pub(super) type Point = [u64; DIMENSIONS];

/// What each bit of a point's number contributes to each dimension, in 2^32.
#[derive(Clone, Debug)]
pub(super) struct Sequence([[u32; BITS]; DIMENSIONS]);

impl Sequence {
    /// The sequence.
    pub(super) fn new() -> Self {
        let mut bits = [[0; BITS]; DIMENSIONS];
        let [first, others @ ..] = &mut bits;
        for (place, bit) in first.iter_mut().enumerate() {
            *bit = 1 << (BITS - 1 - place);
        }
        for (of, direction) in others.iter_mut().zip(&DIRECTIONS) {
            let Direction {
                degree,
                coefficients,
                first,
            } = direction;
            for place in 0..BITS {
                let back = |of: &[u32; BITS], by: usize| {
                    let known = place.checked_sub(by).and_then(|place| of.get(place));
                    known.copied().unwrap_or(0)
                };
                let bit = if place < *degree {
                    first.get(place).copied().unwrap_or(0) << (BITS - 1 - place)
                } else {
                    let before = back(of, *degree);
                    (1..*degree).fold(before ^ (before >> degree), |bit, by| {
                        let counts = (coefficients >> (degree - 1 - by)) & 1 == 1;
                        if counts { bit ^ back(of, by) } else { bit }
                    })
                };
                if let Some(known) = of.get_mut(place) {
                    *known = bit;
                }
            }
        }
        Self(bits)
    }

    /// The point of a number. That of 0 lies in the corner; the others are counted from 1.
    pub(super) fn point(&self, number: u32) -> Point {
        self.0.each_ref().map(|of| {
            let bits = of.iter().enumerate();
            let counting = bits.filter(|(place, _)| (number >> place) & 1 == 1);
            let sum = counting.fold(0, |sum, (_, bit)| sum ^ bit);
            // In the middle of what 32 bits tell apart.
            (u64::from(sum) << 32) | (1 << 31)
        })
    }
}

/// A value of a range, in hundredths of a percent. Where the range holds the point itself, half of
/// all values lie on either side of it; otherwise they are spread evenly.
pub(super) fn value(range: PercentRange, part: u64) -> u32 {
    let (low, high) = (u32::from(range.low()) * 100, u32::from(range.high()) * 100);
    let between = |low: u32, high: u32, part: u64| {
        let width = u128::from(high - low);
        #[expect(clippy::cast_possible_truncation, reason = "no more than the width")]
        let along = ((width * u128::from(part)) >> 64) as u32;
        low + along
    };
    if low > AS_IT_IS || high < AS_IT_IS {
        between(low, high, part)
    } else if part < 1 << 63 {
        between(low, AS_IT_IS, part << 1)
    } else {
        between(AS_IT_IS, high, part << 1)
    }
}

/// A figure as it is, in hundredths of a percent.
pub(super) const AS_IT_IS: u32 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_those_of_the_direction_numbers() {
        // The first three dimensions as Joe and Kuo print them, the fourth by hand from its
        // direction numbers of 1/2, 3/4 and 1/8; in eighths, in another order (theirs is by Gray
        // code, which takes the same points).
        let sequence = Sequence::new();
        let eighths = |number| sequence.point(number).map(|part| part >> 61);
        let mut points: Vec<[u64; 4]> = (0..8).map(eighths).collect();
        points.sort_unstable();
        assert_eq!(
            points,
            [
                [0, 0, 0, 0],
                [1, 5, 3, 1],
                [2, 6, 6, 6],
                [3, 3, 5, 7],
                [4, 4, 4, 4],
                [5, 1, 7, 5],
                [6, 2, 2, 2],
                [7, 7, 1, 3],
            ]
        );
    }

    #[test]
    fn points_fill_every_part_of_every_dimension_alike() {
        let sequence = Sequence::new();
        for dimension in 0..DIMENSIONS {
            let mut counts = [0_u32; 20];
            for number in 1..=2_000 {
                let part = u128::from(sequence.point(number)[dimension]);
                counts[usize::try_from((part * 20) >> 64).unwrap()] += 1;
            }
            assert!(
                counts.iter().all(|count| (97..=103).contains(count)),
                "{dimension}: {counts:?}"
            );
        }
    }

    #[test]
    fn two_dimensions_together_are_filled_alike_too() {
        let sequence = Sequence::new();
        for (one, other) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            let mut counts = [0_u32; 16];
            for number in 1..=2_000 {
                let point = sequence.point(number);
                let quarter = |dimension: usize| usize::try_from(point[dimension] >> 62).unwrap();
                counts[quarter(one) * 4 + quarter(other)] += 1;
            }
            // 125 each: chance alone would leave some 30 away.
            assert!(
                counts.iter().all(|count| (120..=130).contains(count)),
                "{one}, {other}: {counts:?}"
            );
        }
    }

    #[test]
    fn half_of_the_values_lie_below_the_point_and_none_beyond_the_ends() {
        let range = PercentRange::new(80, 150).unwrap();
        assert_eq!(value(range, 0), 8_000);
        assert_eq!(value(range, (1 << 63) - 1), 9_999);
        assert_eq!(value(range, 1 << 63), 10_000);
        assert_eq!(value(range, u64::MAX), 14_999);
        assert_eq!(value(range, 3 << 62), 12_500);
        let above = PercentRange::new(110, 120).unwrap();
        assert_eq!(value(above, 1 << 63), 11_500);
        for part in [0, 1 << 63, u64::MAX] {
            assert_eq!(value(PercentRange::POINT, part), AS_IT_IS);
            assert_eq!(value(PercentRange::new(120, 120).unwrap(), part), 12_000);
        }
    }
}
