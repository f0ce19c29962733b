//! What would change a verdict, what must stay as it is, and what does not matter.

use crate::components::moment::view_due;
use crate::components::node::{line, words};
use crate::components::part::details;
use crate::components::row::view_rows;
use crate::components::tag::view_verdict_tag;
use crate::context::Context;
use crate::session::{Action, Tried};
use rules::answers::RawAnswer;
use rules::change::Feasible;
use rules::interview::Bearing;
use rules::next_thing::too_early;
use rules::report::{CellReport, ChangeSetReport, LeverageReport, Report, Row};
use rules::verdict::{Outcome, Verdict};
use yew::{Html, MouseEvent, html};

/// More questions than this are counted, not listed.
const MOST_LISTED: usize = 3;

/// Changes are not offered for a verdict that is good already.
pub fn view_leverage(context: &Context, cell: &CellReport) -> Html {
    let (Some(leverage), Verdict::Decided(outcome)) = (&cell.leverage, cell.verdict) else { return html! {} };
    let text = &context.text.result.change;
    let good = matches!(outcome, Outcome::Open | Outcome::NotYet);
    let asks = outcome == Outcome::Ask;
    let shown = html! {
        <>
            // Who has to ask is not told that it is too late.
            // Nor is somebody whose positions are elsewhere sent to the next cycle.
            if leverage.too_late && !asks && !cell.lasting {
                {line("strong", text.none_this_cycle)}
            }
            // An answer that was given too early is itself what would settle it.
            if !good && too_early(cell).is_none() {
                {view_sets(context, leverage, asks)}
            }
            {view_group(context, text.rests_on, &leverage.rests_on)}
            {view_group(context, text.indifferent, &leverage.indifferent)}
        </>
    };
    details("leverage", text.title, shown)
}

fn view_sets(context: &Context, leverage: &LeverageReport, asks: bool) -> Html {
    let text = &context.text.result.change;
    match leverage.sets.is_empty() {
        // What can be found out may settle it.
        true if asks
            && context
                .report
                .as_ref()
                .is_some_and(|report| report.find_out.iter().any(|task| task.bearing == Bearing::Verdict)) =>
        {
            html! {}
        }
        true if asks => line("", text.none_settles),
        true if leverage.too_late => html! {},
        true => line("", if leverage.complete { text.none } else { text.none_found }),
        false => html! {
            <ol class="alternatives">{for leverage.sets.iter().map(|set| view_set(context, set))}</ol>
        },
    }
}

fn view_set(context: &Context, set: &ChangeSetReport) -> Html {
    let text = &context.text.result.change;
    let feasible = match set.feasible {
        Feasible::StillPossible => text.still_possible,
        Feasible::MayBeTooLate => text.may_be_too_late,
        Feasible::OnlyIfWrong => text.only_if_wrong,
        Feasible::TooLate => text.too_late,
    };
    html! {
        <li>
            {line("strong", feasible)}
            {view_rows(context, &set.changes)}
            if let Some(by) = &set.by {
                <p>{view_due(context, by)}</p>
            }
            {match (set.becomes, set.asks.len()) {
                (Verdict::Decided(outcome), _) => line("", (text.becomes)(context.text.common.outcome(outcome))),
                (Verdict::NeedsAnswers, count) if count > MOST_LISTED => line("", (text.hangs_on_many)(count)),
                (Verdict::NeedsAnswers, _) => html! { <>{line("", text.hangs)}{view_rows(context, &set.asks)}</> },
            }}
            {view_tried(context, set)}
        </li>
    }
}

/// Today's verdicts beside those with the change, once somebody wants to see them.
fn view_tried(context: &Context, set: &ChangeSetReport) -> Html {
    let text = &context.text.result.change;
    let questions = set.changes.iter().map(|row| row.question.to_string());
    let answers: Vec<(String, RawAnswer)> = questions.zip(set.answers.iter().cloned()).collect();
    let tried = context.tried.as_ref().filter(|tried| tried.answers == answers).zip(context.report.as_ref());
    let onclick = context.on.reform(move |_: MouseEvent| Action::Tried(answers.clone()));
    html! {
        <>
            <p><button type="button" class="link" {onclick}>{words("span", "", text.beside)}</button></p>
            <div role="status">{for tried.map(|(tried, report)| view_beside(context, report, tried))}</div>
        </>
    }
}

fn view_beside(context: &Context, report: &Report, tried: &Tried) -> Html {
    let text = &context.text.result.change;
    let rows = report.cells.iter().zip(&tried.verdicts).map(|(cell, then)| {
        html! {
            <tr key={&*cell.id}>
                <th scope="row">{words("span", "", cell.what.clone())}</th>
                <td>{view_verdict_tag(context.text, cell.verdict)}</td>
                <td>{view_verdict_tag(context.text, *then)}</td>
            </tr>
        }
    });
    let columns =
        [text.position, text.today, text.then].map(|name| html! { <th scope="col">{words("span", "", name)}</th> });
    html! {
        <table class="tried" key="tried">
            <thead><tr>{for columns}</tr></thead>
            <tbody>{for rows}</tbody>
        </table>
    }
}

fn view_group(context: &Context, heading: &'static str, rows: &[Row]) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    html! { <div>{line("eyebrow", heading)}{view_rows(context, rows)}</div> }
}
