//! What is asked next, and in which order.

use crate::toy::{A, Toy, any, day, is, name};
use rules::answers::Answer;
use rules::day::DayRange;
use rules::rulebook::{CellIx, Condition, QuestionIx, Relation, TopicIx};

/// What is asked next, when this question was answered last.
fn next_after(toy: &mut Toy, current: Option<QuestionIx>) -> Option<QuestionIx> {
    toy.done();
    let given = toy.given();
    toy.facts().standing(&given, current).interview.next
}

#[test]
fn the_question_that_settles_most_is_asked_first_and_else_the_authors_order_holds() {
    // For each question how many answers it has and how many of them close the cell; which one comes first.
    let rows = [
        (&[(3, 1), (2, 1)][..], 1),
        (&[(2, 1), (3, 2)], 1),
        (&[(3, 2), (2, 1)], 0),
        (&[(2, 1), (2, 1)], 0),
        (&[(4, 1), (3, 1), (2, 1)], 2),
        (&[(4, 3), (4, 2), (2, 1)], 0),
    ];
    for (questions, first) in rows {
        let mut toy = Toy::new();
        for (answers, closing) in questions {
            let question = toy.choice(*answers, None);
            toy.require(Condition::Not(Box::new(is(question, &(0..*closing).collect::<Vec<u8>>()))));
        }
        assert_eq!(next_after(&mut toy, None), Some(QuestionIx::nth(first)), "{questions:?}");
    }
}

#[test]
fn what_settles_two_cells_comes_before_what_settles_one() {
    let mut toy = Toy::new();
    let (one, both) = (toy.choice(2, None), toy.choice(2, None));
    toy.require(is(one, &[0]));
    let shared = toy.require(is(both, &[0]));
    let mut other = toy.book.cells[0].clone();
    other.requires = vec![shared];
    toy.book.cells.push(other);
    assert_eq!(next_after(&mut toy, None), Some(both));
}

#[test]
fn nothing_is_asked_for_a_cell_that_was_not_chosen() {
    let mut toy = Toy::new();
    let (first, second) = (toy.choice(2, None), toy.choice(2, None));
    toy.require(is(first, &[0]));
    let rule = toy.stated(is(second, &[0]));
    let mut other = toy.book.cells[0].clone();
    other.requires = vec![rule];
    toy.book.cells.push(other);
    toy.done();
    for (cell, next) in [(0, first), (1, second)] {
        let mut given = toy.given();
        given.choose_cells(&toy.book, [cell]);
        assert_eq!(toy.facts().standing(&given, None).interview.next, Some(next), "cell {cell}");
    }
}

#[test]
fn a_topic_is_kept_together_and_what_was_skipped_comes_last() {
    // Questions 0 and 2 belong to one topic, 1 and 3 to another. What was skipped, what was answered last, what is next.
    let rows = [
        (None, None, 0),
        (None, Some(0), 2),
        (None, Some(1), 3),
        (Some(2), Some(0), 1),
        (Some(3), Some(1), 0),
        (Some(0), None, 1),
    ];
    for (skipped, last, next) in rows {
        let mut toy = Toy::new();
        for number in 0..4 {
            let question = toy.choice(2, None);
            toy.book.questions[question.index()].topic = TopicIx(number % 2);
            toy.require(is(question, &[0]));
        }
        skipped.into_iter().for_each(|question| toy.answer(QuestionIx::nth(question), Answer::Skipped));
        last.into_iter().for_each(|question| toy.answer(QuestionIx::nth(question), A));
        let found = next_after(&mut toy, last.map(QuestionIx::nth));
        assert_eq!(found, Some(QuestionIx::nth(next)), "{skipped:?} skipped, {last:?} last");
    }
}

#[test]
fn of_a_date_known_by_month_only_days_of_that_month_are_tried() {
    // The booking opens on 2031-05-01 and closes on 2031-06-10, the picnic is on 2031-06-14; what is known is June 2031.
    type Rule = fn([Condition; 3]) -> Condition;
    let rows: [(&str, Rule, &str); 3] = [
        ("on any day", |[_, until, after]| any([until, after]), "open"),
        ("on any day from May on", |[from, until, after]| any([Condition::All(vec![from, until]), after]), "open"),
        ("until one day of June", |[_, until, _]| until, "needs answers"),
    ];
    for (words, rule, verdict) in rows {
        let mut toy = Toy::new();
        let date = toy.date("2031-01-01", "2031-12-31");
        let compare = |toy: &Toy, relation, id: &str| Condition::Compare(date, relation, toy.moment(id));
        let (opens, picnic) = ("booking.opens", "picnic-day");
        let parts = [
            compare(&toy, Relation::OnOrAfter, opens),
            compare(&toy, Relation::OnOrBefore, picnic),
            compare(&toy, Relation::After, picnic),
        ];
        toy.require(rule(parts));
        toy.answer(date, Answer::Date(DayRange { first: day("2031-06-01"), last: day("2031-06-30") }));
        toy.done();
        assert_eq!(name(toy.facts().verdict(CellIx(0))), verdict, "{words}");
    }
    // A single day in the middle counts too.
    let mut toy = Toy::new();
    let date = toy.date("2031-01-01", "2031-12-31");
    let on = |relation| Condition::Compare(date, relation, toy.moment("picnic-day"));
    let other_day = any([on(Relation::Before), on(Relation::After)]);
    toy.require(other_day);
    toy.answer(date, Answer::Date(DayRange { first: day("2031-06-01"), last: day("2031-06-30") }));
    toy.done();
    assert_eq!(name(toy.facts().verdict(CellIx(0))), "needs answers");
}

#[test]
fn of_a_date_known_by_month_only_plausible_days_count() {
    // The question takes days up to the picnic; June 2031 goes on after it.
    for (until, verdict) in [("2031-06-14", "open"), ("2031-06-15", "needs answers")] {
        let mut toy = Toy::new();
        let date = toy.date("2031-01-01", until);
        let in_time = Condition::Compare(date, Relation::OnOrBefore, toy.moment("picnic-day"));
        toy.require(in_time);
        toy.answer(date, Answer::Date(DayRange { first: day("2031-06-01"), last: day("2031-06-30") }));
        toy.done();
        assert_eq!(name(toy.facts().verdict(CellIx(0))), verdict, "{until}");
    }
}
