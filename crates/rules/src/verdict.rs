//! One verdict for each cell, from the rules alone.

use crate::facts::{Facts, Future, Lens};
use crate::possible::Possible;
use crate::rulebook::{Cell, CellIx, QuestionIx, RuleIx};

/// What a complete set of answers comes to in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing that the rules can check stands in the way.
    Open,
    /// Something is still to be done, and can be.
    NotYet,
    /// The rules do not say: whom to ask.
    Ask,
    /// A requirement cannot be met any more.
    Unmet,
    /// Closed for another cause: a position in the cell's kinds.
    Closed(u8),
}

/// What is reported while answers may still be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every admissible way to complete the answers gives this.
    Decided(Outcome),
    /// Answers are missing, not known, or contradict each other.
    NeedsAnswers,
}

/// A set of outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes(u32);

impl Outcomes {
    fn bit(outcome: Outcome) -> u32 {
        1 << match outcome {
            Outcome::Open => 0,
            Outcome::NotYet => 1,
            Outcome::Ask => 2,
            Outcome::Unmet => 3,
            Outcome::Closed(kind) => 4 + u32::from(kind.min(27)),
        }
    }

    fn add(&mut self, outcome: Outcome) {
        self.0 |= Outcomes::bit(outcome);
    }

    fn add_all(&mut self, other: Outcomes) {
        self.0 |= other.0;
    }

    #[must_use]
    pub fn contains(self, outcome: Outcome) -> bool {
        self.0 & Outcomes::bit(outcome) != 0
    }

    /// The only one, if there is just one.
    #[must_use]
    pub fn single(self) -> Option<Outcome> {
        if !self.0.is_power_of_two() {
            return None;
        }
        Some(match self.0.trailing_zeros() {
            0 => Outcome::Open,
            1 => Outcome::NotYet,
            2 => Outcome::Ask,
            3 => Outcome::Unmet,
            kind => Outcome::Closed(u8::try_from(kind - 4).unwrap_or(u8::MAX)),
        })
    }
}

/// What all readings together can say of a rule.
#[derive(Clone, Copy)]
struct AllReadings {
    /// All say yes: can be so, must be so.
    yes: (bool, bool),
    /// All say no.
    no: (bool, bool),
}

impl AllReadings {
    /// Looks in each of these ways to read the disagreements.
    fn of(ways: &[Vec<u8>], value: impl Fn(Lens<'_>) -> Possible, future: Future, strong: bool) -> AllReadings {
        let mut all = AllReadings { yes: (true, true), no: (true, true) };
        for readings in ways {
            let value = value(Lens { future, strong, readings });
            let no = Possible::NO | Possible::DROPPED;
            all.yes.0 &= value.can(Possible::YES);
            all.yes.1 &= value.must(Possible::YES);
            all.no.0 &= value.can(no);
            all.no.1 &= value.must(no);
        }
        all
    }
}

impl Facts<'_> {
    /// The outcomes that are not ruled out: a superset of what the ways to complete the answers give, and exactly one
    /// outcome when the answers are complete.
    #[must_use]
    pub fn outcomes(&self, cell: CellIx) -> Outcomes {
        let cell = &self.rulebook[cell];
        let mut outcomes = Outcomes::default();
        let (mut free, mut blocked) = (true, false);
        for &(kind, rule) in &cell.closed {
            let ways = self.ways(cell, rule);
            let said = AllReadings::of(ways, |lens| self.rule(rule, lens), Future::AsItIs, false);
            let strongly = AllReadings::of(ways, |lens| self.rule(rule, lens), Future::AsItIs, true);
            if strongly.yes.0 {
                outcomes.add(Outcome::Closed(kind));
            }
            if strongly.yes.1 {
                return outcomes;
            }
            if !said.no.1 && (!said.no.0 || self.can_differ(cell, rule)) {
                blocked = true;
            }
            free &= said.no.0;
        }
        let hopeless = self.required(cell, Future::AtBest, true).no;
        if hopeless.0 {
            outcomes.add(Outcome::Unmet);
        }
        if hopeless.1 {
            return outcomes;
        }
        if blocked {
            outcomes.add(Outcome::Ask);
        }
        if !free {
            return outcomes;
        }
        let (open, not_yet) = match self.as_of() {
            Some(as_of) if as_of.instant >= self.rulebook.check_by => (Outcome::Ask, Outcome::Ask),
            _ => (Outcome::Open, Outcome::NotYet),
        };
        let covered = self.condition(&cell.covered, Lens::PLAIN);
        let now = self.required(cell, Future::AsItIs, false).yes;
        if now.0 && covered.can(Possible::YES) {
            outcomes.add(open);
        }
        if now.0 && !covered.must(Possible::YES) {
            outcomes.add(Outcome::Ask);
        }
        if now.1 {
            return outcomes;
        }
        let at_best = self.required(cell, Future::AtBest, false).yes;
        if at_best.0 {
            outcomes.add(not_yet);
        }
        if !at_best.1 {
            outcomes.add(Outcome::Ask);
        }
        outcomes
    }

    /// The requirements of a cell together. What no disagreement touches is looked at once for all readings.
    fn required(&self, cell: &Cell, future: Future, strong: bool) -> AllReadings {
        let rules =
            |disputed: bool| cell.requires.iter().filter(move |rule| self.rulebook[**rule].disputed == disputed);
        let first = Lens { future, strong, readings: cell.ways.first().map_or(&[], Vec::as_slice) };
        let settled = rules(false).fold(Possible::DROPPED, |all, rule| all.and(self.rule(*rule, first)));
        let value = |lens: Lens<'_>| rules(true).fold(settled, |all, rule| all.and(self.rule(*rule, lens))).or_met();
        AllReadings::of(&cell.ways, value, future, strong)
    }

    /// The ways to read the disagreements that can tell this rule apart.
    fn ways<'c>(&self, cell: &'c Cell, rule: RuleIx) -> &'c [Vec<u8>] {
        if self.rulebook[rule].disputed { &cell.ways } else { cell.ways.get(..1).unwrap_or_default() }
    }

    /// Whether a closing rule can be doubtful: the readings can differ, or only weak sources say it.
    fn can_differ(&self, cell: &Cell, rule: RuleIx) -> bool {
        let lens = |strong, readings| Lens { future: Future::AsItIs, strong, readings };
        let weak = self.ways(cell, rule).iter().any(|way| {
            let plain = self.rule(rule, lens(false, way));
            let strong = self.rule(rule, lens(true, way));
            plain.can(Possible::CANNOT_SAY) || (plain.can(Possible::YES) && strong.can(Possible::CANNOT_SAY))
        });
        weak || (cell.ways.len() > 1 && self.rulebook[rule].disputed)
    }

    /// The verdict of a cell: decided as soon as every admissible way to complete the answers agrees.
    pub fn verdict(&mut self, cell: CellIx) -> Verdict {
        if self.contradicts() {
            return Verdict::NeedsAnswers;
        }
        match self.exact_outcomes(cell).single() {
            Some(outcome) => Verdict::Decided(outcome),
            None => Verdict::NeedsAnswers,
        }
    }

    /// The outcomes over all admissible ways to complete the answers; stops at the second one found.
    fn exact_outcomes(&mut self, cell: CellIx) -> Outcomes {
        let bound = self.outcomes(cell);
        if bound.single().is_some() {
            return bound;
        }
        let Some(question) = self.open_questions(cell).into_iter().next() else {
            return bound;
        };
        let mut found = Outcomes::default();
        self.each_class(question, |facts| {
            found.add_all(facts.exact_outcomes(cell));
            found.single().is_some() || found == Outcomes::default()
        });
        found
    }

    /// Tries one answer of each class that is admissible, while `go_on` says so; then the question is as before.
    fn each_class(&mut self, question: QuestionIx, mut go_on: impl FnMut(&mut Self) -> bool) {
        let before = self.value(question);
        for class in self.classes(question) {
            self.set(question, Some(class));
            if !self.contradicts() && !go_on(self) {
                break;
            }
        }
        self.set(question, before);
    }

    /// Whether what is known breaks a constraint, whatever else is answered.
    #[must_use]
    pub fn contradicts(&self) -> bool {
        let mut constraints = self.rulebook.constraints.iter();
        constraints.any(|c| self.condition(&c.holds_when, Lens::PLAIN) == Possible::NO)
    }

    /// The questions without a known value that an unsettled part of the cell looks at, in the author's order. It only
    /// shrinks as answers come in; some of them may turn out not to matter (see [`Facts::can_change`]).
    #[must_use]
    pub fn open_questions(&self, cell: CellIx) -> Vec<QuestionIx> {
        let cell = &self.rulebook[cell];
        let mut found = Vec::new();
        for rule in cell.closed.iter().map(|(_, rule)| rule).chain(&cell.requires) {
            for readings in self.ways(cell, *rule) {
                for (future, strong) in [(Future::AsItIs, false), (Future::AtBest, false), (Future::AtBest, true)] {
                    self.open_in_rule(*rule, Lens { future, strong, readings }, &mut found);
                }
            }
        }
        self.open_in(&cell.covered, Lens::PLAIN, &mut found);
        found.sort_unstable();
        found
    }

    /// Whether two admissible ways to complete the answers that differ in this question alone come to different
    /// outcomes. A search that would go on for too long counts as yes.
    pub fn can_change(&mut self, cell: CellIx, question: QuestionIx) -> bool {
        let mut steps = 2_000;
        self.search_change(cell, question, &mut steps)
    }

    fn search_change(&mut self, cell: CellIx, question: QuestionIx, steps: &mut u32) -> bool {
        let mut union = Outcomes::default();
        let (mut all_single, mut unsettled) = (true, None);
        self.each_class(question, |facts| {
            let outcomes = facts.outcomes(cell);
            union.add_all(outcomes);
            if outcomes.single().is_none() {
                all_single = false;
                unsettled = unsettled.or_else(|| facts.open_questions(cell).into_iter().find(|q| *q != question));
            }
            true
        });
        if union.single().is_some() || union == Outcomes::default() {
            return false;
        }
        let Some(other) = unsettled else {
            return all_single;
        };
        *steps = steps.saturating_sub(1);
        if *steps == 0 {
            return true;
        }
        let mut changes = false;
        self.each_class(other, |facts| {
            changes = facts.search_change(cell, question, steps);
            !changes
        });
        changes
    }
}
