//! `tests/scenarios/*.toml`: people's answers, and where they stand by the rulebooks.
//!
//! `tests/trials/*/scenarios.toml`: the same by the trial rulebooks beside them.

use crate::{folders, full_names, read, root, tables};
use libtest_mimic::{Failed, Trial};
use rulebook::compile;
use rulebook::scenarios::{Case, Table};
use rules::rulebook::Rulebook;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (file, path) in tables("tests/scenarios") {
        trials.extend(rows(&root().join("rulebooks"), &file, &path));
    }
    for (name, folder) in folders("tests/trials") {
        trials.extend(rows(&folder, &format!("trials/{name}"), &folder.join("scenarios.toml")));
    }
    println!("{} scenarios", trials.len());
    trials
}

/// The rows of one table, about people in the rulebooks of a folder.
fn rows(rulebooks: &Path, file: &str, path: &Path) -> Vec<Trial> {
    let Table { case } = read(file, path);
    let names = full_names(file, case.iter().map(|case| case.name.as_str()));
    let trial = |(name, case)| {
        let rulebooks = rulebooks.to_owned();
        Trial::test(name, move || run(&rulebooks, &case))
    };
    names.into_iter().zip(case).map(trial).collect()
}

fn run(rulebooks: &Path, case: &Case) -> Result<(), Failed> {
    let wrong = case.wrong(&*book(rulebooks, &case.cycle)?)?;
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failed::from(format!("{}\n({})", wrong.join("\n"), case.why)))
}

/// The compiled rulebook of a cycle; each thread compiles it once.
fn book(rulebooks: &Path, cycle: &str) -> Result<Rc<Rulebook>, Failed> {
    thread_local! {
        static BOOKS: RefCell<BTreeMap<PathBuf, Rc<Rulebook>>> = RefCell::default();
    }
    let folder = rulebooks.join(cycle);
    BOOKS.with_borrow_mut(|books| {
        if let Some(book) = books.get(&folder) {
            return Ok(book.clone());
        }
        let compiled = compile::compile(rulebooks, cycle, "en");
        let problems = |found: Vec<rulebook::problem::Problem>| {
            found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let book = Rc::new(compiled.map_err(problems)?);
        books.insert(folder, book.clone());
        Ok(book)
    })
}
