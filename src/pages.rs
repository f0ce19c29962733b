//! The pages. Each draws what it is given and knows no rule.

use crate::context::Context;
use crate::route::Page;
use yew::Html;

pub mod answers;
pub mod checklist;
pub mod general;
pub mod iterations;
pub mod question;
pub mod result;
pub mod start;
pub mod timeline;

/// The page of a route.
pub fn view(context: &Context) -> Html {
    match &context.route.page {
        Page::Start => start::view(context),
        Page::Question(id) => question::view(context, id),
        Page::Answers => answers::view(context),
        Page::Result => result::view(context),
        Page::Checklist => checklist::view(context),
        Page::Timeline => timeline::view(context),
        Page::Iterations => iterations::view(context),
        Page::Sources => general::view(context),
    }
}
