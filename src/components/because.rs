//! Why a verdict is what it is.

use crate::pages::PageProps;
use crate::route::Page;
use rules::report::{Because, Criterion, Row};
use yew::{Html, html};

/// The alternatives, each of which alone is enough. `whole` gives the rules in full, not by their names only.
pub fn view_because(props: &PageProps, because: &[Because], whole: bool) -> Html {
    let words = &props.text.result;
    let each = because.iter().enumerate().map(|(idx, alternative)| {
        html! { <li key={idx}>{view_alternative(props, alternative, whole)}</li> }
    });
    match because {
        [] => html! {},
        [only] => html! {
            <>
                <h3>{words.because}</h3>
                {view_alternative(props, only, whole)}
            </>
        },
        _ => html! {
            <>
                <h3>{words.because_any}</h3>
                <ol class="alternatives">{for each}</ol>
            </>
        },
    }
}

fn view_alternative(props: &PageProps, because: &Because, whole: bool) -> Html {
    let words = &props.text.result;
    let day = props.report.as_ref().filter(|_| because.day).map(|report| {
        html! {
            <div key="day" class="row">
                <dt>{words.the_day}</dt>
                <dd>{props.text.common.full_date(report.as_of.day)}</dd>
            </div>
        }
    });
    let rules = html! {
        <ul class="rules">{for because.rules.iter().map(|rule| view_rule(props, rule, whole))}</ul>
    };
    let rules = if whole {
        html! { <div key="rules"><p class="eyebrow">{words.by_rules}</p>{rules}</div> }
    } else {
        html! { <details key="rules"><summary>{words.by_rules}</summary>{rules}</details> }
    };
    html! {
        <>
            <dl key="rows" class="rows">
                {for because.rows.iter().map(|row| view_row(props, row))}
                {for day}
            </dl>
            {rules}
        </>
    }
}

/// What was asked, what was said, and a way to change it.
pub fn view_row(props: &PageProps, row: &Row) -> Html {
    let common = &props.text.common;
    let said = row.said.as_ref().map_or(common.not_answered.to_owned(), |said| common.said(said));
    html! {
        <div key={&*row.question} class="row">
            <dt>{row.short.clone()}</dt>
            <dd key={said.clone()}>{said.clone()}</dd>
            <dd class="change">
                <a href={props.href(Page::Question(row.question.to_string()))}>
                    <span>{common.change}</span>
                    <span class="hush">{[": ", &*row.short].concat()}</span>
                </a>
            </dd>
        </div>
    }
}

/// A rule with its basis and sources.
pub fn view_rule(props: &PageProps, rule: &Criterion, whole: bool) -> Html {
    let text = whole.then(|| rule.missed.as_ref().unwrap_or(&rule.text).clone());
    html! {
        <li key={&*rule.rule}>
            <p class="strong">{rule.title.clone()}</p>
            {for text.map(|text| super::view_line("", text))}
            {super::grounds::view_grounds(&props.text.common, &rule.basis, &rule.cited)}
        </li>
    }
}
