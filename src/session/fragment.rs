//! Answers as the fragment of a link, which no browser sends to a server.

use super::{Map, Session, saved};
use std::fmt::Write;

/// Before the answers, so that no other fragment is taken for them.
const MARK: &str = "s=";

/// The fragment of a session, without `#`.
#[must_use]
pub fn write(session: &Session) -> String {
    encode(&saved::known(session))
}

/// The same with notes, for the way to the page loaded anew.
#[must_use]
pub fn write_with_notes(session: &Session) -> String {
    encode(&saved::known_with_notes(session))
}

fn encode(text: &str) -> String {
    let mut fragment = MARK.to_owned();
    for (n, line) in text.trim_end().lines().enumerate() {
        if n > 0 {
            fragment.push('&');
        }
        for byte in line.replacen(" = ", "=", 1).bytes() {
            match byte {
                b' ' => fragment.push('+'),
                // A quotation mark would become three characters, and each answer has two.
                b'"' => fragment.push('\''),
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' | b'/' | b'=' | b',' => {
                    fragment.push(char::from(byte));
                }
                byte => {
                    // Writing to a string does not fail.
                    let _ = write!(fragment, "%{byte:02X}");
                }
            }
        }
    }
    fragment
}

/// Reads the fragment of a link; `None` when it holds no answers. A stranger's notes are not read.
#[must_use]
pub fn read(fragment: &str) -> Option<Session> {
    Some(Session { notes: Map::new(), ..read_with_notes(fragment)? })
}

/// Reads one's own answers on the way to the page loaded anew.
#[must_use]
pub fn read_with_notes(fragment: &str) -> Option<Session> {
    let lines = fragment.strip_prefix(MARK)?;
    let lines: Vec<String> = lines.split('&').map(decode).collect();
    // Somebody else's lines are not for keeping.
    Some(Session { aside: Map::new(), unread: Vec::new(), ..saved::read(&lines.join("\n")) })
}

fn decode(line: &str) -> String {
    let mut bytes = line.bytes();
    let mut decoded = Vec::with_capacity(line.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'\'' => b'"',
            b'%' => {
                let mut digits = bytes.clone();
                let pair = digits.next().zip(digits.next()).and_then(|(a, b)| {
                    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                    Some(digit(a)? * 16 + digit(b)?)
                });
                if pair.is_some() {
                    bytes = digits;
                }
                // A percent sign that escapes nothing stands for itself; the line may still be readable.
                pair.unwrap_or(byte)
            }
            byte => byte,
        });
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_short_and_reads_back() {
        let session = saved::read("self-check 1\n2027/mmi = { planned = \"2026-12\" }\nstatus = \"citizen\"");
        let fragment = write(&session);
        assert_eq!(
            fragment,
            "s=self-check+1&2027/mmi=%7B+planned+=+'2026-12'+%7D&status='citizen'&order=%5B'mmi',+'status'%5D"
        );
        assert_eq!(read(&fragment), Some(session));
    }

    #[test]
    fn other_fragments_hold_no_answers() {
        assert_eq!(read("main"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("s=%zz&%").map(|session| session.dropped), Some(vec!["%zz".to_owned(), "%".to_owned()]));
    }
}
