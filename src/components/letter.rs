//! What the rules do not settle: the readings, whom to ask, and a letter that is ready to send.

use super::grounds::{outside, view_grounds};
use super::node::{line, words};
use crate::text::Messages;
use rules::report::{Ask, Cited, Disagreement};
use rules::rulebook::{Basis, Named};
use yew::{Html, Properties, component, html};

pub fn view_disagreement(text: &Messages, disagreement: &Disagreement) -> Html {
    let words_ = &text.result;
    let readings = disagreement.readings.iter().enumerate();
    html! {
        <>
            {words("h3", "", words_.readings)}
            {line("strong", disagreement.title.clone())}
            {line("", disagreement.text.clone())}
            <ul class="grid">{for readings.map(|(n, reading)| view_reading(text, n, reading))}</ul>
            {line("strong", words_.likely)}
            {line("", disagreement.likely.clone())}
        </>
    }
}

fn view_reading(text: &Messages, n: usize, (named, basis, cited): &(Named, Basis, Vec<Cited>)) -> Html {
    html! {
        <li class="card">
            {line("eyebrow", (text.result.reading)(n + 1))}
            {line("", named.text.clone())}
            {view_grounds(&text.common, basis, cited)}
        </li>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct LetterProps {
    pub text: &'static Messages,
    pub ask: Ask,
}

/// Whom to ask, and what to write to them.
#[component]
pub fn Letter(LetterProps { text, ask }: &LetterProps) -> Html {
    let text = &text.result;
    html! {
        <>
            {words("h3", "", text.whom)}
            <p>{outside(ask.url.clone(), ask.name.clone())}</p>
            {words("h3", "", text.ready)}
            {line("hint", text.ready_hint)}
            {for ask.questions.iter().map(|question| words("pre", "ready", question.clone()))}
        </>
    }
}
