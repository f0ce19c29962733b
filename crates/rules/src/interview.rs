//! What to ask next: from the rules alone, never from a routing table.

use crate::answers::{Answer, Answers};
use crate::facts::{Facts, Lens};
use crate::possible::Possible;
use crate::rulebook::{CellIx, Condition, DocumentIx, QuestionIx};
use crate::trial::Trial;
use crate::verdict::{Outcome, Verdict};
use std::cmp::Reverse;

/// What is still open for the chosen cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    /// The next question, if any can still change something.
    pub next: Option<QuestionIx>,
    /// No more than this many questions can still come.
    pub at_most_more: usize,
    /// Questions answered with *don't know*, and dates that are not known exactly enough; and whether it matters.
    pub find_out: Vec<(QuestionIx, bool)>,
}

impl Facts<'_> {
    /// The next question and all that is left: a question is asked only while it can change a chosen cell, or a
    /// document that a chosen cell calls for. Inside the current topic first, then the one that settles most, then in
    /// the author's order; skipped ones come last.
    #[must_use]
    pub fn interview(&self, answers: &Answers, verdicts: &[Verdict], current: Option<QuestionIx>) -> Interview {
        let undecided: Vec<CellIx> = (0..verdicts.len())
            .filter(|cell| answers.is_chosen(*cell) && verdicts[*cell] == Verdict::NeedsAnswers)
            .map(CellIx::nth)
            .collect();
        let documents = self.open_documents(answers, verdicts);
        let mut open: Vec<QuestionIx> = Vec::new();
        for &cell in &undecided {
            open.extend(self.open_questions(cell));
        }
        for &document in &documents {
            self.open_in(&self.rulebook[document].needed_when, Lens::PLAIN, &mut open);
        }
        open.sort_unstable();
        open.dedup();
        // More answers mend no contradiction: first those that clash have to be looked at again.
        if !self.is_admissible() {
            open.retain(|question| self.is_given(answers, *question));
        }

        let (asked, waiting): (Vec<QuestionIx>, Vec<QuestionIx>) =
            open.into_iter().partition(|question| self.is_given(answers, *question));
        let at_most_more = waiting.len();
        let find_out = asked.into_iter().map(|question| (question, true));
        let mut find_out: Vec<_> = find_out.collect();
        for (question, answer) in answers.iter() {
            let known = find_out.iter().any(|(found, _)| *found == question);
            if answer == Answer::DontKnow && !known && self.scope(question).can(Possible::YES) {
                find_out.push((question, false));
            }
        }
        find_out.sort_unstable_by_key(|(question, _)| *question);

        let mut trials: Vec<Trial<'_>> = undecided.iter().map(|cell| Trial::new(self, *cell)).collect();
        let topic = current.map(|question| self.topic(question));
        let place = |question: &QuestionIx| {
            let skipped = answers.get(*question) == Some(Answer::Skipped);
            (skipped, Some(self.topic(*question)) != topic)
        };
        let mut places: Vec<_> = waiting.iter().map(place).collect();
        places.sort_unstable();
        places.dedup();
        let next = places.into_iter().find_map(|here| {
            let here = waiting.iter().filter(|question| place(question) == here);
            let mut ranked: Vec<_> = here.map(|q| (Reverse(self.settles(*q, &mut trials)), *q)).collect();
            ranked.sort_unstable();
            ranked.into_iter().map(|(_, question)| question).find(|question| {
                trials.iter_mut().any(|trial| trial.can_change(*question))
                    || documents.iter().any(|document| {
                        let needed = &self.rulebook[*document].needed_when;
                        self.clone().decides(needed, *question, &mut 2_000)
                    })
            })
        });
        Interview { next, at_most_more: if next.is_some() { at_most_more } else { 0 }, find_out }
    }

    /// Documents that may be needed or not, for a chosen cell that is not closed.
    fn open_documents(&self, answers: &Answers, verdicts: &[Verdict]) -> Vec<DocumentIx> {
        let wanted = |document: &DocumentIx| {
            let document = &self.rulebook[*document];
            let mut cells = document.cells.iter().map(|cell| cell.index());
            cells.any(|cell| answers.is_chosen(cell) && !is_closed(verdicts[cell]))
                && !self.condition(&document.needed_when, Lens::PLAIN).settled()
        };
        (0..self.rulebook.documents.len()).map(DocumentIx::nth).filter(wanted).collect()
    }

    /// Whether the person has dealt with the question, even by *don't know*. A plan for a day that has passed is asked
    /// again.
    fn is_given(&self, answers: &Answers, question: QuestionIx) -> bool {
        match answers.get(question) {
            None | Some(Answer::Skipped) => false,
            Some(Answer::Planned(_)) => self.value(question).is_some(),
            Some(_) => true,
        }
    }

    /// Whether the answer to the question can still tell if a condition holds, whatever else is answered: two admissible
    /// ways to complete the answers that differ in it alone come to different values. A search that would go on for too
    /// long counts as yes.
    fn decides(&mut self, condition: &Condition, question: QuestionIx, steps: &mut u32) -> bool {
        let mut open = Vec::new();
        self.open_in(condition, Lens::PLAIN, &mut open);
        if !open.contains(&question) {
            return false;
        }
        let (mut holds, mut holds_not, mut other) = (false, false, None);
        self.each_class(question, |facts| {
            let value = facts.condition(condition, Lens::PLAIN);
            holds |= value == Possible::YES;
            holds_not |= !value.can(Possible::YES);
            if other.is_none() && value.can(Possible::YES) && value != Possible::YES {
                let mut open = Vec::new();
                facts.open_in(condition, Lens::PLAIN, &mut open);
                other = open.first().copied();
            }
            false
        });
        if holds && holds_not && !self.is_constrained(question) {
            return true;
        }
        let Some(other) = other else { return holds && holds_not };
        *steps = steps.saturating_sub(1);
        *steps == 0 || self.each_class(other, |facts| facts.decides(condition, question, steps))
    }

    /// Whether the test holds for an answer of some class to the question, of those that contradict nothing; afterwards
    /// the question is as before.
    fn each_class(&mut self, question: QuestionIx, mut test: impl FnMut(&mut Self) -> bool) -> bool {
        let before = self.value(question);
        let found = self.classes(question).iter().any(|class| {
            self.set(question, Some(*class));
            self.is_admissible() && test(self)
        });
        self.set(question, before);
        found
    }

    /// How much one answer settles, as a share of 720: answers after which a cell is decided, out of all.
    fn settles(&self, question: QuestionIx, trials: &mut [Trial<'_>]) -> usize {
        let mut settled = 0;
        for trial in trials.iter_mut().filter(|trial| trial.cell.questions.contains(&question)) {
            trial.any_class(question, |trial| {
                settled += usize::from(trial.outcomes().single().is_some());
                false
            });
        }
        settled * 720 / self.classes(question).len().max(1)
    }
}

/// Whether the cell is closed, for whatever cause.
#[must_use]
pub fn is_closed(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Decided(Outcome::Unmet | Outcome::Closed(_)))
}
