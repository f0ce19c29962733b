//! The mutants of a rulebook: what is changed, and what counts as noticed.

use crate::compiled;
use rulebook::mutants::{Share, mutants, run};
use rulebook::scenarios::Table;
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
    assert!(none.surviving.iter().any(|what| what.contains("without requirement")), "{:#?}", none.surviving);
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
