//! What every way to complete the answers comes to, found by trying out the answers that are open.

use crate::look::Visit;
use crate::rulebook::{QuestionIx, RuleIx};
use crate::sort::each_once;
use crate::trial::Trial;
use crate::verdict::{Outcome, Outcomes, Verdict};
use std::ops::ControlFlow;

/// The search whether an answer can make a difference ends after so many sets of answers.
const MOST_STEPS: u32 = 400;
/// The search for a way that does not close the cell ends earlier: most people are closed to nothing.
const MOST_CLOSED: u32 = 60;
/// The search for all questions that can ends earlier: it looks longer at each set, and there may be many.
const MOST_BEYOND: u32 = 60;

/// A search for the open questions that make a difference beyond what is not known.
struct Beyond<'s> {
    not_known: &'s [QuestionIx],
    /// How many others are open. Answers open no more.
    open: usize,
    /// Those of them that make a difference, so far.
    found: Vec<QuestionIx>,
    /// Steps that may still be taken.
    steps: u32,
}

impl Trial<'_> {
    /// Decided as soon as every admissible way to complete the answers agrees, or closes the cell for one cause or another.
    pub fn verdict(&mut self) -> Verdict {
        if !self.is_admissible() {
            return Verdict::NeedsAnswers;
        }
        let mut first = None;
        let several = self.finds_two(&mut first);
        match first {
            Some(outcome) if !several => Verdict::Decided(outcome),
            Some(outcome) if outcome.is_closed() => {
                self.closed_anyway().map_or(Verdict::NeedsAnswers, Verdict::Decided)
            }
            _ => Verdict::NeedsAnswers,
        }
    }

    /// What is said of a cell that every admissible way to complete the answers closes, though not all for one cause: that it
    /// is over where it can be that, or that a requirement cannot be met. The other kinds claim too much of somebody to whom
    /// they may not apply. None where a way leaves it open, or the search would go on for too long.
    fn closed_anyway(&mut self) -> Option<Outcome> {
        let mut steps = MOST_CLOSED;
        if self.reaches(Outcomes::NOT_CLOSED, &mut steps) || steps == 0 {
            return None;
        }
        let over = self.cell.over.map(Outcome::Closed);
        [over, Some(Outcome::Unmet)].into_iter().flatten().find(|outcome| self.comes_to(Outcomes::of(*outcome)))
    }

    /// The questions that are open for a verdict: those that may still decide it or, of a cell that is closed, may still tell
    /// for what other cause.
    pub fn open_for(&mut self, verdict: Verdict) -> Vec<QuestionIx> {
        let is_open = match verdict {
            Verdict::NeedsAnswers => true,
            Verdict::Decided(outcome) => {
                outcome.is_closed()
                    && self.is_admissible()
                    && self.outcomes().single().is_none()
                    && self.finds_two(&mut None)
            }
        };
        if is_open { self.open_questions() } else { Vec::new() }
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

    /// Whether some admissible way to complete the answers, of which there is one, leads to another verdict.
    pub fn escapes(&mut self, outcome: Outcome) -> bool {
        self.escapes_telling(outcome, &mut |_| {})
    }

    /// The same; tells each time that, with answers tried out, nothing else is left.
    pub fn escapes_telling(&mut self, outcome: Outcome, tell: &mut dyn FnMut(&mut Self)) -> bool {
        self.leads_to(self.elsewhere(outcome), tell)
    }

    /// The outcomes that a verdict leaves no way to: where every way closes the cell, one more cause makes no difference.
    fn elsewhere(&self, outcome: Outcome) -> Outcomes {
        let over = self.cell.over.map(Outcome::Closed);
        match outcome {
            outcome if Some(outcome) == over => Outcomes::NOT_CLOSED,
            Outcome::Unmet => over.map_or(Outcomes::NOT_CLOSED, |over| Outcomes::NOT_CLOSED.with(over)),
            outcome => Outcomes::all_but(outcome),
        }
    }

    /// Whether some admissible way to complete the answers, of which there is one, comes to one of these outcomes.
    fn comes_to(&mut self, wanted: Outcomes) -> bool {
        self.leads_to(wanted, &mut |_| {})
    }

    /// The same; tells each time that, with answers tried out, none of them is left.
    fn leads_to(&mut self, wanted: Outcomes, tell: &mut dyn FnMut(&mut Self)) -> bool {
        let outcomes = self.outcomes();
        if !outcomes.meets(wanted) {
            tell(self);
            return false;
        }
        let question = if outcomes.are_among(wanted) { None } else { self.open_question() };
        question.is_none_or(|question| self.any_class(question, |trial| trial.leads_to(wanted, tell)))
    }

    /// Whether some admissible way to complete the answers, of which there is one, comes to one of these outcomes; no as
    /// well once all steps are used up, of which each set of answers takes one.
    pub fn reaches(&mut self, wanted: Outcomes, steps: &mut u32) -> bool {
        let outcomes = self.outcomes();
        if !outcomes.meets(wanted) || *steps == 0 {
            return false;
        }
        *steps -= 1;
        let question = if outcomes.are_among(wanted) { None } else { self.open_question() };
        question.is_none_or(|question| self.any_class(question, |trial| trial.reaches(wanted, steps)))
    }

    /// Notes questions whose answers, with the day and what the constraints look at, leave no way to another verdict as they
    /// do now: few of them where a rule closes the cell, else all.
    pub fn carry(&self, outcome: Outcome, noted: &mut Vec<QuestionIx>) {
        let (look, lenses) = (self.look(), &self.lenses);
        if !outcome.is_closed() {
            return noted.extend(&self.cell.questions);
        }
        let elsewhere = self.elsewhere(outcome);
        for (kind, rule) in &self.cell.closed {
            let said = look.rule(*rule);
            if elsewhere.contains(Outcome::Closed(*kind)) {
                // One lens is enough to show that it does not close the cell.
                let silent = lenses.now_strongly & !said.yes;
                look.carry_rule(*rule, silent & silent.wrapping_neg(), noted);
            } else if lenses.now_strongly & !said.only_yes() == 0 {
                return look.carry_rule(*rule, lenses.now_strongly, noted);
            }
        }
        let mut left = lenses.best_strongly;
        for rule in &self.cell.requires {
            let unmet = left & look.rule(*rule).only_no();
            look.carry_rule(*rule, unmet, noted);
            left &= !unmet;
        }
    }

    /// The questions without a known value that an unsettled part looks at; see [`crate::facts::Facts::open_questions`].
    pub fn open_questions(&self) -> Vec<QuestionIx> {
        each_once(self.open_until(&[]).0)
    }

    /// Those that the rules come upon before one of these, and which one that is.
    fn open_until(&self, these: &[QuestionIx]) -> (Vec<QuestionIx>, Option<QuestionIx>) {
        let mut found = Vec::new();
        let mut note = |question| {
            if these.contains(&question) {
                return ControlFlow::Break(question);
            }
            if !found.contains(&question) {
                found.push(question);
            }
            ControlFlow::Continue(())
        };
        let last = self.visit_open(|_| true, &mut Visit::each(&mut note));
        (found, last.break_value())
    }

    /// The first of them that the rules come upon.
    fn open_question(&self) -> Option<QuestionIx> {
        self.visit_open(|_| true, &mut Visit::each(&mut ControlFlow::Break)).break_value()
    }

    /// Whether an unsettled part looks at the question.
    fn is_open(&self, question: QuestionIx) -> bool {
        let mut found = |open| if open == question { ControlFlow::Break(open) } else { ControlFlow::Continue(()) };
        let looking = self.facts.touched(question);
        self.visit_open(|rule| looking.contains(&rule), &mut Visit::each(&mut found)).is_break()
    }

    /// Visits what is open in these rules, and in what belongs to no rule.
    fn visit_open(&self, these: impl Fn(RuleIx) -> bool, visit: &mut Visit<'_>) -> ControlFlow<QuestionIx> {
        let (look, lenses) = (self.look(), &self.lenses);
        if let Some(needed_when) = self.needed_when {
            return look.open_plainly(needed_when, visit);
        }
        for (_, rule) in self.cell.closed.iter().filter(|(_, rule)| these(*rule)) {
            // To strong eyes only a yes in every reading counts.
            let closing = if lenses.now_strongly & !look.rule(*rule).yes == 0 { lenses.now_strongly } else { 0 };
            // What does not close leaves the cell to ask anyway once the rules are stale.
            let looked = if self.is_stale() { closing } else { lenses.now | closing };
            look.open_in_rule(*rule, looked, visit)?;
        }
        // Once a reading stands in the way, what the others say through these lenses opens nothing any more.
        let required = self.required();
        let all = |mask: u64, lenses: u64| if mask & lenses == lenses { lenses } else { 0 };
        let hope = if self.is_stale() { 0 } else { required.yes };
        let (now, best) = (all(hope, lenses.now), all(hope, lenses.best));
        let looked = [now, best, all(required.no, lenses.best_strongly)].iter().sum();
        for rule in self.cell.requires.iter().filter(|rule| these(**rule)) {
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
        let mut search = Beyond { not_known, open: open.len(), found: Vec::new(), steps: MOST_BEYOND };
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
        let (open, not_known) = self.open_until(search.not_known);
        match not_known {
            Some(question) => self.any_class(question, |trial| trial.search_beyond(search)),
            None if !self.finds_two(&mut None) => false,
            None => {
                let new = open.into_iter().filter(|question| !search.found.contains(question));
                let new: Vec<QuestionIx> = new.collect();
                search.found.extend(new);
                search.found.len() == search.open
            }
        }
    }

    /// Whether two ways to complete the answers differ in this question alone; see [`crate::facts::Facts::can_change`]. None when the
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
        // What the answers lead to that break no constraint, whatever else is answered.
        let mut free: Vec<Outcomes> = Vec::new();
        let mut unsettled = None;
        self.any_class(question, |trial| {
            let outcomes = trial.outcomes();
            union.add_all(outcomes);
            if !free.contains(&outcomes) && trial.facts.surely_admits(question) {
                free.push(outcomes);
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
        // Whatever else is answered, these two lead to different outcomes.
        if free.iter().any(|one| free.iter().any(|other| !one.meets(*other))) {
            return true;
        }
        // What the constraints tie to the answer has to stay as it is.
        let tied = || self.facts.tied_to(question);
        let Some(other) = unsettled.or_else(tied) else { return all_single };
        *steps = steps.saturating_sub(1);
        *steps == 0 || self.any_class(other, |trial| trial.search_change(question, steps))
    }
}
