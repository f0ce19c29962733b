//! Searches that have to end before everything was tried, and what is asked then.

use crate::toy::{Toy, any, choices, is, name};
use rules::answers::Answer;
use rules::rulebook::{CellIx, Condition, QuestionIx, QuestionKind};

const CELL: CellIx = CellIx(0);

/// With so many open questions in [`Toy::odd`], a search that has to try them all takes too long.
const TOO_MANY: usize = 9;

fn open(toy: &mut Toy, count: usize) -> Vec<QuestionIx> {
    (0..count).map(|_| toy.choice(2, None)).collect()
}

fn not_known(toy: &mut Toy, choices: usize) -> QuestionIx {
    let question = toy.choice(choices, None);
    toy.answer(question, Answer::DontKnow);
    question
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// Holds whatever the answer is, but looks as if it mattered.
fn idle(question: QuestionIx) -> Condition {
    any([is(question, &[0]), is(question, &[1])])
}

/// Never holds, but looks as if it could.
fn never(condition: &Condition) -> Condition {
    Condition::All(vec![condition.clone(), not(condition.clone())])
}

/// The question is open after one of three answers to something unknown.
fn open_after<const ANSWER: u8>(toy: &mut Toy, question: QuestionIx) -> Condition {
    let unknown = not_known(toy, 3);
    Condition::All(vec![is(unknown, &[ANSWER]), never(&is(question, &[0]))])
}

/// The question is open until the last of so many unknown questions is answered.
fn open_before<const COUNT: usize>(toy: &mut Toy, question: QuestionIx) -> Condition {
    let unknown: Vec<QuestionIx> = (0..COUNT).map(|_| not_known(toy, 2)).collect();
    let odd = toy.odd(&unknown);
    Condition::All(vec![never(&odd), never(&is(question, &[0]))])
}

/// What is asked next.
fn next(toy: &mut Toy) -> Option<QuestionIx> {
    toy.done();
    let given = toy.given();
    assert_eq!(name(toy.facts().verdict(CELL)), "needs answers");
    toy.facts().standing(&given, None).interview.next
}

#[test]
fn a_question_counts_as_one_that_matters_when_it_takes_too_long_to_tell() {
    for (others, counts) in [(TOO_MANY - 1, false), (TOO_MANY, true)] {
        let mut toy = Toy::new();
        let question = toy.choice(2, None);
        let others = open(&mut toy, others);
        let odd = toy.odd(&others);
        toy.require(Condition::All(vec![idle(question), odd]));
        toy.done();
        assert_eq!(toy.facts().can_change(CELL, question), counts, "with {} others", others.len());
        assert!(toy.facts().can_change(CELL, others[0]));
    }
}

#[test]
fn what_may_matter_is_asked_unless_it_does_not_whatever_the_unknown_answers_are() {
    // Beside questions of which it takes too long to try all, a question that makes no difference counts only …
    type Part = fn(&mut Toy, QuestionIx) -> Condition;
    let rows: [(&str, Part, bool); 9] = [
        ("where nothing is unknown", |_, question| never(&is(question, &[0])), true),
        (
            "where no answer to the unknown question leaves it open",
            |toy, question| {
                let unknown = not_known(toy, 2);
                Condition::All(vec![never(&is(unknown, &[0])), is(question, &[0])])
            },
            false,
        ),
        (
            "where no answer to one of two unknown questions leaves it open",
            |toy, question| {
                let (one, other) = (not_known(toy, 2), not_known(toy, 3));
                Condition::All(vec![idle(one), never(&is(other, &[0])), never(&is(question, &[0]))])
            },
            false,
        ),
        ("where the first answer leaves it open", open_after::<0>, true),
        ("where the second answer leaves it open", open_after::<1>, true),
        ("where the last answer leaves it open", open_after::<2>, true),
        (
            "where one of two answers leaves it open",
            |toy, question| {
                let (one, other) = (not_known(toy, 2), not_known(toy, 2));
                Condition::All(vec![any([is(one, &[0]), is(other, &[1])]), never(&is(question, &[0]))])
            },
            true,
        ),
        ("where no answers to four unknown questions leave it open", open_before::<4>, false),
        ("where it takes too long to try the answers to five", open_before::<5>, true),
    ];
    for (words, part, is_asked) in rows {
        let mut toy = Toy::new();
        let question = toy.choice(2, None);
        let others = open(&mut toy, TOO_MANY);
        let odd = toy.odd(&others);
        let part = part(&mut toy, question);
        toy.require(any([odd, part]));
        let expected = if is_asked { question } else { others[0] };
        assert_eq!(next(&mut toy), Some(expected), "{words}");
    }
}

#[test]
fn nothing_is_asked_where_only_what_is_unknown_decides() {
    // It takes too long to tell that the others make no difference, but not once the unknown answer is tried.
    let mut toy = Toy::new();
    let question = toy.choice(2, None);
    let others = open(&mut toy, TOO_MANY);
    let (odd, unknown) = (toy.odd(&others), not_known(&mut toy, 2));
    toy.require(any([never(&odd), Condition::All(vec![is(unknown, &[0]), idle(question)])]));
    assert_eq!(next(&mut toy), None);
}

#[test]
fn what_counts_for_one_unknown_answer_alone_is_asked_after_what_never_does() {
    // Three questions that never count are looked at first; then one that counts for two of the answers that are not
    // known, and four that count for the third. The four stand first.
    for last in [false, true] {
        let mut toy = Toy::new();
        let idles = open(&mut toy, 3);
        let four = open(&mut toy, 4);
        let (one, unknown) = (toy.choice(2, None), not_known(&mut toy, 3));
        for question in idles {
            toy.require(idle(question));
        }
        let (one, four_of) = (is(one, &[0]), four.iter().map(|question| is(*question, &[0])).collect());
        let (for_one, for_four) = if last { ([0, 1], 2) } else { ([1, 2], 0) };
        toy.require(any([
            Condition::All(vec![is(unknown, &for_one), one]),
            Condition::All(vec![is(unknown, &[for_four]), Condition::All(four_of)]),
        ]));
        assert_eq!(next(&mut toy), Some(four[0]));
    }
}

#[test]
fn what_closes_another_cell_is_asked_where_an_outcome_of_it_is_waited_for() {
    // While the other cell may be closed to the person, nobody knows whether its outcome can come about.
    for (answer, asked) in [(1, true), (0, false)] {
        let mut toy = Toy::new();
        let open = toy.choice(2, None);
        let mut other = toy.book.cells[0].clone();
        other.id = "other".into();
        other.requires = vec![toy.stated(is(open, &[0]))];
        toy.book.cells.push(other);
        let mut outcomes = choices(2);
        (outcomes[0].outcome_of, outcomes[1].may_become) = (Some(CellIx(1)), 1);
        let outcome = toy.question(QuestionKind::Choice(outcomes), None);
        toy.answer(outcome, Answer::Choice(answer));
        toy.require(is(outcome, &[0]));
        toy.done();
        let (given, facts) = (toy.given(), toy.facts());
        assert_eq!(name(facts.verdict(CELL)), if asked { "needs answers" } else { "open" });
        let choice = facts.standing(&given, None);
        assert_eq!(choice.cells[0].open.contains(&open), asked);
    }
}

#[test]
fn plans_are_told_apart_by_every_date_by_which_a_rule_wants_them() {
    let mut toy = Toy::new();
    let event = toy.question(QuestionKind::Event, None);
    // On a day that others set; and the same is wanted twice, by one day and by another.
    toy.book.questions[event.index()].set_by_others = true;
    for due in ["booking.closes", "picnic-day"] {
        let rule = toy.require(Condition::Done(event));
        toy.due(rule, due);
    }
    toy.done();
    let facts = toy.facts();
    let planned = facts.classes(event).iter().filter(|class| matches!(class, Answer::Planned(_))).count();
    assert_eq!(planned, 3, "before both, between them, and after both");
}
