//! Where the answers leave every cell, and what to ask next: what a report is made of, without its words.

use crate::answers::Answers;
use crate::facts::Facts;
use crate::interview::Interview;
use crate::reason::Reason;
use crate::rulebook::{CellIx, QuestionIx};
use crate::trial::Trial;
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
    /// The questions that are open for it; none once it is decided.
    pub open: Vec<QuestionIx>,
    /// The best outcome that the answers so far leave; none once it is decided, or where a rule says no.
    pub leans_to: Option<Outcome>,
    /// Why it is decided; see [`Facts::reasons`].
    pub reasons: Vec<Reason>,
}

impl Facts<'_> {
    /// Verdicts, reasons and the next question. `current` is the question answered last.
    #[must_use]
    pub fn standing(&self, answers: &Answers, current: Option<QuestionIx>) -> Standing {
        let mut trial = None;
        let cells = (0..self.rulebook.cells.len()).map(CellIx::nth);
        let cells: Vec<CellStanding> = cells.map(|cell| Trial::at(&mut trial, self, cell).standing()).collect();
        let verdicts: Vec<Verdict> = cells.iter().map(|cell| cell.verdict).collect();
        let open: Vec<&[QuestionIx]> = cells.iter().map(|cell| &*cell.open).collect();
        let interview = self.interview_on(&mut trial, answers, &verdicts, &open, current);
        Standing { cells, interview }
    }
}

impl Trial<'_> {
    fn standing(&mut self) -> CellStanding {
        let verdict = self.verdict();
        let Verdict::Decided(outcome) = verdict else {
            let outcomes = self.outcomes();
            let positive = [Outcome::Open, Outcome::NotYet, Outcome::Ask];
            let leans_to = positive.into_iter().find(|outcome| outcomes.contains(*outcome));
            return CellStanding { verdict, open: self.open_questions(), leans_to, reasons: Vec::new() };
        };
        CellStanding { verdict, open: Vec::new(), leans_to: None, reasons: self.reasons(outcome) }
    }
}
