//! The proof: what holds for every way to answer, shown with decision diagrams and with a witness where it fails.
//!
//! A cell of a real rulebook has far too many answer sets to try. Each question becomes a few Boolean variables (one
//! code for each class of answers that rules can tell apart), time is cut at the instants that rules use, and a
//! decision diagram stands for all answer sets at once. [`model`] evaluates conditions on diagrams: another algorithm
//! than the engine's, written from `ARCHITECTURE.md` alone, so that the two check each other.

pub mod model;
mod random;

use crate::compile;
use jiff::Timestamp;
use jiff::tz::Offset;
use model::{Force, Model, Space};
use random::Random;
use rules::answers::{Answer, Answers, RawAnswer};
use rules::day::Day;
use rules::facts::Facts;
use rules::rulebook::{AsOf, Basis, CellIx, Condition, ConflictIx, MomentIx, QuestionIx, RuleIx, Rulebook, When};
use rules::verdict::{Outcome, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// More answer sets of one rule than this are sampled, and the proof says so.
const EXHAUSTIVE: usize = 200_000;
/// Random whole cases and partial states for each cell and day.
const SAMPLES: usize = 60;

/// What was shown for one cycle.
#[derive(Serialize)]
pub struct Proof {
    pub cycle: String,
    pub rulebook: String,
    /// For each cell the number of complete answer sets, up to classes that no rule can tell apart.
    pub sizes: Vec<Size>,
    /// Days at which time was cut: one from each span in which no rule can tell days apart.
    pub days: usize,
    pub checks: Vec<Check>,
}

#[derive(Serialize)]
pub struct Size {
    pub cell: String,
    pub questions: usize,
    pub answer_sets: f64,
}

#[derive(Serialize)]
pub struct Check {
    pub claim: String,
    /// How many single things were looked at.
    pub count: usize,
    /// Where it fails; the claim holds when there are none.
    pub failures: Vec<Failure>,
}

#[derive(Serialize)]
pub struct Failure {
    pub what: String,
    /// An answers file that `rulebook evaluate` takes, with its day.
    pub witness: Option<Witness>,
}

#[derive(Serialize)]
pub struct Witness {
    pub as_of: String,
    pub answers: String,
}

impl Proof {
    #[must_use]
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.failures.is_empty())
    }

    /// The proof for people to read.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("cycle {} ({})\n", self.cycle, self.rulebook);
        for size in &self.sizes {
            let _ =
                writeln!(text, "  {}: {} questions, {:.1e} answer sets", size.cell, size.questions, size.answer_sets);
        }
        let _ = writeln!(text, "  {} days, one from each span that rules can tell apart", self.days);
        for check in &self.checks {
            let mark = if check.failures.is_empty() { "holds" } else { "FAILS" };
            let _ = writeln!(text, "  {mark}: {} ({} looked at)", check.claim, check.count);
            for failure in &check.failures {
                let _ = writeln!(text, "    {}", failure.what);
                if let Some(witness) = &failure.witness {
                    let _ = writeln!(text, "      --as-of {}", witness.as_of);
                    witness.answers.lines().for_each(|line| {
                        let _ = writeln!(text, "      {line}");
                    });
                }
            }
        }
        text
    }
}

/// Proves a rulebook, or fails with witnesses.
#[must_use]
pub fn prove(book: &Rulebook) -> Proof {
    let space = Space::new(book);
    let days = days(book);
    let models: Vec<Model<'_>> = days.iter().map(|day| Model::new(&space, *day)).collect();
    let mut prover = Prover { book, space: &space, models: &models, checks: Vec::new() };
    prover.one_verdict_each();
    prover.every_outcome();
    prover.every_rule();
    prover.every_question();
    prover.every_reading();
    prover.every_item();
    prover.rules_agree();
    prover.verdicts_agree();
    prover.early_and_reasons();
    let sizes = book.cells.iter().map(|cell| Size {
        cell: cell.id.to_string(),
        questions: cell.questions.len(),
        answer_sets: space.order(&cell.questions),
    });
    Proof {
        cycle: book.cycle.to_string(),
        rulebook: book.hash.to_string(),
        sizes: sizes.collect(),
        days: days.len(),
        checks: prover.checks,
    }
}

/// The rulebook in which these dates, which were not published, are known: what a date that a reader enters means. It
/// lasts to the end of its day, and is weak.
#[must_use]
pub fn with_entered(book: &Rulebook, entered: &[(MomentIx, Day)]) -> Rulebook {
    let mut book = book.clone();
    for &(entered, day) in entered {
        let instant = book.end_of_day(day);
        let offset = book.offset(instant);
        let moment = &mut book.moments[entered.index()];
        moment.when = Some(When { day, minutes: None, zone: None, offset, instant });
        moment.grounds.basis = Basis::Inferred;
    }
    compile::refresh(&mut book);
    book
}

/// One instant from each span of time in which every rule looks at the same past.
#[must_use]
pub fn days(book: &Rulebook) -> Vec<AsOf> {
    let mut cuts: BTreeSet<i64> = BTreeSet::from([book.span.0, book.span.1 - 1, book.check_by - 1, book.check_by]);
    let mut used = BTreeSet::new();
    for rule in &book.rules {
        used.extend(rule.due);
        rule.bodies().for_each(|(condition, _)| model::moments_in(condition, &mut used));
    }
    book.questions.iter().filter_map(|q| q.relevant_when.as_ref()).for_each(|c| model::moments_in(c, &mut used));
    book.stages.iter().for_each(|stage| model::moments_in(&stage.here_when, &mut used));
    book.documents.iter().for_each(|document| model::moments_in(&document.needed_when, &mut used));
    book.notices.iter().for_each(|notice| model::moments_in(&notice.show_when, &mut used));
    book.cells.iter().for_each(|cell| model::moments_in(&cell.covered, &mut used));
    for when in used.into_iter().filter_map(|moment| book[moment].when.as_ref()) {
        cuts.extend([when.instant, when.instant + 1]);
    }
    let inside = cuts.into_iter().filter(|at| (book.span.0..book.span.1).contains(at));
    inside.map(|at| book.as_of(at)).collect()
}

struct Prover<'a> {
    book: &'a Rulebook,
    space: &'a Space<'a>,
    models: &'a [Model<'a>],
    checks: Vec<Check>,
}

impl Prover<'_> {
    fn check(&mut self, claim: &str, count: usize, failures: Vec<Failure>) {
        self.checks.push(Check { claim: claim.to_owned(), count, failures });
    }

    fn cells(&self) -> impl Iterator<Item = CellIx> + use<> {
        (0..self.book.cells.len()).map(CellIx::nth)
    }

    fn witness(&self, at: AsOf, answers: &[(QuestionIx, Answer)]) -> Witness {
        Witness { as_of: stamp(self.book, at), answers: answers_file(self.book, answers) }
    }

    fn one_verdict_each(&mut self) {
        let (mut count, mut failures) = (0, Vec::new());
        for cell in self.cells() {
            for model in self.models {
                count += 1;
                let outcomes = model.outcomes(cell, None);
                let mut seen = self.space.nothing();
                let mut twice = self.space.nothing();
                for (_, set) in &outcomes {
                    twice = twice.or(&seen.and(set));
                    seen = seen.or(set);
                }
                let none = model.admissible().and_not(&seen);
                for (set, what) in [(twice, "two verdicts"), (none, "no verdict")] {
                    if let Some(answers) = self.space.witness(&set, &self.book[cell].questions) {
                        let witness = Some(self.witness(model.as_of, &answers));
                        failures.push(Failure { what: format!("{}: {what}", self.book[cell].id), witness });
                    }
                }
            }
        }
        self.check("every complete answer set gives exactly one verdict per cell", count, failures);
    }

    fn every_outcome(&mut self) {
        let (mut count, mut failures) = (0, Vec::new());
        for cell in self.cells() {
            for outcome in model::outcomes_of(&self.book[cell]) {
                count += 1;
                let reached = self.models.iter().any(|model| {
                    model.outcomes(cell, None).iter().any(|(known, set)| *known == outcome && !set.is_false())
                });
                if !reached {
                    let what =
                        format!("{}: {} is never reached", self.book[cell].id, outcome_name(self.book, cell, outcome));
                    failures.push(Failure { what, witness: None });
                }
            }
        }
        self.check("every verdict is reached", count, failures);
    }

    fn every_rule(&mut self) {
        let mut failures = Vec::new();
        for index in 0..self.book.rules.len() {
            let rule = RuleIx::nth(index);
            let decides = self.models.iter().any(|model| {
                self.cells().filter(|cell| self.space.looks_at(*cell, rule)).any(|cell| {
                    let (yes, no) = (Force { rule, holds: true }, Force { rule, holds: false });
                    let (yes, no) = (model.outcomes(cell, Some(yes)), model.outcomes(cell, Some(no)));
                    yes.iter().zip(&no).any(|((_, yes), (_, no))| !yes.xor(no).is_false())
                })
            });
            if !decides {
                let what = format!("rule {:?} never decides a verdict", self.book[rule].id);
                failures.push(Failure { what, witness: None });
            }
        }
        self.check("every rule decides some verdict", self.book.rules.len(), failures);
    }

    fn every_question(&mut self) {
        let mut failures = Vec::new();
        for index in 0..self.book.questions.len() {
            let question = QuestionIx::nth(index);
            let matters = self.models.iter().any(|model| {
                let in_cell = self.cells().any(|cell| {
                    let outcomes = model.outcomes(cell, None);
                    outcomes.iter().any(|(_, set)| self.space.depends(set, model.admissible(), question))
                });
                in_cell || model.items().iter().any(|set| self.space.depends(set, model.admissible(), question))
            });
            if !matters {
                let what =
                    format!("question {:?} changes no verdict, document, stage or notice", self.book[question].id);
                failures.push(Failure { what, witness: None });
            }
        }
        self.check("every question matters", self.book.questions.len(), failures);
    }

    /// A reading matters where it alone would give another verdict than another reading alone.
    fn every_reading(&mut self) {
        let (mut count, mut failures) = (0, Vec::new());
        for index in 0..self.book.conflicts.len() {
            let conflict = ConflictIx::nth(index);
            let readings = self.book[conflict].readings.len();
            for reading in 0..readings {
                count += 1;
                let matters = self.models.iter().any(|model| {
                    let mut cells = self.cells().filter(|cell| self.book[*cell].conflicts.contains(&conflict));
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
                    let named = &self.book[conflict].readings[reading].id;
                    let what = format!(
                        "reading {named:?} of {:?} changes no verdict: a notice, not a reading",
                        self.book[conflict].id
                    );
                    failures.push(Failure { what, witness: None });
                }
            }
        }
        self.check("every reading matters", count, failures);
    }

    fn every_item(&mut self) {
        let (mut count, mut failures) = (0, Vec::new());
        let mut look = |kind: &str, id: &str, reached: bool| {
            count += 1;
            if !reached {
                failures.push(Failure { what: format!("{kind} {id:?} is never shown"), witness: None });
            }
        };
        for document in &self.book.documents {
            let reached = self.models.iter().any(|model| {
                let needed = model.holds(&document.needed_when);
                let mut cells = document.cells.iter();
                cells.any(|cell| !needed.and_not(&model.closed(*cell)).is_false())
            });
            look("document", &document.id, reached);
        }
        for (index, stage) in self.book.stages.iter().enumerate() {
            // Some stages are only told about; in others one is once the reader has entered an unpublished date.
            let mut dates = BTreeSet::new();
            model::moments_in(&stage.here_when, &mut dates);
            let unpublished = dates.into_iter().any(|moment| self.book[moment].when.is_none());
            if unpublished || stage.here_when == Condition::Const(false) {
                continue;
            }
            let reached = self.models.iter().any(|model| {
                let later = self.book.stages[index + 1..].iter();
                let later = later.fold(self.space.nothing(), |set, stage| set.or(&model.holds(&stage.here_when)));
                !model.holds(&stage.here_when).and_not(&later).is_false()
            });
            look("stage", &stage.id, reached);
        }
        for notice in &self.book.notices {
            look("notice", &notice.id, self.models.iter().any(|model| !model.holds(&notice.show_when).is_false()));
        }
        self.check("every document, notice and place on the map is shown to somebody", count, failures);
    }

    /// Every answer set of the questions of one rule, on every day, under every reading, in both futures.
    fn rules_agree(&mut self) {
        let (mut count, mut failures) = (0, Vec::new());
        let mut sampled = Vec::new();
        let mut random = Random::new(11);
        for index in 0..self.book.rules.len() {
            let rule = RuleIx::nth(index);
            let questions = self.space.questions_of(rule);
            let size = self.space.size(&questions);
            let exhaustive = size.is_some_and(|size| size * self.models.len() <= EXHAUSTIVE);
            let sets = size.filter(|_| exhaustive).unwrap_or(SAMPLES);
            if !exhaustive {
                sampled.push(self.book[rule].id.to_string());
            }
            for model in self.models {
                let ways = model.lenses(rule);
                for number in 0..sets {
                    let answers = if exhaustive {
                        self.space.nth_answers(&questions, number)
                    } else {
                        self.space.random_answers(&questions, &mut random)
                    };
                    count += 1;
                    let answered = answers_of(self.book, &answers);
                    let facts = Facts::new(self.book, &answered, model.as_of);
                    for (lens, values) in &ways {
                        let expected = self.space.value_at(values, &answers);
                        let got = facts.rule(rule, lens.as_lens());
                        if got != expected && failures.len() < 5 {
                            let what = format!(
                                "rule {:?} is {got:?} for the engine and {expected:?} for the diagram",
                                self.book[rule].id
                            );
                            failures.push(Failure { what, witness: Some(self.witness(model.as_of, &answers)) });
                        }
                    }
                }
            }
        }
        let all = "engine and diagram agree on every answer set of every rule";
        let claim = match sampled.len() {
            0 => all.to_owned(),
            _ => format!("{all}, of which too many to try all, so drawn at random: {}", sampled.join(", ")),
        };
        self.check(&claim, count, failures);
    }

    fn verdicts_agree(&mut self) {
        let (mut count, mut failures) = (0, Vec::new());
        let mut random = Random::new(23);
        for cell in self.cells() {
            for model in self.models {
                for (outcome, set) in model.outcomes(cell, None) {
                    for _ in 0..SAMPLES {
                        let Some(answers) = self.space.random_member(&set, &self.book[cell].questions, &mut random)
                        else {
                            break;
                        };
                        count += 1;
                        let answered = answers_of(self.book, &answers);
                        let got = Facts::new(self.book, &answered, model.as_of).verdict(cell);
                        if got != Verdict::Decided(outcome) && failures.len() < 5 {
                            let what = format!(
                                "{}: {} for the diagram, {got:?} for the engine",
                                self.book[cell].id,
                                outcome_name(self.book, cell, outcome)
                            );
                            failures.push(Failure { what, witness: Some(self.witness(model.as_of, &answers)) });
                        }
                    }
                }
            }
        }
        self.check("engine and diagram agree on whole cases, drawn from every verdict on every day", count, failures);
    }

    /// Partial states: the engine decides exactly when all completions agree, and its reasons force the verdict.
    fn early_and_reasons(&mut self) {
        let mut random = Random::new(37);
        let (mut states, mut wrong) = (0, Vec::new());
        let (mut reasons, mut dishonest) = (0, Vec::new());
        for cell in self.cells() {
            for (day, model) in self.models.iter().enumerate() {
                for _ in 0..SAMPLES {
                    let answers = self.space.random_partial(&self.book[cell].questions, &mut random);
                    let answered = answers_of(self.book, &answers);
                    let facts = Facts::new(self.book, &answered, model.as_of);
                    if facts.contradicts() {
                        continue;
                    }
                    states += 1;
                    let expected = self.space.single(&model.outcomes(cell, None), &answers);
                    let got = facts.verdict(cell);
                    if got != expected.map_or(Verdict::NeedsAnswers, Verdict::Decided) && wrong.len() < 5 {
                        let what =
                            format!("{}: the completions give {expected:?}, the engine {got:?}", self.book[cell].id);
                        wrong.push(Failure { what, witness: Some(self.witness(model.as_of, &answers)) });
                    }
                    let Verdict::Decided(outcome) = got else { continue };
                    for reason in facts.reasons(cell, outcome) {
                        reasons += 1;
                        let cited: Vec<_> =
                            answers.iter().filter(|(q, _)| reason.questions.contains(q)).copied().collect();
                        // Without the day a reason holds on every day; that the rules are fresh is said once, on top.
                        let positive = matches!(outcome, Outcome::Open | Outcome::NotYet);
                        let forced = |cited: &[(QuestionIx, Answer)], dayless: bool| {
                            let models = if dayless { self.models } else { &self.models[day..=day] };
                            let mut fresh = models.iter().filter(|model| !(positive && model.is_stale()));
                            fresh.all(|model| self.space.single(&model.outcomes(cell, None), cited) == Some(outcome))
                        };
                        let sufficient = forced(&cited, !reason.day);
                        let minimal = (0..cited.len()).all(|drop| {
                            let mut fewer = cited.clone();
                            fewer.remove(drop);
                            !forced(&fewer, !reason.day)
                        });
                        if !(sufficient && minimal) && dishonest.len() < 5 {
                            let which = if sufficient { "more than is needed" } else { "too little" };
                            let what = format!("{}: a reason cites {which}", self.book[cell].id);
                            dishonest.push(Failure { what, witness: Some(self.witness(model.as_of, &answers)) });
                        }
                    }
                }
            }
        }
        self.check(
            "a verdict is reported exactly when every completion agrees (random partial answers)",
            states,
            wrong,
        );
        self.check("every reason is sufficient and minimal (of those verdicts)", reasons, dishonest);
    }
}

fn answers_of(book: &Rulebook, answers: &[(QuestionIx, Answer)]) -> Answers {
    let mut given = Answers::none(book);
    for (question, answer) in answers {
        // Classes are answers of their own question, which it takes.
        let _ = given.set(book, *question, *answer);
    }
    given
}

fn stamp(book: &Rulebook, at: AsOf) -> String {
    let offset = Offset::from_seconds(book.offset(at.instant)).unwrap_or(Offset::UTC);
    Timestamp::from_second(at.instant).unwrap_or(Timestamp::UNIX_EPOCH).display_with_offset(offset).to_string()
}

fn answers_file(book: &Rulebook, answers: &[(QuestionIx, Answer)]) -> String {
    let mut text = String::new();
    for (question, answer) in answers {
        let question = &book[*question];
        let value = match question.write(*answer) {
            RawAnswer::Text(text) => format!("{text:?}"),
            RawAnswer::List(ids) => format!("{ids:?}"),
            RawAnswer::Bool(value) => value.to_string(),
            RawAnswer::Number(number) => number.to_string(),
            RawAnswer::Planned(date) => format!("{{ planned = {date:?} }}"),
        };
        let _ = writeln!(text, "{} = {value}", question.id);
    }
    text
}

/// The name of an outcome as files write it.
#[must_use]
pub fn outcome_name(book: &Rulebook, cell: CellIx, outcome: Outcome) -> String {
    match outcome {
        Outcome::Open => "open".to_owned(),
        Outcome::NotYet => "not-yet".to_owned(),
        Outcome::Ask => "ask".to_owned(),
        Outcome::Unmet => "closed requirement".to_owned(),
        Outcome::Closed(kind) => format!("closed {}", book[cell].kinds[usize::from(kind)].id),
    }
}
