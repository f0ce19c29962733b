//! What every way to complete the answers comes to, found by trying out the answers that are open.

use crate::look::Visit;
use crate::rulebook::{QuestionIx, RuleIx};
use crate::trial::Trial;
use crate::verdict::{Outcome, Outcomes, Verdict};
use std::ops::ControlFlow;

/// The search whether an answer can make a difference ends after so many sets of answers.
const MOST_STEPS: u32 = 400;
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
    /// Decided as soon as every admissible way to complete the answers agrees.
    pub fn verdict(&mut self) -> Verdict {
        if !self.is_admissible() {
            return Verdict::NeedsAnswers;
        }
        let mut first = None;
        match (self.finds_two(&mut first), first) {
            (false, Some(outcome)) => Verdict::Decided(outcome),
            _ if self.ends_as_over() => Verdict::Decided(Outcome::Closed(self.cell.over.unwrap_or(0))),
            _ => Verdict::NeedsAnswers,
        }
    }

    /// Whether every admissible way to complete the answers, of which there is one, finds the cell over, whatever else may
    /// close it too.
    fn ends_as_over(&mut self) -> bool {
        let over = self.cell.over.map(Outcome::Closed);
        over.is_some_and(|over| !self.escapes(over))
    }

    /// The questions that are open for a verdict: those that may still decide it or, of a cell that is over, may still tell
    /// what else closes it.
    pub fn open_for(&mut self, verdict: Verdict) -> Vec<QuestionIx> {
        match verdict {
            Verdict::NeedsAnswers => self.open_questions(),
            Verdict::Decided(Outcome::Closed(kind)) if Some(kind) == self.cell.over => {
                let several = self.is_admissible() && self.outcomes().single().is_none() && self.finds_two(&mut None);
                if several { self.open_questions() } else { Vec::new() }
            }
            Verdict::Decided(_) => Vec::new(),
        }
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
    pub fn escapes_telling(&mut self, outcome: Outcome, tell: &mut dyn FnMut(&mut Self)) -> bool {
        if self.cell.over.map(Outcome::Closed) == Some(outcome) {
            return self.escapes_being_over(tell);
        }
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

    /// Whether some admissible way to complete the answers, of which there is one, does not find the cell over. What else
    /// closes it makes no difference.
    fn escapes_being_over(&mut self, tell: &mut dyn FnMut(&mut Self)) -> bool {
        if self.is_over() {
            tell(self);
            return false;
        }
        let (look, strongly) = (self.look(), self.lenses.now_strongly);
        let over = self.cell.closed.iter().filter(|(kind, _)| Some(*kind) == self.cell.over);
        let over = over.map(|(_, rule)| *rule).filter(|rule| strongly & !look.rule(*rule).yes == 0);
        let mut first = |question| ControlFlow::Break(question);
        let open = over.map(|rule| look.open_in_rule(rule, strongly, &mut first)).find_map(ControlFlow::break_value);
        open.is_none_or(|question| self.any_class(question, |trial| trial.escapes_being_over(tell)))
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

    /// Notes questions whose answers, with the day and what the constraints look at, leave only this outcome as they do
    /// now: few of them where a rule closes the cell, else all.
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

    /// The questions without a known value that an unsettled part looks at; see [`crate::facts::Facts::open_questions`].
    pub fn open_questions(&self) -> Vec<QuestionIx> {
        let (mut found, _) = self.open_until(&[]);
        found.sort_unstable();
        found
    }

    /// Those that the rules come upon before one of these, and which one that is.
    fn open_until(&self, these: &[QuestionIx]) -> (Vec<QuestionIx>, Option<QuestionIx>) {
        let mut found = Vec::new();
        let last = self.visit_open(|_| true, &mut |question| {
            if these.contains(&question) {
                return ControlFlow::Break(question);
            }
            if !found.contains(&question) {
                found.push(question);
            }
            ControlFlow::Continue(())
        });
        (found, last.break_value())
    }

    /// The first of them that the rules come upon.
    fn open_question(&self) -> Option<QuestionIx> {
        self.visit_open(|_| true, &mut |question| ControlFlow::Break(question)).break_value()
    }

    /// Whether an unsettled part looks at the question.
    fn is_open(&self, question: QuestionIx) -> bool {
        let found = |open| if open == question { ControlFlow::Break(open) } else { ControlFlow::Continue(()) };
        let looking = self.facts.touched(question);
        self.visit_open(|rule| looking.contains(&rule), &mut { found }).is_break()
    }

    /// Visits what is open in these rules, and in what belongs to no rule.
    fn visit_open(&self, these: impl Fn(RuleIx) -> bool, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        let (look, lenses) = (self.look(), &self.lenses);
        if let Some(needed_when) = self.needed_when {
            return look.open_plainly(needed_when, visit);
        }
        for (_, rule) in self.cell.closed.iter().filter(|(_, rule)| these(*rule)) {
            // To strong eyes only a yes in every reading counts.
            let closing = lenses.now_strongly & !look.rule(*rule).yes == 0;
            let looked = if closing { lenses.as_it_is() } else { lenses.now };
            look.open_in_rule(*rule, looked, visit)?;
        }
        // Once a reading stands in the way, what the others say through these lenses opens nothing any more.
        let required = self.required();
        let all = |mask: u64, lenses: u64| if mask & lenses == lenses { lenses } else { 0 };
        let (now, best) = (all(required.yes, lenses.now), all(required.yes, lenses.best));
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
