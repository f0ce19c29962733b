//! Entries of a page that is shown as it is: those that a search finds, and those that it hides.

use super::browser;
use gloo::utils::document;
use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::InputEvent;

/// What a search can find: rules, disagreements, notices, dates, documents, sentences, words and sources.
const ENTRY: &str = "[data-general] .folded > .fold, [data-general] .brief > li, [data-general] tbody > tr, \
    [data-general] .rows > .row, #sources > .folded > .sources > li";

/// So few entries are unfolded when they are found.
const FEW: usize = 8;

/// How many entries there are, and how many of them are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub shown: usize,
    pub all: usize,
}

/// Shows the entries that contain every word of a field, and unfolds the sections that have some. None when the field
/// is empty: then all are shown, folded.
pub fn search(event: &InputEvent) -> Option<Found> {
    let words = plain(&browser::value(event));
    let words: Vec<&str> = words.split_whitespace().collect();
    let searches = !words.is_empty();
    let entries = all(ENTRY);
    let fits = |entry: &&Element| {
        let text = plain(&entry.text_content().unwrap_or_default());
        // No word is empty, and a search for texts would be the only one of the program: 0.5 kB.
        words.iter().all(|word| text.as_bytes().windows(word.len()).any(|part| part == word.as_bytes()))
    };
    let shown: Vec<&Element> = entries.iter().filter(fits).collect();
    for entry in &entries {
        let is_shown = shown.contains(&entry);
        set_hidden(entry, !is_shown);
        set_open(entry, searches && is_shown && shown.len() <= FEW);
    }
    for section in all("[data-general] > .fold") {
        let has_some = shown.iter().any(|entry| section.contains(Some(entry)));
        set_hidden(&section, !has_some);
        set_open(&section, searches);
    }
    // A subject about which nothing was found.
    for heading in all("[data-general] .folded > h3") {
        set_hidden(&heading, searches);
    }
    searches.then_some(Found { shown: shown.len(), all: entries.len() })
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

fn set_open(element: &Element, open: bool) {
    // An attribute of what cannot be folded means nothing.
    let _ = if open { element.set_attribute("open", "") } else { element.remove_attribute("open") };
}

fn set_hidden(element: &Element, hidden: bool) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(hidden);
    }
}
