//! What every page is drawn from.

use crate::route::{Page, Route};
use crate::session::{Action, Map, Misfit, Session, Tried};
use crate::text::Messages;
use rules::day::Day;
use rules::next_thing::Progress;
use rules::outline::Outline;
use rules::report::{ChecklistItem, Report, RowPlace};
use std::rc::Rc;
use yew::Callback;

/// The words, the rules, and where the person stands by them.
#[derive(Clone)]
pub struct Context {
    pub text: &'static Messages,
    pub route: Route,
    /// What holds for everybody.
    pub outline: Rc<Outline>,
    /// Where this person stands; absent where the page is drawn on the host, and until the day is known.
    pub report: Option<Rc<Report>>,
    pub session: Rc<Session>,
    /// Dates that were entered and do not fit, by their key.
    pub misfits: Rc<Map<Misfit>>,
    /// What the person tried out beside their answers.
    pub tried: Option<Rc<Tried>>,
    /// How often a whole session came or went.
    pub epoch: u32,
    /// Address of the site's root, with a slash at its end; empty where there is no browser.
    pub root: Rc<str>,
    /// All cycles of the site, and the one that it shows first.
    pub cycles: Rc<[Rc<str>]>,
    pub default_cycle: Rc<str>,
    /// The HTML of a page that is the same for everybody, once it is here.
    pub general: Option<Rc<str>>,
    /// Whether everything is drawn. On the pages of many folds what is in them comes once the rest can be seen: it is most of
    /// the page.
    pub is_whole: bool,
    /// What happened: an answer, a mark, a wish.
    pub on: Callback<Action>,
}

/// Whether it is the same state, and not one that says the same: comparing reports would be code for nothing.
impl PartialEq for Context {
    fn eq(&self, other: &Context) -> bool {
        fn same<T>(one: Option<&Rc<T>>, other: Option<&Rc<T>>) -> bool {
            one.map(Rc::as_ptr) == other.map(Rc::as_ptr)
        }
        same(self.report.as_ref(), other.report.as_ref())
            && same(self.tried.as_ref(), other.tried.as_ref())
            && Rc::ptr_eq(&self.misfits, &other.misfits)
            && Rc::ptr_eq(&self.session, &other.session)
            && Rc::ptr_eq(&self.outline, &other.outline)
            && (self.epoch, self.is_whole, &self.route, &self.on)
                == (other.epoch, other.is_whole, &other.route, &other.on)
    }
}

impl Context {
    /// The day of the report.
    #[must_use]
    pub fn today(&self) -> Option<Day> {
        self.report.as_ref().map(|report| report.as_of.day)
    }

    /// Whether there is anything that speaks of this person.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.rows.iter().any(|row| row.place != RowPlace::NotAsked))
    }

    /// How far a document is by answers and marks.
    #[must_use]
    pub fn progress(&self, item: &ChecklistItem) -> Progress {
        self.session.progress(&self.outline.cycle, item)
    }

    /// Whether answers or marks say that nothing is left to do for a document.
    #[must_use]
    pub fn is_finished(&self, item: &ChecklistItem) -> bool {
        self.progress(item) == Progress::Finished
    }

    /// The address of another page, as a link takes it.
    #[must_use]
    pub fn href(&self, page: Page) -> String {
        self.route.href(&self.route.to(page))
    }

    /// The address of a question's page, by its id.
    #[must_use]
    pub fn question(&self, id: &str) -> String {
        self.href(Page::Question(id.to_owned()))
    }

    /// The address of a page of another cycle; none where the site does not have that cycle.
    #[must_use]
    pub fn href_in(&self, cycle: &str, page: Page) -> Option<String> {
        let known = self.cycles.iter().find(|known| ***known == *cycle)?;
        let cycle = (*known != self.default_cycle).then(|| known.to_string());
        Some(self.route.href(&Route { cycle, page, ..self.route.clone() }))
    }
}
