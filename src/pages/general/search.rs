//! A search over the entries of a page that is shown as it is. Without the app, the browser's own search serves.

use crate::store::entries::{Found, search};
use crate::text::layout::Layout;
use yew::{Html, InputEvent, Properties, component, html, use_state_eq};

#[derive(Properties)]
pub struct SearchProps {
    pub text: &'static Layout,
    /// Whether the app answers. Until then the field holds its place.
    pub is_ready: bool,
}

impl PartialEq for SearchProps {
    fn eq(&self, other: &SearchProps) -> bool {
        std::ptr::eq(self.text, other.text) && self.is_ready == other.is_ready
    }
}

#[component]
pub fn Search(props: &SearchProps) -> Html {
    let text = props.text;
    let found = use_state_eq(|| None::<Found>);
    let oninput = {
        let found = found.clone();
        move |event: InputEvent| found.set(search(&event))
    };
    html! {
        <div class="search" role="search">
            <label for="search">{text.search}</label>
            <p id="search-hint" class="soft">{text.search_hint}</p>
            <input id="search" class="input" type="search" autocomplete="off" aria-describedby="search-hint"
                disabled={!props.is_ready} {oninput} />
            <p role="status">{found.map(|found| (text.found)(found.shown, found.all))}</p>
        </div>
    }
}
