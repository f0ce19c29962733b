//! What the person did so far, and the one place where it changes.

use rules::answers::RawAnswer;
use rules::day::Day;
use std::collections::BTreeMap;

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
    pub answers: BTreeMap<String, RawAnswer>,
    /// Dates that the person entered, under `cycle/date-id`.
    pub entered: BTreeMap<String, Day>,
    /// Marks on documents, under `cycle/document-id`.
    pub marks: BTreeMap<String, Mark>,
    /// Cells that interest the person, under their cycle; none means all.
    pub cells: BTreeMap<String, Vec<String>>,
    /// Ids of the questions in the order in which they were answered.
    pub order: Vec<String>,
    pub keeping: Keeping,
    /// What was dropped when answers were taken from storage, a link or a file: each in words.
    pub dropped: Vec<String>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A question was answered: its key in [`Session::answers`].
    Answered(String, RawAnswer),
    /// An answer was taken back.
    Cleared(String),
    DateEntered(String, Option<Day>),
    Marked(String, Option<Mark>),
    CellsChosen { cycle: String, cells: Vec<String> },
    KeepingChosen(Keeping),
    /// Answers came back from storage, a link or a file.
    Restored(Box<Session>),
    NoticeRead,
    Erased,
}
