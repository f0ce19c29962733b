//! The documents that the chosen positions call for.

use super::ChecklistItem;
use crate::answers::{Answer, Answers};
use crate::calendar::Behind;
use crate::facts::{Facts, Lens};
use crate::interview::is_closed;
use crate::possible::Possible;
use crate::rulebook::{CellIx, Condition, Document, MomentIx};
use crate::verdict::{Outcome, Verdict};

impl Facts<'_> {
    /// The documents that the chosen cells call for; those of a cell that is closed are left out.
    pub(super) fn checklist(&self, answers: &Answers, verdicts: &[Verdict]) -> Vec<ChecklistItem> {
        let mut items = Vec::new();
        for document in &self.rulebook.documents {
            let wanted = |cell: &CellIx| answers.is_chosen(cell.index()) && !is_closed(verdicts[cell.index()]);
            let cells: Vec<CellIx> = document.cells.iter().copied().filter(wanted).collect();
            let needed = self.condition(&document.needed_when, Lens::PLAIN);
            if cells.is_empty() || !needed.can(Possible::YES) {
                continue;
            }
            let done = document.done_with.filter(|event| self.value(*event) == Some(Answer::Done));
            let done = done.filter(|event| self.scope(*event).can(Possible::YES)).map(|event| self.row(answers, event));
            let item = self.checklist_item(document, &cells, verdicts, needed == Possible::YES);
            items.push(ChecklistItem { done, ..item });
        }
        items
    }

    /// Every document that some cell may call for.
    pub(crate) fn all_documents(&self) -> Vec<ChecklistItem> {
        let each = self.rulebook.documents.iter().map(|document| {
            self.checklist_item(document, &document.cells, &[], document.needed_when == Condition::Const(true))
        });
        each.collect()
    }

    /// A document as these cells need it, with the verdicts so far as there are any.
    fn checklist_item(
        &self,
        document: &Document,
        cells: &[CellIx],
        verdicts: &[Verdict],
        needed: bool,
    ) -> ChecklistItem {
        // The first that lies ahead, or may lie ahead; what has no date comes after what has one.
        let is_behind = |cell: CellIx, due: MomentIx| match self.behind(due) {
            None | Some(Behind::No) => false,
            // It is still of use, and with every day less.
            Some(_) if self.rulebook[due].late_may_count => false,
            Some(Behind::Softly) => {
                let verdict = verdicts.get(cell.index());
                !matches!(verdict, Some(Verdict::Decided(Outcome::Ask) | Verdict::NeedsAnswers))
            }
            Some(_) => true,
        };
        let dues = document.dues.iter().filter(|(cell, _)| cells.contains(cell));
        let due = dues.min_by_key(|(cell, due)| (is_behind(*cell, *due), self.day(*due).is_none(), self.day(*due)));
        // With a day ahead, it is needed for the cells for which it has not been due.
        let is_late = |cell: &CellIx| document.dues.iter().any(|(of, due)| of == cell && is_behind(*cell, *due));
        let is_ahead = due.is_some_and(|(cell, _)| !is_late(cell));
        let needed_for = cells.iter().filter(|cell| !is_ahead || !is_late(cell));
        let due = due.map(|(_, due)| *due);
        ChecklistItem {
            id: document.id.clone(),
            title: document.title.clone(),
            what: document.what.clone(),
            why: document.why.clone(),
            form: document.form.clone(),
            consequence: document.consequence.clone(),
            note: document.note.clone(),
            place: document.place.clone(),
            ladder: document.ladder,
            done: None,
            needed,
            due: due.map(|moment| self.falls_due(moment)),
            issued_from: document.issued_from.map(|moment| self.moment(moment)),
            issued_until: document.issued_until.map(|moment| self.moment(moment)),
            depends_on: document.depends_on.clone(),
            cells: needed_for.map(|cell| self.rulebook[*cell].title.clone()).collect(),
            basis: document.grounds.basis.clone(),
            cited: self.cited(&document.grounds.sources),
        }
    }
}
