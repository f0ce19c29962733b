//! What the rules do not settle: the readings, whom to ask, and a question that is ready to send.

use super::grounds::{outside, view_grounds};
use super::node::{el, many, words};
use super::part::line;
use crate::pages::PageProps;
use rules::report::{Ask, Cited, Disagreement};
use rules::rulebook::{Basis, Named};
use yew::Html;

pub fn view_disagreement(props: &PageProps, disagreement: &Disagreement) -> Html {
    let text = &props.text.result;
    let each = disagreement.readings.iter().enumerate().map(|(idx, reading)| view_reading(props, idx, reading));
    many(vec![
        words("h3", "", text.readings),
        line("strong", disagreement.title.clone()),
        line("", disagreement.text.clone()),
        el("ul", "grid", each.collect()),
        line("strong", text.likely),
        line("", disagreement.likely.clone()),
    ])
}

fn view_reading(props: &PageProps, idx: usize, (named, basis, cited): &(Named, Basis, Vec<Cited>)) -> Html {
    el(
        "li",
        "card",
        vec![
            line("eyebrow", (props.text.result.reading)(idx + 1)),
            line("", named.text.clone()),
            view_grounds(&props.text.common, basis, cited),
        ],
    )
}

/// `what`: the title of what there is no verdict on.
pub fn view_ask(props: &PageProps, what: &str, ask: &Ask) -> Html {
    let text = &props.text.result;
    let mut shown = vec![
        words("h3", "", text.whom),
        el("p", "", vec![outside(ask.url.clone(), ask.name.clone())]),
        words("h3", "", text.ready),
        line("hint", text.ready_hint),
    ];
    shown.extend(ask.questions.iter().map(|question| words("pre", "ready", question.clone())));
    let cycle = &props.outline.cycle;
    if !ask.rules.is_empty() {
        shown.push(words("pre", "ready", (text.compose)(cycle, &ask.rules.join("; "))));
    } else if ask.questions.is_empty() {
        shown.push(words("pre", "ready", (text.compose_all)(cycle, what)));
    }
    many(shown)
}
