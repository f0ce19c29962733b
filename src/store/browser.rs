//! The browser: its storage, clock, address bar and focus. Whatever it refuses is answered with "no", never with a
//! panic: storage may be blocked or full, and a page must still answer.

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document, Element, EventTarget, HtmlAnchorElement, HtmlElement, MouseEvent, PageTransitionEvent, Storage,
    StorageEvent, Window,
};

/// Other sites of the same host share the storage.
const KEY: &str = "img-self-check";
/// Between two looks at the clock, in milliseconds: a device that slept wakes up with the old day on its page.
const LOOK: i32 = 5_000;
/// Long enough for a frame.
const SOON: i32 = 30;

/// What the browser keeps for us.
#[derive(Debug)]
pub enum Kept {
    Nothing,
    Text(String),
    /// It keeps nothing for anybody.
    Impossible,
}

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

/// Asking for blocked storage throws, so this is the only way to it.
fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
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

/// Where the browser is.
#[must_use]
pub fn address() -> Option<Address> {
    below_root(&window()?.location().href().ok()?)
}

fn below_root(href: &str) -> Option<Address> {
    let below = href.strip_prefix(&super::loader::root()?)?;
    let (path, fragment) = below.split_once('#').unwrap_or((below, ""));
    let path = path.split('?').next().unwrap_or_default();
    Some(Address { path: path.to_owned(), fragment: fragment.to_owned() })
}

/// Adds an address below the root to the history.
pub fn push(address: &Address) {
    let (Some(window), Some(root)) = (window(), super::loader::root()) else { return };
    let fragment = if address.fragment.is_empty() { String::new() } else { format!("#{}", address.fragment) };
    if let Ok(history) = window.history() {
        // Refused only to pages that push hundreds of addresses in a row.
        let _ = history.push_state_with_url(&"".into(), "", Some(&format!("{root}{}{fragment}", address.path)));
    }
}

/// How to start, as `static/first.js` leaves it in the history when a page is loaded anew.
#[must_use]
pub fn start() -> Option<String> {
    window()?.history().ok()?.state().ok()?.as_string().filter(|state| !state.is_empty())
}

/// Takes the way to start out of the history.
pub fn drop_start() {
    replace(|href| href);
}

/// Takes the fragment out of the address bar and the history.
pub fn drop_fragment() {
    replace(|href| href.split('#').next().unwrap_or_default());
}

fn replace(address: fn(&str) -> &str) {
    let Some(window) = window() else { return };
    if let (Ok(history), Ok(href)) = (window.history(), window.location().href()) {
        let _ = history.replace_state_with_url(&"".into(), "", Some(address(&href)));
    }
}

/// The address behind a plain click on a link of this site; `None` for every click that the browser should handle.
#[must_use]
pub fn followed(event: &MouseEvent) -> Option<Address> {
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
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Focuses the first element that fits, and so scrolls to it.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused stays as it is.
        let _ = element.focus();
    }
}

/// Shows a place of the page; false when there is none of this id.
pub fn show(id: &str) -> bool {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else { return false };
    element.scroll_into_view();
    true
}

pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Calls back when the person goes back or forth.
pub fn on_travel(callback: impl Fn() + 'static) {
    listen(window().map(Into::into), "popstate", move |_| callback());
}

/// Calls back when another minute has begun, with the seconds since 1970-01-01T00:00Z: soon after that while the page is
/// shown, and at once when the person comes back to it, also after the device has slept.
pub fn on_minute(callback: impl Fn(i64) + 'static) {
    let Some(window) = window() else { return };
    let last = Cell::new(now() / 60);
    let look = Rc::new(move || {
        let now = now();
        if last.replace(now / 60) != now / 60 {
            callback(now);
        }
    });
    for (target, name) in [
        (document().map(EventTarget::from), "visibilitychange"),
        (Some(window.clone().into()), "pageshow"),
        (Some(window.clone().into()), "focus"),
        (Some(window.clone().into()), "pointerdown"),
        (Some(window.clone().into()), "keydown"),
    ] {
        let look = look.clone();
        listen(target, name, move |_| look());
    }
    let each = Closure::<dyn Fn()>::new(move || look());
    // Without a timer the day is still read when the person comes back.
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(each.as_ref().unchecked_ref(), LOOK);
    each.forget();
}

/// Calls back once the page is drawn.
pub fn soon(callback: impl FnOnce() + 'static) {
    after(SOON, callback);
}

/// Calls back after so many milliseconds.
pub fn after(milliseconds: i32, callback: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let callback = Closure::once_into_js(callback);
        // Without a timer the page stays as it is, which is no loss.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), milliseconds);
    }
}

/// Calls back with what another tab keeps now, or that it keeps nothing any more: when that happens, and when a page that
/// was left comes back as it stood, which heard nothing meanwhile.
pub fn on_kept_elsewhere(callback: impl Fn(Option<String>) + Clone + 'static) {
    let back = callback.clone();
    listen(window().map(Into::into), "pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            match kept() {
                Kept::Text(text) => back(Some(text)),
                Kept::Nothing => back(None),
                Kept::Impossible => {}
            }
        }
    });
    listen(window().map(Into::into), "storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>()
            // Clearing the whole storage names no key.
            && event.key().is_none_or(|key| key == KEY)
        {
            callback(event.new_value());
        }
    });
}

/// The app lives as long as the page, and so do its listeners.
fn listen(target: Option<EventTarget>, name: &str, callback: impl Fn(web_sys::Event) + 'static) {
    let Some(target) = target else { return };
    let callback = Closure::<dyn Fn(web_sys::Event)>::new(callback);
    let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    callback.forget();
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}
