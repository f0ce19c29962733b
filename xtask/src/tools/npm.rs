//! Packages of npm, as a lock file names them.

use super::{cache::Unfinished, say};
use crate::shell::{Result, Surroundings, said};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};
use xshell::cmd;

pub const TESTS: Packages = Packages {
    folder: "tests/browser",
    link: "tests/node_modules",
    what: "wasm-opt, esbuild, the server and what the tests need",
    works: |host, modules| {
        let runs = |tool: &str| said(host.cmd(modules.join(".bin").join(tool)).arg("--version")).is_some();
        runs("wasm-opt") && runs("esbuild")
    },
};
pub const BENCH: Packages = Packages {
    folder: "bench",
    link: "bench/node_modules",
    what: "what the benchmarks compare with",
    works: |_, modules| modules.join(".package-lock.json").is_file(),
};

pub struct Packages {
    /// Where `package.json` and its lock file are.
    folder: &'static str,
    link: &'static str,
    what: &'static str,
    /// Whether a folder `node_modules` has them.
    works: fn(&Surroundings<'_>, &Path) -> bool,
}

/// The folder `node_modules` with the packages. Node looks for packages beside the file that asks and above it, so a
/// link among the files that ask leads there.
pub fn packages(host: &Surroundings<'_>, cache: &Path, packages: &Packages) -> Result<PathBuf> {
    let Packages { folder: from, link, what, works } = packages;
    let lock = fs::read_to_string(Path::new(from).join("package-lock.json"))?;
    let mut hash = DefaultHasher::new();
    lock.hash(&mut hash);
    let folder = cache.join(format!("npm-{:016x}", hash.finish()));
    let modules = folder.join("node_modules");
    if !works(host, &modules) {
        say(&format!("installing {what} from npm"));
        let new = Unfinished::in_cache(cache, "npm")?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(Path::new(from).join(file), new.path().join(file))?;
        }
        let place = new.path();
        cmd!(host, "npm ci --prefix {place} --ignore-scripts --no-audit --no-fund --loglevel=error").run()?;
        if !works(host, &new.path().join("node_modules")) {
            return Err(format!("npm installed {what}, but it does not run").into());
        }
        new.finish(&folder)?;
    }
    if fs::read_link(link).ok().as_ref() != Some(&modules) {
        if fs::symlink_metadata(link).is_ok_and(|found| found.is_symlink()) {
            fs::remove_file(link)?;
        }
        symlink(&modules, link).map_err(|error| format!("{link}: {error}"))?;
    }
    Ok(modules)
}
