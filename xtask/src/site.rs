//! Building the site. Trunk.toml holds the steps, so that `trunk build` alone does the same.

use crate::{
    run::{Problem, command, run},
    tools::Tools,
};

pub fn build(tools: &Tools) -> Result<(), Problem> {
    run(tools.wasm(&mut command("trunk", &["build"])))?;
    println!("The site is in dist.");
    Ok(())
}
