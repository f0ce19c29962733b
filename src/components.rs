//! Pieces that pages share. Most are functions from data to HTML and keep nothing.

pub mod ask;
pub mod because;
pub mod criteria;
pub mod date_entry;
pub mod field;
pub mod grounds;
pub mod keeping;
pub mod layout;
pub mod leverage;
pub mod marks;
pub mod moment;
pub mod next_thing;
pub mod node;
pub mod notices;
pub mod so_far;
pub mod strip;
pub mod tag;

use yew::{AttrValue, Html, html};

/// A paragraph of one text. It is keyed by its text, so that a page translator's own nodes go with the old one.
pub fn view_line(class: &'static str, text: impl Into<AttrValue>) -> Html {
    let text = text.into();
    html! { <p key={&*text} class={class}>{text.clone()}</p> }
}

/// A run of text in an element of its own.
pub fn view_run(class: &'static str, text: impl Into<AttrValue>) -> Html {
    let text = text.into();
    html! { <span key={&*text} class={class}>{text.clone()}</span> }
}

/// A list of texts.
pub fn view_list(texts: &[rules::rulebook::Text]) -> Html {
    let item = |text: &rules::rulebook::Text| html! { <li key={&**text}>{text.clone()}</li> };
    html! { <ul>{for texts.iter().map(item)}</ul> }
}

/// An id as an anchor on a page: `cell-alberta-first`.
pub fn anchor(kind: &str, id: &str) -> String {
    format!("{kind}-{}", id.replace('/', "-"))
}
