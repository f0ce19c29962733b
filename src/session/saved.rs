//! A session as text: what is kept on the device, and what a file holds.
//!
//! The first line names the format, every other line holds one thing:
//!
//! ```text
//! self-check 1
//! 2027/aimg-status = "eligible"
//! 2027/mmi = { planned = "2026-12" }
//! status = "citizen"
//! cells.2027 = ["alberta/first"]
//! date.2027/match-day-first = "2027-03-16T12:00"
//! date?.2027/mmi-days = "2036-12-12"
//! mark.2027/mmi-result = "uploaded"
//! note.2027/mmi-result = "ask the program in Calgary"
//! order = ["aimg-status", "status"]
//! ```
//!
//! A line that cannot be read is named in [`Session::dropped`] and written back as it stood, and every other line counts:
//! whatever happened to the text on its way, nothing else is lost with it.

use super::{LONGEST_NOTE, Mark, Session};
use rules::answers::{Entered, RawAnswer};
use std::fmt::Write;

const FIRST_LINE: &str = "self-check 1";
/// How the first line of every version begins.
const FORMAT: &str = "self-check ";
const ASIDE: &str = "date?.";
const NOTE: &str = "note.";
/// More than any honest session has; a damaged text must not fill the page.
const MOST_DROPPED: usize = 20;
const MOST_SHOWN: usize = 100;

const MARKS: [(Mark, &str); 4] = [
    (Mark::Have, "have"),
    (Mark::Uploaded, "uploaded"),
    (Mark::SeenDisplayed, "seen-displayed"),
    (Mark::Confirmed, "confirmed"),
];

/// The text of a session, with what could not be read in it.
#[must_use]
pub fn write(session: &Session) -> String {
    let (version, unread) = match session.unread.split_first() {
        Some((version, unread)) if version.starts_with(FORMAT) => (&**version, unread),
        _ => (FIRST_LINE, &session.unread[..]),
    };
    let mut lines = lines(version, session);
    lines.extend(notes(session));
    lines.extend(session.aside.iter().map(|(key, entered)| format!("{ASIDE}{key} = \"{entered}\"")));
    lines.extend(unread.iter().cloned());
    text(&lines)
}

/// The text of what this program can read of a session: what a link holds. Notes are nobody else's business.
#[must_use]
pub fn known(session: &Session) -> String {
    text(&lines(FIRST_LINE, session))
}

/// The same with notes: what goes along when the page is loaded anew.
#[must_use]
pub fn known_with_notes(session: &Session) -> String {
    let mut lines = lines(FIRST_LINE, session);
    lines.extend(notes(session));
    text(&lines)
}

fn notes(session: &Session) -> impl Iterator<Item = String> {
    session.notes.iter().map(|(key, note)| format!("{NOTE}{key} = {}", quoted(note)))
}

fn text(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

fn lines(version: &str, session: &Session) -> Vec<String> {
    let mut lines = vec![version.to_owned()];
    lines.extend(session.answers.iter().map(|(key, answer)| answer_line(key, answer)));
    lines.extend(session.cells.iter().map(|(cycle, cells)| format!("cells.{cycle} = {}", list(cells))));
    lines.extend(session.entered.iter().map(|(key, entered)| date_line(key, *entered)));
    lines.extend(session.marks.iter().map(|(key, mark)| {
        let word = MARKS.iter().find(|(known, _)| known == mark).map_or("", |(_, word)| word);
        format!("mark.{key} = \"{word}\"")
    }));
    if !session.order.is_empty() {
        lines.push(format!("order = {}", list(&session.order)));
    }
    lines
}

/// The line of one answer.
#[must_use]
pub fn answer_line(key: &str, answer: &RawAnswer) -> String {
    let value = match answer {
        RawAnswer::Text(text) => quoted(text),
        RawAnswer::List(items) => list(items),
        RawAnswer::Bool(value) => value.to_string(),
        RawAnswer::Number(value) => value.to_string(),
        RawAnswer::Planned(date) => format!("{{ planned = {} }}", quoted(date)),
    };
    format!("{key} = {value}")
}

/// The line of a date that was entered.
#[must_use]
pub fn date_line(key: &str, entered: Entered) -> String {
    format!("date.{key} = \"{entered}\"")
}

/// Reads a text back, as far as it can be read.
#[must_use]
pub fn read(text: &str) -> Session {
    let mut session = Session::default();
    for line in text.lines().map(str::trim) {
        if !line.is_empty() && line != FIRST_LINE && !take(&mut session, line) {
            session.unread.push(line.to_owned());
        }
    }
    // A question that is not in the order could not be gone back to.
    let missing: Vec<String> = session
        .answers
        .keys()
        .filter_map(|key| key.rsplit('/').next())
        .filter(|id| !session.order.iter().any(|known| known == id))
        .map(str::to_owned)
        .collect();
    session.order.extend(missing);
    let shown = session.unread.iter().take(MOST_DROPPED);
    session.dropped = shown.map(|line| line.chars().take(MOST_SHOWN).collect()).collect();
    session
}

fn take(session: &mut Session, line: &str) -> bool {
    read_line(session, line).is_some()
}

fn read_line(session: &mut Session, line: &str) -> Option<()> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let value = read_value(value.trim())?;
    if key == "order" {
        session.order = ids(value)?;
    } else if let Some(cycle) = key.strip_prefix("cells.") {
        session.cells.insert(id(cycle)?, ids(value)?);
    } else if let Some(key) = key.strip_prefix("date.") {
        session.entered.insert(id(key)?, day(value)?);
    } else if let Some(key) = key.strip_prefix(ASIDE).filter(|key| !session.aside.contains_key(key)) {
        session.aside.insert(id(key)?, day(value)?);
    } else if let Some(key) = key.strip_prefix("mark.") {
        let RawAnswer::Text(word) = value else { return None };
        let (mark, _) = MARKS.iter().find(|(_, known)| *known == word)?;
        session.marks.insert(id(key)?, *mark);
    } else if let Some(key) = key.strip_prefix(NOTE) {
        let RawAnswer::Text(note) = value else { return None };
        session.notes.insert(id(key)?, note.chars().take(LONGEST_NOTE).collect());
    } else {
        session.answers.insert(id(key)?, value);
    }
    Some(())
}

/// Ids are kebab-case, perhaps with a cycle or a place before them.
fn id(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let whole = |part: &str| !part.is_empty() && part.chars().all(fits);
    text.split('/').all(whole).then(|| text.to_owned())
}

fn day(value: RawAnswer) -> Option<Entered> {
    let RawAnswer::Text(day) = value else { return None };
    Entered::parse(&day)
}

fn ids(value: RawAnswer) -> Option<Vec<String>> {
    let RawAnswer::List(items) = value else { return None };
    items.iter().map(|item| id(item)).collect()
}

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // Line separators of Unicode would be harmless, but whoever reads the text could not see them.
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn read_value(text: &str) -> Option<RawAnswer> {
    let mut rest = Rest(text);
    let value = match text.chars().next()? {
        '"' => RawAnswer::Text(rest.string()?),
        '[' => RawAnswer::List(rest.list()?),
        '{' => {
            rest.token("{")?;
            rest.token("planned")?;
            rest.token("=")?;
            let date = rest.string()?;
            rest.token("}")?;
            RawAnswer::Planned(date)
        }
        't' => rest.token("true").map(|()| RawAnswer::Bool(true))?,
        'f' => rest.token("false").map(|()| RawAnswer::Bool(false))?,
        _ => {
            let number = rest.0.parse().ok()?;
            rest.0 = "";
            RawAnswer::Number(number)
        }
    };
    rest.0.trim_start().is_empty().then_some(value)
}

/// What is left of a line.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn token(&mut self, token: &str) -> Option<()> {
        self.0 = self.0.trim_start().strip_prefix(token)?;
        Some(())
    }

    fn list(&mut self) -> Option<Vec<String>> {
        self.token("[")?;
        let mut items = Vec::new();
        loop {
            if self.token("]").is_some() {
                return Some(items);
            }
            items.push(self.string()?);
            if self.token(",").is_none() {
                self.token("]")?;
                return Some(items);
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        self.token("\"")?;
        let mut text = String::new();
        let mut chars = self.0.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => match chars.next()? {
                    'n' => text.push('\n'),
                    'u' => {
                        let digits: String = chars.by_ref().take(4).collect();
                        text.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                    }
                    c @ ('"' | '\\') => text.push(c),
                    _ => return None,
                },
                c => text.push(c),
            }
        }
        self.0 = chars.as_str();
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Map, fragment};
    use proptest::prelude::*;
    use rules::day::Day;

    const WHOLE: &str = "self-check 1\n\
        2027/aimg-status = \"eligible\"\n\
        2027/mmi = { planned = \"2026-12\" }\n\
        english-tests = [\"ielts\", \"toefl\"]\n\
        resident = true\n\
        years = -3\n\
        cells.2027 = [\"alberta/first\"]\n\
        date.2027/match-day-first = \"2027-03-16T12:00\"\n\
        date.2027/mmi-days = \"2026-12-12\"\n\
        mark.2027/mmi-result = \"uploaded\"\n\
        order = [\"mmi\", \"aimg-status\", \"english-tests\", \"resident\", \"years\"]\n";

    #[test]
    fn a_text_reads_back_as_it_was_written() {
        let session = read(WHOLE);
        assert_eq!(session.dropped, [""; 0]);
        assert_eq!(session.answers.len(), 5);
        assert_eq!(session.order.first().map(String::as_str), Some("mmi"));
        assert_eq!(write(&session), WHOLE);
    }

    #[track_caller]
    fn check(text: &str, kept: &[&str], dropped: &[&str]) {
        let session = read(text);
        assert_eq!(session.answers.keys().map(String::as_str).collect::<Vec<_>>(), kept, "{text}");
        assert_eq!(session.dropped, dropped, "{text}");
    }

    #[test]
    fn whatever_can_be_read_is_kept() {
        check("self-check 1\nstatus = \"citizen\"\r\n\r\n  mmi=\"done\"", &["mmi", "status"], &[]);
        check("self-check 1\nstatus = \"citizen\"\nmmi = \"do", &["status"], &["mmi = \"do"]);
        check("self-check 9\nstatus = \"citizen\"\nmmi = done\n", &["status"], &["self-check 9", "mmi = done"]);
        check("status = \"citizen\"", &["status"], &[]);
        check("self-check 1\nMy notes\n= 3\nmmi = \"done\" !", &[], &["My notes", "= 3", "mmi = \"done\" !"]);
        check(
            "self-check 1\ndate.x = \"2027-03\"\nmark.y = \"lost\"",
            &[],
            &["date.x = \"2027-03\"", "mark.y = \"lost\""],
        );
        check("", &[], &[]);
        check("<html>\u{0}", &[], &["<html>\u{0}"]);
        let twice = "date?.x = \"2027-03-01\"\ndate?.x = \"2027-03-02\"";
        check(twice, &[], &["date?.x = \"2027-03-02\""]);
    }

    #[test]
    fn what_cannot_be_read_is_written_back_as_it_stood() {
        let text = "self-check 9\nstatus = \"citizen\"\nfuture = { more = 1 }\nmy notes";
        let written = write(&read(text));
        assert_eq!(
            written,
            "self-check 9\nstatus = \"citizen\"\norder = [\"status\"]\nfuture = { more = 1 }\nmy notes\n"
        );
        assert_eq!(write(&read(&written)), written);
        // A link takes only what this program can read.
        assert_eq!(known(&read(text)), "self-check 1\nstatus = \"citizen\"\norder = [\"status\"]\n");
    }

    #[test]
    fn a_damaged_text_does_not_fill_the_page() {
        let session = read(&"?".repeat(400));
        assert_eq!(session.dropped[0].len(), MOST_SHOWN);
        assert_eq!(read(&"?\n".repeat(400)).dropped.len(), MOST_DROPPED);
    }

    fn ids() -> impl Strategy<Value = String> {
        "[a-z0-9]{1,6}(-[a-z0-9]{1,4})?"
    }

    fn answers() -> impl Strategy<Value = RawAnswer> {
        prop_oneof![
            any::<String>().prop_map(RawAnswer::Text),
            proptest::collection::vec(any::<String>(), 0..4).prop_map(RawAnswer::List),
            any::<bool>().prop_map(RawAnswer::Bool),
            any::<i64>().prop_map(RawAnswer::Number),
            any::<String>().prop_map(RawAnswer::Planned),
        ]
    }

    fn entered() -> impl Strategy<Value = Entered> {
        let minutes = proptest::option::of(0..24 * 60u16);
        (0..30_000i32, minutes).prop_map(|(day, minutes)| Entered { day: Day(day), minutes })
    }

    fn map<V: std::fmt::Debug>(
        keys: impl Strategy<Value = String>,
        values: impl Strategy<Value = V>,
    ) -> impl Strategy<Value = Map<V>> {
        proptest::collection::vec((keys, values), 0..6).prop_map(|entries| entries.into_iter().collect())
    }

    #[test]
    fn an_id_without_a_name_is_dropped() {
        for line in ["/ = 0", "2027/ = 0", "/mmi = \"done\""] {
            let session = read(line);
            assert!(session.answers.keys().next().is_none(), "{line}");
            assert_eq!(session.dropped, [line]);
        }
    }

    proptest! {
        #[test]
        fn every_session_reads_back(
            given in map(("(202[0-9]/)?", ids()).prop_map(|(a, b)| a + &b), answers()),
            entered in map(ids(), entered()),
            aside in map(ids(), entered()),
            marks in map(ids(), proptest::sample::select(MARKS.map(|(mark, _)| mark).to_vec())),
            notes in map(ids(), "(?s).{1,40}"),
            cells in map("202[0-9]", proptest::collection::vec(ids(), 0..3)),
        ) {
            let reserved = ["order", "cells", "date", "mark", "note"];
            prop_assume!(given.keys().all(|key| !reserved.contains(&key.as_str())));
            let order = given.keys().filter_map(|key| Some(key.rsplit('/').next()?.to_owned())).collect::<std::collections::BTreeSet<_>>();
            let session = Session { answers: given, entered, marks, cells, order: order.into_iter().collect(), ..Session::default() };
            let kept = Session { aside, notes, ..session.clone() };
            prop_assert_eq!(read(&write(&kept)), kept);
            let link = fragment::write(&session);
            prop_assert!(link.chars().all(|c| c.is_ascii_graphic() && !"\"<>`'".contains(c) || c == '\''), "{}", link);
            prop_assert_eq!(fragment::read(&link), Some(session));
        }

        #[test]
        fn no_text_is_too_odd(text in any::<String>(), lines in "(([a-z./0-9-]{0,9} ?=)? ?[\\[{\"a-z0-9 ,}\\]\\\\]{0,12}\n){0,5}") {
            for text in [text, lines] {
                let session = read(&text);
                let again = read(&write(&session));
                prop_assert_eq!(&again, &session);
                // Nor is anything lost that could not be read.
                prop_assert_eq!(read(&write(&again)), session);
                let _ = fragment::read(&text);
            }
        }
    }
}
