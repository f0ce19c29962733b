//! Every requirement of a cell, as it stands for this person.

use crate::pages::PageProps;
use rules::report::{Criterion, CriterionState};
use yew::{Html, html};

/// A list with a count on top; what does not apply comes last, by its name only.
pub fn view_criteria(props: &PageProps, criteria: &[Criterion]) -> Html {
    let words = &props.text.result;
    let (out, apply): (Vec<&Criterion>, Vec<&Criterion>) =
        criteria.iter().partition(|criterion| criterion.state == CriterionState::DoesNotApply);
    let met = apply.iter().filter(|criterion| criterion.state == CriterionState::Met).count();
    let out = (!out.is_empty()).then(|| {
        html! {
            <>
                <p class="eyebrow">{words.do_not_apply}</p>
                <ul class="soft">
                    {for out.iter().map(|criterion| html! { <li key={&*criterion.rule}>{criterion.title.clone()}</li> })}
                </ul>
            </>
        }
    });
    html! {
        <details class="criteria">
            <summary>{(words.met_of)(met, apply.len())}</summary>
            <ul class="plain">{for apply.into_iter().map(|criterion| view_criterion(props, criterion))}</ul>
            {for out}
        </details>
    }
}

fn view_criterion(props: &PageProps, criterion: &Criterion) -> Html {
    let words = &props.text.result;
    let missed = criterion.missed.as_ref().filter(|_| criterion.state == CriterionState::NotMet);
    let parts = (!criterion.parts.is_empty()).then(|| {
        html! {
            <ul class="plain parts">{for criterion.parts.iter().map(|part| view_criterion(props, part))}</ul>
        }
    });
    let due = criterion.due.as_ref().map(|due| {
        html! { <p key="due" class="source">{super::moment::view_due(props, due)}</p> }
    });
    html! {
        <li key={&*criterion.rule} class="criterion">
            <p class="strong">{criterion.title.clone()}</p>
            {super::tag::view_state(&words.states, criterion.state)}
            <div>
                <p>{missed.unwrap_or(&criterion.text).clone()}</p>
                {for due}
                {super::grounds::view_grounds(&props.text.common, &criterion.basis, &criterion.cited)}
                {for parts}
            </div>
        </li>
    }
}
