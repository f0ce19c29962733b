//! The browser's program. It draws the page that the host has written before, with what the person did meanwhile.
//!
//! The page is drawn again and never taken over: extensions, translators and old caches change what is in the
//! document, and a program that counts on it ends there.

use gloo::timers::callback::Timeout;
use self_check::app::{App, AppProps};
use self_check::route::{Page, Route};
use self_check::state::Book;
use self_check::store::browser::{self, general_page};
use self_check::store::loader;
use self_check::text::Language;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Renderer;

fn main() {
    // Without this Yew would only write the message to the console, and the page would be dead.
    yew::set_custom_panic_hook(Box::new(|panic| loader::crashed(&panic.to_string())));
    spawn_local(async {
        if let Err(problem) = start().await {
            loader::failed(&problem);
        }
    });
}

async fn start() -> Result<(), String> {
    let mount = gloo::utils::document().get_element_by_id("app").ok_or("the page has no element `app`")?;
    let name = mount.get_attribute("data-rulebook").unwrap_or_default();
    let bytes = loader::fetch(&name).await?;
    let book = Book::new(rules::packed::unpack(&bytes).map_err(|problem| format!("{name}: {problem}"))?);
    let cycles: Rc<[Rc<str>]> = loader::cycles().into_iter().map(Into::into).collect();
    let default_cycle: Rc<str> = loader::default_cycle().ok_or("the loader names no cycle")?.into();
    let address = browser::address().map(|address| address.path).unwrap_or_default();
    let route = Route::parse(&address, cycles.iter().map(|cycle| &**cycle));
    let route = route.unwrap_or(Route { language: Language::En, cycle: None, page: Page::Start });
    let general = general_page(&mount).filter(|page| page.rules == *book.outline.rulebook).map(|page| page.html.into());
    let props = AppProps { route, book, cycles, default_cycle, general };
    // In a task of its own, so that a press on a slow phone is heard in between.
    Timeout::new(0, move || {
        loader::drawing();
        Renderer::<App>::with_root_and_props(mount, props).render();
    })
    .forget();
    Ok(())
}
