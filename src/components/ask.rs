//! What the rules do not settle: the readings, whom to ask, and a question that is ready to send.

use crate::pages::PageProps;
use rules::report::{Ask, Disagreement};
use rules::rulebook::{Basis, Named};
use yew::{Html, html};

pub fn view_disagreement(props: &PageProps, disagreement: &Disagreement) -> Html {
    let words = &props.text.result;
    let each = disagreement.readings.iter().enumerate();
    html! {
        <section key={&*disagreement.id}>
            <h3>{words.readings}</h3>
            <p class="strong">{disagreement.title.clone()}</p>
            <p>{disagreement.text.clone()}</p>
            <ul class="grid">{for each.map(|(idx, reading)| view_reading(props, idx, reading))}</ul>
            <p class="strong">{words.likely}</p>
            <p>{disagreement.likely.clone()}</p>
        </section>
    }
}

fn view_reading(props: &PageProps, idx: usize, reading: &(Named, Basis, Vec<rules::report::Cited>)) -> Html {
    let (named, basis, cited) = reading;
    html! {
        <li key={&*named.id} class="card">
            <p class="eyebrow">{(props.text.result.reading)(idx + 1)}</p>
            <p>{named.text.clone()}</p>
            {super::grounds::view_grounds(&props.text.common, basis, cited)}
        </li>
    }
}

pub fn view_ask(props: &PageProps, ask: &Ask) -> Html {
    let words = &props.text.result;
    let composed = || vec![(words.compose)(&props.outline.cycle, &ask.rules.join("; ")).into()];
    let questions = if ask.questions.is_empty() { composed() } else { ask.questions.clone() };
    html! {
        <section>
            <h3>{words.whom}</h3>
            <p><a href={ask.url.clone()} rel="noreferrer">{ask.name.clone()}</a></p>
            <h3>{words.ready}</h3>
            <p class="hint">{words.ready_hint}</p>
            {for questions.into_iter().map(|question| html! { <pre key={&*question} class="ready">{question.clone()}</pre> })}
        </section>
    }
}
