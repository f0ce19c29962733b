//! Everything that the app knows, and how it changes. Pure: what the browser must do comes out as data.

use crate::route::{Page, Route};
use crate::session::carried::{Carried, Whose};
use crate::session::link::{self, Linked, Missing};
use crate::session::{Action, Dropped, Keeping, Kept, Map, Misfit, Session, Tried, What, question_of, reduce, text};
use crate::text::Language;
use rules::answers::{Answers, Entered, RawAnswer};
use rules::outline::{Outline, outline};
use rules::report::{Report, RowPlace, full_report, report};
use rules::rulebook::{AsOf, Moment, QuestionIx, Rulebook, When};
use std::rc::Rc;

mod did;
mod effect;

pub use effect::{Effect, File};

/// A rulebook with what it says to everybody.
#[derive(Clone, Debug)]
pub struct Book {
    pub rules: Rc<Rulebook>,
    pub outline: Rc<Outline>,
}

impl Book {
    #[must_use]
    pub fn new(rules: Rulebook) -> Book {
        Book { outline: Rc::new(outline(&rules)), rules: Rc::new(rules) }
    }

    fn is_for(&self, cycle: &str, language: Language) -> bool {
        *self.rules.cycle == *cycle && *self.rules.language == *language.code()
    }
}

/// Books do not change, so the same place holds the same book.
impl PartialEq for Book {
    fn eq(&self, other: &Book) -> bool {
        Rc::ptr_eq(&self.rules, &other.rules)
    }
}

/// A route whose rulebook or page is not here yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    pub route: Route,
    /// The place on the page to show then.
    pub fragment: String,
    pub failed: Option<Failure>,
}

/// Why a file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    NoConnection,
    /// The site has other files by now.
    Renewed,
    /// It is not there, or cannot be read.
    Lost,
}

/// What was there before something was erased or replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    session: Rc<Session>,
    left_out: bool,
    /// The text that was kept on the device.
    kept: Option<String>,
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not whatever the others are")]
pub struct State {
    pub route: Route,
    /// The place on the page to show, when a link named one.
    pub fragment: String,
    /// The answers on show: the person's own, or those of a link.
    pub session: Rc<Session>,
    /// The person's own answers, while those of a link are on show.
    pub own: Option<Rc<Session>>,
    /// What was erased or replaced last, as long as it can come back.
    pub undo: Option<Undo>,
    /// The person has erased everything, and nothing came after it.
    pub erased: bool,
    /// There are answers on this device that were not read, because the person asked for a start without them.
    pub left_out: bool,
    /// Dates that were entered and do not fit, by their key in [`Session::entered`]: they stay in their fields, unused.
    pub misfits: Rc<Map<Misfit>>,
    /// How often the person's session came or went as a whole: forms fill themselves again.
    pub epoch: u32,
    /// Seconds since 1970-01-01T00:00Z, once the clock was read.
    pub now: Option<i64>,
    /// The rulebook on show.
    pub book: Book,
    pub report: Option<Rc<Report>>,
    /// What is missing of the link whose answers are on show, until the person wants to go on without it: fewer answers can
    /// make a firmer verdict, so none is shown before.
    pub missing: Option<Missing>,
    /// Whether the report says what would change its verdicts: that takes longer than anybody should wait.
    pub is_full: bool,
    /// What the person tried out beside it.
    pub tried: Option<Rc<Tried>>,
    /// Whether the page was drawn as far as one sees it, so that the rest of it follows and stays.
    pub is_whole: bool,
    pub awaited: Option<Awaited>,
    /// Every rulebook fetched so far.
    books: Vec<Book>,
    /// Every page fetched so far that is the same for everybody, as HTML.
    pages: Vec<(Route, Rc<str>)>,
    /// The cycle that the site shows first.
    default_cycle: Rc<str>,
    /// Id of the question answered last.
    current: Option<String>,
    /// The questions that were open when the person left the answers page to change one.
    changing: Option<Vec<String>>,
}

/// What the browser has for a page that begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Began {
    pub kept: Kept,
    /// How the page before wanted this one to begin, see [`Carried`]; `without` leaves out what is kept.
    pub start: Option<String>,
    /// The answers of the address bar's link.
    pub linked: Option<Box<Linked>>,
    /// The place on the page that the address bar names; empty for its beginning, or a link's answers.
    pub place: String,
    /// Seconds since 1970-01-01T00:00Z.
    pub now: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page begins.
    Began(Began),
    /// The person did something while this was kept, perhaps by another tab; nothing where [`Action::needs_kept`] says that
    /// it does not matter.
    Did(Action, Kept),
    /// They went somewhere, perhaps to a place on the page.
    Went(Route, String),
    /// The clock says this many seconds since 1970-01-01T00:00Z.
    Clock(i64),
    /// The page has time for what would change the verdicts.
    Idle,
    /// A rulebook arrived.
    Arrived(Book),
    /// A page that is the same for everybody arrived, with the hash of the rulebook that it tells of.
    PageArrived { route: Route, rules: Rc<str>, html: Rc<str> },
    /// What was to be fetched did not arrive.
    Failed(File, Failure),
    /// The person wants to try again.
    Retried,
    /// They stay where they are.
    Stayed,
    /// They want the page reloaded.
    Reloaded,
    /// Answers came with a link.
    Linked(Box<Linked>),
    /// The browser keeps nothing, or has no room.
    NotKept,
    /// What was erased or replaced at this [`State::epoch`] can no longer come back.
    TooLate(u32),
    /// Another tab keeps this text now, or none any more.
    KeptElsewhere(Option<String>),
}

impl State {
    /// The state in which pages are drawn on the host: no answers, no day.
    #[must_use]
    pub fn new(route: Route, book: Book, default_cycle: Rc<str>, general: Option<Rc<str>>) -> State {
        let pages = general.map(|html| (route.clone(), html)).into_iter().collect();
        State {
            pages,
            // The file shows what one sees until all is drawn; what would change a verdict comes after that.
            is_whole: route.page != Page::Result,
            route,
            fragment: String::new(),
            session: Rc::default(),
            own: None,
            undo: None,
            erased: false,
            left_out: false,
            misfits: Rc::default(),
            epoch: 0,
            now: None,
            books: vec![book.clone()],
            book,
            report: None,
            missing: None,
            is_full: false,
            tried: None,
            awaited: None,
            default_cycle,
            current: None,
            changing: None,
        }
    }

    /// The cycle that a route shows.
    #[must_use]
    pub fn cycle<'a>(&'a self, route: &'a Route) -> &'a str {
        route.cycle.as_deref().unwrap_or(&self.default_cycle)
    }

    /// The text to keep on the device, where the person wants that. Answers of a link are not kept before the person makes
    /// them their own.
    #[must_use]
    pub fn to_keep(&self) -> Option<String> {
        let wanted = self.own.is_none() && self.session.keeping == Keeping::Yes;
        wanted.then(|| text::write(&self.session))
    }

    /// The HTML of the page on show, where that is the same for everybody and here.
    #[must_use]
    pub fn general(&self) -> Option<&Rc<str>> {
        self.pages.iter().find(|(route, _)| *route == self.route).map(|(_, html)| html)
    }

    /// The rulebook of a route, where it is here.
    fn book(&self, route: &Route) -> Option<&Book> {
        self.books.iter().find(|book| book.is_for(self.cycle(route), route.language))
    }

    /// What the state becomes, and what the browser must do for it, in this order.
    #[must_use]
    pub fn after(&self, event: Event) -> (State, Vec<Effect>) {
        let asked = match &event {
            Event::Began(_) => vec![Effect::Ready],
            Event::Did(Action::Erased, _) => vec![Effect::PutBack(None), Effect::Focus("#keeping")],
            Event::Did(Action::Undone, _) => {
                let back = self.undo.as_ref().map(|undo| Effect::PutBack(undo.kept.clone()));
                back.into_iter().chain([Effect::Focus("#keeping")]).collect()
            }
            Event::Did(Action::KeepingChosen(_), _) => vec![Effect::Focus("#keeping")],
            Event::Did(Action::Unfolded, _) => vec![Effect::Unfold],
            // The button that would take it back goes, and whoever was at it stays where it was.
            Event::TooLate(epoch) if *epoch == self.epoch => vec![Effect::Refocus("#keeping")],
            Event::Reloaded => vec![Effect::Reload(self.carried())],
            // Whoever went back to a page that did not come is still here, and the address says another.
            Event::Stayed => vec![Effect::Go { route: self.route.clone(), place: self.fragment.clone() }],
            _ => Vec::new(),
        };
        let state = self.next(event);
        let follow = effect::between(self, &state);
        (state, asked.into_iter().chain(follow).collect())
    }

    /// The answers with which the page would be reloaded.
    #[must_use]
    pub fn carried(&self) -> Carried {
        Carried::of(&self.session, self.own.as_deref(), self.missing.is_some())
    }

    fn next(&self, event: Event) -> State {
        let mut state = self.clone();
        match event {
            Event::Began(began) => state.begin(began),
            Event::Did(action, kept) => state.did(action, kept),
            Event::Went(route, fragment) => state.go(route, fragment),
            Event::Clock(now) => {
                state.now = Some(now);
                if self.now.is_none_or(|before| state.is_later(before, now)) {
                    state.judge();
                }
            }
            Event::Idle => state.finish(),
            Event::Arrived(book) => {
                state.books.push(book);
                state.go_on();
            }
            Event::PageArrived { route, rules, html } => state.page_arrived(route, &rules, html),
            Event::Failed(file, why) => {
                let is_awaited = effect::fetched(self) == Some(file);
                if let Some(awaited) = state.awaited.as_mut().filter(|_| is_awaited) {
                    awaited.failed = Some(why);
                }
            }
            Event::Retried => {
                if let Some(awaited) = &mut state.awaited {
                    awaited.failed = None;
                }
            }
            Event::Stayed => state.awaited = None,
            Event::Reloaded => {}
            Event::Linked(linked) => state.link(*linked),
            Event::NotKept => state.reduce(Action::KeepingChosen(Keeping::Impossible)),
            Event::TooLate(epoch) => {
                if epoch == state.epoch {
                    state.undo = None;
                }
            }
            Event::KeptElsewhere(kept) => state.kept_elsewhere(kept),
        }
        state
    }

    /// The rest of the page, once there is time for it.
    fn finish(&mut self) {
        // The person may have gone on meanwhile.
        if self.route.page == Page::Result && !self.is_full {
            // Made again: the code that copies a report would be 2.6 kB more to load, after compression.
            self.report = self.make(full_report);
            self.is_full = true;
        }
        self.is_whole = true;
    }

    /// Shows a page that is the same for everybody, if it is the one that the person waits for.
    fn page_arrived(&mut self, route: Route, rules: &str, html: Rc<str>) {
        // Never the rules of another day beside these verdicts.
        let fits = self.book(&route).is_some_and(|book| *book.outline.rulebook == *rules);
        match self.awaited.as_mut().filter(|awaited| awaited.route == route) {
            Some(awaited) if !fits => awaited.failed = Some(Failure::Renewed),
            Some(_) => {
                self.pages.push((route, html));
                self.go_on();
            }
            None => {}
        }
    }

    /// Another tab keeps something else now. Two tabs that keep answers keep the same ones.
    fn kept_elsewhere(&mut self, kept: Option<String>) {
        let own = self.own.as_ref().unwrap_or(&self.session);
        let now = match kept {
            Some(kept) if own.keeping == Keeping::Yes || own.is_empty() => Some(kept_session(&kept)),
            // Erased there; what is on the page here stays until it is erased here.
            None if own.keeping == Keeping::Yes => Some(reduce(own, Action::KeepingChosen(Keeping::NotAsked))),
            _ => None,
        };
        self.left_out = false;
        let Some(now) = now else { return };
        self.undo = None;
        if self.own.is_some() {
            self.own = Some(Rc::new(now));
        } else {
            // Nobody sent a form here: what is half filled stays.
            let epoch = self.epoch;
            self.show(now);
            self.epoch = epoch;
        }
    }

    /// Begins with what is there: what is kept, then what was carried over from the page before, then a link.
    fn begin(&mut self, began: Began) {
        self.now = Some(began.now);
        self.judge();
        let is_kept = matches!(began.kept, Kept::Text(_));
        match &began.kept {
            Kept::Text(_) if began.start.as_deref() == Some("without") => self.left_out = true,
            Kept::Text(text) => self.show(kept_session(text)),
            Kept::Impossible => {
                self.session = Rc::new(Session { keeping: Keeping::Impossible, ..Session::default() });
            }
            Kept::Nothing => {}
        }
        match began.start.as_deref().and_then(Carried::read) {
            Some(Carried { whose: Whose::Own(keeping), session }) if !is_kept => {
                let impossible = began.kept == Kept::Impossible;
                self.show(Session { keeping: if impossible { Keeping::Impossible } else { keeping }, ..session });
            }
            Some(carried) => self.link(carried.linked()),
            None => {}
        }
        if let Some(session) = began.linked {
            self.link(*session);
        }
        // A page that the document did not hold is fetched, and the place is shown.
        self.go(self.route.clone(), began.place);
    }

    /// Puts the answers of a link on show, and one's own aside.
    fn link(&mut self, Linked { session: linked, missing }: Linked) {
        let own = self.own.as_ref().unwrap_or(&self.session);
        self.missing = missing;
        // One's own link, opened again.
        let is_own = missing.is_none() && link::write(&linked) == link::write(own);
        match (is_own, self.own.take()) {
            (true, Some(own)) => self.show(own.as_ref().clone()),
            (true, None) => {}
            (false, own) => {
                self.own = own.or_else(|| Some(self.session.clone()));
                self.undo = None;
                self.show(linked);
                let session = self.name_questions();
                self.session = Rc::new(session);
            }
        }
    }

    /// Puts a whole session on show. What does not fit the rules is named, and stays where it is kept.
    fn show(&mut self, mut session: Session) {
        self.epoch += 1;
        self.erased = false;
        self.current = session.order.last().cloned();
        let (_, refused) = session.answers(&self.book.rules);
        let misfits = session.sort_out(&self.book.rules);
        let dropped = |what, key: &String, line| Dropped { what, key: key.clone(), line };
        let answer = |key| dropped(What::Answer, key, text::answer_line(key, &session.answers[key]));
        let answers = refused.answers.iter().map(answer);
        let date = |(key, misfit): (&String, &Misfit)| dropped(What::Date, key, text::date_line(key, misfit.entered));
        let dates = misfits.iter().map(date);
        for dropped in answers.chain(dates).collect::<Vec<_>>() {
            if !session.dropped.contains(&dropped) {
                session.dropped.push(dropped);
            }
        }
        self.misfits = Rc::new(misfits);
        self.session = Rc::new(session);
        self.judge();
    }

    /// The session of a link, with the titles of questions in place of the lines that do not fit.
    fn name_questions(&self) -> Session {
        let mut session = self.session.as_ref().clone();
        for dropped in std::mem::take(&mut session.dropped) {
            let question = self.book.outline.question(question_of(&dropped.key));
            match question.filter(|_| dropped.what != What::Date) {
                Some(question) => session.dropped.push(Dropped { line: question.short.to_string(), ..dropped }),
                None => session.unknown += 1,
            }
        }
        session.aside.clear();
        session.unread.clear();
        session
    }

    /// Goes where the person waits to go.
    fn go_on(&mut self) {
        if let Some(awaited) = self.awaited.take() {
            self.go(awaited.route, awaited.fragment);
        }
    }

    fn go(&mut self, route: Route, fragment: String) {
        let is_here = !route.page.is_general() || self.pages.iter().any(|(known, _)| *known == route);
        let Some(book) = self.book(&route).filter(|_| is_here).cloned() else {
            self.awaited = Some(Awaited { route, fragment, failed: None });
            return;
        };
        let other = book != self.book;
        self.book = book;
        self.awaited = None;
        self.changing = match (&self.route.page, &route.page) {
            (Page::Answers, Page::Question(_)) if !other => Some(self.open_questions()),
            (_, Page::Question(_)) if !other => self.changing.take(),
            _ => None,
        };
        self.is_whole &= self.route == route;
        self.route = route;
        self.fragment = fragment;
        if other {
            // Each cycle says which dates fit it.
            let mut session = self.session.as_ref().clone();
            self.misfits = Rc::new(session.sort_out(&self.book.rules));
            if session != *self.session {
                self.session = Rc::new(session);
            }
            self.judge();
        }
    }

    /// Where the person goes once they are done with a question.
    fn page_after(&self, question: &str) -> Page {
        let Some(report) = &self.report else { return Page::Answers };
        let skipped = |id: &str| {
            let row = report.rows.iter().find(|row| &*row.question == id);
            row.is_some_and(|row| row.said == Some(rules::report::Said::Skipped))
        };
        match (&report.next, &self.changing) {
            (Some(next), Some(open)) if !open.iter().any(|id| **id == **next) => Page::Question(next.to_string()),
            (_, Some(_)) => Page::Answers,
            // The same once more, or one skipped question after the other, would go round in a circle.
            (Some(next), None) if **next == *question || skipped(question) && skipped(next) => Page::Answers,
            (Some(next), None) => Page::Question(next.to_string()),
            (None, None) => Page::Result,
        }
    }

    fn open_questions(&self) -> Vec<String> {
        let Some(report) = self.report.as_ref().filter(|report| report.next.is_some()) else { return Vec::new() };
        let open = report.rows.iter().filter(|row| matches!(row.place, RowPlace::NotAsked | RowPlace::Open));
        open.map(|row| row.question.to_string()).collect()
    }

    /// Whether anything in the rulebook can tell the two instants apart.
    fn is_later(&self, before: i64, now: i64) -> bool {
        let rules = &self.book.rules;
        let between = |instant: i64| (before.min(now)..=before.max(now)).contains(&instant);
        let passes = |when: &When| between(when.instant) || between(when.over);
        let (answers, _) = self.session.answers(rules);
        rules.as_of(before).day != rules.as_of(now).day
            || [rules.span.0, rules.span.1, rules.check_by].into_iter().any(between)
            || rules.moments.iter().flat_map(Moment::whens).any(passes)
            || answers
                .iter_entered()
                .any(|(moment, Entered { day, minutes })| passes(&rules.when(moment, day, minutes)))
    }

    fn judge(&mut self) {
        self.report = self.make(report);
        self.tried = None;
        self.is_full = false;
    }

    fn make(&self, report: fn(&Rulebook, &Answers, AsOf, Option<QuestionIx>) -> Report) -> Option<Rc<Report>> {
        let rules = &self.book.rules;
        let (answers, _) = self.session.answers(rules);
        let current = self.current.as_deref().and_then(|id| rules.question(id));
        self.now.map(|now| Rc::new(report(rules, &answers, rules.as_of(now), current)))
    }
}

/// What is kept is kept because the person said so.
fn kept_session(text: &str) -> Session {
    Session { keeping: Keeping::Yes, ..text::read(text) }
}

/// An answer that says nothing about the question.
#[must_use]
pub fn skipped() -> RawAnswer {
    RawAnswer::Text("skipped".to_owned())
}

#[cfg(test)]
mod tests;
