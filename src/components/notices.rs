//! What the reader should know beside their own case.

use super::grounds::view_grounds;
use super::node::{nothing, words};
use super::part::{anchor, line, place, section};
use crate::context::Context;
use rules::report::NoticeReport;
use yew::Html;

/// The notices that belong on a page, by the page's name in the rulebook, under a heading of their own.
pub fn view_notices(context: &Context, page: &str, heading: &'static str) -> Html {
    let all = context.report.as_ref().map_or(&context.outline.notices, |report| &report.notices);
    let notices = all.iter().filter(|notice| notice.pages.iter().any(|name| **name == *page));
    let notices: Vec<Html> = notices.map(|notice| view_notice(context, notice)).collect();
    if notices.is_empty() { nothing() } else { section("notices", "", heading, notices) }
}

pub fn view_notice(context: &Context, notice: &NoticeReport) -> Html {
    place(
        "article",
        anchor("notice", &notice.id),
        "notice",
        vec![
            words("h3", "", notice.title.clone()),
            line("", notice.text.clone()),
            view_grounds(&context.text.common, &notice.basis, &notice.cited),
        ],
    )
}
