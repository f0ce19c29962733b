//! The pages. Each draws what it is given and knows no rule.

use crate::map::Map;
use crate::route::{Page, Route};
use crate::session::{Action, Misfit, Session};
use crate::text::Messages;
use rules::outline::Outline;
use rules::report::Report;
use std::rc::Rc;
use yew::{Callback, Html, Properties};

pub mod answers;
pub mod checklist;
pub mod iterations;
#[cfg(feature = "prerender")]
pub mod proof;
pub mod question;
pub mod result;
pub mod sources;
pub mod start;
pub mod timeline;

/// What every page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    pub text: &'static Messages,
    pub route: Route,
    /// What holds for everybody.
    pub outline: Rc<Outline>,
    /// Where this person stands; absent while the page is prerendered and until the day is known.
    pub report: Option<Rc<Report>>,
    pub session: Rc<Session>,
    /// Dates that were entered and do not fit, by their key.
    pub misfits: Rc<Map<Misfit>>,
    /// How often a whole session came or went.
    pub epoch: u32,
    /// All cycles of the site, and the one that it shows first.
    pub cycles: Rc<[Rc<str>]>,
    pub default_cycle: Rc<str>,
    /// What happened: an answer, a mark, a wish.
    pub on: Callback<Action>,
}

impl PageProps {
    /// The address of another page, as a link takes it.
    #[must_use]
    pub fn href(&self, page: Page) -> String {
        self.route.href(&self.route.to(page))
    }

    /// The address of a page of another cycle; none where the site does not have that cycle.
    #[must_use]
    pub fn href_in(&self, cycle: &str, page: Page) -> Option<String> {
        let known = self.cycles.iter().find(|known| ***known == *cycle)?;
        let cycle = (*known != self.default_cycle).then(|| known.to_string());
        Some(self.route.href(&Route { cycle, page, ..self.route.clone() }))
    }
}

/// The page of a route.
pub fn view(props: &PageProps) -> Html {
    match &props.route.page {
        Page::Start => start::view(props),
        Page::Question(id) => question::view(props, id),
        Page::Answers => answers::view(props),
        Page::Result => result::view(props),
        Page::Checklist => checklist::view(props),
        Page::Timeline => timeline::view(props),
        Page::Iterations => iterations::view(props),
        Page::Sources => sources::view(props),
    }
}

/// What the browser's title says: the page's heading, then the tool's name.
#[must_use]
pub fn title(text: &Messages, route: &Route, outline: &Outline) -> String {
    let heading = match &route.page {
        Page::Start => text.start.title,
        Page::Question(id) => {
            let question = outline.questions.iter().find(|question| *question.id == **id);
            question.map_or(text.question.unknown, |question| &question.title)
        }
        Page::Answers => text.answers.title,
        Page::Result => text.result.title,
        Page::Checklist => text.checklist.title,
        Page::Timeline => text.timeline.title,
        Page::Iterations => text.iterations.title,
        Page::Sources => text.sources.title,
    };
    titled(text, route, heading)
}

/// A page's heading as the browser's title says it.
#[must_use]
pub fn titled(text: &Messages, route: &Route, heading: &str) -> String {
    match &route.cycle {
        Some(cycle) => (text.layout.title)(&(text.layout.of_cycle)(heading, cycle)),
        None => (text.layout.title)(heading),
    }
}
