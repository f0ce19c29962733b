//! What the rules do not settle: the readings, whom to ask, and a question that is ready to send.

use super::grounds::{outside, view_grounds};
use super::node::{el, many, words};
use super::part::line;
use crate::context::Context;
use rules::report::{Ask, Cited, Disagreement};
use rules::rulebook::{Basis, Named};
use yew::Html;

pub fn view_disagreement(context: &Context, disagreement: &Disagreement) -> Html {
    let text = &context.text.result;
    let each = disagreement.readings.iter().enumerate().map(|(idx, reading)| view_reading(context, idx, reading));
    many(vec![
        words("h3", "", text.readings),
        line("strong", disagreement.title.clone()),
        line("", disagreement.text.clone()),
        el("ul", "grid", each.collect()),
        line("strong", text.likely),
        line("", disagreement.likely.clone()),
    ])
}

fn view_reading(context: &Context, idx: usize, (named, basis, cited): &(Named, Basis, Vec<Cited>)) -> Html {
    el(
        "li",
        "card",
        vec![
            line("eyebrow", (context.text.result.reading)(idx + 1)),
            line("", named.text.clone()),
            view_grounds(&context.text.common, basis, cited),
        ],
    )
}

pub fn view_ask(context: &Context, ask: &Ask) -> Html {
    let text = &context.text.result;
    let mut shown = vec![
        words("h3", "", text.whom),
        el("p", "", vec![outside(ask.url.clone(), ask.name.clone())]),
        words("h3", "", text.ready),
        line("hint", text.ready_hint),
    ];
    shown.extend(ask.questions.iter().map(|question| words("pre", "ready", question.clone())));
    many(shown)
}
