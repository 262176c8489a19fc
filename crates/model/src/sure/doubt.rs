//! Which of the inputs the uncertainty comes from.
//!
//! The share of an input is the first-order share of variance: how far the mean margin moves with
//! it alone, of how far the margin moves at all. Cases are put into bins by where they lie in the
//! input's range, and the variance between the means of the bins is held against that of all
//! cases (correlation ratio). What inputs do only together is in no share.

/// Bins of an input's range, each as likely as the others.
pub const BINS: usize = 20;

/// What is known of the cases of one bin.
#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    cases: i128,
    sum: i128,
}

/// The share of one input, in thousandths of the variance of the margins, which come with the
/// part of 2^64 at which their case lies in the input's range. Nothing where margins do not vary.
pub(super) fn share(cases: impl Iterator<Item = (u64, i128)>) -> Option<u16> {
    let mut bins = [Bin::default(); BINS];
    let (mut count, mut sum, mut squares) = (0_i128, 0_i128, 0_i128);
    for (part, margin) in cases {
        let bin = usize::try_from((u128::from(part) * BINS as u128) >> 64).unwrap_or(0);
        if let Some(bin) = bins.get_mut(bin) {
            bin.cases += 1;
            bin.sum = bin.sum.saturating_add(margin);
        }
        count += 1;
        sum = sum.saturating_add(margin);
        squares = squares.saturating_add(margin.saturating_mul(margin));
    }
    // Sums of squares about the mean: of all cases, and of the means of the bins.
    let of_mean = |cases: i128, sum: i128| sum.saturating_mul(sum).checked_div(cases);
    let mean = of_mean(count, sum)?;
    let all = squares.saturating_sub(mean);
    let between = bins.iter().filter_map(|bin| of_mean(bin.cases, bin.sum));
    let between = between
        .fold(0_i128, i128::saturating_add)
        .saturating_sub(mean);
    if all <= 0 {
        return None;
    }
    let thousandths = if let Some(scaled) = between.checked_mul(1_000) {
        scaled / all
    } else {
        between.checked_div(all / 1_000)?
    };
    u16::try_from(thousandths.clamp(0, 1_000)).ok()
}

#[cfg(test)]
mod tests {
    use super::super::sequence::Sequence;
    use super::*;

    fn shares(margin: impl Fn([i128; 4]) -> i128) -> [Option<u16>; 4] {
        let sequence = Sequence::new();
        [0, 1, 2, 3].map(|dimension| {
            share((1..=2_000).map(|number| {
                let point = sequence.point(number);
                let parts = point.map(|part| i128::from(part >> 44));
                (point[dimension], margin(parts))
            }))
        })
    }

    #[test]
    fn a_margin_that_follows_one_input_is_all_of_its_making() {
        let [a, b, c, d] = shares(|[a, ..]| 5 * a).map(Option::unwrap);
        assert!(a > 990, "{a}");
        assert!(b.max(c).max(d) < 20, "{b} {c} {d}");
    }

    #[test]
    fn two_inputs_share_by_their_variances() {
        // Variances of 1 and 2^2: a fifth and four fifths.
        let [a, b, ..] = shares(|[a, b, ..]| a + 2 * b).map(Option::unwrap);
        assert!((190..=215).contains(&a), "{a}");
        assert!((785..=810).contains(&b), "{b}");
    }

    #[test]
    fn nothing_comes_of_margins_that_stay_and_large_ones_do_not_overflow() {
        assert_eq!(shares(|_| 7), [None; 4]);
        assert_eq!(share(std::iter::empty()), None);
        let [a, ..] = shares(|[a, ..]| a << 36).map(Option::unwrap);
        assert!(a > 990, "{a}");
    }
}
