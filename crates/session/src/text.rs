//! A session as text: what is kept on the device, and what a file holds.
//!
//! One JSON object, which a file may as well write as TOML:
//!
//! ```text
//! {
//!   "self-check": 2,
//!   "status": "citizen",
//!   "cycle": {
//!     "2027": {
//!       "aimg-status": "eligible",
//!       "mmi": { "planned": "2026-12" },
//!       "cells": ["alberta/first"],
//!       "date": { "match-day-first": "2027-03-16T12:00" },
//!       "set-aside": { "mmi-days": "2036-12-12" },
//!       "mark": { "mmi-result": "uploaded" },
//!       "note": { "mmi-result": "ask the program in Calgary" }
//!     }
//!   },
//!   "order": ["aimg-status", "status"]
//! }
//! ```
//!
//! It is read value by value. One that cannot be read is named in [`Session::dropped`] and written back where it stood,
//! and every other counts: whatever happened to the text on its way, nothing else is lost with it.

use crate::{Dropped, LONGEST_NOTE, Mark, Node, Session, Unread, What, json, old, question_of};
use rules::answers::{Entered, RawAnswer};
use rules::sort::sort_by;

/// The version of the form, under this word.
pub const FORMAT: &str = "self-check";
const VERSION: i64 = 2;
/// Under this word stands what is no entry at all: lines of an older form, and texts that broke off.
pub(crate) const UNREAD: &str = "unread";
/// No honest session comes near it, and reading more would hold up the page.
pub const LONGEST: usize = 1 << 18;
/// More than any honest session has; a damaged text must not fill the page.
const MOST_DROPPED: usize = 20;
const MOST_SHOWN: usize = 100;
/// Written as JSON it must stay shorter than what is read at all.
const MOST_BROKEN: usize = LONGEST / 8;

/// Words that the form needs for itself. No question may be called so.
pub const RESERVED: [&str; 9] = [FORMAT, "cycle", "cells", "date", "set-aside", "mark", "note", "order", UNREAD];

const MARKS: [(Mark, &str); 4] = [
    (Mark::Have, "have"),
    (Mark::Uploaded, "uploaded"),
    (Mark::SeenDisplayed, "seen-displayed"),
    (Mark::Confirmed, "confirmed"),
];

impl Mark {
    #[must_use]
    pub fn word(self) -> &'static str {
        MARKS.iter().find(|(known, _)| *known == self).map_or("", |(_, word)| word)
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Mark> {
        MARKS.iter().find(|(_, known)| *known == word).map(|(mark, _)| *mark)
    }
}

/// The text of a session, with what could not be read in it.
#[must_use]
pub fn write(session: &Session) -> String {
    json::print(&node(session))
}

fn node(session: &Session) -> Node {
    let mut root = Node::Map(Vec::new());
    let mut put = |path: &[&str], value: Node| root.put(path, value);
    put(&[FORMAT], Node::Number(VERSION));
    for (key, answer) in &session.answers {
        match key.split_once('/') {
            Some((cycle, id)) => put(&["cycle", cycle, id], answer_node(answer)),
            None => put(&[key], answer_node(answer)),
        }
    }
    let mut of_cycle = |key: &str, word: &str, value: Node| {
        let (cycle, id) = key.split_once('/').unwrap_or(("", key));
        put(&["cycle", cycle, word, id], value);
    };
    session.entered.iter().for_each(|(key, day)| of_cycle(key, "date", Node::Text(day.to_string())));
    session.aside.iter().for_each(|(key, day)| of_cycle(key, "set-aside", Node::Text(day.to_string())));
    session.marks.iter().for_each(|(key, mark)| of_cycle(key, "mark", mark.word().into()));
    session.notes.iter().for_each(|(key, note)| of_cycle(key, "note", Node::Text(note.clone())));
    session.cells.iter().for_each(|(cycle, cells)| put(&["cycle", cycle, "cells"], texts(cells)));
    if !session.order.is_empty() {
        put(&["order"], texts(&session.order));
    }
    let broken: Vec<String> = session.unread.iter().filter(|unread| unread.path.is_empty()).map(Unread::line).collect();
    if !broken.is_empty() {
        put(&[UNREAD], texts(&broken));
    }
    for unread in session.unread.iter().filter(|unread| !unread.path.is_empty()) {
        let path: Vec<&str> = unread.path.iter().map(String::as_str).collect();
        root.put(&path, unread.value.clone());
    }
    root
}

fn texts(items: &[String]) -> Node {
    Node::List(items.iter().cloned().map(Node::Text).collect())
}

fn answer_node(answer: &RawAnswer) -> Node {
    match answer {
        RawAnswer::Text(text) => Node::Text(text.clone()),
        RawAnswer::List(items) => texts(items),
        RawAnswer::Bool(value) => Node::Bool(*value),
        RawAnswer::Number(value) => Node::Number(*value),
        RawAnswer::Planned(day) => Node::Map(vec![("planned".to_owned(), Node::Text(day.clone()))]),
    }
}

/// An answer as a text of answers holds it; `None` for what no question takes.
#[must_use]
pub fn answer(value: &Node) -> Option<RawAnswer> {
    Some(match value {
        Node::Text(text) => RawAnswer::Text(text.clone()),
        Node::List(_) => RawAnswer::List(value.texts()?),
        Node::Bool(value) => RawAnswer::Bool(*value),
        Node::Number(value) => RawAnswer::Number(*value),
        Node::Map(entries) => match entries.as_slice() {
            [(key, Node::Text(day))] if key == "planned" => RawAnswer::Planned(day.clone()),
            _ => return None,
        },
        Node::Null | Node::Float(_) => return None,
    })
}

/// Reads a text back, as far as it can be read: JSON, or the form before it.
#[must_use]
pub fn read(text: &str) -> Session {
    let mut session = Session::default();
    let is_json = text.trim_start().starts_with('{');
    match json::parse(text).filter(|_| is_json && text.len() <= LONGEST) {
        Some(node) => take_all(&mut session, node, None),
        None if is_json || text.len() > LONGEST => session.unread.push(Unread::broken(text)),
        None => old::read_lines(&mut session, text),
    }
    finish(session)
}

/// The session that a value holds. Dates, positions, marks and notes that stand outside a cycle belong to `cycle`; entries
/// that cannot be used are in [`Session::unread`].
#[must_use]
pub fn read_node(node: Node, cycle: &str) -> Session {
    let mut session = Session::default();
    take_all(&mut session, node, Some(cycle));
    finish(session)
}

fn take_all(session: &mut Session, root: Node, cycle: Option<&str>) {
    walk(&mut Vec::new(), root, &mut |path, value| {
        if take(session, path, &value, cycle).is_none() {
            session.unread.push(Unread { path: path.to_vec(), value });
        }
    });
}

/// Hands on each entry, and where it stands.
fn walk(path: &mut Vec<String>, value: Node, entry: &mut dyn FnMut(&[String], Node)) {
    match value {
        Node::Map(entries) if is_branch(path) => {
            for (key, value) in entries {
                path.push(key);
                walk(path, value, entry);
                path.pop();
            }
        }
        value => entry(path, value),
    }
}

fn is_branch(path: &[String]) -> bool {
    // TOML takes the full stop in the id of a window's end for a table.
    let of_cycle = |rest: &[String]| match rest {
        [word] => ["date", "set-aside", "mark", "note"].contains(&&**word),
        [word, _] => ["date", "set-aside"].contains(&&**word),
        _ => false,
    };
    match path {
        [] => true,
        [first] if first == "cycle" => true,
        [first, _] if first == "cycle" => true,
        [first, _, rest @ ..] if first == "cycle" => of_cycle(rest),
        path => of_cycle(path),
    }
}

/// Takes one entry; `None` when it cannot be used.
fn take(session: &mut Session, path: &[String], value: &Node, cycle: Option<&str>) -> Option<()> {
    let (cycle, rest) = match path {
        [first, cycle, rest @ ..] if first == "cycle" => (Some(plain_id(cycle)?), rest),
        path => (cycle.map(str::to_owned), path),
    };
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let is_root = rest.len() == path.len();
    match rest.as_slice() {
        [FORMAT] if is_root => (*value == Node::Number(VERSION)).then_some(())?,
        ["order"] if is_root => session.order = ids(value)?,
        [UNREAD] if is_root => session.unread.extend(value.texts()?.iter().map(|text| Unread::broken(text))),
        ["cells"] => {
            session.cells.insert(cycle?, ids(value)?);
        }
        ["date", key @ ..] if !key.is_empty() => {
            session.entered.insert(date_key(cycle, key)?, day(value)?);
        }
        ["set-aside", key @ ..] if !key.is_empty() => {
            session.aside.insert(date_key(cycle, key)?, day(value)?);
        }
        ["mark", key] => {
            session.marks.insert(key_of(cycle, key)?, Mark::from_word(value.text()?)?);
        }
        ["note", key] => {
            session.notes.insert(key_of(cycle, key)?, value.text()?.chars().take(LONGEST_NOTE).collect());
        }
        [key] => {
            let id = question_id(key)?;
            let key = if is_root { id } else { [&*cycle?, "/", &id].concat() };
            session.answers.insert(key, answer(value)?);
        }
        _ => return None,
    }
    Some(())
}

fn day(value: &Node) -> Option<Entered> {
    let text = value.text()?;
    // TOML writes a time with its seconds.
    let minutes = text.strip_suffix(":00").filter(|text| text.len() == "2027-03-04T12:00".len());
    Entered::parse(minutes.unwrap_or(text))
}

fn key_of(cycle: Option<String>, key: &str) -> Option<String> {
    Some([&*cycle?, "/", &plain_id(key)?].concat())
}

fn date_key(cycle: Option<String>, id: &[&str]) -> Option<String> {
    Some([&*cycle?, "/", &date_id(&id.join("."))?].concat())
}

/// The id of a date or, after a full stop, of one end of a window.
pub(crate) fn date_id(text: &str) -> Option<String> {
    let parts = text.split('.').map(plain_id).collect::<Option<Vec<_>>>()?;
    (parts.len() < 3).then(|| parts.join("."))
}

/// The id of a question, which is no word of the form.
pub(crate) fn question_id(text: &str) -> Option<String> {
    plain_id(text).filter(|id| !RESERVED.contains(&&**id))
}

pub(crate) fn plain_id(text: &str) -> Option<String> {
    id(text).filter(|id| !id.contains('/'))
}

/// Ids are kebab-case, perhaps with a cycle or a place before them.
pub(crate) fn id(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let whole = |part: &str| !part.is_empty() && part.chars().all(fits);
    text.split('/').all(whole).then(|| text.to_owned())
}

pub(crate) fn ids(value: &Node) -> Option<Vec<String>> {
    value.texts()?.iter().map(|text| id(text)).collect()
}

/// What holds for every session that was read, whatever its form.
pub(crate) fn finish(mut session: Session) -> Session {
    // A question that is not in the order could not be gone back to.
    let mut order = Vec::new();
    let answered = session.answers.keys().map(|key| question_of(key).to_owned());
    for id in std::mem::take(&mut session.order).into_iter().chain(answered) {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    session.order = order;
    // In one order, wherever each stood.
    sort_by(&mut session.unread, |one, other| one.path.cmp(&other.path));
    let shown = session.unread.iter().take(MOST_DROPPED);
    let shown = shown.map(|unread| Dropped {
        what: What::Unread,
        key: unread.path.join("/"),
        line: unread.line().chars().take(MOST_SHOWN).collect(),
    });
    session.dropped = shown.collect();
    session
}

/// The line that names an answer.
#[must_use]
pub fn answer_line(key: &str, given: &RawAnswer) -> String {
    [key, " = ", &answer_node(given).to_json()].concat()
}

/// The line that names a date that was entered.
#[must_use]
pub fn date_line(key: &str, entered: Entered) -> String {
    format!("date.{key} = \"{entered}\"")
}

impl Unread {
    /// A text that holds no entry, or broke off. Of one that is longer than anything of ours its beginning is kept.
    pub(crate) fn broken(text: &str) -> Unread {
        Unread { path: Vec::new(), value: Node::Text(text.chars().take(MOST_BROKEN).collect()) }
    }

    /// As it is shown to the person.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.value {
            Node::Text(text) if self.path.is_empty() => text.clone(),
            value => [&self.path.join("."), " = ", &value.to_json()].concat(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const WHOLE: &str = r#"{"self-check":2,"english-tests":["ielts","toefl"],"resident":true,"years":-3,"cycle":{"2027":{"aimg-status":"eligible","mmi":{"planned":"2026-12"},"date":{"match-day-first":"2027-03-16T12:00"},"set-aside":{"mmi-days":"2036-12-12"},"mark":{"mmi-result":"uploaded"},"note":{"mmi-result":"ask \"them\""},"cells":["alberta/first"]}},"order":["mmi","aimg-status","english-tests","resident","years"]}"#;

    #[test]
    fn a_text_reads_back_as_it_was_written() {
        let session = read(WHOLE);
        assert_eq!(session.dropped, []);
        assert_eq!(session.answers.len(), 5);
        assert_eq!(session.order.first().map(String::as_str), Some("mmi"));
        // Answers stand in the order of their ids, and those of a cycle after those of all.
        assert_eq!(read(&write(&session)), session);
        let sorted = |text: &str| {
            let mut signs: Vec<char> = text.chars().collect();
            signs.sort_unstable();
            signs
        };
        assert_eq!(sorted(&write(&session)), sorted(WHOLE));
    }

    /// Reads a text: the keys of the answers that were kept, and the entries that were not.
    #[track_caller]
    pub(crate) fn check(text: &str, kept: &[&str], dropped: &[&str]) {
        let session = read(text);
        assert_eq!(session.answers.keys().map(String::as_str).collect::<Vec<_>>(), kept, "{text}");
        assert_eq!(session.dropped.iter().map(|dropped| &*dropped.line).collect::<Vec<_>>(), dropped, "{text}");
        // Nothing of it is lost, and it reads back as itself.
        assert_eq!(read(&write(&session)), session, "{text}");
    }

    #[test]
    fn whatever_can_be_read_is_kept() {
        check(r#" {"status": "citizen", "mmi": 2.5, "x": null} "#, &["status"], &["mmi = 2.5", "x = null"]);
        check(r#"{"self-check": 9, "status": "citizen"}"#, &["status"], &["self-check = 9"]);
        check(
            r#"{"cycle": {"2027": {"mmi": "done", "mark": {"y": "lost"}}}}"#,
            &["2027/mmi"],
            &["cycle.2027.mark.y = \"lost\""],
        );
        check(r#"{"cycle": 3, "date": {"x": "2027-03"}}"#, &[], &["cycle = 3", "date.x = \"2027-03\""]);
        check(r#"{"cycle": {"2/7": {"mmi": "done"}}}"#, &[], &["cycle.2/7.mmi = \"done\""]);
        check(
            r#"{"Status": "citizen", "__proto__": "x", "constructor": "y"}"#,
            &["constructor"],
            &["Status = \"citizen\"", "__proto__ = \"x\""],
        );
        check(r#"{"mmi": {"planned": "2027", "and": 1}}"#, &[], &["mmi = {\"planned\":\"2027\",\"and\":1}"]);
        check(r#"{"status": "citi"#, &[], &[r#"{"status": "citi"#]);
        check("", &[], &[]);
        check("<html>\u{0}", &[], &["<html>\u{0}"]);
    }

    #[test]
    fn what_cannot_be_read_is_written_back_where_it_stood() {
        let text = r#"{"self-check":9,"status":"citizen","cycle":{"2027":{"future":{"more":1}}},"order":["status"],"unread":["my notes"]}"#;
        let written = write(&read(text));
        for part in [r#""self-check":9"#, r#""cycle":{"2027":{"future":{"more":1}}}"#, r#""unread":["my notes"]"#] {
            assert!(written.contains(part), "{written}");
        }
        // A link takes only what this program can read.
        assert_eq!(crate::link::write(&read(text)), crate::link::write(&read(r#"{"status":"citizen"}"#)));
    }

    #[test]
    fn a_damaged_text_does_not_fill_the_page() {
        let session = read(&"?".repeat(400));
        assert_eq!(session.dropped.first().map(|dropped| dropped.line.len()), Some(MOST_SHOWN));
        assert_eq!(read(&"?\n".repeat(400)).dropped.len(), MOST_DROPPED);
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert_eq!(read(&["{\"a\":", &deep, "}"].concat()).unread.len(), 1);
        let long = ["{\"a\":\"", &"x".repeat(5 << 20), "\"}"].concat();
        let session = read(&long);
        assert_eq!((session.answers.len(), session.unread.len()), (0, 1));
        assert!(write(&session).len() < LONGEST);
    }
}
