//! Values as a text of answers holds them, before anybody asks what they mean.

use crate::json;

/// A value of JSON or TOML. Days of TOML are texts here.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Null,
    Bool(bool),
    Number(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl From<&str> for Node {
    fn from(text: &str) -> Node {
        Node::Text(text.to_owned())
    }
}

impl Node {
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Node::Text(text) = self { Some(text) } else { None }
    }

    /// The items of a list of texts.
    #[must_use]
    pub fn texts(&self) -> Option<Vec<String>> {
        let Node::List(items) = self else { return None };
        items.iter().map(|item| item.text().map(str::to_owned)).collect()
    }

    /// The value as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::print(self)
    }

    /// Puts a value into nested maps, and whatever is missing on the way.
    pub fn put(&mut self, path: &[&str], value: Node) {
        let Some((first, rest)) = path.split_first() else {
            *self = value;
            return;
        };
        if !matches!(self, Node::Map(_)) {
            *self = Node::Map(Vec::new());
        }
        if let Node::Map(entries) = self {
            let place = entries.iter().position(|(key, _)| key == first).unwrap_or_else(|| {
                entries.push(((*first).to_owned(), Node::Null));
                entries.len() - 1
            });
            entries[place].1.put(rest, value);
        }
    }
}
