//! Conditions and rules, evaluated over what is known, through many lenses at once.

use crate::answers::Answer;
use crate::day::{Day, DayRange};
use crate::facts::Facts;
use crate::lens::{Lens, Lenses};
use crate::possible::{PerLens, Possible};
use crate::rulebook::{Body, Condition, MomentIx, QuestionIx, QuestionKind, Relation, RuleIx, Rulebook};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

/// What is known, seen through lenses.
pub(crate) struct Look<'f> {
    facts: &'f Facts<'f>,
    lenses: Lenses<'f>,
    kept: Option<&'f Kept>,
}

/// What each rule came to, as long as that holds.
pub(crate) struct Kept {
    /// Empty for a rule that was not looked at; what a rule comes to never is.
    values: Vec<Cell<PerLens>>,
    /// The rules that were looked at since everything was forgotten, each once.
    listed: RefCell<Vec<RuleIx>>,
    is_listed: Vec<Cell<bool>>,
}

impl Kept {
    pub fn of(rulebook: &Rulebook) -> Kept {
        let rules = rulebook.rules.len();
        Kept {
            values: vec![Cell::default(); rules],
            listed: RefCell::default(),
            is_listed: vec![Cell::new(false); rules],
        }
    }

    fn note(&self, rule: RuleIx, value: PerLens) {
        self.values[rule.index()].set(value);
        if !self.is_listed[rule.index()].replace(true) {
            self.listed.borrow_mut().push(rule);
        }
    }

    pub fn forget(&self, rules: &[RuleIx]) {
        rules.iter().for_each(|rule| self.values[rule.index()].set(PerLens::default()));
    }

    pub fn forget_all(&mut self) {
        for rule in self.listed.get_mut().drain(..) {
            self.values[rule.index()].set(PerLens::default());
            self.is_listed[rule.index()].set(false);
        }
    }

    pub fn copy(&self, rules: &[RuleIx], values: &mut Vec<PerLens>) {
        values.extend(rules.iter().map(|rule| self.values[rule.index()].get()));
    }

    pub fn put_back(&self, rules: &[RuleIx], values: &[PerLens]) {
        rules.iter().zip(values).for_each(|(rule, value)| self.values[rule.index()].set(*value));
    }
}

/// What to do with each open question; it stops the search by breaking.
pub(crate) type Visit<'v> = &'v mut dyn FnMut(QuestionIx) -> ControlFlow<QuestionIx>;

/// By when a pending thing must happen for the rule that asks for it.
#[derive(Clone, Copy)]
struct Due {
    moment: Option<MomentIx>,
    after_applying: bool,
}

const NO_DUE: Due = Due { moment: None, after_applying: false };

impl<'f> Look<'f> {
    /// Through all these lenses, of which the first is [`Lens::PLAIN`]. What a rule comes to is looked up in `kept`, and
    /// noted there.
    pub fn keeping(facts: &'f Facts<'f>, lenses: Lenses<'f>, kept: &'f Kept) -> Look<'f> {
        Look { facts, lenses, kept: Some(kept) }
    }

    /// The same, keeping nothing.
    pub fn at_once(facts: &'f Facts<'f>, lenses: Lenses<'f>) -> Look<'f> {
        Look { facts, lenses, kept: None }
    }

    /// Through a single lens, as bit 0 of what is seen.
    pub fn through(facts: &'f Facts<'f>, lens: Lens<'f>) -> Look<'f> {
        Look::at_once(facts, Lenses::one(lens))
    }

    /// The values that a condition outside of any rule can still take.
    pub fn condition(&self, condition: &Condition) -> PerLens {
        self.look(condition, NO_DUE, self.lenses.all())
    }

    /// The same through the first lens alone; see [`Look::keeping`].
    pub fn plainly(&self, condition: &Condition) -> Possible {
        self.look(condition, NO_DUE, 1).through(0)
    }

    /// Whether a question is in scope: yes, no, or either while what decides it is open.
    pub fn scope(&self, question: QuestionIx) -> Possible {
        self.facts.known_scope(question).get().unwrap_or_else(|| self.find_scope(question))
    }

    /// Apart from [`Look::scope`], so that what is known already costs little.
    #[inline(never)]
    fn find_scope(&self, question: QuestionIx) -> Possible {
        let holds = match (&self.facts.rulebook[question].relevant_when, self.kept) {
            (None, _) => Possible::YES,
            (Some(condition), Some(_)) => self.plainly(condition),
            (Some(condition), None) => Look::through(self.facts, Lens::PLAIN).plainly(condition),
        };
        let scope = match holds {
            Possible::YES => Possible::YES,
            // A scope that rests on what is out of scope, or was never published, does not hold.
            value if !value.can(Possible::YES) => Possible::NO,
            _ => Possible::OPEN,
        };
        self.facts.known_scope(question).set(Some(scope));
        scope
    }

    /// The values that a rule can still take.
    pub fn rule(&self, ix: RuleIx) -> PerLens {
        let known = self.kept.map_or(PerLens::default(), |kept| kept.values[ix.index()].get());
        if known != PerLens::default() {
            return known;
        }
        let mut value = PerLens::default();
        let _ = self.each_body(ix, self.lenses.all(), |condition, reading, due, lenses| {
            let strong = lenses & self.lenses.strong();
            let weak = strong != 0 && self.facts.is_weak(ix, reading);
            value = value | self.look(condition, due, lenses).weakened(if weak { strong } else { 0 });
            ControlFlow::Continue(())
        });
        if let Some(kept) = self.kept {
            kept.note(ix, value);
        }
        value
    }

    /// The conditions that a rule stands for, each with the number of its reading and the lenses that read it so.
    fn each_body(
        &self,
        ix: RuleIx,
        lenses: u64,
        mut f: impl FnMut(&'f Condition, usize, Due, u64) -> ControlFlow<QuestionIx>,
    ) -> ControlFlow<QuestionIx> {
        let rule = &self.facts.rulebook[ix];
        let due = Due { moment: rule.due, after_applying: rule.due_after_applying };
        match &rule.body {
            Body::Plain(condition, _) => f(condition, 0, due, lenses),
            Body::Readings(conflict, bodies) => {
                for (reading, (condition, _)) in bodies.iter().enumerate() {
                    let taken = lenses & self.lenses.reading(*conflict, reading);
                    if taken != 0 {
                        f(condition, reading, due, taken)?;
                    }
                }
                ControlFlow::Continue(())
            }
        }
    }

    fn look(&self, condition: &Condition, due: Due, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        match condition {
            Condition::Const(value) => of(Possible::from_bool(*value)),
            Condition::All(parts) => {
                let mut all = of(Possible::DROPPED);
                for part in parts {
                    all = all.and(self.look(part, due, lenses));
                    if all.yes | all.cannot_say | all.dropped == 0 {
                        break;
                    }
                }
                all
            }
            Condition::Any(parts) => {
                let mut any = of(Possible::DROPPED);
                for part in parts {
                    any = any.or(self.look(part, due, lenses));
                    if any.no | any.cannot_say | any.dropped == 0 {
                        break;
                    }
                }
                any
            }
            Condition::AtLeast(least, parts) => {
                let parts = parts.iter().map(|part| self.look(part, due, lenses));
                PerLens::at_least(usize::from(*least), parts, lenses)
            }
            Condition::Not(part) => self.look(part, due, lenses).negate(),
            Condition::Rule(rule) => self.rule(*rule).within(lenses),
            Condition::Passed(moment) => of(self.facts.passed(*moment)),
            Condition::Is(question, set) => self.scoped(*question, lenses, || self.is(*question, *set, due, lenses)),
            Condition::Between(question, from, until) => {
                self.scoped(*question, lenses, || match self.facts.value(*question) {
                    Some(Answer::Number(value)) => of(Possible::from_bool((*from..=*until).contains(&value))),
                    _ => of(Possible::OPEN),
                })
            }
            Condition::Compare(question, relation, moment) => {
                self.scoped(*question, lenses, || match (self.facts.day(*moment), self.facts.value(*question)) {
                    (None, _) => of(Possible::CANNOT_SAY),
                    (Some(day), Some(Answer::Date(range))) => of(relation.of(range, day)),
                    (Some(_), _) => of(Possible::OPEN),
                })
            }
            Condition::Done(question) => self.scoped(*question, lenses, || match self.facts.value(*question) {
                Some(Answer::Done) => of(Possible::YES),
                Some(Answer::Never) => of(Possible::NO),
                Some(Answer::NotYet) => self.pending(due, lenses),
                Some(Answer::Planned(range)) if self.is_late(range, due) => {
                    let best = lenses & self.lenses.at_best();
                    PerLens::of(Possible::NO, lenses & !best) | self.pending(due, best)
                }
                Some(Answer::Planned(_)) => self.pending(due, lenses),
                _ => of(Possible::OPEN),
            }),
        }
    }

    fn scoped(&self, question: QuestionIx, lenses: u64, value: impl FnOnce() -> PerLens) -> PerLens {
        let dropped = PerLens::of(Possible::DROPPED, lenses);
        match self.scope(question) {
            Possible::NO => dropped,
            Possible::YES => value(),
            _ => value() | dropped,
        }
    }

    fn is(&self, question: QuestionIx, set: u64, due: Due, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        match (self.facts.value(question), &self.facts.rulebook[question].kind) {
            (Some(Answer::Choice(choice)), QuestionKind::Choice(choices)) => match choices.get(usize::from(choice)) {
                _ if set >> choice & 1 == 1 => of(Possible::YES),
                Some(choice) if set & choice.may_become != 0 => self.pending(due, lenses),
                _ => of(Possible::NO),
            },
            (None, QuestionKind::Choice(choices)) => {
                // What the choices outside of the set can turn into.
                let others = choices.iter().zip(0..).filter(|(_, number)| set >> number & 1 == 0);
                let (pending, no) = others.fold((false, false), |(pending, no), (choice, _)| {
                    let can_turn = choice.may_become & set != 0;
                    (pending || can_turn, no || !can_turn)
                });
                let when = |holds: bool, value: Possible| if holds { of(value) } else { PerLens::default() };
                let known = when(set != 0, Possible::YES) | when(no, Possible::NO);
                if pending { known | self.pending(due, lenses) } else { known }
            }
            (Some(Answer::Choice(choice)), _) => of(Possible::from_bool(set >> choice & 1 == 1)),
            (Some(Answer::Choices(bits)), _) => of(Possible::from_bool(bits & set != 0)),
            _ => of(Possible::OPEN),
        }
    }

    /// Whether a plan lies after the day on which it falls due: it no longer counts as met in advance.
    fn is_late(&self, plan: DayRange, due: Due) -> bool {
        due.moment.and_then(|moment| self.facts.day(moment)).is_some_and(|day| plan.first > day)
    }

    /// Something that is not done, and was not ruled out.
    fn pending(&self, due: Due, lenses: u64) -> PerLens {
        let can_happen = match due.moment.map(|moment| self.facts.passed(moment)) {
            // What has no published date can still happen.
            None | Some(Possible::CANNOT_SAY) => Possible::YES,
            Some(passed) => passed.negate(),
        };
        let in_advance = if due.after_applying { lenses } else { lenses & self.lenses.at_best() };
        PerLens::of(Possible::NO, lenses & !in_advance) | PerLens::of(can_happen, in_advance)
    }

    /// Visits the questions without a known value that an unsettled part of the condition looks at, scope included.
    pub fn open_in(&self, condition: &Condition, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        self.open(condition, NO_DUE, self.lenses.all(), visit)
    }

    /// The same through the first lens alone; see [`Look::keeping`].
    pub fn open_plainly(&self, condition: &Condition, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        self.open(condition, NO_DUE, 1, visit)
    }

    /// The same for a rule, as far as these lenses go.
    pub fn open_in_rule(&self, rule: RuleIx, lenses: u64, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        let unsettled = self.rule(rule).unsettled() & lenses;
        if unsettled == 0 {
            return ControlFlow::Continue(());
        }
        self.each_body(rule, unsettled, |condition, _, due, lenses| self.open_parts(condition, due, lenses, visit))
    }

    fn open(&self, condition: &Condition, due: Due, lenses: u64, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        match self.look(condition, due, lenses).unsettled() {
            0 => ControlFlow::Continue(()),
            unsettled => self.open_parts(condition, due, unsettled, visit),
        }
    }

    /// The same for a condition that is unsettled through each of these lenses.
    fn open_parts(&self, condition: &Condition, due: Due, lenses: u64, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        match condition {
            Condition::Const(_) | Condition::Passed(_) => ControlFlow::Continue(()),
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().try_for_each(|part| self.open(part, due, lenses, visit))
            }
            Condition::Not(part) => self.open_parts(part, due, lenses, visit),
            Condition::Rule(rule) => self.open_in_rule(*rule, lenses, visit),
            Condition::Is(question, _)
            | Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question) => self.open_question(*question, visit),
        }
    }

    /// Notes the questions whose answers, as they are, make the rule come to what it comes to through these lenses.
    pub fn carry_rule(&self, rule: RuleIx, lenses: u64, noted: &mut Vec<QuestionIx>) {
        if lenses != 0 {
            let _ = self.each_body(rule, lenses, |condition, _, due, lenses| {
                self.carry(condition, due, lenses, noted);
                ControlFlow::Continue(())
            });
        }
    }

    /// The same for a condition, through the first lens alone; see [`Look::keeping`].
    pub fn carry_plainly(&self, condition: &Condition, noted: &mut Vec<QuestionIx>) {
        self.carry(condition, NO_DUE, 1, noted);
    }

    fn carry(&self, condition: &Condition, due: Due, lenses: u64, noted: &mut Vec<QuestionIx>) {
        // One part that decides is enough, where there is one; else each part carries its share.
        let parts = |parts: &[Condition], decides: fn(PerLens) -> u64, noted: &mut Vec<QuestionIx>| {
            let mut left = lenses;
            for part in parts {
                let decided = left & decides(self.look(part, due, left));
                if decided != 0 {
                    self.carry(part, due, decided, noted);
                    left &= !decided;
                }
            }
            if left != 0 {
                parts.iter().for_each(|part| self.carry(part, due, left, noted));
            }
        };
        match condition {
            Condition::Const(_) | Condition::Passed(_) => {}
            Condition::All(all) => parts(all, PerLens::only_no, noted),
            Condition::Any(any) => parts(any, PerLens::only_yes, noted),
            Condition::AtLeast(_, of) => parts(of, |_| 0, noted),
            Condition::Not(part) => self.carry(part, due, lenses, noted),
            Condition::Rule(rule) => self.carry_rule(*rule, lenses, noted),
            Condition::Is(question, _)
            | Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question) => self.carry_question(*question, noted),
        }
    }

    fn carry_question(&self, question: QuestionIx, noted: &mut Vec<QuestionIx>) {
        let scope = self.scope(question);
        if scope != Possible::OPEN
            && let Some(condition) = &self.facts.rulebook[question].relevant_when
        {
            self.carry_plainly(condition, noted);
        }
        if scope != Possible::NO {
            noted.push(question);
        }
    }

    fn open_question(&self, question: QuestionIx, visit: Visit<'_>) -> ControlFlow<QuestionIx> {
        if self.scope(question) == Possible::OPEN
            && let Some(scope) = &self.facts.rulebook[question].relevant_when
        {
            Look::through(self.facts, Lens::PLAIN).open_in(scope, visit)?;
        }
        let unknown = match self.facts.value(question) {
            None => true,
            Some(Answer::Date(range)) => range.first != range.last,
            Some(_) => false,
        };
        if unknown { visit(question) } else { ControlFlow::Continue(()) }
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
