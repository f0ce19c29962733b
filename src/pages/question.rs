//! One question.

use super::{PageProps, title};
use crate::components::field::QuestionForm;
use crate::components::so_far::view_so_far;
use crate::route::Page;
use crate::session::{Action, key};
use crate::state::skipped;
use crate::text::Messages;
use rules::answers::RawAnswer;
use rules::outline::QuestionView;
use rules::report::{Contradiction, Report, RowPlace};
use yew::{Html, html};

pub fn view(props: &PageProps, id: &str) -> Html {
    let text = props.text;
    let Some(question) = props.outline.questions.iter().find(|question| *question.id == *id) else {
        return html! {
            <>
                <h1 tabindex="-1">{text.question.unknown}</h1>
                <p>{text.question.unknown_why}</p>
                <p><a href={props.href(Page::Answers)}>{text.answers.title}</a></p>
            </>
        };
    };
    let key = key(&props.outline.cycle, &question.id, question.per_cycle);
    let answer = props.session.answers.get(&key).cloned();
    let on_answer = {
        let (on, answer, id) = (props.on.clone(), answer.clone(), question.id.to_string());
        move |given: Option<RawAnswer>| {
            match (given, &answer) {
                (Some(given), _) => on.emit(Action::Answered(key.clone(), given)),
                (None, None) => on.emit(Action::Answered(key.clone(), skipped())),
                // Skipping takes nothing back.
                (None, Some(_)) => {}
            }
            on.emit(Action::Continued(id.clone()));
        }
    };
    let report = props.report.as_ref();
    let row = report.and_then(|report| report.rows.iter().find(|row| *row.question == *id));
    let set_aside = row.is_some_and(|row| row.place == RowPlace::SetAside);
    let contradictions = report.into_iter().flat_map(|report| &report.contradictions);
    let contradictions = contradictions.filter(|found| found.rows.iter().any(|row| *row.question == *id));
    // The form must keep its place among its neighbours when they come and go, or it would be drawn anew and lose what
    // was entered; `for` would let it move.
    html! {
        <>
            <p class="back"><a href={props.href(before(props, id))}>{text.question.back}</a></p>
            <div class="contradictions">{for contradictions.map(|found| view_contradiction(props, found))}</div>
            if set_aside {
                <p class="notice">{text.question.set_aside}</p>
            }
            <p class="notice warn no-script">{text.layout.no_script}</p>
            <QuestionForm {text} question={question.clone()} {answer} epoch={props.epoch}
                erased={props.session.is_empty()} today={report.map(|report| report.as_of.day)}
                title={title(text, &props.route, &props.outline)} {on_answer} />
            {view_help(text, question)}
            if let Some(report) = report {
                {view_left(text, report)}
                {view_so_far(text, report)}
            }
        </>
    }
}

/// The page that Back leads to: the question answered before this one.
fn before(props: &PageProps, id: &str) -> Page {
    let of_cycle = |answered: &&String| props.outline.questions.iter().any(|question| *question.id == ***answered);
    let order = props.session.order.iter().filter(of_cycle);
    let before = order.take_while(|answered| **answered != *id).last();
    before.map_or(Page::Start, |answered| Page::Question(answered.clone()))
}

/// Answers that do not fit together, with the way to each.
pub fn view_contradiction(props: &PageProps, found: &Contradiction) -> Html {
    let rows = found.rows.iter().map(|row| {
        let said = row.said.as_ref().map(|said| props.text.common.said(said)).unwrap_or_default();
        html! {
            <li key={&*row.question}>
                <a href={props.href(Page::Question(row.question.to_string()))}>{row.short.clone()}</a>
                <span class="said" key={said.clone()}>{said}</span>
            </li>
        }
    });
    html! {
        <section key={&*found.id} class="notice warn contradiction">
            <h2>{props.text.question.contradiction}</h2>
            <p>{found.text.clone()}</p>
            <ul>{for rows}</ul>
        </section>
    }
}

fn view_help(text: &Messages, question: &QuestionView) -> Html {
    let words = &text.question;
    html! {
        <details class="help">
            <summary>{words.more}</summary>
            <h2>{words.why}</h2>
            <p>{question.why.clone()}</p>
            <h2>{words.where_to_find}</h2>
            <p>{question.where_to_find.clone()}</p>
            {for question.ask.iter().map(|(name, url)| html! {
                <>
                    <h2>{words.who_knows}</h2>
                    <p><a href={url.to_string()} rel="noreferrer">{name.clone()}</a></p>
                </>
            })}
            if !question.affects.is_empty() {
                <>
                    <h2>{words.affects}</h2>
                    <ul>{for question.affects.iter().map(|cell| html! { <li>{cell.clone()}</li> })}</ul>
                </>
            }
        </details>
    }
}

fn view_left(text: &Messages, report: &Report) -> Html {
    if report.at_most_more == 0 {
        return html! {};
    }
    let left = (text.question.left)(report.at_most_more);
    html! { <p key={left.clone()} class="soft left">{left}</p> }
}
