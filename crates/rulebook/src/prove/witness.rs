//! Where a claim fails, in a form that `rulebook evaluate` takes.

use jiff::Timestamp;
use jiff::tz::Offset;
use rules::answers::{Answers, RawAnswer};
use rules::rulebook::{AsOf, Rulebook};
use std::fmt::Write;

/// The instant as `--as-of` takes it.
pub fn stamp(book: &Rulebook, at: AsOf) -> String {
    let offset = Offset::from_seconds(book.offset(at.instant)).unwrap_or(Offset::UTC);
    Timestamp::from_second(at.instant).unwrap_or(Timestamp::UNIX_EPOCH).display_with_offset(offset).to_string()
}

/// The answers as a file.
pub fn answers_file(book: &Rulebook, answers: &Answers) -> String {
    let mut text = String::new();
    for (question, answer) in answers.iter() {
        let question = &book[question];
        let value = match question.write(answer) {
            RawAnswer::Text(text) => format!("{text:?}"),
            RawAnswer::List(ids) => format!("{ids:?}"),
            RawAnswer::Bool(value) => value.to_string(),
            RawAnswer::Number(number) => number.to_string(),
            RawAnswer::Planned(date) => format!("{{ planned = {date:?} }}"),
        };
        let _ = writeln!(text, "{} = {value}", question.id);
    }
    let chosen: Vec<&str> =
        (0..book.cells.len()).filter(|cell| answers.is_chosen(*cell)).map(|cell| &*book.cells[cell].id).collect();
    if chosen.len() < book.cells.len() {
        let _ = writeln!(text, "cells = {chosen:?}");
    }
    for (moment, day) in answers.iter_entered() {
        let _ = writeln!(text, "\"date.{}\" = \"{day}\"", book[moment].id);
    }
    text
}
