//! The proof fails where it should, and its witness can be tried.

use crate::compiled;
use rulebook::prove::{Check, Proof, prove, prove_against};
use rulebook::{compile, evaluate};
use rules::rulebook::{Body, Condition, Rulebook};
use std::collections::BTreeSet;

fn toy() -> Rulebook {
    compiled("tests/rulebooks_bad/base", "2031")
}

fn check<'p>(proof: &'p Proof, id: &str) -> &'p Check {
    proof.checks.iter().find(|check| check.id == id).unwrap_or_else(|| panic!("no claim {id:?}"))
}

/// The rulebook with every condition of one rule turned into its opposite.
fn opposite(book: &Rulebook, rule: usize) -> Rulebook {
    let mut book = book.clone();
    let not = |condition: &mut Condition| *condition = Condition::Not(Box::new(condition.clone()));
    match &mut book.rules[rule].body {
        Body::Plain(condition, _) => not(condition),
        Body::Readings(_, bodies) => bodies.iter_mut().for_each(|(condition, _)| not(condition)),
    }
    compile::refresh(&mut book);
    book
}

#[test]
fn engine_and_diagrams_of_one_rulebook_agree() {
    let proof = prove(&toy());
    assert!(proof.holds(), "{}", proof.text());
    // Every date that the toy's rules use is published.
    for check in proof.checks.iter().filter(|check| check.id != "entered-dates") {
        assert!(check.count > 0, "{}: nothing was looked at", check.id);
    }
}

#[test]
fn a_difference_is_found_and_its_witness_can_be_evaluated() {
    let book = toy();
    for rule in 0..book.rules.len() {
        let proof = prove_against(&book, &opposite(&book, rule));
        let check = check(&proof, "conditions-agree");
        assert!(!check.failures.is_empty(), "{}: nothing found", book.rules[rule].id);
        for failure in &check.failures {
            let witness = failure.witness.as_ref().expect("a difference has a witness");
            evaluate::as_of(&book, &witness.as_of).expect("a day");
            evaluate::answers(&book, &witness.answers).expect("an answers file");
        }
    }
}

#[test]
fn time_that_turns_back_is_found() {
    let closed_as_over = |condition: Condition| {
        let mut book = toy();
        book.cells[0].over = Some(0);
        let (_, rule) = book.cells[0].closed[0];
        match &mut book.rules[rule.index()].body {
            Body::Plain(closes, _) => *closes = condition,
            Body::Readings(_, bodies) => bodies.iter_mut().for_each(|(closes, _)| *closes = condition.clone()),
        }
        compile::refresh(&mut book);
        book
    };
    let passed = Condition::Passed(toy().moment("picnic-day").expect("a date"));
    // Over before a day and not after it, and the other way round.
    let found = |condition| {
        let proof = prove(&closed_as_over(condition));
        check(&proof, "time-goes-on").failures.iter().map(|failure| failure.what.clone()).collect::<BTreeSet<_>>()
    };
    let turned_back = BTreeSet::from(["park/picnic: was over, and is no longer closed".to_owned()]);
    assert_eq!(found(Condition::Not(Box::new(passed.clone()))), turned_back);
    assert_eq!(found(passed), BTreeSet::new());
}

#[test]
fn a_rule_that_decides_nothing_is_found() {
    let mut book = toy();
    let dead = book.cells[0].requires[0];
    match &mut book.rules[dead.index()].body {
        Body::Plain(condition, _) => *condition = Condition::Const(true),
        Body::Readings(_, bodies) => bodies.iter_mut().for_each(|(condition, _)| *condition = Condition::Const(true)),
    }
    compile::refresh(&mut book);
    let proof = prove(&book);
    assert!(!proof.holds());
    let named = format!("{:?}", book[dead].id);
    let whole = proof.text();
    assert!(whole.lines().any(|line| line.contains(&named) && line.contains("never")), "{named}: {whole}");
}

#[test]
fn a_cell_whose_list_was_not_read_is_never_open() {
    let mut book = toy();
    book.cells[0].covered = Condition::Const(false);
    compile::refresh(&mut book);
    let proof = prove(&book);
    let reached = check(&proof, "verdicts-reached");
    assert!(reached.failures.is_empty(), "{}", proof.text());
    assert_eq!(reached.notes, ["never open, because the list of requirements was not read: park/picnic"]);
    // A list that is read in a case that never comes is a mistake.
    let question = book.question("basket").expect("a question");
    book.cells[0].covered = Condition::Is(question, 0);
    compile::refresh(&mut book);
    let proof = prove(&book);
    let never: Vec<&str> = check(&proof, "verdicts-reached").failures.iter().map(|failure| &*failure.what).collect();
    assert_eq!(never, ["park/picnic: open is never reached"]);
}

#[test]
fn a_space_too_big_says_its_size_and_what_makes_it_big() {
    let mut book = toy();
    let widest = book.questions.iter().max_by_key(|question| question.classes.len()).expect("questions").clone();
    for number in 0..4_000 {
        let mut question = widest.clone();
        question.id = format!("more-{number}").as_str().into();
        book.questions.push(question);
    }
    let proof = prove(&book);
    assert!(!proof.holds());
    let failures = &check(&proof, "small-enough").failures;
    let what = &failures[0].what;
    for part in ["Boolean variables", "too big", "4000", "answer sets", &*widest.id] {
        assert!(what.contains(part), "{part:?} is not in: {what}");
    }
}
