//! What is known: answers that say something, entered dates, the day, and which questions are in scope.

use crate::answers::{Answer, Answers};
use crate::calendar::{Behind, ByStrength, Calendar};
use crate::day::{Day, DayRange};
pub use crate::lens::{Future, Lens, MOST_WAYS};
use crate::lens::{Lenses, Ways};
use crate::look::{Look, Visit};
use crate::possible::Possible;
use crate::rulebook::{
    AsOf, CellIx, Condition, MomentIx, Question, QuestionIx, QuestionKind, Rule, RuleIx, Rulebook, TopicIx,
};
use crate::sort::sort_by_key;
use std::cell::{Cell, OnceCell};
use std::ops::{ControlFlow, Deref};
use std::rc::Rc;

/// A rulebook with what is known: answers that say something, entered dates and, as a rule, the day.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub rulebook: &'a Rulebook,
    as_of: Option<AsOf>,
    values: Vec<Option<Answer>>,
    calendar: Rc<Calendar>,
    /// For each question the classes of its answers, once somebody looked, where days have a say in them.
    classes: Rc<[DayClasses]>,
    /// The day on which the question is asked, even while that is left open.
    asked_on: Day,
    /// For each question whether it is in scope, once somebody looked.
    scopes: Vec<Cell<Option<ByStrength>>>,
    /// For each cell whether it is closed to the person, whatever becomes of its own outcomes, once somebody looked.
    shut: Vec<Cell<Option<Possible>>>,
}

impl<'a> Facts<'a> {
    /// What holds for everybody, without an answer and without a day.
    pub(crate) fn of_nobody(rulebook: &'a Rulebook) -> Facts<'a> {
        let mut facts = Facts::new(rulebook, &Answers::none(rulebook), AsOf { instant: 0, day: Day(0) });
        facts.set_as_of(None, &rulebook.scope_order);
        facts
    }

    /// Takes over the answers that say something: neither *skipped* nor *don't know*, no plan for a day that has passed,
    /// and no choice that cannot be true any more.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook, answers: &Answers, as_of: AsOf) -> Facts<'a> {
        let calendar = match answers.iter_entered().next() {
            None => rulebook.calendar(),
            Some(_) => Rc::new(Calendar::new(rulebook, |moment| answers.entered(moment))),
        };
        let mut facts = Facts {
            rulebook,
            as_of: Some(as_of),
            values: vec![None; rulebook.questions.len()],
            classes: rulebook.questions.iter().map(|_| DayClasses::default()).collect(),
            asked_on: as_of.day,
            calendar,
            scopes: vec![Cell::new(None); rulebook.questions.len()],
            shut: vec![Cell::new(None); rulebook.cells.len()],
        };
        for (question, answer) in answers.iter() {
            facts.values[question.index()] = match answer {
                Answer::Skipped | Answer::DontKnow => None,
                Answer::Planned(range) if range.last < as_of.day => None,
                Answer::Choice(choice) if facts.withdrawn(question, choice) => None,
                Answer::Date(range) => Some(Answer::Date(plausible(&rulebook[question].kind, range))),
                Answer::Planned(range) => Some(Answer::Planned(plausible(&rulebook[question].kind, range))),
                _ => Some(answer),
            };
        }
        facts
    }

    /// Whether a choice cannot be true any more on the day of asking.
    #[must_use]
    pub fn withdrawn(&self, question: QuestionIx, choice: u8) -> bool {
        let not_after = self.rulebook[question].choice_at(choice).and_then(|choice| choice.not_after);
        not_after.is_some_and(|moment| self.over(moment) == Some(Behind::Firmly))
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
        self.forget_shut(question);
    }

    /// Sets or takes away the day, for these questions.
    pub(crate) fn set_as_of(&mut self, as_of: Option<AsOf>, questions: &[QuestionIx]) {
        self.as_of = as_of;
        questions.iter().for_each(|question| self.scopes[question.index()].set(None));
        self.shut.iter().for_each(|shut| shut.set(None));
    }

    /// What is known of the scopes that can change with the answer to the question, one after the other.
    pub(crate) fn copy_scopes(&self, question: QuestionIx, scopes: &mut Vec<Option<ByStrength>>) {
        scopes.extend(self.scoped(question).iter().map(|scoped| self.scopes[scoped.index()].get()));
    }

    /// Puts back an answer, with the scopes that were copied while it stood.
    pub(crate) fn put_back(&mut self, question: QuestionIx, value: Option<Answer>, scopes: &[Option<ByStrength>]) {
        self.values[question.index()] = value;
        let scoped = self.scoped(question).iter().zip(scopes);
        scoped.for_each(|(scoped, scope)| self.scopes[scoped.index()].set(*scope));
        self.forget_shut(question);
    }

    fn forget_shut(&self, question: QuestionIx) {
        let cells = &self.rulebook.index().shutting[question.index()];
        cells.iter().for_each(|cell| self.shut[cell.index()].set(None));
    }

    /// Whether the cell is closed to the person, whatever becomes of its own outcomes, once somebody looked.
    pub(crate) fn known_shut(&self, cell: CellIx) -> &Cell<Option<Possible>> {
        &self.shut[cell.index()]
    }

    /// The rules that look at outcomes of the cell.
    pub(crate) fn awaiting(&self, cell: CellIx) -> &'a [RuleIx] {
        &self.rulebook.index().awaiting[cell.index()]
    }

    /// The dates on which outcomes of the cell come out, and the rules that look whether one has passed.
    pub(crate) fn coming_out(&self, cell: CellIx) -> &'a (Vec<MomentIx>, Vec<RuleIx>) {
        &self.rulebook.index().coming_out[cell.index()]
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// How far a date lies behind the day, unless that is left open.
    pub(crate) fn behind(&self, moment: MomentIx) -> Option<Behind> {
        self.as_of.map(|as_of| self.calendar.known(moment).behind(as_of))
    }

    /// The same of its whole day.
    pub(crate) fn over(&self, moment: MomentIx) -> Option<Behind> {
        self.as_of.map(|as_of| self.calendar.known(moment).over(as_of))
    }

    /// The ways to read the disagreements of a cell, and those of cells that share them.
    pub(crate) fn ways(&self, cell: CellIx) -> Ways {
        self.rulebook.ways_of_cells()[cell.index()]
    }

    /// The questions whose scope can change with the answer to the question.
    pub(crate) fn scoped(&self, question: QuestionIx) -> &'a [QuestionIx] {
        &self.rulebook.index().scoped[question.index()]
    }

    /// The rules whose value can change with the answer to the question.
    pub(crate) fn touched(&self, question: QuestionIx) -> &'a [RuleIx] {
        &self.rulebook.index().touched[question.index()]
    }

    /// Whether the question is in scope: yes, no, or either while what decides it is open.
    #[must_use]
    pub fn scope(&self, question: QuestionIx) -> Possible {
        Look::through(self, Lens::PLAIN).scope(question).weak
    }

    pub(crate) fn known_scope(&self, question: QuestionIx) -> &Cell<Option<ByStrength>> {
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

    /// Whether the constraints that the answer to the question can break or mend hold, whatever else is answered.
    pub(crate) fn surely_admits(&self, question: QuestionIx) -> bool {
        self.constraints_of(question).iter().all(|constraint| self.surely_holds(*constraint))
    }

    /// The constraints (as positions) that the answer to the question can break or mend.
    pub(crate) fn constraints_of(&self, question: QuestionIx) -> &'a [usize] {
        &self.rulebook.index().constrained[question.index()]
    }

    /// Whether the question has choices on which the day or a cell has a say.
    pub(crate) fn is_timed(&self, question: QuestionIx) -> bool {
        self.rulebook.index().timed[question.index()]
    }

    pub(crate) fn group_of_constraints(&self, group: usize) -> &'a [usize] {
        &self.rulebook.index().groups[group]
    }

    /// The questions whose answers a group of constraints ties to each other.
    pub(crate) fn tied_by(&self, group: usize) -> &'a [QuestionIx] {
        &self.rulebook.index().tied[group]
    }

    /// Whether the answers can be completed without breaking a constraint of the group.
    pub(crate) fn admits_group(&mut self, group: usize) -> bool {
        self.admits(self.group_of_constraints(group))
    }

    /// Whether a rule under one of its readings is too weak to close a cell.
    pub(crate) fn is_weak(&self, rule: RuleIx, reading: usize) -> bool {
        self.rulebook.weak_readings()[rule.index()] >> reading & 1 == 1
    }

    /// Whether a date lies behind the day: yes once its firm day has, no before; past a soft day, and where nothing is
    /// known of it, nobody can say.
    #[must_use]
    pub fn passed(&self, moment: MomentIx) -> Possible {
        self.calendar.known(moment).passed(self.as_of).weak
    }

    /// The calendar day of a date, entered or published.
    #[must_use]
    pub fn day(&self, moment: MomentIx) -> Option<Day> {
        self.calendar.known(moment).day.map(|(day, _)| day)
    }

    /// Questions without a known value that an unsettled part of the condition looks at, scope included.
    pub fn open_in(&self, condition: &Condition, lens: Lens<'_>, found: &mut Vec<QuestionIx>) {
        let _ = Look::through(self, lens).open_in(condition, &mut Visit::each(&mut |question| note(question, found)));
    }

    /// The first of these questions.
    pub(crate) fn first_open_in(&self, condition: &Condition, lens: Lens<'_>) -> Option<QuestionIx> {
        Look::through(self, lens).open_in(condition, &mut Visit::each(&mut ControlFlow::Break)).break_value()
    }

    /// Answers from each class that rules can tell apart, whatever is known of the question.
    #[must_use]
    pub fn other_classes(&self, question: QuestionIx) -> Classes<'a> {
        if has_days(&self.rulebook[question].kind) {
            Classes::OfTheDay(self.each_side(question))
        } else {
            self.classes_on_the_day(question)
        }
    }

    /// Those of the rulebook, but for choices that cannot be true on the day.
    fn classes_on_the_day(&self, question: QuestionIx) -> Classes<'a> {
        let classes = &self.rulebook[question].classes;
        let is_possible = |class: &Answer| match class {
            Answer::Choice(choice) => self.is_possible(question, *choice),
            _ => true,
        };
        if self.is_timed(question) && !classes.iter().all(is_possible) {
            Classes::Known(classes.iter().copied().filter(is_possible).collect())
        } else {
            Classes::OfTheBook(classes)
        }
    }

    /// Whether a choice can be true on the day: not before the firm day of what it waits for, and not once it is withdrawn.
    fn is_possible(&self, question: QuestionIx, choice: u8) -> bool {
        let begins = self.rulebook[question].choice_at(choice).and_then(|choice| choice.not_before);
        let begins = begins.and_then(|moment| self.calendar.known(moment).firm);
        let early = match (begins, self.as_of) {
            (Some((begins, true)), Some(as_of)) => as_of.instant <= begins.instant,
            _ => false,
        };
        !early && !self.withdrawn(question, choice)
    }

    /// One answer from each class of a question with days.
    fn day_classes(&self, question: QuestionIx) -> Rc<[Answer]> {
        let known = &self.classes[question.index()];
        let known = if self.as_of.is_some() { &known.on_the_day } else { &known.whatever_day };
        let apart = || {
            // Days one after the other that come to the same everywhere are of one class.
            let look = Look::at_once(self, Lenses::each(Ways::ONE));
            let mut before = None;
            let is_new = |class: &Answer| {
                let seen = day_of(*class).map(|_| look.seen(question, *class));
                seen.is_none() || std::mem::replace(&mut before, seen.clone()) != seen
            };
            self.each_side(question).iter().copied().filter(is_new).collect()
        };
        known.get_or_init(apart).clone()
    }

    /// Answers on each side of every day that something compares an answer with; no plans for days that have passed.
    fn each_side(&self, question: QuestionIx) -> Rc<[Answer]> {
        let Question { kind, classes, .. } = &self.rulebook[question];
        let dated = &self.rulebook.index().dated[question.index()];
        let entered = dated.iter().filter_map(|moment| Some(self.calendar.entered(*moment)?.day));
        let mut found = classes.clone();
        match *kind {
            QuestionKind::Date(from, until) => {
                let near = entered.flat_map(|day| [day.plus(-1), day, day.plus(1)]);
                let near = near.chain([self.asked_on, self.asked_on.plus(1)]);
                found.extend(near.filter(|day| (from..=until).contains(day)).map(|day| Answer::Date(day.into())));
            }
            _ => {
                found.extend(entered.flat_map(|day| [day, day.plus(1)]).map(|day| Answer::Planned(day.into())));
                found.retain(|class| !matches!(class, Answer::Planned(range) if range.last < self.asked_on));
            }
        }
        sort_by_key(&mut found, |class| day_of(*class));
        found.dedup();
        found.into()
    }

    /// One answer from each class that rules can tell apart, given what is known of the question.
    #[must_use]
    pub fn classes(&self, question: QuestionIx) -> Classes<'a> {
        let classes = if has_days(&self.rulebook[question].kind) {
            Classes::OfTheDay(self.day_classes(question))
        } else {
            self.classes_on_the_day(question)
        };
        let within = |known: DayRange| {
            let days = classes.iter().filter_map(move |class| match class {
                Answer::Date(range) if (known.first..=known.last).contains(&range.first) => Some(range.first),
                _ => None,
            });
            let mut days: Vec<Day> = days.chain([known.first, known.last]).collect();
            sort_by_key(&mut days, |day| *day);
            days.dedup();
            days
        };
        match (self.value(question), &self.rulebook[question].kind) {
            (None, _) => classes,
            (Some(Answer::Date(known)), _) => {
                Classes::Known(within(known).into_iter().map(|day| Answer::Date(day.into())).collect())
            }
            (Some(Answer::Planned(known)), QuestionKind::Date(..)) => {
                Classes::Known(within(known).into_iter().map(|day| Answer::Planned(day.into())).collect())
            }
            (Some(value), _) => Classes::Known(vec![value]),
        }
    }
}

/// One answer from each class of a question with days.
#[derive(Debug, Default)]
struct DayClasses {
    on_the_day: OnceCell<Rc<[Answer]>>,
    /// Where the day of asking is left open.
    whatever_day: OnceCell<Rc<[Answer]>>,
}

/// Classes of answers to one question.
#[derive(Clone, Debug)]
pub enum Classes<'a> {
    OfTheBook(&'a [Answer]),
    /// The day of asking or entered dates have a say in them.
    OfTheDay(Rc<[Answer]>),
    /// What is left once something is known.
    Known(Vec<Answer>),
}

impl Deref for Classes<'_> {
    type Target = [Answer];
    fn deref(&self) -> &[Answer] {
        match self {
            Classes::OfTheBook(classes) => classes,
            Classes::OfTheDay(classes) => classes,
            Classes::Known(classes) => classes,
        }
    }
}

fn note(question: QuestionIx, found: &mut Vec<QuestionIx>) -> ControlFlow<QuestionIx> {
    if !found.contains(&question) {
        found.push(question);
    }
    ControlFlow::Continue(())
}

fn has_days(kind: &QuestionKind) -> bool {
    matches!(kind, QuestionKind::Date(..) | QuestionKind::Event)
}

/// The day of an answer that has one.
fn day_of(answer: Answer) -> Option<Day> {
    match answer {
        Answer::Date(range) | Answer::Planned(range) => Some(range.first),
        _ => None,
    }
}

/// The part of a date that lies within what is plausible.
fn plausible(kind: &QuestionKind, range: DayRange) -> DayRange {
    match kind {
        QuestionKind::Date(from, until) => DayRange { first: range.first.max(*from), last: range.last.min(*until) },
        _ => range,
    }
}

impl Rule {
    /// The readings (as bits) whose own basis is too weak to close a cell. A cell has no more readings than [`MOST_WAYS`].
    pub(crate) fn weak_readings(&self) -> u16 {
        let bodies = self.bodies().take(usize::from(MOST_WAYS)).enumerate();
        bodies.fold(0, |readings, (reading, (_, grounds))| readings | u16::from(grounds.basis.is_weak()) << reading)
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
