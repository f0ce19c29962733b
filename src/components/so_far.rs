//! Where the chosen cells stand by the answers so far.

use super::{tag::view_verdict, view_run};
use crate::text::Messages;
use rules::report::{CellReport, Report};
use yew::{Html, html};

pub fn view_so_far(text: &Messages, report: &Report) -> Html {
    // Before the first answer there is nothing to tell.
    if report.cells.is_empty() || report.rows.iter().all(|row| row.said.is_none()) {
        return html! {};
    }
    let cells = report.cells.iter().filter(|cell| cell.chosen);
    html! {
        <section class="so-far" aria-labelledby="so-far">
            <h2 id="so-far">{text.question.so_far}</h2>
            <p class="soft">{text.question.so_far_why}</p>
            <ul class="plain so-far-list">{for cells.map(|cell| view_cell(text, cell))}</ul>
        </section>
    }
}

fn view_cell(text: &Messages, cell: &CellReport) -> Html {
    let leans = cell.leans_to.map(|outcome| (text.question.leans_to)(text.common.outcome(outcome)));
    html! {
        <li key={&*cell.id}>
            <span class="so-far-cell">{cell.title.clone()}</span>
            {view_verdict(text, cell.verdict)}
            {for leans.map(|leans| view_run("soft", leans))}
        </li>
    }
}
