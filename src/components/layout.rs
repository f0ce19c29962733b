//! What stands around every page.

use crate::components::keeping::Keeping;
use crate::pages::{self, PageProps};
use crate::route::{Page, Route};
use crate::session::Action;
use crate::state::{Awaited, Event};
use rules::outline::Outline;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

#[derive(Clone, PartialEq, Properties)]
pub struct LayoutProps {
    pub page: PageProps,
    pub awaited: Option<Awaited>,
    pub on_event: Callback<Event>,
    /// A click anywhere: on a link of this site it leads there without loading a page.
    pub on_click: Callback<MouseEvent>,
}

#[component]
pub fn Layout(props: &LayoutProps) -> Html {
    let page = &props.page;
    let text = &page.text.layout;
    let path = page.route.path();
    html! {
        <div class="site" data-rendered={rendered(&page.route, &page.outline)} onclick={props.on_click.clone()}>
            <a class="skip" href="#main">{text.skip}</a>
            {view_head(page)}
            <main id="main" class="wrap">
                {for props.awaited.as_ref().map(|awaited| view_awaited(props, awaited))}
                {for view_dropped(page)}
                <div key={path} class="page">{pages::view(page)}</div>
                <Keeping text={page.text} session={page.session.clone()} replaced={page.epoch > 0} on={page.on.clone()} />
            </main>
            {view_foot(page)}
        </div>
    }
}

/// What a page was rendered from. A page that says something else cannot be taken over as it is.
#[must_use]
pub fn rendered(route: &Route, outline: &Outline) -> String {
    format!("{} {}", route.path(), outline.rulebook)
}

fn view_head(page: &PageProps) -> Html {
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
    let here = |linked: &Page| match (linked, &page.route.page) {
        (Page::Question(_), Page::Question(_)) => true,
        (linked, shown) => linked == shown,
    };
    let links = links.into_iter().map(|(linked, words)| {
        let current = here(&linked).then_some("page");
        html! { <li key={words}><a href={page.href(linked)} aria-current={current}>{words}</a></li> }
    });
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
    html! {
        <header class="site-head">
            <div class="wrap">
                <a class="brand" href={page.href(Page::Start)}>{text.name}</a>
                <nav class="nav" aria-label={text.pages}><ul>{for links}</ul></nav>
            </div>
            <div class="banner">
                <div class="wrap">
                    <p key={banner.clone()}>{banner}</p>
                    {for stale.map(|stale| html! { <p key={stale} class="strong">{stale}</p> })}
                </div>
            </div>
        </header>
    }
}

fn view_awaited(props: &LayoutProps, awaited: &Awaited) -> Html {
    let text = &props.page.text.layout;
    let cycle = awaited.route.cycle.as_deref().unwrap_or(&props.page.default_cycle);
    if !awaited.failed {
        let words = (text.loading)(cycle);
        return html! { <div key="loading" class="notice" role="status"><p key={words.clone()}>{words}</p></div> };
    }
    let on = |event: Event| props.on_event.reform(move |_: MouseEvent| event.clone());
    html! {
        <div key="not-loaded" class="notice warn" role="alert">
            <h2>{(text.not_loaded)(cycle)}</h2>
            <p>{text.not_loaded_why}</p>
            <div class="actions">
                <button type="button" class="button" onclick={on(Event::Retried)}>{text.try_again}</button>
                <button type="button" class="button quiet" onclick={on(Event::Stayed)}>{text.stay}</button>
            </div>
        </div>
    }
}

fn view_dropped(page: &PageProps) -> Option<Html> {
    let text = &page.text.layout;
    let lines = &page.session.dropped;
    (!lines.is_empty()).then(|| {
        html! {
            <section key="dropped" class="notice warn dropped" aria-labelledby="dropped">
                <h2 id="dropped">{text.dropped}</h2>
                <p>{text.dropped_why}</p>
                <ul translate="no">
                    {for lines.iter().map(|line| html! { <li><code>{line.clone()}</code></li> })}
                </ul>
                <button type="button" class="button quiet" onclick={page.on.reform(|_: MouseEvent| Action::NoticeRead)}>
                    {text.understood}
                </button>
            </section>
        }
    })
}

fn view_foot(page: &PageProps) -> Html {
    let text = &page.text.layout;
    let checked = (text.checked)(&page.text.common.date(page.outline.checked_on), &page.outline.rulebook);
    html! {
        <footer class="site-foot">
            <div class="wrap">
                <p>{text.unofficial}</p>
                <p>{text.private}</p>
                <p key={checked.clone()}>{checked}</p>
            </div>
        </footer>
    }
}
