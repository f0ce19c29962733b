//! The proof: what holds for every way to answer, shown with decision diagrams and with a witness where it fails.
//!
//! A cell of a real rulebook has far too many answer sets to try. Each question becomes a few Boolean variables (one
//! code for each class of answers that rules can tell apart), time is cut at the instants that rules use, and a
//! decision diagram stands for all answer sets at once. [`model`] evaluates conditions on diagrams: another algorithm
//! than the engine's, written from `ARCHITECTURE.md` alone, so that the two check each other.
//!
//! [`diagrams`] shows what needs no engine; [`parts`] tries every answer set of every single condition; [`people`] draws
//! whole cases at random and compares; [`walks`] goes through whole interviews; [`changes`] turns verdicts.

mod changes;
mod diagrams;
pub mod model;
mod parts;
mod people;
pub mod random;
mod walks;
pub mod witness;

use crate::compile;
use biodivine_lib_bdd::Bdd;
use model::{MOST_NODES, MOST_VARIABLES, Model, Space};
use rules::answers::{Answer, Answers, Entered};
use rules::facts::Facts;
use rules::rulebook::{AsOf, Basis, CellIx, MomentIx, QuestionIx, QuestionKind, Rulebook};
use rules::verdict::Outcome;
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Instant;

/// At most this many failures of one claim are shown.
const MOST_FAILURES: usize = 5;

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
    pub seconds: f64,
}

#[derive(Serialize)]
pub struct Size {
    pub cell: String,
    pub questions: usize,
    pub answer_sets: f64,
}

/// How a claim was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Everything there is.
    All,
    /// As many as there is time for, drawn at random but the same ones every time.
    Drawn,
}

#[derive(Serialize)]
pub struct Check {
    /// Stable: other files name claims by it.
    pub id: &'static str,
    pub claim: String,
    pub how: How,
    /// How many single things were looked at.
    pub count: usize,
    /// What the claim does not say by itself: what was not looked at in full, and what is only nearly so.
    pub notes: Vec<String>,
    pub seconds: f64,
    /// Where it fails; the claim holds when there are none.
    pub failures: Vec<Failure>,
}

#[derive(Clone, Serialize)]
pub struct Failure {
    pub what: String,
    /// An answers file that `rulebook evaluate` takes, with its day.
    pub witness: Option<Witness>,
}

#[derive(Clone, Serialize)]
pub struct Witness {
    pub as_of: String,
    pub answers: String,
}

/// What looking at a claim found.
#[derive(Default)]
struct Found {
    count: usize,
    /// How many of them hold only for readers who entered dates.
    only_entered: usize,
    /// How many closed cells were not found to be closed anyway, as the search went on for too long.
    given_up: usize,
    notes: Vec<String>,
    failures: Vec<Failure>,
}

impl Found {
    fn fail(&mut self, what: String, witness: impl Into<Option<Witness>>) {
        if self.failures.len() < MOST_FAILURES {
            self.failures.push(Failure { what, witness: witness.into() });
        }
    }
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
            let how = match check.how {
                How::All => "all",
                How::Drawn => "drawn",
            };
            let Check { claim, count, seconds, .. } = check;
            let _ = writeln!(text, "  {mark}: {claim} ({count} looked at, {how}, {seconds:.1} s)");
            for note in &check.notes {
                let _ = writeln!(text, "    note: {note}");
            }
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
        let _ = writeln!(text, "  {:.1} s", self.seconds);
        text
    }
}

/// Proves a rulebook, or fails with witnesses.
#[must_use]
pub fn prove(book: &Rulebook) -> Proof {
    prove_against(book, book)
}

/// Proves a rulebook, but draws the diagrams from another one with the same questions. They differ wherever the two do,
/// so this shows that the proof finds differences.
#[must_use]
pub fn prove_against(book: &Rulebook, drawn: &Rulebook) -> Proof {
    let start = Instant::now();
    let days = days(drawn);
    let drawn = &on_days(drawn, &days);
    let mut checks = Vec::new();
    let variables = Space::variables(drawn);
    if variables > MOST_VARIABLES {
        let all: Vec<QuestionIx> = (0..drawn.questions.len()).map(QuestionIx::nth).collect();
        checks.push(too_big(&format!("{variables} Boolean variables"), MOST_VARIABLES as usize, drawn, &all));
    } else {
        let space = Space::new(drawn);
        let models: Vec<Model<'_>> = days.iter().map(|day| Model::new(&space, *day)).collect();
        let people = People { book, entered: &[] };
        let known = all_entered(drawn);
        let known = on_days(&known, &self::days(&known));
        let known_space = Space::new(&known);
        let known_days = self::days(&known).into_iter();
        let known_models: Vec<Model<'_>> = known_days.map(|day| Model::new(&known_space, day)).collect();
        let prover = Prover {
            people,
            drawn,
            space: &space,
            models: &models,
            entered: &known_models,
            closed_cases: OnceCell::new(),
        };
        for claim in CLAIMS {
            checks.push(prover.look(claim));
            if let Some(outgrown) = space.outgrown() {
                let (what, questions) = match outgrown.rule {
                    Some(rule) => (format!("rule {:?}", drawn[rule].id), space.questions_of(rule)),
                    None => ("a cell".to_owned(), (0..drawn.questions.len()).map(QuestionIx::nth).collect()),
                };
                // What was looked at with a diagram that was given up says nothing.
                checks.pop();
                checks.push(too_big(&format!("the diagram of {what}"), MOST_NODES, drawn, &questions));
                break;
            }
        }
    }
    let sizes = drawn.cells.iter().map(|cell| Size {
        cell: cell.id.to_string(),
        questions: cell.questions.len(),
        answer_sets: order(drawn, &cell.questions),
    });
    Proof {
        cycle: book.cycle.to_string(),
        rulebook: book.hash.to_string(),
        sizes: sizes.collect(),
        days: days.len(),
        checks,
        seconds: start.elapsed().as_secs_f64(),
    }
}

/// The failure of a proof that would not come to an end.
fn too_big(what: &str, most: usize, book: &Rulebook, questions: &[QuestionIx]) -> Check {
    let mut biggest: Vec<QuestionIx> = questions.to_vec();
    biggest.sort_by_key(|question| std::cmp::Reverse(book[*question].classes.len()));
    let named = biggest.iter().take(5).map(|question| sized(book, *question));
    let named: Vec<String> = named.collect();
    let what = format!(
        "{what} is too big (more than {most}): {} questions, {:.1e} answer sets; the biggest are {}",
        questions.len(),
        order(book, questions),
        named.join(", ")
    );
    Check {
        id: "small-enough",
        claim: "the rulebook is small enough to be proven".to_owned(),
        how: How::All,
        count: 1,
        notes: Vec::new(),
        seconds: 0.0,
        failures: vec![Failure { what, witness: None }],
    }
}

/// A question with its number of classes: `school (5)`.
fn sized(book: &Rulebook, question: QuestionIx) -> String {
    format!("{} ({})", book[question].id, book[question].classes.len())
}

/// How many answer sets these questions have, as an order of magnitude.
#[allow(clippy::cast_precision_loss, reason = "an order of magnitude is all that is wanted")]
fn order(book: &Rulebook, questions: &[QuestionIx]) -> f64 {
    questions.iter().map(|question| book[*question].classes.len() as f64).product()
}

/// The rulebook in which these dates are known: what a day that a reader enters means. It is firm, beats every soft day,
/// and stands beside one that is firm.
#[must_use]
pub fn with_entered(book: &Rulebook, entered: &[(MomentIx, Entered)]) -> Rulebook {
    let mut book = book.clone();
    for &(entered, Entered { day, minutes }) in entered {
        let when = book.when(entered, day, minutes);
        let moment = &mut book.moments[entered.index()];
        if moment.when.is_none() || moment.grounds.basis.is_weak() {
            moment.when = Some(when);
            moment.others.clear();
            moment.grounds.basis = Basis::Entered;
        }
    }
    compile::refresh(&mut book);
    book
}

/// The rulebook as it is for a reader who has entered an official day for every date that something looks at and that is not
/// firm: the soft day of each or, of what is only known to come before others, days before them.
#[must_use]
pub fn all_entered(book: &Rulebook) -> Rulebook {
    let mut given = Answers::none(book);
    let mut entered = Vec::new();
    for ix in used(book).into_iter().filter(|moment| book[*moment].firm().is_none()) {
        let moment = &book[ix];
        let day = |moment: MomentIx| book[moment].when.as_ref().or(book[moment].moved.as_ref()).map(|when| when.day);
        // Two days apart, so that a day lies between the end of one and the beginning of the next.
        let before = 2 * i32::try_from(moment.bounds.len()).unwrap_or(0);
        let earliest = moment.bounds.iter().filter_map(|bound| day(*bound)).min();
        let Some(day) = day(ix).or_else(|| Some(earliest?.plus(-before))) else { continue };
        let minutes = moment.when.as_ref().and_then(|when| when.minutes);
        if given.enter(book, ix, Some(Entered { day, minutes })).is_ok() {
            entered.push((ix, Entered { day, minutes }));
        }
    }
    with_entered(book, &entered)
}

/// The rulebook with a class for each side of each of these days, in every question about a date: what lies ahead on one of
/// them is a plan, and what is past is none.
#[must_use]
pub fn on_days(book: &Rulebook, days: &[AsOf]) -> Rulebook {
    let mut book = book.clone();
    for question in &mut book.questions {
        if let QuestionKind::Date(from, until) = question.kind {
            let edges = days.iter().flat_map(|as_of| [as_of.day, as_of.day.plus(1)]);
            for day in edges.filter(|day| (from..=until).contains(day)) {
                let class = Answer::Date(day.into());
                if !question.classes.contains(&class) {
                    question.classes.push(class);
                }
            }
        }
    }
    book
}

/// The dates that anything looks at, or that a rule is due by.
pub(crate) fn used(book: &Rulebook) -> BTreeSet<MomentIx> {
    let mut used = BTreeSet::new();
    used.extend(book.last);
    for rule in &book.rules {
        used.extend(&rule.dues);
        rule.bodies().for_each(|(condition, _)| model::moments_in(condition, &mut used));
    }
    book.questions.iter().filter_map(|q| q.relevant_when.as_ref()).for_each(|c| model::moments_in(c, &mut used));
    book.stages.iter().for_each(|stage| model::moments_in(&stage.here_when, &mut used));
    book.documents.iter().for_each(|document| model::moments_in(&document.needed_when, &mut used));
    book.notices.iter().for_each(|notice| model::moments_in(&notice.show_when, &mut used));
    book.cells.iter().for_each(|cell| model::moments_in(&cell.covered, &mut used));
    used.extend(book.cells.iter().filter_map(|cell| cell.opens));
    for question in &book.questions {
        if let QuestionKind::Choice(choices) = &question.kind {
            let dates = choices.iter().map(|choice| [choice.not_before, choice.not_after, choice.by]);
            used.extend(dates.flatten().flatten());
        }
    }
    let bounds: Vec<MomentIx> = used.iter().flat_map(|moment| book[*moment].bounds.clone()).collect();
    used.extend(bounds);
    used
}

/// One instant from each span of time in which every rule looks at the same past.
#[must_use]
pub fn days(book: &Rulebook) -> Vec<AsOf> {
    let mut cuts: BTreeSet<i64> = BTreeSet::from([book.span.0, book.span.1 - 1, book.check_by - 1, book.check_by]);
    for moment in used(book) {
        book[moment].whens().for_each(|when| cuts.extend([when.instant, when.instant + 1, when.over, when.over + 1]));
    }
    let inside = cuts.into_iter().filter(|at| (book.span.0..book.span.1).contains(at));
    inside.map(|at| book.as_of(at)).collect()
}

/// Whom the engine answers: readers of a rulebook who entered these dates.
#[derive(Clone, Copy)]
struct People<'a> {
    book: &'a Rulebook,
    entered: &'a [(MomentIx, Entered)],
}

impl<'a> People<'a> {
    fn given(&self, answers: &[(QuestionIx, Answer)]) -> Answers {
        let mut given = Answers::none(self.book);
        for (question, answer) in answers {
            // Classes are answers of their own question, which it takes.
            let _ = given.set(self.book, *question, *answer);
        }
        for (moment, entered) in self.entered {
            // Only days that fit together are drawn.
            let _ = given.enter(self.book, *moment, Some(*entered));
        }
        given
    }

    fn facts(&self, answers: &[(QuestionIx, Answer)], as_of: AsOf) -> Facts<'a> {
        Facts::new(self.book, &self.given(answers), as_of)
    }

    fn witness(&self, as_of: AsOf, answers: &[(QuestionIx, Answer)]) -> Witness {
        let answers = witness::answers_file(self.book, &self.given(answers));
        Witness { as_of: witness::stamp(self.book, as_of), answers }
    }
}

/// The engine's people and the diagrams of the same rulebook, with one model for each day.
struct Prover<'a> {
    people: People<'a>,
    /// What the diagrams are drawn from: where the reader entered dates, the rulebook in which they are known.
    drawn: &'a Rulebook,
    space: &'a Space<'a>,
    models: &'a [Model<'a>],
    /// The same for a reader who has entered all dates that are not firm, on the days that differ then.
    entered: &'a [Model<'a>],
    closed_cases: OnceCell<Vec<changes::ClosedCase>>,
}

/// A claim: its id, its words, how it is looked at, and what looks.
struct Claim {
    id: &'static str,
    words: &'static str,
    how: How,
    look: fn(&Prover<'_>) -> Found,
}

const fn claim(id: &'static str, words: &'static str, how: How, look: fn(&Prover<'_>) -> Found) -> Claim {
    Claim { id, words, how, look }
}

/// The ids are stable: other files may name claims by them.
#[allow(clippy::redundant_closure_for_method_calls, reason = "a method's path is bound to one lifetime")]
const CLAIMS: &[Claim] = &[
    claim("one-verdict", "every complete answer set gives exactly one verdict per cell", How::All, |prover| {
        prover.one_verdict_each()
    }),
    claim(
        "time-goes-on",
        "what is over stays closed, nothing is open or still to come after an end, and everyone who waits waits for something",
        How::All,
        |prover| prover.time_goes_on(),
    ),
    claim("verdicts-reached", "every verdict is reached, and with it its text", How::All, |prover| {
        prover.every_outcome()
    }),
    claim("rules-decide", "every rule decides some verdict", How::All, |prover| prover.every_rule()),
    claim(
        "requirements-matter",
        "every requirement and closing rule decides some verdict of its own cell",
        How::All,
        |prover| prover.every_requirement(),
    ),
    claim("questions-matter", "every question matters", How::All, |prover| prover.every_question()),
    claim("readings-matter", "every reading matters", How::All, |prover| prover.every_reading()),
    claim(
        "steps-reached",
        "every text about what to do, what must stay true and what was missed is shown to somebody",
        How::All,
        |prover| prover.every_step(),
    ),
    claim("items-shown", "every document, notice and place on the map is shown to somebody", How::All, |prover| {
        prover.every_item()
    }),
    claim(
        "conditions-agree",
        "engine and diagram agree on every answer set of every rule and every other condition",
        How::All,
        |prover| prover.conditions_agree(),
    ),
    claim(
        "conditions-settle",
        "in no condition does one more answer bring a value or an open question back",
        How::All,
        |prover| prover.conditions_settle(),
    ),
    claim(
        "cases-agree",
        "engine and diagram agree on whole cases, drawn from every verdict on every day",
        How::Drawn,
        |prover| prover.verdicts_agree(),
    ),
    claim(
        "entered-dates",
        "engine and diagram agree on whole and partial cases where the reader entered dates that are not firm",
        How::Drawn,
        |prover| prover.entered_dates(),
    ),
    claim("decided-early", "a verdict is reported exactly when every completion agrees", How::Drawn, |prover| {
        prover.decided_early()
    }),
    claim("reasons", "every reason is sufficient and minimal", How::Drawn, |prover| prover.reasons()),
    claim(
        "monotone",
        "more answers never undo a verdict, and fewer never turn one into another; of what is closed they may tell more",
        How::Drawn,
        |prover| prover.monotone(),
    ),
    claim("bound", "\"at most n more\" never grows, and no interview asks more than it said", How::Drawn, |prover| {
        prover.interviews_are_bounded()
    }),
    claim(
        "no-dead-end",
        "an interview ends only when every chosen cell is decided, or depends on what is not known",
        How::Drawn,
        |prover| prover.interviews_decide(),
    ),
    claim("no-idle-question", "the next question can change something", How::Drawn, |prover| {
        prover.questions_are_not_idle()
    }),
    claim(
        "changes",
        "every suggested set of changes turns the verdict, or leaves questions of which some answers do, and no part of it does",
        How::Drawn,
        |prover| prover.changes_turn(),
    ),
    claim(
        "changes-complete",
        "where no set of up to three changes is found, the diagram knows none",
        How::Drawn,
        |prover| prover.no_change_is_missed(),
    ),
];

/// The ids of all claims, in the order in which a proof lists them.
pub fn claims() -> impl Iterator<Item = &'static str> {
    CLAIMS.iter().map(|claim| claim.id)
}

impl Prover<'_> {
    fn look(&self, claim: &Claim) -> Check {
        let start = Instant::now();
        let Found { count, only_entered, given_up, mut notes, failures } = (claim.look)(self);
        if only_entered > 0 {
            notes.push(format!("{only_entered} of them only for readers who entered dates that are not firm"));
        }
        if given_up > 0 {
            notes.push(format!("{given_up} were closed for one cause or another, which took too long to find out"));
        }
        let (id, how, claim) = (claim.id, claim.how, claim.words.to_owned());
        Check { id, claim, how, count, notes, seconds: start.elapsed().as_secs_f64(), failures }
    }

    fn cells(&self) -> impl Iterator<Item = CellIx> + use<> {
        (0..self.drawn.cells.len()).map(CellIx::nth)
    }

    /// Whether the outcome of a cell can depend on the question alone, given these answers.
    fn can_change(
        &self,
        model: &Model<'_>,
        cell: CellIx,
        known: &[(QuestionIx, Answer)],
        admissible: &Bdd,
        question: QuestionIx,
    ) -> bool {
        let outcomes = model.outcomes(cell, None);
        outcomes.iter().any(|(_, set)| self.space.depends(&self.space.known(set, known), admissible, question))
    }

    fn outcome(&self, cell: CellIx, outcome: Outcome) -> String {
        outcome_name(self.drawn, cell, outcome)
    }
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
