//! A verdict or a state: a word, with a shape that the style sheet draws. Never a colour alone.

use crate::text::{Messages, result};
use rules::report::{CriterionState, EntryKind};
use rules::verdict::{Outcome, Verdict};
use yew::{Html, html};

pub fn view_tag(look: &'static str, words: &'static str) -> Html {
    html! { <span key={words} class={["tag ", look].concat()}>{words}</span> }
}

pub fn view_verdict(text: &Messages, verdict: Verdict) -> Html {
    let look = match verdict {
        Verdict::NeedsAnswers => "needs",
        Verdict::Decided(outcome) => look(outcome),
    };
    view_tag(look, text.common.verdict(verdict))
}

fn look(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "open",
        Outcome::NotYet => "not-yet",
        Outcome::Ask => "ask",
        Outcome::Unmet | Outcome::Closed(_) => "closed",
    }
}

pub fn view_state(words: &result::States, state: CriterionState) -> Html {
    let (look, words) = match state {
        CriterionState::Met => ("open", words.met),
        CriterionState::CanStill => ("not-yet", words.can_still),
        CriterionState::NotMet => ("closed", words.not_met),
        CriterionState::NotKnown => ("needs", words.not_known),
        CriterionState::DoesNotApply => ("none", words.does_not_apply),
        CriterionState::Disputed => ("ask", words.disputed),
        CriterionState::CannotSay => ("ask", words.cannot_say),
    };
    view_tag(look, words)
}

pub fn view_kind(text: &Messages, kind: EntryKind) -> Html {
    let words = &text.timeline;
    let (look, words) = match kind {
        EntryKind::Deadline => ("closed", words.deadline),
        EntryKind::Milestone => ("not-yet", words.milestone),
        EntryKind::Event => ("none", words.event),
        EntryKind::Window => ("window", words.window),
    };
    view_tag(look, words)
}
