//! Sorting by insertion: the lists here have some hundreds of items at most, and the standard sort
//! would cost a page that is downloaded more bytes than all that is sorted with it.

use std::cmp::Ordering;

/// The items in the order that `compare` gives; equal ones keep their order.
pub(crate) fn sorted<T: Copy>(items: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let place = sorted.partition_point(|other| compare(other, item) != Ordering::Greater);
        sorted.insert(place, *item);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        let sorted = sorted(&items, |a, b| a.0.cmp(&b.0));
        assert_eq!(sorted, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
