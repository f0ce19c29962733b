//! Values from and to whatever format serde knows: the command reads answers as TOML and as JSON.

use crate::Node;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// The name under which `toml` hands on its days: <https://docs.rs/toml_datetime>.
const TOML_DAY: &str = "$__toml_private_datetime";

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Number(value) => serializer.serialize_i64(*value),
            Node::Float(value) => serializer.serialize_f64(*value),
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => items.serialize(serializer),
            Node::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Node, D::Error> {
        source.deserialize_any(Any)
    }
}

/// The largest whole number of which a browser is sure.
const MOST_WHOLE: u64 = (1 << 53) - 1;

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    // Numbers as a browser reads them: whole as far as a float holds each of them.

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        #[expect(clippy::cast_precision_loss, reason = "so does a browser")]
        Ok(if value.unsigned_abs() <= MOST_WHOLE { Node::Number(value) } else { Node::Float(value as f64) })
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        #[expect(clippy::cast_precision_loss, reason = "so does a browser")]
        i64::try_from(value).map_or(Ok(Node::Float(value as f64)), |value| self.visit_i64(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
        let whole = (value.fract() == 0.0).then_some(value as i64);
        Ok(whole.filter(|whole| whole.unsigned_abs() <= MOST_WHOLE).map_or(Node::Float(value), Node::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        // Of two values under one name the later counts, as in a browser.
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut map: Vec<(String, Node)> = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Node>()? {
            match places.insert(key.clone(), map.len()) {
                Some(place) => {
                    map[place].1 = value;
                    places.insert(key, place);
                }
                None => map.push((key, value)),
            }
        }
        match map.as_slice() {
            [(key, Node::Text(day))] if key == TOML_DAY => Ok(Node::Text(day.clone())),
            _ => Ok(Node::Map(map)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_where_a_browser_is_sure_of_it() {
        let rows = [
            ("3", Node::Number(3)),
            ("3.0", Node::Number(3)),
            ("-0.0", Node::Number(0)),
            ("2.5", Node::Float(2.5)),
            ("9007199254740991", Node::Number(9_007_199_254_740_991)),
            ("9007199254740992", Node::Float(9_007_199_254_740_992.0)),
            ("-9007199254740992", Node::Float(-9_007_199_254_740_992.0)),
            ("18446744073709551615", Node::Float(18_446_744_073_709_551_615.0)),
            ("1e300", Node::Float(1e300)),
        ];
        for (written, node) in rows {
            assert_eq!(serde_json::from_str::<Node>(written).ok(), Some(node), "{written}");
        }
    }
}
