//! What comes from rustup, and what cargo installs.

use super::{cache::Unfinished, say};
use crate::shell::{Result, Surroundings, said};
use std::{
    fs,
    path::{Path, PathBuf},
};
use xshell::cmd;

/// A toolchain of rustup's smallest kind has neither.
pub fn components(host: &Surroundings<'_>) -> Result {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if said(cmd!(host, "cargo {subcommand} --version")).is_none() {
            say(&format!("adding {component}"));
            rustup(host, &["component", "add", component])?;
        }
    }
    Ok(())
}

/// rustup answers within seconds, or its server is out of reach and it would try for long.
pub fn rustup(host: &Surroundings<'_>, args: &[&str]) -> Result {
    Ok(cmd!(host, "timeout 120 rustup {args...}").run()?)
}

/// Trunk builds without the network, so every crate must be there.
pub fn fetch_crates(host: &Surroundings<'_>) -> Result {
    if said(cmd!(host, "cargo fetch --offline")).is_none() {
        say("fetching the crates");
        cmd!(host, "cargo fetch").run()?;
    }
    Ok(())
}

/// Version of a crate in Cargo.lock.
pub fn locked(krate: &str) -> Result<String> {
    let lock = fs::read_to_string("Cargo.lock")?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{krate}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    Ok(version.ok_or_else(|| format!("Cargo.lock has no `{krate}`"))?.to_owned())
}

/// The folder of a program that cargo installs, which is installed now unless it is there and works.
pub fn tool(
    host: &Surroundings<'_>,
    cache: &Path,
    krate: &str,
    program: &str,
    version: &str,
    options: &[&str],
) -> Result<PathBuf> {
    let folder = cache.join(format!("{krate}-{version}"));
    let works = |folder: &Path| {
        said(host.cmd(folder.join("bin").join(program)).arg("--version"))
            .is_some_and(|said| said.split(' ').any(|word| word == version))
    };
    if works(&folder) {
        return Ok(folder);
    }
    say(&format!("installing {krate} {version}, which takes some minutes"));
    let new = Unfinished::in_cache(cache, krate)?;
    let (place, target) = (new.path(), new.path().join("target"));
    // It runs a few times; a fast build serves us better than a fast program.
    let quickly = host
        .clone()
        .with("CARGO_TARGET_DIR", &target)
        .with("CARGO_BUILD_BUILD_DIR", &target)
        .with("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .with("CARGO_PROFILE_RELEASE_LTO", "false")
        .with("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cmd!(quickly, "cargo install {krate}@{version} {options...} --root {place}").run()?;
    fs::remove_dir_all(&target)?;
    if !works(new.path()) {
        return Err(format!("{krate} was installed, but `{program} --version` is not {version}").into());
    }
    new.finish(&folder)?;
    Ok(folder)
}
