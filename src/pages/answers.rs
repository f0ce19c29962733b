//! What was answered, skipped and set aside.

use super::question::view_contradiction;
use crate::components::grounds::outside;
use crate::components::node::{el, heading, keyed, link, many, nothing, view_link, words};
use crate::components::so_far::view_so_far;
use crate::context::Context;
use crate::route::Page;
use rules::report::{FindOut, Report, Row, RowPlace};
use yew::Html;

pub fn view(context: &Context) -> Html {
    let text = &context.text.answers;
    let own = match &context.report {
        Some(report) => keyed("own", "div", "own", view_own(context, report)),
        None => words("p", "", text.lead),
    };
    many(vec![heading(text.title), own])
}

fn view_own(context: &Context, report: &Report) -> Vec<Html> {
    let text = &context.text.answers;
    let rows = |place: RowPlace| report.rows.iter().filter(move |row| row.place == place).collect::<Vec<_>>();
    let (answered, open, aside) = (rows(RowPlace::Answered), rows(RowPlace::Open), rows(RowPlace::SetAside));
    let next = report.next.as_ref().map(|id| context.href(Page::Question(id.to_string())));
    let go_on = |words| next.map_or_else(nothing, |href| link("button", href, words));
    if answered.is_empty() && open.is_empty() && aside.is_empty() {
        let start = el("p", "actions", vec![go_on(text.start)]);
        return vec![words("p", "", text.empty), start, view_positions(context, report)];
    }
    vec![
        words("p", "", text.lead),
        el(
            "div",
            "contradictions",
            report.contradictions.iter().map(|found| view_contradiction(context, found)).collect(),
        ),
        view_group(context, "answered", text.answered, text.answered_why, &answered),
        view_group(context, "open", text.open, text.open_why, &open),
        view_group(context, "set-aside", text.set_aside, text.set_aside_why, &aside),
        view_find_out(context, &report.find_out),
        view_positions(context, report),
        el("p", "actions", vec![go_on(text.go_on), link("button quiet", context.href(Page::Result), text.see_result)]),
        view_so_far(context.text, report),
    ]
}

fn view_group(context: &Context, id: &'static str, title: &'static str, why: &'static str, rows: &[&Row]) -> Html {
    if rows.is_empty() {
        return nothing();
    }
    let rows = rows.iter().map(|row| view_row(context, row)).collect();
    keyed(id, "section", id, vec![words("h2", "", title), words("p", "soft", why), el("dl", "rows", rows)])
}

fn view_row(context: &Context, row: &Row) -> Html {
    let text = &context.text.answers;
    let said = row
        .said
        .as_ref()
        .map_or_else(|| context.text.common.not_answered.to_owned(), |said| context.text.common.said(said));
    let change = if row.place == RowPlace::Open { text.answer_now } else { text.change };
    let title = context.outline.questions.iter().find(|question| question.id == row.question);
    let title = title.map_or(&row.short, |question| &question.title);
    let href = context.href(Page::Question(row.question.to_string()));
    let change = vec![words("span", "", change), words("span", "hush", (text.change_what)(title))];
    keyed(
        &row.question,
        "div",
        "row",
        vec![
            words("dt", "", row.short.clone()),
            words("dd", "", said),
            el("dd", "change", vec![view_link("", href.into(), change)]),
        ],
    )
}

fn view_find_out(context: &Context, tasks: &[FindOut]) -> Html {
    let text = &context.text.answers;
    if tasks.is_empty() {
        return nothing();
    }
    let task = |task: &FindOut| {
        let mut parts = vec![words("h3", "", task.title.clone()), words("p", "", task.where_to_find.clone())];
        if let Some((name, url)) = &task.ask {
            parts.push(el("p", "", vec![outside(url.clone(), name.clone())]));
        }
        if !task.matters {
            parts.push(words("p", "soft", text.cannot_matter));
        }
        keyed(&task.question, "li", "", parts)
    };
    let tasks = tasks.iter().map(task).collect();
    keyed(
        "find-out",
        "section",
        "find-out",
        vec![words("h2", "", text.find_out), words("p", "", text.find_out_why), el("ul", "plain", tasks)],
    )
}

fn view_positions(context: &Context, report: &Report) -> Html {
    let text = &context.text.answers;
    if report.cells.is_empty() {
        return nothing();
    }
    let all = report.cells.iter().all(|cell| cell.chosen);
    let chosen = report.cells.iter().filter(|cell| cell.chosen && !all);
    let chosen = chosen.map(|cell| words("li", "", cell.title.clone())).collect();
    let href = context.href(Page::Start) + "#positions";
    keyed(
        "positions",
        "section",
        "positions",
        vec![
            words("h2", "", text.positions),
            if all { words("p", "", text.all_positions) } else { keyed("some", "ul", "", chosen) },
            el("p", "", vec![link("", href, text.change_positions)]),
        ],
    )
}
