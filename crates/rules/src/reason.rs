//! Why a verdict is what it is: the fewest answers that force it.

use crate::answers::Answer;
use crate::facts::{Facts, Future, Lens};
use crate::possible::Possible;
use crate::rulebook::{CellIx, QuestionIx, RuleIx};
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

/// What a reason may cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cite {
    Answer(QuestionIx, Answer),
    Day,
}

impl Facts<'_> {
    /// The alternatives, each enough by itself, for a decided verdict; none when it is not decided.
    ///
    /// Deterministic: answers are tried in the author's order, and the later ones are dropped first.
    pub fn reasons(&mut self, cell: CellIx, outcome: Outcome) -> Vec<Reason> {
        if self.verdict(cell) != Verdict::Decided(outcome) {
            return Vec::new();
        }
        let all = self.citable(cell);
        let mut found: Vec<Vec<Cite>> = Vec::new();
        let mut waiting = vec![all];
        while let (Some(candidates), true) = (waiting.pop(), found.len() < ALTERNATIVES) {
            let Some(reason) = self.shrink(cell, outcome, &candidates) else { continue };
            if found.contains(&reason) {
                continue;
            }
            // Another reason lacks at least one part of this one.
            for cite in reason.iter().rev() {
                let fewer: Vec<Cite> = candidates.iter().filter(|c| *c != cite).copied().collect();
                waiting.push(fewer);
            }
            found.push(reason);
        }
        let mut reasons: Vec<Reason> = found.iter().map(|cites| self.explained(cell, outcome, cites)).collect();
        reasons.sort_by_key(|reason| (reason.questions.len(), reason.questions.clone()));
        reasons
    }

    /// The questions of one minimal reason.
    pub(crate) fn one_reason(&self, cell: CellIx, outcome: Outcome) -> Option<Vec<QuestionIx>> {
        let reason = self.shrink(cell, outcome, &self.citable(cell))?;
        let questions = reason.iter().filter_map(|cite| match cite {
            Cite::Answer(question, _) => Some(*question),
            Cite::Day => None,
        });
        Some(questions.collect())
    }

    /// The day, and every answer in scope that the cell looks at, in the author's order.
    fn citable(&self, cell: CellIx) -> Vec<Cite> {
        let mut all = vec![Cite::Day];
        for &question in &self.rulebook[cell].questions {
            if let (Some(answer), true) = (self.value(question), self.scope(question).can(Possible::YES)) {
                all.push(Cite::Answer(question, answer));
            }
        }
        all
    }

    /// Drops one cited part after the other as long as the rest still forces the outcome; `None` when even all of them
    /// do not.
    fn shrink(&self, cell: CellIx, outcome: Outcome, candidates: &[Cite]) -> Option<Vec<Cite>> {
        let mut kept = candidates.to_vec();
        if !self.forces(cell, outcome, &kept) {
            return None;
        }
        for &cite in candidates.iter().rev() {
            let fewer: Vec<Cite> = kept.iter().filter(|c| **c != cite).copied().collect();
            if self.forces(cell, outcome, &fewer) {
                kept = fewer;
            }
        }
        Some(kept)
    }

    /// Whether these parts alone force the outcome.
    fn forces(&self, cell: CellIx, outcome: Outcome, cites: &[Cite]) -> bool {
        self.only(cites).verdict(cell) == Verdict::Decided(outcome)
    }

    /// The same facts with nothing known but these parts.
    fn only(&self, cites: &[Cite]) -> Self {
        let mut facts = self.clone();
        facts.forget_all_but(|question, answer| cites.contains(&Cite::Answer(question, answer)));
        if !cites.contains(&Cite::Day) {
            facts.set_as_of(None);
        }
        facts
    }

    fn explained(&self, cell: CellIx, outcome: Outcome, cites: &[Cite]) -> Reason {
        let facts = self.only(cites);
        let questions = cites.iter().filter_map(|cite| match cite {
            Cite::Answer(question, _) => Some(*question),
            Cite::Day => None,
        });
        Reason {
            questions: questions.collect(),
            day: cites.contains(&Cite::Day),
            rules: facts.deciding_rules(cell, outcome),
        }
    }

    /// The rules that carry the outcome: those that close the cell, or the requirements that decide.
    fn deciding_rules(&self, cell: CellIx, outcome: Outcome) -> Vec<RuleIx> {
        let cell = &self.rulebook[cell];
        let first = cell.ways.first().map_or(&[][..], Vec::as_slice);
        let now = Lens { future: Future::AsItIs, strong: false, readings: first };
        let best = Lens { future: Future::AtBest, strong: false, readings: first };
        let strongest = Lens { future: Future::AtBest, strong: true, readings: first };
        let yes = Possible::YES | Possible::DROPPED;
        let required = cell.requires.iter().copied();
        match outcome {
            Outcome::Closed(kind) => {
                let closing = cell.closed.iter().filter(|(k, rule)| *k == kind && self.rule(*rule, now).must(yes));
                closing.map(|(_, rule)| *rule).collect()
            }
            Outcome::Unmet => required.filter(|rule| self.rule(*rule, strongest) == Possible::NO).collect(),
            Outcome::Open => required.filter(|rule| self.rule(*rule, now) == Possible::YES).collect(),
            Outcome::NotYet => {
                let pending = |rule: &RuleIx| self.rule(*rule, now) == Possible::NO && self.rule(*rule, best).must(yes);
                required.filter(pending).collect()
            }
            Outcome::Ask => {
                let doubtful = |rule: &RuleIx| {
                    let values = cell.ways.iter().map(|readings| {
                        let lens = Lens { future: Future::AtBest, strong: false, readings };
                        self.rule(*rule, lens)
                    });
                    let all = values.reduce(|a, b| a | b).unwrap_or(Possible::YES);
                    !all.must(yes)
                };
                let closing = cell.closed.iter().map(|(_, rule)| *rule).filter(|rule| {
                    let values = cell
                        .ways
                        .iter()
                        .map(|readings| self.rule(*rule, Lens { future: Future::AsItIs, strong: false, readings }));
                    values.reduce(|a, b| a | b).is_some_and(|all| all.can(Possible::YES | Possible::CANNOT_SAY))
                        && self.reads_only_known(*rule)
                });
                closing.chain(required.filter(doubtful)).collect()
            }
        }
    }

    /// Whether the rule says something although little is known: one of its values is settled in some reading.
    fn reads_only_known(&self, rule: RuleIx) -> bool {
        let conflict = match &self.rulebook[rule].body {
            crate::rulebook::Body::Plain(..) => return self.rule(rule, Lens::PLAIN).settled(),
            crate::rulebook::Body::Readings(conflict, bodies) => (*conflict, bodies.len()),
        };
        let mut readings = vec![0_u8; self.rulebook.conflicts.len()];
        (0..conflict.1).all(|reading| {
            readings[conflict.0.index()] = u8::try_from(reading).unwrap_or(0);
            self.rule(rule, Lens { readings: &readings, ..Lens::PLAIN }).settled()
        })
    }
}
