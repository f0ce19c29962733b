//! Sorting in few bytes.
//!
//! The standard library's sort is compiled anew for every type and order, some 4 kB each, and whoever opens the page
//! loads them all. Lists are short here, and most are nearly in order: each item moves up to its place.

use std::cmp::Ordering;

/// Puts items into the order of their keys. Those with the same key stay in the order in which they were.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// The same with a comparison in place of keys.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for new in 1..items.len() {
        let mut place = new;
        while place > 0 && compare(&items[place - 1], &items[place]).is_gt() {
            items.swap(place - 1, place);
            place -= 1;
        }
    }
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
