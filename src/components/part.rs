//! Combinations of elements that the pages share.

use super::node::{el, many, nothing, with, words};
use yew::{AttrValue, Html};

/// A section under a heading of the second level. The id is the heading's.
pub fn section(
    id: impl Into<AttrValue>,
    class: &'static str,
    title: impl Into<AttrValue>,
    children: Vec<Html>,
) -> Html {
    view_section(id.into(), class, title.into(), children)
}

#[inline(never)]
fn view_section(id: AttrValue, class: &'static str, title: AttrValue, mut children: Vec<Html>) -> Html {
    children.insert(0, place("h2", id.clone(), "", vec![words("span", "", title)]));
    let class = (!class.is_empty()).then_some(AttrValue::Static(class));
    with("section", &["class", "aria-labelledby"], vec![class, Some(id)], children)
}

/// An element that links can point at.
#[inline(never)]
pub fn place(tag: &'static str, id: AttrValue, class: &'static str, children: Vec<Html>) -> Html {
    let class = (!class.is_empty()).then_some(AttrValue::Static(class));
    with(tag, &["class", "id"], vec![class, Some(id)], children)
}

/// What is there on demand.
pub fn details(class: &'static str, summary: impl Into<AttrValue>, children: Vec<Html>) -> Html {
    view_details(class, summary.into(), children)
}

#[inline(never)]
fn view_details(class: &'static str, summary: AttrValue, mut children: Vec<Html>) -> Html {
    children.insert(0, words("summary", "", summary));
    el("details", class, children)
}

/// A name and what stands for it, in a list of such rows.
#[inline(never)]
pub fn fact(name: impl Into<AttrValue>, value: Html) -> Html {
    el("div", "row two", vec![words("dt", "", name), el("dd", "", vec![value])])
}

/// A paragraph of one text.
#[inline(never)]
pub fn line(class: &'static str, text: impl Into<AttrValue>) -> Html {
    words("p", class, text)
}

/// Nothing where there is nothing.
#[inline(never)]
pub fn maybe(node: Option<Html>) -> Html {
    node.unwrap_or_else(nothing)
}

/// A list of texts.
pub fn list<T: Clone + Into<AttrValue>>(class: &'static str, texts: &[T]) -> Html {
    el("ul", class, texts.iter().map(|text| words("li", "", text.clone())).collect())
}

/// Two runs of text with a space between them.
#[inline(never)]
pub fn beside(one: Html, other: Html) -> Html {
    many(vec![one, Html::from(AttrValue::Static(" ")), other])
}

/// A text, and what only a screen reader needs to hear after it.
pub fn with_hush(text: impl Into<AttrValue>, hush: impl Into<AttrValue>) -> Vec<Html> {
    vec![words("span", "", text), words("span", "hush", hush)]
}

/// An id as an anchor on a page: `cell-alberta-first`.
#[inline(never)]
pub fn anchor(kind: &str, id: &str) -> AttrValue {
    AttrValue::from([kind, "-", &id.replace('/', "-")].concat())
}

/// A link's address for a place on the same page.
#[inline(never)]
pub fn here(kind: &str, id: &str) -> AttrValue {
    AttrValue::from(["#", &anchor(kind, id)].concat())
}
