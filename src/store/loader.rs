//! What the app and the page's own scripts tell each other: `loader.js`, a template of `crates/site`, by way of
//! `globalThis.selfCheck`, `static/first.js` by way of `globalThis.selfCheckPage`. Either script may not have arrived.

use crate::session::carried::Carried;
use gloo::utils::{document, window};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

#[wasm_bindgen]
extern "C" {
    type Site;
    #[wasm_bindgen(thread_local_v2, js_name = selfCheck)]
    static SITE: Option<Site>;
    #[wasm_bindgen(method, getter)]
    fn root(this: &Site) -> String;
    #[wasm_bindgen(method, getter)]
    fn cycle(this: &Site) -> String;
    #[wasm_bindgen(method, getter)]
    fn rulebooks(this: &Site) -> Object;
    #[wasm_bindgen(method, setter)]
    fn set_session(this: &Site, fragment: &str);
    #[wasm_bindgen(method, setter)]
    fn set_carried(this: &Site, start: Option<&str>);
    #[wasm_bindgen(method, setter)]
    fn set_started(this: &Site, started: bool);

    #[wasm_bindgen(catch, js_namespace = selfCheckPage, js_name = drawing)]
    fn page_drawing() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = selfCheckPage, js_name = drawn)]
    fn page_drawn() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = selfCheckPage, js_name = ready)]
    fn page_ready() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = selfCheckPage, js_name = stop)]
    fn page_stop(problem: &str, is_mistake: Option<bool>) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = selfCheckPage, js_name = why)]
    async fn page_why() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = selfCheckPage, js_name = again)]
    fn page_again(start: Option<String>) -> Result<(), JsValue>;
}

fn site<T>(read: impl FnOnce(&Site) -> T) -> Option<T> {
    SITE.with(|site| site.as_ref().map(read))
}

/// Address of the site's root, with a slash at its end. The loader lies in the root, so this is right wherever the site
/// was put.
pub fn root() -> Option<String> {
    site(Site::root)
}

/// The cycle that the site shows unless somebody chooses another.
pub fn default_cycle() -> Option<String> {
    site(Site::cycle)
}

/// Every cycle that the site has, in order: an object keeps keys that are numbers so.
pub fn cycles() -> Vec<String> {
    let Some(rulebooks) = site(Site::rulebooks) else { return Vec::new() };
    Object::keys(&rulebooks).iter().filter_map(|cycle| cycle.as_string()).collect()
}

/// Name of the rulebook file for a cycle and a language.
pub fn rulebook(cycle: &str, language: &str) -> Option<String> {
    let of_cycle = Reflect::get(site(Site::rulebooks)?.as_ref(), &cycle.into()).ok()?;
    Reflect::get(&of_cycle, &language.into()).ok()?.as_string()
}

/// Fetches one of the site's files. Asked for like this, a preloaded file is not fetched again. (With gloo's requests the app
/// was 2.8 kB larger after compression, for eight lines less here.)
pub async fn fetch(name: &str) -> Result<Vec<u8>, String> {
    let address = root().ok_or("the loader did not run")? + name;
    let text = |_: JsValue| format!("{address} could not be fetched");
    let response = JsFuture::from(window().fetch_with_str(&address)).await.map_err(text)?;
    let response: Response = response.dyn_into().map_err(text)?;
    if !response.ok() {
        return Err(format!("{address}: {}", response.status()));
    }
    let bytes = JsFuture::from(response.array_buffer().map_err(text)?).await.map_err(text)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// Leaves the answers where they outlive a crash of the app.
pub fn carry(carried: &Carried) {
    site(|site| {
        site.set_carried(carried.write().as_deref());
        site.set_session(&carried.fragment());
    });
}

/// Says that the page is about to be drawn again: what the person did on it until now comes back with [`ready`].
pub fn drawing() {
    let _ = page_drawing();
}

/// Says that something was drawn: nothing that is new was aimed at by a press before.
pub fn drawn() {
    let _ = page_drawn();
}

/// Says that the app answers from now on, and that the answers kept earlier are back.
pub fn ready() {
    site(|site| site.set_started(true));
    let _ = page_ready();
    // Where that script did not arrive, the notice of a late app would still show itself.
    if let Some(late) = document().get_element_by_id("late") {
        late.remove();
    }
}

/// Shows the notice that the app cannot start.
pub fn failed(problem: &str) {
    let _ = page_stop(problem, None);
}

/// Shows the notice that a mistake of ours has ended the app.
pub fn crashed(panic: &str) {
    let _ = page_stop(panic, Some(true));
}

/// Whether such a notice is on the page. Listeners of a stopped app may still be called.
pub fn has_stopped() -> bool {
    matches!(document().query_selector("#stopped:not([hidden])"), Ok(Some(_)))
}

/// Why a file of the site did not come, as `static/first.js` tells it.
pub async fn why() -> String {
    page_why().await.ok().and_then(|why| why.as_string()).unwrap_or_default()
}

/// Reloads the page, past every cache, with these answers.
pub fn again(carried: &Carried) {
    let _ = page_again(carried.write());
}
