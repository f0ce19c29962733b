//! Tests of the engine, piece by piece, that take no time: they run for every change that `cargo mutants` makes to it.

mod answers;
#[path = "../common/mod.rs"]
mod common;
mod contradictions;
mod outline;
mod packed;
mod rulebook;
mod semantics;
mod toy;

use common::{books, compiled, people, root};
