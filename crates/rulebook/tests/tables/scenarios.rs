//! `tests/scenarios/*.toml`: people's answers, and where they stand.

use crate::{full_names, read, root, tables};
use libtest_mimic::{Failed, Trial};
use rulebook::compile;
use rulebook::scenarios::{Case, Table};
use rules::rulebook::Rulebook;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

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
    let wrong = case.wrong(&*book(&case.cycle)?)?;
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failed::from(format!("{}\n({})", wrong.join("\n"), case.why)))
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
