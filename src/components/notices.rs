//! What the reader should know beside their own case.

use crate::pages::PageProps;
use rules::report::NoticeReport;
use yew::{Html, html};

/// The notices that belong on a page, by the page's name in the rulebook.
pub fn on_page<'a>(props: &'a PageProps, page: &str) -> Vec<&'a NoticeReport> {
    let all = props.report.as_ref().map_or(&props.outline.notices, |report| &report.notices);
    all.iter().filter(|notice| notice.pages.iter().any(|name| &**name == page)).collect()
}

/// They stand under a heading of their own; nothing where there is none.
pub fn view_notices(props: &PageProps, page: &str, heading: &'static str) -> Html {
    let notices = on_page(props, page);
    if notices.is_empty() {
        return html! {};
    }
    html! {
        <section aria-labelledby="notices">
            <h2 id="notices">{heading}</h2>
            {for notices.into_iter().map(|notice| view_notice(props, notice))}
        </section>
    }
}

pub fn view_notice(props: &PageProps, notice: &NoticeReport) -> Html {
    html! {
        <article key={&*notice.id} id={super::anchor("notice", &notice.id)} class="notice">
            <h3>{notice.title.clone()}</h3>
            <p>{notice.text.clone()}</p>
            {super::grounds::view_grounds(&props.text.common, &notice.basis, &notice.cited)}
        </article>
    }
}
