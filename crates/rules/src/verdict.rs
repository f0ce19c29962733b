//! One verdict for each cell, from the rules alone.

use crate::facts::Facts;
use crate::look::Visit;
use crate::possible::{PerLens, Possible};
use crate::rulebook::{CellIx, QuestionIx};
use crate::trial::Trial;
use std::ops::ControlFlow;

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

/// What a trial about a document comes to, in the words of cells.
const NEEDED: Outcome = Outcome::Open;
const NOT_NEEDED: Outcome = Outcome::Unmet;

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
        self.first().filter(|_| self.0.is_power_of_two())
    }

    /// The first one, from open to closed.
    #[must_use]
    pub fn first(self) -> Option<Outcome> {
        Some(match self.0.trailing_zeros() {
            0 => Outcome::Open,
            1 => Outcome::NotYet,
            2 => Outcome::Ask,
            3 => Outcome::Unmet,
            32.. => return None,
            kind => Outcome::Closed(u8::try_from(kind - 4).unwrap_or(u8::MAX)),
        })
    }
}

/// A search for what can make a difference ends after so many sets of answers.
const MOST_STEPS: u32 = 400;

struct Beyond<'s> {
    not_known: &'s [QuestionIx],
    open: &'s [QuestionIx],
    /// Those of the open ones that make a difference, so far.
    found: Vec<QuestionIx>,
    /// Steps that may still be taken.
    steps: u32,
}

impl Facts<'_> {
    /// The verdict of a cell: decided as soon as every admissible way to complete the answers agrees.
    #[must_use]
    pub fn verdict(&self, cell: CellIx) -> Verdict {
        Trial::new(self, cell).verdict()
    }

    /// The outcomes that are not ruled out: a superset of what the ways to complete the answers give, and exactly one
    /// outcome when the answers are complete.
    #[must_use]
    pub fn outcomes(&self, cell: CellIx) -> Outcomes {
        Trial::new(self, cell).outcomes()
    }

    /// The questions without a known value that an unsettled part of the cell looks at, in the author's order. It only
    /// shrinks as answers come in; some of them may turn out not to matter (see [`Facts::can_change`]).
    #[must_use]
    pub fn open_questions(&self, cell: CellIx) -> Vec<QuestionIx> {
        Trial::new(self, cell).open_questions()
    }

    /// Whether two admissible ways to complete the answers that differ in this question alone come to different
    /// outcomes. A search that would go on for too long counts as yes.
    #[must_use]
    pub fn can_change(&self, cell: CellIx, question: QuestionIx) -> bool {
        Trial::new(self, cell).can_change(question).unwrap_or(true)
    }
}

impl Trial<'_> {
    /// Decided as soon as every admissible way to complete the answers agrees.
    pub fn verdict(&mut self) -> Verdict {
        if !self.is_admissible() {
            return Verdict::NeedsAnswers;
        }
        let mut first = None;
        match (self.finds_two(&mut first), first) {
            (false, Some(outcome)) => Verdict::Decided(outcome),
            _ => Verdict::NeedsAnswers,
        }
    }

    /// The outcomes that are not ruled out; see [`Facts::outcomes`].
    pub fn outcomes(&self) -> Outcomes {
        let mut outcomes = Outcomes::default();
        if let Some(needed_when) = self.needed_when {
            let needed = self.look().plainly(needed_when);
            if needed.can(Possible::YES) {
                outcomes.add(NEEDED);
            }
            if needed != Possible::YES {
                outcomes.add(NOT_NEEDED);
            }
            return outcomes;
        }
        let (look, lenses) = (self.look(), &self.lenses);
        let all = |mask: u64, lenses: u64| mask & lenses == lenses;
        let (mut free, mut blocked) = (true, false);
        for &(kind, rule) in &self.cell.closed {
            let said = look.rule(rule);
            if all(said.yes, lenses.now_strongly) {
                outcomes.add(Outcome::Closed(kind));
                if said.unsettled() & lenses.now_strongly == 0 {
                    return outcomes;
                }
            }
            let silent = all(said.no | said.dropped, lenses.now);
            let must_be_silent = silent && (said.yes | said.cannot_say) & lenses.now == 0;
            // A closing rule can be doubtful where the readings can differ, or only weak sources say it.
            let weakly = said.yes & lenses.strongly_to_now(said.cannot_say);
            let doubtful = (said.cannot_say | weakly) & lenses.now != 0
                || (self.cell.ways.len() > 1 && self.facts.rulebook[rule].disputed);
            blocked |= !must_be_silent && (!silent || doubtful);
            free &= silent;
        }
        let required = self.required_unless_no(lenses.best_strongly);
        if all(required.no, lenses.best_strongly) {
            outcomes.add(Outcome::Unmet);
            if required.unsettled() & lenses.best_strongly == 0 {
                return outcomes;
            }
        }
        if blocked {
            outcomes.add(Outcome::Ask);
        }
        if !free {
            return outcomes;
        }
        let rulebook = self.facts.rulebook;
        let (open, not_yet) = match self.facts.as_of() {
            Some(as_of) if as_of.instant >= rulebook.check_by => (Outcome::Ask, Outcome::Ask),
            _ => (Outcome::Open, Outcome::NotYet),
        };
        if all(required.yes, lenses.now) {
            let covered = look.plainly(&self.cell.covered);
            if covered.can(Possible::YES) {
                outcomes.add(open);
            }
            if !covered.must(Possible::YES) {
                outcomes.add(Outcome::Ask);
            }
            if required.unsettled() & lenses.now == 0 {
                return outcomes;
            }
        }
        let can_be_met = all(required.yes, lenses.best);
        if can_be_met {
            outcomes.add(not_yet);
        }
        if !can_be_met || required.unsettled() & lenses.best != 0 {
            outcomes.add(Outcome::Ask);
        }
        outcomes
    }

    /// What the cell's requirements come to together.
    pub fn required(&self) -> PerLens {
        self.required_unless_no(self.lenses.all())
    }

    /// The same, but once it is no through each of these lenses for certain, nothing is said of the others.
    fn required_unless_no(&self, lenses: u64) -> PerLens {
        let look = self.look();
        let mut all = PerLens::of(Possible::DROPPED, self.lenses.all());
        for rule in &self.cell.requires {
            all = all.and(look.rule(*rule));
            if all.only_no() & lenses == lenses {
                break;
            }
        }
        all.or_met()
    }

    /// Whether the admissible ways to complete the answers, of which there is one, come to two outcomes or more; the
    /// first that is found is noted.
    fn finds_two(&mut self, first: &mut Option<Outcome>) -> bool {
        let outcomes = self.outcomes();
        if let Some(first) = *first
            && !outcomes.contains(first)
        {
            return true;
        }
        let question = if outcomes.single().is_none() { self.open_question() } else { None };
        match question {
            None => {
                *first = first.or(outcomes.first());
                outcomes.single().is_none()
            }
            Some(question) => self.any_class(question, |trial| trial.finds_two(first)),
        }
    }

    /// Whether some admissible way to complete the answers, of which there is one, comes to another outcome.
    pub fn escapes(&mut self, outcome: Outcome) -> bool {
        self.escapes_telling(outcome, &mut |_| {})
    }

    /// The same; tells each time that, with answers tried out, only this outcome is left.
    pub fn escapes_telling(&mut self, outcome: Outcome, tell: &mut dyn FnMut(&Self)) -> bool {
        let outcomes = self.outcomes();
        if outcomes.single() == Some(outcome) {
            tell(self);
            return false;
        }
        let question = if outcomes.contains(outcome) { self.open_question() } else { None };
        match question {
            None => true,
            Some(question) => self.any_class(question, |trial| trial.escapes_telling(outcome, tell)),
        }
    }

    /// Notes questions of which the answers leave only this outcome: few of them where a rule closes the cell, else all.
    /// They are made to be enough, but the caller has to check it.
    pub fn carry(&self, outcome: Outcome, noted: &mut Vec<QuestionIx>) {
        let (look, lenses) = (self.look(), &self.lenses);
        if !matches!(outcome, Outcome::Closed(_) | Outcome::Unmet) {
            return noted.extend(&self.cell.questions);
        }
        for (kind, rule) in &self.cell.closed {
            let said = look.rule(*rule);
            if outcome == Outcome::Closed(*kind) && lenses.now_strongly & !said.only_yes() == 0 {
                return look.carry_rule(*rule, lenses.now_strongly, noted);
            }
            // One lens is enough to show that it does not close the cell.
            let silent = lenses.now_strongly & !said.yes;
            look.carry_rule(*rule, silent & silent.wrapping_neg(), noted);
        }
        let mut left = lenses.best_strongly;
        for rule in &self.cell.requires {
            let unmet = left & look.rule(*rule).only_no();
            look.carry_rule(*rule, unmet, noted);
            left &= !unmet;
        }
    }

    /// The questions without a known value that an unsettled part looks at; see [`Facts::open_questions`].
    pub fn open_questions(&self) -> Vec<QuestionIx> {
        let mut found = Vec::new();
        let _ = self.visit_open(&mut |question| {
            if !found.contains(&question) {
                found.push(question);
            }
            ControlFlow::Continue(())
        });
        found.sort_unstable();
        found
    }

    /// The first of them that the rules come upon.
    fn open_question(&self) -> Option<QuestionIx> {
        self.visit_open(&mut |question| ControlFlow::Break(question)).break_value()
    }

    /// Whether an unsettled part looks at the question.
    fn is_open(&self, question: QuestionIx) -> bool {
        let found = |open| if open == question { ControlFlow::Break(open) } else { ControlFlow::Continue(()) };
        self.visit_open(&mut { found }).is_break()
    }

    fn visit_open(&self, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        let (look, lenses) = (self.look(), &self.lenses);
        if let Some(needed_when) = self.needed_when {
            return look.open_plainly(needed_when, visit);
        }
        for (_, rule) in &self.cell.closed {
            look.open_in_rule(*rule, lenses.now | lenses.at_best(), visit)?;
        }
        // Once a reading stands in the way, what the others say through these lenses opens nothing any more.
        let required = self.required();
        let all = |mask: u64, lenses: u64| if mask & lenses == lenses { lenses } else { 0 };
        let (now, best) = (all(required.yes, lenses.now), all(required.yes, lenses.best));
        let looked = now | best | all(required.no, lenses.best_strongly);
        for rule in &self.cell.requires {
            look.open_in_rule(*rule, looked, visit)?;
        }
        if now == 0 {
            return ControlFlow::Continue(());
        }
        look.open_plainly(&self.cell.covered, visit)
    }

    /// Those of the open questions that can still make a difference after some answers to the others, which nobody knows. A
    /// search that would go on for too long leaves them all.
    pub fn open_beyond(&mut self, not_known: &[QuestionIx], open: &[QuestionIx]) -> Vec<QuestionIx> {
        let mut search = Beyond { not_known, open, found: Vec::new(), steps: MOST_STEPS };
        self.search_beyond(&mut search);
        let Beyond { found, steps, .. } = search;
        open.iter().copied().filter(|question| steps == 0 || found.contains(question)).collect()
    }

    /// Whether the search is over: nothing more can be found, or it takes too long.
    fn search_beyond(&mut self, search: &mut Beyond<'_>) -> bool {
        if self.outcomes().single().is_some() {
            return false;
        }
        search.steps -= 1;
        if search.steps == 0 {
            return true;
        }
        let open = self.open_questions();
        match search.not_known.iter().find(|question| open.contains(question)) {
            Some(question) => self.any_class(*question, |trial| trial.search_beyond(search)),
            None if !self.finds_two(&mut None) => false,
            None => {
                let new = |question: &QuestionIx| search.open.contains(question) && !search.found.contains(question);
                let new: Vec<QuestionIx> = open.into_iter().filter(new).collect();
                search.found.extend(new);
                search.found.len() == search.open.len()
            }
        }
    }

    /// Whether two ways to complete the answers differ in this question alone; see [`Facts::can_change`]. None when the
    /// search would go on for too long.
    pub fn can_change(&mut self, question: QuestionIx) -> Option<bool> {
        let mut steps = MOST_STEPS;
        let found = self.search_change(question, &mut steps);
        (steps > 0).then_some(found)
    }

    fn search_change(&mut self, question: QuestionIx, steps: &mut u32) -> bool {
        if self.outcomes().single().is_some() || !self.is_open(question) {
            return false;
        }
        let mut union = Outcomes::default();
        let mut all_single = true;
        let mut each: Vec<Outcomes> = Vec::new();
        let mut unsettled = None;
        self.any_class(question, |trial| {
            let outcomes = trial.outcomes();
            union.add_all(outcomes);
            if !each.contains(&outcomes) {
                each.push(outcomes);
            }
            if outcomes.single().is_none() {
                all_single = false;
                unsettled = unsettled.or_else(|| trial.open_question());
            }
            false
        });
        if union.single().is_some() || union == Outcomes::default() {
            return false;
        }
        // Whatever else is answered, these two classes lead to different outcomes.
        let apart = each.iter().any(|a| each.iter().any(|b| a.0 & b.0 == 0));
        if apart && self.facts.group(question).is_none() {
            return true;
        }
        let Some(other) = unsettled else { return all_single };
        *steps = steps.saturating_sub(1);
        *steps == 0 || self.any_class(other, |trial| trial.search_change(question, steps))
    }
}
