//! How a statement is known, and where it stands.

use super::node::{el, with, words};
use super::part::{beside, details, line};
use crate::text::common::Common;
use rules::report::Cited;
use rules::rulebook::Basis;
use yew::{AttrValue, Html};

/// The basis in plain view, its sources one step behind it.
pub fn view_grounds(common: &Common, basis: &Basis, cited: &[Cited]) -> Html {
    let basis = common.basis(basis);
    if cited.is_empty() {
        return line("source", basis);
    }
    details("grounds", (common.resting_on)(&basis, cited.len()), vec![view_sources(common, cited)])
}

pub fn view_sources(common: &Common, cited: &[Cited]) -> Html {
    el("ul", "sources", cited.iter().map(|cited| view_source(common, cited)).collect())
}

fn view_source(common: &Common, cited: &Cited) -> Html {
    let section = cited.section.iter().map(|section| (common.section)(section));
    let cycle = cited.cycle.iter().map(|cycle| (common.for_cycle)(cycle));
    let read = (common.read_on)(&common.date(cited.read_on));
    let rest: Vec<String> = section.chain(cycle).chain([read]).collect();
    let rest = ["(", &rest.join(", "), ")"].concat();
    let title = [&*cited.publisher, ": ", &*cited.title].concat();
    el("li", "", vec![beside(outside(cited.url.clone(), title), words("span", "soft", rest))])
}

/// A link to somebody else's site, which does not learn where the reader comes from. In this tab it would take the place
/// of answers that are not kept.
pub fn outside(href: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Html {
    let values = vec![Some(href.into()), Some("_blank".into()), Some("noreferrer".into())];
    with("a", &["href", "target", "rel"], values, vec![words("span", "", text)])
}
