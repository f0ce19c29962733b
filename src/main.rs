//! The browser's program: takes over the prerendered page.

use self_check::{App, store::loader};
use yew::Renderer;

fn main() {
    let mount = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    match mount {
        Some(element) => {
            Renderer::<App>::with_root(element).hydrate();
            loader::started();
        }
        None => loader::failed("the page has no element `app`"),
    }
}
