//! Every requirement of a cell, as it stands for this person.

use crate::components::grounds::view_grounds;
use crate::components::moment::view_due;
use crate::components::node::line;
use crate::components::part::{details, later, list};
use crate::components::tag::{view_state, view_tag};
use crate::context::Context;
use rules::report::{Criterion, CriterionState};
use rules::rulebook::Text;
use yew::{Html, html};

/// A list with a count on top. What is met comes after what is not: a rule can be met that does not help without another.
/// What does not apply comes last, by its name only.
/// What is due in a cell that is `closed` is of no use any more.
pub fn view_criteria(context: &Context, criteria: &[Criterion], closed: bool) -> Html {
    let text = &context.text.result;
    let applies = |criterion: &&Criterion| criterion.state != CriterionState::DoesNotApply;
    let is_met = |criterion: &&Criterion| criterion.state == CriterionState::Met;
    let met = criteria.iter().filter(is_met).count();
    let out: Vec<Text> = criteria.iter().filter(|c| !applies(c)).map(|criterion| criterion.title.clone()).collect();
    let listed = |which: &dyn Fn(&&Criterion) -> bool| {
        let mut each =
            criteria.iter().filter(which).map(|criterion| view_criterion(context, criterion, closed, None)).peekable();
        each.peek().is_some().then(|| html! { <ul class="plain">{for each}</ul> })
    };
    let of = criteria.len() - out.len();
    let summary = (text.met_of)(met, of);
    let shown = || {
        html! {
            <>
                {for listed(&|criterion| applies(criterion) && !is_met(criterion))}
                if (1..of).contains(&met) {
                    {line("eyebrow", text.are_met)}
                }
                {for listed(&is_met)}
                if !out.is_empty() {
                    {line("eyebrow", text.do_not_apply)}
                    {list("soft", &out)}
                }
            </>
        }
    };
    details("criteria", summary, later(context, shown))
}

/// `of` is how a rule stands of which this is one way of several.
fn view_criterion(context: &Context, criterion: &Criterion, closed: bool, of: Option<CriterionState>) -> Html {
    let states = &context.text.result.states;
    let any = Some(criterion.state).filter(|state| criterion.is_any && *state != CriterionState::NotMet);
    html! {
        <li class="criterion">
            {line("strong", criterion.title.clone())}
            {match criterion.state {
                // Nobody misses a rule for certain that only weak sources have, and one way of several decides nothing.
                CriterionState::NotMet if criterion.weak && of != Some(CriterionState::Met) => {
                    view_tag("tag ask", states.perhaps_not_met)
                }
                CriterionState::NotMet if of.is_some() => view_tag("tag none", states.not_this_way),
                state => view_state(states, state),
            }}
            <div>
                {line("", criterion.says().clone())}
                {for criterion.due.iter().filter(|_| !closed).map(|due| html! {
                    <p class="source">{view_due(context, due)}</p>
                })}
                {view_grounds(&context.text.common, &criterion.basis, &criterion.cited)}
                if !criterion.parts.is_empty() {
                    <ul class="plain parts">
                        {for criterion.parts.iter().map(|part| view_criterion(context, part, closed, any))}
                    </ul>
                }
            </div>
        </li>
    }
}
