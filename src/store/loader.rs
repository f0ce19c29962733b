//! What the app and the page's own scripts tell each other: `static/loader.js` by way of `globalThis.selfCheck`,
//! `static/first.js` by way of `globalThis.selfCheckPage`.

use crate::session::Keeping;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Address of the site's root, with a slash at its end. The loader lies in the root, so this is right
/// wherever the site was put.
pub fn root() -> Option<String> {
    get(&shared()?, "root")?.as_string()
}

/// The cycle that the site shows unless somebody chooses another.
pub fn default_cycle() -> Option<String> {
    get(&shared()?, "cycle")?.as_string()
}

/// Every cycle that the site has, in order: an object keeps keys that are numbers so.
pub fn cycles() -> Vec<String> {
    let rulebooks = shared().and_then(|shared| get(&shared, "rulebooks")?.dyn_into::<Object>().ok());
    let Some(rulebooks) = rulebooks else { return Vec::new() };
    Object::keys(&rulebooks).iter().filter_map(|cycle| cycle.as_string()).collect()
}

/// Name of the rulebook file for a cycle and a language.
pub fn rulebook(cycle: &str, language: &str) -> Option<String> {
    let of_cycle = get(&get(&shared()?, "rulebooks")?, cycle)?;
    get(&of_cycle, language)?.as_string()
}

/// Fetches one of the site's files. Asked for like this, a preloaded file is not fetched again.
pub async fn fetch(name: &str) -> Result<Vec<u8>, String> {
    let address = root().ok_or("the loader did not run")? + name;
    let text = |_: JsValue| format!("{address} could not be fetched");
    let window = web_sys::window().ok_or("there is no window")?;
    let response = JsFuture::from(window.fetch_with_str(&address)).await.map_err(text)?;
    let response: Response = response.dyn_into().map_err(text)?;
    if !response.ok() {
        return Err(format!("{address}: {}", response.status()));
    }
    let bytes = JsFuture::from(response.array_buffer().map_err(text)?).await.map_err(text)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// Whose answers a page is loaded anew with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person's own, and whether they are to be kept.
    Own(Keeping),
    /// Those of a link.
    Linked,
}

const WHOSE: [(Whose, &str); 4] = [
    (Whose::Own(Keeping::NotAsked), "own"),
    (Whose::Own(Keeping::No), "own-not-kept"),
    (Whose::Own(Keeping::Shared), "own-shared"),
    (Whose::Linked, "linked"),
];

impl Whose {
    fn word(self) -> &'static str {
        WHOSE.iter().find(|(whose, _)| *whose == self).map_or("own", |(_, word)| word)
    }
}

/// What a page is loaded anew with, as [`again`] leaves it in the history: whose answers, and their fragment.
#[must_use]
pub fn read_carried(state: &str) -> Option<(Whose, &str)> {
    let (word, fragment) = state.split_once(' ')?;
    let (whose, _) = WHOSE.iter().find(|(_, known)| *known == word)?;
    Some((*whose, fragment))
}

/// Leaves the answers, encoded as a link's fragment, where they outlive a crash of the app.
pub fn keep(whose: Whose, fragment: &str) {
    set("whose", &whose.word().into());
    set("session", &fragment.into());
}

/// Says that the app answers from now on, and that the answers kept earlier are back.
pub fn started() {
    set("started", &true.into());
    page("ready", &[]);
    // Where that script did not arrive, the notice of a late app would still show itself.
    let late = web_sys::window().and_then(|window| window.document()?.get_element_by_id("late"));
    if let Some(late) = late {
        late.remove();
    }
}

/// Says that the page is about to be drawn anew: what the person did on it until now comes back with [`started`].
pub fn drawing() {
    page("drawing", &[]);
}

/// Shows the notice that the app cannot start.
pub fn failed(problem: &str) {
    page("stop", &[&problem.into()]);
}

/// Shows the notice that a mistake of ours has ended the app.
pub fn crashed(panic: &str) {
    page("stop", &[&panic.into(), &true.into()]);
}

/// Why a file of the site did not come, as `static/first.js` tells it.
pub async fn why() -> String {
    let Some(why) = page("why", &[]).and_then(|told| told.dyn_into::<Promise>().ok()) else { return String::new() };
    JsFuture::from(why).await.ok().and_then(|why| why.as_string()).unwrap_or_default()
}

/// Loads the page anew, past every cache, with these answers.
pub fn again(whose: Whose, fragment: &str) {
    if fragment.is_empty() {
        page("again", &[]);
    } else {
        page("again", &[&[whose.word(), " ", fragment].concat().into()]);
    }
}

/// Calls what `static/first.js` offers. Its functions do not throw.
fn page(name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let function: Function = get(&get(&global(), "selfCheckPage")?, name)?.dyn_into().ok()?;
    function.apply(&JsValue::UNDEFINED, &arguments.iter().copied().collect()).ok()
}

/// Whether that notice is on the page. Listeners of a stopped app may still be called.
pub fn has_stopped() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| matches!(document.query_selector("#stopped:not([hidden])"), Ok(Some(_))))
}

fn shared() -> Option<JsValue> {
    get(&global(), "selfCheck")
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined()).then_some(value)
}

fn set(name: &str, value: &JsValue) {
    if let Some(shared) = shared() {
        // Fails only for a frozen object, and the loader's is not.
        let _ = Reflect::set(&shared, &name.into(), value);
    }
}
