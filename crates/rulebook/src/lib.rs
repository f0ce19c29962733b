//! The rulebook's host side: files in, checked and compiled rulebooks out.

pub mod adviser;
pub mod compile;
pub mod diff;
pub mod evaluate;
pub mod facts;
mod files;
pub mod mutants;
pub mod new_cycle;
pub mod output;
pub mod problem;
pub mod prove;
pub mod scenarios;
pub mod todo;
mod words;
