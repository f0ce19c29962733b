//! Many small rulebooks, put together at random: what the engine says of somebody is what trying every way to complete
//! the answers shows.

use crate::people::Random;
use crate::toy::{Toy, grounds, picnic, timely};
use rules::answers::{Answer, Answers};
use rules::facts::{Facts, Future, Lens, MOST_WAYS};
use rules::possible::Possible;
use rules::report::{CriterionState, report};
use rules::rulebook::{
    Basis, Body, CellIx, Change, Choice, Condition, Constraint, Document, DocumentIx, MomentIx, Named, Question,
    QuestionIx, QuestionKind, RuleIx, Rulebook,
};
use rules::verdict::{Outcome, Verdict};
use std::cmp::Reverse;
use std::collections::BTreeSet;

const BOOKS: u64 = 300;
const PEOPLE: usize = 6;

/// A rulebook of a few questions, rules and cells; with `timed` also of dates, and of answers that depend on them.
fn small(random: &mut Random, timed: bool) -> Toy {
    let mut toy = Toy::new();
    let dates = ["firm ahead", "firm behind", "soft ahead", "soft behind", "not published"];
    let dates: Vec<MomentIx> = dates.iter().filter_map(|words| toy.moment_that_is(words)).collect();
    let dates = if timed { &dates[..] } else { &[] };
    for number in 0..3 + random.below(3) {
        let scope = (number > 0 && random.one_in(3)).then(|| leaf(random, number, dates));
        let question = toy.choice(2 + random.below(2), scope);
        if random.one_in(4)
            && let QuestionKind::Choice(choices) = &mut toy.book.questions[question.index()].kind
        {
            choices[1] = Choice { may_become: 1, ..choices[1].clone() };
            let mut date = || if timed && random.one_in(2) { Some(random.pick(dates)) } else { None };
            (choices[0].not_before, choices[1].not_after, choices[0].by) = (date(), date(), date());
            if timed {
                toy.book.constraints.push(timely(question));
            }
        }
        toy.book.questions[question.index()].change = random.pick(&[Change::Action, Change::Fixed, Change::Paper]);
    }
    let questions = toy.book.questions.len();
    let event = timed.then(|| toy.question(QuestionKind::Event, None));
    // Now and then so many disagreements that the cells cannot be looked at in the same ways.
    let (rules, disputed) = if random.one_in(8) { (7, 1) } else { (3 + random.below(4), 4) };
    for _ in 0..rules {
        let mut condition = || condition(random, questions, &toy.book, 2, dates);
        let (mut first, second) = (condition(), condition());
        if let Some(event) = event.filter(|_| random.one_in(3)) {
            let about = if random.one_in(2) { Condition::Done(event) } else { Condition::Undone(event) };
            first =
                if random.one_in(2) { Condition::All(vec![first, about]) } else { Condition::Any(vec![first, about]) };
        }
        let rule = match random.below(disputed) {
            0 => toy.disputed([first, second]),
            1 => toy.rule(Body::Plain(first, grounds(Basis::SecondHand))),
            _ => toy.stated(first),
        };
        if timed && random.one_in(2) {
            toy.book.rules[rule.index()].dues.push(random.pick(dates));
            toy.book.rules[rule.index()].due_after_applying = random.one_in(4);
        }
    }
    for _ in 0..random.below(4).saturating_sub(1) {
        let holds_when = Condition::Any(vec![leaf(random, questions, dates), leaf(random, questions, dates)]);
        toy.book.constraints.push(Constraint { id: "together".into(), holds_when, text: "".into() });
    }
    let rules: Vec<RuleIx> = (0..toy.book.rules.len()).map(RuleIx::nth).collect();
    let cell = toy.book.cells[0].clone();
    toy.book.cells = (0..=random.below(3))
        .map(|_| {
            let mut cell = cell.clone();
            let closing = if random.one_in(2) { 1 + random.below(2) } else { 0 };
            cell.closed = (0_u8..).take(closing).map(|kind| (kind, random.pick(&rules))).collect();
            cell.kinds = cell.closed.iter().map(|_| Named { id: "kind".into(), text: "".into() }).collect();
            cell.requires = (0..=random.below(3)).map(|_| random.pick(&rules)).collect();
            cell.requires.dedup();
            if random.one_in(6) {
                cell.covered = leaf(random, questions, dates);
            }
            if timed {
                cell.over = (closing > 0 && random.one_in(2)).then_some(0);
                cell.opens = random.one_in(3).then(|| random.pick(dates));
            }
            cell
        })
        .collect();
    if timed && random.one_in(2) {
        an_outcome(&mut toy, random);
    }
    if random.one_in(3) {
        let letter = picnic().documents.remove(0);
        let needed_when = condition(random, questions, &toy.book, 1, dates);
        toy.book.documents.push(Document { cells: vec![CellIx(0)], needed_when, ..letter });
    }
    toy.done();
    toy
}

fn leaf(random: &mut Random, questions: usize, dates: &[MomentIx]) -> Condition {
    if !dates.is_empty() && random.one_in(6) {
        return Condition::Passed(random.pick(dates));
    }
    Condition::Is(QuestionIx::nth(random.below(questions)), random.pick(&[0b01, 0b10, 0b11, 0b101]))
}

/// Makes a choice that another may become an outcome of the last cell, where nothing that this requires looks at it.
fn an_outcome(toy: &mut Toy, random: &mut Random) {
    let last = toy.book.cells.len() - 1;
    // What is required there is one rule of its own, over the first question.
    let first = leaf(random, 1, &[]);
    let rule = if random.one_in(3) {
        let other = leaf(random, 1, &[]);
        toy.disputed([first, other])
    } else {
        toy.stated(first)
    };
    toy.book.cells[last].requires = vec![rule];
    let waits = |question: &Question| match &question.kind {
        QuestionKind::Choice(choices) => choices[1].may_become == 1 && question.relevant_when.is_none(),
        _ => false,
    };
    let questions = toy.book.questions.iter().enumerate().skip(1);
    let waiting = questions.filter(|(_, question)| waits(question)).map(|(place, _)| place).next();
    let in_advance = toy.book.rules.iter().any(|rule| rule.due_after_applying);
    if let Some(place) = waiting.filter(|_| !in_advance)
        && let QuestionKind::Choice(choices) = &mut toy.book.questions[place].kind
    {
        choices[0].outcome_of = Some(CellIx::nth(last));
    }
}

/// A condition over these questions, and over the rules that are there already.
fn condition(random: &mut Random, questions: usize, book: &Rulebook, depth: usize, dates: &[MomentIx]) -> Condition {
    let rules = book.rules.len();
    match random.below(if depth == 0 { 3 } else { 7 }) {
        0 if rules > 0 => Condition::Rule(RuleIx::nth(random.below(rules))),
        0..3 => leaf(random, questions, dates),
        kind => {
            let mut parts: Vec<Condition> =
                (0..2 + random.below(2)).map(|_| condition(random, questions, book, depth - 1, dates)).collect();
            match kind {
                3 => Condition::All(parts),
                4 => Condition::AtLeast(2, parts),
                5 => Condition::Not(Box::new(parts.remove(0))),
                _ => Condition::Any(parts),
            }
        }
    }
}

/// Somebody who has answered some of the questions.
fn somebody(random: &mut Random, book: &Rulebook) -> Vec<(QuestionIx, Answer)> {
    let mut answers = Vec::new();
    for question in (0..book.questions.len()).map(QuestionIx::nth) {
        match random.below(8) {
            0..3 => {}
            3 => answers.push((question, Answer::DontKnow)),
            _ => answers.push((question, random.pick(&book[question].classes))),
        }
    }
    answers
}

/// Every way to complete the answers that contradicts nothing, with what each cell comes to and whether each document
/// is needed.
struct Everything {
    ways: Vec<(Vec<Answer>, Vec<Outcome>, Vec<bool>)>,
    /// For each of them whether each cell is over, whatever else closes it.
    over: Vec<Option<Outcome>>,
}

impl Everything {
    fn new(toy: &Toy, known: &[(QuestionIx, Answer)]) -> Everything {
        let questions = (0..toy.book.questions.len()).map(QuestionIx::nth);
        let so_far = Facts::new(&toy.book, &given(&toy.book, known), toy.as_of);
        let mut sets: Vec<Vec<Answer>> = vec![Vec::new()];
        for question in questions.clone() {
            let classes = match so_far.value(question) {
                Some(answer) => vec![answer],
                None => so_far.other_classes(question).to_vec(),
            };
            let with = |set: &Vec<Answer>, class: &Answer| [&set[..], &[*class]].concat();
            sets = sets.iter().flat_map(|set| classes.iter().map(move |class| with(set, class))).collect();
        }
        let way = |set: Vec<Answer>| {
            let given = given(&toy.book, &questions.clone().zip(set.iter().copied()).collect::<Vec<_>>());
            let facts = Facts::new(&toy.book, &given, toy.as_of);
            let outcomes = cells(&toy.book).map(|cell| facts.outcomes(cell).single().expect("complete answers"));
            let needed = toy
                .book
                .documents
                .iter()
                .map(|document| facts.condition(&document.needed_when, Lens::PLAIN) == Possible::YES);
            // What can no longer be true is not an answer.
            let says_all = questions.clone().all(|question| facts.value(question).is_some());
            (says_all && !facts.contradicts()).then(|| (set, outcomes.collect(), needed.collect()))
        };
        let over = cells(&toy.book).map(|cell| toy.book[cell].over.map(Outcome::Closed)).collect();
        Everything { ways: sets.into_iter().filter_map(way).collect(), over }
    }

    fn verdict(&self, cell: CellIx) -> Verdict {
        let outcomes: BTreeSet<Outcome> = self.ways.iter().map(|(_, outcomes, _)| outcomes[cell.index()]).collect();
        match outcomes.first() {
            Some(outcome) if outcomes.len() == 1 => Verdict::Decided(*outcome),
            // Where every way closes the cell, for one cause or another, it is closed.
            Some(_) if outcomes.iter().all(|outcome| outcome.is_closed()) => {
                let told = [self.over[cell.index()], Some(Outcome::Unmet)].into_iter().flatten();
                let told = told.into_iter().find(|outcome| outcomes.contains(outcome));
                told.map_or(Verdict::NeedsAnswers, Verdict::Decided)
            }
            _ => Verdict::NeedsAnswers,
        }
    }

    /// Whether two ways that differ in this question alone differ in what `of` takes from them.
    fn can_change<T: PartialEq>(
        &self,
        question: QuestionIx,
        of: impl Fn(&(Vec<Answer>, Vec<Outcome>, Vec<bool>)) -> T,
    ) -> bool {
        let apart = |one: &[Answer], other: &[Answer]| {
            one.iter().zip(other).enumerate().all(|(place, (a, b))| (a != b) == (place == question.index()))
        };
        self.ways.iter().any(|one| self.ways.iter().any(|other| apart(&one.0, &other.0) && of(one) != of(other)))
    }
}

fn given(book: &Rulebook, answers: &[(QuestionIx, Answer)]) -> Answers {
    let mut given = Answers::none(book);
    answers.iter().for_each(|(question, answer)| given.set(book, *question, *answer).expect("the answer fits"));
    given
}

fn cells(book: &Rulebook) -> impl Iterator<Item = CellIx> + use<> {
    (0..book.cells.len()).map(CellIx::nth)
}

/// Runs a check for many people of many rulebooks, in half of which dates count.
fn for_many(check: impl Fn(&Toy, &[(QuestionIx, Answer)], &Everything)) {
    for_many_of(&[false, true], check);
}

/// The same for rulebooks without dates or with dates.
fn for_many_of(timed: &[bool], check: impl Fn(&Toy, &[(QuestionIx, Answer)], &Everything)) {
    for (seed, timed) in (0..BOOKS).flat_map(|seed| timed.iter().map(move |timed| (seed, *timed))) {
        let mut random = Random(seed);
        let toy = small(&mut random, timed);
        for _ in 0..PEOPLE {
            let known = somebody(&mut random, &toy.book);
            check(&toy, &known, &Everything::new(&toy, &known));
        }
    }
}

#[test]
fn a_verdict_is_what_every_way_to_complete_the_answers_comes_to() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let seen_too = std::cell::RefCell::new(&mut seen);
    for_many(|toy, known, everything| {
        let facts = Facts::new(&toy.book, &given(&toy.book, known), toy.as_of);
        let expected: Vec<Verdict> = cells(&toy.book).map(|cell| everything.verdict(cell)).collect();
        assert_eq!(facts.verdicts(), expected, "together: {known:?}");
        assert_eq!(cells(&toy.book).map(|cell| facts.verdict(cell)).collect::<Vec<_>>(), expected, "each: {known:?}");
        assert_eq!(facts.is_admissible(), !everything.ways.is_empty(), "{known:?}");
        seen_too.borrow_mut().extend(expected.iter().map(|verdict| crate::toy::name(*verdict)));
    });
    let all = ["ask", "closed by 1", "closed by 2", "closed by a requirement", "needs answers", "not yet", "open"];
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), all, "every verdict is met");
}

#[test]
fn a_question_can_change_what_two_ways_to_answer_it_show() {
    for_many(|toy, known, everything| {
        let facts = Facts::new(&toy.book, &given(&toy.book, known), toy.as_of);
        for cell in cells(&toy.book) {
            let open = facts.open_questions(cell);
            for question in (0..toy.book.questions.len()).map(QuestionIx::nth) {
                let can = everything.can_change(question, |(_, outcomes, _)| outcomes[cell.index()]);
                assert!(!can || open.contains(&question), "{question:?} is open: {known:?}");
                assert_eq!(facts.can_change(cell, question), can, "{question:?} in {cell:?}: {known:?}");
            }
        }
    });
}

#[test]
fn of_the_questions_that_can_change_something_the_one_that_settles_most_is_asked() {
    for_many(|toy, known, everything| {
        let given = given(&toy.book, known);
        let facts = Facts::new(&toy.book, &given, toy.as_of);
        let standing = facts.standing(&given, None);
        let verdicts: Vec<Verdict> = standing.cells.iter().map(|cell| cell.verdict).collect();
        assert_eq!(standing.interview, facts.interview(&given, &verdicts, None), "{known:?}");
        let wanted = |document: &DocumentIx| {
            let cells = &toy.book[*document].cells;
            cells.iter().any(|cell| !rules::interview::is_closed(verdicts[cell.index()]))
        };
        let documents: Vec<DocumentIx> = (0..toy.book.documents.len()).map(DocumentIx::nth).filter(wanted).collect();
        let matters = |question: &QuestionIx| {
            cells(&toy.book).any(|cell| everything.can_change(*question, |(_, outcomes, _)| outcomes[cell.index()]))
                || documents.iter().any(|of| everything.can_change(*question, |(_, _, needed)| needed[of.index()]))
        };
        // What can no longer be true, and a plan for a day behind, are asked again.
        let is_waiting = |question: &QuestionIx| match given.get(*question) {
            None => true,
            Some(Answer::DontKnow) => false,
            Some(_) => facts.value(*question).is_none(),
        };
        let waiting = (0..toy.book.questions.len()).map(QuestionIx::nth).filter(is_waiting);
        let waiting: Vec<QuestionIx> = waiting.filter(matters).collect();
        // How many answers leave a cell with a single outcome, as a share.
        let settles = |question: QuestionIx| {
            let asking = cells(&toy.book).filter(|cell| standing.cells[cell.index()].open.contains(&question));
            let asking: Vec<CellIx> = asking.collect();
            let classes = facts.other_classes(question);
            let settled = classes.iter().map(|class| {
                let then = with(known, &[(question, *class)]);
                let then = Facts::new(&toy.book, &self::given(&toy.book, &then), toy.as_of);
                let single = |cell: &&CellIx| then.is_admissible() && then.outcomes(**cell).single().is_some();
                asking.iter().filter(single).count()
            });
            settled.sum::<usize>() * 720 / classes.len()
        };
        let first = waiting.iter().copied().min_by_key(|question| (Reverse(settles(*question)), *question));
        assert_eq!(standing.interview.next, first, "of {waiting:?}: {known:?}");
        assert!(standing.interview.at_most_more >= waiting.len(), "{known:?}");
    });
}

#[test]
fn the_reasons_are_all_sets_of_answers_that_force_the_verdict_and_are_minimal() {
    for_many_of(&[false], |toy, known, everything| {
        let facts = Facts::new(&toy.book, &given(&toy.book, known), toy.as_of);
        let says = known
            .iter()
            .filter(|(question, answer)| *answer != Answer::DontKnow && facts.scope(*question).can(Possible::YES));
        let says: Vec<(QuestionIx, Answer)> = says.copied().collect();
        for cell in cells(&toy.book) {
            let Verdict::Decided(outcome) = everything.verdict(cell) else { continue };
            // From the smallest on: what holds one that is known is not minimal.
            let mut expected: Vec<Vec<QuestionIx>> = Vec::new();
            let mut sets: Vec<u32> = (0..1 << says.len()).collect();
            sets.sort_by_key(|set| set.count_ones());
            for set in sets {
                let some = says.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, known)| *known);
                let some: Vec<(QuestionIx, Answer)> = some.collect();
                let questions: Vec<QuestionIx> = some.iter().map(|(question, _)| *question).collect();
                let holds_one = expected.iter().any(|reason| reason.iter().all(|cite| questions.contains(cite)));
                if !holds_one && Everything::new(toy, &some).verdict(cell) == Verdict::Decided(outcome) {
                    expected.push(questions);
                }
            }
            expected.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
            let reasons = facts.reasons(cell, outcome);
            // Of what is required nothing may apply, and the list of it may not have been read.
            let applies = toy.book.ways(&toy.book[cell]).iter().all(|readings| {
                let lens = Lens { readings, ..Lens::PLAIN };
                toy.book[cell].requires.iter().any(|rule| !facts.rule(*rule, lens).can(Possible::DROPPED))
            });
            if outcome != Outcome::Open && applies && toy.book[cell].covered == Condition::Const(true) {
                assert!(reasons.iter().all(|reason| !reason.rules.is_empty()), "{outcome:?} in {cell:?}: {known:?}");
            }
            let found = reasons.into_iter().map(|reason| reason.questions);
            assert_eq!(found.collect::<Vec<_>>(), expected, "{outcome:?} in {cell:?}: {known:?}");
        }
    });
}

/// The ways to give up to three of the answers otherwise that nobody is kept from: none goes back to what came before.
fn otherwise(toy: &Toy, says: &[(QuestionIx, Answer)]) -> Vec<Vec<(QuestionIx, Answer)>> {
    let mut sets: Vec<Vec<(QuestionIx, Answer)>> = vec![Vec::new()];
    for (question, answer) in says {
        let goes_back = |other: Answer| match (&toy.book[*question].kind, answer, other) {
            (QuestionKind::Choice(choices), Answer::Choice(from), Answer::Choice(to)) => {
                choices[usize::from(to)].may_become >> from & 1 == 1
            }
            _ => false,
        };
        let others = toy.book[*question].classes.iter().filter(|other| *other != answer && !goes_back(**other));
        let others: Vec<(QuestionIx, Answer)> = others.map(|other| (*question, *other)).collect();
        let smaller = sets.iter().filter(|set| set.len() < 3);
        let larger = smaller.flat_map(|set| others.iter().map(move |other| [&set[..], &[*other]].concat()));
        let larger: Vec<_> = larger.collect();
        sets.extend(larger);
    }
    sets.remove(0);
    sets.sort_by_key(Vec::len);
    sets
}

fn with(known: &[(QuestionIx, Answer)], changes: &[(QuestionIx, Answer)]) -> Vec<(QuestionIx, Answer)> {
    let kept = known.iter().filter(|(question, _)| changes.iter().all(|(other, _)| other != question));
    kept.chain(changes).copied().collect()
}

/// Whether nothing that is required is left to do or in doubt.
fn is_met(toy: &Toy, facts: &Facts<'_>, cell: CellIx) -> bool {
    let cell = &toy.book[cell];
    toy.book.ways(cell).iter().all(|readings| {
        let lens = Lens { readings, ..Lens::PLAIN };
        cell.requires.iter().all(|rule| facts.rule(*rule, lens).must(Possible::YES | Possible::DROPPED))
    })
}

/// Whether the answer is one that time or the person can still turn into another.
fn is_still_to_come(toy: &Toy, known: &[(QuestionIx, Answer)], question: QuestionIx) -> bool {
    let answer = known.iter().find(|(known, _)| *known == question).map(|(_, answer)| *answer);
    match (answer, &toy.book[question].kind) {
        (Some(Answer::NotYet | Answer::Planned(_)), _) => true,
        (Some(Answer::Choice(choice)), QuestionKind::Choice(choices)) => choices[usize::from(choice)].may_become != 0,
        _ => false,
    }
}

/// Whether no other answer to the question contradicts what is known.
fn is_free(toy: &Toy, known: &[(QuestionIx, Answer)], question: QuestionIx) -> bool {
    let facts = Facts::new(&toy.book, &given(&toy.book, known), toy.as_of);
    let classes = facts.other_classes(question);
    classes.iter().all(|class| {
        let changed = with(known, &[(question, *class)]);
        Facts::new(&toy.book, &given(&toy.book, &changed), toy.as_of).is_admissible()
    })
}

#[test]
fn the_changes_given_turn_the_verdict_with_none_to_spare_and_are_all_where_that_is_said() {
    let (mut decided, mut asking, mut complete, mut too_late) = (0, 0, 0, 0);
    let seen = std::cell::RefCell::new((&mut decided, &mut asking, &mut complete, &mut too_late));
    for_many_of(&[false], |toy, known, everything| {
        let facts = Facts::new(&toy.book, &given(&toy.book, known), toy.as_of);
        let says = known.iter().copied().filter(|(_, answer)| *answer != Answer::DontKnow);
        let says: Vec<(QuestionIx, Answer)> = says.collect();
        let sets = otherwise(toy, &says);
        let after: Vec<Everything> = sets.iter().map(|set| Everything::new(toy, &with(known, set))).collect();
        for cell in cells(&toy.book) {
            let Verdict::Decided(outcome) = everything.verdict(cell) else { continue };
            let found = facts.leverage(cell, outcome);
            let rests_on = |question: QuestionIx| {
                let others = known.iter().copied().filter(|(other, _)| *other != question);
                Everything::new(toy, &others.collect::<Vec<_>>()).verdict(cell) != Verdict::Decided(outcome)
            };
            let questions = says.iter().map(|(question, _)| *question);
            let questions = questions.filter(|question| {
                facts.scope(*question).can(Possible::YES) && toy.book[cell].questions.contains(question)
            });
            let (rests, mut idle): (Vec<QuestionIx>, Vec<QuestionIx>) =
                questions.partition(|question| rests_on(*question));
            idle.retain(|question| !is_still_to_come(toy, known, *question) && is_free(toy, known, *question));
            assert_eq!((&found.rests_on, &found.indifferent), (&rests, &idle), "{outcome:?} in {cell:?}: {known:?}");
            if matches!(outcome, Outcome::Open | Outcome::NotYet) {
                assert!(found.sets.is_empty() && !found.too_late);
                continue;
            }
            let only_open = outcome == Outcome::Ask && is_met(toy, &facts, cell);
            let is_better = |outcome: Outcome| outcome == Outcome::Open || (outcome == Outcome::NotYet && !only_open);
            let turning = |set: &Vec<(QuestionIx, Answer)>| {
                let everything = &after[sets.iter().position(|other| other == set)?];
                let better = everything.ways.iter().any(|(_, outcomes, _)| is_better(outcomes[cell.index()]));
                better.then(|| everything.verdict(cell))
            };
            let what = || format!("{outcome:?} in {cell:?}: {known:?}: {found:?}");
            for set in &found.sets {
                assert_eq!(turning(&set.changes), Some(set.becomes), "{}", what());
                for left_out in 0..set.changes.len() {
                    let mut fewer = set.changes.clone();
                    fewer.remove(left_out);
                    assert_eq!(turning(&fewer), None, "without {left_out} of {set:?}, {}", what());
                }
            }
            let covered = |set: &Vec<(QuestionIx, Answer)>| {
                found
                    .sets
                    .iter()
                    .any(|given| given.changes.iter().all(|(q, _)| set.iter().any(|(other, _)| other == q)))
            };
            let can_be_made = |set: &[(QuestionIx, Answer)]| {
                set.iter().all(|(question, _)| toy.book[*question].change != Change::Fixed)
            };
            for set in sets.iter().filter(|set| turning(set).is_some()) {
                assert!(!found.complete || covered(set), "{set:?} is left out, {}", what());
                assert!(!found.too_late || !can_be_made(set), "{set:?} can be made, {}", what());
            }
            let mut seen = seen.borrow_mut();
            let asking = found.sets.iter().filter(|set| set.becomes == Verdict::NeedsAnswers).count();
            *seen.0 += found.sets.len() - asking;
            *seen.1 += asking;
            *seen.2 += usize::from(found.complete && !found.sets.is_empty());
            *seen.3 += usize::from(found.too_late);
        }
    });
    let counts = (decided, asking, complete, too_late);
    assert!(decided > 200 && asking > 150 && complete > 350 && too_late > 500, "{counts:?}");
}

/// How a requirement stands, from what it can come to in each way to read the disagreements, now and at best.
fn stands(now: &[Possible], best: &[Possible], surely_missed: bool) -> CriterionState {
    let each = |values: &[Possible], one: Possible| values.iter().all(|value| *value == one);
    let never = |values: &[Possible]| each(values, Possible::NO);
    match () {
        () if each(now, Possible::DROPPED) => CriterionState::DoesNotApply,
        () if each(now, Possible::YES) => CriterionState::Met,
        () if never(now) && never(best) && !surely_missed => CriterionState::CannotSay,
        () if never(now) && never(best) => CriterionState::NotMet,
        () if never(now) && each(best, Possible::YES) => CriterionState::CanStill,
        () if each(best, Possible::CANNOT_SAY) => CriterionState::CannotSay,
        () if !each(now, now[0]) && now.iter().all(|value| value.settled()) => CriterionState::Disputed,
        () => CriterionState::NotKnown,
    }
}

#[test]
fn a_requirement_stands_as_it_does_in_every_way_to_read_the_disagreements() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let seen_too = std::cell::RefCell::new(&mut seen);
    for_many(|toy, known, _| {
        let (book, answers) = (&toy.book, given(&toy.book, known));
        let facts = Facts::new(book, &answers, toy.as_of);
        let report = report(book, &answers, toy.as_of, None);
        for (cell, said) in book.cells.iter().zip(&report.cells) {
            let ways = book.ways(cell);
            if ways.len() > usize::from(MOST_WAYS) {
                continue; // The compiler refuses such a cell.
            }
            let is_open = said.verdict == Verdict::Decided(Outcome::Open);
            for (rule, said) in cell.requires.iter().zip(&said.criteria) {
                let seen = |future: Future, strong: bool| {
                    let lens = |readings| Lens { future, strong, readings };
                    ways.iter().map(|readings| facts.rule(*rule, lens(readings))).collect::<Vec<_>>()
                };
                let through = |future: Future| seen(future, false);
                // A strong rule is missed where what it is made of says so on strong grounds.
                let surely = said.weak || seen(Future::AtBest, true).iter().all(|value| *value == Possible::NO);
                let expected = match stands(&through(Future::AsItIs), &through(Future::AtBest), surely) {
                    // It is met, whatever is answered.
                    CriterionState::NotKnown if is_open => CriterionState::Met,
                    expected => expected,
                };
                assert_eq!(said.state, expected, "{:?} for {known:?}", said.rule);
                seen_too.borrow_mut().insert(format!("{expected:?}"));
            }
        }
    });
    let all = ["CanStill", "CannotSay", "Disputed", "DoesNotApply", "Met", "NotKnown", "NotMet"];
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), all, "every way to stand is met");
}
