//! One question.

use crate::components::field::QuestionForm;
use crate::components::grounds::outside;
use crate::components::node::{self, el, heading, keyed, link, many, nothing};
use crate::components::so_far::view_so_far;
use crate::context::Context;
use crate::route::Page;
use crate::session::{Action, key};
use crate::state::skipped;
use crate::text::Messages;
use crate::title::title;
use rules::answers::RawAnswer;
use rules::outline::QuestionView;
use rules::report::{Contradiction, Report, Row, RowPlace};
use rules::rulebook::Text;
use yew::{Html, html};

pub fn view(context: &Context, id: &str) -> Html {
    let text = context.text;
    let words = &text.question;
    let Some(question) = context.outline.questions.iter().find(|question| *question.id == *id) else {
        let answers = el("p", "", vec![link("", context.href(Page::Answers), text.answers.title)]);
        return many(vec![heading(words.unknown), node::words("p", "", words.unknown_why), answers]);
    };
    let report = context.report.as_ref();
    let row = report.and_then(|report| report.rows.iter().find(|row| *row.question == *id));
    let set_aside = row.is_some_and(|row| row.place == RowPlace::SetAside);
    let contradictions = report.into_iter().flat_map(|report| &report.contradictions);
    let contradictions = contradictions.filter(|found| found.rows.iter().any(|row| *row.question == *id));
    // The form must keep its place among its neighbors when they come and go: drawn anew, it would lose what was
    // entered.
    many(vec![
        el("p", "back", vec![link("", context.href(before(context, id)), words.back)]),
        el("div", "contradictions", contradictions.map(|found| view_contradiction(context, found)).collect()),
        if set_aside { node::words("p", "notice", words.set_aside) } else { nothing() },
        if is_withdrawn(context, question) { node::words("p", "notice", words.withdrawn) } else { nothing() },
        node::words("p", "notice warn no-script", text.layout.no_script),
        view_form(context, question),
        view_help(text, question),
        report.map_or_else(nothing, |report| view_left(text, report)),
        report.map_or_else(nothing, |report| view_so_far(text, report)),
    ])
}

/// Choices of a question that cannot be true any more.
fn withdrawn(context: &Context, question: &QuestionView) -> Vec<Text> {
    let all = context.report.iter().flat_map(|report| &report.withdrawn);
    all.filter(|(of, _)| *of == question.id).map(|(_, choice)| choice.clone()).collect()
}

/// Whether the answer given before is such a choice.
fn is_withdrawn(context: &Context, question: &QuestionView) -> bool {
    let answer = context.session.answers.get(&key(&context.outline.cycle, &question.id, question.per_cycle));
    let withdrawn = withdrawn(context, question);
    matches!(answer, Some(RawAnswer::Text(given)) if withdrawn.iter().any(|choice| **choice == **given))
}

fn view_form(context: &Context, question: &QuestionView) -> Html {
    let key = key(&context.outline.cycle, &question.id, question.per_cycle);
    let answer = context.session.answers.get(&key).cloned();
    let on_answer = {
        let (on, answered, id) = (context.on.clone(), answer.is_some(), question.id.to_string());
        move |given: Option<RawAnswer>| {
            // Skipping takes nothing back.
            if given.is_some() || !answered {
                on.emit(Action::Answered(key.clone(), given.unwrap_or_else(skipped)));
            }
            on.emit(Action::Continued(id.clone()));
        }
    };
    html! {
        <QuestionForm text={context.text} question={question.clone()} {answer} epoch={context.epoch}
            withdrawn={withdrawn(context, question)}
            today={context.report.as_ref().map(|report| report.as_of.day)}
            title={title(context.text, &context.route, &context.outline)} {on_answer} />
    }
}

/// The page that Back leads to: the question answered before this one.
fn before(context: &Context, id: &str) -> Page {
    let of_cycle = |answered: &&String| context.outline.questions.iter().any(|question| *question.id == ***answered);
    let order = context.session.order.iter().filter(of_cycle);
    let before = order.take_while(|answered| **answered != *id).last();
    before.map_or(Page::Start, |answered| Page::Question(answered.clone()))
}

/// Answers that do not fit together, with the way to each.
pub fn view_contradiction(context: &Context, found: &Contradiction) -> Html {
    let row = |row: &Row| {
        let said = row.said.as_ref().map(|said| context.text.common.said(said)).unwrap_or_default();
        let href = context.href(Page::Question(row.question.to_string()));
        keyed(&row.question, "li", "", vec![link("", href, row.short.clone()), node::words("span", "said", said)])
    };
    keyed(
        &found.id,
        "section",
        "notice warn contradiction",
        vec![
            node::words("h2", "", context.text.question.contradiction),
            node::words("p", "", found.text.clone()),
            el("ul", "", found.rows.iter().map(row).collect()),
        ],
    )
}

fn view_help(text: &Messages, question: &QuestionView) -> Html {
    let text = &text.question;
    let mut parts = vec![
        node::words("summary", "", text.more),
        node::words("h2", "", text.why),
        node::words("p", "", question.why.clone()),
        node::words("h2", "", text.where_to_find),
        node::words("p", "", question.where_to_find.clone()),
    ];
    if let Some((name, url)) = &question.ask {
        parts.push(node::words("h2", "", text.who_knows));
        parts.push(el("p", "", vec![outside(url.clone(), name.clone())]));
    }
    if !question.affects.is_empty() {
        parts.push(node::words("h2", "", text.affects));
        parts.push(el("ul", "", question.affects.iter().map(|cell| node::words("li", "", cell.clone())).collect()));
    }
    el("details", "help", parts)
}

fn view_left(text: &Messages, report: &Report) -> Html {
    if report.at_most_more == 0 {
        return nothing();
    }
    node::words("p", "soft left", (text.question.left)(report.at_most_more))
}
