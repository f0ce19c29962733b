//! Answers that cannot all be right.

use crate::facts::{Facts, Lens};
use crate::possible::Possible;
use crate::rulebook::{Condition, Constraint, QuestionIx};
use crate::trial::Trial;

/// The fewest answers that cannot all be right, and the constraints that they break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// In the author's order.
    pub questions: Vec<QuestionIx>,
    /// Positions in the rulebook's constraints.
    pub constraints: Vec<usize>,
}

impl Facts<'_> {
    /// Whether what is known breaks a constraint, whatever else is answered.
    #[must_use]
    pub fn contradicts(&self) -> bool {
        self.rulebook.constraints.iter().any(|constraint| self.holds(constraint) == Possible::NO)
    }

    fn holds(&self, constraint: &Constraint) -> Possible {
        self.condition(&constraint.holds_when, Lens::PLAIN)
    }

    /// Whether the answers can be completed without breaking a constraint.
    #[must_use]
    pub fn is_admissible(&self) -> bool {
        self.clone().admits(&[])
    }

    /// The same for all constraints but those left out.
    fn admits(&mut self, left_out: &[usize]) -> bool {
        let mut open = None;
        for (number, constraint) in self.rulebook.constraints.iter().enumerate() {
            if left_out.contains(&number) {
                continue;
            }
            let holds = self.holds(constraint);
            if holds == Possible::NO {
                return false;
            }
            if open.is_none() && holds.can(Possible::NO) {
                let mut questions = Vec::new();
                self.open_in(&constraint.holds_when, Lens::PLAIN, &mut questions);
                open = questions.first().copied();
            }
        }
        let Some(question) = open else { return true };
        let before = self.value(question);
        let admits = self.classes(question).iter().any(|class| {
            self.set(question, Some(*class));
            self.admits(left_out)
        });
        self.set(question, before);
        admits
    }

    /// Sets of answers that cannot all be right, each as small as can be, and each for constraints of its own.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        let mut explained = Vec::new();
        let mut clashes = Vec::new();
        while let Some(clash) = self.clash(&explained) {
            explained.extend(&clash.constraints);
            clashes.push(clash);
        }
        clashes
    }

    /// The fewest answers that cannot all be right, whatever the constraints left out say; of several such sets the
    /// first in the author's order. None when the answers can be completed.
    fn clash(&self, left_out: &[usize]) -> Option<Clash> {
        if self.clone().admits(left_out) {
            return None;
        }
        let mut known: Vec<QuestionIx> = Vec::new();
        for constraint in &self.rulebook.constraints {
            self.looked_at(&constraint.holds_when, &mut known);
        }
        known.sort_unstable();
        let mut only = self.clone();
        known.iter().for_each(|question| only.set(*question, None));
        let questions = (1..=known.len()).find_map(|size| only.clashing(self, &known, size, left_out))?;
        questions.iter().for_each(|question| only.set(*question, self.value(*question)));
        // One constraint after the other is left out too, as long as the rest still clashes.
        let mut without = left_out.to_vec();
        for number in 0..self.rulebook.constraints.len() {
            without.push(number);
            if only.admits(&without) {
                without.pop();
            }
        }
        let constraints = (0..self.rulebook.constraints.len()).filter(|number| !without.contains(number)).collect();
        Some(Clash { questions, constraints })
    }

    /// The first set of this many answers, out of those known, that cannot be completed.
    fn clashing(
        &mut self,
        answers: &Facts<'_>,
        known: &[QuestionIx],
        size: usize,
        left_out: &[usize],
    ) -> Option<Vec<QuestionIx>> {
        if size == 0 {
            return if self.admits(left_out) { None } else { Some(Vec::new()) };
        }
        known.iter().enumerate().find_map(|(place, question)| {
            self.set(*question, answers.value(*question));
            let rest = self.clashing(answers, &known[place + 1..], size - 1, left_out);
            self.set(*question, None);
            rest.map(|rest| [vec![*question], rest].concat())
        })
    }

    /// The questions with a known answer that the condition looks at, scopes and rules included.
    fn looked_at(&self, condition: &Condition, found: &mut Vec<QuestionIx>) {
        condition.each_leaf(&mut |leaf| match (leaf, leaf.question()) {
            (Condition::Rule(rule), _) => {
                self.rulebook[*rule].bodies().for_each(|(condition, _)| self.looked_at(condition, found));
            }
            (_, Some(question)) if !found.contains(&question) => {
                if self.value(question).is_some() {
                    found.push(question);
                }
                if let Some(scope) = &self.rulebook[question].relevant_when {
                    self.looked_at(scope, found);
                }
            }
            _ => {}
        });
    }
}

impl Trial<'_> {
    /// Whether the answers can be completed without breaking a constraint.
    pub fn is_admissible(&mut self) -> bool {
        self.facts.admits(&[])
    }
}
