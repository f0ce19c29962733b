//! What several test programs need: the repository's root, the rulebooks, and made-up people.

#![allow(dead_code, reason = "each program uses a part of it")]

pub mod people;

use rulebook::compile::compile;
use rules::rulebook::Rulebook;
use std::path::Path;

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub fn compiled(folder: &str, cycle: &str) -> Rulebook {
    compile(&root().join(folder), cycle, "en").unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// The real rulebooks, the trial for another jurisdiction, and the toy one: the folder, the cycle, and the tables of its
/// people.
pub const BOOKS: [(&str, &str, &str); 4] = [
    ("rulebooks", "2022", "tests/scenarios"),
    ("rulebooks", "2027", "tests/scenarios"),
    ("tests/trials/ontario", "2027", "tests/trials/ontario/scenarios.toml"),
    ("tests/rulebooks_bad/base", "2031", "tests/scenarios"),
];

pub fn books() -> [Rulebook; 4] {
    BOOKS.map(|(folder, cycle, _)| compiled(folder, cycle))
}
