//! How a statement is known, and where it stands.

use super::node::{line, words};
use super::part::details;
use crate::text::common::Common;
use rules::report::Cited;
use rules::rulebook::Basis;
use yew::{AttrValue, Html, html};

/// The basis in plain view, its sources one step behind it.
pub fn view_grounds(common: &Common, basis: &Basis, cited: &[Cited]) -> Html {
    let basis = common.basis(basis);
    if cited.is_empty() {
        return line("source", basis);
    }
    details("grounds", (common.resting_on)(&basis, cited.len()), view_sources(common, cited))
}

pub fn view_sources(common: &Common, cited: &[Cited]) -> Html {
    html! { <ul class="sources">{for cited.iter().map(|cited| view_source(common, cited))}</ul> }
}

fn view_source(common: &Common, cited: &Cited) -> Html {
    let section = cited.section.iter().map(|section| (common.section)(section));
    let cycle = cited.cycle.iter().map(|cycle| (common.for_cycle)(cycle));
    let read = (common.read_on)(&common.date(cited.read_on));
    let rest: Vec<String> = section.chain(cycle).chain([read]).collect();
    let rest = ["(", &rest.join(", "), ")"].concat();
    let title = [&*cited.publisher, ": ", &*cited.title].concat();
    html! { <li>{outside(cited.url.clone(), title)}{" "}{words("span", "soft", rest)}</li> }
}

/// A link to somebody else's site, which does not learn where the reader comes from. In this tab it would take the place
/// of answers that are not kept.
pub fn outside(href: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Html {
    view_outside(href.into(), text.into())
}

#[inline(never)]
fn view_outside(href: AttrValue, text: AttrValue) -> Html {
    html! { <a {href} target="_blank" rel="noreferrer">{words("span", "", text)}</a> }
}
