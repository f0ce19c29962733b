//! What the loader (`static/loader.js`) and the app tell each other, by way of `globalThis.selfCheck`.

use js_sys::{Function, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

/// Address of the site's root, with a slash at its end. The loader lies in the root, so this is right
/// wherever the site was put.
pub fn root() -> Option<String> {
    get(&shared()?, "root")?.as_string()
}

/// Address of the rulebook file for a cycle and a language.
pub fn rulebook(cycle: &str, language: &str) -> Option<String> {
    let of_cycle = get(&get(&shared()?, "rulebooks")?, cycle)?;
    let name = get(&of_cycle, language)?.as_string()?;
    Some(root()? + &name)
}

/// Leaves the answers, encoded as a link's fragment, where they outlive a crash of the app.
pub fn keep(fragment: &str) {
    set("session", &fragment.into());
}

/// Says that the app answers from now on.
pub fn started() {
    set("started", &true.into());
}

/// Shows the notice that the app has stopped.
pub fn failed(why: &str) {
    let stop = shared().and_then(|shared| get(&shared, "stop")?.dyn_into::<Function>().ok());
    if let Some(stop) = stop {
        // The loader's function does not throw, and there is nobody left to tell if it did.
        let _ = stop.call1(&JsValue::UNDEFINED, &why.into());
    }
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
