//! What the browser's title says.

use crate::route::{Page, Route};
use crate::text::Messages;
use rules::outline::Outline;

/// The page's heading, then the tool's name.
#[must_use]
pub fn title(text: &Messages, route: &Route, outline: &Outline) -> String {
    let heading = match &route.page {
        Page::Start => text.start.title,
        Page::Question(id) => outline.question(id).map_or(text.question.unknown, |question| &question.title),
        Page::Answers => text.answers.title,
        Page::Result => text.result.title,
        Page::Checklist => text.checklist.title,
        Page::Timeline => text.timeline.title,
        Page::Iterations => text.iterations.title,
        Page::Sources => text.layout.rules_title,
    };
    titled(text, &outline.cycle, heading)
}

/// A page's heading as the browser's title says it, with the cycle: people have several open at once.
#[must_use]
pub fn titled(text: &Messages, cycle: &str, heading: &str) -> String {
    (text.layout.title)(&(text.layout.of_cycle)(heading, cycle))
}
