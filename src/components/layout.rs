//! What stands around every page.

use crate::components::keeping::{Keeping, Lately};
use crate::components::node::{el, keyed, link, nothing, with, words};
use crate::context::Context;
use crate::route::Page;
use crate::session::{Action, Keeping as State, Session};
use crate::state::{Awaited, Event, Missing};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, html};

/// What the layout is given beside its page.
pub struct Frame {
    pub awaited: Option<Awaited>,
    /// The person's own answers, while those of a link are on show.
    pub own: Option<Rc<Session>>,
    pub lately: Lately,
    /// What is kept was not read.
    pub left_out: bool,
    pub on_event: Callback<Event>,
    /// A click anywhere: on a link of this site it leads there without loading a page.
    pub on_click: Callback<MouseEvent>,
}

pub fn view_layout(page: &Context, frame: &Frame, shown: Html) -> Html {
    html! {
        <div class="site" onclick={frame.on_click.clone()}>
            {view_head(page, Some(&page.route.page))}
            <main id="main" class="wrap">
                {frame.awaited.as_ref().map_or_else(nothing, |awaited| view_awaited(page, frame, awaited))}
                {frame.own.as_ref().map_or_else(nothing, |own| view_linked(page, own))}
                {if frame.left_out && frame.own.is_none() { view_left_out(page) } else { nothing() }}
                {view_dropped(page, frame)}
                {keyed(&page.route.path(), "div", "page", vec![shown])}
                if frame.own.is_none() {
                    <Keeping text={page.text} keeping={page.session.keeping} empty={page.session.is_empty()}
                        lately={frame.lately} replaces={frame.left_out} on={page.on.clone()} />
                }
            </main>
            {view_foot(page)}
        </div>
    }
}

/// The same around a page without the app, on which nothing answers.
#[cfg(feature = "prerender")]
pub fn view_plain(page: &Context, shown: Html) -> Html {
    html! {
        <div class="site">
            {view_head(page, None)}
            <main id="main" class="wrap">{shown}</main>
            {view_foot(page)}
        </div>
    }
}

/// `here` is the page that is shown, where it is one of those that the head leads to.
fn view_head(page: &Context, here: Option<&Page>) -> Html {
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

fn view_awaited(page: &Context, frame: &Frame, awaited: &Awaited) -> Html {
    let text = &page.text.layout;
    let cycle = awaited.route.cycle.as_deref().unwrap_or(&page.default_cycle);
    let Some(why) = awaited.failed else {
        let status = vec![Some("notice".into()), Some("status".into())];
        return with("div", &["class", "role"], status, vec![words("p", "", (text.loading)(cycle))]);
    };
    let button = |event: Event, text: &'static str, class: &'static str| {
        view_button(text, class, frame.on_event.reform(move |_: MouseEvent| event.clone()))
    };
    let alert = vec![Some("notice warn".into()), Some("alert".into())];
    with(
        "section",
        &["class", "role"],
        alert,
        vec![
            words("h2", "", (text.not_loaded)(cycle)),
            words("p", "", (text.not_loaded_why)(why)),
            el(
                "div",
                "actions",
                vec![
                    match why {
                        Missing::Renewed => button(Event::Reloaded, text.reload, "button"),
                        Missing::NoConnection | Missing::Lost => button(Event::Retried, text.try_again, "button"),
                    },
                    button(Event::Stayed, text.stay, "button quiet"),
                ],
            ),
        ],
    )
}

/// Says whose answers these are, and what can be done with them.
fn view_linked(page: &Context, own: &Session) -> Html {
    let text = &page.text.layout.linked;
    let has_own = !own.is_empty();
    let button = |action: Action, words: &'static str, class: &'static str| {
        view_button(words, class, page.on.reform(move |_: MouseEvent| action.clone()))
    };
    let (back, adopt) = if has_own { (text.back, text.replace) } else { (text.put_away, text.adopt) };
    keyed(
        "linked",
        "section",
        "notice linked",
        vec![
            words("h2", "", text.title),
            words("p", "", text.why),
            if has_own { words("p", "", text.own) } else { nothing() },
            el(
                "div",
                "actions",
                vec![button(Action::PutAway, back, "button quiet"), button(Action::Adopted, adopt, "button quiet")],
            ),
        ],
    )
}

fn view_left_out(page: &Context) -> Html {
    let text = &page.text.layout;
    let button = |action: Action, words: &'static str| {
        view_button(words, "button quiet", page.on.reform(move |_: MouseEvent| action.clone()))
    };
    keyed(
        "left-out",
        "section",
        "notice",
        vec![
            words("h2", "", text.left_out),
            words("p", "", text.left_out_why),
            el(
                "div",
                "actions",
                vec![button(Action::TakenIn, text.take_in), button(Action::Erased, text.keeping.erase)],
            ),
        ],
    )
}

/// Names what could not be used: of one's own as it stands in what is kept, of a link by titles of questions alone.
fn view_dropped(page: &Context, frame: &Frame) -> Html {
    let (text, session) = (&page.text.layout, &page.session);
    if session.dropped.is_empty() && session.unknown == 0 {
        return nothing();
    }
    let linked = frame.own.is_some();
    let line = |line: &String| {
        el("li", "", vec![if linked { words("span", "", line.clone()) } else { words("code", "", line.clone()) }])
    };
    let mut lines: Vec<Html> = session.dropped.iter().map(line).collect();
    if session.unknown > 0 {
        lines.push(words("li", "", (text.linked.unknown)(session.unknown)));
    }
    let button = |action: Action, words: &'static str| {
        view_button(words, "button quiet", page.on.reform(move |_: MouseEvent| action.clone()))
    };
    let (title, why) = if linked { (text.linked.dropped, "") } else { (text.dropped, text.dropped_why) };
    let stays = !linked && session.keeping == State::Yes;
    let translate = (!linked).then_some("no".into());
    keyed(
        "dropped",
        "section",
        "notice warn dropped",
        vec![
            words("h2", "", title),
            if why.is_empty() { nothing() } else { words("p", "", why) },
            with("ul", &["translate"], vec![translate], lines),
            if stays { words("p", "", text.dropped_stays) } else { nothing() },
            el(
                "div",
                "actions",
                vec![
                    button(Action::NoticeRead, text.understood),
                    if stays { button(Action::LinesRemoved, text.remove_lines) } else { nothing() },
                ],
            ),
        ],
    )
}

fn view_button(words: &'static str, class: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button key={words} type="button" {class} {onclick}>{words}</button> }
}

fn view_foot(page: &Context) -> Html {
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
