//! Elements by function calls.
//!
//! `html!` writes every element out where it stands, some 250 bytes each, and the pages are most of what the browser
//! loads. These functions build the same nodes in a quarter of that. Elements with listeners or form fields are few, and
//! stay with `html!`.

use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listeners, VTag};
use yew::{AttrValue, Html, NodeRef, html};

/// An element.
#[inline(never)]
pub fn el(tag: &'static str, class: &'static str, children: Vec<Html>) -> Html {
    build(tag, None, classes(class), many(children))
}

/// An element that is told apart from its neighbors by a key.
#[inline(never)]
pub fn keyed(key: &str, tag: &'static str, class: &'static str, children: Vec<Html>) -> Html {
    build(tag, Some(Key::from(key)), classes(class), many(children))
}

/// An element with other attributes than a class: their names, and a value for each.
#[inline(never)]
pub fn with(
    tag: &'static str,
    names: &'static [&'static str],
    values: Vec<Option<AttrValue>>,
    children: Vec<Html>,
) -> Html {
    let values = values.into_iter().map(|value| value.map(AttributeOrProperty::Attribute)).collect();
    build(tag, None, Attributes::Dynamic { keys: names, values }, many(children))
}

/// An element with nothing but a text. The text is its key: when it changes the whole element does, and with it
/// whatever a page translator has put inside.
pub fn words(tag: &'static str, class: &'static str, text: impl Into<AttrValue>) -> Html {
    view_words(tag, class, text.into())
}

#[inline(never)]
fn view_words(tag: &'static str, class: &'static str, text: AttrValue) -> Html {
    build(tag, Some(Key::from(&*text)), classes(class), Html::from(text))
}

/// A page's heading. It takes the focus when the page is shown.
#[inline(never)]
pub fn heading(text: impl Into<AttrValue>) -> Html {
    let text = text.into();
    let tabindex = AttributeOrProperty::Static("-1");
    let attributes = Attributes::Dynamic { keys: &["tabindex"], values: Box::new([Some(tabindex)]) };
    build("h1", Some(Key::from(&*text)), attributes, Html::from(text))
}

/// A link to another page or place.
pub fn link(class: &'static str, href: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Html {
    view_link(class, href.into(), vec![text.into().into()])
}

#[inline(never)]
pub fn view_link(class: &'static str, href: AttrValue, children: Vec<Html>) -> Html {
    with("a", &["class", "href"], vec![(!class.is_empty()).then_some(AttrValue::Static(class)), Some(href)], children)
}

/// Nothing, in a place of its own.
#[inline(never)]
pub fn nothing() -> Html {
    html! {}
}

/// Nodes one after the other, as one.
#[inline(never)]
pub fn many(nodes: Vec<Html>) -> Html {
    nodes.into_iter().collect()
}

fn classes(class: &'static str) -> Attributes {
    if class.is_empty() {
        return Attributes::Static(&[]);
    }
    let class = AttributeOrProperty::Attribute(AttrValue::Static(class));
    Attributes::Dynamic { keys: &["class"], values: Box::new([Some(class)]) }
}

#[inline(never)]
fn build(tag: &'static str, key: Option<Key>, attributes: Attributes, children: Html) -> Html {
    VTag::__new_other(AttrValue::Static(tag), NodeRef::default(), key, attributes, Listeners::None, children).into()
}
