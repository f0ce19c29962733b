//! Whole interviews, answered at random: how many questions come, when they end, and whether each could matter.

use super::model::Model;
use super::random::Random;
use super::{Found, Prover};
use rules::answers::{Answer, Answers};
use rules::day::DayRange;
use rules::interview::{Interview, is_closed};
use rules::rulebook::{CellIx, QuestionIx, Rulebook};
use rules::verdict::{Outcome, Verdict};
use std::collections::BTreeSet;

/// Interviews in which nothing but the engine is looked at.
const LONG: usize = 240;
/// Interviews whose every end, or every step, is looked at on the diagrams.
const COMPARED: usize = 120;
/// Of so many questions one may be asked in doubt: the engine does not search forever whether it can matter.
const IN_DOUBT: usize = 10;

/// A moment of an interview.
struct Step<'s> {
    model: &'s Model<'s>,
    given: &'s Answers,
    verdicts: &'s [Verdict],
    interview: &'s Interview,
    /// Questions answered since the beginning, *don't know* included and *skipped* not.
    asked: usize,
    /// The question before this one, and whether it was skipped.
    last: Option<(QuestionIx, bool)>,
}

impl Step<'_> {
    /// The answers that say something.
    fn known(&self) -> Vec<(QuestionIx, Answer)> {
        self.given.iter().filter(|(_, answer)| !matches!(answer, Answer::Skipped | Answer::DontKnow)).collect()
    }

    /// The chosen cells that are not decided, or may still be closed by something else than that they are over.
    fn undecided(&self, book: &Rulebook) -> impl Iterator<Item = CellIx> + '_ {
        let over: Vec<Option<Outcome>> = book.cells.iter().map(|cell| cell.over.map(Outcome::Closed)).collect();
        let is_open = move |cell: usize| match self.verdicts[cell] {
            Verdict::NeedsAnswers => true,
            Verdict::Decided(outcome) => over[cell] == Some(outcome),
        };
        let open = move |cell: &usize| self.given.is_chosen(*cell) && is_open(*cell);
        (0..self.verdicts.len()).filter(open).map(CellIx::nth)
    }
}

impl Prover<'_> {
    /// Answers questions until none is left or the answers contradict each other. `loose` answers are planned, or not
    /// known exactly.
    fn walk(&self, number: usize, loose: bool, random: &mut Random, mut visit: impl FnMut(&Step<'_>)) {
        let model = &self.models[number % self.models.len()];
        let book = self.people.book;
        let mut given = self.people.given(&[]);
        given.choose_cells(book, (0..book.cells.len()).filter(|_| random.coin()));
        let mut skipped = BTreeSet::new();
        let (mut asked, mut last, mut current) = (0, None, None);
        loop {
            let facts = rules::facts::Facts::new(book, &given, model.as_of);
            if !facts.is_admissible() {
                return;
            }
            let verdicts = facts.verdicts();
            let interview = facts.interview(&given, &verdicts, current);
            visit(&Step { model, given: &given, verdicts: &verdicts, interview: &interview, asked, last });
            let Some(question) = interview.next else { return };
            // An interview that does not end is a failure that the bound shows.
            if asked > book.questions.len() {
                return;
            }
            let classes = facts.other_classes(question);
            let answer = match random.below(8) {
                0 => Answer::DontKnow,
                1 if skipped.insert(question) => Answer::Skipped,
                _ => classes[random.below(classes.len())],
            };
            let answer = if loose { self.loosely(question, answer, model, random) } else { answer };
            let _ = given.set(book, question, answer);
            let skips = answer == Answer::Skipped;
            asked += usize::from(!skips);
            last = Some((question, skips));
            current = Some(question);
        }
    }

    fn loosely(&self, question: QuestionIx, answer: Answer, model: &Model<'_>, random: &mut Random) -> Answer {
        match answer {
            Answer::Date(day) if random.coin() => {
                let text = day.first.to_string();
                let rough = text.get(..if random.coin() { 4 } else { 7 }).and_then(DayRange::parse);
                rough.map_or(answer, Answer::Date)
            }
            answer => self.planned(question, answer, model.as_of.day, random),
        }
    }

    pub(super) fn interviews_are_bounded(&self) -> Found {
        let mut found = Found::default();
        let mut random = Random::new(71);
        for number in 0..LONG {
            let (mut first, mut before) = (usize::MAX, usize::MAX);
            self.walk(number, true, &mut random, |step| {
                found.count += 1;
                let more = step.interview.at_most_more;
                first = first.min(more + step.asked);
                let most = match step.last {
                    None => usize::MAX,
                    Some((_, true)) => before,
                    Some((_, false)) => before.saturating_sub(1),
                };
                let what = match step.interview.next {
                    _ if more > most => format!("at most {before} more, and then {more} more"),
                    Some(_) if more == 0 => "a question comes after the last one".to_owned(),
                    None if more > 0 => format!("{more} more, and no question"),
                    _ if step.asked > first => format!("{} questions, and at most {first} were said", step.asked),
                    _ => String::new(),
                };
                if !what.is_empty() {
                    let given: Vec<_> = step.given.iter().collect();
                    found.fail(what, self.people.witness(step.model.as_of, &given));
                }
                before = more;
            });
        }
        found
    }

    pub(super) fn interviews_decide(&self) -> Found {
        let mut found = Found::default();
        let mut random = Random::new(73);
        for number in 0..COMPARED {
            self.walk(number, false, &mut random, |step| {
                if step.interview.next.is_some() {
                    return;
                }
                found.count += 1;
                let known = step.known();
                let admissible = self.space.known(step.model.admissible(), &known);
                for cell in step.undecided(self.drawn) {
                    let is_over = step.verdicts[cell.index()] != Verdict::NeedsAnswers;
                    let unknown = |question: &QuestionIx| step.given.get(*question) == Some(Answer::DontKnow);
                    let can = |question: &QuestionIx| self.can_change(step.model, cell, &known, &admissible, *question);
                    let open: Vec<QuestionIx> = self.drawn[cell].questions.iter().copied().filter(can).collect();
                    let what = match open.iter().find(|question| !unknown(question)) {
                        Some(question) => format!("is open and {:?} was not asked", self.drawn[*question].id),
                        None if open.is_empty() && !is_over => "is open, and nothing can change it".to_owned(),
                        None => continue,
                    };
                    let given: Vec<_> = step.given.iter().collect();
                    let witness = self.people.witness(step.model.as_of, &given);
                    found.fail(format!("{}: {what}", self.drawn[cell].id), witness);
                }
            });
        }
        found
    }

    pub(super) fn questions_are_not_idle(&self) -> Found {
        let (mut found, mut doubtful) = (Found::default(), Found::default());
        let mut random = Random::new(79);
        for number in 0..COMPARED {
            self.walk(number, false, &mut random, |step| {
                let Some(question) = step.interview.next else { return };
                found.count += 1;
                let known = step.known();
                let admissible = self.space.known(step.model.admissible(), &known);
                let in_cell = step
                    .undecided(self.drawn)
                    .any(|cell| self.can_change(step.model, cell, &known, &admissible, question));
                let wanted =
                    |cell: &CellIx| step.given.is_chosen(cell.index()) && !is_closed(step.verdicts[cell.index()]);
                let mut documents = self.drawn.documents.iter().filter(|document| document.cells.iter().any(wanted));
                let mut in_document = || {
                    documents.any(|document| {
                        let needed = self.space.known(&step.model.holds(&document.needed_when), &known);
                        self.space.depends(&needed, &admissible, question)
                    })
                };
                if !in_cell && !in_document() {
                    let given: Vec<_> = step.given.iter().collect();
                    let what = format!("{:?} is asked and can change nothing", self.drawn[question].id);
                    doubtful.count += 1;
                    doubtful.fail(what, self.people.witness(step.model.as_of, &given));
                }
            });
        }
        if doubtful.count * IN_DOUBT > found.count {
            found.failures = doubtful.failures;
        }
        found.notes.push(format!("{} of {} were asked in doubt", doubtful.count, found.count));
        found
    }
}
