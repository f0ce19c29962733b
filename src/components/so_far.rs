//! Where the chosen cells stand by the answers so far.

use super::node::words;
use super::tag::view_verdict_tag;
use crate::text::Messages;
use rules::report::{CellReport, Report};
use yew::{Html, html};

pub fn view_so_far(text: &'static Messages, report: &Report) -> Html {
    // Before the first answer there is nothing to tell.
    if report.cells.is_empty() || report.rows.iter().all(|row| row.said.is_none()) {
        return html! {};
    }
    let one_place = report.cells.iter().all(|cell| cell.place == report.cells[0].place);
    let cells = report.cells.iter().filter(|cell| cell.chosen).map(|cell| view_cell(text, cell, one_place));
    html! {
        <section key="so-far" class="so-far">
            {words("h2", "", text.question.so_far)}
            {words("p", "soft", text.question.so_far_why)}
            <ul class="plain so-far-list">{for cells}</ul>
        </section>
    }
}

fn view_cell(text: &'static Messages, cell: &CellReport, one_place: bool) -> Html {
    let leans = cell.leans_to.map(|outcome| (text.question.leans_to)(text.common.outcome(outcome)));
    html! {
        <li key={&*cell.id}>
            {words("span", "", if one_place { cell.what.clone() } else { cell.title.clone() })}
            {view_verdict_tag(text, cell.verdict)}
            {leans.map(|leans| words("span", "soft", leans))}
        </li>
    }
}
