//! Conditions and rules, evaluated over what is known, through many lenses at once.

use crate::answers::Answer;
use crate::calendar::{Behind, ByStrength, Known};
use crate::day::Day;
use crate::facts::Facts;
use crate::index::DayLook;
use crate::lens::{Lens, Lenses, Ways};
use crate::possible::{PerLens, Possible};
use crate::rulebook::{
    Body, CellIx, Choice, Condition, MomentIx, Question, QuestionIx, QuestionKind, Relation, Rule, RuleIx, Rulebook,
};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

/// What is known, seen through lenses.
pub(crate) struct Look<'f> {
    facts: &'f Facts<'f>,
    lenses: Lenses<'f>,
    kept: Option<&'f Kept>,
    /// Dates that count as still ahead.
    ahead: &'f [MomentIx],
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

    /// Adds what rules come to with one more answer to what they came to with others. Those that nobody looked at may come
    /// to anything.
    pub fn join(&self, rules: &[RuleIx], is_first: bool, at: usize, together: &mut Vec<PerLens>) {
        for (rule, place) in rules.iter().zip(at..) {
            let value = self.values[rule.index()].get();
            let value = if value == PerLens::default() { PerLens::ANYTHING } else { value };
            if is_first {
                together.push(value);
            } else {
                together[place] = together[place] | value;
            }
        }
    }

    /// Keeps of rules no more than what they come to with all answers to a question together.
    pub fn narrow(&self, rules: &[RuleIx], together: &[PerLens], narrowed: &mut Vec<RuleIx>) {
        for (rule, value) in rules.iter().zip(together) {
            let kept = &self.values[rule.index()];
            let less = kept.get().within_values(*value);
            if kept.get() != less {
                kept.set(less);
                narrowed.push(*rule);
            }
        }
    }

    pub fn put_back(&self, rules: &[RuleIx], values: &[PerLens]) {
        rules.iter().zip(values).for_each(|(rule, value)| self.values[rule.index()].set(*value));
    }
}

/// A search for open questions.
pub(crate) struct Visit<'v> {
    /// What to do with each of them, some perhaps twice; it stops the search by breaking.
    each: &'v mut dyn FnMut(QuestionIx) -> ControlFlow<QuestionIx>,
    /// The questions whose scope was searched. Many parts look at the same ones.
    scopes: Vec<QuestionIx>,
}

impl<'v> Visit<'v> {
    pub fn each(each: &'v mut dyn FnMut(QuestionIx) -> ControlFlow<QuestionIx>) -> Visit<'v> {
        Visit { each, scopes: Vec::new() }
    }
}

/// What is asked of a condition: inside of a rule what has not happened yet is still to be done, by these dates.
#[derive(Clone, Copy)]
struct Asked<'f> {
    dues: &'f [MomentIx],
    after_applying: bool,
    in_rule: bool,
}

/// Outside of rules, days are taken as they were said.
const OUTSIDE: Asked<'static> = Asked { dues: &[], after_applying: false, in_rule: false };

impl<'f> Asked<'f> {
    fn by(rule: &'f Rule) -> Asked<'f> {
        Asked { dues: &rule.dues, after_applying: rule.due_after_applying, in_rule: true }
    }
}

/// A day on which something is to happen.
#[derive(Clone, Copy)]
struct Plan {
    day: Day,
    /// It is not the person's to choose.
    set_by_others: bool,
}

impl<'f> Look<'f> {
    /// Through all these lenses, of which the first is [`Lens::PLAIN`]. What a rule comes to is looked up in `kept`, and
    /// noted there.
    pub fn keeping(facts: &'f Facts<'f>, lenses: Lenses<'f>, kept: &'f Kept) -> Look<'f> {
        Look { facts, lenses, kept: Some(kept), ahead: &[] }
    }

    /// The same, keeping nothing.
    pub fn at_once(facts: &'f Facts<'f>, lenses: Lenses<'f>) -> Look<'f> {
        Look { facts, lenses, kept: None, ahead: &[] }
    }

    /// A part of a rule, with what the rule asks of it.
    pub fn part(&self, rule: RuleIx, part: &Condition) -> PerLens {
        self.look(part, Asked::by(&self.facts.rulebook[rule]), self.lenses.all())
    }

    /// Through a single lens, as bit 0 of what is seen.
    pub fn through(facts: &'f Facts<'f>, lens: Lens<'f>) -> Look<'f> {
        Look::at_once(facts, Lenses::one(lens))
    }

    /// The values that a condition outside of any rule can still take.
    pub fn condition(&self, condition: &Condition) -> PerLens {
        self.look(condition, OUTSIDE, self.lenses.all())
    }

    /// The same through the first lens alone; see [`Look::keeping`].
    pub fn plainly(&self, condition: &Condition) -> Possible {
        self.look(condition, OUTSIDE, 1).through(0)
    }

    /// Whether a question is in scope: yes, no, cannot say where that hangs on what nobody knows, or several of these while
    /// what decides it is open.
    pub fn scope(&self, question: QuestionIx) -> ByStrength {
        self.facts.known_scope(question).get().unwrap_or_else(|| self.find_scope(question))
    }

    /// Apart from [`Look::scope`], so that what is known already costs little.
    #[inline(never)]
    fn find_scope(&self, question: QuestionIx) -> ByStrength {
        let scope = match (&self.facts.rulebook[question].relevant_when, self.kept) {
            (None, _) => ByStrength::same(Possible::YES),
            (Some(condition), Some(_)) => self.scope_by(condition),
            (Some(condition), None) => Look::at_once(self.facts, Lenses::each(Ways::ONE)).scope_by(condition),
        };
        self.facts.known_scope(question).set(Some(scope));
        scope
    }

    fn scope_by(&self, condition: &Condition) -> ByStrength {
        let holds = self.look(condition, OUTSIDE, self.lenses.plain());
        let [weak, strong] = [self.lenses.now, self.lenses.now_strongly].map(|look| {
            // A scope that rests on what is out of scope does not hold.
            let holds = holds.through(look.trailing_zeros());
            let without = if holds.can(Possible::DROPPED) { Some(Possible::NO) } else { None };
            let kept = [Possible::YES, Possible::NO, Possible::CANNOT_SAY].into_iter().filter(|one| holds.can(*one));
            kept.chain(without).reduce(|a, b| a | b).unwrap_or(Possible::NO)
        });
        ByStrength { weak, strong }
    }

    /// Whether a cell is closed to the person, whatever becomes of its own outcomes: then none of them can come about any
    /// more. Where weak requirements alone close it, nobody can say.
    pub(crate) fn shut(&self, cell: CellIx) -> Possible {
        let known = self.facts.known_shut(cell);
        known.get().unwrap_or_else(|| {
            let ways = self.facts.ways(cell);
            let shut = if self.kept.is_some() && self.lenses.are_each(ways) {
                self.find_shut(cell)
            } else {
                Look::at_once(self.facts, Lenses::each(ways)).find_shut(cell)
            };
            known.set(Some(shut));
            shut
        })
    }

    /// The same. It looks through none of the lenses through which an outcome of the cell can still come about, so it never
    /// comes back to itself. That the day of the outcomes has come does not shut the cell to them.
    fn find_shut(&self, ix: CellIx) -> Possible {
        let (closed, required) = (self.lenses.now_strongly, self.lenses.at_best());
        let cell = &self.facts.rulebook[ix];
        let (awaiting, (ahead, dated)) = (self.facts.awaiting(ix), self.facts.coming_out(ix));
        let mut shut = Possible::NO;
        for (_, rule) in &cell.closed {
            let said = if self.kept.is_some() && !awaiting.contains(rule) && !dated.contains(rule) {
                self.rule(*rule)
            } else {
                Look { kept: None, ahead, ..*self }.rule_through(*rule, closed)
            };
            shut = shut.or(in_all(said, closed));
        }
        let mut all = PerLens::of(Possible::DROPPED, required);
        for rule in &cell.requires {
            let said = if self.kept.is_some() { self.rule(*rule) } else { self.rule_through(*rule, required) };
            all = all.and(said.within(required));
            if all.only_no() == required {
                break;
            }
        }
        let (weakly, strongly) = (self.lenses.best, self.lenses.best_strongly);
        let missed = all.negate();
        shut = shut.or(in_all(missed, strongly));
        // Where the two see the same, weak grounds add nothing.
        if missed.cannot_say & strongly == 0 { shut } else { shut.or(in_all(missed, weakly).and(Possible::CANNOT_SAY)) }
    }

    /// The values that a rule can still take; as it is alone, where everything that is kept looks at it so.
    pub fn rule(&self, ix: RuleIx) -> PerLens {
        let Some(kept) = self.kept else { return self.rule_through(ix, self.lenses.all()) };
        let known = kept.values[ix.index()].get();
        if known != PerLens::default() {
            return known;
        }
        let as_it_is = self.facts.rulebook.index().as_it_is[ix.index()];
        let value = self.rule_through(ix, if as_it_is { self.lenses.as_it_is() } else { self.lenses.all() });
        kept.note(ix, value);
        value
    }

    /// The same through some lenses, of which as few are looked through as can be.
    fn rule_through(&self, ix: RuleIx, lenses: u64) -> PerLens {
        let mut value = PerLens::default();
        let _ = self.each_body(ix, lenses, |condition, reading, asked, lenses| {
            let strong = lenses & self.lenses.strong();
            let weak = strong != 0 && self.facts.is_weak(ix, reading);
            value = value | self.look(condition, asked, lenses).weakened(if weak { strong } else { 0 });
            ControlFlow::Continue(())
        });
        value
    }

    /// The conditions that a rule stands for, each with the number of its reading and the lenses that read it so.
    fn each_body(
        &self,
        ix: RuleIx,
        lenses: u64,
        mut f: impl FnMut(&'f Condition, usize, Asked<'f>, u64) -> ControlFlow<QuestionIx>,
    ) -> ControlFlow<QuestionIx> {
        let rule = &self.facts.rulebook[ix];
        let asked = Asked::by(rule);
        match &rule.body {
            Body::Plain(condition, _) => f(condition, 0, asked, lenses),
            Body::Readings(conflict, bodies) => {
                for (reading, (condition, _)) in bodies.iter().enumerate() {
                    let taken = lenses & self.lenses.reading(*conflict, reading);
                    if taken != 0 {
                        f(condition, reading, asked, taken)?;
                    }
                }
                ControlFlow::Continue(())
            }
        }
    }

    fn look(&self, condition: &Condition, asked: Asked<'_>, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        match condition {
            Condition::Const(value) => of(Possible::from_bool(*value)),
            Condition::All(parts) => {
                let mut all = of(Possible::DROPPED);
                for part in parts {
                    all = all.and(self.look(part, asked, lenses));
                    if all.yes | all.cannot_say | all.dropped == 0 {
                        break;
                    }
                }
                all
            }
            Condition::Any(parts) => {
                let mut any = of(Possible::DROPPED);
                for part in parts {
                    any = any.or(self.look(part, asked, lenses));
                    if any.no | any.cannot_say | any.dropped == 0 {
                        break;
                    }
                }
                any
            }
            Condition::AtLeast(least, parts) => {
                let parts = parts.iter().map(|part| self.look(part, asked, lenses));
                PerLens::at_least(usize::from(*least), parts, lenses)
            }
            Condition::Not(part) => self.look(part, asked, lenses).negate(),
            Condition::Rule(rule) if self.kept.is_some() => self.rule(*rule).within(lenses),
            Condition::Rule(rule) => self.rule_through(*rule, lenses),
            Condition::Passed(moment) if self.ahead.contains(moment) => of(Possible::NO),
            Condition::Passed(moment) => {
                self.by_strength(self.facts.calendar().known(*moment).passed(self.facts.as_of()), lenses)
            }
            Condition::Is(question, ..)
            | Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => {
                self.scoped(*question, lenses, || self.leaf(condition, self.facts.value(*question), asked, lenses))
            }
        }
    }

    /// What a part that looks at a question in scope comes to with this answer.
    fn leaf(&self, leaf: &Condition, answer: Option<Answer>, asked: Asked<'_>, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        match leaf {
            Condition::Is(question, set) => self.is(*question, answer, *set, asked, lenses),
            Condition::Between(_, from, until) => of(match answer {
                Some(Answer::Number(value)) => Possible::from_bool((*from..=*until).contains(&value)),
                _ => Possible::OPEN,
            }),
            Condition::Compare(question, relation, moment) => {
                self.compare(*question, answer, *relation, *moment, asked, lenses)
            }
            Condition::Done(question) => self.done(*question, answer, asked, lenses),
            Condition::Undone(_) => of(match answer {
                Some(Answer::Done) => Possible::NO,
                Some(_) => Possible::YES,
                None => Possible::OPEN,
            }),
            Condition::Timely(question) => of(self.timely(*question, answer)),
            no_leaf => self.look(no_leaf, asked, lenses),
        }
    }

    fn done(&self, question: QuestionIx, answer: Option<Answer>, asked: Asked<'_>, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        match answer {
            Some(Answer::Done) => of(Possible::YES),
            Some(Answer::Never) => of(Possible::NO),
            Some(Answer::NotYet) => self.pending(asked, None, lenses),
            Some(Answer::Planned(range)) => {
                let set_by_others = self.facts.rulebook[question].set_by_others;
                self.pending(asked, Some(Plan { day: range.first, set_by_others }), lenses)
            }
            _ => {
                // Some plan may be too late by a soft day.
                let doubtful = if self.has_soft_due(asked) { self.in_advance(asked, lenses) } else { 0 };
                of(Possible::OPEN) | self.pending(asked, None, lenses) | PerLens::of(Possible::CANNOT_SAY, doubtful)
            }
        }
    }

    /// What an answer with a day comes to wherever something looks at it, as far as that depends on no other answer: two
    /// that come to the same everywhere make no difference to any rule.
    pub fn seen(&self, question: QuestionIx, answer: Answer) -> Vec<PerLens> {
        let seen = |look: &DayLook| {
            let asked = look.rule.map_or(OUTSIDE, |rule| Asked::by(&self.facts.rulebook[rule]));
            self.leaf(&look.leaf, Some(answer), asked, self.lenses.all())
        };
        self.facts.rulebook.index().looks[question.index()].iter().map(seen).collect()
    }

    fn by_strength(&self, value: ByStrength, lenses: u64) -> PerLens {
        let strong = lenses & self.lenses.strong();
        PerLens::of(value.weak, lenses & !strong) | PerLens::of(value.strong, strong)
    }

    /// What is said about a question out of scope is dropped; where nobody can say whether it is in scope, nobody can say
    /// that either.
    fn scoped(&self, question: QuestionIx, lenses: u64, value: impl FnOnce() -> PerLens) -> PerLens {
        let scope = self.scope(question);
        if scope == ByStrength::same(Possible::YES) {
            return value();
        }
        let whether = |which: Possible| {
            let has = |scope: Possible| if scope.can(which) { Possible::YES } else { Possible::NO };
            self.by_strength(ByStrength { weak: has(scope.weak), strong: has(scope.strong) }, lenses).yes
        };
        let inside = whether(Possible::YES);
        let said = if inside == 0 { PerLens::default() } else { value().within(inside) };
        said | PerLens::of(Possible::DROPPED, whether(Possible::NO))
            | PerLens::of(Possible::CANNOT_SAY, whether(Possible::CANNOT_SAY))
    }

    fn is(&self, question: QuestionIx, answer: Option<Answer>, set: u64, asked: Asked<'_>, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        match (answer, &self.facts.rulebook[question].kind) {
            (Some(Answer::Choice(choice)), QuestionKind::Choice(choices)) => {
                self.chosen(choices, choice, set, asked, lenses)
            }
            (None, QuestionKind::Choice(choices)) if self.facts.is_timed(question) => {
                let each = (0..).zip(choices).filter(|(number, _)| !self.facts.withdrawn(question, *number));
                let each = each.map(|(number, _)| self.chosen(choices, number, set, asked, lenses));
                each.reduce(|one, other| one | other).unwrap_or(of(Possible::NO))
            }
            (None, QuestionKind::Choice(choices)) => {
                // What the choices outside of the set can turn into.
                let others = choices.iter().zip(0..).filter(|(_, number)| set >> number & 1 == 0);
                let (pending, no) = others.fold((false, false), |(pending, no), (choice, _)| {
                    let can_turn = choice.may_become & set != 0;
                    (pending || can_turn, no || !can_turn)
                });
                let when = |holds: bool, value: Possible| if holds { of(value) } else { PerLens::default() };
                let known = when(set != 0, Possible::YES) | when(no, Possible::NO);
                if pending { known | self.pending(asked, None, lenses) } else { known }
            }
            (Some(Answer::Choice(choice)), _) => of(Possible::from_bool(set >> choice & 1 == 1)),
            (Some(Answer::Choices(bits)), _) => of(Possible::from_bool(bits & set != 0)),
            _ => of(Possible::OPEN),
        }
    }

    /// Whether a choice is among these, or can still turn into one of them.
    fn chosen(&self, choices: &[Choice], number: u8, set: u64, asked: Asked<'_>, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        let Some(choice) = choices.get(usize::from(number)) else { return of(Possible::NO) };
        let is_in = set >> number & 1 == 1;
        if choice.not_before.is_none() && (is_in || choice.may_become & set == 0) {
            return of(Possible::from_bool(is_in));
        }
        // Outside of rules, answers are taken as they were said.
        let not_before = choice.not_before.filter(|_| asked.in_rule);
        let doubt = not_before.map_or(Possible::NO, |moment| self.is_early(moment));
        let targets = choice.may_become & set;
        let said = || match () {
            () if is_in || targets == 0 => of(Possible::from_bool(is_in)),
            () => self.turning(choices, choice, targets, asked, lenses),
        };
        match doubt {
            Possible::NO => said(),
            Possible::YES => of(Possible::CANNOT_SAY),
            _ => said() | of(Possible::CANNOT_SAY),
        }
    }

    /// Whether it is too early, by soft days, for what cannot be true before a date.
    fn is_early(&self, moment: MomentIx) -> Possible {
        let known = self.facts.calendar().known(moment);
        match (known, self.facts.as_of()) {
            (Known { own_soft: None, .. }, _) => Possible::NO,
            (_, None) => Possible::OPEN,
            (known, Some(as_of)) => Possible::from_bool(known.behind(as_of) == Behind::No),
        }
    }

    /// A choice that may turn into one of these: each by its own way, until the last day of that way. Where the choice
    /// itself should not be true any more, nobody can say which it is now.
    fn turning(&self, choices: &[Choice], from: &Choice, targets: u64, asked: Asked<'_>, lenses: u64) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        let stale = from.not_after.filter(|_| asked.in_rule).map_or(Possible::NO, |moment| {
            let known = self.facts.calendar().known(moment);
            match self.facts.as_of() {
                Some(as_of) => Possible::from_bool(known.over(as_of) == Behind::Softly),
                None if known.soft.is_some() => Possible::OPEN,
                None => Possible::NO,
            }
        });
        if stale == Possible::YES {
            return of(Possible::CANNOT_SAY);
        }
        let in_advance = self.in_advance(asked, lenses);
        let mut can = Possible::DROPPED;
        if in_advance != 0 {
            let targets = || (0..).zip(choices).filter(|(number, _): &(u8, _)| targets >> number & 1 == 1);
            // Whether a cell is closed is looked for last: as a rule nothing hangs on it.
            let last = targets().filter(|(_, target)| target.outcome_of.is_some());
            for (number, target) in targets().filter(|(_, target)| target.outcome_of.is_none()).chain(last) {
                if can == Possible::YES {
                    break;
                }
                // What another choice on the way turns into is reached through that one.
                let passed_through = (0..).zip(choices).filter(move |(other, choice)| {
                    *other != number && from.may_become >> other & 1 == 1 && choice.may_become >> number & 1 == 1
                });
                let ways = passed_through.filter_map(|(_, choice)| choice.by);
                let dues = asked.dues.iter().copied().chain(target.by).chain(ways);
                let mut turns = self.can_happen(dues, from.not_after, None);
                if let Some(cell) = target.outcome_of {
                    turns = turns.and(self.shut(cell).negate());
                }
                can = can.or(turns);
            }
        }
        let said = PerLens::of(Possible::NO, lenses & !in_advance) | PerLens::of(can, in_advance);
        if stale == Possible::NO { said } else { said | of(Possible::CANNOT_SAY) }
    }

    /// Whether the choice is one that can be true on the day of asking.
    fn timely(&self, question: QuestionIx, answer: Option<Answer>) -> Possible {
        let QuestionKind::Choice(choices) = &self.facts.rulebook[question].kind else { return Possible::YES };
        let timely = |choice: &Choice| {
            let calendar = self.facts.calendar();
            let behind = |moment: MomentIx| self.facts.as_of().map(|as_of| calendar.known(moment).behind(as_of));
            let begins = choice.not_before.filter(|moment| matches!(calendar.known(*moment).firm, Some((_, true))));
            let early = begins.map_or(Some(false), |moment| Some(behind(moment)? != Behind::Firmly));
            let late = choice.not_after.filter(|moment| calendar.known(*moment).firm.is_some());
            let late = late.map_or(Some(false), |moment| Some(self.facts.over(moment)? == Behind::Firmly));
            match (early, late) {
                (Some(early), Some(late)) => Possible::from_bool(!early && !late),
                _ => Possible::OPEN,
            }
        };
        match answer {
            Some(Answer::Choice(choice)) => choices.get(usize::from(choice)).map_or(Possible::YES, timely),
            _ => choices.iter().map(timely).reduce(|one, other| one | other).unwrap_or(Possible::YES),
        }
    }

    /// A day that was answered, against a date. Inside of a rule, a day that lies ahead is a plan, and one after the dates by
    /// which the rule wants it came too late.
    fn compare(
        &self,
        question: QuestionIx,
        answer: Option<Answer>,
        relation: Relation,
        moment: MomentIx,
        asked: Asked<'_>,
        lenses: u64,
    ) -> PerLens {
        let Some((day, firm)) = self.facts.calendar().known(moment).day else {
            return PerLens::of(Possible::CANNOT_SAY, lenses);
        };
        let (range, planned) = match answer {
            Some(Answer::Date(range)) => (range, false),
            Some(Answer::Planned(range)) => (range, true),
            _ => {
                let open = PerLens::of(self.open_day(asked), lenses);
                return open.weakened(if firm { 0 } else { lenses & self.lenses.strong() });
            }
        };
        let said = if asked.in_rule {
            let question = &self.facts.rulebook[question];
            let on = |answered: Day| {
                let holds = relation.holds(answered, day);
                self.dated(question, answered, planned, holds, relation, asked, lenses)
            };
            if range.first == range.last {
                on(range.first)
            } else {
                let inside = |day: &Day| range.first < *day && *day < range.last;
                let edges = self.edges(day, asked).into_iter().filter(inside).chain([range.last]);
                edges.map(on).fold(on(range.first), |one, other| one | other)
            }
        } else {
            let ends = [range.first, range.last].map(|answered| Possible::from_bool(relation.holds(answered, day)));
            PerLens::of(ends[0] | ends[1], lenses)
        };
        said.weakened(if firm { 0 } else { lenses & self.lenses.strong() })
    }

    /// What a day that nobody answered can come to.
    fn open_day(&self, asked: Asked<'_>) -> Possible {
        let doubtful = asked.in_rule && self.has_soft_due(asked);
        if doubtful { Possible::OPEN | Possible::CANNOT_SAY } else { Possible::OPEN }
    }

    fn has_soft_due(&self, asked: Asked<'_>) -> bool {
        let calendar = self.facts.calendar();
        let mut dues = asked.dues.iter().copied().chain(calendar.last);
        dues.any(|due| calendar.due(due).soft.is_some())
    }

    /// The days at which an answered day begins to count otherwise.
    fn edges(&self, day: Day, asked: Asked<'_>) -> Vec<Day> {
        let calendar = self.facts.calendar();
        let dues = asked.dues.iter().copied().chain(calendar.last).map(|due| calendar.due(due));
        let dues = dues.flat_map(|known| known.firm.map(|(point, _)| point).into_iter().chain(known.soft));
        let mut edges = vec![day.plus(-1), day, day.plus(1)];
        edges.extend(dues.flat_map(|due| [due.day, due.day.plus(1)]));
        edges.extend(self.facts.as_of().into_iter().flat_map(|as_of| [as_of.day, as_of.day.plus(1)]));
        edges
    }

    /// A single day inside of a rule.
    #[allow(clippy::too_many_arguments, reason = "all that there is to say about one day")]
    fn dated(
        &self,
        question: &Question,
        answered: Day,
        planned: bool,
        holds: bool,
        relation: Relation,
        asked: Asked<'_>,
        lenses: u64,
    ) -> PerLens {
        let of = |value: Possible| PerLens::of(value, lenses);
        if !holds {
            let later = matches!(relation, Relation::OnOrAfter | Relation::After);
            return if question.renewable && later { self.pending(asked, None, lenses) } else { of(Possible::NO) };
        }
        let fact = || of(self.in_time(answered, asked));
        let plan = || self.pending(asked, Some(Plan { day: answered, set_by_others: question.set_by_others }), lenses);
        match self.facts.as_of() {
            _ if planned => plan(),
            _ if question.may_lie_ahead => of(Possible::YES),
            Some(as_of) if answered > as_of.day => plan(),
            Some(_) => fact(),
            None => fact() | plan(),
        }
    }

    /// Whether what came about on a day came about by the dates by which the rule wants it.
    fn in_time(&self, day: Day, asked: Asked<'_>) -> Possible {
        let known = || asked.dues.iter().map(|due| self.facts.calendar().due(*due));
        let after = |point: Option<crate::calendar::Point>| point.is_some_and(|point| day > point.day);
        match () {
            () if known().any(|known| after(known.firm.map(|(point, _)| point))) => Possible::NO,
            () if known().any(|known| after(known.soft)) => Possible::CANNOT_SAY,
            () => Possible::YES,
        }
    }

    /// The lenses through which what is still to happen counts in advance.
    fn in_advance(&self, asked: Asked<'_>, lenses: u64) -> u64 {
        if asked.after_applying { lenses } else { lenses & self.lenses.at_best() }
    }

    /// Something that is not done, and was not ruled out.
    fn pending(&self, asked: Asked<'_>, plan: Option<Plan>, lenses: u64) -> PerLens {
        let in_advance = self.in_advance(asked, lenses);
        let no = |lenses: u64| PerLens::of(Possible::NO, lenses);
        if in_advance == 0 {
            return no(lenses);
        }
        let dues = || asked.dues.iter().copied();
        let can_happen = self.can_happen(dues(), None, plan);
        // Who plans something for later than it falls due has not done it in time, as it is, but can still plan otherwise.
        let as_it_is = in_advance & !self.lenses.at_best();
        let late = as_it_is != 0 && plan.is_some_and(|plan| self.is_firmly_late(plan.day, dues()));
        let seen = if late {
            no(as_it_is) | PerLens::of(can_happen, in_advance & !as_it_is)
        } else {
            PerLens::of(can_happen, in_advance)
        };
        no(lenses & !in_advance) | seen
    }

    fn is_firmly_late(&self, day: Day, mut dues: impl Iterator<Item = MomentIx>) -> bool {
        dues.any(|due| self.facts.calendar().due(due).firm.is_some_and(|(point, _)| day > point.day))
    }

    /// Whether something can still happen: not once one of these dates has passed firmly, or the whole day of what it comes
    /// from; past a soft one, nobody can say. The same holds for a plan after such a day, but that a firm one only counts
    /// where the day cannot be moved.
    fn can_happen(
        &self,
        dues: impl Iterator<Item = MomentIx>,
        from_until: Option<MomentIx>,
        plan: Option<Plan>,
    ) -> Possible {
        let calendar = self.facts.calendar();
        let as_of = self.facts.as_of();
        let (mut passed, mut doubtful, mut may_pass, mut may_be_doubtful) = (false, false, false, false);
        let dues = dues.chain(calendar.last).map(|due| (calendar.due(due), false));
        for (known, whole) in dues.chain(from_until.map(|until| (calendar.known(until), true))) {
            match as_of.map(|as_of| if whole { known.over(as_of) } else { known.behind(as_of) }) {
                Some(Behind::Firmly) => passed = true,
                Some(Behind::Softly) => doubtful = true,
                Some(Behind::No) => {}
                None => {
                    may_pass |= known.firm.is_some();
                    may_be_doubtful |= known.soft.is_some();
                }
            }
            if let Some(plan) = plan {
                passed |= plan.set_by_others && known.firm.is_some_and(|(point, _)| plan.day > point.day);
                doubtful |= known.soft.is_some_and(|point| plan.day > point.day);
            }
        }
        let now = match () {
            () if passed => return Possible::NO,
            () if doubtful => Possible::CANNOT_SAY,
            () => Possible::YES,
        };
        let if_passed = if may_pass { now | Possible::NO } else { now };
        if may_be_doubtful { if_passed | Possible::CANNOT_SAY } else { if_passed }
    }

    /// Visits the questions without a known value that an unsettled part of the condition looks at, scope included.
    pub fn open_in(&self, condition: &Condition, visit: &mut Visit<'_>) -> ControlFlow<QuestionIx> {
        self.open(condition, OUTSIDE, self.lenses.all(), visit)
    }

    /// The same through the first lens alone; see [`Look::keeping`].
    pub fn open_plainly(&self, condition: &Condition, visit: &mut Visit<'_>) -> ControlFlow<QuestionIx> {
        self.open(condition, OUTSIDE, 1, visit)
    }

    /// The same for a rule, as far as these lenses go.
    pub fn open_in_rule(&self, rule: RuleIx, lenses: u64, visit: &mut Visit<'_>) -> ControlFlow<QuestionIx> {
        let value = if self.kept.is_some() { self.rule(rule) } else { self.rule_through(rule, lenses) };
        let unsettled = value.unsettled() & lenses;
        if unsettled == 0 {
            return ControlFlow::Continue(());
        }
        self.each_body(rule, unsettled, |condition, _, asked, lenses| self.open_parts(condition, asked, lenses, visit))
    }

    fn open(
        &self,
        condition: &Condition,
        asked: Asked<'_>,
        lenses: u64,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<QuestionIx> {
        match self.look(condition, asked, lenses).unsettled() {
            0 => ControlFlow::Continue(()),
            unsettled => self.open_parts(condition, asked, unsettled, visit),
        }
    }

    /// The same for a condition that is unsettled through each of these lenses.
    fn open_parts(
        &self,
        condition: &Condition,
        asked: Asked<'_>,
        lenses: u64,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<QuestionIx> {
        match condition {
            Condition::Const(_) | Condition::Passed(_) => ControlFlow::Continue(()),
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().try_for_each(|part| self.open(part, asked, lenses, visit))
            }
            Condition::Not(part) => self.open_parts(part, asked, lenses, visit),
            Condition::Rule(rule) => self.open_in_rule(*rule, lenses, visit),
            Condition::Is(question, set) => {
                if self.in_advance(asked, lenses) != 0 {
                    self.open_outcomes(*question, *set, visit)?;
                }
                self.open_question(*question, visit)
            }
            Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => self.open_question(*question, visit),
        }
    }

    /// Questions on which it hangs whether a cell is closed, so that outcomes of it cannot come about any more.
    fn open_outcomes(&self, question: QuestionIx, set: u64, visit: &mut Visit<'_>) -> ControlFlow<QuestionIx> {
        for cell in self.outcomes_awaited(question, set) {
            if !self.shut(cell).settled() {
                let look = Look::at_once(self.facts, Lenses::each(self.facts.ways(cell)));
                let cell = &self.facts.rulebook[cell];
                let (closed, required) = (look.lenses.now_strongly, look.lenses.at_best());
                let may_close = |rule: &RuleIx| look.rule_through(*rule, closed).yes == closed;
                let mut closing = cell.closed.iter().map(|(_, rule)| *rule).filter(may_close);
                closing.try_for_each(|rule| look.open_in_rule(rule, closed, visit))?;
                cell.requires.iter().try_for_each(|rule| look.open_in_rule(*rule, required, visit))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The cells of which the answer may still turn into an outcome that is among these choices.
    fn outcomes_awaited(&self, question: QuestionIx, set: u64) -> impl Iterator<Item = CellIx> {
        let choices: &[Choice] = match &self.facts.rulebook[question].kind {
            QuestionKind::Choice(choices) => choices,
            _ => &[],
        };
        let becoming = match self.facts.value(question) {
            Some(Answer::Choice(choice)) if set >> choice & 1 == 1 => 0,
            Some(Answer::Choice(choice)) => choices.get(usize::from(choice)).map_or(0, |choice| choice.may_become),
            _ => {
                let possible = (0..).zip(choices).filter(|(number, _)| !self.facts.withdrawn(question, *number));
                possible.fold(0, |all, (_, choice)| all | choice.may_become)
            }
        };
        let targets = becoming & set;
        let each = (0..).zip(choices).filter(move |(number, _): &(u8, _)| targets >> number & 1 == 1);
        each.filter_map(|(_, target)| target.outcome_of)
    }

    /// Notes the questions whose answers, as they are, make the rule come to what it comes to through these lenses.
    pub fn carry_rule(&self, rule: RuleIx, lenses: u64, noted: &mut Vec<QuestionIx>) {
        if lenses != 0 {
            let _ = self.each_body(rule, lenses, |condition, _, asked, lenses| {
                self.carry(condition, asked, lenses, noted);
                ControlFlow::Continue(())
            });
        }
    }

    fn carry(&self, condition: &Condition, asked: Asked<'_>, lenses: u64, noted: &mut Vec<QuestionIx>) {
        // One part that decides is enough, where there is one; else each part carries its share.
        let parts = |parts: &[Condition], decides: fn(PerLens) -> u64, noted: &mut Vec<QuestionIx>| {
            let mut left = lenses;
            for part in parts {
                let decided = left & decides(self.look(part, asked, left));
                if decided != 0 {
                    self.carry(part, asked, decided, noted);
                    left &= !decided;
                }
            }
            if left != 0 {
                parts.iter().for_each(|part| self.carry(part, asked, left, noted));
            }
        };
        match condition {
            Condition::Const(_) | Condition::Passed(_) => {}
            Condition::All(all) => parts(all, PerLens::only_no, noted),
            Condition::Any(any) => parts(any, PerLens::only_yes, noted),
            Condition::AtLeast(_, of) => parts(of, |_| 0, noted),
            Condition::Not(part) => self.carry(part, asked, lenses, noted),
            Condition::Rule(rule) => self.carry_rule(*rule, lenses, noted),
            Condition::Is(question, set) => {
                if self.in_advance(asked, lenses) != 0 {
                    for cell in self.outcomes_awaited(*question, *set) {
                        noted.extend(&self.facts.rulebook[cell].questions);
                    }
                }
                self.carry_question(*question, noted);
            }
            Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => self.carry_question(*question, noted),
        }
    }

    fn carry_question(&self, question: QuestionIx, noted: &mut Vec<QuestionIx>) {
        let scope = self.scope(question);
        let is_settled = scope.weak.settled() && scope.strong.settled();
        if is_settled && let Some(condition) = &self.facts.rulebook[question].relevant_when {
            self.carry(condition, OUTSIDE, self.lenses.plain(), noted);
        }
        if scope != ByStrength::same(Possible::NO) {
            noted.push(question);
        }
    }

    fn open_question(&self, question: QuestionIx, visit: &mut Visit<'_>) -> ControlFlow<QuestionIx> {
        let scope = self.scope(question);
        let is_open = !(scope.weak.settled() && scope.strong.settled());
        if is_open
            && let Some(scope) = &self.facts.rulebook[question].relevant_when
            && !visit.scopes.contains(&question)
        {
            visit.scopes.push(question);
            let look = Look::at_once(self.facts, Lenses::each(Ways::ONE));
            look.open(scope, OUTSIDE, look.lenses.plain(), visit)?;
        }
        let known = match self.facts.value(question) {
            None => false,
            Some(Answer::Date(range)) => range.first == range.last,
            Some(Answer::Planned(range)) => {
                range.first == range.last || !matches!(self.facts.rulebook[question].kind, QuestionKind::Date(..))
            }
            Some(_) => true,
        };
        if known { ControlFlow::Continue(()) } else { (visit.each)(question) }
    }
}

/// Whether it is yes through all of these lenses.
fn in_all(value: PerLens, lenses: u64) -> Possible {
    match () {
        () if value.only_yes() & lenses == lenses => Possible::YES,
        () if value.yes & lenses == lenses => Possible::OPEN,
        () => Possible::NO,
    }
}

impl Relation {
    fn holds(self, answered: Day, day: Day) -> bool {
        match self {
            Relation::Before => answered < day,
            Relation::OnOrBefore => answered <= day,
            Relation::OnOrAfter => answered >= day,
            Relation::After => answered > day,
        }
    }
}
