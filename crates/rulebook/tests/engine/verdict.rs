//! What the answers so far leave of a verdict, and which questions can still change it.

use crate::toy::{A, B, Toy, any, is, name};
use rules::answers::Answer;
use rules::interview::Bearing;
use rules::rulebook::{Basis, Body, CellIx, Condition, Constraint, QuestionIx, QuestionKind, RuleIx};
use rules::verdict::{Outcome, Verdict};

const CELL: CellIx = CellIx(0);

/// A part with these values, which can be those of two parts together.
fn part(toy: &mut Toy, values: &str) -> Condition {
    match values {
        "yes/no/cannot say" => Condition::Any(vec![toy.part("no/cannot say"), toy.part("yes/no")]),
        "to do" => Condition::Done(toy.event(Answer::NotYet)),
        "to do or done" => {
            let (to_do, open) = (toy.event(Answer::NotYet), toy.choice(2, None));
            Condition::Any(vec![Condition::Done(to_do), is(open, &[0])])
        }
        values => toy.part(values),
    }
}

/// Rules of the words of a row; with `weak` after a word, on a weak basis.
fn rules(toy: &mut Toy, words: &str) -> Vec<RuleIx> {
    let words = words.split(", ").filter(|word| *word != "none");
    words
        .map(|word| {
            let (word, weak) = word.strip_suffix(" weak").map_or((word, false), |word| (word, true));
            let basis = if weak { Basis::SecondHand } else { Basis::Stated };
            match word {
                "in one reading of an open question" => {
                    let open = toy.choice(3, None);
                    return toy.disputed([is(open, &[0]), is(open, &[1])]);
                }
                "yes in both readings" | "no in both readings" => {
                    let known = toy.chosen(if word.starts_with("yes") { A } else { B });
                    return toy.disputed([is(known, &[0]), is(known, &[0, 2])]);
                }
                _ => {}
            }
            let condition = part(toy, word);
            toy.rule(Body::Plain(condition, crate::toy::grounds(basis)))
        })
        .collect()
}

#[test]
fn while_answers_are_missing_no_outcome_is_ruled_out_that_they_can_lead_to() {
    // Closed when, requires, whether the list was read; the outcomes that ways to complete the answers come to, none of
    // which may be ruled out, and the verdict.
    let rows = [
        ("none", "yes", "yes", "open", "open"),
        ("none", "yes/no", "yes", "open, unmet", "needs answers"),
        ("none", "yes/dropped", "yes", "open, ask", "needs answers"),
        ("none", "yes/dropped, yes", "yes", "open", "open"),
        ("none", "yes/no/dropped", "yes", "open, ask, unmet", "needs answers"),
        ("none", "dropped", "yes", "ask", "ask"),
        ("none", "yes/no weak", "yes", "open, ask", "needs answers"),
        ("none", "no weak", "yes", "ask", "ask"),
        ("none", "yes/no, no", "yes", "unmet", "closed by a requirement"),
        ("none", "yes/no, no weak", "yes", "ask, unmet", "needs answers"),
        ("none", "no/cannot say", "yes", "ask, unmet", "needs answers"),
        ("none", "yes/cannot say", "yes", "open, ask", "needs answers"),
        ("none", "to do", "yes", "not yet", "not yet"),
        ("none", "to do, yes/no", "yes", "not yet, unmet", "needs answers"),
        ("none", "to do or done", "yes", "open, not yet", "needs answers"),
        ("none", "to do or done", "no", "not yet, ask", "needs answers"),
        ("none", "to do or done", "yes/no", "open, not yet, ask", "needs answers"),
        ("none", "yes", "yes/no", "open, ask", "needs answers"),
        ("none", "in one reading of an open question", "yes", "open, ask, unmet", "needs answers"),
        ("yes", "yes", "yes", "closed", "closed by 1"),
        ("no", "yes", "yes", "open", "open"),
        ("no, yes", "yes", "yes", "closed too", "closed by 2"),
        ("no/dropped", "yes", "yes", "open", "open"),
        ("yes/no", "yes", "yes", "open, closed", "needs answers"),
        ("yes/no/dropped", "yes", "yes", "open, closed", "needs answers"),
        ("yes/no", "no", "yes", "unmet, closed", "closed by a requirement"),
        ("yes/no", "no weak", "yes", "ask, closed", "needs answers"),
        ("yes/no, yes", "yes", "yes", "closed, closed too", "needs answers"),
        ("cannot say", "yes", "yes", "ask", "ask"),
        ("cannot say", "no", "yes", "unmet", "closed by a requirement"),
        ("cannot say", "yes/no", "yes", "ask, unmet", "needs answers"),
        ("no/cannot say", "yes", "yes", "open, ask", "needs answers"),
        ("yes/cannot say", "yes", "yes", "ask, closed", "needs answers"),
        ("yes/no/cannot say", "yes", "yes", "open, ask, closed", "needs answers"),
        ("yes/no/cannot say weak", "yes", "yes", "open, ask", "needs answers"),
        ("no in both readings", "yes", "yes", "open", "open"),
        ("yes/no", "yes in both readings", "yes", "open, closed", "needs answers"),
        ("yes weak", "yes", "yes", "ask", "ask"),
        ("yes/no weak", "yes", "yes", "open, ask", "needs answers"),
        ("yes/no weak", "no", "yes", "unmet", "closed by a requirement"),
        ("in one reading of an open question", "yes", "yes", "open, ask, closed", "needs answers"),
    ];
    for (closed, requires, read, left, verdict) in rows {
        let mut toy = Toy::new();
        let (closing, required) = (rules(&mut toy, closed), rules(&mut toy, requires));
        let covered = part(&mut toy, read);
        let cell = &mut toy.book.cells[0];
        (cell.requires, cell.covered) = (required, covered);
        cell.closed = (0..).zip(closing).collect();
        cell.kinds = vec![toy.book.topics[0].clone(); cell.closed.len()];
        toy.done();
        let row = format!("closed when {closed}, requires {requires}, read {read}");
        let outcomes = [
            ("open", Outcome::Open),
            ("not yet", Outcome::NotYet),
            ("ask", Outcome::Ask),
            ("unmet", Outcome::Unmet),
            ("closed", Outcome::Closed(0)),
            ("closed too", Outcome::Closed(1)),
        ];
        let found = toy.facts().outcomes(CELL);
        let lost = left.split(", ").filter(|left| {
            let (_, outcome) = outcomes.iter().find(|(name, _)| name == left).expect("an outcome");
            !found.contains(*outcome)
        });
        assert_eq!(lost.collect::<Vec<_>>(), [""; 0], "{row}");
        // Each lens of a requirement is looked at by itself; of all else nothing is left that cannot be.
        if ["yes", "no", "yes in both readings"].contains(&requires) {
            let kept = outcomes.iter().filter(|(_, outcome)| found.contains(*outcome)).map(|(name, _)| *name);
            assert_eq!(kept.collect::<Vec<_>>().join(", "), left, "{row}");
        }
        let [engine, diagram] = toy.verdicts().map(name);
        assert_eq!((&*engine, &*diagram), (verdict, verdict), "{row}");
    }
}

#[test]
fn a_question_can_change_a_verdict_only_if_two_ways_to_answer_it_differ() {
    let mut toy = Toy::new();
    let [free, first, second, idle, aside] = [(); 5].map(|()| toy.choice(2, None));
    toy.book.questions[aside.index()].relevant_when = Some(is(first, &[1]));
    let both = Condition::All(vec![is(first, &[0]), is(second, &[0])]);
    toy.require(any([both, Condition::Done(QuestionIx::nth(5))]));
    toy.question(QuestionKind::Event, None);
    toy.require(any([is(idle, &[0]), is(idle, &[1])]));
    toy.done();
    let facts = toy.facts();
    let changing = |question: QuestionIx| facts.can_change(CELL, question);
    assert_eq!([free, first, second, idle, aside].map(changing), [false, true, true, false, false]);
    assert_eq!(facts.open_questions(CELL), [first, second, idle, QuestionIx::nth(5)]);
}

#[test]
fn the_questions_are_open_that_a_part_looks_at_which_can_still_decide() {
    // Closed when, requires, whether the list was read; the questions that are open: of the closing rule, of the first and
    // the second requirement, of the list.
    let rows = [
        ("open", "met", "yes", "c"),
        ("open weak", "met", "yes", "c"),
        ("none", "open", "yes", "1"),
        ("none", "open weak", "yes", "1"),
        ("none", "met, open", "yes", "2"),
        ("none", "open, open", "yes", "1 2"),
        ("none", "to do, open", "yes", "2"),
        ("none", "to do weak, open weak", "yes", "2"),
        ("none", "lost weak, open", "yes", "2"),
        ("none", "cannot say, open", "yes", "2"),
        ("cannot say", "open", "yes", "1"),
        ("none", "met", "open", "l"),
        ("none", "open, met", "open", "1 l"),
        ("none", "to do, open", "open", "2"),
        ("open", "to do", "open", "c"),
    ];
    for (closed, requires, read, expected) in rows {
        let mut toy = Toy::new();
        let (mut conditions, mut open) = (Vec::new(), Vec::new());
        let words = [("c", closed)].into_iter().chain(["1", "2"].into_iter().zip(requires.split(", ")));
        for (place, word) in words.chain([("l", read)]) {
            let (word, weak) = word.strip_suffix(" weak").map_or((word, false), |word| (word, true));
            let condition = match word {
                "open" => {
                    let question = toy.choice(2, None);
                    open.push((place, question));
                    is(question, &[0])
                }
                "met" => Condition::Done(toy.event(Answer::Done)),
                "lost" => Condition::Done(toy.event(Answer::Never)),
                word => part(&mut toy, if word == "none" { "no" } else { word }),
            };
            conditions.push((place, condition, if weak { Basis::SecondHand } else { Basis::Stated }));
        }
        for (place, condition, basis) in conditions {
            if place == "l" {
                toy.book.cells[0].covered = condition;
            } else if place == "c" {
                toy.close(condition, basis);
            } else {
                let rule = toy.rule(Body::Plain(condition, crate::toy::grounds(basis)));
                toy.book.cells[0].requires.push(rule);
            }
        }
        toy.done();
        let found = toy.facts().open_questions(CELL);
        let place = |question| open.iter().find(|(_, other)| other == question).map_or("another", |(place, _)| *place);
        let mut places: Vec<&str> = found.iter().map(place).collect();
        places.sort_unstable();
        assert_eq!(places.join(" "), expected, "closed when {closed}, requires {requires}, {read}");
    }
}

#[test]
fn answers_that_contradict_each_other_have_no_verdict_that_a_question_could_change() {
    let mut toy = Toy::new();
    let (one, open) = (toy.chosen(A), toy.choice(2, None));
    toy.require(is(open, &[0]));
    toy.require(is(one, &[0, 1]));
    toy.book.constraints.push(Constraint { id: "never-a".into(), holds_when: is(one, &[1]), text: "".into() });
    toy.done();
    assert_eq!(toy.facts().verdict(CELL), Verdict::NeedsAnswers);
    assert!(!toy.facts().can_change(CELL, open));
}

#[test]
fn of_answers_that_a_constraint_rules_out_no_verdict_is_feared() {
    let mut toy = Toy::new();
    let (one, other) = (toy.chosen(A), toy.choice(2, None));
    toy.require(is(one, &[0]));
    toy.require(is(other, &[0]));
    let holds_when = any([is(one, &[1]), is(other, &[0])]);
    toy.book.constraints.push(Constraint { id: "both".into(), holds_when, text: "".into() });
    toy.done();
    assert_eq!(toy.verdicts().map(name), ["open", "open"]);
    assert!(!toy.facts().can_change(CELL, other));
}

/// What is asked next, and what the person has to find out, with whether it can change a verdict.
fn interview(toy: &mut Toy) -> (Option<u16>, Vec<(u16, bool)>) {
    toy.done();
    let (facts, given) = (toy.facts(), toy.given());
    let found = facts.interview(&given, &facts.verdicts(), None);
    (
        found.next.map(|next| next.0),
        found.find_out.into_iter().map(|(question, bearing)| (question.0, bearing == Bearing::Verdict)).collect(),
    )
}

#[test]
fn nothing_is_asked_that_makes_no_difference_whatever_the_unknown_answer_is() {
    // Either way of what is not known comes to one verdict, whatever the other question says.
    let mut toy = Toy::new();
    let (unknown, other) = (toy.choice(2, None), toy.choice(2, None));
    toy.answer(unknown, Answer::DontKnow);
    let way = |choice: u8| Condition::All(vec![is(unknown, &[choice]), any([is(other, &[0]), is(other, &[1])])]);
    toy.require(way(0));
    assert_eq!(interview(&mut toy), (None, vec![(0, true)]));
    // Here the other one counts in one of the two ways.
    let mut toy = Toy::new();
    let (unknown, other) = (toy.choice(2, None), toy.choice(2, None));
    toy.answer(unknown, Answer::DontKnow);
    toy.require(Condition::All(vec![is(unknown, &[0]), is(other, &[0])]));
    assert_eq!(interview(&mut toy), (Some(1), vec![(0, true)]));
    // Here it counts in both ways, in each of them otherwise.
    let mut toy = Toy::new();
    let (unknown, other) = (toy.choice(2, None), toy.choice(2, None));
    toy.answer(unknown, Answer::DontKnow);
    let same = |choice: u8| Condition::All(vec![is(unknown, &[choice]), is(other, &[choice])]);
    toy.require(any([same(0), same(1)]));
    assert_eq!(interview(&mut toy), (Some(1), vec![(0, true)]));
    // And here it makes no difference that the first is not known.
    let mut toy = Toy::new();
    let (unknown, other) = (toy.choice(2, None), toy.choice(2, None));
    toy.answer(unknown, Answer::DontKnow);
    toy.require(any([is(unknown, &[0, 1]), is(other, &[0])]));
    assert_eq!(interview(&mut toy), (None, vec![(0, false)]));
}

#[test]
fn documents_are_asked_about_until_it_is_clear_whether_they_are_needed() {
    let rows = [
        // The answer; what is asked.
        (None, Some(0)),
        (Some(A), None),
        (Some(B), None),
        (Some(Answer::Skipped), Some(0)),
        (Some(Answer::DontKnow), None),
    ];
    for (answer, next) in rows {
        let mut toy = Toy::new();
        let question = toy.choice(2, None);
        if let Some(answer) = answer {
            toy.answer(question, answer);
        }
        let letter = crate::toy::picnic().documents.remove(0);
        toy.book.documents.push(rules::rulebook::Document { needed_when: is(question, &[0]), ..letter });
        assert_eq!(interview(&mut toy).0, next, "{answer:?}");
    }
}

#[test]
fn a_question_is_asked_that_matters_on_strong_grounds_alone() {
    // A weak rule says that the cell is closed; whether it is closed for certain depends on what may still become so.
    let mut toy = Toy::new();
    let mut becoming = crate::toy::choices(2);
    becoming[1].may_become = 1;
    let becomes = toy.question(QuestionKind::Choice(becoming), None);
    let known = toy.chosen(A);
    let weak = toy.rule(Body::Plain(is(known, &[0]), crate::toy::grounds(Basis::SecondHand)));
    toy.close(any([Condition::Rule(weak), is(becomes, &[0])]), Basis::Stated);
    assert_eq!(interview(&mut toy).0, Some(0));
    assert_eq!(toy.facts().open_questions(CELL), [becomes]);
    for (answer, verdict) in [(A, "closed by 1"), (B, "ask")] {
        toy.answers.retain(|(question, _)| *question != becomes);
        toy.answer(becomes, answer);
        assert_eq!(toy.verdicts().map(name), [verdict; 2], "{answer:?}");
    }
}
