//! A page that is the same for everybody: a file, shown as it is.

use crate::components::node::{heading, line};
use crate::components::search::Search;
use crate::context::Context;
use yew::{AttrValue, Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.layout;
    match &context.general {
        // One element, so that whatever a page translator puts into it goes with it.
        Some(page) => html! {
            <>
                if context.report.is_some() {
                    <Search {text} />
                }
                <div key="general">{Html::from_html_unchecked(AttrValue::from(page.clone()))}</div>
            </>
        },
        None => html! { <>{heading(text.rules_title)}{line("card place", (text.loading)(&context.outline.cycle))}</> },
    }
}
