//! What stands around every page.

use crate::components::keeping::Keeping;
use crate::components::node::{el, keyed, link, nothing, with, words};
use crate::pages::{self, PageProps};
use crate::route::{Page, Route};
use crate::session::Action;
use crate::state::{Awaited, Event};
use rules::outline::Outline;
use yew::{Callback, Html, MouseEvent, html};

/// What the layout is given beside its page.
pub struct Frame {
    pub awaited: Option<Awaited>,
    pub on_event: Callback<Event>,
    /// A click anywhere: on a link of this site it leads there without loading a page.
    pub on_click: Callback<MouseEvent>,
}

pub fn view_layout(page: &PageProps, frame: &Frame) -> Html {
    html! {
        <div class="site" data-rendered={rendered(&page.route, &page.outline)} onclick={frame.on_click.clone()}>
            {link("skip", "#main", page.text.layout.skip)}
            {view_head(page, Some(&page.route.page))}
            <main id="main" class="wrap">
                {frame.awaited.as_ref().map_or_else(nothing, |awaited| view_awaited(page, frame, awaited))}
                {view_dropped(page)}
                {keyed(&page.route.path(), "div", "page", vec![pages::view(page)])}
                <Keeping text={page.text} keeping={page.session.keeping} empty={page.session.is_empty()}
                    replaced={page.epoch > 0} on={page.on.clone()} />
            </main>
            {view_foot(page)}
        </div>
    }
}

/// The same around a page without the app, on which nothing answers.
#[cfg(feature = "prerender")]
pub fn view_plain(page: &PageProps, shown: Html) -> Html {
    html! {
        <div class="site">
            {link("skip", "#main", page.text.layout.skip)}
            {view_head(page, None)}
            <main id="main" class="wrap">{shown}</main>
            {view_foot(page)}
        </div>
    }
}

/// What a page was rendered from. A page that says something else cannot be taken over as it is.
#[must_use]
pub fn rendered(route: &Route, outline: &Outline) -> String {
    format!("{} {}", route.path(), outline.rulebook)
}

/// `here` is the page that is shown, where it is one of those that the head leads to.
fn view_head(page: &PageProps, here: Option<&Page>) -> Html {
    let text = &page.text.layout;
    let next = page.report.as_ref().and_then(|report| report.next.as_ref());
    let question = next.or(page.outline.questions.first().map(|question| &question.id));
    let links = [
        (question.map_or(Page::Start, |id| Page::Question(id.to_string())), text.questions),
        (Page::Answers, text.answers),
        (Page::Result, text.result),
        (Page::Checklist, text.checklist),
        (Page::Timeline, text.timeline),
        (Page::Iterations, text.iterations),
        (Page::Sources, text.rules),
    ];
    let is_here = |linked: &Page| match (linked, here) {
        (Page::Question(_), Some(Page::Question(_))) => true,
        (linked, shown) => Some(linked) == shown,
    };
    let links = links.into_iter().map(|(linked, text)| {
        let current = is_here(&linked).then_some("page".into());
        let values = vec![Some(page.href(linked).into()), current];
        keyed(text, "li", "", vec![with("a", &["href", "aria-current"], values, vec![text.into()])])
    });
    let nav = vec![Some("nav".into()), Some(text.pages.into())];
    let nav = with("nav", &["class", "aria-label"], nav, vec![el("ul", "", links.collect())]);
    let day = page.report.as_ref().map(|report| page.text.common.date(report.as_of.day));
    let banner = match day {
        Some(day) => (text.banner_on)(&page.outline.title, &day),
        None => (text.banner)(&page.outline.title),
    };
    let stale = page.report.as_ref().and_then(|report| match report {
        report if report.outside_span => Some(text.outside_span),
        report if report.past_check_by => Some(text.past_check_by),
        _ => None,
    });
    let banner = vec![words("p", "", banner), stale.map_or_else(nothing, |stale| words("p", "strong", stale))];
    el(
        "header",
        "site-head",
        vec![
            el("div", "wrap", vec![link("brand", page.href(Page::Start), text.name), nav]),
            el("div", "banner", vec![el("div", "wrap", banner)]),
        ],
    )
}

fn view_awaited(page: &PageProps, frame: &Frame, awaited: &Awaited) -> Html {
    let text = &page.text.layout;
    let cycle = awaited.route.cycle.as_deref().unwrap_or(&page.default_cycle);
    if !awaited.failed {
        let status = vec![Some("notice".into()), Some("status".into())];
        return with("div", &["class", "role"], status, vec![words("p", "", (text.loading)(cycle))]);
    }
    let button = |event: Event, text: &'static str, class: &'static str| {
        let onclick = frame.on_event.reform(move |_: MouseEvent| event.clone());
        html! { <button key={text} type="button" {class} {onclick}>{text}</button> }
    };
    let alert = vec![Some("notice warn".into()), Some("alert".into())];
    with(
        "section",
        &["class", "role"],
        alert,
        vec![
            words("h2", "", (text.not_loaded)(cycle)),
            words("p", "", text.not_loaded_why),
            el(
                "div",
                "actions",
                vec![
                    button(Event::Retried, text.try_again, "button"),
                    button(Event::Stayed, text.stay, "button quiet"),
                ],
            ),
        ],
    )
}

fn view_dropped(page: &PageProps) -> Html {
    let text = &page.text.layout;
    if page.session.dropped.is_empty() {
        return nothing();
    }
    let lines = page.session.dropped.iter().map(|line| el("li", "", vec![words("code", "", line.clone())])).collect();
    let onclick = page.on.reform(|_: MouseEvent| Action::NoticeRead);
    keyed(
        "dropped",
        "section",
        "notice warn dropped",
        vec![
            words("h2", "", text.dropped),
            words("p", "", text.dropped_why),
            with("ul", &["translate"], vec![Some("no".into())], lines),
            html! { <button type="button" class="button quiet" {onclick}>{text.understood}</button> },
        ],
    )
}

fn view_foot(page: &PageProps) -> Html {
    let text = &page.text.layout;
    let checked = (text.checked)(&page.text.common.date(page.outline.checked_on), &page.outline.rulebook);
    el(
        "footer",
        "site-foot",
        vec![el(
            "div",
            "wrap",
            vec![words("p", "", text.unofficial), words("p", "", text.private), words("p", "", checked)],
        )],
    )
}
