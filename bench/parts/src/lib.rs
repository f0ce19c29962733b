//! What is timed: pieces of the engine, the same natively and in WebAssembly, on states that travel as bytes.

use rules::answers::{Answer, Answers, Entered};
use rules::facts::Facts;
use rules::report::{full_report, report};
use rules::rulebook::{AsOf, CellIx, MomentIx, QuestionIx, Rulebook};
use rules::verdict::{Outcome, Verdict};
use serde::{Deserialize, Serialize};
use std::hint::black_box;

/// Somebody's answers at some moment.
#[derive(Clone, Serialize, Deserialize)]
pub struct State {
    /// Where it comes from, for people to read.
    pub name: String,
    /// Seconds since 1970-01-01T00:00Z.
    pub instant: i64,
    pub answers: Vec<(QuestionIx, Answer)>,
    /// Dates that the person entered.
    pub entered: Vec<(MomentIx, Entered)>,
    /// Positions of the chosen cells.
    pub cells: Vec<u16>,
}

impl State {
    pub fn new(name: String, book: &Rulebook, answers: &Answers, as_of: AsOf) -> State {
        let cells = (0..book.cells.len()).filter(|cell| answers.is_chosen(*cell));
        State {
            name,
            instant: as_of.instant,
            answers: answers.iter().collect(),
            entered: answers.iter_entered().collect(),
            cells: cells.filter_map(|cell| u16::try_from(cell).ok()).collect(),
        }
    }

    /// The answers and the day as the engine takes them. Answers and dates that do not fit the rulebook are left out.
    pub fn given(&self, book: &Rulebook) -> (Answers, AsOf) {
        let mut answers = Answers::none(book);
        for (question, answer) in &self.answers {
            let _ = answers.set(book, *question, *answer);
        }
        for (moment, entered) in &self.entered {
            let _ = answers.enter(book, *moment, Some(*entered));
        }
        answers.choose_cells(book, self.cells.iter().map(|cell| usize::from(*cell)));
        (answers, book.as_of(self.instant))
    }
}

/// A piece of the engine, always from `Answers` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The verdict of every cell.
    Verdicts,
    /// The verdicts, and what to ask next.
    Next,
    /// The same, and why each verdict is what it is.
    Steps,
    /// The verdicts, and what would change those that are decided.
    WhatIf,
    /// Everything that a page shows at once.
    Report,
    /// The same with what would change the verdicts.
    FullReport,
}

impl Part {
    pub const ALL: [Part; 6] = [Part::Verdicts, Part::Next, Part::Steps, Part::WhatIf, Part::Report, Part::FullReport];

    /// What it is, for people to read.
    pub fn words(self) -> &'static str {
        match self {
            Part::Verdicts => "verdicts",
            Part::Next => "verdicts + next question",
            Part::Steps => "verdicts + reasons + next question",
            Part::WhatIf => "verdicts + what-if",
            Part::Report => "report",
            Part::FullReport => "report with what-if",
        }
    }

    pub fn run(self, book: &Rulebook, answers: &Answers, as_of: AsOf) {
        match self {
            Part::Verdicts => drop(black_box(verdicts(book, answers, as_of))),
            Part::Next => {
                let (facts, verdicts) = verdicts(book, answers, as_of);
                black_box(facts.interview(answers, &verdicts, None));
            }
            Part::Steps => drop(black_box(Facts::new(book, answers, as_of).standing(answers, None))),
            Part::WhatIf => {
                let (facts, verdicts) = verdicts(book, answers, as_of);
                decided(&verdicts).for_each(|(cell, outcome)| drop(black_box(facts.leverage(cell, outcome))));
            }
            Part::Report => drop(black_box(report(book, answers, as_of, None))),
            Part::FullReport => drop(black_box(full_report(book, answers, as_of, None))),
        }
    }
}

/// What is known, and the verdict of every cell.
pub fn verdicts<'a>(book: &'a Rulebook, answers: &Answers, as_of: AsOf) -> (Facts<'a>, Vec<Verdict>) {
    let facts = Facts::new(book, answers, as_of);
    let verdicts = facts.verdicts();
    (facts, verdicts)
}

fn decided(verdicts: &[Verdict]) -> impl Iterator<Item = (CellIx, Outcome)> + '_ {
    verdicts.iter().enumerate().filter_map(|(cell, verdict)| match verdict {
        Verdict::Decided(outcome) => Some((CellIx::nth(cell), *outcome)),
        Verdict::NeedsAnswers => None,
    })
}

/// A verdict as a small number, the same for everybody who is compared.
pub fn code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NeedsAnswers => 0,
        Verdict::Decided(Outcome::Open) => 1,
        Verdict::Decided(Outcome::NotYet) => 2,
        Verdict::Decided(Outcome::Ask) => 3,
        Verdict::Decided(Outcome::Unmet) => 4,
        Verdict::Decided(Outcome::Closed(kind)) => 5 + kind,
    }
}

/// A rulebook's file and states as one piece of bytes.
pub fn pack(book: &Rulebook, states: &[State]) -> Vec<u8> {
    postcard::to_allocvec(&(rules::packed::pack(book), states)).unwrap_or_default()
}

/// Reads them back; nothing when the bytes are something else.
pub fn unpack(bytes: &[u8]) -> Option<(Rulebook, Vec<State>)> {
    let (book, states): (Vec<u8>, Vec<State>) = postcard::from_bytes(bytes).ok()?;
    Some((rules::packed::unpack(&book).ok()?, states))
}
