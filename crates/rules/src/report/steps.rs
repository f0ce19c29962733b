//! What must still happen, by when, and in which order.

use super::doubts::DoubtfulDay;
use super::{Criterion, CriterionState, MomentReport, Remaining, Step, Turn};
use crate::answers::Answer;
use crate::calendar::Behind;
use crate::facts::{Facts, Future, Lens};
use crate::look::Look;
use crate::possible::Possible;
use crate::rulebook::{CellIx, Choice, Condition, MomentIx, QuestionIx, QuestionKind, Relation, RuleIx};
use crate::sort::sort_by_key;

impl Facts<'_> {
    /// The rules that are pending, down to the smallest ones that have words for the step, in the order of time.
    /// Where the verdict hangs on more than them, the criteria tell which of them are pending for certain; then what is
    /// perhaps late is a step too.
    pub(super) fn steps(&self, cell: CellIx, besides: Option<&[Criterion]>) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut groups = 0;
        for (place, rule) in self.rulebook[cell].requires.iter().enumerate() {
            if besides.is_none_or(|criteria| criteria[place].state == CriterionState::CanStill) {
                self.pending_steps(*rule, None, &mut groups, &mut steps);
            }
        }
        if let Some(criteria) = besides {
            for earlier in self.planned_too_late(cell, criteria) {
                if steps.iter().all(|known: &Step| known.rule != earlier.rule) {
                    steps.push(earlier);
                }
            }
            // What keeps from the position by itself asks for what comes last.
            let doubtful = self.doubtful_days(cell);
            let closes = |rule: RuleIx| self.rulebook[cell].closed.iter().any(|(_, by)| *by == rule);
            let passed = |day: &&DoubtfulDay| self.passed(day.moment) == Possible::YES;
            let ends = || doubtful.iter().filter(passed).filter(|day| closes(day.rule));
            let at = |day: &DoubtfulDay| self.passing(day.moment).map_or(0, |passes| passes.instant);
            let last = ends().map(at).max().unwrap_or(0);
            let left = ends().filter(|day| self.is_left_undone(day.rule)).count();
            for closing in [false, true] {
                let these = doubtful.iter().filter(passed).filter(|day| closes(day.rule) == closing);
                for day @ &DoubtfulDay { moment, rule, .. } in these {
                    let is_told = steps.iter().any(|step| step.rule == self.rulebook[rule].id);
                    // Where what comes after it is over too, or was left undone too, it is not done late, but in vain.
                    let in_vain = at(day) < last || (closing && left > 1);
                    if !is_told && !in_vain && self.is_left_undone(rule) {
                        let by = Some(self.falls_due(moment));
                        steps.push(Step { by, late: true, ..self.step(rule, None) });
                    }
                }
            }
        }
        // What is left alone of several ways is the only one.
        let alone = |one_of: &u16| steps.iter().filter(|step| step.one_of == Some(*one_of)).count() == 1;
        let alone: Vec<u16> = (1..=groups).filter(alone).collect();
        steps.iter_mut().filter(|step| step.one_of.is_some_and(|group| alone.contains(&group))).for_each(|step| {
            step.one_of = None;
        });
        // Alternatives stand together, where the first of them comes.
        let mut first = vec![i64::MAX; usize::from(groups) + 1];
        for step in &steps {
            let group = &mut first[usize::from(step.one_of.unwrap_or(0))];
            *group = self.place(step).min(*group);
        }
        sort_by_key(&mut steps, |step| step.one_of.map_or_else(|| self.place(step), |group| first[usize::from(group)]));
        steps
    }

    /// Where a step stands among others: by the day for which it is planned, if that is sooner than the one by which it is due.
    /// Of those that come to one instant, one whose date is only known to come before the other's is first; then what the
    /// person does, and last what somebody decides on it.
    fn place(&self, step: &Step) -> i64 {
        let Some(by) = &step.by else { return i64::MAX };
        let due = self.rulebook.moment(&by.id);
        let Some((due, passes)) = due.and_then(|due| Some((due, self.passing(due)?))) else {
            // What has no day comes about when it did in an earlier cycle.
            let likely = by.likely_day(&self.rulebook.cycle);
            return likely.map_or(i64::MAX, |day| 4 * 86_400 * (i64::from(day.0) + 1));
        };
        let sooner = step.planned.map_or(0, |plan| (passes.day.0 - plan.first.0).max(0));
        let known = self.calendar().known(due);
        let has_a_day = known.own_soft.is_some() || known.firm.is_some_and(|(_, own)| own);
        let waits = i64::from(step.turn == Turn::Theirs);
        4 * (passes.instant - 86_400 * i64::from(sooner)) + 2 * i64::from(has_a_day) + waits
    }

    /// Whether the rule has words for something that the person can do on a day of their own, and has not done.
    fn is_left_undone(&self, rule: RuleIx) -> bool {
        let rule = &self.rulebook[rule];
        let mut undone = false;
        for (condition, _) in rule.bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Done(event) | Condition::Undone(event) = leaf {
                    undone |= self.value(*event) == Some(Answer::NotYet) && !self.rulebook[*event].set_by_others;
                }
            });
        }
        undone && rule.step.is_some()
    }

    fn pending_steps(&self, rule: RuleIx, one_of: Option<u16>, groups: &mut u16, steps: &mut Vec<Step>) {
        let now = self.rule(rule, Lens::PLAIN);
        let best = self.rule(rule, Lens { future: Future::AtBest, ..Lens::PLAIN });
        if now.must(Possible::YES | Possible::DROPPED) || !best.can(Possible::YES) {
            return;
        }
        let body = &self.rulebook[rule];
        let (condition, _) = body.under(Lens::PLAIN.readings);
        let mut inner = Vec::new();
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(rule) = leaf {
                inner.push(*rule);
            }
        });
        let before = steps.len();
        let has_own = self.has_way_of_its_own(rule, condition);
        let one_of = if matches!(condition, Condition::Any(_)) && inner.len() + usize::from(has_own) > 1 {
            *groups += 1;
            one_of.or(Some(*groups))
        } else {
            one_of
        };
        if has_own {
            steps.push(self.step(rule, one_of));
        }
        for rule in inner {
            self.pending_steps(rule, one_of, groups, steps);
        }
        // Of several ways none of which is left to go, one may have been gone already.
        let gone = matches!(condition, Condition::Any(_)) && now.can(Possible::YES);
        if steps.len() == before && !gone {
            steps.push(self.step(rule, one_of));
        }
    }

    fn step(&self, rule: RuleIx, one_of: Option<u16>) -> Step {
        let body = &self.rulebook[rule];
        let (condition, _) = body.under(Lens::PLAIN.readings);
        let waits = body.wait.as_ref().filter(|_| self.only_waits(rule) || self.comes_with_days(rule, condition));
        let planned = |leaf: &Condition| match (leaf, leaf.question().and_then(|question| self.value(question))) {
            (Condition::Done(_), Some(Answer::Planned(plan))) => Some(plan),
            _ => None,
        };
        let mut plan = None;
        condition.each_leaf(&mut |leaf| plan = plan.or_else(|| planned(leaf)));
        Step {
            rule: body.id.clone(),
            text: waits.or(body.step.as_ref()).unwrap_or(&body.text).clone(),
            by: self.due(rule).map(|moment| self.falls_due(moment)),
            planned: plan,
            earlier: self.is_planned_late(rule),
            late: false,
            turn: self.turn(condition),
            one_of,
        }
    }

    /// Whether the rule wants nothing more than that the person goes on as now until a day.
    fn comes_with_days(&self, rule: RuleIx, condition: &Condition) -> bool {
        let (mut waits, mut is_all) = (false, true);
        condition.each_leaf(&mut |leaf| {
            if Look::through(self, Lens::PLAIN).part(rule, leaf).through(0) == Possible::YES {
                return;
            }
            let comes = matches!(leaf, Condition::Is(question, set) if self.lasts_until(*question, *set));
            waits |= comes;
            is_all &= comes;
        });
        waits && is_all
    }

    /// Whether the answer holds until a day only, and can be one of these after it.
    fn lasts_until(&self, question: QuestionIx, set: u64) -> bool {
        let Some(Answer::Choice(from)) = self.value(question) else { return false };
        let choice = self.rulebook[question].choice_at(from);
        choice.is_some_and(|choice| choice.not_after.is_some() && choice.may_become & set != 0)
    }

    /// Whose turn it is to do what a rule still wants.
    fn turn(&self, condition: &Condition) -> Turn {
        let mut turn = Turn::Own;
        condition.each_leaf(&mut |leaf| match leaf {
            Condition::Is(question, set) if let QuestionKind::Choice(choices) = &self.rulebook[*question].kind => {
                let mut wanted = (0..).zip(choices).filter(|(to, _)| set >> to & 1 == 1);
                if wanted.all(|(_, choice): (u32, &Choice)| choice.decided_by_others) {
                    turn = Turn::Theirs;
                }
            }
            Condition::Done(event) if turn == Turn::Own && self.rulebook[*event].set_by_others => turn = Turn::Invited,
            _ => {}
        });
        turn
    }

    /// Whether a rule that has words for its step can come to hold by what it looks at itself, beside the rules that can
    /// take its place.
    fn has_way_of_its_own(&self, rule: RuleIx, condition: &Condition) -> bool {
        let Condition::Any(parts) = condition else { return false };
        let lens = Lens { future: Future::AtBest, ..Lens::PLAIN };
        let is_own = |part: &&Condition| {
            let mut own = true;
            part.each_leaf(&mut |leaf| own &= !matches!(leaf, Condition::Rule(_)));
            own
        };
        let can = |part: &Condition| Look::through(self, lens).part(rule, part).through(0) == Possible::YES;
        self.rulebook[rule].step.is_some() && parts.iter().filter(is_own).any(can)
    }

    /// Whether somebody else decides what the rule waits for, and the person has done what leads there.
    fn only_waits(&self, rule: RuleIx) -> bool {
        let mut waits = false;
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Is(question, set) = leaf
                    && let Some(Answer::Choice(from)) = self.value(*question)
                    && let QuestionKind::Choice(choices) = &self.rulebook[*question].kind
                    && let Some(choice) = choices.get(usize::from(from))
                {
                    let mut left = (0..).zip(choices).filter(|(to, _)| choice.may_become >> to & 1 == 1);
                    let awaited = choice.may_become & set != 0 && set >> from & 1 == 0;
                    waits |= awaited && left.all(|(_, choice): (u32, &Choice)| choice.decided_by_others);
                }
            });
        }
        waits
    }

    /// By when the rule wants what it asks for, and by when it can be come to: the date that passes first; of those of
    /// which nothing is known, the first.
    pub(super) fn due(&self, rule: RuleIx) -> Option<MomentIx> {
        let mut dues = self.rulebook[rule].dues.clone();
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                match (leaf, leaf.question().and_then(|question| self.value(question))) {
                    (Condition::Is(question, set), Some(Answer::Choice(from))) if set >> from & 1 == 0 => {
                        let becomes = self.rulebook[*question].choice_at(from).map_or(0, |choice| choice.may_become);
                        let targets = (0..64).filter(|to| (becomes & set) >> to & 1 == 1);
                        let targets = targets.filter(|to| !self.is_begun_by_another(rule, *question, *to));
                        targets.for_each(|to| dues.extend(self.ways_by(*question, Answer::Choice(to))));
                    }
                    // What leads there may still have to be begun.
                    (Condition::Is(question, set), None)
                        if let QuestionKind::Choice(choices) = &self.rulebook[*question].kind =>
                    {
                        let targets = (0..64).filter(|to| set >> to & 1 == 1);
                        for to in targets.filter(|to| !self.is_begun_by_another(rule, *question, *to)) {
                            let leading = choices.iter().filter(|choice| choice.may_become >> to & 1 == 1);
                            dues.extend(leading.filter_map(|choice| choice.by));
                        }
                    }
                    _ => {}
                }
                // A day of one's own that must not be later than a date has to be kept by it.
                if let Condition::Compare(question, Relation::Before | Relation::OnOrBefore, moment) = leaf
                    && self.is_to_come(*question)
                {
                    dues.push(*moment);
                }
            });
        }
        self.earliest(dues.iter().copied()).or(dues.first().copied())
    }

    /// Whether somebody else decides the choice, and another rule asks the person for what leads there: then the days of
    /// that are told with the other rule, and here it remains to wait.
    fn is_begun_by_another(&self, rule: RuleIx, question: QuestionIx, to: u8) -> bool {
        let QuestionKind::Choice(choices) = &self.rulebook[question].kind else { return false };
        if !choices.get(usize::from(to)).is_some_and(|choice| choice.decided_by_others) {
            return false;
        }
        let leads_there =
            (0..).zip(choices).filter(|(_, choice)| choice.may_become >> to & 1 == 1 && choice.by.is_some());
        let leading = leads_there.fold(0_u64, |all, (number, _): (u32, _)| all | 1 << number);
        let mut others = (0..self.rulebook.rules.len()).map(RuleIx::nth).filter(|other| *other != rule);
        others.any(|other| {
            let mut asks = false;
            for (condition, _) in self.rulebook[other].bodies() {
                condition.each_leaf(&mut |leaf| {
                    asks |= matches!(leaf, Condition::Is(of, set) if *of == question && set & leading != 0);
                });
            }
            asks
        })
    }

    /// Whether something that the rule asks for is planned for later than the rule wants it.
    fn is_planned_late(&self, rule: RuleIx) -> bool {
        let firm = |due: &MomentIx| self.calendar().due(*due).firm.map(|(point, _)| point.day);
        let Some(day) = self.rulebook[rule].dues.iter().filter_map(firm).min() else { return false };
        let mut late = false;
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Some(Answer::Planned(plan)) = leaf.question().and_then(|question| self.value(question)) {
                    late |= plan.first > day;
                }
            });
        }
        late
    }

    /// What the person plans for a day that is, or may be, after the one by which it has to come about: by a rule that closes
    /// the cell to whoever has not done it, or by a requirement that is not met. Only while there is time until that day.
    pub(super) fn planned_too_late(&self, cell: CellIx, criteria: &[Criterion]) -> Vec<Step> {
        let cell = &self.rulebook[cell];
        let mut waiting: Vec<RuleIx> = Vec::new();
        for (place, rule) in cell.requires.iter().enumerate().rev() {
            if !criteria[place].is_met() {
                waiting.push(*rule);
            }
        }
        for (_, rule) in cell.closed.iter().rev() {
            waiting.push(*rule);
        }
        let mut steps: Vec<Step> = Vec::new();
        while let Some(rule) = waiting.pop() {
            let (condition, _) = self.rulebook[rule].under(Lens::PLAIN.readings);
            // The day that ends it, and the plan.
            let (mut end, mut plan) = (None, None);
            condition.each_leaf(&mut |leaf| {
                let planned = match leaf.question().and_then(|question| self.value(question)) {
                    Some(Answer::Planned(planned)) => Some(planned),
                    _ => None,
                };
                match leaf {
                    Condition::Rule(inner) => waiting.push(*inner),
                    Condition::Passed(moment) => end = end.or(Some(*moment)),
                    Condition::Undone(_) => plan = plan.or(planned),
                    Condition::Compare(_, Relation::Before | Relation::OnOrBefore, moment) if planned.is_some() => {
                        (end, plan) = (Some(*moment), planned);
                    }
                    _ => {}
                }
            });
            let (Some(end), Some(plan)) = (end, plan) else { continue };
            let is_ahead = self.as_of().is_some_and(|as_of| self.calendar().due(end).behind(as_of) == Behind::No);
            let is_told = steps.iter().any(|step| step.rule == self.rulebook[rule].id);
            if is_ahead && !is_told && self.passing(end).is_some_and(|passes| plan.last > passes.day) {
                let by = Some(self.falls_due(end));
                steps.push(Step { by, planned: Some(plan), earlier: true, ..self.step(rule, None) });
            }
        }
        steps
    }

    /// The opening of the cell, while it is known and still to come.
    pub(super) fn waits_for(&self, cell: CellIx) -> Option<MomentReport> {
        let opens = self.rulebook[cell].opens.filter(|opens| self.passed(*opens) == Possible::NO);
        opens.map(|opens| self.moment(opens))
    }

    /// Rules that fall due after applying and are not fulfilled yet.
    pub(super) fn conditions(&self, cell: CellIx) -> Vec<Remaining> {
        let mut found = Vec::new();
        let mut waiting: Vec<RuleIx> = self.rulebook[cell].requires.iter().rev().copied().collect();
        while let Some(rule) = waiting.pop() {
            let body = &self.rulebook[rule];
            let (condition, _) = body.under(Lens::PLAIN.readings);
            condition.each_leaf(&mut |leaf| match leaf {
                Condition::Rule(inner) => waiting.push(*inner),
                Condition::Done(question)
                | Condition::Is(question, _)
                | Condition::Compare(question, Relation::Before | Relation::OnOrBefore, _)
                    if body.due_after_applying && self.scope(*question).can(Possible::YES) =>
                {
                    let pending = match self.value(*question) {
                        Some(Answer::NotYet | Answer::Planned(_)) => true,
                        Some(Answer::Date(_)) => self.is_to_come(*question),
                        Some(Answer::Choice(choice)) => self.may_change(*question, choice),
                        _ => false,
                    };
                    let listed = found.iter().any(|c: &Remaining| c.rule == body.id);
                    if let (true, false, Some(text)) = (pending, listed, &body.condition) {
                        let by = self.due(rule).map(|moment| self.falls_due(moment));
                        found.push(Remaining { rule: body.id.clone(), text: text.clone(), by });
                    }
                }
                _ => {}
            });
        }
        found
    }

    /// Whether the answer is a day that has not come yet or, where the person plans it, has not gone by.
    fn is_to_come(&self, question: QuestionIx) -> bool {
        let Some(as_of) = self.as_of() else { return false };
        match self.value(question) {
            Some(Answer::Date(day)) => day.last > as_of.day,
            Some(Answer::Planned(day)) => day.last >= as_of.day,
            _ => false,
        }
    }

    fn may_change(&self, question: QuestionIx, choice: u8) -> bool {
        match &self.rulebook[question].kind {
            QuestionKind::Choice(choices) => choices.get(usize::from(choice)).is_some_and(|c| c.may_become != 0),
            _ => false,
        }
    }
}
