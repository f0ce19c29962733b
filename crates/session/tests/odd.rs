//! Texts that nobody would send, and texts that somebody did: whatever comes is read without harm.
//!
//! `PROPTEST_CASES=1000000 cargo test -p session --test odd` goes on for as long as one likes. What it finds goes into
//! `corpus/`, from which every run starts: one text of each form that was ever written, and those that once did harm.

use proptest::prelude::*;
use session::{Session, link, text};
use std::path::Path;

/// Kept texts, files and fragments, each as it was written.
fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = std::fs::read_dir(folder).expect("the corpus is there");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).expect("a text").trim_end().to_owned()).collect()
}

/// One thing that happens to a text on its way.
#[derive(Clone, Debug)]
enum Harm {
    Cut(prop::sample::Index),
    CutBefore(prop::sample::Index),
    Insert(prop::sample::Index, String),
    Replace(prop::sample::Index, char),
    Repeat(prop::sample::Index, usize),
}

/// Signs and words that readers of JSON, TOML, addresses and HTML stumble over.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            "=",
            "&",
            "&amp;",
            "%",
            "%2",
            "%00",
            "%27",
            "'",
            "\0",
            "\u{202e}",
            "__proto__",
            "constructor",
            "<script>alert(1)</script>",
            "\"cycle\":{",
            "\"planned\":",
            "self-check 1\n",
            "order = ",
            "1e999",
            "-0",
            "9223372036854775808",
            "null",
            "A",
            "Z",
            "Y2027",
            "s2-",
            "s=",
            "_",
            "\u{feff}",
            "é",
            "😀",
        ])
        .prop_map(str::to_owned),
    ]
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Harm::Cut),
        any::<prop::sample::Index>().prop_map(Harm::CutBefore),
        (any::<prop::sample::Index>(), odd()).prop_map(|(at, text)| Harm::Insert(at, text)),
        (any::<prop::sample::Index>(), any::<char>()).prop_map(|(at, sign)| Harm::Replace(at, sign)),
        (any::<prop::sample::Index>(), 2..9_usize).prop_map(|(at, times)| Harm::Repeat(at, times)),
    ]
}

fn harmed(text: &str, harm: &Harm) -> String {
    let signs: Vec<char> = text.chars().collect();
    let at = |index: &prop::sample::Index| index.index(signs.len() + 1);
    let of = |signs: &[char]| signs.iter().collect::<String>();
    match harm {
        Harm::Cut(index) => of(&signs[..at(index)]),
        Harm::CutBefore(index) => of(&signs[at(index)..]),
        Harm::Insert(index, odd) => of(&signs[..at(index)]) + odd + &of(&signs[at(index)..]),
        Harm::Replace(index, sign) if at(index) < signs.len() => {
            of(&signs[..at(index)]) + &sign.to_string() + &of(&signs[at(index) + 1..])
        }
        Harm::Replace(..) => of(&signs),
        Harm::Repeat(index, times) => of(&signs[..at(index)]).repeat(*times) + &of(&signs[at(index)..]),
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let harmed = (prop::sample::select(corpus()), prop::collection::vec(harm(), 0..4))
        .prop_map(|(text, harms)| harms.iter().fold(text, |text, harm| harmed(&text, harm)));
    prop_oneof![9 => harmed, 1 => any::<String>()]
}

/// Ids and values that a page may write into an address or an attribute without a thought.
fn is_plain(session: &Session) -> bool {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c));
    let answers = session.answers.keys().chain(session.entered.keys());
    answers
        .chain(session.marks.keys())
        .chain(session.notes.keys())
        .chain(session.cells.keys())
        .chain(&session.order)
        .all(|key| plain(key))
        && session.cells.iter().all(|(_, cells)| cells.iter().all(|cell| plain(cell)))
}

#[track_caller]
fn check(text: &str) {
    let session = text::read(text);
    assert!(is_plain(&session), "{session:?}");
    // What was not read is not lost, and reading changes nothing once more.
    let written = text::write(&session);
    if written.len() <= text::LONGEST {
        assert_eq!(text::read(&written), session, "{written}");
    }
    assert!(session.dropped.len() <= session.unread.len());
    let Some(linked) = link::read(text) else { return };
    assert!(is_plain(&linked.session), "{linked:?}");
    // What it brings is kept on the device; what it could not bring is only told.
    let kept = text::read(&text::write(&linked.session));
    assert_eq!(kept, Session { dropped: Vec::new(), ..linked.session.clone() }, "{text}");
    assert!(linked.session.unread.is_empty() && linked.session.notes.is_empty() && linked.session.aside.is_empty());
    // A link that says it is whole is what its answers are sent as.
    if linked.missing.is_none() && !text.starts_with("s=") {
        assert_eq!(link::read(&link::write(&linked.session)), Some(linked));
    }
}

#[test]
fn every_form_that_was_ever_written_is_still_read() {
    for text in corpus() {
        check(&text);
        let is_link = text.starts_with('s') && !text.starts_with("self-check");
        let session = if is_link { link::read(&text).expect("a link").session } else { text::read(&text) };
        assert_eq!(session.answers.get("status").is_some(), !text.contains("damaged"), "{text}");
    }
}

/// A few seconds' worth, or as many as one likes.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_does_harm(text in any_text()) {
        check(&text);
    }
}
