//! Whole and partial cases, drawn at random: the engine's verdicts and reasons against the diagrams'.

use super::model::{Model, Space};
use super::random::Random;
use super::{Found, People, Prover, days, on_days, used, with_entered};
use rules::answers::{Answer, Answers, Entered};
use rules::day::{Day, DayRange};
use rules::facts::Facts;
use rules::interview::is_closed;
use rules::rulebook::{CellIx, MomentIx, QuestionIx, QuestionKind};
use rules::verdict::{Outcome, Verdict};
use std::cell::OnceCell;

/// Random whole cases and partial states for each cell and day.
const SAMPLES: usize = 60;
/// Random orders in which answers come and go.
const CHAINS: usize = 150;
/// Days on which each date that is not firm is entered alone, before, on and after the day.
const ENTERED_ALONE: usize = 2;
/// Ways in which several are entered together.
const ENTERED_TOGETHER: usize = 12;
/// Cases for each such way, cell and day.
const ENTERED_SAMPLES: usize = 12;

impl Prover<'_> {
    pub(super) fn verdicts_agree(&self) -> Found {
        let mut found = Found::default();
        self.whole_cases(SAMPLES, &mut Random::new(23), &mut found);
        found
    }

    /// Members of every outcome on every day, which the engine must give the same outcome.
    fn whole_cases(&self, samples: usize, random: &mut Random, found: &mut Found) {
        for cell in self.cells() {
            for model in self.models {
                for (outcome, set) in model.outcomes(cell, None).iter() {
                    for _ in 0..samples {
                        let Some(answers) = self.space.random_member(set, &self.drawn[cell].questions, random) else {
                            break;
                        };
                        found.count += 1;
                        let got = self.people.facts(&answers, model.as_of).verdict(cell);
                        if got != Verdict::Decided(*outcome) {
                            let expected = self.outcome(cell, *outcome);
                            self.differ(cell, model, &answers, &expected, got, found);
                        }
                    }
                }
            }
        }
    }

    fn differ(
        &self,
        cell: CellIx,
        model: &Model<'_>,
        answers: &[(QuestionIx, Answer)],
        expected: &str,
        got: Verdict,
        found: &mut Found,
    ) {
        let got = match got {
            Verdict::Decided(outcome) => self.outcome(cell, outcome),
            Verdict::NeedsAnswers => "needs-answers".to_owned(),
        };
        let what = format!("{}: {expected} for the diagram, {got} for the engine", self.drawn[cell].id);
        found.fail(what, self.people.witness(model.as_of, answers));
    }

    /// Partial states: the engine decides exactly when all completions agree.
    pub(super) fn decided_early(&self) -> Found {
        let mut found = Found::default();
        self.partial_cases(SAMPLES, &mut Random::new(37), &mut found, |_, _, _, _| {});
        found
    }

    /// Random partial answers without a contradiction, with what the engine makes of them.
    fn partial_cases(
        &self,
        samples: usize,
        random: &mut Random,
        found: &mut Found,
        mut decided: impl FnMut(&mut Facts<'_>, usize, CellIx, &[(QuestionIx, Answer)]),
    ) {
        for cell in self.cells() {
            for (day, model) in self.models.iter().enumerate() {
                for _ in 0..samples {
                    let mut answers = self.space.random_partial(&self.drawn[cell].questions, random);
                    answers.retain(|(question, answer)| model.says_something(*question, *answer));
                    let mut facts = self.people.facts(&answers, model.as_of);
                    if !facts.is_admissible() {
                        continue;
                    }
                    found.count += 1;
                    let expected = model.single(cell, &answers);
                    let got = facts.verdict(cell);
                    // That a cell is closed for one cause or another may take too long to find; then answers are needed.
                    let gives_up = || self.space.single(&model.outcomes(cell, None), &answers).is_none();
                    if got == Verdict::NeedsAnswers && expected.is_some_and(Outcome::is_closed) && gives_up() {
                        found.given_up += 1;
                    } else if got != expected.map_or(Verdict::NeedsAnswers, Verdict::Decided) {
                        let expected = expected.map_or_else(|| "needs-answers".to_owned(), |o| self.outcome(cell, o));
                        self.differ(cell, model, &answers, &expected, got, found);
                    }
                    decided(&mut facts, day, cell, &answers);
                }
            }
        }
    }

    pub(super) fn reasons(&self) -> Found {
        let (mut found, mut cases) = (Found::default(), Found::default());
        self.partial_cases(SAMPLES, &mut Random::new(41), &mut cases, |facts, day, cell, answers| {
            let Verdict::Decided(outcome) = facts.verdict(cell) else { return };
            for reason in facts.reasons(cell, outcome) {
                found.count += 1;
                let cited: Vec<_> = answers.iter().filter(|(q, _)| reason.questions.contains(q)).copied().collect();
                // Without the day a reason holds on every day; that the rules are fresh is said once, on top.
                let positive = matches!(outcome, Outcome::Open | Outcome::NotYet);
                let models = if reason.day { &self.models[day..=day] } else { self.models };
                // On some days they cannot be given.
                let can_be_given = |model: &&Model<'_>, cited: &[(QuestionIx, Answer)]| {
                    !self.space.known(model.admissible(), cited).is_false()
                };
                let forced = |cited: &[(QuestionIx, Answer)]| {
                    let fresh = models.iter().filter(|model| !(positive && model.is_stale()));
                    let mut fresh = fresh.filter(|model| can_be_given(model, cited));
                    fresh.all(|model| !model.leads_elsewhere(cell, outcome, cited))
                };
                let sufficient = forced(&cited);
                let minimal = (0..cited.len()).all(|drop| {
                    let mut fewer = cited.clone();
                    fewer.remove(drop);
                    !forced(&fewer)
                });
                if !(sufficient && minimal) {
                    let which = if sufficient { "more than is needed" } else { "too little" };
                    let what = format!("{}: a reason cites {which}", self.drawn[cell].id);
                    found.fail(what, self.people.witness(self.models[day].as_of, answers));
                }
            }
        });
        found
    }

    /// Answers come in one random order and go in another; dates get more and less exact on the way. On the diagrams this
    /// holds by restriction; that the engine's verdicts are the diagrams' is shown beside.
    pub(super) fn monotone(&self) -> Found {
        let mut found = Found::default();
        let mut random = Random::new(53);
        for number in 0..CHAINS {
            let model = &self.models[number % self.models.len()];
            let questions: Vec<QuestionIx> = (0..self.drawn.questions.len()).map(QuestionIx::nth).collect();
            let mut whole = self.space.random_answers(&questions, &mut random);
            whole.retain(|(question, answer)| model.says_something(*question, *answer));
            for (question, answer) in &mut whole {
                *answer = self.planned(*question, *answer, model.as_of.day, &mut random);
            }
            if !self.people.facts(&whole, model.as_of).is_admissible() {
                continue;
            }
            // From nothing to everything, and from everything to nothing.
            for adding in [true, false] {
                let mut order = whole.clone();
                random.shuffle(&mut order);
                let mut states: Vec<Vec<(QuestionIx, Answer)>> = vec![Vec::new()];
                for (question, answer) in order {
                    let last = states.last().cloned().unwrap_or_default();
                    states.extend(exacter(question, answer).into_iter().map(|answer| {
                        let mut state = last.clone();
                        state.push((question, answer));
                        state
                    }));
                }
                if !adding {
                    states.reverse();
                }
                let mut before = None::<(Vec<Verdict>, _)>;
                for state in states {
                    let facts = self.people.facts(&state, model.as_of);
                    let verdicts = facts.verdicts();
                    let Some((verdicts_before, state_before)) = before.replace((verdicts.clone(), state.clone()))
                    else {
                        continue;
                    };
                    for (cell, before) in self.cells().zip(&verdicts_before) {
                        found.count += 1;
                        let after = verdicts[cell.index()];
                        let (fewer, more) = if adding { (*before, after) } else { (after, *before) };
                        // What is closed may turn out to be so for another cause as well, or for one of several.
                        let with_more = if adding { &state } else { &state_before };
                        let only_closed = || {
                            let outcomes = model.outcomes(cell, None);
                            let mut left = outcomes.iter().filter(|(outcome, _)| !outcome.is_closed());
                            left.all(|(_, set)| self.space.known(set, with_more).is_false())
                        };
                        let told_more = is_closed(fewer) && (is_closed(more) || only_closed());
                        if fewer != Verdict::NeedsAnswers && fewer != more && !told_more {
                            let what =
                                format!("{}: {fewer:?} with fewer answers, {more:?} with more", self.drawn[cell].id);
                            found.fail(what, self.people.witness(model.as_of, &state));
                        }
                    }
                }
            }
        }
        found
    }

    /// Sometimes a plan where something has not happened.
    pub(super) fn planned(&self, question: QuestionIx, answer: Answer, today: Day, random: &mut Random) -> Answer {
        match (&self.drawn[question].kind, answer) {
            (QuestionKind::Event, Answer::NotYet) if random.coin() => {
                let days = i32::try_from(random.below(400)).unwrap_or(0);
                Answer::Planned(today.plus(days).into())
            }
            (_, answer) => answer,
        }
    }

    /// Each date that something looks at and that is not firm is entered alone, before, on and after the day of asking, on
    /// some days; and some of them together. What a reader cannot enter, because it does not fit the others, is left out.
    pub(super) fn entered_dates(&self) -> Found {
        let mut found = Found::default();
        let mut random = Random::new(61);
        let open: Vec<MomentIx> =
            used(self.drawn).into_iter().filter(|moment| self.drawn[*moment].firm().is_none()).collect();
        if open.is_empty() {
            found.notes.push("every date that a rule uses is firm".to_owned());
            return found;
        }
        let shift = [-1, 0, 1];
        let alone = shift.len() * ENTERED_ALONE;
        let mut ways: Vec<Vec<MomentIx>> = open.iter().flat_map(|moment| vec![vec![*moment]; alone]).collect();
        for _ in 0..ENTERED_TOGETHER {
            ways.push(open.iter().copied().filter(|_| random.coin()).collect());
        }
        let mut tried = 0;
        for (number, way) in ways.iter().enumerate() {
            let as_of = self.models[random.below(self.models.len())].as_of;
            let near = |random: &mut Random| match random.below(4) {
                0..=1 => as_of.day.plus(shift[number % 3]),
                2 => self.models[random.below(self.models.len())].as_of.day.plus(shift[random.below(3)]),
                _ => as_of.day.plus(i32::try_from(random.below(300)).unwrap_or(0) - 150),
            };
            let minutes = |random: &mut Random| (random.below(3) == 0).then_some(12 * 60);
            let wanted: Vec<(MomentIx, Entered)> = match way.as_slice() {
                [alone] => vec![(*alone, as_of.day.plus(shift[number % 3]).into())],
                several => several
                    .iter()
                    .map(|moment| (*moment, Entered { day: near(&mut random), minutes: minutes(&mut random) }))
                    .collect(),
            };
            let mut given = Answers::none(self.drawn);
            let fits = |(moment, day): &(MomentIx, Entered)| given.enter(self.drawn, *moment, Some(*day)).is_ok();
            let entered: Vec<(MomentIx, Entered)> = wanted.into_iter().filter(fits).collect();
            if entered.is_empty() {
                continue;
            }
            tried += 1;
            let known = with_entered(self.drawn, &entered);
            let other = days(&known);
            let other = other[random.below(other.len())];
            let drawn = on_days(&known, &[as_of, other]);
            let space = Space::new(&drawn);
            let models = [Model::new(&space, as_of), Model::new(&space, other)];
            let people = People { book: self.people.book, entered: &entered };
            let closed_cases = OnceCell::new();
            let prover = Prover { people, drawn: &drawn, space: &space, models: &models, entered: &[], closed_cases };
            prover.whole_cases(ENTERED_SAMPLES, &mut random, &mut found);
            prover.partial_cases(ENTERED_SAMPLES, &mut random, &mut found, |_, _, _, _| {});
        }
        let ids: Vec<&str> = open.iter().map(|moment| &*self.drawn[*moment].id).collect();
        found.notes.push(format!("{tried} ways to enter {}", ids.join(", ")));
        found
    }
}

/// What people say of a date before they know it exactly: its year, its month, its day.
fn exacter(question: QuestionIx, answer: Answer) -> Vec<Answer> {
    let Answer::Date(DayRange { first, last }) = answer else { return vec![answer] };
    if first != last || question.index().is_multiple_of(2) {
        return vec![answer];
    }
    let text = first.to_string();
    let ranges = [4, 7].into_iter().filter_map(|length| DayRange::parse(text.get(..length)?));
    ranges.map(Answer::Date).chain([answer]).collect()
}
