//! The one thing to do next: what decides comes first, then what is due, in the order in which things can be done.

use crate::toy::{A, B, Toy, any, choices, grounds, is};
use rulebook::scenarios::next_words;
use rules::answers::Answer;
use rules::next_thing::{Progress, next_day};
use rules::report::report;
use rules::rulebook::{
    Basis, CellIx, Change, Condition, ContactIx, Document, QuestionIx, QuestionKind, RuleIx, Stage, Text,
};

fn next(toy: &mut Toy) -> String {
    toy.done();
    next_words(&report(&toy.book, &toy.given(), toy.as_of, None))
}

/// A document that the cell needs, due by the date, after what it depends on.
fn document(toy: &mut Toy, id: &str, due: &str, depends_on: &[&str]) {
    let due = (CellIx(0), toy.moment(due));
    toy.book.documents.push(Document {
        id: id.into(),
        cells: vec![CellIx(0)],
        needed_when: Condition::Const(true),
        place: "".into(),
        dues: vec![due],
        issued_from: None,
        issued_until: None,
        depends_on: depends_on.iter().map(|id| Text::from(*id)).collect(),
        ladder: false,
        done_with: None,
        grounds: grounds(Basis::Stated),
        title: "".into(),
        what: "".into(),
        why: "".into(),
        form: None,
        consequence: "".into(),
        note: None,
    });
}

fn stage(toy: &mut Toy, cells: &[u16]) {
    toy.book.stages.push(Stage {
        id: "here".into(),
        cells: cells.iter().map(|cell| CellIx(*cell)).collect(),
        here_when: Condition::Const(true),
        dates: Vec::new(),
        branch: None,
        grounds: grounds(Basis::Stated),
        title: "".into(),
        text: "".into(),
        to_do: vec!["".into()],
        lost: Vec::new(),
    });
}

fn to_do(toy: &mut Toy, by: &str) -> (QuestionIx, RuleIx) {
    let event = toy.event(Answer::NotYet);
    let rule = toy.require(Condition::Done(event));
    toy.due(rule, by);
    (event, rule)
}

#[test]
fn what_can_be_found_out_comes_first_but_for_what_is_due_soon() {
    let mut toy = Toy::new();
    let unknown = toy.choice(2, None);
    toy.answer(unknown, Answer::DontKnow);
    toy.require(is(unknown, &[0]));
    assert_eq!(next(&mut toy), "find-out q0");
    document(&mut toy, "ticket", "picnic-day", &[]);
    // What only the person knows costs them a moment; what somebody else knows takes its time.
    assert_eq!(next(&mut toy), "find-out q0");
    toy.book.questions[unknown.index()].ask = Some(ContactIx(0));
    assert_eq!(next(&mut toy), "document ticket by picnic-day");
}

#[test]
fn a_document_has_to_be_issued_before_it_is_due() {
    let mut toy = Toy::new();
    document(&mut toy, "ticket", "picnic-day", &[]);
    document(&mut toy, "permit", "picnic-day", &[]);
    let until = toy.moment("booking.closes");
    toy.book.documents[1].issued_until = Some(until);
    assert_eq!(next(&mut toy), "document permit by booking.closes");
    // It is there: only the day on which it is due is left.
    let report = report(&toy.book, &toy.given(), toy.as_of, None);
    let issued = &report.checklist[1];
    let by = |so_far| next_day(&report, issued, so_far).map(|moment| moment.id.to_string());
    assert_eq!(by(Progress::Missing).as_deref(), Some("booking.closes"));
    assert_eq!(by(Progress::Issued).as_deref(), Some("picnic-day"));
}

#[test]
fn a_document_comes_after_the_document_and_the_rule_that_it_depends_on() {
    let mut toy = Toy::new();
    document(&mut toy, "second", "picnic-day", &["first"]);
    document(&mut toy, "first", "picnic-day", &[]);
    assert_eq!(next(&mut toy), "document first by picnic-day");

    let mut toy = Toy::new();
    let (event, rule) = to_do(&mut toy, "booking.closes");
    let id = toy.book[rule].id.to_string();
    document(&mut toy, "result", "booking.closes", &[&id]);
    assert_eq!(next(&mut toy), format!("step {id} by booking.closes"));
    toy.answers.retain(|(question, _)| *question != event);
    toy.answer(event, Answer::Done);
    assert_eq!(next(&mut toy), "document result by booking.closes");
}

#[test]
fn of_what_is_due_on_one_day_one_way_of_several_comes_last() {
    let mut toy = Toy::new();
    let ways = [(); 2].map(|()| {
        let event = toy.event(Answer::NotYet);
        let way = toy.stated(Condition::Done(event));
        toy.due(way, "picnic-day");
        Condition::Rule(way)
    });
    toy.require(any(ways));
    let (_, needed) = to_do(&mut toy, "picnic-day");
    assert_eq!(next(&mut toy), format!("step {} by picnic-day", toy.book[needed].id));
}

#[test]
fn a_stage_on_the_way_to_closed_cells_alone_is_not_where_to_go_on() {
    let mut toy = Toy::new();
    toy.book.cells.push(toy.book.cells[0].clone());
    toy.book.cells[1].id = "other".into();
    let met = toy.event(Answer::Done);
    let met = toy.stated(Condition::Done(met));
    toy.book.cells[1].requires = vec![met];
    let lost = toy.event(Answer::Never);
    toy.require(Condition::Done(lost));
    // One that leads nowhere tells what came of it.
    for (cells, expected) in [(&[0][..], "next cycle"), (&[0, 1], "stage here"), (&[], "stage here")] {
        toy.book.stages.clear();
        stage(&mut toy, cells);
        assert_eq!(next(&mut toy), expected, "{cells:?}");
    }
}

#[test]
fn whom_a_fixed_cause_closes_out_is_told_what_is_open_instead() {
    for (change, expected) in [(Change::Fixed, "instead of park"), (Change::Action, "next cycle")] {
        let mut toy = Toy::new();
        let kind = toy.answered(QuestionKind::Choice(choices(2)), A);
        toy.book.questions[kind.index()].change = change;
        toy.close(is(kind, &[0]), Basis::Stated);
        toy.book.cells[0].id = "park".into();
        assert_eq!(next(&mut toy), expected);
    }
    // With another answer it is not closed at all.
    let mut toy = Toy::new();
    let kind = toy.answered(QuestionKind::Choice(choices(2)), B);
    toy.close(is(kind, &[0]), Basis::Stated);
    assert_eq!(next(&mut toy), "ask park about park/picnic");
}

#[test]
fn a_question_that_hangs_on_what_is_to_be_found_out_comes_after_it() {
    for (known, expected) in [(Answer::DontKnow, "find-out q0"), (A, "question q1")] {
        let mut toy = Toy::new();
        let first = toy.answered(QuestionKind::Choice(choices(2)), known);
        let second = toy.choice(2, Some(is(first, &[0])));
        toy.require(is(second, &[0]));
        assert_eq!(next(&mut toy), expected, "{known:?}");
    }
}

#[test]
fn an_answer_that_should_not_be_known_yet_is_looked_at_again_before_anybody_is_asked() {
    let mut toy = Toy::new();
    let soft = toy.moment_on("picnic-day", Basis::SecondHand);
    let mut results = choices(2);
    results[0].not_before = Some(soft);
    let result = toy.answered(QuestionKind::Choice(results), A);
    toy.close(is(result, &[0]), Basis::Stated);
    assert_eq!(next(&mut toy), "check q0");
    // With another doubt there is something to ask.
    let over = toy.moment_on("permit-due", Basis::SecondHand);
    toy.close(Condition::Passed(over), Basis::Stated);
    assert_eq!(next(&mut toy), "ask park about park/picnic");
}

#[test]
fn what_the_person_can_still_do_although_it_is_perhaps_late_comes_first() {
    let mut toy = Toy::new();
    let (_, late) = to_do(&mut toy, "permit-due");
    let soft = toy.moment_on("permit-due", Basis::SecondHand);
    let rule = &mut toy.book.rules[late.index()];
    (rule.dues, rule.step) = (vec![soft], Some("Do it.".into()));
    let unknown = toy.choice(2, None);
    toy.answer(unknown, Answer::DontKnow);
    toy.book.questions[unknown.index()].ask = Some(ContactIx(0));
    toy.require(is(unknown, &[0]));
    document(&mut toy, "ticket", "picnic-day", &[]);
    assert_eq!(next(&mut toy), "step r0 by permit-due");
}

#[test]
fn what_has_no_date_comes_before_the_next_date_of_all() {
    let mut toy = Toy::new();
    to_do(&mut toy, "none");
    toy.book.rules[0].step = Some("".into());
    assert_eq!(next(&mut toy), "step r0");
    // A stage says more.
    stage(&mut toy, &[0]);
    assert_eq!(next(&mut toy), "stage here");
}

#[test]
fn a_paper_that_may_be_added_waits_for_one_that_is_needed() {
    let mut toy = Toy::new();
    let unknown = toy.choice(2, None);
    toy.answer(unknown, Answer::DontKnow);
    document(&mut toy, "permit", "fireworks", &[]);
    document(&mut toy, "ticket", "picnic-day", &[]);
    toy.book.documents[1].needed_when = is(unknown, &[0]);
    assert_eq!(next(&mut toy), "document permit by fireworks");
}

#[test]
fn where_nothing_is_to_do_the_next_deadline_is_all_that_is_left() {
    let mut toy = Toy::new();
    let place = toy.chosen(A);
    toy.require(is(place, &[0]));
    assert_eq!(next(&mut toy), "nothing");
    let milestone = toy.moment("forecast");
    let date = toy.book.moments[milestone.index()].date;
    toy.book.dates[date.index()].kind = rules::rulebook::DateKind::Deadline(milestone);
    assert_eq!(next(&mut toy), "date forecast by forecast");
}
