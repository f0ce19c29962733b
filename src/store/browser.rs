//! The browser: its storage, clock, address bar and focus. Whatever it refuses is answered with "no", never with a
//! panic: storage may be blocked or full, and a page must still answer.

use super::loader;
use crate::route::Route;
use crate::session::Kept;
use crate::state::Event;
use gloo::timers::callback::Timeout;
use gloo::utils::{document, history, window};
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomParser, Element, HtmlAnchorElement, HtmlDocument, HtmlElement, MouseEvent, Storage, SupportedType};

/// Other sites of the same host share the storage.
pub const KEY: &str = "img-self-check";
/// Long enough for a frame, in milliseconds.
const SOON: u32 = 30;
/// What stays visible on each side of the link to this page, in pixels: enough to show that there is more.
const MARGIN: i32 = 48;

#[must_use]
pub fn kept() -> Kept {
    match storage().map(|storage| storage.get_item(KEY)) {
        Some(Ok(Some(text))) => Kept::Text(text),
        Some(Ok(None)) => Kept::Nothing,
        Some(Err(_)) | None => Kept::Impossible,
    }
}

/// Keeps a text; false when the browser does not let us.
#[must_use]
pub fn keep(text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(KEY, text).is_ok())
}

pub fn forget() {
    if let Some(storage) = storage() {
        // Where nothing can be removed, nothing was kept.
        let _ = storage.remove_item(KEY);
    }
}

/// Asking for blocked storage throws, so this is the only way to it; `gloo::storage` would panic.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Seconds since 1970-01-01T00:00Z by this device's clock.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a clock's milliseconds are far inside")]
pub fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// An address below the site's root: the path, and the fragment without `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub path: String,
    pub fragment: String,
}

impl Address {
    /// The page that lies there.
    #[must_use]
    pub fn route(&self, cycles: &[Rc<str>]) -> Option<Route> {
        Route::parse(&self.path, cycles.iter().map(|cycle| &**cycle))
    }
}

/// Where the browser is.
#[must_use]
pub fn address() -> Option<Address> {
    below_root(&window().location().href().ok()?)
}

fn below_root(href: &str) -> Option<Address> {
    let below = href.strip_prefix(&loader::root()?)?;
    let (path, fragment) = below.split_once('#').unwrap_or((below, ""));
    let path = path.split('?').next().unwrap_or_default();
    Some(Address { path: path.to_owned(), fragment: fragment.to_owned() })
}

/// Makes the address bar follow the page that is about to be drawn.
///
/// Before the drawing, because the browser notes with the old address how far the page was scrolled, for which it would
/// lay out again what has just been drawn. The focus is let go for the same reason: the element that has it goes.
pub fn go(route: &Route, place: &str, cycles: &[Rc<str>]) {
    let there = address().and_then(|address| address.route(cycles)).is_some_and(|shown| shown == *route);
    if there {
        return;
    }
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let _ = focused.map(|element| element.blur());
    if let Some(root) = loader::root() {
        let fragment = if place.is_empty() { String::new() } else { ["#", place].concat() };
        let address = [&root, &*route.path(), &fragment].concat();
        // Refused only to pages that push hundreds of addresses in a row.
        let _ = history().push_state_with_url(&"".into(), "", Some(&address));
    }
}

/// Shows a place on the page or, with none, its beginning, and gives that the focus.
pub fn show(place: &str) {
    match document().get_element_by_id(place).filter(|_| !place.is_empty()) {
        Some(element) => {
            reveal(&element);
            element.scroll_into_view();
            // What cannot have the focus stays without it.
            let _ = element.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
        }
        None => {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            focus("main h1");
        }
    }
}

/// Brings the link to this page into the part of the navigation that can be seen.
pub fn show_current() {
    let current = document().query_selector(".nav [aria-current]").ok().flatten();
    if let Some(link) = current.and_then(|element| element.dyn_into::<HtmlElement>().ok())
        && let Some(list) = link.closest("ul").ok().flatten()
    {
        let is_seen = link.offset_left() + link.offset_width() + MARGIN <= list.client_width();
        list.set_scroll_left(if is_seen { 0 } else { link.offset_left() - MARGIN });
    }
}

/// Unfolds whatever the element of this id is folded into.
pub fn unfold_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        reveal(&element);
    }
}

/// Unfolds whatever an element is folded into, itself included.
fn reveal(element: &Element) {
    let mut folded = element.closest("details").ok().flatten();
    while let Some(details) = folded {
        open(&details);
        folded = details.parent_element().and_then(|outer| outer.closest("details").ok().flatten());
    }
}

/// How to start, as `static/first.js` leaves it in the history when a page is reloaded. It is taken out of there.
#[must_use]
pub fn take_start() -> Option<String> {
    let start = history().state().ok()?.as_string().filter(|state| !state.is_empty())?;
    replace(|href| href);
    Some(start)
}

/// Takes the fragment out of the address bar and the history.
pub fn drop_fragment() {
    replace(|href| href.split('#').next().unwrap_or_default());
}

fn replace(address: fn(&str) -> &str) {
    if let Ok(href) = window().location().href() {
        let _ = history().replace_state_with_url(&JsValue::from_str(""), "", Some(address(&href)));
    }
}

/// What a click asks for: a plain one on a link of this site leads there without loading a page. Places on the same page,
/// links with answers and all other clicks are the browser's.
#[must_use]
pub fn follow(event: &MouseEvent, cycles: &[Rc<str>]) -> Option<Event> {
    let address = followed(event)?;
    let route = address.route(cycles)?;
    let is_here = self::address().and_then(|address| address.route(cycles)).is_some_and(|shown| shown == route);
    if !is_here {
        event.prevent_default();
        return Some(Event::Went(route, address.fragment));
    }
    if address.fragment.is_empty() {
        event.prevent_default();
        show("");
    } else {
        // Not every browser unfolds where a link leads to.
        unfold_to(&address.fragment);
    }
    None
}

/// The address behind a plain click on a link of this site.
fn followed(event: &MouseEvent) -> Option<Address> {
    let held = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if held || event.button() != 0 || event.default_prevented() {
        return None;
    }
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = clicked.closest("a[href]").ok()??.dyn_into().ok()?;
    if !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    below_root(&link.href())
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// A page that is the same for everybody, as it stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralPage {
    /// The hash of the rulebook that it tells of.
    pub rules: String,
    pub html: String,
}

/// Such a page below an element. Some hosts answer whatever is missing with their start page, which holds none.
#[must_use]
pub fn general_page(below: &Element) -> Option<GeneralPage> {
    let page = below.query_selector("[data-general]").ok()??;
    Some(GeneralPage { rules: page.get_attribute("data-general")?, html: page.outer_html() })
}

/// Such a page out of the text of a file.
#[must_use]
pub fn read_general_page(file: &str) -> Option<GeneralPage> {
    let document = DomParser::new().ok()?.parse_from_string(file, SupportedType::TextHtml).ok()?;
    general_page(&document.document_element()?)
}

/// What is now in the field that an event comes from.
#[must_use]
pub fn value(event: &web_sys::Event) -> String {
    let value = event.target().and_then(|field| Reflect::get(&field, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Selects what an element says, and copies it. False where the browser does not let us: then it is still selected.
///
/// The older way to copy, because the newer one is there only on pages that came over a connection that is safe.
#[must_use]
pub fn copy(id: &str) -> bool {
    let selection = window().get_selection().ok().flatten();
    let Some((selection, element)) = selection.zip(document().get_element_by_id(id)) else { return false };
    let document: HtmlDocument = document().unchecked_into();
    selection.select_all_children(&element).is_ok() && document.exec_command("copy").unwrap_or(false)
}

/// Unfolds all that is folded on the page, but for grounds; where nothing is, folds all again.
pub fn unfold() {
    let details = document().query_selector_all(".page details:not(.grounds)").ok();
    let is_folded = document().query_selector(".page details:not(.grounds, [open])").ok().flatten().is_some();
    for element in details.iter().flat_map(|all| (0..all.length()).filter_map(|n| all.get(n))) {
        let _ = element.unchecked_ref::<Element>().toggle_attribute_with_force("open", is_folded);
    }
}

fn open(details: &Element) {
    let _ = details.set_attribute("open", "");
}

/// Focuses the first element that fits, and so scrolls to it.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused stays as it is.
        let _ = element.focus();
    }
}

/// The same, where nothing has the focus.
pub fn refocus(selector: &str) {
    let body = document().body();
    if document().active_element().is_none_or(|element| body.is_some_and(|body| *body == element)) {
        focus(selector);
    }
}

/// Focuses an element that the next drawing brings.
pub fn focus_soon(selector: String) {
    soon(move || {
        if let Some(element) = document().query_selector(&selector).ok().flatten() {
            reveal(&element);
        }
        focus(&selector);
    })
    .forget();
}

/// Calls back once the page is drawn.
pub fn soon(callback: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(SOON, callback)
}
