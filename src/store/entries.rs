//! Entries of a page that is shown as it is: those that a search finds, and those that it hides.

use gloo::utils::document;
use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::{InputEvent, TargetCast};

/// What a search can find: rules, disagreements, notices, dates, documents, sentences, words and sources.
const ENTRY: &str = "[data-general] article, [data-general] .brief > li, [data-general] tbody > tr, \
    [data-general] .rows > .row, [data-general] > section > .sources > li";

/// How many entries there are, and how many of them are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub shown: usize,
    pub all: usize,
}

/// Shows the entries in which every word of a field stands, and the sections that have some. None when the field is empty:
/// then all are shown.
pub fn search(event: &InputEvent) -> Option<Found> {
    let field: HtmlInputElement = event.target_dyn_into()?;
    let words = plain(&field.value());
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut found = Found { shown: 0, all: 0 };
    for entry in all(ENTRY) {
        let text = plain(&entry.text_content().unwrap_or_default());
        let shown = words.iter().all(|word| text.contains(word));
        set_hidden(&entry, !shown);
        found.all += 1;
        found.shown += usize::from(shown);
    }
    let shown: Vec<Element> = all(ENTRY).into_iter().filter(|entry| !entry.has_attribute("hidden")).collect();
    for section in all("[data-general] > section") {
        let has_some = shown.iter().any(|entry| section.contains(Some(entry)));
        set_hidden(&section, !words.is_empty() && !has_some);
    }
    // A list of the names of all rules would stand above those that were found.
    all("[data-general] .columns").iter().for_each(|list| set_hidden(list, !words.is_empty()));
    (!words.is_empty()).then_some(found)
}

/// Without capitals and accents, as people type in a hurry.
fn plain(text: &str) -> String {
    let decomposed = String::from(JsString::from(text).to_lower_case().normalize("NFD"));
    decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

fn all(selector: &str) -> Vec<Element> {
    let found = document().query_selector_all(selector).ok();
    let found = found.iter().flat_map(|found| (0..found.length()).filter_map(|n| found.get(n)));
    found.filter_map(|node| node.dyn_into().ok()).collect()
}

fn set_hidden(element: &Element, hidden: bool) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(hidden);
    }
}
