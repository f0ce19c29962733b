//! Answers that cannot all be right.

use crate::facts::{Facts, Lens};
use crate::possible::Possible;
use crate::rulebook::{Condition, Constraint, QuestionIx};
use crate::sort::{each_once, sort_by};

/// The fewest answers that cannot all be right, and the constraints that they break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// In the author's order.
    pub questions: Vec<QuestionIx>,
    /// Positions in the rulebook's constraints.
    pub constraints: Vec<usize>,
}

/// How constraints are looked at: a contradiction is one for strong eyes, and no soft day makes one.
const CERTAINLY: Lens<'static> = Lens { strong: true, ..Lens::PLAIN };

impl Facts<'_> {
    /// Whether what is known breaks a constraint, whatever else is answered.
    #[must_use]
    pub fn contradicts(&self) -> bool {
        self.rulebook.constraints.iter().any(|constraint| self.holds(constraint) == Possible::NO)
    }

    /// Whether a constraint holds whatever else is answered.
    pub(crate) fn surely_holds(&self, constraint: usize) -> bool {
        !self.holds(&self.rulebook.constraints[constraint]).can(Possible::NO)
    }

    fn holds(&self, constraint: &Constraint) -> Possible {
        self.condition(&constraint.holds_when, CERTAINLY)
    }

    /// Whether the answers can be completed without breaking a constraint.
    #[must_use]
    pub fn is_admissible(&self) -> bool {
        let mut facts = self.clone();
        (0..self.rulebook.constraints.len()).all(|group| facts.admits_group(group))
    }

    /// Whether the answers can be completed without breaking one of these constraints.
    pub(crate) fn admits(&mut self, constraints: &[usize]) -> bool {
        self.admits_once(constraints, constraints)
    }

    /// The same, where of these constraints only those that changed may be settled.
    fn admits_once(&mut self, changed: &[usize], constraints: &[usize]) -> bool {
        // What holds whatever else is answered goes on to hold.
        let mut unsettled = Vec::with_capacity(constraints.len());
        for number in constraints {
            let constraint = &self.rulebook.constraints[*number];
            let holds = if changed.contains(number) { self.holds(constraint) } else { Possible::OPEN };
            if holds == Possible::NO {
                return false;
            }
            unsettled.extend(holds.can(Possible::NO).then_some(*number));
        }
        let mut conditions = unsettled.iter().map(|number| &self.rulebook.constraints[*number].holds_when);
        let open = conditions.find_map(|condition| self.first_open_in(condition, CERTAINLY));
        let Some(question) = open else { return true };
        let before = self.value(question);
        let changed = self.constraints_of(question);
        let admits = self.classes(question).iter().any(|class| {
            self.set(question, Some(*class));
            self.admits_once(changed, &unsettled)
        });
        self.set(question, before);
        admits
    }

    /// A question without a known value that constraints tie to this one.
    pub(crate) fn tied_to(&self, question: QuestionIx) -> Option<QuestionIx> {
        let mut tied = Vec::new();
        for number in self.group_of_constraints(self.group(question)?) {
            self.open_in(&self.rulebook.constraints[*number].holds_when, CERTAINLY, &mut tied);
        }
        tied.into_iter().find(|other| *other != question)
    }

    /// Sets of answers that cannot all be right, each as small as can be, and each for constraints of its own.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        let mut clashes = Vec::new();
        for group in 0..self.rulebook.constraints.len() {
            let mut left = self.group_of_constraints(group).to_vec();
            while let Some(clash) = self.clash(&left) {
                left.retain(|constraint| !clash.constraints.contains(constraint));
                clashes.push(clash);
            }
        }
        sort_by(&mut clashes, |a, b| (a.questions.len(), &a.questions).cmp(&(b.questions.len(), &b.questions)));
        clashes
    }

    /// The fewest answers that cannot all be right by these constraints; of several such sets the first in the author's
    /// order. None when the answers can be completed.
    fn clash(&self, constraints: &[usize]) -> Option<Clash> {
        if self.clone().admits(constraints) {
            return None;
        }
        let mut known: Vec<QuestionIx> = Vec::new();
        for constraint in constraints {
            self.looked_at(&self.rulebook.constraints[*constraint].holds_when, &mut known);
        }
        let known = each_once(known);
        let mut only = self.clone();
        known.iter().for_each(|question| only.set(*question, None));
        let questions = (1..=known.len()).find_map(|size| only.clashing(self, &known, size, constraints))?;
        questions.iter().for_each(|question| only.set(*question, self.value(*question)));
        // One constraint after the other is left out, as long as the rest still clashes.
        let mut clashing = constraints.to_vec();
        for number in constraints {
            let fewer: Vec<usize> = clashing.iter().copied().filter(|other| other != number).collect();
            if !only.admits(&fewer) {
                clashing = fewer;
            }
        }
        Some(Clash { questions, constraints: clashing })
    }

    /// The first set of this many answers, out of those known, that cannot be completed.
    fn clashing(
        &mut self,
        answers: &Facts<'_>,
        known: &[QuestionIx],
        size: usize,
        constraints: &[usize],
    ) -> Option<Vec<QuestionIx>> {
        if size == 0 {
            return if self.admits(constraints) { None } else { Some(Vec::new()) };
        }
        known.iter().enumerate().find_map(|(place, question)| {
            self.set(*question, answers.value(*question));
            let rest = self.clashing(answers, &known[place + 1..], size - 1, constraints);
            self.set(*question, None);
            rest.map(|rest| [vec![*question], rest].concat())
        })
    }

    /// The questions with a known answer that the condition looks at, scopes and rules included, some perhaps twice.
    fn looked_at(&self, condition: &Condition, found: &mut Vec<QuestionIx>) {
        condition.each_leaf(&mut |leaf| match (leaf, leaf.question()) {
            (Condition::Rule(rule), _) => {
                self.rulebook[*rule].bodies().for_each(|(condition, _)| self.looked_at(condition, found));
            }
            (_, Some(question)) => {
                found.extend(self.value(question).map(|_| question));
                if let Some(scope) = &self.rulebook[question].relevant_when {
                    self.looked_at(scope, found);
                }
            }
            _ => {}
        });
    }
}
