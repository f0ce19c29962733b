//! Conditions and rules, evaluated over what is known.

use crate::answers::{Answer, Answers};
use crate::day::{Day, DayRange};
use crate::possible::Possible;
use crate::rulebook::{
    AsOf, Choice, Condition, MomentIx, QuestionIx, QuestionKind, Relation, RuleIx, Rulebook, TopicIx,
};

/// In which future a condition is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Future {
    /// What is not done counts as no, except what falls due only after applying.
    AsItIs,
    /// What can still happen by its deadline counts as yes.
    AtBest,
}

/// How a rule is looked at: in which future, with which readings, and whether weak rules count.
#[derive(Clone, Copy, Debug)]
pub struct Lens<'a> {
    pub future: Future,
    /// Only rules on a strong basis say anything.
    pub strong: bool,
    /// The reading of each conflict of the rulebook.
    pub readings: &'a [u8],
}

impl Lens<'static> {
    /// As things are, with every first reading: how scopes and documents are looked at.
    pub const PLAIN: Lens<'static> = Lens { future: Future::AsItIs, strong: false, readings: &[] };
}

/// A rulebook with what is known: answers that say something, entered dates and, as a rule, the day.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub rulebook: &'a Rulebook,
    as_of: Option<AsOf>,
    values: Vec<Option<Answer>>,
    entered: Vec<Option<Day>>,
    /// For each question whether it is in scope.
    scope: Vec<Possible>,
}

/// By when a pending thing must happen for the rule that asks for it.
#[derive(Clone, Copy)]
struct Due {
    moment: Option<MomentIx>,
    after_applying: bool,
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
            scope: vec![Possible::OPEN; rulebook.questions.len()],
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
        facts.settle_scope();
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
        self.settle_scope();
    }

    pub(crate) fn forget_all_but(&mut self, keep: impl Fn(QuestionIx, Answer) -> bool) {
        for (index, value) in self.values.iter_mut().enumerate() {
            *value = value.filter(|answer| keep(QuestionIx::nth(index), *answer));
        }
        self.settle_scope();
    }

    pub(crate) fn set_as_of(&mut self, as_of: Option<AsOf>) {
        self.as_of = as_of;
        self.settle_scope();
    }

    /// Whether the question is in scope: yes, no, or either while what decides it is open.
    #[must_use]
    pub fn scope(&self, question: QuestionIx) -> Possible {
        self.scope[question.index()]
    }

    pub(crate) fn topic(&self, question: QuestionIx) -> TopicIx {
        self.rulebook[question].topic
    }

    fn settle_scope(&mut self) {
        for &question in &self.rulebook.scope_order {
            let scope = match &self.rulebook[question].relevant_when {
                None => Possible::YES,
                // A scope that rests on what is out of scope, or was never published, does not hold.
                Some(condition) => match self.condition(condition, Lens::PLAIN) {
                    value if value.must(Possible::YES) => Possible::YES,
                    value if value.can(Possible::YES) => Possible::OPEN,
                    _ => Possible::NO,
                },
            };
            self.scope[question.index()] = scope;
        }
    }

    /// The values that a condition outside of any rule can still take.
    #[must_use]
    pub fn condition(&self, condition: &Condition, lens: Lens<'_>) -> Possible {
        self.look(condition, lens, Due { moment: None, after_applying: false })
    }

    /// The values that a rule can still take.
    #[must_use]
    pub fn rule(&self, rule: RuleIx, lens: Lens<'_>) -> Possible {
        let rule = &self.rulebook[rule];
        let (condition, _) = rule.under(lens.readings);
        let due = Due { moment: rule.due, after_applying: rule.due_after_applying };
        let value = self.look(condition, lens, due);
        if lens.strong && self.is_weak(condition, rule.under(lens.readings).1.basis.is_weak(), due) {
            value.weakened()
        } else {
            value
        }
    }

    /// A rule takes the weakest basis of itself and of the dates that it uses.
    fn is_weak(&self, condition: &Condition, basis: bool, due: Due) -> bool {
        let weak_date =
            |moment: MomentIx| self.entered[moment.index()].is_some() || self.rulebook[moment].grounds.basis.is_weak();
        let mut weak = basis || due.moment.is_some_and(|m| self.rulebook[m].when.is_some() && weak_date(m));
        condition.each_leaf(&mut |leaf| {
            if let Condition::Compare(_, _, moment) | Condition::Passed(moment) = leaf {
                weak |= weak_date(*moment);
            }
        });
        weak
    }

    fn look(&self, condition: &Condition, lens: Lens<'_>, due: Due) -> Possible {
        match condition {
            Condition::Const(value) => Possible::from_bool(*value),
            Condition::All(parts) => {
                let values = parts.iter().map(|part| self.look(part, lens, due));
                values.reduce(Possible::and).unwrap_or(Possible::YES)
            }
            Condition::Any(parts) => {
                let values = parts.iter().map(|part| self.look(part, lens, due));
                values.reduce(Possible::or).unwrap_or(Possible::NO)
            }
            Condition::AtLeast(least, parts) => {
                Possible::at_least(usize::from(*least), parts.iter().map(|part| self.look(part, lens, due)))
            }
            Condition::Not(part) => self.look(part, lens, due).negate(),
            Condition::Rule(rule) => self.rule(*rule, lens),
            Condition::Passed(moment) => self.passed(*moment),
            Condition::Is(question, set) => self.scoped(*question, || self.is(*question, *set, lens, due)),
            Condition::Between(question, from, until) => self.scoped(*question, || match self.value(*question) {
                Some(Answer::Number(value)) => Possible::from_bool((*from..=*until).contains(&value)),
                _ => Possible::OPEN,
            }),
            Condition::Compare(question, relation, moment) => {
                self.scoped(*question, || match (self.day(*moment), self.value(*question)) {
                    (None, _) => Possible::CANNOT_SAY,
                    (Some(day), Some(Answer::Date(range))) => relation.of(range, day),
                    (Some(_), _) => Possible::OPEN,
                })
            }
            Condition::Done(question) => self.scoped(*question, || match self.value(*question) {
                Some(Answer::Done) => Possible::YES,
                Some(Answer::Never) => Possible::NO,
                Some(Answer::NotYet) => self.pending(lens, due),
                Some(Answer::Planned(range)) if lens.future == Future::AsItIs && self.is_late(range, due) => {
                    Possible::NO
                }
                Some(Answer::Planned(_)) => self.pending(lens, due),
                _ => Possible::OPEN,
            }),
        }
    }

    fn scoped(&self, question: QuestionIx, value: impl FnOnce() -> Possible) -> Possible {
        let scope = self.scope(question);
        if scope == Possible::NO {
            return Possible::DROPPED;
        }
        if scope.can(Possible::NO) { value() | Possible::DROPPED } else { value() }
    }

    fn is(&self, question: QuestionIx, set: u64, lens: Lens<'_>, due: Due) -> Possible {
        let pending = |choice: usize, may_become: u64| match () {
            () if set & (1 << choice) != 0 => Possible::YES,
            () if set & may_become != 0 => self.pending(lens, due),
            () => Possible::NO,
        };
        match (self.value(question), &self.rulebook[question].kind) {
            (Some(Answer::Choice(choice)), QuestionKind::Choice(choices)) => {
                let may_become = choices.get(usize::from(choice)).map_or(0, |c| c.may_become);
                pending(usize::from(choice), may_become)
            }
            (None, QuestionKind::Choice(choices)) => {
                let each = choices.iter().enumerate().map(|(i, Choice { may_become, .. })| pending(i, *may_become));
                each.reduce(|a, b| a | b).unwrap_or(Possible::NO)
            }
            (Some(Answer::Choice(choice)), _) => Possible::from_bool(set & (1 << choice) != 0),
            (Some(Answer::Choices(bits)), _) => Possible::from_bool(bits & set != 0),
            _ => Possible::OPEN,
        }
    }

    /// Whether a plan lies after the day on which it falls due: it no longer counts as met in advance.
    fn is_late(&self, plan: DayRange, due: Due) -> bool {
        due.moment.and_then(|moment| self.day(moment)).is_some_and(|day| plan.first > day)
    }

    /// Something that is not done, and was not ruled out.
    fn pending(&self, lens: Lens<'_>, due: Due) -> Possible {
        match (lens.future, due.moment) {
            (Future::AsItIs, _) => Possible::from_bool(due.after_applying),
            (Future::AtBest, None) => Possible::YES,
            (Future::AtBest, Some(moment)) => match self.passed(moment) {
                Possible::CANNOT_SAY => Possible::YES,
                passed => passed.negate(),
            },
        }
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
        self.open(condition, lens, Due { moment: None, after_applying: false }, found);
    }

    /// The same for a rule.
    pub fn open_in_rule(&self, rule: RuleIx, lens: Lens<'_>, found: &mut Vec<QuestionIx>) {
        if self.rule(rule, lens).settled() {
            return;
        }
        let rule = &self.rulebook[rule];
        let due = Due { moment: rule.due, after_applying: rule.due_after_applying };
        self.open(rule.under(lens.readings).0, lens, due, found);
    }

    fn open(&self, condition: &Condition, lens: Lens<'_>, due: Due, found: &mut Vec<QuestionIx>) {
        if self.look(condition, lens, due).settled() {
            return;
        }
        match condition {
            Condition::Const(_) | Condition::Passed(_) => {}
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.open(part, lens, due, found));
            }
            Condition::Not(part) => self.open(part, lens, due, found),
            Condition::Rule(rule) => self.open_in_rule(*rule, lens, found),
            Condition::Is(question, _)
            | Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question) => self.open_question(*question, found),
        }
    }

    fn open_question(&self, question: QuestionIx, found: &mut Vec<QuestionIx>) {
        if self.scope(question) == Possible::OPEN
            && let Some(scope) = &self.rulebook[question].relevant_when
        {
            self.open_in(scope, Lens::PLAIN, found);
        }
        let unknown = match self.value(question) {
            None => true,
            Some(Answer::Date(range)) => range.first != range.last,
            Some(_) => false,
        };
        if unknown && !found.contains(&question) {
            found.push(question);
        }
    }

    /// One answer from each class that rules can tell apart, given what is known of the question.
    #[must_use]
    pub fn classes(&self, question: QuestionIx) -> Vec<Answer> {
        let classes = &self.rulebook[question].classes;
        match self.value(question) {
            None => classes.clone(),
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
            Some(value) => vec![value],
        }
    }
}

/// The part of a date that lies within what is plausible.
fn plausible(kind: &QuestionKind, range: DayRange) -> DayRange {
    match kind {
        QuestionKind::Date(from, until) => DayRange { first: range.first.max(*from), last: range.last.min(*until) },
        _ => range,
    }
}

impl Relation {
    fn of(self, range: DayRange, day: Day) -> Possible {
        let holds = |answered: Day| match self {
            Relation::Before => answered < day,
            Relation::OnOrBefore => answered <= day,
            Relation::OnOrAfter => answered >= day,
            Relation::After => answered > day,
        };
        Possible::from_bool(holds(range.first)) | Possible::from_bool(holds(range.last))
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
