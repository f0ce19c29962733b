//! What is known: answers that say something, entered dates, the day, and which questions are in scope.

use crate::answers::{Answer, Answers};
use crate::day::{Day, DayRange};
use crate::index::Index;
use crate::lens::Ways;
pub use crate::lens::{Future, Lens, MOST_WAYS};
use crate::look::Look;
use crate::possible::Possible;
use crate::rulebook::{AsOf, CellIx, Condition, MomentIx, QuestionIx, QuestionKind, Rule, RuleIx, Rulebook, TopicIx};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
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
    derived: Rc<Derived>,
}

/// What follows from the rulebook and the entered dates alone, worked out once it is needed.
#[derive(Debug, Default)]
struct Derived {
    index: OnceCell<Index>,
    /// For each cell the ways to read its disagreements.
    ways: OnceCell<Vec<Ways>>,
    /// For each rule the readings (as bits) that are too weak to close a cell, once somebody looked.
    weak: OnceCell<Vec<Cell<Option<u16>>>>,
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
            derived: Rc::default(),
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

    fn index(&self) -> &Index {
        self.derived.index.get_or_init(|| Index::new(self.rulebook))
    }

    /// The ways to read the disagreements of a cell, and those of cells that share them.
    pub(crate) fn ways(&self, cell: CellIx) -> Ways {
        self.derived.ways.get_or_init(|| Ways::of_cells(self.rulebook))[cell.index()]
    }

    /// The questions whose scope can change with the answer to the question.
    fn scoped(&self, question: QuestionIx) -> &[QuestionIx] {
        &self.index().scoped[question.index()]
    }

    /// The rules whose value can change with the answer to the question.
    pub(crate) fn touched(&self, question: QuestionIx) -> &[RuleIx] {
        &self.index().touched[question.index()]
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
        self.index().group[question.index()]
    }

    pub(crate) fn group_of_constraints(&self, group: usize) -> &[usize] {
        &self.index().groups[group]
    }

    /// Whether the answers can be completed without breaking a constraint of the group.
    pub(crate) fn admits_group(&mut self, group: usize) -> bool {
        let derived = self.derived.clone();
        let index = derived.index.get_or_init(|| Index::new(self.rulebook));
        self.admits(&index.groups[group])
    }

    /// Whether a rule under one of its readings is too weak to close a cell: it takes the weakest basis of itself and of
    /// the dates that it uses, and what the reader entered is weak.
    pub(crate) fn is_weak(&self, rule: RuleIx, reading: usize) -> bool {
        let known = &self.derived.weak.get_or_init(|| vec![Cell::new(None); self.rulebook.rules.len()])[rule.index()];
        let weak = known.get().unwrap_or_else(|| {
            let weak = self.weak_readings(&self.rulebook[rule]);
            known.set(Some(weak));
            weak
        });
        weak >> reading & 1 == 1
    }

    /// A cell has no more readings than [`MOST_WAYS`].
    fn weak_readings(&self, rule: &Rule) -> u16 {
        let entered = |moment: MomentIx| self.entered[moment.index()].is_some();
        let weak_date = |moment: MomentIx| entered(moment) || self.rulebook[moment].grounds.basis.is_weak();
        let weak_due =
            rule.due.is_some_and(|due| entered(due) || (self.rulebook[due].when.is_some() && weak_date(due)));
        let mut readings = 0;
        for (reading, (condition, grounds)) in rule.bodies().enumerate().take(usize::from(MOST_WAYS)) {
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
