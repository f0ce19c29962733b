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
const MOST_TRIES: u32 = 200;

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
    /// Every set of up to three changes was tried; otherwise others may exist.
    pub complete: bool,
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
        // Breadth first, so that a smaller set is known before a larger one is tried.
        let mut layer: Vec<Vec<(QuestionIx, Answer)>> = vec![Vec::new()];
        let mut tries = MOST_TRIES;
        for _ in 0..MOST_CHANGES {
            let mut next = Vec::new();
            for changes in layer {
                self.extend(cell, &changes, &mut leverage.sets, &mut next, &mut tries);
            }
            layer = next;
        }
        leverage
            .sets
            .sort_by_key(|set| (set.feasible, set.changes.len(), set.changes.iter().map(|c| c.0).collect::<Vec<_>>()));
        leverage.sets.truncate(MOST_SETS);
        leverage.complete = tries > 0;
        leverage
    }

    /// Tries every way to change one more answer; what does not turn the verdict yet is tried again with another.
    fn extend(
        &self,
        cell: CellIx,
        changes: &[(QuestionIx, Answer)],
        found: &mut Vec<ChangeSet>,
        next: &mut Vec<Vec<(QuestionIx, Answer)>>,
        tries: &mut u32,
    ) {
        if *tries == 0 {
            return;
        }
        let mut changed = Trial::new(self, cell);
        changes.iter().for_each(|(question, answer)| changed.set(*question, Some(*answer)));
        let Verdict::Decided(outcome) = changed.verdict() else { return };
        let Some(reason) = changed.clone().one_reason(outcome) else { return };
        for question in reason {
            if changes.iter().any(|(other, _)| *other == question) {
                continue;
            }
            let before = changed.facts.value(question);
            for &class in &self.rulebook[question].classes {
                if before == Some(class) {
                    continue;
                }
                let mut set = changes.to_vec();
                set.push((question, class));
                set.sort_by_key(|(question, _)| *question);
                if found.iter().any(|smaller| covers(&smaller.changes, &set)) || next.contains(&set) {
                    continue;
                }
                if *tries == 0 {
                    return;
                }
                *tries -= 1;
                changed.set(question, Some(class));
                match changed.verdict() {
                    Verdict::Decided(becomes @ (Outcome::Open | Outcome::NotYet)) if !changed.facts.is_idle(&set) => {
                        let (feasible, by) = self.feasible(cell, &set);
                        found.push(ChangeSet { changes: set, becomes, feasible, by });
                    }
                    Verdict::Decided(_) => next.push(set),
                    Verdict::NeedsAnswers => {}
                }
            }
            changed.set(question, before);
        }
    }

    /// Whether a change concerns a question that is out of scope once all are made.
    fn is_idle(&self, set: &[(QuestionIx, Answer)]) -> bool {
        set.iter().any(|(question, _)| !self.scope(*question).can(Possible::YES))
    }

    fn feasible(&self, cell: CellIx, set: &[(QuestionIx, Answer)]) -> (Feasible, Option<MomentIx>) {
        let mut worst = Feasible::StillPossible;
        let mut earliest: Option<MomentIx> = None;
        for (question, _) in set {
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

/// Whether a set of changes concerns no other questions than the larger one.
fn covers(smaller: &[(QuestionIx, Answer)], larger: &[(QuestionIx, Answer)]) -> bool {
    smaller.iter().all(|(question, _)| larger.iter().any(|(other, _)| other == question))
}
