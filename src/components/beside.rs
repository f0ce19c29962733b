//! What is beside a page where the screen is wide, and after it where it is not.

use super::next::view_next;
use super::so_far::view_so_far;
use crate::context::Context;
use crate::route::Page;
use yew::{Html, html};

pub fn view_beside(context: &Context) -> Html {
    let Some(report) = &context.report else { return html! {} };
    match context.route.page {
        Page::Question(_) | Page::Answers => {
            html! { <div key="beside" class="beside">{view_so_far(context.text, report)}</div> }
        }
        // On a narrow screen these pages are long enough.
        Page::Checklist | Page::Timeline | Page::Iterations if context.is_begun() => html! {
            <div key="beside" class="beside wide">{view_so_far(context.text, report)}{view_next(context, report)}</div>
        },
        _ => html! {},
    }
}
