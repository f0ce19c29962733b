//! The app's root: one state, drawn again after every event.

use crate::components::keeping::Lately;
use crate::components::layout::{Frame, view_layout};
use crate::context::Context;
use crate::pages;
use crate::route::Route;
use crate::session::{Action, Kept};
use crate::state::{Book, Effect, Event, State};
use crate::store::runner::Runner;
use crate::store::{browser, loader};
use std::rc::Rc;
use yew::{Callback, Component, Html, MouseEvent, Properties};

/// What the first drawing starts from.
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    pub route: Route,
    pub book: Book,
    /// All cycles of the site, and the one that it shows first.
    pub cycles: Rc<[Rc<str>]>,
    pub default_cycle: Rc<str>,
    /// The HTML of the route's page, where that is the same for everybody and already here.
    pub general: Option<Rc<str>>,
}

/// Everything between the head and the notice of a stopped app.
///
/// A component of the older kind, because Yew's other one has no place for what must happen beside a change of state:
/// here an event gives a state and effects, and the effects wait until the state is drawn.
pub struct App {
    state: State,
    effects: Vec<Effect>,
    runner: Runner,
    root: Rc<str>,
    on: Callback<Action>,
    on_event: Callback<Event>,
    on_click: Callback<MouseEvent>,
}

impl Component for App {
    type Message = Event;
    type Properties = AppProps;

    fn create(context: &yew::Context<App>) -> App {
        let AppProps { route, book, cycles, default_cycle, general } = context.props().clone();
        let link = context.link();
        let mut app = App {
            state: State::new(route, book, default_cycle, general),
            effects: Vec::new(),
            root: if cfg!(feature = "browser") { loader::root().unwrap_or_default().into() } else { Rc::from("") },
            runner: Runner::new(link.callback(|event| event), cycles.clone()),
            on: link.callback(|action: Action| {
                let kept = if action.needs_kept() { browser::kept() } else { Kept::Nothing };
                Event::Did(action, kept)
            }),
            on_event: link.callback(|event| event),
            on_click: link.batch_callback(move |event: MouseEvent| browser::follow(&event, &cycles)),
        };
        // Before the first drawing, so that nothing on the page moves with a second one. On the host there is no browser.
        if cfg!(feature = "browser") {
            let began = app.runner.begin();
            app.take(Event::Began(began));
        }
        app
    }

    fn update(&mut self, _: &yew::Context<App>, event: Event) -> bool {
        self.take(event);
        true
    }

    fn view(&self, context: &yew::Context<App>) -> Html {
        let state = &self.state;
        let page = Context {
            text: state.route.language.messages(),
            route: state.route.clone(),
            outline: state.book.outline.clone(),
            report: state.report.clone(),
            session: state.session.clone(),
            misfits: state.misfits.clone(),
            tried: state.tried.clone(),
            epoch: state.epoch,
            root: self.root.clone(),
            cycles: context.props().cycles.clone(),
            default_cycle: context.props().default_cycle.clone(),
            general: state.general().cloned(),
            // What a link leads to may be folded.
            is_whole: state.is_whole
                || state.report.is_none()
                || !state.fragment.is_empty()
                || !state.route.page.is_folded(),
            on: self.on.clone(),
        };
        let frame = Frame {
            awaited: state.awaited.clone(),
            own: state.own.clone(),
            missing: state.missing,
            lately: match state.undo {
                Some(_) => Lately::Undoable,
                None if state.erased => Lately::Erased,
                None => Lately::Nothing,
            },
            left_out: state.left_out,
            on_event: self.on_event.clone(),
            on_click: self.on_click.clone(),
        };
        view_layout(&page, &frame, pages::view(&page))
    }

    fn rendered(&mut self, _: &yew::Context<App>, first: bool) {
        if first {
            self.runner.watch();
        }
        loader::drawn();
        for effect in self.effects.drain(..) {
            // Another tab, or the person, may have said something else meanwhile.
            let is_stale = matches!(&effect, Effect::Keep(text) if self.state.to_keep().as_ref() != Some(text));
            if !is_stale {
                self.runner.run(effect);
            }
        }
    }
}

impl App {
    /// Goes on to the state after an event. Some effects come before it is drawn, the others wait for that.
    fn take(&mut self, event: Event) {
        let (state, effects) = self.state.after(event);
        self.state = state;
        for effect in effects {
            if effect.comes_first() {
                self.runner.run(effect);
            } else {
                self.effects.push(effect);
            }
        }
    }
}
