//! Tests of the whole: properties over the real rulebooks, the command's contract, and the repository's own order.

mod command;
mod contradictions;
mod diff;
mod mutants;
mod packed;
mod people;
mod proof;
mod properties;
mod semantics;
mod tidy;
mod toy;

use rulebook::compile::compile;
use rules::rulebook::Rulebook;
use std::path::Path;

/// The repository's root.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn compiled(folder: &str, cycle: &str) -> Rulebook {
    compile(&root().join(folder), cycle, "en").unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// The real rulebooks, the trial for another jurisdiction, and the toy one: the folder, the cycle, and the tables of its
/// people.
const BOOKS: [(&str, &str, &str); 4] = [
    ("rulebooks", "2022", "tests/scenarios"),
    ("rulebooks", "2027", "tests/scenarios"),
    ("tests/trials/ontario", "2027", "tests/trials/ontario/scenarios.toml"),
    ("tests/rulebooks_bad/base", "2031", "tests/scenarios"),
];

fn books() -> [Rulebook; 4] {
    BOOKS.map(|(folder, cycle, _)| compiled(folder, cycle))
}
