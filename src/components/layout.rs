//! What is around every page.

use crate::components::beside::view_beside;
use crate::components::grounds::outside;
use crate::components::keeping::{Lately, view_keeping};
use crate::components::node::{link, words};
use crate::context::Context;
use crate::route::Page;
use crate::session::link::Missing;
use crate::session::{Action, Dropped, Keeping, Session};
use crate::state::{Awaited, Event, Failure};
use rules::answers::Entered;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, html};

/// What the layout is given beside its page.
pub struct Frame {
    pub awaited: Option<Awaited>,
    /// The person's own answers, while those of a link are on show.
    pub own: Option<Rc<Session>>,
    /// What is missing of that link.
    pub missing: Option<Missing>,
    pub lately: Lately,
    /// What is kept was not read.
    pub left_out: bool,
    pub on_event: Callback<Event>,
    /// A click anywhere: on a link of this site it leads there without loading a page.
    pub on_click: Callback<MouseEvent>,
}

pub fn view_layout(context: &Context, frame: &Frame, shown: Html) -> Html {
    // No page that speaks of a person speaks of one of whom something is missing.
    let is_held = frame.missing.is_some() && !context.route.page.is_general();
    let shown = if is_held {
        html! {}
    } else {
        shown
    };
    html! {
        <div class="site" onclick={frame.on_click.clone()}>
            {view_head(context, Some(&context.route.page))}
            <main id="main" class="wrap">
                {frame.awaited.as_ref().map(|awaited| view_awaited(context, frame, awaited))}
                {match (&frame.own, frame.missing) {
                    (Some(own), Some(missing)) => view_missing(context, own, missing),
                    (Some(own), None) => view_linked(context, own),
                    (None, _) => html! {},
                }}
                if frame.left_out && frame.own.is_none() {
                    {view_left_out(context)}
                }
                {view_dropped(context, frame)}
                <div key={context.route.path()} class="page">{shown}</div>
                if !is_held {
                    {view_beside(context)}
                }
                if frame.own.is_none() {
                    {view_keeping(context, frame.lately, frame.left_out)}
                }
            </main>
            {view_foot(context)}
        </div>
    }
}

/// The same around a page without the app, on which nothing answers.
pub fn view_plain(context: &Context, shown: Html) -> Html {
    html! {
        <div class="site">
            {view_head(context, None)}
            <main id="main" class="wrap">{shown}</main>
            {view_foot(context)}
        </div>
    }
}

/// `here` is the page that is shown, where it is one of those that the head leads to.
fn view_head(context: &Context, here: Option<&Page>) -> Html {
    let text = &context.text.layout;
    let report = context.report.as_ref();
    let banner = match report.map(|report| context.text.common.compact_date(report.as_of.day)) {
        Some(day) => (text.banner_on)(&context.outline.title, &day),
        None => (text.banner)(&context.outline.title),
    };
    let stale = report.and_then(|report| match report {
        report if report.outside_span => Some(text.outside_span),
        report if report.past_check_by => Some(text.past_check_by),
        _ => None,
    });
    html! {
        <header class="site-head">
            <div class="wrap bar">{link("brand", context.href(Page::Start), text.name)}{view_nav(context, here)}</div>
            <div class="banner">
                <div class="wrap">
                    {words("p", "", banner)}
                    {stale.map(|stale| words("p", "strong", stale))}
                </div>
            </div>
        </header>
    }
}

fn view_nav(context: &Context, here: Option<&Page>) -> Html {
    let text = &context.text.layout;
    let next = context.report.as_ref().and_then(|report| report.next.as_ref());
    let question = next.or(context.outline.questions.first().map(|question| &question.id));
    let pages = [
        (question.map_or(Page::Start, |id| Page::Question(id.to_string())), text.questions),
        (Page::Answers, text.answers),
        (Page::Result, text.result),
        (Page::Checklist, text.checklist),
        (Page::Timeline, text.timeline),
        (Page::Iterations, text.iterations),
        (Page::Sources, text.rules),
    ];
    let links = pages.into_iter().map(|(page, text)| {
        let is_here = match (&page, here) {
            (Page::Question(_), Some(Page::Question(_))) => true,
            (page, shown) => Some(page) == shown,
        };
        html! { <li key={text}><a href={context.href(page)} aria-current={is_here.then_some("page")}>{text}</a></li> }
    });
    html! { <nav class="nav" aria-label={text.pages}><ul>{for links}</ul></nav> }
}

fn view_awaited(context: &Context, frame: &Frame, awaited: &Awaited) -> Html {
    let text = &context.text.layout;
    let cycle = awaited.route.cycle.as_deref().unwrap_or(&context.default_cycle);
    let Some(why) = awaited.failed else {
        return html! { <div class="notice" role="status">{words("p", "", (text.loading)(cycle))}</div> };
    };
    let button = |event: Event, text: &'static str, class: &'static str| {
        view_button(text, class, frame.on_event.reform(move |_: MouseEvent| event.clone()))
    };
    html! {
        <section class="notice warn" role="alert">
            {words("h2", "", (text.not_loaded)(cycle))}
            {words("p", "", match why {
                Failure::NoConnection => text.no_connection,
                Failure::Renewed => text.renewed,
                Failure::Lost => text.lost,
            })}
            <div class="actions">
                {match why {
                    Failure::Renewed => button(Event::Reloaded, text.reload, "button"),
                    Failure::NoConnection | Failure::Lost => button(Event::Retried, text.try_again, "button"),
                }}
                {button(Event::Stayed, text.stay, "button quiet")}
            </div>
        </section>
    }
}

/// Says whose answers these are, and what can be done with them.
fn view_linked(context: &Context, own: &Session) -> Html {
    let text = &context.text.layout.linked;
    let has_own = !own.is_empty();
    let (back, adopt) = if has_own { (text.back, text.replace) } else { (text.put_away, text.adopt) };
    html! {
        <section key="linked" class="notice linked">
            {words("h2", "", text.title)}
            {words("p", "", text.why)}
            if has_own {
                {words("p", "", text.own)}
            }
            <div class="actions">
                {view_action(context, Action::PutAway, back)}
                {view_action(context, Action::Adopted, adopt)}
            </div>
        </section>
    }
}

/// Says that something of a link is missing, and what arrived.
fn view_missing(context: &Context, own: &Session, missing: Missing) -> Html {
    let text = &context.text.layout.linked;
    let report = context.report.as_ref();
    let rows = report.into_iter().flat_map(|report| &report.rows);
    let answers = rows.filter_map(|row| Some((row.short.clone(), context.text.common.said(row.said.as_ref()?))));
    let of_day = |entered: Entered| {
        let day = context.text.common.date(entered.day);
        entered.time().map_or(day.clone(), |time| [&*day, ", ", &*time].concat())
    };
    // Of a window each end by itself.
    let entries = report.into_iter().flat_map(|report| &report.timeline);
    let ends = entries.flat_map(|entry| [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten());
    let dates = ends.filter_map(|end| Some((end.title.clone(), of_day(end.entered?))));
    let arrived: Vec<Html> = answers
        .chain(dates)
        .map(|(what, said)| html! { <div class="row">{words("dt", "", what)}{words("dd", "", said)}</div> })
        .collect();
    html! {
        <section key="missing" class="notice warn linked" role="alert">
            {words("h1", "", text.partly)}
            {words("p", "strong", (text.came)(missing.came, missing.of))}
            {words("p", "", text.partly_why)}
            if !arrived.is_empty() {
                {words("h2", "", text.arrived)}
                <dl class="rows">{for arrived}</dl>
            }
            <div class="actions">
                {view_action(context, Action::PutAway, if own.is_empty() { text.put_away } else { text.back })}
                if missing.came > 0 {
                    {view_action(context, Action::WentOn, text.go_on)}
                }
            </div>
        </section>
    }
}

fn view_left_out(context: &Context) -> Html {
    let text = &context.text.layout;
    html! {
        <section key="left-out" class="notice">
            {words("h2", "", text.left_out)}
            {words("p", "", text.left_out_why)}
            <div class="actions">
                {view_action(context, Action::TakenIn, text.take_in)}
                {view_action(context, Action::Erased, text.keeping.erase)}
            </div>
        </section>
    }
}

/// Names what could not be used: of one's own as it stands in what is kept, of a link by titles of questions alone.
fn view_dropped(context: &Context, frame: &Frame) -> Html {
    let (text, session) = (&context.text.layout, &context.session);
    if session.dropped.is_empty() && session.unknown == 0 {
        return html! {};
    }
    let linked = frame.own.is_some();
    let stays = !linked && session.keeping == Keeping::Yes;
    let line = |of: &Dropped| html! { <li>{words(if linked { "span" } else { "code" }, "", of.line.clone())}</li> };
    html! {
        <section key="dropped" class="notice warn dropped">
            {words("h2", "", if linked { text.linked.dropped } else { text.dropped })}
            if !linked {
                {words("p", "", text.dropped_why)}
            }
            <ul translate={(!linked).then_some("no")}>
                {for session.dropped.iter().map(line)}
                if session.unknown > 0 {
                    {words("li", "", (text.linked.unknown)(session.unknown))}
                }
            </ul>
            if stays {
                {words("p", "", text.dropped_stays)}
            }
            <div class="actions">
                {view_action(context, Action::NoticeRead, text.understood)}
                if stays {
                    {view_action(context, Action::LinesRemoved, text.remove_lines)}
                }
            </div>
        </section>
    }
}

fn view_action(context: &Context, action: Action, words: &'static str) -> Html {
    view_button(words, "button quiet", context.on.reform(move |_: MouseEvent| action.clone()))
}

fn view_button(words: &'static str, class: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button key={words} type="button" {class} {onclick}>{words}</button> }
}

/// Who looks after this copy of the site, and how to reach them: an address of mail or of a page. The host sets both when
/// it builds the site.
const OPERATOR: Option<&str> = option_env!("SITE_OPERATOR");
const CONTACT: Option<&str> = option_env!("SITE_CONTACT");

/// Where to report a mistake, and what to say.
fn view_mistake(context: &Context) -> Html {
    let (text, outline) = (&context.text.layout, &context.outline);
    let Some(contact) = CONTACT else { return words("span", "", text.no_operator) };
    let href = if contact.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//")) {
        contact.to_owned()
    } else {
        ["mailto:", contact].concat()
    };
    html! {
        <>
            {words("span", "", (text.mistake)(&outline.cycle, &outline.rulebook))}{" "}
            {words("span", "", text.write_to)}{" "}
            {outside(href, OPERATOR.unwrap_or(contact))}
        </>
    }
}

fn view_foot(context: &Context) -> Html {
    let text = &context.text.layout;
    let checked = (text.checked)(&context.text.common.date(context.outline.checked_on), &context.outline.rulebook);
    html! {
        <footer class="site-foot">
            <div class="wrap">
                <p>{words("span", "", text.unofficial)}{" "}{words("span", "", text.private)}</p>
                <p>{words("span", "", checked)}{" "}{view_mistake(context)}</p>
            </div>
        </footer>
    }
}
