//! `tests/scenarios/*.toml`: people's answers, and where they stand.

use crate::{full_names, read, root, tables};
use libtest_mimic::{Failed, Trial};
use rulebook::{compile, evaluate, output};
use rules::report::{self, CellReport, Report};
use rules::rulebook::Rulebook;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    why: String,
    cycle: String,
    as_of: String,
    answers: toml::Table,
    /// Cell to verdict, such as `open` or `closed matched`.
    #[serde(default)]
    verdicts: BTreeMap<String, String>,
    /// The next question; empty when none is left.
    next: Option<String>,
    /// Documents that are needed or may be needed.
    #[serde(default)]
    checklist: Vec<String>,
    #[serde(default)]
    not_on_checklist: Vec<String>,
    /// Cell to the rules whose steps remain, all of them.
    #[serde(default)]
    steps: BTreeMap<String, Vec<String>>,
    /// Cell to the rules that remain as conditions, all of them.
    #[serde(default)]
    conditions: BTreeMap<String, Vec<String>>,
    /// Cell to its reasons: for each the questions in order, and `day` where the day counts.
    #[serde(default)]
    because: BTreeMap<String, Vec<Vec<String>>>,
}

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (file, path) in tables("tests/scenarios") {
        let Table { case } = read(&file, &path);
        let names = full_names(&file, case.iter().map(|case| case.name.as_str()));
        trials.extend(names.into_iter().zip(case).map(|(name, case)| Trial::test(name, move || run(&case))));
    }
    println!("{} scenarios", trials.len());
    trials
}

fn run(case: &Case) -> Result<(), Failed> {
    let book = book(&case.cycle)?;
    let as_of = evaluate::as_of(&book, &case.as_of)?;
    let answers = evaluate::from_table(&book, &case.answers).map_err(|wrong| wrong.join("\n"))?;
    let report = report::report(&book, &answers, as_of, None);
    let mut wrong = case.differences(&report);
    if case.says_nothing() {
        wrong.push("the row expects nothing".to_owned());
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failed::from(format!("{}\n({})", wrong.join("\n"), case.why)))
}

impl Case {
    fn says_nothing(&self) -> bool {
        let tables = [&self.steps, &self.conditions];
        self.verdicts.is_empty()
            && self.next.is_none()
            && self.checklist.is_empty()
            && self.not_on_checklist.is_empty()
            && self.because.is_empty()
            && tables.iter().all(|table| table.is_empty())
    }

    /// Everything in which the report differs from the row.
    fn differences(&self, report: &Report) -> Vec<String> {
        let mut wrong = Vec::new();
        each(report, &self.verdicts, "verdict", verdict, &mut wrong);
        each(report, &self.steps, "steps", |cell| rules(cell.steps.iter().map(|step| &*step.rule)), &mut wrong);
        let conditions = |cell: &CellReport| rules(cell.conditions.iter().map(|condition| &*condition.rule));
        each(report, &self.conditions, "conditions", conditions, &mut wrong);
        each(report, &self.because, "because", because, &mut wrong);
        let next = report.next.as_deref().unwrap_or_default();
        if let Some(expected) = self.next.as_deref().filter(|expected| *expected != next) {
            wrong.push(format!("next: expected {expected:?}, got {next:?}"));
        }
        let listed: Vec<&str> = report.checklist.iter().map(|item| &*item.id).collect();
        let missing: Vec<_> = self.checklist.iter().filter(|id| !listed.contains(&id.as_str())).collect();
        if !missing.is_empty() {
            wrong.push(format!("not on the checklist: {missing:?}; on it: {listed:?}"));
        }
        let extra: Vec<_> = self.not_on_checklist.iter().filter(|id| listed.contains(&id.as_str())).collect();
        if !extra.is_empty() {
            wrong.push(format!("on the checklist, and should not be: {extra:?}"));
        }
        wrong
    }
}

/// Compares one thing of every cell that the row names.
fn each<T: PartialEq + std::fmt::Debug>(
    report: &Report,
    expected: &BTreeMap<String, T>,
    what: &str,
    of: impl Fn(&CellReport) -> T,
    wrong: &mut Vec<String>,
) {
    for (id, expected) in expected {
        match report.cells.iter().find(|cell| *cell.id == **id).map(&of) {
            None => wrong.push(format!("{id}: there is no such cell in the report")),
            Some(got) if got != *expected => wrong.push(format!("{id}: {what}: expected {expected:?}, got {got:?}")),
            Some(_) => {}
        }
    }
}

fn verdict(cell: &CellReport) -> String {
    let (name, kind) = output::verdict_name(cell);
    let name = serde_json::to_value(name).expect("a name is a text");
    let name = name.as_str().unwrap_or_default();
    kind.map_or_else(|| name.to_owned(), |kind| format!("{name} {kind}"))
}

fn rules<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    ids.map(str::to_owned).collect()
}

fn because(cell: &CellReport) -> Vec<Vec<String>> {
    let reasons = cell.because.iter().map(|reason| {
        let questions = reason.rows.iter().map(|row| row.question.to_string());
        questions.chain(reason.day.then(|| "day".to_owned())).collect()
    });
    reasons.collect()
}

/// The compiled rulebook of a cycle; each thread compiles it once.
fn book(cycle: &str) -> Result<Rc<Rulebook>, Failed> {
    thread_local! {
        static BOOKS: RefCell<BTreeMap<String, Rc<Rulebook>>> = RefCell::default();
    }
    BOOKS.with_borrow_mut(|books| {
        if let Some(book) = books.get(cycle) {
            return Ok(book.clone());
        }
        let compiled = compile::compile(&root().join("rulebooks"), cycle, "en");
        let problems = |found: Vec<rulebook::problem::Problem>| {
            found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let book = Rc::new(compiled.map_err(problems)?);
        books.insert(cycle.to_owned(), book.clone());
        Ok(book)
    })
}
