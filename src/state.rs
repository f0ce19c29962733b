//! Everything that the app knows, and how it changes. Pure: what the browser must do follows from it in `app.rs`.

use crate::map::Map;
use crate::route::{Page, Route};
use crate::session::{Action, Keeping, Misfit, Session};
use crate::store::saved;
use crate::text::Language;
use rules::answers::{Answers, Entered, RawAnswer};
use rules::outline::{Outline, outline};
use rules::report::{Report, RowPlace, full_report, report};
use rules::rulebook::{AsOf, Moment, QuestionIx, Rulebook, When};
use std::rc::Rc;
use yew::Reducible;

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

/// A route whose rulebook is not here yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    pub route: Route,
    pub failed: Option<Missing>,
}

/// Why a file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
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
}

#[derive(Clone, Debug)]
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
    /// How often the person's session came or went as a whole: forms fill themselves anew.
    pub epoch: u32,
    /// Seconds since 1970-01-01T00:00Z, once the clock was read.
    pub now: Option<i64>,
    /// The rulebook on show.
    pub book: Book,
    pub report: Option<Rc<Report>>,
    /// How often a report was made.
    pub judged: u32,
    pub awaited: Option<Awaited>,
    /// Every rulebook fetched so far.
    books: Vec<Book>,
    /// The cycle that the site shows first.
    default_cycle: Rc<str>,
    /// Id of the question answered last.
    current: Option<String>,
    /// The questions that were open when the person left the answers page to change one.
    changing: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The person did something.
    Did(Action),
    /// They went somewhere, perhaps to a place on the page.
    Went(Route, String),
    /// The clock says this many seconds since 1970-01-01T00:00Z.
    Clock(i64),
    /// The page has time for what would change the verdicts.
    Idle,
    /// A rulebook arrived.
    Arrived(Book),
    /// The awaited rulebook did not arrive.
    Missing(Missing),
    /// The person wants to try again.
    Retried,
    /// They stay where they are.
    Stayed,
    /// Answers came with a link.
    Linked(Box<Session>),
    /// Answers are kept on this device, and the person asked for a start without them.
    LeftOut,
    /// What was erased or replaced at this [`State::epoch`] cannot come back any more.
    TooLate(u32),
    /// Another tab keeps these answers now, or none any more.
    KeptElsewhere(Option<Box<Session>>),
}

impl Undo {
    fn if_worth_it(self) -> Option<Undo> {
        let worth = !self.session.is_empty() || self.left_out;
        Some(self).filter(|undo| worth && undo.session.keeping != Keeping::Shared)
    }
}

impl State {
    /// The state in which pages are prerendered: no answers, no day.
    #[must_use]
    pub fn new(route: Route, book: Book, default_cycle: Rc<str>) -> State {
        State {
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
            judged: 0,
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

    /// What the state becomes.
    #[must_use]
    pub fn after(&self, event: Event) -> State {
        let mut state = self.clone();
        match event {
            Event::Did(Action::Continued(question)) => {
                let page = state.page_after(&question);
                state.go(self.route.to(page), String::new());
            }
            Event::Did(Action::DateEntered(key, entered)) => {
                let mut session = self.session.reduce(Action::DateEntered(key.clone(), None));
                // What did not fit before may fit now.
                let before = self.misfits.iter().filter(|(other, _)| **other != *key);
                let before = before.map(|(key, misfit)| (key.to_owned(), misfit.entered));
                let typed = entered.map(|entered| (key.clone(), entered)).into_iter().chain(before).collect();
                (state.undo, state.erased) = (None, false);
                state.misfits = Rc::new(session.enter(&state.book.rules, typed));
                state.session = Rc::new(session);
                state.judge();
            }
            Event::Did(Action::Restored(session)) => {
                state.undo = self.before().filter(|undo| undo.left_out);
                state.left_out = false;
                state.show(*session);
            }
            Event::Did(Action::Undone) => {
                if let Some(undo) = state.undo.take() {
                    state.left_out = undo.left_out;
                    state.show(undo.session.as_ref().clone());
                }
            }
            Event::Did(Action::PutAway) => {
                if let Some(own) = state.own.take() {
                    state.show(own.as_ref().clone());
                }
            }
            Event::Did(Action::Adopted) => {
                if let Some(own) = state.own.take() {
                    let session = self.session.adoptable(&self.book.rules);
                    let (keeping, unread) = (own.keeping, own.unread.clone());
                    let before = Undo { session: own, left_out: self.left_out };
                    state.undo = before.if_worth_it();
                    state.show(Session { keeping, unread, ..session });
                    state.session = Rc::new(state.session.reduce(Action::NoticeRead));
                }
            }
            Event::Did(action) => {
                match &action {
                    Action::Answered(key, _) => state.current = key.rsplit('/').next().map(str::to_owned),
                    Action::Erased => {
                        state.epoch += 1;
                        state.current = None;
                        state.changing = None;
                        state.left_out = false;
                        state.misfits = Rc::default();
                    }
                    Action::KeptInPlace => state.left_out = false,
                    Action::LinesRemoved => state.misfits = Rc::default(),
                    _ => {}
                }
                if !matches!(action, Action::NoticeRead | Action::KeepingChosen(_)) {
                    state.erased = action == Action::Erased;
                    let undoable = matches!(action, Action::Erased | Action::KeptInPlace);
                    state.undo = if undoable { self.before() } else { None };
                }
                state.session = Rc::new(self.session.reduce(action));
                state.judge();
            }
            Event::Linked(linked) => {
                let own = self.own.as_ref().unwrap_or(&self.session);
                // One's own link, opened again.
                let is_own = saved::known(&linked) == saved::known(own);
                match (is_own, state.own.take()) {
                    (true, Some(own)) => state.show(own.as_ref().clone()),
                    (true, None) => {}
                    (false, own) => {
                        state.own = own.or_else(|| Some(self.session.clone()));
                        state.undo = None;
                        state.show(*linked);
                        let session = state.name_questions();
                        state.session = Rc::new(session);
                    }
                }
            }
            Event::LeftOut => state.left_out = true,
            Event::TooLate(epoch) => {
                if epoch == state.epoch {
                    state.undo = None;
                }
            }
            Event::Went(route, fragment) => state.go(route, fragment),
            Event::Clock(now) => {
                state.now = Some(now);
                if self.now.is_none_or(|before| state.is_later(before, now)) {
                    state.judge();
                }
            }
            Event::Idle => state.report = state.make(full_report),
            Event::Arrived(book) => {
                state.books.push(book);
                if let Some(awaited) = state.awaited.take() {
                    state.go(awaited.route, String::new());
                }
            }
            Event::Missing(why) => {
                if let Some(awaited) = &mut state.awaited {
                    awaited.failed = Some(why);
                }
            }
            Event::Retried => {
                if let Some(awaited) = &mut state.awaited {
                    awaited.failed = None;
                }
            }
            Event::Stayed => state.awaited = None,
            Event::KeptElsewhere(kept) => {
                let own = self.own.as_ref().unwrap_or(&self.session);
                state.left_out = false;
                let now = match kept {
                    // Two tabs that keep answers keep the same ones.
                    Some(kept) if own.keeping == Keeping::Yes || own.is_empty() => *kept,
                    // Erased there; what is on the page here stays until it is erased here.
                    None if own.keeping == Keeping::Yes => own.reduce(Action::KeepingChosen(Keeping::NotAsked)),
                    _ => return state,
                };
                state.undo = None;
                if self.own.is_some() {
                    state.own = Some(Rc::new(now));
                } else {
                    // Nobody sent a form here: what is half filled stays.
                    state.show(now);
                    state.epoch = self.epoch;
                }
            }
        }
        state
    }

    /// What could come back after the next step, where that is worth a word. On a shared computer nothing does.
    fn before(&self) -> Option<Undo> {
        Undo { session: self.session.clone(), left_out: self.left_out }.if_worth_it()
    }

    /// Puts a whole session on show. What does not fit the rules is named, and stays where it is kept.
    fn show(&mut self, mut session: Session) {
        self.epoch += 1;
        self.erased = false;
        self.current = session.order.last().cloned();
        let (_, refused) = session.answers(&self.book.rules);
        let misfits = session.sort_out(&self.book.rules);
        let dates = misfits.iter().map(|(key, misfit)| saved::date_line(key, misfit.entered));
        for line in refused.lines.into_iter().chain(dates) {
            if !session.dropped.contains(&line) {
                session.dropped.push(line);
            }
        }
        self.misfits = Rc::new(misfits);
        self.session = Rc::new(session);
        self.judge();
    }

    /// The session of a link, with the titles of questions in place of the lines that do not fit.
    fn name_questions(&self) -> Session {
        let mut session = self.session.as_ref().clone();
        let lines = std::mem::take(&mut session.dropped);
        for line in &lines {
            let id = saved::key_of(line).rsplit('/').next().unwrap_or_default();
            match self.book.outline.questions.iter().find(|question| *question.id == *id) {
                Some(question) => session.dropped.push(question.short.to_string()),
                None => session.unknown += 1,
            }
        }
        session.unread.clear();
        session
    }

    fn go(&mut self, route: Route, fragment: String) {
        let cycle = self.cycle(&route).to_owned();
        let Some(book) = self.books.iter().find(|book| book.is_for(&cycle, route.language)) else {
            self.awaited = Some(Awaited { route, failed: None });
            return;
        };
        let other = *book != self.book;
        self.book = book.clone();
        self.awaited = None;
        self.changing = match (&self.route.page, &route.page) {
            (Page::Answers, Page::Question(_)) if !other => Some(self.open_questions()),
            (_, Page::Question(_)) if !other => self.changing.take(),
            _ => None,
        };
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
        self.judged += 1;
        self.report = self.make(report);
    }

    fn make(&self, report: fn(&Rulebook, &Answers, AsOf, Option<QuestionIx>) -> Report) -> Option<Rc<Report>> {
        let rules = &self.book.rules;
        let (answers, _) = self.session.answers(rules);
        let current = self.current.as_deref().and_then(|id| rules.question(id));
        self.now.map(|now| Rc::new(report(rules, &answers, rules.as_of(now), current)))
    }
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new(self.after(event))
    }
}

/// An answer that says nothing about the question.
#[must_use]
pub fn skipped() -> RawAnswer {
    RawAnswer::Text("skipped".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::key;
    use rulebook::compile::compile;
    use std::path::Path;

    /// 2026-11-23T16:00:00Z
    const NOW: i64 = 1_795_449_600;

    fn start() -> State {
        let book = Book::new(compile(Path::new("rulebooks"), "2027", "en").unwrap());
        let route = Route { language: Language::En, cycle: None, page: Page::Start };
        State::new(route, book, "2027".into()).after(Event::Clock(NOW))
    }

    fn go(state: &State, page: Page) -> State {
        state.after(Event::Went(state.route.to(page), String::new()))
    }

    fn question(id: &str) -> Page {
        Page::Question(id.to_owned())
    }

    /// Answers a question on its page and goes on.
    fn answer(state: &State, id: &str, value: &str) -> State {
        let state = go(state, question(id));
        let asked = state.book.outline.questions.iter().find(|question| *question.id == *id).unwrap();
        let key = key("2027", id, asked.per_cycle);
        let state = state.after(Event::Did(Action::Answered(key, RawAnswer::Text(value.to_owned()))));
        state.after(Event::Did(Action::Continued(id.to_owned())))
    }

    #[test]
    fn a_page_is_prerendered_without_answers_and_day() {
        let book = start().book;
        let route = Route { language: Language::En, cycle: None, page: Page::Result };
        assert_eq!(State::new(route, book, "2027".into()).report, None);
    }

    #[test]
    fn answering_leads_on_until_nothing_is_left_to_ask() {
        let state = answer(&start(), "aimg-status", "eligible");
        let next = state.report.as_ref().and_then(|report| report.next.clone()).unwrap();
        assert_eq!(state.route.page, question(&next));
        let state = answer(&state, "aimg-status", "not-applied");
        assert_eq!(state.route.page, Page::Result);
    }

    #[test]
    fn skipping_everything_comes_to_an_end() {
        let mut state = go(&start(), question("aimg-status"));
        for _ in 0..=state.book.outline.questions.len() {
            let Page::Question(id) = state.route.page.clone() else { break };
            state = answer(&state, &id, "skipped");
        }
        assert_eq!(state.route.page, Page::Answers);
    }

    #[test]
    fn a_change_leads_back_to_the_answers_unless_it_asks_for_more() {
        let done = answer(&start(), "aimg-status", "not-applied");
        let state = answer(&go(&done, Page::Answers), "aimg-status", "not-applied");
        assert_eq!(state.route.page, Page::Answers);
        let state = answer(&go(&done, Page::Answers), "aimg-status", "eligible");
        assert!(matches!(state.route.page, Page::Question(_)));
        // With questions open anyway, the change alone asks for none of them.
        let state = answer(&go(&state, Page::Answers), "aimg-status", "eligible");
        assert_eq!(state.route.page, Page::Answers);
    }

    #[test]
    fn minutes_pass_without_a_new_report() {
        let state = start();
        assert_eq!(state.after(Event::Clock(NOW + 60)).judged, state.judged);
        assert_eq!(state.after(Event::Clock(NOW + 86_400)).judged, state.judged + 1);
        // 2026-08-28T15:30-06:00, the last day for the status in Canada.
        let due = 1_787_952_600;
        let before = state.after(Event::Clock(due - 1));
        assert_eq!(before.after(Event::Clock(due)).judged, before.judged + 1);
    }

    #[test]
    fn what_would_change_a_verdict_comes_with_time() {
        let state = answer(&start(), "aimg-status", "not-applied");
        let leverage = |state: &State| state.report.as_ref().is_some_and(|report| report.cells[0].leverage.is_some());
        assert!(!leverage(&state));
        assert!(leverage(&state.after(Event::Idle)));
    }

    #[test]
    fn another_cycle_waits_for_its_rules() {
        let state = start();
        let there = Route { cycle: Some("2022".to_owned()), ..state.route.clone() };
        let waiting = state.after(Event::Went(there.clone(), String::new()));
        assert_eq!(waiting.route, state.route);
        assert!(waiting.awaited.is_some());
        let lost = waiting.after(Event::Missing(Missing::Lost));
        assert_eq!(lost.awaited.as_ref().and_then(|awaited| awaited.failed), Some(Missing::Lost));
        assert_eq!(lost.after(Event::Retried).awaited, waiting.awaited);
        assert_eq!(waiting.after(Event::Stayed).awaited, None);
        let book = Book::new(compile(Path::new("rulebooks"), "2022", "en").unwrap());
        let arrived = waiting.after(Event::Arrived(book));
        assert_eq!(arrived.route, there);
        assert_eq!(arrived.report.as_ref().map(|report| report.cycle.to_string()).as_deref(), Some("2022"));
        let back = arrived.after(Event::Went(state.route.clone(), String::new()));
        assert_eq!(back.book, state.book);
    }

    #[test]
    fn answers_that_do_not_fit_are_named_and_not_used() {
        let mut session = Session::default();
        session.answers.insert("2027/aimg-status".to_owned(), RawAnswer::Text("king".to_owned()));
        session.answers.insert("2022/aimg-status".to_owned(), RawAnswer::Text("king".to_owned()));
        session.answers.insert("nothing".to_owned(), RawAnswer::Bool(true));
        // Questions and choices that mean something else now have other ids.
        session.answers.insert("school-canada-note".to_owned(), RawAnswer::Bool(true));
        session.answers.insert("graduation".to_owned(), RawAnswer::Text("later".to_owned()));
        session.answers.insert("earlier-training".to_owned(), RawAnswer::Text("elsewhere".to_owned()));
        session.answers.insert("school".to_owned(), RawAnswer::Text("us-do".to_owned()));
        let state = start().after(Event::Did(Action::Restored(Box::new(session))));
        let dropped = [
            "2027/aimg-status = \"king\"",
            "earlier-training = \"elsewhere\"",
            "graduation = \"later\"",
            "nothing = true",
            "school-canada-note = true",
        ];
        assert_eq!(state.session.dropped, dropped);
        assert!(state.session.answers.get("school").is_some());
        assert_eq!(state.report.as_ref().and_then(|report| report.next.clone()).as_deref(), Some("aimg-status"));
        assert_eq!(state.after(Event::Did(Action::NoticeRead)).session.dropped, [""; 0]);
    }

    #[test]
    fn a_date_that_does_not_fit_stays_in_its_field_and_is_not_used() {
        let enter = |state: &State, id: &str, day: &str| {
            state.after(Event::Did(Action::DateEntered(format!("2027/{id}"), Entered::parse(day))))
        };
        let misfits = |state: &State| state.misfits.keys().map(str::to_owned).collect::<Vec<_>>();
        let entered = |state: &State| state.session.entered.keys().map(str::to_owned).collect::<Vec<_>>();
        // Another year, and an order that cannot be.
        let state = enter(&start(), "match-day-first", "2037-03-02");
        assert_eq!((misfits(&state), entered(&state)), (vec!["2027/match-day-first".to_owned()], vec![]));
        let state = enter(&start(), "match-day-first", "2027-03-02");
        let state = enter(&state, "first-rank-list", "2027-03-05");
        assert_eq!(misfits(&state), ["2027/first-rank-list"]);
        assert_eq!(entered(&state), ["2027/match-day-first"]);
        // Once the other date is mended, it fits.
        let mended = enter(&state, "match-day-first", "2027-03-16");
        assert_eq!(misfits(&mended), [""; 0]);
        assert_eq!(entered(&mended), ["2027/first-rank-list", "2027/match-day-first"]);
        // The field was emptied.
        let emptied = state.after(Event::Did(Action::DateEntered("2027/first-rank-list".to_owned(), None)));
        assert_eq!((misfits(&emptied), entered(&emptied)), (vec![], vec!["2027/match-day-first".to_owned()]));
        assert_eq!(misfits(&state.after(Event::Did(Action::Erased))), [""; 0]);
        // From a file: named, and kept as it was entered.
        let mut session = Session::default();
        session.entered.insert("2027/mmi-day".to_owned(), day("2026-12-12"));
        session.entered.insert("2027/mmi-days".to_owned(), day("2036-12-12"));
        let state = start().after(Event::Did(Action::Restored(Box::new(session))));
        assert_eq!(
            state.session.dropped,
            ["date.2027/mmi-day = \"2026-12-12\"", "date.2027/mmi-days = \"2036-12-12\""]
        );
        assert_eq!(misfits(&state), ["2027/mmi-day", "2027/mmi-days"]);
        // They stay where they are kept, until another date takes their place.
        let kept = |state: &State| saved::write(&state.session);
        assert!(kept(&state).contains("\ndate?.2027/mmi-days = \"2036-12-12\"\n"), "{}", kept(&state));
        let mended = enter(&state, "mmi-days", "2026-12-12");
        assert!(!kept(&mended).contains("2036"), "{}", kept(&mended));
        let removed = state.after(Event::Did(Action::LinesRemoved));
        assert_eq!((kept(&removed), misfits(&removed)), ("self-check 1\n".to_owned(), vec![]));
    }

    #[test]
    fn what_was_erased_comes_back_for_a_while() {
        let before = answer(&start(), "aimg-status", "eligible");
        let erased = before.after(Event::Did(Action::Erased));
        assert!(erased.session.is_empty());
        assert_eq!(erased.after(Event::Did(Action::Undone)).session, before.session);
        // Not after its time, nor once something new was answered, and never on a shared computer.
        let undone = |state: &State| !state.after(Event::Did(Action::Undone)).session.is_empty();
        assert!(undone(&erased.after(Event::TooLate(before.epoch))));
        assert!(!undone(&erased.after(Event::TooLate(erased.epoch))));
        let anew = answer(&erased, "aimg-status", "waiting");
        assert_eq!(anew.after(Event::Did(Action::Undone)).session, anew.session);
        let shared = before.after(Event::Did(Action::KeepingChosen(Keeping::Shared)));
        assert!(!undone(&shared.after(Event::Did(Action::Erased))));
    }

    #[test]
    fn what_is_entered_after_something_was_erased_is_not_undone() {
        let erased = answer(&start(), "aimg-status", "eligible").after(Event::Did(Action::Erased));
        assert!(erased.erased && erased.undo.is_some());
        let date = Action::DateEntered("2027/mmi-days".to_owned(), Some(day("2026-12-12")));
        let entered = erased.after(Event::Did(date));
        assert_eq!((entered.undo, entered.erased), (None, false));
        let kept = answer(&start(), "aimg-status", "waiting").session.as_ref().clone();
        let elsewhere = erased.after(Event::KeptElsewhere(Some(Box::new(kept))));
        assert_eq!((elsewhere.undo, elsewhere.erased), (None, false));
    }

    #[test]
    fn what_was_left_out_can_come_back_and_so_can_what_it_replaces() {
        let kept = answer(&start(), "aimg-status", "eligible").session.as_ref().clone();
        let left_out = start().after(Event::LeftOut);
        // Erased without having been read.
        let erased = left_out.after(Event::Did(Action::Erased));
        assert!(!erased.left_out);
        assert!(erased.after(Event::Did(Action::Undone)).left_out);
        // Read in over answers that were given meanwhile.
        let meanwhile = answer(&left_out, "aimg-status", "waiting");
        let read_in = meanwhile.after(Event::Did(Action::Restored(Box::new(kept.clone()))));
        assert_eq!((read_in.left_out, &*read_in.session), (false, &kept));
        let undone = read_in.after(Event::Did(Action::Undone));
        assert_eq!((undone.left_out, &undone.session), (true, &meanwhile.session));
        // Kept in their place.
        let replaced = meanwhile.after(Event::Did(Action::KeptInPlace));
        assert_eq!((replaced.left_out, replaced.session.keeping), (false, Keeping::Yes));
        assert_eq!(replaced.after(Event::Did(Action::Undone)).session, meanwhile.session);
    }

    #[test]
    fn each_cycle_says_which_dates_fit_it() {
        let enter = |state: &State, key: &str, day: &str| {
            state.after(Event::Did(Action::DateEntered(key.to_owned(), Entered::parse(day))))
        };
        let misfits = |state: &State| state.misfits.keys().map(str::to_owned).collect::<Vec<_>>();
        let there = Book::new(compile(Path::new("rulebooks"), "2028", "en").unwrap());
        let other = |state: &State, cycle: Option<&str>| {
            let route = Route { cycle: cycle.map(str::to_owned), ..state.route.clone() };
            state.after(Event::Went(route, String::new()))
        };
        let state = enter(&start(), "2027/match-day-first", "2028-03-02");
        assert_eq!(misfits(&state), ["2027/match-day-first"]);
        let away = other(&state, Some("2028")).after(Event::Arrived(there));
        assert_eq!((&*away.report.as_ref().unwrap().cycle, misfits(&away)), ("2028", vec![]));
        let away = enter(&away, "2028/match-day-first", "2028-03-02");
        let back = other(&away, None);
        assert_eq!(misfits(&back), ["2027/match-day-first"]);
        assert!(saved::write(&back.session).contains("2028/match-day-first = \"2028-03-02\""));
        // What fits does not give way to what did not.
        let state = enter(&start(), "2027/match-day-first", "2027-03-02");
        let state = enter(&state, "2027/first-rank-list", "2027-03-05");
        let state = enter(&state, "2027/match-day-first", "2027-03-02T12:00");
        assert_eq!(misfits(&state), ["2027/first-rank-list"]);
        // Nothing of it is lost with the page.
        let again = start().after(Event::Did(Action::Restored(Box::new(saved::read(&saved::write(&state.session))))));
        assert_eq!(misfits(&again), ["2027/first-rank-list"]);
    }

    #[test]
    fn answers_of_a_link_are_shown_and_replace_nothing_unasked() {
        let own = answer(&start(), "aimg-status", "eligible");
        let own = own.after(Event::Did(Action::KeepingChosen(Keeping::Yes)));
        let linked = |text: &str| own.after(Event::Linked(Box::new(saved::read(text))));
        let text = "self-check 1\n2027/aimg-status = \"waiting\"\n2027/school = \"Call 555-0199\"\nschool = \"moon\"\n\
            Send your passport to us\nno-such-question = true";
        let shown = linked(text);
        assert_eq!(shown.own.as_deref(), Some(&*own.session));
        assert_eq!(shown.session.answers["2027/aimg-status"], RawAnswer::Text("waiting".to_owned()));
        assert_eq!(shown.session.keeping, Keeping::NotAsked);
        // Only the titles of questions, never what a stranger wrote.
        let mut named = shown.session.dropped.clone();
        named.dedup();
        assert_eq!((named, shown.session.unknown), (vec!["Kind of medical school".to_owned()], 2));
        assert_eq!(shown.session.unread, [""; 0]);
        // Put away, or taken over when the person says so; that can be undone.
        assert_eq!(shown.after(Event::Did(Action::PutAway)).session, own.session);
        let taken = shown.after(Event::Did(Action::Adopted));
        assert!(!saved::write(&taken.session).contains("555") && !saved::write(&taken.session).contains("moon"));
        assert_eq!((&*taken.session.dropped, taken.session.unknown), (&[][..], 0));
        assert_eq!((taken.own.is_none(), taken.session.keeping), (true, Keeping::Yes));
        assert_eq!(taken.after(Event::Did(Action::Undone)).session, own.session);
        // Another tab changes one's own answers only.
        let other = answer(&own, "aimg-status", "waiting").session.as_ref().clone();
        let changed = shown.after(Event::KeptElsewhere(Some(Box::new(other.clone()))));
        assert_eq!((&changed.session, changed.own.as_deref()), (&shown.session, Some(&other)));
        // One's own link needs no word.
        assert_eq!(linked(&saved::known(&own.session)).own, None);
        assert_eq!(shown.after(Event::Linked(Box::new(saved::read(&saved::known(&own.session))))).session, own.session);
    }

    fn day(text: &str) -> Entered {
        Entered::parse(text).unwrap()
    }

    #[test]
    fn a_day_that_was_entered_comes_without_a_new_answer() {
        let entered = Action::DateEntered("2027/mmi-days".to_owned(), Some(day("2026-11-23T11:00")));
        let state = start().after(Event::Did(entered));
        // 2026-11-23T17:00:00Z
        let passes = 1_795_453_200;
        let before = state.after(Event::Clock(passes - 1));
        assert_eq!(before.after(Event::Clock(passes)).judged, before.judged + 1);
    }

    #[test]
    fn two_tabs_keep_the_same_answers() {
        let state = start();
        let other =
            Session { keeping: Keeping::Yes, ..answer(&state, "aimg-status", "eligible").session.as_ref().clone() };
        let came = state.after(Event::KeptElsewhere(Some(Box::new(other.clone()))));
        assert_eq!(*came.session, other);
        // Forms do not fill themselves anew for it: one may be half filled.
        assert_eq!(came.epoch, state.epoch);
        let erased = came.after(Event::KeptElsewhere(None));
        assert_eq!((erased.session.keeping, &erased.session.answers), (Keeping::NotAsked, &other.answers));
        // A tab that keeps nothing is left alone.
        let own = answer(&state, "aimg-status", "waiting");
        assert_eq!(own.after(Event::KeptElsewhere(Some(Box::new(other)))).session, own.session);
    }

    /// Every answer that a form takes is one that the rulebook takes.
    #[test]
    fn forms_and_rules_agree() {
        use crate::given::{Given, PLANNED, read};
        use rules::outline::Field;

        for cycle in ["2022", "2027"] {
            let book = Book::new(compile(Path::new("rulebooks"), cycle, "en").unwrap());
            for asked in &book.outline.questions {
                let ids: Vec<&str> = match &asked.field {
                    Field::Choice(choices) | Field::Choices(choices, _) => choices.iter().map(|c| &*c.id).collect(),
                    Field::YesNo => vec!["yes", "no"],
                    Field::Event => vec!["done", PLANNED, "not-yet", "never"],
                    Field::Number { .. } | Field::Date { .. } => vec![],
                };
                let mut forms = vec![Given { ticked: vec!["dont-know".to_owned()], ..Given::default() }];
                forms.extend(ids.into_iter().map(|id| Given {
                    ticked: vec![id.to_owned()],
                    year: "2027".to_owned(),
                    ..Given::default()
                }));
                forms.extend(["0", "1", "7", "2026", "1949"].map(|number| Given {
                    number: number.to_owned(),
                    year: format!("{number:0>4}"),
                    month: "03".to_owned(),
                    ..Given::default()
                }));
                let question = book.rules.question(&asked.id).unwrap();
                for form in forms {
                    if let Ok(answer) = read(&asked.field, &form, asked.may_lie_ahead, None) {
                        assert!(book.rules[question].read(&answer).is_ok(), "{}: {answer:?}", asked.id);
                    }
                }
            }
        }
    }
}
