//! An answers file, read against a rulebook.
//!
//! It is what the page keeps (see the crate `session`), as JSON or as TOML: `question-id = value`, where values are choice
//! ids, lists of them, booleans, numbers, dates, `"dont-know"`, `"skipped"`, `"done"`, `"not-yet"`, `"never"`,
//! `{ planned = "2027-05" }`; `cells = ["…"]` picks cells, and `date.<id> = "…"` enters a date. What belongs to one cycle
//! stands under `[cycle.2027]`; in a file for one cycle it may as well stand before any section.

use crate::problem::nearest;
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimeParser;
use rules::answers::{Answers, RawAnswer};
use rules::rulebook::{AsOf, Rulebook};
use serde::Deserialize;
use session::{Node, Session, Unread, text};
use toml::Table;

/// What a message shows of a value.
const MOST: usize = 80;
/// A question has at most so many choices: they are the bits of a number.
const MOST_CHOICES: usize = 64;

/// The instant of an `--as-of` value such as `2026-11-23T09:00-06:00`. The offset is required.
///
/// # Errors
/// A message that names the value and the form.
pub fn as_of(rulebook: &Rulebook, text: &str) -> Result<AsOf, String> {
    let form = || format!("--as-of {text:?} is not a time with an offset; write it as 2026-11-23T09:00-06:00");
    let instant: Timestamp = DateTimeParser::new().parse_timestamp(text).map_err(|_| form())?;
    Ok(rulebook.as_of(instant.as_second()))
}

/// Reads the answers of a file.
///
/// # Errors
/// Every unknown id, wrong type and impossible date, each by name.
pub fn answers(rulebook: &Rulebook, text: &str) -> Result<Answers, Vec<String>> {
    taken(rulebook, &session(rulebook, text)?)
}

/// The same for answers that are already a table.
///
/// # Errors
/// Every unknown id, wrong type and impossible date, each by name.
pub fn from_table(rulebook: &Rulebook, table: &Table) -> Result<Answers, Vec<String>> {
    let node = Node::deserialize(table.clone()).map_err(|error| vec![error.to_string()])?;
    taken(rulebook, &from_node(rulebook, node)?)
}

/// Reads a file as the page would keep it, with what belongs to one cycle under the rulebook's.
///
/// # Errors
/// What is no text of answers, and every entry that no rulebook takes, each by name.
pub fn session(rulebook: &Rulebook, text: &str) -> Result<Session, Vec<String>> {
    if text.len() > text::LONGEST {
        return Err(vec![format!("{} bytes are too many for the answers of one person", text.len())]);
    }
    let node = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| vec![error.to_string()])?
    } else if is_older(text) {
        return settled(rulebook, text::read(text));
    } else {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            vec![format!("line {line}: {}", error.message().replace('\n', " "))]
        })?;
        Node::deserialize(table).map_err(|error| vec![error.to_string()])?
    };
    from_node(rulebook, node)
}

/// Whether it is the form before JSON and TOML, of which the first line names the version.
fn is_older(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.strip_prefix("self-check ").is_some_and(|version| version.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

fn from_node(rulebook: &Rulebook, node: Node) -> Result<Session, Vec<String>> {
    let Node::Map(entries) = node else { return Err(vec!["not a table of answers".to_owned()]) };
    let mut root = Node::Map(Vec::new());
    for (key, value) in entries {
        match key.strip_prefix("date.") {
            Some(date) => root.put(&["date", date], value),
            None => root.put(&[&key], value),
        }
    }
    settled(rulebook, text::read_node(root, &rulebook.cycle))
}

/// Puts the answers that belong to one cycle under this one.
fn settled(rulebook: &Rulebook, mut session: Session) -> Result<Session, Vec<String>> {
    let mut wrong: Vec<String> = session.unread.iter().map(no_entry).collect();
    let of_run = |id: &str| rulebook.question(id).is_some_and(|question| rulebook[question].per_cycle);
    let loose: Vec<String> = session.answers.keys().filter(|key| of_run(key)).cloned().collect();
    for id in loose {
        if let Some(answer) = session.answers.remove(&id)
            && session.answers.insert(session::key(&rulebook.cycle, &id, true), answer).is_some()
        {
            wrong.push(format!("{id:?} is answered twice, once under [cycle.{}]", rulebook.cycle));
        }
    }
    if wrong.is_empty() { Ok(session) } else { Err(wrong) }
}

fn no_entry(unread: &Unread) -> String {
    let value = unread.value.to_json();
    let path: Vec<&str> = unread.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        [.., "cells"] => "\"cells\" takes a list of cell ids such as [\"alberta/first\"]".to_owned(),
        [.., "date" | "set-aside", id] | [.., "date" | "set-aside", id, _] => {
            format!(
                "date {id:?}: {} is not a calendar day; write \"2027-03-04\" or \"2027-03-04T12:00\"",
                short(&value)
            )
        }
        [text::FORMAT] => format!("{:?}: {} is not a version that this program reads", text::FORMAT, short(&value)),
        [] => format!("{} is not an entry", short(&value)),
        path => format!("{:?}: {} is not an answer that any question takes", path.join("."), short(&value)),
    }
}

/// A long value is not written out: nobody could read on after it.
fn short(value: &str) -> String {
    match value.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}… ({} characters)", &value[..end], value.chars().count()),
        None => value.to_owned(),
    }
}

/// The same for an answer, which no question takes either way.
fn shortened(raw: &RawAnswer) -> RawAnswer {
    match raw {
        RawAnswer::Text(text) => RawAnswer::Text(short(text)),
        RawAnswer::Planned(text) => RawAnswer::Planned(short(text)),
        RawAnswer::List(items) => RawAnswer::List(items.iter().take(MOST_CHOICES).map(|item| short(item)).collect()),
        other => other.clone(),
    }
}

/// The answers as the rulebook takes them. Those of other cycles are not looked at.
///
/// # Errors
/// Every unknown id, wrong type and impossible date, each by name.
pub fn taken(rulebook: &Rulebook, session: &Session) -> Result<Answers, Vec<String>> {
    let mut answers = Answers::none(rulebook);
    let mut wrong = Vec::new();
    let id_here = |key: &str| match key.split_once('/') {
        Some((cycle, id)) => (*cycle == *rulebook.cycle).then(|| id.to_owned()),
        None => Some(key.to_owned()),
    };
    for (key, raw) in &session.answers {
        let Some(id) = id_here(key) else { continue };
        let known = rulebook.questions.iter().map(|question| &*question.id);
        let Some(question) = rulebook.question(&id) else {
            wrong.push(with_hint(format!("unknown question {:?}", short(&id)), nearest(&id, known)));
            continue;
        };
        if !rulebook[question].per_cycle && key.contains('/') {
            wrong.push(format!("{id:?} is the same in every cycle: write it before [cycle.{}]", rulebook.cycle));
            continue;
        }
        let answer = rulebook[question].read(&shortened(raw));
        let set = answer.and_then(|answer| answers.set(rulebook, question, answer));
        wrong.extend(set.err().map(|refusal| format!("{id:?}: {refusal}")));
    }
    for (key, entered) in &session.entered {
        let Some(id) = id_here(key) else { continue };
        let ids = rulebook.moments.iter().map(|moment| &*moment.id);
        let Some(moment) = rulebook.moment(&id) else {
            wrong.push(with_hint(format!("unknown date {:?}", short(&id)), nearest(&id, ids)));
            continue;
        };
        let set = answers.enter(rulebook, moment, Some(*entered));
        wrong.extend(set.err().map(|refusal| format!("date {id:?}: {refusal}")));
    }
    if let Some(ids) = session.cells.get(&rulebook.cycle) {
        let mut chosen = Vec::new();
        for id in ids {
            let known = rulebook.cells.iter().map(|cell| &*cell.id);
            match rulebook.cell(id) {
                Some(cell) => chosen.push(cell.index()),
                None => wrong.push(with_hint(format!("unknown cell {id:?}"), nearest(id, known))),
            }
        }
        answers.choose_cells(rulebook, chosen);
    }
    if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
}

fn with_hint(message: String, hint: Option<String>) -> String {
    match hint {
        Some(hint) => format!("{message}; {hint}"),
        None => message,
    }
}
