//! What would change a verdict: the smallest sets of answers that, given otherwise, turn it.
//!
//! Every set is found by re-evaluating the changed answers. To change a verdict at least one answer of each of its
//! reasons must change, so the search tries only those: first one answer, then two, then three.

use crate::answers::Answer;
use crate::facts::Facts;
use crate::possible::Possible;
use crate::rulebook::{CellIx, Change, Condition, MomentIx, QuestionIx, RuleIx};
use crate::trial::Trial;
use crate::verdict::{Outcome, Verdict};

/// Sets of more changes than this help nobody.
const MOST_CHANGES: usize = 3;
/// At most this many sets are given.
const MOST_SETS: usize = 6;
/// More verdicts than this are not tried: the search is for a page that somebody waits for.
const MOST_TRIES: u32 = 1_000;

/// Whether a person can still bring the change about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feasible {
    /// By doing something, by waiting or by finding a paper.
    StillPossible,
    /// Only if the answer was wrong.
    OnlyIfWrong,
    /// What would have had to happen is due no more.
    TooLate,
}

/// Answers that, given otherwise, turn the verdict; take one of them out and it does not turn.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSet {
    pub changes: Vec<(QuestionIx, Answer)>,
    /// What the verdict would be: open or not yet.
    pub becomes: Outcome,
    pub feasible: Feasible,
    /// By when, where the rules that look at these answers have a date.
    pub by: Option<MomentIx>,
}

/// What a verdict hangs on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leverage {
    /// The easiest first.
    pub sets: Vec<ChangeSet>,
    /// Every set of up to three changes was tried, and none leaves questions open; otherwise others may exist.
    pub complete: bool,
    /// No change that can still be brought about opens the cell, or leaves questions open that might.
    pub too_late: bool,
    /// Answers that can each turn the verdict by themselves, to whatever: worth checking twice.
    pub rests_on: Vec<QuestionIx>,
    /// Answers that could be otherwise without changing the verdict.
    pub indifferent: Vec<QuestionIx>,
}

impl Facts<'_> {
    /// What the decided outcome of a cell hangs on.
    #[must_use]
    pub fn leverage(&self, cell: CellIx, outcome: Outcome) -> Leverage {
        let mut leverage = Leverage::default();
        let mut trial = Trial::new(self, cell);
        for question in trial.answered() {
            let answer = self.value(question);
            trial.set(question, None);
            let turns = trial.any_class(question, |trial| trial.escapes(outcome));
            trial.set(question, answer);
            let list = if turns { &mut leverage.rests_on } else { &mut leverage.indifferent };
            list.push(question);
        }
        if matches!(outcome, Outcome::Open | Outcome::NotYet) {
            return leverage;
        }
        let questions = self.rulebook[cell].questions.iter().copied();
        let possible = questions.filter(|q| self.feasible(cell, &[*q]).0 == Feasible::StillPossible).collect();
        let mut search = Search { facts: self, cell, sets: Vec::new(), tries: MOST_TRIES, only: Some(possible) };
        // What can still be brought about comes first: there is less of it, and it matters most.
        let all_told = search.all_told();
        leverage.too_late = all_told && search.sets.is_empty();
        search.only = None;
        leverage.complete = search.all_told();
        leverage.sets = search.sets;
        leverage
            .sets
            .sort_by_key(|set| (set.feasible, set.changes.len(), set.changes.iter().map(|c| c.0).collect::<Vec<_>>()));
        leverage.sets.truncate(MOST_SETS);
        leverage
    }

    /// Whether a change concerns a question that is out of scope once all are made.
    fn is_idle(&self, set: &[(QuestionIx, Answer)]) -> bool {
        set.iter().any(|(question, _)| !self.scope(*question).can(Possible::YES))
    }

    /// Whether the answers to these questions can still be changed, and by when.
    fn feasible(&self, cell: CellIx, questions: &[QuestionIx]) -> (Feasible, Option<MomentIx>) {
        let mut worst = Feasible::StillPossible;
        let mut earliest: Option<MomentIx> = None;
        for question in questions {
            let due = self.due_of(cell, *question);
            let late = due.is_some_and(|moment| self.passed(moment) == Possible::YES);
            let feasible = match self.rulebook[*question].change {
                Change::Fixed | Change::Correction => Feasible::OnlyIfWrong,
                Change::Time | Change::Action | Change::Paper if late => Feasible::TooLate,
                Change::Time | Change::Action | Change::Paper => Feasible::StillPossible,
            };
            worst = worst.max(feasible);
            if let Some(moment) = due.filter(|_| feasible == Feasible::StillPossible)
                && earliest.is_none_or(|known| self.day(moment) < self.day(known))
            {
                earliest = Some(moment);
            }
        }
        (worst, earliest)
    }

    /// The first date by which a rule of the cell wants what the question asks about.
    fn due_of(&self, cell: CellIx, question: QuestionIx) -> Option<MomentIx> {
        let mut waiting: Vec<RuleIx> = self.rulebook[cell].requires.clone();
        let mut seen: Vec<RuleIx> = Vec::new();
        let mut earliest: Option<MomentIx> = None;
        while let Some(ix) = waiting.pop() {
            if seen.contains(&ix) {
                continue;
            }
            seen.push(ix);
            let rule = &self.rulebook[ix];
            let mut looks = false;
            for (condition, _) in rule.bodies() {
                condition.each_leaf(&mut |leaf| match leaf {
                    Condition::Rule(inner) => waiting.push(*inner),
                    leaf => looks |= leaf.question() == Some(question),
                });
            }
            if let (true, Some(due)) = (looks, rule.due)
                && self.day(due).is_some()
                && earliest.is_none_or(|known| self.day(due) < self.day(known))
            {
                earliest = Some(due);
            }
        }
        earliest
    }
}

impl Trial<'_> {
    /// The questions of the cell that have a known answer and are in scope.
    fn answered(&self) -> Vec<QuestionIx> {
        let questions = self.cell.questions.iter().copied();
        let known = |q: &QuestionIx| self.facts.value(*q).is_some() && self.facts.scope(*q).can(Possible::YES);
        questions.filter(known).collect()
    }
}

/// The search for sets of changes.
struct Search<'s, 'a> {
    facts: &'s Facts<'a>,
    cell: CellIx,
    sets: Vec<ChangeSet>,
    /// Verdicts that may still be tried.
    tries: u32,
    /// Only answers to these questions are changed.
    only: Option<Vec<QuestionIx>>,
}

impl Search<'_, '_> {
    /// Tries one change, then two, then three, so that a smaller set is known before a larger one is tried. Whether all
    /// were tried, and each led to a verdict.
    fn all_told(&mut self) -> bool {
        let mut layer: Vec<Vec<(QuestionIx, Answer)>> = vec![Vec::new()];
        let mut told = true;
        for _ in 0..MOST_CHANGES {
            let mut next = Vec::new();
            for changes in layer {
                told &= self.extend(&changes, &mut next);
            }
            layer = next;
        }
        told
    }

    /// Tries every way to change one more answer; what does not turn the verdict yet goes to `next`. Whether all were
    /// tried, and each led to a verdict.
    fn extend(&mut self, changes: &[(QuestionIx, Answer)], next: &mut Vec<Vec<(QuestionIx, Answer)>>) -> bool {
        if self.tries == 0 {
            return false;
        }
        let mut changed = Trial::new(self.facts, self.cell);
        changes.iter().for_each(|(question, answer)| changed.set(*question, Some(*answer)));
        // What turns the verdict changes an answer of each of its reasons, and of each clash.
        let reason = match changed.verdict() {
            Verdict::Decided(outcome) => changed.clone().one_reason(outcome),
            Verdict::NeedsAnswers => changed.facts.clashes().pop().map(|clash| clash.questions),
        };
        let Some(reason) = reason else { return false };
        let mut told = true;
        for question in reason {
            if changes.iter().any(|(other, _)| *other == question) {
                continue;
            }
            if self.only.as_ref().is_some_and(|only| !only.contains(&question)) {
                continue;
            }
            let before = changed.facts.value(question);
            for &class in &self.facts.rulebook[question].classes {
                if before == Some(class) {
                    continue;
                }
                let mut set = changes.to_vec();
                set.push((question, class));
                set.sort_by_key(|(question, _)| *question);
                if self.sets.iter().any(|smaller| covers(&smaller.changes, &set)) || next.contains(&set) {
                    continue;
                }
                if self.tries == 0 {
                    return false;
                }
                self.tries -= 1;
                changed.set(question, Some(class));
                match changed.verdict() {
                    Verdict::Decided(becomes @ (Outcome::Open | Outcome::NotYet)) if !changed.facts.is_idle(&set) => {
                        let questions: Vec<QuestionIx> = set.iter().map(|(question, _)| *question).collect();
                        let (feasible, by) = self.facts.feasible(self.cell, &questions);
                        self.sets.push(ChangeSet { changes: set, becomes, feasible, by });
                    }
                    Verdict::Decided(_) => next.push(set),
                    Verdict::NeedsAnswers if changed.is_admissible() => told = false,
                    // One more change may mend the contradiction.
                    Verdict::NeedsAnswers => next.push(set),
                }
            }
            changed.set(question, before);
        }
        told
    }
}

/// Whether a set of changes concerns no other questions than the larger one.
fn covers(smaller: &[(QuestionIx, Answer)], larger: &[(QuestionIx, Answer)]) -> bool {
    smaller.iter().all(|(question, _)| larger.iter().any(|(other, _)| other == question))
}
