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

/// The real rulebooks and the toy one.
fn books() -> [Rulebook; 3] {
    [compiled("rulebooks", "2022"), compiled("rulebooks", "2027"), compiled("tests/rulebooks_bad/base", "2031")]
}
