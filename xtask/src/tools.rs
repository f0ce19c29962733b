//! Set-up: the tools that the other commands need, at the versions pinned here, kept outside the clone.
//!
//! Pinned elsewhere, each in the one place that must have it: `wasm-bindgen` in `Cargo.lock`, because the
//! program and the library must be equal; what comes from npm in `tests/browser/package-lock.json` and, for the
//! benchmarks, in `bench/package-lock.json`.

mod cache;
mod debian;
mod npm;
mod rust;
mod wasm;

pub use wasm::WASM;

use crate::shell::{Result, Surroundings, said};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};
use xshell::{Shell, cmd};

const TRUNK: &str = "0.21.14";
const NODE: u32 = 20;

/// What the tools are wanted for: tests and benchmarks need more than building.
#[derive(Clone, Copy, PartialEq)]
pub enum For {
    Build,
    Test,
    Bench,
}

pub struct Tools<'a> {
    host: Surroundings<'a>,
    on_path: Surroundings<'a>,
    wasm: Surroundings<'a>,
}

impl<'a> Tools<'a> {
    /// The machine as it is.
    pub fn host(&self) -> Surroundings<'a> {
        self.host.clone()
    }

    /// With the tools on the path.
    pub fn on_path(&self) -> Surroundings<'a> {
        self.on_path.clone()
    }

    /// With the tools on the path and the toolchain that builds for the browser.
    pub fn wasm(&self) -> Surroundings<'a> {
        self.wasm.clone()
    }
}

pub fn set_up(shell: &Shell, purpose: For) -> Result<Tools<'_>> {
    let host = Surroundings::of(shell);
    let toolchain = wasm::toolchain(&host)?;
    from_debian(&host, purpose, toolchain)?;
    check_node(&host)?;

    let cache = cache::folder()?;
    if purpose == For::Test {
        rust::components(&host)?;
    }
    rust::fetch_crates(&host)?;
    wasm::set_up(&host, toolchain, &cache)?;
    let trunk = rust::tool(&host, &cache, "trunk", "trunk", TRUNK, &["--locked"])?;
    // Its lock file names a crate version that not every registry has, so it is built without.
    let bindgen = rust::tool(&host, &cache, "wasm-bindgen-cli", "wasm-bindgen", &rust::locked("wasm-bindgen")?, &[])?;
    let npm = npm::packages(&host, &cache, &npm::TESTS)?;
    if purpose == For::Bench {
        npm::packages(&host, &cache, &npm::BENCH)?;
    }

    let mut folders = vec![trunk.join("bin"), bindgen.join("bin"), npm.join(".bin")];
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    let mut on_path = host.clone().with("PATH", env::join_paths(folders)?);
    if let Some(chromium) = chromium().filter(|_| purpose != For::Build) {
        on_path = on_path.with("CHROME_PATH", chromium);
    }
    let wasm = wasm::surroundings(on_path.clone(), toolchain);
    Ok(Tools { host, on_path, wasm })
}

/// What is missing of what Debian has, all at once.
fn from_debian(host: &Surroundings<'_>, purpose: For, toolchain: wasm::Toolchain) -> Result {
    let mut wanted = debian::Wanted::default();
    if on_path("node").is_none() || on_path("npm").is_none() {
        wanted.add(&["nodejs", "npm"], "Node.js and npm serve the site, test it and make its program smaller");
    }
    if purpose != For::Build && chromium().is_none() {
        wanted.add(&["chromium"], "the browser tests need Chromium");
    }
    if purpose == For::Bench && on_path("valgrind").is_none() {
        wanted.add(&["valgrind"], "the benchmarks count instructions");
    }
    if toolchain == wasm::Toolchain::Debian {
        let why = "building for the browser needs them where rustup's server is out of reach";
        wanted.add(&debian::missing(host, &wasm::DEBIAN_RUST), why);
    }
    wanted.install(host)
}

fn check_node(host: &Surroundings<'_>) -> Result {
    let version = said(cmd!(host, "node --version")).unwrap_or_default();
    let major = version.strip_prefix('v').and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE => Ok(()),
        _ => Err(format!("Node.js is `{version}`, but the site and its tests need {NODE} or later").into()),
    }
}

fn chromium() -> Option<OsString> {
    env::var_os("CHROME_PATH").or_else(|| on_path("chromium").map(Into::into))
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| Path::is_file(file))
}

fn say(text: &str) {
    println!("set-up: {text}");
}
