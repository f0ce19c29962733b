//! What changed from one cycle to another: clauses in words, and who is affected.
//!
//! Questions, choices, rules, dates, cells, constraints and documents are matched by their stable ids. What both cycles
//! have is compared clause by clause, by the ids that clauses name; other words for the same thing are not a change.
//!
//! *Who is affected* compares the same person relative to the cycle: the days in the answers, the dates of the rulebook
//! and the day of asking are all moved by the whole years between the two match years. So a deadline that stays on June 5
//! is not a change, and one that follows the weekday is. Time is cut wherever either rulebook can tell days apart, and
//! decision diagrams of both rulebooks over one list of questions count the complete answer sets whose verdict differs,
//! up to days and numbers that neither can tell apart. As in the proof, answers to all questions that a cell can depend on
//! count, those out of scope too: a share is the chance of somebody who answers by throwing dice. Dates that a reader may
//! enter are taken as not entered. Left out, and counted, are answers that only one cycle takes, answers that contradict
//! each other in only one, and days that only one rulebook covers.

mod affected;
mod clauses;
mod items;
mod joint;
mod text;
mod years;

use crate::output::{FORMAT, VerdictName};
use items::Pair;
use rules::rulebook::Rulebook;
use serde::Serialize;
use years::Years;

/// What changed from one cycle to another.
#[derive(Serialize)]
pub struct Diff {
    pub format: u32,
    pub old: Cycle,
    pub new: Cycle,
    /// The whole years by which dates are moved before they are compared.
    pub years: i32,
    pub changes: Vec<Change>,
    pub affected: Affected,
}

#[derive(Serialize)]
pub struct Cycle {
    pub cycle: String,
    /// Hash over the rulebook's structure.
    pub rulebook: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Cycle,
    Question,
    Constraint,
    Date,
    Conflict,
    Rule,
    Cell,
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    Added,
    Removed,
    Changed,
}

/// An item that only one cycle has, or that says something else in the other.
#[derive(Serialize)]
pub struct Change {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub change: How,
    /// What changed in it. Of a rule or a date that came or went: what it says.
    pub parts: Vec<Part>,
}

/// Which part of an item changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A clause that must hold with the others.
    Needed,
    /// A clause that is enough by itself.
    Enough,
    /// A clause of which some must hold.
    Counted,
    /// A choice that a clause accepts.
    Accepted,
    /// A whole condition, or a clause that has no parts.
    Condition,
    Basis,
    Disputed,
    Reading,
    Due,
    DueAfterApplying,
    Type,
    Choice,
    /// What a choice can still turn into.
    Becomes,
    Range,
    PerCycle,
    AskedWhen,
    Day,
    Required,
    ClosedBy,
    ClosingOrder,
    Opens,
    Closes,
    For,
    Place,
    IssuedFrom,
    IssuedUntil,
    ComesAfter,
    DoneWith,
    Ladder,
    CoveredFrom,
    CoveredUntil,
    CheckBy,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    pub what: What,
    pub change: How,
    /// Of what it is a part, such as one reading.
    pub of: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    /// The clauses beside it that stay, where it is a part of a clause.
    pub beside: Option<String>,
    /// What the change amounts to, such as "2 days later in the cycle".
    pub note: Option<String>,
}

impl Part {
    fn new(what: What, change: How, before: Option<String>, after: Option<String>) -> Part {
        Part { what, change, of: None, before, after, beside: None, note: None }
    }

    fn added(what: What, after: String) -> Part {
        Part::new(what, How::Added, None, Some(after))
    }

    fn removed(what: What, before: String) -> Part {
        Part::new(what, How::Removed, Some(before), None)
    }

    fn changed(what: What, before: String, after: String) -> Part {
        Part::new(what, How::Changed, Some(before), Some(after))
    }

    /// What came as what went.
    fn turned(self) -> Part {
        Part { change: How::Removed, before: self.after, after: self.before, ..self }
    }

    fn of(self, of: &str) -> Part {
        Part { of: Some(of.to_owned()), ..self }
    }

    fn noting(self, note: String) -> Part {
        Part { note: Some(note), ..self }
    }
}

/// Who gets another verdict.
#[derive(Serialize)]
pub struct Affected {
    pub days: Days,
    /// Cells that only one cycle has.
    pub only_old: Vec<String>,
    pub only_new: Vec<String>,
    pub cells: Vec<CellAffected>,
    /// Why cells that both have are missing, if some are.
    pub not_compared: Option<String>,
}

/// How many spans of time either rulebook can tell apart.
#[derive(Default, Serialize)]
pub struct Days {
    pub compared: usize,
    /// Left out: covered by one rulebook only.
    pub only_old: usize,
    pub only_new: usize,
}

#[derive(Serialize)]
pub struct CellAffected {
    pub cell: String,
    /// The questions that it can depend on in either cycle.
    pub questions: usize,
    /// Complete answer sets that both cycles take, up to classes that neither can tell apart.
    pub profiles: f64,
    /// Left out: complete answer sets with an answer that only this cycle takes.
    pub only_old: f64,
    pub only_new: f64,
    pub changes: Vec<ChangedVerdict>,
    pub spans: Vec<Span>,
}

/// From one verdict to another.
#[derive(Serialize)]
pub struct ChangedVerdict {
    pub from: VerdictOut,
    pub to: VerdictOut,
    /// In how many spans of time it affects somebody.
    pub spans: usize,
    /// How many answer sets in the span in which there are most of them, and which share of those compared.
    pub most: f64,
    pub most_share: f64,
    /// It affects people only where one cycle is past its check-by day and the other is not.
    pub only_stale: bool,
    pub example: Example,
}

/// A verdict as `rulebook evaluate` names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictOut {
    pub verdict: VerdictName,
    /// Why it is closed.
    pub kind: Option<String>,
}

/// Few answers that force both verdicts: without any one of them a verdict opens.
#[derive(Clone, Serialize)]
pub struct Example {
    pub questions: usize,
    pub old: Asked,
    pub new: Asked,
}

/// An answers file that `rulebook evaluate` takes for one cycle, with its day.
#[derive(Clone, PartialEq, Serialize)]
pub struct Asked {
    pub as_of: String,
    pub answers: String,
}

/// A span of time in which neither rulebook can tell days apart.
#[derive(Serialize)]
pub struct Span {
    /// Its first instant in each cycle.
    pub old: String,
    pub new: String,
    /// Complete answer sets that both cycles take and that contradict themselves in neither.
    pub compared: f64,
    /// Left out: answer sets that contradict themselves in this cycle only.
    pub contradict_old: f64,
    pub contradict_new: f64,
    pub affected: f64,
    pub share: f64,
    pub changes: Vec<Moved>,
}

#[derive(Clone, Serialize)]
pub struct Moved {
    pub from: VerdictOut,
    pub to: VerdictOut,
    pub profiles: f64,
}

/// What changed in the rules, by kind, in the order in which they are written; who is affected is not counted.
///
/// # Errors
/// When a cycle is not named by its match year, so that dates cannot be moved.
pub fn changes(old: &Rulebook, new: &Rulebook) -> Result<Vec<Change>, String> {
    Ok(items::changes(Pair { old, new, years: Years::between(old, new)? }))
}

/// Compares two cycles.
///
/// # Errors
/// When a cycle is not named by its match year, so that dates cannot be moved.
pub fn diff(old: &Rulebook, new: &Rulebook) -> Result<Diff, String> {
    let years = Years::between(old, new)?;
    let cycle = |book: &Rulebook| Cycle { cycle: book.cycle.to_string(), rulebook: book.hash.to_string() };
    Ok(Diff {
        format: FORMAT,
        old: cycle(old),
        new: cycle(new),
        years: years.0,
        changes: items::changes(Pair { old, new, years }),
        affected: affected::affected([old, new], years),
    })
}
