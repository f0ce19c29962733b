//! Where the person stands: every verdict, why, and what to do next.

mod cell;

use super::PageProps;
use crate::components::next_thing::{NextThing, next_thing};
use crate::components::{anchor, because, moment, notices, tag, view_line, view_list};
use crate::route::Page;
use rules::report::{CellReport, FindOut, Report, RowPlace};
use rules::verdict::{Outcome, Verdict};
use yew::{Html, html};

pub fn view(props: &PageProps) -> Html {
    let words = &props.text.result;
    let body = match &props.report {
        None => view_general(props, true),
        Some(report) if report.rows.iter().all(|row| row.place == RowPlace::NotAsked) => view_empty(props, report),
        Some(report) => view_report(props, report),
    };
    html! {
        <>
            <h1 tabindex="-1">{words.title}</h1>
            {body}
            {view_next_cycle(props)}
        </>
    }
}

/// What holds for everybody, with a place for the person's own part while that is not there yet.
fn view_general(props: &PageProps, waiting: bool) -> Html {
    let words = &props.text.result;
    let covers = props.outline.cells.iter().map(|cell| html! { <li key={&*cell.id}>{cell.title.clone()}</li> });
    html! {
        <>
            <p class="eyebrow">{props.outline.title.clone()}</p>
            <p class="lead">{words.general[0]}</p>
            <p>{words.general[1]}</p>
            {for waiting.then(|| html! { <div key="place" class="card place"><p>{words.place}</p></div> })}
            <h2>{words.covers}</h2>
            <ul>{for covers}</ul>
            <p><a href={props.href(Page::Sources)}>{words.all_rules}</a></p>
            <p class="soft">{props.text.common.unofficial}</p>
            {notices::view_notices(props, "result", words.notices)}
        </>
    }
}

fn view_empty(props: &PageProps, report: &Report) -> Html {
    let words = &props.text.result;
    let first = report.next.as_ref().map(|question| {
        let href = props.href(Page::Question(question.to_string()));
        html! { <p key="first" class="actions"><a class="button" href={href}>{words.first_question}</a></p> }
    });
    html! {
        <>
            <div key="empty" class="card place"><p>{words.empty}</p>{for first}</div>
            {view_general(props, false)}
        </>
    }
}

fn view_report(props: &PageProps, report: &Report) -> Html {
    let words = &props.text.result;
    let day = props.text.common.full_date(report.as_of.day);
    let chosen = report.cells.iter().filter(|cell| cell.chosen);
    html! {
        <>
            <p class="eyebrow">{(words.as_of)(&props.outline.title, &day)}</p>
            <p class="lead">{props.text.common.unofficial}</p>
            {for report.outside_span.then(|| view_warning(&words.outside_span))}
            {for report.past_check_by.then(|| view_warning(&words.past_check_by))}
            {view_next(props, report)}
            {view_glance(props, report)}
            {for chosen.map(|cell| cell::view(props, cell))}
            {view_find_out(props, &report.find_out)}
            {notices::view_notices(props, "result", words.notices)}
        </>
    }
}

fn view_warning(words: &[&'static str; 2]) -> Html {
    html! { <div key={words[0]} class="notice warn"><h2>{words[0]}</h2><p>{words[1]}</p></div> }
}

/// One thing, with its date on top.
fn view_next(props: &PageProps, report: &Report) -> Html {
    let words = &props.text.result.next;
    let thing = next_thing(props, report);
    let what = match thing {
        NextThing::Nothing => return html! {},
        NextThing::Mend(contradiction) => html! {
            <>
                <p class="strong">{contradiction.text.clone()}</p>
                <p>{words.mend}</p>
                <dl class="rows">{for contradiction.rows.iter().map(|row| because::view_row(props, row))}</dl>
            </>
        },
        NextThing::Step(step) => html! { <p>{step.text.clone()}</p> },
        NextThing::Document(item) => html! {
            <>
                <p class="strong">{(words.document)(&item.title)}</p>
                <p>{item.what.clone()}</p>
            </>
        },
        NextThing::Question(question) => {
            let title = props.outline.questions.iter().find(|known| known.id == *question);
            let title = title.map(|question| view_line("", question.title.clone()));
            let href = props.href(Page::Question(question.to_string()));
            html! {
                <>
                    {for title}
                    <p key="go"><a class="button" href={href}>{words.question}</a></p>
                    {view_line("soft", (props.text.result.at_most_more)(report.at_most_more))}
                </>
            }
        }
        NextThing::Ask(cell, ask) => html! {
            <>
                <p class="strong">{(words.ask)(&ask.name)}</p>
                <p>{words.ask_how}</p>
                <p><a href={["#", &anchor("cell", &cell.id)].concat()}>{cell.title.clone()}</a></p>
            </>
        },
        NextThing::Stage(stage) => {
            let rest = stage.to_do.get(1..).filter(|rest| !rest.is_empty());
            html! {
                <>
                    <p class="source">{stage.title.clone()}</p>
                    {for stage.to_do.first().map(|first| view_line("strong", first.clone()))}
                    {for rest.map(view_list)}
                </>
            }
        }
        NextThing::Date(entry) => view_line("", (words.date)(&entry.title)),
    };
    let date = thing.by(report).map(|by| {
        html! {
            <div key="date" class="due">
                {view_line("source", by.title.clone())}
                <p>{moment::view_due(props, by)}</p>
            </div>
        }
    });
    let go_on = match (&thing, &report.next) {
        (NextThing::Question(_), _) | (_, None) => None,
        (_, Some(question)) => {
            let href = props.href(Page::Question(question.to_string()));
            let more = (props.text.result.at_most_more)(report.at_most_more);
            Some(html! {
                <p key="more"><a class="link" href={href}>{props.text.result.go_on}</a>{" "}<span class="soft">{more}</span></p>
            })
        }
    };
    html! {
        <>
            <section class="card next" aria-labelledby="next">
                <h2 id="next">{words.title}</h2>
                {for date}
                <div key="what">{what}</div>
            </section>
            {for go_on}
        </>
    }
}

/// The grid: places, and in each its positions by iteration.
fn view_glance(props: &PageProps, report: &Report) -> Html {
    if report.cells.is_empty() {
        return html! {};
    }
    let words = &props.text.result;
    let mut places: Vec<(&str, Vec<&CellReport>)> = Vec::new();
    for cell in &report.cells {
        match places.iter_mut().find(|(place, _)| *place == &*cell.place) {
            Some((_, cells)) => cells.push(cell),
            None => places.push((&*cell.place, vec![cell])),
        }
    }
    let each = places.into_iter().map(|(place, cells)| {
        html! {
            <section key={place}>
                <h3>{place.to_owned()}</h3>
                <ul class="grid glance">{for cells.into_iter().map(|cell| view_square(props, cell))}</ul>
            </section>
        }
    });
    html! {
        <section aria-labelledby="glance">
            <h2 id="glance">{words.at_a_glance}</h2>
            {for each}
        </section>
    }
}

fn view_square(props: &PageProps, cell: &CellReport) -> Html {
    let words = &props.text.result;
    let more = if cell.chosen {
        html! { <p><a class="link" href={["#", &anchor("cell", &cell.id)].concat()}><span>{words.details}</span><span class="hush">{[": ", &*cell.title].concat()}</span></a></p> }
    } else {
        html! { <p class="soft">{words.not_chosen}</p> }
    };
    html! {
        <li key={&*cell.id} class="card">
            <div class="head">
                <h4>{cell.what.clone()}</h4>
                {tag::view_verdict(props.text, cell.verdict)}
            </div>
            {view_line("", in_short(props, cell))}
            {more}
        </li>
    }
}

/// The verdict in one sentence.
fn in_short(props: &PageProps, cell: &CellReport) -> String {
    let words = &props.text.result;
    match cell.verdict {
        Verdict::NeedsAnswers if cell.at_most_more == 0 => words.needs_find_out.to_owned(),
        Verdict::NeedsAnswers => (words.at_most_more)(cell.at_most_more),
        Verdict::Decided(Outcome::Open) => words.open.to_owned(),
        Verdict::Decided(Outcome::NotYet) => words.not_yet.to_owned(),
        Verdict::Decided(Outcome::Ask) => words.ask.to_owned(),
        Verdict::Decided(Outcome::Unmet) => words.closed.to_owned(),
        Verdict::Decided(Outcome::Closed(_)) => cell.says.as_deref().unwrap_or(words.closed).to_owned(),
    }
}

fn view_find_out(props: &PageProps, tasks: &[FindOut]) -> Html {
    if tasks.is_empty() {
        return html! {};
    }
    let words = &props.text.result.find_out;
    let task = |task: &FindOut| {
        let ask = task.ask.as_ref().map(|(name, url)| {
            html! {
                <div key="ask" class="row two">
                    <dt>{words.who_knows}</dt>
                    <dd><a href={url.clone()} rel="noreferrer">{name.clone()}</a></dd>
                </div>
            }
        });
        html! {
            <li key={&*task.question} class="card">
                <h3>{task.title.clone()}</h3>
                <p>{if task.matters { words.matters } else { words.does_not_matter }}</p>
                <dl class="rows">
                    <div key="where" class="row two"><dt>{words.where_to_find}</dt><dd>{task.where_to_find.clone()}</dd></div>
                    {for ask}
                </dl>
                <p><a class="link" href={props.href(Page::Question(task.question.to_string()))}>{words.answer}</a></p>
            </li>
        }
    };
    html! {
        <section aria-labelledby="find-out">
            <h2 id="find-out">{words.title}</h2>
            <p class="hint">{words.hint}</p>
            <ul class="plain">{for tasks.iter().map(task)}</ul>
        </section>
    }
}

fn view_next_cycle(props: &PageProps) -> Html {
    let words = &props.text.result;
    html! {
        <section aria-labelledby="next-cycle">
            <h2 id="next-cycle">{words.next_cycle}</h2>
            <p>{props.outline.next_cycle.text.clone()}</p>
            <p class="actions">
                <a class="button quiet" href={props.href(Page::Checklist)}>{words.checklist}</a>
                <a class="button quiet" href={props.href(Page::Timeline)}>{words.timeline}</a>
            </p>
        </section>
    }
}
