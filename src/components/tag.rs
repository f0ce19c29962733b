//! A verdict or a state: a word, with a shape that the style sheet draws. Never a color alone.

use super::node::words;
use crate::text::{Messages, result};
use rules::report::{CriterionState, EntryKind};
use rules::verdict::{Outcome, Verdict};
use yew::Html;

pub fn view_tag(look: &'static str, text: &'static str) -> Html {
    words("span", look, text)
}

pub fn view_verdict_tag(text: &Messages, verdict: Verdict) -> Html {
    let look = match verdict {
        Verdict::NeedsAnswers => "tag needs",
        Verdict::Decided(Outcome::Open) => "tag open",
        Verdict::Decided(Outcome::NotYet) => "tag not-yet",
        Verdict::Decided(Outcome::Ask) => "tag ask",
        Verdict::Decided(Outcome::Unmet | Outcome::Closed(_)) => "tag closed",
    };
    view_tag(look, text.common.verdict(verdict))
}

pub fn view_state(words: &result::States, state: CriterionState) -> Html {
    let (look, words) = match state {
        CriterionState::Met => ("tag open", words.met),
        CriterionState::CanStill => ("tag not-yet", words.can_still),
        CriterionState::NotMet => ("tag closed", words.not_met),
        CriterionState::NotKnown => ("tag needs", words.not_known),
        CriterionState::DoesNotApply => ("tag none", words.does_not_apply),
        CriterionState::Disputed => ("tag ask", words.disputed),
        CriterionState::CannotSay => ("tag ask", words.cannot_say),
    };
    view_tag(look, words)
}

pub fn view_kind(text: &Messages, kind: EntryKind) -> Html {
    let words = &text.timeline;
    let (look, words) = match kind {
        EntryKind::Deadline => ("tag deadline", words.deadline),
        EntryKind::Milestone => ("tag not-yet", words.milestone),
        EntryKind::Event => ("tag none", words.event),
        EntryKind::Window => ("tag window", words.window),
    };
    view_tag(look, words)
}
