//! What the person did so far, and the one place where it changes.

use rules::answers::{Answers, Entered, RawAnswer, Refusal};
use rules::report::ChecklistItem;
use rules::rulebook::Rulebook;
use rules::verdict::Verdict;

pub mod carried;
pub mod fragment;
mod map;
pub mod saved;

pub use map::Map;

/// How far a document is. The tool sends nothing: these are the person's own marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Have,
    Uploaded,
    SeenDisplayed,
    Confirmed,
}

/// More characters of a note are not taken: it is kept with the answers, and browsers give little room.
pub const LONGEST_NOTE: usize = 500;

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

/// Whether answers are kept on the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// Not asked yet: nothing is written.
    #[default]
    NotAsked,
    Yes,
    /// Nothing is written.
    No,
    /// The next person at this computer is somebody else: nothing is written, and nothing erased can come back.
    Shared,
    /// The browser does not let us: blocked or full.
    Impossible,
}

/// Everything about the person that outlives a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Answers by question id, as files write them; those about one cycle's run stand under `cycle/id`.
    pub answers: Map<RawAnswer>,
    /// Dates that the person entered, under `cycle/date-id`.
    pub entered: Map<Entered>,
    /// Dates that the person entered and that do not fit, under the same keys: none of them counts, and none is lost.
    pub aside: Map<Entered>,
    /// Marks on documents, under `cycle/document-id`.
    pub marks: Map<Mark>,
    /// The person's notes on documents, under the same keys. They stay on the device.
    pub notes: Map<String>,
    /// Cells that interest the person, under their cycle; none means all.
    pub cells: Map<Vec<String>>,
    /// Ids of the questions in the order in which they were answered.
    pub order: Vec<String>,
    pub keeping: Keeping,
    /// Lines of what is kept that this program cannot read. They are written back as they stood: another program, or a
    /// later one, may read them.
    pub unread: Vec<String>,
    /// What could not be used, for the person to see: each line as it stood in what is kept, or the title of a question
    /// of which a link holds an answer.
    pub dropped: Vec<String>,
    /// How many other entries of a link this page does not know. A stranger's text is never shown.
    pub unknown: usize,
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
    /// The answers of a link become one's own.
    Adopted,
    /// The answers of a link are put away, and one's own are back.
    PutAway,
}

/// A date that was entered, and why it is not used.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    pub entered: Entered,
    pub why: Refusal,
}

/// Where the person would stand with other answers. They stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// By question id.
    pub answers: Vec<(String, RawAnswer)>,
    /// Of each cell, in the rulebook's order.
    pub verdicts: Vec<Verdict>,
}

/// What a rulebook does not take.
#[derive(Debug, Default)]
pub struct Refused {
    /// Keys of answers.
    pub answers: Vec<String>,
    /// Keys of entered dates, and why.
    pub dates: Vec<(String, Refusal)>,
}

/// The key of a question's answer in [`Session::answers`].
#[must_use]
pub fn key(cycle: &str, question: &str, per_cycle: bool) -> String {
    if per_cycle { format!("{cycle}/{question}") } else { question.to_owned() }
}

/// Where a document's mark is kept.
#[must_use]
pub fn mark_key(cycle: &str, document: &str) -> String {
    [cycle, "/", document].concat()
}

impl Session {
    /// How far the person has marked a document of this cycle.
    #[must_use]
    pub fn mark(&self, cycle: &str, document: &str) -> Option<Mark> {
        self.marks.get(&mark_key(cycle, document)).copied()
    }

    /// Whether answers or marks say that nothing is left to do for a document.
    #[must_use]
    pub fn is_finished(&self, cycle: &str, item: &ChecklistItem) -> bool {
        let mark = self.mark(cycle, &item.id);
        item.done.is_some() || if item.ladder { mark == Some(Mark::Confirmed) } else { mark.is_some() }
    }

    /// The session after something happened.
    #[must_use]
    pub fn reduce(&self, action: Action) -> Session {
        let mut session = self.clone();
        match action {
            Action::Answered(key, answer) => {
                let question = key.rsplit('/').next().unwrap_or_default().to_owned();
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
                let impossible = self.keeping == Keeping::Impossible;
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
            | Action::Adopted
            | Action::PutAway
            | Action::LinesRemoved => {}
        }
        session
    }

    fn forget_dropped(&mut self) {
        self.dropped.clear();
        self.unknown = 0;
    }

    /// Removes what could not be used from what is kept: these answers, by their keys, and all that was not read.
    pub fn remove_dropped(&mut self, answers: &[String]) {
        self.answers.retain(|key, _| !answers.contains(key));
        self.aside.clear();
        self.unread.clear();
        self.forget_dropped();
    }

    /// Whether there is anything that erasing would take away.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
            && self.entered.is_empty()
            && self.aside.is_empty()
            && self.marks.is_empty()
            && self.notes.is_empty()
            && self.cells.is_empty()
            && self.unread.is_empty()
    }

    /// Of a link's answers only those that could be one's own: what the rulebook refuses, and what another cycle would
    /// have to judge and no question here is called, is a stranger's text.
    #[must_use]
    pub fn adoptable(&self, book: &Rulebook) -> Session {
        let mut session = self.clone();
        let (_, refused) = self.answers(book);
        let plain = |text: &String| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let is_plain = |answer: &RawAnswer| match answer {
            RawAnswer::Text(text) | RawAnswer::Planned(text) => plain(text),
            RawAnswer::List(ids) => ids.iter().all(plain),
            RawAnswer::Bool(_) | RawAnswer::Number(_) => true,
        };
        session.answers.retain(|key, answer| {
            let asked = key.rsplit('/').next().and_then(|id| book.question(id));
            asked.is_some() && is_plain(answer) && !refused.answers.contains(key)
        });
        session.order.retain(|id| book.question(id).is_some());
        session.aside.clear();
        session.notes.clear();
        session.unread.clear();
        session.forget_dropped();
        session
    }

    /// Takes over those of these dates that fit the others, and returns the rest. What does not fit stays among what is
    /// kept, as it was entered.
    pub fn enter(&mut self, book: &Rulebook, typed: Vec<(String, Entered)>) -> Map<Misfit> {
        let mut misfits = Map::default();
        for (key, entered) in typed {
            let (mut answers, _) = self.answers(book);
            let moment = key.split_once('/').and_then(|(_, id)| book.moment(id)).ok_or(Refusal::NoSuchDate);
            match moment.and_then(|moment| answers.enter(book, moment, Some(entered))) {
                Ok(()) => {
                    self.aside.remove(&key);
                    self.entered.insert(key, entered);
                }
                Err(why) => {
                    self.aside.insert(key.clone(), entered);
                    misfits.insert(key, Misfit { entered, why });
                }
            }
        }
        misfits
    }

    /// Takes the dates that the rulebook refuses out of those that count, and lets the others count. What is refused
    /// stays among what is kept, as it was entered.
    pub fn sort_out(&mut self, book: &Rulebook) -> Map<Misfit> {
        let (_, refused) = self.answers(book);
        for (key, _) in refused.dates {
            if let Some(entered) = self.entered.remove(&key) {
                self.aside.insert(key, entered);
            }
        }
        // What counts goes first: what did not fit it does not drive it out.
        let of_cycle = |key: &str| key.split_once('/').is_some_and(|(cycle, _)| *cycle == *book.cycle);
        let aside = self.aside.iter().filter(|(key, _)| of_cycle(key) && !self.entered.contains_key(key));
        let aside = aside.map(|(key, entered)| (key.clone(), *entered)).collect();
        self.enter(book, aside)
    }

    /// The answers as a rulebook takes them, and everything that it refuses. Nothing is taken out of the session: an
    /// answer that does not fit this cycle may fit another.
    #[must_use]
    pub fn answers(&self, book: &Rulebook) -> (Answers, Refused) {
        let mut answers = Answers::none(book);
        let mut refused = Refused::default();
        for (key, raw) in &self.answers {
            let (cycle, id) = key.split_once('/').map_or((None, &**key), |(cycle, id)| (Some(cycle), id));
            if cycle.is_some_and(|cycle| *cycle != *book.cycle) {
                continue;
            }
            let question = book.question(id).filter(|question| book[*question].per_cycle == cycle.is_some());
            let taken = question.is_some_and(|question| {
                let answer = book[question].read(raw);
                answer.is_ok_and(|answer| answers.set(book, question, answer).is_ok())
            });
            if !taken {
                refused.answers.push(key.clone());
            }
        }
        for (key, entered) in &self.entered {
            let Some((_, id)) = key.split_once('/').filter(|(cycle, _)| **cycle == *book.cycle) else { continue };
            let moment = book.moment(id).ok_or(Refusal::NoSuchDate);
            if let Err(refusal) = moment.and_then(|moment| answers.enter(book, moment, Some(*entered))) {
                refused.dates.push((key.clone(), refusal));
            }
        }
        if let Some(cells) = self.cells.get(&book.cycle) {
            answers.choose_cells(book, cells.iter().filter_map(|cell| Some(book.cell(cell)?.index())));
        }
        (answers, refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> RawAnswer {
        RawAnswer::Text(text.to_owned())
    }

    #[test]
    fn keys_of_answers() {
        assert_eq!(key("2027", "mmi", true), "2027/mmi");
        assert_eq!(key("2027", "status", false), "status");
    }

    #[test]
    fn going_back_keeps_the_order_and_the_answers() {
        let session = Session::default();
        let session = session.reduce(Action::Answered("2027/aimg-status".into(), text("eligible")));
        let session = session.reduce(Action::Answered("status".into(), text("citizen")));
        let session = session.reduce(Action::Answered("2027/aimg-status".into(), text("waiting")));
        assert_eq!(session.order, ["aimg-status", "status"]);
        assert_eq!(session.answers["2027/aimg-status"], text("waiting"));
        assert_eq!(session.answers["status"], text("citizen"));
    }

    #[test]
    fn erasing_leaves_nothing() {
        let session = Session::default();
        let session = session.reduce(Action::Answered("status".into(), text("citizen")));
        let session = session.reduce(Action::KeepingChosen(Keeping::Yes));
        assert_eq!(session.reduce(Action::Erased), Session::default());
        let blocked = session.reduce(Action::KeepingChosen(Keeping::Impossible));
        assert_eq!(blocked.reduce(Action::Erased).keeping, Keeping::Impossible);
    }
}
