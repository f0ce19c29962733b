//! The smallest pieces of a page: elements that hold one text.
//!
//! Pages are written in `html!`. Texts are not, because each must be told apart by what it says: a page translator puts
//! elements of its own around a text, and would keep the old one on the page when the text changes.

use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, VTag};
use yew::{AttrValue, Html, html};

/// An element with nothing but a text. The text is its key: when it changes the whole element does, and with it whatever
/// a page translator has put inside.
pub fn words(tag: &'static str, class: &'static str, text: impl Into<AttrValue>) -> Html {
    view_words(tag, class, text.into())
}

/// A paragraph of one text.
pub fn line(class: &'static str, text: impl Into<AttrValue>) -> Html {
    view_words("p", class, text.into())
}

// Compiled once, and not wherever there is a text.
#[inline(never)]
fn view_words(tag: &'static str, class: &'static str, text: AttrValue) -> Html {
    let mut element = VTag::new(tag);
    element.key = Some(Key::from(&*text));
    if let Some(class) = some(class) {
        let class = AttributeOrProperty::Attribute(AttrValue::Static(class));
        element.set_attributes(Attributes::Dynamic { keys: &["class"], values: Box::new([Some(class)]) });
    }
    element.add_child(Html::from(text));
    element.into()
}

/// A page's heading. It takes the focus when the page is shown.
#[inline(never)]
pub fn heading(text: impl Into<AttrValue>) -> Html {
    let text = text.into();
    html! { <h1 key={&*text} tabindex="-1">{text.clone()}</h1> }
}

/// A link to another page or place of this site.
pub fn link(class: &'static str, href: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Html {
    view_link(class, href.into(), Html::from(text.into()))
}

/// A link around more than a text.
#[inline(never)]
pub fn view_link(class: &'static str, href: AttrValue, shown: Html) -> Html {
    html! { <a class={some(class)} {href}>{shown}</a> }
}

/// A class, where there is one.
pub fn some(class: &'static str) -> Option<&'static str> {
    (!class.is_empty()).then_some(class)
}
