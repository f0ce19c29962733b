//! What the reader should know beside their own case.

use super::grounds::view_grounds;
use super::node::{line, words};
use super::part::{anchor, fold, section};
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
    section("notices", "folds", heading, notices.map(|notice| view_notice(&context.text.common, notice)).collect())
}

pub fn view_notice(common: &Common, notice: &NoticeReport) -> Html {
    let shown = html! {
        <>{line("", notice.text.clone())}{view_grounds(common, &notice.basis, &notice.cited)}</>
    };
    fold(anchor("notice", &notice.id), "", words("h3", "", notice.title.clone()), shown)
}
