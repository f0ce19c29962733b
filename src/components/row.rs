//! Questions with what was said to them.

use super::moment::view_due;
use super::node::{line, view_link, words};
use super::part::with_hidden;
use crate::context::Context;
use crate::route::Page;
use rules::report::{Contradiction, Doubt, DoubtKind, Row, RowPlace};
use yew::{Html, html};

/// What was asked, what was said, and a way to change it.
pub fn view_row(context: &Context, row: &Row) -> Html {
    let common = &context.text.common;
    let said = row.said.as_ref().map_or_else(|| common.not_answered.to_owned(), |said| common.said(said));
    let is_answered = row.said.is_some() && row.place != RowPlace::Open;
    let change = if is_answered { common.change } else { common.answer };
    let change = with_hidden(change, [": ", &*row.short].concat());
    let href = context.href(Page::Question(row.question.to_string()));
    html! {
        <div key={&*row.question} class="row">
            {words("dt", "", row.short.clone())}
            {words("dd", "", said)}
            <dd class="change">{view_link("", href.into(), change)}</dd>
        </div>
    }
}

pub fn view_rows(context: &Context, rows: &[Row]) -> Html {
    html! { <dl class="rows">{for rows.iter().map(|row| view_row(context, row))}</dl> }
}

/// What was answered, and may have changed since, with the way to each.
pub fn view_changed(context: &Context, doubts: &[Doubt]) -> Html {
    let mut rows: Vec<&Row> = Vec::new();
    for doubt in doubts {
        if let Some(row) = &doubt.answer
            && doubt.why != DoubtKind::TooEarly
            && rows.iter().all(|known| known.question != row.question)
        {
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <>
            {line("", context.text.result.next.changed)}
            <dl class="rows">{for rows.into_iter().map(|row| view_row(context, row))}</dl>
        </>
    }
}

/// Answers that do not fit together, with the way to each.
pub fn view_contradictions<'a>(context: &Context, found: impl Iterator<Item = &'a Contradiction>) -> Html {
    let text = &context.text.question;
    let each = found.map(|found| {
        html! {
            <section key={&*found.id} class="notice warn contradiction">
                {words("h2", "", text.contradiction)}
                {words("p", "", found.text.clone())}
                {view_rows(context, &found.rows)}
                {for found.dates.iter().map(|date| html! {
                    <div class="due">{line("source", date.title.clone())}<p>{view_due(context, date)}</p></div>
                })}
            </section>
        }
    });
    html! { <div class="contradictions">{for each}</div> }
}
