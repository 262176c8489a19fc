//! Sorting by insertion: the lists here have some dozens of items, and the standard sort would
//! cost a page that is downloaded more bytes than all that is sorted with it.

use std::cmp::Ordering;

/// The indices `0..len` in the order that `compare` gives; equal ones keep their order.
pub fn indices(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = Vec::with_capacity(len);
    for index in 0..len {
        let place = sorted.partition_point(|&other| compare(other, index) != Ordering::Greater);
        sorted.insert(place, index);
    }
    sorted
}

/// The items in the order of their keys; equal ones keep their order.
pub fn by_key<'a, T, K: Ord>(items: &'a [T], mut key: impl FnMut(&'a T) -> K) -> Vec<&'a T> {
    let order = indices(
        items.len(),
        &mut |a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => key(a).cmp(&key(b)),
            _ => a.cmp(&b),
        },
    );
    order
        .into_iter()
        .filter_map(|index| items.get(index))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_the_order_of_their_keys_and_equal_ones_stay() {
        let words = ["pear", "fig", "apple", "kiwi"];
        assert_eq!(
            by_key(&words, |word| word.len()),
            [&"fig", &"pear", &"kiwi", &"apple"]
        );
        assert_eq!(by_key(&[0_u8; 0], |_| 0), [&0_u8; 0]);
    }
}
