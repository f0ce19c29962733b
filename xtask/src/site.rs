//! Building the site. Trunk.toml holds the steps, so that `trunk build` alone does the same.

use crate::{
    run::{Problem, command, run},
    tools::Tools,
};

pub fn build(tools: &Tools) -> Result<(), Problem> {
    // Trunk's own backtrace would push out of sight what went wrong in one of its steps.
    run(tools.wasm(command("trunk", &["build"]).env("RUST_LIB_BACKTRACE", "0")))?;
    println!("The site is in dist.");
    Ok(())
}
