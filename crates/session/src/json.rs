//! JSON as the platform reads and writes it: in a browser the browser's own, which costs the app no byte; elsewhere serde's.

use crate::Node;

/// Nothing of ours is nested deeper, and what is must not use up the stack.
const DEEPEST: usize = 32;

#[cfg(target_arch = "wasm32")]
mod platform {
    use super::DEEPEST;
    use crate::Node;
    use js_sys::wasm_bindgen::{JsCast, JsValue};
    use js_sys::{Array, JSON, Number, Object};

    pub(super) fn parse(text: &str) -> Option<Node> {
        node(&JSON::parse(text).ok()?, DEEPEST)
    }

    pub(super) fn print(node: &Node) -> Option<String> {
        JSON::stringify(&value(node)).ok().map(String::from)
    }

    fn node(value: &JsValue, deep: usize) -> Option<Node> {
        let deep = deep.checked_sub(1)?;
        if let Some(text) = value.as_string() {
            return Some(Node::Text(text));
        }
        if let Some(number) = value.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number that a float holds exactly")]
            return Some(if Number::is_safe_integer(value) {
                Node::Number(number as i64)
            } else {
                Node::Float(number)
            });
        }
        if let Some(value) = value.as_bool() {
            return Some(Node::Bool(value));
        }
        if let Some(items) = value.dyn_ref::<Array>() {
            return items.iter().map(|item| node(&item, deep)).collect::<Option<_>>().map(Node::List);
        }
        let Some(object) = value.dyn_ref::<Object>() else { return Some(Node::Null) };
        let entries = Object::entries(object);
        let pairs = entries.iter().map(|pair| {
            let pair = Array::from(&pair);
            Some((pair.get(0).as_string()?, node(&pair.get(1), deep)?))
        });
        pairs.collect::<Option<_>>().map(Node::Map)
    }

    fn value(node: &Node) -> JsValue {
        match node {
            Node::Null => JsValue::NULL,
            Node::Bool(value) => (*value).into(),
            #[expect(clippy::cast_precision_loss, reason = "no number of ours is that large")]
            Node::Number(number) => (*number as f64).into(),
            Node::Float(number) => (*number).into(),
            Node::Text(text) => text.into(),
            Node::List(items) => items.iter().map(value).collect::<Array>().into(),
            Node::Map(entries) => {
                // Not one after the other: that would make an object's prototype of a `__proto__`.
                let pairs: Array = entries.iter().map(|(key, entry)| Array::of2(&key.into(), &value(entry))).collect();
                Object::from_entries(&pairs).map_or(JsValue::NULL, JsValue::from)
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use super::DEEPEST;
    use crate::Node;

    pub(super) fn parse(text: &str) -> Option<Node> {
        serde_json::from_str(text).ok().filter(|node| is_shallow(node, DEEPEST))
    }

    pub(super) fn print(node: &Node) -> Option<String> {
        serde_json::to_string(node).ok()
    }

    fn is_shallow(node: &Node, deep: usize) -> bool {
        let deep = deep.checked_sub(1);
        deep.is_some_and(|deep| match node {
            Node::List(items) => items.iter().all(|item| is_shallow(item, deep)),
            Node::Map(entries) => entries.iter().all(|(_, value)| is_shallow(value, deep)),
            _ => true,
        })
    }
}

/// Reads a text; `None` when it is no JSON, or nested too deep.
pub(crate) fn parse(text: &str) -> Option<Node> {
    platform::parse(text)
}

/// The text of a value, without a space.
pub(crate) fn print(node: &Node) -> String {
    // A value can always be written, but for a number that is none, which nothing reads.
    platform::print(node).unwrap_or_default()
}
