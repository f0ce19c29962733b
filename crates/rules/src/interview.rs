//! What to ask next: from the rules alone, never from a routing table.

use crate::answers::{Answer, Answers};
use crate::calendar::Behind;
use crate::facts::Facts;
use crate::possible::Possible;
use crate::rulebook::{CellIx, DocumentIx, QuestionIx};
use crate::sort::{each_once, sort_by_key};
use crate::trial::{Subject, Trial};
use crate::verdict::Verdict;
use std::cmp::Reverse;

/// Questions that make no difference often come together. After so many of them for one cell, all others like them are
/// looked for at once.
const MOST_IDLE: u8 = 3;

/// What is still open for the chosen cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    /// The next question, if any can still change something.
    pub next: Option<QuestionIx>,
    /// No more than this many questions can still come.
    pub at_most_more: usize,
    /// Questions answered with *don't know*, dates that are not known exactly enough, and what should have been decided by
    /// now; and what hangs on it.
    pub find_out: Vec<(QuestionIx, Bearing)>,
}

/// What an answer can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearing {
    Nothing,
    /// Only which documents are called for.
    Documents,
    /// A chosen cell.
    Verdict,
}

impl<'a> Facts<'a> {
    /// The next question and all that is left: a question is asked only while it can change a chosen cell, or a
    /// document that a chosen cell calls for. Inside the current topic first, then the one that settles most, then in
    /// the author's order; skipped ones come last.
    #[must_use]
    pub fn interview(&self, answers: &Answers, verdicts: &[Verdict], current: Option<QuestionIx>) -> Interview {
        let mut trial = None;
        let open = verdicts
            .iter()
            .enumerate()
            .map(|(cell, verdict)| Trial::on(&mut trial, self, Subject::Cell(CellIx::nth(cell))).open_for(*verdict));
        let open: Vec<Vec<QuestionIx>> = open.collect();
        let open: Vec<&[QuestionIx]> = open.iter().map(Vec::as_slice).collect();
        self.interview_on(&mut trial, answers, verdicts, &open, current)
    }

    /// The same, with what is open for each cell.
    pub(crate) fn interview_on(
        &self,
        trial: &mut Option<Trial<'a>>,
        answers: &Answers,
        verdicts: &[Verdict],
        open: &[&[QuestionIx]],
        current: Option<QuestionIx>,
    ) -> Interview {
        let is_undecided = |cell: usize| verdicts[cell] == Verdict::NeedsAnswers || !open[cell].is_empty();
        let undecided: Vec<CellIx> = (0..verdicts.len())
            .filter(|cell| answers.is_chosen(*cell) && is_undecided(*cell))
            .map(CellIx::nth)
            .collect();
        let cells = undecided.iter().map(|cell| (Subject::Cell(*cell), open[cell.index()].to_vec()));
        let mut asking: Vec<Asking> =
            cells.map(|(subject, open)| Asking { subject, open, beyond: false, idle: 0 }).collect();
        // A cell that is closed for one cause or another is asked about again once neither is left that it can be said to be
        // closed for. With it its documents come back, so their questions count already.
        let mut back = Vec::new();
        for number in 0..self.rulebook.documents.len() {
            let document = DocumentIx::nth(number);
            let (mut wanted, mut may_come_back) = (false, false);
            for cell in self.rulebook[document].cells.iter().map(|cell| cell.index()) {
                let chosen = answers.is_chosen(cell);
                wanted |= chosen && !is_closed(verdicts[cell]);
                may_come_back |= chosen && !open[cell].is_empty();
            }
            if wanted || may_come_back {
                let subject = Subject::Document(document);
                let open = Trial::on(trial, self, subject).open_questions();
                if !wanted {
                    back.extend(open);
                } else if !open.is_empty() {
                    asking.push(Asking { subject, open, beyond: false, idle: 0 });
                }
            }
        }
        let mut all = each_once(asking.iter().flat_map(|asking| &asking.open).copied());
        // More answers mend no contradiction: first those that clash have to be looked at again.
        let admissible = trial.as_mut().map_or_else(|| self.is_admissible(), Trial::is_admissible);
        if !admissible {
            all.retain(|question| self.is_given(answers, *question));
        }

        let (asked, waiting): (Vec<QuestionIx>, Vec<QuestionIx>) =
            all.into_iter().partition(|question| self.is_given(answers, *question));
        let not_known = answers.iter().filter(|(question, answer)| {
            *answer == Answer::DontKnow
                && asked.binary_search(question).is_err()
                && self.scope(*question).can(Possible::YES)
        });
        let mut find_out: Vec<_> = not_known.map(|(question, _)| (question, Bearing::Nothing)).collect();
        let decides = |question: &QuestionIx| {
            asking.iter().any(|asking| asking.open.contains(question) && matches!(asking.subject, Subject::Cell(_)))
        };
        find_out.extend(
            asked
                .iter()
                .map(|question| (*question, if decides(question) { Bearing::Verdict } else { Bearing::Documents })),
        );
        // What should have been decided by now: where to look.
        let overdue = answers.iter().map(|(question, _)| question).filter(|question| {
            self.is_overdue(*question)
                && self.scope(*question).can(Possible::YES)
                && asked.binary_search(question).is_err()
        });
        find_out.extend(overdue.map(|question| (question, Bearing::Verdict)));
        sort_by_key(&mut find_out, |(question, _)| *question);

        back.retain(|question| waiting.binary_search(question).is_err() && !self.is_given(answers, *question));
        let back = each_once(back).len();

        let topic = current.map(|question| self.topic(question));
        let place = |question: &QuestionIx| {
            let skipped = answers.get(*question) == Some(Answer::Skipped);
            (skipped, Some(self.topic(*question)) != topic)
        };
        let mut places: Vec<_> = waiting.iter().map(place).collect();
        sort_by_key(&mut places, |place| *place);
        places.dedup();
        asking.iter_mut().for_each(|asking| asking.open.retain(|question| waiting.binary_search(question).is_ok()));
        let next = places.into_iter().find_map(|here| {
            let asked_for = |question: &QuestionIx| asking.iter().any(|asking| asking.open.contains(question));
            let here = waiting.iter().copied().filter(|question| place(question) == here && asked_for(question));
            let here: Vec<QuestionIx> = here.collect();
            let settled = self.settled_by(&here, &asking, trial);
            let mut ranked: Vec<_> = here.into_iter().zip(settled).map(|(q, settled)| (Reverse(settled), q)).collect();
            sort_by_key(&mut ranked, |rank| *rank);
            ranked.into_iter().map(|(_, question)| question).find(|question| {
                let mut asking = asking.iter_mut().filter(|asking| asking.open.contains(question));
                asking.any(|asking| asking.matters(Trial::on(trial, self, asking.subject), *question, &asked))
            })
        });
        Interview { next, at_most_more: if next.is_some() { waiting.len() + back } else { 0 }, find_out }
    }

    /// How much one answer to each of these questions settles, as a share of 720: answers after which a cell is decided,
    /// out of all.
    fn settled_by(&self, questions: &[QuestionIx], asking: &[Asking], trial: &mut Option<Trial<'a>>) -> Vec<usize> {
        let mut settled = vec![0; questions.len()];
        if questions.len() < 2 {
            return settled;
        }
        let cells = asking.iter().filter_map(|Asking { subject, open, .. }| match subject {
            Subject::Cell(cell) => Some((*cell, open)),
            Subject::Document(_) => None,
        });
        let cells: Vec<(CellIx, &Vec<QuestionIx>)> = cells.collect();
        // What rules come to after an answer is the same for all cells that share their ways to read.
        for sharing in cells.chunk_by(|one, other| self.ways(one.0) == self.ways(other.0)) {
            let trial = Trial::on(trial, self, Subject::Cell(sharing[0].0));
            for (question, settled) in questions.iter().zip(&mut settled) {
                let looking = sharing.iter().filter(|(cell, open)| {
                    trial.turn_to(Subject::Cell(*cell));
                    open.contains(question) && trial.may_settle(*question)
                });
                let looking: Vec<CellIx> = looking.map(|(cell, _)| *cell).collect();
                if looking.is_empty() {
                    continue;
                }
                trial.any_class(*question, |trial| {
                    for cell in &looking {
                        trial.turn_to(Subject::Cell(*cell));
                        *settled += usize::from(trial.outcomes().single().is_some());
                    }
                    false
                });
            }
        }
        let shares = questions.iter().zip(settled);
        shares.map(|(question, settled)| settled * 720 / self.classes(*question).len().max(1)).collect()
    }

    /// Whether the person has dealt with the question, even by *don't know*. A plan for a day that has passed is asked
    /// again, and so is what cannot be true any more.
    fn is_given(&self, answers: &Answers, question: QuestionIx) -> bool {
        match answers.get(question) {
            None | Some(Answer::Skipped) => false,
            Some(Answer::DontKnow) => true,
            Some(_) => self.value(question).is_some(),
        }
    }

    /// Whether what was answered should not be true any more, by a soft day.
    fn is_overdue(&self, question: QuestionIx) -> bool {
        let choice = match self.value(question) {
            Some(Answer::Choice(choice)) => self.rulebook[question].choice_at(choice),
            _ => None,
        };
        let not_after = choice.and_then(|choice| choice.not_after);
        not_after.and_then(|moment| self.over(moment)) == Some(Behind::Softly)
    }
}

/// What is not settled.
struct Asking {
    subject: Subject,
    /// The questions that are open for it.
    open: Vec<QuestionIx>,
    /// Only those are left that make a difference whatever the person does not know.
    beyond: bool,
    /// How many of them turned out to make no difference.
    idle: u8,
}

impl Asking {
    /// Whether the answer to an open question can still change something. A search that would go on for too long counts as
    /// yes.
    fn matters(&mut self, trial: &mut Trial<'_>, question: QuestionIx, not_known: &[QuestionIx]) -> bool {
        let changes = trial.can_change(question);
        self.idle += u8::from(changes == Some(false));
        if (changes.is_none() || self.idle == MOST_IDLE) && !not_known.is_empty() && !self.beyond {
            self.open = trial.open_beyond(not_known, &self.open);
            self.beyond = true;
        }
        changes.unwrap_or_else(|| self.open.contains(&question))
    }
}

/// Whether the cell is closed, for whatever cause.
#[must_use]
pub fn is_closed(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Decided(outcome) if outcome.is_closed())
}
