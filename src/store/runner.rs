//! Does in the browser what the state asks for, and tells the state what came of it and what else happened there.

use super::browser::{self, GeneralPage, KEY};
use super::loader;
use crate::session::Kept;
use crate::session::carried::Carried;
use crate::session::link::{self, Linked};
use crate::state::{Began, Book, Effect, Event, Failure, File};
use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use gloo::utils::{document, window};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventTarget, PageTransitionEvent, StorageEvent};
use yew::Callback;

/// Between two looks at the clock, in milliseconds: a device that slept wakes up with the old day on its page.
const LOOK: u32 = 5_000;
/// How long something erased or replaced can come back, in milliseconds.
const UNDO: u32 = 10_000;

/// Listeners and timers end with it.
pub struct Runner {
    tell: Callback<Event>,
    cycles: Rc<[Rc<str>]>,
    listeners: Vec<EventListener>,
    clock: Option<Interval>,
    undo: Option<Timeout>,
    idle: Option<Timeout>,
}

impl Runner {
    /// Touches nothing yet: pages are drawn where there is no browser, too.
    #[must_use]
    pub fn new(tell: Callback<Event>, cycles: Rc<[Rc<str>]>) -> Runner {
        Runner { tell, cycles, listeners: Vec::new(), clock: None, undo: None, idle: None }
    }

    /// What the browser has for the page that begins.
    #[must_use]
    pub fn begin(&self) -> Began {
        let (kept, start, now) = (browser::kept(), browser::take_start(), browser::now());
        // If the program fails on these answers, they must not be gone.
        if let Some(carried) = start.as_deref().and_then(Carried::read) {
            loader::carry(&carried);
        }
        let linked = take_linked();
        let place = browser::address().filter(|_| linked.is_none() && !loader::has_stopped());
        Began { kept, start, linked, place: place.map(|address| address.fragment).unwrap_or_default(), now }
    }

    /// Listens to the browser from now on.
    pub fn watch(&mut self) {
        browser::show_current();
        self.watch_clock();
        self.watch_address();
        self.watch_other_tabs();
    }

    /// Does one thing.
    pub fn run(&mut self, effect: Effect) {
        let tell = self.tell.clone();
        match effect {
            // After every effect of this drawing: a form fills itself with the answer that is kept, and what the person
            // did before the app was there goes over that.
            Effect::Ready => spawn_local(async { loader::ready() }),
            Effect::Carry(carried) => loader::carry(&carried),
            Effect::Keep(text) => {
                if !browser::keep(&text) {
                    tell.emit(Event::NotKept);
                }
            }
            // Where nothing more can be kept, the answers are still in the page.
            Effect::PutBack(Some(text)) => drop(browser::keep(&text)),
            Effect::PutBack(None) => browser::forget(),
            Effect::EndUndo(epoch) => {
                self.undo = Some(Timeout::new(UNDO, move || tell.emit(Event::TooLate(epoch))));
            }
            Effect::Go { route, place } => browser::go(&route, &place, &self.cycles),
            Effect::Show(place) => browser::show(&place),
            Effect::Title(title) => {
                browser::set_title(&title);
                browser::show_current();
            }
            Effect::Focus(selector) => browser::focus(selector),
            Effect::Refocus(selector) => browser::refocus(selector),
            Effect::Unfold => browser::unfold(),
            Effect::Fetch(file) => spawn_local(async move {
                tell.emit(match fetch(&file).await {
                    Some(event) => event,
                    None => Event::Failed(file, failure().await),
                });
            }),
            Effect::Idle => self.idle = Some(browser::soon(move || tell.emit(Event::Idle))),
            Effect::Reload(carried) => loader::again(&carried),
        }
    }

    /// Tells when another minute has begun: soon after that while the page is shown, and at once when the person comes
    /// back to it, also after the device has slept.
    fn watch_clock(&mut self) {
        let last = Rc::new(Cell::new(browser::now() / 60));
        let look = {
            let tell = self.tell.clone();
            move || {
                let now = browser::now();
                if last.replace(now / 60) != now / 60 {
                    tell.emit(Event::Clock(now));
                }
            }
        };
        self.listen(&document(), "visibilitychange", {
            let look = look.clone();
            move |_| look()
        });
        for name in ["pageshow", "focus", "pointerdown", "keydown"] {
            let look = look.clone();
            self.listen(&window(), name, move |_| look());
        }
        self.clock = Some(Interval::new(LOOK, look));
    }

    /// Tells where the person goes back or forth to, and which links they put into the address bar.
    fn watch_address(&mut self) {
        let (tell, cycles) = (self.tell.clone(), self.cycles.clone());
        self.listen(&window(), "popstate", move |_| {
            if let Some(linked) = take_linked() {
                tell.emit(Event::Linked(linked));
            }
            if let Some(address) = browser::address()
                && let Some(route) = address.route(&cycles)
            {
                tell.emit(Event::Went(route, address.fragment));
            }
        });
    }

    /// Tells what another tab keeps now, or that it keeps nothing any more: when that happens, and when a page that was
    /// left comes back as it was, which heard nothing meanwhile.
    fn watch_other_tabs(&mut self) {
        let tell = self.tell.clone();
        self.listen(&window(), "pageshow", move |event| {
            let is_back = event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted);
            match browser::kept() {
                Kept::Text(text) if is_back => tell.emit(Event::KeptElsewhere(Some(text))),
                Kept::Nothing if is_back => tell.emit(Event::KeptElsewhere(None)),
                _ => {}
            }
        });
        let tell = self.tell.clone();
        self.listen(&window(), "storage", move |event| {
            // Clearing the whole storage names no key.
            if let Some(event) =
                event.dyn_ref::<StorageEvent>().filter(|event| event.key().is_none_or(|key| key == KEY))
            {
                tell.emit(Event::KeptElsewhere(event.new_value()));
            }
        });
    }

    fn listen(&mut self, target: &EventTarget, name: &'static str, callback: impl FnMut(&web_sys::Event) + 'static) {
        self.listeners.push(EventListener::new(target, name, callback));
    }
}

/// The answers of the address bar's link. They do not stay there: the next person at this computer could go back to
/// them.
fn take_linked() -> Option<Box<Linked>> {
    // The notice of a stopped app puts the answers into the address bar, for the app that starts next.
    if loader::has_stopped() {
        return None;
    }
    let linked = link::read(&browser::address()?.fragment)?;
    loader::carry(&Carried::from_link(&linked));
    browser::drop_fragment();
    Some(Box::new(linked))
}

async fn fetch(file: &File) -> Option<Event> {
    match file {
        File::Rulebook { cycle, language } => {
            let bytes = loader::fetch(&loader::rulebook(cycle, language)?).await.ok()?;
            Some(Event::Arrived(Book::new(rules::packed::unpack(&bytes).ok()?)))
        }
        File::Page(route) => {
            let text = String::from_utf8(loader::fetch(&route.path()).await.ok()?).ok()?;
            let GeneralPage { rules, html } = browser::read_general_page(&text)?;
            Some(Event::PageArrived { route: route.clone(), rules: rules.into(), html: html.into() })
        }
    }
}

async fn failure() -> Failure {
    match &*loader::why().await {
        "offline" => Failure::NoConnection,
        "renewed" => Failure::Renewed,
        _ => Failure::Lost,
    }
}
