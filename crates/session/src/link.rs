//! Answers as the fragment of a link, which no browser sends to a server.
//!
//! ```text
//! s2-4-f7c9a9a0AstatusVcitizenY2027Aaimg-statusVeligibleAmmiP2026-12Dmatch-day-firstV2027-03-16t1200Z
//! ```
//!
//! Chat programs and mail cut links at quotation marks, brackets and the ends of lines, and leave off what looks like the
//! end of a sentence. So there are letters, digits, `-` and `_` alone, and what says whether all of it arrived comes first:
//! the form, how many entries there are, and the checksum (CRC-32) of all that follows. Ids have no capitals, so a capital
//! ends what stands before it and says what follows:
//!
//! - `A` an answer by the question's id, then its value: `V` a choice or a day, `B` yes or no (`y`, `n`), `N` a number, `P` a
//!   planned day, `L` a list with `_` between its items
//! - `Y` the cycle to which all that follows belongs
//! - `C` a chosen position, with `_` for `/`
//! - `D` an entered date, with `_` for the full stop in the id of a window's end, `M` a mark on a document, each with its `V`
//! - `Z` the end.
//!
//! An entry counts once the next capital of this list shows that it is whole. Neither notes nor the order in which the
//! questions were answered are in a link: the same answers make the same link.

use crate::text::{date_id, finish, id, plain_id, question_id};
use crate::{Map, Mark, Session, old};
use percent_encoding::percent_decode_str;
use rules::answers::{Entered, RawAnswer};
use rules::packed::checksum;
use rules::sort::sort_by;

/// How a link of this form begins, so that no other fragment is taken for one.
const MARK: &str = "s2-";
/// No honest link comes near it.
const LONGEST: usize = 1 << 16;
const STARTS: &[u8] = b"ACDMYZ";

/// What a link brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    pub session: Session,
    /// What is missing, if anything is.
    pub missing: Option<Missing>,
}

/// How much of a link arrived, where not all of it did, or not as it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Entries that arrived.
    pub came: usize,
    /// Entries that were sent, where the link still says so.
    pub of: Option<usize>,
}

/// The fragment of a session, without `#`.
#[must_use]
pub fn write(session: &Session) -> String {
    let entries = entries(session);
    let mut body = String::new();
    let mut cycle = "";
    for (of, entry) in &entries {
        if *of != cycle {
            cycle = of;
            body.extend(["Y", cycle]);
        }
        body += entry;
    }
    body.push('Z');
    format!("{MARK}{}-{:08x}{body}", entries.len(), checksum(body.as_bytes()))
}

/// Each entry with its cycle: what all cycles share first, then cycle by cycle.
fn entries(session: &Session) -> Vec<(&str, String)> {
    let mut entries = Vec::new();
    for (key, answer) in &session.answers {
        push(&mut entries, key, "A", value(answer));
    }
    for (cycle, cells) in &session.cells {
        for cell in cells.iter().filter(|cell| id(cell).is_some()) {
            entries.push((&**cycle, ["C", &cell.replace('/', "_")].concat()));
        }
    }
    for (key, day) in &session.entered {
        push(&mut entries, key, "D", Some(entered(*day)));
    }
    for (key, mark) in &session.marks {
        push(&mut entries, key, "M", Some(["V", mark.word()].concat()));
    }
    sort_by(&mut entries, |(one, _), (other, _)| one.cmp(other));
    entries
}

/// Adds an entry, but for what no rulebook can take: that would only break the link.
fn push<'a>(entries: &mut Vec<(&'a str, String)>, key: &'a str, start: &str, value: Option<String>) {
    let (cycle, id) = key.split_once('/').unwrap_or(("", key));
    if let (Some(id), Some(value), true) = (date_id(id), value, is_plain(cycle)) {
        entries.push((cycle, [start, &id.replace('.', "_"), &value].concat()));
    }
}

fn value(answer: &RawAnswer) -> Option<String> {
    let plain = |letter: &str, text: &str| is_plain(text).then(|| [letter, text].concat());
    match answer {
        RawAnswer::Text(text) => plain("V", text),
        RawAnswer::Planned(day) => plain("P", day),
        RawAnswer::Bool(true) => Some("By".to_owned()),
        RawAnswer::Bool(false) => Some("Bn".to_owned()),
        RawAnswer::Number(number) => Some(format!("N{number}")),
        RawAnswer::List(items) => {
            items.iter().all(|item| is_plain(item) && !item.is_empty()).then(|| ["L", &items.join("_")].concat())
        }
    }
}

fn read_value(letter: &str, text: &str) -> Option<RawAnswer> {
    Some(match (letter, text) {
        ("V", text) if is_plain(text) => RawAnswer::Text(text.to_owned()),
        ("P", text) if is_plain(text) => RawAnswer::Planned(text.to_owned()),
        ("B", "y") => RawAnswer::Bool(true),
        ("B", "n") => RawAnswer::Bool(false),
        ("N", text) => RawAnswer::Number(text.parse().ok()?),
        ("L", "") => RawAnswer::List(Vec::new()),
        ("L", text) => RawAnswer::List(text.split('_').map(str::to_owned).collect()),
        _ => return None,
    })
}

/// `2027-03-16T12:00` without what a link must not hold.
fn entered(day: Entered) -> String {
    ["V", &day.to_string().replace('T', "t").replace(':', "")].concat()
}

fn read_entered(text: &str) -> Option<Entered> {
    let day = match text.split_once('t') {
        Some((day, time)) => format!("{day}T{}:{}", time.get(..2)?, time.get(2..)?),
        None => text.to_owned(),
    };
    Entered::parse(&day)
}

/// Whether a text is of what ids and days are made of.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Reads the fragment of a link, of this form or the one before; `None` when it is of neither. A stranger's notes and lines
/// are not taken.
#[must_use]
pub fn read(fragment: &str) -> Option<Linked> {
    let mut linked = read_own(fragment)?;
    linked.session.unread.clear();
    linked.session.aside.clear();
    linked.session.notes.clear();
    Some(linked)
}

/// Reads a fragment that went no way but to the page loaded anew. Those of the form before held notes.
#[must_use]
pub fn read_own(fragment: &str) -> Option<Linked> {
    match fragment.strip_prefix(old::MARK) {
        Some(lines) => Some(old::read_link(lines)),
        None => read_entries(&clean(fragment)),
    }
}

/// Takes out what was put in on the way: percent signs, line breaks, whatever followed a full stop.
fn clean(fragment: &str) -> String {
    let own = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
    percent_decoded(fragment).chars().filter(own).take(LONGEST).collect()
}

/// Reads `%2D` as `-`. A percent sign that escapes nothing stands for itself.
pub(crate) fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn read_entries(text: &str) -> Option<Linked> {
    let head = text.strip_prefix(MARK)?;
    let mut session = Session::default();
    let mut missing = Missing { came: 0, of: None };
    if let Some((count, rest)) = head.split_once('-') {
        missing.of = count.parse().ok();
        let (check, body) = rest.split_at_checked(8).unwrap_or((rest, ""));
        let (body, ended) = body.find('Z').map_or((body, false), |end| (&body[..=end], true));
        let mut cycle = None;
        let mut begun = None;
        for (place, byte) in body.bytes().enumerate() {
            if !STARTS.contains(&byte) {
                continue;
            }
            let entry = begun.replace(place).map_or("", |begun| &body[begun..place]);
            match entry.strip_prefix('Y') {
                Some(of) => cycle = plain_id(of),
                None if entry.is_empty() => {}
                None => missing.came += usize::from(take(&mut session, cycle.as_deref(), entry).is_some()),
            }
        }
        let as_sent = format!("{:08x}", checksum(body.as_bytes())) == check;
        if ended && as_sent && missing.of == Some(missing.came) {
            return Some(Linked { session: finish(session), missing: None });
        }
    }
    Some(Linked { session: finish(session), missing: Some(missing) })
}

/// Takes one entry that is whole; `None` when it cannot be used.
fn take(session: &mut Session, cycle: Option<&str>, entry: &str) -> Option<()> {
    let (start, rest) = entry.split_at(1);
    if start == "C" {
        let cell = id(&rest.replace('_', "/"))?;
        let mut cells = session.cells.get(cycle?).cloned().unwrap_or_default();
        cells.push(cell);
        session.cells.insert(cycle?.to_owned(), cells);
        return Some(());
    }
    let (name, value) = rest.split_at(rest.bytes().position(|byte| byte.is_ascii_uppercase())?);
    let (letter, value) = value.split_at(1);
    let name = date_id(&name.replace('_', "."))?;
    let key = cycle.map_or_else(|| name.clone(), |cycle| [cycle, "/", &name].concat());
    let known = match (start, letter) {
        ("A", letter) => {
            question_id(&name)?;
            put(&mut session.answers, key, read_value(letter, value)?)
        }
        ("D", "V") => put(&mut session.entered, cycle.and(Some(key))?, read_entered(value)?),
        ("M", "V") => put(&mut session.marks, cycle.and(Some(key))?, Mark::from_word(value)?),
        _ => return None,
    };
    // The same twice is no link of ours.
    (!known).then_some(())
}

/// Whether there was a value already.
fn put<V>(map: &mut Map<V>, key: String, value: V) -> bool {
    map.insert(key, value).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    const SENT: &str = "s2-6-21019217AstatusVcitizenY2027AmmiP2026-12Ammi-yearsLa-1_bAresidentByCalberta_firstDmatch-day-firstV2027-03-16t1200Z";

    fn session() -> Session {
        text::read(
            r#"{"status":"citizen","cycle":{"2027":{"mmi":{"planned":"2026-12"},"mmi-years":["a-1","b"],"resident":true,"cells":["alberta/first"],"date":{"match-day-first":"2027-03-16T12:00"}}}}"#,
        )
    }

    #[test]
    fn a_link_is_letters_and_digits_and_reads_back() {
        let link = write(&session());
        assert_eq!(link, SENT);
        assert_eq!(read(&link), Some(Linked { session: session(), missing: None }));
    }

    /// Every end that a link can be cut to names what is missing, and holds no value that was not sent.
    #[test]
    fn a_link_says_how_much_of_it_is_missing() {
        let sent = session();
        for end in MARK.len()..SENT.len() {
            let Linked { session, missing } = read(&SENT[..end]).expect(SENT);
            let missing = missing.expect("it is cut");
            let counted = end > "s2-6".len();
            assert_eq!(missing.of, counted.then_some(6), "{}", &SENT[..end]);
            assert_eq!(missing.came, session.entries());
            assert!(missing.came < 6 || end == SENT.len() - 1, "{}", &SENT[..end]);
            assert!(session.answers.iter().all(|(key, answer)| sent.answers.get(key) == Some(answer)));
            assert!(session.entered.iter().all(|(key, day)| sent.entered.get(key) == Some(day)));
        }
    }

    #[test]
    fn what_was_put_in_on_the_way_is_taken_out() {
        let whole = Some(Linked { session: session(), missing: None });
        let folded: String = SENT.as_bytes().chunks(20).map(|part| String::from_utf8_lossy(part) + "\r\n ").collect();
        let escaped = SENT.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02x}"));
        for text in [
            &*[SENT, ".)"].concat(),
            &*[SENT, "%29%2E"].concat(),
            &*[SENT, "&utm_source=mail&x=Aa"].concat(),
            &*SENT.replace('-', "%2D").replace('_', "%5F"),
            &*folded,
        ] {
            assert_eq!(read(text), whole, "{text}");
        }
        assert_eq!(read(&escaped), whole);
    }

    #[test]
    fn a_changed_link_is_none_that_can_be_trusted() {
        for (from, to) in [
            ("citizen", "citizem"),
            ("s2-6", "s2-7"),
            ("2026-12", "2026-11"),
            ("By", "Bn"),
            ("Y2027", "Y2028"),
            ("2101", "2102"),
        ] {
            let linked = read(&SENT.replacen(from, to, 1)).expect(to);
            assert!(linked.missing.is_some(), "{from} to {to}");
        }
        assert_eq!(
            read(&SENT.to_lowercase()).and_then(|linked| linked.missing),
            Some(Missing { came: 0, of: Some(6) })
        );
        assert_eq!(
            read(&[SENT.trim_end_matches('Z'), "AstatusVcitizenZ"].concat()).map(|linked| linked.missing.is_some()),
            Some(true)
        );
    }

    #[test]
    fn other_fragments_hold_no_answers() {
        for fragment in ["", "main", "cell-alberta-first", "s", "s2", "S2-1-00000000Z"] {
            assert_eq!(read(fragment), None, "{fragment}");
        }
        assert!(read("s2-").is_some_and(|linked| linked.missing.is_some()));
    }

    #[test]
    fn no_link_brings_what_a_text_could_not_keep() {
        let linked = read("s2-2-00000000AdateVcitizenAmmi_xVdoneZ").expect("a link");
        assert_eq!(linked.session, Session::default());
    }

    /// A stranger's text, and what no question takes, would not come through, or would come through as something else.
    #[test]
    fn what_no_rulebook_can_take_is_left_out() {
        let odd = text::read(
            r#"{"status":"Call 555","list":["a b"],"years":-3,"cycle":{"2027":{"note":{"mmi":"private"}}}}"#,
        );
        assert_eq!(
            read(&write(&odd)).map(|linked| linked.session.answers),
            Some(text::read(r#"{"years":-3}"#).answers)
        );
        assert!(!write(&odd).contains("private"));
    }
}
