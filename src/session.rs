//! Where what the person did so far changes, see the crate `session` for what it is.

use rules::answers::{Entered, RawAnswer};
use rules::verdict::Verdict;

pub mod carried;

pub use ::session::{
    Dropped, Keeping, LONGEST_NOTE, Map, Mark, Misfit, Session, What, key, link, mark_key, question_of, text,
};

/// What the browser keeps for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    Nothing,
    Text(String),
    /// It keeps nothing for anybody.
    Impossible,
}

impl Kept {
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self {
            Kept::Text(text) => Some(text),
            Kept::Nothing | Kept::Impossible => None,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A question was answered: its key in [`Session::answers`].
    Answered(String, RawAnswer),
    /// An answer was taken back.
    Cleared(String),
    /// The person is done with this question, by its id, and wants to go on.
    Continued(String),
    DateEntered(String, Option<Entered>),
    Marked(String, Option<Mark>),
    /// A note on a document; an empty one is none.
    Noted(String, String),
    /// A cell was chosen, or is no longer; all cells of the cycle, because none chosen means all.
    CellToggled {
        cycle: String,
        cell: String,
        all: Vec<String>,
    },
    KeepingChosen(Keeping),
    /// All that is folded is to be unfolded.
    Unfolded,
    /// The person wants to see where they would stand with these answers, by question id.
    Tried(Vec<(String, RawAnswer)>),
    /// What is kept and was left out is read after all.
    TakenIn,
    NoticeRead,
    /// What could not be used is no longer kept.
    LinesRemoved,
    Erased,
    /// What was erased or replaced comes back.
    Undone,
    /// Something of a link is missing, and what arrived is to be judged all the same.
    WentOn,
    /// The answers of a link become one's own.
    Adopted,
    /// The answers of a link are put away, and one's own are back.
    PutAway,
}

impl Action {
    /// Whether what is kept on the device matters to it. To most it does not, and reading it takes time.
    #[must_use]
    pub fn needs_kept(&self) -> bool {
        matches!(self, Action::KeepingChosen(_) | Action::TakenIn | Action::Erased | Action::Adopted)
    }
}

/// Where the person would stand with other answers. They stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// By question id.
    pub answers: Vec<(String, RawAnswer)>,
    /// Of each cell, in the rulebook's order.
    pub verdicts: Vec<Verdict>,
}

/// The session after something happened.
#[must_use]
pub fn reduce(before: &Session, action: Action) -> Session {
    let mut session = before.clone();
    match action {
        Action::Answered(key, answer) => {
            let question = question_of(&key).to_owned();
            if !session.order.contains(&question) {
                session.order.push(question);
            }
            session.answers.insert(key, answer);
        }
        Action::Cleared(key) => {
            session.answers.remove(&key);
        }
        Action::DateEntered(key, entered) => {
            // What stood there before and did not fit gives way.
            session.aside.remove(&key);
            match entered {
                Some(entered) => session.entered.insert(key, entered),
                None => session.entered.remove(&key),
            };
        }
        Action::Marked(key, Some(mark)) => {
            session.marks.insert(key, mark);
        }
        Action::Noted(key, note) if note.trim().is_empty() => {
            session.notes.remove(&key);
        }
        Action::Noted(key, note) => {
            session.notes.insert(key, note.chars().take(LONGEST_NOTE).collect());
        }
        Action::Marked(key, None) => {
            session.marks.remove(&key);
        }
        Action::CellToggled { cycle, cell, all } => {
            let chosen = session.cells.get(&cycle).cloned().unwrap_or_else(|| all.clone());
            let now = |id: &String| chosen.contains(id) != (*id == cell);
            session.cells.insert(cycle, all.into_iter().filter(now).collect());
        }
        Action::KeepingChosen(keeping) => session.keeping = keeping,
        Action::NoticeRead => session.forget_dropped(),
        Action::Erased => {
            // A browser that could not keep anything still cannot.
            let impossible = before.keeping == Keeping::Impossible;
            session = Session::default();
            if impossible {
                session.keeping = Keeping::Impossible;
            }
        }
        // What these mean follows from more than one session, see `state`.
        Action::Continued(_)
        | Action::Unfolded
        | Action::Tried(_)
        | Action::TakenIn
        | Action::Undone
        | Action::WentOn
        | Action::Adopted
        | Action::PutAway
        | Action::LinesRemoved => {}
    }
    session
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> RawAnswer {
        RawAnswer::Text(text.to_owned())
    }

    #[test]
    fn going_back_keeps_the_order_and_the_answers() {
        let session = Session::default();
        let session = reduce(&session, Action::Answered("2027/aimg-status".into(), text("eligible")));
        let session = reduce(&session, Action::Answered("status".into(), text("citizen")));
        let session = reduce(&session, Action::Answered("2027/aimg-status".into(), text("waiting")));
        assert_eq!(session.order, ["aimg-status", "status"]);
        assert_eq!(session.answers["2027/aimg-status"], text("waiting"));
        assert_eq!(session.answers["status"], text("citizen"));
    }

    #[test]
    fn erasing_leaves_nothing() {
        let session = Session::default();
        let session = reduce(&session, Action::Answered("status".into(), text("citizen")));
        let session = reduce(&session, Action::KeepingChosen(Keeping::Yes));
        assert_eq!(reduce(&session, Action::Erased), Session::default());
        let blocked = reduce(&session, Action::KeepingChosen(Keeping::Impossible));
        assert_eq!(reduce(&blocked, Action::Erased).keeping, Keeping::Impossible);
    }
}
