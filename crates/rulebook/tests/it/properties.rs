//! What must hold for everybody, tried on many made-up people over the real rulebooks and the toy one.

use crate::people::{Random, anyone, choose_cells, described, instants, interview, loose, plain, questions, rows};
use crate::{BOOKS, compiled};
use rules::answers::{Answer, Answers};
use rules::day::{Day, DayRange};
use rules::facts::{Facts, Lens};
use rules::interview::{Interview, is_closed};
use rules::possible::Possible;
use rules::report::{RowPlace, full_report, report};
use rules::rulebook::{AsOf, Body, CellIx, Condition, DocumentIx, QuestionIx, Rulebook};
use rules::verdict::{Outcome, Verdict};
use std::collections::BTreeSet;

/// How many made-up people each property is tried on, in each rulebook: `PEOPLE=1000` for a long run.
fn people() -> u64 {
    std::env::var("PEOPLE").ok().and_then(|count| count.parse().ok()).unwrap_or(25)
}

/// Tries a property on people of every rulebook; each person has a seed of their own.
fn for_everybody(salt: u64, mut holds: impl FnMut(&Rulebook, AsOf, Answers, &mut Random)) {
    for (folder, cycle, tables) in BOOKS {
        let book = compiled(folder, cycle);
        let rows = rows(&book, tables);
        for seed in 0..people() {
            let mut random = Random(salt << 32 | seed);
            let (as_of, answers) = anyone(&book, &rows, &mut random);
            holds(&book, as_of, answers, &mut random);
        }
    }
}

fn cells(book: &Rulebook) -> impl Iterator<Item = CellIx> + use<> {
    (0..book.cells.len()).map(CellIx::nth)
}

fn verdicts(book: &Rulebook, answers: &Answers, as_of: AsOf) -> Vec<Verdict> {
    Facts::new(book, answers, as_of).verdicts()
}

/// Whether one verdict may follow another once more is answered. Of what is closed more can be told: that it is so for
/// another cause, too.
fn may_follow(before: Verdict, after: Verdict) -> bool {
    before == after || before == Verdict::NeedsAnswers || is_closed(before) && is_closed(after)
}

fn contradict(book: &Rulebook, answers: &Answers, as_of: AsOf) -> bool {
    !Facts::new(book, answers, as_of).is_admissible()
}

/// A day within what is known of a date.
fn within(range: DayRange, random: &mut Random) -> Day {
    let days = usize::try_from(range.last.0 - range.first.0).expect("a range is in order");
    range.first.plus(i32::try_from(random.below(days + 1)).expect("few days"))
}

#[test]
fn more_answers_never_undo_a_verdict() {
    for_everybody(1, |book, as_of, mut answers, random| {
        let mut before = verdicts(book, &answers, as_of);
        let mut order: Vec<QuestionIx> = questions(book).collect();
        random.shuffle(&mut order);
        for question in order {
            let answer = match Facts::new(book, &answers, as_of).value(question) {
                None => loose(book, question, as_of, random),
                Some(Answer::Date(range)) if range.first != range.last => Answer::Date(within(range, random).into()),
                Some(_) => continue,
            };
            let known = answers.clone();
            answers.set(book, question, answer).expect("a valid answer");
            if contradict(book, &answers, as_of) {
                answers = known;
                continue;
            }
            let after = verdicts(book, &answers, as_of);
            for (before, after) in before.iter().zip(&after) {
                assert!(
                    may_follow(*before, *after),
                    "{} turned {before:?} into {after:?}\n{}",
                    book[question].id,
                    described(book, &answers, as_of)
                );
            }
            before = after;
        }
    });
}

#[test]
fn the_order_of_answers_does_not_matter() {
    for_everybody(2, |book, as_of, answers, random| {
        let mut given: Vec<_> = answers.iter().collect();
        random.shuffle(&mut given);
        let mut other = Answers::none(book);
        for (moment, day) in answers.iter_entered() {
            other.enter(book, moment, Some(day)).expect("it was entered before");
        }
        other.choose_cells(book, (0..book.cells.len()).filter(|cell| answers.is_chosen(*cell)));
        for (question, answer) in given {
            // People change their minds on the way.
            let first = loose(book, question, as_of, random);
            other.set(book, question, first).expect("a valid answer");
            other.set(book, question, answer).expect("a valid answer");
        }
        let (one, another) = (report(book, &answers, as_of, None), report(book, &other, as_of, None));
        assert!(one == another, "{}", described(book, &answers, as_of));
    });
}

#[test]
fn the_interview_ends_and_leaves_only_what_nobody_knows() {
    for_everybody(3, |book, as_of, answers, random| {
        let mut answers = if random.one_in(3) { Answers::none(book) } else { answers };
        if contradict(book, &answers, as_of) {
            return;
        }
        choose_cells(book, &mut answers, random);
        let mut asked = BTreeSet::new();
        let mut current = None;
        let mut at_most = usize::MAX;
        loop {
            let Interview { next, at_most_more, .. } = interview(book, &answers, as_of, current);
            let last = current.map_or("nothing", |question| &*book[question].id);
            let said = || format!("after {last}\n{}", described(book, &answers, as_of));
            assert!(at_most_more <= at_most, "from {at_most} to {at_most_more} more\n{}", said());
            let Some(question) = next else {
                assert_eq!(at_most_more, 0, "{}", said());
                leaves_only_the_unknown(book, &answers, as_of);
                break;
            };
            let id = &book[question].id;
            assert!(at_most_more > 0, "{id} comes after the last question\n{}", said());
            assert!(asked.insert(question), "{id} is asked twice\n{}", said());
            at_most = at_most_more - 1;
            let answer = loose(book, question, as_of, random);
            answers.set(book, question, answer).expect("a valid answer");
            // A plan for a day that has passed is asked again, and so is what cannot be true any more.
            let asked_again = match answer {
                Answer::Planned(range) => range.last < as_of.day,
                Answer::Choice(choice) => Facts::new(book, &answers, as_of).withdrawn(question, choice),
                _ => false,
            };
            if asked_again {
                break;
            }
            if contradict(book, &answers, as_of) {
                // Nothing is decided until one of them is changed.
                break;
            }
            current = Some(question);
        }
    });
}

/// Each chosen cell is decided, or only *don't know* and inexact dates keep it open, or answers contradict each other.
fn leaves_only_the_unknown(book: &Rulebook, answers: &Answers, as_of: AsOf) {
    let facts = Facts::new(book, answers, as_of);
    for cell in cells(book).filter(|cell| answers.is_chosen(cell.index())) {
        let verdict = facts.verdict(cell);
        let unknown = |question: &QuestionIx| match answers.get(*question) {
            Some(Answer::DontKnow) => true,
            Some(Answer::Date(range)) => range.first != range.last,
            _ => false,
        };
        let open = facts.open_questions(cell);
        let known = open.iter().find(|question| !unknown(question) && is_alone(book, answers, as_of, cell, **question));
        let why = format!("{}: {verdict:?}, {known:?}\n{}", book[cell].id, described(book, answers, as_of));
        assert!(verdict != Verdict::NeedsAnswers || !open.is_empty() && known.is_none(), "{why}");
    }
}

/// Whether a question that was not asked could still change the cell, found by trying.
fn is_alone(book: &Rulebook, answers: &Answers, as_of: AsOf, cell: CellIx, question: QuestionIx) -> bool {
    let mut random = Random(7);
    (0..50).any(|_| changes(book, answers, as_of, cell, question, &mut random))
}

/// The engine gives up a search that goes on for too long and asks; that may happen to few.
#[test]
fn no_question_is_idle() {
    let (mut asked, mut idle) = (0, Vec::new());
    for_everybody(4, |book, as_of, mut answers, random| {
        choose_cells(book, &mut answers, random);
        if contradict(book, &answers, as_of) {
            return;
        }
        let Some(question) = interview(book, &answers, as_of, None).next else { return };
        let verdicts = verdicts(book, &answers, as_of);
        // Of what is closed, too, it is asked for what other cause.
        let undecided = |cell: &CellIx| {
            let verdict = verdicts[cell.index()];
            answers.is_chosen(cell.index()) && (verdict == Verdict::NeedsAnswers || is_closed(verdict))
        };
        asked += 1;
        let matters = (0..400).any(|_| {
            cells(book).filter(undecided).any(|cell| changes(book, &answers, as_of, cell, question, random))
                || changes_a_document(book, &answers, as_of, question, random)
        });
        if !matters {
            idle.push(format!("{} can change nothing\n{}", book[question].id, described(book, &answers, as_of)));
        }
    });
    assert!(idle.len() * 20 <= asked, "{} of {asked}\n{}", idle.len(), idle.join("\n"));
}

/// Completes the answers so that the cell stays open as long as it can, and looks whether its outcome then depends on
/// this question.
fn changes(
    book: &Rulebook,
    answers: &Answers,
    as_of: AsOf,
    cell: CellIx,
    question: QuestionIx,
    random: &mut Random,
) -> bool {
    let complete =
        completed_around(book, answers, as_of, question, random, |facts| facts.outcomes(cell).single().is_none());
    let outcomes = each_class(book, &complete, as_of, question, |facts| facts.outcomes(cell).single());
    outcomes.len() > 1
}

fn changes_a_document(
    book: &Rulebook,
    answers: &Answers,
    as_of: AsOf,
    question: QuestionIx,
    random: &mut Random,
) -> bool {
    let documents = (0..book.documents.len()).map(DocumentIx::nth);
    documents.into_iter().any(|document| {
        let needed = &book[document].needed_when;
        let complete = completed_around(book, answers, as_of, question, random, |facts| {
            !facts.condition(needed, Lens::PLAIN).settled()
        });
        let needed =
            each_class(book, &complete, as_of, question, |facts| facts.condition(needed, Lens::PLAIN) == Possible::YES);
        needed.len() > 1
    })
}

/// Answers to everything but this question; of four tries for each the first that keeps things open.
fn completed_around(
    book: &Rulebook,
    answers: &Answers,
    as_of: AsOf,
    question: QuestionIx,
    random: &mut Random,
    open: impl Fn(&Facts<'_>) -> bool,
) -> Answers {
    let mut complete = answers.clone();
    let mut others: Vec<QuestionIx> = questions(book).filter(|other| *other != question).collect();
    random.shuffle(&mut others);
    for other in others {
        let facts = Facts::new(book, &complete, as_of);
        let unknown = match facts.value(other) {
            None => true,
            Some(Answer::Date(range)) => range.first != range.last,
            Some(_) => false,
        };
        if !unknown {
            continue;
        }
        let classes = facts.classes(other);
        for _ in 0..4 {
            complete.set(book, other, random.pick(&classes)).expect("a valid answer");
            let facts = Facts::new(book, &complete, as_of);
            if open(&facts) && facts.is_admissible() {
                break;
            }
        }
    }
    complete
}

/// What comes out for each class of answers to a question, contradictions left out.
fn each_class<T: PartialEq>(
    book: &Rulebook,
    answers: &Answers,
    as_of: AsOf,
    question: QuestionIx,
    of: impl Fn(&Facts<'_>) -> T,
) -> Vec<T> {
    let mut found = Vec::new();
    for class in Facts::new(book, answers, as_of).classes(question).iter().copied() {
        let mut other = answers.clone();
        other.set(book, question, class).expect("a valid answer");
        let facts = Facts::new(book, &other, as_of);
        let value = of(&facts);
        if !facts.contradicts() && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

#[test]
fn reasons_are_sufficient_and_minimal() {
    for_everybody(5, |book, as_of, answers, _| {
        if contradict(book, &answers, as_of) {
            return;
        }
        let facts = Facts::new(book, &answers, as_of);
        for cell in cells(book) {
            let Verdict::Decided(outcome) = facts.verdict(cell) else { continue };
            let reasons = facts.reasons(cell, outcome);
            let why = || format!("{}: {outcome:?}, {reasons:?}\n{}", book[cell].id, described(book, &answers, as_of));
            assert!(!reasons.is_empty(), "no reason\n{}", why());
            assert!(
                reasons == Facts::new(book, &answers, as_of).reasons(cell, outcome),
                "not the same twice\n{}",
                why()
            );
            for reason in &reasons {
                let only = keep(book, &answers, &reason.questions);
                let verdict = |answers: &Answers, as_of| Facts::new(book, answers, as_of).verdict(cell);
                assert_eq!(verdict(&only, as_of), Verdict::Decided(outcome), "not sufficient\n{}", why());
                for dropped in &reason.questions {
                    let fewer: Vec<_> = reason.questions.iter().copied().filter(|q| q != dropped).collect();
                    let fewer = keep(book, &answers, &fewer);
                    // A date that was entered may be over before the cycle begins.
                    let before = answers.iter_entered().map(|(_, entered)| (i64::from(entered.day.0) - 1) * 86_400);
                    let all_days = reason.day
                        || instants(book)
                            .into_iter()
                            .chain(before)
                            .all(|instant| verdict(&fewer, book.as_of(instant)) == Verdict::Decided(outcome));
                    let still = all_days && verdict(&fewer, as_of) == Verdict::Decided(outcome);
                    assert!(!still, "{} is not needed\n{}", book[*dropped].id, why());
                }
                let planned = reason.questions.iter().any(|q| matches!(answers.get(*q), Some(Answer::Planned(_))));
                // That the rulebook wants checking again is not a reason of the person's.
                let alike = |instant: &i64| (*instant >= book.check_by) == (as_of.instant >= book.check_by);
                for instant in instants(book).into_iter().filter(|instant| !reason.day && !planned && alike(instant)) {
                    // On some days what was answered cannot be true.
                    let facts = Facts::new(book, &only, book.as_of(instant));
                    let believed = reason.questions.iter().all(|question| facts.value(*question).is_some());
                    if facts.contradicts() || !believed {
                        continue;
                    }
                    // What is closed may be so for another cause on another day.
                    let other = facts.verdict(cell);
                    let still = matches!(other, Verdict::Decided(other) if other.is_closed() && outcome.is_closed());
                    assert!(still || other == Verdict::Decided(outcome), "the day counts: {instant}\n{}", why());
                }
            }
        }
    });
}

/// The same answers with nothing but these.
fn keep(book: &Rulebook, answers: &Answers, kept: &[QuestionIx]) -> Answers {
    let mut only = answers.clone();
    questions(book).filter(|question| !kept.contains(question)).for_each(|question| only.clear(question));
    only
}

#[test]
fn complete_answers_come_to_one_outcome() {
    for_everybody(6, |book, as_of, _, random| {
        for _ in 0..20 {
            let answers = complete(book, &Answers::none(book), as_of, random);
            let facts = Facts::new(book, &answers, as_of);
            for cell in cells(book) {
                let single = facts.outcomes(cell).single();
                assert!(single.is_some(), "{}\n{}", book[cell].id, described(book, &answers, as_of));
                assert_eq!(facts.open_questions(cell), [], "{}\n{}", book[cell].id, described(book, &answers, as_of));
            }
        }
    });
}

/// The answers with every open question answered.
fn complete(book: &Rulebook, answers: &Answers, as_of: AsOf, random: &mut Random) -> Answers {
    let mut complete = answers.clone();
    for question in questions(book) {
        let facts = Facts::new(book, &complete, as_of);
        let answer = match facts.value(question) {
            None => {
                let answer = plain(book, question, random);
                complete.set(book, question, answer).expect("a valid answer");
                // On the day it can be none: what can no longer be true, or a plan for a day behind.
                let says = Facts::new(book, &complete, as_of).value(question).is_some();
                if says { answer } else { random.pick(&facts.classes(question)) }
            }
            Some(Answer::Date(range)) if range.first != range.last => random.pick(&facts.classes(question)),
            Some(_) => continue,
        };
        complete.set(book, question, answer).expect("a valid answer");
    }
    complete
}

#[test]
fn a_verdict_is_decided_exactly_when_all_completions_agree() {
    let mut enumerated = 0;
    for_everybody(7, |book, as_of, answers, random| {
        let facts = Facts::new(book, &answers, as_of);
        if !facts.is_admissible() {
            return;
        }
        for cell in cells(book) {
            let verdict = facts.verdict(cell);
            let why = || format!("{}: {verdict:?}\n{}", book[cell].id, described(book, &answers, as_of));
            if verdict != Verdict::NeedsAnswers {
                for _ in 0..20 {
                    let whole = complete(book, &answers, as_of, random);
                    let facts = Facts::new(book, &whole, as_of);
                    let single = facts.outcomes(cell).single();
                    let same = single.is_some_and(|single| may_follow(verdict, Verdict::Decided(single)));
                    assert!(same || facts.contradicts(), "{}\ncompleted: {}", why(), described(book, &whole, as_of));
                }
                continue;
            }
            let open = facts.open_questions(cell);
            let count: usize = open.iter().map(|question| facts.classes(*question).len()).product();
            if open.len() > 4 || count > 600 {
                continue;
            }
            enumerated += 1;
            let mut outcomes = Vec::new();
            // Most ways may contradict what was drawn for the rest: one outcome has to hold for long.
            for drawn in 0..200 {
                if drawn >= 10 && outcomes.len() != 1 {
                    break;
                }
                // What is not open for this cell does not count for it; it gets any answer.
                let mut rest = complete(book, &answers, as_of, random);
                for question in &open {
                    match answers.get(*question) {
                        Some(answer) => rest.set(book, *question, answer).expect("a valid answer"),
                        None => rest.clear(*question),
                    }
                }
                every_way(book, &rest, as_of, &open, &mut |facts| {
                    let outcome = facts.outcomes(cell).single();
                    if !outcomes.contains(&outcome) {
                        outcomes.push(outcome);
                    }
                });
            }
            // Where every one of these ways contradicts something, they show nothing.
            assert!(outcomes.len() != 1, "all come to {outcomes:?}\n{}", why());
        }
    });
    assert!(enumerated > 5, "only {enumerated} states were tried in full");
}

/// Every combination of classes of these questions that does not contradict itself.
fn every_way(book: &Rulebook, answers: &Answers, as_of: AsOf, open: &[QuestionIx], each: &mut impl FnMut(&Facts<'_>)) {
    let facts = Facts::new(book, answers, as_of);
    let Some((question, rest)) = open.split_first() else {
        if !facts.contradicts() {
            each(&facts);
        }
        return;
    };
    for class in facts.classes(*question).iter().copied() {
        let mut other = answers.clone();
        other.set(book, *question, class).expect("a valid answer");
        every_way(book, &other, as_of, rest, each);
    }
}

#[test]
fn no_answer_and_no_day_breaks_the_report() {
    let days = [i64::MIN, i64::MIN + 1, -1, 0, 1 << 40, i64::MAX - 1, i64::MAX];
    for_everybody(8, |book, as_of, mut answers, random| {
        for question in questions(book) {
            for _ in 0..4 {
                // Refused or taken: both are fine.
                let _ = answers.set(book, question, arbitrary(random));
            }
        }
        let instant = if random.one_in(2) { random.pick(&days) } else { random.next().cast_signed() };
        let report = full_report(book, &answers, book.as_of(instant), Some(QuestionIx(0)));
        assert_eq!(report.outside_span, !(book.span.0..book.span.1).contains(&instant));
        assert_eq!(report.cells.is_empty(), report.outside_span);
        let report = full_report(book, &answers, as_of, None);
        assert_eq!(report.cells.len(), book.cells.len());
    });
}

#[test]
fn whoever_has_to_ask_is_given_a_question_that_is_ready_to_send() {
    let mut asked = 0;
    let mut without_question = BTreeSet::new();
    for_everybody(10, |book, as_of, answers, _| {
        for cell in report(book, &answers, as_of, None).cells {
            let asks = cell.verdict == Verdict::Decided(Outcome::Ask);
            assert_eq!(cell.ask.is_some(), asks, "{}\n{}", cell.id, described(book, &answers, as_of));
            for letter in cell.ask.iter().flat_map(|ask| &ask.letters) {
                assert!(!letter.question.contains(['{', '}']), "{}", letter.question);
                // The question speaks of nobody; what it says of the sender are their answers, as they gave them.
                let of_sender = ["I was", "I have", "I took", "my ", "My ", "found me", "I applied"];
                let claims: Vec<_> = of_sender.iter().filter(|words| letter.question.contains(**words)).collect();
                assert!(claims.is_empty(), "{claims:?} in {}", letter.question);
                let about = book.rules.iter().filter(|rule| letter.about.contains(&rule.id));
                let missing = about.filter(|rule| rule.question.is_none() && matches!(rule.body, Body::Plain(..)));
                without_question.extend(missing.map(|rule| format!("{} {}", book.cycle, rule.id)));
                for fact in &letter.facts {
                    let question = book.question(&fact.question).expect("a question");
                    assert!(answers.get(question).is_some() && fact.place == RowPlace::Answered, "{}", fact.question);
                }
                asked += 1;
            }
            let silent = cell.ask.is_some_and(|ask| ask.letters.is_empty() || ask.contacts.is_empty());
            assert!(!silent, "{}\n{}", cell.id, described(book, &answers, as_of));
        }
    });
    assert!(asked > 5, "only {asked} questions");
    assert!(without_question.is_empty(), "rules of letters without a question: {without_question:#?}");
}

fn arbitrary(random: &mut Random) -> Answer {
    let numbers = [0, 1, -1, i64::MIN, i64::MAX, random.next().cast_signed()];
    let days = [Day(0), Day(i32::MIN), Day(i32::MAX), Day(20_000), Day(-1)];
    let range = DayRange { first: random.pick(&days), last: random.pick(&days) };
    match random.below(10) {
        0 => Answer::Skipped,
        1 => Answer::DontKnow,
        2 => Answer::Choice(random.next().to_le_bytes()[0]),
        3 => Answer::Choices(random.next()),
        4 => Answer::Choices(1 << random.below(64)),
        5 => Answer::Number(random.pick(&numbers)),
        6 => Answer::Date(range),
        7 => Answer::Planned(range),
        8 => random.pick(&[Answer::Done, Answer::NotYet, Answer::Never]),
        _ => Answer::Choice(u8::try_from(random.below(6)).expect("few choices")),
    }
}

/// What a property must not be tried on alone: if nobody reached a verdict, it held for nothing.
#[test]
fn made_up_people_reach_every_verdict() {
    let [real @ .., _] = BOOKS;
    for (folder, cycle, tables) in real {
        let book = compiled(folder, cycle);
        let mut seen = BTreeSet::new();
        let rows = rows(&book, tables);
        for seed in 0..people() * 12 {
            let mut random = Random(9 << 32 | seed);
            let (as_of, answers) = anyone(&book, &rows, &mut random);
            seen.extend(verdicts(&book, &answers, as_of).into_iter().map(|verdict| match verdict {
                Verdict::NeedsAnswers => "needs answers",
                Verdict::Decided(Outcome::Open) => "open",
                Verdict::Decided(Outcome::NotYet) => "not yet",
                Verdict::Decided(Outcome::Ask) => "ask",
                Verdict::Decided(Outcome::Unmet | Outcome::Closed(_)) => "closed",
            }));
        }
        // Where no list of requirements was read, nobody is told "open".
        let read = book.cells.iter().any(|cell| cell.covered != Condition::Const(false));
        assert_eq!(seen.len(), if read { 5 } else { 4 }, "{folder}, {cycle}: only {seen:?}");
    }
}

/// A condition in which nobody counts as what they were not asked about; a number that is not asked for counts as none.
fn holds_as_said(facts: &Facts<'_>, condition: &Condition) -> bool {
    let of = |part: &Condition| holds_as_said(facts, part);
    let said = |leaf: &Condition| facts.condition(leaf, Lens::PLAIN);
    match condition {
        Condition::All(parts) => parts.iter().all(of),
        Condition::Any(parts) => parts.iter().any(of),
        Condition::AtLeast(least, parts) => parts.iter().filter(|part| of(part)).count() >= usize::from(*least),
        Condition::Not(part) => !of(part),
        Condition::Between(_, ..=0, _) => said(condition) != Possible::NO,
        leaf => said(leaf) == Possible::YES,
    }
}

#[test]
fn nothing_is_shown_to_anyone_for_an_answer_that_they_were_not_asked_for() {
    for_everybody(77, |book, as_of, mut answers, random| {
        while let Some(next) = interview(book, &answers, as_of, None).next {
            answers.set(book, next, plain(book, next, random)).expect("a valid answer");
        }
        let facts = Facts::new(book, &answers, as_of);
        let notices = book.notices.iter().map(|notice| (&notice.id, &notice.show_when));
        let documents = book.documents.iter().map(|document| (&document.id, &document.needed_when));
        let stages = book.stages.iter().map(|stage| (&stage.id, &stage.here_when));
        for (id, when) in notices.chain(documents).chain(stages) {
            let shown = facts.condition(when, Lens::PLAIN) == Possible::YES;
            assert!(!shown || holds_as_said(&facts, when), "{id}: {}", described(book, &answers, as_of));
        }
    });
}
