//! What would change a verdict: which other answers are offered, whether and by when they can still be given, and when the
//! search may say that there is nothing else.

use crate::toy::{A, B, C, Toy, any, choices, day, is};
use rules::answers::Answer;
use rules::change::{Feasible, Leverage};
use rules::rulebook::{Basis, Body, CellIx, Change, Condition, Constraint, QuestionIx, QuestionKind, Relation};
use rules::verdict::{Outcome, Verdict};

/// The day of asking is 2031-06-01.
const BEHIND: &str = "permit-due";
const AHEAD: &str = "picnic-day";

fn leverage(toy: &mut Toy) -> Leverage {
    toy.done();
    let facts = toy.facts();
    let Verdict::Decided(outcome) = facts.verdict(CellIx(0)) else { panic!("no verdict") };
    facts.leverage(CellIx(0), outcome)
}

/// The sets as a row names them, such as `q0 b, q1 done -> open; still possible by picnic-day`, or `q0 b -> asks q2; …`.
fn sets(toy: &Toy, leverage: &Leverage) -> Vec<String> {
    let each = leverage.sets.iter().map(|set| {
        let changes = set.changes.iter().map(|(question, answer)| {
            let answer = match answer {
                Answer::Choice(choice) => ["a", "b", "c"][usize::from(*choice)].to_owned(),
                Answer::Done => "done".to_owned(),
                Answer::NotYet => "not yet".to_owned(),
                Answer::Planned(plan) => format!("planned {plan}"),
                Answer::Number(number) => number.to_string(),
                other => format!("{other:?}"),
            };
            format!("{} {answer}", toy.book[*question].id)
        });
        let asks: Vec<&str> = set.asks.iter().map(|question| &*toy.book[*question].id).collect();
        let becomes = match set.becomes {
            Verdict::Decided(Outcome::Open) => "open".to_owned(),
            Verdict::Decided(_) => "not yet".to_owned(),
            Verdict::NeedsAnswers => format!("asks {}", asks.join(", ")),
        };
        let feasible = match set.feasible {
            Feasible::MayBeTooLate => "may be too late",
            Feasible::StillPossible => "still possible",
            Feasible::OnlyIfWrong => "only if wrong",
            Feasible::TooLate => "too late",
        };
        let by = set.by.map_or_else(String::new, |by| format!(" by {}", toy.book[by].id));
        format!("{} -> {becomes}; {feasible}{by}", changes.collect::<Vec<_>>().join(", "))
    });
    each.collect()
}

#[track_caller]
fn turned_by(toy: &mut Toy, expected: &[&str]) -> Leverage {
    let leverage = leverage(toy);
    assert_eq!(sets(toy, &leverage), expected);
    leverage
}

#[test]
fn a_change_can_be_made_until_it_is_due_and_only_where_the_question_allows_it() {
    let rows = [
        // How the fact changes, its due; what is said.
        (Change::Action, "none", "still possible"),
        (Change::Action, AHEAD, "still possible by picnic-day"),
        (Change::Action, BEHIND, "too late"),
        (Change::Action, "parade", "still possible"),
        // By the day of the last cycle, and by one that should have passed.
        (Change::Action, "fireworks", "still possible by fireworks"),
        (Change::Action, "soft behind", "may be too late by permit-due"),
        (Change::Fixed, "soft behind", "only if wrong"),
        (Change::Time, AHEAD, "still possible by picnic-day"),
        (Change::Time, BEHIND, "too late"),
        (Change::Paper, AHEAD, "still possible by picnic-day"),
        (Change::Paper, BEHIND, "too late"),
        (Change::Fixed, AHEAD, "only if wrong"),
        (Change::Fixed, BEHIND, "only if wrong"),
        (Change::Correction, AHEAD, "only if wrong"),
        (Change::Correction, BEHIND, "only if wrong"),
    ];
    for (change, by, said) in rows {
        let mut toy = Toy::new();
        let question = toy.answered(QuestionKind::Number(0, 9), Answer::Number(0));
        toy.book.questions[question.index()].change = change;
        let rule = toy.require(Condition::Between(question, 5, 9));
        match by {
            "soft behind" => toy.book.rules[rule.index()].dues = toy.moment_that_is(by).into_iter().collect(),
            by => toy.due(rule, by),
        }
        turned_by(&mut toy, &[&format!("q0 5 -> open; {said}")]);
    }
}

#[test]
fn time_turns_a_choice_into_what_it_may_become_and_into_nothing_else() {
    // What happened is over, however long somebody waits.
    let mut toy = Toy::new();
    let question = toy.chosen(B);
    toy.book.questions[question.index()].change = Change::Time;
    toy.require(is(question, &[0]));
    let found = turned_by(&mut toy, &["q0 a -> open; only if wrong"]);
    assert!(found.too_late, "nothing that can still be done");
    // One choice becomes the next, which is enough in the end; before that it closes the cell.
    let mut toy = Toy::new();
    let mut three = choices(3);
    three[1].may_become = 1;
    let question = toy.answered(QuestionKind::Choice(three), B);
    toy.book.questions[question.index()].change = Change::Time;
    toy.close(is(question, &[1]), Basis::Stated);
    let met = toy.chosen(A);
    toy.require(is(met, &[0]));
    turned_by(&mut toy, &["q0 a -> open; still possible"]);
}

#[test]
fn no_choice_is_offered_that_takes_back_another_or_that_others_are_about_to_decide() {
    let rows = [
        // The answer, the choice that is wanted, what may become what, whether others decide it; what is offered.
        (B, 0, None, false, Some("q0 a -> open; too late")),
        (B, 0, None, true, Some("q0 a -> open; only if wrong")),
        (B, 0, Some((1, 0)), false, Some("q0 a -> open; too late")),
        (B, 0, Some((1, 0)), true, None),
        (A, 1, Some((0, 1)), true, None),
        (A, 2, Some((0, 1)), true, Some("q0 c -> open; only if wrong")),
        (B, 0, Some((0, 1)), false, None),
        (C, 1, Some((1, 2)), false, None),
        (C, 1, Some((1, 0)), false, Some("q0 b -> open; too late")),
    ];
    for (answer, wanted, becomes, by_others, offered) in rows {
        let mut toy = Toy::new();
        let mut three = choices(3);
        if let Some((from, to)) = becomes {
            three[from].may_become = 1 << to;
        }
        three[usize::from(wanted)].decided_by_others = by_others;
        let question = toy.answered(QuestionKind::Choice(three), answer);
        let rule = toy.require(is(question, &[wanted]));
        toy.due(rule, BEHIND);
        let found = leverage(&mut toy);
        let row = (answer, wanted, becomes, by_others);
        assert_eq!(sets(&toy, &found), offered.as_slice(), "{row:?}");
    }
}

#[test]
fn any_answer_can_be_another_where_none_comes_after_the_other() {
    type Wanted = fn(QuestionIx) -> Condition;
    let number = QuestionKind::Number(0, 9);
    let rows: [(QuestionKind, Answer, Wanted, &str); 3] = [
        (QuestionKind::YesNo, B, |question| is(question, &[0]), "q0 a"),
        (number.clone(), Answer::Number(2), |question| Condition::Between(question, 3, 4), "q0 3"),
        (number, Answer::Number(5), |question| Condition::Between(question, 3, 4), "q0 4"),
    ];
    for (kind, answer, wanted, offered) in rows {
        let mut toy = Toy::new();
        let question = toy.answered(kind, answer);
        toy.require(wanted(question));
        turned_by(&mut toy, &[&format!("{offered} -> open; still possible")]);
    }
}

#[test]
fn the_nearest_answer_that_turns_the_verdict_is_offered() {
    type Wanted = fn(&Toy, QuestionIx) -> Condition;
    let (number, dates) = (QuestionKind::Number(0, 30), QuestionKind::Date(day("2000-01-01"), day("2040-12-31")));
    let three = QuestionKind::Choices(choices(3), None);
    let between: Wanted = |_, question| any([Condition::Between(question, 4, 6), Condition::Between(question, 20, 30)]);
    let until: Wanted = |toy, question| Condition::Compare(question, Relation::OnOrBefore, toy.moment("picnic-day"));
    let second: Wanted = |_, question| is(question, &[1]);
    let date = |text: &str| Answer::Date(day(text).into());
    let rows = [
        // The answer, what is wanted; the answer offered.
        (number.clone(), Answer::Number(2), between, Answer::Number(4)),
        (number.clone(), Answer::Number(8), between, Answer::Number(6)),
        (number, Answer::Number(17), between, Answer::Number(20)),
        (dates, date("2035-03-03"), until, date("2031-06-14")),
        (three.clone(), Answer::Choices(0b001), second, Answer::Choices(0b011)),
        (three, Answer::Choices(0b101), second, Answer::Choices(0b111)),
    ];
    for (kind, answer, wanted, offered) in rows {
        let mut toy = Toy::new();
        let question = toy.answered(kind, answer);
        let wanted = wanted(&toy, question);
        toy.require(wanted);
        let found = leverage(&mut toy);
        let changes: Vec<_> = found.sets.iter().flat_map(|set| set.changes.clone()).collect();
        assert_eq!(changes, [(question, offered)], "from {answer:?}");
    }
}

#[test]
fn what_has_happened_or_was_planned_is_not_taken_back() {
    let planned = Answer::Planned(day("2031-06-10").into());
    let rows = [
        // The answer, and whether it should have happened; what is offered.
        (Answer::Never, true, Some("q0 done -> open; still possible")),
        (planned, false, None),
        (Answer::NotYet, false, None),
        (Answer::Done, false, None),
    ];
    for (answer, wanted, offered) in rows {
        let mut toy = Toy::new();
        let question = toy.event(answer);
        let done = Condition::Done(question);
        toy.require(if wanted { done } else { Condition::Not(Box::new(done)) });
        let found = leverage(&mut toy);
        assert_eq!(sets(&toy, &found), offered.as_slice(), "{answer:?}");
    }
}

#[test]
fn what_was_missed_on_a_day_that_others_set_is_not_offered_as_if_it_could_be_done() {
    // Whether others set the day, by when it is due, what is offered: until a deadline there are several days.
    let rows = [
        (false, "picnic-day", "still possible by picnic-day"),
        (true, "picnic-day", "may be too late"),
        (true, "booking.closes", "still possible by booking.closes"),
        (true, "permit-due", "too late"),
    ];
    for (by_others, due, said) in rows {
        let mut toy = Toy::new();
        let question = toy.event(Answer::Never);
        toy.book.questions[question.index()].set_by_others = by_others;
        let rule = toy.require(Condition::Done(question));
        toy.due(rule, due);
        turned_by(&mut toy, &[&format!("q0 done -> open; {said}")]);
    }
}

#[test]
fn the_date_is_the_first_by_which_a_requirement_wants_one_of_the_changes() {
    let rows = [
        // Due of the one event, due of the other; by when both have to be done.
        ("picnic-day", "booking.closes", "booking.closes"),
        ("booking.closes", "picnic-day", "booking.closes"),
        ("none", "picnic-day", "picnic-day"),
        ("fireworks", "picnic-day", "picnic-day"),
    ];
    for (one, other, by) in rows {
        let said = format!("still possible by {by}");
        let mut toy = Toy::new();
        for by in [one, other] {
            let question = toy.event(Answer::Never);
            let rule = toy.require(Condition::Done(question));
            toy.due(rule, by);
        }
        turned_by(&mut toy, &[&format!("q0 done, q1 done -> open; {said}")]);

        // The same where two rules want one event; what another event is due by does not count.
        let mut toy = Toy::new();
        let (question, elsewhere) = (toy.event(Answer::Never), toy.event(Answer::Done));
        for by in [one, other] {
            let rule = toy.require(Condition::Done(question));
            toy.due(rule, by);
        }
        let rule = toy.require(Condition::Done(elsewhere));
        toy.due(rule, "booking.closes");
        turned_by(&mut toy, &[&format!("q0 done -> open; {said}")]);

        // And where one rule is made of the other.
        let mut toy = Toy::new();
        let question = toy.event(Answer::Never);
        let part = toy.stated(Condition::Done(question));
        toy.due(part, one);
        let rule = toy.require(Condition::All(vec![Condition::Rule(part), Condition::Done(question)]));
        toy.due(rule, other);
        turned_by(&mut toy, &[&format!("q0 done -> open; {said}")]);
    }
}

#[test]
fn several_changes_are_as_hard_as_the_hardest_and_have_the_date_of_those_that_can_be_made() {
    let mut toy = Toy::new();
    for (change, by) in [(Change::Action, "picnic-day"), (Change::Fixed, "booking.closes"), (Change::Paper, BEHIND)] {
        let question = toy.chosen(B);
        toy.book.questions[question.index()].change = change;
        let rule = toy.require(is(question, &[0]));
        toy.due(rule, by);
    }
    turned_by(&mut toy, &["q0 a, q1 a, q2 a -> open; too late by picnic-day"]);
}

#[test]
fn the_easiest_change_comes_first_and_no_set_holds_one_that_is_not_needed() {
    let mut toy = Toy::new();
    let [late, wrong, first, second, third] = [(); 5].map(|()| toy.chosen(B));
    toy.book.questions[wrong.index()].change = Change::Fixed;
    let lately = toy.stated(is(late, &[0]));
    toy.due(lately, BEHIND);
    let both = Condition::All(vec![is(first, &[0]), is(second, &[0])]);
    let routes = any([Condition::Rule(lately), is(wrong, &[0]), both, is(third, &[0])]);
    toy.require(routes);
    let expected = [
        "q4 a -> open; still possible",
        "q2 a, q3 a -> open; still possible",
        "q1 a -> open; only if wrong",
        "q0 a -> open; too late",
    ];
    let found = turned_by(&mut toy, &expected);
    assert!(found.complete && !found.too_late);
}

#[test]
fn at_most_six_sets_are_given_and_then_others_may_exist() {
    for (routes, given, complete) in [(5, 5, true), (6, 6, false), (8, 6, false)] {
        let mut toy = Toy::new();
        let routes: Vec<Condition> = (0..routes).map(|_| toy.chosen(B)).map(|route| is(route, &[0])).collect();
        toy.require(Condition::Any(routes));
        let found = leverage(&mut toy);
        assert_eq!((found.sets.len(), found.complete), (given, complete), "{:?}", sets(&toy, &found));
    }
}

#[test]
fn it_is_too_late_only_where_no_other_change_might_help() {
    // All that would help was due before.
    let mut toy = Toy::new();
    let question = toy.chosen(B);
    let rule = toy.require(is(question, &[0]));
    toy.due(rule, BEHIND);
    let found = turned_by(&mut toy, &["q0 a -> open; too late"]);
    assert!(found.complete && found.too_late);

    // All that would help leads to a question that was not answered.
    for (wrong, expected) in [(1, "q0 a -> asks q1"), (2, "q0 a, q1 a -> asks q2"), (3, "q0 a, q1 a, q2 a -> asks q3")]
    {
        let mut toy = Toy::new();
        let needed: Vec<Condition> = (0..wrong).map(|_| is(toy.chosen(B), &[0])).collect();
        let then = toy.choice(2, Some(Condition::All(needed.clone())));
        for needed in needed {
            toy.require(needed);
        }
        toy.require(is(then, &[0]));
        let found = turned_by(&mut toy, &[&format!("{expected}; still possible")]);
        assert!(found.complete && !found.too_late, "{wrong} answers");
    }
}

#[test]
fn a_change_that_would_contradict_other_answers_comes_with_theirs() {
    let mut toy = Toy::new();
    let (one, other) = (toy.chosen(B), toy.chosen(B));
    toy.require(is(one, &[0]));
    // Named, so that the cell depends on it.
    toy.require(any([is(other, &[0, 1]), is(one, &[0, 1, 2])]));
    let holds_when = any([is(one, &[1, 2]), is(other, &[2])]);
    toy.book.constraints.push(Constraint { id: "together".into(), holds_when, text: "".into() });
    let found = turned_by(&mut toy, &["q0 a, q1 c -> open; still possible"]);
    assert!(found.complete);
}

#[test]
fn a_change_that_leads_to_questions_is_given_where_some_answers_to_them_turn_the_verdict() {
    // The choices of q1 that open the cell once q0 is at a; what is found.
    let rows: [(&[u8], &[&str]); 3] = [
        (&[0], &["q0 a -> asks q1; still possible"]),
        // Every answer does, so nothing is asked.
        (&[0, 1], &["q0 a -> open; still possible"]),
        // None does, as q2 stands in the way: it has to change too.
        (&[], &["q0 a, q2 a -> asks q1; still possible"]),
    ];
    for (opening, expected) in rows {
        let mut toy = Toy::new();
        let first = toy.chosen(B);
        let then = toy.choice(2, Some(is(first, &[0])));
        let other = toy.chosen(B);
        toy.require(is(first, &[0]));
        let either =
            if opening.is_empty() { Condition::All(vec![is(other, &[0]), is(then, &[0])]) } else { is(then, opening) };
        toy.require(either);
        let found = turned_by(&mut toy, expected);
        assert!(found.complete);
    }
}

#[test]
fn the_questions_that_a_change_leads_to_are_all_that_are_not_known() {
    let mut toy = Toy::new();
    let (first, known) = (toy.chosen(B), toy.chosen(A));
    let (new, not_known) = (toy.choice(2, Some(is(first, &[0]))), toy.choice(2, None));
    toy.answer(not_known, Answer::DontKnow);
    for question in [first, known, new, not_known] {
        toy.require(is(question, &[0]));
    }
    turned_by(&mut toy, &["q0 a -> asks q2, q3; still possible"]);
}

#[test]
fn a_change_that_decides_comes_before_one_that_leads_to_questions() {
    let mut toy = Toy::new();
    let (asking, deciding) = (toy.chosen(B), toy.chosen(B));
    let then = toy.choice(2, Some(is(asking, &[0])));
    toy.require(any([Condition::All(vec![is(asking, &[0]), is(then, &[0])]), is(deciding, &[0])]));
    turned_by(&mut toy, &["q1 a -> open; still possible", "q0 a -> asks q2; still possible"]);
}

#[test]
fn another_answer_that_decides_is_preferred_to_one_that_leads_to_questions_unless_it_is_harder() {
    // Whether others decide the answer that needs no question; what is found.
    let rows = [(false, "q0 c -> open; still possible"), (true, "q0 b -> asks q1; still possible")];
    for (by_others, expected) in rows {
        let mut toy = Toy::new();
        let mut three = choices(3);
        three[2].decided_by_others = by_others;
        let first = toy.answered(QuestionKind::Choice(three), A);
        let then = toy.choice(2, Some(is(first, &[1])));
        toy.require(any([is(first, &[2]), Condition::All(vec![is(first, &[1]), is(then, &[0])])]));
        turned_by(&mut toy, &[expected]);
    }
}

#[test]
fn more_changes_are_no_better_than_one_that_leads_to_questions() {
    let mut toy = Toy::new();
    let first = toy.answered(QuestionKind::Choice(choices(3)), A);
    let then = toy.choice(2, Some(is(first, &[1])));
    // The second choice would turn the verdict by itself, but that one is over; the third needs one of the first question.
    let mut three = choices(3);
    three[1].may_become = 1;
    let other = toy.answered(QuestionKind::Choice(three), A);
    let asking = Condition::All(vec![is(first, &[1]), is(then, &[0])]);
    toy.require(any([is(other, &[1]), asking, Condition::All(vec![is(first, &[2]), is(other, &[2])])]));
    turned_by(&mut toy, &["q0 b -> asks q1; still possible"]);
}

#[test]
fn an_earlier_plan_is_offered_to_whoever_plans_too_late_and_cannot_have_done_it_yet() {
    let mut toy = Toy::new();
    let event = toy.event(Answer::Planned(day("2031-07-20").into()));
    toy.book.questions[event.index()].set_by_others = true;
    toy.book.constraints.push(Constraint {
        id: "not-begun".into(),
        holds_when: Condition::Not(Box::new(Condition::Done(event))),
        text: "".into(),
    });
    let rule = toy.require(Condition::Done(event));
    toy.due(rule, AHEAD);
    turned_by(&mut toy, &["q0 planned 2031-06-14 -> not yet; still possible by picnic-day"]);
}

#[test]
fn where_only_the_rules_are_in_doubt_having_something_to_do_is_no_gain() {
    for (answer, expected) in
        [(Answer::Done, "q0 b -> open; still possible"), (Answer::NotYet, "q0 b -> not yet; still possible")]
    {
        let mut toy = Toy::new();
        let (place, permit) = (toy.chosen(C), toy.event(answer));
        let home = toy.event(Answer::NotYet);
        toy.close(is(place, &[2]), Basis::SecondHand);
        toy.require(any([is(place, &[1, 2]), Condition::Done(home)]));
        toy.require(Condition::Done(permit));
        turned_by(&mut toy, &[expected]);
    }
}

#[test]
fn a_search_that_takes_too_long_does_not_say_that_it_is_complete() {
    // Four changes would be needed, and only sets of up to three are tried.
    for (parts, complete) in [(6, true), (9, false)] {
        let mut toy = Toy::new();
        let parts: Vec<Condition> = (0..parts).map(|_| toy.chosen(B)).map(|part| is(part, &[0])).collect();
        toy.require(Condition::AtLeast(4, parts));
        let found = turned_by(&mut toy, &[]);
        assert_eq!(found.complete, complete);
    }
}

#[test]
fn a_search_among_open_questions_that_takes_too_long_does_not_say_that_it_is_complete() {
    // Once the only answer is given otherwise, one of two outcomes is left. A third looks possible until all open
    // questions are answered, which takes twice as many sets of answers with each of them.
    for (open, complete) in [(9, true), (10, false)] {
        let mut toy = Toy::new();
        let (lost, other) = (toy.chosen(B), toy.choice(2, None));
        toy.require(is(lost, &[0]));
        toy.close(Condition::All(vec![is(lost, &[0]), is(other, &[0])]), Basis::Stated);
        let open: Vec<QuestionIx> = (0..open).map(|_| toy.choice(2, None)).collect();
        let odd = toy.odd(&open);
        let weak = toy.require(Condition::All(vec![odd.clone(), Condition::Not(Box::new(odd))]));
        if let Body::Plain(_, grounds) = &mut toy.book.rules[weak.index()].body {
            grounds.basis = Basis::SecondHand;
        }
        let found = turned_by(&mut toy, &[]);
        assert_eq!(found.complete, complete, "{} open questions", open.len());
    }
}

#[test]
fn a_verdict_rests_on_the_answers_that_can_turn_it_by_themselves() {
    // Once where the cell is open, once where it is closed.
    for answer in [A, B] {
        let mut toy = Toy::new();
        let (needed, either) = (toy.chosen(answer), toy.chosen(A));
        let unanswered = toy.choice(2, None);
        let aside = toy.choice(2, Some(is(needed, &[2])));
        toy.answer(aside, A);
        toy.require(is(needed, &[0]));
        toy.require(any([is(either, &[0]), is(either, &[1, 2])]));
        toy.require(any([is(unanswered, &[0]), is(unanswered, &[1])]));
        toy.require(is(aside, &[0]));
        let found = leverage(&mut toy);
        let names = |questions: &[QuestionIx]| -> Vec<String> {
            questions.iter().map(|question| toy.book[*question].id.to_string()).collect()
        };
        assert_eq!(names(&found.rests_on), ["q0"]);
        assert_eq!(names(&found.indifferent), ["q1"]);
    }
}

#[test]
fn all_routes_are_told_and_not_only_the_first() {
    let mut toy = Toy::new();
    let routes = toy.answered(QuestionKind::Choices(choices(3), Some(2)), Answer::Choices(0b100));
    for route in [0, 1] {
        let scope = is(routes, &[route]);
        let years = toy.choice(2, Some(scope.clone()));
        let enough = toy.stated(is(years, &[0]));
        let way = Condition::All(vec![scope, Condition::Rule(enough)]);
        match toy.book.cells[0].requires.first() {
            None => {
                toy.require(Condition::Any(vec![way]));
            }
            Some(rule) => {
                let rule = rule.index();
                let Body::Plain(Condition::Any(ways), _) = &mut toy.book.rules[rule].body else { panic!() };
                ways.push(way);
            }
        }
    }
    let found = leverage(&mut toy);
    let changed: Vec<Answer> = found.sets.iter().map(|set| set.changes[0].1).collect();
    assert_eq!(changed, [Answer::Choices(0b001), Answer::Choices(0b010)]);
}

#[test]
fn a_date_on_which_a_requirement_is_met_by_itself_is_not_one_to_keep() {
    let mut toy = Toy::new();
    let question = toy.answered(QuestionKind::Number(0, 9), Answer::Number(0));
    toy.book.questions[question.index()].change = Change::Action;
    let ahead = toy.moment(AHEAD);
    toy.require(any([Condition::Between(question, 5, 9), Condition::Passed(ahead)]));
    turned_by(&mut toy, &["q0 5 -> open; still possible"]);
}
