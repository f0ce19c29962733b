//! A page that is the same for everybody: a file, shown as it is.

mod search;

use crate::components::node::heading;
use crate::context::Context;
use crate::route::Page;
use search::Search;
use yew::{AttrValue, Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.layout;
    html! {
        <>
            {heading(text.rules_title)}
            if let Some(page) = &context.general {
                <Search {text} is_ready={context.report.is_some()} />
                // One element, so that whatever a page translator puts into it goes with it.
                <div key="general">{Html::from_html_unchecked(AttrValue::from(page.clone()))}</div>
            } else {
                // The notice above says what the app waits for, or why it did not come. This reloads the page.
                <p><a href={context.href(Page::Sources)} target="_self">{text.try_again}</a></p>
            }
        </>
    }
}
