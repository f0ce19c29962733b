//! Tests of the whole: properties over the real rulebooks, the command's contract, and the repository's own order.

mod adviser;
mod command;
#[path = "../common/mod.rs"]
mod common;
mod diff;
mod facts;
mod mutants;
mod new_cycle;
mod plain;
mod proof;
mod properties;
mod readings;
mod tidy;
mod time;
mod todo;
mod travel;

use common::{BOOKS, books, compiled, people, root};
