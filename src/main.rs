//! The browser's program: takes over the prerendered page.

use self_check::app::{App, AppProps};
use self_check::components::layout;
use self_check::route::{Page, Route};
use self_check::state::Book;
use self_check::store::{browser, loader};
use self_check::text::Language;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Renderer;

fn main() {
    // Without this Yew would only write the message to the console, and the page would be dead.
    yew::set_custom_panic_hook(Box::new(|panic| loader::failed(&panic.to_string())));
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
    let bytes = loader::fetch(&name).await?;
    let book = Book::new(rules::packed::unpack(&bytes).map_err(|problem| format!("{name}: {problem}"))?);
    let cycles: Rc<[Rc<str>]> = loader::cycles().into_iter().map(Into::into).collect();
    let default_cycle: Rc<str> = loader::default_cycle().ok_or("the loader names no cycle")?.into();
    let address = browser::address().map(|address| address.path).unwrap_or_default();
    let route = Route::parse(&address, cycles.iter().map(|cycle| &**cycle));
    let route = route.unwrap_or(Route { language: Language::En, cycle: None, page: Page::Start });
    let rendered = layout::rendered(&route, &book.outline);
    let renderer = Renderer::<App>::with_root_and_props(mount.clone(), AppProps { route, book, cycles, default_cycle });
    if can_take_over(&mount, &rendered) {
        renderer.hydrate();
    } else {
        renderer.render();
    }
    Ok(())
}

fn mount() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}

/// Yew stops at a page that it would not have drawn itself: one of another address or rulebook, or one in which a
/// translator has wrapped the texts already. Such a page is drawn anew.
fn can_take_over(mount: &Element, rendered: &str) -> bool {
    let found = mount.first_element_child().and_then(|site| site.get_attribute("data-rendered"));
    let wrapped = mount.query_selector("font").ok().flatten().is_some();
    found.as_deref() == Some(rendered) && !wrapped
}
