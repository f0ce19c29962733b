//! What a report says of a person: how rules stand, what is to do, whom to ask, which documents are needed, and the dates.

use crate::toy::{A, B, Toy, any, choices, day, day_at, grounds, is, name, picnic};
use rules::answers::{Answer, RawAnswer};
use rules::catalog::catalog;
use rules::day::{Day, DayRange};
use rules::outline::outline;
use rules::report::{
    CellReport, Criterion, CriterionState, EntryKind, MomentReport, Report, RowPlace, Said, Step, TimelineEntry,
    WhenReport,
};
use rules::report::{full_report, report};
use rules::rulebook::{
    Basis, Body, Choice, Citation, Condition, Document, Notice, QuestionIx, QuestionKind, Relation, RuleIx, SourceIx,
    Text, Zone,
};

fn reported(toy: &mut Toy) -> Report {
    toy.done();
    report(&toy.book, &toy.given(), toy.as_of, None)
}

/// What is said of the only cell, with this verdict.
#[track_caller]
fn cell(toy: &mut Toy, verdict: &str) -> CellReport {
    let found = reported(toy).cells.remove(0);
    assert_eq!(name(found.verdict), verdict);
    found
}

fn rule(rule: RuleIx) -> Condition {
    Condition::Rule(rule)
}

fn weak() -> Basis {
    Basis::SecondHand
}

fn require_on(toy: &mut Toy, condition: Condition, basis: Basis) -> RuleIx {
    let rule = toy.require(condition);
    let Body::Plain(_, grounds) = &mut toy.book.rules[rule.index()].body else { panic!("a plain rule") };
    grounds.basis = basis;
    rule
}

fn require_disputed(toy: &mut Toy, readings: [Condition; 2]) -> RuleIx {
    let rule = toy.disputed(readings);
    toy.book.cells[0].requires.push(rule);
    rule
}

/// Rules are called by their ids.
fn titled(toy: &mut Toy) {
    toy.book.rules.iter_mut().for_each(|rule| rule.title = rule.id.clone());
}

fn named<'a>(criteria: impl IntoIterator<Item = &'a Criterion>) -> Vec<&'a str> {
    criteria.into_iter().map(|criterion| &*criterion.rule).collect()
}

#[test]
fn a_rule_stands_as_the_answers_leave_it() {
    type Required = fn(&mut Toy) -> RuleIx;
    let rows: [(&str, Required, CriterionState); 11] = [
        (
            "met",
            |toy| {
                let met = toy.chosen(A);
                toy.require(is(met, &[0]))
            },
            CriterionState::Met,
        ),
        (
            "to do",
            |toy| {
                let to_do = toy.event(Answer::NotYet);
                toy.require(Condition::Done(to_do))
            },
            CriterionState::CanStill,
        ),
        (
            "lost",
            |toy| {
                let lost = toy.event(Answer::Never);
                toy.require(Condition::Done(lost))
            },
            CriterionState::NotMet,
        ),
        (
            "not asked",
            |toy| {
                let open = toy.choice(2, None);
                toy.require(is(open, &[0]))
            },
            CriterionState::NotKnown,
        ),
        (
            "to do, and something else was not asked",
            |toy| {
                let (to_do, open) = (toy.event(Answer::NotYet), toy.choice(2, None));
                toy.require(Condition::All(vec![Condition::Done(to_do), is(open, &[0])]))
            },
            CriterionState::NotKnown,
        ),
        (
            "out of scope",
            |toy| {
                let aside = toy.part("dropped");
                toy.require(aside)
            },
            CriterionState::DoesNotApply,
        ),
        (
            "no date was published",
            |toy| {
                let unsaid = toy.part("cannot say");
                toy.require(unsaid)
            },
            CriterionState::CannotSay,
        ),
        (
            "one reading says yes, the other no",
            |toy| {
                let read = toy.chosen(A);
                require_disputed(toy, [is(read, &[0]), is(read, &[1])])
            },
            CriterionState::Disputed,
        ),
        (
            "both readings say no",
            |toy| {
                let read = toy.chosen(A);
                require_disputed(toy, [is(read, &[1]), is(read, &[2])])
            },
            CriterionState::NotMet,
        ),
        (
            "both readings say yes",
            |toy| {
                let read = toy.chosen(A);
                require_disputed(toy, [is(read, &[0]), is(read, &[0, 1])])
            },
            CriterionState::Met,
        ),
        (
            "one reading says yes, the other was not asked about",
            |toy| {
                let (read, open) = (toy.chosen(A), toy.choice(2, None));
                require_disputed(toy, [is(read, &[0]), is(open, &[0])])
            },
            CriterionState::NotKnown,
        ),
    ];
    for (what, required, state) in rows {
        let mut toy = Toy::new();
        required(&mut toy);
        let found = &reported(&mut toy).cells[0].criteria;
        assert_eq!(found.iter().map(|criterion| criterion.state).collect::<Vec<_>>(), [state], "{what}");
    }
}

#[test]
fn a_rule_has_the_weaker_basis_of_itself_and_of_the_dates_that_it_uses() {
    let standing = Basis::Standing(vec!["2030".into()]);
    let carried = Basis::CarriedOver("2030".into());
    let rows = [
        // The rule's own basis, that of the date that it looks at, and that of both.
        (Basis::Stated, Basis::Stated, Basis::Stated),
        (standing.clone(), Basis::Stated, standing),
        (Basis::Stated, weak(), weak()),
        (carried.clone(), weak(), carried.clone()),
        (carried.clone(), Basis::Stated, carried),
    ];
    for (own, of_the_date, of_both) in rows {
        for looks in [
            |_, moment| Condition::Passed(moment),
            |question, moment| Condition::Compare(question, Relation::Before, moment),
        ] {
            let mut toy = Toy::new();
            let question = toy.question(QuestionKind::Date(day("2030-01-01"), day("2033-12-31")), None);
            let moment = toy.moment_on("picnic-day", of_the_date.clone());
            require_on(&mut toy, looks(question, moment), own.clone());
            let criterion = reported(&mut toy).cells[0].criteria.remove(0);
            assert_eq!(
                (criterion.weak, criterion.basis),
                (of_both.is_weak(), of_both.clone()),
                "{own:?}, {of_the_date:?}"
            );
        }
    }
}

#[test]
fn what_rests_on_weak_rules_says_which_of_them_to_confirm() {
    let mut toy = Toy::new();
    let (here, to_do) = (toy.chosen(A), toy.event(Answer::NotYet));
    let parts = [weak(), Basis::Stated].map(|basis| toy.rule(Body::Plain(is(here, &[0]), grounds(basis))));
    let [weak_part, strong_part] = parts;
    let aside = toy.part("dropped");
    require_on(&mut toy, aside, weak());
    toy.require(is(here, &[0]));
    let holds = require_on(&mut toy, is(here, &[0]), weak());
    require_on(&mut toy, Condition::All(vec![rule(weak_part), rule(strong_part)]), weak());
    let whole = require_on(&mut toy, rule(strong_part), weak());
    let expected = [holds, weak_part, whole].map(|ix| toy.book[ix].id.clone());
    let found = cell(&mut toy, "open");
    assert_eq!(named(&found.to_confirm), expected.each_ref().map(|id| &**id));
    // Whatever the rule says in truth, it cannot matter to this person.
    let moot = is(here, &[0]);
    toy.book.rules[holds.index()].moot = Some(moot);
    assert_eq!(named(&cell(&mut toy, "open").to_confirm), [&*expected[1], &*expected[2]]);
    toy.book.rules[holds.index()].moot = Some(is(here, &[1]));
    assert_eq!(named(&cell(&mut toy, "open").to_confirm).len(), 3);
    let later = require_on(&mut toy, Condition::Done(to_do), weak());
    let found = cell(&mut toy, "not yet");
    assert_eq!(named(&found.to_confirm).last(), Some(&&*toy.book[later].id));
    let lost = toy.event(Answer::Never);
    toy.require(Condition::Done(lost));
    assert_eq!(named(&cell(&mut toy, "closed by a requirement").to_confirm), [""; 0]);
}

/// The steps with the number of the alternatives that they belong to.
fn steps(found: &CellReport) -> Vec<(&str, Option<u16>)> {
    found.steps.iter().map(|step| (&*step.rule, step.one_of)).collect()
}

#[test]
fn steps_that_are_alternatives_are_told_apart_from_those_that_are_all_needed() {
    let mut toy = Toy::new();
    let rules: Vec<RuleIx> = (0..9)
        .map(|_| {
            let to_do = toy.event(Answer::NotYet);
            toy.stated(Condition::Done(to_do))
        })
        .collect();
    let done = toy.event(Answer::Done);
    let done = toy.stated(Condition::Done(done));
    let lost = toy.event(Answer::Never);
    let lost = toy.stated(Condition::Done(lost));
    let aside = toy.part("dropped");
    toy.require(aside);
    toy.require(any([rule(rules[0]), rule(rules[1])]));
    toy.require(any([rule(rules[2])]));
    toy.require(Condition::All(vec![rule(rules[3]), rule(done), rule(rules[4])]));
    let inner = toy.stated(any([rule(rules[6]), rule(rules[7])]));
    toy.require(any([rule(rules[5]), rule(inner), rule(lost)]));
    toy.require(rule(rules[8]));
    let found = cell(&mut toy, "not yet");
    let expected = [
        ("r0", Some(1)),
        ("r1", Some(1)),
        ("r2", None),
        ("r3", None),
        ("r4", None),
        ("r5", Some(2)),
        ("r6", Some(2)),
        ("r7", Some(2)),
        ("r8", None),
    ];
    assert_eq!(steps(&found), expected);
}

#[test]
fn two_pairs_of_alternatives_have_numbers_of_their_own() {
    let mut toy = Toy::new();
    for _ in 0..2 {
        let [one, other] = [(); 2].map(|()| toy.event(Answer::NotYet));
        let [one, other] = [one, other].map(|to_do| toy.stated(Condition::Done(to_do)));
        toy.require(any([rule(one), rule(other)]));
    }
    let found = cell(&mut toy, "not yet");
    assert_eq!(steps(&found), [("r0", Some(1)), ("r1", Some(1)), ("r3", Some(2)), ("r4", Some(2))]);
}

#[test]
fn what_falls_due_after_applying_remains_as_a_condition_until_it_is_done() {
    let planned = Answer::Planned(day("2031-06-10").into());
    let rows = [
        // The answer, whether the rule falls due after applying; the verdict, and whether a condition remains.
        (Answer::NotYet, true, "open", true),
        (planned, true, "open", true),
        (Answer::Done, true, "open", false),
        (Answer::NotYet, false, "not yet", false),
        (planned, false, "not yet", false),
        (A, true, "open", false),
        (B, true, "open", true),
        (B, false, "not yet", false),
    ];
    for (answer, after_applying, verdict, remains) in rows {
        let mut toy = Toy::new();
        let condition = if let Answer::Choice(_) = answer {
            let mut becoming = choices(3);
            becoming[1].may_become = 1;
            is(toy.answered(QuestionKind::Choice(becoming), answer), &[0])
        } else {
            Condition::Done(toy.event(answer))
        };
        let inner = toy.stated(condition);
        toy.require(rule(inner));
        let inner = &mut toy.book.rules[inner.index()];
        (inner.due_after_applying, inner.condition) = (after_applying, Some("It comes to be.".into()));
        let found = cell(&mut toy, verdict);
        let conditions: Vec<&str> = found.conditions.iter().map(|condition| &*condition.rule).collect();
        assert_eq!(conditions == ["r0"], remains, "{answer:?}: {conditions:?}");
        assert_eq!(conditions.is_empty(), !remains, "{answer:?}: {conditions:?}");
    }
}

#[test]
fn each_condition_is_told_once_and_none_that_does_not_apply() {
    let mut toy = Toy::new();
    let here = toy.chosen(A);
    let [first, second, third] = [(); 3].map(|()| toy.event(Answer::NotYet));
    toy.book.questions[third.index()].relevant_when = Some(is(here, &[1]));
    let both = Condition::All(vec![Condition::Done(first), Condition::Done(second)]);
    for condition in [both, Condition::Done(second), Condition::Done(third)] {
        let rule = toy.require(condition);
        let rule = &mut toy.book.rules[rule.index()];
        (rule.due_after_applying, rule.condition) = (true, Some("It comes to be.".into()));
    }
    let found = cell(&mut toy, "open");
    assert_eq!(found.conditions.iter().map(|condition| &*condition.rule).collect::<Vec<_>>(), ["r0", "r1"]);
}

#[test]
fn a_disagreement_shows_each_reading_with_its_own_basis_and_sources() {
    let mut toy = Toy::new();
    let read = toy.chosen(A);
    let cites = |section: &str| vec![Citation { source: SourceIx(0), section: Some(section.into()) }];
    let bases = [[Basis::Stated, weak()], [Basis::Inferred, Basis::CarriedOver("2030".into())]];
    for (number, bases) in bases.iter().enumerate() {
        let rule = require_disputed(&mut toy, [is(read, &[0]), is(read, &[1])]);
        let Body::Readings(_, bodies) = &mut toy.book.rules[rule.index()].body else { panic!("a rule with readings") };
        for ((_, grounds), (reading, basis)) in bodies.iter_mut().zip(bases.iter().enumerate()) {
            (grounds.basis, grounds.sources) = (basis.clone(), cites(&format!("{number}.{reading}")));
        }
    }
    let found = cell(&mut toy, "ask");
    assert_eq!(found.readings.iter().map(|found| &*found.id).collect::<Vec<_>>(), ["c0", "c1"]);
    for (number, (found, bases)) in found.readings.iter().zip(bases).enumerate() {
        for (reading, ((named, basis, cited), expected)) in found.readings.iter().zip(bases).enumerate() {
            let section = cited.iter().filter_map(|cited| cited.section.as_deref()).collect::<Vec<_>>();
            assert_eq!(&*named.id, ["one", "other"][reading]);
            assert_eq!((basis, section), (&expected, vec![&*format!("{number}.{reading}")]));
        }
    }
}

#[test]
fn what_to_ask_names_what_is_in_doubt_and_nothing_else() {
    type Doubt = fn(&mut Toy);
    let rows: [(&str, Doubt, &[&str]); 10] = [
        (
            "the list of requirements was not read",
            |toy| toy.book.cells[0].covered = Condition::Const(false),
            &["What is needed for Picnic in the park?"],
        ),
        (
            "a weak rule closes the cell; another weak one does not, and a strong one does not either",
            |toy| {
                let here = toy.chosen(A);
                toy.close(is(here, &[1]), Basis::Stated);
                toy.close(is(here, &[0]), weak());
                toy.close(is(here, &[1]), weak());
            },
            &["What about r1?"],
        ),
        (
            "of a closing rule no date was published",
            |toy| {
                let unsaid = toy.part("cannot say");
                toy.close(unsaid, Basis::Stated);
            },
            &["Is r0 a rule?"],
        ),
        (
            "a weak requirement is lost; another one is met",
            |toy| {
                let (lost, met) = (toy.event(Answer::Never), toy.event(Answer::Done));
                require_on(toy, Condition::Done(met), weak());
                require_on(toy, Condition::Done(lost), weak());
            },
            &["What about r1?"],
        ),
        (
            "of a requirement no date was published, another one is to do",
            |toy| {
                let (unsaid, to_do) = (toy.part("cannot say"), toy.event(Answer::NotYet));
                toy.require(unsaid);
                toy.require(Condition::Done(to_do));
            },
            &["Is r0 a rule?"],
        ),
        (
            "a requirement is lost through one of its parts, which is weak",
            |toy| {
                let (lost, met) = (toy.event(Answer::Never), toy.event(Answer::Done));
                let part = toy.rule(Body::Plain(Condition::Done(lost), grounds(weak())));
                let other = toy.stated(Condition::Done(met));
                require_on(toy, Condition::All(vec![rule(part), rule(other)]), weak());
            },
            &["Is r0 a rule?"],
        ),
        (
            "a requirement is met in one way, and lost in another, weak one",
            |toy| {
                let (lost, met) = (toy.event(Answer::Never), toy.event(Answer::Done));
                let way = toy.rule(Body::Plain(Condition::Done(lost), grounds(weak())));
                let other = toy.stated(Condition::Done(met));
                toy.require(any([rule(way), rule(other)]));
                toy.book.cells[0].covered = Condition::Const(false);
            },
            &["What is needed for Picnic in the park?"],
        ),
        (
            "sources disagree",
            |toy| {
                let read = toy.chosen(A);
                require_disputed(toy, [is(read, &[0]), is(read, &[1])]);
            },
            &["Which of c0?"],
        ),
        (
            "sources disagree, and a weak rule closes the cell",
            |toy| {
                let read = toy.chosen(A);
                require_disputed(toy, [is(read, &[0]), is(read, &[1])]);
                toy.close(is(read, &[0]), weak());
            },
            &["Which of c0?", "What about r1?"],
        ),
        (
            "two weak sources disagree, which makes no difference as a weak requirement is lost",
            |toy| {
                let (read, lost) = (toy.chosen(A), toy.event(Answer::Never));
                let disputed = require_disputed(toy, [is(read, &[0]), is(read, &[1])]);
                if let Body::Readings(_, bodies) = &mut toy.book.rules[disputed.index()].body {
                    bodies.iter_mut().for_each(|(_, grounds)| grounds.basis = weak());
                }
                require_on(toy, Condition::Done(lost), weak());
            },
            &["Which of c0? What about r1?"],
        ),
    ];
    for (what, doubt, questions) in rows {
        let mut toy = Toy::new();
        doubt(&mut toy);
        titled(&mut toy);
        toy.book.rules.iter_mut().take(1).for_each(|first| first.question = Some("Is r0 a rule?".into()));
        for conflict in &mut toy.book.conflicts {
            conflict.question = format!("Which of {}?", conflict.id).into();
        }
        let ask = cell(&mut toy, "ask").ask.expect("whom to ask");
        assert_eq!(ask.letters.iter().map(|letter| &*letter.question).collect::<Vec<_>>(), questions, "{what}");
        assert_eq!(ask.contacts.iter().map(|whom| &*whom.id).collect::<Vec<_>>(), ["park"]);
    }
}

#[test]
fn every_answer_has_its_place() {
    let planned = |text: &str| Answer::Planned(day(text).into());
    let rows = [
        // The answer, whether the question is in scope; the place, if it is shown at all.
        (None, true, Some(RowPlace::NotAsked)),
        (None, false, None),
        (Some(Answer::Done), true, Some(RowPlace::Answered)),
        (Some(Answer::Done), false, Some(RowPlace::SetAside)),
        (Some(Answer::Skipped), true, Some(RowPlace::Open)),
        (Some(Answer::DontKnow), true, Some(RowPlace::Open)),
        (Some(Answer::Skipped), false, Some(RowPlace::SetAside)),
        (Some(planned("2031-06-10")), true, Some(RowPlace::Answered)),
        (Some(planned("2031-05-31")), true, Some(RowPlace::Open)),
    ];
    let mut toy = Toy::new();
    let here = toy.chosen(A);
    for (answer, in_scope, _) in rows {
        let question = toy.question(QuestionKind::Event, Some(is(here, if in_scope { &[0] } else { &[1] })));
        if let Some(answer) = answer {
            toy.answer(question, answer);
        }
    }
    let found = reported(&mut toy).rows;
    for (number, (answer, in_scope, place)) in (1..).zip(rows) {
        let row = found.iter().find(|row| *row.question == *format!("q{number}"));
        assert_eq!(row.map(|row| row.place), place, "{answer:?}, in scope: {in_scope}");
    }
    assert!(found.is_sorted_by_key(|row| row.question.clone()), "in the author's order");
}

#[test]
fn an_answer_is_said_in_the_words_of_its_question() {
    let may = DayRange::parse("2031-05").expect("a month");
    let one = || {
        let mut three = choices(3);
        three.iter_mut().for_each(|choice| choice.text = format!("The {}", choice.id).into());
        three
    };
    let chosen = |texts: &[&str]| Said::Chosen(texts.iter().map(|text| Text::from(*text)).collect());
    let rows = [
        (QuestionKind::Choice(one()), B, chosen(&["The b"])),
        (QuestionKind::Choices(one(), None), Answer::Choices(0b101), chosen(&["The a", "The c"])),
        (QuestionKind::Choices(one(), None), Answer::Choices(0b010), chosen(&["The b"])),
        (QuestionKind::YesNo, A, Said::Yes),
        (QuestionKind::YesNo, B, Said::No),
        (QuestionKind::Number(0, 9), Answer::Number(4), Said::Number(4)),
        (QuestionKind::Date(day("2030-01-01"), day("2033-12-31")), Answer::Date(may), Said::Date(may)),
        (QuestionKind::Event, Answer::Done, Said::Done),
        (QuestionKind::Event, Answer::Planned(may), Said::Planned(may)),
        (QuestionKind::Event, Answer::NotYet, Said::NotYet),
        (QuestionKind::Event, Answer::Never, Said::Never),
        (QuestionKind::Event, Answer::DontKnow, Said::DontKnow),
        (QuestionKind::Event, Answer::Skipped, Said::Skipped),
    ];
    let mut toy = Toy::new();
    for (kind, answer, _) in &rows {
        toy.answered(kind.clone(), *answer);
    }
    for (row, (.., said)) in reported(&mut toy).rows.into_iter().zip(rows) {
        assert_eq!(row.said, Some(said), "{}", row.question);
    }
}

/// To answer one question otherwise so that a second one does not count, where the second one can be answered otherwise,
/// is no way of its own; unless something looks at both.
#[test]
fn a_detour_around_a_question_is_no_way_to_change_a_verdict() {
    for (together, expected) in [(false, vec!["q1"]), (true, vec!["q0", "q1"])] {
        let mut toy = Toy::new();
        let first = toy.answered(QuestionKind::Choice(choices(2)), A);
        let second = toy.question(QuestionKind::Choice(choices(2)), Some(is(first, &[0])));
        toy.answer(second, B);
        let met = toy.event(Answer::Done);
        toy.require(Condition::Done(met));
        if together {
            toy.require(any([is(second, &[0]), is(first, &[1])]));
        } else {
            toy.require(is(second, &[0]));
        }
        toy.done();
        let found = full_report(&toy.book, &toy.given(), toy.as_of, None).cells.remove(0);
        let sets = found.leverage.expect("a decided cell").sets;
        let mut changed: Vec<String> = sets.iter().map(|set| set.changes[0].question.to_string()).collect();
        changed.sort();
        assert_eq!(changed, expected, "{together}");
    }
}

#[test]
fn what_would_change_a_verdict_is_said_by_the_answers_that_it_needs() {
    let mut toy = Toy::new();
    let (choice, event) = (toy.answered(QuestionKind::YesNo, B), toy.event(Answer::Never));
    toy.require(is(choice, &[0]));
    toy.require(Condition::Done(event));
    // What is still to be done makes a difference once its day has come.
    for answer in [Answer::Done, Answer::NotYet] {
        let idle = toy.event(answer);
        toy.require(any([Condition::Done(idle), Condition::Undone(idle)]));
    }
    toy.done();
    let found = full_report(&toy.book, &toy.given(), toy.as_of, None).cells.remove(0);
    let leverage = found.leverage.expect("a decided cell");
    let said = |row: &rules::report::Row| (row.question.to_string(), row.said.clone().expect("an answer"));
    let changes: Vec<_> = leverage.sets[0].changes.iter().map(said).collect();
    assert_eq!(changes, [("q0".to_owned(), Said::Yes), ("q1".to_owned(), Said::Done)]);
    assert_eq!(leverage.sets[0].answers, [RawAnswer::Bool(true), RawAnswer::Text("done".to_owned())]);
    // Neither of the two turns the verdict alone, but each is a reason for it.
    assert_eq!(leverage.indifferent.iter().map(said).collect::<Vec<_>>(), [("q2".to_owned(), Said::Done)]);
}

/// A document that the first cells need when the condition holds.
fn document(toy: &mut Toy, id: &str, cells: &[u16], needed_when: Condition) {
    let letter = picnic().documents.remove(0);
    let cells = cells.iter().map(|cell| rules::rulebook::CellIx(*cell)).collect();
    toy.book.documents.push(Document { id: id.into(), cells, needed_when, ..letter });
}

/// A second cell, which is closed.
fn two_cells(toy: &mut Toy) {
    let lost = toy.event(Answer::Never);
    let rule = toy.stated(Condition::Done(lost));
    let mut closed = toy.book.cells[0].clone();
    (closed.id, closed.title, closed.requires) = ("closed".into(), "Closed".into(), vec![rule]);
    let mut open = toy.book.cells[0].clone();
    (open.id, open.title) = ("third".into(), "Third".into());
    toy.book.cells.extend([closed, open]);
}

#[test]
fn the_checklist_has_the_documents_that_open_cells_of_the_persons_choice_may_need() {
    let mut toy = Toy::new();
    two_cells(&mut toy);
    let (yes, unasked) = (toy.chosen(A), toy.choice(2, None));
    let rows: [(&str, &[u16], Condition); 6] = [
        ("needed", &[0], is(yes, &[0])),
        ("perhaps needed", &[0], is(unasked, &[0])),
        ("not needed", &[0], is(yes, &[1])),
        ("for the closed cell", &[1], is(yes, &[0])),
        ("for two cells", &[0, 1], is(yes, &[0])),
        ("for the third cell", &[2], is(yes, &[0])),
    ];
    for (id, cells, needed_when) in rows {
        document(&mut toy, id, cells, needed_when);
    }
    toy.done();
    let mut given = toy.given();
    given.choose_cells(&toy.book, [0, 1]);
    let report = report(&toy.book, &given, toy.as_of, None);
    let found = report.checklist.iter().map(|item| {
        let cells: Vec<&str> = item.cells.iter().map(|cell| &**cell).collect();
        (&*item.id, item.needed, cells)
    });
    let picnic = || vec!["Picnic in the park"];
    let expected = [("needed", true, picnic()), ("perhaps needed", false, picnic()), ("for two cells", true, picnic())];
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let item = &report.checklist[0];
    let dates = [&item.due, &item.issued_from, &item.issued_until].map(|date| date.as_ref().map(|date| &*date.id));
    assert_eq!(dates, [Some("permit-due"), Some("booking.opens"), Some("booking.closes")]);
}

#[test]
fn a_document_is_due_when_the_first_open_cell_wants_it() {
    // By when in the first and in the third cell, and whether the first is closed; by when then, and for which cells. The day
    // of asking is 2031-06-01.
    let rows = [
        ("picnic-day", "fireworks", false, Some("picnic-day"), vec![0, 2]),
        ("picnic-day", "fireworks", true, Some("fireworks"), vec![2]),
        ("fireworks", "picnic-day", false, Some("picnic-day"), vec![0, 2]),
        ("permit-due", "picnic-day", false, Some("picnic-day"), vec![2]),
        ("permit-due", "fireworks", false, Some("fireworks"), vec![2]),
        ("permit-due", "none", false, Some("permit-due"), vec![0, 2]),
        ("none", "permit-due", false, Some("permit-due"), vec![0, 2]),
        ("picnic-day", "none", true, None, vec![2]),
        ("fireworks", "fireworks", true, Some("fireworks"), vec![2]),
    ];
    for (first, third, closed, expected, cells) in rows {
        let mut toy = Toy::new();
        two_cells(&mut toy);
        if closed {
            let lost = toy.event(Answer::Never);
            toy.require(Condition::Done(lost));
        }
        document(&mut toy, "letter", &[0, 1, 2], Condition::Const(true));
        let dues = [(0, first), (1, "booking.opens"), (2, third)].into_iter().filter(|(_, due)| *due != "none");
        let dues = dues.map(|(cell, due)| (rules::rulebook::CellIx(cell), toy.moment(due))).collect();
        toy.book.documents[0].dues = dues;
        let mut report = reported(&mut toy);
        let item = report.checklist.remove(0);
        assert_eq!(item.due.as_ref().map(|due| &*due.id), expected, "{first}, {third}, closed: {closed}");
        let cells: Vec<Text> = cells.iter().map(|cell| report.cells[*cell].title.clone()).collect();
        assert_eq!(item.cells, cells, "{first}, {third}, closed: {closed}");
    }
}

#[test]
fn a_day_that_only_should_have_passed_stays_due_while_the_cell_has_to_be_asked_about() {
    for (says, expected) in [("cannot say", "permit-due"), ("yes/no", "permit-due"), ("yes", "fireworks")] {
        let mut toy = Toy::new();
        two_cells(&mut toy);
        let condition = toy.part(says);
        toy.require(condition);
        document(&mut toy, "letter", &[0, 2], Condition::Const(true));
        let soft = toy.moment_on("permit-due", weak());
        let firm = toy.moment("fireworks");
        toy.book.documents[0].dues =
            [(0, soft), (2, firm)].map(|(cell, due)| (rules::rulebook::CellIx(cell), due)).into();
        let due = reported(&mut toy).checklist.remove(0).due;
        assert_eq!(due.as_ref().map(|due| &*due.id), Some(expected), "{says}");
    }
}

#[test]
fn a_day_after_which_something_may_still_count_stays_due_until_the_cell_is_closed() {
    for (late_may_count, says, expected) in
        [(true, "yes", "permit-due"), (true, "no", "fireworks"), (false, "yes", "fireworks")]
    {
        let mut toy = Toy::new();
        two_cells(&mut toy);
        let condition = toy.part(says);
        toy.require(condition);
        document(&mut toy, "letter", &[0, 2], Condition::Const(true));
        let (passed, ahead) = (toy.moment("permit-due"), toy.moment("fireworks"));
        toy.book.moments[passed.index()].late_may_count = late_may_count;
        toy.book.documents[0].dues =
            [(0, passed), (2, ahead)].map(|(cell, due)| (rules::rulebook::CellIx(cell), due)).into();
        let due = reported(&mut toy).checklist.remove(0).due;
        assert_eq!(due.as_ref().map(|due| &*due.id), Some(expected), "{late_may_count}, {says}");
    }
}

/// Of steps in their order, each with its day and the number of its group: how many come before the opening.
#[test]
fn the_opening_stands_among_the_steps_where_its_day_is() {
    type Steps<'a> = &'a [(Option<i64>, Option<u16>)];
    let rows: [(Option<i64>, Steps<'_>, usize); 9] = [
        (Some(5), &[], 0),
        (Some(5), &[(Some(4), None), (Some(6), None)], 1),
        (Some(5), &[(Some(5), None), (Some(6), None)], 0),
        (Some(5), &[(Some(4), None), (None, None)], 1),
        (None, &[(Some(4), None), (Some(9), None), (None, None)], 2),
        (None, &[(None, None), (None, None)], 0),
        // Ways of which one is enough stay together, and those of another group do not follow them.
        (Some(5), &[(Some(4), Some(0)), (Some(7), Some(0)), (Some(8), Some(1))], 2),
        (Some(5), &[(Some(6), Some(0)), (Some(7), Some(0))], 0),
        (None, &[(Some(4), Some(0)), (None, Some(0)), (None, None)], 2),
    ];
    let mut toy = Toy::new();
    document(&mut toy, "letter", &[0], Condition::Const(true));
    toy.book.documents[0].dues = vec![(rules::rulebook::CellIx(0), toy.moment("picnic-day"))];
    let report = reported(&mut toy);
    let moment = report.checklist[0].due.clone().expect("a due day");
    let on = |instant: Option<i64>| {
        let when = moment.when.clone().zip(instant).map(|(when, instant)| WhenReport { instant, ..when });
        Some(MomentReport { when, ..moment.clone() })
    };
    for (opens, steps, before) in rows {
        let step = |(by, one_of): &(Option<i64>, Option<u16>)| Step {
            rule: "rule".into(),
            text: "text".into(),
            by: on(*by),
            planned: None,
            earlier: false,
            late: false,
            turn: rules::report::Turn::Own,
            one_of: *one_of,
        };
        let steps: Vec<Step> = steps.iter().map(step).collect();
        let cell = CellReport { waits_for: on(opens), steps, ..report.cells[0].clone() };
        assert_eq!(cell.steps_before_opening(), before, "{opens:?}, {:?}", cell.steps);
    }
}

#[test]
fn a_document_is_done_once_its_event_is() {
    let rows = [(Answer::Done, true), (Answer::NotYet, false), (Answer::Never, false), (Answer::DontKnow, false)];
    for (answer, done) in rows {
        for in_scope in [true, false] {
            let mut toy = Toy::new();
            let event = toy.event(answer);
            toy.book.questions[event.index()].relevant_when = Some(Condition::Const(in_scope));
            document(&mut toy, "letter", &[0], Condition::Const(true));
            document(&mut toy, "another", &[0], Condition::Const(true));
            toy.book.documents[0].done_with = Some(event);
            let said =
                reported(&mut toy).checklist.into_iter().map(|item| item.done.map(|row| row.question.to_string()));
            let expected = (done && in_scope).then(|| "q0".to_owned());
            assert_eq!(said.collect::<Vec<_>>(), [expected, None], "{answer:?}, in scope: {in_scope}");
        }
    }
}

#[test]
fn to_everybody_a_document_is_needed_for_sure_only_if_all_need_it() {
    let mut toy = Toy::new();
    let question = toy.choice(2, None);
    document(&mut toy, "for all", &[0], Condition::Const(true));
    document(&mut toy, "for some", &[0], is(question, &[0]));
    toy.done();
    let documents = outline(&toy.book).documents;
    let found: Vec<_> = documents.iter().map(|item| (&*item.id, item.needed, item.cells.len())).collect();
    assert_eq!(found, [("for all", true, 1), ("for some", false, 1)]);
}

/// The entries of the timeline with this id.
fn entry(report: &Report, id: &str) -> TimelineEntry {
    report.timeline.iter().find(|entry| &*entry.id == id).cloned().expect("an entry")
}

#[test]
fn a_date_is_told_as_it_was_published_or_entered() {
    let mut toy = Toy::new();
    let published = reported(&mut toy);
    let rows = [
        // The entry, what it is, its day and minutes, and whether it lies behind.
        ("permit-due", EntryKind::Deadline, Some(("2031-05-30", Some(15 * 60 + 30), true))),
        ("forecast", EntryKind::Milestone, Some(("2031-06-13", None, false))),
        ("picnic-day", EntryKind::Event, Some(("2031-06-14", None, false))),
        ("booking", EntryKind::Window, Some(("2031-05-01", None, true))),
        ("fireworks", EntryKind::Event, None),
    ];
    for (id, kind, told) in rows {
        let entry = entry(&published, id);
        let when = entry.at.when.map(|when| {
            assert_eq!((&*when.zone, when.offset, when.home), ("America/Edmonton", -6 * 3600, None), "{id}");
            (when.day.to_string(), when.minutes, when.passed)
        });
        let told = told.map(|(day, minutes, passed)| (day.to_owned(), minutes, passed));
        assert_eq!((entry.kind, when, entry.at.entered), (kind, told, None), "{id}");
    }
    // At its last instant a deadline can still be kept.
    toy.as_of = day_at(&toy.book, "2031-05-30T15:30:00-06:00");
    let now = entry(&reported(&mut toy), "permit-due").at.when.expect("a day");
    assert_eq!((now.instant, now.passed), (toy.as_of.instant, false));
    toy.as_of = day_at(&toy.book, "2031-06-01T12:00:00-06:00");

    let closes = entry(&published, "booking").closes.expect("a window closes");
    assert_eq!(closes.when.map(|when| when.day), Some(day("2031-06-10")));
    let last = entry(&published, "fireworks").at.last.map(|(cycle, day)| (cycle.to_string(), day.to_string()));
    assert_eq!(last, Some(("2030".to_owned(), "2030-06-15".to_owned())));

    toy.entered.push((toy.moment("fireworks"), day("2031-06-20").into()));
    toy.entered.push((toy.moment("picnic-day"), day("2031-06-15").into()));
    let told = reported(&mut toy);
    let at = entry(&told, "fireworks").at;
    let when = at.when.expect("entered");
    assert!(at.entered == Some(day("2031-06-20").into()) && at.basis == Basis::Entered && !when.passed);
    // An event counts from midnight, six hours behind UTC.
    let begin = i64::from(day("2031-06-20").0) * 86_400 + 6 * 3600;
    assert_eq!((when.day, when.minutes, when.offset, when.instant), (day("2031-06-20"), None, -6 * 3600, begin));
    // A day beside a firm one is told, and does not count.
    let at = entry(&told, "picnic-day").at;
    assert_eq!((at.entered, at.basis), (Some(day("2031-06-15").into()), Basis::Stated));
    assert_eq!(at.when.map(|when| when.day), Some(day("2031-06-14")));
}

#[test]
fn a_time_in_another_zone_is_told_in_the_rulebooks_zone_too() {
    let rows = [
        // Minutes after midnight in Toronto; in Edmonton, two hours behind.
        (Some(30), Some(("2031-06-13", 22 * 60 + 30))),
        (Some(15 * 60 + 5), Some(("2031-06-14", 13 * 60 + 5))),
        (None, None),
    ];
    for (minutes, home) in rows {
        let mut toy = Toy::new();
        let moment = toy.moment("picnic-day");
        toy.book.zones.push(Zone { name: "America/Toronto".into(), offsets: vec![(0, -4 * 3600)] });
        toy.book.moments[moment.index()].zone = 1;
        let when = toy.book.moments[moment.index()].when.as_mut().expect("published");
        let wall = i64::from(when.day.0) * 86_400 + i64::from(minutes.unwrap_or(1440)) * 60;
        (when.offset, when.instant) = (-4 * 3600, wall + 4 * 3600);
        when.minutes = minutes;
        let told = entry(&reported(&mut toy), "picnic-day").at.when.expect("published");
        assert_eq!((&*told.zone, told.minutes), ("America/Toronto", minutes));
        let home: Option<(Day, u16)> = home.map(|(text, minutes)| (day(text), minutes));
        assert_eq!(told.home, home, "{minutes:?}");
    }
}

#[test]
fn the_person_is_at_the_last_stage_that_has_come() {
    for (stages, here) in [([true, true, false], Some(1)), ([true, false, true], Some(2)), ([false; 3], None)] {
        let mut toy = Toy::new();
        let packing = picnic().stages.remove(0);
        for holds in stages {
            let mut stage = packing.clone();
            stage.here_when = Condition::Const(holds);
            toy.book.stages.push(stage);
        }
        let found = reported(&mut toy).stages;
        let at: Vec<usize> = found.iter().enumerate().filter(|(_, stage)| stage.here).map(|(at, _)| at).collect();
        assert_eq!(at, here.into_iter().collect::<Vec<_>>(), "{stages:?}");
        assert_eq!(found[0].dates.iter().map(|date| &*date.id).collect::<Vec<_>>(), ["picnic-day"]);
    }
}

#[test]
fn a_notice_is_for_those_whose_answers_call_for_it() {
    let mut toy = Toy::new();
    let (here, unasked) = (toy.chosen(A), toy.choice(2, None));
    let notice = picnic().notices.remove(0);
    let rows = [
        ("for all", Condition::Const(true), true),
        ("for a", is(here, &[0]), true),
        ("for b", is(here, &[1]), false),
        ("perhaps", is(unasked, &[0]), false),
    ];
    for (id, show_when, _) in &rows {
        toy.book.notices.push(Notice { id: (*id).into(), show_when: show_when.clone(), ..notice.clone() });
    }
    let shown: Vec<Text> = reported(&mut toy).notices.into_iter().map(|notice| notice.id).collect();
    for (id, _, is_shown) in rows {
        assert_eq!(shown.contains(&id.into()), is_shown, "{id}");
    }
    let all = catalog(&toy.book).notices;
    assert_eq!(all.len(), 4, "the page of rules shows every one");
}

#[test]
fn nothing_is_said_of_cells_on_days_that_the_rulebook_does_not_cover() {
    let rows = [
        ("2031-04-30T12:00:00-06:00", true, false),
        ("2031-06-01T12:00:00-06:00", false, false),
        ("2031-08-15T12:00:00-06:00", false, true),
        ("2031-09-02T12:00:00-06:00", true, true),
    ];
    for (as_of, outside_span, past_check_by) in rows {
        let mut toy = Toy::new();
        toy.as_of = day_at(&toy.book, as_of);
        let found = reported(&mut toy);
        assert_eq!((found.outside_span, found.past_check_by), (outside_span, past_check_by), "{as_of}");
        assert_eq!(found.cells.is_empty(), outside_span, "{as_of}");
    }
}

#[test]
fn a_cell_counts_the_questions_that_can_still_come_without_those_that_nobody_can_answer() {
    let mut toy = Toy::new();
    let [_, skipped, unknown]: [QuestionIx; 3] = [(); 3].map(|()| toy.choice(2, None));
    toy.answer(skipped, Answer::Skipped);
    toy.answer(unknown, Answer::DontKnow);
    for question in 0..3 {
        toy.require(is(QuestionIx(question), &[0]));
    }
    let found = cell(&mut toy, "needs answers");
    assert_eq!(found.open.iter().map(|question| &**question).collect::<Vec<_>>(), ["q0", "q1", "q2"]);
    assert_eq!(found.at_most_more, 2);
}

#[test]
fn what_a_strong_rule_is_made_of_misses_it_on_strong_grounds_or_nobody_can_say() {
    for (of_the_part, state, says) in
        [(Basis::Stated, CriterionState::NotMet, "missed"), (weak(), CriterionState::CannotSay, "text")]
    {
        let mut toy = Toy::new();
        let lost = toy.event(Answer::Never);
        let part = toy.rule(Body::Plain(Condition::Done(lost), grounds(of_the_part)));
        let whole = toy.require(rule(part));
        let words = &mut toy.book.rules[whole.index()];
        (words.text, words.missed) = ("text".into(), Some("missed".into()));
        let found = reported(&mut toy).cells.remove(0).criteria.remove(0);
        assert_eq!((found.state, &**found.says()), (state, says));
    }
}

#[test]
fn a_rule_is_as_strong_as_itself_where_an_answer_settles_it_whatever_its_date() {
    let mut toy = Toy::new();
    let done = toy.chosen(A);
    let soft = toy.moment_on("permit-due", weak());
    require_on(&mut toy, any([is(done, &[0]), Condition::Passed(soft)]), Basis::Stated);
    let found = reported(&mut toy).cells.remove(0).criteria.remove(0);
    assert_eq!((found.weak, found.basis), (false, Basis::Stated));
}

#[test]
fn a_rule_that_others_can_take_the_place_of_has_a_step_of_its_own() {
    for (own, expected) in [
        (Answer::NotYet, vec![("r1", Some(1)), ("r0", Some(1))]),
        // What is left alone is the only way.
        (Answer::Never, vec![("r0", None)]),
    ] {
        let mut toy = Toy::new();
        let (own, other) = (toy.event(own), toy.event(Answer::NotYet));
        let instead = toy.stated(Condition::Done(other));
        let whole = toy.require(any([Condition::Done(own), rule(instead)]));
        toy.book.rules[whole.index()].step = Some("do it".into());
        assert_eq!(steps(&cell(&mut toy, "not yet")), expected);
    }
}

#[test]
fn who_has_done_what_they_can_is_told_to_wait() {
    for (answer, text) in [(B, "ask"), (A, "wait")] {
        let mut toy = Toy::new();
        // a: asked; b: not asked; c: granted, which others decide.
        let mut ways = choices(3);
        (ways[0].may_become, ways[1].may_become) = (0b100, 0b101);
        ways[2].decided_by_others = true;
        let question = toy.answered(QuestionKind::Choice(ways), answer);
        let granted = toy.require(is(question, &[2]));
        let words = &mut toy.book.rules[granted.index()];
        (words.step, words.wait) = (Some("ask".into()), Some("wait".into()));
        assert_eq!(&*cell(&mut toy, "not yet").steps[0].text, text);
    }
}

#[test]
fn a_reason_tells_apart_the_answers_at_which_its_rules_look() {
    let mut toy = Toy::new();
    let (lost, met) = (toy.event(Answer::Never), toy.chosen(A));
    require_on(&mut toy, Condition::Done(lost), weak());
    toy.require(is(met, &[0]));
    let found = cell(&mut toy, "ask").because.remove(0);
    let of = |rows: Vec<&rules::report::Row>| rows.iter().map(|row| row.question.to_string()).collect::<Vec<_>>();
    assert_eq!((of(found.deciding().collect()), of(found.others().collect())), (vec!["q0".into()], vec!["q1".into()]));
}

#[test]
fn a_letter_goes_to_whom_the_rule_concerns_and_tells_what_it_hangs_on() {
    let mut toy = Toy::new();
    let other = rules::rulebook::Contact { id: "office".into(), ..toy.book.contacts[0].clone() };
    toy.book.contacts.push(other);
    let (lost, met) = (toy.event(Answer::Never), toy.event(Answer::Done));
    let to_office = require_on(&mut toy, Condition::All(vec![Condition::Done(met), Condition::Done(lost)]), weak());
    let contact = rules::rulebook::ContactIx::nth(toy.book.contacts.len() - 1);
    toy.book.rules[to_office.index()].ask = Some(contact);
    let lost_too = toy.event(Answer::Never);
    require_on(&mut toy, Condition::Done(lost_too), weak());
    let found = cell(&mut toy, "ask");
    assert_eq!(rulebook::scenarios::letters(&found), ["office: r0 [q0]", "park: r1 [q2]"]);
    let contacts = found.ask.expect("whom to ask").contacts;
    assert_eq!(contacts.iter().map(|whom| &*whom.id).collect::<Vec<_>>(), ["office", "park"]);
}

#[test]
fn a_letter_has_blanks_where_the_answer_does_not_tell_enough() {
    let mut toy = Toy::new();
    let away = toy.chosen(A);
    let QuestionKind::Choice(choices) = &mut toy.book.questions[away.index()].kind else { panic!("a choice") };
    choices[0] = Choice { text: "yes".into(), letter: Some("yes, on ______".into()), ..choices[0].clone() };
    require_on(&mut toy, is(away, &[1]), weak());
    let found = cell(&mut toy, "ask");
    let chosen = |row: &rules::report::Row| match &row.said {
        Some(Said::Chosen(texts)) => texts.join("; "),
        other => panic!("{other:?}"),
    };
    let letter = &found.ask.as_ref().expect("whom to ask").letters[0];
    assert_eq!(letter.facts.iter().map(chosen).collect::<Vec<_>>(), ["yes, on ______"]);
    // On the page it is the answer as it was given.
    assert_eq!(found.because[0].deciding().map(chosen).collect::<Vec<_>>(), ["yes"]);
}

#[test]
fn a_date_in_doubt_is_asked_for_once_and_no_rule_that_hangs_on_it() {
    let mut toy = Toy::new();
    let soft = toy.moment_on("permit-due", weak());
    for _ in 0..2 {
        toy.close(Condition::Passed(soft), Basis::Stated);
    }
    let found = cell(&mut toy, "ask");
    assert_eq!(rulebook::scenarios::letters(&found), ["park: permit-due"]);
    assert_eq!(found.doubts.len(), 1);
}

#[test]
fn while_answers_contradict_each_other_nothing_is_asked() {
    for contradict in [false, true] {
        let mut toy = Toy::new();
        let (one, other, open) = (toy.chosen(A), toy.chosen(A), toy.choice(2, None));
        toy.require(is(one, &[0]));
        toy.require(is(open, &[0]));
        let allowed: &[u8] = if contradict { &[1] } else { &[0] };
        toy.book.constraints.push(rules::rulebook::Constraint {
            id: "apart".into(),
            holds_when: any([is(one, &[1]), is(other, allowed)]),
            text: "".into(),
        });
        let report = reported(&mut toy);
        assert_eq!(report.contradictions.len(), usize::from(contradict));
        let found = &report.cells[0];
        assert_eq!(name(found.verdict), "needs answers");
        let told = (found.open.len(), found.at_most_more, found.leans_to.is_some());
        assert_eq!(told, if contradict { (0, 0, false) } else { (1, 1, true) });
    }
}

#[test]
fn what_should_not_be_known_yet_names_its_answer() {
    let mut toy = Toy::new();
    let soft = toy.moment_on("picnic-day", weak());
    let mut results = choices(2);
    results[0].not_before = Some(soft);
    let result = toy.answered(QuestionKind::Choice(results), A);
    toy.close(is(result, &[0]), Basis::Stated);
    let doubts = cell(&mut toy, "ask").doubts;
    let answers: Vec<_> =
        doubts.iter().map(|doubt| doubt.answer.as_ref().map(|row| row.question.to_string())).collect();
    assert_eq!(answers, [Some("q0".to_owned())]);
    // A date that should be over says nothing about an answer.
    let mut toy = Toy::new();
    let soft = toy.moment_on("permit-due", weak());
    toy.close(Condition::Passed(soft), Basis::Stated);
    assert_eq!(cell(&mut toy, "ask").doubts[0].answer, None);
}

#[test]
fn no_answer_is_without_weight_that_a_letter_tells_or_that_stands_past_the_check_by_day() {
    for (past, expected) in [(false, &["q2"][..]), (true, &[])] {
        let mut toy = Toy::new();
        if past {
            toy.book.check_by = toy.as_of.instant;
        }
        let (lost, met) = (toy.event(Answer::Never), toy.event(Answer::Done));
        require_on(&mut toy, Condition::Done(lost), weak());
        toy.require(Condition::Done(met));
        let idle = toy.event(Answer::Done);
        toy.require(any([Condition::Done(idle), Condition::Undone(idle)]));
        toy.done();
        let found = full_report(&toy.book, &toy.given(), toy.as_of, None).cells.remove(0);
        assert_eq!(name(found.verdict), "ask");
        let told: Vec<&str> = found
            .ask
            .iter()
            .flat_map(|ask| &ask.letters)
            .flat_map(|letter| &letter.facts)
            .map(|row| &*row.question)
            .collect();
        assert_eq!(told, ["q0"]);
        let indifferent = found.leverage.expect("a decided cell").indifferent;
        assert_eq!(indifferent.iter().map(|row| &*row.question).collect::<Vec<_>>(), expected, "past: {past}");
    }
}

#[test]
fn steps_stand_in_the_order_of_their_dates_and_ways_together() {
    let mut toy = Toy::new();
    let to_do = |toy: &mut Toy, due: &str| {
        let event = toy.event(Answer::NotYet);
        let rule = toy.stated(Condition::Done(event));
        toy.due(rule, due);
        rule
    };
    // Of what was not published the last cycle's day counts; what has no day comes last.
    let dues = ["none", "picnic-day", "none", "booking.closes", "fireworks"];
    let rules = dues.map(|due| to_do(&mut toy, due));
    toy.require(rule(rules[0]));
    toy.require(rule(rules[1]));
    toy.require(any([rule(rules[2]), rule(rules[3])]));
    toy.require(rule(rules[4]));
    let found = cell(&mut toy, "not yet");
    let expected = [("r2", Some(1)), ("r3", Some(1)), ("r1", None), ("r4", None), ("r0", None)];
    assert_eq!(steps(&found), expected);
}

#[test]
fn who_has_to_ask_is_told_what_to_do_besides_and_what_is_perhaps_late() {
    let mut toy = Toy::new();
    let lost = toy.event(Answer::Never);
    require_on(&mut toy, Condition::Done(lost), weak());
    let (to_do, late, waits, open) =
        (toy.event(Answer::NotYet), toy.event(Answer::NotYet), toy.event(Answer::NotYet), toy.choice(2, None));
    toy.require(Condition::Done(to_do));
    let [late, waits] = [late, waits].map(|event| toy.require(Condition::Done(event)));
    let soft = toy.moment_on("permit-due", weak());
    for rule in [late, waits] {
        let rule = &mut toy.book.rules[rule.index()];
        (rule.dues, rule.step) = (vec![soft], Some("Do it.".into()));
    }
    // A day that others set is not the person's to make up for.
    toy.book.questions[3].set_by_others = true;
    require_on(&mut toy, is(open, &[0]), weak());
    let found = cell(&mut toy, "ask");
    let told: Vec<_> = found.steps.iter().map(|step| (&*step.rule, step.late)).collect();
    assert_eq!(told, [("r2", true), ("r1", false)]);
}

#[test]
fn what_is_open_instead_is_what_can_still_be_entered() {
    // By when the one cell and the one after it can be entered, and what is told of the two.
    let rows = [
        ("picnic-day", "picnic-day", ["Elsewhere.", "Later."]),
        ("permit-due", "picnic-day", ["Later.", "Later."]),
        ("permit-due", "permit-due", ["Next year.", "Next year."]),
        ("picnic-day", "permit-due", ["Elsewhere.", "Next year."]),
    ];
    for (one, other, expected) in rows {
        let mut toy = Toy::new();
        let lost = toy.event(Answer::Never);
        toy.require(Condition::Done(lost));
        let later = toy.book.cells[0].clone();
        toy.book.cells.push(rules::rulebook::Cell { id: "later".into(), instead: "Later.".into(), ..later });
        toy.book.cells[0].instead = "Elsewhere.".into();
        toy.book.next_cycle.text = "Next year.".into();
        for (cell, closes) in [one, other].into_iter().enumerate() {
            toy.book.cells[cell].closes = Some(toy.moment(closes));
        }
        let told: Vec<String> = reported(&mut toy).cells.iter().map(|cell| cell.instead.to_string()).collect();
        assert_eq!(told, expected, "{one}, {other}");
    }
}
