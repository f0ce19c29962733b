//! A text that is ready to be copied.

use super::node::words;
use crate::store::browser;
use crate::text::Messages;
use yew::{AttrValue, Html, MouseEvent, Properties, component, html, use_state_eq};

#[derive(Clone, PartialEq, Properties)]
pub struct ReadyProps {
    pub text: &'static Messages,
    pub id: AttrValue,
    pub content: AttrValue,
    /// What the button says.
    pub copy: &'static str,
}

/// The text, and a button that copies it. Where the browser does not let it, the text is selected at least.
#[component]
pub fn Ready(ReadyProps { text, id, content, copy }: &ReadyProps) -> Html {
    let text = &text.result;
    let copied = use_state_eq(|| None::<bool>);
    let onclick = {
        let (copied, id) = (copied.clone(), id.clone());
        move |_: MouseEvent| copied.set(Some(browser::copy(&id)))
    };
    let says = copied.map(|copied| if copied { text.copied } else { text.not_copied });
    html! {
        <>
            <pre id={id.clone()} class="ready">{words("span", "", content.clone())}</pre>
            <p>
                <button type="button" class="button quiet" {onclick}>{words("span", "", *copy)}</button>{" "}
                <span role="status">{says.map(|says| words("span", "soft", says))}</span>
            </p>
        </>
    }
}
