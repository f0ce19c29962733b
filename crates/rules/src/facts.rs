//! What is known: answers that say something, entered dates, the day, and which questions are in scope.

use crate::answers::{Answer, Answers};
use crate::day::{Day, DayRange};
use crate::lens::Ways;
pub use crate::lens::{Future, Lens, MOST_WAYS};
use crate::look::Look;
use crate::possible::Possible;
use crate::rulebook::{AsOf, CellIx, Condition, MomentIx, QuestionIx, QuestionKind, Rule, RuleIx, Rulebook, TopicIx};
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::Rc;

/// A rulebook with what is known: answers that say something, entered dates and, as a rule, the day.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub rulebook: &'a Rulebook,
    as_of: Option<AsOf>,
    values: Vec<Option<Answer>>,
    entered: Vec<Option<Day>>,
    /// For each question whether it is in scope, once somebody looked.
    scopes: Vec<Cell<Option<Possible>>>,
    /// For each rule the readings (as bits) that are too weak to close a cell, where dates were entered.
    weak: Option<Rc<[u16]>>,
}

impl<'a> Facts<'a> {
    /// Takes over the answers that say something: neither *skipped* nor *don't know*, and no plan for a day that has
    /// passed.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook, answers: &Answers, as_of: AsOf) -> Facts<'a> {
        let mut facts = Facts {
            rulebook,
            as_of: Some(as_of),
            values: vec![None; rulebook.questions.len()],
            entered: vec![None; rulebook.moments.len()],
            scopes: vec![Cell::new(None); rulebook.questions.len()],
            weak: None,
        };
        for (question, answer) in answers.iter() {
            facts.values[question.index()] = match answer {
                Answer::Skipped | Answer::DontKnow => None,
                Answer::Planned(range) if range.last < as_of.day => None,
                Answer::Date(range) => Some(Answer::Date(plausible(&rulebook[question].kind, range))),
                _ => Some(answer),
            };
        }
        for (moment, day) in answers.iter_entered() {
            facts.entered[moment.index()] = Some(day);
        }
        if facts.entered.iter().any(Option::is_some) {
            let entered = |moment: MomentIx| facts.entered[moment.index()].is_some();
            facts.weak = Some(rulebook.rules.iter().map(|rule| rule.weak_readings(rulebook, entered)).collect());
        }
        facts
    }

    /// What is known of a question.
    #[must_use]
    pub fn value(&self, question: QuestionIx) -> Option<Answer> {
        self.values[question.index()]
    }

    /// The day, unless it is left open to see whether it counts.
    #[must_use]
    pub fn as_of(&self) -> Option<AsOf> {
        self.as_of
    }

    pub(crate) fn set(&mut self, question: QuestionIx, value: Option<Answer>) {
        self.values[question.index()] = value;
        self.scoped(question).iter().for_each(|scoped| self.scopes[scoped.index()].set(None));
    }

    /// Sets or takes away the day, for these questions.
    pub(crate) fn set_as_of(&mut self, as_of: Option<AsOf>, questions: &[QuestionIx]) {
        self.as_of = as_of;
        questions.iter().for_each(|question| self.scopes[question.index()].set(None));
    }

    /// What is known of the scopes that can change with the answer to the question, one after the other.
    pub(crate) fn copy_scopes(&self, question: QuestionIx, scopes: &mut Vec<Option<Possible>>) {
        scopes.extend(self.scoped(question).iter().map(|scoped| self.scopes[scoped.index()].get()));
    }

    /// Puts back an answer, with the scopes that were copied while it stood.
    pub(crate) fn put_back(&mut self, question: QuestionIx, value: Option<Answer>, scopes: &[Option<Possible>]) {
        self.values[question.index()] = value;
        let scoped = self.scoped(question).iter().zip(scopes);
        scoped.for_each(|(scoped, scope)| self.scopes[scoped.index()].set(*scope));
    }

    /// The ways to read the disagreements of a cell, and those of cells that share them.
    pub(crate) fn ways(&self, cell: CellIx) -> Ways {
        self.rulebook.ways_of_cells()[cell.index()]
    }

    /// The questions whose scope can change with the answer to the question.
    fn scoped(&self, question: QuestionIx) -> &'a [QuestionIx] {
        &self.rulebook.index().scoped[question.index()]
    }

    /// The rules whose value can change with the answer to the question.
    pub(crate) fn touched(&self, question: QuestionIx) -> &'a [RuleIx] {
        &self.rulebook.index().touched[question.index()]
    }

    /// Whether the question is in scope: yes, no, or either while what decides it is open.
    #[must_use]
    pub fn scope(&self, question: QuestionIx) -> Possible {
        Look::through(self, Lens::PLAIN).scope(question)
    }

    pub(crate) fn known_scope(&self, question: QuestionIx) -> &Cell<Option<Possible>> {
        &self.scopes[question.index()]
    }

    pub(crate) fn topic(&self, question: QuestionIx) -> TopicIx {
        self.rulebook[question].topic
    }

    /// The values that a condition outside of any rule can still take.
    #[must_use]
    pub fn condition(&self, condition: &Condition, lens: Lens<'_>) -> Possible {
        Look::through(self, lens).condition(condition).through(0)
    }

    /// The values that a rule can still take.
    #[must_use]
    pub fn rule(&self, rule: RuleIx, lens: Lens<'_>) -> Possible {
        Look::through(self, lens).rule(rule).through(0)
    }

    /// The group of constraints that the answer to the question can break or mend.
    pub(crate) fn group(&self, question: QuestionIx) -> Option<usize> {
        self.rulebook.index().group[question.index()]
    }

    pub(crate) fn group_of_constraints(&self, group: usize) -> &'a [usize] {
        &self.rulebook.index().groups[group]
    }

    /// Whether the answers can be completed without breaking a constraint of the group.
    pub(crate) fn admits_group(&mut self, group: usize) -> bool {
        self.admits(self.group_of_constraints(group))
    }

    /// Whether a rule under one of its readings is too weak to close a cell.
    pub(crate) fn is_weak(&self, rule: RuleIx, reading: usize) -> bool {
        let weak = self.weak.as_deref().unwrap_or_else(|| self.rulebook.weak_readings());
        weak[rule.index()] >> reading & 1 == 1
    }

    /// Whether a date lies behind the day; *cannot say* when it is not published.
    #[must_use]
    pub fn passed(&self, moment: MomentIx) -> Possible {
        let instant = match (self.entered[moment.index()], &self.rulebook[moment].when) {
            (Some(day), _) => self.rulebook.end_of_day(day),
            (None, Some(when)) => when.instant,
            (None, None) => return Possible::CANNOT_SAY,
        };
        self.as_of.map_or(Possible::OPEN, |as_of| Possible::from_bool(as_of.instant > instant))
    }

    /// The calendar day of a date, entered or published.
    #[must_use]
    pub fn day(&self, moment: MomentIx) -> Option<Day> {
        let published = self.rulebook[moment].when.as_ref().map(|when| when.day);
        self.entered[moment.index()].or(published)
    }

    /// Questions without a known value that an unsettled part of the condition looks at, scope included.
    pub fn open_in(&self, condition: &Condition, lens: Lens<'_>, found: &mut Vec<QuestionIx>) {
        let _ = Look::through(self, lens).open_in(condition, &mut |question| note(question, found));
    }

    /// One answer from each class that rules can tell apart, given what is known of the question.
    #[must_use]
    pub fn classes(&self, question: QuestionIx) -> Cow<'a, [Answer]> {
        let classes = &self.rulebook[question].classes;
        match self.value(question) {
            None => Cow::Borrowed(classes),
            Some(Answer::Date(known)) => {
                let within = |day: Day| (known.first..=known.last).contains(&day);
                let days = classes.iter().filter_map(|class| match class {
                    Answer::Date(range) if within(range.first) => Some(range.first),
                    _ => None,
                });
                let mut days: Vec<Day> = days.chain([known.first, known.last]).collect();
                days.sort_unstable();
                days.dedup();
                days.into_iter().map(|day| Answer::Date(day.into())).collect()
            }
            Some(value) => Cow::Owned(vec![value]),
        }
    }
}

fn note(question: QuestionIx, found: &mut Vec<QuestionIx>) -> ControlFlow<QuestionIx> {
    if !found.contains(&question) {
        found.push(question);
    }
    ControlFlow::Continue(())
}

/// The part of a date that lies within what is plausible.
fn plausible(kind: &QuestionKind, range: DayRange) -> DayRange {
    match kind {
        QuestionKind::Date(from, until) => DayRange { first: range.first.max(*from), last: range.last.min(*until) },
        _ => range,
    }
}

impl Rule {
    /// The readings (as bits) that are too weak to close a cell: each takes the weakest basis of itself and of the dates
    /// that it uses, and a date that the reader entered is weak. A cell has no more readings than [`MOST_WAYS`].
    pub(crate) fn weak_readings(&self, rulebook: &Rulebook, entered: impl Fn(MomentIx) -> bool) -> u16 {
        let weak_date = |moment: MomentIx| entered(moment) || rulebook[moment].grounds.basis.is_weak();
        let weak_due = self.due.is_some_and(|due| entered(due) || (rulebook[due].when.is_some() && weak_date(due)));
        let mut readings = 0;
        for (reading, (condition, grounds)) in self.bodies().enumerate().take(usize::from(MOST_WAYS)) {
            let mut weak = weak_due || grounds.basis.is_weak();
            condition.each_leaf(&mut |leaf| {
                if let Condition::Compare(_, _, moment) | Condition::Passed(moment) = leaf {
                    weak |= weak_date(*moment);
                }
            });
            readings |= u16::from(weak) << reading;
        }
        readings
    }
}

impl Condition {
    /// Calls `f` for every part that is no connective; rules that it names are not followed.
    pub fn each_leaf<'c>(&'c self, f: &mut impl FnMut(&'c Condition)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.each_leaf(f));
            }
            Condition::Not(part) => part.each_leaf(f),
            leaf => f(leaf),
        }
    }
}
