//! Building the site. Trunk.toml holds the steps, so that `trunk build` alone does the same.

use crate::{
    shell::{Result, Surroundings},
    tools::Tools,
};
use xshell::cmd;

pub fn build(tools: &Tools<'_>) -> Result {
    cmd!(surroundings(tools), "trunk build").run()?;
    println!("The site is in dist.");
    Ok(())
}

/// Builds the site now, and whenever a file changes that `Trunk.toml` tells to watch, until somebody ends it. Trunk looks
/// each second: told by the system, it misses a file that an editor replaces for the second time.
pub fn watch(tools: &Tools<'_>) -> Result {
    Ok(cmd!(surroundings(tools), "trunk watch --poll --poll-interval 1s").run()?)
}

fn surroundings<'a>(tools: &Tools<'a>) -> Surroundings<'a> {
    // Trunk's own backtrace would push out of sight what went wrong in one of its steps.
    tools.wasm().with("RUST_LIB_BACKTRACE", "0")
}
