//! One verdict in full.

use crate::components::{anchor, ask, because, criteria, grounds, leverage, moment, tag, view_line};
use crate::pages::PageProps;
use crate::route::Page;
use rules::report::{CellReport, Criterion, MomentReport, Remaining, Step};
use rules::verdict::{Outcome, Verdict};
use yew::{Html, html};

pub fn view(props: &PageProps, cell: &CellReport) -> Html {
    let words = &props.text.result;
    let id = anchor("cell", &cell.id);
    let positive = matches!(cell.verdict, Verdict::Decided(Outcome::Open | Outcome::NotYet));
    let closed = matches!(cell.verdict, Verdict::Decided(Outcome::Unmet | Outcome::Closed(_)));
    let says = cell
        .says
        .clone()
        .map_or_else(|| view_line("lead", super::in_short(props, cell)), |says| view_line("lead", says));
    let leans = cell.leans_to.map(|outcome| view_line("", (words.leans_to)(props.text.common.outcome(outcome))));
    let instead = closed.then(|| {
        html! { <div key="instead"><h3>{words.instead}</h3><p>{cell.instead.clone()}</p></div> }
    });
    let leverage = cell.leverage.as_ref().map(|found| leverage::view_leverage(props, found, positive));
    html! {
        <section key={&*cell.id} class="verdict" aria-labelledby={id.clone()}>
            <h2 id={id}>{cell.title.clone()}</h2>
            <p>{tag::view_verdict(props.text, cell.verdict)}</p>
            {says}
            {for leans}
            <p class="soft">{props.text.common.unofficial}</p>
            {view_steps(props, &cell.steps)}
            {view_conditions(props, &cell.conditions)}
            {view_open(props, cell)}
            {because::view_because(props, &cell.because, !positive)}
            {for instead}
            {for cell.readings.iter().map(|found| ask::view_disagreement(props, found))}
            {for cell.ask.iter().map(|found| ask::view_ask(props, found))}
            {view_to_confirm(props, &cell.to_confirm)}
            {for leverage}
            {criteria::view_criteria(props, &cell.criteria)}
            <details>
                <summary>{words.sources}</summary>
                {grounds::view_sources(&props.text.common, &cell.sources)}
            </details>
        </section>
    }
}

fn view_by(props: &PageProps, by: Option<&MomentReport>) -> Html {
    by.map_or_else(|| html! {}, |by| html! { <p key="by">{moment::view_due(props, by)}</p> })
}

/// Alternatives stand together under one heading.
fn view_steps(props: &PageProps, steps: &[Step]) -> Html {
    if steps.is_empty() {
        return html! {};
    }
    let words = &props.text.result;
    let step =
        |step: &Step| html! { <li key={&*step.rule}><p>{step.text.clone()}</p>{view_by(props, step.by.as_ref())}</li> };
    let groups = steps.chunk_by(|one, other| one.one_of.is_some() && one.one_of == other.one_of);
    let each = groups.map(|group| match group {
        [only] => step(only),
        several => html! {
            <li key={several[0].one_of.unwrap_or_default()}>
                <p class="strong">{words.one_of}</p>
                <ul>{for several.iter().map(step)}</ul>
            </li>
        },
    });
    html! {
        <>
            <h3>{words.steps}</h3>
            <ul class="steps">{for each}</ul>
        </>
    }
}

fn view_conditions(props: &PageProps, conditions: &[Remaining]) -> Html {
    if conditions.is_empty() {
        return html! {};
    }
    let each = conditions.iter().map(|condition| {
        html! { <li key={&*condition.rule}><p>{condition.text.clone()}</p>{view_by(props, condition.by.as_ref())}</li> }
    });
    html! {
        <>
            <h3>{props.text.result.conditions}</h3>
            <ul class="steps">{for each}</ul>
        </>
    }
}

/// The questions that are still open, as links.
fn view_open(props: &PageProps, cell: &CellReport) -> Html {
    if cell.open.is_empty() {
        return html! {};
    }
    let each = cell.open.iter().filter_map(|id| props.outline.questions.iter().find(|question| question.id == *id));
    let each = each.map(|question| {
        let href = props.href(Page::Question(question.id.to_string()));
        html! { <li key={&*question.id}><a href={href}>{question.short.clone()}</a></li> }
    });
    html! {
        <>
            <h3>{props.text.result.open_questions}</h3>
            {view_line("soft", (props.text.result.at_most_more)(cell.at_most_more))}
            <ul class="columns">{for each}</ul>
        </>
    }
}

fn view_to_confirm(props: &PageProps, weak: &[Criterion]) -> Html {
    if weak.is_empty() {
        return html! {};
    }
    let words = &props.text.result;
    html! {
        <>
            <h3>{words.to_confirm}</h3>
            <p class="hint">{words.to_confirm_hint}</p>
            <ul class="rules">{for weak.iter().map(|rule| because::view_rule(props, rule, true))}</ul>
        </>
    }
}
