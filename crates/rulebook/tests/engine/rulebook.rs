//! What a rulebook answers about itself: its clocks, and how its rules are read.

use crate::toy::{Toy, day, day_at, picnic};
use rules::rulebook::{CellIx, Choice, Condition, MomentIx, Rulebook, Zone};

#[test]
fn a_day_ends_at_midnight_on_the_official_clocks() {
    let book = picnic();
    // From when on the clocks are how many minutes ahead of UTC.
    let clocks = |changes: &[(&str, i32)]| {
        let offsets = changes.iter().map(|(from, minutes)| (day_at(&book, from).instant, minutes * 60)).collect();
        Rulebook { zones: vec![Zone { name: "Here".into(), offsets }], ..picnic() }
    };
    let deadline = Toy::new().moment("permit-due");
    let no_change = clocks(&[("2026-01-01T00:00Z", -6 * 60)]);
    let newfoundland = clocks(&[
        ("2026-01-01T00:00Z", -3 * 60 - 30),
        ("2026-03-08T05:30Z", -2 * 60 - 30),
        ("2026-11-01T04:30Z", -3 * 60 - 30),
    ]);
    // Here the clocks change while it is still the day before in UTC.
    let sydney =
        clocks(&[("2026-01-01T00:00Z", 11 * 60), ("2026-04-04T16:00Z", 10 * 60), ("2026-10-03T16:00Z", 11 * 60)]);
    let rows = [
        (&no_change, "2026-06-14", "2026-06-14T23:59:59-06:00"),
        (&no_change, "2025-06-14", "2025-06-14T23:59:59-06:00"),
        (&newfoundland, "2026-03-07", "2026-03-07T23:59:59-03:30"),
        (&newfoundland, "2026-03-08", "2026-03-08T23:59:59-02:30"),
        (&newfoundland, "2026-10-31", "2026-10-31T23:59:59-02:30"),
        (&newfoundland, "2026-11-01", "2026-11-01T23:59:59-03:30"),
        (&sydney, "2026-04-04", "2026-04-04T23:59:59+11:00"),
        (&sydney, "2026-04-05", "2026-04-05T23:59:59+10:00"),
        (&sydney, "2026-10-03", "2026-10-03T23:59:59+10:00"),
        (&sydney, "2026-10-04", "2026-10-04T23:59:59+11:00"),
        (&clocks(&[]), "2026-06-14", "2026-06-14T23:59:59Z"),
    ];
    for (book, text, end) in rows {
        let end = day_at(book, end);
        assert_eq!(end.day, day(text), "{end:?}");
        assert_eq!(book.when(deadline, day(text), None).instant, end.instant, "{text}");
        assert_eq!(book.as_of(end.instant + 1).day, day(text).plus(1), "{text}");
    }
}

#[test]
fn verdicts_are_given_from_the_first_instant_of_the_span_until_before_its_end() {
    let book = picnic();
    let rows = [
        ("2031-04-30T23:59:59-06:00", false),
        ("2031-05-01T00:00:00-06:00", true),
        ("2031-08-31T23:59:59-06:00", true),
        ("2031-09-01T00:00:00-06:00", false),
    ];
    for (at, covered) in rows {
        assert_eq!(book.covers(day_at(&book, at)), covered, "{at}");
    }
}

#[test]
fn a_rule_has_its_first_reading_unless_another_is_asked_for_and_its_last_for_any_beyond() {
    let mut toy = Toy::new();
    let [first, other] = [true, false].map(Condition::Const);
    let rule = toy.disputed([first.clone(), other.clone()]);
    let rows: [(&[u8], &Condition); 4] = [(&[], &first), (&[0], &first), (&[1], &other), (&[2], &other)];
    for (readings, condition) in rows {
        assert_eq!(toy.book[rule].under(readings).0, condition, "{readings:?}");
    }
}

#[test]
fn a_choice_with_a_day_of_its_own_depends_on_time() {
    let some = Some(MomentIx(0));
    let rows = [
        (Choice::default(), false),
        (Choice { may_become: 1, decided_by_others: true, ..Choice::default() }, false),
        (Choice { not_before: some, ..Choice::default() }, true),
        (Choice { not_after: some, ..Choice::default() }, true),
        (Choice { by: some, ..Choice::default() }, true),
        (Choice { outcome_of: Some(CellIx(0)), ..Choice::default() }, true),
    ];
    for (choice, depends) in rows {
        assert_eq!(choice.depends_on_time(), depends, "{choice:?}");
    }
}
