//! Every requirement of a cell, as it stands for this person.

use super::grounds::view_grounds;
use super::moment::view_due;
use super::node::line;
use super::part::{details, later, list};
use super::tag::view_state;
use crate::context::Context;
use rules::report::{Criterion, CriterionState};
use rules::rulebook::Text;
use yew::{Html, html};

/// A list with a count on top; what does not apply comes last, by its name only.
pub fn view_criteria(context: &Context, criteria: &[Criterion]) -> Html {
    let text = &context.text.result;
    let applies = |criterion: &&Criterion| criterion.state != CriterionState::DoesNotApply;
    let met = criteria.iter().filter(|criterion| criterion.state == CriterionState::Met).count();
    let out: Vec<Text> = criteria.iter().filter(|c| !applies(c)).map(|criterion| criterion.title.clone()).collect();
    let apply = criteria.iter().filter(applies).map(|criterion| view_criterion(context, criterion));
    let summary = (text.met_of)(met, criteria.len() - out.len());
    let shown = || {
        html! {
            <>
                <ul class="plain">{for apply}</ul>
                if !out.is_empty() {
                    {line("eyebrow", text.do_not_apply)}
                    {list("soft", &out)}
                }
            </>
        }
    };
    details("criteria", summary, later(context, shown))
}

fn view_criterion(context: &Context, criterion: &Criterion) -> Html {
    html! {
        <li class="criterion">
            {line("strong", criterion.title.clone())}
            {view_state(&context.text.result.states, criterion.state)}
            <div>
                {line("", criterion.says().clone())}
                if let Some(due) = &criterion.due {
                    <p class="source">{view_due(context, due)}</p>
                }
                {view_grounds(&context.text.common, &criterion.basis, &criterion.cited)}
                if !criterion.parts.is_empty() {
                    <ul class="plain parts">
                        {for criterion.parts.iter().map(|part| view_criterion(context, part))}
                    </ul>
                }
            </div>
        </li>
    }
}
