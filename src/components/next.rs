//! The one thing to do next.

use super::letter::names;
use super::moment::{view_due, view_plan};
use super::node::{line, link, words};
use super::part::{here, list, section};
use super::row::view_rows;
use crate::context::Context;
use crate::papers::papers;
use crate::route::Page;
use rules::next_thing::{NextThing, next_thing, plan_ahead};
use rules::report::Report;
use std::slice;
use yew::{Html, html};

/// One thing, its date, and how it is done.
pub fn view_next(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let thing = next_thing(report, &|item| context.progress(item));
    if matches!(thing, NextThing::Nothing) {
        return html! {};
    }
    let planned = match thing {
        NextThing::Step(step) => plan_ahead(report, step),
        _ => None,
    };
    let due = match (planned, thing.by(report)) {
        (Some(days), _) => Some(line("in-days", (context.text.common.in_days)(days))),
        (None, Some(by)) => Some(html! { <><p>{view_due(context, by)}</p>{line("source", by.title.clone())}</> }),
        (None, None) => None,
    };
    let (what, how) = view_thing(context, report, thing);
    let shown = html! {
        <>
            <div>{what}</div>
            {for due.map(|due| html! { <div class="due">{due}</div> })}
            {for how.map(|how| html! { <div>{how}</div> })}
        </>
    };
    html! {
        <>
            {section("next", "card next", text.next.title, shown)}
            {view_problems(context, report)}
            if let (Some(id), false) = (&report.next, matches!(thing, NextThing::Question(_))) {
                <p>
                    {link("link", context.question(id), text.go_on)}{" "}
                    {words("span", "soft", (text.at_most_more)(report.at_most_more))}
                </p>
            }
        </>
    }
}

/// How many papers are to be looked after now, whatever else comes next.
fn view_problems(context: &Context, report: &Report) -> Html {
    let papers = papers(context, &report.checklist);
    match papers.iter().filter(|paper| paper.item.needed && paper.is_problem()).count() {
        0 => html! {},
        count => html! { <p>{link("link", context.href(Page::Checklist), (context.text.result.problems)(count))}</p> },
    }
}

/// The first sentence of a text as its heading, and what comes after it.
pub fn headed(text: &str) -> (Html, Option<Html>) {
    let (first, rest) = text.split_once(". ").unwrap_or((text, ""));
    let rest = (!rest.is_empty()).then(|| line("", rest.to_owned()));
    (line("strong", first.trim_end_matches('.').to_owned()), rest)
}

/// What it is, and how it is done.
fn view_thing(context: &Context, report: &Report, thing: NextThing<'_>) -> (Html, Option<Html>) {
    let text = &context.text.result;
    let whole = match thing {
        NextThing::Nothing => html! {},
        NextThing::Mend(contradiction) => html! {
            <>
                {line("strong", contradiction.text.clone())}
                {line("", text.next.mend)}
                {view_rows(context, &contradiction.rows)}
            </>
        },
        NextThing::Check(row) => html! {
            <>{line("strong", text.next.check)}{view_rows(context, slice::from_ref(row))}</>
        },
        NextThing::Step(step) => {
            let (what, how) = headed(&step.text);
            return (html! { <>{what}{view_plan(context, step)}</> }, how);
        }
        NextThing::Notice(notice) => {
            return (line("strong", notice.title.clone()), Some(line("", notice.text.clone())));
        }
        NextThing::Document(item, _) => {
            return (line("strong", (text.next.document)(&item.title)), Some(line("", item.what.clone())));
        }
        NextThing::Question(id) => {
            let known = context.outline.question(id);
            html! {
                <>
                    {known.map(|question| line("strong", question.title.clone()))}
                    <p>{link("button", context.question(id), text.next.question)}</p>
                    {line("soft", (text.at_most_more)(report.at_most_more))}
                </>
            }
        }
        NextThing::FindOut(task) => html! {
            <>
                {line("strong", (text.next.find_out)(&task.title))}
                {line("", task.where_to_find.clone())}
                <p>{link("link", context.question(&task.question), text.find_out.answer)}</p>
            </>
        },
        NextThing::Ask(cell, ask) => html! {
            <>
                {line("strong", (text.next.ask)(&names(&ask.contacts, context.text.common.and)))}
                {line("", text.next.ask_how)}
                {line("source", cell.title.clone())}
                <p>{link("button", [&context.href(Page::Result), &*here("cell", &cell.id)].concat(), text.next.letter)}</p>
            </>
        },
        NextThing::Stage(stage) => {
            let (first, rest) = stage.to_do.split_first().map_or(("", &[][..]), |(first, rest)| (&**first, rest));
            let (what, how) = headed(first);
            let rest = (!rest.is_empty()).then(|| list("", rest));
            return (html! { <>{line("source", stage.title.clone())}{what}</> }, Some(html! { <>{how}{rest}</> }));
        }
        NextThing::Date(entry) => line("strong", (text.next.date)(&entry.title)),
        NextThing::Instead(cell) => html! {
            <>{line("source", text.instead)}{line("strong", cell.instead.clone())}</>
        },
        NextThing::NextCycle => {
            let next = &context.outline.next_cycle;
            let there = context.href_in(&next.id, Page::Start);
            html! {
                <>
                    {line("strong", (text.next.next_cycle)(&next.id))}
                    {line("", next.text.clone())}
                    {there.map(|href| html! { <p>{link("button", href, (context.text.start.go_to)(&next.id))}</p> })}
                </>
            }
        }
    };
    (whole, None)
}
