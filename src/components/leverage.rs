//! What would change a verdict, what it hangs on, and what does not matter.

use super::because::view_rows;
use super::moment::view_due;
use super::node::{el, many, nothing};
use super::part::{details, line, maybe};
use crate::context::Context;
use rules::change::Feasible;
use rules::report::{ChangeSetReport, LeverageReport, Row};
use rules::verdict::{Outcome, Verdict};
use yew::Html;

/// More questions than this are counted, not listed.
const MOST_LISTED: usize = 3;

/// Changes are not offered for a verdict that is good already.
pub fn view_leverage(context: &Context, leverage: &LeverageReport, outcome: Outcome) -> Html {
    let text = &context.text.result.change;
    let good = matches!(outcome, Outcome::Open | Outcome::NotYet);
    let asks = outcome == Outcome::Ask;
    let sets = match leverage.sets.is_empty() {
        _ if good => nothing(),
        true if asks => line("", text.none_settles),
        true if leverage.too_late => nothing(),
        true => line("", if leverage.complete { text.none } else { text.none_found }),
        false => el("ol", "alternatives", leverage.sets.iter().map(|set| view_set(context, set)).collect()),
    };
    // Who has to ask is not told that it is too late.
    let next_cycle = (leverage.too_late && !asks)
        .then(|| many(vec![line("strong", text.none_this_cycle), line("", context.outline.next_cycle.text.clone())]));
    details(
        "leverage",
        text.title,
        vec![
            maybe(next_cycle),
            sets,
            view_group(context, text.rests_on, &leverage.rests_on),
            view_group(context, text.indifferent, &leverage.indifferent),
        ],
    )
}

fn view_set(context: &Context, set: &ChangeSetReport) -> Html {
    let text = &context.text.result.change;
    let feasible = match set.feasible {
        Feasible::StillPossible => text.still_possible,
        Feasible::MayBeTooLate => text.may_be_too_late,
        Feasible::OnlyIfWrong => text.only_if_wrong,
        Feasible::TooLate => text.too_late,
    };
    el(
        "li",
        "",
        vec![
            line("strong", feasible),
            view_rows(context, &set.changes),
            maybe(set.by.as_ref().map(|by| el("p", "", vec![view_due(context, by)]))),
            match (set.becomes, set.asks.len()) {
                (Verdict::Decided(outcome), _) => line("", (text.becomes)(context.text.common.outcome(outcome))),
                (Verdict::NeedsAnswers, count) if count > MOST_LISTED => line("", (text.hangs_on_many)(count)),
                (Verdict::NeedsAnswers, _) => many(vec![line("", text.hangs), view_rows(context, &set.asks)]),
            },
        ],
    )
}

fn view_group(context: &Context, heading: &'static str, rows: &[Row]) -> Html {
    if rows.is_empty() {
        return nothing();
    }
    el("div", "", vec![line("eyebrow", heading), view_rows(context, rows)])
}
