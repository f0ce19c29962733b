//! The pages. Each draws what it is given and knows no rule.

use crate::route::{Page, Route};
use crate::session::{Action, Session};
use crate::text::Messages;
use rules::outline::Outline;
use rules::report::Report;
use std::rc::Rc;
use yew::{Callback, Html, Properties};

pub mod answers;
pub mod checklist;
pub mod iterations;
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
    /// What happened: an answer, a mark, a wish.
    pub on: Callback<Action>,
}

impl PageProps {
    /// The address of another page, as a link takes it.
    #[must_use]
    pub fn href(&self, page: Page) -> String {
        self.route.href(&self.route.to(page))
    }
}

/// The page of a route.
#[must_use]
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
