//! One question.

mod form;

use crate::components::grounds::outside;
use crate::components::node::{heading, line, link, words};
use crate::components::part::{details, list, named};
use crate::components::row::view_contradictions;
use crate::context::Context;
use crate::route::Page;
use crate::session::{Action, key};
use crate::state::skipped;
use crate::title::title;
use form::QuestionForm;
use rules::answers::RawAnswer;
use rules::outline::{Field, QuestionView};
use rules::report::RowPlace;
use rules::rulebook::{Named, Text};
use yew::{Html, html};

pub fn view(context: &Context, id: &str) -> Html {
    match context.outline.question(id) {
        Some(question) => view_question(context, question),
        None => view_unknown(context),
    }
}

/// The address names a question that this cycle does not ask.
fn view_unknown(context: &Context) -> Html {
    let text = context.text;
    html! {
        <>
            {heading(text.question.unknown)}
            {line("", text.question.unknown_why)}
            <p>{link("", context.href(Page::Answers), text.answers.title)}</p>
        </>
    }
}

fn view_question(context: &Context, question: &QuestionView) -> Html {
    let text = &context.text.question;
    let report = context.report.as_ref();
    let row = report.and_then(|report| report.rows.iter().find(|row| row.question == question.id));
    let contradictions = report.into_iter().flat_map(|report| &report.contradictions);
    let contradictions = contradictions.filter(|found| found.rows.iter().any(|row| row.question == question.id));
    // The form must keep its place among its neighbors when they come and go: drawn again, it would lose what was
    // entered.
    html! {
        <>
            <p class="back">{link("", context.href(before(context, &question.id)), text.back)}</p>
            {view_contradictions(context, contradictions)}
            if row.is_some_and(|row| row.place == RowPlace::SetAside) {
                {line("notice", text.set_aside)}
            }
            if is_withdrawn(context, question) {
                {line("notice", text.withdrawn)}
            }
            {line("notice warn no-script", context.text.layout.no_script)}
            {view_form(context, question)}
            {view_help(context, question)}
            if let Some(report) = report {
                if report.at_most_more > 0 {
                    {line("soft left", (text.left)(report.at_most_more))}
                }
            }
        </>
    }
}

/// Choices of a question that can no longer be true.
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

/// Abbreviations and names in a question, with what they mean.
fn used_words<'a>(context: &'a Context, question: &QuestionView) -> Vec<&'a Named> {
    let choices = match &question.field {
        Field::Choice(choices) | Field::Choices(choices, _) => &choices[..],
        _ => &[],
    };
    let texts = [Some(&question.title), question.hint.as_ref(), Some(&question.why), Some(&question.where_to_find)];
    let texts = texts.into_iter().flatten().chain(choices.iter().map(|choice| &choice.text));
    let texts: String = texts.flat_map(|text| [&**text, " "]).collect();
    let outer = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let stands = |term: &&Named| {
        let mut places = (0..texts.len()).filter(|at| texts.as_bytes()[*at..].starts_with(term.id.as_bytes()));
        places.any(|at| outer(texts[..at].chars().next_back()) && outer(texts[at + term.id.len()..].chars().next()))
    };
    context.outline.glossary.iter().filter(stands).collect()
}

fn view_help(context: &Context, question: &QuestionView) -> Html {
    let text = &context.text.question;
    let terms = used_words(context, question);
    let shown = html! {
        <>
            {words("h2", "", text.why)}
            {line("", question.why.clone())}
            {words("h2", "", text.where_to_find)}
            {line("", question.where_to_find.clone())}
            if let Some((name, url)) = &question.ask {
                {words("h2", "", text.who_knows)}
                <p>{outside(url.clone(), name.clone())}</p>
            }
            if !terms.is_empty() {
                {words("h2", "", text.terms)}
                <dl class="rows">{for terms.iter().map(|term| named(term.id.clone(), term.text.clone()))}</dl>
            }
            if !question.affects.is_empty() {
                {words("h2", "", text.affects)}
                {list("", &question.affects)}
            }
        </>
    };
    details("help", text.more, shown)
}
