//! Day by day along the year: the people of the tables, with the same answers, on every day on which anything changes.

use crate::people::{described, instants, rows};
use crate::{BOOKS, compiled};
use rules::answers::{Answer, Answers, Entered};
use rules::facts::Facts;
use rules::interview::is_closed;
use rules::possible::Possible;
use rules::report::{CellReport, Report, report};
use rules::rulebook::{CellIx, Condition, MomentIx, Rulebook};
use rules::verdict::{Outcome, Verdict};

/// Whether a date has passed, or should have, that closes the cell to everybody.
fn has_ended(book: &Rulebook, facts: &Facts<'_>, cell: CellIx) -> bool {
    let over = book[cell].closed.iter().filter(|(kind, _)| Some(*kind) == book[cell].over);
    let mut bodies = over.flat_map(|(_, rule)| book[*rule].bodies());
    let passed = |part: &Condition| matches!(part, Condition::Passed(date) if facts.passed(*date) == Possible::YES);
    bodies.any(|(condition, _)| match condition {
        Condition::Any(parts) => parts.iter().any(passed),
        condition => passed(condition),
    })
}

/// What is wrong with a cell on a day, after the verdict of the day before.
fn wrong(book: &Rulebook, facts: &Facts<'_>, report: &Report, ix: usize, was_over: bool) -> Option<&'static str> {
    let cell: &CellReport = &report.cells[ix];
    let is_positive = matches!(cell.verdict, Verdict::Decided(Outcome::Open | Outcome::NotYet));
    let is_late = |step: &rules::report::Step| {
        let when = step.by.as_ref().and_then(|by| by.when.as_ref());
        when.is_some_and(|when| when.passed)
    };
    match cell.verdict {
        _ if was_over && !is_closed(cell.verdict) && report.contradictions.is_empty() => {
            Some("was over, and is no longer closed")
        }
        _ if is_positive && has_ended(book, facts, CellIx::nth(ix)) => Some("positive after its end"),
        Verdict::Decided(Outcome::NotYet) if cell.steps.is_empty() && cell.waits_for.is_none() => {
            Some("waits for nothing")
        }
        Verdict::Decided(Outcome::NotYet) if cell.steps.iter().any(is_late) => {
            Some("a step is due by a day that has passed")
        }
        _ => None,
    }
}

/// Whether a choice is said that cannot be true before a date that lies ahead. While nothing else is known, such answers may
/// be out of scope, and what closes the cell then says nothing of the day on which they are true.
fn says_too_early(book: &Rulebook, answers: &Answers, facts: &Facts<'_>) -> bool {
    answers.iter().any(|(question, answer)| {
        let Answer::Choice(choice) = answer else { return false };
        let begins = book[question].choice_at(choice).and_then(|choice| choice.not_before);
        begins.is_some_and(|date| facts.passed(date) == Possible::NO)
    })
}

fn walk(book: &Rulebook, answers: &Answers, days: &[i64], name: &str) -> usize {
    let (mut over, mut plans) = (vec![false; book.cells.len()], 0);
    for &instant in days {
        let as_of = book.as_of(instant);
        let (facts, report) = (Facts::new(book, answers, as_of), report(book, answers, as_of, None));
        // What rested on a plan is asked again once its day has gone by.
        let gone = |answer| matches!(answer, Answer::Planned(plan) if plan.last < as_of.day);
        let gone_by = answers.iter().filter(|(_, answer)| gone(*answer)).count();
        if std::mem::replace(&mut plans, gone_by) != gone_by {
            over.fill(false);
        }
        let is_true = !says_too_early(book, answers, &facts);
        for (ix, was_over) in over.iter_mut().enumerate() {
            let kind = book.cells[ix].over.map(Outcome::Closed);
            if let Some(why) = wrong(book, &facts, &report, ix, *was_over) {
                panic!("{}: {why}: {name}\n{}", book.cells[ix].id, described(book, answers, as_of));
            }
            *was_over |=
                is_true && matches!(report.cells[ix].verdict, Verdict::Decided(outcome) if Some(outcome) == kind);
        }
    }
    over.iter().filter(|over| **over).count()
}

/// The same person, who has entered every date that is not firm, on the day that is known of it.
fn with_dates(book: &Rulebook, answers: &Answers) -> Answers {
    let mut with_dates = answers.clone();
    for (ix, moment) in book.moments.iter().enumerate() {
        if let Some(when) = moment.whens().next().filter(|_| moment.firm().is_none()) {
            // Those that do not fit the person's own stay out.
            let entered = Entered { day: when.day, minutes: when.minutes };
            let _ = with_dates.enter(book, MomentIx::nth(ix), Some(entered));
        }
    }
    with_dates
}

/// What is over stays closed, nothing is positive after its end, and everyone who waits waits for something that can still
/// come.
#[test]
fn time_does_not_turn_back() {
    // It takes minutes, and rulebooks stay on one thread: each has its share of the people.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = |first: usize| {
        let mut ended = 0;
        for (folder, cycle, tables) in BOOKS {
            let book = compiled(folder, cycle);
            let days = instants(&book);
            for (number, (_, answers)) in rows(&book, tables).iter().enumerate().skip(first).step_by(threads) {
                let name = format!("person {} of {tables}, {cycle}", number + 1);
                ended += walk(&book, answers, &days, &name);
                ended += walk(&book, &with_dates(&book, answers), &days, &format!("{name}, with dates entered"));
            }
        }
        ended
    };
    let ended: usize = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        running.into_iter().map(|thread| thread.join().expect("what it found is printed above")).sum()
    });
    assert!(ended > 1000, "only {ended} cells came to an end");
}
