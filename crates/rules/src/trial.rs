//! Trying answers out for one cell.

use crate::answers::Answer;
use crate::facts::Facts;
use crate::lens::Lenses;
use crate::look::Look;
use crate::possible::PerLens;
use crate::rulebook::{AsOf, Cell, CellIx, QuestionIx, RuleIx};
use std::cell;

/// A copy of the facts to try answers out on, seen through all lenses of one cell. What a rule comes to is kept until
/// an answer changes that it depends on, so that trying out one more answer costs little.
#[derive(Clone)]
pub(crate) struct Trial<'a> {
    pub facts: Facts<'a>,
    pub cell: &'a Cell,
    pub lenses: Lenses<'a>,
    kept: Vec<cell::Cell<Option<PerLens>>>,
}

impl<'a> Trial<'a> {
    pub fn new(facts: &Facts<'a>, cell: CellIx) -> Trial<'a> {
        let cell = &facts.rulebook[cell];
        let kept = vec![cell::Cell::new(None); facts.rulebook.rules.len()];
        Trial { facts: facts.clone(), cell, lenses: Lenses::each(&cell.ways), kept }
    }

    pub fn look(&self) -> Look<'_> {
        Look::keeping(&self.facts, self.lenses, &self.kept)
    }

    /// The values that a rule can take through each lens.
    pub fn rule(&self, rule: RuleIx) -> PerLens {
        self.look().rule(rule)
    }

    pub fn set(&mut self, question: QuestionIx, value: Option<Answer>) {
        self.facts.set(question, value);
        self.facts.touched(question).iter().for_each(|rule| self.kept[rule.index()].set(None));
    }

    pub fn set_as_of(&mut self, as_of: Option<AsOf>) {
        self.facts.set_as_of(as_of);
        self.kept.iter().for_each(|kept| kept.set(None));
    }

    /// Whether the test holds for an answer of some class to the question, of those that contradict nothing; tried in
    /// order. Afterwards the question is as before.
    pub fn any_class(&mut self, question: QuestionIx, mut test: impl FnMut(&mut Self) -> bool) -> bool {
        let before = self.facts.value(question);
        let touched = self.facts.touched(question).iter();
        let kept: Vec<Option<PerLens>> = touched.map(|rule| self.kept[rule.index()].get()).collect();
        let found = self.facts.classes(question).iter().any(|class| {
            self.set(question, Some(*class));
            self.is_admissible() && test(self)
        });
        self.facts.set(question, before);
        let touched = self.facts.touched(question).iter();
        touched.zip(kept).for_each(|(rule, kept)| self.kept[rule.index()].set(kept));
        found
    }
}
