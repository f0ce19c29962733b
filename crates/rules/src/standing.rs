//! Where the answers leave every cell, and what to ask next: what a report is made of, without its words.

use crate::answers::Answers;
use crate::facts::Facts;
use crate::interview::Interview;
use crate::look::Look;
use crate::possible::PerLens;
use crate::reason::Reason;
use crate::rulebook::{CellIx, ConflictIx, QuestionIx};
use crate::trial::{Subject, Trial};
use crate::verdict::{Outcome, Verdict};

/// How every cell stands, and what to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub cells: Vec<CellStanding>,
    pub interview: Interview,
}

/// How one cell stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellStanding {
    pub verdict: Verdict,
    /// The questions that are open for it; once it is decided, only those that tell what else closes a cell that is over.
    pub open: Vec<QuestionIx>,
    /// The best outcome that the answers so far leave; none once it is decided, or where a rule says no.
    pub leans_to: Option<Outcome>,
    /// Why it is decided; see [`Facts::reasons`].
    pub reasons: Vec<Reason>,
    /// The disagreements that make a difference to it, where the rules do not say.
    pub disagreements: Vec<ConflictIx>,
}

impl Facts<'_> {
    /// The verdict of every cell; see [`Facts::verdict`].
    #[must_use]
    pub fn verdicts(&self) -> Vec<Verdict> {
        let mut trial = None;
        let cells = (0..self.rulebook.cells.len()).map(CellIx::nth);
        cells.map(|cell| Trial::on(&mut trial, self, Subject::Cell(cell)).verdict()).collect()
    }

    /// Verdicts, reasons and the next question. `current` is the question answered last.
    #[must_use]
    pub fn standing(&self, answers: &Answers, current: Option<QuestionIx>) -> Standing {
        let mut trial = None;
        let cells = (0..self.rulebook.cells.len()).map(CellIx::nth);
        let cells: Vec<CellStanding> =
            cells.map(|cell| Trial::on(&mut trial, self, Subject::Cell(cell)).standing()).collect();
        let verdicts: Vec<Verdict> = cells.iter().map(|cell| cell.verdict).collect();
        let open: Vec<&[QuestionIx]> = cells.iter().map(|cell| &*cell.open).collect();
        let interview = self.interview_on(&mut trial, answers, &verdicts, &open, current);
        Standing { cells, interview }
    }
}

impl Trial<'_> {
    fn standing(&mut self) -> CellStanding {
        let verdict = self.verdict();
        let mut standing =
            CellStanding { verdict, open: Vec::new(), leans_to: None, reasons: Vec::new(), disagreements: Vec::new() };
        match verdict {
            Verdict::NeedsAnswers => {
                let outcomes = self.outcomes();
                let positive = [Outcome::Open, Outcome::NotYet, Outcome::Ask];
                standing.leans_to = positive.into_iter().find(|outcome| outcomes.contains(*outcome));
            }
            Verdict::Decided(outcome) => {
                standing.reasons = self.reasons(outcome);
                if outcome == Outcome::Ask {
                    standing.disagreements = self.disagreements();
                }
            }
        }
        standing.open = self.open_for(verdict);
        standing
    }

    /// The disagreements of which another reading, the others read as before, closes the cell or meets its requirements
    /// where this one does not.
    fn disagreements(&self) -> Vec<ConflictIx> {
        // What closes cells is kept as it is alone.
        let look = Look::at_once(&self.facts, self.lenses);
        let closing = self.cell.closed.iter().map(|(_, rule)| look.rule(*rule));
        // What does not close the cell leaves it alone, for whatever cause.
        let closing = closing.map(|said| PerLens { no: said.no | said.dropped, dropped: 0, ..said });
        let required = self.required();
        let seen: Vec<PerLens> = closing.chain([required]).collect();
        let differ = |(one, other): (usize, usize)| {
            (0..4).any(|look| {
                let [one, other] =
                    [one, other].map(|way| u32::try_from(look * self.ways.count() + way).unwrap_or(u32::MAX));
                seen.iter().any(|said| said.through(one) != said.through(other))
            })
        };
        let matters = |conflict: &ConflictIx| self.ways.apart(*conflict).any(differ);
        self.cell.conflicts.iter().copied().filter(matters).collect()
    }
}
