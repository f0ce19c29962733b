//! A small ordered map, with what a session needs of `BTreeMap`'s interface.
//!
//! A session holds a few dozen entries, for which a sorted list is as quick as a tree. The standard library's map is
//! compiled anew for each of the five types that a session keeps: with it the app was 7.6 kB larger after compression.

use std::ops::Index;
use std::slice::Iter;

#[derive(Clone, Debug, PartialEq)]
pub struct Map<V>(Vec<(String, V)>);

type Entry<'a, V> = (&'a String, &'a V);

impl<V> Map<V> {
    #[must_use]
    pub fn new() -> Map<V> {
        Map(Vec::new())
    }

    pub fn get(&self, key: &str) -> Option<&V> {
        Some(&self.0[self.place(key).ok()?].1)
    }

    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Returns what stood there before.
    pub fn insert(&mut self, key: String, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.0[place].1, value)),
            Err(place) => {
                self.0.insert(place, (key, value));
                None
            }
        }
    }

    pub fn remove(&mut self, key: &str) -> Option<V> {
        let place = self.place(key).ok()?;
        Some(self.0.remove(place).1)
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&String, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = Entry<'_, V>> {
        self.into_iter()
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.iter().map(|(key, _)| key)
    }

    /// Where a key stands, or would stand.
    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(key))
    }
}

impl<V> Default for Map<V> {
    fn default() -> Map<V> {
        Map::new()
    }
}

impl<V> Index<&str> for Map<V> {
    type Output = V;

    fn index(&self, key: &str) -> &V {
        self.get(key).expect("the map has the key")
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = Entry<'a, V>;
    type IntoIter = std::iter::Map<Iter<'a, (String, V)>, fn(&'a (String, V)) -> Entry<'a, V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<V> FromIterator<(String, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(entries: I) -> Map<V> {
        let mut map = Map::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stay_in_order_and_the_last_value_counts() {
        let mut map: Map<u8> =
            [("b", 1), ("c", 2), ("a", 3), ("b", 4)].map(|(k, v)| (k.to_owned(), v)).into_iter().collect();
        let entries: Vec<_> = map.iter().map(|(key, value)| (&**key, *value)).collect();
        assert_eq!(entries, [("a", 3), ("b", 4), ("c", 2)]);
        assert_eq!((map.remove("b"), map.remove("x")), (Some(4), None));
        assert_eq!((map.get("b"), map["c"], map.len()), (None, 2, 2));
        map.retain(|_, value| *value > 2);
        assert_eq!(map.keys().collect::<Vec<_>>(), ["a"]);
    }
}
