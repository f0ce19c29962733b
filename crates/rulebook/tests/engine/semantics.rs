//! `docs/semantics.md`, run: every row of every table through the engine and through the diagrams.

use crate::root;
use crate::toy::{Toy, choices, day, day_at, grounds, name, set, timely};
use rulebook::prove;
use rulebook::prove::model::{Model, Space};
use rules::answers::{Answer, Entered};
use rules::day::DayRange;
use rules::facts::{Future, Lens};
use rules::rulebook::{
    Basis, Body, CellIx, Condition, Constraint, MomentIx, Named, QuestionIx, QuestionKind, Relation, RuleIx,
};
use rules::verdict::{Outcome, Verdict};

type Row<'a> = [&'a str];
/// Fails where the engine or the diagrams differ from the row.
type Check = fn(&Row<'_>);

/// Every table that the document has: its heading, and what runs one row.
const TABLES: [(&str, Check); 17] = [
    ("a | not a", negation),
    ("a | b | all | any", connectives),
    ("at least | of | value", counting),
    ("scope | answer | what is said about it", scope),
    ("said | answer | value", leaf),
    ("answer | before | on or before | on or after | after", dates),
    ("date | as of | passed | to strong eyes | what is due by it", passed),
    (
        "answer | as it is | as it is, due after applying | as it is, due after applying and behind | \
         as it is, due after applying, not published | at best, due ahead | at best, due behind | \
         at best, softly due ahead | at best, softly due behind | at best, due not published | at best, no due",
        over_time,
    ),
    ("answer | undone", undone),
    ("answer | due | as it is | at best", days_in_rules),
    ("answer | a not before | b not after | a by | a, as it is | a, at best | contradicts the day", windows),
    ("the other cell | its outcome, at best", outcomes_of_others),
    ("rule | a date that it looks at | its due | a rule that holds, to strong eyes", strength),
    ("a weak rule | to strong eyes", weakened),
    ("closed when | requires | list read | day | verdict", verdict),
    ("closed when | requires | because", because),
    ("requires | next | at most", next_question),
];

/// A table of the document; lines are counted from 1.
struct Table {
    line: usize,
    heading: String,
    rows: Vec<(usize, Vec<String>)>,
}

fn tables(text: &str) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut inside = false;
    for (line, text) in (1..).zip(text.lines()) {
        let Some(cells) = text.strip_prefix('|').and_then(|text| text.trim_end().strip_suffix('|')) else {
            inside = false;
            continue;
        };
        let cells: Vec<String> = cells.split('|').map(|cell| cell.trim().to_owned()).collect();
        let is_rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-'));
        match found.last_mut() {
            Some(table) if inside && !is_rule => table.rows.push((line, cells)),
            _ if !inside => found.push(Table { line, heading: cells.join(" | "), rows: Vec::new() }),
            _ => {}
        }
        inside = true;
    }
    found
}

/// Runs every row; what is wrong, each with its line.
fn run(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let tables = tables(text);
    for (known, _) in &TABLES {
        if !tables.iter().any(|table| table.heading == *known) {
            wrong.push(format!("the table {known:?} is gone"));
        }
    }
    for Table { line, heading, rows } in tables {
        let Some((_, check)) = TABLES.iter().find(|(known, _)| *known == heading) else {
            wrong.push(format!("line {line}: nothing knows the table {heading:?}"));
            continue;
        };
        if rows.is_empty() {
            wrong.push(format!("line {line}: the table has no row"));
        }
        let width = heading.split(" | ").count();
        for (line, row) in rows {
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            let ran = std::panic::catch_unwind(|| {
                assert_eq!(row.len(), width, "the row has another width than its table");
                check(&row);
            });
            if let Err(why) = ran {
                let why = why.downcast_ref::<String>().cloned().or(why.downcast_ref::<&str>().map(|s| (*s).to_owned()));
                wrong.push(format!("line {line}: {}", why.unwrap_or_default()));
            }
        }
    }
    wrong
}

#[test]
fn every_row_holds_for_the_engine_and_for_the_diagrams() {
    let text = std::fs::read_to_string(root().join("docs/semantics.md")).expect("the document can be read");
    let rows: usize = tables(&text).iter().map(|table| table.rows.len()).sum();
    println!("{rows} rows");
    let wrong = run(&text);
    assert!(wrong.is_empty(), "docs/semantics.md\n{}", wrong.join("\n"));
}

/// Each table once with a row that is wrong, a table that nobody knows, and one that is gone.
#[test]
fn a_wrong_row_is_found_by_its_line() {
    let text = std::fs::read_to_string(root().join("docs/semantics.md")).expect("the document can be read");
    let mut missed = Vec::new();
    for Table { line, heading, rows } in tables(&text) {
        let (at, row) = &rows[0];
        let last = row.last().expect("a row has cells");
        let other = match last.as_str() {
            "yes" => "no",
            "no" | "cannot say" | "no/cannot say" => "yes",
            "open" => "ask",
            "1 and 2" => "1",
            "2" => "3",
            other => panic!("line {line}: change this test for {other:?} in {heading:?}"),
        };
        let mut changed: Vec<String> = text.lines().map(str::to_owned).collect();
        changed[at - 1] = format!("| {} | {other} |", row[..row.len() - 1].join(" | "));
        let wrong = run(&changed.join("\n"));
        if wrong.len() != 1 || !wrong[0].starts_with(&format!("line {at}: ")) {
            missed.push(format!("{heading}: {wrong:?}"));
        }
    }
    assert_eq!(missed, [""; 0]);
    let unknown = run(&format!("{text}\n| a | a |\n|---|---|\n| yes | yes |\n"));
    assert!(unknown.len() == 1 && unknown[0].contains("nothing knows the table \"a | a\""), "{unknown:?}");
    let gone = run(&text.replace("| a | not a |", "a, not a"));
    assert!(gone.iter().any(|line| line.contains("the table \"a | not a\" is gone")), "{gone:?}");
}

/// A rule over the condition comes to these values, for both.
#[track_caller]
fn comes_to(toy: &mut Toy, condition: Condition, expected: &str) {
    let rule = toy.stated(condition);
    rule_comes_to(toy, rule, Future::AsItIs, false, expected);
}

#[track_caller]
fn rule_comes_to(toy: &mut Toy, rule: RuleIx, future: Future, strong: bool, expected: &str) {
    toy.book.cells[0].requires = vec![rule];
    toy.done();
    let [engine, diagram] = toy.both(rule, future, strong);
    assert!(engine == set(expected), "{expected} is {engine:?} for the engine");
    assert!(diagram == set(expected), "{expected} is {diagram:?} for the diagrams");
}

fn negation(row: &Row<'_>) {
    let mut toy = Toy::new();
    let part = toy.part(row[0]);
    comes_to(&mut toy, Condition::Not(Box::new(part)), row[1]);
}

fn connectives(row: &Row<'_>) {
    for order in [[0, 1], [1, 0]] {
        let parts = |toy: &mut Toy| order.map(|place| toy.part(row[place])).to_vec();
        let mut toy = Toy::new();
        let all = Condition::All(parts(&mut toy));
        comes_to(&mut toy, all, row[2]);
        let mut toy = Toy::new();
        let any = Condition::Any(parts(&mut toy));
        comes_to(&mut toy, any, row[3]);
    }
}

fn counting(row: &Row<'_>) {
    let mut toy = Toy::new();
    let parts = row[1].split(", ").map(|part| toy.part(part)).collect();
    comes_to(&mut toy, Condition::AtLeast(row[0].parse().expect("a number"), parts), row[2]);
}

fn scope(row: &Row<'_>) {
    let mut toy = Toy::new();
    let scope = toy.part(row[0]);
    let question = toy.question(QuestionKind::YesNo, Some(scope));
    give_yes_no(&mut toy, question, row[1]);
    comes_to(&mut toy, Condition::Is(question, 1), row[2]);
}

fn give_yes_no(toy: &mut Toy, question: QuestionIx, answer: &str) {
    match answer {
        "yes" => toy.answer(question, Answer::Choice(0)),
        "no" => toy.answer(question, Answer::Choice(1)),
        "not asked" => {}
        other => panic!("{other:?} is no answer to a yes-no question"),
    }
}

fn leaf(row: &Row<'_>) {
    let mut toy = Toy::new();
    let (kind, condition): (_, fn(QuestionIx) -> Condition) = match row[0] {
        "yes-no is yes" => (QuestionKind::YesNo, |q| Condition::Is(q, 1)),
        "choice is a or b, of three" => (QuestionKind::Choice(choices(3)), |q| Condition::Is(q, 0b011)),
        "choice is a, b or c, of three" => (QuestionKind::Choice(choices(3)), |q| Condition::Is(q, 0b111)),
        "choices have a or b" => (QuestionKind::Choices(choices(4), Some(3)), |q| Condition::Is(q, 3)),
        "number from 2 to 4" => (QuestionKind::Number(0, 9), |q| Condition::Between(q, 2, 4)),
        other => panic!("nothing says {other:?}"),
    };
    let question = toy.question(kind, None);
    let bit = |id: &str| 1_u64 << ["a", "b", "c", "none of these"].iter().position(|of| *of == id).expect("a choice");
    match (row[0], row[1]) {
        (_, "not asked") => {}
        (_, "skipped") => toy.answer(question, Answer::Skipped),
        (_, "don't know") => toy.answer(question, Answer::DontKnow),
        ("yes-no is yes", answer) => give_yes_no(&mut toy, question, answer),
        ("number from 2 to 4", number) => toy.answer(question, Answer::Number(number.parse().expect("a number"))),
        (choice, held) if choice.starts_with("choice is") => {
            toy.answer(question, Answer::Choice(u8::try_from(bit(held).trailing_zeros()).expect("few choices")));
        }
        (_, held) => toy.answer(question, Answer::Choices(held.split(", ").map(bit).sum())),
    }
    comes_to(&mut toy, condition(question), row[2]);
}

fn dates(row: &Row<'_>) {
    let (answer, not_published) = match row[0].strip_suffix(", and the date was not published") {
        Some(answer) => (answer, true),
        None => (row[0], false),
    };
    let relations = [Relation::Before, Relation::OnOrBefore, Relation::OnOrAfter, Relation::After];
    for (relation, expected) in relations.into_iter().zip(&row[1..]) {
        let mut toy = Toy::new();
        let question = toy.date("2030-01-01", "2033-12-31");
        if answer != "not asked" {
            toy.answer(question, Answer::Date(DayRange::parse(answer).expect("a date")));
        }
        let moment = toy.moment(if not_published { "parade" } else { "picnic-day" });
        assert!(not_published || toy.book[moment].when.as_ref().expect("published").day == day("2031-06-14"));
        comes_to(&mut toy, Condition::Compare(question, relation, moment), expected);
    }
}

fn passed(row: &Row<'_>) {
    let mut toy = Toy::new();
    let (id, what) = row[0].split_once(", ").expect("a date and what it is");
    let moment = toy.moment(id);
    if let Some(entered) = what.strip_prefix("entered as ") {
        toy.entered.push((moment, Entered::parse(entered).expect("a day")));
    } else if let Some(days) = what.strip_prefix("with soft days ") {
        let (one, other) = days.split_once(" and ").expect("two days");
        let [one, other] = [one, other].map(|on| toy.book.when(moment, day(on), None));
        let soft = grounds(Basis::SecondHand);
        let moment = &mut toy.book.moments[moment.index()];
        (moment.when, moment.grounds, moment.others) = (Some(other), soft.clone(), vec![(one, soft)]);
    } else if what == "where late may count" {
        toy.book.moments[moment.index()].late_may_count = true;
    } else if let Some(later) = what.strip_prefix("before ") {
        let later = toy.moment(later);
        toy.book.moments[moment.index()].bounds.push(later);
    } else if let Some(last) = what.strip_prefix("on ").and_then(|what| what.strip_suffix(" in the last cycle")) {
        let known = toy.book[moment].last.as_ref().map(|last| last.day);
        assert_eq!((known, &toy.book[moment].when), (Some(day(last)), &None), "{id}");
    } else {
        let published = toy.book[moment].when.as_ref();
        assert_eq!(published.is_none(), what == "not published", "{id}");
        assert_eq!(toy.book[moment].firm().is_none(), what == "not published" || what.contains("soft"), "{id}");
        let timed = published.is_some_and(|when| when.minutes == Some(15 * 60 + 30));
        assert_eq!(timed, what.ends_with("at 15:30"), "{id}");
    }
    toy.as_of = day_at(&toy.book, row[1]);
    let rule = toy.stated(Condition::Passed(moment));
    rule_comes_to(&mut toy, rule, Future::AsItIs, false, row[2]);
    rule_comes_to(&mut toy, rule, Future::AsItIs, true, row[3]);
    // Something that is not done yet, at best.
    let event = toy.question(QuestionKind::Event, None);
    toy.answer(event, Answer::NotYet);
    let rule = toy.stated(Condition::Done(event));
    toy.book.rules[rule.index()].dues = vec![moment];
    rule_comes_to(&mut toy, rule, Future::AtBest, false, row[4]);
}

/// A rule that waits for something, looked at in each of ten ways.
fn over_time(row: &Row<'_>) {
    let (now, best) = (Future::AsItIs, Future::AtBest);
    // The day of asking is 2031-06-01: the picnic is ahead, the permit was due two days before.
    let ways = [
        (now, None, false),
        (now, Some("firm ahead"), true),
        (now, Some("firm behind"), true),
        (now, Some("not published"), true),
        (best, Some("firm ahead"), false),
        (best, Some("firm behind"), false),
        (best, Some("soft ahead"), false),
        (best, Some("soft behind"), false),
        (best, Some("not published"), false),
        (best, None, false),
    ];
    for ((future, due, after), expected) in ways.into_iter().zip(&row[1..]) {
        let mut toy = Toy::new();
        let event = toy.question(QuestionKind::Event, None);
        let mut becoming = choices(3);
        becoming[1].may_become = 1;
        let choice = toy.question(QuestionKind::Choice(becoming), None);
        let plan = |text: &str| Some((event, Answer::Planned(day(text).into())));
        let (answer, condition) = match row[0] {
            "done" => (Some((event, Answer::Done)), Condition::Done(event)),
            "not yet" => (Some((event, Answer::NotYet)), Condition::Done(event)),
            "never" => (Some((event, Answer::Never)), Condition::Done(event)),
            "don't know" => (Some((event, Answer::DontKnow)), Condition::Done(event)),
            "not asked" => (None, Condition::Done(event)),
            "planned in time" => (plan("2031-06-14"), Condition::Done(event)),
            "planned too late" | "planned too late by others" => (plan("2031-06-15"), Condition::Done(event)),
            "planned for a day behind" => (plan("2031-05-31"), Condition::Done(event)),
            "the choice" => (Some((choice, Answer::Choice(0))), Condition::Is(choice, 1)),
            "a choice that may become it" => (Some((choice, Answer::Choice(1))), Condition::Is(choice, 1)),
            "another choice" => (Some((choice, Answer::Choice(2))), Condition::Is(choice, 1)),
            other => panic!("{other:?} is no answer of this table"),
        };
        if let Some((question, answer)) = answer {
            toy.answer(question, answer);
        }
        toy.book.questions[event.index()].set_by_others = row[0].ends_with("by others");
        let due = due.and_then(|words| toy.moment_that_is(words));
        let rule = toy.stated(condition);
        (toy.book.rules[0].dues, toy.book.rules[0].due_after_applying) = (due.into_iter().collect(), after);
        rule_comes_to(&mut toy, rule, future, false, expected);
    }
}

fn undone(row: &Row<'_>) {
    let mut toy = Toy::new();
    let event = toy.question(QuestionKind::Event, None);
    match row[0] {
        "done" => toy.answer(event, Answer::Done),
        "planned in time" => toy.answer(event, Answer::Planned(day("2031-06-14").into())),
        "not yet" => toy.answer(event, Answer::NotYet),
        "never" => toy.answer(event, Answer::Never),
        "not asked" => {}
        other => panic!("{other:?} is no answer of this table"),
    }
    comes_to(&mut toy, Condition::Undone(event), row[1]);
}

/// A rule that asks for a day, on 2031-06-01.
fn days_in_rules(row: &Row<'_>) {
    for (future, expected) in [(Future::AsItIs, row[2]), (Future::AtBest, row[3])] {
        let mut toy = Toy::new();
        let asked = toy.question(QuestionKind::Date(day("2030-01-01"), day("2033-12-31")), None);
        let (answer, how) = row[0].split_once(", ").unwrap_or((row[0], ""));
        let range = |text: &str| DayRange::parse(text).expect("a date");
        let answer = match answer.strip_prefix("planned for ") {
            Some(plan) => Answer::Planned(range(plan)),
            None => Answer::Date(range(answer)),
        };
        toy.answer(asked, answer);
        let question = &mut toy.book.questions[asked.index()];
        (question.set_by_others, question.renewable) = (how == "set by others", how == "can be done again");
        let condition = if question.renewable {
            Condition::Compare(asked, Relation::OnOrAfter, toy.moment_that_is("firm 2031-05-25").expect("a date"))
        } else {
            Condition::Compare(asked, Relation::OnOrBefore, toy.moment_that_is("firm 2031-06-14").expect("a date"))
        };
        let rule = toy.stated(condition);
        toy.book.rules[0].dues = toy.moment_that_is(row[1]).into_iter().collect();
        rule_comes_to(&mut toy, rule, future, false, expected);
    }
}

/// Choices that can be true at some times only.
fn windows(row: &Row<'_>) {
    for (future, expected) in [(Future::AsItIs, row[4]), (Future::AtBest, row[5])] {
        let mut toy = Toy::new();
        let mut all = choices(3);
        all[0].not_before = toy.moment_that_is(row[1]);
        all[1].not_after = toy.moment_that_is(row[2]);
        all[0].by = toy.moment_that_is(row[3]);
        all[1].may_become = 1;
        let question = toy.question(QuestionKind::Choice(all), None);
        if let Some(choice) = ["a", "b", "c"].iter().position(|id| *id == row[0]) {
            toy.answer(question, Answer::Choice(u8::try_from(choice).expect("few choices")));
        }
        toy.book.constraints.push(timely(question));
        let rule = toy.stated(Condition::Is(question, 1));
        toy.book.cells[0].requires = vec![rule];
        toy.done();
        assert_eq!(toy.facts().contradicts(), row[6] == "yes", "for the engine");
        let space = Space::new(&toy.book);
        let model = Model::new(&space, toy.as_of);
        assert_eq!(space.known(model.admissible(), &toy.known()).is_false(), row[6] == "yes", "for the diagrams");
        if row[6] == "no" {
            rule_comes_to(&mut toy, rule, future, false, expected);
        } else {
            // Nothing is left for the diagrams.
            let lens = Lens { future, ..Lens::PLAIN };
            assert_eq!(toy.facts().rule(rule, lens), set(expected), "for the engine");
        }
    }
}

/// A cell that waits for an outcome of another one.
fn outcomes_of_others(row: &Row<'_>) {
    let mut toy = Toy::new();
    let mut other = toy.book.cells[0].clone();
    let (word, closed) = match row[0] {
        "open" => ("met", None),
        "not yet" => ("to do", None),
        "closed by a requirement" => ("lost", None),
        "closed by a requirement in one reading" => ("met in one reading", None),
        "closed by a weak requirement" => ("lost weak", None),
        "closed by another cause" => ("met", Some("met")),
        "closed by another, weak cause" => ("met", Some("met weak")),
        "closed by the day on which the outcome comes out" => ("met", Some("day")),
        "needs answers" => ("open", None),
        word => panic!("no cell is {word:?}"),
    };
    other.requires = vec![rule_that_is(&mut toy, word).0];
    let out = toy.moment_that_is("firm behind");
    if let Some(word) = closed {
        let closing = match (word, out) {
            ("day", Some(out)) => toy.stated(Condition::Passed(out)),
            _ => rule_that_is(&mut toy, word).0,
        };
        other.closed = vec![(0, closing)];
        other.kinds = vec![Named { id: "kind".into(), text: "".into() }];
    }
    toy.book.cells.push(other);
    let mut all = choices(2);
    (all[0].outcome_of, all[0].not_before, all[1].may_become) = (Some(CellIx(1)), out, 1);
    let waiting = toy.question(QuestionKind::Choice(all), None);
    toy.answer(waiting, Answer::Choice(1));
    let rule = toy.stated(Condition::Is(waiting, 1));
    rule_comes_to(&mut toy, rule, Future::AsItIs, false, "no");
    rule_comes_to(&mut toy, rule, Future::AtBest, false, row[1]);
    rule_comes_to(&mut toy, rule, Future::AtBest, true, row[1]);
}

fn basis(name: &str) -> Basis {
    match name {
        "stated" => Basis::Stated,
        "standing" => Basis::Standing(vec!["2030".into()]),
        "carried over" => Basis::CarriedOver("2030".into()),
        "second-hand" => Basis::SecondHand,
        "inferred" => Basis::Inferred,
        other => panic!("{other:?} is no basis"),
    }
}

fn strength(row: &Row<'_>) {
    let mut toy = Toy::new();
    let date = |toy: &mut Toy, name: &str| -> Option<MomentIx> {
        match name {
            "none" => None,
            "not published" => Some(toy.moment("parade")),
            "entered" => {
                let moment = toy.moment("fireworks");
                toy.entered.push((moment, day("2031-06-15").into()));
                Some(moment)
            }
            name => Some(toy.moment_on("picnic-day", basis(name))),
        }
    };
    let (looks_at, due) = (date(&mut toy, row[1]), date(&mut toy, row[2]));
    let condition = match looks_at {
        None => toy.part("yes"),
        Some(moment) => {
            let question = toy.question(QuestionKind::Date(day("2030-01-01"), day("2033-12-31")), None);
            toy.answer(question, Answer::Date(day("2031-01-01").into()));
            Condition::Compare(question, Relation::Before, moment)
        }
    };
    let rule = toy.rule(Body::Plain(condition, grounds(basis(row[0]))));
    toy.book.rules[0].dues = due.into_iter().collect();
    rule_comes_to(&mut toy, rule, Future::AtBest, true, row[3]);
    let plain = if row[1] == "not published" { "cannot say" } else { "yes" };
    rule_comes_to(&mut toy, rule, Future::AtBest, false, plain);
}

fn weakened(row: &Row<'_>) {
    let mut toy = Toy::new();
    let part = toy.part(row[0]);
    let rule = toy.rule(Body::Plain(part, grounds(Basis::Inferred)));
    rule_comes_to(&mut toy, rule, Future::AsItIs, true, row[1]);
    rule_comes_to(&mut toy, rule, Future::AsItIs, false, row[0]);
}

/// A rule that is as the word says, and the question that it rests on.
fn rule_that_is(toy: &mut Toy, word: &str) -> (RuleIx, Option<QuestionIx>) {
    let (word, weak) = word.strip_suffix(" weak").map_or((word, false), |word| (word, true));
    let body = |condition| {
        Body::Plain(condition, grounds(if weak { Basis::CarriedOver("2030".into()) } else { Basis::Stated }))
    };
    let is = |question| Condition::Is(question, 1);
    match word {
        "met" | "met in one reading" | "contradiction" => {
            let question = toy.choice(2, None);
            toy.answer(question, Answer::Choice(0));
            if word == "contradiction" {
                let holds_when = Condition::Is(question, 2);
                toy.book.constraints.push(Constraint { id: "other".into(), holds_when, text: "".into() });
            }
            let rule = match word {
                "met in one reading" => toy.disputed([is(question), Condition::Is(question, 2)]),
                _ => toy.rule(body(is(question))),
            };
            (rule, Some(question))
        }
        "to do" | "to do by a date" | "lost" => {
            let question = toy.question(QuestionKind::Event, None);
            toy.answer(question, if word == "lost" { Answer::Never } else { Answer::NotYet });
            let rule = toy.rule(body(Condition::Done(question)));
            if word == "to do by a date" {
                toy.book.rules[rule.index()].dues = vec![toy.moment("picnic-day")];
            }
            (rule, Some(question))
        }
        "open" | "either way" | "skipped" | "don't know" => {
            let question = toy.choice(2, None);
            match word {
                "skipped" => toy.answer(question, Answer::Skipped),
                "don't know" => toy.answer(question, Answer::DontKnow),
                _ => {}
            }
            let either = Condition::Any(vec![is(question), Condition::Is(question, 2)]);
            let rule = toy.rule(body(if word == "either way" { either } else { is(question) }));
            (rule, Some(question))
        }
        "cannot say" | "dropped" => {
            let part = toy.part(word);
            (toy.rule(body(part)), None)
        }
        "a day behind" | "over" => {
            let passed = Condition::Passed(toy.moment("booking.opens"));
            (toy.rule(body(passed)), None)
        }
        "softly over" => {
            let passed = Condition::Passed(toy.moment_on("booking.opens", Basis::SecondHand));
            (toy.rule(body(passed)), None)
        }
        other => panic!("no rule is {other:?}"),
    }
}

/// A cell with these closing rules and requirements; the questions of each.
fn cell(closed: &str, requires: &str) -> (Toy, Vec<Option<QuestionIx>>, Vec<Option<QuestionIx>>) {
    let mut toy = Toy::new();
    let words =
        |list: &str| -> Vec<String> { list.split(", ").filter(|word| *word != "none").map(str::to_owned).collect() };
    let (mut closing, mut required) = (Vec::new(), Vec::new());
    for (kind, word) in words(closed).iter().enumerate() {
        let (rule, question) = rule_that_is(&mut toy, word);
        let kind = u8::try_from(kind).expect("few kinds");
        if word.ends_with("over") {
            toy.book.cells[0].over = Some(kind);
        }
        toy.book.cells[0].closed.push((kind, rule));
        toy.book.cells[0].kinds.push(Named { id: format!("{kind}").into(), text: "".into() });
        closing.push(question);
    }
    for word in words(requires) {
        let (rule, question) = rule_that_is(&mut toy, &word);
        toy.book.cells[0].requires.push(rule);
        required.push(question);
    }
    toy.done();
    (toy, closing, required)
}

fn verdict(row: &Row<'_>) {
    let (mut toy, ..) = cell(row[0], row[1]);
    toy.book.cells[0].covered = Condition::Const(match row[2] {
        "yes" => true,
        "no" => false,
        other => panic!("{other:?} is neither yes nor no"),
    });
    let stale = row[3] == "past check-by";
    toy.book.cells[0].opens = match row[3] {
        "fresh" | "past check-by" => None,
        "before a firm opening" => toy.moment_that_is("firm ahead"),
        "before a soft opening" => toy.moment_that_is("soft ahead"),
        "past a soft opening" => toy.moment_that_is("soft behind"),
        "opening not published" => toy.moment_that_is("not published"),
        other => panic!("no day is {other:?}"),
    };
    toy.done();
    if stale {
        toy.as_of = day_at(&toy.book, "2031-08-15T12:00:00-06:00");
    }
    assert_eq!(stale, toy.as_of.instant >= toy.book.check_by);
    let [engine, diagram] = toy.verdicts();
    assert_eq!(name(engine), row[4], "for the engine");
    if toy.book.constraints.is_empty() {
        assert_eq!(name(diagram), row[4], "for the diagrams");
    } else {
        // Nothing is left where answers contradict each other.
        let space = Space::new(&toy.book);
        let model = Model::new(&space, toy.as_of);
        assert!(space.known(model.admissible(), &toy.known()).is_false(), "for the diagrams");
    }
}

fn because(row: &Row<'_>) {
    let (toy, closing, required) = cell(row[0], row[1]);
    let cell = CellIx(0);
    let [engine, diagram] = toy.verdicts();
    let Verdict::Decided(outcome) = engine else { panic!("no verdict for the engine") };
    assert_eq!(diagram, engine);
    let named = |question: &QuestionIx| match required.iter().position(|of| of.as_ref() == Some(question)) {
        Some(place) => (place + 1).to_string(),
        None if closing.contains(&Some(*question)) => "c".to_owned(),
        None => panic!("{question:?} is no question of a rule"),
    };
    let written = |questions: &[QuestionIx], day: bool| {
        let mut parts: Vec<String> = questions.iter().map(named).collect();
        parts.sort_by_key(|part| part != "c");
        parts.extend(day.then(|| "the day".to_owned()));
        parts.join(" and ")
    };
    let listed = |mut list: Vec<String>| {
        list.sort();
        list.join("; ")
    };
    let reasons = toy.facts().reasons(cell, outcome);
    let reasons = reasons.iter().map(|reason| written(&reason.questions, reason.day)).collect();
    assert_eq!(listed(reasons), row[2], "for the engine");

    // For the diagrams every subset is tried; without the day it must force the outcome on all days.
    let space = Space::new(&toy.book);
    let positive = matches!(outcome, Outcome::Open | Outcome::NotYet);
    let days: Vec<Model<'_>> = prove::days(&toy.book).into_iter().map(|day| Model::new(&space, day)).collect();
    let today = [Model::new(&space, toy.as_of)];
    let known = toy.known();
    let mut found: Vec<(usize, bool)> = Vec::new();
    let mut all: Vec<(usize, bool)> = (0..1 << known.len()).flat_map(|bits| [(bits, false), (bits, true)]).collect();
    all.sort_by_key(|(bits, day)| bits.count_ones() + u32::from(*day));
    for (bits, day) in all {
        let kept: Vec<_> =
            known.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, a)| *a).collect();
        let mut models = if day { today.iter() } else { days.iter() }.filter(|model| !(positive && model.is_stale()));
        let forces = models.all(|model| model.single(cell, &kept) == Some(outcome));
        let smaller = |(other, with_day): &(usize, bool)| other & !bits == 0 && (day || !with_day);
        if forces && !found.iter().any(smaller) {
            found.push((bits, day));
        }
    }
    let questions = |bits: usize| -> Vec<QuestionIx> {
        known
            .iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 == 1)
            .map(|(_, (question, _))| *question)
            .collect()
    };
    let found = found.into_iter().map(|(bits, day)| written(&questions(bits), day)).collect();
    assert_eq!(listed(found), row[2], "for the diagrams");
}

fn next_question(row: &Row<'_>) {
    let (toy, _, required) = cell("none", row[0]);
    let given = toy.given();
    let facts = toy.facts();
    let verdicts = [facts.verdict(CellIx(0))];
    let interview = facts.interview(&given, &verdicts, None);
    let next = interview.next.map(|question| required.iter().position(|of| *of == Some(question)).expect("a rule's"));
    assert_eq!(next.map_or("none".to_owned(), |place| (place + 1).to_string()), row[1], "for the engine");
    assert_eq!(interview.at_most_more.to_string(), row[2], "for the engine");

    let space = Space::new(&toy.book);
    let model = Model::new(&space, toy.as_of);
    let known = toy.known();
    let admissible = space.known(model.admissible(), &known);
    let matters = |question: QuestionIx| {
        let outcomes = model.outcomes(CellIx(0), None);
        outcomes.iter().any(|(_, set)| space.depends(&space.known(set, &known), &admissible, question))
    };
    let unasked = |question: &QuestionIx| matches!(given.get(*question), None | Some(Answer::Skipped));
    let open: Vec<QuestionIx> = required.iter().flatten().copied().filter(|q| unasked(q) && matters(*q)).collect();
    assert_eq!(interview.next.is_none(), open.is_empty(), "for the diagrams");
    assert!(interview.next.is_none_or(|next| open.contains(&next)), "for the diagrams {next:?} is idle");
    assert!(interview.at_most_more >= open.len(), "for the diagrams {} can come", open.len());
}

#[test]
fn parts_have_the_values_that_they_are_made_for() {
    for values in ["yes", "no", "cannot say", "dropped", "yes/no", "no/dropped", "cannot say/dropped", "yes/no/dropped"]
    {
        let mut toy = Toy::new();
        let part = toy.part(values);
        toy.done();
        assert_eq!(toy.facts().condition(&part, Lens::PLAIN), set(values), "{values}");
    }
}
