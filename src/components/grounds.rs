//! How a statement is known, and where it stands.

use crate::text::common::Common;
use rules::report::Cited;
use rules::rulebook::Basis;
use yew::{Html, html};

/// The basis in plain view, its sources one step behind it.
pub fn view_grounds(common: &Common, basis: &Basis, cited: &[Cited]) -> Html {
    let basis = common.basis(basis);
    if cited.is_empty() {
        return super::view_line("source", basis);
    }
    html! {
        <details class="grounds">
            <summary>{(common.resting_on)(&basis, cited.len())}</summary>
            {view_sources(common, cited)}
        </details>
    }
}

pub fn view_sources(common: &Common, cited: &[Cited]) -> Html {
    html! { <ul class="sources">{for cited.iter().map(|cited| view_source(common, cited))}</ul> }
}

fn view_source(common: &Common, cited: &Cited) -> Html {
    let section = cited.section.iter().map(|section| (common.section)(section));
    let cycle = cited.cycle.iter().map(|cycle| (common.for_cycle)(cycle));
    let read = (common.read_on)(&common.date(cited.read_on));
    let rest: Vec<String> = section.chain(cycle).chain([read]).collect();
    html! {
        <li key={format!("{}{}", cited.id, cited.section.as_deref().unwrap_or_default())}>
            <a href={cited.url.clone()} rel="noreferrer">{format!("{}: {}", cited.publisher, cited.title)}</a>
            {" "}
            <span class="soft">{format!("({})", rest.join(", "))}</span>
        </li>
    }
}
