//! The native side of the benchmarks; `cargo xtask bench` runs them.

pub mod formulas;
pub mod states;
pub mod synthetic;
pub mod timing;
