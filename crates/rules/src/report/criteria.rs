//! How the rules of a position stand.

use super::{Cited, Criterion, CriterionState};
use crate::facts::{Facts, Lens};
use crate::lens::Lenses;
use crate::look::Look;
use crate::possible::{PerLens, Possible};
use crate::rulebook::{Basis, Body, CellIx, Condition, Grounds, MomentIx, RuleIx, Text};

impl Facts<'_> {
    pub(super) fn criterion(&self, cell: CellIx, rule: RuleIx) -> Criterion {
        let body = &self.rulebook[rule];
        let (condition, grounds) = body.under(Lens::PLAIN.readings);
        let mut parts = Vec::new();
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(inner) = leaf {
                parts.push(self.criterion(cell, *inner));
            }
        });
        let disputed = matches!(body.body, Body::Readings(..));
        let lenses = Lenses::each(self.ways(cell));
        let value = Look::at_once(self, lenses).rule(rule);
        let settled = is_settled(value, &lenses);
        let is_weak =
            |condition, grounds: &Grounds| grounds.basis.is_weak() || self.weak_moment(condition, grounds).is_some();
        let weak = !settled && body.bodies().all(|(condition, grounds)| is_weak(condition, grounds));
        let state = state(value, &lenses, weak);
        let mut cited: Vec<Cited> = body.bodies().flat_map(|(_, grounds)| self.cited(&grounds.sources)).collect();
        let basis = match (disputed, settled) {
            (true, _) => Basis::Conflicting,
            (false, true) => grounds.basis.clone(),
            (false, false) => match self.weak_moment(condition, grounds) {
                None => grounds.basis.clone(),
                Some(moment) => {
                    let also = self.cited(&self.rulebook[moment].grounds.sources);
                    let also = also.into_iter().filter(|source| !cited.contains(source)).collect::<Vec<_>>();
                    cited.extend(also);
                    self.moment_basis(moment)
                }
            },
        };
        // By when it had to be met is of no use to whoever meets it.
        let is_ahead = !matches!(state, CriterionState::Met | CriterionState::DoesNotApply);
        Criterion {
            weak,
            rule: body.id.clone(),
            title: body.title.clone(),
            text: body.text.clone(),
            missed: body.missed.clone(),
            state,
            basis,
            cited,
            due: self.due(rule).filter(|_| is_ahead).map(|moment| self.falls_due(moment)),
            parts,
            is_any: matches!(condition, Condition::Any(_)),
        }
    }

    /// The first date with which a rule on a strong basis compares that has a weak one itself: the rule takes that.
    fn weak_moment(&self, condition: &Condition, grounds: &Grounds) -> Option<MomentIx> {
        let mut weak = None;
        condition.each_leaf(&mut |leaf| {
            if let Condition::Compare(_, _, moment) | Condition::Passed(moment) = leaf
                && self.moment_basis(*moment).is_weak()
            {
                weak = weak.or(Some(*moment));
            }
        });
        weak.filter(|_| !grounds.basis.is_weak())
    }

    fn moment_basis(&self, ix: MomentIx) -> Basis {
        match self.calendar().known(ix).day {
            Some((_, true)) if self.rulebook[ix].firm().is_none() => Basis::Entered,
            _ => self.rulebook[ix].grounds.basis.clone(),
        }
    }

    pub(super) fn is_moot(&self, rule: &Text) -> bool {
        let moot = self.rulebook.rule(rule).and_then(|rule| self.rulebook[rule].moot.as_ref());
        moot.is_some_and(|moot| self.condition(moot, Lens::PLAIN) == Possible::YES)
    }
}

/// Whether what is known comes to the same on strong grounds alone, so that no weak date plays a part.
fn is_settled(value: PerLens, lenses: &Lenses<'_>) -> bool {
    let plain = value.alike(lenses.now);
    plain == value.alike(lenses.now_strongly) && matches!(plain, Some(Possible::YES | Possible::NO))
}

/// How a rule stands, by what it comes to; `weak` if it is, too.
pub(super) fn state(value: PerLens, lenses: &Lenses<'_>, weak: bool) -> CriterionState {
    // Where only something weak that a strong rule is made of says that it is missed, the rule is not.
    let hardly = !weak && lenses.best_strongly & !value.only_no() != 0;
    match (value.alike(lenses.now), value.alike(lenses.best)) {
        (Some(Possible::DROPPED), _) => CriterionState::DoesNotApply,
        (Some(Possible::YES), _) => CriterionState::Met,
        (Some(Possible::NO), Some(Possible::NO)) if hardly => CriterionState::CannotSay,
        (Some(Possible::NO), Some(Possible::NO)) => CriterionState::NotMet,
        (Some(Possible::NO), Some(Possible::YES)) => CriterionState::CanStill,
        (_, Some(Possible::CANNOT_SAY)) => CriterionState::CannotSay,
        (None, _) if value.unsettled() & lenses.now == 0 => CriterionState::Disputed,
        _ => CriterionState::NotKnown,
    }
}

pub(super) fn collect_weak(criteria: &[Criterion], found: &mut Vec<Criterion>) {
    for criterion in criteria {
        if !matches!(criterion.state, CriterionState::Met | CriterionState::CanStill) {
            continue;
        }
        let known = found.len();
        collect_weak(&criterion.parts, found);
        // What is made of weak parts is confirmed with them.
        if criterion.weak && found.len() == known {
            found.push(criterion.clone());
        }
    }
}
