//! What the diagrams show without the engine: they stand for every complete answer set at once.

use super::model::{Force, Model, Space, moments_in, outcomes_of};
use super::{Found, Prover};
use biodivine_lib_bdd::Bdd;
use rules::rulebook::{CellIx, Condition, ConflictIx, QuestionIx, RuleIx};
use rules::verdict::Outcome;
use std::collections::BTreeSet;

impl Prover<'_> {
    pub(super) fn one_verdict_each(&self) -> Found {
        let mut found = Found::default();
        for cell in self.cells() {
            for model in self.models {
                found.count += 1;
                let mut seen = self.space.nothing();
                let mut twice = self.space.nothing();
                for (_, set) in model.outcomes(cell, None).iter() {
                    twice = twice.or(&seen.and(set));
                    seen = seen.or(set);
                }
                let none = model.admissible().and_not(&seen);
                for (set, what) in [(twice, "two verdicts"), (none, "no verdict")] {
                    if let Some(answers) = self.space.witness(&set, &self.drawn[cell].questions) {
                        let witness = self.people.witness(model.as_of, &answers);
                        found.fail(format!("{}: {what}", self.drawn[cell].id), witness);
                    }
                }
            }
        }
        found
    }

    pub(super) fn every_outcome(&self) -> Found {
        let mut found = Found::default();
        let mut never_open = Vec::new();
        for cell in self.cells() {
            for outcome in outcomes_of(&self.drawn[cell]) {
                // That nobody read the list of requirements is the author's word, and no mistake.
                if outcome == Outcome::Open && self.drawn[cell].covered == Condition::Const(false) {
                    never_open.push(self.drawn[cell].id.to_string());
                    continue;
                }
                found.count += 1;
                let reached = self.somewhen(&mut found, |model, _| {
                    model.outcomes(cell, None).iter().any(|(known, set)| *known == outcome && !set.is_false())
                });
                if !reached {
                    let what = format!("{}: {} is never reached", self.drawn[cell].id, self.outcome(cell, outcome));
                    found.fail(what, None);
                }
            }
        }
        if !never_open.is_empty() {
            let cells = never_open.join(", ");
            found.notes.push(format!("never open, because the list of requirements was not read: {cells}"));
        }
        found
    }

    pub(super) fn every_rule(&self) -> Found {
        let mut found = Found::default();
        for rule in (0..self.drawn.rules.len()).map(RuleIx::nth) {
            found.count += 1;
            let mut cells = self.cells().filter(|cell| self.space.looks_at(*cell, rule));
            if !cells.any(|cell| self.decides(&mut found, cell, rule)) {
                found.fail(format!("rule {:?} never decides a verdict", self.drawn[rule].id), None);
            }
        }
        found
    }

    pub(super) fn every_requirement(&self) -> Found {
        let mut found = Found::default();
        for cell in self.cells() {
            let looked = &self.drawn[cell];
            for rule in looked.requires.iter().chain(looked.closed.iter().map(|(_, rule)| rule)) {
                found.count += 1;
                if !self.decides(&mut found, cell, *rule) {
                    let what = format!("{}: rule {:?} never decides its verdict", looked.id, self.drawn[*rule].id);
                    found.fail(what, None);
                }
            }
        }
        found
    }

    /// From one day to the next, for readers who entered no dates and for those who entered all that are not firm: what is
    /// over stays closed, nothing is positive once a cell has ended, and everyone who waits waits for something.
    pub(super) fn time_goes_on(&self) -> Found {
        let mut found = Found::default();
        for (models, space) in [(self.models, Some(self.space)), (self.entered, self.entered.first().map(Model::space))]
        {
            let Some(space) = space else { continue };
            for cell in self.cells() {
                let mut before: Option<&Model<'_>> = None;
                for model in models {
                    found.count += 1;
                    self.day_after(space, cell, before.replace(model), model, &mut found);
                }
            }
        }
        found
    }

    fn day_after(
        &self,
        space: &Space<'_>,
        cell: CellIx,
        before: Option<&Model<'_>>,
        model: &Model<'_>,
        found: &mut Found,
    ) {
        let of = |model: &Model<'_>, test: &dyn Fn(Outcome) -> bool| {
            let outcomes = model.outcomes(cell, None);
            let sets = outcomes.iter().filter(|(outcome, _)| test(*outcome)).map(|(_, set)| set);
            sets.fold(space.nothing(), |all, set| all.or(set))
        };
        let over = self.drawn[cell].over.map(Outcome::Closed);
        let was_over = before.map_or_else(|| space.nothing(), |before| of(before, &|outcome| Some(outcome) == over));
        let reopened = was_over.and(model.admissible()).and_not(&of(model, &Outcome::is_closed));
        let waiting = of(model, &|outcome| outcome == Outcome::NotYet);
        let positive = waiting.or(&of(model, &|outcome| outcome == Outcome::Open));
        let late = if model.has_ended(cell) { positive } else { space.nothing() };
        let idle = waiting.and_not(&model.awaits(cell));
        let said = [
            (reopened, "was over, and is no longer closed"),
            (late, "positive after its end"),
            (idle, "waits for nothing"),
        ];
        for (set, what) in said {
            if let Some(answers) = space.witness(&set, &self.drawn[cell].questions) {
                let witness = self.people.witness(model.as_of, &answers);
                found.fail(format!("{}: {what}", self.drawn[cell].id), witness);
            }
        }
    }

    /// Whether the test holds on some day, for readers who entered no dates or, if not, for those who entered all that are not
    /// firm; how often only for these is noted.
    fn somewhen(&self, found: &mut Found, test: impl Fn(&Model<'_>, &Space<'_>) -> bool) -> bool {
        if self.models.iter().any(|model| test(model, self.space)) {
            return true;
        }
        let only_then = self.entered.iter().any(|model| test(model, model.space()));
        found.only_entered += usize::from(only_then);
        only_then
    }

    /// Whether there is somebody for whom the verdict of the cell depends on the rule alone.
    fn decides(&self, found: &mut Found, cell: CellIx, rule: RuleIx) -> bool {
        self.somewhen(found, |model, _| {
            let forced = |holds| model.outcomes(cell, Some(Force { rule, holds }));
            forced(true).iter().zip(forced(false).iter()).any(|((_, yes), (_, no))| !yes.xor(no).is_false())
        })
    }

    pub(super) fn every_question(&self) -> Found {
        let mut found = Found::default();
        for question in (0..self.drawn.questions.len()).map(QuestionIx::nth) {
            found.count += 1;
            let matters = self.somewhen(&mut found, |model, space| {
                let admissible = model.admissible();
                let depends = |set: &Bdd| space.depends(set, admissible, question);
                self.cells().any(|cell| model.outcomes(cell, None).iter().any(|(_, set)| depends(set)))
                    || model.items().iter().any(depends)
            });
            if !matters {
                let id = &self.drawn[question].id;
                found.fail(format!("question {id:?} changes no verdict, document, stage or notice"), None);
            }
        }
        found
    }

    /// A reading matters where it alone would give another verdict than another reading alone.
    pub(super) fn every_reading(&self) -> Found {
        let mut found = Found::default();
        for conflict in (0..self.drawn.conflicts.len()).map(ConflictIx::nth) {
            let readings = self.drawn[conflict].readings.len();
            for reading in 0..readings {
                found.count += 1;
                let matters = self.models.iter().any(|model| {
                    let mut cells = self.cells().filter(|cell| self.drawn[*cell].conflicts.contains(&conflict));
                    cells.any(|cell| {
                        let alone = model.outcomes_with(cell, conflict, reading);
                        let mut others = (0..readings).filter(|other| *other != reading);
                        others.any(|other| {
                            let other = model.outcomes_with(cell, conflict, other);
                            alone.iter().zip(&other).any(|((_, a), (_, b))| !a.xor(b).is_false())
                        })
                    })
                });
                if !matters {
                    let (conflict, named) = (&self.drawn[conflict].id, &self.drawn[conflict].readings[reading].id);
                    let what = format!("reading {named:?} of {conflict:?} changes no verdict: a notice, not a reading");
                    found.fail(what, None);
                }
            }
        }
        found
    }

    /// A step is shown while the rule is not fulfilled and still can be, or as long as it only may close a cell; a condition
    /// while it counts in advance, and what was missed once it can no longer be fulfilled.
    pub(super) fn every_step(&self) -> Found {
        let mut found = Found::default();
        for ix in (0..self.drawn.rules.len()).map(RuleIx::nth) {
            let rule = &self.drawn[ix];
            let texts =
                [("step", &rule.step), ("wait", &rule.wait), ("condition", &rule.condition), ("missed", &rule.missed)];
            for (name, _) in texts.into_iter().filter(|(_, text)| text.is_some()) {
                found.count += 1;
                let shown = self.somewhen(&mut found, |model, _| match name {
                    "step" => !model.pending(ix).is_false() || !model.left_undone(ix).is_false(),
                    "wait" => !model.pending(ix).is_false(),
                    "condition" => !model.in_advance(ix).is_false(),
                    _ => !model.hopeless(ix).is_false(),
                });
                if !shown {
                    found.fail(format!("rule {:?}: its `{name}` is never shown", rule.id), None);
                }
            }
        }
        found
    }

    pub(super) fn every_item(&self) -> Found {
        let mut found = Found::default();
        let mut look = |kind: &str, id: &str, reached: bool| {
            found.count += 1;
            if !reached {
                found.fail(format!("{kind} {id:?} is never shown"), None);
            }
        };
        for document in &self.drawn.documents {
            let reached = self.models.iter().any(|model| {
                let needed = model.holds(&document.needed_when);
                let mut cells = document.cells.iter();
                cells.any(|cell| !needed.and_not(&model.closed(*cell)).is_false())
            });
            look("document", &document.id, reached);
        }
        let mut waiting = Vec::new();
        for (index, stage) in self.drawn.stages.iter().enumerate() {
            // Some stages are only told about; in others one is once the reader has entered an unpublished date.
            let mut dates = BTreeSet::new();
            moments_in(&stage.here_when, &mut dates);
            if stage.here_when == Condition::Const(false) {
                continue;
            }
            let reached = |model: &Model<'_>, space: &Space<'_>| {
                let later = self.drawn.stages[index + 1..].iter();
                let later = later.fold(space.nothing(), |set, stage| set.or(&model.holds(&stage.here_when)));
                !model.holds(&stage.here_when).and_not(&later).is_false()
            };
            if dates.into_iter().any(|moment| self.drawn[moment].when.is_none()) {
                waiting.push(stage.id.to_string());
                continue;
            }
            look("stage", &stage.id, self.models.iter().any(|model| reached(model, self.space)));
        }
        for notice in &self.drawn.notices {
            look("notice", &notice.id, self.models.iter().any(|model| !model.holds(&notice.show_when).is_false()));
        }
        if !waiting.is_empty() {
            let waiting = waiting.join(", ");
            found.notes.push(format!("places that wait for a date which is not published were left out: {waiting}"));
        }
        found
    }
}
