//! What the person did so far, and the one place where it changes.

use crate::map::Map;
use crate::store::saved;
use rules::answers::{Answers, RawAnswer};
use rules::day::Day;
use rules::rulebook::{MomentIx, Rulebook};

/// How far a document is. The tool sends nothing: these are the person's own marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Have,
    Uploaded,
    SeenDisplayed,
    Confirmed,
}

/// Whether answers are kept on the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// Not asked yet: nothing is written.
    #[default]
    NotAsked,
    Yes,
    /// No, or a shared computer: nothing is written.
    No,
    /// The browser does not let us: blocked or full.
    Impossible,
}

/// Everything about the person that outlives a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Answers by question id, as files write them; those about one cycle's run stand under `cycle/id`.
    pub answers: Map<RawAnswer>,
    /// Dates that the person entered, under `cycle/date-id`.
    pub entered: Map<Day>,
    /// Marks on documents, under `cycle/document-id`.
    pub marks: Map<Mark>,
    /// Cells that interest the person, under their cycle; none means all.
    pub cells: Map<Vec<String>>,
    /// Ids of the questions in the order in which they were answered.
    pub order: Vec<String>,
    pub keeping: Keeping,
    /// What could not be used when answers were taken from storage, a link or a file: each line as it stood there.
    pub dropped: Vec<String>,
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
    DateEntered(String, Option<Day>),
    Marked(String, Option<Mark>),
    CellsChosen {
        cycle: String,
        cells: Vec<String>,
    },
    KeepingChosen(Keeping),
    /// Answers came back from storage, a link or a file.
    Restored(Box<Session>),
    NoticeRead,
    Erased,
}

/// The key of a question's answer in [`Session::answers`].
#[must_use]
pub fn key(cycle: &str, question: &str, per_cycle: bool) -> String {
    if per_cycle { format!("{cycle}/{question}") } else { question.to_owned() }
}

impl Session {
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
            Action::DateEntered(key, Some(day)) => {
                session.entered.insert(key, day);
            }
            Action::DateEntered(key, None) => {
                session.entered.remove(&key);
            }
            Action::Marked(key, Some(mark)) => {
                session.marks.insert(key, mark);
            }
            Action::Marked(key, None) => {
                session.marks.remove(&key);
            }
            Action::CellsChosen { cycle, cells } => {
                session.cells.insert(cycle, cells);
            }
            Action::KeepingChosen(keeping) => session.keeping = keeping,
            Action::Restored(restored) => session = *restored,
            Action::NoticeRead => session.dropped.clear(),
            Action::Erased => {
                // A browser that could not keep anything still cannot.
                let impossible = self.keeping == Keeping::Impossible;
                session = Session::default();
                if impossible {
                    session.keeping = Keeping::Impossible;
                }
            }
            Action::Continued(_) => {}
        }
        session
    }

    /// Whether there is anything that erasing would take away.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.entered.is_empty() && self.marks.is_empty() && self.cells.is_empty()
    }

    /// The answers as a rulebook takes them, and every line that it refuses. Nothing is taken out of the session: an
    /// answer that does not fit this cycle may fit another.
    #[must_use]
    pub fn answers(&self, book: &Rulebook) -> (Answers, Vec<String>) {
        let mut answers = Answers::none(book);
        let mut refused = Vec::new();
        for (key, raw) in self.answers.iter() {
            let (cycle, id) = key.split_once('/').map_or((None, key), |(cycle, id)| (Some(cycle), id));
            if cycle.is_some_and(|cycle| *cycle != *book.cycle) {
                continue;
            }
            let question = book.question(id).filter(|question| book[*question].per_cycle == cycle.is_some());
            let taken = question.is_some_and(|question| {
                let answer = book[question].read(raw);
                answer.is_ok_and(|answer| answers.set(book, question, answer).is_ok())
            });
            if !taken {
                refused.push(saved::answer_line(key, raw));
            }
        }
        for (key, day) in self.entered.iter() {
            let Some((cycle, id)) = key.split_once('/') else { continue };
            if *cycle == *book.cycle
                && let Some(moment) = book.moments.iter().position(|moment| *moment.id == *id)
            {
                answers.enter(book, MomentIx::nth(moment), Some(*day));
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
