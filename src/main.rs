//! The browser's program: takes over the prerendered page.

use self_check::{App, store::loader};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Renderer;

fn main() {
    spawn_local(async {
        if let Err(problem) = start().await {
            loader::failed(&problem);
        }
    });
}

async fn start() -> Result<(), String> {
    let mount = mount().ok_or("the page has no element `app`")?;
    // The rulebook comes first: Yew takes over a page only if it would draw the same.
    let name = mount.get_attribute("data-rulebook").unwrap_or_default();
    loader::fetch(&name).await?;
    Renderer::<App>::with_root(mount).hydrate();
    loader::started();
    Ok(())
}

fn mount() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}
