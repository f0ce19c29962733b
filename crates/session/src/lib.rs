//! What a person did so far, and the one way in which it is kept, filed, and sent as a link.
//!
//! The page and the command read and write it here; neither knows how it looks.

use rules::answers::{Answers, Entered, RawAnswer, Refusal};
use rules::next_thing::Progress;
use rules::report::ChecklistItem;
use rules::rulebook::Rulebook;

mod json;
pub mod link;
mod map;
mod node;
mod old;
#[cfg(not(target_arch = "wasm32"))]
mod serde;
pub mod text;

pub use map::Map;
pub use node::Node;

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
    /// Entries of what is kept that this program cannot read. They are written back where they stood: another program, or
    /// a later one, may read them.
    pub unread: Vec<Unread>,
    /// What could not be used, for the person to see.
    pub dropped: Vec<Dropped>,
    /// How many other entries of a link this page does not know. A stranger's text is never shown.
    pub unknown: usize,
}

/// Something that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub what: What,
    /// Where it stands in what is kept.
    pub key: String,
    /// As it stands there, cut where it is long; of a link's answers the title of the question.
    pub line: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An answer that the rules do not take.
    Answer,
    /// A date that was entered and does not fit.
    Date,
    /// Nothing that can be read.
    Unread,
}

/// An entry that this program cannot read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// Where it stands; nowhere for a text that holds no entry.
    pub path: Vec<String>,
    pub value: Node,
}

/// A date that was entered, and why it is not used.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    pub entered: Entered,
    pub why: Refusal,
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
    if per_cycle { [cycle, "/", question].concat() } else { question.to_owned() }
}

/// The id of the question that such a key belongs to.
#[must_use]
pub fn question_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
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

    /// How far a document is by answers and marks.
    #[must_use]
    pub fn progress(&self, cycle: &str, item: &ChecklistItem) -> Progress {
        match self.mark(cycle, &item.id) {
            _ if item.done.is_some() => Progress::Finished,
            None => Progress::Missing,
            Some(mark) if item.ladder && mark != Mark::Confirmed => Progress::Issued,
            Some(_) => Progress::Finished,
        }
    }

    /// Forgets what could not be used, once the person has seen it.
    pub fn forget_dropped(&mut self) {
        self.dropped.clear();
        self.unknown = 0;
    }

    /// Removes what could not be used from what is kept, and all that was not read. What was answered since stays.
    pub fn remove_dropped(&mut self) {
        for Dropped { what, key, line } in std::mem::take(&mut self.dropped) {
            match what {
                What::Answer if self.answers.get(&key).is_some_and(|now| text::answer_line(&key, now) == line) => {
                    self.answers.remove(&key);
                }
                What::Date if self.aside.get(&key).is_some_and(|now| text::date_line(&key, *now) == line) => {
                    self.aside.remove(&key);
                }
                _ => {}
            }
        }
        self.unread.clear();
        self.forget_dropped();
    }

    /// How many entries a link of this session has.
    #[must_use]
    pub fn entries(&self) -> usize {
        let cells: usize = self.cells.iter().map(|(_, cells)| cells.len()).sum();
        self.answers.len() + self.entered.len() + self.marks.len() + cells
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
            let asked = book.question(question_of(key));
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

    #[test]
    fn keys_of_answers() {
        for (question, per_cycle, written) in [("mmi", true, "2027/mmi"), ("status", false, "status")] {
            assert_eq!(key("2027", question, per_cycle), written);
            assert_eq!(question_of(written), question);
        }
    }
}
