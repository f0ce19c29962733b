//! What would change a verdict, what it hangs on, and what does not matter.

use crate::pages::PageProps;
use rules::change::Feasible;
use rules::report::{ChangeSetReport, LeverageReport, Row};
use yew::{Html, html};

pub fn view_leverage(props: &PageProps, leverage: &LeverageReport, open: bool) -> Html {
    let words = &props.text.result.change;
    let sets = leverage.sets.iter().enumerate().map(|(idx, set)| html! { <li key={idx}>{view_set(props, set)}</li> });
    let sets = match (open, leverage.sets.is_empty()) {
        (true, _) => html! {},
        (false, true) => html! { <p>{words.none}</p> },
        (false, false) => html! { <ol class="alternatives">{for sets}</ol> },
    };
    html! {
        <details class="leverage">
            <summary>{words.title}</summary>
            {sets}
            {view_rows(props, words.rests_on, &leverage.rests_on)}
            {view_rows(props, words.indifferent, &leverage.indifferent)}
        </details>
    }
}

fn view_set(props: &PageProps, set: &ChangeSetReport) -> Html {
    let words = &props.text.result.change;
    let feasible = match set.feasible {
        Feasible::StillPossible => words.still_possible,
        Feasible::OnlyIfWrong => words.only_if_wrong,
        Feasible::TooLate => words.too_late,
    };
    let by = set.by.as_ref().map(|by| html! { <p key="by">{super::moment::view_due(props, by)}</p> });
    html! {
        <>
            <p class="strong">{feasible}</p>
            <dl class="rows">{for set.changes.iter().map(|row| super::because::view_row(props, row))}</dl>
            {for by}
            <p>{(words.becomes)(props.text.common.outcome(set.becomes))}</p>
        </>
    }
}

fn view_rows(props: &PageProps, heading: &'static str, rows: &[Row]) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <div key={heading}>
            <p class="eyebrow">{heading}</p>
            <dl class="rows">{for rows.iter().map(|row| super::because::view_row(props, row))}</dl>
        </div>
    }
}
