//! What is in a form's fields. It stays in the form itself and is read when the person goes on, so nothing is lost
//! that was entered before the app was there, and nothing is redrawn while somebody types.

use crate::given::Given;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::NodeRef;

/// What is ticked and typed.
#[must_use]
pub fn read(form: &NodeRef) -> Given {
    let mut given = Given::default();
    each_input(form, |input| {
        let value = input.value();
        match input.name().as_str() {
            "number" => given.number = value,
            "year" => given.year = value,
            "day" => given.day = value,
            "time" => given.time = value,
            _ if input.checked() => given.ticked.push(value),
            _ => {}
        }
    });
    given.month = month(form).map(|month| month.value()).unwrap_or_default();
    given
}

/// Ticks and types the same.
pub fn fill(form: &NodeRef, given: &Given) {
    each_input(form, |input| match input.name().as_str() {
        "number" => input.set_value(&given.number),
        "year" => input.set_value(&given.year),
        "day" => input.set_value(&given.day),
        "time" => input.set_value(&given.time),
        _ => input.set_checked(given.ticked.contains(&input.value())),
    });
    if let Some(month) = month(form) {
        month.set_value(&given.month);
    }
}

/// Chooses an option of a `select`.
pub fn choose(select: &NodeRef, option: usize) {
    if let Some(select) = select.cast::<HtmlSelectElement>() {
        select.set_selected_index(i32::try_from(option).unwrap_or_default());
    }
}

pub fn each_input(form: &NodeRef, mut visit: impl FnMut(HtmlInputElement)) {
    let found = form.cast::<Element>().and_then(|form| form.query_selector_all("input").ok());
    let Some(found) = found else { return };
    for n in 0..found.length() {
        if let Some(input) = found.get(n).and_then(|node| node.dyn_into().ok()) {
            visit(input);
        }
    }
}

#[must_use]
pub fn can_be_ticked(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "radio" | "checkbox")
}

fn month(form: &NodeRef) -> Option<HtmlSelectElement> {
    form.cast::<Element>()?.query_selector("select").ok()??.dyn_into().ok()
}
