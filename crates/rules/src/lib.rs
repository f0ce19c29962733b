//! Rules over partial answers, in three truths.
//!
//! This crate takes a compiled [`Rulebook`](rulebook::Rulebook), the [`Answers`](answers::Answers) given so far and the
//! day, and gives a [`Report`](report::Report): a verdict for each cell, why, what is still open, what to ask next, which
//! documents to gather and by when. It does so without a clock, without files, without a browser, and it knows no domain:
//! every word about the world stands in the rulebook.
//!
//! How it comes to a verdict:
//!
//! 1. A condition over answers takes a set of [`possible`] values; with every answer given it is one value.
//! 2. A rule is looked at through lenses ([`facts::Lens`]): as things are or at best, with or without weak rules, under
//!    one reading of each disagreement between sources; through all lenses of a cell at once.
//! 3. The [`verdict`] table turns these into outcomes. A verdict is reported once every admissible way to complete the
//!    answers comes to the same one, so more answers never undo it.
//! 4. [`reason`] keeps the fewest answers that force it; [`interview`] asks only what can still change something.

pub mod answers;
mod calendar;
pub mod catalog;
pub mod change;
pub mod contradiction;
pub mod day;
pub mod facts;
mod index;
pub mod interview;
mod lens;
mod look;
pub mod next_thing;
pub mod outline;
pub mod packed;
pub mod possible;
pub mod reason;
pub mod report;
pub mod rulebook;
mod search;
pub mod sort;
pub mod standing;
mod trial;
pub mod verdict;
