//! The one thing to do next.

use super::letter::names;
use super::moment::{view_due, view_plan};
use super::node::{line, link, words};
use super::part::{here, list, section};
use super::row::{view_changed, view_rows};
use crate::context::Context;
use crate::papers::papers;
use crate::route::Page;
use rules::next_thing::{NextThing, days_left, is_shut, next_thing, plan_ahead};
use rules::report::{Ask, CellReport, Criterion, Report, StageReport};
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
        // Of a plan for a month that has begun nobody knows how many days are left.
        NextThing::Step(step) => {
            plan_ahead(report, step).filter(|days| *days > 0 || step.planned.is_none_or(|plan| plan.first == plan.last))
        }
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

/// Whom to ask where looking it up brings nothing new; not where all is done, and only an outcome is to come.
fn view_ask_too(context: &Context, report: &Report) -> Html {
    let mut chosen = report.cells.iter().filter(|cell| cell.chosen);
    let asked = chosen.find_map(|cell| Some((cell, cell.ask.as_ref()?)));
    let asked = asked.filter(|(cell, _)| !cell.criteria.iter().all(Criterion::is_met));
    let whom = |ask: &Ask| (context.text.result.next.ask)(&names(&ask.contacts, context.text.common.and));
    html! { {for asked.map(|(cell, ask)| html! { <p>{link("link", letter_of(context, cell), whom(ask))}</p> })} }
}

/// The way to the letter that asks about a cell.
fn letter_of(context: &Context, cell: &CellReport) -> String {
    [&context.href(Page::Result), &*here("letter", &[&*cell.id, "-0"].concat())].concat()
}

/// What the stage at which the person is wants of them, whatever the answer will be. Where a day may have ended it already,
/// nobody knows that.
fn view_meanwhile(context: &Context, report: &Report) -> Html {
    let is_of_use = |stage: &&StageReport| stage.here && !stage.to_do.is_empty() && !is_shut(report, stage);
    let Some(stage) = report.stages.iter().find(is_of_use) else { return html! {} };
    html! { <>{words("h3", "", context.text.result.next.meanwhile)}{list("", &stage.to_do)}</> }
}

/// How many papers are to be looked after now, whatever else comes next.
fn view_problems(context: &Context, report: &Report) -> Html {
    let papers = papers(context, &report.checklist);
    match papers.iter().filter(|paper| paper.item.needed && paper.is_problem()).count() {
        0 => html! {},
        count => html! { <p>{link("link", context.href(Page::Checklist), (context.text.result.problems)(count))}</p> },
    }
}

/// Whether every position will be closed to the person in the next cycle too.
pub fn is_closed_for_good(context: &Context) -> bool {
    let report = context.report.as_ref();
    report.is_some_and(|report| !report.cells.is_empty() && report.cells.iter().all(|cell| cell.lasting))
}

/// The way to the next cycle, where this site has it, and where it is a way for the person.
pub fn to_next_cycle(context: &Context, class: &'static str) -> Option<Html> {
    let next = &context.outline.next_cycle.id;
    let there = context.href_in(next, Page::Start).filter(|_| !is_closed_for_good(context));
    there.map(|there| link(class, there, (context.text.start.go_to)(next)))
}

/// Why nothing of one's own stands here, and the way on.
pub fn view_instead(why: &'static str, there: Option<Html>) -> Html {
    html! { <div class="card place">{line("", why)}{there.map(|there| html! { <p class="actions">{there}</p> })}</div> }
}

/// The full stop after the first sentence of a text, where more follow. Looked for by hand: the search of the standard
/// library would be used in no other place, and weighs 1 kB.
pub fn sentence_end(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|two| two == b". ")
}

/// The first sentence of a text as its heading, and what comes after it.
pub fn headed(text: &str) -> (Html, Option<Html>) {
    let (first, rest) = sentence_end(text).map_or((text, ""), |end| (&text[..end], &text[end + 2..]));
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
            // The day of an earlier cycle is nobody's today.
            let by = thing.by(report).filter(|by| by.when.is_some());
            let is_today = by.and_then(|by| days_left(report, by)) == Some(0);
            let title = if is_today { text.next.document_today } else { text.next.document };
            return (line("strong", title(&item.title)), Some(line("", item.what.clone())));
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
                {view_ask_too(context, report)}
            </>
        },
        NextThing::Ask(cell, ask) => html! {
            <>
                {line("strong", (text.next.ask)(&names(&ask.contacts, context.text.common.and)))}
                {line("", text.next.ask_how)}
                {line("source", cell.title.clone())}
                <p>{link("button", letter_of(context, cell), text.next.letter)}</p>
                {view_changed(context, &cell.doubts)}
                if cell.doubts.is_empty() {
                    {view_meanwhile(context, report)}
                }
            </>
        },
        NextThing::Stage(stage) => {
            let (first, rest) = stage.to_do.split_first().map_or(("", &[][..]), |(first, rest)| (&**first, rest));
            let (what, how) = headed(first);
            let rest = (!rest.is_empty()).then(|| list("", rest));
            let tell = stage.moves_on.as_ref().and_then(|id| context.outline.question(id)).map(|question| {
                html! { <p>{link("link", context.question(&question.id), (text.next.tell)(&question.short))}</p> }
            });
            return (
                html! { <>{line("source", stage.title.clone())}{what}</> },
                Some(html! { <>{how}{rest}{tell}</> }),
            );
        }
        NextThing::Date(entry) => line("strong", (text.next.date)(&entry.title)),
        NextThing::Instead(cell) => html! {
            <>{line("source", text.instead)}{line("strong", cell.instead.clone())}</>
        },
        NextThing::NextCycle => {
            let next = &context.outline.next_cycle;
            html! {
                <>
                    {line("strong", (text.next.next_cycle)(&next.id))}
                    {line("", next.text.clone())}
                    {to_next_cycle(context, "button").map(|there| html! { <p>{there}</p> })}
                </>
            }
        }
    };
    (whole, None)
}
