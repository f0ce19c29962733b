//! Tests of the engine, piece by piece, that take no time: they run for every change that `cargo mutants` makes to it.

mod answers;
mod change;
#[path = "../common/mod.rs"]
mod common;
mod contradictions;
mod interview;
mod next_thing;
mod outline;
mod packed;
mod reason;
mod report;
mod rulebook;
mod search;
mod semantics;
mod small;
mod toy;
mod verdict;

use common::{books, compiled, people, root};
