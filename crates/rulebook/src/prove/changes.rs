//! What would change a verdict: the engine's suggestions, turned on the diagrams.

use super::model::Model;
use super::random::Random;
use super::{Found, Prover};
use biodivine_lib_bdd::Bdd;
use rules::answers::Answer;
use rules::change::Leverage;
use rules::rulebook::{CellIx, QuestionIx, QuestionKind};
use rules::verdict::{Outcome, Verdict};

/// Whole and partial cases for each cell and day.
const SAMPLES: usize = 18;
/// As many changes as a set may hold.
const MOST_CHANGES: usize = 3;

fn turned(outcome: Option<Outcome>) -> bool {
    matches!(outcome, Some(Outcome::Open | Outcome::NotYet))
}

/// The answers with some of them given otherwise.
fn changed(answers: &[(QuestionIx, Answer)], changes: &[(QuestionIx, Answer)]) -> Vec<(QuestionIx, Answer)> {
    let kept = answers.iter().filter(|(question, _)| changes.iter().all(|(other, _)| other != question));
    kept.chain(changes).copied().collect()
}

/// Somebody to whom a cell is closed or doubtful, with what the engine says would change it.
pub(super) struct ClosedCase {
    /// The day: a position among the models.
    day: usize,
    cell: CellIx,
    outcome: Outcome,
    answers: Vec<(QuestionIx, Answer)>,
    leverage: Leverage,
}

impl Prover<'_> {
    /// Some of them, drawn when they are first needed: to find what would change them takes long.
    fn closed_cases(&self) -> &[ClosedCase] {
        self.closed_cases.get_or_init(|| self.draw_closed_cases())
    }

    fn draw_closed_cases(&self) -> Vec<ClosedCase> {
        let mut cases = Vec::new();
        let mut random = Random::new(83);
        for cell in self.cells() {
            for (day, model) in self.models.iter().enumerate() {
                let outcomes = model.outcomes(cell, None);
                let bad: Vec<_> =
                    outcomes.iter().filter(|(outcome, set)| !turned(Some(*outcome)) && !set.is_false()).collect();
                for number in 0..SAMPLES {
                    let questions = &self.drawn[cell].questions;
                    let mut answers = match bad.get(number % bad.len().max(1)) {
                        Some((_, set)) => self.space.random_member(set, questions, &mut random).unwrap_or_default(),
                        None => continue,
                    };
                    match number % 3 {
                        0 => {}
                        1 => answers.retain(|_| random.below(2) > 0),
                        _ => answers.retain(|_| random.below(4) > 0),
                    }
                    answers.retain(|(question, answer)| model.says_something(*question, *answer));
                    let facts = self.people.facts(&answers, model.as_of);
                    if let Verdict::Decided(outcome) = facts.verdict(cell)
                        && !turned(Some(outcome))
                    {
                        let leverage = facts.leverage(cell, outcome);
                        cases.push(ClosedCase { day, cell, outcome, answers, leverage });
                    }
                }
            }
        }
        cases
    }

    pub(super) fn changes_turn(&self) -> Found {
        let mut found = Found::default();
        let (mut asking, mut matter, mut rest) = (0, 0, 0);
        for ClosedCase { day, cell, outcome, answers, leverage } in self.closed_cases() {
            let (model, cell, outcome) = (&self.models[*day], *cell, *outcome);
            let wanted = self.wanted(model, cell, outcome, answers);
            for set in &leverage.sets {
                found.count += 1;
                let can_turn = |changes: &[(QuestionIx, Answer)]| {
                    !self.space.known(&wanted, &changed(answers, changes)).is_false()
                };
                let becomes = model.single(cell, &changed(answers, &set.changes));
                asking += usize::from(becomes.is_none());
                let turns =
                    can_turn(&set.changes) && becomes.map_or(Verdict::NeedsAnswers, Verdict::Decided) == set.becomes;
                let parts = 0..(1_usize << set.changes.len()) - 1;
                let smaller = parts.into_iter().any(|part| {
                    let some = set.changes.iter().enumerate().filter(|(place, _)| part >> place & 1 == 1);
                    can_turn(&some.map(|(_, change)| *change).collect::<Vec<_>>())
                });
                if !turns || smaller {
                    let ids: Vec<&str> = set.changes.iter().map(|(question, _)| &*self.drawn[*question].id).collect();
                    let which = if turns { "is more than is needed" } else { "does not turn it" };
                    let what = format!("{}: to change {} {which}", self.drawn[cell].id, ids.join(" and "));
                    found.fail(what, self.people.witness(model.as_of, answers));
                }
            }
            let turns = |question: &QuestionIx| {
                self.drawn[*question].classes.iter().any(|class| {
                    let other = changed(answers, &[(*question, *class)]);
                    model.leads_elsewhere(cell, outcome, &other)
                })
            };
            matter += leverage.rests_on.len();
            rest += leverage.indifferent.len();
            let idle = leverage.rests_on.iter().find(|question| !turns(question));
            let needed = leverage.indifferent.iter().find(|question| turns(question));
            for (question, which) in [(idle, "matters, and does not"), (needed, "does not matter, and does")] {
                if let Some(question) = question {
                    let what = format!(
                        "{}: {:?} is said to be one that {which}",
                        self.drawn[cell].id, self.drawn[*question].id
                    );
                    found.fail(what, self.people.witness(model.as_of, answers));
                }
            }
        }
        found.notes.push(format!("{asking} of them lead to questions"));
        found.notes.push(format!("and {matter} answers that a verdict rests on, {rest} that it does not"));
        found
    }

    pub(super) fn no_change_is_missed(&self) -> Found {
        let mut found = Found::default();
        let mut given_up = 0;
        for ClosedCase { day, cell, outcome, answers, leverage } in self.closed_cases() {
            let (model, cell, outcome) = (&self.models[*day], *cell, *outcome);
            if !leverage.sets.is_empty() {
                continue;
            }
            if !leverage.complete {
                given_up += 1;
                continue;
            }
            found.count += 1;
            if let Some(changes) = self.changes_needed(model, cell, outcome, answers) {
                let what = format!("{}: {changes} changes would turn it, and none is said to", self.drawn[cell].id);
                found.fail(what, self.people.witness(model.as_of, answers));
            }
        }
        found.notes.push(format!("{given_up} searches that found nothing were given up, and said so"));
        found
    }

    /// Whether the engine may offer another answer: none that takes back what happened, and none that others will give.
    fn may_be_offered(&self, question: QuestionIx, answer: Answer, other: Answer) -> bool {
        use Answer::{Choice, Done, Never, NotYet, Planned};
        match (answer, other, &self.drawn[question].kind) {
            (Done, Planned(_) | NotYet | Never, _) | (Planned(_), NotYet | Never, _) | (NotYet, Never, _) => false,
            (Choice(now), Choice(then), QuestionKind::Choice(choices)) => {
                let turns = |from: u8, to: u8| choices[usize::from(from)].may_become >> to & 1 == 1;
                let awaited = turns(now, then) && choices[usize::from(then)].decided_by_others;
                !turns(then, now) && !awaited
            }
            _ => true,
        }
    }

    /// The answer sets that are open or not yet. Who meets all requirements and still has to ask gains nothing from *not
    /// yet*.
    fn wanted(&self, model: &Model<'_>, cell: CellIx, outcome: Outcome, answers: &[(QuestionIx, Answer)]) -> Bdd {
        let unmet = model.admissible().and_not(&model.met_as_it_is(cell));
        let met = outcome == Outcome::Ask && self.space.known(&unmet, answers).is_false();
        let better = |outcome: Outcome| if met { outcome == Outcome::Open } else { turned(Some(outcome)) };
        let outcomes = model.outcomes(cell, None);
        let outcomes = outcomes.iter().filter(|(outcome, _)| better(*outcome));
        outcomes.fold(self.space.nothing(), |wanted, (_, set)| wanted.or(set))
    }

    /// The fewest changes of given answers, up to three, after which some completion is wanted.
    fn changes_needed(
        &self,
        model: &Model<'_>,
        cell: CellIx,
        outcome: Outcome,
        answers: &[(QuestionIx, Answer)],
    ) -> Option<usize> {
        let open: Vec<QuestionIx> = (0..self.drawn.questions.len())
            .map(QuestionIx::nth)
            .filter(|question| answers.iter().all(|(given, _)| given != question))
            .collect();
        let mut reach = self.space.forget(&self.wanted(model, cell, outcome, answers), &open);
        for changes in 0..=MOST_CHANGES {
            if !self.space.known(&reach, answers).is_false() {
                return Some(changes);
            }
            let wider = answers.iter().map(|(question, answer)| {
                let offered = |class: Answer| class == *answer || self.may_be_offered(*question, *answer, class);
                self.space.forget(&self.space.where_answer(*question, offered).and(&reach), &[*question])
            });
            reach = wider.fold(reach.clone(), |all, set| all.or(&set));
        }
        None
    }
}
