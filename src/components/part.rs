//! Combinations of elements that the pages share.

use super::node::{some, words};
use crate::context::Context;
use rules::rulebook::Text;
use yew::{AttrValue, Html, html};

/// A section under a heading of the second level. The id is the heading's.
pub fn section(id: impl Into<AttrValue>, class: &'static str, title: impl Into<AttrValue>, shown: Html) -> Html {
    view_section(id.into(), class, title.into(), shown)
}

#[inline(never)]
fn view_section(id: AttrValue, class: &'static str, title: AttrValue, shown: Html) -> Html {
    html! {
        <section class={some(class)} aria-labelledby={id.clone()}>
            <h2 {id}>{words("span", "", title)}</h2>
            {shown}
        </section>
    }
}

/// What is there on demand.
pub fn details(class: &'static str, summary: impl Into<AttrValue>, shown: Html) -> Html {
    view_details(class, summary.into(), shown)
}

#[inline(never)]
fn view_details(class: &'static str, summary: AttrValue, shown: Html) -> Html {
    html! { <details class={some(class)}>{words("summary", "", summary)}{shown}</details> }
}

/// A row that unfolds: what it says at first sight, and all that is behind it. The id is the row's, and its key.
pub fn fold(id: AttrValue, class: &'static str, head: Html, shown: Html) -> Html {
    view_fold(id, class, false, head, shown)
}

/// The same, unfolded at first where that is said.
#[inline(never)]
pub fn view_fold(id: AttrValue, class: &'static str, open: bool, head: Html, shown: Html) -> Html {
    html! {
        <details key={&*id} {id} class={["fold ", class].concat()} {open}>
            <summary>{head}</summary>
            <div class="folded">{shown}</div>
        </details>
    }
}

/// What is folded or lies far below, or nothing as long as the page is not whole.
pub fn later(context: &Context, shown: impl FnOnce() -> Html) -> Html {
    if context.is_whole {
        shown()
    } else {
        html! {}
    }
}

/// A name and what stands for it, in a list of such rows.
pub fn fact(name: impl Into<AttrValue>, value: Html) -> Html {
    view_fact(name.into(), value)
}

#[inline(never)]
fn view_fact(name: AttrValue, value: Html) -> Html {
    html! { <div class="row two">{words("dt", "", name)}<dd>{value}</dd></div> }
}

/// A name and a text for it.
pub fn named(name: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Html {
    fact(name, words("span", "", text))
}

/// A list of texts.
pub fn list<T: Clone + Into<AttrValue>>(class: &'static str, texts: &[T]) -> Html {
    view_list(class, texts.iter().map(|text| words("li", "", text.clone())).collect())
}

#[inline(never)]
fn view_list(class: &'static str, items: Html) -> Html {
    html! { <ul class={some(class)}>{items}</ul> }
}

/// A text, and what only a screen reader needs to hear after it.
pub fn with_hidden(text: impl Into<AttrValue>, hidden: impl Into<AttrValue>) -> Html {
    html! { <>{words("span", "", text)}{words("span", "visually-hidden", hidden)}</> }
}

/// Items by what they have in common, in the order in which that first comes.
pub fn grouped<'a, T>(items: impl IntoIterator<Item = &'a T>, common: impl Fn(&T) -> &Text) -> Vec<Vec<&'a T>> {
    let mut groups: Vec<Vec<&T>> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|group| common(group[0]) == common(item)) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
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
