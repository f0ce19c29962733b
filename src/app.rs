//! The app's root: one state, and what the browser must do when it changes.

use crate::components::keeping::Lately;
use crate::components::layout::{Frame, view_layout};
use crate::pages::{self, PageProps};
use crate::route::{Page, Route};
use crate::session::{Action, Keeping, Session};
use crate::state::{Awaited, Book, Event, Missing, State};
use crate::store::browser::{self, Address, Kept};
use crate::store::loader::Whose;
use crate::store::{fragment, loader, saved};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{
    Html, MouseEvent, Properties, UseReducerDispatcher, component, use_callback, use_effect_with, use_mut_ref,
    use_reducer,
};

/// What the first rendering starts from.
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    pub route: Route,
    pub book: Book,
    pub cycles: Rc<[Rc<str>]>,
    pub default_cycle: Rc<str>,
}

type Dispatch = UseReducerDispatcher<State>;

/// How long something erased or replaced can come back, in milliseconds.
const UNDO: i32 = 10_000;

/// Everything between the head and the notice of a stopped app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let state = use_reducer(|| State::new(props.route.clone(), props.book.clone(), props.default_cycle.clone()));
    let dispatch = state.dispatcher();

    use_effect_with((), {
        let (dispatch, cycles) = (dispatch.clone(), props.cycles.clone());
        move |()| begin(dispatch, &cycles)
    });
    use_effect_with((state.session.clone(), state.own.clone()), {
        let dispatch = dispatch.clone();
        move |(session, own): &(Rc<Session>, Option<Rc<Session>>)| {
            let (whose, fragment) = carried(session, own.as_deref());
            loader::keep(whose, &fragment);
            // Answers of a link are not kept before the person makes them their own.
            if own.is_none() && session.keeping == Keeping::Yes && !browser::keep(&saved::write(session)) {
                dispatch.dispatch(Event::Did(Action::KeepingChosen(Keeping::Impossible)));
            }
        }
    });
    use_effect_with((state.undo.is_some(), state.epoch), {
        let dispatch = dispatch.clone();
        move |(wanted, epoch)| {
            if *wanted {
                let epoch = *epoch;
                browser::after(UNDO, move || dispatch.dispatch(Event::TooLate(epoch)));
            }
        }
    });
    let first = use_mut_ref(|| true);
    use_effect_with((state.route.clone(), state.fragment.clone()), {
        let title = pages::title(state.route.language.messages(), &state.route, &state.book.outline);
        let cycles = props.cycles.clone();
        move |(route, fragment): &(Route, String)| {
            browser::set_title(&title);
            // Where the page came from the server, the browser has done the rest.
            if !first.replace(false) {
                arrive(route, fragment, &cycles);
            }
        }
    });
    use_effect_with(state.awaited.clone(), {
        let (dispatch, default_cycle) = (dispatch.clone(), props.default_cycle.clone());
        move |awaited: &Option<Awaited>| {
            if let Some(awaited) = awaited.clone().filter(|awaited| awaited.failed.is_none()) {
                spawn_local(fetch(awaited.route, default_cycle, dispatch));
            }
        }
    });
    // What would change a verdict is only on the result page, and takes too long to wait for.
    use_effect_with((state.route.page == Page::Result && state.report.is_some(), state.judged), {
        let dispatch = dispatch.clone();
        move |(wanted, _)| {
            if *wanted {
                browser::soon(move || dispatch.dispatch(Event::Idle));
            }
        }
    });
    use_effect_with(state.now.is_some(), |ready| {
        if *ready {
            // After every effect of this drawing: a form fills itself with the answer that is kept, and what the person
            // did before the app was there goes over that.
            spawn_local(async { loader::started() });
        }
    });

    // What was kept before it was erased or replaced, as it stood.
    let before = use_mut_ref(|| None::<String>);
    let on = use_callback((), {
        let (dispatch, before) = (dispatch.clone(), before.clone());
        move |action: Action, ()| {
            let kept = match browser::kept() {
                Kept::Text(text) => Some(text),
                Kept::Nothing | Kept::Impossible => None,
            };
            let mut action = action;
            match &action {
                // Another tab keeps its answers here, or they were left out.
                Action::KeepingChosen(Keeping::Yes) if kept.is_some() => {
                    *before.borrow_mut() = kept;
                    action = Action::KeptInPlace;
                }
                Action::Adopted => *before.borrow_mut() = kept,
                // At once, and also when nothing seems to be kept: another tab may have done so.
                Action::Erased => {
                    *before.borrow_mut() = kept;
                    browser::forget();
                }
                Action::Undone => match before.borrow_mut().take() {
                    // Where nothing can be kept any more, the answers are still in the page.
                    Some(text) => drop(browser::keep(&text)),
                    None => browser::forget(),
                },
                _ => {}
            }
            dispatch.dispatch(Event::Did(action));
        }
    });
    let on_event = use_callback((), {
        let dispatch = dispatch.clone();
        move |event: Event, ()| dispatch.dispatch(event)
    });
    let on_retake = use_callback((), {
        let dispatch = dispatch.clone();
        move |_: MouseEvent, ()| {
            if let Kept::Text(text) = browser::kept() {
                dispatch.dispatch(Event::Did(Action::Restored(Box::new(kept_session(&text)))));
                *before.borrow_mut() = Some(text);
            }
        }
    });
    let on_reload = use_callback((state.session.clone(), state.own.clone()), {
        move |_: MouseEvent, (session, own)| {
            let (whose, fragment) = carried(session, own.as_deref());
            loader::again(whose, &fragment);
        }
    });
    let on_click = use_callback((), {
        let cycles = props.cycles.clone();
        move |event: MouseEvent, ()| follow(&event, &cycles, &dispatch)
    });
    let page = PageProps {
        text: state.route.language.messages(),
        route: state.route.clone(),
        outline: state.book.outline.clone(),
        report: state.report.clone(),
        session: state.session.clone(),
        misfits: state.misfits.clone(),
        epoch: state.epoch,
        cycles: props.cycles.clone(),
        default_cycle: props.default_cycle.clone(),
        on,
    };
    let frame = Frame {
        awaited: state.awaited.clone(),
        own: state.own.clone(),
        lately: match state.undo {
            Some(_) => Lately::Undoable,
            None if state.erased => Lately::Erased,
            None => Lately::Nothing,
        },
        left_out: state.left_out,
        on_event,
        on_retake,
        on_reload,
        on_click,
    };
    view_layout(&page, &frame)
}

/// What a page that is loaded anew starts with, as a link's fragment: what would otherwise be lost.
fn carried(session: &Session, own: Option<&Session>) -> (Whose, String) {
    let (whose, session) = match own {
        None => (Whose::Own(session.keeping), session),
        Some(own) if own.keeping != Keeping::Yes && !own.is_empty() => (Whose::Own(own.keeping), own),
        Some(_) => (Whose::Linked, session),
    };
    (whose, if session.is_empty() { String::new() } else { fragment::write(session) })
}

/// What the first rendering could not know: the answers, the day, and what happens from now on.
fn begin(dispatch: Dispatch, cycles: &Rc<[Rc<str>]>) {
    let (start, kept) = (browser::start(), browser::kept());
    let carried = start.as_deref().and_then(loader::read_carried);
    // If the program fails on these answers, they must not be gone.
    if let Some((whose, fragment)) = carried {
        loader::keep(whose, fragment);
    }
    if start.is_some() {
        browser::drop_start();
    }
    let restored = |session: Session| dispatch.dispatch(Event::Did(Action::Restored(Box::new(session))));
    let linked = |session: Session| dispatch.dispatch(Event::Linked(Box::new(session)));
    let is_kept = matches!(kept, Kept::Text(_));
    let impossible = matches!(kept, Kept::Impossible);
    match kept {
        Kept::Text(_) if start.as_deref() == Some("without") => dispatch.dispatch(Event::LeftOut),
        Kept::Text(text) => restored(kept_session(&text)),
        Kept::Impossible => dispatch.dispatch(Event::Did(Action::KeepingChosen(Keeping::Impossible))),
        Kept::Nothing => {}
    }
    match carried.and_then(|(whose, text)| Some((whose, fragment::read(text)?))) {
        Some((Whose::Own(keeping), own)) if !is_kept => {
            restored(Session { keeping: if impossible { Keeping::Impossible } else { keeping }, ..own });
        }
        Some((_, session)) => linked(session),
        None => {}
    }
    if let Some(session) = take_linked() {
        linked(session);
    }
    dispatch.dispatch(Event::Clock(browser::now()));

    browser::on_minute({
        let dispatch = dispatch.clone();
        move |now| dispatch.dispatch(Event::Clock(now))
    });
    browser::on_travel({
        let (dispatch, cycles) = (dispatch.clone(), cycles.clone());
        move || {
            if let Some(session) = take_linked() {
                dispatch.dispatch(Event::Linked(Box::new(session)));
            }
            if let Some((route, fragment)) = browser::address().and_then(|address| read(address, &cycles)) {
                dispatch.dispatch(Event::Went(route, fragment));
            }
        }
    });
    browser::on_kept_elsewhere(move |text| {
        dispatch.dispatch(Event::KeptElsewhere(text.map(|text| Box::new(kept_session(&text)))));
    });
}

/// What is kept is kept because the person said so.
fn kept_session(text: &str) -> Session {
    Session { keeping: Keeping::Yes, ..saved::read(text) }
}

/// The answers of the address bar's link. They do not stay there: the next person at this computer could go back to
/// them.
fn take_linked() -> Option<Session> {
    // The notice of a stopped app puts the answers into the address bar, for the app that starts next.
    if loader::has_stopped() {
        return None;
    }
    let fragment = browser::address()?.fragment;
    let session = fragment::read(&fragment)?;
    loader::keep(Whose::Linked, &fragment);
    browser::drop_fragment();
    Some(session)
}

fn read(address: Address, cycles: &[Rc<str>]) -> Option<(Route, String)> {
    Some((Route::parse(&address.path, cycles.iter().map(|cycle| &**cycle))?, address.fragment))
}

fn follow(event: &MouseEvent, cycles: &[Rc<str>], dispatch: &Dispatch) {
    let Some((route, place)) = browser::followed(event).and_then(|address| read(address, cycles)) else { return };
    let here = browser::address().and_then(|address| read(address, cycles));
    match here {
        // Places on the same page, and links with answers, are the browser's.
        Some((shown, _)) if shown == route && !place.is_empty() => {}
        Some((shown, _)) if shown == route => {
            event.prevent_default();
            show(&place);
        }
        _ => {
            event.prevent_default();
            dispatch.dispatch(Event::Went(route, place));
        }
    }
}

/// Makes the address bar and the focus follow the page.
fn arrive(route: &Route, place: &str, cycles: &[Rc<str>]) {
    let there = browser::address().and_then(|address| read(address, cycles)).is_some_and(|(shown, _)| shown == *route);
    if !there {
        browser::push(&Address { path: route.path(), fragment: place.to_owned() });
    }
    show(place);
}

fn show(place: &str) {
    if place.is_empty() || !browser::show(place) {
        browser::scroll_to_top();
        browser::focus("main h1");
    }
}

async fn fetch(route: Route, default_cycle: Rc<str>, dispatch: Dispatch) {
    let cycle = route.cycle.as_deref().unwrap_or(&default_cycle);
    match load(cycle, route.language.code()).await {
        Some(book) => dispatch.dispatch(Event::Arrived(book)),
        None => {
            let why = match &*loader::why().await {
                "offline" => Missing::NoConnection,
                "renewed" => Missing::Renewed,
                _ => Missing::Lost,
            };
            dispatch.dispatch(Event::Missing(why));
        }
    }
}

async fn load(cycle: &str, language: &str) -> Option<Book> {
    let bytes = loader::fetch(&loader::rulebook(cycle, language)?).await.ok()?;
    Some(Book::new(rules::packed::unpack(&bytes).ok()?))
}
