//! Mutants of a rulebook: small changes that some row of `tests/scenarios` should notice.
//!
//! A change that no row notices is either equivalent, which the diagrams of [`crate::prove`] show, or a gap in the tables.
//! People much like those of the rows are tried first: somebody who gets another verdict shows the gap, and much sooner.

use crate::prove::model::{Model, Space};
use crate::prove::random::Random;
use crate::prove::{self, Witness, witness};
use crate::scenarios::Case;
use crate::{compile, evaluate};
use rules::answers::{Answer, Answers};
use rules::facts::Facts;
use rules::report::report;
use rules::rulebook::{
    AsOf, Basis, Body, Choice, Condition, MomentIx, Question, QuestionIx, QuestionKind, Relation, Rulebook,
};
use rules::verdict::Verdict;
use serde::Serialize;

/// How many people are drawn to tell a mutant from the rulebook.
const DRAWN: usize = 4000;

/// What is done to a question.
type Change = fn(&mut Question);

/// A changed rulebook, with the change in words.
pub struct Mutant {
    pub what: String,
    pub book: Rulebook,
}

/// Every nth mutant, from a first one on: what one of several threads tries.
#[derive(Clone, Copy)]
pub struct Share {
    pub first: usize,
    pub nth: usize,
}

impl Share {
    pub const ALL: Share = Share { first: 0, nth: 1 };
}

/// What became of the mutants of one cycle.
#[derive(Serialize)]
pub struct Outcome {
    pub cycle: String,
    pub mutants: usize,
    /// Noticed by a row.
    pub killed: usize,
    /// Noticed by no row, and shown to give the same verdict to every complete answer set on every day.
    pub equivalent: Vec<String>,
    /// Noticed by no row, although some verdict differs.
    pub surviving: Vec<Survivor>,
}

/// A change that matters, and that no row noticed.
#[derive(Serialize)]
pub struct Survivor {
    pub what: String,
    /// Somebody who gets another verdict by it, or is called upon for something else, if drawing found one.
    pub witness: Option<Witness>,
    /// For a witness whose verdicts are the same: the documents, stages and notices that stand there with the rulebook
    /// or with the mutant alone.
    pub called_for: Vec<String>,
}

impl Outcome {
    /// Both shares of the mutants together.
    #[must_use]
    pub fn with(mut self, other: Outcome) -> Outcome {
        self.mutants += other.mutants;
        self.killed += other.killed;
        self.equivalent.extend(other.equivalent);
        self.surviving.extend(other.surviving);
        self.equivalent.sort();
        self.surviving.sort_by(|a, b| a.what.cmp(&b.what));
        self
    }
}

/// Tries mutants against the rows of their cycle.
#[must_use]
pub fn run(book: &Rulebook, cases: &[Case], share: Share) -> Outcome {
    let mutants: Vec<Mutant> = mutants(book).into_iter().skip(share.first).step_by(share.nth).collect();
    let cases: Vec<&Case> = cases.iter().filter(|case| *case.cycle == *book.cycle).collect();
    let mut outcome = Outcome {
        cycle: book.cycle.to_string(),
        mutants: mutants.len(),
        killed: 0,
        equivalent: Vec::new(),
        surviving: Vec::new(),
    };
    let space = Space::new(book);
    let original = Original::new(book, &space, &cases);
    for Mutant { what, book: mutant } in mutants {
        // A row whose answers the mutant does not even take has noticed it.
        let noticed = |case: &&Case| case.wrong(&mutant).map_or(true, |wrong| !wrong.is_empty());
        if cases.iter().any(noticed) {
            outcome.killed += 1;
            continue;
        }
        let pair = original.beside(&mutant);
        if let Some((witness, ..)) = original.told_apart(&pair, verdicts) {
            outcome.surviving.push(Survivor { what, witness: Some(witness), called_for: Vec::new() });
        } else if original.is_like(&pair) {
            outcome.equivalent.push(what);
        } else if let Some((witness, one, other)) = original.told_apart(&pair, called_for) {
            let alone = |a: &[String], b: &[String]| a.iter().filter(|id| !b.contains(id)).cloned().collect::<Vec<_>>();
            let called_for = [alone(&one, &other), alone(&other, &one)].concat();
            outcome.surviving.push(Survivor { what, witness: Some(witness), called_for });
        } else {
            outcome.surviving.push(Survivor { what, witness: None, called_for: Vec::new() });
        }
    }
    outcome
}

/// Every mutant of the rules, dates, scopes, constraints and cells of a rulebook.
#[must_use]
pub fn mutants(book: &Rulebook) -> Vec<Mutant> {
    let mut found = Vec::new();
    let mut add = |what: String, change: &dyn Fn(&mut Rulebook)| {
        let mut book = book.clone();
        change(&mut book);
        compile::refresh(&mut book);
        found.push(Mutant { what, book });
    };
    for (ix, rule) in book.rules.iter().enumerate() {
        for (reading, (condition, grounds)) in rule.bodies().enumerate() {
            let of = format!("rule {}, reading {}", rule.id, reading + 1);
            for (what, changed) in changed(book, condition) {
                add(format!("{of}: {what}"), &|book| *body(book, ix, reading).0 = changed.clone());
            }
            let basis = if grounds.basis.is_weak() { Basis::Stated } else { Basis::Inferred };
            add(format!("{of}: basis {basis:?}"), &|book| *body(book, ix, reading).1 = basis.clone());
        }
        for (place, due) in rule.dues.iter().enumerate() {
            add(format!("rule {}: not due by {}", rule.id, book[*due].id), &|book| {
                book.rules[ix].dues.remove(place);
            });
        }
        if !rule.dues.is_empty() {
            add(format!("rule {}: due after applying, or not", rule.id), &|book| {
                book.rules[ix].due_after_applying = !rule.due_after_applying;
            });
        }
    }
    let used = prove::used(book);
    for moment in used.into_iter().filter(|moment| book[*moment].when.is_some()) {
        for days in [-1, 1] {
            add(format!("date {}: {days:+} day", book[moment].id), &|book| shift(book, moment, days));
        }
        let basis = if book[moment].grounds.basis.is_weak() { Basis::Stated } else { Basis::Inferred };
        add(format!("date {}: basis {basis:?}", book[moment].id), &|book| {
            book.moments[moment.index()].grounds.basis = basis.clone();
        });
    }
    for (ix, moment) in book.moments.iter().enumerate() {
        for (place, later) in moment.bounds.iter().enumerate() {
            add(format!("date {}: not before {}", moment.id, book[*later].id), &|book| {
                book.moments[ix].bounds.remove(place);
            });
        }
        if moment.late_may_count {
            add(format!("date {}: late does not count", moment.id), &|book| book.moments[ix].late_may_count = false);
        }
    }
    for (ix, question) in book.questions.iter().enumerate() {
        let choices = match &question.kind {
            QuestionKind::Choice(choices) => &choices[..],
            _ => &[],
        };
        for (place, choice) in choices.iter().enumerate() {
            let mut without = |what: &str, is_there: bool, change: fn(&mut Choice)| {
                if is_there {
                    add(format!("question {}: {} {what}", question.id, choice.id), &|book| {
                        if let QuestionKind::Choice(choices) = &mut book.questions[ix].kind {
                            change(&mut choices[place]);
                        }
                    });
                }
            };
            without("from the first day on", choice.not_before.is_some(), |choice| choice.not_before = None);
            without("until the last day", choice.not_after.is_some(), |choice| choice.not_after = None);
            without("possible at any time", choice.by.is_some(), |choice| choice.by = None);
            without("as no cell's outcome", choice.outcome_of.is_some(), |choice| choice.outcome_of = None);
        }
        let flags: [(&str, bool, Change); 3] = [
            ("its day is one's own", question.set_by_others, |question| question.set_by_others = false),
            ("not to be done again", question.renewable, |question| question.renewable = false),
            ("about the past alone", question.may_lie_ahead, |question| question.may_lie_ahead = false),
        ];
        for (what, _, change) in flags.into_iter().filter(|(_, is_set, _)| *is_set) {
            add(format!("question {}: {what}", question.id), &|book| change(&mut book.questions[ix]));
        }
        for (what, changed) in question.relevant_when.iter().flat_map(|scope| changed(book, scope)) {
            add(format!("scope of {}: {what}", question.id), &|book| {
                book.questions[ix].relevant_when = Some(changed.clone());
            });
        }
    }
    for (ix, constraint) in book.constraints.iter().enumerate() {
        add(format!("without constraint {}", constraint.id), &|book| drop(book.constraints.remove(ix)));
        for (what, changed) in changed(book, &constraint.holds_when) {
            add(format!("constraint {}: {what}", constraint.id), &|book| {
                book.constraints[ix].holds_when = changed.clone();
            });
        }
    }
    for (ix, cell) in book.cells.iter().enumerate() {
        for place in 0..cell.requires.len() {
            let rule = &book[cell.requires[place]].id;
            add(format!("cell {}: without requirement {rule}", cell.id), &|book| {
                book.cells[ix].requires.remove(place);
            });
        }
        for place in 0..cell.closed.len() {
            let rule = &book[cell.closed[place].1].id;
            add(format!("cell {}: not closed by {rule}", cell.id), &|book| {
                book.cells[ix].closed.remove(place);
            });
        }
        if let Some(opens) = cell.opens {
            add(format!("cell {}: does not wait for {}", cell.id, book[opens].id), &|book| book.cells[ix].opens = None);
        }
        for (what, changed) in changed(book, &cell.covered) {
            add(format!("cell {}: covered when {what}", cell.id), &|book| book.cells[ix].covered = changed.clone());
        }
    }
    if let Some(last) = book.last {
        add(format!("{} does not end the cycle", book[last].id), &|book| book.last = None);
    }
    found
}

fn body(book: &mut Rulebook, rule: usize, reading: usize) -> (&mut Condition, &mut Basis) {
    match &mut book.rules[rule].body {
        Body::Plain(condition, grounds) => (condition, &mut grounds.basis),
        Body::Readings(_, bodies) => {
            let (condition, grounds) = &mut bodies[reading];
            (condition, &mut grounds.basis)
        }
    }
}

/// Moves a published date by days; its time of the day stays.
fn shift(book: &mut Rulebook, moment: MomentIx, days: i32) {
    if let Some(when) = &mut book.moments[moment.index()].when {
        when.day = when.day.plus(days);
        when.instant += i64::from(days) * 86_400;
        when.over += i64::from(days) * 86_400;
    }
}

/// The condition with one thing in it changed, in every way, each with words for it.
fn changed(book: &Rulebook, condition: &Condition) -> Vec<(String, Condition)> {
    let mut found = Vec::new();
    let mut add = |what: &str, changed: Condition| found.push((what.to_owned(), changed));
    let named = |question: QuestionIx| &*book[question].id;
    match condition {
        Condition::Const(value) => add("the opposite", Condition::Const(!value)),
        Condition::All(parts) => add("any instead of all", Condition::Any(parts.clone())),
        Condition::Any(parts) => add("all instead of any", Condition::All(parts.clone())),
        Condition::AtLeast(least, parts) => {
            add("at least one more", Condition::AtLeast(least + 1, parts.clone()));
            add("at least one less", Condition::AtLeast(least.saturating_sub(1), parts.clone()));
        }
        Condition::Not(part) => add("without its not", (**part).clone()),
        Condition::Done(question) => {
            add(&format!("{} not done", named(*question)), Condition::Not(Box::new(condition.clone())));
        }
        Condition::Undone(question) => {
            add(&format!("{} always undone", named(*question)), Condition::Const(true));
            add(&format!("{} never undone", named(*question)), Condition::Const(false));
        }
        Condition::Timely(question) => {
            add(&format!("{} always in time", named(*question)), Condition::Const(true));
        }
        Condition::Passed(moment) => {
            add(&format!("{} not passed", book[*moment].id), Condition::Not(Box::new(condition.clone())));
        }
        Condition::Rule(rule) => {
            add(&format!("not rule {}", book[*rule].id), Condition::Not(Box::new(condition.clone())));
        }
        Condition::Is(question, set) => {
            let choices = match &book[*question].kind {
                QuestionKind::Choice(choices) | QuestionKind::Choices(choices, _) => choices.len(),
                _ => 2,
            };
            for choice in 0..choices {
                let id = book[*question].choice_ids()[choice];
                let word = if set >> choice & 1 == 1 { "without" } else { "also" };
                add(&format!("{} {word} {id}", named(*question)), Condition::Is(*question, set ^ 1 << choice));
            }
        }
        Condition::Between(question, from, until) => {
            for (by_from, by_until) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
                let (other_from, other_until) = (from.saturating_add(by_from), until.saturating_add(by_until));
                if (other_from, other_until) != (*from, *until) && *from != i64::MIN - by_from.min(0) {
                    let what = format!("{} from {other_from} until {other_until}", named(*question));
                    add(&what, Condition::Between(*question, other_from, other_until));
                }
            }
        }
        Condition::Compare(question, relation, moment) => {
            use Relation::{After, Before, OnOrAfter, OnOrBefore};
            for other in [Before, OnOrBefore, OnOrAfter, After].into_iter().filter(|other| other != relation) {
                let what = format!("{} {other:?} {}", named(*question), book[*moment].id);
                add(&what, Condition::Compare(*question, other, *moment));
            }
        }
    }
    let (Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts)) = condition else {
        if let Condition::Not(part) = condition {
            let inner = changed(book, part).into_iter();
            found.extend(inner.map(|(what, part)| (what, Condition::Not(Box::new(part)))));
        }
        return found;
    };
    let with = |parts: Vec<Condition>| match condition {
        Condition::All(_) => Condition::All(parts),
        Condition::Any(_) => Condition::Any(parts),
        Condition::AtLeast(least, _) => Condition::AtLeast(*least, parts),
        other => other.clone(),
    };
    for place in 0..parts.len() {
        if parts.len() > 1 {
            let mut fewer = parts.clone();
            fewer.remove(place);
            found.push((format!("without part {}", place + 1), with(fewer)));
        }
        for (what, part) in changed(book, &parts[place]) {
            let mut other = parts.clone();
            other[place] = part;
            found.push((what, with(other)));
        }
    }
    found
}

fn verdicts(book: &Rulebook, answers: &Answers, as_of: AsOf) -> Vec<Verdict> {
    Facts::new(book, answers, as_of).verdicts()
}

/// The documents, stages and notices that a report shows somebody.
fn called_for(book: &Rulebook, answers: &Answers, as_of: AsOf) -> Vec<String> {
    let report = report(book, answers, as_of, None);
    let documents = report.checklist.iter().map(|item| format!("document {}", item.id));
    let stages = report.stages.iter().filter(|stage| stage.here).map(|stage| format!("stage {}", stage.id));
    documents.chain(stages).chain(report.notices.iter().map(|notice| format!("notice {}", notice.id))).collect()
}

/// A rulebook with its diagrams, which all mutants that leave its days alone are compared with.
struct Original<'a> {
    book: &'a Rulebook,
    space: &'a Space<'a>,
    days: Vec<AsOf>,
    models: Vec<Model<'a>>,
    /// The people of the rows and their days, and somebody who answered nothing.
    people: Vec<(Answers, AsOf)>,
}

/// The rulebook and a mutant, with the classes of answers and the days that either can tell apart.
struct Pair {
    one: Rulebook,
    other: Rulebook,
    days: Vec<AsOf>,
}

impl<'a> Original<'a> {
    fn new(book: &'a Rulebook, space: &'a Space<'a>, cases: &[&Case]) -> Original<'a> {
        let days = prove::days(book);
        let models = days.iter().map(|day| Model::new(space, *day)).collect();
        let person = |case: &&Case| {
            let answers = evaluate::from_table(book, &case.answers).ok()?;
            Some((answers, evaluate::as_of(book, &case.as_of).ok()?))
        };
        let nobody = days.first().map(|day| (Answers::none(book), *day));
        let people = cases.iter().filter_map(person).chain(nobody).collect();
        Original { book, space, days, models, people }
    }

    fn beside(&self, mutant: &Rulebook) -> Pair {
        let (mut one, mut other) = (self.book.clone(), mutant.clone());
        for (a, b) in one.questions.iter_mut().zip(&mut other.questions) {
            let more: Vec<Answer> = b.classes.iter().filter(|class| !a.classes.contains(class)).copied().collect();
            a.classes.extend(more);
            b.classes.clone_from(&a.classes);
        }
        let mut days = [&self.days[..], &prove::days(&other)].concat();
        days.sort_unstable_by_key(|day| day.instant);
        days.dedup();
        Pair { one, other, days }
    }

    /// Somebody to whom the mutant says something else, and what the two say, among people who say at most three things
    /// otherwise than a row, on its day or on another one.
    fn told_apart<T: PartialEq>(
        &self,
        Pair { one, other, days }: &Pair,
        say: impl Fn(&Rulebook, &Answers, AsOf) -> T,
    ) -> Option<(Witness, T, T)> {
        let mut random = Random::new(71);
        for _ in 0..DRAWN {
            let (mut answers, mut as_of) = self.people[random.below(self.people.len())].clone();
            for _ in 0..random.below(4) {
                let question = QuestionIx::nth(random.below(one.questions.len()));
                let classes = &one[question].classes;
                // Classes are answers of their own question, which it takes.
                let _ = answers.set(one, question, classes[random.below(classes.len())]);
            }
            if random.coin() {
                as_of = days[random.below(days.len())];
            }
            let (by_one, by_other) = (say(one, &answers, as_of), say(other, &answers, as_of));
            if by_one != by_other {
                let witness =
                    Witness { as_of: witness::stamp(one, as_of), answers: witness::answers_file(one, &answers) };
                return Some((witness, by_one, by_other));
            }
        }
        None
    }

    /// Whether a mutant gives the same outcome in every cell to every complete answer set, on every day, and calls for
    /// the same documents, stages and notices. Dates that a reader may enter are taken as not entered. A diagram that
    /// outgrew its bounds shows nothing.
    fn is_like(&self, Pair { one, other, days }: &Pair) -> bool {
        let space = Space::new(other);
        if one == self.book && *days == self.days {
            let same = self.models.iter().all(|model| model.same(&Model::new(&space, model.as_of)));
            return same && self.space.outgrown().is_none() && space.outgrown().is_none();
        }
        let space_of_one = Space::new(one);
        let same = days.iter().all(|day| Model::new(&space_of_one, *day).same(&Model::new(&space, *day)));
        same && space_of_one.outgrown().is_none() && space.outgrown().is_none()
    }
}
