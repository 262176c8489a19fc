//! A linear map between data and pixels, in both directions.

/// Maps a data interval onto a pixel interval.
///
/// The pixel interval may run downwards (`from` greater than `to`), as a vertical axis does.
///
/// ```
/// use berth_figures::Scale;
/// let scale = Scale::new((0.0, 200.0), (300.0, 100.0));
/// assert_eq!(scale.px(50.0), 250.0);
/// assert_eq!(scale.value(250.0), 50.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    domain: (f64, f64),
    range: (f64, f64),
}

impl Scale {
    /// The map that takes `domain` onto `range`. Ends that are not finite count as 0.
    pub fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        let finite = |(from, to): (f64, f64)| (finite_or_zero(from), finite_or_zero(to));
        Self {
            domain: finite(domain),
            range: finite(range),
        }
    }

    /// The data interval.
    pub const fn domain(self) -> (f64, f64) {
        self.domain
    }

    /// The pixel of a value. In a domain of zero length every value is in the middle of the range.
    pub fn px(self, value: f64) -> f64 {
        let (from, to) = self.range;
        from + self.ratio(value) * (to - from)
    }

    /// The value at a pixel. In a range of zero length every pixel is the start of the domain.
    pub fn value(self, px: f64) -> f64 {
        let (low, high) = self.domain;
        let (from, to) = self.range;
        let length = to - from;
        if length.abs() < f64::EPSILON {
            return low;
        }
        low + (px - from) / length * (high - low)
    }

    fn ratio(self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let ratio = (value - low) / (high - low);
        if ratio.is_finite() { ratio } else { 0.5 }
    }
}

fn finite_or_zero(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_domain_of_zero_length_lies_in_the_middle() {
        let scale = Scale::new((7.0, 7.0), (0.0, 100.0));
        assert!((scale.px(7.0) - 50.0).abs() < 1e-9);
        assert!((scale.value(20.0) - 7.0).abs() < 1e-9);
    }

    #[test]
    fn a_range_of_zero_length_gives_the_start() {
        let scale = Scale::new((7.0, 9.0), (5.0, 5.0));
        assert!((scale.px(8.0) - 5.0).abs() < 1e-9);
        assert!((scale.value(5.0) - 7.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_value(
            low in -1e9..1e9f64,
            length in 1e-4..1e9f64,
            share in 0.0..=1.0f64,
            width in 1.0..4000.0f64,
        ) {
            let scale = Scale::new((low, low + length), (40.0, 40.0 + width));
            let value = low + share * length;
            let back = scale.value(scale.px(value));
            prop_assert!((back - value).abs() <= 1e-9 * (length + low.abs()) + 1e-9);
        }
    }
}
