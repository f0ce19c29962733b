//! Why a verdict is what it is: the fewest answers that force it.

use crate::answers::Answer;
use crate::facts::Facts;
use crate::possible::{PerLens, Possible};
use crate::rulebook::{AsOf, CellIx, QuestionIx, RuleIx};
use crate::sort::sort_by;
use crate::trial::Trial;
use crate::verdict::{Outcome, Verdict};

/// One minimal sufficient reason: keep only these answers (and, where it counts, the day) and the verdict stays; take
/// one away and it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub questions: Vec<QuestionIx>,
    /// The day on which the question is asked is part of the reason.
    pub day: bool,
    /// The rules through which these answers decide.
    pub rules: Vec<RuleIx>,
}

/// At most this many alternatives are given for one verdict.
const ALTERNATIVES: usize = 6;

/// The search for more gives up after this many sets of answers.
const MOST_TRIES: usize = 200;

/// What a reason may cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cite {
    Answer(QuestionIx, Answer),
    Day(Option<AsOf>),
}

impl Facts<'_> {
    /// The alternatives, each enough by itself, for a decided verdict; none when it is not decided.
    ///
    /// Deterministic: answers are tried in the author's order, and the later ones are dropped first.
    #[must_use]
    pub fn reasons(&self, cell: CellIx, outcome: Outcome) -> Vec<Reason> {
        let mut trial = Trial::new(self, cell);
        if trial.verdict() == Verdict::Decided(outcome) { trial.reasons(outcome) } else { Vec::new() }
    }
}

impl Trial<'_> {
    /// The alternatives for the verdict that was decided; see [`Facts::reasons`].
    pub fn reasons(&mut self, outcome: Outcome) -> Vec<Reason> {
        let deciding = self.deciding_rules(outcome);
        let mut reasons = self.remembering(|trial| trial.for_now(|trial| trial.alternatives(outcome)));
        // With only the answers of a reason, rules on which the others leave no doubt look doubtful too.
        for reason in &mut reasons {
            // All that is still to be done decides, also where the answers of this reason leave open whether it is.
            if outcome == Outcome::NotYet {
                reason.rules = deciding.iter().copied().filter(|rule| self.cites_of(*rule, reason)).collect();
            } else if reason.rules.iter().any(|rule| deciding.contains(rule)) {
                reason.rules.retain(|rule| deciding.contains(rule));
            }
        }
        sort_by(&mut reasons, |a, b| (a.questions.len(), &a.questions).cmp(&(b.questions.len(), &b.questions)));
        reasons
    }

    /// Whether a reason cites an answer at which the rule looks.
    fn cites_of(&self, rule: RuleIx, reason: &Reason) -> bool {
        let mut questions = Vec::new();
        self.facts.questions_of(&self.facts.rulebook[rule], &mut questions);
        questions.iter().any(|question| reason.questions.contains(question))
    }

    fn alternatives(&mut self, outcome: Outcome) -> Vec<Reason> {
        let all = self.citable();
        self.keep_only(&all, |_| true);
        let Some(enough) = self.enough(outcome, &all) else { return Vec::new() };
        self.keep_only(&all, |_| true);
        // What belongs to every reason: no other part does, as these are enough without it.
        let in_each = self.needed(outcome, enough);
        let mut found: Vec<(Vec<Cite>, Reason)> = Vec::new();
        // Another reason lacks at least one part of each that is known: what to leave out.
        let mut waiting: Vec<Vec<Cite>> = vec![Vec::new()];
        for _ in 0..MOST_TRIES {
            if found.len() == ALTERNATIVES {
                break;
            }
            let Some(without) = waiting.pop() else { break };
            let known = found.iter().find(|(reason, _)| reason.iter().all(|cite| !without.contains(cite)));
            let reason = match known {
                Some((reason, _)) => reason.clone(),
                None => {
                    self.keep_only(&all, |cite| !without.contains(cite));
                    let Some(reason) = self.shrink(outcome, &all, &in_each) else { continue };
                    found.push((reason.clone(), self.explained(outcome, &reason)));
                    reason
                }
            };
            // Nobody can do without the day, so it is left out only where it is enough by itself.
            let others = reason
                .iter()
                .rev()
                .filter(|cite| !in_each.contains(cite) && (reason.len() == 1 || !matches!(cite, Cite::Day(_))));
            waiting.extend(others.map(|cite| [&without[..], &[*cite]].concat()));
        }
        found.into_iter().map(|(_, reason)| reason).collect()
    }

    /// Lets something be done to what is known, and puts everything back.
    fn for_now<T>(&mut self, done: impl FnOnce(&mut Self) -> T) -> T {
        let (day, cell) = (self.facts.as_of(), self.cell);
        let answers: Vec<Option<Answer>> = cell.questions.iter().map(|question| self.facts.value(*question)).collect();
        let result = done(self);
        if self.facts.as_of() != day {
            self.set_as_of(day);
        }
        for (question, answer) in cell.questions.iter().zip(answers) {
            if self.facts.value(*question) != answer {
                self.set(*question, answer);
            }
        }
        result
    }

    /// The answers of one minimal reason.
    pub fn one_reason(&mut self, outcome: Outcome) -> Option<Vec<(QuestionIx, Answer)>> {
        let all = self.citable();
        // Whether the day counts, which is looked at last, is not asked.
        let day = Cite::Day(self.facts.as_of());
        let reason = self.for_now(|trial| {
            trial.keep_only(&all, |_| true);
            trial.shrink(outcome, &all, &[day])
        })?;
        let answers = reason.into_iter().filter_map(|cite| match cite {
            Cite::Answer(question, answer) => Some((question, answer)),
            Cite::Day(_) => None,
        });
        Some(answers.collect())
    }

    /// The day, and every answer in scope that the cell looks at, in the author's order.
    fn citable(&self) -> Vec<Cite> {
        let mut all = vec![Cite::Day(self.facts.as_of())];
        for &question in &self.cell.questions {
            if let (Some(answer), true) = (self.facts.value(question), self.facts.scope(question).can(Possible::YES)) {
                all.push(Cite::Answer(question, answer));
            }
        }
        all
    }

    /// Lets those of the citable parts be known for which the test holds, and no other answer.
    fn keep_only(&mut self, all: &[Cite], keep: impl Fn(&Cite) -> bool) {
        let cell = self.cell;
        for &question in &cell.questions {
            let kept = all.iter().find_map(|cite| match cite {
                Cite::Answer(of, answer) if *of == question && keep(cite) => Some(*answer),
                _ => None,
            });
            if self.facts.value(question) != kept {
                self.set(question, kept);
            }
        }
        for cite in all {
            if let Cite::Day(day) = cite {
                let day = day.filter(|_| keep(cite));
                if self.facts.as_of() != day {
                    self.set_as_of(day);
                }
            }
        }
    }

    /// Drops one known part after the other, the last first, as long as the rest still forces the outcome; `None` when
    /// even all of them do not. Those that belong to every reason are kept unseen.
    fn shrink(&mut self, outcome: Outcome, all: &[Cite], in_each: &[Cite]) -> Option<Vec<Cite>> {
        let mut kept = Vec::new();
        for cite in self.enough(outcome, all)?.into_iter().rev() {
            if in_each.contains(&cite) || self.opens_without(cite, outcome) {
                kept.push(cite);
            } else {
                self.forget(cite);
            }
        }
        kept.reverse();
        Some(kept)
    }

    /// Known parts that are enough to force the outcome, and forgets the others; `None` when even all are not enough.
    fn enough(&mut self, outcome: Outcome, all: &[Cite]) -> Option<Vec<Cite>> {
        let mut carrying = Vec::new();
        if self.escapes_telling(outcome, &mut |trial| trial.carry(outcome, &mut carrying)) {
            return None;
        }
        let carries = |cite: &Cite| match cite {
            // What a constraint looks at can shut out the answers that would lead elsewhere.
            Cite::Answer(question, _) => carrying.contains(question) || self.facts.group(*question).is_some(),
            Cite::Day(_) => true,
        };
        let enough: Vec<Cite> = all.iter().copied().filter(|cite| self.knows(*cite) && carries(cite)).collect();
        self.keep_only(&enough, |_| true);
        Some(enough)
    }

    /// Those of these parts without which what is known forces the outcome no more.
    fn needed(&mut self, outcome: Outcome, parts: Vec<Cite>) -> Vec<Cite> {
        let (day, mut answers): (Vec<Cite>, Vec<Cite>) =
            parts.into_iter().partition(|cite| matches!(cite, Cite::Day(_)));
        let mut needed: Vec<Cite> = day.into_iter().filter(|day| self.opens_without(*day, outcome)).collect();
        // One after the other is tried wherever open answers leave the outcome, so that what those come to is found once.
        self.escapes_telling(outcome, &mut |trial| {
            answers.retain(|cite| {
                let opens = trial.opens_without(*cite, outcome);
                needed.extend(opens.then_some(*cite));
                !opens
            });
        });
        needed
    }

    /// Whether what is known forces the outcome no more without this part of it.
    fn opens_without(&mut self, cite: Cite, outcome: Outcome) -> bool {
        match cite {
            Cite::Answer(question, answer) => self.trying(question, |trial| {
                trial.forget(cite);
                // With the answer itself the outcome was forced, so only another one can lead elsewhere.
                trial.outcomes().single() != Some(outcome)
                    && trial.any_class(question, |trial| {
                        trial.facts.value(question) != Some(answer) && trial.escapes(outcome)
                    })
            }),
            Cite::Day(day) => {
                self.forget(cite);
                let opens = self.escapes(outcome);
                self.set_as_of(day);
                opens
            }
        }
    }

    fn knows(&self, cite: Cite) -> bool {
        match cite {
            Cite::Answer(question, _) => self.facts.value(question).is_some(),
            Cite::Day(_) => self.facts.as_of().is_some(),
        }
    }

    fn forget(&mut self, cite: Cite) {
        match cite {
            Cite::Answer(question, _) => self.set(question, None),
            Cite::Day(_) => self.set_as_of(None),
        }
    }

    fn explained(&self, outcome: Outcome, cites: &[Cite]) -> Reason {
        let day = cites.iter().any(|cite| matches!(cite, Cite::Day(_)));
        Reason { questions: questions(cites), day, rules: self.deciding_rules(outcome) }
    }

    /// The rules that carry the outcome: those that close the cell, or the requirements that decide. Where none does so
    /// for certain, as it hangs on an open answer which of them, those that may.
    fn deciding_rules(&self, outcome: Outcome) -> Vec<RuleIx> {
        let sure = self.rules_that_decide(outcome, true);
        if sure.is_empty() { self.rules_that_decide(outcome, false) } else { sure }
    }

    fn rules_that_decide(&self, outcome: Outcome, surely: bool) -> Vec<RuleIx> {
        let lenses = &self.lenses;
        let yes = |said: PerLens| if surely { said.only_yes() } else { said.yes };
        let no = |said: PerLens| if surely { said.only_no() } else { said.no };
        let required = |decides: &dyn Fn(PerLens) -> u64| -> Vec<RuleIx> {
            self.cell.requires.iter().copied().filter(|rule| decides(self.rule(*rule)) != 0).collect()
        };
        let closing = |decides: &dyn Fn(u8, PerLens) -> bool| -> Vec<RuleIx> {
            let closing = self.cell.closed.iter().filter(|(kind, rule)| decides(*kind, self.rule(*rule)));
            closing.map(|(_, rule)| *rule).collect()
        };
        // One that is missed in every reading needs no others.
        let missed = || required(&|said| u64::from(lenses.best_strongly & !no(said) == 0));
        match outcome {
            Outcome::Closed(kind) => {
                let closing = closing(&|of, said| of == kind && lenses.now_strongly & !yes(said) == 0);
                // Where it hangs on an open answer for what the cell is closed, a requirement may tell why it is.
                if closing.is_empty() && surely { missed() } else { closing }
            }
            Outcome::Unmet => {
                let alone = missed();
                if alone.is_empty() { required(&|said| no(said) & lenses.best_strongly) } else { alone }
            }
            Outcome::Open => required(&|said| yes(said) & lenses.now),
            Outcome::NotYet => required(&|said| no(said) & lenses.now),
            // What leaves the cell to ask are the rules as a whole.
            Outcome::Ask if self.is_stale() => Vec::new(),
            Outcome::Ask => {
                let silent =
                    |said: PerLens| if surely { said.no | said.dropped } else { !(said.yes | said.cannot_say) };
                let met = |said: PerLens| if surely { said.yes | said.dropped } else { !(said.no | said.cannot_say) };
                let mut rules = closing(&|_, said| lenses.now & !silent(said) != 0);
                rules.extend(required(&|said| lenses.best & !met(said)));
                rules
            }
        }
    }
}

fn questions(cites: &[Cite]) -> Vec<QuestionIx> {
    let questions = cites.iter().filter_map(|cite| match cite {
        Cite::Answer(question, _) => Some(*question),
        Cite::Day(_) => None,
    });
    questions.collect()
}
