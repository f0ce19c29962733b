//! The mutants of a rulebook: what is changed, and what counts as noticed.

use crate::compiled;
use rulebook::evaluate;
use rulebook::mutants::{Share, mutants, run};
use rulebook::prove::model::{Model, Space};
use rulebook::prove::{Witness, days};
use rulebook::scenarios::Table;
use rules::facts::Facts;
use rules::rulebook::{CellIx, Rulebook};
use std::collections::BTreeSet;

#[test]
fn each_mutant_differs_from_the_rulebook_and_says_how() {
    let book = compiled("tests/rulebooks_bad/base", "2031");
    let all = mutants(&book);
    for mutant in &all {
        assert!(mutant.book != book, "{}: nothing was changed", mutant.what);
    }
    let words: BTreeSet<&str> = all.iter().map(|mutant| &*mutant.what).collect();
    assert_eq!(words.len(), all.len(), "each says what it changed: {words:#?}");
    for part in ["all instead of any", "basis Inferred", "+1 day", "-1 day", "without requirement", "not closed by"] {
        assert!(words.iter().any(|what| what.contains(part)), "no mutant {part:?}: {words:#?}");
    }
}

#[test]
fn what_no_row_notices_survives_unless_it_is_equivalent() {
    let book = compiled("tests/rulebooks_bad/base", "2031");
    let none = run(&book, &[], Share::ALL);
    assert_eq!(none.killed, 0);
    assert_eq!(none.equivalent.len() + none.surviving.len(), none.mutants);
    assert!(none.surviving.iter().any(|survivor| survivor.what.contains("without requirement")));
    let halves = [0, 1].map(|first| run(&book, &[], Share { first, nth: 2 }));
    let [one, other] = halves;
    let both = one.with(other);
    assert_eq!((both.mutants, both.killed), (none.mutants, 0));
    assert_eq!(both.equivalent.len(), none.equivalent.len());
    // A row that fails for every rulebook notices every change.
    let row =
        "[[case]]\nname = \"a\"\nwhy = \"b\"\ncycle = \"2031\"\nas_of = \"2031-05-01T09:00-06:00\"\nanswers = {}\n";
    let table: Table = toml::from_str(&format!("{row}[case.verdicts]\nmoon = \"open\"")).expect("a row");
    assert_eq!(run(&book, &table.case, Share::ALL).killed, none.mutants);
}

#[test]
fn a_witness_gets_another_verdict_from_the_mutant() {
    let book = compiled("tests/rulebooks_bad/base", "2031");
    let all = mutants(&book);
    let mut witnesses = 0;
    for survivor in run(&book, &[], Share::ALL).surviving {
        let Some(Witness { as_of, answers }) = survivor.witness else { continue };
        let mutant = all.iter().find(|mutant| mutant.what == survivor.what).expect("one of the mutants");
        let as_of = evaluate::as_of(&book, &as_of).expect("a time");
        let answers = evaluate::answers(&book, &answers).expect("answers");
        let verdicts = |book| Facts::new(book, &answers, as_of).verdicts();
        let by_verdict = verdicts(&book) != verdicts(&mutant.book);
        assert_eq!(by_verdict, survivor.called_for.is_empty(), "{}", survivor.what);
        witnesses += 1;
    }
    assert!(witnesses > 10, "only {witnesses} were drawn");
}

#[test]
fn models_are_the_same_exactly_when_all_their_outcomes_are() {
    let book = compiled("tests/rulebooks_bad/base", "2031");
    let space = Space::new(&book);
    let days = days(&book);
    let models: Vec<Model<'_>> = days.iter().map(|day| Model::new(&space, *day)).collect();
    let mut found = BTreeSet::new();
    // With other classes of answers the diagrams cannot be compared.
    let classes =
        |book: &Rulebook| -> Vec<_> { book.questions.iter().map(|question| question.classes.clone()).collect() };
    for mutant in mutants(&book).into_iter().filter(|mutant| classes(&mutant.book) == classes(&book)) {
        let other_space = Space::new(&mutant.book);
        for model in &models {
            let other = Model::new(&other_space, model.as_of);
            let mut cells = (0..book.cells.len()).map(CellIx::nth);
            let expected = model.admissible() == other.admissible()
                && model.items() == other.items()
                && cells.all(|cell| model.outcomes(cell, None) == other.outcomes(cell, None));
            assert_eq!(model.same(&other), expected, "{}", mutant.what);
            found.insert(expected);
        }
    }
    assert_eq!(found.len(), 2, "some are the same, and some are not");
}
