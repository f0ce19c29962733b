//! Every requirement of a cell, as it stands for this person.

use super::grounds::view_grounds;
use super::moment::view_due;
use super::node::el;
use super::part::{details, line, list, maybe};
use super::tag::view_state;
use crate::context::Context;
use rules::report::{Criterion, CriterionState};
use rules::rulebook::Text;
use yew::Html;

/// A list with a count on top; what does not apply comes last, by its name only.
pub fn view_criteria(context: &Context, criteria: &[Criterion]) -> Html {
    let text = &context.text.result;
    let applies = |criterion: &&Criterion| criterion.state != CriterionState::DoesNotApply;
    let met = criteria.iter().filter(|criterion| criterion.state == CriterionState::Met).count();
    let out: Vec<Text> = criteria.iter().filter(|c| !applies(c)).map(|criterion| criterion.title.clone()).collect();
    let apply = criteria.iter().filter(applies).map(|criterion| view_criterion(context, criterion));
    let mut shown = vec![el("ul", "plain", apply.collect())];
    if !out.is_empty() {
        shown.push(line("eyebrow", text.do_not_apply));
        shown.push(list("soft", &out));
    }
    details("criteria", (text.met_of)(met, criteria.len() - out.len()), shown)
}

fn view_criterion(context: &Context, criterion: &Criterion) -> Html {
    let parts = (!criterion.parts.is_empty())
        .then(|| el("ul", "plain parts", criterion.parts.iter().map(|part| view_criterion(context, part)).collect()));
    let due = criterion.due.as_ref().map(|due| el("p", "source", vec![view_due(context, due)]));
    el(
        "li",
        "criterion",
        vec![
            line("strong", criterion.title.clone()),
            view_state(&context.text.result.states, criterion.state),
            el(
                "div",
                "",
                vec![
                    line("", criterion.says().clone()),
                    maybe(due),
                    view_grounds(&context.text.common, &criterion.basis, &criterion.cited),
                    maybe(parts),
                ],
            ),
        ],
    )
}
