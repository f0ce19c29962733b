//! Where the person stands: every verdict, why, and what to do next.

mod cell;

use crate::components::because::view_rows;
use crate::components::grounds::outside;
use crate::components::moment::view_due;
use crate::components::next_thing::{NextThing, next_thing};
use crate::components::node::{el, heading, link, many, nothing, view_link, words};
use crate::components::notices::view_notices;
use crate::components::part::{beside, fact, here, line, list, maybe, section, with_hush};
use crate::components::tag::view_verdict;
use crate::context::Context;
use crate::route::Page;
use rules::report::{CellReport, FindOut, Report, RowPlace};
use rules::rulebook::Text;
use rules::verdict::{Outcome, Verdict};
use yew::Html;

pub fn view(context: &Context) -> Html {
    let mut shown = vec![heading(context.text.result.title)];
    match &context.report {
        None => shown.push(view_general(context, true)),
        Some(report) if report.rows.iter().all(|row| row.place == RowPlace::NotAsked) => {
            shown.push(view_empty(context, report));
            shown.push(view_general(context, false));
        }
        Some(report) => shown.push(view_report(context, report)),
    }
    shown.push(view_next_cycle(context));
    many(shown)
}

/// What holds for everybody, with a place for the person's own part while that is not there yet.
fn view_general(context: &Context, waiting: bool) -> Html {
    let text = &context.text.result;
    let covers: Vec<Text> = context.outline.cells.iter().map(|cell| cell.title.clone()).collect();
    many(vec![
        line("eyebrow", context.outline.title.clone()),
        line("lead", text.general[0]),
        line("", text.general[1]),
        maybe(waiting.then(|| el("div", "card place", vec![line("", text.place)]))),
        words("h2", "", text.covers),
        list("", &covers),
        el("p", "", vec![link("", context.href(Page::Sources), text.all_rules)]),
        line("soft", context.text.common.unofficial),
        view_notices(context, "result", text.notices),
    ])
}

fn view_empty(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let first = report.next.as_ref().map(|id| {
        let first = link("button", context.href(Page::Question(id.to_string())), text.first_question);
        el("p", "actions", vec![first])
    });
    el("div", "card place", vec![line("", text.empty), maybe(first)])
}

fn view_report(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let day = context.text.common.full_date(report.as_of.day);
    let chosen = report.cells.iter().filter(|cell| cell.chosen);
    let mut shown = vec![
        line("eyebrow", (text.as_of)(&context.outline.title, &day)),
        line("lead", context.text.common.unofficial),
        maybe(report.outside_span.then(|| view_warning(&text.outside_span))),
        maybe(report.past_check_by.then(|| view_warning(&text.past_check_by))),
        view_next(context, report),
        view_glance(context, report),
    ];
    shown.extend(chosen.map(|cell| cell::view(context, cell)));
    shown.push(view_find_out(context, &report.find_out));
    shown.push(view_notices(context, "result", text.notices));
    many(shown)
}

fn view_warning(text: &[&'static str; 2]) -> Html {
    el("div", "notice warn", vec![words("h2", "", text[0]), line("", text[1])])
}

/// One thing, with its date on top.
fn view_next(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let question = |id: &Text| context.href(Page::Question(id.to_string()));
    let more = || (text.at_most_more)(report.at_most_more);
    let thing = next_thing(context, report);
    let what = match thing {
        NextThing::Nothing => return nothing(),
        NextThing::Mend(contradiction) => vec![
            line("strong", contradiction.text.clone()),
            line("", text.next.mend),
            view_rows(context, &contradiction.rows),
        ],
        NextThing::Step(step) => vec![line("strong", step.text.clone())],
        NextThing::Document(item) => {
            vec![line("strong", (text.next.document)(&item.title)), line("", item.what.clone())]
        }
        NextThing::Question(id) => {
            let known = context.outline.questions.iter().find(|known| known.id == *id);
            vec![
                maybe(known.map(|question| line("strong", question.title.clone()))),
                el("p", "", vec![link("button", question(id), text.next.question)]),
                line("soft", more()),
            ]
        }
        NextThing::FindOut(task) => vec![
            line("strong", (text.next.find_out)(&task.title)),
            line("", task.where_to_find.clone()),
            el("p", "", vec![link("link", question(&task.question), text.find_out.answer)]),
        ],
        NextThing::Ask(cell, ask) => vec![
            line("strong", (text.next.ask)(&ask.name)),
            line("", text.next.ask_how),
            el("p", "", vec![link("", here("cell", &cell.id), cell.title.clone())]),
        ],
        NextThing::Stage(stage) => {
            let rest = stage.to_do.get(1..).filter(|rest| !rest.is_empty());
            vec![
                line("source", stage.title.clone()),
                maybe(stage.to_do.first().map(|first| line("strong", first.clone()))),
                maybe(rest.map(|rest| list("", rest))),
            ]
        }
        NextThing::Date(entry) => vec![line("strong", (text.next.date)(&entry.title))],
    };
    let date = thing
        .by(report)
        .map(|by| el("div", "due", vec![line("source", by.title.clone()), el("p", "", vec![view_due(context, by)])]));
    let card = vec![maybe(date), el("div", "", what)];
    let go_on = report.next.as_ref().filter(|_| !matches!(thing, NextThing::Question(_)));
    let go_on = go_on.map(|id| {
        let go_on = beside(link("link", question(id), text.go_on), words("span", "soft", more()));
        el("p", "", vec![go_on])
    });
    many(vec![section("next", "card next", text.next.title, card), maybe(go_on)])
}

/// The grid: places, and in each its positions by iteration.
fn view_glance(context: &Context, report: &Report) -> Html {
    if report.cells.is_empty() {
        return nothing();
    }
    let mut shown = Vec::new();
    let mut cells: Vec<&CellReport> = report.cells.iter().collect();
    while let Some(first) = cells.first() {
        let place = first.place.clone();
        let (these, others): (Vec<&CellReport>, Vec<&CellReport>) = cells.iter().partition(|cell| cell.place == place);
        shown.push(words("h3", "", place));
        shown.push(el("ul", "grid glance", these.iter().map(|cell| view_square(context, cell)).collect()));
        cells = others;
    }
    section("glance", "", context.text.result.at_a_glance, shown)
}

fn view_square(context: &Context, cell: &CellReport) -> Html {
    let text = &context.text.result;
    let more = if cell.chosen {
        let why = with_hush(text.details, [": ", &*cell.title].concat());
        el("p", "", vec![view_link("link", here("cell", &cell.id), why)])
    } else {
        line("soft", text.not_chosen)
    };
    el(
        "li",
        "card",
        vec![
            el("div", "head", vec![words("h4", "", cell.what.clone()), view_verdict(context.text, cell.verdict)]),
            line("", in_short(context, cell)),
            more,
        ],
    )
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

fn view_find_out(context: &Context, tasks: &[FindOut]) -> Html {
    if tasks.is_empty() {
        return nothing();
    }
    let text = &context.text.result.find_out;
    let task = |task: &FindOut| {
        let ask = task.ask.as_ref().map(|(name, url)| fact(text.who_knows, outside(url.clone(), name.clone())));
        let found = fact(text.where_to_find, words("span", "", task.where_to_find.clone()));
        let href = context.href(Page::Question(task.question.to_string()));
        el(
            "li",
            "card",
            vec![
                words("h3", "", task.title.clone()),
                line("", if task.matters { text.matters } else { text.does_not_matter }),
                el("dl", "rows", vec![found, maybe(ask)]),
                el("p", "", vec![link("link", href, text.answer)]),
            ],
        )
    };
    section(
        "find-out",
        "",
        text.title,
        vec![line("hint", text.hint), el("ul", "plain", tasks.iter().map(task).collect())],
    )
}

fn view_next_cycle(context: &Context) -> Html {
    let (text, next) = (&context.text.result, &context.outline.next_cycle);
    let there = context.href_in(&next.id, Page::Start);
    section(
        "next-cycle",
        "",
        text.next_cycle,
        vec![
            line("", next.text.clone()),
            el(
                "p",
                "actions",
                vec![
                    there.map_or_else(nothing, |href| link("button", href, (context.text.start.go_to)(&next.id))),
                    link("button quiet", context.href(Page::Checklist), text.checklist),
                    link("button quiet", context.href(Page::Timeline), text.timeline),
                ],
            ),
        ],
    )
}
