//! What the reader should know beside their own case.

use super::grounds::view_grounds;
use super::node::{line, words};
use super::part::{anchor, section};
use crate::context::Context;
use crate::text::common::Common;
use rules::report::NoticeReport;
use yew::{Html, html};

/// The notices that belong on a page, by the page's name in the rulebook, under a heading of their own.
pub fn view_notices(context: &Context, page: &str, heading: &'static str) -> Html {
    let all = context.report.as_ref().map_or(&context.outline.notices, |report| &report.notices);
    let mut notices = all.iter().filter(|notice| notice.pages.iter().any(|name| **name == *page)).peekable();
    if notices.peek().is_none() {
        return html! {};
    }
    section("notices", "", heading, notices.map(|notice| view_notice(&context.text.common, notice)).collect())
}

pub fn view_notice(common: &Common, notice: &NoticeReport) -> Html {
    html! {
        <article id={anchor("notice", &notice.id)} class="notice">
            {words("h3", "", notice.title.clone())}
            {line("", notice.text.clone())}
            {view_grounds(common, &notice.basis, &notice.cited)}
        </article>
    }
}
