//! What was answered, skipped and set aside.

use crate::components::find_out::view_tasks;
use crate::components::node::{heading, line, link, words};
use crate::components::part::details;
use crate::components::ready::Ready;
use crate::components::row::{view_contradictions, view_row};
use crate::context::Context;
use crate::route::Page;
use rules::report::{Report, Row, RowPlace};
use yew::{AttrValue, Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.answers;
    html! {
        <>
            {heading(text.title)}
            {match &context.report {
                Some(report) => html! { <div key="own" class="own">{view_own(context, report)}</div> },
                None => words("p", "", text.lead),
            }}
        </>
    }
}

fn view_own(context: &Context, report: &Report) -> Html {
    let text = &context.text.answers;
    let rows = |place: RowPlace| report.rows.iter().filter(move |row| row.place == place).collect::<Vec<_>>();
    let (answered, open, aside) = (rows(RowPlace::Answered), rows(RowPlace::Open), rows(RowPlace::SetAside));
    let next = report.next.as_ref().map(|id| context.href(Page::Question(id.to_string())));
    if answered.is_empty() && open.is_empty() && aside.is_empty() {
        return html! {
            <>
                {words("p", "", text.empty)}
                <p class="actions">{next.map(|href| link("button", href, text.start))}</p>
                {view_positions(context, report)}
            </>
        };
    }
    html! {
        <>
            {words("p", "", text.lead)}
            {view_contradictions(context, report.contradictions.iter())}
            {view_group(context, "answered", text.answered, text.answered_why, &answered)}
            {view_group(context, "open", text.open, text.open_why, &open)}
            {view_group(context, "set-aside", text.set_aside, text.set_aside_why, &aside)}
            if !report.find_out.is_empty() {
                <section key="find-out" class="find-out">
                    {words("h2", "", text.find_out)}
                    {words("p", "", text.find_out_why)}
                    {view_tasks(context, &report.find_out)}
                </section>
            }
            {view_positions(context, report)}
            {view_send(context)}
            <p class="actions">
                {link(if next.is_some() { "button quiet" } else { "button" }, context.href(Page::Result), text.see_result)}
                {next.map(|href| link("button", href, text.go_on))}
            </p>
        </>
    }
}

fn view_group(context: &Context, id: &'static str, title: &'static str, why: &'static str, rows: &[&Row]) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <section key={id} class={id}>
            {words("h2", "", title)}
            {words("p", "soft", why)}
            <dl class="rows">{for rows.iter().map(|row| view_row(context, row))}</dl>
        </section>
    }
}

/// A link with these answers, to be looked at before it is sent.
fn view_send(context: &Context) -> Html {
    let text = &context.text.answers;
    let there = context.route.to(Page::Result).path();
    let link = [&*context.root, &*there, "#", &*session::link::write(&context.session)].concat();
    let shown = html! {
        <>
            {line("", text.send_why)}
            {line("strong", text.send_hint)}
            <Ready text={context.text} id="link" content={AttrValue::from(link)} copy={text.copy_link} />
        </>
    };
    html! { <section key="send" class="send">{details("", text.send, shown)}</section> }
}

fn view_positions(context: &Context, report: &Report) -> Html {
    let text = &context.text.answers;
    if report.cells.is_empty() {
        return html! {};
    }
    let chosen = report.cells.iter().filter(|cell| cell.chosen);
    html! {
        <section key="positions" class="positions">
            {words("h2", "", text.positions)}
            if report.cells.iter().all(|cell| cell.chosen) {
                {words("p", "", text.all_positions)}
            } else {
                <ul>{for chosen.map(|cell| words("li", "", cell.title.clone()))}</ul>
            }
            <p>{link("", context.href(Page::Start) + "#positions", text.change_positions)}</p>
        </section>
    }
}
