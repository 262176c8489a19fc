//! Keeps labels apart with the least displacement.

use crate::cast;

/// Moves positions apart to at least `gap`, inside `low..=high`, in the same order.
///
/// `wanted` must rise. The sum of squared displacements is the least possible. Where not all fit,
/// they start at `low` and run over the end: ask [`room`] first.
///
/// ```
/// use berth_figures::declutter::spread;
/// assert_eq!(spread(&[50.0, 50.0, 90.0], 10.0, 0.0, 100.0), [45.0, 55.0, 90.0]);
/// ```
pub fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    // With the gaps taken out, "at least a gap apart" is "not falling": an isotonic regression,
    // solved by pooling neighbours that fall.
    let mut pools: Vec<Pool> = Vec::with_capacity(wanted.len());
    for (index, &position) in wanted.iter().enumerate() {
        let mut pool = Pool {
            sum: position - cast::count(index) * gap,
            count: 1,
        };
        while let Some(previous) = pools.pop_if(|previous| previous.mean() > pool.mean()) {
            pool.sum += previous.sum;
            pool.count += previous.count;
        }
        pools.push(pool);
    }
    let highest = (high - gap * cast::count(wanted.len().saturating_sub(1))).max(low);
    pools
        .iter()
        .flat_map(|pool| std::iter::repeat_n(cast::within(pool.mean(), low, highest), pool.count))
        .enumerate()
        .map(|(index, position)| position + cast::count(index) * gap)
        .collect()
}

/// How many positions fit between `low` and `high` with `gap` between neighbours.
pub fn room(gap: f64, low: f64, high: f64) -> usize {
    if high < low || gap <= 0.0 {
        return 0;
    }
    cast::to_usize((high - low) / gap).saturating_add(1)
}

struct Pool {
    sum: f64,
    count: usize,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / cast::count(self.count.max(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_apart_stays() {
        assert_eq!(spread(&[10.0, 40.0], 16.0, 0.0, 100.0), [10.0, 40.0]);
    }

    #[test]
    fn the_edges_hold() {
        assert_eq!(
            spread(&[0.0, 0.0, 0.0], 10.0, 0.0, 100.0),
            [0.0, 10.0, 20.0]
        );
        assert_eq!(spread(&[100.0, 100.0], 10.0, 0.0, 100.0), [90.0, 100.0]);
        assert_eq!(spread(&[], 10.0, 0.0, 100.0), [0.0; 0]);
    }

    proptest! {
        #[test]
        fn neighbours_keep_their_gap_and_stay_inside(
            mut wanted in prop::collection::vec(0.0..300.0f64, 0..20),
            gap in 1.0..16.0f64,
        ) {
            wanted.sort_by(f64::total_cmp);
            let placed = spread(&wanted, gap, 0.0, 320.0);
            prop_assert_eq!(placed.len(), wanted.len());
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= gap - 1e-9));
            prop_assert!(placed.iter().all(|y| (-1e-9..=320.0 + 1e-9).contains(y)));
            prop_assert!(wanted.len() <= room(gap, 0.0, 320.0));
        }
    }
}
