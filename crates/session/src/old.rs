//! The form before JSON, which is read and no longer written: lines that look like TOML, kept on the device and, with their
//! signs replaced, sent as links.
//!
//! ```text
//! self-check 1
//! 2027/aimg-status = "eligible"
//! 2027/mmi = { planned = "2026-12" }
//! cells.2027 = ["alberta/first"]
//! date.2027/match-day-first = "2027-03-16T12:00"
//! date?.2027/mmi-days = "2036-12-12"
//! mark.2027/mmi-result = "uploaded"
//! note.2027/mmi-result = "ask the program in Calgary"
//! order = ["aimg-status", "status"]
//! ```

use crate::link::{Linked, Missing, percent_decoded};
use crate::text::{answer, date_id, finish, id, ids, plain_id, question_id};
use crate::{LONGEST_NOTE, Mark, Node, Session, Unread, json};
use rules::answers::Entered;

const FIRST_LINE: &str = "self-check 1";
const ASIDE: &str = "date?.";
/// Before the answers of a link.
pub(crate) const MARK: &str = "s=";

/// Takes every line that can be read.
pub(crate) fn read_lines(session: &mut Session, text: &str) {
    for line in text.lines().map(str::trim) {
        // What is left of an ampersand that somebody else escaped.
        let line = line.strip_prefix("amp;").unwrap_or(line);
        if !line.is_empty() && line != FIRST_LINE && read_line(session, line).is_none() {
            session.unread.push(Unread::broken(line));
        }
    }
}

/// Reads what follows the mark of a link.
///
/// Such a link does not say how much of it was sent, but its last line names the questions: without it, or with a line that
/// cannot be read, something is missing.
pub(crate) fn read_link(lines: &str) -> Linked {
    let mut session = Session::default();
    // An apostrophe stands for a quotation mark, and what is escaped for itself: but somebody else may have escaped more.
    let as_sent: Vec<String> = lines.split('&').map(|line| percent_decoded(&plus_and_quotes(line))).collect();
    read_lines(&mut session, &as_sent.join("\n"));
    if !session.unread.is_empty() {
        let escaped = plus_and_quotes(&percent_decoded(lines)).replace('&', "\n");
        session = Session::default();
        read_lines(&mut session, &escaped);
    }
    let came = session.entries();
    let is_whole = session.unread.is_empty() && came > 0 && (!session.order.is_empty() || session.answers.is_empty());
    let missing = (!is_whole).then_some(Missing { came, of: None });
    Linked { session: finish(session), missing }
}

fn plus_and_quotes(text: &str) -> String {
    text.replace('+', " ").replace('\'', "\"")
}

fn read_line(session: &mut Session, line: &str) -> Option<()> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), read_value(value.trim())?);
    if key == "order" {
        session.order = ids(&value)?;
    } else if let Some(cycle) = key.strip_prefix("cells.") {
        session.cells.insert(plain_id(cycle)?, ids(&value)?);
    } else if let Some(key) = key.strip_prefix("date.") {
        session.entered.insert(date_key(key)?, Entered::parse(value.text()?)?);
    } else if let Some(key) = key.strip_prefix(ASIDE).filter(|key| !session.aside.contains_key(key)) {
        session.aside.insert(date_key(key)?, Entered::parse(value.text()?)?);
    } else if let Some(key) = key.strip_prefix("mark.") {
        session.marks.insert(of_cycle(key)?, Mark::from_word(value.text()?)?);
    } else if let Some(key) = key.strip_prefix("note.") {
        session.notes.insert(of_cycle(key)?, value.text()?.chars().take(LONGEST_NOTE).collect());
    } else {
        let (cycle, id) = key.split_once('/').map_or((None, key), |(cycle, id)| (Some(cycle), id));
        question_id(id).filter(|_| cycle.is_none_or(|cycle| plain_id(cycle).is_some()))?;
        session.answers.insert(key.to_owned(), answer(&value)?);
    }
    Some(())
}

fn date_key(key: &str) -> Option<String> {
    let (cycle, date) = key.split_once('/')?;
    Some([&*id(cycle)?, "/", &date_id(date)?].concat())
}

fn of_cycle(key: &str) -> Option<String> {
    id(key).filter(|key| key.matches('/').count() == 1)
}

/// The values were those of JSON, but for planned days.
fn read_value(text: &str) -> Option<Node> {
    let planned = text.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix("planned ="));
    let planned = planned.map(|day| ["{\"planned\":", day].concat());
    json::parse(planned.as_deref().unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use crate::link::{self, Missing};
    use crate::text::read;
    use crate::text::tests::check;

    #[test]
    fn every_line_is_read_on_its_own() {
        check("self-check 1\nstatus = \"citizen\"\r\n\r\n  mmi=\"done\"", &["mmi", "status"], &[]);
        check("self-check 1\nstatus = \"citizen\"\nmmi = \"do", &["status"], &["mmi = \"do"]);
        check("self-check 9\nstatus = \"citizen\"\nmmi = done\n", &["status"], &["self-check 9", "mmi = done"]);
        check("self-check 1\nMy notes\n= 3\nmmi = \"done\" !", &[], &["My notes", "= 3", "mmi = \"done\" !"]);
        check(
            "self-check 1\ndate.2027/x = \"2027-03\"\nmark.2027/y = \"lost\"\ndate.x = \"2027-03-01\"",
            &[],
            &["date.2027/x = \"2027-03\"", "mark.2027/y = \"lost\"", "date.x = \"2027-03-01\""],
        );
        check("date?.2027/x = \"2027-03-01\"\ndate?.2027/x = \"2027-03-02\"", &[], &["date?.2027/x = \"2027-03-02\""]);
        check(
            "/ = 0\n2027/ = 0\n/mmi = \"done\"\na/b/c = 0",
            &[],
            &["/ = 0", "2027/ = 0", "/mmi = \"done\"", "a/b/c = 0"],
        );
        check(
            "self-check 1\ncells.2/27 = [\"alberta/first\"]\n2027/date = \"x\"",
            &[],
            &["cells.2/27 = [\"alberta/first\"]", "2027/date = \"x\""],
        );
    }

    const LINK: &str = "s=self-check+1&2027/mmi=%7B+planned+=+'2026-12'+%7D&english=%5B'ielts',+'toefl'%5D&status='citizen'&date.2027/match-day-first='2027-03-16T12:00'&order=%5B'mmi',+'english',+'status'%5D";

    #[test]
    fn older_links_are_read() {
        let session = link::read(LINK).expect("a link");
        assert_eq!(session.missing, None);
        let text = read(
            r#"{"status":"citizen","english":["ielts","toefl"],"cycle":{"2027":{"mmi":{"planned":"2026-12"},"date":{"match-day-first":"2027-03-16T12:00"}}},"order":["mmi","english","status"]}"#,
        );
        assert_eq!(session.session, text);
        // As programs on the way changed it.
        for changed in [
            LINK.replace('&', "&amp;"),
            LINK.replace('\'', "%27"),
            LINK.replace('&', "%26"),
            LINK.replace("','", "%27%2C%27"),
        ] {
            assert_eq!(link::read(&changed), Some(session.clone()), "{changed}");
        }
    }

    /// Chat programs cut it at an apostrophe or a comma: its last line says whether it is whole.
    #[test]
    fn an_older_link_that_was_cut_is_not_taken_for_whole() {
        for end in "s=".len()..LINK.len() {
            let linked = link::read(&LINK[..end]).expect("a link");
            let came = linked.session.entries();
            assert_eq!(linked.missing, Some(Missing { came, of: None }), "{}", &LINK[..end]);
        }
    }
}
