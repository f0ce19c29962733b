//! What was answered, skipped and set aside.

use super::PageProps;
use super::question::view_contradiction;
use crate::components::so_far::view_so_far;
use crate::route::Page;
use rules::report::{FindOut, Report, Row, RowPlace};
use yew::{Html, html};

pub fn view(props: &PageProps) -> Html {
    let text = &props.text.answers;
    html! {
        <>
            <h1 tabindex="-1">{text.title}</h1>
            {match &props.report {
                Some(report) => html! { <div key="own" class="own">{view_own(props, report)}</div> },
                None => html! { <p key="general">{text.lead}</p> },
            }}
        </>
    }
}

fn view_own(props: &PageProps, report: &Report) -> Html {
    let text = &props.text.answers;
    let rows = |place: RowPlace| report.rows.iter().filter(move |row| row.place == place).collect::<Vec<_>>();
    let (answered, open, aside) = (rows(RowPlace::Answered), rows(RowPlace::Open), rows(RowPlace::SetAside));
    let next = report.next.as_ref().map(|id| props.href(Page::Question(id.to_string())));
    if answered.is_empty() && open.is_empty() && aside.is_empty() {
        return html! {
            <>
                <p>{text.empty}</p>
                {for next.map(|href| html! { <p class="actions"><a class="button" {href}>{text.start}</a></p> })}
                {view_positions(props, report)}
            </>
        };
    }
    html! {
        <>
            <p>{text.lead}</p>
            {view_contradictions(props, report)}
            {view_group(props, "answered", text.answered, None, &answered)}
            {view_group(props, "open", text.open, Some(text.open_why), &open)}
            {view_group(props, "set-aside", text.set_aside, Some(text.set_aside_why), &aside)}
            {view_find_out(props, &report.find_out)}
            {view_positions(props, report)}
            <p class="actions">
                {for next.map(|href| html! { <a key="next" class="button" {href}>{text.go_on}</a> })}
                <a key="result" class="button quiet" href={props.href(Page::Result)}>{text.see_result}</a>
            </p>
            {view_so_far(props.text, report)}
        </>
    }
}

fn view_contradictions(props: &PageProps, report: &Report) -> Html {
    html! { <div class="contradictions">{for report.contradictions.iter().map(|found| view_contradiction(props, found))}</div> }
}

fn view_group(
    props: &PageProps,
    id: &'static str,
    title: &'static str,
    why: Option<&'static str>,
    rows: &[&Row],
) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <section key={id} class={id}>
            <h2>{title}</h2>
            {for why.map(|why| html! { <p class="soft">{why}</p> })}
            <dl class="rows">{for rows.iter().map(|row| view_row(props, row))}</dl>
        </section>
    }
}

fn view_row(props: &PageProps, row: &Row) -> Html {
    let text = &props.text.answers;
    let said = row
        .said
        .as_ref()
        .map_or_else(|| props.text.common.not_answered.to_owned(), |said| props.text.common.said(said));
    let change = if row.place == RowPlace::Open { text.answer_now } else { text.change };
    let title = props.outline.questions.iter().find(|question| question.id == row.question);
    let title = title.map_or(&row.short, |question| &question.title);
    html! {
        <div key={&*row.question} class="row">
            <dt>{row.short.clone()}</dt>
            <dd key={said.clone()}>{said}</dd>
            <dd class="change">
                <a href={props.href(Page::Question(row.question.to_string()))}>
                    <span>{change}</span>
                    <span class="hush">{(text.change_what)(title)}</span>
                </a>
            </dd>
        </div>
    }
}

fn view_find_out(props: &PageProps, tasks: &[FindOut]) -> Html {
    let text = &props.text.answers;
    if tasks.is_empty() {
        return html! {};
    }
    let tasks = tasks.iter().map(|task| {
        html! {
            <li key={&*task.question}>
                <h3>{task.title.clone()}</h3>
                <p>{task.where_to_find.clone()}</p>
                {for task.ask.iter().map(|(name, url)| html! {
                    <p><a href={url.to_string()} rel="noreferrer">{name.clone()}</a></p>
                })}
                if !task.matters {
                    <p class="soft">{text.cannot_matter}</p>
                }
            </li>
        }
    });
    html! {
        <section key="find-out" class="find-out">
            <h2>{text.find_out}</h2>
            <p>{text.find_out_why}</p>
            <ul class="plain">{for tasks}</ul>
        </section>
    }
}

fn view_positions(props: &PageProps, report: &Report) -> Html {
    let text = &props.text.answers;
    if report.cells.is_empty() {
        return html! {};
    }
    let chosen: Vec<_> = report.cells.iter().filter(|cell| cell.chosen).collect();
    let names = if chosen.len() == report.cells.len() {
        html! { <p key="all">{text.all_positions}</p> }
    } else {
        html! { <ul key="some">{for chosen.iter().map(|cell| html! { <li key={&*cell.id}>{cell.title.clone()}</li> })}</ul> }
    };
    html! {
        <section key="positions" class="positions">
            <h2>{text.positions}</h2>
            {names}
            <p><a href={format!("{}#positions", props.href(Page::Start))}>{text.change_positions}</a></p>
        </section>
    }
}
