//! Which rules a reason names, and which disagreements make a difference.

use crate::toy::{A, B, Toy, any, grounds, is};
use rules::answers::Answer;
use rules::rulebook::{Basis, Body, CellIx, Condition, ConflictIx, RuleIx};
use rules::verdict::{Outcome, Verdict};

const CELL: CellIx = CellIx(0);

/// The rules of the only reason.
fn named(toy: &mut Toy, outcome: Outcome) -> Vec<RuleIx> {
    toy.done();
    assert_eq!(toy.facts().verdict(CELL), Verdict::Decided(outcome));
    let mut reasons = toy.facts().reasons(CELL, outcome);
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    reasons.remove(0).rules
}

#[test]
fn a_reason_names_the_rules_through_which_its_answers_decide_and_no_others() {
    // A cell is open by what it requires, and closed by what is not met.
    let mut toy = Toy::new();
    let (first, second) = (toy.chosen(A), toy.chosen(A));
    let rules = [toy.require(is(first, &[0])), toy.require(is(second, &[0]))];
    let does_not_apply = toy.part("dropped");
    toy.require(does_not_apply);
    let harmless = toy.close(is(first, &[1]), Basis::Stated);
    assert_eq!(named(&mut toy, Outcome::Open), rules);
    toy.answers[1].1 = B;
    assert_eq!(named(&mut toy, Outcome::Unmet), [rules[1]]);
    // What closes it for another cause comes before that.
    toy.answers[0].1 = B;
    assert_eq!(named(&mut toy, Outcome::Closed(0)), [harmless]);

    // Another rule may close it for the same cause, or it does not apply, or the same answer closes it for another cause:
    // none of them decides.
    let mut toy = Toy::new();
    let (first, second) = (toy.chosen(B), toy.chosen(A));
    let rules =
        [is(first, &[1]), is(second, &[1]), is(first, &[1])].map(|condition| toy.close(condition, Basis::Stated));
    let out_of_scope = toy.part("dropped");
    toy.close(out_of_scope, Basis::Stated);
    let closed = &mut toy.book.cells[0].closed;
    (closed[1].0, closed[3].0) = (0, 0);
    assert_eq!(named(&mut toy, Outcome::Closed(0)), [rules[0]]);

    // Not yet, by what is still to be done.
    let mut toy = Toy::new();
    let (done, to_do) = (toy.event(Answer::Done), toy.event(Answer::NotYet));
    let rules = [toy.require(Condition::Done(done)), toy.require(Condition::Done(to_do))];
    assert_eq!(named(&mut toy, Outcome::NotYet), [rules[1]]);

    // Ask, by what only a weak rule denies, what cannot be said, and what a weak rule closes.
    for (doubtful, answer) in [("denied", B), ("denied or not published", B), ("not published", A), ("closed", A)] {
        let mut toy = Toy::new();
        let (first, second) = (toy.chosen(A), toy.chosen(answer));
        toy.require(is(first, &[0]));
        // Neither what is known not to close it, nor what might.
        toy.close(is(first, &[1]), Basis::Stated);
        let may_close = toy.part("yes/no");
        toy.close(may_close, Basis::SecondHand);
        // Nor what may not apply and else is harmless, or met.
        let harmless = toy.part("no/dropped");
        toy.close(harmless, Basis::Stated);
        let met = toy.part("yes/dropped");
        toy.require(met);
        let weakly_required = |toy: &mut Toy, condition: Condition| {
            let weak = toy.rule(Body::Plain(condition, grounds(Basis::SecondHand)));
            toy.book.cells[0].requires.push(weak);
            weak
        };
        let rule = match doubtful {
            "denied" => weakly_required(&mut toy, is(second, &[0])),
            "denied or not published" => {
                let either = toy.part("no/cannot say");
                weakly_required(&mut toy, Condition::Any(vec![is(second, &[0]), either]))
            }
            "not published" => {
                let unknown = toy.part("cannot say");
                toy.require(Condition::All(vec![is(second, &[0]), unknown]))
            }
            _ => toy.close(is(second, &[0]), Basis::SecondHand),
        };
        assert_eq!(named(&mut toy, Outcome::Ask), [rule], "{doubtful}");
    }
}

#[test]
fn a_rule_with_readings_is_named_where_one_of_them_is_sure_to_close_the_cell() {
    let rows = [
        (["yes", "no"], true),
        (["no", "yes"], true),
        (["yes", "no/dropped"], true),
        (["no/cannot say", "yes"], true),
        (["cannot say", "no"], true),
        (["yes/cannot say", "no"], true),
        // These close it under no reading, or perhaps; another rule makes it a case to ask about.
        (["no", "dropped"], false),
        (["no/cannot say", "no"], false),
        (["no/cannot say", "cannot say/dropped"], false),
    ];
    for (readings, is_named) in rows {
        let mut toy = Toy::new();
        let denied = (!is_named).then(|| toy.part("cannot say")).map(|condition| toy.require(condition));
        let readings = readings.map(|reading| toy.part(reading));
        let rule = toy.disputed(readings);
        let cell = &mut toy.book.cells[0];
        cell.closed.push((0, rule));
        cell.kinds = vec![rules::rulebook::Named { id: "kind".into(), text: "".into() }];
        assert_eq!(named(&mut toy, Outcome::Ask), [denied.unwrap_or(rule)], "{is_named}");
    }
}

#[test]
fn where_it_hangs_on_an_open_answer_which_rule_decides_those_are_named_that_may() {
    for (closing, outcome) in [(true, Outcome::Closed(0)), (false, Outcome::Unmet)] {
        let mut toy = Toy::new();
        let open = toy.choice(2, None);
        let (one, other) = (is(open, &[0]), is(open, &[1]));
        let rules = [one, other]
            .map(|condition| if closing { toy.close(condition, Basis::Stated) } else { toy.require(condition) });
        toy.book.cells[0].closed.iter_mut().for_each(|(kind, _)| *kind = 0);
        assert_eq!(named(&mut toy, outcome), rules);
    }
    // Whichever answer is given, one reading closes the cell and the other does not.
    let mut toy = Toy::new();
    let open = toy.choice(2, None);
    let rule = toy.disputed([is(open, &[0]), is(open, &[1])]);
    toy.book.cells[0].closed.push((0, rule));
    assert_eq!(named(&mut toy, Outcome::Ask), [rule]);
    // One of two weak rules stands in the way, or cannot say whether it does.
    for closing in [true, false] {
        let mut toy = Toy::new();
        let (open, other) = (toy.choice(2, None), toy.choice(2, None));
        let rules = [0, 1].map(|choice| {
            let (this, not_published) = (is(open, &[choice]), toy.part("cannot say"));
            if closing {
                let holds = Condition::All(vec![this, any([is(other, &[0]), not_published])]);
                return toy.close(holds, Basis::SecondHand);
            }
            let met = any([this, Condition::All(vec![is(other, &[0]), not_published])]);
            let rule = toy.rule(Body::Plain(met, grounds(Basis::SecondHand)));
            toy.book.cells[0].requires.push(rule);
            rule
        });
        assert_eq!(named(&mut toy, Outcome::Ask), rules, "closing: {closing}");
    }
}

#[test]
fn the_day_is_a_part_of_the_reasons_that_need_it_and_of_no_others() {
    // Closed by a day that has passed, and by an answer; the day of asking is 2031-06-01.
    let mut toy = Toy::new();
    let lost = toy.chosen(B);
    let behind = toy.moment("permit-due");
    toy.close(any([Condition::Passed(behind), is(lost, &[1])]), Basis::Stated);
    toy.done();
    let reasons =
        toy.facts().reasons(CELL, Outcome::Closed(0)).into_iter().map(|reason| (reason.questions, reason.day));
    assert_eq!(reasons.collect::<Vec<_>>(), [(vec![], true), (vec![lost], false)]);
}

#[test]
fn a_disagreement_makes_a_difference_where_its_readings_do() {
    // What each of two disagreements says under its readings, as a requirement or as what closes the cell.
    let rows = [
        ("requires", [("yes", "no"), ("yes", "yes")], &[0][..]),
        ("requires", [("yes", "yes"), ("no", "yes")], &[1]),
        ("requires", [("yes", "no"), ("no", "yes")], &[0, 1]),
        ("requires", [("to do", "no"), ("yes", "yes")], &[0]),
        ("closes", [("yes", "no"), ("no", "no")], &[0]),
        ("closes", [("no", "no"), ("no", "yes")], &[1]),
        // That it does not apply leaves the cell alone as a plain no does.
        ("closes", [("no", "dropped"), ("no", "yes")], &[1]),
        ("closes", [("no/dropped", "no"), ("no", "yes")], &[1]),
    ];
    for (how, said, expected) in rows {
        let mut toy = Toy::new();
        for (one, other) in said {
            let readings = [one, other].map(|reading| match reading {
                "to do" => Condition::Done(toy.event(Answer::NotYet)),
                reading => toy.part(reading),
            });
            let rule = toy.disputed(readings);
            let cell = &mut toy.book.cells[0];
            match how {
                "requires" => cell.requires.push(rule),
                _ => cell.closed.push((0, rule)),
            }
        }
        toy.book.cells[0].kinds = vec![rules::rulebook::Named { id: "kind".into(), text: "".into() }];
        toy.done();
        let standing = toy.facts().standing(&toy.given(), None);
        let expected: Vec<ConflictIx> = expected.iter().map(|number| ConflictIx(*number)).collect();
        assert_eq!(standing.cells[0].verdict, Verdict::Decided(Outcome::Ask), "{how} {said:?}");
        assert_eq!(standing.cells[0].disagreements, expected, "{how} {said:?}");
    }
}
