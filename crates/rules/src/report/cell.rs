//! One position: its verdict, why, and what would change it.

use super::criteria::collect_weak;
use super::rows::said;
use super::{Because, CellReport, ChangeSetReport, Criterion, CriterionState, Disagreement, LeverageReport, Row};
use crate::answers::{Answer, Answers};
use crate::calendar::Behind;
use crate::change::{ChangeSet, Feasible, Leverage};
use crate::facts::Facts;
use crate::reason::Reason;
use crate::rulebook::{Basis, Body, CellIx, Change, ConflictIx, MomentIx, QuestionIx, Text};
use crate::standing::CellStanding;
use crate::verdict::{Outcome, Verdict};

impl Facts<'_> {
    pub(super) fn cell_report(&mut self, answers: &Answers, ix: CellIx, standing: CellStanding) -> CellReport {
        let cell = &self.rulebook[ix];
        let CellStanding { verdict, open, leans_to, reasons, disagreements } = standing;
        let waiting = |q: &&QuestionIx| matches!(answers.get(**q), None | Some(Answer::Skipped));
        let because: Vec<Because> = reasons.iter().map(|reason| self.because(answers, ix, reason)).collect();
        let mut criteria: Vec<Criterion> = cell.requires.iter().map(|rule| self.criterion(ix, *rule)).collect();
        if verdict == Verdict::Decided(Outcome::Open) {
            // Every way to complete the answers meets what is required, though what is answered may not say how.
            let unsaid = criteria.iter_mut().filter(|criterion| criterion.state == CriterionState::NotKnown);
            unsaid.for_each(|criterion| criterion.state = CriterionState::Met);
        }
        let (kind, says) = match verdict {
            Verdict::Decided(Outcome::Closed(kind)) => {
                let kind = &cell.kinds[usize::from(kind)];
                (Some(kind.id.clone()), Some(kind.text.clone()))
            }
            Verdict::Decided(Outcome::Unmet) => (Some("requirement".into()), Some(cell.closed_text.clone())),
            Verdict::Decided(Outcome::Open) => (None, Some(cell.open_text.clone())),
            Verdict::Decided(Outcome::NotYet) => (None, Some(cell.not_yet_text.clone())),
            Verdict::Decided(Outcome::Ask) | Verdict::NeedsAnswers => (None, None),
        };
        let positive = matches!(verdict, Verdict::Decided(Outcome::Open | Outcome::NotYet));
        let asks = verdict == Verdict::Decided(Outcome::Ask);
        let mut to_confirm = Vec::new();
        if positive {
            collect_weak(&criteria, &mut to_confirm);
            to_confirm.retain(|criterion| !self.is_moot(&criterion.rule));
        }
        let at_most_more = open.iter().filter(waiting).count();
        let steps = match verdict {
            Verdict::Decided(Outcome::Open) => self.planned_too_late(ix, &criteria),
            Verdict::Decided(Outcome::NotYet) => self.steps(ix, None),
            Verdict::Decided(Outcome::Ask) => self.steps(ix, Some(&criteria)),
            Verdict::NeedsAnswers if at_most_more == 0 => self.steps(ix, Some(&criteria)),
            _ => Vec::new(),
        };
        CellReport {
            id: cell.id.clone(),
            title: cell.title.clone(),
            place: cell.place.clone(),
            what: cell.what.clone(),
            chosen: answers.is_chosen(ix.index()),
            verdict,
            kind,
            says,
            instead: self.instead(ix, &because),
            lasting: self.is_lasting(verdict, &because),
            leans_to,
            because,
            conditions: if positive || asks { self.conditions(ix) } else { Vec::new() },
            steps,
            waits_for: if verdict == Verdict::Decided(Outcome::NotYet) { self.waits_for(ix) } else { None },
            doubts: if asks { self.doubts(answers, ix) } else { Vec::new() },
            readings: self.disagreements(&disagreements),
            ask: asks.then(|| self.ask(answers, ix, &criteria, &disagreements)),
            to_confirm,
            criteria,
            sources: self.cited(&cell.sources),
            at_most_more,
            open: open.iter().map(|question| self.rulebook[*question].id.clone()).collect(),
            leverage: None,
        }
    }

    fn because(&self, answers: &Answers, ix: CellIx, reason: &Reason) -> Because {
        let mut looked_at = Vec::new();
        reason.rules.iter().for_each(|rule| self.questions_of(&self.rulebook[*rule], &mut looked_at));
        let besides = reason.questions.iter().filter(|question| !looked_at.contains(question));
        let besides: Vec<Text> = besides.map(|question| self.rulebook[*question].id.clone()).collect();
        Because {
            rows: reason.questions.iter().map(|question| self.row(answers, *question)).collect(),
            // Where the rules look at none of them, the answers decide together.
            besides: if besides.len() < reason.questions.len() { besides } else { Vec::new() },
            day: reason.day,
            rules: reason.rules.iter().map(|rule| self.criterion(ix, *rule)).collect(),
        }
    }

    /// Whether the cause for which the cell is closed cannot change, so that it will close the cell of the next cycle too.
    fn is_lasting(&self, verdict: Verdict, because: &[Because]) -> bool {
        let is_fixed = |row: &Row| {
            self.rulebook.question(&row.question).is_some_and(|ix| self.rulebook[ix].change == Change::Fixed)
        };
        matches!(verdict, Verdict::Decided(Outcome::Closed(_)))
            && because.iter().any(|because| !because.rows.is_empty() && because.deciding().all(is_fixed))
    }

    pub(super) fn leverage_report(&self, cell: CellIx, answers: &Answers, leverage: &Leverage) -> LeverageReport {
        let otherwise = |question: QuestionIx, answer: Answer| Row {
            said: Some(said(&self.rulebook[question].kind, answer, |choice| &choice.text)),
            ..self.row(answers, question)
        };
        let rows = |questions: &[QuestionIx]| questions.iter().map(|question| self.row(answers, *question)).collect();
        // What is too late helps nobody whose other answer would have to be wrong, too.
        let is_vain = |set: &ChangeSet| {
            let mut each = set.changes.iter().map(|change| self.feasible(cell, &[*change]).0);
            set.feasible == Feasible::TooLate && each.any(|feasible| feasible == Feasible::OnlyIfWrong)
        };
        let sets = leverage.sets.iter().filter(|set| !is_vain(set) && !self.is_detour(cell, set, &leverage.sets));
        let sets = sets.map(|set| ChangeSetReport {
            changes: set.changes.iter().map(|(question, answer)| otherwise(*question, *answer)).collect(),
            answers: set.changes.iter().map(|(question, answer)| self.rulebook[*question].write(*answer)).collect(),
            becomes: set.becomes,
            asks: rows(&set.asks),
            feasible: set.feasible,
            by: set.by.map(|moment| self.falls_due(moment)),
        });
        LeverageReport {
            complete: leverage.complete,
            too_late: leverage.too_late,
            sets: sets.collect(),
            rests_on: rows(&leverage.rests_on),
            indifferent: rows(&leverage.indifferent),
        }
    }

    /// Whether something is answered otherwise only so that a second question does not count, where another set answers the
    /// second one otherwise and does the same. What the rules that look at the second one look at too is a way of its own.
    fn is_detour(&self, cell: CellIx, set: &ChangeSet, sets: &[ChangeSet]) -> bool {
        let cell = &self.rulebook[cell];
        let rules = cell.requires.iter().copied().chain(cell.closed.iter().map(|(_, rule)| *rule));
        let looked_at: Vec<Vec<QuestionIx>> = rules
            .map(|rule| {
                let mut questions = Vec::new();
                self.questions_of(&self.rulebook[rule], &mut questions);
                questions
            })
            .collect();
        let looked_at_together =
            |one: QuestionIx, other: QuestionIx| looked_at.iter().any(|all| all.contains(&one) && all.contains(&other));
        let has = |set: &ChangeSet, question: QuestionIx| set.changes.iter().any(|(other, _)| *other == question);
        let aside = |other: &ChangeSet| -> Vec<QuestionIx> {
            let questions = set.changes.iter().map(|(question, _)| *question);
            questions.filter(|question| !has(other, *question)).collect()
        };
        sets.iter().filter(|other| other.changes.len() == set.changes.len()).any(|other| {
            let [question] = aside(other)[..] else { return false };
            let direct = other.changes.iter().find(|(question, _)| !has(set, *question));
            direct.is_some_and(|(direct, _)| {
                self.scoped(question).contains(direct) && !looked_at_together(question, *direct)
            })
        })
    }

    /// The conflicts whose readings come to different values in this cell.
    fn disagreements(&self, found: &[ConflictIx]) -> Vec<Disagreement> {
        found
            .iter()
            .map(|ix| {
                let conflict = &self.rulebook[*ix];
                let grounds = |reading: usize| {
                    self.rulebook.rules.iter().find_map(|rule| match &rule.body {
                        Body::Readings(of, bodies) if of == ix => bodies.get(reading).map(|(_, grounds)| grounds),
                        _ => None,
                    })
                };
                let readings = conflict.readings.iter().enumerate().map(|(i, reading)| {
                    let basis = grounds(i).map_or(Basis::Conflicting, |g| g.basis.clone());
                    let cited = grounds(i).map_or_else(Vec::new, |g| self.cited(&g.sources));
                    (reading.clone(), basis, cited)
                });
                Disagreement {
                    id: conflict.id.clone(),
                    title: conflict.title.clone(),
                    text: conflict.text.clone(),
                    likely: conflict.likely.clone(),
                    readings: readings.collect(),
                }
            })
            .collect()
    }

    /// What is open instead: what the first of the rules that close it says, or else the first cell from this one on that
    /// can still be entered. Without one, only the next cycle is left.
    fn instead(&self, cell: CellIx, because: &[Because]) -> Text {
        let closing = because.iter().flat_map(|because| &because.rules);
        let mut rules = closing.filter_map(|closing| self.rulebook.rule(&closing.rule));
        let own = rules.find_map(|rule| self.rulebook[rule].instead.clone());
        let is_ahead = |closes: MomentIx| self.behind(closes) == Some(Behind::No);
        let mut left = self.rulebook.cells.iter().skip(cell.index()).filter(|cell| cell.closes.is_none_or(is_ahead));
        let others = left.next().map_or(&self.rulebook.next_cycle.text, |cell| &cell.instead);
        own.unwrap_or_else(|| others.clone())
    }
}
