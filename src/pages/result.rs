//! Where the person stands: every verdict, why, and what to do next.

mod cell;

use crate::components::find_out::view_tasks;
use crate::components::moment::view_due;
use crate::components::node::{heading, line, link, view_link, words};
use crate::components::notices::view_notices;
use crate::components::part::{grouped, here, later, list, section, with_hidden};
use crate::components::row::view_rows;
use crate::components::tag::VerdictTag;
use crate::context::Context;
use crate::route::Page;
use rules::next_thing::{NextThing, next_thing};
use rules::report::{CellReport, Report, RowPlace};
use rules::rulebook::Text;
use rules::verdict::{Outcome, Verdict};
use yew::{Html, html};

pub fn view(context: &Context) -> Html {
    html! {
        <>
            {heading(context.text.result.title)}
            {match &context.report {
                None => view_general(context, true),
                Some(report) if report.rows.iter().all(|row| row.place == RowPlace::NotAsked) => html! {
                    <>{view_empty(context, report)}{view_general(context, false)}</>
                },
                Some(report) => view_report(context, report),
            }}
            {view_next_cycle(context)}
        </>
    }
}

/// What holds for everybody, with a place for the person's own part while that is not there yet.
fn view_general(context: &Context, waiting: bool) -> Html {
    let text = &context.text.result;
    let covers: Vec<Text> = context.outline.cells.iter().map(|cell| cell.title.clone()).collect();
    html! {
        <>
            {line("eyebrow", context.outline.title.clone())}
            {line("lead", text.general[0])}
            {line("", text.general[1])}
            if waiting {
                <div class="card place">{line("", text.place)}</div>
            }
            {words("h2", "", text.covers)}
            {list("", &covers)}
            <p>{link("", context.href(Page::Sources), text.all_rules)}</p>
            {line("soft", context.text.common.unofficial)}
            {view_notices(context, "result", text.notices)}
        </>
    }
}

fn view_empty(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    html! {
        <div class="card place">
            {line("", text.empty)}
            if let Some(id) = &report.next {
                <p class="actions">{link("button", question(context, id), text.first_question)}</p>
            }
        </div>
    }
}

fn view_report(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let day = context.text.common.full_date(report.as_of.day);
    html! {
        <>
            {line("eyebrow", (text.as_of)(&context.outline.title, &day))}
            {line("lead", context.text.common.unofficial)}
            if report.outside_span {
                {view_warning(&text.outside_span)}
            }
            if report.past_check_by {
                {view_warning(&text.past_check_by)}
            }
            {view_next(context, report)}
            {view_glance(context, report)}
            {for report.cells.iter().filter(|cell| cell.chosen).map(|cell| cell::view(context, cell))}
            // Far below the first screen, and as long as the rest.
            {later(context, || html! {
                <>{view_find_out(context, report)}{view_notices(context, "result", text.notices)}</>
            })}
        </>
    }
}

fn view_warning([title, why]: &[&'static str; 2]) -> Html {
    html! { <div class="notice warn">{words("h2", "", *title)}{line("", *why)}</div> }
}

fn question(context: &Context, id: &str) -> String {
    context.href(Page::Question(id.to_owned()))
}

/// One thing, with its date on top.
fn view_next(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let thing = next_thing(report, &|item| context.is_finished(item));
    if matches!(thing, NextThing::Nothing) {
        return html! {};
    }
    let shown = html! {
        <>
            if let Some(by) = thing.by(report) {
                <div class="due">{line("source", by.title.clone())}<p>{view_due(context, by)}</p></div>
            }
            <div>{view_thing(context, report, thing)}</div>
        </>
    };
    html! {
        <>
            {section("next", "card next", text.next.title, shown)}
            if let (Some(id), false) = (&report.next, matches!(thing, NextThing::Question(_))) {
                <p>
                    {link("link", question(context, id), text.go_on)}{" "}
                    {words("span", "soft", (text.at_most_more)(report.at_most_more))}
                </p>
            }
        </>
    }
}

fn view_thing(context: &Context, report: &Report, thing: NextThing<'_>) -> Html {
    let text = &context.text.result;
    match thing {
        NextThing::Nothing => html! {},
        NextThing::Mend(contradiction) => html! {
            <>
                {line("strong", contradiction.text.clone())}
                {line("", text.next.mend)}
                {view_rows(context, &contradiction.rows)}
            </>
        },
        NextThing::Step(step) => line("strong", step.text.clone()),
        NextThing::Document(item) => html! {
            <>{line("strong", (text.next.document)(&item.title))}{line("", item.what.clone())}</>
        },
        NextThing::Question(id) => {
            let known = context.outline.questions.iter().find(|known| known.id == *id);
            html! {
                <>
                    {known.map(|question| line("strong", question.title.clone()))}
                    <p>{link("button", question(context, id), text.next.question)}</p>
                    {line("soft", (text.at_most_more)(report.at_most_more))}
                </>
            }
        }
        NextThing::FindOut(task) => html! {
            <>
                {line("strong", (text.next.find_out)(&task.title))}
                {line("", task.where_to_find.clone())}
                <p>{link("link", question(context, &task.question), text.find_out.answer)}</p>
            </>
        },
        NextThing::Ask(cell, ask) => html! {
            <>
                {line("strong", (text.next.ask)(&ask.name))}
                {line("", text.next.ask_how)}
                <p>{link("", here("cell", &cell.id), cell.title.clone())}</p>
            </>
        },
        NextThing::Stage(stage) => html! {
            <>
                {line("source", stage.title.clone())}
                if let Some((first, rest)) = stage.to_do.split_first() {
                    {line("strong", first.clone())}
                    if !rest.is_empty() {
                        {list("", rest)}
                    }
                }
            </>
        },
        NextThing::Date(entry) => line("strong", (text.next.date)(&entry.title)),
    }
}

/// The grid: places, and in each its positions by iteration.
fn view_glance(context: &Context, report: &Report) -> Html {
    if report.cells.is_empty() {
        return html! {};
    }
    let places = grouped(&report.cells, |cell| &cell.place);
    let places = places.iter().map(|cells| {
        html! {
            <>
                {words("h3", "", cells[0].place.clone())}
                <ul class="grid glance">{for cells.iter().map(|cell| view_square(context, cell))}</ul>
            </>
        }
    });
    section("glance", "", context.text.result.at_a_glance, places.collect())
}

fn view_square(context: &Context, cell: &CellReport) -> Html {
    let text = &context.text.result;
    html! {
        <li class="card">
            <div class="head">
                {words("h4", "", cell.what.clone())}
                <VerdictTag text={context.text} verdict={cell.verdict} />
            </div>
            {line("", in_short(context, cell))}
            if cell.chosen {
                <p>
                    {view_link("link", here("cell", &cell.id),
                        with_hidden(text.details, [": ", &*cell.title].concat()))}
                </p>
            } else {
                {line("soft", text.not_chosen)}
            }
        </li>
    }
}

/// The verdict in one sentence.
fn in_short(context: &Context, cell: &CellReport) -> String {
    let text = &context.text.result;
    match cell.verdict {
        Verdict::NeedsAnswers if cell.at_most_more == 0 => text.needs_find_out.to_owned(),
        Verdict::NeedsAnswers => (text.at_most_more)(cell.at_most_more),
        Verdict::Decided(Outcome::Open) => text.open.to_owned(),
        Verdict::Decided(Outcome::NotYet) => text.not_yet.to_owned(),
        Verdict::Decided(Outcome::Ask) => text.ask.to_owned(),
        Verdict::Decided(Outcome::Unmet) => text.closed.to_owned(),
        Verdict::Decided(Outcome::Closed(_)) => cell.says.as_deref().unwrap_or(text.closed).to_owned(),
    }
}

fn view_find_out(context: &Context, report: &Report) -> Html {
    if report.find_out.is_empty() {
        return html! {};
    }
    let text = &context.text.result.find_out;
    let shown = html! { <>{line("hint", text.hint)}{view_tasks(context, &report.find_out)}</> };
    section("find-out", "", text.title, shown)
}

fn view_next_cycle(context: &Context) -> Html {
    let (text, next) = (&context.text.result, &context.outline.next_cycle);
    let there = context.href_in(&next.id, Page::Start);
    let shown = html! {
        <>
            {line("", next.text.clone())}
            <p class="actions">
                {there.map(|href| link("button", href, (context.text.start.go_to)(&next.id)))}
                {link("button quiet", context.href(Page::Checklist), text.checklist)}
                {link("button quiet", context.href(Page::Timeline), text.timeline)}
            </p>
        </>
    };
    section("next-cycle", "", text.next_cycle, shown)
}
