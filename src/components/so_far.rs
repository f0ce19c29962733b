//! Where the chosen cells stand by the answers so far.

use super::node::{el, keyed, nothing, words};
use super::tag::view_verdict;
use crate::text::Messages;
use rules::report::{CellReport, Report};
use yew::Html;

pub fn view_so_far(text: &Messages, report: &Report) -> Html {
    // Before the first answer there is nothing to tell.
    if report.cells.is_empty() || report.rows.iter().all(|row| row.said.is_none()) {
        return nothing();
    }
    let cells = report.cells.iter().filter(|cell| cell.chosen).map(|cell| view_cell(text, cell)).collect();
    keyed(
        "so-far",
        "section",
        "so-far",
        vec![
            words("h2", "", text.question.so_far),
            words("p", "soft", text.question.so_far_why),
            el("ul", "plain so-far-list", cells),
        ],
    )
}

fn view_cell(text: &Messages, cell: &CellReport) -> Html {
    let leans = cell.leans_to.map(|outcome| (text.question.leans_to)(text.common.outcome(outcome)));
    keyed(
        &cell.id,
        "li",
        "",
        vec![
            words("span", "so-far-cell", cell.title.clone()),
            view_verdict(text, cell.verdict),
            leans.map_or_else(nothing, |leans| words("span", "soft", leans)),
        ],
    )
}
