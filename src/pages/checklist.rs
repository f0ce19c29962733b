//! Every document to gather, by the place where it goes.

use crate::components::grounds::view_grounds;
use crate::components::marks::view_marks;
use crate::components::moment::view_due;
use crate::components::node::{heading, line, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, details, fact, grouped, named};
use crate::components::row::view_rows;
use crate::components::tag::view_tag;
use crate::context::Context;
use rules::report::{ChecklistItem, RowPlace};
use std::slice;
use yew::{Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.checklist;
    let answered =
        context.report.as_ref().filter(|report| report.rows.iter().any(|row| row.place != RowPlace::NotAsked));
    let items = answered.map_or(&context.outline.documents, |report| &report.checklist);
    html! {
        <>
            {heading(text.title)}
            {line("eyebrow", context.outline.title.clone())}
            {line("lead", if answered.is_some() { text.lead } else { text.lead_general })}
            <div>
                {match (&context.report, answered) {
                    (None, _) => line("card place", text.place),
                    (Some(_), None) => line("card place", text.empty),
                    (_, Some(_)) if items.is_empty() => line("card place", text.nothing),
                    (_, Some(_)) => view_progress(context, items),
                }}
            </div>
            {for grouped(items, |item| &item.place).iter().map(|items| view_place(context, items, answered.is_some()))}
            if !items.is_empty() {
                {view_notices(context, "checklist", text.notices)}
            }
        </>
    }
}

fn view_place(context: &Context, items: &[&ChecklistItem], mine: bool) -> Html {
    let place = items.first().map(|item| words("h2", "", item.place.clone()));
    html! { <>{place}{for items.iter().map(|item| view_item(context, item, mine))}</> }
}

fn view_progress(context: &Context, items: &[ChecklistItem]) -> Html {
    let needed = items.iter().filter(|item| item.needed);
    let done = needed.clone().filter(|item| context.is_finished(item)).count();
    let all = needed.count();
    html! {
        <>
            {line("strong", (context.text.checklist.progress)(done, all))}
            <progress value={done.to_string()} max={all.to_string()} aria-hidden="true" />
        </>
    }
}

fn view_item(context: &Context, item: &ChecklistItem, mine: bool) -> Html {
    let text = &context.text.checklist;
    html! {
        <article id={anchor("document", &item.id)} class="card document">
            {words("h3", "", item.title.clone())}
            if !item.needed {
                <p>{view_tag("tag needs", text.may_be_needed)}</p>
            }
            {line("", item.what.clone())}
            {view_facts(context, item)}
            if mine {
                <div class="marks">{view_state(context, item)}</div>
            }
            {details("", text.more, view_more(context, item))}
            {view_grounds(&context.text.common, &item.basis, &item.cited)}
        </article>
    }
}

/// What must be known to get the document.
fn view_facts(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let dates = [(text.due, &item.due), (text.issued_from, &item.issued_from), (text.issued_until, &item.issued_until)];
    let dates = dates.into_iter().filter_map(|(name, moment)| Some(fact(name, view_due(context, moment.as_ref()?))));
    let titles = item.depends_on.iter().filter_map(|id| context.outline.documents.iter().find(|other| other.id == *id));
    let titles: Vec<&str> = titles.map(|other| &*other.title).collect();
    html! {
        <dl class="rows">
            {for dates}
            {item.form.as_ref().map(|form| named(text.form, form.clone()))}
            if !titles.is_empty() {
                {named(text.depends_on, titles.join("; "))}
            }
        </dl>
    }
}

/// How far it is: by an answer that says so, else by the person's marks.
fn view_state(context: &Context, item: &ChecklistItem) -> Html {
    match &item.done {
        Some(row) => html! {
            <>
                {line("strong", context.text.checklist.done_by_answer)}
                {view_rows(context, slice::from_ref(row))}
            </>
        },
        None => view_marks(context, item),
    }
}

fn view_more(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    html! {
        <dl class="rows">
            {named(text.why, item.why.clone())}
            {named(text.consequence, item.consequence.clone())}
            {item.note.as_ref().map(|note| named(text.note, note.clone()))}
            {named(text.cells, item.cells.join("; "))}
        </dl>
    }
}
