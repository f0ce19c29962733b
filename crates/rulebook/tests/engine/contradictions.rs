//! Answers that cannot all be right: the fewest of them are named, and nothing else is asked meanwhile.

use crate::compiled;
use crate::toy::Toy;
use rulebook::evaluate;
use rules::answers::Answer;
use rules::contradiction::Clash;
use rules::report::{Report, report};
use rules::rulebook::{Condition, Constraint, QuestionKind, Rulebook};
use rules::verdict::Verdict;

fn people(book: &Rulebook, answers: &str) -> Report {
    people_on(book, "2021-11-15T09:00-07:00", answers)
}

fn people_on(book: &Rulebook, day: &str, answers: &str) -> Report {
    let answers = evaluate::answers(book, answers).expect("answers of the rulebook");
    report(book, &answers, evaluate::as_of(book, day).expect("a day"), None)
}

fn clashes(report: &Report) -> Vec<(&str, Vec<&str>)> {
    let each = report.contradictions.iter();
    each.map(|found| (&*found.id, found.rows.iter().map(|row| &*row.question).collect())).collect()
}

fn demand(book: &mut Rulebook, id: &str, holds_when: Condition) {
    book.constraints.push(Constraint { id: id.into(), holds_when, text: format!("{id}.").as_str().into() });
}

fn done(book: &Rulebook, question: &str) -> Condition {
    Condition::Done(book.question(question).expect("a question"))
}

#[test]
fn only_the_answers_that_clash_are_named() {
    let book = compiled("rulebooks", "2022");
    let found = people_on(
        &book,
        "2022-03-25T09:00-06:00",
        "aimg-status = \"eligible\"\nmmi = \"done\"\ncarms-registered = \"not-yet\"\nfirst-iteration = \"no-rank-list\"",
    );
    let three = vec!["aimg-status", "carms-registered", "first-iteration"];
    assert_eq!(clashes(&found), [("result-needs-registration", three)]);
    assert!(found.cells.iter().all(|cell| cell.verdict == Verdict::NeedsAnswers), "no verdict meanwhile");
    assert_eq!((found.next, found.at_most_more), (None, 0), "nothing is asked meanwhile");
}

#[test]
fn constraints_that_clash_only_together_are_found() {
    let mut book = compiled("rulebooks", "2022");
    // Whoever has CASPer behind them has done the NAC Examination, and has not: each alone can be answered.
    let no_casper = Condition::Not(Box::new(done(&book, "casper")));
    let nac = done(&book, "nac-latest");
    let no_nac = Condition::Not(Box::new(nac.clone()));
    demand(&mut book, "casper-after-nac", Condition::Any(vec![no_casper.clone(), nac]));
    demand(&mut book, "casper-before-nac", Condition::Any(vec![no_casper, no_nac]));
    let found = people(&book, "aimg-status = \"waiting\"\ncasper = \"done\"\nmccqe1 = \"done\"");
    assert_eq!(clashes(&found), [("casper-after-nac+casper-before-nac", vec!["aimg-status", "casper"])]);
    assert_eq!(&*found.contradictions[0].text, "casper-after-nac. casper-before-nac.");
    assert!(found.cells.iter().all(|cell| cell.verdict == Verdict::NeedsAnswers));
    assert_eq!(found.next, None);
    // With CASPer still to come nothing clashes, and the questions go on.
    let found = people(&book, "aimg-status = \"waiting\"\ncasper = \"not-yet\"");
    assert_eq!(clashes(&found), []);
    assert!(found.next.is_some());
}

#[test]
fn each_clash_is_shown_apart_from_the_others() {
    let mut book = compiled("rulebooks", "2022");
    let (nac, mccqe1) = (done(&book, "nac-latest"), done(&book, "mccqe1"));
    demand(&mut book, "one-exam-at-least", Condition::Any(vec![nac, mccqe1]));
    let (casper, registered) = (done(&book, "casper"), done(&book, "carms-registered"));
    demand(&mut book, "one-step-at-least", Condition::Any(vec![casper, registered]));
    let never = "nac-latest = \"never\"\nmccqe1 = \"never\"\ncasper = \"never\"\ncarms-registered = \"never\"";
    let found = people(&book, &format!("aimg-status = \"waiting\"\n{never}"));
    let two = [
        ("one-step-at-least", vec!["aimg-status", "casper", "carms-registered"]),
        ("one-exam-at-least", vec!["aimg-status", "mccqe1", "nac-latest"]),
    ];
    assert_eq!(clashes(&found), two);
}

#[test]
fn answers_behind_a_rule_and_those_that_put_them_in_scope_are_named() {
    let mut toy = Toy::new();
    let has_a_car = toy.choice(2, None);
    let drives = toy.question(QuestionKind::YesNo, Some(Condition::Is(has_a_car, 1)));
    let drives_there = toy.stated(Condition::Is(drives, 1));
    demand(&mut toy.book, "nobody-drives", Condition::Not(Box::new(Condition::Rule(drives_there))));
    toy.answer(drives, Answer::Choice(0));
    toy.done();
    assert_eq!(toy.facts().clashes(), [], "perhaps there is no car");
    toy.answer(has_a_car, Answer::Choice(0));
    assert_eq!(toy.facts().clashes(), [Clash { questions: vec![has_a_car, drives], constraints: vec![0] }]);
}

#[test]
fn a_constraint_that_the_clash_does_not_need_is_left_out() {
    let mut toy = Toy::new();
    let [walks, swims, tired] = [(); 3].map(|()| toy.question(QuestionKind::YesNo, None));
    let either =
        |parts: [(_, u64); 2]| Condition::Any(parts.map(|(question, is)| Condition::Is(question, is)).to_vec());
    let (yes, no) = (1, 2);
    demand(&mut toy.book, "one-is-tired-or-walks", either([(tired, yes), (walks, yes)]));
    demand(&mut toy.book, "who-walks-swims", either([(walks, no), (swims, yes)]));
    demand(&mut toy.book, "who-walks-does-not-swim", either([(walks, no), (swims, no)]));
    toy.answer(tired, Answer::Choice(0));
    toy.answer(walks, Answer::Choice(0));
    toy.done();
    assert_eq!(toy.facts().clashes(), [Clash { questions: vec![walks], constraints: vec![1, 2] }]);
}

#[test]
fn what_breaks_a_constraint_contradicts_and_what_cannot_be_completed_is_not_admissible() {
    let [yes, no] = [Some(Answer::Choice(0)), Some(Answer::Choice(1))];
    // Who walks swims in the morning or in the evening, and does neither: answers to three questions, whether they break
    // a constraint already, and whether they can be completed without breaking one.
    let rows = [
        ("nothing is said", [None, None, None], false, true),
        ("who does not walk is free", [no, yes, yes], false, true),
        ("whatever is said of swimming", [yes, None, None], false, false),
        ("to swim at no time", [yes, no, no], true, false),
        ("to swim in the morning", [yes, yes, None], true, false),
        ("to walk is still open", [None, yes, None], false, true),
    ];
    for (what, answers, contradicts, admissible) in rows {
        let mut toy = Toy::new();
        let questions = [(); 3].map(|()| toy.question(QuestionKind::YesNo, None));
        let [walks, morning, evening] = questions.map(|question| Condition::Is(question, 1));
        let who_walks = |then: Condition| Condition::Any(vec![Condition::Not(Box::new(walks.clone())), then]);
        demand(&mut toy.book, "swims", who_walks(Condition::Any(vec![morning.clone(), evening.clone()])));
        for (id, swims) in [("no-morning", morning), ("no-evening", evening)] {
            demand(&mut toy.book, id, who_walks(Condition::Not(Box::new(swims))));
        }
        for (question, answer) in questions.into_iter().zip(answers) {
            answer.into_iter().for_each(|answer| toy.answer(question, answer));
        }
        toy.done();
        assert_eq!((toy.facts().contradicts(), toy.facts().is_admissible()), (contradicts, admissible), "{what}");
    }
}
