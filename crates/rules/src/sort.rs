//! Sorting many kinds of things by one compiled sort.
//!
//! The standard library's sort is compiled anew for every type and order, some 4 kB each, and whoever opens the page
//! loads them all. Here places are sorted, which is compiled once, and each is put where a binary search finds its place:
//! lists are short, and most are nearly in order.

use std::cmp::Ordering;
use std::mem;

/// Puts items into the order of their keys. Those with the same key stay in the order in which they were.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// The same with a comparison in place of keys.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let order = order(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut taken: Vec<Option<T>> = mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| taken[place].take()));
}

/// Each of a few items once, in their order. The standard library's sort in its place costs whoever opens the page 1.8 kB.
pub fn each_once<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut sorted = Vec::new();
    for item in items {
        if let Err(place) = sorted.binary_search(&item) {
            sorted.insert(place, item);
        }
    }
    sorted
}

#[inline(never)]
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places = Vec::with_capacity(len);
    for new in 0..len {
        let at = places.partition_point(|place| compare(*place, new).is_le());
        places.insert(at, new);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_come_again_are_left_out() {
        assert_eq!(each_once([3, 1, 2, 3, 1]), [1, 2, 3]);
    }

    #[test]
    fn equal_items_stay_in_their_order() {
        let mut items = vec!["cc", "b", "a", "aa", ""];
        sort_by_key(&mut items, |item| item.len());
        assert_eq!(items, ["", "b", "a", "cc", "aa"]);
        sort_by(&mut items, |one, other| other.cmp(one));
        assert_eq!(items, ["cc", "b", "aa", "a", ""]);
        let mut none: Vec<u8> = Vec::new();
        sort_by_key(&mut none, |item| *item);
        assert_eq!(none, [0; 0]);
    }
}
