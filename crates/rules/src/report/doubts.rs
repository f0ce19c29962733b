//! What nobody can say because a day is only expected.

use super::{Doubt, DoubtKind};
use crate::answers::{Answer, Answers};
use crate::calendar::Behind;
use crate::day::Day;
use crate::facts::Facts;
use crate::lens::Lenses;
use crate::look::Look;
use crate::rulebook::{CellIx, Condition, DateKind, MomentIx, QuestionIx, RuleIx};

/// A soft day that leaves a cell in doubt, and a rule for which it counts.
#[derive(Clone, Copy)]
pub(super) struct DoubtfulDay {
    pub why: DoubtKind,
    pub moment: MomentIx,
    pub rule: RuleIx,
    /// The question whose answer should not be known yet, or may have changed since it was given.
    answer: Option<QuestionIx>,
}

impl Facts<'_> {
    /// The soft days that leave a cell in doubt: those in its closing rules and requirements of which nobody can say what
    /// they come to.
    pub(super) fn doubts(&self, answers: &Answers, ix: CellIx) -> Vec<Doubt> {
        let mut doubts: Vec<Doubt> = Vec::new();
        for DoubtfulDay { why, moment, rule, answer } in self.doubtful_days(ix) {
            let date = self.moment(moment);
            // A date that counts for several rules is told once.
            if doubts.iter().all(|known| (known.why, &known.date.id) != (why, &date.id)) {
                let answer = answer.map(|question| self.row(answers, question));
                doubts.push(Doubt { why, date, rule: self.rulebook[rule].id.clone(), answer });
            }
        }
        doubts
    }

    /// The same with every rule for which a date counts. Of rules that hang on open questions they are told only where no
    /// other rule is in doubt.
    pub(super) fn doubtful_days(&self, ix: CellIx) -> Vec<DoubtfulDay> {
        let cell = &self.rulebook[ix];
        let mut found = Vec::new();
        for surely in [true, false] {
            for (_, rule) in &cell.closed {
                self.doubts_in(ix, *rule, (false, surely), &mut found);
            }
            for rule in &cell.requires {
                self.doubts_in(ix, *rule, (true, surely), &mut found);
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    fn doubts_in(&self, cell: CellIx, ix: RuleIx, (at_best, surely): (bool, bool), found: &mut Vec<DoubtfulDay>) {
        let lenses = Lenses::each(self.ways(cell));
        let said = Look::at_once(self, lenses).rule(ix);
        // What only weak eyes see closes nothing, but leaves a doubt.
        let weakly = said.yes & lenses.strongly_to_now(said.cannot_say);
        let doubtful = if at_best { said.cannot_say & lenses.best } else { (said.cannot_say | weakly) & lenses.now };
        let harmless = said.dropped | if at_best { said.yes } else { said.no };
        if doubtful & !(if surely { harmless } else { 0 }) == 0 {
            return;
        }
        let Some(as_of) = self.as_of() else { return };
        let rule = &self.rulebook[ix];
        let mut note = |why: DoubtKind, moment: MomentIx, answer: Option<QuestionIx>| {
            let is_firm = self.behind(moment) == Some(Behind::Firmly);
            let begins =
                matches!(self.rulebook[self.rulebook[moment].date].kind, DateKind::Window(opens, _) if opens == moment);
            let why = match why {
                DoubtKind::ShouldBeOver if is_firm => DoubtKind::LateMayCount,
                DoubtKind::ShouldBeOver if begins => DoubtKind::ShouldHaveBegun,
                why => why,
            };
            if found.iter().all(|known| (known.why, known.moment, known.rule) != (why, moment, ix)) {
                found.push(DoubtfulDay { why, moment, rule: ix, answer });
            }
        };
        // What comes after a day may count where only a weak rule says otherwise.
        let ends = |moment: &MomentIx| weakly != 0 && self.behind(*moment) == Some(Behind::Firmly);
        let is_over = |moment: &MomentIx| self.calendar().due(*moment).behind(as_of) == Behind::Softly;
        let is_after =
            |moment: &MomentIx, day: Day| self.calendar().due(*moment).soft.is_some_and(|soft| day > soft.day);
        let dues: Vec<MomentIx> = rule.dues.iter().copied().chain(self.calendar().last).collect();
        let mut inner = Vec::new();
        for (condition, _) in rule.bodies() {
            let mut undone = None;
            condition.each_leaf(&mut |leaf| {
                if let Condition::Undone(event) = leaf {
                    undone = undone.or(Some(*event).filter(|_| self.value(*event) == Some(Answer::NotYet)));
                }
            });
            condition.each_leaf(&mut |leaf| {
                let value = leaf.question().and_then(|question| self.value(question));
                match (leaf, value) {
                    (Condition::Rule(rule), _) => inner.push(*rule),
                    (Condition::Passed(moment), _) if is_over(moment) || ends(moment) => {
                        note(DoubtKind::ShouldBeOver, *moment, undone);
                    }
                    (Condition::Is(question, set), Some(Answer::Choice(from))) => {
                        let Some(choice) = self.rulebook[*question].choice_at(from) else { return };
                        let early = self.not_before(*question).filter(|moment| {
                            let known = self.calendar().known(*moment);
                            known.own_soft.is_some() && known.behind(as_of) == Behind::No
                        });
                        early.into_iter().for_each(|moment| note(DoubtKind::TooEarly, moment, Some(*question)));
                        let targets = (0..64).filter(|to| (choice.may_become & set) >> to & 1 == 1);
                        let targets: Vec<u8> = targets.filter(|_| set >> from & 1 == 0).collect();
                        if !targets.is_empty() {
                            let ways = targets.iter().flat_map(|to| self.ways_by(*question, Answer::Choice(*to)));
                            let all = dues.iter().copied().chain(ways).filter(is_over);
                            let stale = choice.not_after.filter(|end| self.over(*end) == Some(Behind::Softly));
                            all.chain(stale).for_each(|moment| note(DoubtKind::ShouldBeOver, moment, Some(*question)));
                        }
                    }
                    (Condition::Done(event), Some(Answer::NotYet)) => {
                        let over = dues.iter().filter(|due| is_over(due));
                        over.for_each(|due| note(DoubtKind::ShouldBeOver, *due, Some(*event)));
                    }
                    (Condition::Done(_), Some(Answer::Planned(day)))
                    | (Condition::Compare(..), Some(Answer::Date(day) | Answer::Planned(day))) => {
                        for due in &dues {
                            let is_late = is_after(due, day.first);
                            if is_late {
                                note(DoubtKind::TooLate, *due, None);
                            }
                            // A plan that is too late is too late before the day and after it.
                            if is_over(due) && !(is_late && matches!(leaf, Condition::Done(_))) {
                                note(DoubtKind::ShouldBeOver, *due, None);
                            }
                        }
                    }
                    _ => {}
                }
            });
        }
        inner.into_iter().for_each(|rule| self.doubts_in(cell, rule, (at_best, surely), found));
    }

    /// The date before which what was answered cannot be true.
    pub(super) fn not_before(&self, question: QuestionIx) -> Option<MomentIx> {
        match self.value(question) {
            Some(Answer::Choice(choice)) => self.rulebook[question].choice_at(choice).and_then(|c| c.not_before),
            _ => None,
        }
    }
}
